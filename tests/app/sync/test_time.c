/* The machine's own clock when it is wrong: never set, not synchronised, set forward or back by hours, a month asleep.
 * clock_gettime and adjtimex are this test's (linked with --wrap). What must never follow from such a clock: a no-show,
 * a place given away, a check-in erased. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timex.h>
#include <time.h>

#include "app/base/limits.h"
#include "app/office/office.h"
#include "tests/ical/https.h"
#include "worker.h"

#define DAY INT64_C(86400)
#define NOW_UTC INT64_C(1795420860) /* 2026-11-23 09:01 in the office's zone; the bookings are from 09:00 to 10:00 */

int __wrap_clock_gettime(clockid_t id, struct timespec *out);
int __wrap_adjtimex(struct timex *state);

static struct {
	int64_t real_s, boot_s, asleep_s;
	bool is_synchronised;
} machine;

/* A sandbox refuses the question whether the clock is synchronised. */
static bool is_refused;

int __wrap_clock_gettime(clockid_t id, struct timespec *out)
{
	*out = (struct timespec){.tv_sec = id == CLOCK_REALTIME   ? machine.real_s
					   : id == CLOCK_BOOTTIME ? machine.boot_s
								  : machine.boot_s - machine.asleep_s};
	return 0;
}

int __wrap_adjtimex(struct timex *state)
{
	if (is_refused) {
		errno = EPERM;
		return -1;
	}
	state->status = machine.is_synchronised ? 0 : STA_UNSYNC;
	return machine.is_synchronised ? TIME_OK : TIME_ERROR;
}

static void pass(int64_t real_s, int64_t boot_s, bool is_synchronised)
{
	machine.real_s += real_s;
	machine.boot_s += boot_s;
	machine.is_synchronised = is_synchronised;
}

enum { STEPS_MAX = 5 };

static const struct {
	const char *what;
	int64_t start_s;
	struct {
		int64_t real_s, boot_s; /* by how much each clock goes on; 0 0: the end */
		bool is_synchronised, is_trusted;
	} steps[STEPS_MAX];
} clocks[] = {
	{"boots in 1970, is set by the network",
	 1000,
	 {{1, 1, false, false}, {60, 60, false, false}, {NOW_UTC, 5, true, true}, {1, 1, true, true}}},
	{"boots in 1970, says that it is synchronised", 1000, {{1, 1, true, false}}},
	{"boots with the last shutdown's time", NOW_UTC, {{1, 1, false, false}, {7200, 1, true, true}}},
	{"goes on", NOW_UTC, {{1, 1, true, true}, {3600, 3600, true, true}, {DAY, DAY, true, true}}},
	{"is set forward by an hour",
	 NOW_UTC,
	 {{1, 1, true, true},
	  {3600, 0, true, false},
	  {CLOCK_SETTLE_S - 1, CLOCK_SETTLE_S - 1, true, false},
	  {1, 1, true, true}}},
	{"is set back by three hours",
	 NOW_UTC,
	 {{1, 1, true, true}, {-3 * 3600, 0, true, false}, {CLOCK_SETTLE_S, CLOCK_SETTLE_S, true, true}}},
	{"is set to 1970", NOW_UTC, {{1, 1, true, true}, {-NOW_UTC, 0, true, false}, {3600, 3600, true, false}}},
	{"is set by a minute",
	 NOW_UTC,
	 {{1, 1, true, true}, {CLOCK_JUMP_S, 0, true, true}, {-CLOCK_JUMP_S, 0, true, true}}},
	{"is set by more", NOW_UTC, {{1, 1, true, true}, {CLOCK_JUMP_S + 1, 0, true, false}}},
	{"loses its server", NOW_UTC, {{1, 1, true, true}, {60, 60, false, false}, {60, 60, true, true}}},
	{"sleeps for a month", NOW_UTC, {{1, 1, true, true}, {31 * DAY, 31 * DAY, true, true}}},
};

static void test_what_is_trusted(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(clocks) / sizeof(clocks[0]); i++) {
		struct clock clock;
		machine.real_s = clocks[i].start_s;
		machine.boot_s = 10;
		machine.is_synchronised = false;
		clock_init(&clock);
		for (size_t step = 0; step < STEPS_MAX && clocks[i].steps[step].real_s != 0; step++) {
			pass(clocks[i].steps[step].real_s, clocks[i].steps[step].boot_s,
			     clocks[i].steps[step].is_synchronised);
			if (clock_is_trusted(&clock) != clocks[i].steps[step].is_trusted) {
				fail_msg("a clock that %s: step %zu", clocks[i].what, step);
			}
		}
	}
}

