/* The parent's side of icsread against programs that misbehave in every way the real one must not. Each case has a
 * shell script, the result that the parent must return, and words of the sentence that it reports. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ical/civil.h"
#include "ical/reader.h"
#include "ical/zoneinfo.h"

enum { INHERITED_FD = 50, BIG_BODY = 8 << 20, GENEROUS_MS = 60000 };

#define ROW(uid, start, end)                                                                                           \
	"{\"uid\":\"" uid "\",\"recurrence_id\":null,\"start\":\"" start "\",\"end\":\"" end "\",\"all_day\":false,"   \
	"\"summary\":\"S\",\"location\":\"L\",\"status\":\"TENTATIVE\",\"class\":\"PRIVATE\",\"busy\":\"OOF\","        \
	"\"organizer\":\"O\",\"resources\":\"R\",\"url\":\"U\"}"
#define GOOD ROW("a", "2026-11-23T09:00:00Z", "2026-11-23T10:00:00Z")
#define SAY(line) "echo '" line "'\n"
#define REPORT(line) "echo '" line "' >&2\n"
#define DRAIN "cat >/dev/null\n"

struct reader_case {
	const char *name, *script, *body;
	enum reader_outcome outcome;
	const char *words; /* of the sentence; "" when all is well */
	size_t count;
	struct reader_limits limits; /* zeroes: generous */
};

