/* The worker's thread: check-ins while a server hangs, stopping, files that change, two programs on one state
 * directory. Nothing here sleeps: each step waits for the snapshot that it is about. Also run under the thread
 * sanitizer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/ical/https.h"
#include "worker.h"

#define PLACE "place \"1\" { name = \"Plats 1\" kind = desk feed = \"desks\" match = \"Kontorsplats 1\" }\n"
#define DESKS "feed \"desks\" { kind = bookings path = \"desks.ics\" refresh = 3600 }\n"

static void write_calendar(const struct worker *worker, int count)
{
	char *text = worker_calendar(8, count); /* from 09:00 in the office's zone: now */
	worker_write(worker, "desks.ics", text);
	free(text);
}

static void start(struct worker *worker)
{
	struct err err = {""};
	worker_open(worker);
	if (!sync_start(worker->sync, &err)) {
		fail_msg("%s", err.text);
	}
}

static bool has_rows(const struct snapshot *snapshot, const void *context)
{
	return snapshot->rows.count == *(const size_t *)context;
}

static bool has_entries(const struct snapshot *snapshot, const void *context)
{
	return snapshot->entries.count == *(const size_t *)context;
}

static bool has_result(const struct snapshot *snapshot, const void *context)
{
	for (size_t i = 0; i < snapshot->result_count; i++) {
		if (snapshot->results[i].command == *(const uint64_t *)context) {
			return true;
		}
	}
	return false;
}

static bool has_failed(const struct snapshot *snapshot, const void *context)
{
	return snapshot->feeds[*(const size_t *)context].failures > 0;
}

static bool is_well(const struct snapshot *snapshot, const void *context)
{
	return snapshot->feeds[*(const size_t *)context].trouble == FEED_TROUBLE_NONE &&
	       snapshot->feeds[*(const size_t *)context].agreed_utc > 0;
}

static bool is_newer(const struct snapshot *snapshot, const void *context)
{
	return snapshot->serial > *(const uint64_t *)context;
}

static void wait_rows(struct worker *worker, size_t count)
{
	worker_wait(worker, has_rows, &count);
}

static void wait_entries(struct worker *worker, size_t count)
{
	worker_wait(worker, has_entries, &count);
}

static enum journal_appended send_and_wait(struct worker *worker, uint64_t number, const char *id)
{
	struct command command = {.kind = COMMAND_CHECK_IN, .number = number};
	snprintf(command.id, sizeof(command.id), "%s", id);
	assert_true(sync_send(worker->sync, &command));
	worker_wait(worker, has_result, &number);
	struct snapshot *snapshot = sync_snapshot(worker->sync);
	enum journal_appended outcome = JOURNAL_NOT_SAVED;
	for (size_t i = 0; i < snapshot->result_count; i++) {
		outcome = snapshot->results[i].command == number ? snapshot->results[i].outcome : outcome;
	}
	snapshot_unref(snapshot);
	return outcome;
}

/* A feed that hangs beside one that is well. With the real limits: that this ends at once is the point. */
static void test_check_in_while_a_fetch_hangs(void **state)
{
	(void)state;
	static const char *const places[][2] = {{"good", "/stall_head"}, {"good", "/stall_body"}, {"silent", "/ok"}};
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		struct worker worker;
		char text[1024], url[HTTPS_URL_MAX];
		snprintf(text, sizeof(text),
			 DESKS "feed \"room\" { kind = bookings url = \"%s\" ca-file = \"%s\" refresh = 60 }\n" PLACE,
			 https_url(&https, places[i][0], places[i][1], url), https.ca_file);
		worker_set_up(&worker, text);
		write_calendar(&worker, 3);
		start(&worker);
		wait_rows(&worker, 3); /* the second feed is being tried from now on */
		assert_int_equal(send_and_wait(&worker, 1, "booking-0"), JOURNAL_APPENDED);
		assert_int_equal(send_and_wait(&worker, 2, "booking-0"), JOURNAL_REPEATED);
		assert_int_equal(send_and_wait(&worker, 3, "nobody"), JOURNAL_REFUSED);
		struct snapshot *snapshot = sync_snapshot(worker.sync);
		assert_int_equal(snapshot->entries.count, 1);
		assert_int_equal(snapshot->feeds[1].failures, 0); /* it hangs still */
		snapshot_unref(snapshot);
		assert_true(sync_is_alive(worker.sync));
		worker_tear_down(&worker); /* stops in the midst of the fetch */
	}
}

