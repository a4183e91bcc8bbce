/* Machines of one office that exchange check-ins by a real server, which a test may stop, empty and set back. Argument:
 * radicale, apache, digest or davical. What the exchange itself must do is tested in test_share.c; here it is what
 * servers are like. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/sync/share_private.h"
#include "app/sync/wire.h"
#include "ical/civil.h"
#include "server.h"
#include "worker.h"

enum { BOXES = 3, BODY_IDLE_MAX = 400 };

static struct server server;
static struct worker boxes[BOXES];
static int64_t now_utc;
static uint64_t number;
static bool is_caldav;

/* What goes over the network. */
static size_t requests, sent, received;

struct fetch_transfer *__real_fetch_begin(struct fetch *fetch, const struct fetch_request *request);
struct fetch_transfer *__wrap_fetch_begin(struct fetch *fetch, const struct fetch_request *request);
enum fetch_outcome __real_fetch_end(struct fetch_transfer *transfer, struct fetch_result *result, struct err *err);
enum fetch_outcome __wrap_fetch_end(struct fetch_transfer *transfer, struct fetch_result *result, struct err *err);

struct fetch_transfer *__wrap_fetch_begin(struct fetch *fetch, const struct fetch_request *request)
{
	requests++;
	sent += request->text ? strlen(request->text) : 0;
	return __real_fetch_begin(fetch, request);
}

enum fetch_outcome __wrap_fetch_end(struct fetch_transfer *transfer, struct fetch_result *result, struct err *err)
{
	enum fetch_outcome outcome = __real_fetch_end(transfer, result, err);
	received += result->body_length;
	return outcome;
}

static void set_clock(size_t i)
{
	clock_init_still(&boxes[i].clock, now_utc);
}

static void make_box(size_t i)
{
	char text[1024], *calendar = worker_calendar(8, 1);
	snprintf(text, sizeof(text),
		 "checkin { retention-days = 5 }\n"
		 "share \"office\" { url = \"%s\" credential = \"share\" box = \"box-%zu\" ca-file = \"%s\" }\n"
		 "feed \"desks\" { kind = bookings path = \"desks.ics\" refresh = 86400 }\n"
		 "place \"1\" { feed = \"desks\" match = \"Kontorsplats 1\" }\n"
		 "place \"2\" { feed = \"desks\" match = \"Kontorsplats 2\" }\n"
		 "place \"3\" { feed = \"desks\" match = \"Kontorsplats 3\" }\n",
		 server.url, i, server.ca_file);
	worker_set_up(&boxes[i], text);
	worker_write(&boxes[i], "credentials/share", "user = \"office\"\npassword = \"a secret\"\n");
	worker_write(&boxes[i], "desks.ics", calendar);
	free(calendar);
	set_clock(i);
	worker_open(&boxes[i]);
}

static int start_office(void **state)
{
	(void)state;
	int64_t local_s = 0;
	assert_true(server_do(&server, "empty"));
	civil_parse(WORKER_NOW, &local_s);
	now_utc = local_s - 3600;
	for (size_t i = 0; i < BOXES; i++) {
		make_box(i);
	}
	return 0;
}

static int end_office(void **state)
{
	(void)state;
	for (size_t i = 0; i < BOXES; i++) {
		worker_tear_down(&boxes[i]);
	}
	return 0;
}

static bool exchange(size_t i)
{
	requests = sent = received = 0;
	return sync_run_once(boxes[i].sync, NULL, NULL);
}

static void exchange_all(void)
{
	for (int round = 0; round < 2; round++) {
		for (size_t i = 0; i < BOXES; i++) {
			if (!exchange(i)) {
				struct snapshot *snapshot = sync_snapshot(boxes[i].sync);
				fail_msg("box %zu: %s", i, snapshot->share.message);
			}
		}
	}
}

static void drop_in(size_t i, const char *place)
{
	struct err err = {""};
	struct command command = {
		.kind = COMMAND_DROP_IN, .number = ++number, .until_utc = now_utc + 3600, .is_anyway = true};
	snprintf(command.place, sizeof(command.place), "%s", place);
	assert_int_equal(sync_do(boxes[i].sync, &command, &err).outcome, JOURNAL_APPENDED);
}

static size_t count_entries(size_t i)
{
	return worker_count_stored(&boxes[i]);
}