static const struct reader_case cases[] = {
	{"one", DRAIN SAY(GOOD) REPORT("{\"events\":1,\"occurrences\":1,\"skipped\":{}}"), "x", READER_OK, "", 1, {0}},
	{"none", DRAIN REPORT("{\"events\":0,\"occurrences\":0,\"skipped\":{}}"), "x", READER_OK, "", 0, {0}},
	{"no report", DRAIN SAY(GOOD), "x", READER_OK, "", 1, {0}},
	{"leaves the body unread", SAY(GOOD), NULL, READER_OK, "", 1, {0}},
	{"closes its input", "exec <&-\n" SAY(GOOD), NULL, READER_OK, "", 1, {0}},
	{"reads all of a big body", "[ $(wc -c) = 8388608 ] || exit 9\n" SAY(GOOD), NULL, READER_OK, "", 1, {0}},
	{"closes its output and lives on", SAY(GOOD) "exec >&- 2>&-\n" DRAIN, NULL, READER_OK, "", 1, {0}},
	{"a chatty report",
	 "i=0; while [ $i -lt 3000 ]; do echo 'a line that means nothing at all' >&2; i=$((i+1)); done\n" REPORT(
		 "{\"occurrences\":0,\"skipped\":{\"bad-rule\":3}}"),
	 "x",
	 READER_OK,
	 "",
	 0,
	 {0}},

	{"no calendar", "exit 1\n", "BEGIN:NOTHING", READER_NOT_CALENDAR, "not a whole calendar", 0, {0}},
	{"empty", "exit 1\n", "", READER_NOT_CALENDAR, "empty", 0, {0}},
	{"web page", "exit 1\n", " \r\n<!DOCTYPE html>", READER_NOT_CALENDAR, "web page", 0, {0}},
	{"with its reason",
	 "echo chatter >&2; echo 'icsread: nested too deep' >&2; echo more >&2; exit 1\n",
	 "x",
	 READER_NOT_CALENDAR,
	 "nested too deep",
	 0,
	 {0}},
	{"with an odd reason",
	 "printf 'icsread: \\033[31mred\\n' >&2; exit 1\n",
	 "x",
	 READER_NOT_CALENDAR,
	 "not a whole calendar",
	 0,
	 {0}},
	{"with no reason",
	 "printf 'icsread: ' >&2; exit 1\n",
	 "x",
	 READER_NOT_CALENDAR,
	 "not a whole calendar",
	 0,
	 {0}},
	{"rows before exit 1", SAY(GOOD) "exit 1\n", "x", READER_NOT_CALENDAR, "not a whole", 0, {0}},
	{"usage", "exit 2\n", "x", READER_UNAVAILABLE, "another version", 0, {0}},
	{"odd exit", SAY(GOOD) "exit 77\n", "x", READER_CRASHED, "failed on it", 0, {0}},

	{"segv", SAY(GOOD) "kill -SEGV $$\n", "x", READER_CRASHED, "signal 11", 0, {0}},
	{"seccomp", "kill -SYS $$\n", "x", READER_CRASHED, "signal 31", 0, {0}},
	{"cpu", "kill -XCPU $$\n", "x", READER_OVER_LIMIT, "time or memory", 0, {0}},
	{"killed", "kill -KILL $$\n", "x", READER_OVER_LIMIT, "time or memory", 0, {0}},
	{"hangs", SAY(GOOD) "kill -STOP $$\n", NULL, READER_OVER_LIMIT, "too long", 0, {50, 1 << 20, 10}},
	{"hangs with a child", "(kill -STOP $$) & wait\n", "x", READER_OVER_LIMIT, "too long", 0, {50, 1 << 20, 10}},

	{"endless rows",
	 "while :; do echo '" GOOD "'; done\n",
	 "x",
	 READER_OVER_LIMIT,
	 "too many",
	 0,
	 {GENEROUS_MS, 1 << 20, 10}},
	{"endless bytes",
	 "while :; do printf 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'; done\n",
	 "x",
	 READER_OVER_LIMIT,
	 "too much",
	 0,
	 {GENEROUS_MS, 10000, 10}},
	{"a line without end", "head -c 2000000 /dev/zero | tr '\\0' x\n", "x", READER_OVER_LIMIT, "too long", 0, {0}},
	{"just as many as allowed", SAY(GOOD) SAY(GOOD), "x", READER_OK, "", 2, {GENEROUS_MS, 1 << 20, 2}},
	{"one too many",
	 SAY(GOOD) SAY(GOOD) SAY(GOOD),
	 "x",
	 READER_OVER_LIMIT,
	 "too many",
	 0,
	 {GENEROUS_MS, 1 << 20, 2}},

	{"bad JSON", SAY("{\"uid\":"), "x", READER_CRASHED, "no occurrence", 0, {0}},
	{"an array", SAY("[]"), "x", READER_CRASHED, "no occurrence", 0, {0}},
	{"an empty line", SAY(GOOD) "echo\n", "x", READER_CRASHED, "no occurrence", 0, {0}},
	{"no uid",
	 SAY("{\"start\":\"2026-11-23\",\"end\":\"2026-11-24\",\"all_day\":true}"),
	 "x",
	 READER_CRASHED,
	 "no occurrence",
	 0,
	 {0}},
	{"a number for a text",
	 SAY("{\"uid\":\"a\",\"summary\":7,\"start\":\"2026-11-23\",\"end\":\"2026-11-24\","
	     "\"all_day\":true}"),
	 "x",
	 READER_CRASHED,
	 "no occurrence",
	 0,
	 {0}},
	{"end before start",
	 SAY(ROW("a", "2026-11-23T09:00:00Z", "2026-11-23T08:00:00Z")),
	 "x",
	 READER_CRASHED,
	 "no occurrence",
	 0,
	 {0}},
	{"no such day",
	 SAY(ROW("a", "2026-02-30T09:00:00Z", "2026-11-23T08:00:00Z")),
	 "x",
	 READER_CRASHED,
	 "no occurrence",
	 0,
	 {0}},
	{"half a line", SAY(GOOD) "printf '{\"uid\"'\n", "x", READER_CRASHED, "did not finish", 0, {0}},
	{"fewer than reported", SAY(GOOD) REPORT("{\"occurrences\":2}"), "x", READER_CRASHED, "did not finish", 0, {0}},

	{"arguments",
	 "[ \"$*\" = '--from 2026-11-01 --to 2026-12-01 --zone Europe/Stockholm --zoneinfo " ZONEINFO_FOLDER
	 " --json' ] || exit 9\n",
	 "x",
	 READER_OK,
	 "",
	 0,
	 {0}},
	{"no environment", "[ -z \"$READER_SECRET$HOME\" ] || exit 9\n", "x", READER_OK, "", 0, {0}},
	{"no descriptors", "[ ! -e /proc/$$/fd/50 ] || exit 9\n", "x", READER_OK, "", 0, {0}},
};

