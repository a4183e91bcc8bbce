/* Journals as two programs, a restart or an older release may have left them. The office finds out from any entries who
 * sits where. The file also holds other cases that no ordinary day brings. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/base/i18n.h"
#include "app/model/words.h"
#include "world.h"

#define DAY "2026-11-23T"
#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

struct line {
	const char *at;
	enum journal_action action;
	const char *place, *uid; /* uid "" of a drop-in */
	const char *end;
	int64_t undoes;
};

static void write_line(struct world *world, const struct line *line)
{
	struct journal_entries *entries = &world->snapshot.entries;
	char at[32], end[32];
	snprintf(at, sizeof(at), DAY "%s", line->at);
	snprintf(end, sizeof(end), DAY "%s", line->end);
	entries->items = realloc(entries->items, (entries->count + 1) * sizeof(*entries->items));
	assert_non_null(entries->items);
	struct journal_entry *entry = &entries->items[entries->count++];
	char token[16], undoes[16] = "";
	snprintf(token, sizeof(token), "t%zu", entries->count);
	if (line->undoes) {
		snprintf(undoes, sizeof(undoes), "t%d", (int)line->undoes);
	}
	*entry = (struct journal_entry){.id = (int64_t)entries->count,
					.token = strdup(token),
					.box = strdup(""),
					.at_utc = world_utc(world, at),
					.action = line->action,
					.place = strdup(line->place),
					.feed = strdup(line->uid[0] ? "desks" : ""),
					.uid = strdup(line->uid),
					.recurrence_id = strdup(""),
					.label = strdup(line->uid[0] ? "Nils S." : ""),
					.start_utc = world_utc(world, at),
					.end_utc = world_utc(world, end),
					.target = strdup(undoes)};
}

/* Booking u1 is at place 5, 10:30–15:00; it is 12:00. */
static const struct {
	const char *name;
	struct line lines[6];
	const char *booking, *five, *four;
} journals[] = {
	{"nothing", {{0}}, "no-show", "free", "free"},
	{"in twice",
	 {{"10:30", JOURNAL_CHECK_IN, "5", "u1", "15:00", 0}, {"10:31", JOURNAL_CHECK_IN, "5", "u1", "15:00", 0}},
	 "checked-in",
	 "checked-in",
	 "free"},
	{"out without in", {{"10:31", JOURNAL_CHECK_OUT, "5", "u1", "15:00", 0}}, "no-show", "free", "free"},
	{"out of an empty place", {{"10:31", JOURNAL_CHECK_OUT, "4", "", "15:00", 0}}, "no-show", "free", "free"},
	{"out twice",
	 {{"10:30", JOURNAL_CHECK_IN, "5", "u1", "15:00", 0},
	  {"11:00", JOURNAL_CHECK_OUT, "5", "u1", "15:00", 0},
	  {"11:01", JOURNAL_CHECK_OUT, "5", "u1", "15:00", 0}},
	 "left",
	 "free",
	 "free"},
	{"out after the end, and again in",
	 {{"10:30", JOURNAL_CHECK_IN, "4", "u1", "11:00", 0},
	  {"11:10", JOURNAL_CHECK_OUT, "4", "u1", "11:00", 0},
	  {"11:20", JOURNAL_CHECK_IN, "5", "u1", "15:00", 0}},
	 "checked-in",
	 "checked-in",
	 "free"},
	{"a place that is gone", {{"10:30", JOURNAL_CHECK_IN, "77", "u1", "15:00", 0}}, "checked-in", "free", "free"},
	{"a drop-in over a drop-in",
	 {{"11:00", JOURNAL_DROP_IN, "4", "", "13:00", 0}, {"11:30", JOURNAL_DROP_IN, "4", "", "11:45", 0}},
	 "no-show",
	 "free",
	 "free"},
	{"a drop-in after a drop-in",
	 {{"11:00", JOURNAL_DROP_IN, "4", "", "11:30", 0}, {"11:40", JOURNAL_DROP_IN, "4", "", "13:00", 0}},
	 "no-show",
	 "free",
	 "taken"},
	{"undone, in either order of writing",
	 {{"10:30", JOURNAL_CHECK_IN, "5", "u1", "15:00", 0},
	  {"10:31", JOURNAL_DROP_IN, "4", "", "15:00", 0},
	  {"10:32", JOURNAL_UNDO, "4", "", "15:00", 2},
	  {"10:33", JOURNAL_UNDO, "5", "u1", "15:00", 1},
	  {"10:34", JOURNAL_UNDO, "5", "u1", "15:00", 99}},
	 "no-show",
	 "free",
	 "free"},
	{"of a booking that no feed has",
	 {{"11:00", JOURNAL_CHECK_IN, "4", "other", "13:00", 0}},
	 "no-show",
	 "free",
	 "checked-in"},
	{"a move back",
	 {{"10:30", JOURNAL_CHECK_IN, "5", "u1", "15:00", 0},
	  {"10:40", JOURNAL_CHECK_IN, "4", "u1", "15:00", 0},
	  {"10:50", JOURNAL_CHECK_IN, "5", "u1", "15:00", 0}},
	 "checked-in",
	 "checked-in",
	 "free"},
	{"a move undone",
	 {{"10:30", JOURNAL_CHECK_IN, "5", "u1", "15:00", 0},
	  {"10:40", JOURNAL_CHECK_IN, "4", "u1", "15:00", 0},
	  {"10:41", JOURNAL_UNDO, "4", "u1", "15:00", 2}},
	 "checked-in",
	 "checked-in",
	 "free"},
};

