/* The rules as tables: what a booking and its place are at an instant. Journeys stand in test_office_rules.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "app/base/limits.h"
#include "ical/civil.h"
#include "world.h"

#define DAY "2026-11-23T"
#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* A booking of place 5 from 10:30 to 15:00; in and out: when its owner checked in and out. */
struct state_case {
	const char *now, *in, *out;
	const char *booking, *place;
};

static const struct state_case state_cases[] = {
	/* the window's edges, to the second */
	{"09:59:59", "", "", "ahead", "free"},
	{"10:00:00", "", "", "waiting", "waiting"},
	{"10:29:59", "", "", "waiting", "waiting"},
	{"10:30:00", "", "", "waiting", "waiting"},
	{"10:44:59", "", "", "waiting", "waiting"},
	{"10:45:00", "", "", "no-show", "free"},
	{"14:59:59", "", "", "no-show", "free"},
	{"15:00:00", "", "", "no-show", "free"},
	/* checked in: early, in time, late */
	{"10:05", "10:05", "", "checked-in", "checked-in"},
	{"10:44:59", "10:05", "", "checked-in", "checked-in"},
	{"12:00", "10:31", "", "checked-in", "checked-in"},
	{"12:00", "11:59", "", "checked-in", "checked-in"},
	{"14:59:59", "10:31", "", "checked-in", "checked-in"},
	{"15:00:00", "10:31", "", "ended", "free"},
	/* left: the rest is free */
	{"12:00", "10:31", "11:59", "left", "free"},
	{"10:20", "10:05", "10:20", "left", "free"},
	{"15:00", "10:31", "11:59", "ended", "free"},
};

static void test_states(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(state_cases); i++) {
		const struct state_case *test = &state_cases[i];
		struct world *world = world_create();
		char now[32], at[32];
		world_book(world, "5", DAY "10:30", DAY "15:00", "Nils S.");
		if (test->in[0]) {
			snprintf(at, sizeof(at), DAY "%s", test->in);
			world_now(world, at);
			assert_int_equal(world_check_in(world, "u1", ""), OFFICE_ALLOWED);
		}
		if (test->out[0]) {
			snprintf(at, sizeof(at), DAY "%s", test->out);
			world_now(world, at);
			assert_int_equal(world_check_out(world, "5"), OFFICE_ALLOWED);
		}
		snprintf(now, sizeof(now), DAY "%s", test->now);
		world_now(world, now);
		print_message("state %zu: %s\n", i, test->now);
		assert_string_equal(world_state(world, "u1"), test->booking);
		assert_string_equal(world_place(world, "5"), test->place);
		world_destroy(world);
	}
}

/* Nobody is a no-show, and no place is given away, on old data or a doubtful clock. */
struct doubt_case {
	int age_s; /* -1: never agreed */
	bool is_trusted;
	const char *booking, *past, *place;
	bool may_be_taken;
};

static const struct doubt_case doubt_cases[] = {
	{0, true, "no-show", "no-show", "free", true},
	{FEED_FRESH_S, true, "no-show", "no-show", "free", true},
	{FEED_FRESH_S + 1, true, "no-show", "no-show", "free", true},
	{FEED_AGEING_S, true, "no-show", "no-show", "free", true},
	{FEED_AGEING_S + 1, true, "unsure", "ended", "unknown", false},
	{3 * DAY_S, true, "unsure", "ended", "unknown", false},
	{-1, true, "unsure", "ended", "unknown", false},
	{0, false, "unsure", "ended", "unknown", false},
};

static void test_doubt(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(doubt_cases); i++) {
		const struct doubt_case *test = &doubt_cases[i];
		struct world *world = world_create();
		world_book(world, "5", DAY "10:30", DAY "15:00", "Nils S.");
		world_book(world, "6", DAY "08:00", DAY "09:30", "Sara H.");
		world_now(world, DAY "11:00");
		world->ages[WORLD_DESKS].agreed_utc = test->age_s < 0 ? 0 : world->now_utc - test->age_s;
		world->is_trusted = test->is_trusted;
		print_message("doubt %zu\n", i);
		assert_string_equal(world_state(world, "u1"), test->booking);
		assert_string_equal(world_state(world, "u2"), test->past);
		assert_string_equal(world_place(world, "5"), test->place);
		struct office *office = world_office(world);
		assert_int_equal(office->places[5].may_be_taken, test->may_be_taken);
		office_destroy(office);
		/* Whoever has booked may always sit down. */
		assert_int_equal(world_check_in(world, "u1", ""), OFFICE_ALLOWED);
		world_destroy(world);
	}
}

