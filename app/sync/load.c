/* What the worker has read from the cache: what is known of the feeds, and the rows that the screens need. Only the
 * rows of feeds that have changed are read again. Commands are carried out meanwhile, and they must find either all of
 * the old or all of the new, because an age says nothing about rows that are older. So nothing takes its place until
 * all has been read. */
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

/* What was read of a feed. */
struct loaded {
	struct cache_feed stored;   /* .name NULL: the cache does not have it */
	struct snapshot_part *rows; /* NULL: those that are known stay */
	struct cache_total total;   /* of all its rows */
	uint64_t rows_of;           /* what the rows belong to */
};

/* Everything is borrowed from here until it is taken over. */
struct load {
	struct sync *sync;
	struct loaded *feeds; /* as sync->feeds */
	struct cache_days shown;
	struct snapshot_part *joined; /* the rows of all feeds; NULL: none has other rows */
};

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

static void take_rows(struct sync_feed *feed, struct loaded *loaded)
{
	if (loaded->rows) {
		snapshot_part_unref(feed->rows);
		feed->rows = loaded->rows;
		feed->rows_of = loaded->rows_of;
		feed->stored = loaded->total;
		loaded->rows = NULL;
	}
}

static void take(struct load *load)
{
	struct sync *sync = load->sync;
	for (size_t i = 0; i < sync->feed_count; i++) {
		if (load->feeds[i].stored.name) {
			take_feed(&sync->feeds[i], &load->feeds[i].stored);
		} else {
			forget_feed(&sync->feeds[i]);
		}
		take_rows(&sync->feeds[i], &load->feeds[i]);
	}
	if (load->joined) {
		snapshot_part_unref(sync->rows);
		sync->rows = load->joined;
		load->joined = NULL;
	}
	sync->shown = load->shown;
}

static bool load_feeds(struct load *load, struct err *err)
{
	struct cache_feeds feeds = {0};
	struct sync *sync = load->sync;
	if (!cache_read_feeds(sync->cache, &feeds, err)) {
		return false;
	}
	for (size_t i = 0; i < sync->feed_count; i++) {
		struct cache_feed *stored = find_stored(&feeds, sync->feeds[i].config->name);
		if (stored) {
			load->feeds[i].stored = *stored;
			*stored = (struct cache_feed){0};
		}
	}
	cache_feeds_finish(&feeds);
	return true;
}

/* Returns the days of which rows of the feed are kept; NULL all. */
static const struct cache_days *days_of(const struct sync *sync, const struct sync_feed *feed,
					const struct cache_days *shown)
{
	return sync->options.shown_days_only && feed->config->kind == FEED_BOOKINGS ? shown : NULL;
}

/* What the kept rows of a feed depend on. */
static uint64_t sum_of(const struct cache_feed *known, const struct cache_days *days)
{
	const int64_t numbers[] = {known->from_day, known->to_day, known->skipped, days ? days->from_day : 0,
				   days ? days->to_day : 0};
	uint64_t sum = sum_text(sum_text(sum_start(), known->settings), known->body_hash);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		sum = sum_int(sum, numbers[i]);
	}
	return sum;
}

/* The same, also when the same source was stored again with other rows. */
static uint64_t sum_of_stored(const struct cache_feed *known, const struct cache_days *days)
{
	return sum_int(sum_of(known, days), known->changed_utc);
}

bool sync_can_patch(const struct sync *sync, const struct sync_feed *feed)
{
	return feed->rows && feed->rows->source_count < SYNC_PATCHES_MAX && feed->known.name &&
	       feed->rows_of == sum_of_stored(&feed->known, days_of(sync, feed, &sync->shown));
}

void sync_patch_rows(struct sync *sync, struct sync_feed *feed, const struct cache_feed *stored,
		     bool (*is_gone)(void *context, const char *uid), void *context, const struct cache_rows *fresh)
{
	const struct cache_days *days = days_of(sync, feed, &sync->shown);
	struct snapshot_part *added = snapshot_part_create();
	size_t count = 0;
	const struct cache_row **rows = cache_rows_by_key(fresh, &count);
	bool ok = added && rows;
	for (size_t i = 0; ok && i < count; i++) {
		ok = !cache_row_touches(rows[i], days) || cache_rows_copy(&added->rows, rows[i]);
	}
	if (ok) {
		cache_rows_sort(&added->rows);
		snapshot_part_unref(feed->patched);
		feed->patched = snapshot_part_patch(feed->rows, is_gone, context, added);
		feed->patched_of = sum_of(stored, days);
	}
	free(rows);
	snapshot_part_unref(added);
}

/* Returns the rows that were changed in memory, if the cache has been changed alike; else NULL. */
static struct snapshot_part *take_patched(struct sync_feed *feed, const struct loaded *loaded,
					  const struct cache_days *days)
{
	struct snapshot_part *patched = feed->patched;
	bool is_good = patched && loaded->rows_of != feed->rows_of && feed->patched_of == sum_of(&loaded->stored, days);
	feed->patched = NULL;
	if (!is_good) {
		snapshot_part_unref(patched);
	}
	return is_good ? patched : NULL;
}

