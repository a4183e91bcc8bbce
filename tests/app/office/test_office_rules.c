/* Journeys: what may be done, in which order, and what the office looks like after it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/base/limits.h"
#include "world.h"

#define DAY "2026-11-23T"
#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* One step of a journey: at a time somebody does something, and then a booking and a place are so. */
struct step {
	const char *at;    /* "" ends the journey */
	char what;         /* i: check in, d: drop in, o: check out, u: undo, -: only look */
	const char *id;    /* booking */
	const char *place; /* "" the booking's own; of a drop-in and check-out the place */
	const char *until; /* drop-in */
	enum office_verdict verdict;
	const char *look_booking, *booking;
	const char *look_place, *place_state;
};

struct journey {
	const char *name;
	struct step steps[9];
};

/* u1: place 5, 10:30–15:00. u2: place 5, 15:00–17:00. u3: place 8, 11:00–12:30. u4: no place, 10:30–12:00.
 * u5: place 3, 13:00–17:00. u6, u7: place 7, 10:30–12:00 and 11:00–13:00, a double booking. */
static const struct journey journeys[] = {
	{"the window",
	 {{"09:59:59", 'i', "u1", "", "", OFFICE_TOO_EARLY, "u1", "ahead", "5", "free"},
	  {"10:00:00", 'i', "u1", "", "", OFFICE_ALLOWED, "u1", "checked-in", "5", "checked-in"},
	  {"10:00:05", 'i', "u1", "", "", OFFICE_ALREADY, "u1", "checked-in", "5", "checked-in"},
	  {"15:00:00", 'i', "u1", "", "", OFFICE_TOO_LATE, "u1", "ended", "5", "waiting"}}},
	{"late, but nobody took it",
	 {{"10:45:00", '-', "", "", "", 0, "u1", "no-show", "5", "free"},
	  {"14:59:59", 'i', "u1", "", "", OFFICE_ALLOWED, "u1", "checked-in", "5", "checked-in"}}},
	{"late, and somebody took it",
	 {{"10:44:59", 'd', "", "5", "12:00", OFFICE_TAKEN, "u1", "waiting", "5", "waiting"},
	  {"10:45:00", 'd', "", "5", "12:00", OFFICE_ALLOWED, "u1", "no-show", "5", "taken"},
	  {"10:50:00", 'i', "u1", "", "", OFFICE_TAKEN, "u1", "no-show", "5", "taken"},
	  {"10:50:10", 'i', "u1", "4", "", OFFICE_ALLOWED, "u1", "checked-in", "4", "checked-in"},
	  {"12:00:00", '-', "", "", "", 0, "u1", "checked-in", "5", "free"}}},
	{"the drop-in leaves, the owner comes",
	 {{"10:50", 'd', "", "5", "12:00", OFFICE_ALLOWED, "u1", "no-show", "5", "taken"},
	  {"11:00", 'o', "", "5", "", OFFICE_ALLOWED, "u1", "no-show", "5", "free"},
	  {"11:00:20", 'o', "", "5", "", OFFICE_ALREADY, "u1", "no-show", "5", "free"},
	  {"11:01", 'i', "u1", "", "", OFFICE_ALLOWED, "u1", "checked-in", "5", "checked-in"}}},
	{"out, back, out",
	 {{"10:40", 'i', "u1", "", "", OFFICE_ALLOWED, "u1", "checked-in", "5", "checked-in"},
	  {"11:30", 'o', "", "5", "", OFFICE_ALLOWED, "u1", "left", "5", "free"},
	  {"11:30:05", 'o', "", "5", "", OFFICE_ALREADY, "u1", "left", "5", "free"},
	  {"12:30", 'i', "u1", "", "", OFFICE_ALLOWED, "u1", "checked-in", "5", "checked-in"},
	  {"13:00", 'o', "", "5", "", OFFICE_ALLOWED, "u1", "left", "5", "free"},
	  {"13:01", 'd', "", "5", "14:00", OFFICE_ALLOWED, "u1", "left", "5", "taken"},
	  {"13:02", 'i', "u1", "", "", OFFICE_TAKEN, "u1", "left", "5", "taken"}}},
	{"undo of a check-in, in time and not",
	 {{"10:40:00", 'i', "u1", "", "", OFFICE_ALLOWED, "u1", "checked-in", "5", "checked-in"},
	  {"10:40:10", 'u', "", "", "", OFFICE_ALLOWED, "u1", "waiting", "5", "waiting"},
	  {"10:40:11", 'u', "", "", "", OFFICE_ALREADY, "u1", "waiting", "5", "waiting"},
	  {"10:41:00", 'i', "u1", "", "", OFFICE_ALLOWED, "u1", "checked-in", "5", "checked-in"},
	  {"10:41:13", 'u', "", "", "", OFFICE_TOO_LATE, "u1", "checked-in", "5", "checked-in"}}},
	{"undo of a check-out",
	 {{"10:40:00", 'i', "u1", "", "", OFFICE_ALLOWED, "u1", "checked-in", "5", "checked-in"},
	  {"11:00:00", 'o', "", "5", "", OFFICE_ALLOWED, "u1", "left", "5", "free"},
	  {"11:00:08", 'u', "", "", "", OFFICE_ALLOWED, "u1", "checked-in", "5", "checked-in"}}},
	{"undo of a move, and of a drop-in",
	 {{"10:40:00", 'i', "u1", "", "", OFFICE_ALLOWED, "u1", "checked-in", "5", "checked-in"},
	  {"10:50:00", 'i', "u1", "4", "", OFFICE_ALLOWED, "u1", "checked-in", "5", "free"},
	  {"10:50:05", 'u', "", "", "", OFFICE_ALLOWED, "u1", "checked-in", "5", "checked-in"},
	  {"10:51:00", 'd', "", "4", "12:00", OFFICE_ALLOWED, "u1", "checked-in", "4", "taken"},
	  {"10:51:05", 'u', "", "", "", OFFICE_ALLOWED, "u1", "checked-in", "4", "free"}}},
	{"a place that the next one waits for",
	 {{"10:29", 'd', "", "8", "18:00", OFFICE_ALLOWED, "u3", "ahead", "8", "taken"},
	  {"10:40", 'i', "u3", "", "", OFFICE_ALLOWED, "u3", "checked-in", "8",
	   "taken"}, /* comes early, has patience */
	  {"11:00", '-', "", "", "", 0, "u3", "checked-in", "8", "checked-in"}}},
	{"no drop-in where somebody is awaited or sits",
	 {{"10:31", 'd', "", "8", "10:45", OFFICE_TAKEN, "u3", "waiting", "8", "waiting"},
	  {"10:32", 'i', "u3", "", "", OFFICE_ALLOWED, "u3", "checked-in", "8", "checked-in"},
	  {"10:33", 'd', "", "8", "10:45", OFFICE_TAKEN, "u3", "checked-in", "8", "checked-in"},
	  {"10:34", 'd', "", "4", "10:30", OFFICE_TOO_LATE, "u3", "checked-in", "4", "free"},
	  {"10:34", 'd', "", "99", "11:00", OFFICE_UNKNOWN, "u3", "checked-in", "4", "free"}}},
	{"a booking without a place",
	 {{"10:31", 'i', "u4", "", "", OFFICE_NO_PLACE, "u4", "waiting", "4", "free"},
	  {"10:31", 'i', "u4", "5", "", OFFICE_TAKEN, "u4", "waiting", "5", "waiting"},
	  {"10:31", 'i', "u4", "K", "", OFFICE_NO_CHECKIN, "u4", "waiting", "4", "free"},
	  {"10:31", 'i', "u4", "99", "", OFFICE_UNKNOWN, "u4", "waiting", "4", "free"},
	  {"10:32", 'i', "u4", "4", "", OFFICE_ALLOWED, "u4", "checked-in", "4", "checked-in"},
	  {"10:50", 'o', "", "4", "", OFFICE_ALLOWED, "u4", "left", "4", "free"}}},
	{"a move that the next booking cuts short",
	 {{"11:00", 'i', "u1", "3", "", OFFICE_ALLOWED, "u1", "checked-in", "3", "checked-in"},
	  {"12:59:59", '-', "", "", "", 0, "u1", "checked-in", "3", "checked-in"},
	  {"13:00:00", 'i', "u5", "", "", OFFICE_ALLOWED, "u1", "left", "3", "checked-in"},
	  {"13:01", 'i', "u1", "", "", OFFICE_ALLOWED, "u1", "checked-in", "5", "checked-in"}}},
	{"two race for a double booking",
	 {{"10:40", 'i', "u7", "", "", OFFICE_ALLOWED, "u7", "checked-in", "7", "checked-in"},
	  {"10:40", 'i', "u6", "", "", OFFICE_TAKEN, "u6", "waiting", "7", "checked-in"},
	  {"10:41", 'i', "u6", "6", "", OFFICE_ALLOWED, "u6", "checked-in", "6", "checked-in"}}},
	{"two race for a free place",
	 {{"10:40", 'd', "", "6", "11:00", OFFICE_ALLOWED, "u1", "waiting", "6", "taken"},
	  {"10:40", 'd', "", "6", "12:00", OFFICE_TAKEN, "u1", "waiting", "6", "taken"},
	  {"10:40", 'i', "u4", "6", "", OFFICE_TAKEN, "u4", "waiting", "6", "taken"}}},
	{"in by place, as from a terminal",
	 {{"10:40", 'i', "5", "", "", OFFICE_ALLOWED, "u1", "checked-in", "5", "checked-in"},
	  {"14:40", 'i', "5", "", "", OFFICE_ALLOWED, "u2", "checked-in", "5", "checked-in"}, /* the next one */
	  {"14:41", 'i', "4", "", "", OFFICE_UNKNOWN, "u2", "checked-in", "4", "free"}}},
};

