/* What the wall says, in Swedish: the order of the meetings, what is only counted, and what is free. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "ical/civil.h"
#include "scene.h"

#define DAY "2026-11-23T"

static struct scene wall_begin(const char *language)
{
	struct scene scene = scene_begin(language);
	static char office[] = "office";
	scene.world->config.mode = MODE_WALL;
	scene.world->config.share.name = office; /* it knows who has come */
	world_now(scene.world, DAY "10:42");
	return scene;
}

static struct scene wall_of_picture(void)
{
	struct scene scene = scene_of_picture("sv");
	static char office[] = "office";
	scene.world->config.mode = MODE_WALL;
	scene.world->config.share.name = office; /* it knows who has come */
	return scene;
}

static void council(struct scene *scene, const char *uid, const char *from, const char *to, const char *title,
		    const char *location)
{
	char start[32], end[32];
	snprintf(start, sizeof(start), DAY "%s", from);
	snprintf(end, sizeof(end), DAY "%s", to);
	world_add(scene->world, WORLD_COUNCIL, uid, start, end, title, location);
}

static void test_meetings_of_this_house_come_first(void **state)
{
	(void)state;
	struct scene scene = wall_of_picture();
	council(&scene, "v", "10:00", "15:30", "Näringslivsgruppen", "Kommunhuset, Vännäs");
	council(&scene, "t", "14:00", "14:30", "IT-nämnden", "Microsoft Teams-möte");
	council(&scene, "u3", "13:00", "14:30", "Samma möte", ""); /* stands in both calendars */
	struct cache_rows *rows = &scene.world->snapshot.rows;
	for (size_t i = 0; i < rows->count; i++) {
		if (strcmp(rows->items[i].title, "KC-gruppen, beredning") == 0) {
			world_set(&rows->items[i].organizer, "Therese B.");
		}
	}
	static const struct {
		const char *start, *end, *title, *where, *where_short, *who, *badge;
		int permille;
	} lines[] = {
		{"10:00", "12:00", "KC-gruppen, beredning", "Konferensrum", "", "Therese B.", "Pågår", 350},
		{"13:00", "14:30", "Digitaliseringsgruppen", "Konferensrum", "", "", "", -1},
		{"15:00", "16:00", "Avstämning Visit Umeå", "Konferensrum", "", "", "", -1},
		{"10:00", "15:30", "Näringslivsgruppen", "Kommunhuset, Vännäs, inte här", "Vännäs", "", "Pågår", 127},
		{"14:00", "14:30", "IT-nämnden", "Teams", "Teams", "", "", -1}};
	enum { LINES = sizeof(lines) / sizeof(lines[0]) };
	const struct model *model = scene_look(&scene);
	assert_string_equal(model->subtitle, "Satellitkontoret · Renmarkstorget 5D, 3 tr");
	assert_string_equal(model->wall_heading, "Dagens möten");
	assert_string_equal(model->date_short, "mån 23 nov");
	assert_int_equal(model->wall_meeting_count, LINES);
	for (size_t i = 0; i < LINES; i++) {
		const struct model_wall_meeting *line = &model->wall_meetings[i];
		assert_string_equal(line->start, lines[i].start);
		assert_string_equal(line->end, lines[i].end);
		assert_string_equal(line->title, lines[i].title);
		assert_string_equal(line->where, lines[i].where);
		assert_string_equal(line->where_short, lines[i].where_short);
		assert_string_equal(line->who, lines[i].who);
		assert_string_equal(line->badge, lines[i].badge);
		assert_int_equal(line->permille, lines[i].permille);
		assert_int_equal(line->is_elsewhere, i >= 3);
	}
	assert_string_equal(model->wall_ended_text, "1 avslutat");
	assert_int_equal(model->meeting_count, 2); /* today's stand in the big list */
	assert_int_equal(model->footer_count, 0);
	scene_end(&scene);
}

