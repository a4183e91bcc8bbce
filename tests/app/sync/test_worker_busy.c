/* A worker that has much to do: feeds that stall, texts that are read, a database that is written. What it is at is
 * seized from within (by wrapping what it calls), so that a command or a stop comes exactly then; what follows is
 * counted, not timed. Also run under the thread sanitizer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/sync/ingest.h"
#include "app/sync/news.h"
#include "db/cache.h"
#include "tests/ical/https.h"
#include "worker.h"

#define PLACE "place \"1\" { name = \"Plats 1\" kind = desk feed = \"desks\" match = \"Kontorsplats 1\" }\n"
#define DESKS "feed \"desks\" { kind = bookings path = \"desks.ics\" refresh = 3600 }\n"

enum { ROWS = 500, AT_ROW = 100, HUNG_S = 300 };

enum stage { STAGE_NONE, STAGE_ROW, STAGE_STORE, STAGE_COMMAND };

/* What is seized, and what was seen. */
static struct {
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	enum stage stage;
	struct sync *sends; /* a command is sent to it there; NULL: the stage waits until somebody calls the worker */
	bool is_reached, is_called;
	int rows, rows_until_result;
	bool is_answered; /* before what was being stored had been stored */
} seized = {.mutex = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};

bool __real_ingest_add(struct ingest *ingest, const struct occurrence *occurrence, struct cache_rows *rows,
		       bool *out_too_many, struct err *err);
bool __wrap_ingest_add(struct ingest *ingest, const struct occurrence *occurrence, struct cache_rows *rows,
		       bool *out_too_many, struct err *err);
bool __real_cache_replace(struct cache *cache, const struct cache_feed *feed, const struct cache_rows *rows,
			  struct err *err);
bool __wrap_cache_replace(struct cache *cache, const struct cache_feed *feed, const struct cache_rows *rows,
			  struct err *err);
void __real_news_call(struct news *news);
void __wrap_news_call(struct news *news);

void __wrap_news_call(struct news *news)
{
	__real_news_call(news);
	pthread_mutex_lock(&seized.mutex);
	seized.is_called = seized.is_reached;
	pthread_cond_broadcast(&seized.changed);
	pthread_mutex_unlock(&seized.mutex);
}

/* In the worker's thread: what is being done goes on when the worker has been called. */
static void reach(enum stage stage)
{
	pthread_mutex_lock(&seized.mutex);
	if (seized.stage == stage && !seized.is_reached) {
		seized.is_reached = true;
		pthread_cond_broadcast(&seized.changed);
		while (!seized.is_called) {
			pthread_cond_wait(&seized.changed, &seized.mutex);
		}
	}
	pthread_mutex_unlock(&seized.mutex);
}

static bool has_result(struct sync *sync)
{
	struct snapshot *snapshot = sync_snapshot(sync);
	bool has = snapshot->result_count > 0;
	snapshot_unref(snapshot);
	return has;
}

bool __wrap_ingest_add(struct ingest *ingest, const struct occurrence *occurrence, struct cache_rows *rows,
		       bool *out_too_many, struct err *err)
{
	static const struct command command = {.kind = COMMAND_CHECK_OUT, .number = 1, .place = "1"};
	seized.rows++;
	if (seized.sends && seized.rows > AT_ROW && seized.rows_until_result == 0 && has_result(seized.sends)) {
		seized.rows_until_result = seized.rows - AT_ROW;
	}
	if (seized.sends && seized.stage == STAGE_NONE && seized.rows == AT_ROW) {
		sync_send(seized.sends, &command);
	} else if (!seized.sends && seized.rows == AT_ROW) {
		reach(STAGE_ROW);
	}
	return __real_ingest_add(ingest, occurrence, rows, out_too_many, err);
}

bool __wrap_cache_replace(struct cache *cache, const struct cache_feed *feed, const struct cache_rows *rows,
			  struct err *err)
{
	static const struct command command = {.kind = COMMAND_CHECK_OUT, .number = 2, .place = "1"};
	reach(STAGE_STORE);
	if (seized.stage == STAGE_COMMAND) {
		sync_send(seized.sends, &command);
	}
	bool ok = __real_cache_replace(cache, feed, rows, err);
	seized.is_answered = seized.stage == STAGE_COMMAND && has_result(seized.sends);
	return ok;
}

