/* See snapshot.h. */
#include "snapshot.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

struct snapshot *snapshot_create(void)
{
	struct snapshot *snapshot = calloc(1, sizeof(*snapshot));
	char *message = calloc(1, 1);
	if (!snapshot || !message) {
		free(snapshot);
		free(message);
		return NULL;
	}
	atomic_init(&snapshot->references, 1);
	snapshot->store_message = message;
	return snapshot;
}

struct snapshot *snapshot_ref(struct snapshot *snapshot)
{
	/* The caller holds a reference already, so no ordering is needed. */
	atomic_fetch_add_explicit(&snapshot->references, 1, memory_order_relaxed);
	return snapshot;
}

void snapshot_unref(struct snapshot *snapshot)
{
	if (!snapshot || atomic_fetch_sub_explicit(&snapshot->references, 1, memory_order_acq_rel) != 1) {
		return;
	}
	for (size_t i = 0; i < snapshot->feed_count; i++) {
		free(snapshot->feeds[i].name);
		free(snapshot->feeds[i].notes);
		free(snapshot->feeds[i].message);
	}
	free(snapshot->feeds);
	if (!snapshot->rows_part) {
		cache_rows_finish(&snapshot->rows);
	}
	if (!snapshot->entries_part) {
		journal_entries_finish(&snapshot->entries);
	}
	snapshot_part_unref(snapshot->rows_part);
	snapshot_part_unref(snapshot->entries_part);
	free(snapshot->store_message);
	free(snapshot);
}

struct snapshot_part *snapshot_part_create(void)
{
	struct snapshot_part *part = calloc(1, sizeof(*part));
	if (part) {
		atomic_init(&part->references, 1);
	}
	return part;
}

struct snapshot_part *snapshot_part_ref(struct snapshot_part *part)
{
	atomic_fetch_add_explicit(&part->references, 1, memory_order_relaxed);
	return part;
}

void snapshot_part_unref(struct snapshot_part *part)
{
	if (!part || atomic_fetch_sub_explicit(&part->references, 1, memory_order_acq_rel) != 1) {
		return;
	}
	if (part->sources) {
		free(part->rows.items);
	} else {
		cache_rows_finish(&part->rows);
	}
	for (size_t i = 0; i < part->source_count; i++) {
		snapshot_part_unref(part->sources[i]);
	}
	free(part->sources);
	free(part->spans);
	if (part->days) {
		free(part->days->first);
	}
	free(part->days);
	journal_entries_finish(&part->entries);
	free(part);
}

/* Makes a part with room for so many rows, which others own. */
static struct snapshot_part *create_borrowing(size_t rows, size_t owners)
{
	struct snapshot_part *part = snapshot_part_create();
	struct cache_row *items = calloc(rows + 1, sizeof(*items));
	struct snapshot_part **sources = calloc(owners + 1, sizeof(struct snapshot_part *));
	if (!part || !items || !sources) {
		snapshot_part_unref(part);
		free(items);
		free(sources);
		return NULL;
	}
	part->rows = (struct cache_rows){.items = items, .capacity = rows + 1};
	part->sources = sources;
	return part;
}

struct snapshot_part *snapshot_part_join(const struct snapshot_source *sources, size_t count)
{
	size_t rows = 0;
	for (size_t i = 0; i < count; i++) {
		rows += sources[i].part->rows.count;
	}
	struct snapshot_part *joined = create_borrowing(rows, count);
	struct snapshot_span *spans = joined ? calloc(count + 1, sizeof(*spans)) : NULL;
	if (!spans) {
		snapshot_part_unref(joined);
		return NULL;
	}
	joined->spans = spans;
	for (size_t i = 0; i < count; i++) {
		const struct cache_rows *more = &sources[i].part->rows;
		spans[joined->span_count++] =
			(struct snapshot_span){sources[i].feed, joined->rows.count, more->count, sources[i].part->days};
		if (more->count > 0) {
			memcpy(joined->rows.items + joined->rows.count, more->items,
			       more->count * sizeof(*more->items));
		}
		joined->rows.count += more->count;
		joined->sources[joined->source_count++] = snapshot_part_ref(sources[i].part);
	}
	return joined;
}

/* What owns the rows of a part that was patched before is kept alive, and not that part, so that there is no chain. */
static void keep_alive(struct snapshot_part *patched, struct snapshot_part *source)
{
	for (size_t i = 0; i < source->source_count; i++) {
		patched->sources[patched->source_count++] = snapshot_part_ref(source->sources[i]);
	}
	if (!source->sources) {
		patched->sources[patched->source_count++] = snapshot_part_ref(source);
	}
}

struct snapshot_part *snapshot_part_patch(struct snapshot_part *base, bool (*is_gone)(void *context, const char *uid),
					  void *context, struct snapshot_part *added)
{
	const struct cache_rows *old = &base->rows, *fresh = &added->rows;
	struct snapshot_part *patched = create_borrowing(old->count + fresh->count, base->source_count + 2);
	size_t count = 0, next = 0;
	for (size_t i = 0; patched && i < old->count; i++) {
		if (is_gone(context, old->items[i].uid)) {
			continue;
		}
		while (next < fresh->count && cache_row_compare(&fresh->items[next], &old->items[i]) < 0) {
			patched->rows.items[count++] = fresh->items[next++];
		}
		patched->rows.items[count++] = old->items[i];
	}
	while (patched && next < fresh->count) {
		patched->rows.items[count++] = fresh->items[next++];
	}
	if (patched) {
		patched->rows.count = count;
		keep_alive(patched, base);
		keep_alive(patched, added);
	}
	return patched;
}
