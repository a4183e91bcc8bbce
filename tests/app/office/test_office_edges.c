/* What an office meets when its configuration, its calendar or its people change their minds in the course of a day. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "world.h"

#define DAY "2026-11-23T"
#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

enum { PLACE_5 = 5 }; /* in world's places */

static void rename_place(struct world *world, const char *id)
{
	world_set(&world->places[PLACE_5].id, id);
}

/* After the check-in to place 5, 10:30–15:00, the calendar gives the booking other times or takes it back. */
static void test_calendar_changes_after_check_in(void **state)
{
	(void)state;
	static const struct {
		const char *name, *move_to; /* "" stays at its own place */
		const char *from, *to;      /* "" cancelled */
		const char *now, *booking, *five, *four;
	} cases[] = {
		{"earlier, and over", "", DAY "08:00", DAY "09:00", DAY "11:00", "ended", "free", "free"},
		{"shorter", "", DAY "10:30", DAY "12:00", DAY "11:59", "checked-in", "checked-in", "free"},
		{"shorter, and over", "", DAY "10:30", DAY "12:00", DAY "12:00", "ended", "free", "free"},
		{"shorter after a move", "4", DAY "10:30", DAY "12:00", DAY "11:59", "checked-in", "free",
		 "checked-in"},
		{"shorter after a move, and over", "4", DAY "10:30", DAY "12:00", DAY "12:00", "ended", "free", "free"},
		{"longer", "", DAY "10:30", DAY "17:00", DAY "16:00", "checked-in", "checked-in", "free"},
		{"longer after a move", "4", DAY "10:30", DAY "17:00", DAY "16:00", "left", "free", "free"},
		{"cancelled", "", "", "", DAY "11:00", "checked-in", "checked-in", "free"},
		{"cancelled after a move", "4", "", "", DAY "11:00", "checked-in", "free", "checked-in"},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct world *world = world_create();
		world_book(world, "5", DAY "10:30", DAY "15:00", "Nils S.");
		world_now(world, DAY "10:40");
		assert_int_equal(world_check_in(world, "u1", ""), OFFICE_ALLOWED);
		if (cases[i].move_to[0]) {
			assert_int_equal(world_check_in(world, "u1", cases[i].move_to), OFFICE_ALLOWED);
		}
		struct cache_row *row = &world->snapshot.rows.items[0];
		if (cases[i].from[0]) {
			row->span.start_utc = world_utc(world, cases[i].from);
			row->span.end_utc = world_utc(world, cases[i].to);
		} else {
			row->status = OCCURRENCE_CANCELLED;
		}
		world_now(world, cases[i].now);
		print_message("%s\n", cases[i].name);
		assert_string_equal(world_state(world, "u1"), cases[i].booking);
		assert_string_equal(world_place(world, "5"), cases[i].five);
		assert_string_equal(world_place(world, "4"), cases[i].four);
		world_destroy(world);
	}
}

/* Check-in for ten past midnight was open the evening before; then the booking was cancelled. */
static void test_early_for_tomorrow(void **state)
{
	(void)state;
	struct world *world = world_create();
	world_book(world, "5", "2026-11-24T00:10", "2026-11-24T02:00", "Nils S.");
	world_now(world, DAY "23:45");
	assert_int_equal(world_check_in(world, "u1", ""), OFFICE_ALLOWED);
	assert_string_equal(world_state(world, "u1"), "checked-in");
	world->snapshot.rows.items[0].status = OCCURRENCE_CANCELLED;
	assert_string_equal(world_state(world, "u1"), "none"); /* nothing of this day */
	world_now(world, "2026-11-24T00:15");
	assert_string_equal(world_state(world, "u1"), "checked-in");
	world_destroy(world);
}

