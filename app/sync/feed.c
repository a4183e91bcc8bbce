/* One try at one feed: asks for the bytes, has them read, stores the rows that the office keeps, and decides when to
 * ask again. The cache stays unchanged until all of that has succeeded. Any number of feeds can be asked at a time;
 * their answers are handled one after the other. */
#include "private.h"

#include "ical/civil.h"
#include "ical/digest.h"
#include "ical/reader.h"
#include "app/base/limits.h"
#include "pace.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

static uint32_t chance(void)
{
	uint32_t number = 0;
	return getrandom(&number, sizeof(number), GRND_NONBLOCK) == (ssize_t)sizeof(number) ? number : 0;
}

/* A clock that was never set must not move the window, because every booking would fall out of it. */
static struct window window_of(const struct sync *sync, const struct sync_feed *feed)
{
	int32_t today = sync_today(sync);
	bool is_absurd = today < civil_day(CLOCK_FIRST_YEAR, 1, 1);
	if (is_absurd && feed->known.from_day < feed->known.to_day) {
		return (struct window){feed->known.from_day, feed->known.to_day, feed->known.to_day};
	}
	static const int32_t days[] = {[FEED_BOOKINGS] = SYNC_BOOKINGS_DAYS,
				       [FEED_MEETINGS] = SYNC_MEETINGS_DAYS,
				       [FEED_NOTICES] = SYNC_BOOKINGS_DAYS,
				       [FEED_CLOSURES] = SYNC_CLOSURES_DAYS};
	struct source source = {feed->config, sync->credentials_dir, sync->fetch};
	int32_t ahead = days[feed->config->kind], covers = source_covers_days(&source);
	int32_t known_to_day = covers < ahead ? today + covers + 1 : today + ahead;
	return (struct window){today - SYNC_PAST_DAYS, today + ahead, known_to_day};
}

static void schedule(struct sync *sync, struct sync_feed *feed, int64_t retry_after_s)
{
	bool is_first = feed->failures == 0 && !feed->has_succeeded;
	int64_t wait_ms = is_first ? pace_first_ms(feed->config->refresh_s, chance())
				   : pace_wait_ms(feed->config->refresh_s, feed->failures, retry_after_s, chance());
	feed->has_succeeded = feed->has_succeeded || is_first;
	feed->due_ms = sync_mono_ms(sync) + wait_ms;
	feed->next_utc = clock_utc_s(sync->options.clock) + (wait_ms + 999) / 1000;
}

static void failed(struct sync *sync, struct sync_feed *feed, enum feed_trouble trouble, const struct err *err,
		   int64_t retry_after_s)
{
	feed->failures += feed->failures < UINT32_MAX;
	feed->trouble = trouble;
	snprintf(feed->message, sizeof(feed->message), "%s", err->text);
	schedule(sync, feed, retry_after_s);
}

static void went_well(struct sync *sync, struct sync_feed *feed)
{
	feed->failures = 0;
	feed->trouble = FEED_TROUBLE_NONE;
	feed->message[0] = '\0';
	schedule(sync, feed, 0);
}

/* A body that was fetched, and where it comes from. */
struct fresh {
	const struct source_body *body;
	struct digest *digest; /* the serial of the feed when the body was taken over */
	char hash[DIGEST_TEXT_SIZE];
};

static bool replace_text(char **slot, const char *text)
{
	char *copy = strdup(text);
	if (copy) {
		free(*slot);
		*slot = copy;
	}
	return copy != NULL;
}

/* Handles a source that has not changed. */
static void agreed(struct sync *sync, struct sync_feed *feed)
{
	struct err err = {""};
	feed->known.agreed_utc = feed->tried_utc;
	went_well(sync, feed);
	if (sync->cache && !cache_touch(sync->cache, &feed->known, &err)) {
		sync_store_failed(sync, &err, false);
		sync_restore_lost(sync); /* the feed may no longer be in the cache */
		sync_load_cache(sync);
	}
}

/* Counts the stored rows of a feed that the window still covers. */
static size_t count_stored(struct sync *sync, const struct sync_feed *feed, struct window window)
{
	const struct cache_days days = {.from_day = window.from_day + 1,
					.to_day = INT32_MAX,
					.from_utc = zone_day_start(sync->config->zone, window.from_day) + 1,
					.to_utc = INT64_MAX};
	struct err err = {""};
	size_t count = 0;
	if (sync->cache && feed->stored.count > 0 &&
	    !cache_count_rows(sync->cache, feed->config->name, &days, &count, &err)) {
		sync_store_failed(sync, &err, false);
	}
	return count;
}

