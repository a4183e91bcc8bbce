/* A visitor's stay: taps and time go in, views and commands come out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/base/limits.h"
#include "app/model/visit.h"
#include "tests/app/office/world.h"

#define DAY "2026-11-23T"
enum { START_MS = 1000 * 1000 };

struct stay {
	struct world *world;
	struct visit visit;
	struct command sent;
	int64_t mono_ms;
};

static struct stay stay_begin(void)
{
	struct stay stay = {.world = world_create(), .mono_ms = START_MS};
	visit_init(&stay.visit, &stay.world->config, stay.mono_ms);
	return stay;
}

static void stay_end(struct stay *stay)
{
	world_destroy(stay->world);
}

static bool tap(struct stay *stay, struct action action)
{
	action.id = action.id ? action.id : "";
	action.place = action.place ? action.place : "";
	return visit_act(&stay->visit, &stay->world->config, &action, stay->mono_ms, &stay->sent);
}

/* Lets time pass and ticks, as the loop does, at the moments that the visit asks for. */
static void pass(struct stay *stay, int64_t ms)
{
	int64_t until = stay->mono_ms + ms;
	while (stay->mono_ms < until) {
		int64_t now_utc = stay->world->now_utc;
		int64_t next = visit_next_ms(&stay->visit, &stay->world->config, now_utc, stay->mono_ms);
		if (next <= stay->mono_ms) { /* due: once done it must not be due any more */
			visit_tick(&stay->visit, &stay->world->config, now_utc, stay->mono_ms);
			next = visit_next_ms(&stay->visit, &stay->world->config, now_utc, stay->mono_ms);
		}
		assert_true(next > stay->mono_ms);
		next = next < until ? next : until;
		stay->world->now_utc = now_utc + (next - stay->mono_ms) / 1000;
		stay->mono_ms = next;
		visit_tick(&stay->visit, &stay->world->config, stay->world->now_utc, stay->mono_ms);
	}
}

static void answer(struct stay *stay, enum journal_appended outcome, int64_t entry)
{
	struct snapshot snapshot = {.result_count = 2};
	snapshot.results[0] = (struct snapshot_result){.command = stay->sent.number + 7, .outcome = JOURNAL_NOT_SAVED};
	snapshot.results[1] =
		(struct snapshot_result){.command = stay->sent.number, .outcome = outcome, .entry = entry};
	visit_see(&stay->visit, &stay->world->config, &snapshot, stay->mono_ms);
}

static const struct action open_sheet = {.kind = ACTION_OPEN, .view = VIEW_SHEET, .id = "u1", .place = ""};
static const struct action check_in = {.kind = ACTION_CHECK_IN, .id = "u1", .place = ""};

static void test_two_taps_to_welcome(void **state)
{
	(void)state;
	struct stay stay = stay_begin();
	assert_false(tap(&stay, open_sheet));
	assert_int_equal(stay.visit.view, VIEW_SHEET);
	assert_string_equal(stay.visit.id, "u1");
	pass(&stay, 2000);
	assert_true(tap(&stay, check_in));
	assert_int_equal(stay.sent.kind, COMMAND_CHECK_IN);
	assert_string_equal(stay.sent.id, "u1");
	assert_int_equal(stay.visit.view, VIEW_SHEET); /* nothing is shown as done before it is on disk */
	answer(&stay, JOURNAL_APPENDED, 17);
	assert_int_equal(stay.visit.view, VIEW_DONE);
	assert_int_equal(stay.visit.answered.kind, COMMAND_CHECK_IN);
	pass(&stay, 9999);
	assert_int_equal(stay.visit.view, VIEW_DONE);
	pass(&stay, 1);
	assert_int_equal(stay.visit.view, VIEW_HOME);
	stay_end(&stay);
}

static void test_welcome_without_undo(void **state)
{
	(void)state;
	struct stay stay = stay_begin();
	stay.world->config.undo_s = 0;
	assert_true(tap(&stay, check_in));
	answer(&stay, JOURNAL_APPENDED, 17);
	pass(&stay, VISIT_DONE_MIN_MS - 1);
	assert_int_equal(stay.visit.view, VIEW_DONE);
	pass(&stay, 1);
	assert_int_equal(stay.visit.view, VIEW_HOME);
	stay_end(&stay);
}

/* However long the time for undo is, the next in the queue waits for ten seconds at most, and can undo nothing that is
 * too old. */
