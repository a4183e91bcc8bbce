/* Rooms where check-in is optional, and stays that are extended. */
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

#define DAY "2026-11-23T" /* a Monday */
#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

enum { PLACE_K = 0, PLACE_5 = 5 };

/* u1: the room, 10:00–12:00. u2: the room, 13:00–14:00. */
static const struct optional_case {
	const char *name;
	struct {
		const char *at;
		char what; /* d: use it until 12:30, o: end, O: end u1 by its id, i: check in, u: undo, -: look */
		enum office_verdict verdict;
		const char *u1, *room;
	} steps[6];
} optional_cases[] = {
	{"absence never frees it", {{"09:59", '-', 0, "ahead", "free"}, {"11:59", '-', 0, "ongoing", "ongoing"}}},
	{"used while it is free",
	 {{"09:00", 'd', OFFICE_ALLOWED, "ahead", "taken"},
	  {"10:00", '-', 0, "ongoing", "ongoing"},
	  {"10:01", 'd', OFFICE_TAKEN, "ongoing", "ongoing"}}},
	{"ended early",
	 {{"10:30", 'i', OFFICE_NO_CHECKIN, "ongoing", "ongoing"},
	  {"10:31", 'o', OFFICE_ALLOWED, "left", "free"},
	  {"10:31:02", 'o', OFFICE_ALREADY, "left", "free"},
	  {"10:32", 'd', OFFICE_ALLOWED, "left", "taken"},
	  {"12:00", '-', 0, "ended", "taken"}}},
	{"ended early by its id, and taken back",
	 {{"10:31:00", 'O', OFFICE_ALLOWED, "left", "free"},
	  {"10:31:02", 'O', OFFICE_ALREADY, "left", "free"},
	  {"10:31:04", 'u', OFFICE_ALLOWED, "ongoing", "ongoing"},
	  {"12:00:00", 'O', OFFICE_UNKNOWN, "ended", "free"}}},
	{"nobody ends what has not begun", {{"09:00", 'O', OFFICE_UNKNOWN, "ahead", "free"}}},
};

static enum office_verdict do_optional(struct world *world, char what)
{
	struct command end = {.kind = COMMAND_CHECK_OUT, .id = "u1"};
	switch (what) {
	case 'd':
		return world_drop_in(world, "K", DAY "12:30");
	case 'o':
		return world_check_out(world, "K");
	case 'O':
		return world_do(world, &end);
	case 'i':
		return world_check_in(world, "u1", "");
	case 'u':
		return world_undo(world);
	default:
		return OFFICE_ALLOWED;
	}
}

static void test_optional(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(optional_cases); i++) {
		struct world *world = world_create();
		world->places[PLACE_K].checkin = CHECKIN_OPTIONAL;
		world_book(world, "K", DAY "10:00", DAY "12:00", "KC-gruppen");
		world_book(world, "K", DAY "13:00", DAY "14:00", "Planering");
		for (size_t step = 0; optional_cases[i].steps[step].at; step++) {
			char at[32];
			snprintf(at, sizeof(at), DAY "%s", optional_cases[i].steps[step].at);
			world_now(world, at);
			print_message("%s, %s\n", optional_cases[i].name, at);
			assert_int_equal(do_optional(world, optional_cases[i].steps[step].what),
					 optional_cases[i].steps[step].verdict);
			assert_string_equal(world_state(world, "u1"), optional_cases[i].steps[step].u1);
			assert_string_equal(world_place(world, "K"), optional_cases[i].steps[step].room);
		}
		world_destroy(world);
	}
}

/* Somebody uses the room that was left: the meeting does not come back into it. */
static void test_ended_meeting_does_not_come_back(void **state)
{
	(void)state;
	struct world *world = world_create();
	world->places[PLACE_K].checkin = CHECKIN_OPTIONAL;
	world_book(world, "K", DAY "10:00", DAY "12:00", "KC-gruppen");
	world_now(world, DAY "10:30:00");
	assert_int_equal(world_check_out(world, "K"), OFFICE_ALLOWED);
	struct command undo = {.kind = COMMAND_UNDO, .entry = world_last_entry(world)};
	world_now(world, DAY "10:30:04");
	assert_int_equal(world_drop_in(world, "K", DAY "11:00"), OFFICE_ALLOWED);
	world_now(world, DAY "10:30:08");
	assert_int_equal(world_do(world, &undo), OFFICE_TAKEN);
	world_destroy(world);
}

/* A meeting that was ended leaves its room in the calendar; another has no UID; a third sits nowhere, in an office
 * where nobody checks in: none of them is in anybody's way. */