static void seize(enum stage stage)
{
	seized.stage = stage;
	seized.sends = NULL;
	seized.is_reached = seized.is_called = false;
	seized.rows = seized.rows_until_result = 0;
	seized.is_answered = false;
}

static void wait_until_reached(void)
{
	pthread_mutex_lock(&seized.mutex);
	while (!seized.is_reached) {
		pthread_cond_wait(&seized.changed, &seized.mutex);
	}
	pthread_mutex_unlock(&seized.mutex);
}

static void write_calendar(const struct worker *worker, const char *name, int count)
{
	char *text = worker_calendar(8, count);
	worker_write(worker, name, text);
	free(text);
}

static void start(struct worker *worker)
{
	struct err err = {""};
	if (!sync_start(worker->sync, &err)) {
		fail_msg("%s", err.text);
	}
}

static bool has_rows(const struct snapshot *snapshot, const void *context)
{
	return snapshot->rows.count == *(const size_t *)context;
}

static bool is_saved(const struct snapshot *snapshot, const void *context)
{
	return snapshot->entries.count == *(const size_t *)context;
}

/* A command that comes while the texts of a feed are read is carried out before the next of them. */
static void test_command_during_a_reading(void **state)
{
	(void)state;
	const size_t rows = ROWS;
	struct worker worker;
	worker_set_up(&worker, DESKS PLACE);
	write_calendar(&worker, "desks.ics", ROWS);
	worker_open(&worker);
	seize(STAGE_NONE);
	seized.sends = worker.sync;
	start(&worker);
	worker_wait(&worker, has_rows, &rows);
	assert_int_equal(seized.rows, ROWS);
	assert_int_equal(seized.rows_until_result, 1);
	worker_tear_down(&worker);
}

/* Nor does it wait until all that was read is stored. */
static void test_command_while_storing(void **state)
{
	(void)state;
	const size_t rows = ROWS;
	struct worker worker;
	worker_set_up(&worker, DESKS PLACE);
	write_calendar(&worker, "desks.ics", ROWS);
	worker_open(&worker);
	seize(STAGE_COMMAND);
	seized.sends = worker.sync;
	start(&worker);
	worker_wait(&worker, has_rows, &rows);
	assert_true(seized.is_answered);
	worker_tear_down(&worker);
}

/* A stop that comes then is heard before the next of them, too, and nothing of the feed is taken over. */
static void test_stop_during_a_reading(void **state)
{
	(void)state;
	struct worker worker;
	worker_set_up(&worker, DESKS PLACE);
	write_calendar(&worker, "desks.ics", ROWS);
	worker_open(&worker);
	seize(STAGE_ROW);
	start(&worker);
	wait_until_reached();
	sync_stop(worker.sync);
	assert_int_equal(seized.rows, AT_ROW);
	struct snapshot *snapshot = sync_snapshot(worker.sync);
	assert_int_equal(snapshot->rows.count, 0);
	assert_int_equal(snapshot->feeds[0].failures, 0);
	snapshot_unref(snapshot);
	/* What was broken off is still due. */
	const size_t rows = ROWS;
	seize(STAGE_NONE);
	start(&worker);
	worker_wait(&worker, has_rows, &rows);
	worker_tear_down(&worker);
}

/* What is being stored is stored whole, and after that nothing more is begun. */
static void test_stop_while_storing(void **state)
{
	(void)state;
	struct worker worker;
	worker_set_up(&worker, DESKS "feed \"room\" { kind = bookings path = \"room.ics\" refresh = 3600 }\n" PLACE);
	write_calendar(&worker, "desks.ics", ROWS);
	write_calendar(&worker, "room.ics", ROWS);
	worker_open(&worker);
	seize(STAGE_STORE);
	start(&worker);
	wait_until_reached();
	sync_stop(worker.sync);
	assert_int_equal(seized.rows, ROWS);
	sync_destroy(worker.sync);
	worker_open(&worker);
	struct snapshot *snapshot = sync_snapshot(worker.sync);
	assert_int_equal(snapshot->rows.count, ROWS);
	snapshot_unref(snapshot);
	worker_tear_down(&worker);
}