struct age_case {
	int refresh_s, age_s;
	enum feed_age age;
};

static const struct age_case age_cases[] = {
	{120, 0, AGE_FRESH},    {120, 900, AGE_FRESH},  {120, 901, AGE_AGEING},  {120, 3600, AGE_AGEING},
	{120, 3601, AGE_OLD},   {600, 1800, AGE_FRESH}, {600, 1801, AGE_AGEING}, {3600, 3 * 3600, AGE_FRESH},
	{3600, 10801, AGE_OLD}, {120, -900, AGE_FRESH}, {120, -901, AGE_OLD},
};

static void test_ages(void **state)
{
	(void)state;
	const int64_t now = 1795427000;
	for (size_t i = 0; i < COUNT(age_cases); i++) {
		struct config_feed feed = {.refresh_s = age_cases[i].refresh_s};
		int64_t agreed = now - age_cases[i].age_s;
		print_message("age %zu\n", i);
		assert_int_equal(office_feed_age(&feed, agreed, now), age_cases[i].age);
		/* The change that is foretold is one, and there is none before it. */
		int64_t change = office_feed_age_changes(&feed, agreed, now);
		if (change != INT64_MAX) {
			assert_int_equal(office_feed_age(&feed, agreed, change - 1), age_cases[i].age);
			assert_int_not_equal(office_feed_age(&feed, agreed, change), age_cases[i].age);
		}
	}
	struct config_feed feed = {.refresh_s = 120};
	assert_int_equal(office_feed_age(&feed, 0, now), AGE_UNKNOWN);
	assert_true(office_feed_age_changes(&feed, 0, now) == INT64_MAX);
}

/* Bookings of other kinds than a few hours on one day, all at place 5. */
struct kind_case {
	const char *from, *to; /* dates: all day, last day included */
	const char *now;
	const char *state;
	const char *start, *end; /* of the day's part; "" not of this day */
};

