/* A feed from a CalDAV server that does everything wrong. Each case is a path of hostile_calendars.py, with what the
 * administrator is shown, and what is stored, after some fetches. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "app/base/limits.h"
#include "ical/fetch.h"
#include "server.h"
#include "worker.h"

enum { ROUNDS = 3 };

static struct server server;
static struct worker box;
static size_t requests;

struct fetch_transfer *__real_fetch_begin(struct fetch *fetch, const struct fetch_request *request);
struct fetch_transfer *__wrap_fetch_begin(struct fetch *fetch, const struct fetch_request *request);

struct fetch_transfer *__wrap_fetch_begin(struct fetch *fetch, const struct fetch_request *request)
{
	requests++;
	return __real_fetch_begin(fetch, request);
}

static const struct {
	const char *path, *message; /* "": the last fetch went well */
	size_t rows, skipped;
	size_t requests; /* of all fetches; the first has one for the kind, one for the list and one for the objects */
	const char *named; /* the object that is named; NULL none */
	int rounds;
} cases[] = {
	{"sound", "", 2, 0, 5, NULL, ROUNDS},
	{"folder", "the address of a folder, not of a calendar", 0, 0, 3, NULL, ROUNDS},
	{"user", "the address of a user, not of a calendar", 0, 0, 3, NULL, ROUNDS},
	{"object", "this is not the address of a calendar", 0, 0, 3, NULL, ROUNDS},
	{"other_user", "the user may not read this calendar", 0, 0, 3, NULL, ROUNDS},
	{"nowhere", "there is no calendar at this address", 0, 0, 3, NULL, ROUNDS},
	{"page", "there is no CalDAV server at this address", 0, 0, 3, NULL, ROUNDS},
	{"post_only", "there is no CalDAV server at this address", 0, 0, 3, NULL, ROUNDS},
	{"moved", "it leads to another address", 0, 0, 3, NULL, ROUNDS},
	{"ticket", "it asks for a sign-in", 0, 0, 3, NULL, ROUNDS},
	{"busy", "asks for a pause of 120 s", 0, 0, 4, NULL, ROUNDS},
	{"empty", "", 0, 0, 4, NULL, ROUNDS},
	{"old_token", "", 2, 0, 7, NULL, ROUNDS},
	{"conflict_token", "", 2, 0, 7, NULL, ROUNDS},
	{"no_changes", "", 2, 0, 7, NULL, ROUNDS},
	{"cut_list", "", 3, 0, 4, NULL, 1},
	{"endless", "does not end", 0, 0, SHARE_PARTS_MAX + 2, NULL, 1},
	{"half_list", "list of the collection cannot be read", 0, 0, 4, NULL, ROUNDS},
	{"broken_off", "cut off", 2, 0, 4, NULL, 2},
	{"broken_off", "", 2, 0, 5, NULL, ROUNDS},
	{"deleted", "", 1, 0, 5, NULL, ROUNDS},
	{"changed", "", 2, 0, 6, NULL, ROUNDS},
	{"vanished", "", 1, 0, 5, NULL, ROUNDS},
	{"forbidden_object", "", 1, 1, 7, "2.ics", ROUNDS},
	{"all_forbidden", "hands none of them out", 0, 0, 7, NULL, ROUNDS},
	{"silent", "", 1, 1, 10, "2.ics", ROUNDS},
	{"spoilt", "", 1, 1, 5, "2.ics", ROUNDS},
	{"break_out", "", 1, 1, 5, "1.ics", ROUNDS},
	{"all_spoilt", "not a calendar", 0, 0, 5, NULL, ROUNDS},
	{"huge_object", "", 1, 1, 7, "2.ics", ROUNDS},
	{"large_objects", "", 30, 0, 7, NULL, ROUNDS},
	{"no_multiget", "hands none of them out", 0, 0, 13, NULL, ROUNDS},
	{"refused", "the user may not read this calendar", 0, 0, 8, NULL, 1},
	{"bad_one", "", 7, 1, 13, "5.ics", ROUNDS},
	{"unasked", "", 2, 0, 5, NULL, ROUNDS},
	{"fault", "a fault of its own", 0, 0, 3, NULL, 1},
	{"fault", "", 2, 0, 5, NULL, 2},
	{"no_etags", "", 2, 0, 5, NULL, ROUNDS},
	{"spelling", "", 2, 0, 5, NULL, ROUNDS},
	{"shrunk", "only 0 of 20 entries are left", 20, 0, 5, NULL, 2},
	{"shrunk", "", 0, 0, 7, NULL, ROUNDS},
	{"flood", "more than 50000 objects", 0, 0, 2, NULL, 1},
	{"laughs", "list of the collection cannot be read", 0, 0, 4, NULL, ROUNDS},
	{"long_names", "", 2, 1, 5, NULL, ROUNDS},
};

static void make_box(size_t i)
{
	char text[1024];
	snprintf(text, sizeof(text),
		 "feed \"desks\" { caldav = \"%s%s/%zu/\" ca-file = \"%s\" }\n"
		 "place \"1\" { feed = \"desks\" match = \"Kontorsplats 1\" }\n"
		 "place \"2\" { feed = \"desks\" match = \"Kontorsplats 2\" }\n",
		 server.url, cases[i].path, i, server.ca_file);
	worker_set_up(&box, text);
	worker_open(&box);
}

static bool check_case(size_t i)
{
	make_box(i);
	requests = 0;
	for (int n = 0; n < cases[i].rounds; n++) {
		sync_run_once(box.sync, NULL, NULL);
	}
	struct snapshot *snapshot = sync_snapshot(box.sync);
	const struct snapshot_feed *feed = &snapshot->feeds[0];
	bool is_message_right =
		cases[i].message[0] ? strstr(feed->message, cases[i].message) != NULL : !feed->message[0];
	bool is_named = cases[i].named ? strstr(feed->notes, cases[i].named) != NULL : true;
	bool is_right = is_message_right && is_named && snapshot->rows.count == cases[i].rows &&
			feed->skipped == cases[i].skipped && requests == cases[i].requests;
	if (!is_right) {
		print_error("%s: \"%s\", %zu rows, %u skipped, %zu requests, notes %s\n", cases[i].path, feed->message,
			    snapshot->rows.count, feed->skipped, requests, feed->notes);
	}
	snapshot_unref(snapshot);
	worker_tear_down(&box);
	return is_right;
}

static void test_cases(void **state)
{
	(void)state;
	size_t wrong = 0;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		wrong += !check_case(i);
	}
	assert_int_equal(wrong, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases)};
	int started = server_start(&server, "calendars");
	int failures = started == SERVER_STARTED ? cmocka_run_group_tests(tests, NULL, NULL) : started;
	server_stop(&server);
	return failures;
}
