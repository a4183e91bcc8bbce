/* One try after the other, without the thread. Each test shows how an answer of a feed changes the stored rows and the
 * reported state. The feeds are real: a TLS server on loopback, files, and icsread in its sandbox. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ical/civil.h"
#include "tests/ical/https.h"
#include "tests/ical/tzfiles.h"
#include "worker.h"

#define PLACES                                                                                                         \
	"place \"1\" { name = \"Plats 1\" kind = desk feed = \"desks\" match = \"Kontorsplats 1\" }\n"                 \
	"place \"2\" { name = \"Plats 2\" kind = desk feed = \"desks\" match = \"Kontorsplats 2\" }\n"
#define PERSON "names = short person = '^(.*) [–-] '"

/* An office whose desks are at `address`. */
static void set_up_url(struct worker *worker, const char *address)
{
	char text[1024];
	snprintf(text, sizeof(text),
		 "feed \"desks\" { kind = bookings url = \"%s\" ca-file = \"%s\" refresh = 120 " PERSON " }\n" PLACES,
		 address, https.ca_file);
	worker_set_up(worker, text);
	worker_open(worker);
}

static void set_up_path(struct worker *worker)
{
	worker_set_up(worker,
		      "feed \"desks\" { kind = bookings path = \"desks.ics\" refresh = 120 " PERSON " }\n" PLACES);
	worker_open(worker);
}

static void serve_calendar(const char *name, int first_hour, int count)
{
	char *text = worker_calendar(first_hour, count);
	assert_true(https_put(&https, name, text));
	free(text);
}

/* Replaces the feed's file by the text, and frees it. */
static void write_desks(const struct worker *worker, char *text)
{
	worker_write(worker, "desks.ics", text);
	free(text);
}

static void write_calendar(const struct worker *worker, int first_hour, int count)
{
	write_desks(worker, worker_calendar(first_hour, count));
}

/* Runs one round. The caller expects this trouble to be reported and this number of rows to be stored afterwards. */
static void check_round(struct worker *worker, enum feed_trouble trouble, const char *words, size_t rows)
{
	bool good = sync_run_once(worker->sync, NULL, NULL);
	struct snapshot *snapshot = sync_snapshot(worker->sync);
	const struct snapshot_feed *feed = &snapshot->feeds[0];
	if (good != (trouble == FEED_TROUBLE_NONE) || feed->trouble != trouble || !strstr(feed->message, words) ||
	    snapshot->rows.count != rows) {
		fail_msg("trouble %d, \"%s\", %zu rows", (int)feed->trouble, feed->message, snapshot->rows.count);
	}
	assert_null(strstr(feed->message, "localhost"));
	snapshot_unref(snapshot);
}

static struct snapshot_feed first_feed(struct worker *worker)
{
	struct snapshot *snapshot = sync_snapshot(worker->sync);
	struct snapshot_feed feed = snapshot->feeds[0];
	feed.name = feed.message = NULL;
	snapshot_unref(snapshot);
	return feed;
}

static void reopen(struct worker *worker)
{
	sync_destroy(worker->sync);
	worker_open(worker);
}

static void test_rows_are_reduced(void **state)
{
	(void)state;
	struct worker worker;
	char url[HTTPS_URL_MAX];
	serve_calendar("a.ics", 9, 3);
	set_up_url(&worker, https_url(&https, "good", "/file/a.ics", url));
	check_round(&worker, FEED_TROUBLE_NONE, "", 3);
	struct snapshot *snapshot = sync_snapshot(worker.sync);
	const struct cache_row *row = &snapshot->rows.items[1]; /* of one hour, those without a place come first */
	assert_string_equal(row->feed, "desks");
	assert_string_equal(row->title, "Nils S.");
	assert_string_equal(row->place, "1");
	assert_true(identity_is_name(row->uid));
	assert_string_equal(snapshot->rows.items[0].place, "");
	assert_true(snapshot->journal_ok);
	assert_string_equal(snapshot->store_message, "");
	snapshot_unref(snapshot);
	worker_tear_down(&worker);
}