/* A refused question is no answer: the clock is trusted once a server has said the same time, until it jumps. */
static void test_a_refusal_is_no_trust(void **state)
{
	(void)state;
	struct clock clock;
	machine.real_s = NOW_UTC;
	machine.boot_s = 10;
	is_refused = true;
	clock_init(&clock);
	assert_false(clock_is_trusted(&clock));
	clock_confirm(&clock);
	assert_true(clock_is_trusted(&clock));
	pass(3600, 3600, true);
	assert_true(clock_is_trusted(&clock));
	pass(35 * DAY, 1, true);
	assert_false(clock_is_trusted(&clock));
	pass(CLOCK_SETTLE_S, CLOCK_SETTLE_S, true);
	assert_false(clock_is_trusted(&clock));
	clock_confirm(&clock);
	assert_true(clock_is_trusted(&clock));
	is_refused = false;
}

static void set_up(struct worker *worker)
{
	worker_set_up(worker, "checkin { retention-days = 30 }\n"
			      "feed \"desks\" { kind = bookings path = \"desks.ics\" refresh = 120 }\n"
			      "place \"1\" { name = \"1\" kind = desk feed = \"desks\" match = \"Kontorsplats 1\" }\n"
			      "place \"2\" { name = \"2\" kind = desk feed = \"desks\" match = \"Kontorsplats 2\" }\n");
	char *text = worker_calendar(8, 2);
	worker_write(worker, "desks.ics", text);
	free(text);
	machine.real_s = NOW_UTC;
	machine.boot_s = 10;
	machine.asleep_s = 0;
	machine.is_synchronised = true;
	clock_init(&worker->clock);
	assert_true(clock_is_trusted(&worker->clock));
	worker_open(worker);
	assert_true(sync_run_once(worker->sync, NULL, NULL));
}

/* What the screen makes of the second place's booking, and whether anybody may have the place. */
static void check_office(struct worker *worker, int state, bool may_be_taken)
{
	struct snapshot *snapshot = sync_snapshot(worker->sync);
	struct office_input input = office_input_from_snapshot(worker->config, snapshot, clock_utc_s(&worker->clock),
							       clock_is_trusted(&worker->clock));
	struct office *office = office_create(&input);
	assert_non_null(office);
	char name[IDENTITY_NAME_SIZE];
	worker_name(worker, "booking-1", name);
	const struct office_booking *booking = office_find(office, name);
	assert_int_equal(booking ? (int)booking->state : -1, state);
	assert_int_equal(office->places[1].may_be_taken, may_be_taken);
	office_destroy(office);
	snapshot_unref(snapshot);
}

static void check_counts(struct worker *worker, size_t rows, size_t stored_entries)
{
	struct err err = {""};
	struct journal *journal = NULL;
	struct journal_entries entries = {0};
	struct snapshot *snapshot = sync_snapshot(worker->sync);
	assert_int_equal(snapshot->rows.count, rows);
	assert_int_equal(journal_open(worker->state_dir, NULL, &journal, &err), JOURNAL_OPENED);
	assert_true(journal_read(journal, 0, &entries, &err));
	assert_int_equal(entries.count, stored_entries);
	journal_entries_finish(&entries);
	journal_close(journal);
	snapshot_unref(snapshot);
}

static enum journal_appended drop_in(struct worker *worker)
{
	struct err err = {""};
	struct command command = {
		.kind = COMMAND_DROP_IN, .number = 7, .place = "2", .until_utc = clock_utc_s(&worker->clock) + 3600};
	return sync_do(worker->sync, &command, &err).outcome;
}

static void check_in(struct worker *worker)
{
	struct err err = {""};
	struct command command = {.kind = COMMAND_CHECK_IN, .number = 1, .place = "1", .id = "booking-0"};
	assert_int_equal(sync_do(worker->sync, &command, &err).outcome, JOURNAL_APPENDED);
}

