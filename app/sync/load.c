/* What the worker has read from the cache: what is known of the feeds, and the rows that the screens need. Only the
 * rows of feeds that have changed are read again. */
#include "private.h"

#include "app/office/office.h"
#include "ical/small.h"
#include "ical/sum.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct cache_feed *find_stored(const struct cache_feeds *feeds, const char *name)
{
	for (size_t i = 0; i < feeds->count; i++) {
		if (feeds->items[i].name && strcmp(feeds->items[i].name, name) == 0) {
			return &feeds->items[i];
		}
	}
	return NULL;
}

/* Returns whether only some of the rows that the cache has are kept here. */
static bool has_part(const struct sync_feed *feed)
{
	return feed->rows && feed->rows->rows.count < feed->stored.count;
}

/* Of a feed of which only some days are kept here, those days are all that can be said again; it is then read anew. */
static bool write_again(struct sync *sync, const struct sync_feed *feed, struct err *err)
{
	const struct cache_rows none = {0};
	struct cache_feed again = feed->known; /* borrows its texts */
	if (has_part(feed)) {
		again.settings = again.body_hash = (char *)(uintptr_t)"";
		again.to_day = (int32_t)small_min(again.to_day, sync->shown.to_day);
	}
	return cache_replace(sync->cache, &again, feed->rows ? &feed->rows->rows : &none, err);
}

bool sync_write_lost(struct sync *sync, struct err *err)
{
	struct cache_feeds feeds = {0};
	bool ok = cache_read_feeds(sync->cache, &feeds, err);
	for (size_t i = 0; ok && i < sync->feed_count; i++) {
		const struct cache_feed *known = &sync->feeds[i].known;
		ok = !known->name || find_stored(&feeds, known->name) || write_again(sync, &sync->feeds[i], err);
	}
	cache_feeds_finish(&feeds);
	return ok;
}

/* Takes over a feed from the cache; the age in memory may be newer than the one on disk. */
static void take_feed(struct sync_feed *feed, struct cache_feed *stored)
{
	int64_t agreed_utc = feed->known.agreed_utc;
	cache_feed_finish(&feed->known);
	feed->is_overtaken = feed->is_overtaken || strcmp(feed->hash, stored->body_hash) != 0;
	feed->known = *stored;
	*stored = (struct cache_feed){0};
	feed->known.agreed_utc = agreed_utc > feed->known.agreed_utc ? agreed_utc : feed->known.agreed_utc;
	snprintf(feed->hash, sizeof(feed->hash), "%s", feed->known.body_hash);
}

static void forget_feed(struct sync_feed *feed)
{
	cache_feed_finish(&feed->known);
	feed->is_overtaken = true;
	feed->hash[0] = '\0';
	feed->has_file = false;
}

static bool load_feeds(struct sync *sync, struct err *err)
{
	struct cache_feeds feeds = {0};
	if (!cache_read_feeds(sync->cache, &feeds, err)) {
		return false;
	}
	for (size_t i = 0; i < sync->feed_count; i++) {
		struct cache_feed *stored = find_stored(&feeds, sync->feeds[i].config->name);
		if (stored) {
			take_feed(&sync->feeds[i], stored);
		} else {
			forget_feed(&sync->feeds[i]);
		}
	}
	cache_feeds_finish(&feeds);
	return true;
}

/* Returns the days of which rows of the feed are kept; NULL all. */
static const struct cache_days *days_of(const struct sync *sync, const struct sync_feed *feed)
{
	return sync->options.shown_days_only && feed->config->kind == FEED_BOOKINGS ? &sync->shown : NULL;
}

/* What the kept rows of a feed depend on; 0 when the cache has none. */
static uint64_t sum_of(const struct sync *sync, const struct sync_feed *feed, const struct cache_feed *known)
{
	const struct cache_days *days = days_of(sync, feed);
	const int64_t numbers[] = {known->from_day, known->to_day, known->skipped, days ? days->from_day : 0,
				   days ? days->to_day : 0};
	uint64_t sum = sum_start();
	if (!known->name) {
		return 0;
	}
	sum = sum_text(sum_text(sum, known->settings), known->body_hash);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		sum = sum_int(sum, numbers[i]);
	}
	return sum;
}

static uint64_t sum_of_known(const struct sync *sync, const struct sync_feed *feed)
{
	return feed->known.name ? sum_int(sum_of(sync, feed, &feed->known), feed->known.changed_utc) : 0;
}

bool sync_can_patch(const struct sync *sync, const struct sync_feed *feed)
{
	return feed->rows && feed->rows->source_count < SYNC_PATCHES_MAX && feed->rows_of == sum_of_known(sync, feed);
}

void sync_patch_rows(struct sync *sync, struct sync_feed *feed, const struct cache_feed *stored,
		     bool (*is_gone)(void *context, const char *uid), void *context, const struct cache_rows *fresh)
{
	struct snapshot_part *added = snapshot_part_create();
	size_t count = 0;
	const struct cache_row **rows = cache_rows_by_key(fresh, &count);
	bool ok = added && rows;
	for (size_t i = 0; ok && i < count; i++) {
		ok = !cache_row_touches(rows[i], days_of(sync, feed)) || cache_rows_copy(&added->rows, rows[i]);
	}
	if (ok) {
		cache_rows_sort(&added->rows);
		snapshot_part_unref(feed->patched);
		feed->patched = snapshot_part_patch(feed->rows, is_gone, context, added);
		feed->patched_of = sum_of(sync, feed, stored);
	}
	free(rows);
	snapshot_part_unref(added);
}