static void test_age_is_renewed(void **state)
{
	(void)state;
	struct worker worker;
	char url[HTTPS_URL_MAX];
	const char *const paths[] = {"/file/a.ics", "/plainfile/a.ics"}; /* 304; and the same bytes again */
	serve_calendar("a.ics", 9, 3);
	for (size_t i = 0; i < 2; i++) {
		set_up_url(&worker, https_url(&https, "good", paths[i], url));
		clock_init_still(&worker.clock, clock_utc_s(&worker.clock));
		reopen(&worker);
		check_round(&worker, FEED_TROUBLE_NONE, "", 3);
		struct snapshot_feed first = first_feed(&worker);
		assert_int_equal(first.agreed_utc, clock_utc_s(&worker.clock));
		clock_advance(&worker.clock, 60 * 1000);
		check_round(&worker, FEED_TROUBLE_NONE, "", 3);
		struct snapshot_feed second = first_feed(&worker);
		assert_int_equal(second.agreed_utc, first.agreed_utc + 60);
		assert_in_range(second.next_utc - second.agreed_utc, 108, 133);
		assert_int_equal(second.changed_utc, first.changed_utc);
		worker_tear_down(&worker);
	}
}

/* After any bad answer the rows stay and a sentence reports the fault. When the feed is well again, the state is as
 * before. */
static void test_failures_keep_the_rows(void **state)
{
	(void)state;
	static const struct {
		const char *body;
		enum feed_trouble trouble;
		const char *words;
	} cases[] = {
		{"<!DOCTYPE html><title>Sign in</title>", FEED_TROUBLE_NOT_CALENDAR, "web page"},
		{"", FEED_TROUBLE_NOT_CALENDAR, "empty"},
		{"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:x\r\n", FEED_TROUBLE_NOT_CALENDAR, "not a whole calendar"},
		{"a,b,c\n1,2,3\n", FEED_TROUBLE_NOT_CALENDAR, "not a calendar"},
	};
	struct worker worker;
	char url[HTTPS_URL_MAX];
	serve_calendar("a.ics", 9, 3);
	set_up_url(&worker, https_url(&https, "good", "/file/a.ics", url));
	check_round(&worker, FEED_TROUBLE_NONE, "", 3);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_true(https_put(&https, "a.ics", cases[i].body));
		check_round(&worker, cases[i].trouble, cases[i].words, 3);
		assert_int_equal(first_feed(&worker).failures, i + 1);
	}
	serve_calendar("a.ics", 10, 4);
	check_round(&worker, FEED_TROUBLE_NONE, "", 4);
	assert_int_equal(first_feed(&worker).failures, 0);
	worker_tear_down(&worker);
}

static void test_troubles(void **state)
{
	(void)state;
	static const struct {
		const char *listener, *path;
		enum feed_trouble trouble;
		const char *words;
	} cases[] = {
		{"good", "/status/404", FEED_TROUBLE_REFUSED, "404"},
		{"good", "/downgrade", FEED_TROUBLE_REFUSED, "not https"},
		{"good", "/big/200", FEED_TROUBLE_TOO_LARGE, "larger"},
		{"good", "/short", FEED_TROUBLE_NO_CONTACT, "cut off"},
		{"expired", "/ok", FEED_TROUBLE_NO_CONTACT, "expired"},
		{"other", "/ok", FEED_TROUBLE_NO_CONTACT, "another name"},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct worker worker;
		char url[HTTPS_URL_MAX];
		set_up_url(&worker, https_url(&https, cases[i].listener, cases[i].path, url));
		check_round(&worker, cases[i].trouble, cases[i].words, 0);
		worker_tear_down(&worker);
	}
}