static struct world *journey_world(void)
{
	struct world *world = world_create();
	world_book(world, "5", DAY "10:30", DAY "15:00", "Nils S.");
	world_book(world, "5", DAY "15:00", DAY "17:00", "Maja K.");
	world_book(world, "8", DAY "11:00", DAY "12:30", "Jonas Å.");
	world_book(world, "", DAY "10:30", DAY "12:00", "Elin W.");
	world_book(world, "3", DAY "13:00", DAY "17:00", "Märta N.");
	world_book(world, "7", DAY "10:30", DAY "12:00", "Ingrid N.");
	world_book(world, "7", DAY "11:00", DAY "13:00", "Sara H.");
	return world;
}

/* Who has moved to another place early sits there from then on, not only from the booking's start. */
static void test_early_move(void **state)
{
	(void)state;
	struct world *world = world_create();
	world_book(world, "5", DAY "10:00", DAY "11:00", "Nils S.");
	world_book(world, "8", DAY "11:00", DAY "12:00", "Jonas Å.");
	world_now(world, DAY "10:45"); /* nobody has come to place 5 */
	assert_int_equal(world_check_in(world, "u2", "5"), OFFICE_ALLOWED);
	world_now(world, DAY "10:46");
	assert_int_equal(world_check_in(world, "u1", ""), OFFICE_TAKEN);
	world_destroy(world);
}