static void test_cache_is_shown_before_the_first_fetch(void **state)
{
	(void)state;
	struct worker worker;
	worker_set_up(&worker, DESKS PLACE);
	write_calendar(&worker, 3);
	start(&worker);
	wait_rows(&worker, 3);
	sync_destroy(worker.sync);
	worker_open(&worker); /* not started: nothing can have been read */
	struct snapshot *snapshot = sync_snapshot(worker.sync);
	assert_int_equal(snapshot->rows.count, 3);
	assert_true(snapshot->feeds[0].agreed_utc > 0);
	snapshot_unref(snapshot);
	worker_tear_down(&worker);
}

static void test_file_is_read_when_it_changes(void **state)
{
	(void)state;
	const size_t first = 0;
	struct worker worker;
	worker_set_up(&worker, DESKS PLACE); /* an hour between tries */
	start(&worker);
	worker_wait(&worker, has_failed, &first);
	write_calendar(&worker, 2); /* appears */
	wait_rows(&worker, 2);
	worker_wait(&worker, is_well, &first);
	write_calendar(&worker, 5); /* is replaced */
	wait_rows(&worker, 5);
	char path[128];
	snprintf(path, sizeof(path), "%s/desks.ics", worker.dir);
	assert_int_equal(unlink(path), 0);
	worker_wait(&worker, has_failed, &first);
	wait_rows(&worker, 5);
	worker_tear_down(&worker);
}

static bool has_uid(const struct snapshot *snapshot, const void *context)
{
	return snapshot->rows.count == 1 && strcmp(snapshot->rows.items[0].uid, context) == 0;
}

/* A reader that waits for a line on a pipe, and then says how many bytes it was given. */
static int install_slow_reader(struct worker *worker, char reader[128])
{
	char pipe_path[128], script[512];
	snprintf(pipe_path, sizeof(pipe_path), "%s/go", worker->dir);
	snprintf(reader, 128, "%s/reader", worker->dir);
	snprintf(script, sizeof(script),
		 "#!/bin/sh\nn=$(wc -c)\nread go <%s\n"
		 "echo '{\"uid\":\"'$n'\",\"start\":\"2026-11-23\",\"end\":\"2026-11-24\",\"all_day\":true}'\n",
		 pipe_path);
	worker_write(worker, "reader", script);
	assert_int_equal(chmod(reader, 0700), 0);
	assert_int_equal(mkfifo(pipe_path, 0600), 0);
	int go = open(pipe_path, O_RDWR | O_CLOEXEC);
	assert_true(go >= 0);
	worker->reader = reader;
	return go;
}

static void test_file_changes_while_it_is_read(void **state)
{
	(void)state;
	struct worker worker;
	char reader[128], name[IDENTITY_NAME_SIZE];
	worker_set_up(&worker, DESKS PLACE); /* an hour between tries */
	int go = install_slow_reader(&worker, reader);
	worker_write(&worker, "desks.ics", "1234");
	start(&worker);
	assert_int_equal(write(go, "\n", 1), 1);
	worker_name(&worker, "4", name);
	worker_wait(&worker, has_uid, name);
	worker_write(&worker, "desks.ics", "12345"); /* this one is being read … */
	send_and_wait(&worker, 1, "nobody");
	worker_write(&worker, "desks.ics", "123456"); /* … when that one comes */
	send_and_wait(&worker, 2, "nobody");
	assert_int_equal(write(go, "\n\n", 2), 2);
	worker_name(&worker, "6", name);
	worker_wait(&worker, has_uid, name);
	close(go);
	worker_tear_down(&worker);
}