/* FEEDS_MAX feeds, of which all but the last stall, each in its own way. With the real limits: that this ends at once
 * is the point. */
static void test_stalled_feeds(void **state)
{
	(void)state;
	static const char *const places[][2] = {{"good", "/stall_head"}, {"good", "/stall_body"}, {"silent", "/ok"}};
	struct worker worker;
	char *text = NULL, url[HTTPS_URL_MAX];
	size_t length = 0, rows = 3, entries = 1;
	FILE *out = open_memstream(&text, &length);
	for (int i = 0; i < FEEDS_MAX - 1; i++) {
		https_url(&https, places[i % 3][0], places[i % 3][1], url);
		fprintf(out, "feed \"stalled %d\" { kind = bookings url = \"%s\" ca-file = \"%s\" }\n", i, url,
			https.ca_file);
	}
	char *calendar = worker_calendar(8, 3);
	assert_true(https_put(&https, "desks.ics", calendar));
	https_url(&https, "good", "/file/desks.ics", url);
	fprintf(out, "feed \"desks\" { kind = bookings url = \"%s\" ca-file = \"%s\" }\n" PLACE, url, https.ca_file);
	fclose(out);
	worker_set_up(&worker, text);
	worker_open(&worker);
	seize(STAGE_NONE);
	start(&worker);
	worker_wait(&worker, has_rows, &rows);
	struct command command = {.kind = COMMAND_CHECK_IN, .number = 1, .id = "booking-0"};
	assert_true(sync_send(worker.sync, &command));
	worker_wait(&worker, is_saved, &entries);
	struct snapshot *snapshot = sync_snapshot(worker.sync);
	for (int i = 0; i < FEEDS_MAX - 1; i++) {
		assert_int_equal(snapshot->feeds[i].failures, 0); /* they stall still */
		assert_int_equal(snapshot->feeds[i].agreed_utc, 0);
	}
	snapshot_unref(snapshot);
	assert_true(sync_is_alive(worker.sync));
	worker_tear_down(&worker); /* stops in the midst of all of them */
	free(calendar);
	free(text);
}

static bool is_refused(const struct snapshot *snapshot, const void *context)
{
	(void)context;
	return snapshot->feeds[0].failures > 0;
}

/* A file that changes is read again, as often as it does; a feed that fails is left alone until it is due itself. */
static void test_only_what_changed_is_due(void **state)
{
	(void)state;
	enum { CHANGES = 8 };
	struct worker worker;
	char text[1024], url[HTTPS_URL_MAX];
	snprintf(text, sizeof(text),
		 "feed \"room\" { kind = bookings url = \"%s\" ca-file = \"%s\" refresh = 3600 }\n" DESKS
		 "feed \"other\" { kind = bookings path = \"other.ics\" refresh = 3600 }\n" PLACE,
		 https_url(&https, "good", "/retry_seconds/503/600", url), https.ca_file);
	worker_set_up(&worker, text);
	write_calendar(&worker, "desks.ics", 0);
	write_calendar(&worker, "other.ics", 0);
	worker_open(&worker);
	seize(STAGE_NONE);
	start(&worker);
	worker_wait(&worker, is_refused, NULL);
	for (size_t rows = 1; rows <= CHANGES; rows++) {
		write_calendar(&worker, "desks.ics", (int)rows);
		worker_wait(&worker, has_rows, &rows);
	}
	struct snapshot *snapshot = sync_snapshot(worker.sync);
	assert_int_equal(snapshot->feeds[0].failures, 1);
	snapshot_unref(snapshot);
	worker_tear_down(&worker);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_command_during_a_reading),
		cmocka_unit_test(test_command_while_storing),
		cmocka_unit_test(test_stop_during_a_reading),
		cmocka_unit_test(test_stop_while_storing),
		cmocka_unit_test(test_stalled_feeds),
		cmocka_unit_test(test_only_what_changed_is_due),
	};
	alarm(HUNG_S); /* a stop that never returns ends the program */
	return cmocka_run_group_tests(tests, https_set_up, https_tear_down);
}
