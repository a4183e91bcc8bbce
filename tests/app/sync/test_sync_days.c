/* The days that the screens show: the kiosk keeps the bookings of those alone in memory, and the cache has all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ical/civil.h"
#include "worker.h"

enum { DAYS = 40 };

static const char office[] =
	"feed \"desks\" { kind = bookings path = \"desks.ics\" refresh = 3600 names = full person = '^(.*) [–-] ' }\n"
	"feed \"council\" { kind = meetings path = \"council.ics\" names = full }\n"
	"feed \"closed\" { kind = closures path = \"closed.ics\" names = full }\n"
	"place \"1\" { name = \"Plats 1\" kind = desk feed = \"desks\" match = \"Kontorsplats\" }\n";

static void put_event(FILE *out, int32_t day, const char *what, bool is_all_day)
{
	struct civil date = civil_from_local(day * (int64_t)DAY_S);
	fprintf(out, "BEGIN:VEVENT\r\nUID:%s-%d\r\nDTSTART%s:%04d%02d%02d%s\r\nSUMMARY:%s\r\nEND:VEVENT\r\n", what, day,
		is_all_day ? ";VALUE=DATE" : "", date.year, date.month, date.day,
		is_all_day ? "" : "T090000Z\r\nDURATION:PT1H", is_all_day ? "Stängt" : "Nils – Kontorsplats");
}

/* One event on each of the days. */
static void write_feed(const struct worker *worker, const char *name, int32_t first, int days, bool is_all_day)
{
	char *text = NULL;
	size_t length = 0;
	FILE *out = open_memstream(&text, &length);
	assert_non_null(out);
	fprintf(out, "BEGIN:VCALENDAR\r\n");
	for (int i = 0; i < days; i++) {
		put_event(out, first + i, name, is_all_day);
	}
	fprintf(out, "END:VCALENDAR\r\n");
	fclose(out);
	worker_write(worker, name, text);
	free(text);
}

static int32_t day_of(const char *text)
{
	int64_t local_s = 0;
	assert_true(civil_parse(text, &local_s));
	return (int32_t)(local_s / DAY_S);
}

struct seen {
	size_t rows;
	int32_t last_day;
	int32_t to_day; /* that the feed covers */
};

static struct seen look(struct worker *worker, const char *feed)
{
	struct snapshot *snapshot = sync_snapshot(worker->sync);
	struct seen seen = {0};
	for (size_t i = 0; i < snapshot->rows.count; i++) {
		const struct cache_row *row = &snapshot->rows.items[i];
		if (strcmp(row->feed, feed) == 0) {
			seen.rows++;
			seen.last_day =
				row->span.all_day ? row->span.start_day : (int32_t)(row->span.start_utc / DAY_S);
		}
	}
	for (size_t i = 0; i < snapshot->feed_count; i++) {
		seen.to_day = strcmp(snapshot->feeds[i].name, feed) == 0 ? snapshot->feeds[i].to_day : seen.to_day;
	}
	snapshot_unref(snapshot);
	return seen;
}

static void set_up(struct worker *worker, bool shown_days_only)
{
	worker_set_up(worker, office);
	write_feed(worker, "desks.ics", day_of("2026-11-23T00:00"), DAYS, false);
	write_feed(worker, "council.ics", day_of("2026-11-23T00:00"), DAYS, false);
	write_feed(worker, "closed.ics", day_of("2026-11-25T00:00"), 1, true);
	worker->shown_days_only = shown_days_only;
	worker_open(worker);
	assert_true(sync_run_files(worker->sync));
}

/* Monday 23, Tuesday, not Wednesday 25, Thursday, Friday, Saturday: five days; and Sunday 29, which is one of them once
 * the office has closed today. */
static void the_screens_get_the_days_that_they_show(void **state)
{
	(void)state;
	struct worker worker;
	set_up(&worker, true);
	struct seen seen = look(&worker, "desks");
	assert_int_equal(seen.last_day, day_of("2026-11-29T00:00"));
	assert_int_equal(seen.rows, 7);
	assert_int_equal(look(&worker, "council").rows, DAYS); /* meetings are listed however far ahead */
	assert_int_equal(seen.to_day, day_of("2026-11-23T00:00") + SYNC_BOOKINGS_DAYS);
	worker_tear_down(&worker);
}

static void a_command_gets_all_days(void **state)
{
	(void)state;
	struct worker worker;
	set_up(&worker, false);
	assert_int_equal(look(&worker, "desks").rows, DAYS);
	worker_tear_down(&worker);
}

static void a_closed_day_more_shows_a_day_more(void **state)
{
	(void)state;
	struct worker worker;
	set_up(&worker, true);
	write_feed(&worker, "closed.ics", day_of("2026-11-25T00:00"), 2, true);
	assert_true(sync_run_files(worker.sync));
	assert_int_equal(look(&worker, "desks").last_day, day_of("2026-11-30T00:00"));
	worker_tear_down(&worker);
}

/* The feeds say nothing new, and the next day is shown nevertheless; also after another start. */
static void the_next_day_shows_another_day(void **state)
{
	(void)state;
	struct worker worker;
	set_up(&worker, true);
	clock_init_at(&worker.clock, clock_utc_s(&worker.clock) + DAY_S);
	assert_true(sync_run_files(worker.sync));
	assert_int_equal(look(&worker, "desks").last_day, day_of("2026-11-30T00:00"));
	sync_destroy(worker.sync);
	worker_open(&worker);
	assert_int_equal(look(&worker, "desks").last_day, day_of("2026-11-30T00:00"));
	worker_tear_down(&worker);
}

static bool claims_less(const struct snapshot *snapshot, const void *context)
{
	bool is_so = false;
	for (size_t i = 0; i < snapshot->feed_count; i++) {
		bool is_desks = strcmp(snapshot->feeds[i].name, "desks") == 0;
		is_so = is_so || (is_desks && snapshot->feeds[i].to_day <= *(const int32_t *)context);
	}
	return is_so;
}

/* Somebody removes the cache: what is shown stays and is written again, no day is claimed that is not in memory, and
 * the next look gets all. */
static void a_lost_cache_is_filled_again(void **state)
{
	(void)state;
	struct worker worker;
	struct err err = {""};
	char path[128];
	const int32_t last_day = day_of("2026-11-30T00:00");
	set_up(&worker, true);
	snprintf(path, sizeof(path), "%s/" CACHE_FILE, worker.state_dir);
	assert_true(sync_start(worker.sync, &err));
	assert_int_equal(unlink(path), 0);
	worker_wait(&worker, claims_less, &last_day);
	assert_int_equal(look(&worker, "desks").rows, 7);
	sync_stop(worker.sync);
	assert_true(sync_run_files(worker.sync));
	assert_int_equal(look(&worker, "desks").to_day, day_of("2026-11-23T00:00") + SYNC_BOOKINGS_DAYS);
	sync_destroy(worker.sync);
	worker.shown_days_only = false;
	worker_open(&worker);
	assert_int_equal(look(&worker, "desks").rows, DAYS);
	worker_tear_down(&worker);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_screens_get_the_days_that_they_show),
		cmocka_unit_test(a_command_gets_all_days),
		cmocka_unit_test(a_closed_day_more_shows_a_day_more),
		cmocka_unit_test(the_next_day_shows_another_day),
		cmocka_unit_test(a_lost_cache_is_filled_again),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