static enum office_verdict do_step(struct world *world, const struct step *step)
{
	char until[32];
	snprintf(until, sizeof(until), DAY "%s", step->until[0] ? step->until : "00:00");
	switch (step->what) {
	case 'i':
		return world_check_in(world, step->id, step->place);
	case 'd':
		return world_drop_in(world, step->place, until);
	case 'o':
		return world_check_out(world, step->place);
	case 'u':
		return world_undo(world);
	default:
		return OFFICE_ALLOWED;
	}
}

static void test_journeys(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(journeys); i++) {
		struct world *world = journey_world();
		for (const struct step *step = journeys[i].steps; step->at; step++) {
			char at[32];
			snprintf(at, sizeof(at), DAY "%s", step->at);
			world_now(world, at);
			print_message("%s, %s\n", journeys[i].name, step->at);
			assert_int_equal(do_step(world, step), step->verdict);
			assert_string_equal(world_state(world, step->look_booking), step->booking);
			assert_string_equal(world_place(world, step->look_place), step->place_state);
		}
		world_destroy(world);
	}
}

/* A check-out that was undone must not bring two people to one place. */
static void test_undo_that_would_collide(void **state)
{
	(void)state;
	struct world *world = journey_world();
	world_now(world, DAY "10:40");
	assert_int_equal(world_check_in(world, "u1", ""), OFFICE_ALLOWED);
	world_now(world, DAY "11:00:00");
	assert_int_equal(world_check_out(world, "5"), OFFICE_ALLOWED);
	struct command undo = {.kind = COMMAND_UNDO, .entry = world_last_entry(world)};
	world_now(world, DAY "11:00:04");
	assert_int_equal(world_drop_in(world, "5", DAY "12:00"), OFFICE_ALLOWED);
	world_now(world, DAY "11:00:06");
	assert_int_equal(world_do(world, &undo), OFFICE_TAKEN);
	undo.entry = 4711;
	assert_int_equal(world_do(world, &undo), OFFICE_UNKNOWN);
	undo.kind = COMMAND_NONE;
	assert_int_equal(world_do(world, &undo), OFFICE_UNKNOWN);
	world_destroy(world);
}

