/* Every answer that a server can give to an office that has a good calendar. The tests check the reported sentence,
 * that the rows and their age stay, that the server is not asked again at once, that the wait grows after the second
 * failure, and that a good answer afterwards restores everything. The clock stands still, so the times are exact except
 * for the jitter. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/ical/https.h"
#include "worker.h"

enum { ROWS = 20, REFRESH_S = 120 };

struct answer_case {
	const char *listener, *path;
	enum feed_trouble trouble;
	const char *words;
	int64_t asked_s; /* the server's own wish; 0 none */
	bool is_hasty;   /* waits for the time-out: a short one */
};

#define NO_CONTACT(listener, path, words) {listener, path, FEED_TROUBLE_NO_CONTACT, words, 0, false}
#define IN_TIME(listener, path) {listener, path, FEED_TROUBLE_NO_CONTACT, "in time", 0, true}
#define REFUSED(path, words) {"good", path, FEED_TROUBLE_REFUSED, words, 0, false}
#define ASKED(path, words, seconds) {"good", path, FEED_TROUBLE_REFUSED, words, seconds, false}
#define NO_CALENDAR(path, words) {"good", path, FEED_TROUBLE_NOT_CALENDAR, words, 0, false}
#define TOO_LARGE(path) {"good", path, FEED_TROUBLE_TOO_LARGE, "larger", 0, false}

static const struct answer_case cases[] = {
	/* nothing, or not all of it, comes */
	IN_TIME("silent", "/ok"),
	IN_TIME("good", "/stall_head"),
	IN_TIME("good", "/stall_mid_head"),
	IN_TIME("good", "/stall_body"),
	IN_TIME("good", "/trickle"),
	IN_TIME("good", "/trickle_head"),
	NO_CONTACT("good", "/silence", "without an answer"),
	NO_CONTACT("good", "/short", "cut off"),
	NO_CONTACT("good", "/half_chunk", "cut off"),
	NO_CONTACT("good", "/no_last_chunk", "cut off"),
	NO_CONTACT("good", "/chunk_overrun", "cut off"),
	NO_CONTACT("good", "/cut/1", ""),
	NO_CONTACT("good", "/cut/40", ""),
	NO_CONTACT("good", "/cut/100", "cut off"),
	NO_CONTACT("good", "/broken_gzip", "compression"),
	NO_CONTACT("good", "/garbage", "not HTTP"),
	/* it is not the server that was meant */
	NO_CONTACT("expired", "/ok", "expired"),
	NO_CONTACT("selfsigned", "/ok", "self-signed"),
	NO_CONTACT("other", "/ok", "another name"),
	NO_CONTACT("plain", "/ok", "secure connection"),
	NO_CONTACT("good", "/to_expired", "expired"),
	REFUSED("/downgrade", "not https"),
	REFUSED("/to_file", "not https"),
	REFUSED("/loop", "too many times"),
	REFUSED("/redirect/4", "too many times"),
	/* it says no */
	REFUSED("/status/401", "401"),
	REFUSED("/status/403", "403"),
	REFUSED("/status/404", "404"),
	REFUSED("/status/410", "410"),
	REFUSED("/status/429", "429"),
	REFUSED("/status/500", "500"),
	REFUSED("/status/503", "503"),
	REFUSED("/unmodified", "304"), /* of an address that has never been read */
	ASKED("/retry_seconds/429/600", "429", 600),
	ASKED("/retry_seconds/503/600", "503", 600),
	ASKED("/retry_seconds/503/999999", "503", 3600),
	ASKED("/retry_date", "503", 120),
	/* it says no as Exchange Online and sign-in services do */
	REFUSED("/exchange/OwaBasicUnsupportedException", "user-agent"),
	REFUSED("/exchange_header/500/OwaBasicUnsupportedException", "user-agent"),
	REFUSED("/to_sign_in_host", "revoked"),
	REFUSED("/to_other_mail", "revoked"),
	REFUSED("/to_plain_sign_in", "revoked"),
	REFUSED("/exchange/NotAllowedPublishingByPolicyException", "policy forbids publishing"),
	REFUSED("/exchange/MailboxNotFoundException", "mailbox behind the address is gone"),
	REFUSED("/maintenance/503", "down for maintenance"),
	REFUSED("/exchange_header/503/OverBudgetException", "throttled"),
	REFUSED("/basic", "needs user and password"),
	REFUSED("/encoded/br", "not asked for"),
	NO_CALENDAR("/to_mail", "revoked"),
	NO_CALENDAR("/policy_page/200", "policy forbids publishing"),
	/* it is too much */
	TOO_LARGE("/header_line/110000"),
	TOO_LARGE("/headers"),
	TOO_LARGE("/big/3"),
	TOO_LARGE("/bomb/3"),
	/* it is no calendar */
	NO_CALENDAR("/html", "web page"),
	NO_CALENDAR("/empty", "empty"),
	NO_CALENDAR("/long", "not a whole calendar"),
	NO_CALENDAR("/file/half.ics", "cut off before END:VCALENDAR"),
	NO_CALENDAR("/plainfile/endless.ics", "cut off before END:VCALENDAR"),
};