struct fixture {
	char dir[64];
	char program[96];
	char *big;
};

static void write_script(const struct fixture *fixture, const char *script)
{
	unlink(fixture->program);
	FILE *file = fopen(fixture->program, "we");
	assert_non_null(file);
	fprintf(file, "#!/bin/sh\n%s", script);
	assert_int_equal(fchmod(fileno(file), 0700), 0);
	assert_int_equal(fclose(file), 0);
}

static struct reader_request request_for(const struct fixture *fixture, const char *body)
{
	return (struct reader_request){.program = fixture->program,
				       .body = body ? body : fixture->big,
				       .body_length = body ? strlen(body) : BIG_BODY,
				       .from_day = civil_day(2026, 11, 1),
				       .to_day = civil_day(2026, 12, 1),
				       .zone = "Europe/Stockholm"};
}

static size_t count_descriptors(void)
{
	DIR *dir = opendir("/proc/self/fd");
	assert_non_null(dir);
	size_t count = 0;
	while (readdir(dir)) {
		count++;
	}
	closedir(dir);
	return count;
}

static void test_cases(void **state)
{
	const struct fixture *fixture = *state;
	assert_int_equal(dup2(STDERR_FILENO, INHERITED_FD), INHERITED_FD); /* without close-on-exec */
	assert_int_equal(setenv("READER_SECRET", "canary", 1), 0);
	size_t descriptors = count_descriptors();
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct reader_case *c = &cases[i];
		write_script(fixture, c->script);
		struct reader_request request = request_for(fixture, c->body);
		request.limits = c->limits.deadline_ms ? &c->limits : NULL;
		struct reader_result result;
		struct err err = {""};
		enum reader_outcome outcome = reader_run(&request, NULL, &result, &err);
		if (outcome != c->outcome || !strstr(err.text, c->words) || result.occurrences.count != c->count) {
			fail_msg("%s: outcome %d, %zu occurrences, \"%s\"", c->name, (int)outcome,
				 result.occurrences.count, err.text);
		}
		reader_result_finish(&result);
	}
	assert_int_equal(count_descriptors(), descriptors);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1); /* nobody is left, not even a zombie */
	assert_int_equal(errno, ECHILD);
	close(INHERITED_FD);
}

static void test_fields(void **state)
{
	const struct fixture *fixture = *state;
	write_script(fixture, SAY(GOOD) SAY("{\"uid\":\"b\",\"recurrence_id\":\"2026-11-23\",\"start\":\"2026-11-23\","
					    "\"end\":\"2026-11-25\",\"all_day\":true,\"class\":\"PUBLIC\"}")
				      REPORT("{\"events\":9,\"occurrences\":2,\"skipped\":{\"bad-rule\":3,\"too-long\":"
					     "4,\"none\":0},\"assumed\":{\"unknown-zone\":5}}"));
	struct reader_request request = request_for(fixture, "x");
	struct reader_result result;
	struct err err;
	assert_int_equal(reader_run(&request, NULL, &result, &err), READER_OK);
	const struct occurrence *a = &result.occurrences.items[0], *b = &result.occurrences.items[1];
	assert_string_equal(a->uid, "a");
	assert_null(a->recurrence_id);
	assert_false(a->span.all_day);
	assert_int_equal(a->span.start_utc, 1795424400);
	assert_int_equal(a->span.end_utc, 1795428000);
	assert_string_equal(a->summary, "S");
	assert_string_equal(a->location, "L");
	assert_string_equal(a->description, "");
	assert_string_equal(a->organizer, "O");
	assert_string_equal(a->resources, "R");
	assert_string_equal(a->url, "U");
	assert_int_equal(a->status, OCCURRENCE_TENTATIVE);
	assert_int_equal(a->class, OCCURRENCE_PRIVATE);
	assert_int_equal(a->busy, OCCURRENCE_OUT_OF_OFFICE);
	assert_string_equal(b->recurrence_id, "2026-11-23");
	assert_true(b->span.all_day);
	assert_int_equal(b->span.start_day, civil_day(2026, 11, 23));
	assert_int_equal(b->span.end_day, civil_day(2026, 11, 25));
	assert_int_equal(b->status, OCCURRENCE_CONFIRMED);
	assert_int_equal(b->class, OCCURRENCE_PUBLIC);
	assert_int_equal(result.skip_count, 2);
	assert_string_equal(result.skips[0].reason, "bad-rule");
	assert_int_equal(result.skips[0].count, 3);
	assert_int_equal(result.assumed_count, 1);
	assert_string_equal(result.assumed[0].reason, "unknown-zone");
	assert_int_equal(result.assumed[0].count, 5);
	reader_result_finish(&result);
}