static const struct kind_case kind_cases[] = {
	/* all day: the office's hours */
	{"2026-11-23", "2026-11-23", "2026-11-23T06:29", "ahead", "2026-11-23T07:00", "2026-11-23T18:00"},
	{"2026-11-23", "2026-11-23", "2026-11-23T06:30", "waiting", "2026-11-23T07:00", "2026-11-23T18:00"},
	/* … and the place is held until ten */
	{"2026-11-23", "2026-11-23", "2026-11-23T09:59", "waiting", "2026-11-23T07:00", "2026-11-23T18:00"},
	{"2026-11-23", "2026-11-23", "2026-11-23T10:00", "no-show", "2026-11-23T07:00", "2026-11-23T18:00"},
	{"2026-11-23T00:00", "2026-11-23T23:59", "2026-11-23T09:59", "waiting", "2026-11-23T00:00", "2026-11-23T23:59"},
	{"2026-11-23T00:00", "2026-11-24T00:00", "2026-11-23T10:00", "no-show", "2026-11-23T00:00", "2026-11-24T00:00"},
	{"2026-11-23T07:00", "2026-11-23T18:00", "2026-11-23T09:59", "waiting", "2026-11-23T07:00", "2026-11-23T18:00"},
	{"2026-11-23T07:00", "2026-11-23T17:59", "2026-11-23T09:59", "waiting", "2026-11-23T07:00", "2026-11-23T17:59"},
	{"2026-11-23T07:00", "2026-11-23T17:58", "2026-11-23T07:15", "no-show", "2026-11-23T07:00", "2026-11-23T17:58"},
	{"2026-11-23T07:01", "2026-11-23T18:00", "2026-11-23T07:16", "no-show", "2026-11-23T07:01", "2026-11-23T18:00"},
	{"2026-11-22", "2026-11-25", "2026-11-23T09:59", "waiting", "2026-11-23T07:00", "2026-11-23T18:00"},
	/* nobody is late before the office has opened */
	{"2026-11-23T05:00", "2026-11-23T09:00", "2026-11-23T07:14", "waiting", "2026-11-23T05:00", "2026-11-23T09:00"},
	{"2026-11-23T05:00", "2026-11-23T09:00", "2026-11-23T07:15", "no-show", "2026-11-23T05:00", "2026-11-23T09:00"},
	{"2026-11-23T05:00", "2026-11-23T06:00", "2026-11-23T05:59", "waiting", "2026-11-23T05:00", "2026-11-23T06:00"},
	{"2026-11-24", "2026-11-24", "2026-11-23T10:00", "none", "", ""},
	/* several days: each for itself */
	{"2026-11-22", "2026-11-25", "2026-11-23T07:05", "waiting", "2026-11-23T07:00", "2026-11-23T18:00"},
	{"2026-11-22T13:00", "2026-11-25T10:00", "2026-11-23T07:05", "waiting", "2026-11-23T07:00", "2026-11-23T18:00"},
	{"2026-11-22T13:00", "2026-11-25T10:00", "2026-11-25T07:05", "waiting", "2026-11-25T07:00", "2026-11-25T10:00"},
	{"2026-11-22T13:00", "2026-11-25T10:00", "2026-11-22T12:45", "waiting", "2026-11-22T13:00", "2026-11-22T18:00"},
	{"2026-11-22T13:00", "2026-11-24T02:00", "2026-11-24T01:00", "waiting", "2026-11-24T00:00", "2026-11-24T02:00"},
	{"2026-11-23T19:00", "2026-11-25T10:00", "2026-11-23T19:05", "waiting", "2026-11-23T19:00", "2026-11-24T00:00"},
	/* past midnight */
	{"2026-11-22T22:00", "2026-11-23T02:00", "2026-11-22T22:05", "waiting", "2026-11-22T22:00", "2026-11-23T02:00"},
	{"2026-11-22T22:00", "2026-11-23T02:00", "2026-11-23T01:00", "no-show", "2026-11-22T22:00", "2026-11-23T02:00"},
	{"2026-11-23T00:10", "2026-11-23T02:00", "2026-11-22T23:45", "waiting", "2026-11-23T00:10", "2026-11-23T02:00"},
	{"2026-11-23T00:40", "2026-11-23T02:00", "2026-11-22T23:45", "none", "", ""},
	/* shorter than the grace; of no length at all */
	{"2026-11-23T10:00", "2026-11-23T10:10", "2026-11-23T10:09", "waiting", "2026-11-23T10:00", "2026-11-23T10:10"},
	{"2026-11-23T10:00", "2026-11-23T10:10", "2026-11-23T10:10", "no-show", "2026-11-23T10:00", "2026-11-23T10:10"},
	{"2026-11-23T10:00", "2026-11-23T10:00", "2026-11-23T09:50", "waiting", "2026-11-23T10:00", "2026-11-23T10:00"},
	{"2026-11-23T10:00", "2026-11-23T10:00", "2026-11-23T10:00", "ended", "2026-11-23T10:00", "2026-11-23T10:00"},
	{"2026-11-23T00:00", "2026-11-23T00:00", "2026-11-23T10:00", "ended", "2026-11-23T00:00", "2026-11-23T00:00"},
	/* the nights when the clocks are changed: 02:30 is twice, or never */
	{"2026-10-25T01:30", "2026-10-25T04:00", "2026-10-25T01:44", "waiting", "2026-10-25T01:30", "2026-10-25T04:00"},
	{"2026-10-25", "2026-10-25", "2026-10-25T07:14", "waiting", "2026-10-25T07:00", "2026-10-25T18:00"},
	{"2026-03-29", "2026-03-29", "2026-03-29T07:14", "waiting", "2026-03-29T07:00", "2026-03-29T18:00"},
	{"2026-03-28T20:00", "2026-03-29T03:30", "2026-03-29T03:29", "no-show", "2026-03-28T20:00", "2026-03-29T03:30"},
};

static void test_kinds(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(kind_cases); i++) {
		const struct kind_case *test = &kind_cases[i];
		struct world *world = world_create();
		struct cache_row *row = world_book(world, "5", test->from, test->to, "Nils S.");
		if (!strchr(test->from, 'T')) {
			world_all_day(world, row, test->from, test->to);
		}
		world_now(world, test->now);
		print_message("kind %zu\n", i);
		assert_string_equal(world_state(world, "u1"), test->state);
		if (test->start[0]) {
			struct office *office = world_office(world);
			const struct office_booking *booking = office_find(office, "u1");
			assert_true(booking->start_utc == world_utc(world, test->start));
			assert_true(booking->end_utc == world_utc(world, test->end));
			office_destroy(office);
		}
		world_destroy(world);
	}
}