/* Somebody reloads a configuration in which a place is used without check-in from now on, or is gone. */
static void test_place_changes_under_somebody(void **state)
{
	(void)state;
	struct world *world = world_create();
	world_book(world, "5", DAY "10:30", DAY "15:00", "Nils S.");
	world_book(world, "5", DAY "15:00", DAY "17:00", "Maja K.");
	world_now(world, DAY "10:40");
	assert_int_equal(world_check_in(world, "u1", ""), OFFICE_ALLOWED);
	world->places[PLACE_5].checkin = false;
	assert_string_equal(world_state(world, "u1"), "checked-in");
	assert_string_equal(world_state(world, "u2"), "ahead");
	assert_string_equal(world_place(world, "5"), "checked-in");
	assert_int_equal(world_check_in(world, "u1", "4"), OFFICE_NO_CHECKIN);
	assert_int_equal(world_check_out(world, "5"), OFFICE_ALLOWED);
	assert_string_equal(world_state(world, "u1"), "left");
	world->places[PLACE_5].checkin = true;
	assert_int_equal(world_check_in(world, "u1", ""), OFFICE_ALLOWED);
	rename_place(world, "fem");
	assert_string_equal(world_state(world, "u1"), "checked-in"); /* somewhere, but nowhere on the screen */
	assert_string_equal(world_place(world, "fem"), "free");
	assert_int_equal(world_check_in(world, "u1", ""), OFFICE_ALREADY);
	assert_int_equal(world_drop_in(world, "4", DAY "12:00"), OFFICE_ALLOWED);
	assert_int_equal(world_undo(world), OFFICE_ALLOWED);
	struct command undo = {.kind = COMMAND_UNDO, .entry = 3}; /* his second check-in */
	assert_int_equal(world_do(world, &undo), OFFICE_ALLOWED);
	rename_place(world, "5");
	assert_string_equal(world_state(world, "u1"), "left");
	world_destroy(world);
}

/* A check-out is taken back while its booking sits nowhere that is known: nobody is in its way. */
static void test_undo_of_who_sits_nowhere(void **state)
{
	(void)state;
	struct world *world = world_create();
	world_book(world, "5", DAY "10:30", DAY "15:00", "Nils S.");
	world_now(world, DAY "10:40");
	assert_int_equal(world_check_in(world, "u1", ""), OFFICE_ALLOWED);
	assert_int_equal(world_check_out(world, "5"), OFFICE_ALLOWED);
	rename_place(world, "fem");
	assert_int_equal(world_undo(world), OFFICE_ALLOWED);
	rename_place(world, "5");
	assert_string_equal(world_state(world, "u1"), "checked-in");
	world_destroy(world);
}

/* Two occurrences of one series on one day, both sat down at: each is undone by itself. */
static void test_undo_within_a_series(void **state)
{
	(void)state;
	struct world *world = world_create();
	static const char *const places[] = {"5", "6"}, *const ids[] = {"s@2026-11-23T09:30:00Z",
									"s@2026-11-23T09:45:00Z"};
	for (int i = 0; i < 2; i++) {
		struct cache_row *row = world_book(world, places[i], DAY "10:30", DAY "15:00", "Nils S.");
		world_set(&row->uid, "s");
		world_set(&row->recurrence_id, strchr(ids[i], '@') + 1);
	}
	world_now(world, DAY "10:40");
	assert_int_equal(world_check_in(world, ids[0], ""), OFFICE_ALLOWED);
	assert_int_equal(world_check_in(world, ids[1], ""), OFFICE_ALLOWED);
	assert_int_equal(world_check_out(world, "6"), OFFICE_ALLOWED);
	assert_int_equal(world_undo(world), OFFICE_ALLOWED);
	assert_string_equal(world_state(world, ids[0]), "checked-in");
	assert_string_equal(world_state(world, ids[1]), "checked-in");
	world_destroy(world);
}