/* Somebody removes the cache while the program runs: what is shown stays, and is stored again. */
static void test_cache_is_removed(void **state)
{
	(void)state;
	struct worker worker;
	char path[128];
	worker_set_up(&worker, DESKS PLACE);
	write_calendar(&worker, 3);
	start(&worker);
	wait_rows(&worker, 3);
	struct snapshot *before = sync_snapshot(worker.sync);
	snprintf(path, sizeof(path), "%s/cache.db", worker.state_dir);
	assert_int_equal(unlink(path), 0);
	worker_wait(&worker, is_newer, &before->serial);
	snapshot_unref(before);
	wait_rows(&worker, 3);
	sync_destroy(worker.sync);
	worker_open(&worker);
	struct snapshot *after = sync_snapshot(worker.sync);
	assert_int_equal(after->rows.count, 3);
	snapshot_unref(after);
	worker_tear_down(&worker);
}

static void test_nudge(void **state)
{
	(void)state;
	const size_t first = 0;
	struct worker worker;
	char text[1024], url[HTTPS_URL_MAX];
	https_put(&https, "nudged.ics", "<html>");
	snprintf(text, sizeof(text),
		 "feed \"desks\" { kind = bookings url = \"%s\" ca-file = \"%s\" refresh = 3600 }\n" PLACE,
		 https_url(&https, "good", "/file/nudged.ics", url), https.ca_file);
	worker_set_up(&worker, text);
	start(&worker);
	worker_wait(&worker, has_failed, &first);
	char *calendar = worker_calendar(8, 2);
	https_put(&https, "nudged.ics", calendar);
	free(calendar);
	sync_nudge(worker.sync); /* else it would take PACE_FIRST_RETRY_MS */
	wait_rows(&worker, 2);
	worker_tear_down(&worker);
}

static void test_queue_is_bounded(void **state)
{
	(void)state;
	struct worker worker;
	struct command command = {.kind = COMMAND_CHECK_OUT, .place = "1"};
	worker_set_up(&worker, DESKS PLACE);
	worker_open(&worker); /* nobody takes anything */
	int taken = 0;
	while (taken < 1000 && sync_send(worker.sync, &command)) {
		taken++;
	}
	assert_int_equal(taken, 64);
	worker_tear_down(&worker);
}

/* A worker that does not answer is reported. In this test there is no worker at all. */
static void test_hung_worker_is_noticed(void **state)
{
	(void)state;
	struct worker worker;
	struct command command = {.kind = COMMAND_CHECK_OUT, .place = "1"};
	worker_set_up(&worker, DESKS PLACE);
	clock_init_still(&worker.clock, clock_utc_s(&worker.clock));
	worker_open(&worker);
	assert_true(sync_is_alive(worker.sync));
	assert_true(sync_send(worker.sync, &command));
	clock_advance(&worker.clock, 10 * 1000);
	assert_true(sync_is_alive(worker.sync));
	clock_advance(&worker.clock, 10 * 1000);
	assert_false(sync_is_alive(worker.sync));
	worker_tear_down(&worker);
}

/* Nothing happens when nothing happens: but for the first publishing, the try at the feed and the commands, a worker
 * that is not asked for anything publishes nothing, also when it hears of what it wrote itself. */
static void test_worker_is_quiet(void **state)
{
	(void)state;
	enum { COMMANDS = 50, OTHER_PUBLISHINGS = 6 };
	struct worker worker;
	worker_set_up(&worker, DESKS PLACE);
	write_calendar(&worker, 3);
	start(&worker);
	wait_rows(&worker, 3);
	for (uint64_t number = 1; number <= COMMANDS; number++) {
		send_and_wait(&worker, number, number == 1 ? "booking-0" : "nobody");
	}
	struct snapshot *snapshot = sync_snapshot(worker.sync);
	assert_in_range(snapshot->serial, COMMANDS, COMMANDS + OTHER_PUBLISHINGS);
	snapshot_unref(snapshot);
	worker_tear_down(&worker);
}