/* What the feed says about a booking other than its time. */
static void test_rows_that_do_not_hold(void **state)
{
	(void)state;
	static const struct {
		enum occurrence_busy busy;
		enum occurrence_status status;
		const char *feed, *place;
		const char *expected;
	} cases[] = {
		{OCCURRENCE_BUSY, OCCURRENCE_CONFIRMED, "desks", "5", "waiting"},
		{OCCURRENCE_BUSY_TENTATIVE, OCCURRENCE_TENTATIVE, "desks", "5", "waiting"},
		{OCCURRENCE_OUT_OF_OFFICE, OCCURRENCE_CONFIRMED, "desks", "5", "waiting"},
		{OCCURRENCE_WORKING_ELSEWHERE, OCCURRENCE_CONFIRMED, "desks", "5", "waiting"},
		{OCCURRENCE_FREE, OCCURRENCE_CONFIRMED, "desks", "5", "none"},
		{OCCURRENCE_BUSY, OCCURRENCE_CANCELLED, "desks", "5", "none"},
		{OCCURRENCE_BUSY, OCCURRENCE_CONFIRMED, "council", "5", "none"},
		{OCCURRENCE_BUSY, OCCURRENCE_CONFIRMED, "forgotten", "5", "none"},
		{OCCURRENCE_BUSY, OCCURRENCE_CONFIRMED, "desks", "gone", "waiting"},
		{OCCURRENCE_BUSY, OCCURRENCE_CONFIRMED, "room", "K", "ongoing"},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct world *world = world_create();
		struct cache_row *row = world_book(world, cases[i].place, DAY "10:30", DAY "15:00", "Nils S.");
		world_set(&row->feed, cases[i].feed);
		row->busy = cases[i].busy;
		row->status = cases[i].status;
		print_message("row %zu\n", i);
		assert_string_equal(world_state(world, "u1"), cases[i].expected);
		world_destroy(world);
	}
}

static void test_room_without_check_in(void **state)
{
	(void)state;
	static const char *const cases[][3] = {{DAY "09:59", "ahead", "free"},
					       {DAY "10:00", "ongoing", "ongoing"},
					       {DAY "11:59", "ongoing", "ongoing"},
					       {DAY "12:00", "ended", "free"}};
	struct world *world = world_create();
	world_book(world, "K", DAY "10:00", DAY "12:00", "KC-gruppen");
	for (size_t i = 0; i < COUNT(cases); i++) {
		world_now(world, cases[i][0]);
		assert_string_equal(world_state(world, "u1"), cases[i][1]);
		assert_string_equal(world_place(world, "K"), cases[i][2]);
		assert_int_equal(world_drop_in(world, "K", DAY "13:00"), OFFICE_NO_CHECKIN);
	}
	world_now(world, DAY "10:30");
	assert_int_equal(world_check_in(world, "u1", ""), OFFICE_NO_CHECKIN);
	world_destroy(world);
}

struct free_case {
	const char *now, *place, *until;
};

static void test_free_until(void **state)
{
	(void)state;
	static const struct free_case cases[] = {
		{DAY "10:42", "3", DAY "13:00"}, {DAY "12:20", "3", DAY "13:00"},  {DAY "10:42", "4", DAY "18:00"},
		{DAY "17:10", "3", DAY "18:00"}, {DAY "18:00", "4", "2026-11-24"}, {DAY "08:00", "6", DAY "09:00"},
		{DAY "09:20", "6", DAY "12:00"}, /* nobody came at nine */
	};
	struct world *world = world_create();
	world_book(world, "3", DAY "13:00", DAY "17:00", "Märta N.");
	world_book(world, "6", DAY "09:00", DAY "11:00", "Sara H.");
	world_book(world, "6", DAY "12:00", DAY "16:00", "Elin W.");
	for (size_t i = 0; i < COUNT(cases); i++) {
		world_now(world, cases[i].now);
		struct office *office = world_office(world);
		const struct office_place *place = &office->places[cases[i].place[0] - '0'];
		print_message("free %zu\n", i);
		assert_true(place->free_until_utc == world_utc(world, cases[i].until));
		office_destroy(office);
	}
	world_destroy(world);
}

static const struct office_booking *lane_of(const struct office *office, const char *id, int lane, int lanes,
					    bool is_conflict)
{
	const struct office_booking *booking = office_find(office, id);
	assert_non_null(booking);
	print_message("%s: lane %d of %d\n", id, booking->lane, booking->lanes);
	assert_int_equal(booking->lane, lane);
	assert_int_equal(booking->lanes, lanes);
	assert_int_equal(booking->is_conflict, is_conflict);
	return booking;
}