static void test_retry_after(void **state)
{
	(void)state;
	static const struct {
		const char *path;
		int64_t least_s, most_s;
	} cases[] = {{"/retry_seconds/503/600", 600, 601},
		     {"/retry_seconds/503/1", 13, 17},
		     {"/retry_seconds/503/999999", 3600, 3601},
		     {"/status/503", 13, 17}};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct worker worker;
		char url[HTTPS_URL_MAX];
		set_up_url(&worker, https_url(&https, "good", cases[i].path, url));
		clock_init_still(&worker.clock, clock_utc_s(&worker.clock));
		reopen(&worker);
		check_round(&worker, FEED_TROUBLE_REFUSED, "503", 0);
		struct snapshot_feed feed = first_feed(&worker);
		assert_in_range(feed.next_utc - feed.tried_utc, cases[i].least_s, cases[i].most_s);
		worker_tear_down(&worker);
	}
}

static void test_shrunk_feed_must_shrink_twice(void **state)
{
	(void)state;
	static const struct {
		int before, after;
		bool is_shrunk;
	} cases[] = {{30, 0, true}, {30, 2, true}, {30, 3, false}, {1, 0, true}, {0, 0, false}, {5, 1, false}};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		size_t before = (size_t)cases[i].before, after = (size_t)cases[i].after;
		struct worker worker;
		set_up_path(&worker);
		write_calendar(&worker, 9, cases[i].before);
		check_round(&worker, FEED_TROUBLE_NONE, "", before);
		write_calendar(&worker, 10, cases[i].after);
		if (cases[i].is_shrunk) {
			check_round(&worker, FEED_TROUBLE_SHRUNK, "until a second try agrees", before);
			reopen(&worker); /* another program remembers it, too */
			assert_int_equal(first_feed(&worker).trouble, FEED_TROUBLE_SHRUNK);
		}
		check_round(&worker, FEED_TROUBLE_NONE, "", after);
		worker_tear_down(&worker);
	}
}

static void test_shrunk_feed_may_come_back(void **state)
{
	(void)state;
	struct worker worker;
	set_up_path(&worker);
	write_calendar(&worker, 9, 20);
	check_round(&worker, FEED_TROUBLE_NONE, "", 20);
	write_calendar(&worker, 9, 0);
	check_round(&worker, FEED_TROUBLE_SHRUNK, "only 0 of 20", 20);
	write_calendar(&worker, 9, 21);
	check_round(&worker, FEED_TROUBLE_NONE, "", 21);
	write_calendar(&worker, 9, 0);
	check_round(&worker, FEED_TROUBLE_SHRUNK, "only 0 of 21", 21);
	worker_tear_down(&worker);
}

/* What a pattern could not find is counted; a feed on which the patterns would work for too long keeps what it had. */
static void test_patterns_have_a_budget(void **state)
{
	(void)state;
	struct worker worker;
	worker_set_up(&worker, "feed \"desks\" { kind = bookings path = \"desks.ics\" }\n"
			       "place \"1\" { feed = \"desks\" match = '(a|aa)+ x 1|Kontorsplats 1' }\n");
	worker_open(&worker);
	write_calendar(&worker, 9, 2);
	check_round(&worker, FEED_TROUBLE_NONE, "", 2);
	write_desks(&worker, worker_laborious_calendar(3));
	check_round(&worker, FEED_TROUBLE_NONE, "", 3);
	struct snapshot *snapshot = sync_snapshot(worker.sync);
	assert_int_equal(snapshot->feeds[0].skipped, 3);
	assert_non_null(strstr(snapshot->feeds[0].notes, "\"pattern-limit\":3"));
	assert_string_equal(snapshot->rows.items[0].place, "");
	snapshot_unref(snapshot);
	write_desks(&worker, worker_laborious_calendar(2 * INGEST_WORK_MAX / PATTERN_WORK_MAX));
	check_round(&worker, FEED_TROUBLE_TOO_LARGE, "more work than a reading may cost", 3);
	write_calendar(&worker, 9, 4);
	check_round(&worker, FEED_TROUBLE_NONE, "", 4);
	worker_tear_down(&worker);
}

