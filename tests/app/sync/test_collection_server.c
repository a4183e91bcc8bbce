/* A feed from a calendar on a real CalDAV server, on which somebody books, moves, cancels and deletes. Argument:
 * radicale or davical. What is asked for is counted, so that a change costs its own object and no other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "ical/civil.h"
#include "ical/fetch.h"
#include "server.h"
#include "worker.h"

enum { MANY = 150, NAME_SIZE = 32 };

static struct server server;
static struct worker box;
static size_t requests, objects; /* of the last fetch; objects that were asked for */

struct fetch_transfer *__real_fetch_begin(struct fetch *fetch, const struct fetch_request *request);
struct fetch_transfer *__wrap_fetch_begin(struct fetch *fetch, const struct fetch_request *request);

struct fetch_transfer *__wrap_fetch_begin(struct fetch *fetch, const struct fetch_request *request)
{
	requests++;
	for (const char *at = request->text; at && (at = strstr(at, "<href>")); at++) {
		objects++;
	}
	return __real_fetch_begin(fetch, request);
}

static bool is_basic, is_silent_server; /* silent: it does not say that it was restored */

/* Somebody else's program. */
static long ask(enum fetch_method method, const char *name, const char *text)
{
	char url[256];
	struct err err = {""};
	struct fetch *fetch = fetch_create(&err);
	struct fetch_result result;
	snprintf(url, sizeof(url), "%s%s", server.url, name);
	struct fetch_request request = {.url = url,
					.user = "office",
					.password = "a secret",
					.ca_file = server.ca_file,
					.method = method,
					.is_basic = is_basic,
					.text = text};
	long status = 0;
	for (int tries = 0; status == 0 && tries < 5; tries++) { /* Radicale resets connections under load */
		fetch_get(fetch, &request, NULL, &result, &err);
		status = result.http_status;
		is_basic = request.is_basic = is_basic || result.takes_basic;
		fetch_result_finish(&result);
	}
	fetch_destroy(fetch);
	return status;
}

static void book(const char *name, int hour, int place, const char *more)
{
	char text[512];
	snprintf(text, sizeof(text),
		 "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//EN\r\nBEGIN:VEVENT\r\nUID:%s\r\n"
		 "DTSTAMP:20261101T000000Z\r\nDTSTART:20261123T%02d0000Z\r\nDTEND:20261123T%02d3000Z\r\n"
		 "SUMMARY:Nils – Kontorsplats %d\r\n%sEND:VEVENT\r\nEND:VCALENDAR\r\n",
		 name, hour, hour, place, more);
	assert_int_equal(ask(FETCH_PUT, name, text), 201);
}

/* A program that replaces does both at once; for the next fetch it is the same. */
static void change(const char *name, int hour, int place, const char *more)
{
	assert_int_equal(ask(FETCH_DELETE, name, NULL) / 100, 2);
	book(name, hour, place, more);
}

static void open_box(void)
{
	char text[1024];
	snprintf(text, sizeof(text),
		 "feed \"desks\" { caldav = \"%s\" credential = \"login\" ca-file = \"%s\" }\n"
		 "place \"1\" { feed = \"desks\" match = \"Kontorsplats 1\" }\n"
		 "place \"2\" { feed = \"desks\" match = \"Kontorsplats 2\" }\n",
		 server.url, server.ca_file);
	worker_set_up(&box, text);
	int64_t local_s = 0;
	civil_parse(WORKER_NOW, &local_s);
	clock_init_still(&box.clock, local_s - 3600);
	worker_write(&box, "credentials/login", "user = \"office\"\npassword = \"a secret\"\n");
	worker_open(&box);
}

static int start(void **state)
{
	(void)state;
	assert_true(server_do(&server, "empty"));
	open_box();
	return 0;
}

static int end(void **state)
{
	(void)state;
	worker_tear_down(&box);
	return 0;
}

/* Fetches, and returns "hour/place" of each booking, in their order. */
static const char *fetched(void)
{
	static char text[8 * MANY];
	requests = objects = 0;
	bool ok = sync_run_once(box.sync, NULL, NULL);
	struct snapshot *snapshot = sync_snapshot(box.sync);
	if (!ok) {
		fail_msg("%s", snapshot->feeds[0].message);
	}
	text[0] = '\0';
	for (size_t i = 0; i < snapshot->rows.count; i++) {
		const struct cache_row *row = &snapshot->rows.items[i];
		snprintf(text + strlen(text), sizeof(text) - strlen(text), "%d/%s ",
			 (int)(row->span.start_utc / 3600 % 24), row->place);
	}
	snapshot_unref(snapshot);
	return text;
}