static void test_long_undo_goes_on_at_home(void **state)
{
	(void)state;
	struct stay stay = stay_begin();
	stay.world->config.undo_s = 120;
	assert_true(tap(&stay, check_in));
	answer(&stay, JOURNAL_APPENDED, 17);
	pass(&stay, VISIT_DONE_MAX_MS - 1);
	assert_int_equal(stay.visit.view, VIEW_DONE);
	pass(&stay, 1);
	assert_int_equal(stay.visit.view, VIEW_HOME);
	pass(&stay, 120 * 1000 - VISIT_DONE_MAX_MS - 1);
	assert_int_equal(stay.visit.undo.kind, COMMAND_CHECK_IN);
	struct stay late = stay;
	assert_true(tap(&stay, (struct action){.kind = ACTION_UNDO}));
	assert_int_equal(stay.sent.entry, 17);
	pass(&stay, 1000); /* it was tapped in time */
	answer(&stay, JOURNAL_APPENDED, 18);
	assert_int_equal(stay.visit.view, VIEW_DONE);
	assert_int_equal(stay.visit.undo.kind, COMMAND_NONE);
	pass(&late, 1);
	assert_int_equal(late.visit.undo.kind, COMMAND_NONE);
	assert_false(tap(&late, (struct action){.kind = ACTION_UNDO}));
	stay_end(&stay);
}

/* "Klar", or a touch anywhere, leads home at once; a tremor of the tap that checked in does not. */
static void test_welcome_is_left_by_a_tap(void **state)
{
	(void)state;
	struct stay stay = stay_begin();
	assert_true(tap(&stay, check_in));
	stay.mono_ms += VISIT_DOUBLE_TAP_MS + 100; /* the disk is slow */
	answer(&stay, JOURNAL_APPENDED, 17);
	stay.mono_ms += VISIT_DOUBLE_TAP_MS - 1;
	tap(&stay, (struct action){.kind = ACTION_CLOSE});
	assert_int_equal(stay.visit.view, VIEW_DONE);
	stay.mono_ms += VISIT_DOUBLE_TAP_MS;
	tap(&stay, (struct action){.kind = ACTION_CLOSE});
	assert_int_equal(stay.visit.view, VIEW_HOME);
	assert_int_equal(stay.visit.undo.kind, COMMAND_CHECK_IN);
	pass(&stay, 1000);
	assert_true(tap(&stay, (struct action){.kind = ACTION_CHECK_IN, .id = "u2"})); /* the next in the queue */
	answer(&stay, JOURNAL_APPENDED, 18);
	assert_int_equal(stay.visit.undo.entry, 18);
	stay_end(&stay);
}

/* The next visitor meets the screen as it always is; who undoes reads the answer in the language of the act. */
static void test_visit_ends_with_the_welcome(void **state)
{
	(void)state;
	for (int by_tap = 0; by_tap <= 1; by_tap++) {
		struct stay stay = stay_begin();
		tap(&stay, (struct action){.kind = ACTION_LANGUAGE, .id = "en"});
		pass(&stay, 1000);
		tap(&stay, (struct action){.kind = ACTION_TEXT_SIZE, .number = 160});
		pass(&stay, 1000);
		tap(&stay, (struct action){.kind = ACTION_REACH, .number = 1});
		pass(&stay, 1000);
		assert_true(tap(&stay, check_in));
		answer(&stay, JOURNAL_APPENDED, 17);
		assert_string_equal(stay.visit.language, "en");
		pass(&stay, by_tap ? 2000 : VISIT_DONE_MAX_MS);
		tap(&stay, (struct action){.kind = by_tap ? ACTION_CLOSE : ACTION_NONE});
		assert_int_equal(stay.visit.view, VIEW_HOME);
		assert_string_equal(stay.visit.language, "sv");
		assert_int_equal(stay.visit.text_percent, 100);
		assert_false(stay.visit.low_reach);
		assert_string_equal(stay.visit.undo.language, "en");
		if (by_tap) {
			pass(&stay, 1000);
			assert_true(tap(&stay, (struct action){.kind = ACTION_UNDO}));
			answer(&stay, JOURNAL_APPENDED, 18);
			assert_string_equal(stay.visit.language, "en");
			pass(&stay, VISIT_DONE_MAX_MS);
			assert_string_equal(stay.visit.language, "sv");
		}
		stay_end(&stay);
	}
}