static void test_overlaps_are_conflicts(void **state)
{
	(void)state;
	struct world *world = world_create();
	world_book(world, "5", DAY "11:00", DAY "13:00", "A");
	world_book(world, "5", DAY "12:00", DAY "14:00", "B");
	world_book(world, "5", DAY "13:00", DAY "15:00", "C"); /* A's lane is free again */
	world_book(world, "5", DAY "15:00", DAY "16:00", "D"); /* touches, does not overlap */
	world_book(world, "5", DAY "08:00", DAY "09:00", "E");
	world_book(world, "5", DAY "08:30", DAY "09:00", "F"); /* over: no conflict any more */
	struct office *office = world_office(world);
	lane_of(office, "u1", 0, 2, true);
	lane_of(office, "u2", 1, 2, true);
	lane_of(office, "u3", 0, 2, true);
	lane_of(office, "u4", 0, 1, false);
	lane_of(office, "u5", 0, 2, false);
	lane_of(office, "u6", 1, 2, false);
	office_destroy(office);
	world_destroy(world);
}

static void test_many_overlaps_share_the_last_lane(void **state)
{
	(void)state;
	struct world *world = world_create();
	for (int i = 0; i < 40; i++) {
		world_book(world, "5", DAY "11:00", DAY "13:00", "A");
	}
	struct office *office = world_office(world);
	for (size_t i = 0; i < office->booking_count; i++) {
		assert_in_range(office->bookings[i].lane, 0, OFFICE_LANES_MAX - 1);
		assert_int_equal(office->bookings[i].lanes, OFFICE_LANES_MAX);
	}
	office_destroy(office);
	world_destroy(world);
}

/* Identity is feed, UID and RECURRENCE-ID; what is shown and asked for must find the right one. */
static void test_ids(void **state)
{
	(void)state;
	struct world *world = world_create();
	struct cache_row *row = world_book(world, "1", DAY "08:00", DAY "09:00", "Åsa L.");
	world_set(&row->uid, "series@x");
	world_set(&row->recurrence_id, "2026-11-23T07:00:00Z");
	row = world_book(world, "2", DAY "13:00", DAY "14:00", "Åsa L.");
	world_set(&row->uid, "series@x");
	world_set(&row->recurrence_id, "2026-11-23T12:00:00Z");
	row = world_add(world, WORLD_ROOM, "series@x", DAY "15:00", DAY "16:00", "Annan", "");
	world_set(&row->recurrence_id, "2026-11-23T12:00:00Z");           /* the same in another feed */
	row = world_book(world, "3", DAY "13:00", DAY "14:00", "Åsa L."); /* same person, same hour: two bookings */
	world_set(&row->uid, "4");                                        /* looks like a place */
	struct office *office = world_office(world);
	assert_int_equal(office->booking_count, 4);
	assert_int_equal(office_find(office, "series@x@2026-11-23T07:00:00Z")->place, 1);
	assert_int_equal(office_find(office, "series@x@2026-11-23T12:00:00Z")->place, 2);
	assert_int_equal(office_find(office, "series@x")->place, 2); /* the next one */
	assert_int_equal(office_find(office, "4")->place, 3);
	assert_int_equal(office_find(office, "1")->place, 1);
	assert_null(office_find(office, "8"));
	assert_null(office_find(office, ""));
	for (size_t i = 0; i < office->booking_count; i++) {
		assert_ptr_equal(office_find(office, office->bookings[i].id), &office->bookings[i]);
	}
	office_destroy(office);
	world_destroy(world);
}

static void test_counts_free_desks(void **state)
{
	(void)state;
	struct world *world = world_create();
	world_book(world, "5", DAY "10:30", DAY "15:00", "Nils S.");  /* waiting */
	world_book(world, "8", DAY "11:00", DAY "12:30", "Jonas Å."); /* waiting too: check-in is open */
	world_book(world, "3", DAY "09:00", DAY "12:00", "X");        /* abandoned */
	world_book(world, "6", DAY "12:00", DAY "16:00", "Elin W.");  /* later */
	struct office *office = world_office(world);
	assert_int_equal(office->desk_count, 8);
	assert_int_equal(office->free_desks, 6);
	assert_true(office->changes_utc == world_utc(world, DAY "10:45"));
	office_destroy(office);
	world_destroy(world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_states),
		cmocka_unit_test(test_doubt),
		cmocka_unit_test(test_ages),
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_rows_that_do_not_hold),
		cmocka_unit_test(test_room_without_check_in),
		cmocka_unit_test(test_free_until),
		cmocka_unit_test(test_overlaps_are_conflicts),
		cmocka_unit_test(test_many_overlaps_share_the_last_lane),
		cmocka_unit_test(test_ids),
		cmocka_unit_test(test_counts_free_desks),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