static void test_undo_slack(void **state)
{
	(void)state;
	struct world *world = journey_world();
	world_now(world, DAY "10:40:00");
	assert_int_equal(world_check_in(world, "u1", ""), OFFICE_ALLOWED);
	world->now_utc += world->config.undo_s + UNDO_SLACK_S + 1;
	assert_int_equal(world_undo(world), OFFICE_TOO_LATE);
	world->now_utc -= 1;
	assert_int_equal(world_undo(world), OFFICE_ALLOWED);
	world_destroy(world);
}

static const struct journal_entry *last_entry(const struct world *world)
{
	return &world->snapshot.entries.items[world->snapshot.entries.count - 1];
}

static void test_entries_say_what_happened(void **state)
{
	(void)state;
	struct world *world = journey_world();
	world_now(world, DAY "10:40");
	assert_int_equal(world_check_in(world, "u1", ""), OFFICE_ALLOWED);
	const struct journal_entry *entry = last_entry(world);
	assert_int_equal(entry->action, JOURNAL_CHECK_IN);
	assert_string_equal(entry->place, "5");
	assert_string_equal(entry->feed, "desks");
	assert_string_equal(entry->uid, "u1");
	assert_string_equal(entry->label, "Nils S.");
	assert_string_equal(entry->token, "token-0");
	assert_true(entry->at_utc == world->now_utc);
	assert_true(entry->start_utc == world_utc(world, DAY "10:30"));
	assert_true(entry->end_utc == world_utc(world, DAY "15:00"));

	assert_int_equal(world_check_out(world, "5"), OFFICE_ALLOWED);
	entry = last_entry(world);
	assert_int_equal(entry->action, JOURNAL_CHECK_OUT);
	assert_string_equal(entry->uid, "u1");
	assert_string_equal(entry->place, "5");

	assert_int_equal(world_drop_in(world, "3", DAY "17:30"), OFFICE_ALLOWED);
	entry = last_entry(world);
	assert_int_equal(entry->action, JOURNAL_DROP_IN);
	assert_string_equal(entry->uid, "");
	assert_true(entry->end_utc == world_utc(world, DAY "13:00")); /* Märta comes then */

	assert_int_equal(world_undo(world), OFFICE_ALLOWED);
	entry = last_entry(world);
	assert_int_equal(entry->action, JOURNAL_UNDO);
	assert_string_equal(entry->target, (entry - 1)->token);
	world_destroy(world);
}

/* The journal remembers who sits there when the feed has forgotten or moved the booking. */
static void test_booking_leaves_its_feed(void **state)
{
	(void)state;
	struct world *world = journey_world();
	world_now(world, DAY "10:40");
	assert_int_equal(world_check_in(world, "u1", ""), OFFICE_ALLOWED);
	world->snapshot.rows.items[0].status = OCCURRENCE_CANCELLED;
	assert_string_equal(world_state(world, "u1"), "checked-in");
	assert_string_equal(world_place(world, "5"), "checked-in");
	assert_int_equal(world_check_out(world, "5"), OFFICE_ALLOWED);
	assert_string_equal(world_place(world, "5"), "free");
	world_destroy(world);
}

static void test_booking_changes_after_check_in(void **state)
{
	(void)state;
	struct world *world = journey_world();
	world_now(world, DAY "10:40");
	assert_int_equal(world_check_in(world, "u1", ""), OFFICE_ALLOWED);
	struct cache_row *row = &world->snapshot.rows.items[0];
	row->span.start_utc += 3600; /* an hour later: still the same person in the same place */
	row->span.end_utc += 3600;
	assert_string_equal(world_state(world, "u1"), "checked-in");
	world_now(world, DAY "15:30");
	assert_string_equal(world_state(world, "u1"), "checked-in");
	row->span.start_utc += 86400; /* to tomorrow: whoever sits here today keeps today's time */
	row->span.end_utc += 86400;
	world_now(world, DAY "14:30");
	assert_string_equal(world_state(world, "u1"), "checked-in");
	world_now(world, DAY "15:00");
	assert_string_equal(world_place(world, "5"), "waiting");
	world_now(world, "2026-11-24T11:31");
	assert_string_equal(world_state(world, "u1"), "waiting");
	world_destroy(world);
}

