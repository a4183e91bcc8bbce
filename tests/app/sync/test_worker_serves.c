/* Whatever takes the worker long, a command that comes when it begins is answered before it ends. What is long is
 * seized by wrapping it; nothing is timed. Also run under the thread sanitizer. */
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

#include "db/cache.h"
#include "ical/digest.h"
#include "worker.h"

#define DESKS "feed \"desks\" { kind = bookings path = \"desks.ics\" refresh = 3600 }\n"
#define ROOM "feed \"room\" { kind = bookings path = \"room.ics\" refresh = 3600 }\n"
#define PLACE "place \"1\" { name = \"Plats 1\" kind = desk feed = \"desks\" match = \"Kontorsplats 1\" }\n"

enum { ROWS = 5000, FEW = 3, HUNG_S = 300 };

enum stage { STAGE_NONE, STAGE_SUMS, STAGE_STORE, STAGE_LOAD, STAGE_SCRUB, STAGE_FORGET };

/* The long thing that is seized, once, when a worker's own thread does it, and what came of the command. */
static struct {
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	enum stage stage;
	struct sync *sync;
	pthread_t main;
	bool is_over, is_answered;
} seized = {.mutex = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};

struct digest *__real_digest_create(const char *body, size_t length, const struct wait *wait);
struct digest *__wrap_digest_create(const char *body, size_t length, const struct wait *wait);
bool __real_cache_replace(struct cache *cache, const struct cache_feed *feed, const struct cache_rows *rows,
			  struct err *err);
bool __wrap_cache_replace(struct cache *cache, const struct cache_feed *feed, const struct cache_rows *rows,
			  struct err *err);
bool __real_cache_read_rows(struct cache *cache, const char *feed, const struct cache_days *days,
			    struct cache_rows *out_rows, struct cache_total *out_total, struct err *err);
bool __wrap_cache_read_rows(struct cache *cache, const char *feed, const struct cache_days *days,
			    struct cache_rows *out_rows, struct cache_total *out_total, struct err *err);
bool __real_cache_scrub(struct cache *cache, struct err *err);
bool __wrap_cache_scrub(struct cache *cache, struct err *err);
bool __real_cache_keep_only(struct cache *cache, const char *const *names, size_t count, struct err *err);
bool __wrap_cache_keep_only(struct cache *cache, const char *const *names, size_t count, struct err *err);

static bool has_result(struct sync *sync)
{
	struct snapshot *snapshot = sync_snapshot(sync);
	bool has = snapshot->result_count > 0;
	snapshot_unref(snapshot);
	return has;
}

/* Returns whether this is what was to be seized; a command has come then. */
static bool seize(enum stage stage)
{
	static const struct command command = {.kind = COMMAND_CHECK_OUT, .number = 1, .place = "1"};
	pthread_mutex_lock(&seized.mutex);
	bool is_it = seized.stage == stage && !pthread_equal(pthread_self(), seized.main);
	if (is_it) {
		seized.stage = STAGE_NONE;
		assert_true(sync_send(seized.sync, &command));
	}
	pthread_mutex_unlock(&seized.mutex);
	return is_it;
}

static void release(bool was_seized)
{
	pthread_mutex_lock(&seized.mutex);
	if (was_seized) {
		seized.is_answered = has_result(seized.sync);
		seized.is_over = true;
		pthread_cond_broadcast(&seized.changed);
	}
	pthread_mutex_unlock(&seized.mutex);
}

struct digest *__wrap_digest_create(const char *body, size_t length, const struct wait *wait)
{
	bool was_seized = seize(STAGE_SUMS);
	struct digest *digest = __real_digest_create(body, length, wait);
	release(was_seized);
	return digest;
}

bool __wrap_cache_replace(struct cache *cache, const struct cache_feed *feed, const struct cache_rows *rows,
			  struct err *err)
{
	bool was_seized = seize(STAGE_STORE);
	bool ok = __real_cache_replace(cache, feed, rows, err);
	release(was_seized);
	return ok;
}

bool __wrap_cache_read_rows(struct cache *cache, const char *feed, const struct cache_days *days,
			    struct cache_rows *out_rows, struct cache_total *out_total, struct err *err)
{
	bool was_seized = seize(STAGE_LOAD);
	bool ok = __real_cache_read_rows(cache, feed, days, out_rows, out_total, err);
	release(was_seized);
	return ok;
}

