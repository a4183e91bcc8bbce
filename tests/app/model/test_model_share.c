/* What a screen shows when the office has other screens: that they cannot be reached, and that two people sit at one
 * place because of that. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "scene.h"

#define DAY "2026-11-23T"

static bool has_note(const struct model *model, const char *text)
{
	bool has = false;
	for (size_t i = 0; i < model->note_count; i++) {
		has = has || strcmp(model->notes[i].text, text) == 0;
	}
	return has;
}

static bool has_paragraph(const struct model *model, const char *text)
{
	bool has = false;
	for (size_t i = 0; i < model->sheet.paragraph_count; i++) {
		has = has || strcmp(model->sheet.paragraphs[i], text) == 0;
	}
	return has;
}

static void shows_that_the_others_cannot_be_reached(void **state)
{
	(void)state;
	static const char note[] = "Den andra skärmen nås inte – incheckningar där kan saknas";
	static const char warning[] = "Den andra skärmen nås inte – platsen kan vara tagen där.";
	struct scene scene = scene_begin("sv");
	world_now(scene.world, DAY "10:00");
	for (int is_lost = 0; is_lost < 2; is_lost++) {
		scene.world->snapshot.share.is_on = true;
		scene.world->snapshot.share.is_lost = is_lost;
		assert_int_equal(has_note(scene_look(&scene), note), is_lost);
		const struct model *model = scene_look_at(&scene, VIEW_FREE, "5");
		assert_string_equal(model->sheet.warning, is_lost ? warning : "");
		assert_string_equal(model->sheet.buttons[0].id, "take"); /* the act stays */
	}
	scene.world->config.mode = MODE_WALL;
	assert_true(has_note(scene_look(&scene), note));
	scene_end(&scene);
}

static int compare(const void *a, const void *b)
{
	return journal_entry_compare(a, b);
}

/* Sara comes to her desk at 8:58 and somebody without a booking, or the other way round. */
static struct scene two_at_five(bool sara_is_first)
{
	struct scene scene = scene_begin("sv");
	struct world *world = scene.world;
	world_book(world, "5", DAY "08:30", DAY "14:00", "Sara H.");
	world->is_cut_off = true;
	world->box = "entre";
	world_now(world, sara_is_first ? DAY "08:58" : DAY "09:03");
	assert_int_equal(world_check_in(world, "u1", ""), OFFICE_ALLOWED);
	world->box = "pentry";
	world_now(world, sara_is_first ? DAY "09:03" : DAY "08:58");
	assert_int_equal(world_drop_in(world, "5", DAY "12:00"), OFFICE_ALLOWED);
	world->is_cut_off = false;
	qsort(world->snapshot.entries.items, world->snapshot.entries.count, sizeof(struct journal_entry), compare);
	world_now(world, DAY "10:42");
	return scene;
}

static void offers_the_later_one_another_place(void **state)
{
	(void)state;
	static const struct {
		bool sara_is_first;
		const char *names[2], *came[2], *first, *move;
	} cases[] = {
		{true,
		 {"Sara H.", "Någon utan bokning"},
		 {"Checkade in 08:58", "Tog platsen 09:03"},
		 "Sara H. var först och behåller platsen.",
		 "Flytta den andra till Plats 4\nLedig resten av dagen"},
		{false,
		 {"Någon utan bokning", "Sara H."},
		 {"Tog platsen 08:58", "Checkade in 09:03"},
		 "Den som kom först behåller platsen.",
		 "Flytta Sara H. till Plats 4\nLedig resten av dagen"},
	};
	for (size_t i = 0; i < 2; i++) {
		struct scene scene = two_at_five(cases[i].sara_is_first);
		assert_true(has_note(scene_look(&scene),
				     "Två på Plats 5 – tryck på raden, så hittar vi en ny plats åt en av er."));
		const struct model *model = scene_look_at(&scene, VIEW_SHEET, "u1");
		assert_string_equal(model->sheet.title, "Två på Plats 5");
		assert_string_equal(model->sheet.status, "Dubbel incheckning");
		assert_string_equal(model->sheet.card_name, cases[i].names[0]);
		assert_string_equal(model->sheet.card_times, cases[i].came[0]);
		assert_string_equal(model->sheet.second_name, cases[i].names[1]);
		assert_string_equal(model->sheet.second_times, cases[i].came[1]);
		assert_string_equal(model->sheet.place.id, "4"); /* the map shows the way there */
		assert_true(has_paragraph(model, cases[i].first));
		assert_string_equal(model->sheet.buttons[0].text, cases[i].move);

		struct command command = {.kind = COMMAND_CHECK_IN};
		strcpy(command.id, model->sheet.buttons[0].action.id);
		strcpy(command.place, model->sheet.buttons[0].action.place);
		assert_int_equal(world_do(scene.world, &command), OFFICE_ALLOWED);
		model = scene_look(&scene);
		for (size_t note = 0; note < model->note_count; note++) {
			assert_null(strstr(model->notes[note].text, "Två på"));
		}
		model = scene_look_at(&scene, VIEW_FREE, "4");
		assert_null(strstr(model->sheet.title, "Två på"));
		scene_end(&scene);
	}
}