static void test_meetings_that_do_not_matter(void **state)
{
	(void)state;
	struct world *world = world_create();
	world->places[PLACE_K].checkin = CHECKIN_OPTIONAL;
	world_book(world, "K", DAY "10:00", DAY "12:00", "KC-gruppen");
	world_now(world, DAY "10:30");
	assert_int_equal(world_check_out(world, "K"), OFFICE_ALLOWED);
	world_set(&world->snapshot.rows.items[0].place, "");
	assert_string_equal(world_state(world, "u1"), "no-show");
	world_set(&world->snapshot.rows.items[0].place, "K");
	world_set(&world->snapshot.rows.items[0].uid, "");
	assert_string_equal(world_place(world, "K"), "ongoing");
	assert_int_equal(world_drop_in(world, "4", DAY "11:00"), OFFICE_ALLOWED);
	assert_int_equal(world_undo(world), OFFICE_ALLOWED);
	for (size_t i = 0; i < world->config.place_count; i++) {
		world->places[i].checkin = CHECKIN_NO;
	}
	world_book(world, "", DAY "10:00", DAY "12:00", "Elin W.");
	struct command end = {.kind = COMMAND_CHECK_OUT, .id = "u2"};
	assert_string_equal(world_state(world, "u2"), "ongoing");
	assert_int_equal(world_do(world, &end), OFFICE_UNKNOWN);
	world_destroy(world);
}

/* A meeting of several days is ended on each of them; what was said of a desk that nobody sat at counts for nothing. */
static void test_ends_without_a_check_in(void **state)
{
	(void)state;
	struct world *world = world_create();
	world->places[PLACE_K].checkin = CHECKIN_OPTIONAL;
	world_all_day(world, world_book(world, "K", DAY "10:00", DAY "12:00", "Mässa"), "2026-11-23", "2026-11-25");
	world_book(world, "5", DAY "10:30", DAY "15:00", "Nils S.");
	for (int day = 0; day < 2; day++) {
		world_now(world, day ? "2026-11-24T15:00" : DAY "15:00");
		assert_string_equal(world_state(world, "u1"), "ongoing");
		assert_int_equal(world_check_out(world, "K"), OFFICE_ALLOWED);
		assert_string_equal(world_state(world, "u1"), "left");
	}
	world_now(world, DAY "10:40:00");
	assert_int_equal(world_check_in(world, "u2", ""), OFFICE_ALLOWED);
	struct command undo = {.kind = COMMAND_UNDO, .entry = world_last_entry(world)};
	world_now(world, DAY "10:40:05");
	assert_int_equal(world_check_out(world, "5"), OFFICE_ALLOWED);
	assert_int_equal(world_do(world, &undo), OFFICE_ALLOWED); /* the check-in is gone, the check-out stands */
	assert_string_equal(world_state(world, "u2"), "waiting");
	world->snapshot.rows.items[1].status = OCCURRENCE_CANCELLED;
	assert_string_equal(world_state(world, "u2"), "none");
	world->snapshot.rows.items[1].status = OCCURRENCE_CONFIRMED;
	assert_int_equal(world_check_in(world, "u2", ""), OFFICE_ALLOWED);
	assert_string_equal(world_state(world, "u2"), "checked-in");
	world_destroy(world);
}

static enum office_verdict extend(struct world *world, const char *id, const char *until, bool is_anyway)
{
	struct command command = {.kind = COMMAND_EXTEND, .is_anyway = is_anyway, .until_utc = world_utc(world, until)};
	if (id[0] >= '0' && id[0] <= '9') {
		snprintf(command.place, sizeof(command.place), "%s", id);
	} else {
		snprintf(command.id, sizeof(command.id), "%s", id);
	}
	return world_do(world, &command);
}

/* u1: place 5, 10:30–12:00; u2: place 5, 14:00–15:00; u3: place 6, 10:30–12:00; u4: place 6, 12:00–13:00.
 * u5: no place, 10:30–12:00. All but u2 and u4 check in at 10:40, u5 at place 3; somebody drops in at 4 until 11:30. */
static const struct extend_case {
	const char *at, *id, *until;
	enum office_verdict verdict;
	const char *ends; /* until when it sits there after that */
} extend_cases[] = {
	{"11:50", "u1", "13:00", OFFICE_ALLOWED, "13:00"},
	{"11:50", "5", "13:00", OFFICE_ALLOWED, "13:00"},
	{"11:50", "u1", "18:00", OFFICE_ALLOWED, "14:00"}, /* u2 comes then */
	{"11:50", "u1", "12:00", OFFICE_ALREADY, "12:00"},
	{"12:00", "u1", "13:00", OFFICE_UNKNOWN, ""}, /* over */
	{"11:50", "u2", "16:00", OFFICE_UNKNOWN, ""}, /* not there */
	{"11:50", "u9", "16:00", OFFICE_UNKNOWN, ""},
	{"11:50", "u3", "12:30", OFFICE_TAKEN, "12:00"}, /* u4 is next */
	{"11:50", "u5", "20:00", OFFICE_ALLOWED, "18:00"},
	{"11:20", "dropin:4", "12:30", OFFICE_ALLOWED, "12:30"},
	{"11:20", "4", "20:00", OFFICE_ALLOWED, "18:00"},
};

