/* What is not known is not claimed: places of feeds that are old, or that do not speak of the day; and who is awaited.
 */
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

enum { PLACE_4 = 4 };

static enum office_verdict sit_down(struct world *world, const char *place, bool is_anyway)
{
	struct command command = {.kind = COMMAND_DROP_IN, .is_anyway = is_anyway, .until_utc = world->now_utc + 3600};
	snprintf(command.place, sizeof(command.place), "%s", place);
	return world_do(world, &command);
}

/* A place without a booking is known to be free only if its feed is recent and covers today. */
static void test_free_or_unknown(void **state)
{
	(void)state;
	static const struct {
		int age_s;    /* -1: never agreed */
		int from, to; /* days from today, to exclusive */
		const char *place;
		enum office_doubt doubt;
		enum office_verdict warned;   /* for a visitor who was warned that the data is uncertain */
		enum office_verdict unwarned; /* for one who was not */
	} cases[] = {
		{60, -2, 60, "free", DOUBT_NONE, OFFICE_ALLOWED, OFFICE_ALLOWED},
		{60, 0, 1, "free", DOUBT_NONE, OFFICE_ALLOWED, OFFICE_ALLOWED},
		{FEED_AGEING_S, -2, 60, "free", DOUBT_NONE, OFFICE_ALLOWED, OFFICE_ALLOWED},
		{FEED_AGEING_S + 1, -2, 60, "unknown", DOUBT_OLD, OFFICE_ALLOWED, OFFICE_UNSURE},
		{21 * DAY_S, -23, 39, "unknown", DOUBT_OLD, OFFICE_ALLOWED, OFFICE_UNSURE},
		{60, 1, 60, "unknown", DOUBT_NOT_COVERED, OFFICE_ALLOWED, OFFICE_UNSURE},
		{60, -2, 0, "unknown", DOUBT_NOT_COVERED, OFFICE_ALLOWED, OFFICE_UNSURE},
		{-1, 0, 0, "unknown", DOUBT_NEVER_READ, OFFICE_ALLOWED, OFFICE_UNSURE},
		{-FEED_AHEAD_S - 1, -2, 60, "unknown", DOUBT_OLD, OFFICE_ALLOWED, OFFICE_UNSURE},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct world *world = world_create();
		int32_t today = zone_day(world->config.zone, world->now_utc);
		struct snapshot_feed *desks = &world->ages[WORLD_DESKS];
		desks->agreed_utc = cases[i].age_s == -1 ? 0 : world->now_utc - cases[i].age_s;
		desks->from_day = today + cases[i].from;
		desks->to_day = today + cases[i].to;
		desks->skipped = 3;
		print_message("known %zu\n", i);
		bool is_free = cases[i].doubt == DOUBT_NONE;
		struct office *office = world_office(world);
		const struct office_place *place = &office->places[PLACE_4];
		assert_int_equal(place->doubt, cases[i].doubt);
		assert_int_equal(place->may_be_taken, is_free);
		assert_int_equal(place->may_be_taken_anyway, !is_free);
		assert_true(place->agreed_utc == desks->agreed_utc);
		assert_int_equal(place->skipped, 3);
		assert_int_equal(office->free_desks, is_free ? 8 : 0);
		assert_int_equal(office->unknown_desks, is_free ? 0 : 8);
		office_destroy(office);
		assert_string_equal(world_place(world, "4"), cases[i].place);
		assert_string_equal(world_place(world, "K"), "free"); /* another feed */
		assert_int_equal(sit_down(world, "4", false), cases[i].unwarned);
		assert_int_equal(sit_down(world, "4", true),
				 cases[i].unwarned == OFFICE_ALLOWED ? OFFICE_TAKEN : cases[i].warned);
		assert_string_equal(world_place(world, "4"), "taken");
		assert_int_equal(sit_down(world, "K", true), OFFICE_NO_CHECKIN);
		world_destroy(world);
	}
}