static void test_coming_meetings_say_where(void **state)
{
	(void)state;
	struct scene scene = wall_of_picture();
	const struct model *model = scene_look(&scene);
	assert_string_equal(model->meetings_heading, "Kommande möten");
	assert_string_equal(model->meetings[0].wall_when, "fre 09:00");
	assert_string_equal(model->meetings[0].where, "Vännäs, inte här");
	assert_string_equal(model->meetings[0].where_short, "Vännäs");
	assert_string_equal(model->meetings[1].where, "Teams");
	scene_end(&scene);
}

static void test_all_day_meeting_has_no_times(void **state)
{
	(void)state;
	struct scene scene = wall_begin("sv");
	struct cache_row *row =
		world_add(scene.world, WORLD_COUNCIL, "d", DAY "08:00", DAY "09:00", "Konferens", "Konferensrum");
	world_all_day(scene.world, row, "2026-11-22", "2026-11-25");
	const struct model *model = scene_look(&scene);
	assert_string_equal(model->wall_meetings[0].start, "Hela dagen");
	assert_string_equal(model->wall_meetings[0].end, "");
	assert_string_equal(model->wall_meetings[0].badge, "Pågår");
	assert_int_equal(model->wall_meetings[0].permille, -1);
	scene_end(&scene);
}

static void test_room_that_is_booked_twice_is_one_card(void **state)
{
	(void)state;
	struct scene scene = wall_begin("sv");
	world_book(scene.world, "K", DAY "13:30", DAY "14:30", "Turismgruppen");
	world_book(scene.world, "K", DAY "13:00", DAY "15:00", "Digitaliseringsgruppen");
	world_book(scene.world, "K", DAY "15:00", DAY "16:00", "Visit Umeå"); /* begins when the others end */
	const struct model *model = scene_look(&scene);
	assert_int_equal(model->wall_meeting_count, 2);
	const struct model_wall_meeting *both = &model->wall_meetings[0];
	assert_string_equal(both->warning, "Dubbelbokat i konferensrummet");
	assert_string_equal(both->start, "13:00");
	assert_string_equal(both->end, "15:00");
	assert_int_equal(both->part_count, 2);
	assert_string_equal(both->parts[0], "Digitaliseringsgruppen");
	assert_string_equal(both->parts[1], "Turismgruppen, 13:30–14:30");
	assert_string_equal(both->part_titles[1], "Turismgruppen");
	assert_int_equal(both->count, 2);
	assert_string_equal(model->wall_meetings[1].warning, "");
	world_now(scene.world, DAY "14:00");
	assert_string_equal(scene_look(&scene)->wall_meetings[0].badge, "Pågår");
	world_now(scene.world, DAY "14:30"); /* one of the two has ended */
	assert_string_equal(scene_look(&scene)->wall_meetings[0].warning, "");
	assert_string_equal(scene.model->wall_ended_text, "1 avslutat");
	scene_end(&scene);
}

static void test_everything_is_counted(void **state)
{
	(void)state;
	struct scene scene = wall_begin("sv");
	for (int i = 0; i < 250; i++) {
		world_book(scene.world, "K", DAY "13:00", DAY "14:00", "Möte");
	}
	const struct model *model = scene_look(&scene);
	assert_int_equal(model->wall_meeting_count, 1);
	assert_int_equal(model->wall_meetings[0].count, 250);
	assert_string_equal(model->wall_meetings[0].parts[2], "+248 till");
	for (int i = 0; i < 250; i++) {
		char uid[16];
		snprintf(uid, sizeof(uid), "c%d", i);
		council(&scene, uid, "15:00", "16:00", "Möte", i % 2 ? "Vännäs" : "Konferensrum");
	}
	model = scene_look(&scene);
	assert_int_equal(model->wall_meeting_count, 60 + 60);
	assert_int_equal(model->wall_more_here, 1 + 125 - 60);
	assert_int_equal(model->wall_more_elsewhere, 125 - 60);
	scene_end(&scene);
}