static struct world *extend_world(void)
{
	struct world *world = world_create();
	world_book(world, "5", DAY "10:30", DAY "12:00", "Nils S.");
	world_book(world, "5", DAY "14:00", DAY "15:00", "Maja K.");
	world_book(world, "6", DAY "10:30", DAY "12:00", "Sara H.");
	world_book(world, "6", DAY "12:00", DAY "13:00", "Jonas Å.");
	world_book(world, "", DAY "10:30", DAY "12:00", "Elin W.");
	world_now(world, DAY "10:40");
	assert_int_equal(world_check_in(world, "u1", ""), OFFICE_ALLOWED);
	assert_int_equal(world_check_in(world, "u3", ""), OFFICE_ALLOWED);
	assert_int_equal(world_check_in(world, "u5", "3"), OFFICE_ALLOWED);
	assert_int_equal(world_drop_in(world, "4", DAY "11:30"), OFFICE_ALLOWED);
	return world;
}

static const struct office_booking *look_at(const struct office *office, const char *id)
{
	const struct office_booking *booking = office_find(office, id);
	assert_non_null(booking);
	assert_int_equal(booking->lanes, 1);
	return booking;
}

static void test_extend(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(extend_cases); i++) {
		const struct extend_case *test = &extend_cases[i];
		struct world *world = extend_world();
		char at[32], until[32];
		snprintf(at, sizeof(at), DAY "%s", test->at);
		snprintf(until, sizeof(until), DAY "%s", test->until);
		world_now(world, at);
		print_message("extend %zu: %s\n", i, test->id);
		assert_int_equal(extend(world, test->id, until, false), test->verdict);
		if (test->ends[0]) {
			struct office *office = world_office(world);
			const struct office_booking *booking = look_at(office, test->id);
			snprintf(at, sizeof(at), DAY "%s", test->ends);
			assert_true(booking->until_utc == world_utc(world, at));
			assert_int_equal(booking->state, BOOKING_CHECKED_IN);
			assert_true(booking->since_utc == world_utc(world, DAY "10:40"));
			office_destroy(office);
		}
		if (test->verdict == OFFICE_ALLOWED) {
			assert_int_not_equal(extend(world, test->id, until, false), OFFICE_ALLOWED); /* a second tap */
			assert_int_equal(world_undo(world), OFFICE_ALLOWED);
			struct office *office = world_office(world);
			assert_true(look_at(office, test->id)->until_utc <= world_utc(world, DAY "12:00"));
			office_destroy(office);
		}
		world_destroy(world);
	}
}

/* An extended stay goes on after its booking's end, and is left like any other. */
static void test_extended_stay(void **state)
{
	(void)state;
	static const struct {
		const char *now, *out; /* left then; "" stays */
		const char *booking, *place, *until;
	} cases[] = {
		{"12:30", "", "checked-in", "checked-in", "13:30"}, {"13:30", "", "ended", "waiting", "13:30"},
		{"13:31", "", "ended", "waiting", "13:30"},         {"13:00", "12:30", "ended", "free", "12:30"},
		{"11:58", "11:55", "left", "free", "11:55"},        {"13:40", "12:30", "ended", "waiting", "12:30"},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct world *world = extend_world();
		char at[32];
		world_now(world, DAY "11:50");
		assert_int_equal(extend(world, "u1", DAY "13:00", false), OFFICE_ALLOWED);
		assert_int_equal(extend(world, "u1", DAY "13:30", false), OFFICE_ALLOWED);
		if (cases[i].out[0]) {
			snprintf(at, sizeof(at), DAY "%s", cases[i].out);
			world_now(world, at);
			assert_int_equal(world_check_out(world, "5"), OFFICE_ALLOWED);
		}
		snprintf(at, sizeof(at), DAY "%s", cases[i].now);
		world_now(world, at);
		print_message("extended %zu\n", i);
		assert_string_equal(world_state(world, "u1"), cases[i].booking);
		assert_string_equal(world_place(world, "5"), cases[i].place);
		struct office *office = world_office(world);
		snprintf(at, sizeof(at), DAY "%s", cases[i].until);
		assert_true(office_find(office, "u1")->until_utc == world_utc(world, at));
		office_destroy(office);
		world_destroy(world);
	}
}

