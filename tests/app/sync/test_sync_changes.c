/* A large calendar of which little has changed: only that is read, and what is shown is what the whole of it says.
 * Between the worker and the real icsread stands a script that keeps what it was given. */
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

#include "worker.h"

enum { BOOKINGS = 40 };

static const char office[] =
	"feed \"desks\" { kind = bookings path = \"desks.ics\" names = full person = '^(.*) [–-] ' }\n"
	"feed \"room\" { kind = bookings path = \"room.ics\" names = full person = '^(.*) [–-] ' }\n"
	"place \"1\" { name = \"Plats 1\" kind = desk feed = \"desks\" match = \"Kontorsplats\" }\n"
	"place \"R\" { name = \"Rum\" kind = room feed = \"room\" match = \"Rum\" }\n";

/* What one round finds in the calendar: bookings 0 … BOOKINGS-1, an hour each, but for these. */
struct round {
	const char *what;
	int missing, renamed, moved, added; /* number of a booking; -1 none */
	const char *header;                 /* lines behind BEGIN:VCALENDAR */
	const char *extra;                  /* lines before its END */
	size_t rows;
	bool is_whole;  /* all of it has to be read */
	bool is_unread; /* nothing has to be */
};

#define NOWHERE                                                                                                        \
	"BEGIN:VEVENT\r\nUID:odd\r\nDTSTART;TZID=Nowhere:20261123T120000\r\nDURATION:PT1H\r\n"                         \
	"SUMMARY:Eva – Kontorsplats\r\nEND:VEVENT\r\n"

/* A booking in the window, on a day that no screen shows. */
#define FAR                                                                                                            \
	"BEGIN:VEVENT\r\nUID:far\r\nDTSTART:20270110T090000Z\r\nDURATION:PT1H\r\n"                                     \
	"SUMMARY:Eva – Kontorsplats\r\nEND:VEVENT\r\n"

static const struct round rounds[] = {
	{"first", -1, -1, -1, -1, "", "", BOOKINGS, true, false},
	{"the same", -1, -1, -1, -1, "", "", BOOKINGS, false, true},
	{"one renamed", -1, 7, -1, -1, "", "", BOOKINGS, false, false},
	{"back again", -1, -1, -1, -1, "", "", BOOKINGS, false, false},
	{"one moved out of the window", -1, -1, 9, -1, "", "", BOOKINGS - 1, false, false},
	{"… and back", -1, -1, -1, -1, "", "", BOOKINGS, false, false},
	{"one missing", 0, -1, -1, -1, "", "", BOOKINGS - 1, false, false},
	{"another one too", 0, 3, -1, 100, "", "", BOOKINGS, false, false},
	{"another header", 0, 3, -1, 100, "X-WR-CALNAME:Bord\r\n", "", BOOKINGS, true, false},
	{"an event that cannot be read", 0, 3, -1, 100, "X-WR-CALNAME:Bord\r\n",
	 "BEGIN:VEVENT\r\nUID:bad\r\nDTSTART:x\r\nEND:VEVENT\r\n", BOOKINGS, true, false},
	{"that one is counted each time", 0, 4, -1, 100, "X-WR-CALNAME:Bord\r\n",
	 "BEGIN:VEVENT\r\nUID:bad\r\nDTSTART:x\r\nEND:VEVENT\r\n", BOOKINGS, true, false},
	{"and then no more", 0, 4, -1, 100, "X-WR-CALNAME:Bord\r\n", "", BOOKINGS, true, false},
	{"one renamed", 0, 5, -1, 100, "X-WR-CALNAME:Bord\r\n", "", BOOKINGS, false, false},
	{"a zone that nobody knows", 0, 5, -1, 100, "X-WR-CALNAME:Bord\r\n", NOWHERE, BOOKINGS + 1, true, false},
	{"that one is reported each time", 0, 4, -1, 100, "X-WR-CALNAME:Bord\r\n", NOWHERE, BOOKINGS + 1, true, false},
	{"and then no more", 0, 4, -1, 100, "X-WR-CALNAME:Bord\r\n", "", BOOKINGS, true, false},
};