/* Reads the rows of the feed if they may have changed; what was lost from the cache is still shown. */
static bool load_rows(struct load *load, size_t index, struct err *err)
{
	struct sync_feed *feed = &load->sync->feeds[index];
	struct loaded *loaded = &load->feeds[index];
	const struct cache_days *days = days_of(load->sync, feed, &load->shown);
	bool is_counted = feed->is_counted;
	feed->is_counted = false;
	if (!loaded->stored.name) {
		return true;
	}
	loaded->rows_of = sum_of_stored(&loaded->stored, days);
	loaded->total = feed->stored;
	loaded->rows = take_patched(feed, loaded, days);
	if (!loaded->rows && loaded->rows_of == feed->rows_of) {
		return true;
	}
	bool ok = loaded->rows != NULL;
	if (!ok) {
		loaded->rows = snapshot_part_create();
		ok = loaded->rows && cache_read_rows(load->sync->cache, loaded->stored.name, days, &loaded->rows->rows,
						     is_counted ? NULL : &loaded->total, err);
	}
	if (ok && days) {
		const struct config *config = load->sync->config;
		snapshot_part_find_days(loaded->rows, config->zone, days->from_day, days->to_day,
					config->checkin_opens_s);
	}
	return ok;
}

static struct snapshot_part *rows_of(const struct load *load, size_t index)
{
	return load->feeds[index].rows ? load->feeds[index].rows : load->sync->feeds[index].rows;
}

static int compare_names(const void *a, const void *b, void *context)
{
	const struct snapshot_source *left = a, *right = b;
	const struct config *config = context;
	return strcmp(config->feeds[left->feed].name, config->feeds[right->feed].name);
}

/* Joins the rows of the feeds of that kind, or of all kinds (-1), by the names of the feeds. NULL: out of memory. */
static struct snapshot_part *join(const struct load *load, int kind)
{
	const struct sync *sync = load->sync;
	struct snapshot_source *sources = calloc(sync->feed_count + 1, sizeof(*sources));
	size_t count = 0;
	for (size_t i = 0; sources && i < sync->feed_count; i++) {
		if (rows_of(load, i) && (kind < 0 || (int)sync->feeds[i].config->kind == kind)) {
			sources[count++] = (struct snapshot_source){rows_of(load, i), i};
		}
	}
	if (sources) {
		qsort_r(sources, count, sizeof(*sources), compare_names, (void *)(uintptr_t)sync->config);
	}
	struct snapshot_part *joined = sources ? snapshot_part_join(sources, count) : NULL;
	free(sources);
	return joined;
}

/* The screens show today and the next days on which the office is open, which depend on the closed ones. Today is no
 * longer one of them once the office has closed. */
static bool find_shown_days(struct load *load)
{
	const struct sync *sync = load->sync;
	const struct zone *zone = sync->config->zone;
	struct snapshot_part *closures = join(load, FEED_CLOSURES);
	if (!closures) {
		return false;
	}
	const struct journal_entries none = {0};
	int32_t today = sync_today(sync);
	const struct office_input input = {.config = sync->config,
					   .rows = &closures->rows,
					   .spans = closures->spans,
					   .span_count = closures->span_count,
					   .entries = &none,
					   .now_utc = zone_day_start(zone, today)};
	load->shown.from_day = today - SYNC_PAST_DAYS;
	load->shown.to_day = office_open_day(&input, WEEK_DAYS + 1, WEEK_LOOK_DAYS) + 1;
	load->shown.from_utc = zone_day_start(zone, load->shown.from_day);
	load->shown.to_utc = zone_day_start(zone, load->shown.to_day);
	snapshot_part_unref(closures);
	return true;
}

static bool load_kind(struct load *load, bool of_bookings, struct err *err)
{
	bool ok = true;
	for (size_t i = 0; ok && i < load->sync->feed_count; i++) {
		bool is_wanted = (load->sync->feeds[i].config->kind == FEED_BOOKINGS) == of_bookings;
		ok = !is_wanted || load_rows(load, i, err);
	}
	return ok;
}

static bool join_all(struct load *load)
{
	bool differs = false;
	for (size_t i = 0; i < load->sync->feed_count; i++) {
		differs = differs || load->feeds[i].rows;
	}
	load->joined = differs ? join(load, -1) : NULL;
	return load->joined || !differs;
}

static void finish(struct load *load)
{
	for (size_t i = 0; load->feeds && i < load->sync->feed_count; i++) {
		cache_feed_finish(&load->feeds[i].stored);
		snapshot_part_unref(load->feeds[i].rows);
	}
	snapshot_part_unref(load->joined);
	free(load->feeds);
}

bool sync_read_cache(struct sync *sync, struct err *err)
{
	struct load load = {.sync = sync, .feeds = calloc(sync->feed_count + 1, sizeof(*load.feeds))};
	err_set(err, "out of memory");
	sync->shown_day = sync_today(sync);
	bool ok = load.feeds && load_feeds(&load, err) && load_kind(&load, false, err) && find_shown_days(&load) &&
		  load_kind(&load, true, err) && join_all(&load);
	if (ok) {
		take(&load);
	}
	finish(&load);
	return ok;
}