static void test_journals(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(journals); i++) {
		struct world *world = world_create();
		world_book(world, "5", DAY "10:30", DAY "15:00", "Nils S.");
		for (const struct line *line = journals[i].lines; line->at; line++) {
			write_line(world, line);
		}
		world_now(world, DAY "12:00");
		print_message("%s\n", journals[i].name);
		assert_string_equal(world_state(world, "u1"), journals[i].booking);
		assert_string_equal(world_place(world, "5"), journals[i].five);
		assert_string_equal(world_place(world, "4"), journals[i].four);
		world_destroy(world);
	}
}

static void test_already_tells_the_entry(void **state)
{
	(void)state;
	struct world *world = world_create();
	world_book(world, "5", DAY "10:30", DAY "15:00", "Nils S.");
	assert_int_equal(world_check_in(world, "u1", ""), OFFICE_ALLOWED);
	struct office_input input = world_input(world);
	const struct command command = {.kind = COMMAND_CHECK_IN, .id = "u1"};
	int64_t entry = -1;
	assert_int_equal(office_judge(&input, &command, &entry), OFFICE_ALREADY);
	assert_int_equal(entry, 1);
	const struct command other = {.kind = COMMAND_CHECK_OUT, .place = "77"};
	entry = -1;
	assert_int_equal(office_judge(&input, &other, &entry), OFFICE_UNKNOWN);
	assert_int_equal(entry, -1);
	world_destroy(world);
}

/* A feed that no snapshot knows yet, a place of a feed that is not configured. */
static void test_unknown_feeds(void **state)
{
	(void)state;
	struct world *world = world_create();
	world->snapshot.feed_count = 0;
	assert_string_equal(world_place(world, "4"), "unknown");
	world->snapshot.feed_count = world->config.feed_count;
	world_set(&world->places[4].feed, "nowhere");
	assert_string_equal(world_place(world, "4"), "unknown");
	assert_string_equal(world_place(world, "3"), "free");
	free(world->places[4].feed);
	world->places[4].feed = NULL;
	assert_string_equal(world_place(world, "4"), "unknown");
	world_destroy(world);
}