/* Microsoft has served empty calendars for a while, so a calendar that has nearly vanished is believed only when it
 * does so twice. */
static bool has_shrunk(struct sync *sync, struct sync_feed *feed, size_t stored, size_t fresh)
{
	bool is_small = fresh == 0 ? stored > 0 : fresh * 100 < stored * SYNC_SHRUNK_PERCENT;
	bool is_same_office = feed->known.settings && strcmp(feed->known.settings, feed->settings) == 0;
	if (!is_small || !is_same_office || feed->trouble == FEED_TROUBLE_SHRUNK) {
		return false;
	}
	struct err err;
	err_set(&err, "only %zu of %zu entries are left; the old ones are kept until a second try agrees", fresh,
		stored);
	failed(sync, feed, FEED_TROUBLE_SHRUNK, &err, feed->config->refresh_s);
	return true;
}

static bool is_too_large(struct sync *sync, struct sync_feed *feed, size_t bytes)
{
	struct err err = {""};
	if (sync_has_memory(sync, feed, bytes, &err)) {
		return false;
	}
	failed(sync, feed, FEED_TROUBLE_TOO_LARGE, &err, 0);
	return true;
}

/* Borrows everything. */
static struct cache_feed to_store(const struct sync_feed *feed, const struct fresh *fresh, struct window window,
				  uint32_t skipped)
{
	const struct fetch_result *result = &fresh->body->result;
	return (struct cache_feed){.name = feed->config->name,
				   .settings = (char *)(uintptr_t)feed->settings,
				   .etag = result->etag ? result->etag : (char *)(uintptr_t)"",
				   .last_modified =
					   result->last_modified ? result->last_modified : (char *)(uintptr_t)"",
				   .body_hash = (char *)(uintptr_t)fresh->hash,
				   .agreed_utc = feed->tried_utc,
				   .changed_utc = feed->tried_utc,
				   .from_day = window.from_day,
				   .to_day = window.known_to_day,
				   .skipped = skipped};
}

static bool store_rows(struct sync *sync, struct sync_feed *feed, const struct fresh *fresh, struct window window,
		       uint32_t skipped, const struct cache_rows *rows)
{
	struct err err = {""};
	struct cache_feed stored = to_store(feed, fresh, window, skipped);
	if (!sync->cache) {
		err_set(&err, "%s", sync->failed_message[0] ? sync->failed_message : "the cache is not open");
		failed(sync, feed, FEED_TROUBLE_SETUP, &err, 0);
		return false;
	}
	if (!cache_replace(sync->cache, &stored, rows, &err)) {
		sync_store_failed(sync, &err, false);
		failed(sync, feed, FEED_TROUBLE_SETUP, &err, 0);
		return false;
	}
	return true;
}

/* The result of reading some bytes. */
struct rows_read {
	struct cache_rows rows;
	enum feed_trouble trouble;
	uint32_t skipped;
	uint32_t given_up; /* rows whose place or person was too much work to find */
	bool is_complete;  /* nothing was skipped or assumed */
	char notes[NOTES_MAX];
};

/* Converts the occurrences that were read to the rows that the office keeps. Between any two of them, news that has
 * arrived is handled. */
static enum reader_outcome keep(struct sync_feed *feed, struct identity *identity, const struct reader_result *read,
				const struct wait *wait, struct rows_read *out, struct err *err)
{
	const char *uid = "";
	char name[IDENTITY_NAME_SIZE] = "";
	for (size_t i = 0; i < read->occurrences.count; i++) {
		struct occurrence named = read->occurrences.items[i]; /* borrows every text */
		bool too_many = false;
		if (!wait_serve(wait)) {
			return READER_STOPPED;
		}
		if (strcmp(named.uid, uid) != 0 && !identity_name(identity, named.uid, name)) {
			out->trouble = FEED_TROUBLE_SETUP;
			err_set(err, "out of memory");
			return READER_OK;
		}
		uid = named.uid;
		named.uid = name;
		if (!ingest_add(feed->ingest, &named, &out->rows, &too_many, err)) {
			out->trouble = too_many ? FEED_TROUBLE_TOO_LARGE : FEED_TROUBLE_SETUP;
			return READER_OK;
		}
	}
	out->given_up = ingest_given_up(feed->ingest);
	return READER_OK;
}

