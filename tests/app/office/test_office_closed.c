/* Closed days and hours, and notices. */
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

static struct config_feed *add_feed(struct world *world, enum feed_kind kind)
{
	world->feeds[WORLD_SPARE] = world->feeds[WORLD_COUNCIL];
	world->feeds[WORLD_SPARE].kind = kind;
	world->feeds[WORLD_SPARE].name = world->config.language; /* "sv": any text that outlives it */
	world->config.feed_count = WORLD_SPARE + 1;
	return &world->feeds[WORLD_SPARE];
}

static struct cache_row *add_row(struct world *world, const char *from, const char *to, const char *title)
{
	struct cache_row *row = world_add(world, WORLD_SPARE, "c", from, to, title, "");
	row->busy = OCCURRENCE_FREE; /* as most calendars mark them */
	if (!strchr(from, 'T')) {
		world_all_day(world, row, from, to);
	}
	return row;
}

static void finish(struct world *world)
{
	world->config.feed_count = WORLD_SPARE;
	world_destroy(world);
}

enum { SAT_SUN = 1 << 5 | 1 << 6 };

/* A closure, and what it makes of the office at a time. "": the same day, none, or not again. */
static const struct closed_case {
	const char *from, *to; /* dates: all day, last day included; "" no closure */
	unsigned weekdays;
	const char *now;
	bool is_closed, is_closed_now;
	const char *why, *free_until, *reopens;
} closed_cases[] = {
	{"", "", 0, DAY "10:42", false, false, "", DAY "18:00", ""},
	{"", "", 0, DAY "06:00", false, false, "", DAY "18:00", DAY "07:00"},
	{"", "", 0, DAY "18:00", false, false, "", "2026-11-24T00:00", "2026-11-24T07:00"},
	{"", "", 0, DAY "17:59:59", false, false, "", DAY "18:00", ""},
	{"", "", SAT_SUN, "2026-11-27T18:30", false, false, "", "2026-11-28T00:00", "2026-11-30T07:00"},
	{"", "", SAT_SUN, "2026-11-28T10:00", true, true, "", "", "2026-11-30T07:00"},
	{"", "", SAT_SUN, "2026-11-30T10:00", false, false, "", "2026-11-30T18:00", ""},
	{"", "", 127, DAY "10:42", true, true, "", "", ""},
	{"2026-11-23", "2026-11-23", 0, DAY "10:42", true, true, "Dag", "", "2026-11-24T07:00"},
	{"2026-11-23", "2026-11-25", 0, "2026-11-25T23:59", true, true, "Dag", "", "2026-11-26T07:00"},
	{"2026-11-23", "2026-11-22", 0, DAY "10:42", true, true, "Dag", "", "2026-11-24T07:00"}, /* without an end */
	{"2026-11-22", "2026-11-22", 0, DAY "00:00", false, false, "", DAY "18:00", DAY "07:00"},
	{"2026-11-24", "2026-11-24", 0, DAY "10:42", false, false, "", DAY "18:00", ""},
	{"2026-11-24", "2026-11-24", 0, DAY "19:00", false, false, "", "2026-11-24T00:00", "2026-11-25T07:00"},
	{"2026-11-28", "2026-11-28", SAT_SUN, "2026-11-28T10:00", true, true, "Dag", "", "2026-11-30T07:00"},
	/* by times */
	{DAY "07:00", DAY "18:00", 0, DAY "10:42", true, true, "Dag", "", "2026-11-24T07:00"},
	{DAY "07:00", DAY "18:00", 0, DAY "19:00", true, true, "Dag", "", "2026-11-24T07:00"},
	{DAY "12:00", DAY "13:00", 0, DAY "10:42", false, false, "Dag", DAY "12:00", ""},
	{DAY "12:00", DAY "13:00", 0, DAY "12:00", false, true, "Dag", "", DAY "13:00"},
	{DAY "12:00", DAY "13:00", 0, DAY "13:00", false, false, "", DAY "18:00", ""},
	{DAY "12:00", DAY "20:00", 0, DAY "12:30", false, true, "Dag", "", "2026-11-24T07:00"},
	{DAY "06:00", DAY "09:00", 0, DAY "06:30", false, true, "Dag", "", DAY "09:00"},
	{DAY "12:00", "2026-11-24T09:00", 0, DAY "12:30", false, true, "Dag", "", "2026-11-24T09:00"},
};

