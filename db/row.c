/* See row.h. */
#include "row.h"

#include <stdlib.h>
#include <string.h>

#include "ical/sum.h"
#include "limits.h"
#include "texts.h"

static uint64_t feed_sum(const struct cache_feed *feed)
{
	const char *const texts[] = {feed->name, feed->settings, feed->etag, feed->last_modified, feed->body_hash};
	const int64_t numbers[] = {feed->agreed_utc, feed->changed_utc, feed->from_day, feed->to_day, feed->skipped};
	uint64_t sum = sum_start();
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		sum = sum_text(sum, texts[i]);
	}
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		sum = sum_int(sum, numbers[i]);
	}
	return sum;
}

int64_t row_first(const struct span *span)
{
	return span->all_day ? span->start_day : span->start_utc;
}

int64_t row_last(const struct span *span)
{
	return span->all_day ? span->end_day : span->end_utc;
}

static uint64_t row_sum(const struct cache_row *row)
{
	const char *const texts[] = {row->feed,     row->uid, row->recurrence_id, row->place, row->title,
				     row->location, row->url};
	const int64_t numbers[] = {row->span.all_day, row_first(&row->span), row_last(&row->span),
				   row->is_person,    row->is_private,       row->busy,
				   row->status};
	uint64_t sum = sum_start();
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		sum = sum_text(sum, texts[i]);
	}
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		sum = sum_int(sum, numbers[i]);
	}
	/* Rows that are older than the column keep their sum. */
	return row->organizer[0] ? sum_text(sum, row->organizer) : sum;
}

static bool copy_text(struct store *store, enum stmt_id id, int column, char **out, struct err *err)
{
	const char *text = store_text(store, id, column);
	*out = text ? strdup(text) : NULL;
	return *out || err_set(err, "out of memory");
}

/* On failure the feed is half filled and still the caller's to finish. */
static bool read_feed(struct store *store, enum stmt_id id, struct cache_feed *feed, struct err *err)
{
	if (!copy_text(store, id, 0, &feed->name, err) || !copy_text(store, id, 1, &feed->settings, err) ||
	    !copy_text(store, id, 2, &feed->etag, err) || !copy_text(store, id, 3, &feed->last_modified, err) ||
	    !copy_text(store, id, 4, &feed->body_hash, err)) {
		return false;
	}
	feed->agreed_utc = store_int(store, id, 5);
	feed->changed_utc = store_int(store, id, 6);
	feed->from_day = (int32_t)store_int(store, id, 7);
	feed->to_day = (int32_t)store_int(store, id, 8);
	feed->skipped = (uint32_t)store_int(store, id, 9);
	return feed_sum(feed) == (uint64_t)store_int(store, id, 10) ||
	       store_mark_damaged(store, err, "a feed is not what was written");
}

/* The text stays with those of the other rows. */
static bool keep_text(struct texts *texts, struct store *store, enum stmt_id id, int column, char **out,
		      struct err *err)
{
	const char *text = store_text(store, id, column);
	*out = text ? texts_keep(texts, text) : NULL;
	return *out || err_set(err, "out of memory");
}

static struct span read_span(struct store *store, enum stmt_id id)
{
	struct span span = {.all_day = store_int(store, id, 3) != 0};
	if (span.all_day) {
		span.start_day = (int32_t)store_int(store, id, 4);
		span.end_day = (int32_t)store_int(store, id, 5);
	} else {
		span.start_utc = store_int(store, id, 4);
		span.end_utc = store_int(store, id, 5);
	}
	return span;
}

static bool read_row(struct texts *texts, struct store *store, enum stmt_id id, struct cache_row *row, struct err *err)
{
	char **const fields[] = {&row->feed,  &row->uid,      &row->recurrence_id, &row->place,
				 &row->title, &row->location, &row->url,           &row->organizer};
	static const int columns[] = {0, 1, 2, 6, 7, 10, 11, 15};
	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++) {
		if (!keep_text(texts, store, id, columns[i], fields[i], err)) {
			return false;
		}
	}
	row->span = read_span(store, id);
	row->is_person = store_int(store, id, 8) != 0;
	row->is_private = store_int(store, id, 9) != 0;
	row->busy = (enum occurrence_busy)store_int(store, id, 12);
	row->status = (enum occurrence_status)store_int(store, id, 13);
	return row_sum(row) == (uint64_t)store_int(store, id, 14) ||
	       store_mark_damaged(store, err, "an occurrence is not what was written");
}

/* Makes room for one more item; each has `size` bytes. */
static bool grow(void **items, size_t count, size_t *capacity, size_t size, struct err *err)
{
	if (count < *capacity) {
		return true;
	}
	size_t wanted = *capacity ? *capacity * 2 : 64;
	void *grown = realloc(*items, wanted * size);
	if (!grown) {
		return err_set(err, "out of memory");
	}
	*items = grown;
	*capacity = wanted;
	return true;
}

