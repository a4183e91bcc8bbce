/* A machine that shares its check-ins with a server that does everything wrong. Each case is a path of
 * hostile_server.py, with what the administrator is shown and what the journal has after some exchanges. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "app/base/limits.h"
#include "ical/civil.h"
#include "ical/fetch.h"
#include "server.h"
#include "worker.h"

enum { EXCHANGES = 3, OWN = 1, FLOOD = 210000, FLICKERS = 20 };

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

/* The exchanges' own check-in is always there: whatever the server does, nothing of it is lost. */
static const struct {
	const char *path, *message; /* "": the exchange goes well */
	size_t received, skipped;
	size_t requests_max; /* of all exchanges */
	int exchanges;
} cases[] = {
	{"not_xml", "list of the collection cannot be read", 0, 0, 3, EXCHANGES},
	{"web_page", "no collection of a CalDAV or WebDAV server", 0, 0, 6, EXCHANGES},
	{"redirect", "leads to another address", 0, 0, 3, EXCHANGES},
	{"ticket", "neither Basic nor Digest", 0, 0, 3, EXCHANGES},
	{"busy", "asks for a pause of 120 s", 0, 0, 3, EXCHANGES},
	{"cut_off", "cut off", 0, 0, 3, EXCHANGES},
	{"laughs", "list of the collection cannot be read", 0, 0, 3, EXCHANGES},
	{"outside", "list of the collection cannot be read", 0, 0, 3, EXCHANGES},
	{"deep", "list of the collection cannot be read", 0, 0, 3, EXCHANGES},
	{"nul", "list of the collection cannot be read", 0, 0, 3, EXCHANGES},
	{"bomb", "larger than the limit", 0, 0, 3, EXCHANGES},
	{"flood", "", 0, FLOOD - SHARE_NAMES_MAX, 2, 1},
	{"endless", "does not end", 0, 0, SHARE_PARTS_MAX + 1, 1},
	{"restless", "", 1, 0, 8, EXCHANGES},
	{"fickle", "", 1, 0, 10, EXCHANGES},
	{"set_back", "", 1, 0, 9, EXCHANGES},
	{"repeated", "", 1, 0, 9, EXCHANGES},
	{"flicker", "", 1, 0, 3 * (2 * FLICKERS + 3), EXCHANGES},
	{"names", "", 1, 7, 9, EXCHANGES},
	{"tokens", "", 1, 0, 12, EXCHANGES},
	{"broken_object", "", 1, 6, 15, EXCHANGES},
	{"stuck_object", "", 1, 1, 10, EXCHANGES},
	{"contradiction", "is there and is not there", 0, 0, 9, EXCHANGES},
	{"other_content", "", 0, 1, 6, EXCHANGES},
	{"read_only", "may not do this there", 0, 0, 6, EXCHANGES},
	{"full", "is full", 0, 0, 6, EXCHANGES},
	{"too_large", "raise its limit for the size of a request", 0, 0, 6, EXCHANGES},
	{"strange", "ask whoever runs it to look into its log", 0, 0, 6, EXCHANGES},
	{"missing", "the collection is not there", 0, 0, 6, EXCHANGES},
	{"liar", "", 0, 0, 5, EXCHANGES},
};

static void make_box(const char *path)
{
	char text[1024];
	int64_t local_s = 0;
	snprintf(text, sizeof(text),
		 "share \"office\" { url = \"%s%s/\" credential = \"share\" box = \"own\" ca-file = \"%s\" }\n"
		 "feed \"desks\" { kind = bookings path = \"desks.ics\" refresh = 86400 }\n"
		 "place \"1\" { feed = \"desks\" match = \"Kontorsplats 1\" }\n"
		 "place \"2\" { feed = \"desks\" match = \"Kontorsplats 2\" }\n",
		 server.url, path, server.ca_file);
	worker_set_up(&box, text);
	char *calendar = worker_calendar(8, 1);
	worker_write(&box, "credentials/share", "user = \"office\"\npassword = \"a secret\"\n");
	worker_write(&box, "desks.ics", calendar);
	free(calendar);
	civil_parse(WORKER_NOW, &local_s);
	clock_init_still(&box.clock, local_s - 3600);
	worker_open(&box);
	struct err err = {""};
	struct command command = {
		.kind = COMMAND_DROP_IN, .number = 1, .until_utc = local_s, .is_anyway = true, .place = "1"};
	assert_int_equal(sync_do(box.sync, &command, &err).outcome, JOURNAL_APPENDED);
}

static bool check_case(size_t i)
{
	make_box(cases[i].path);
	requests = 0;
	for (int n = 0; n < cases[i].exchanges; n++) {
		sync_run_once(box.sync, NULL, NULL);
	}
	struct snapshot *snapshot = sync_snapshot(box.sync);
	const struct snapshot_share *share = &snapshot->share;
	size_t stored = worker_count_stored(&box);
	bool is_message_right =
		cases[i].message[0] ? strstr(share->message, cases[i].message) != NULL : !share->message[0];
	bool is_right = is_message_right && stored == OWN + cases[i].received && share->skipped == cases[i].skipped &&
			requests <= cases[i].requests_max;
	if (!is_right) {
		print_error("%s: \"%s\", %zu stored, %u skipped, %zu requests\n", cases[i].path, share->message, stored,
			    share->skipped, requests);
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

/* A server that does not take one of the check-ins gets the others all the same. */
static void test_one_refused_of_many(void **state)
{
	(void)state;
	make_box("picky");
	struct err err = {""};
	struct command command = {.kind = COMMAND_UNDO, .number = 2, .entry = 1};
	assert_int_equal(sync_do(box.sync, &command, &err).outcome, JOURNAL_APPENDED);
	int64_t waiting[2] = {-1, -1};
	for (int n = 0; n < 2; n++) {
		assert_false(sync_run_once(box.sync, NULL, NULL));
		struct snapshot *snapshot = sync_snapshot(box.sync);
		waiting[n] = snapshot->share.outbox;
		assert_non_null(strstr(snapshot->share.message, "answered 415"));
		snapshot_unref(snapshot);
	}
	assert_int_equal(waiting[0], 2);
	assert_int_equal(waiting[1], 1);
	worker_tear_down(&box);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases), cmocka_unit_test(test_one_refused_of_many)};
	int started = server_start(&server, "hostile");
	int failures = started == SERVER_STARTED ? cmocka_run_group_tests(tests, NULL, NULL) : started;
	server_stop(&server);
	return failures;
}