/* The next one is early and has checked in; until then the place is its owner's all the same. */
static void test_next_one_is_early(void **state)
{
	(void)state;
	struct world *world = world_create();
	world_book(world, "5", DAY "10:30", DAY "15:00", "Nils S.");
	world_book(world, "5", DAY "15:00", DAY "17:00", "Maja K.");
	world_now(world, DAY "14:35");
	assert_int_equal(world_check_in(world, "u2", ""), OFFICE_ALLOWED);
	assert_string_equal(world_state(world, "u1"), "no-show");
	assert_int_equal(world_check_in(world, "u1", ""), OFFICE_ALLOWED);
	struct office *office = world_office(world);
	assert_string_equal(office->bookings[office->places[PLACE_5].current].uid, "u1"); /* whose turn it is */
	office_destroy(office);
	world_now(world, DAY "15:00");
	office = world_office(world);
	assert_string_equal(office->bookings[office->places[PLACE_5].current].uid, "u2");
	office_destroy(office);
	world_destroy(world);
}

/* A series whose parts of this day are over, at two places: the last one is meant, whichever place comes first. */
static void test_all_parts_are_over(void **state)
{
	(void)state;
	static const struct {
		const char *first, *second; /* hours at place 5 and at place 6 */
		int place;
	} cases[] = {{"08", "07", 5}, {"07", "08", 6}};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct world *world = world_create();
		const char *hours[] = {cases[i].first, cases[i].second};
		for (int part = 0; part < 2; part++) {
			char from[32], to[32];
			snprintf(from, sizeof(from), DAY "%s:00", hours[part]);
			snprintf(to, sizeof(to), DAY "%s:30", hours[part]);
			struct cache_row *row = world_book(world, part ? "6" : "5", from, to, "Nils S.");
			world_set(&row->uid, "s");
			world_set(&row->recurrence_id, hours[part]);
		}
		world_now(world, DAY "12:00");
		struct office *office = world_office(world);
		assert_int_equal(office_find(office, "s")->place, cases[i].place);
		office_destroy(office);
		world_destroy(world);
	}
}

/* An all-day booking belongs to its days and to no other. */
static void test_all_day_is_over(void **state)
{
	(void)state;
	struct world *world = world_create();
	struct cache_row *row = world_book(world, "5", DAY "10:30", DAY "15:00", "Nils S.");
	world_all_day(world, row, "2026-11-21", "2026-11-22");
	assert_string_equal(world_state(world, "u1"), "none");
	assert_string_equal(world_place(world, "5"), "free");
	world_destroy(world);
}

/* Which of a series' meetings is meant: the next one, else the last one, in whatever order the rows lie. */
static void test_which_row_is_meant(void **state)
{
	(void)state;
	static const struct {
		const char *days[3];
		const char *meant;
	} cases[] = {
		{{"20", "25", "27"}, "25"}, {{"27", "25", "20"}, "25"}, {{"25", "20", "27"}, "25"},
		{{"18", "20", "19"}, "20"}, {{"20", "18", "19"}, "20"}, {{"25", "27", "20"}, "25"},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct world *world = world_create();
		world_add(world, WORLD_COUNCIL, "", DAY "12:00", DAY "13:00", "no name", "");
		for (int row = 0; row < 3; row++) {
			char from[32], to[32];
			snprintf(from, sizeof(from), "2026-11-%sT09:00", cases[i].days[row]);
			snprintf(to, sizeof(to), "2026-11-%sT10:00", cases[i].days[row]);
			world_add(world, WORLD_COUNCIL, "m", from, to, cases[i].days[row], "");
		}
		struct cache_row *forgotten =
			world_add(world, WORLD_COUNCIL, "m", DAY "11:00", DAY "12:00", "forgotten", "");
		world_set(&forgotten->feed, "no longer configured");
		struct office_input input = world_input(world);
		assert_string_equal(office_find_row(&input, FEED_MEETINGS, "m")->title, cases[i].meant);
		world_destroy(world);
	}
}

static enum office_verdict check_out_by_id(struct world *world, const char *id)
{
	struct command command = {.kind = COMMAND_CHECK_OUT};
	snprintf(command.id, sizeof(command.id), "%s", id);
	return world_do(world, &command);
}