static void test_second_tap_is_tremor(void **state)
{
	(void)state;
	struct stay stay = stay_begin();
	assert_true(tap(&stay, check_in));
	stay.mono_ms += VISIT_DOUBLE_TAP_MS - 1;
	assert_false(tap(&stay, open_sheet));
	assert_int_equal(stay.visit.view, VIEW_HOME);
	stay.mono_ms += 1;
	assert_false(tap(&stay, open_sheet));
	assert_int_equal(stay.visit.view, VIEW_SHEET);
	stay_end(&stay);
}

/* A tap that meant nothing keeps the visitor here, and no real tap out. */
static void test_empty_tap(void **state)
{
	(void)state;
	struct stay stay = stay_begin();
	tap(&stay, open_sheet);
	pass(&stay, 44000);
	tap(&stay, (struct action){.kind = ACTION_NONE});
	tap(&stay, (struct action){.kind = ACTION_CHOOSE, .number = 2});
	assert_int_equal(stay.visit.choice, 2);
	pass(&stay, 44000);
	assert_int_equal(stay.visit.view, VIEW_SHEET);
	stay_end(&stay);
}

static void test_one_command_at_a_time(void **state)
{
	(void)state;
	struct stay stay = stay_begin();
	assert_true(tap(&stay, check_in));
	pass(&stay, 1000);
	assert_false(tap(&stay, check_in));
	answer(&stay, JOURNAL_REPEATED, 3);
	assert_int_equal(stay.visit.view, VIEW_DONE);
	uint64_t first = stay.sent.number;
	pass(&stay, 1000);
	assert_true(tap(&stay, (struct action){.kind = ACTION_UNDO}));
	assert_int_equal(stay.sent.kind, COMMAND_UNDO);
	assert_int_equal(stay.sent.entry, 3);
	assert_true(stay.sent.number > first);
	answer(&stay, JOURNAL_APPENDED, 4);
	assert_int_equal(stay.visit.answered.kind, COMMAND_UNDO);
	assert_int_equal(stay.visit.view, VIEW_DONE);
	stay_end(&stay);
}

static void test_commands_carry_what_was_tapped(void **state)
{
	(void)state;
	struct stay stay = stay_begin();
	assert_true(tap(&stay, (struct action){.kind = ACTION_DROP_IN, .place = "3", .until_utc = 4711}));
	assert_int_equal(stay.sent.kind, COMMAND_DROP_IN);
	assert_string_equal(stay.sent.place, "3");
	assert_int_equal(stay.sent.until_utc, 4711);
	answer(&stay, JOURNAL_APPENDED, 1);
	pass(&stay, 1000);
	tap(&stay, (struct action){.kind = ACTION_CLOSE});
	assert_int_equal(stay.visit.view, VIEW_HOME);
	pass(&stay, 1000);
	assert_true(tap(&stay, (struct action){.kind = ACTION_CHECK_OUT, .id = "u1", .place = "5"}));
	assert_int_equal(stay.sent.kind, COMMAND_CHECK_OUT);
	assert_string_equal(stay.sent.id, "u1");
	assert_string_equal(stay.sent.place, "5");
	stay_end(&stay);
}

static void test_undo_only_where_it_is_offered(void **state)
{
	(void)state;
	struct stay stay = stay_begin();
	assert_false(tap(&stay, (struct action){.kind = ACTION_UNDO}));
	assert_int_equal(stay.visit.pending.kind, COMMAND_NONE);
	stay_end(&stay);
}

static void test_trouble(void **state)
{
	(void)state;
	static const enum journal_appended outcomes[] = {JOURNAL_REFUSED, JOURNAL_NOT_SAVED};
	for (size_t i = 0; i < 2; i++) {
		struct stay stay = stay_begin();
		assert_true(tap(&stay, check_in));
		answer(&stay, outcomes[i], 0);
		assert_int_equal(stay.visit.view, VIEW_TROUBLE);
		assert_int_equal(stay.visit.result.outcome, outcomes[i]);
		pass(&stay, 1000);
		assert_true(tap(&stay, check_in)); /* and again */
		stay_end(&stay);
	}
}