static void assert_asked(size_t wanted_requests, size_t wanted_objects)
{
	assert_int_equal(requests, wanted_requests);
	assert_int_equal(objects, wanted_objects);
}

static void each_change_costs_its_own_object(void **state)
{
	(void)state;
	book("a.ics", 8, 1, "");
	book("b.ics", 9, 2, "");
	assert_string_equal(fetched(), "8/1 9/2 ");
	assert_int_equal(objects, 2);
	assert_string_equal(fetched(), "8/1 9/2 ");
	assert_asked(1, 0);
	book("c.ics", 10, 1, "");
	assert_string_equal(fetched(), "8/1 9/2 10/1 ");
	assert_asked(2, 1);
	change("a.ics", 11, 2, "");
	assert_string_equal(fetched(), "9/2 10/1 11/2 ");
	assert_asked(2, 1);
	change("c.ics", 10, 1, "STATUS:CANCELLED\r\n");
	assert_string_equal(fetched(), "9/2 11/2 ");
	assert_asked(2, 1);
	assert_int_equal(ask(FETCH_DELETE, "b.ics", NULL) / 100, 2);
	assert_string_equal(fetched(), "11/2 ");
	assert_asked(1, 0);
}

static void many_come_in_several_answers(void **state)
{
	(void)state;
	for (int i = 0; i < MANY; i++) {
		char name[NAME_SIZE];
		snprintf(name, sizeof(name), "b%d.ics", i);
		book(name, 8, 1, "");
	}
	fetched();
	assert_asked(4, MANY); /* the kind, the list, 100 objects and 50 */
	change("b7.ics", 9, 2, "");
	assert_non_null(strstr(fetched(), "9/2 "));
	assert_asked(2, 1);
}

static void a_restored_server_is_listed_again(void **state)
{
	(void)state;
	book("a.ics", 8, 1, "");
	fetched();
	assert_true(server_do(&server, "backup"));
	book("b.ics", 9, 2, "");
	assert_string_equal(fetched(), "8/1 9/2 ");
	assert_true(server_do(&server, "restore"));
	if (is_silent_server) { /* it is found out within the hour */
		clock_advance(&box.clock, INT64_C(3600) * 1000);
	}
	assert_string_equal(fetched(), "8/1 ");
	assert_int_equal(objects, 0);
}

static void what_was_shown_stays_while_the_server_is_away(void **state)
{
	(void)state;
	book("a.ics", 8, 1, "");
	fetched();
	assert_true(server_do(&server, "kill"));
	assert_false(sync_run_once(box.sync, NULL, NULL));
	struct snapshot *snapshot = sync_snapshot(box.sync);
	assert_int_equal(snapshot->rows.count, 1);
	snapshot_unref(snapshot);
	assert_true(server_do(&server, "start"));
	book("b.ics", 9, 2, "");
	assert_string_equal(fetched(), "8/1 9/2 ");
	assert_int_equal(objects, 1);
}

/* The texts are gone with the program, and the cache knows nothing of them. */
static void a_restart_reads_everything(void **state)
{
	(void)state;
	book("a.ics", 8, 1, "");
	fetched();
	struct worker next;
	worker_join(&next, &box);
	worker_close(&box);
	box = next;
	worker_open(&box);
	assert_string_equal(fetched(), "8/1 ");
	assert_asked(3, 1);
}

static bool has_a_row(const struct snapshot *snapshot, const void *context)
{
	(void)context;
	return snapshot->rows.count == 1;
}

/* The kiosk does all of it in the worker's thread, without waiting. */
static void the_thread_does_the_same(void **state)
{
	(void)state;
	struct err err = {""};
	book("a.ics", 8, 1, "");
	assert_true(sync_start(box.sync, &err));
	worker_wait(&box, has_a_row, NULL);
	sync_stop(box.sync);
}

#define case_of(test) cmocka_unit_test_setup_teardown(test, start, end)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		case_of(each_change_costs_its_own_object),  case_of(many_come_in_several_answers),
		case_of(a_restored_server_is_listed_again), case_of(what_was_shown_stays_while_the_server_is_away),
		case_of(a_restart_reads_everything),        case_of(the_thread_does_the_same),
	};
	const char *kind = argc > 1 ? argv[1] : "radicale";
	is_silent_server = strcmp(kind, "davical") == 0;
	int started = server_start(&server, kind);
	int failures = started == SERVER_STARTED ? cmocka_run_group_tests(tests, NULL, NULL) : started;
	server_stop(&server);
	return failures;
}