static void test_all_day_without_an_end(void **state)
{
	(void)state;
	struct world *world = world_create();
	struct cache_row *row = world_book(world, "5", DAY "10:30", DAY "15:00", "Nils S.");
	world_all_day(world, row, "2026-11-23", "2026-11-23");
	row->span.end_day = row->span.start_day; /* RFC 5545: DTEND is absent, so it is one day */
	assert_string_equal(world_state(world, "u1"), "no-show");
	int64_t start = 0, end = 0;
	office_row_times(&world->config, row, &start, &end);
	assert_true(start == world_utc(world, DAY "07:00") && end == world_utc(world, DAY "18:00"));
	world_destroy(world);
}

static void test_two_feeds_one_identity(void **state)
{
	(void)state;
	struct world *world = world_create();
	for (int i = 0; i < 2; i++) {
		struct cache_row *row = world_book(world, "5", DAY "10:30", DAY "15:00", "Nils S.");
		world_set(&row->uid, "same");
		if (i == 1) {
			world_set(&row->feed, "room");
		}
	}
	struct office *office = world_office(world);
	assert_int_equal(office->booking_count, 2);
	assert_string_equal(office_find(office, "same")->feed, "desks");
	assert_string_equal(office_find(office, "room:same")->feed, "room");
	office_destroy(office);
	assert_int_equal(world_check_in(world, "room:same", ""), OFFICE_ALLOWED);
	assert_string_equal(world_state(world, "room:same"), "checked-in");
	assert_string_equal(world_state(world, "same"), "waiting");
	assert_int_equal(world_check_in(world, "same", ""), OFFICE_TAKEN);
	world_destroy(world);
}

static void test_names(void **state)
{
	(void)state;
	static const struct {
		const char *name, *first, *initials;
	} names[] = {
		{"Nils S.", "Nils", "N.S."},
		{"Nils Sandström", "Nils", "N.S."},
		{"N.S.", "", ""},
		{"N S", "", ""},
		{"Örjan", "Örjan", "Ö."},
		{"Ö", "", ""},
		{"Anna  Maria af Klint", "Anna", "A.M.a.K."},
		{"", "", ""},
		{"ß", "", ""},
		{"Biret Č.", "Biret", "B.Č."},
	};
	struct arena *arena = arena_create();
	for (size_t i = 0; i < COUNT(names); i++) {
		assert_string_equal(words_first_name(arena, names[i].name), names[i].first);
		assert_string_equal(words_initials(arena, names[i].name), names[i].initials);
	}
	assert_string_equal(words_sentence(arena, "Hej"), "Hej.");
	assert_string_equal(words_sentence(arena, "Hej!"), "Hej!");
	assert_string_equal(words_sentence(arena, ""), ".");
	arena_destroy(arena);
}

static void test_days(void **state)
{
	(void)state;
	i18n_init(KIOSK_LOCALE_DIR, &(struct err){""});
	i18n_set_language("sv");
	static const struct {
		int32_t days;
		const char *words;
	} cases[] = {{-3, "i dag"}, {0, "i dag"}, {1, "i morgon"}, {2, "om 2 dagar"}, {365, "om 365 dagar"}};
	struct arena *arena = arena_create();
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_string_equal(words_in_days(arena, cases[i].days), cases[i].words);
	}
	assert_string_equal(words_week(arena, 20822), "vecka 1");  /* 2027-01-04 */
	assert_string_equal(words_week(arena, 20819), "vecka 53"); /* 2027-01-01 */
	assert_string_equal(words_date(arena, 20516), "onsdag 4 mars");
	assert_string_equal(words_date_short(arena, 0), "1 januari");
	arena_destroy(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_journals),
		cmocka_unit_test(test_already_tells_the_entry),
		cmocka_unit_test(test_unknown_feeds),
		cmocka_unit_test(test_all_day_without_an_end),
		cmocka_unit_test(test_two_feeds_one_identity),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_days),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