static void test_path(void **state)
{
	(void)state;
	struct worker worker;
	set_up_path(&worker);
	check_round(&worker, FEED_TROUBLE_SETUP, "No such file", 0);
	write_calendar(&worker, 9, 2);
	check_round(&worker, FEED_TROUBLE_NONE, "", 2);
	write_calendar(&worker, 9, 3);
	check_round(&worker, FEED_TROUBLE_NONE, "", 3);
	check_round(&worker, FEED_TROUBLE_NONE, "", 3);
	char path[128];
	snprintf(path, sizeof(path), "%s/desks.ics", worker.dir);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(mkfifo(path, 0600), 0); /* would never end */
	check_round(&worker, FEED_TROUBLE_SETUP, "cannot be read", 3);
	worker_tear_down(&worker);
}

static void test_credentials(void **state)
{
	(void)state;
	struct worker worker;
	char text[512], url[HTTPS_URL_MAX], padded[HTTPS_URL_MAX + 8];
	serve_calendar("a.ics", 9, 2);
	snprintf(text, sizeof(text),
		 "feed \"desks\" { kind = bookings credential = \"desks-url\" ca-file = \"%s\" }\n" PLACES,
		 https.ca_file);
	worker_set_up(&worker, text);
	worker_open(&worker);
	check_round(&worker, FEED_TROUBLE_SETUP, "credential desks-url cannot be read", 0);
	worker_write(&worker, "credentials/desks-url", "http://localhost/canary");
	check_round(&worker, FEED_TROUBLE_SETUP, "it must begin with https://", 0);
	snprintf(padded, sizeof(padded), "  %s\n\n", https_url(&https, "good", "/file/a.ics", url));
	worker_write(&worker, "credentials/desks-url", padded);
	check_round(&worker, FEED_TROUBLE_NONE, "", 2);
	/* Another address has never been read, so nothing about it can be unchanged. */
	worker_write(&worker, "credentials/desks-url", https_url(&https, "good", "/unmodified", url));
	check_round(&worker, FEED_TROUBLE_REFUSED, "304", 2);
	serve_calendar("b.ics", 9, 3);
	worker_write(&worker, "credentials/desks-url", https_url(&https, "good", "/file/b.ics", url));
	check_round(&worker, FEED_TROUBLE_NONE, "", 3);
	worker_tear_down(&worker);
}

/* A feed that is asked for as the configuration and the credential say: agent, user, proxy. */
static void test_ways_to_a_feed(void **state)
{
	(void)state;
	static const struct {
		const char *keys, *scheme, *login, *path; /* login: lines that follow the address */
		enum feed_trouble trouble;
		const char *words;
	} cases[] = {
		{"", "webcal", "", "/ok", FEED_TROUBLE_NONE, ""},
		{"", "webcals", "user = \"anna\"\npassword = \"hemligt:lösen\"", "/basic", FEED_TROUBLE_NONE, ""},
		{"", "https", "user = \"anna:hemligt:lösen\"", "/digest", FEED_TROUBLE_NONE, ""},
		{"", "https", "user = \"anna\"\npassword = \"fel\"", "/digest", FEED_TROUBLE_REFUSED, "not accepted"},
		{"", "https", "", "/gate/loop", FEED_TROUBLE_NONE, ""},
		{"user-agent = \"Firefox/1\"", "https", "", "/gate/loop", FEED_TROUBLE_REFUSED, "user-agent"},
		{"proxy = \"http://127.0.0.1:PORT\"", "https", "", "/ok", FEED_TROUBLE_NO_CONTACT, "407"},
		{"proxy = \"http://127.0.0.1:PORT\" proxy-credential = \"proxy\"", "https", "", "/ok",
		 FEED_TROUBLE_NONE, ""},
		{"proxy-credential = \"proxy\"", "https", "", "/ok", FEED_TROUBLE_SETUP, "names no proxy"},
		{"proxy-credential = \"absent\"", "https", "", "/ok", FEED_TROUBLE_SETUP, "absent cannot be read"},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct worker worker;
		char text[1024], url[HTTPS_URL_MAX], credential[2 * HTTPS_URL_MAX], port[16];
		snprintf(text, sizeof(text),
			 "feed \"desks\" { kind = bookings credential = \"desks-url\" ca-file = \"%s\" %s }\n",
			 https.ca_file, cases[i].keys);
		char *at = strstr(text, "PORT");
		if (at) {
			snprintf(port, sizeof(port), "%04d", https_port(&https, "loginproxy"));
			memmove(at + strlen(port), at + 4, strlen(at + 4) + 1);
			memcpy(at, port, strlen(port));
		}
		worker_set_up(&worker, text);
		snprintf(credential, sizeof(credential), "%s%s\n%s", cases[i].scheme,
			 https_url(&https, "good", cases[i].path, url) + strlen("https"), cases[i].login);
		worker_write(&worker, "credentials/desks-url", credential);
		worker_write(&worker, "credentials/proxy", "user = \"anna\"\npassword = \"hemligt:lösen\"");
		worker_open(&worker);
		check_round(&worker, cases[i].trouble, cases[i].words, 0);
		worker_tear_down(&worker);
	}
}