static void test_empty_day(void **state)
{
	(void)state;
	struct scene scene = wall_begin("sv");
	const struct model *model = scene_look(&scene);
	assert_true(model->wall_is_quiet);
	assert_string_equal(model->wall_heading, "Inga möten här i dag");
	assert_string_equal(model->wall_heading_short, "Inga möten här i dag");
	assert_string_equal(model->room_free, "Konferensrummet är ledigt hela dagen");
	assert_string_equal(model->desks_take, "Slå dig ner – ta en plats på skärmen vid entrén.");
	council(&scene, "v", "14:00", "15:30", "Näringslivsgruppen", "Vännäs");
	assert_string_equal(scene_look(&scene)->wall_heading, "Inga möten här i dag");
	world_book(scene.world, "K", DAY "08:00", DAY "09:00", "Möte");
	model = scene_look(&scene);
	assert_string_equal(model->wall_heading, "Dagens möten"); /* there was one this morning */
	assert_string_equal(model->wall_empty, "Inga fler möten här i dag");
	scene.world->ages[WORLD_DESKS].agreed_utc = scene.world->ages[WORLD_ROOM].agreed_utc = 0;
	scene.world->ages[WORLD_COUNCIL].agreed_utc = 0;
	model = scene_look(&scene); /* nothing is known, so nothing is claimed */
	assert_string_equal(model->wall_heading, "Dagens möten");
	assert_string_equal(model->wall_empty, "Mötena kan inte visas just nu");
	scene_end(&scene);
}

static void test_room(void **state)
{
	(void)state;
	static const struct {
		const char *now, *text;
		bool is_free;
	} cases[] = {{DAY "07:10", "Konferensrummet är ledigt till 08:00", true},
		     {DAY "09:35", "Konferensrummet är ledigt till 10:00", true},
		     {DAY "09:50", "Konferensrummet är ledigt 12:00–13:00", true}, /* ten minutes are of no use */
		     {DAY "15:10", "Konferensrummet är ledigt från 16:00", true},
		     {DAY "16:00", "Konferensrummet är ledigt resten av dagen", true},
		     {DAY "17:50", "Konferensrummet är upptaget resten av dagen", false},
		     {DAY "18:00", "", false}};
	struct scene scene = wall_of_picture();
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		world_now(scene.world, cases[i].now);
		assert_string_equal(scene_look(&scene)->room_free, cases[i].text);
		assert_int_equal(scene.model->room_is_free, cases[i].is_free);
	}
	world_set(&scene.world->places[0].name, "Älven");
	world_now(scene.world, DAY "10:42");
	assert_string_equal(scene_look(&scene)->room_free, "Älven: ledigt 12:00–13:00");
	scene_end(&scene);
}

static void take(struct scene *scene, const char *place)
{
	char from[] = DAY "10:00", to[] = DAY "12:00";
	world_book(scene->world, place, from, to, "Åsa L.");
	char uid[16];
	snprintf(uid, sizeof(uid), "u%zu", scene->world->snapshot.rows.count);
	assert_int_equal(world_check_in(scene->world, uid, place), OFFICE_ALLOWED);
}

/* Names the free desks, and after them those whose bookers have not come. */
static void test_desks(void **state)
{
	(void)state;
	struct scene scene = wall_of_picture();
	const struct model *model = scene_look(&scene);
	assert_string_equal(model->desks, "Lediga nu");
	assert_string_equal(model->desks_free, "3, 4 och 6");
	assert_string_equal(model->desks_also, "");
	assert_string_equal(model->desks_short, "Lediga platser: 3, 4 och 6");
	assert_string_equal(model->desks_count, "3 lediga nu");
	assert_true(model->desks_are_free);
	world_now(scene.world, DAY "11:00"); /* the owner of 5 is late */
	model = scene_look(&scene);
	assert_string_equal(model->desks_also, "5 får tas");
	assert_int_equal(model->rows[5].state, SHOWN_ABSENT);
	scene_end(&scene);
	scene = wall_begin("sv");
	for (char place[] = "1"; place[0] <= '8'; place[0]++) {
		take(&scene, place);
	}
	model = scene_look(&scene);
	assert_string_equal(model->desks, "Inga lediga nu");
	assert_string_equal(model->desks_free, "");
	assert_string_equal(model->desks_short, "Inga lediga platser");
	assert_string_equal(model->desks_take, "");
	assert_false(model->desks_are_free);
	scene_end(&scene);
	scene = wall_begin("sv");
	scene.world->ages[WORLD_DESKS].agreed_utc = 0;
	assert_string_equal(scene_look(&scene)->desks, "Lediga platser kan inte visas just nu");
	assert_false(scene.model->desks_are_free);
	scene_end(&scene);
}