static int64_t until_of(struct world *world, const char *id)
{
	struct office *office = world_office(world);
	int64_t until_utc = office_find(office, id)->until_utc;
	office_destroy(office);
	return until_utc;
}

/* The calendar goes on changing: the later of its end and the extension counts; a move forgets the extension. */
static void test_extended_booking_changes(void **state)
{
	(void)state;
	struct world *world = extend_world();
	struct cache_row *row = &world->snapshot.rows.items[0];
	row->span.end_utc = world_utc(world, DAY "12:30"); /* longer since the check-in */
	world_now(world, DAY "12:10");
	assert_int_equal(extend(world, "u1", DAY "13:00", false), OFFICE_ALLOWED);
	assert_true(until_of(world, "u1") == world_utc(world, DAY "13:00"));
	row->span.end_utc = world_utc(world, DAY "13:30");
	assert_true(until_of(world, "u1") == world_utc(world, DAY "13:30"));
	row->span.start_utc += 60; /* begins later since then */
	row->span.end_utc = world_utc(world, DAY "12:30");
	assert_int_equal(extend(world, "u1", DAY "13:40", false), OFFICE_ALLOWED);
	assert_true(until_of(world, "u1") == world_utc(world, DAY "13:40"));
	row->status = OCCURRENCE_CANCELLED;
	assert_true(until_of(world, "u1") == world_utc(world, DAY "13:40"));
	assert_int_equal(extend(world, "u1", DAY "13:50", false), OFFICE_ALLOWED);
	assert_true(until_of(world, "u1") == world_utc(world, DAY "13:50"));
	row->status = OCCURRENCE_CONFIRMED;
	world_now(world, DAY "12:20");
	assert_int_equal(world_check_in(world, "u1", "7"), OFFICE_ALLOWED);
	assert_true(until_of(world, "u1") == world_utc(world, DAY "12:30"));
	struct office *office = world_office(world);
	assert_true(office_find(office, "u1")->since_utc == world_utc(world, DAY "10:40"));
	assert_true(office_find(office, "u1")->seated_utc == world_utc(world, DAY "12:20"));
	office_destroy(office);
	world_destroy(world);
}

/* Old data does not show who comes next. A visitor who has been warned of that may extend the stay all the same. */
static void test_extend_in_doubt(void **state)
{
	(void)state;
	struct world *world = extend_world();
	world_now(world, DAY "11:50");
	world->ages[WORLD_DESKS].agreed_utc = world->now_utc - 7200;
	assert_int_equal(extend(world, "u1", DAY "13:00", false), OFFICE_UNSURE);
	assert_int_equal(extend(world, "u1", DAY "13:00", true), OFFICE_ALLOWED);
	world_destroy(world);
}

/* Who sits at a place that is not configured any more stays as long as before; a no-show is nobody who comes next; a
 * double booking is; after closing one may stay until midnight. */
static void test_how_long_it_may_be_extended(void **state)
{
	(void)state;
	struct world *world = world_create();
	world_book(world, "5", DAY "10:30", DAY "12:00", "Nils S.");
	world_book(world, "5", DAY "10:40", DAY "13:00", "Maja K.");
	world_book(world, "6", DAY "17:00", DAY "19:00", "Sara H.");
	world_now(world, DAY "10:45");
	assert_int_equal(world_check_in(world, "u1", ""), OFFICE_ALLOWED);
	assert_int_equal(extend(world, "u1", DAY "13:00", false), OFFICE_TAKEN);
	world_now(world, DAY "11:00"); /* u2 has not come */
	assert_int_equal(extend(world, "u1", DAY "12:30", false), OFFICE_ALLOWED);
	world_set(&world->places[PLACE_5].id, "fem");
	assert_int_equal(extend(world, "u1", DAY "12:50", false), OFFICE_TAKEN);
	world_now(world, DAY "17:00");
	assert_int_equal(world_check_in(world, "u3", ""), OFFICE_ALLOWED);
	assert_int_equal(extend(world, "u3", DAY "20:00", false), OFFICE_TAKEN);
	world_now(world, DAY "18:00");
	assert_int_equal(extend(world, "u3", DAY "20:00", false), OFFICE_ALLOWED);
	assert_true(until_of(world, "u3") == world_utc(world, DAY "20:00"));
	world_destroy(world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_optional),
		cmocka_unit_test(test_ended_meeting_does_not_come_back),
		cmocka_unit_test(test_ends_without_a_check_in),
		cmocka_unit_test(test_meetings_that_do_not_matter),
		cmocka_unit_test(test_extend),
		cmocka_unit_test(test_extended_stay),
		cmocka_unit_test(test_extended_booking_changes),
		cmocka_unit_test(test_extend_in_doubt),
		cmocka_unit_test(test_how_long_it_may_be_extended),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