/* Set forward by twenty minutes: who is awaited at 09:02 has not missed the time at 09:22. */
static void test_a_jump_makes_no_no_show(void **state)
{
	(void)state;
	struct worker worker;
	set_up(&worker);
	check_office(&worker, BOOKING_WAITING, false);
	pass(20 * 60, 0, true);
	sync_run_once(worker.sync, NULL, NULL);
	check_office(&worker, BOOKING_UNSURE, false);
	assert_int_equal(drop_in(&worker), JOURNAL_REFUSED);
	pass(-20 * 60, 0, true); /* it was a mistake */
	sync_run_once(worker.sync, NULL, NULL);
	check_office(&worker, BOOKING_WAITING, false);
	pass(CLOCK_SETTLE_S + 600, CLOCK_SETTLE_S + 600, true); /* 09:21, and nobody doubts it */
	sync_run_once(worker.sync, NULL, NULL);
	check_office(&worker, BOOKING_NO_SHOW, true);
	assert_int_equal(drop_in(&worker), JOURNAL_APPENDED);
	worker_tear_down(&worker);
}

/* A clock that lies forty days ahead erases no check-in; when it is right again, so is everything. */
static void test_a_jump_erases_nothing(void **state)
{
	(void)state;
	struct worker worker;
	set_up(&worker);
	check_in(&worker);
	check_counts(&worker, 2, 1);
	pass(40 * DAY, 0, true);
	sync_run_once(worker.sync, NULL, NULL);
	check_counts(&worker, 0, 1); /* no booking of now */
	check_office(&worker, -1, true);
	pass(-40 * DAY, 0, true);
	sync_run_once(worker.sync, NULL, NULL);
	check_counts(&worker, 2, 1);
	check_office(&worker, BOOKING_WAITING, false);
	worker_tear_down(&worker);
}

static bool shows_entries(const struct snapshot *snapshot, const void *context)
{
	return snapshot->entries.count == *(const size_t *)context;
}

static void look_again(struct worker *worker, int64_t days, size_t expected)
{
	char *text = worker_calendar(8, 2);
	pass(days * DAY, days * DAY, true);
	worker_write(worker, "desks.ics", text);
	free(text);
	worker_wait(worker, shows_entries, &expected);
}

/* The worker goes on over midnights: the screen keeps the check-ins of today and of a few days before, no others. */
static void test_days_pass(void **state)
{
	(void)state;
	struct err err = {""};
	struct worker worker;
	set_up(&worker);
	check_in(&worker);
	assert_true(sync_start(worker.sync, &err));
	look_again(&worker, SYNC_PAST_DAYS, 1);
	look_again(&worker, 1, 0);
	sync_stop(worker.sync);
	worker_tear_down(&worker);
}

/* The power was off and the clock has no battery: what is known stays until the time arrives from the network. */
static void test_boot_in_1970(void **state)
{
	(void)state;
	struct worker worker;
	set_up(&worker);
	check_in(&worker);
	sync_destroy(worker.sync);
	machine.real_s = 5;
	machine.boot_s = 5;
	machine.is_synchronised = false;
	clock_init(&worker.clock);
	worker_open(&worker);
	check_counts(&worker, 2, 1);
	sync_run_once(worker.sync, NULL, NULL);
	check_counts(&worker, 2, 1);
	check_office(&worker, -1, false); /* no booking is known, but what is known is of another day */
	pass(NOW_UTC + 20 * 60, 5, true); /* 09:21 */
	sync_run_once(worker.sync, NULL, NULL);
	check_counts(&worker, 2, 1);
	check_office(&worker, BOOKING_NO_SHOW, true);
	worker_tear_down(&worker);
}

/* Both clocks have gone on meanwhile: no jump, but another month, and old data until the feed is read. */
static void test_a_month_asleep(void **state)
{
	(void)state;
	struct worker worker;
	set_up(&worker);
	check_in(&worker);
	pass(31 * DAY, 31 * DAY, true);
	machine.asleep_s = 31 * DAY;
	check_office(&worker, -1, false);
	struct snapshot *snapshot = sync_snapshot(worker.sync);
	assert_int_equal(
		office_feed_age(&worker.config->feeds[0], snapshot->feeds[0].agreed_utc, clock_utc_s(&worker.clock)),
		AGE_OLD);
	snapshot_unref(snapshot);
	assert_true(sync_is_alive(worker.sync)); /* it has not been at anything for a month */
	sync_run_once(worker.sync, NULL, NULL);
	snapshot = sync_snapshot(worker.sync);
	assert_int_equal(snapshot->feeds[0].agreed_utc, clock_utc_s(&worker.clock));
	snapshot_unref(snapshot);
	check_counts(&worker, 0, 0); /* and what is older than the retention time is gone */
	worker_tear_down(&worker);
}