/* Nothing is claimed beyond the days that the calendars speak of. */
static void test_end_of_the_known(void **state)
{
	(void)state;
	struct scene scene = wall_of_picture();
	struct snapshot_feed *feed = &scene.world->ages[WORLD_COUNCIL];
	feed->to_day = feed->from_day = 0;
	for (size_t i = 0; i < 4; i++) {
		scene.world->ages[i].from_day = civil_day(2026, 11, 1);
		scene.world->ages[i].to_day = civil_day(2027, 3, 1);
	}
	assert_string_equal(scene_look(&scene)->meetings_end, "Inga fler möten till och med 28 februari.");
	feed->agreed_utc -= 3 * 86400;
	assert_string_equal(scene_look(&scene)->meetings_end, "");
	scene_end(&scene);
}

static void test_notices_and_closed_days(void **state)
{
	(void)state;
	struct scene scene = wall_of_picture();
	struct config_feed *spare = &scene.world->feeds[WORLD_SPARE];
	*spare = scene.world->feeds[WORLD_COUNCIL];
	spare->kind = FEED_NOTICES;
	spare->name = scene.world->config.language; /* any text that outlives it */
	scene.world->config.feed_count = WORLD_SPARE + 1;
	world_add(scene.world, WORLD_SPARE, "n", DAY "08:00", DAY "17:00", "Hissen är ur funktion", "");
	world_add(scene.world, WORLD_SPARE, "m", DAY "12:00", DAY "17:00", "Inte ännu", "");
	const struct model *model = scene_look(&scene);
	assert_int_equal(model->wall_notice_count, 1);
	assert_string_equal(model->wall_notices[0], "Hissen är ur funktion");
	spare->kind = FEED_CLOSURES;
	struct cache_row *row = world_add(scene.world, WORLD_SPARE, "c", DAY "00:00", DAY "23:00", "Julafton", "");
	world_all_day(scene.world, row, "2026-11-23", "2026-11-24");
	model = scene_look(&scene);
	assert_string_equal(model->wall_notices[0], "Stängt i dag – Julafton");
	assert_string_equal(model->desks, "");
	assert_string_equal(model->room_free, "");
	scene.world->config.feed_count = WORLD_SPARE;
	scene_end(&scene);
}

static void test_english(void **state)
{
	(void)state;
	struct scene scene = wall_begin("en");
	const struct model *model = scene_look(&scene);
	assert_string_equal(model->wall_heading, "No meetings here today");
	council(&scene, "v", "14:00", "15:30", "Näringslivsgruppen", "Vännäs");
	world_book(scene.world, "K", DAY "10:00", DAY "12:00", "Board");
	model = scene_look(&scene);
	assert_string_equal(model->wall_heading, "Today’s meetings");
	assert_string_equal(model->wall_meetings[0].badge, "In progress");
	assert_string_equal(model->wall_meetings[1].where, "Vännäs, not here");
	assert_string_equal(model->meetings_heading, "Upcoming meetings");
	assert_string_equal(model->desks, "Free now");
	scene_end(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_meetings_of_this_house_come_first),
		cmocka_unit_test(test_coming_meetings_say_where),
		cmocka_unit_test(test_all_day_meeting_has_no_times),
		cmocka_unit_test(test_room_that_is_booked_twice_is_one_card),
		cmocka_unit_test(test_everything_is_counted),
		cmocka_unit_test(test_empty_day),
		cmocka_unit_test(test_room),
		cmocka_unit_test(test_desks),
		cmocka_unit_test(test_end_of_the_known),
		cmocka_unit_test(test_notices_and_closed_days),
		cmocka_unit_test(test_english),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