bool row_collect_feeds(struct store *store, enum stmt_id id, struct cache_feeds *feeds, struct err *err)
{
	enum step step = STEP_FAILED;
	while ((step = store_step(store, id, err)) == STEP_ROW) {
		if (!grow((void **)&feeds->items, feeds->count, &feeds->capacity, sizeof(*feeds->items), err)) {
			break;
		}
		struct cache_feed *feed = &feeds->items[feeds->count++];
		*feed = (struct cache_feed){0};
		if (!read_feed(store, id, feed, err)) {
			break;
		}
	}
	store_reset(store, id);
	return step == STEP_DONE;
}

/* A cache that holds more than the program may take has not been written by it, or by one with other limits. */
static bool is_within_memory(struct store *store, const struct cache_rows *rows, struct err *err)
{
	return cache_rows_bytes(rows) <= CACHE_ROWS_BYTES_MAX ||
	       store_mark_damaged(store, err, "its occurrences take more memory than there is for them");
}

static bool append_row(struct store *store, enum stmt_id id, struct cache_rows *rows, struct err *err)
{
	if (!grow((void **)&rows->items, rows->count, &rows->capacity, sizeof(*rows->items), err)) {
		return false;
	}
	struct cache_row *row = &rows->items[rows->count++];
	*row = (struct cache_row){0};
	return read_row(rows->texts, store, id, row, err) && is_within_memory(store, rows, err);
}

bool row_collect(struct store *store, enum stmt_id id, struct cache_rows *rows, struct err *err)
{
	enum step step = STEP_FAILED;
	rows->texts = rows->texts ? rows->texts : texts_create();
	if (!rows->texts) {
		store_reset(store, id);
		return err_set(err, "out of memory");
	}
	while ((step = store_step(store, id, err)) == STEP_ROW) {
		if (!append_row(store, id, rows, err)) {
			break;
		}
	}
	store_reset(store, id);
	return step == STEP_DONE;
}

/* What cache_row_bytes says of a row that has been read. */
static size_t row_bytes(struct store *store, enum stmt_id id)
{
	static const int columns[] = {1, 2, 7, 10, 11, 15};
	size_t bytes = sizeof(struct cache_row);
	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++) {
		size_t length = store_size(store, id, columns[i]);
		bytes += length > 0 ? length + CACHE_TEXT_BYTES : 0;
	}
	return bytes;
}

bool row_count(struct store *store, enum stmt_id id, struct cache_total *out_total, struct err *err)
{
	enum step step = STEP_FAILED;
	struct cache_total total = {0};
	while ((step = store_step(store, id, err)) == STEP_ROW) {
		total.count++;
		total.bytes += row_bytes(store, id);
	}
	store_reset(store, id);
	if (step == STEP_DONE) {
		*out_total = total;
	}
	return step == STEP_DONE;
}

bool row_check(struct store *store, enum stmt_id id, struct err *err)
{
	enum { BYTES_AT_ONCE = 1 << 20 };
	enum step step = STEP_FAILED;
	struct texts *texts = texts_create();
	while (texts && (step = store_step(store, id, err)) == STEP_ROW) {
		struct cache_row row = {0};
		if (!read_row(texts, store, id, &row, err)) {
			break;
		}
		if (texts_bytes(texts) > BYTES_AT_ONCE) {
			texts_destroy(texts);
			texts = texts_create();
		}
	}
	store_reset(store, id);
	bool ok = texts ? step == STEP_DONE : err_set(err, "out of memory");
	texts_destroy(texts);
	return ok;
}

bool row_put_feed(struct store *store, const struct cache_feed *feed, struct err *err)
{
	return store_bind(store, STMT_FEED_PUT, err, "sssssiiiiii", feed->name, feed->settings, feed->etag,
			  feed->last_modified, feed->body_hash, feed->agreed_utc, feed->changed_utc,
			  (int64_t)feed->from_day, (int64_t)feed->to_day, (int64_t)feed->skipped,
			  (int64_t)feed_sum(feed)) &&
	       store_run(store, STMT_FEED_PUT, err);
}

bool row_put(struct store *store, const char *feed, const struct cache_row *row, struct err *err)
{
	struct cache_row own = *row; /* borrows every text; the sum covers the feed's name, too */
	own.feed = (char *)feed;
	return store_bind(store, STMT_ROW_PUT, err, "sssiiissiissiiis", feed, row->uid, row->recurrence_id,
			  (int64_t)row->span.all_day, row_first(&row->span), row_last(&row->span), row->place,
			  row->title, (int64_t)row->is_person, (int64_t)row->is_private, row->location, row->url,
			  (int64_t)row->busy, (int64_t)row->status, (int64_t)row_sum(&own), row->organizer) &&
	       store_run(store, STMT_ROW_PUT, err);
}

bool row_drop(struct store *store, const struct cache_row *row, struct err *err)
{
	return store_bind(store, STMT_ROW_DROP, err, "sss", row->feed, row->uid, row->recurrence_id) &&
	       store_run(store, STMT_ROW_DROP, err);
}