/* Old data speaks of the time until it was read, and no feed of more than its days. */
static void test_what_a_feed_speaks_of(void **state)
{
	(void)state;
	static const struct {
		const char *agreed;    /* "" never */
		const char *from, *to; /* "" nothing is known */
	} cases[] = {
		{DAY "10:40", "2026-11-21", "2026-12-01"},        {DAY "08:00", "2026-11-21", DAY "08:00"},
		{"2026-12-10T08:00", "2026-11-21", "2026-12-01"}, /* a clock that was ahead */
		{"2026-11-20T08:00", "2026-11-21", "2026-11-21"}, {"", "", ""},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct world *world = world_create();
		struct office_input input = world_input(world);
		struct snapshot_feed *seen = &world->ages[WORLD_DESKS];
		seen->agreed_utc = cases[i].agreed[0] ? world_utc(world, cases[i].agreed) : 0;
		seen->to_day = seen->from_day + 10;
		int64_t from_utc = -1, to_utc = -2;
		print_message("speaks %zu\n", i);
		office_feed_known(&world->config, &world->feeds[WORLD_DESKS], office_feed_seen(&input, "desks"),
				  world->now_utc, &from_utc, &to_utc);
		assert_true(from_utc == (cases[i].from[0] ? world_utc(world, cases[i].from) : 0));
		assert_true(to_utc == (cases[i].to[0] ? world_utc(world, cases[i].to) : 0));
		office_feed_known(&world->config, &world->feeds[WORLD_DESKS], office_feed_seen(&input, "none"),
				  world->now_utc, &from_utc, &to_utc);
		assert_true(from_utc == 0 && to_utc == 0);
		assert_int_equal(office_feed_doubt(&world->feeds[WORLD_DESKS], NULL, 0, 0), DOUBT_NEVER_READ);
		world_destroy(world);
	}
}

/* Old data never gives a booked place away, even to a visitor who was warned. A booking without a place finds one. */
static void test_old_data_and_bookings(void **state)
{
	(void)state;
	struct world *world = world_create();
	world_book(world, "5", DAY "10:00", DAY "15:00", "Nils S.");
	world_book(world, "", DAY "10:00", DAY "15:00", "Elin W.");
	world->ages[WORLD_DESKS].agreed_utc = world->now_utc - 7200;
	assert_string_equal(world_state(world, "u1"), "unsure");
	assert_int_equal(sit_down(world, "5", true), OFFICE_UNSURE);
	assert_int_equal(world_check_in(world, "u2", "4"), OFFICE_UNSURE);
	struct command command = {.kind = COMMAND_CHECK_IN, .id = "u2", .place = "4", .is_anyway = true};
	assert_int_equal(world_do(world, &command), OFFICE_ALLOWED);
	assert_int_equal(world_check_in(world, "u1", ""), OFFICE_ALLOWED);
	world_destroy(world);
}

/* Each comes in time or late; who is late stays among those who can check in until the end, or until somebody sits
 * there. */
static void test_who_is_awaited(void **state)
{
	(void)state;
	static const struct {
		const char *now, *id;
		bool is_awaited;
	} cases[] = {
		{"09:59", "u1", false}, {"10:00", "u1", true},  {"10:44", "u1", true}, {"10:45", "u1", true},
		{"14:59", "u1", true},  {"15:00", "u1", false}, {"11:00", "u2", true}, {"11:10", "u3", false},
		{"11:20", "u4", false}, {"11:20", "u5", true},
	};
	struct world *world = world_create();
	world_book(world, "5", DAY "10:30", DAY "15:00", "Nils S.");
	world_book(world, "", DAY "10:30", DAY "15:00", "Elin W.");
	world_book(world, "6", DAY "10:30", DAY "15:00", "Sara H.");
	world_book(world, "7", DAY "10:30", DAY "15:00", "Maja K.");
	world_book(world, "8", DAY "10:30", DAY "15:00", "Jonas Å.");
	world_now(world, DAY "11:05");
	assert_int_equal(world_drop_in(world, "6", DAY "15:00"), OFFICE_ALLOWED);
	assert_int_equal(world_check_in(world, "u4", ""), OFFICE_ALLOWED);
	for (size_t i = 0; i < COUNT(cases); i++) {
		char at[32];
		snprintf(at, sizeof(at), DAY "%s", cases[i].now);
		world_now(world, at);
		struct office_input input = world_input(world);
		struct office *office = world_office(world);
		print_message("awaited %zu\n", i);
		assert_int_equal(office_is_awaited(office, &input, office_find(office, cases[i].id)),
				 cases[i].is_awaited);
		office_destroy(office);
	}
	world->ages[WORLD_DESKS].agreed_utc = world->now_utc - 7200;
	struct office_input input = world_input(world);
	struct office *office = world_office(world);
	assert_true(office_is_awaited(office, &input, office_find(office, "u5"))); /* nobody counts as absent */
	office_destroy(office);
	world_destroy(world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_free_or_unknown),
		cmocka_unit_test(test_what_a_feed_speaks_of),
		cmocka_unit_test(test_old_data_and_bookings),
		cmocka_unit_test(test_who_is_awaited),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