static void test_worker_is_silent(void **state)
{
	(void)state;
	struct stay stay = stay_begin();
	assert_true(tap(&stay, check_in));
	pass(&stay, VISIT_SAVE_MS - 1);
	assert_int_equal(stay.visit.view, VIEW_HOME);
	pass(&stay, 1);
	assert_int_equal(stay.visit.view, VIEW_TROUBLE);
	assert_int_equal(stay.visit.result.outcome, JOURNAL_NOT_SAVED);
	assert_int_equal(stay.visit.answered.kind, COMMAND_CHECK_IN);
	answer(&stay, JOURNAL_APPENDED, 1); /* too late to be believed */
	assert_int_equal(stay.visit.view, VIEW_TROUBLE);
	stay_end(&stay);
}

static void test_still_there(void **state)
{
	(void)state;
	struct stay stay = stay_begin();
	tap(&stay, open_sheet);
	/* More than ten times, each with one tap. */
	for (int i = 0; i < 12; i++) {
		pass(&stay, VISIT_IDLE_MS - 1);
		assert_int_equal(stay.visit.view, VIEW_SHEET);
		pass(&stay, 1);
		assert_int_equal(stay.visit.view, VIEW_STILL_THERE);
		pass(&stay, VISIT_ANSWER_MS - 1);
		assert_int_equal(stay.visit.view, VIEW_STILL_THERE);
		tap(&stay, (struct action){.kind = ACTION_STAY});
		assert_int_equal(stay.visit.view, VIEW_SHEET);
		assert_string_equal(stay.visit.id, "u1");
	}
	pass(&stay, VISIT_IDLE_MS + VISIT_ANSWER_MS);
	assert_int_equal(stay.visit.view, VIEW_HOME);
	stay_end(&stay);
}

static void test_reset_between_visitors(void **state)
{
	(void)state;
	struct stay stay = stay_begin();
	const struct action changes[] = {{.kind = ACTION_LANGUAGE, .id = "en"},
					 {.kind = ACTION_TEXT_SIZE, .number = 160},
					 {.kind = ACTION_CONTRAST, .number = 1},
					 {.kind = ACTION_REACH, .number = 1},
					 {.kind = ACTION_PAGE, .number = 1}};
	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
		stay.mono_ms += 600;
		tap(&stay, changes[i]);
	}
	assert_string_equal(stay.visit.language, "en");
	assert_int_equal(stay.visit.text_percent, 160);
	assert_true(stay.visit.high_contrast && stay.visit.low_reach);
	assert_int_equal(stay.visit.page, 1);
	pass(&stay, VISIT_IDLE_MS);
	assert_int_equal(stay.visit.view, VIEW_STILL_THERE); /* at home too: somebody chose this */
	assert_string_equal(stay.visit.language, "en");
	pass(&stay, VISIT_ANSWER_MS);
	assert_int_equal(stay.visit.view, VIEW_HOME);
	assert_string_equal(stay.visit.language, "sv");
	assert_int_equal(stay.visit.text_percent, 100);
	assert_false(stay.visit.high_contrast || stay.visit.low_reach);
	assert_int_equal(stay.visit.page, 0);
	stay_end(&stay);
}

static void test_page_goes_back_without_asking(void **state)
{
	(void)state;
	struct stay stay = stay_begin();
	tap(&stay, (struct action){.kind = ACTION_PAGE, .number = 1});
	pass(&stay, VISIT_IDLE_MS);
	assert_int_equal(stay.visit.page, 0);
	assert_int_equal(stay.visit.view, VIEW_HOME);
	stay_end(&stay);
}

/* A sheet that was opened from the map leads back to it; the next visitor finds the schedule. */
static void test_the_map_stays_until_the_visitor_leaves(void **state)
{
	(void)state;
	struct stay stay = stay_begin();
	tap(&stay, (struct action){.kind = ACTION_MAP, .number = 1});
	assert_true(stay.visit.shows_map);
	stay.mono_ms += 600;
	tap(&stay, (struct action){.kind = ACTION_OPEN, .view = VIEW_FREE, .id = "3", .place = ""});
	stay.mono_ms += 600;
	tap(&stay, (struct action){.kind = ACTION_CLOSE, .id = "", .place = ""});
	assert_int_equal(stay.visit.view, VIEW_HOME);
	assert_true(stay.visit.shows_map);
	assert_true(visit_next_ms(&stay.visit, &stay.world->config, stay.world->now_utc, stay.mono_ms) <=
		    stay.mono_ms + VISIT_IDLE_MS);
	pass(&stay, VISIT_IDLE_MS);
	assert_int_equal(stay.visit.view, VIEW_HOME); /* nobody is asked for this */
	assert_false(stay.visit.shows_map);
	tap(&stay, (struct action){.kind = ACTION_MAP, .number = 1});
	stay.mono_ms += 600;
	tap(&stay, (struct action){.kind = ACTION_MAP, .number = 0});
	assert_false(stay.visit.shows_map);
	stay_end(&stay);
}