static struct snapshot_share seen(size_t i)
{
	struct snapshot *snapshot = sync_snapshot(boxes[i].sync);
	struct snapshot_share share = snapshot->share;
	snapshot_unref(snapshot);
	return share;
}

/* Somebody else writes into the collection, or reads it. */
static long ask_once(enum fetch_method method, const char *name, const char *text)
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
					.text = text};
	if (text) {
		/* A server that asks for the password answers before it has read a long body, and then resets the
		 * connection; once it has asked, the password is sent at once. */
		struct fetch_request first = request;
		first.method = FETCH_GET;
		first.text = NULL;
		fetch_get(fetch, &first, NULL, &result, &err);
		request.is_basic = result.takes_basic;
		fetch_result_finish(&result);
	}
	fetch_get(fetch, &request, NULL, &result, &err);
	long status = result.http_status;
	fetch_result_finish(&result);
	fetch_destroy(fetch);
	return status;
}

/* Radicale resets connections while it still counts those before them as open. */
static long ask(enum fetch_method method, const char *name, const char *text)
{
	long status = 0;
	for (int tries = 0; status == 0 && tries < 5; tries++) {
		status = ask_once(method, name, text);
	}
	return status;
}

static void what_one_does_is_seen_on_the_others(void **state)
{
	(void)state;
	drop_in(0, "1");
	drop_in(1, "2");
	assert_true(exchange(0) && exchange(1) && exchange(2));
	assert_int_equal(count_entries(2), 2);
	drop_in(2, "3");
	assert_true(exchange(2) && exchange(0));
	assert_int_equal(count_entries(0), 3);
	assert_int_equal(seen(0).outbox, 0);
	assert_int_equal(seen(0).skipped, 0);
}

static void a_poll_without_news_is_small(void **state)
{
	(void)state;
	drop_in(0, "1");
	exchange_all();
	drop_in(0, "2");
	exchange_all();
	assert_true(exchange(1));
	print_message("%zu request, %zu bytes there, %zu back\n", requests, sent, received);
	assert_int_equal(requests, 1);
	assert_in_range(sent, 1, BODY_IDLE_MAX);
	assert_in_range(received, 1, BODY_IDLE_MAX);
}

static void news_are_all_that_is_asked_for(void **state)
{
	(void)state;
	drop_in(0, "1");
	exchange_all();
	drop_in(0, "2");
	assert_true(exchange(0) && exchange(1));
	assert_int_equal(count_entries(1), 2);
	assert_in_range(requests, 1, is_caldav ? 2 : 3); /* what is new, and its object */
}

static void an_emptied_server_is_filled_again(void **state)
{
	(void)state;
	drop_in(0, "1");
	drop_in(1, "2");
	exchange_all();
	assert_true(server_do(&server, "empty"));
	exchange_all();
	for (size_t i = 1; i < BOXES; i++) {
		worker_tear_down(&boxes[i]); /* they are gone for good */
		make_box(i);
	}
	exchange_all();
	assert_int_equal(count_entries(1), 2);
	assert_int_equal(count_entries(2), 2);
}

static void an_old_backup_is_completed(void **state)
{
	(void)state;
	drop_in(0, "1");
	exchange_all();
	assert_true(server_do(&server, "backup"));
	drop_in(0, "2");
	drop_in(1, "3");
	exchange_all();
	assert_true(server_do(&server, "restore"));
	exchange_all();
	worker_tear_down(&boxes[2]);
	make_box(2);
	exchange_all();
	assert_int_equal(count_entries(2), 3);
}

static void a_server_that_is_away_keeps_nobody_from_anything(void **state)
{
	(void)state;
	assert_true(server_do(&server, "kill"));
	drop_in(0, "1");
	assert_false(exchange(0));
	assert_true(seen(0).message[0] != '\0');
	assert_int_equal(count_entries(0), 1);
	assert_true(server_do(&server, "start"));
	exchange_all();
	assert_int_equal(count_entries(2), 1);
	assert_string_equal(seen(0).message, "");
}