/* A command that comes in between does not shorten the time that a fetch may take. */
static void test_busy_worker_is_alive(void **state)
{
	(void)state;
	struct worker worker;
	char text[1024], url[HTTPS_URL_MAX];
	snprintf(text, sizeof(text),
		 DESKS "feed \"room\" { kind = bookings url = \"%s\" ca-file = \"%s\" refresh = 60 }\n" PLACE,
		 https_url(&https, "good", "/stall_head", url), https.ca_file);
	worker_set_up(&worker, text);
	clock_init_still(&worker.clock, clock_utc_s(&worker.clock));
	write_calendar(&worker, 3);
	start(&worker);
	wait_rows(&worker, 3);
	assert_int_equal(send_and_wait(&worker, 1, "nobody"), JOURNAL_REFUSED);
	assert_int_equal(send_and_wait(&worker, 2, "nobody"), JOURNAL_REFUSED); /* by now the fetch hangs */
	clock_advance(&worker.clock, 60 * 1000);
	assert_true(sync_is_alive(worker.sync));
	clock_advance(&worker.clock, 60 * 1000);
	assert_false(sync_is_alive(worker.sync));
	worker_tear_down(&worker);
}

static void test_two_programs(void **state)
{
	(void)state;
	struct worker kiosk, wall;
	worker_set_up(&kiosk, DESKS PLACE);
	write_calendar(&kiosk, 3);
	start(&kiosk);
	wait_rows(&kiosk, 3);
	worker_join(&wall, &kiosk);
	start(&wall);
	wait_rows(&wall, 3);
	/* Both see the other's check-ins. */
	assert_int_equal(send_and_wait(&wall, 1, "booking-0"), JOURNAL_APPENDED);
	wait_entries(&kiosk, 1);
	assert_int_equal(send_and_wait(&kiosk, 1, "booking-0"), JOURNAL_REPEATED);
	/* One reads the feed, the other follows. */
	write_calendar(&kiosk, 4);
	wait_rows(&kiosk, 4);
	wait_rows(&wall, 4);
	/* The one that reads the feed ends: the other goes on with it. */
	sync_stop(kiosk.sync);
	sync_destroy(kiosk.sync);
	kiosk.sync = NULL;
	write_calendar(&kiosk, 5);
	wait_rows(&wall, 5);
	worker_close(&wall);
	worker_tear_down(&kiosk);
}

/* A follower knows how old the feeds are, although an unchanged feed is not written to the disk. */
static void test_follower_knows_the_age(void **state)
{
	(void)state;
	const size_t first = 0;
	struct worker kiosk, wall;
	worker_set_up(&kiosk, "feed \"desks\" { kind = bookings path = \"desks.ics\" refresh = 1 }\n" PLACE);
	write_calendar(&kiosk, 3);
	start(&kiosk);
	worker_wait(&kiosk, is_well, &first);
	worker_join(&wall, &kiosk);
	start(&wall);
	struct snapshot *snapshot = sync_snapshot(wall.sync);
	int64_t agreed_utc = snapshot->feeds[0].agreed_utc;
	snapshot_unref(snapshot);
	assert_true(agreed_utc > 0);
	char path[128];
	snprintf(path, sizeof(path), "%s/desks.ics", kiosk.dir);
	assert_int_equal(unlink(path), 0);
	worker_wait(&wall, has_failed, &first); /* and what is wrong with them */
	worker_close(&wall);
	worker_tear_down(&kiosk);
}

static void note_feed(void *context, const struct snapshot_feed *feed)
{
	*(struct snapshot_feed *)context = (struct snapshot_feed){
		.agreed_utc = feed->agreed_utc, .tried_utc = feed->tried_utc, .trouble = feed->trouble};
}