static const struct fetch_limits patient = {2 << 20, 20000, 20000, 1, 20, 4 << 20, 0};
static const struct fetch_limits hasty = {2 << 20, 300, 300, 1, 20, 4 << 20, 0};

static void set_up(struct worker *worker, const struct answer_case *c)
{
	char text[512];
	snprintf(text, sizeof(text),
		 "feed \"desks\" { kind = bookings credential = \"desks-url\" ca-file = \"%s\" refresh = %d }\n",
		 https.ca_file, REFRESH_S);
	worker_set_up(worker, text);
	clock_init_still(&worker->clock, clock_utc_s(&worker->clock));
	worker->fetch_limits = c->is_hasty ? &hasty : &patient;
}

static void point_at(const struct worker *worker, const char *listener, const char *path)
{
	char url[HTTPS_URL_MAX];
	worker_write(worker, "credentials/desks-url", https_url(&https, listener, path, url));
}

static void write_calendar(const char *name, int count)
{
	char *text = worker_calendar(9, count);
	assert_true(https_put(&https, name, text));
	free(text);
}

/* Cut off although its length is right: in an event, and just before the end. */
static void write_halves(void)
{
	char *text = worker_calendar(9, ROWS);
	char *end = strstr(text, "END:VCALENDAR");
	*end = '\0';
	assert_true(https_put(&https, "endless.ics", text));
	text[strlen(text) / 2] = '\0';
	assert_true(https_put(&https, "half.ics", text));
	free(text);
}

/* One try; who is asked again too soon or too late, or loses rows, fails. */
static void check_try(struct worker *worker, const struct answer_case *c, enum feed_trouble trouble, size_t rows,
		      int64_t agreed_utc, int64_t wait_s)
{
	bool good = sync_run_once(worker->sync, NULL, NULL);
	struct snapshot *snapshot = sync_snapshot(worker->sync);
	const struct snapshot_feed *feed = &snapshot->feeds[0];
	int64_t next_s = feed->next_utc - clock_utc_s(&worker->clock);
	int64_t least_s =
		trouble == FEED_TROUBLE_NONE ? wait_s / 10 : wait_s * 9 / 10; /* it may be the first success */
	bool is_in_time = next_s >= least_s && next_s <= wait_s * 11 / 10 + 1;
	bool is_reported =
		trouble == FEED_TROUBLE_NONE ? feed->message[0] == '\0' : strstr(feed->message, c->words) != NULL;
	if (good != (trouble == FEED_TROUBLE_NONE) || feed->trouble != trouble || !is_reported || !is_in_time ||
	    snapshot->rows.count != rows || feed->agreed_utc != agreed_utc) {
		fail_msg("%s %s: trouble %d, \"%s\", %zu rows, agreed %+lld s, next try in %lld s", c->listener,
			 c->path, (int)feed->trouble, feed->message, snapshot->rows.count,
			 (long long)(feed->agreed_utc - agreed_utc), (long long)next_s);
	}
	assert_null(strstr(feed->message, "localhost"));
	snapshot_unref(snapshot);
}