static const struct {
	const char *at;
	bool is_night;
} nights[] = {{DAY "06:44:59", true},     {DAY "06:45", false},       {DAY "07:00", false}, {DAY "17:59:59", false},
	      {DAY "18:00", true},        {DAY "23:59:59", true},     {DAY "00:00", true},  {"2026-03-29T03:30", true},
	      {"2026-10-25T02:30", true}, {"2026-10-25T06:45", false}};

static void test_night(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(nights) / sizeof(nights[0]); i++) {
		struct stay stay = stay_begin();
		world_now(stay.world, nights[i].at);
		visit_tick(&stay.visit, &stay.world->config, stay.world->now_utc, stay.mono_ms);
		print_message("%s\n", nights[i].at);
		assert_int_equal(stay.visit.is_night, nights[i].is_night);
		stay_end(&stay);
	}
}

static void test_touch_wakes_at_night(void **state)
{
	(void)state;
	struct stay stay = stay_begin();
	world_now(stay.world, DAY "22:00");
	pass(&stay, 1);
	assert_true(stay.visit.is_night);
	assert_false(tap(&stay, check_in)); /* only wakes */
	assert_false(stay.visit.is_night);
	assert_int_equal(stay.visit.view, VIEW_HOME);
	pass(&stay, 1000);
	assert_true(tap(&stay, check_in));
	answer(&stay, JOURNAL_APPENDED, 1);
	pass(&stay, 10000 + VISIT_IDLE_MS);
	assert_true(stay.visit.is_night);
	stay_end(&stay);
}

static void test_night_comes_and_goes_by_itself(void **state)
{
	(void)state;
	struct stay stay = stay_begin();
	world_now(stay.world, DAY "17:59");
	pass(&stay, 59 * 1000);
	assert_false(stay.visit.is_night);
	pass(&stay, 1000);
	assert_true(stay.visit.is_night);
	pass(&stay, (int64_t)(12 * 3600 + 44 * 60 + 59) * 1000);
	assert_true(stay.visit.is_night);
	pass(&stay, 1000);
	assert_false(stay.visit.is_night);
	stay_end(&stay);
}

/* Somebody who is still reading is not put into the dark. */
static void test_night_waits_for_a_visitor(void **state)
{
	(void)state;
	struct stay stay = stay_begin();
	world_now(stay.world, DAY "17:59:50");
	tap(&stay, open_sheet);
	pass(&stay, 30 * 1000);
	assert_false(stay.visit.is_night);
	pass(&stay, VISIT_IDLE_MS + VISIT_ANSWER_MS);
	assert_true(stay.visit.is_night);
	stay_end(&stay);
}

static void test_opened_on_night(void **state)
{
	(void)state;
	struct stay stay = stay_begin();
	stay.visit.view = VIEW_NIGHT; /* as --view does */
	pass(&stay, 1000);
	assert_int_equal(stay.visit.view, VIEW_NIGHT);
	tap(&stay, (struct action){.kind = ACTION_NONE});
	assert_int_equal(stay.visit.view, VIEW_HOME);
	stay_end(&stay);
}

static void test_long_ids_are_refused(void **state)
{
	(void)state;
	struct stay stay = stay_begin();
	char id[VISIT_ID_MAX + 1];
	memset(id, 'x', sizeof(id));
	id[VISIT_ID_MAX] = '\0';
	assert_false(tap(&stay, (struct action){.kind = ACTION_OPEN, .view = VIEW_SHEET, .id = id}));
	assert_int_equal(stay.visit.view, VIEW_HOME);
	stay.mono_ms += 1000;
	assert_false(tap(&stay, (struct action){.kind = ACTION_CHECK_IN, .id = id}));
	assert_int_equal(stay.visit.pending.kind, COMMAND_NONE);
	stay.mono_ms += 1000;
	assert_false(tap(&stay, (struct action){.kind = ACTION_LANGUAGE, .id = id}));
	assert_string_equal(stay.visit.language, "sv");
	stay.mono_ms += 1000;
	id[VISIT_ID_MAX - 1] = '\0';
	assert_true(tap(&stay, (struct action){.kind = ACTION_CHECK_IN, .id = id}));
	stay_end(&stay);
}