/* The server stamps every answer anew, with the minute in which it is sent. */
static void write_booking(FILE *out, const struct round *round, int minute, int number)
{
	fprintf(out,
		"BEGIN:VEVENT\r\nUID:booking-%d\r\nDTSTAMP:20261123T05%02d00Z\r\nDTSTART:20261123T%02d%02d00Z\r\n"
		"DURATION:PT1H\r\nSUMMARY:%s %d – Kontorsplats\r\nEND:VEVENT\r\n",
		number, minute, 7 + number % 10, number / 10, number == round->renamed ? "Sara" : "Nils", number);
}

static void write_calendar(const struct worker *worker, const struct round *round, int minute)
{
	char *text = NULL;
	size_t length = 0;
	FILE *out = open_memstream(&text, &length);
	assert_non_null(out);
	fprintf(out, "BEGIN:VCALENDAR\r\n%s", round->header);
	for (int i = 0; i < BOOKINGS; i++) {
		if (i == round->moved) {
			fprintf(out, "BEGIN:VEVENT\r\nUID:booking-%d\r\nDTSTART:20280101T090000Z\r\nEND:VEVENT\r\n", i);
		} else if (i != round->missing) {
			write_booking(out, round, minute, i);
		}
	}
	if (round->added >= 0) {
		write_booking(out, round, minute, round->added);
	}
	fprintf(out, "%sEND:VCALENDAR\r\n", round->extra);
	assert_int_equal(fclose(out), 0);
	worker_write(worker, "desks.ics", text);
	free(text);
}

static void make_reader(struct worker *worker, char *out_path, size_t size)
{
	char script[512];
	snprintf(out_path, size, "%s/reader", worker->dir);
	snprintf(script, sizeof(script), "#!/bin/sh\n/usr/bin/tee -a %s/seen | %s \"$@\"\n", worker->dir,
		 KIOSK_BINARY_DIR "/bin/icsread");
	worker_write(worker, "reader", script);
	assert_int_equal(chmod(out_path, 0700), 0);
	worker->reader = out_path;
}

/* How many bytes the reader was given since the last time. */
static long take_seen(const struct worker *worker)
{
	char path[128];
	struct stat about = {0};
	snprintf(path, sizeof(path), "%s/seen", worker->dir);
	long size = stat(path, &about) == 0 ? (long)about.st_size : -1;
	unlink(path);
	return size;
}

static bool has_row(const struct worker *worker, const struct snapshot *snapshot, int number, const char *first_name)
{
	char uid[32], name[IDENTITY_NAME_SIZE], title[32];
	snprintf(uid, sizeof(uid), "booking-%d", number);
	worker_name(worker, uid, name);
	snprintf(title, sizeof(title), "%s %d", first_name, number);
	for (size_t i = 0; i < snapshot->rows.count; i++) {
		const struct cache_row *row = &snapshot->rows.items[i];
		if (strcmp(row->uid, name) == 0 && strcmp(row->feed, "desks") == 0) {
			return strcmp(row->title, title) == 0;
		}
	}
	return false;
}

static void check_rows(const struct worker *worker, const struct snapshot *snapshot, const struct round *round)
{
	assert_int_equal(snapshot->rows.count, round->rows + 1); /* and the other feed's */
	for (int i = 0; i < BOOKINGS; i++) {
		bool is_there = i != round->missing && i != round->moved;
		if (has_row(worker, snapshot, i, i == round->renamed ? "Sara" : "Nils") != is_there) {
			fail_msg("%s: booking %d", round->what, i);
		}
	}
	assert_true(has_row(worker, snapshot, round->added, "Nils") == (round->added >= 0));
}

static void check_seen(const struct worker *worker, const struct round *round)
{
	char path[128];
	struct stat about = {0};
	long seen = take_seen(worker);
	snprintf(path, sizeof(path), "%s/desks.ics", worker->dir);
	assert_int_equal(stat(path, &about), 0);
	if (round->is_unread  ? seen >= 0
	    : round->is_whole ? seen < about.st_size
			      : seen < 0 || seen > about.st_size / 4) {
		fail_msg("%s: %ld of %ld bytes were read", round->what, seen, (long)about.st_size);
	}
}