static void test_who_came_back_is_there_once(void **state)
{
	(void)state;
	struct world *world = journey_world();
	for (int i = 0; i < 3; i++) {
		world_now(world, DAY "10:40");
		world->now_utc += i * 600;
		assert_int_equal(world_check_in(world, "u1", ""), OFFICE_ALLOWED);
		world->now_utc += 300;
		assert_int_equal(world_check_out(world, "5"), OFFICE_ALLOWED);
	}
	for (int i = 0; i < 2; i++) {
		struct office *office = world_office(world);
		size_t count = 0;
		for (size_t j = 0; j < office->booking_count; j++) {
			count += strcmp(office->bookings[j].uid, "u1") == 0;
		}
		assert_int_equal(count, 1);
		assert_int_equal(office_find(office, "u1")->lanes, 1);
		office_destroy(office);
		world->snapshot.rows.items[0].status =
			OCCURRENCE_CANCELLED; /* the same when only the journal knows it */
	}
	world_destroy(world);
}

/* A week's booking is checked in to every morning. */
static void test_several_days(void **state)
{
	(void)state;
	struct world *world = world_create();
	struct cache_row *row = world_book(world, "5", DAY "08:00", DAY "09:00", "Nils S.");
	world_all_day(world, row, "2026-11-23", "2026-11-27");
	world_now(world, DAY "07:05");
	assert_int_equal(world_check_in(world, "u1", ""), OFFICE_ALLOWED);
	assert_string_equal(world_place(world, "5"), "checked-in");
	world_now(world, DAY "18:00");
	assert_string_equal(world_state(world, "u1"), "ended");
	world_now(world, "2026-11-24T07:05");
	assert_string_equal(world_state(world, "u1"), "waiting");
	assert_int_equal(world_check_in(world, "u1", ""), OFFICE_ALLOWED);
	assert_string_equal(world_state(world, "u1"), "checked-in");
	world_destroy(world);
}

static void test_stays_over_midnight(void **state)
{
	(void)state;
	struct world *world = world_create();
	world_book(world, "5", DAY "22:00", "2026-11-24T02:00", "Nils S.");
	world_now(world, DAY "22:05");
	assert_int_equal(world_check_in(world, "u1", ""), OFFICE_ALLOWED);
	assert_int_equal(world_drop_in(world, "4", "2026-11-24"), OFFICE_ALLOWED);
	world_now(world, "2026-11-24T01:00");
	assert_string_equal(world_state(world, "u1"), "checked-in");
	assert_string_equal(world_place(world, "4"), "free");
	assert_int_equal(world_check_out(world, "5"), OFFICE_ALLOWED);
	assert_string_equal(world_state(world, "u1"), "left");
	world_destroy(world);
}

/* An abandoned booking is drawn until somebody else came; that is no conflict. */
static void test_drop_in_ends_a_no_show(void **state)
{
	(void)state;
	struct world *world = journey_world();
	world_now(world, DAY "11:20");
	assert_int_equal(world_drop_in(world, "5", DAY "12:00"), OFFICE_ALLOWED);
	struct office *office = world_office(world);
	const struct office_booking *no_show = office_find(office, "u1");
	const struct office_booking *drop_in = office_find(office, "dropin:5");
	assert_true(no_show->until_utc == world->now_utc);
	assert_int_equal(no_show->lanes, 1);
	assert_non_null(drop_in);
	assert_false(drop_in->is_conflict);
	office_destroy(office);
	world_now(world, DAY "12:30"); /* an older drop-in has an id of its own */
	assert_int_equal(world_drop_in(world, "5", DAY "13:00"), OFFICE_ALLOWED);
	office = world_office(world);
	assert_int_equal(office_find(office, "dropin:5")->state, BOOKING_CHECKED_IN);
	assert_int_equal(office_find(office, "dropin:5:1")->state, BOOKING_ENDED);
	office_destroy(office);
	world_destroy(world);
}

