/* See rows.h. They are counted from the snapshot, so that nothing is stored only to be reported. */
#include "rows.h"

#include <string.h>

size_t rows_count(const struct snapshot *snapshot, const struct config_feed *feed)
{
	size_t count = 0;
	for (size_t i = 0; i < snapshot->rows.count; i++) {
		count += strcmp(snapshot->rows.items[i].feed, feed->name) == 0;
	}
	return count;
}

size_t rows_unnamed(const struct snapshot *snapshot, const struct config_feed *feed)
{
	size_t count = 0;
	if (!feed->person || feed->names == NAMES_NONE) {
		return 0;
	}
	for (size_t i = 0; i < snapshot->rows.count; i++) {
		const struct cache_row *row = &snapshot->rows.items[i];
		count += !row->is_person && !row->is_private && strcmp(row->feed, feed->name) == 0;
	}
	return count;
}