static uint32_t count_skipped(const struct reader_result *read, uint32_t given_up)
{
	uint64_t count = given_up;
	for (size_t i = 0; i < read->skip_count; i++) {
		count += read->skips[i].count;
	}
	return count < UINT32_MAX ? (uint32_t)count : UINT32_MAX;
}

/* The stored rows are shown from now on, and the next try compares with them. */
static void remember(struct sync *sync, struct sync_feed *feed, struct fresh *fresh)
{
	const struct fetch_result *result = &fresh->body->result;
	bool ok = sync_load_cache(sync) && replace_text(&feed->known.etag, result->etag ? result->etag : "") &&
		  replace_text(&feed->known.last_modified, result->last_modified ? result->last_modified : "");
	if (!ok) {
		struct err err;
		err_set(&err, "%s", sync->failed_message[0] ? sync->failed_message : "out of memory");
		sync->cache_is_stale = true;
		feed->is_counted = false;
		feed->is_doubtful = true;
		failed(sync, feed, FEED_TROUBLE_SETUP, &err, 0);
		return;
	}
	snprintf(feed->hash, sizeof(feed->hash), "%s", fresh->hash);
	digest_destroy(feed->digest);
	feed->digest = fresh->digest;
	fresh->digest = NULL;
	sync_bound_digests(sync, feed);
	feed->has_file = feed->config->path != NULL;
	feed->file = fresh->body->file;
	feed->is_doubtful = false;
	feed->known.agreed_utc = feed->tried_utc;
	went_well(sync, feed);
}

static enum feed_trouble trouble_of(enum reader_outcome outcome)
{
	switch (outcome) {
	case READER_OVER_LIMIT:
		return FEED_TROUBLE_TOO_LARGE;
	case READER_UNAVAILABLE:
		return FEED_TROUBLE_SETUP;
	default:
		return FEED_TROUBLE_NOT_CALENDAR;
	}
}

/* Runs icsread on `bytes` and converts its output to cache rows. */
static enum reader_outcome read_rows(struct sync *sync, struct sync_feed *feed, const char *bytes, size_t length,
				     struct window window, struct rows_read *out, struct err *err)
{
	struct objects_left_out left_out = {0};
	struct reader_request request = {.program = sync->reader,
					 .body = bytes,
					 .body_length = length,
					 .from_day = window.from_day,
					 .to_day = window.to_day,
					 .zone = zone_name(sync->config->zone),
					 .zoneinfo = sync->options.zoneinfo,
					 .want_description = ingest_wants_description(feed->ingest),
					 .has_objects = feed->collection != NULL};
	struct reader_result read;
	sync_promise(sync, READER_DEADLINE_MS + SYNC_SLACK_MS);
	enum reader_outcome outcome = reader_run(&request, &sync->wait, &read, err);
	sync_promise(sync, SYNC_SLACK_MS);
	out->trouble = outcome == READER_OK ? FEED_TROUBLE_NONE : trouble_of(outcome);
	ingest_reset(feed->ingest);
	if (outcome == READER_OK) {
		outcome = keep(feed, sync->identity, &read, &sync->wait, out, err);
	}
	ingest_reset(feed->ingest);
	if (feed->collection) {
		collection_find_left_out(feed->collection, &read, &left_out);
	}
	out->skipped = count_skipped(&read, out->given_up + (uint32_t)left_out.missing);
	out->is_complete = out->skipped == 0 && read.assumed_count == 0;
	notes_write(&read, out->given_up, &left_out, out->notes);
	reader_result_finish(&read);
	return outcome;
}

/* Returns whether the digest describes the body of the shown rows. Another program may have read the feed since. */
static bool has_digest(const struct sync_feed *feed)
{
	char hash[DIGEST_TEXT_SIZE] = "";
	if (feed->digest) {
		digest_print(feed->digest, hash);
	}
	return feed->digest && strcmp(hash, feed->hash) == 0;
}

/* What was just written need not be counted when it is read again. */
static void count(struct sync_feed *feed, size_t rows, size_t bytes)
{
	feed->stored = (struct cache_total){rows, bytes};
	feed->is_counted = true;
}

/* A feed of which a part is about to be stored. */
struct part {
	struct sync *sync;
	struct sync_feed *feed;
	struct cache_total total; /* of the whole feed, once the part is stored */
	bool is_unfit;            /* as a whole, and that has been reported */
};

static bool is_fit(void *context, size_t count, size_t bytes)
{
	struct part *part = context;
	part->total = (struct cache_total){count, bytes};
	part->is_unfit = has_shrunk(part->sync, part->feed, part->feed->stored.count, count) ||
			 is_too_large(part->sync, part->feed, bytes);
	return !part->is_unfit;
}