static void write_room(const struct worker *worker)
{
	worker_write(worker, "room.ics",
		     "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:booking-7\r\nDTSTART:20261123T090000Z\r\nDURATION:PT1H\r\n"
		     "SUMMARY:Eva – Rum\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
}

static const char *notes_of(const struct round *round)
{
	if (strstr(round->extra, "UID:bad")) {
		return "{\"skipped\":{\"bad-start\":1},\"assumed\":{}}";
	}
	if (strstr(round->extra, "UID:odd")) {
		return "{\"skipped\":{},\"assumed\":{\"unknown-zone\":1}}";
	}
	return "{\"skipped\":{},\"assumed\":{}}";
}

/* What is shown after a change is, row by row, what another program reads from the cache. */
static void check_as_stored(const struct worker *worker)
{
	struct worker other;
	worker_join(&other, worker);
	other.shown_days_only = worker->shown_days_only;
	worker_open(&other);
	struct snapshot *mine = sync_snapshot(worker->sync), *stored = sync_snapshot(other.sync);
	assert_int_equal(mine->rows.count, stored->rows.count);
	for (size_t i = 0; i < mine->rows.count; i++) {
		const struct cache_row *a = &mine->rows.items[i], *b = &stored->rows.items[i];
		assert_int_equal(cache_row_compare(a, b), 0);
		assert_int_equal(a->span.end_utc, b->span.end_utc);
	}
	snapshot_unref(mine);
	snapshot_unref(stored);
	worker_close(&other);
}

static void test_only_what_changed_is_read(void **state)
{
	struct worker worker;
	char reader[96];
	(void)state;
	worker_set_up(&worker, office);
	write_room(&worker);
	write_calendar(&worker, &rounds[0], 0);
	make_reader(&worker, reader, sizeof(reader));
	worker_open(&worker);
	for (size_t i = 0; i < sizeof(rounds) / sizeof(rounds[0]); i++) {
		write_calendar(&worker, &rounds[i], (int)i);
		sync_run_once(worker.sync, NULL, NULL);
		struct snapshot *snapshot = sync_snapshot(worker.sync);
		assert_string_equal(snapshot->feeds[0].message, "");
		assert_int_equal(snapshot->feeds[0].skipped, strstr(rounds[i].extra, "UID:bad") ? 1 : 0);
		assert_string_equal(snapshot->feeds[0].notes, notes_of(&rounds[i]));
		check_rows(&worker, snapshot, &rounds[i]);
		snapshot_unref(snapshot);
		check_seen(&worker, &rounds[i]);
		check_as_stored(&worker);
	}
	worker_tear_down(&worker);
}

/* Small changes, one after the other, for a program that keeps only some days: some of what changes is not among them,
 * and from time to time all of it is read again. */
static void test_many_small_changes(void **state)
{
	enum { CHANGES = 2 * SYNC_PATCHES_MAX + 3 };
	struct worker worker;
	(void)state;
	worker_set_up(&worker, office);
	worker.shown_days_only = true;
	write_room(&worker);
	write_calendar(&worker, &rounds[0], 0);
	worker_open(&worker);
	assert_true(sync_run_files(worker.sync));
	for (int i = 0; i < CHANGES; i++) {
		const struct round round = {.what = "one of many",
					    .missing = i % 5 == 3 ? i : -1,
					    .renamed = i % BOOKINGS,
					    .moved = -1,
					    .added = i % 3 == 0 ? 100 + i : -1,
					    .header = "",
					    .extra = i % 4 < 2 ? "" : FAR,
					    .rows = (size_t)(BOOKINGS - (i % 5 == 3) + (i % 3 == 0))};
		write_calendar(&worker, &round, i + 1);
		assert_true(sync_run_files(worker.sync));
		struct snapshot *snapshot = sync_snapshot(worker.sync);
		check_rows(&worker, snapshot, &round);
		snapshot_unref(snapshot);
		check_as_stored(&worker);
	}
	worker_tear_down(&worker);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_only_what_changed_is_read),
		cmocka_unit_test(test_many_small_changes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