static void take_rows(struct sync *sync, struct sync_feed *feed, struct snapshot_part *rows, uint64_t sum)
{
	snapshot_part_unref(feed->rows);
	feed->rows = rows;
	feed->rows_of = sum;
	sync->rows_differ = true;
}

/* Returns whether the rows have been changed in memory as they were in the cache. */
static bool take_patched(struct sync *sync, struct sync_feed *feed, uint64_t sum)
{
	struct snapshot_part *patched = feed->patched;
	bool is_good = patched && sum != feed->rows_of && feed->patched_of == sum_of(sync, feed, &feed->known);
	feed->patched = NULL;
	if (is_good) {
		take_rows(sync, feed, patched, sum);
	} else {
		snapshot_part_unref(patched);
	}
	return is_good;
}

/* Reads the rows of the feed if they may have changed; what was lost from the cache is still shown. */
static bool load_rows(struct sync *sync, struct sync_feed *feed, struct err *err)
{
	uint64_t sum = sum_of_known(sync, feed);
	bool is_counted = feed->is_counted;
	feed->is_counted = false;
	if (take_patched(sync, feed, sum) || sum == feed->rows_of || !feed->known.name) {
		return true;
	}
	struct snapshot_part *part = snapshot_part_create();
	struct cache_total total = feed->stored;
	if (!part || !cache_read_rows(sync->cache, feed->known.name, days_of(sync, feed), &part->rows,
				      is_counted ? NULL : &total, err)) {
		snapshot_part_unref(part);
		return false;
	}
	take_rows(sync, feed, part, sum);
	feed->stored = total;
	return true;
}

static int compare_names(const void *a, const void *b)
{
	const struct sync_feed *const *left = a, *const *right = b;
	return strcmp((*left)->config->name, (*right)->config->name);
}

static bool join_rows(struct sync *sync)
{
	struct sync_feed **feeds = calloc(sync->feed_count + 1, sizeof(struct sync_feed *));
	struct snapshot_part **parts = calloc(sync->feed_count + 1, sizeof(struct snapshot_part *));
	struct snapshot_part *joined = NULL;
	size_t count = 0;
	for (size_t i = 0; feeds && parts && i < sync->feed_count; i++) {
		if (sync->feeds[i].rows) {
			feeds[count++] = &sync->feeds[i];
		}
	}
	if (feeds && parts) {
		qsort(feeds, count, sizeof(struct sync_feed *), compare_names);
		for (size_t i = 0; i < count; i++) {
			parts[i] = feeds[i]->rows;
		}
		joined = snapshot_part_join(parts, count);
	}
	free(feeds);
	free(parts);
	if (joined) {
		snapshot_part_unref(sync->rows);
		sync->rows = joined;
		sync->rows_differ = false;
	}
	return joined;
}

/* Returns the rows of the feeds of closed days; NULL: out of memory. */
static struct snapshot_part *join_closures(const struct sync *sync)
{
	struct snapshot_part **parts = calloc(sync->feed_count + 1, sizeof(struct snapshot_part *));
	size_t count = 0;
	for (size_t i = 0; parts && i < sync->feed_count; i++) {
		if (sync->feeds[i].rows && sync->feeds[i].config->kind == FEED_CLOSURES) {
			parts[count++] = sync->feeds[i].rows;
		}
	}
	struct snapshot_part *joined = parts ? snapshot_part_join(parts, count) : NULL;
	free(parts);
	return joined;
}

/* The screens show today and the next days on which the office is open, which depend on the closed ones. Today is no
 * longer one of them once the office has closed. */
static bool find_shown_days(struct sync *sync)
{
	const struct zone *zone = sync->config->zone;
	struct snapshot_part *closures = join_closures(sync);
	if (!closures) {
		return false;
	}
	const struct journal_entries none = {0};
	const struct office_input input = {.config = sync->config,
					   .rows = &closures->rows,
					   .entries = &none,
					   .now_utc = zone_day_start(zone, sync_today(sync))};
	sync->shown_day = sync_today(sync);
	sync->shown.from_day = sync->shown_day - SYNC_PAST_DAYS;
	sync->shown.to_day = office_open_day(&input, WEEK_DAYS + 1, WEEK_LOOK_DAYS) + 1;
	sync->shown.from_utc = zone_day_start(zone, sync->shown.from_day);
	sync->shown.to_utc = zone_day_start(zone, sync->shown.to_day);
	snapshot_part_unref(closures);
	return true;
}

static bool load_kind(struct sync *sync, bool of_bookings, struct err *err)
{
	bool ok = true;
	for (size_t i = 0; ok && i < sync->feed_count; i++) {
		bool is_wanted = (sync->feeds[i].config->kind == FEED_BOOKINGS) == of_bookings;
		ok = !is_wanted || load_rows(sync, &sync->feeds[i], err);
	}
	return ok;
}

bool sync_read_cache(struct sync *sync, struct err *err)
{
	err_set(err, "out of memory");
	bool ok = load_feeds(sync, err) && load_kind(sync, false, err) && find_shown_days(sync) &&
		  load_kind(sync, true, err);
	return (!sync->rows_differ || join_rows(sync)) && ok;
}