/* Returns false when the whole body has to be read. */
static bool take_part(struct sync *sync, struct sync_feed *feed, struct fresh *fresh, struct window window,
		      const struct digest_change *change, const struct cache_rows *rows)
{
	struct part part = {.sync = sync, .feed = feed};
	struct cache_feed stored = to_store(feed, fresh, window, 0);
	if (!sync_merge_rows(sync, &(struct merge){feed, &stored, change, rows, is_fit, &part})) {
		return part.is_unfit;
	}
	count(feed, part.total.count, part.total.bytes);
	remember(sync, feed, fresh);
	return true;
}

/* Reads only the changed events of a calendar that was read before. Returns false when all of it has to be read. */
static bool take_changes(struct sync *sync, struct sync_feed *feed, struct fresh *fresh, struct window window,
			 bool *out_goes_on)
{
	const struct fetch_result *result = &fresh->body->result;
	struct digest_change change = {0};
	struct rows_read read = {0};
	struct err err = {""};
	if (!has_digest(feed) || !digest_compare(feed->digest, fresh->digest, result->body, &change)) {
		return false;
	}
	enum reader_outcome outcome = read_rows(sync, feed, change.excerpt, change.excerpt_length, window, &read, &err);
	*out_goes_on = outcome != READER_STOPPED;
	bool ok = outcome == READER_OK && read.trouble == FEED_TROUBLE_NONE && read.is_complete &&
		  take_part(sync, feed, fresh, window, &change, &read.rows);
	cache_rows_finish(&read.rows);
	digest_change_finish(&change);
	return ok || !*out_goes_on;
}

/* Returns false when the worker has to stop. */
static bool take_whole(struct sync *sync, struct sync_feed *feed, struct fresh *fresh, struct window window)
{
	const struct fetch_result *result = &fresh->body->result;
	struct rows_read read = {0};
	struct err err = {""};
	enum reader_outcome outcome = read_rows(sync, feed, result->body, result->body_length, window, &read, &err);
	if (outcome != READER_STOPPED && read.trouble != FEED_TROUBLE_NONE) {
		failed(sync, feed, read.trouble, &err, 0);
	} else if (outcome == READER_OK && !has_shrunk(sync, feed, count_stored(sync, feed, window), read.rows.count) &&
		   !is_too_large(sync, feed, sync_bytes_of(&read.rows)) &&
		   store_rows(sync, feed, fresh, window, read.skipped, &read.rows)) {
		if (!read.is_complete) { /* skipped events have to be counted anew each time */
			digest_destroy(fresh->digest);
			fresh->digest = NULL;
		}
		memcpy(feed->notes, read.notes, sizeof(feed->notes));
		count(feed, read.rows.count, sync_bytes_of(&read.rows));
		remember(sync, feed, fresh);
	}
	cache_rows_finish(&read.rows);
	return outcome != READER_STOPPED;
}

/* Handles a body that differs from the last one. Returns false when the worker has to stop. */
static bool take_body(struct sync *sync, struct sync_feed *feed, struct fresh *fresh, struct window window,
		      bool compare)
{
	bool goes_on = true;
	if (compare && take_changes(sync, feed, fresh, window, &goes_on)) {
		return goes_on;
	}
	return take_whole(sync, feed, fresh, window);
}

/* Returns whether the source may be asked for changes only. That is wrong when the same bytes would give other rows
 * now. */
static bool may_compare(const struct sync_feed *feed, struct window window)
{
	return feed->known.settings && strcmp(feed->known.settings, feed->settings) == 0 &&
	       feed->known.from_day == window.from_day && feed->known.to_day == window.known_to_day &&
	       feed->trouble != FEED_TROUBLE_SHRUNK && !feed->is_doubtful;
}

/* The same bytes came with another validator or from another file; the next try uses the new one. */
static void remember_same(struct sync_feed *feed, const struct source_body *body)
{
	replace_text(&feed->known.etag, body->result.etag ? body->result.etag : "");
	replace_text(&feed->known.last_modified, body->result.last_modified ? body->result.last_modified : "");
	feed->has_file = feed->config->path != NULL;
	feed->file = body->file;
}