/* Until 12:00 every place but 4 is free; at 4, a booking until 17:00 whose owner may still come. */
static void a_free_place_is_better_than_that_of_somebody_late(void **state)
{
	(void)state;
	struct scene scene = two_at_five(true);
	for (char place[] = "1"; place[0] <= '8'; place[0]++) {
		if (place[0] == '4') {
			world_book(scene.world, place, DAY "08:30", DAY "17:00", "Märta N.");
		} else if (place[0] != '5') {
			world_book(scene.world, place, DAY "12:00", DAY "17:00", "Elin W.");
		}
	}
	const struct model *model = scene_look_at(&scene, VIEW_SHEET, "u1");
	assert_string_equal(model->sheet.buttons[0].text, "Flytta den andra till Plats 6\nLedig till 12:00");
	scene.world->box = "entre";
	for (char place[] = "1"; place[0] <= '8'; place[0]++) {
		if (place[0] != '4' && place[0] != '5') {
			assert_int_equal(world_drop_in(scene.world, place, DAY "11:30"), OFFICE_ALLOWED);
		}
	}
	model = scene_look_at(&scene, VIEW_SHEET, "u1");
	assert_string_equal(model->sheet.buttons[0].text, "Flytta den andra till Plats 4\nEj incheckad – får tas");
	scene_end(&scene);
}

static void a_wall_asks_nobody_to_tap(void **state)
{
	(void)state;
	struct scene scene = two_at_five(true);
	scene.world->config.mode = MODE_WALL;
	assert_true(has_note(scene_look(&scene), "Två på Plats 5"));
	scene_end(&scene);
}

static void nowhere_to_move(void **state)
{
	(void)state;
	struct scene scene = two_at_five(true);
	scene.world->box = "entre";
	for (char place[] = "1"; place[0] <= '8'; place[0]++) {
		if (place[0] != '5') {
			assert_int_equal(world_drop_in(scene.world, place, DAY "17:00"), OFFICE_ALLOWED);
		}
	}
	const struct model *model = scene_look_at(&scene, VIEW_SHEET, "u1");
	assert_true(has_paragraph(model, "Ingen plats är ledig just nu."));
	assert_int_equal(model->sheet.button_count, 1);
	scene_end(&scene);
}

/* A wall on a machine of its own does not know who has come. */
static void a_wall_alone_claims_nothing_about_absence(void **state)
{
	(void)state;
	static const struct {
		enum config_mode mode;
		bool is_shared;
		enum shown_state shown;
	} cases[] = {
		{MODE_WALL, false, SHOWN_BOOKED}, {MODE_WALL, true, SHOWN_ABSENT}, {MODE_KIOSK, false, SHOWN_ABSENT}};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		static char name[] = "office";
		struct scene scene = scene_begin("sv");
		world_book(scene.world, "5", DAY "08:30", DAY "14:00", "Sara H.");
		scene.world->config.mode = cases[i].mode;
		scene.world->config.share.name = cases[i].is_shared ? name : NULL;
		world_now(scene.world, DAY "10:42");
		const struct model *model = scene_look_at(&scene, VIEW_FREE, "5");
		struct office *office = world_office(scene.world);
		assert_int_equal(office->free_desks, cases[i].shown == SHOWN_BOOKED ? 7 : 8);
		office_destroy(office);
		assert_int_equal(model->sheet.state, cases[i].shown);
		scene.world->config.share.name = NULL;
		scene_end(&scene);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shows_that_the_others_cannot_be_reached),
		cmocka_unit_test(offers_the_later_one_another_place),
		cmocka_unit_test(a_free_place_is_better_than_that_of_somebody_late),
		cmocka_unit_test(a_wall_asks_nobody_to_tap),
		cmocka_unit_test(nowhere_to_move),
		cmocka_unit_test(a_wall_alone_claims_nothing_about_absence),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