/* Other patterns make other rows of the same bytes. */
static void test_changed_settings_read_anew(void **state)
{
	(void)state;
	struct worker worker;
	char url[HTTPS_URL_MAX], text[1024];
	serve_calendar("a.ics", 9, 2);
	set_up_url(&worker, https_url(&https, "good", "/file/a.ics", url));
	check_round(&worker, FEED_TROUBLE_NONE, "", 2);
	snprintf(text, sizeof(text),
		 "office \"O\" { zone = \"Europe/Stockholm\" opens = \"07:00\" closes = \"18:00\" }\n"
		 "feed \"desks\" { kind = bookings url = \"%s\" ca-file = \"%s\" names = initials person = '^(.*) [–-] "
		 "' }\n",
		 url, https.ca_file);
	worker_write(&worker, "kiosk.conf", text);
	struct worker other;
	worker_join(&other, &worker);
	sync_destroy(worker.sync);
	worker.sync = NULL;
	worker_open(&other);
	check_round(&other, FEED_TROUBLE_NONE, "", 2);
	struct snapshot *snapshot = sync_snapshot(other.sync);
	assert_string_equal(snapshot->rows.items[0].title, "N.S.");
	assert_string_equal(snapshot->rows.items[0].place, "");
	snapshot_unref(snapshot);
	worker_close(&other);
	worker_tear_down(&worker);
}

/* A law changes: the same bytes, which the server says are unchanged, are other instants now. */
static void test_changed_tzdata_reads_anew(void **state)
{
	(void)state;
	static const char text[] = "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:a\nSUMMARY:A B – Kontorsplats 1\n"
				   "DTSTART;TZID=Europe/Oslo:20261123T090000\nDURATION:PT1H\nEND:VEVENT\n"
				   "END:VCALENDAR\n";
	static const struct {
		const char *version, *rule;
		int64_t hour;
	} rows[] = {
		{"# version 2026a\n", "CET-1", 8},
		{"# version 2026b\n", "AAA-3", 6},
		{"# version 2026b\n", "AAA-3", 6},
	};
	char folder[TZFILES_PATH_MAX];
	struct worker worker;
	char url[HTTPS_URL_MAX];
	assert_true(https_put(&https, "law.ics", text));
	set_up_url(&worker, https_url(&https, "good", "/file/law.ics", url));
	tzfiles_create(folder);
	tzfiles_put_rule(folder, "Europe/Stockholm", "CET-1");
	worker.zoneinfo = folder;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		tzfiles_put_rule(folder, "Europe/Oslo", rows[i].rule);
		tzfiles_put(folder, "tzdata.zi", rows[i].version, strlen(rows[i].version));
		reopen(&worker);
		check_round(&worker, FEED_TROUBLE_NONE, "", 1);
		struct snapshot *snapshot = sync_snapshot(worker.sync);
		int64_t day_s = (int64_t)civil_day(2026, 11, 23) * DAY_S;
		assert_int_equal(snapshot->rows.items[0].span.start_utc, day_s + rows[i].hour * 3600);
		snapshot_unref(snapshot);
	}
	worker_tear_down(&worker);
	tzfiles_remove(folder);
}