static bool take_news(struct sync *sync, struct sync_feed *feed, const struct source_body *body, struct window window,
		      bool compare)
{
	struct fresh fresh = {.body = body};
	struct err err = {"out of memory"};
	bool goes_on = true;
	fresh.digest = digest_create(body->result.body, body->result.body_length, &sync->wait);
	if (!fresh.digest) {
		failed(sync, feed, FEED_TROUBLE_SETUP, &err, 0);
		return true;
	}
	digest_print(fresh.digest, fresh.hash);
	if (compare && strcmp(fresh.hash, feed->hash) == 0) {
		remember_same(feed, body);
		agreed(sync, feed);
	} else {
		goes_on = take_body(sync, feed, &fresh, window, compare);
	}
	digest_destroy(fresh.digest);
	return goes_on;
}

/* The source reports no change, but the cache has changed since it was asked. */
static void ask_anew(struct sync_feed *feed)
{
	feed->is_doubtful = true;
	feed->is_due_again = true;
}

static enum source_outcome read_source(const struct source *source, struct sync_feed *feed, bool compare,
				       struct source_body *out_body, struct err *err)
{
	struct fetch_transfer *transfer = feed->transfer;
	feed->transfer = NULL;
	if (feed->collection) {
		return collection_end(feed->collection, compare ? feed->known.etag : NULL, out_body, err);
	}
	if (feed->config->path) {
		return source_read_file(source, compare && feed->has_file ? &feed->file : NULL, out_body, err);
	}
	if (transfer) {
		return source_end(transfer, out_body, err);
	}
	*out_body = (struct source_body){.trouble = FEED_TROUBLE_SETUP};
	*err = feed->asked_err;
	return SOURCE_FAILED;
}

static bool take_answer(struct sync *sync, struct sync_feed *feed)
{
	bool compare = feed->may_compare && !feed->is_overtaken;
	struct source source = {feed->config, sync->credentials_dir, sync->fetch};
	struct source_body body;
	struct err err = {""};
	bool goes_on = true;
	enum source_outcome outcome = read_source(&source, feed, compare, &body, &err);
	sync_saw_server(sync, body.result.server_utc);
	switch (outcome) {
	case SOURCE_SAME:
		if (compare) {
			agreed(sync, feed);
		} else {
			ask_anew(feed);
		}
		break;
	case SOURCE_FAILED:
		failed(sync, feed, body.trouble, &err, body.result.retry_after_s);
		break;
	case SOURCE_STOPPED:
		goes_on = false;
		break;
	case SOURCE_NEW:
		goes_on = take_news(sync, feed, &body, feed->window, compare);
		break;
	}
	fetch_result_finish(&body.result);
	return goes_on;
}

void sync_feed_begin(struct sync *sync, struct sync_feed *feed)
{
	struct source source = {feed->config, sync->credentials_dir, sync->fetch};
	feed->tried_utc = clock_utc_s(sync->options.clock);
	feed->tried_ms = sync_mono_ms(sync);
	feed->is_asked = true;
	feed->is_due_again = feed->is_overtaken = false;
	sync_fingerprint(sync, feed);
	feed->window = window_of(sync, feed);
	feed->may_compare = may_compare(feed, feed->window);
	if (!sync->identity) {
		err_set(&feed->asked_err, "%s", sync->failed_message);
	} else if (feed->ingest && feed->collection) {
		collection_begin(feed->collection, sync_collection_max(sync, feed), feed->tried_ms);
	} else if (feed->ingest && !feed->config->path) {
		bool compare = feed->may_compare;
		feed->transfer = source_begin(&source, compare ? feed->known.etag : NULL,
					      compare ? feed->known.last_modified : NULL, &feed->asked_err);
	}
}

bool sync_feed_is_ready(const struct sync_feed *feed)
{
	return feed->is_asked && (feed->collection ? collection_is_done(feed->collection)
						   : !feed->transfer || fetch_is_done(feed->transfer));
}

void sync_feed_go_on(struct sync *sync, struct sync_feed *feed)
{
	if (feed->collection && feed->is_asked) {
		collection_go_on(feed->collection, sync_mono_ms(sync));
	}
}

bool sync_feed_finish(struct sync *sync, struct sync_feed *feed)
{
	bool goes_on = true;
	sync->cache_is_busy = true;
	if (!feed->ingest) {
		failed(sync, feed, FEED_TROUBLE_SETUP, &feed->ingest_err, 0);
	} else if (!sync->identity) {
		struct err err;
		err_set(&err, "%s", sync->failed_message);
		failed(sync, feed, FEED_TROUBLE_SETUP, &err, 0);
	} else {
		goes_on = take_answer(sync, feed);
	}
	sync->cache_is_busy = false;
	feed->is_asked = false;
	return goes_on;
}
