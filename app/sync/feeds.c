/* The feeds from the program's start to its end. */
#include "private.h"

#include <stdlib.h>

void sync_feeds_stop(struct sync *sync)
{
	for (size_t i = 0; i < sync->feed_count; i++) {
		struct sync_feed *feed = &sync->feeds[i];
		struct fetch_result result;
		struct err err;
		if (feed->transfer) {
			fetch_end(feed->transfer, &result, &err);
			fetch_result_finish(&result);
		}
		if (feed->collection) {
			collection_stop(feed->collection);
		}
		feed->transfer = NULL;
		feed->is_asked = false;
	}
}

static bool create_collection(const struct sync *sync, struct sync_feed *feed)
{
	struct source source = {feed->config, sync->credentials_dir, sync->fetch};
	feed->collection = feed->config->caldav ? collection_create(&source) : NULL;
	return feed->collection || !feed->config->caldav;
}

bool sync_feeds_create(struct sync *sync, struct err *err)
{
	sync->feeds = calloc(sync->config->feed_count + 1, sizeof(*sync->feeds));
	if (!sync->feeds) {
		return err_set(err, "out of memory");
	}
	sync->feed_count = sync->config->feed_count;
	for (size_t i = 0; i < sync->feed_count; i++) {
		struct sync_feed *feed = &sync->feeds[i];
		feed->config = &sync->config->feeds[i];
		feed->ingest = ingest_create(sync->config, feed->config, &feed->ingest_err);
		if (!create_collection(sync, feed)) {
			return err_set(err, "out of memory");
		}
		if (feed->config->path) {
			news_add_file(sync->news, feed->config->path, NEWS_FILES);
		}
	}
	return true;
}

void sync_feeds_destroy(struct sync *sync)
{
	sync_feeds_stop(sync);
	for (size_t i = 0; i < sync->feed_count; i++) {
		ingest_destroy(sync->feeds[i].ingest);
		digest_destroy(sync->feeds[i].digest);
		collection_destroy(sync->feeds[i].collection);
		snapshot_part_unref(sync->feeds[i].rows);
		snapshot_part_unref(sync->feeds[i].patched);
		cache_feed_finish(&sync->feeds[i].known);
	}
	free(sync->feeds);
}