static void test_first_run(void **state)
{
	(void)state;
	struct stay stay = stay_begin();
	size_t feeds = stay.world->config.feed_count;
	stay.world->config.feed_count = 0;
	visit_init(&stay.visit, &stay.world->config, stay.mono_ms);
	assert_int_equal(stay.visit.view, VIEW_SETUP);
	pass(&stay, 10 * 60 * 1000);
	assert_int_equal(stay.visit.view, VIEW_SETUP);
	stay.world->config.feed_count = feeds;
	stay_end(&stay);
}

static uint32_t chance(uint64_t *seed, uint32_t below)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*seed >> 33) % below;
}

/* A wet screen, a palm, a child: no command but by its own tap, never two at a time, and in the end all is as before.
 */
static void test_random_taps(void **state)
{
	(void)state;
	static const char *const ids[] = {"", "u1", "5", "en", "sv", "a-language-that-is-too-long"};
	uint64_t seed = 20261123;
	struct stay stay = stay_begin();
	for (int i = 0; i < 200000; i++) {
		struct action action = {.kind = (enum action_kind)chance(&seed, ACTION_STAY + 1),
					.view = (enum view_kind)chance(&seed, VIEW_SETUP + 1),
					.id = ids[chance(&seed, 6)],
					.place = ids[chance(&seed, 6)],
					.number = (int)chance(&seed, 400) - 100};
		bool was_waiting = stay.visit.pending.kind != COMMAND_NONE;
		uint64_t sent_before = stay.visit.commands;
		bool is_sent = tap(&stay, action);
		bool is_command = action.kind >= ACTION_CHECK_IN && action.kind <= ACTION_UNDO;
		assert_true(!is_sent || (is_command && !was_waiting && stay.sent.number == sent_before + 1));
		assert_int_equal(stay.visit.commands, sent_before + is_sent);
		stay.mono_ms += chance(&seed, 50) == 0 ? chance(&seed, 90000) : chance(&seed, 700);
		visit_tick(&stay.visit, &stay.world->config, stay.world->now_utc, stay.mono_ms);
		if (stay.visit.pending.kind != COMMAND_NONE && chance(&seed, 3) == 0) {
			answer(&stay, (enum journal_appended)chance(&seed, 4), 7);
		}
	}
	pass(&stay, 10 * 60 * 1000);
	assert_true(stay.visit.view == VIEW_HOME || stay.visit.view == VIEW_SETUP || stay.visit.view == VIEW_NIGHT);
	assert_string_equal(stay.visit.language, "sv");
	assert_int_equal(stay.visit.text_percent, 100);
	assert_int_equal(stay.visit.page, 0);
	stay_end(&stay);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_two_taps_to_welcome),
		cmocka_unit_test(test_welcome_without_undo),
		cmocka_unit_test(test_long_undo_goes_on_at_home),
		cmocka_unit_test(test_welcome_is_left_by_a_tap),
		cmocka_unit_test(test_visit_ends_with_the_welcome),
		cmocka_unit_test(test_second_tap_is_tremor),
		cmocka_unit_test(test_empty_tap),
		cmocka_unit_test(test_one_command_at_a_time),
		cmocka_unit_test(test_commands_carry_what_was_tapped),
		cmocka_unit_test(test_undo_only_where_it_is_offered),
		cmocka_unit_test(test_trouble),
		cmocka_unit_test(test_worker_is_silent),
		cmocka_unit_test(test_still_there),
		cmocka_unit_test(test_reset_between_visitors),
		cmocka_unit_test(test_page_goes_back_without_asking),
		cmocka_unit_test(test_the_map_stays_until_the_visitor_leaves),
		cmocka_unit_test(test_night),
		cmocka_unit_test(test_touch_wakes_at_night),
		cmocka_unit_test(test_night_comes_and_goes_by_itself),
		cmocka_unit_test(test_night_waits_for_a_visitor),
		cmocka_unit_test(test_opened_on_night),
		cmocka_unit_test(test_long_ids_are_refused),
		cmocka_unit_test(test_first_run),
		cmocka_unit_test(test_random_taps),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