bool __wrap_cache_scrub(struct cache *cache, struct err *err)
{
	bool was_seized = seize(STAGE_SCRUB);
	bool ok = __real_cache_scrub(cache, err);
	release(was_seized);
	return ok;
}

bool __wrap_cache_keep_only(struct cache *cache, const char *const *names, size_t count, struct err *err)
{
	bool was_seized = seize(STAGE_FORGET);
	bool ok = __real_cache_keep_only(cache, names, count, err);
	release(was_seized);
	return ok;
}

static void write_calendar(const struct worker *worker, const char *name, int count)
{
	char *text = worker_calendar(8, count);
	worker_write(worker, name, text);
	free(text);
}

/* Starts the worker and returns when the stage is over. */
static void expect_answer(struct worker *worker, enum stage stage)
{
	struct err err = {""};
	seized.stage = stage;
	seized.sync = worker->sync;
	seized.main = pthread_self();
	seized.is_over = seized.is_answered = false;
	if (!sync_start(worker->sync, &err)) {
		fail_msg("%s", err.text);
	}
}

static void wait_for_answer(void)
{
	pthread_mutex_lock(&seized.mutex);
	while (!seized.is_over) {
		pthread_cond_wait(&seized.changed, &seized.mutex);
	}
	pthread_mutex_unlock(&seized.mutex);
	assert_true(seized.is_answered);
}

static void set_up(struct worker *worker, bool is_filled)
{
	worker_set_up(worker, DESKS ROOM PLACE);
	worker->shown_days_only = true;
	write_calendar(worker, "desks.ics", is_filled ? ROWS : FEW);
	write_calendar(worker, "room.ics", is_filled ? ROWS : FEW);
	worker_open(worker);
	assert_true(sync_run_files(worker->sync));
	sync_destroy(worker->sync);
}

static void while_a_feed_is_taken_in(void **state)
{
	(void)state;
	static const enum stage stages[] = {STAGE_SUMS, STAGE_STORE, STAGE_LOAD};
	for (size_t i = 0; i < sizeof(stages) / sizeof(stages[0]); i++) {
		struct worker worker;
		set_up(&worker, false);
		write_calendar(&worker, "desks.ics", ROWS);
		worker_open(&worker);
		expect_answer(&worker, stages[i]);
		wait_for_answer();
		worker_tear_down(&worker);
	}
}

static void while_the_cache_is_scrubbed(void **state)
{
	(void)state;
	struct worker worker;
	set_up(&worker, true);
	worker_open(&worker);
	expect_answer(&worker, STAGE_SCRUB);
	wait_for_answer();
	worker_tear_down(&worker);
}

/* The feed of the meeting room is no longer configured. */
static void while_a_feed_is_forgotten(void **state)
{
	(void)state;
	struct worker worker, later;
	set_up(&worker, true);
	worker.sync = NULL;
	worker_write(&worker, "kiosk.conf",
		     "office \"O\" { zone = \"Europe/Stockholm\" opens = \"07:00\" closes = \"18:00\" }\n" DESKS PLACE);
	worker_join(&later, &worker);
	worker_open(&later);
	expect_answer(&later, STAGE_FORGET);
	wait_for_answer();
	worker_close(&later);
	worker_tear_down(&worker);
}

/* Another program has read a feed; this one takes its rows over. */
static void while_rows_of_another_program_are_read(void **state)
{
	(void)state;
	struct worker leader, follower;
	set_up(&leader, false);
	worker_open(&leader);
	assert_true(sync_run_files(leader.sync));
	worker_join(&follower, &leader);
	follower.shown_days_only = true;
	worker_open(&follower);
	expect_answer(&follower, STAGE_LOAD);
	write_calendar(&leader, "desks.ics", ROWS);
	assert_true(sync_run_files(leader.sync));
	wait_for_answer();
	worker_close(&follower);
	worker_tear_down(&leader);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(while_a_feed_is_taken_in),
		cmocka_unit_test(while_the_cache_is_scrubbed),
		cmocka_unit_test(while_a_feed_is_forgotten),
		cmocka_unit_test(while_rows_of_another_program_are_read),
	};
	alarm(HUNG_S);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