static void test_place_never_read(void **state)
{
	(void)state;
	struct world *world = world_create();
	world->ages[WORLD_DESKS].agreed_utc = 0;
	assert_string_equal(world_place(world, "4"), "unknown");
	assert_int_equal(world_drop_in(world, "4", DAY "12:00"), OFFICE_UNSURE);
	world->snapshot.feed_count = 0; /* not even known of */
	assert_string_equal(world_place(world, "4"), "unknown");
	world_destroy(world);
}

/* What was foretold as the next change is the next change: no state differs before it. */
static void test_changes_are_foretold(void **state)
{
	(void)state;
	struct world *world = journey_world();
	int64_t end = world_utc(world, DAY "18:30");
	world->now_utc = world_utc(world, DAY "09:55");
	world->ages[WORLD_DESKS].agreed_utc = world->now_utc;
	size_t steps = 0;
	for (; world->now_utc < end; steps++) {
		struct office *office = world_office(world);
		int64_t next = office->changes_utc;
		assert_true(next > world->now_utc);
		world->now_utc = next - 1;
		struct office *before = world_office(world);
		assert_int_equal(before->booking_count, office->booking_count);
		for (size_t i = 0; i < office->booking_count; i++) {
			assert_int_equal(before->bookings[i].state, office->bookings[i].state);
		}
		for (size_t i = 0; i < office->place_count; i++) {
			assert_int_equal(before->places[i].state, office->places[i].state);
		}
		office_destroy(before);
		office_destroy(office);
		world->now_utc = next;
	}
	assert_in_range(steps, 10, 60);
	world_destroy(world);
}

static void test_rows_are_found(void **state)
{
	(void)state;
	struct world *world = world_create();
	struct cache_row *row = world_add(world, WORLD_COUNCIL, "a@b", "2026-11-20T09:00", "2026-11-20T10:00", "1", "");
	world_set(&row->recurrence_id, "2026-11-20");
	row = world_add(world, WORLD_COUNCIL, "a@b", "2026-12-20T09:00", "2026-12-20T10:00", "3", "");
	world_set(&row->recurrence_id, "2026-12-20");
	row = world_add(world, WORLD_COUNCIL, "a@b", "2026-11-27T09:00", "2026-11-27T10:00", "2", "");
	world_set(&row->recurrence_id, "2026-11-27");
	world_add(world, WORLD_DESKS, "c", "2026-11-27T09:00", "2026-11-27T10:00", "4", "");
	struct office_input input = world_input(world);
	assert_string_equal(office_find_row(&input, FEED_MEETINGS, "a@b")->title, "2"); /* the next one */
	assert_string_equal(office_find_row(&input, FEED_MEETINGS, "a@b@2026-11-20")->title, "1");
	assert_string_equal(office_find_row(&input, FEED_BOOKINGS, "c")->title, "4");
	assert_null(office_find_row(&input, FEED_MEETINGS, "c"));
	assert_null(office_find_row(&input, FEED_MEETINGS, "a@b@"));
	assert_null(office_find_row(&input, FEED_MEETINGS, ""));
	world_now(world, "2027-01-01T10:00");
	input = world_input(world);
	assert_string_equal(office_find_row(&input, FEED_MEETINGS, "a@b")->title, "3"); /* the last one */
	world_destroy(world);
}

static void test_every_verdict_has_words(void **state)
{
	(void)state;
	for (int verdict = OFFICE_ALLOWED; verdict <= OFFICE_NO_MEMORY; verdict++) {
		assert_true(strlen(office_verdict_text((enum office_verdict)verdict)) > 6);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_early_move),
		cmocka_unit_test(test_journeys),
		cmocka_unit_test(test_undo_that_would_collide),
		cmocka_unit_test(test_undo_slack),
		cmocka_unit_test(test_entries_say_what_happened),
		cmocka_unit_test(test_booking_leaves_its_feed),
		cmocka_unit_test(test_booking_changes_after_check_in),
		cmocka_unit_test(test_who_came_back_is_there_once),
		cmocka_unit_test(test_several_days),
		cmocka_unit_test(test_stays_over_midnight),
		cmocka_unit_test(test_drop_in_ends_a_no_show),
		cmocka_unit_test(test_place_never_read),
		cmocka_unit_test(test_changes_are_foretold),
		cmocka_unit_test(test_rows_are_found),
		cmocka_unit_test(test_every_verdict_has_words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