/* What a restart of the machine with its clock set to `days` after NOW_UTC does to a check-in of NOW_UTC, while the
 * calendar's server says that it is `server_days` after. */
struct boot {
	const char *what;
	double days, server_days; /* of the server: NOBODY when it cannot be reached */
	bool is_refused;
	size_t entries; /* afterwards */
};

#define NOBODY (-1.0)

static const struct boot boots[] = {
	{"an hour later", 0.04, 0.04, false, 1},
	{"35 days ahead, without a network", 35, NOBODY, false, 1},
	{"35 days ahead, without a network, nobody may ask the kernel", 35, NOBODY, true, 1},
	{"35 days ahead, and the server knows better", 35, 0.1, false, 1},
	{"35 days ahead, the server knows better, nobody may ask the kernel", 35, 0.1, true, 1},
	{"the next day it is the same", 36, 1.1, false, 1},
	{"35 days off: the server agrees", 35, 35, false, 1},
	{"the same day", 35.5, 35.5, false, 1},
	{"weeks without a network", 60, NOBODY, false, 1},
	{"it agrees again", 61, 61, false, 0},
};

static void boot(struct worker *worker, const struct boot *boot)
{
	char text[32], url[HTTPS_URL_MAX];
	sync_destroy(worker->sync);
	machine.real_s = NOW_UTC + (int64_t)(boot->days * (double)DAY);
	machine.boot_s = 5;
	machine.is_synchronised = true;
	is_refused = boot->is_refused;
	clock_init(&worker->clock);
	snprintf(text, sizeof(text), "%lld", (long long)NOW_UTC + (int64_t)(boot->server_days * (double)DAY));
	assert_true(https_put(&https, "now", text));
	https_url(&https, boot->server_days < 0 ? "plain" : "good", "/timed/desks.ics", url);
	worker_write(worker, "credentials/desks-url", url);
	worker_open(worker);
	sync_run_once(worker->sync, NULL, NULL);
	sync_run_once(worker->sync, NULL, NULL);
	is_refused = false;
}

/* Nothing is ever erased because of a clock alone. */
static void test_what_a_clock_erases(void **state)
{
	(void)state;
	struct worker worker;
	char text[512];
	char *calendar = worker_calendar(8, 2);
	assert_true(https_put(&https, "desks.ics", calendar));
	free(calendar);
	snprintf(text, sizeof(text),
		 "checkin { retention-days = 30 }\n"
		 "feed \"desks\" { kind = bookings credential = \"desks-url\" ca-file = \"%s\" }\n"
		 "place \"1\" { name = \"1\" kind = desk feed = \"desks\" match = \"Kontorsplats 1\" }\n",
		 https.ca_file);
	worker_set_up(&worker, text);
	boot(&worker, &(struct boot){"the first", 0, 0, false, 0});
	check_in(&worker);
	for (size_t i = 0; i < sizeof(boots) / sizeof(boots[0]); i++) {
		boot(&worker, &boots[i]);
		size_t count = worker_count_stored(&worker);
		if (count != boots[i].entries) {
			fail_msg("%s: %zu check-ins", boots[i].what, count);
		}
		struct snapshot *snapshot = sync_snapshot(worker.sync);
		assert_true(snapshot->certain_utc <= NOW_UTC + (int64_t)(61 * DAY));
		snapshot_unref(snapshot);
	}
	worker_tear_down(&worker);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_is_trusted),       cmocka_unit_test(test_a_jump_makes_no_no_show),
		cmocka_unit_test(test_a_jump_erases_nothing), cmocka_unit_test(test_days_pass),
		cmocka_unit_test(test_boot_in_1970),          cmocka_unit_test(test_a_refusal_is_no_trust),
		cmocka_unit_test(test_what_a_clock_erases),   cmocka_unit_test(test_a_month_asleep),
	};
	return cmocka_run_group_tests(tests, https_set_up, https_tear_down);
}