static void test_closed(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(closed_cases); i++) {
		const struct closed_case *test = &closed_cases[i];
		struct world *world = world_create();
		add_feed(world, FEED_CLOSURES);
		if (test->from[0]) {
			add_row(world, test->from, test->to, "Dag");
		}
		world->config.closed_weekdays = test->weekdays;
		world_now(world, test->now);
		print_message("closed %zu: %s\n", i, test->now);
		struct office *office = world_office(world);
		const struct office_place *place = &office->places[PLACE_4];
		assert_int_equal(office->is_closed, test->is_closed);
		assert_int_equal(office->is_closed_now, test->is_closed_now);
		assert_string_equal(office->closed_why, test->why);
		assert_int_equal(place->may_be_taken, !test->is_closed_now);
		assert_int_equal(office->free_desks, test->is_closed_now ? 0 : 8);
		assert_true(office->reopens_utc == (test->reopens[0] ? world_utc(world, test->reopens) : 0));
		if (test->free_until[0]) {
			assert_true(place->free_until_utc == world_utc(world, test->free_until));
		}
		/* What is foretold as the next change is one of closed or not, if any of that changes. */
		world->now_utc = office->changes_utc - 1;
		struct office *before = world_office(world);
		assert_int_equal(before->is_closed_now, office->is_closed_now);
		office_destroy(before);
		office_destroy(office);
		finish(world);
	}
}

/* Neighbouring holidays, one of them private or called off: each day has its own name. */
static void test_closed_days_in_a_row(void **state)
{
	(void)state;
	static const struct {
		const char *now, *why, *reopens;
	} cases[] = {
		{"2026-12-24T10:00", "Julafton", "2026-12-28T07:00"},
		{"2026-12-25T10:00", "Juldagen", "2026-12-28T07:00"},
		{"2026-12-26T10:00", "", "2026-12-28T07:00"},
		{"2026-12-27T10:00", "", "2026-12-28T07:00"},
		{"2026-12-28T10:00", "", ""},
	};
	struct world *world = world_create();
	add_feed(world, FEED_CLOSURES);
	add_row(world, "2026-12-25", "2026-12-25", "Juldagen");
	add_row(world, "2026-12-24", "2026-12-24", "Julafton");
	add_row(world, "2026-12-30", "2026-12-30", "Inventering");
	add_row(world, "2026-12-24T08:00", "2026-12-24T09:00", "Städning");
	add_row(world, "2026-12-26", "2026-12-26", "Hemligt")->is_private = true;
	add_row(world, "2026-12-28", "2026-12-28", "Inställt")->status = OCCURRENCE_CANCELLED;
	world->config.closed_weekdays = SAT_SUN;
	world_book(world, "5", "2026-12-24T10:00", "2026-12-24T12:00", "Nils S.");
	for (size_t i = 0; i < COUNT(cases); i++) {
		world_now(world, cases[i].now);
		print_message("row %zu\n", i);
		struct office *office = world_office(world);
		assert_int_equal(office->is_closed, cases[i].reopens[0] != '\0');
		assert_string_equal(office->closed_why, cases[i].why);
		assert_true(office->reopens_utc == (cases[i].reopens[0] ? world_utc(world, cases[i].reopens) : 0));
		office_destroy(office);
	}
	/* Who has booked may come, and move; nobody else may. */
	world_now(world, "2026-12-24T10:00");
	assert_int_equal(sit_down(world, "4", true), OFFICE_CLOSED);
	assert_int_equal(world_check_in(world, "u7", ""), OFFICE_ALLOWED);
	struct office_input input = world_input(world);
	struct office *tomorrow = office_create_day(&input, zone_day(world->config.zone, world->now_utc) + 1);
	assert_non_null(tomorrow);
	assert_true(tomorrow->is_closed);
	assert_false(tomorrow->is_closed_now);
	office_destroy(tomorrow);
	struct office *yesterday = office_create_day(&input, zone_day(world->config.zone, world->now_utc) - 1);
	assert_non_null(yesterday);
	assert_false(yesterday->is_closed);
	office_destroy(yesterday);
	world_now(world, "2026-12-28T10:00");
	input = world_input(world);
	struct office *past = office_create_day(&input, zone_day(world->config.zone, world->now_utc) - 3);
	assert_non_null(past);
	assert_true(past->is_closed);
	assert_false(past->is_closed_now);
	office_destroy(past);
	world_now(world, "2026-12-24T10:00");
	assert_int_equal(world_check_in(world, "u7", "4"), OFFICE_ALLOWED);
	finish(world);
}

static void test_notices(void **state)
{
	(void)state;
	static const struct {
		const char *now;
		size_t count;
		const char *first;
	} cases[] = {{DAY "08:59", 1, "Hela dagen"},
		     {DAY "09:00", 2, "Hela dagen"},
		     {DAY "10:00", 1, "Hela dagen"},
		     {"2026-11-24T09:30", 0, ""}};
	struct world *world = world_create();
	add_feed(world, FEED_NOTICES);
	add_row(world, DAY "09:00", DAY "10:00", "Brandövning");
	add_row(world, "2026-11-23", "2026-11-23", "Hela dagen");
	add_row(world, "2026-11-23", "2026-11-23", "");
	for (size_t i = 0; i < COUNT(cases); i++) {
		world_now(world, cases[i].now);
		struct office *office = world_office(world);
		assert_int_equal(office->notice_count, cases[i].count);
		assert_string_equal(office->notice_count ? office->notices[0]->title : "", cases[i].first);
		assert_false(office->is_closed);
		office_destroy(office);
	}
	finish(world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_closed),
		cmocka_unit_test(test_closed_days_in_a_row),
		cmocka_unit_test(test_notices),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