static void test_check_out_by_booking(void **state)
{
	(void)state;
	struct world *world = world_create();
	world_book(world, "5", DAY "10:30", DAY "15:00", "Nils S.");
	world_now(world, DAY "10:40");
	assert_int_equal(check_out_by_id(world, "nobody"), OFFICE_UNKNOWN);
	assert_int_equal(check_out_by_id(world, "u1"), OFFICE_UNKNOWN); /* has not come yet */
	assert_int_equal(world_check_in(world, "u1", ""), OFFICE_ALLOWED);
	assert_int_equal(check_out_by_id(world, "u1"), OFFICE_ALLOWED);
	assert_int_equal(check_out_by_id(world, "u1"), OFFICE_ALREADY);
	world_now(world, DAY "15:00");
	assert_int_equal(check_out_by_id(world, "u1"), OFFICE_TOO_LATE);
	world_destroy(world);
}

/* Leaving a place twice counts as leaving it once. The office reports the last of those who have left it. */
static void test_who_left_last(void **state)
{
	(void)state;
	static const struct command out = {.kind = COMMAND_CHECK_OUT, .place = "5"};
	struct world *world = world_create();
	world_book(world, "5", DAY "10:30", DAY "15:00", "Nils S.");
	world_now(world, DAY "10:40");
	assert_int_equal(world_check_in(world, "u1", ""), OFFICE_ALLOWED);
	assert_int_equal(world_check_out(world, "5"), OFFICE_ALLOWED);
	world_now(world, DAY "10:55");
	assert_int_equal(world_drop_in(world, "5", DAY "12:00"), OFFICE_ALLOWED);
	world_now(world, DAY "11:00");
	assert_int_equal(world_check_out(world, "5"), OFFICE_ALLOWED);
	struct office_input input = world_input(world);
	int64_t entry = 0;
	assert_int_equal(office_judge(&input, &out, &entry), OFFICE_ALREADY);
	assert_int_equal(entry, 3); /* the drop-in */
	world_now(world, DAY "11:05");
	assert_int_equal(world_check_in(world, "u1", ""), OFFICE_ALLOWED);
	world_now(world, DAY "11:30");
	assert_int_equal(world_check_out(world, "5"), OFFICE_ALLOWED);
	input = world_input(world);
	assert_int_equal(office_judge(&input, &out, &entry), OFFICE_ALREADY);
	assert_int_equal(entry, 5); /* whose booking begins first, but who was back after the drop-in */
	world_destroy(world);
}

/* A drop-in who left by mistake is back, unless somebody else has the place by now. */
static void test_undo_of_a_drop_in_that_left(void **state)
{
	(void)state;
	static const struct {
		const char *meanwhile; /* somebody drops in here; "" nobody does */
		bool leaves;           /* and leaves at once */
		enum office_verdict verdict;
		const char *four;
	} cases[] = {
		{"", false, OFFICE_ALLOWED, "taken"},
		{"6", false, OFFICE_ALLOWED, "taken"},
		{"4", false, OFFICE_TAKEN, "taken"},
		{"6", true, OFFICE_ALLOWED, "taken"},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct world *world = world_create();
		assert_int_equal(world_drop_in(world, "7", DAY "12:00"), OFFICE_ALLOWED);
		assert_int_equal(world_drop_in(world, "4", DAY "12:00"), OFFICE_ALLOWED);
		world->now_utc += 1;
		assert_int_equal(world_check_out(world, "4"), OFFICE_ALLOWED);
		struct command undo = {.kind = COMMAND_UNDO, .entry = world_last_entry(world)};
		world->now_utc += 1;
		if (cases[i].meanwhile[0]) {
			assert_int_equal(world_drop_in(world, cases[i].meanwhile, DAY "11:00"), OFFICE_ALLOWED);
		}
		world->now_utc += 1;
		if (cases[i].leaves) {
			assert_int_equal(world_check_out(world, cases[i].meanwhile), OFFICE_ALLOWED);
		}
		print_message("undo %zu\n", i);
		assert_int_equal(world_do(world, &undo), cases[i].verdict);
		assert_string_equal(world_place(world, "4"), cases[i].four);
		assert_string_equal(world_place(world, "7"), "taken");
		undo.entry = (int64_t)world->snapshot.entries.count;
		if (cases[i].verdict == OFFICE_ALLOWED) {
			assert_int_equal(world_do(world, &undo), OFFICE_UNKNOWN); /* an undo is not undone */
		}
		world_destroy(world);
	}
}