/* A command has no credential. It asks the kiosk, which has one, and leaves what the kiosk knows as it is. */
static void test_a_command_asks_the_kiosk(void **state)
{
	(void)state;
	char url[HTTPS_URL_MAX], config[512];
	const size_t first = 0;
	struct worker kiosk, command;
	struct snapshot_feed seen = {0};
	struct err err = {""};
	snprintf(config, sizeof(config),
		 "feed \"desks\" { kind = bookings credential = \"desks\" ca-file = \"%s\" refresh = 3600 }\n" PLACE,
		 https.ca_file);
	worker_set_up(&kiosk, config);
	worker_write(&kiosk, "credentials/desks", https_url(&https, "good", "/ok", url));
	start(&kiosk);
	worker_wait(&kiosk, is_well, &first);
	worker_join(&command, &kiosk);
	strcpy(command.credentials_dir, "/nonexistent");
	worker_open(&command);
	assert_int_equal(sync_ask(command.sync, note_feed, &seen, &err), SYNC_ASKED_ALL_GOOD);
	assert_true(seen.tried_utc >= clock_utc_s(&kiosk.clock) - 30);
	assert_true(seen.agreed_utc == seen.tried_utc);
	worker_write(&kiosk, "credentials/desks", "https://127.0.0.1:1/nothing");
	assert_int_equal(sync_ask(command.sync, note_feed, &seen, &err), SYNC_ASKED_SOME_FAILED);
	assert_int_equal(seen.trouble, FEED_TROUBLE_NO_CONTACT);
	/* Where no kiosk runs the command may fetch, whatever was asked before. */
	sync_stop(kiosk.sync);
	sync_destroy(kiosk.sync);
	kiosk.sync = NULL;
	assert_int_equal(sync_ask(command.sync, note_feed, &seen, &err), SYNC_ASKED_NOBODY);
	worker_close(&command);
	worker_tear_down(&kiosk);
}

/* The program that reads the feeds is killed, as by the kernel. */
static void test_leader_is_killed(void **state)
{
	(void)state;
	struct worker wall;
	int ready[2];
	worker_set_up(&wall, DESKS PLACE);
	write_calendar(&wall, 3);
	assert_int_equal(pipe2(ready, O_CLOEXEC), 0);
	pid_t pid = fork(); /* before this program has a worker's thread */
	assert_true(pid >= 0);
	if (pid == 0) {
		struct worker kiosk;
		worker_join(&kiosk, &wall);
		start(&kiosk);
		wait_rows(&kiosk, 3);
		ssize_t written = write(ready[1], "x", 1);
		for (;;) {
			pause();
		}
		_exit(written == 1 ? 0 : 1);
	}
	char byte = 0;
	assert_int_equal(read(ready[0], &byte, 1), 1);
	start(&wall);
	wait_rows(&wall, 3);
	assert_int_equal(kill(pid, SIGKILL), 0);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	write_calendar(&wall, 6);
	wait_rows(&wall, 6);
	close(ready[0]);
	close(ready[1]);
	worker_tear_down(&wall);
}

static void test_start_and_stop_often(void **state)
{
	(void)state;
	struct worker worker;
	worker_set_up(&worker, DESKS PLACE);
	write_calendar(&worker, 3);
	worker_open(&worker);
	for (uint64_t i = 1; i <= 20; i++) {
		struct err err;
		struct command command = {.kind = COMMAND_CHECK_OUT, .number = i, .place = "1"};
		assert_true(sync_start(worker.sync, &err));
		assert_true(sync_send(worker.sync, &command));
		snapshot_unref(sync_snapshot(worker.sync));
		sync_stop(worker.sync);
		sync_stop(worker.sync); /* once more is nothing */
	}
	worker_tear_down(&worker);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_leader_is_killed), /* first: it forks */
		cmocka_unit_test(test_check_in_while_a_fetch_hangs),
		cmocka_unit_test(test_cache_is_shown_before_the_first_fetch),
		cmocka_unit_test(test_file_is_read_when_it_changes),
		cmocka_unit_test(test_file_changes_while_it_is_read),
		cmocka_unit_test(test_cache_is_removed),
		cmocka_unit_test(test_busy_worker_is_alive),
		cmocka_unit_test(test_nudge),
		cmocka_unit_test(test_queue_is_bounded),
		cmocka_unit_test(test_hung_worker_is_noticed),
		cmocka_unit_test(test_worker_is_quiet),
		cmocka_unit_test(test_two_programs),
		cmocka_unit_test(test_follower_knows_the_age),
		cmocka_unit_test(test_a_command_asks_the_kiosk),
		cmocka_unit_test(test_start_and_stop_often),
	};
	return cmocka_run_group_tests(tests, https_set_up, https_tear_down);
}