static void check_case(const struct answer_case *c)
{
	struct worker worker;
	set_up(&worker, c);
	point_at(&worker, "good", "/file/whole.ics");
	worker_open(&worker);
	int64_t agreed_utc = clock_utc_s(&worker.clock);
	for (int tries = 0; tries < 3; tries++) { /* a slow machine may need more than the hasty time-out */
		if (sync_run_once(worker.sync, NULL, NULL)) {
			break;
		}
	}
	check_try(&worker, c, FEED_TROUBLE_NONE, ROWS, agreed_utc, REFRESH_S);
	clock_advance(&worker.clock, 60 * 1000);
	point_at(&worker, c->listener, c->path);
	check_try(&worker, c, c->trouble, ROWS, agreed_utc, c->asked_s > 15 ? c->asked_s : 15);
	check_try(&worker, c, c->trouble, ROWS, agreed_utc, c->asked_s > 30 ? c->asked_s : 30);
	point_at(&worker, "good", "/file/whole.ics");
	check_try(&worker, c, FEED_TROUBLE_NONE, ROWS, clock_utc_s(&worker.clock), REFRESH_S);
	worker_tear_down(&worker);
}

static void test_answers(void **state)
{
	(void)state;
	write_calendar("whole.ics", ROWS);
	write_halves();
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		check_case(&cases[i]);
	}
}

/* 304 and the same bytes again renew the age, and nothing is written but that. */
static void test_unchanged(void **state)
{
	(void)state;
	static const char *const paths[] = {"/file/whole.ics", "/plainfile/whole.ics"};
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		const struct answer_case c = {.listener = "good", .path = paths[i]};
		struct worker worker;
		set_up(&worker, &c);
		point_at(&worker, c.listener, c.path);
		worker_open(&worker);
		check_try(&worker, &c, FEED_TROUBLE_NONE, ROWS, clock_utc_s(&worker.clock), REFRESH_S);
		clock_advance(&worker.clock, 60 * 1000);
		check_try(&worker, &c, FEED_TROUBLE_NONE, ROWS, clock_utc_s(&worker.clock), REFRESH_S);
		worker_tear_down(&worker);
	}
}

/* More than 90 % of it has gone: asked again as usual, and believed then. */
static void test_hardly_anything_is_left(void **state)
{
	(void)state;
	static const struct {
		int left;
		const char *words;
	} shrunk[] = {{0, "only 0 of 20"}, {1, "only 1 of 20"}};
	for (size_t i = 0; i < sizeof(shrunk) / sizeof(shrunk[0]); i++) {
		const struct answer_case c = {.listener = "good", .path = "/file/few.ics", .words = shrunk[i].words};
		struct worker worker;
		write_calendar("few.ics", ROWS);
		set_up(&worker, &c);
		point_at(&worker, c.listener, c.path);
		worker_open(&worker);
		int64_t agreed_utc = clock_utc_s(&worker.clock);
		check_try(&worker, &c, FEED_TROUBLE_NONE, ROWS, agreed_utc, REFRESH_S);
		clock_advance(&worker.clock, 60 * 1000);
		write_calendar("few.ics", shrunk[i].left);
		check_try(&worker, &c, FEED_TROUBLE_SHRUNK, ROWS, agreed_utc, REFRESH_S);
		clock_advance(&worker.clock, 60 * 1000);
		check_try(&worker, &c, FEED_TROUBLE_NONE, (size_t)shrunk[i].left, clock_utc_s(&worker.clock),
			  REFRESH_S);
		worker_tear_down(&worker);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_answers),
		cmocka_unit_test(test_unchanged),
		cmocka_unit_test(test_hardly_anything_is_left),
	};
	return cmocka_run_group_tests(tests, https_set_up, https_tear_down);
}