static void test_window_moves_with_the_day(void **state)
{
	(void)state;
	struct worker worker;
	set_up_path(&worker);
	clock_init_still(&worker.clock, clock_utc_s(&worker.clock));
	reopen(&worker);
	write_calendar(&worker, 9, 2);
	check_round(&worker, FEED_TROUBLE_NONE, "", 2);
	clock_advance(&worker.clock, INT64_C(3) * 86400 * 1000); /* the file is the same, but its bookings are past */
	check_round(&worker, FEED_TROUBLE_NONE, "", 0);
	worker_tear_down(&worker);
}

static void test_clock_that_was_never_set(void **state)
{
	(void)state;
	struct worker worker;
	set_up_path(&worker);
	write_calendar(&worker, 9, 2);
	check_round(&worker, FEED_TROUBLE_NONE, "", 2);
	clock_init_still(&worker.clock, 1000); /* 1970 */
	reopen(&worker);
	check_round(&worker, FEED_TROUBLE_NONE, "", 2);
	write_calendar(&worker, 9, 3);
	check_round(&worker, FEED_TROUBLE_NONE, "", 3);
	worker_tear_down(&worker);
}

static struct command check_in(uint64_t number, const char *id)
{
	struct command command = {.kind = COMMAND_CHECK_IN, .number = number};
	snprintf(command.id, sizeof(command.id), "%s", id);
	return command;
}

static void test_commands(void **state)
{
	(void)state;
	struct worker worker;
	struct err err = {""};
	set_up_path(&worker);
	write_calendar(&worker, 8, 3); /* from 09:00 in the office's zone: now */
	check_round(&worker, FEED_TROUBLE_NONE, "", 3);
	struct command command = check_in(1, "booking-0");
	struct snapshot_result result = sync_do(worker.sync, &command, &err);
	assert_int_equal(result.outcome, JOURNAL_APPENDED);
	command.number = 2;
	struct snapshot_result again = sync_do(worker.sync, &command, &err);
	assert_int_equal(again.outcome, JOURNAL_REPEATED);
	assert_int_equal(again.entry, result.entry);
	command = check_in(3, "nobody");
	assert_int_equal(sync_do(worker.sync, &command, &err).outcome, JOURNAL_REFUSED);
	assert_true(err.text[0] != '\0');
	command = (struct command){.kind = COMMAND_CHECK_OUT, .number = 4, .place = "1"};
	assert_int_equal(sync_do(worker.sync, &command, &err).outcome, JOURNAL_APPENDED);
	struct snapshot *snapshot = sync_snapshot(worker.sync);
	assert_int_equal(snapshot->entries.count, 2);
	assert_int_equal(snapshot->result_count, 4);
	assert_int_equal(snapshot->results[0].command, 1);
	assert_string_equal(snapshot->entries.items[0].label, "Nils S.");
	snapshot_unref(snapshot);
	reopen(&worker); /* and it was on the disk */
	snapshot = sync_snapshot(worker.sync);
	assert_int_equal(snapshot->entries.count, 2);
	snapshot_unref(snapshot);
	worker_tear_down(&worker);
}

