/* The memory that the feeds share. Each feed is bounded by itself, but an office may have many of them, and the unit
 * ends a program that takes too much. What the rows of all feeds take is therefore counted before a feed's new rows are
 * stored; a feed that would take too much keeps its last good data. A part of the memory is divided among the feeds, so
 * that large ones leave room for the others; the rest belongs to whoever comes first. */
#include "private.h"

#include "app/base/unitmemory.h"
#include "db/limits.h"

_Static_assert((size_t)FEEDS_BYTES_MAX <= (size_t)CACHE_ROWS_BYTES_MAX, "what is stored can be read again");

/* The unit's limit is read anew, because it can be changed while the program runs. */
static size_t budget_of(const struct sync *sync)
{
	const struct sync_options *options = &sync->options;
	if (options->feeds_bytes_max) {
		return options->feeds_bytes_max;
	}
	int64_t limit = unitmemory_limit(options->cgroup_list ? options->cgroup_list : UNITMEMORY_LIST,
					 options->cgroup_root ? options->cgroup_root : UNITMEMORY_ROOT);
	int64_t share = limit == INT64_MAX ? FEEDS_BYTES_MAX : limit / FEEDS_MEMORY_SHARE;
	return share < CACHE_ROWS_BYTES_MAX ? (size_t)share : CACHE_ROWS_BYTES_MAX;
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
	size_t most = budget_of(sync), part = most / FEEDS_RESERVED_SHARE / sync->feed_count;
	size_t others = 0, reserved = 0;
	for (size_t i = 0; i < sync->feed_count; i++) {
		size_t other = &sync->feeds[i] == feed ? 0 : sync->feeds[i].stored.bytes;
		others += other;
		reserved += &sync->feeds[i] == feed ? 0 : other > part ? other : part;
	}
	bool is_within = bytes + others <= most && (bytes <= part || bytes + reserved <= most);
	return is_within ||
	       err_set(err,
		       "its entries take %.1f MiB of memory and those of the other feeds %.1f MiB, and all feeds "
		       "together may take %.1f MiB, of which %.1f MiB are kept for each; publish fewer days or shorter "
		       "texts, or leave out a feed",
		       mib(bytes), mib(others), mib(most), mib(part));
}

size_t sync_collection_max(const struct sync *sync, const struct sync_feed *feed)
{
	size_t most = budget_of(sync) / COLLECTIONS_SHARE, others = 0;
	for (size_t i = 0; i < sync->feed_count; i++) {
		const struct sync_feed *other = &sync->feeds[i];
		others += other->collection && other != feed ? collection_bytes(other->collection) : 0;
	}
	return others < most ? most - others : 0;
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
