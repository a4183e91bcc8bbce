/* The memory that the feeds share. Each feed is bounded by itself, but an office may have many of them, and the unit
 * ends a program that takes too much. What the rows of all feeds take is therefore counted before a feed's new rows are
 * stored; a feed that would take too much keeps its last good data. */
#include "private.h"

#include "db/limits.h"

_Static_assert((size_t)FEEDS_BYTES_MAX <= (size_t)CACHE_ROWS_BYTES_MAX, "what is stored can be read again");

static size_t budget_of(const struct sync *sync)
{
	return sync->options.feeds_bytes_max ? sync->options.feeds_bytes_max : FEEDS_BYTES_MAX;
}

size_t sync_bytes_of(const struct cache_rows *rows)
{
	size_t bytes = 0;
	for (size_t i = 0; i < rows->count; i++) {
		bytes += cache_row_bytes(&rows->items[i]);
	}
	return bytes;
}

static double mib(size_t bytes)
{
	return (double)bytes / (1 << 20);
}

bool sync_has_memory(const struct sync *sync, const struct sync_feed *feed, size_t bytes, struct err *err)
{
	size_t others = 0, most = budget_of(sync);
	for (size_t i = 0; i < sync->feed_count; i++) {
		others += &sync->feeds[i] == feed ? 0 : sync->feeds[i].stored.bytes;
	}
	return bytes + others <= most ||
	       err_set(err,
		       "its entries take %.1f MiB of memory and those of the other feeds %.1f MiB, and all feeds "
		       "together "
		       "may take %.1f MiB; publish fewer days or shorter texts, or leave out a feed",
		       mib(bytes), mib(others), mib(most));
}

void sync_bound_digests(struct sync *sync, struct sync_feed *feed)
{
	size_t bytes = 0;
	for (size_t i = 0; i < sync->feed_count; i++) {
		bytes += sync->feeds[i].digest ? digest_bytes(sync->feeds[i].digest) : 0;
	}
	if (bytes > budget_of(sync) / FEEDS_DIGESTS_SHARE) {
		digest_destroy(feed->digest);
		feed->digest = NULL;
	}
}