static void test_description_is_asked_for(void **state)
{
	const struct fixture *fixture = *state;
	write_script(fixture, "case \"$*\" in *--description) exit 0;; esac; exit 9\n");
	struct reader_request request = request_for(fixture, "x");
	request.want_description = true;
	struct reader_result result;
	assert_int_equal(reader_run(&request, NULL, &result, NULL), READER_OK);
	reader_result_finish(&result);
}

static void test_not_there(void **state)
{
	const struct fixture *fixture = *state;
	struct reader_result result;
	struct err err;
	struct reader_request request = request_for(fixture, "x");
	unlink(fixture->program);
	assert_int_equal(reader_run(&request, NULL, &result, &err), READER_UNAVAILABLE);
	assert_non_null(strstr(err.text, "No such file"));
	write_script(fixture, "exit 0\n");
	assert_int_equal(chmod(fixture->program, 0600), 0);
	assert_int_equal(reader_run(&request, NULL, &result, &err), READER_UNAVAILABLE);
	assert_non_null(strstr(err.text, "Permission denied"));
}

struct waker {
	int fd, calls, stop_at;
};

static bool on_wake(void *context)
{
	struct waker *waker = context;
	waker->calls++;
	if (waker->calls == waker->stop_at) {
		return false;
	}
	return true; /* not drained: called again in the next turn */
}

static void test_wake_stops(void **state)
{
	const struct fixture *fixture = *state;
	write_script(fixture, "kill -STOP $$\n");
	struct waker waker = {.fd = eventfd(1, EFD_CLOEXEC), .stop_at = 3};
	struct wait wait = {.wake_fd = waker.fd, .on_wake = on_wake, .context = &waker};
	struct reader_request request = request_for(fixture, NULL);
	struct reader_result result;
	struct err err;
	assert_int_equal(reader_run(&request, &wait, &result, &err), READER_STOPPED);
	assert_int_equal(waker.calls, 3);
	close(waker.fd);
}

static void test_wake_goes_on(void **state)
{
	const struct fixture *fixture = *state;
	write_script(fixture, DRAIN SAY(GOOD));
	struct waker waker = {.fd = eventfd(1, EFD_CLOEXEC), .stop_at = -1};
	struct wait wait = {.wake_fd = waker.fd, .on_wake = on_wake, .context = &waker};
	struct reader_request request = request_for(fixture, NULL);
	struct reader_result result;
	assert_int_equal(reader_run(&request, &wait, &result, NULL), READER_OK);
	assert_int_equal(result.occurrences.count, 1);
	assert_true(waker.calls > 0);
	reader_result_finish(&result);
	close(waker.fd);
}

static int set_up(void **state)
{
	static struct fixture fixture;
	strcpy(fixture.dir, "/tmp/test_reader.XXXXXX");
	if (!mkdtemp(fixture.dir)) {
		return -1;
	}
	snprintf(fixture.program, sizeof(fixture.program), "%s/icsread", fixture.dir);
	fixture.big = malloc(BIG_BODY);
	memset(fixture.big, 'x', BIG_BODY);
	*state = &fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;
	unlink(fixture->program);
	rmdir(fixture->dir);
	free(fixture->big);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),      cmocka_unit_test(test_fields),
		cmocka_unit_test(test_not_there),  cmocka_unit_test(test_description_is_asked_for),
		cmocka_unit_test(test_wake_stops), cmocka_unit_test(test_wake_goes_on),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