static void test_state_directory_is_none(void **state)
{
	(void)state;
	struct worker worker;
	struct err err = {""};
	worker_set_up(&worker, "feed \"desks\" { kind = bookings path = \"desks.ics\" }\n" PLACES);
	write_calendar(&worker, 8, 3);
	assert_int_equal(rmdir(worker.state_dir), 0);
	worker_write(&worker, "state", "a file in the folder's place");
	worker_open(&worker);
	struct snapshot *snapshot = sync_snapshot(worker.sync);
	assert_false(snapshot->journal_ok);
	assert_true(snapshot->store_message[0] != '\0');
	snapshot_unref(snapshot);
	struct command command = check_in(1, "booking-0");
	assert_int_equal(sync_do(worker.sync, &command, &err).outcome, JOURNAL_NOT_SAVED);
	assert_true(err.text[0] != '\0');
	assert_int_equal(unlink(worker.state_dir), 0);
	assert_int_equal(mkdir(worker.state_dir, 0700), 0); /* the disk is back */
	command.number = 2;
	assert_int_equal(sync_do(worker.sync, &command, &err).outcome, JOURNAL_REFUSED); /* not known yet */
	check_round(&worker, FEED_TROUBLE_NONE, "", 3);
	command.number = 3;
	assert_int_equal(sync_do(worker.sync, &command, &err).outcome, JOURNAL_APPENDED);
	snapshot = sync_snapshot(worker.sync);
	assert_true(snapshot->journal_ok);
	assert_string_equal(snapshot->store_message, "");
	snapshot_unref(snapshot);
	worker_tear_down(&worker);
}

static void test_reader_is_missing(void **state)
{
	(void)state;
	struct worker worker;
	worker_set_up(&worker, "feed \"desks\" { kind = bookings path = \"desks.ics\" }\n" PLACES);
	write_calendar(&worker, 8, 3);
	worker.reader = "/nonexistent/icsread";
	worker_open(&worker);
	check_round(&worker, FEED_TROUBLE_SETUP, "could not be started", 0);
	worker_tear_down(&worker);
}

static void test_old_check_ins_are_purged(void **state)
{
	(void)state;
	struct worker worker;
	struct err err = {""};
	set_up_path(&worker);
	write_calendar(&worker, 8, 1);
	clock_init_still(&worker.clock, clock_utc_s(&worker.clock));
	reopen(&worker);
	check_round(&worker, FEED_TROUBLE_NONE, "", 1);
	struct command command = check_in(1, "booking-0");
	assert_int_equal(sync_do(worker.sync, &command, &err).outcome, JOURNAL_APPENDED);
	clock_advance(&worker.clock, INT64_C(30) * 86400 * 1000); /* to the retention's last day */
	sync_run_once(worker.sync, NULL, NULL);
	struct journal *journal = NULL;
	struct journal_entries entries = {0};
	assert_int_equal(journal_open(worker.state_dir, NULL, &journal, &err), JOURNAL_OPENED);
	assert_true(journal_read(journal, 0, &entries, &err));
	assert_int_equal(entries.count, 1);
	journal_entries_finish(&entries);
	reopen(&worker);
	clock_advance(&worker.clock, INT64_C(2) * 86400 * 1000);
	sync_run_once(worker.sync, NULL, NULL);
	assert_true(journal_read(journal, 0, &entries, &err));
	assert_int_equal(entries.count, 0);
	journal_entries_finish(&entries);
	journal_close(journal);
	worker_tear_down(&worker);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows_are_reduced),
		cmocka_unit_test(test_age_is_renewed),
		cmocka_unit_test(test_failures_keep_the_rows),
		cmocka_unit_test(test_troubles),
		cmocka_unit_test(test_retry_after),
		cmocka_unit_test(test_shrunk_feed_must_shrink_twice),
		cmocka_unit_test(test_shrunk_feed_may_come_back),
		cmocka_unit_test(test_patterns_have_a_budget),
		cmocka_unit_test(test_path),
		cmocka_unit_test(test_credentials),
		cmocka_unit_test(test_ways_to_a_feed),
		cmocka_unit_test(test_changed_settings_read_anew),
		cmocka_unit_test(test_changed_tzdata_reads_anew),
		cmocka_unit_test(test_window_moves_with_the_day),
		cmocka_unit_test(test_clock_that_was_never_set),
		cmocka_unit_test(test_commands),
		cmocka_unit_test(test_state_directory_is_none),
		cmocka_unit_test(test_reader_is_missing),
		cmocka_unit_test(test_old_check_ins_are_purged),
	};
	return cmocka_run_group_tests(tests, https_set_up, https_tear_down);
}