/* Somebody without a place of their own was given one whose owner had not come. */
static void test_owner_finds_another_booking_there(void **state)
{
	(void)state;
	struct world *world = world_create();
	world_book(world, "5", DAY "10:30", DAY "15:00", "Nils S.");
	world_book(world, "", DAY "10:30", DAY "15:00", "Elin W.");
	world_now(world, DAY "10:50");
	assert_int_equal(world_check_in(world, "u2", "5"), OFFICE_ALLOWED);
	assert_int_equal(world_check_in(world, "u1", ""), OFFICE_TAKEN);
	assert_int_equal(world_check_in(world, "u1", "4"), OFFICE_ALLOWED);
	world_destroy(world);
}

/* What a booking is called goes into the journal only when it is a person's name. */
static void test_what_is_no_name_is_not_kept(void **state)
{
	(void)state;
	struct world *world = world_create();
	world_book(world, "5", DAY "10:30", DAY "15:00", "Utvecklingssamtal")->is_person = false;
	world_now(world, DAY "10:40");
	assert_int_equal(world_check_in(world, "u1", ""), OFFICE_ALLOWED);
	assert_string_equal(world->snapshot.entries.items[0].label, "");
	assert_int_equal(world_check_out(world, "5"), OFFICE_ALLOWED);
	assert_string_equal(world->snapshot.entries.items[1].label, "");
	world_destroy(world);
}

static void test_a_drop_in_is_no_booking(void **state)
{
	(void)state;
	struct world *world = world_create();
	assert_int_equal(world_drop_in(world, "4", DAY "12:00"), OFFICE_ALLOWED);
	assert_int_equal(world_check_in(world, "dropin:4", ""), OFFICE_UNKNOWN);
	world_destroy(world);
}

/* The clock was a day ahead when somebody sat down, or yesterday is looked at. */
static void test_another_day(void **state)
{
	(void)state;
	struct world *world = world_create();
	world_now(world, "2026-11-24T10:40");
	assert_int_equal(world_drop_in(world, "4", "2026-11-24T12:00"), OFFICE_ALLOWED);
	world_now(world, DAY "10:42");
	assert_string_equal(world_place(world, "4"), "free");
	struct office_input input = world_input(world);
	struct office *yesterday = office_create_day(
		&input, office_row_day(&input, world_book(world, "5", DAY "10:00", DAY "11:00", "")) - 1);
	assert_non_null(yesterday);
	assert_false(yesterday->places[PLACE_5].may_be_taken);
	office_destroy(yesterday);
	world_destroy(world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_check_out_by_booking),
		cmocka_unit_test(test_who_left_last),
		cmocka_unit_test(test_undo_of_a_drop_in_that_left),
		cmocka_unit_test(test_owner_finds_another_booking_there),
		cmocka_unit_test(test_what_is_no_name_is_not_kept),
		cmocka_unit_test(test_a_drop_in_is_no_booking),
		cmocka_unit_test(test_another_day),
		cmocka_unit_test(test_calendar_changes_after_check_in),
		cmocka_unit_test(test_early_for_tomorrow),
		cmocka_unit_test(test_place_changes_under_somebody),
		cmocka_unit_test(test_undo_of_who_sits_nowhere),
		cmocka_unit_test(test_undo_within_a_series),
		cmocka_unit_test(test_next_one_is_early),
		cmocka_unit_test(test_all_parts_are_over),
		cmocka_unit_test(test_all_day_is_over),
		cmocka_unit_test(test_which_row_is_meant),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