/* An entry is delivered once, also when the answer to its delivery was lost. */
static void what_was_delivered_before_counts(void **state)
{
	(void)state;
	drop_in(0, "1");
	exchange_all();
	worker_close(&boxes[0]);
	struct worker joined;
	worker_join(&joined, &boxes[0]);
	boxes[0] = joined;
	set_clock(0);
	worker_open(&boxes[0]);
	struct journal_entries entries = {0};
	struct journal *journal = NULL;
	struct err err = {""};
	char name[WIRE_NAME_SIZE];
	assert_int_equal(journal_open(boxes[0].state_dir, NULL, &journal, &err), JOURNAL_OPENED);
	assert_true(journal_read(journal, 0, &entries, &err));
	wire_name(&entries.items[0], name);
	char *text = wire_write(&entries.items[0]);
	assert_int_equal(ask(FETCH_PUT, name, text), 412);
	assert_int_equal(ask(FETCH_DELETE, name, NULL) / 100, 2);
	assert_int_equal(ask(FETCH_PUT, name, text), 201);
	free(text);
	journal_entries_finish(&entries);
	journal_close(journal);
	exchange_all();
	assert_int_equal(count_entries(1), 1);
	assert_int_equal(seen(0).skipped, 0);
}

#define STRANGER                                                                                                       \
	"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//"                                                           \
	"EN\r\nBEGIN:VEVENT\r\nUID:%s\r\nDTSTAMP:20261123T080000Z\r\n"                                                 \
	"DTSTART:20261123T080000Z\r\nSUMMARY:%s\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"

static void put_stranger(const char *name, const char *uid, size_t size)
{
	char *summary = malloc(size + 1), *text = NULL;
	memset(summary, 'x', size);
	summary[size] = '\0';
	assert_true(asprintf(&text, STRANGER, uid, summary) > 0);
	assert_int_equal(ask(FETCH_PUT, name, text), 201);
	free(summary);
	free(text);
}

static void what_is_not_ours_is_counted(void **state)
{
	(void)state;
	put_stranger("holiday.ics", "holiday", 10);
	put_stranger("20261123-box-9-77.ics", "spoilt", 10);
	put_stranger("20261123-box-9-78.ics", "large", 64 << 10);
	drop_in(0, "1");
	exchange_all();
	assert_int_equal(seen(1).skipped, 3);
	assert_int_equal(count_entries(1), 1);
	assert_true(exchange(1));
	assert_in_range(requests, 1, is_caldav ? 1 : 2); /* they are not read again */
}

static void what_is_old_goes(void **state)
{
	(void)state;
	drop_in(0, "1");
	exchange_all();
	now_utc += INT64_C(8) * 86400;
	for (size_t i = 0; i < BOXES; i++) {
		clock_advance(&boxes[i].clock, INT64_C(8) * 86400 * 1000);
	}
	assert_true(exchange(0));
	worker_tear_down(&boxes[2]);
	now_utc -= INT64_C(8) * 86400;
	make_box(2);
	assert_true(exchange(2));
	assert_int_equal(count_entries(2), 0);
}

static void a_wrong_password_is_named(void **state)
{
	(void)state;
	worker_write(&boxes[0], "credentials/share", "user = \"office\"\npassword = \"another\"\n");
	assert_false(exchange(0));
	assert_non_null(strstr(seen(0).message, "the user or the password is not accepted"));
	worker_write(&boxes[0], "credentials/share", "user = \"office\"\npassword = \"a secret\"\n");
	assert_true(exchange(0));
}

#define case_of(test) cmocka_unit_test_setup_teardown(test, start_office, end_office)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		case_of(what_one_does_is_seen_on_the_others),
		case_of(a_poll_without_news_is_small),
		case_of(news_are_all_that_is_asked_for),
		case_of(an_emptied_server_is_filled_again),
		case_of(an_old_backup_is_completed),
		case_of(a_server_that_is_away_keeps_nobody_from_anything),
		case_of(what_was_delivered_before_counts),
		case_of(what_is_not_ours_is_counted),
		case_of(what_is_old_goes),
		case_of(a_wrong_password_is_named),
	};
	const char *kind = argc > 1 ? argv[1] : "radicale";
	is_caldav = strcmp(kind, "apache") != 0 && strcmp(kind, "digest") != 0;
	int started = server_start(&server, kind);
	int failures = started == SERVER_STARTED ? cmocka_run_group_tests(tests, NULL, NULL) : started;
	server_stop(&server);
	return failures;
}
