/* Stopping: whatever a server, a name or the reader is at, the worker's thread ends, long before any time-out could
 * have ended it. The pipe says when the server has the request, so that the stop comes during the fetch and not before
 * it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "tests/ical/https.h"
#include "worker.h"

#define PLACE "place \"1\" { name = \"Plats 1\" kind = desk feed = \"desks\" }\n"

enum { HUNG_S = 120, ROUNDS = 3 };

static int64_t mono_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void start(struct worker *worker)
{
	struct err err = {""};
	worker_open(worker);
	if (!sync_start(worker->sync, &err)) {
		fail_msg("%s", err.text);
	}
}

/* The shortest of the real limits is ten seconds: what ends sooner was not ended by one. */
static void stop_at_once(struct worker *worker, const char *what)
{
	int64_t began_ms = mono_ms();
	sync_stop(worker->sync);
	int64_t took_ms = mono_ms() - began_ms;
	print_message("%s: stopped after %lld ms\n", what, (long long)took_ms);
	assert_in_range(took_ms, 0, FETCH_CONNECT_MS - 1);
}

static void make_pipe(const char *path)
{
	unlink(path);
	assert_int_equal(mkfifo(path, 0600), 0);
}

/* Returns when somebody has written a byte to the pipe. */
static void wait_for_pipe(const char *path)
{
	char byte = 0;
	ssize_t got = 0;
	while (got == 0) { /* a writer of the time before, which has not closed it yet, has nothing more to say */
		int fd = open(path, O_RDONLY | O_CLOEXEC);
		assert_true(fd >= 0);
		got = read(fd, &byte, 1);
		close(fd);
	}
	assert_int_equal(got, 1);
}

static void test_during_a_fetch(void **state)
{
	(void)state;
	static const char *const answers[] = {"stall_head",   "stall_mid_head", "stall_body", "trickle",
					      "trickle_head", "big/100000",     "headers",    "loop",
					      "bomb/1",       "status/503",     "retry_date"};
	for (size_t i = 0; i < ROUNDS * sizeof(answers) / sizeof(answers[0]); i++) {
		struct worker worker;
		char text[512], path[64], url[HTTPS_URL_MAX], pipe_path[96];
		const char *answer = answers[i / ROUNDS];
		snprintf(pipe_path, sizeof(pipe_path), "%s/here", https.dir);
		make_pipe(pipe_path);
		snprintf(path, sizeof(path), "/signal/here/%s", answer);
		snprintf(text, sizeof(text), "feed \"desks\" { kind = bookings url = \"%s\" ca-file = \"%s\" }\n" PLACE,
			 https_url(&https, "good", path, url), https.ca_file);
		worker_set_up(&worker, text);
		start(&worker);
		wait_for_pipe(pipe_path);
		stop_at_once(&worker, answer);
		struct snapshot *snapshot = sync_snapshot(worker.sync);
		assert_int_equal(snapshot->rows.count, 0);
		snapshot_unref(snapshot);
		worker_tear_down(&worker);
	}
}

static bool has_result(const struct snapshot *snapshot, const void *context)
{
	(void)context;
	return snapshot->result_count > 0;
}

/* The server takes the connection and says nothing, not even TLS. */
static void test_during_the_handshake(void **state)
{
	(void)state;
	struct worker worker;
	char text[512], url[HTTPS_URL_MAX];
	struct command command = {.kind = COMMAND_CHECK_OUT, .number = 1, .place = "1"};
	snprintf(text, sizeof(text), "feed \"desks\" { kind = bookings url = \"%s\" ca-file = \"%s\" }\n" PLACE,
		 https_url(&https, "silent", "/ok", url), https.ca_file);
	for (int i = 0; i < ROUNDS; i++) {
		worker_set_up(&worker, text);
		start(&worker);
		assert_true(sync_send(worker.sync, &command));
		worker_wait(&worker, has_result, NULL);
		stop_at_once(&worker, "handshake");
		worker_tear_down(&worker);
	}
}

/* A reader that says that it is here, and then never ends. */
static void test_during_a_read(void **state)
{
	(void)state;
	struct worker worker;
	char pipe_path[96], reader[96], script[256];
	worker_set_up(&worker, "feed \"desks\" { kind = bookings path = \"desks.ics\" }\n" PLACE);
	snprintf(pipe_path, sizeof(pipe_path), "%s/here", worker.dir);
	snprintf(reader, sizeof(reader), "%s/reader", worker.dir);
	snprintf(script, sizeof(script), "#!/bin/sh\necho x >%s\nread never <%s\n", pipe_path, pipe_path);
	make_pipe(pipe_path);
	worker_write(&worker, "reader", script);
	assert_int_equal(chmod(reader, 0700), 0);
	worker_write(&worker, "desks.ics", "BEGIN:VCALENDAR\r\n");
	worker.reader = reader;
	start(&worker);
	wait_for_pipe(pipe_path);
	stop_at_once(&worker, "reader");
	worker_tear_down(&worker);
}

/* And once more, by who has been stopped. */
static void test_started_again(void **state)
{
	(void)state;
	struct worker worker;
	struct err err = {""};
	char text[512], url[HTTPS_URL_MAX], pipe_path[96];
	snprintf(text, sizeof(text), "feed \"desks\" { kind = bookings url = \"%s\" ca-file = \"%s\" }\n" PLACE,
		 https_url(&https, "good", "/signal/here/stall_body", url), https.ca_file);
	snprintf(pipe_path, sizeof(pipe_path), "%s/here", https.dir);
	make_pipe(pipe_path);
	worker_set_up(&worker, text);
	start(&worker);
	for (int i = 0; i < ROUNDS; i++) {
		wait_for_pipe(pipe_path);
		stop_at_once(&worker, "again");
		assert_true(sync_start(worker.sync, &err)); /* what was broken off is still due */
	}
	wait_for_pipe(pipe_path);
	worker_tear_down(&worker);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_during_a_fetch),
		cmocka_unit_test(test_during_the_handshake),
		cmocka_unit_test(test_during_a_read),
		cmocka_unit_test(test_started_again),
	};
	alarm(HUNG_S); /* a stop that never returns ends the program */
	return cmocka_run_group_tests(tests, https_set_up, https_tear_down);
}
