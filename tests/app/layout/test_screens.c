/* The whole way from bookings to the widget tree: every view in Swedish, English and a language 40 % longer, at
 * several sizes and text sizes. What the tree checker finds in a model written by hand it must not find here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "measure.h"
#include "tests/app/model/scene.h"
#include "tree_check.h"

#define DAY "2026-11-23T"

static const int sizes[][2] = {{1024, 600}, {1280, 720}, {1920, 1080}, {3840, 2160}, {1080, 1920}};
static const int percents[] = {100, 130, 160};
static const char *const languages[] = {"sv", "en", "qps"};

/* Everything that a sheet can be about: see scene_of_picture for the bookings. */
static const struct {
	enum view_kind view;
	const char *id;
} views[] = {
	{VIEW_HOME, ""},      {VIEW_SHEET, "u9"},        {VIEW_SHEET, "u8"}, {VIEW_SHEET, "u5"},     {VIEW_SHEET, "u2"},
	{VIEW_SHEET, "u7"},   {VIEW_SHEET, "gone"},      {VIEW_SHEET, "4"},  {VIEW_FREE, "3"},       {VIEW_FREE, "4"},
	{VIEW_FREE, "K"},     {VIEW_FREE, "5"},          {VIEW_FREE, "99"},  {VIEW_MOVE, "u9"},      {VIEW_HOST, ""},
	{VIEW_MEETING, "kc"}, {VIEW_MEETING, "council"}, {VIEW_ACCESS, ""},  {VIEW_STILL_THERE, ""}, {VIEW_SETUP, ""},
	{VIEW_WEEK, ""},      {VIEW_INFO, ""},           {VIEW_DONE, ""},    {VIEW_TROUBLE, ""},     {VIEW_NIGHT, ""},
};

static struct hyphens *hyphens; /* as the program has them */

static int check_at(const struct scene *scene, int width_px, int height_px, int percent, const char *name)
{
	struct layout_screen screen = fixture_screen(width_px, height_px);
	screen.text_percent = percent;
	screen.hyphens = hyphens;
	char full[200];
	snprintf(full, sizeof(full), "%s %dx%d %d%%", name, width_px, height_px, percent);
	struct ui *ui = layout_create(scene->model, &screen, measure_get());
	assert_non_null(ui);
	int faults = tree_check(ui, scene->model, &screen, full);
	layout_destroy(ui);
	return faults;
}

static int check_scene(struct scene *scene, const char *name)
{
	int faults = 0;
	for (size_t view = 0; view < sizeof(views) / sizeof(views[0]); view++) {
		char full[160];
		snprintf(full, sizeof(full), "%s view %d %s", name, (int)views[view].view, views[view].id);
		scene_look_at(scene, views[view].view, views[view].id);
		for (size_t size = 0; size < sizeof(sizes) / sizeof(sizes[0]); size++) {
			for (size_t i = 0; i < sizeof(percents) / sizeof(percents[0]); i++) {
				faults += check_at(scene, sizes[size][0], sizes[size][1], percents[i], full);
			}
		}
	}
	return faults;
}

static void done_with(struct scene *scene, const char *id)
{
	assert_int_equal(world_check_in(scene->world, id, ""), OFFICE_ALLOWED);
	scene->visit.answered = (struct command){.kind = COMMAND_CHECK_IN};
	snprintf(scene->visit.answered.id, sizeof(scene->visit.answered.id), "%s", id);
	scene->visit.result = (struct snapshot_result){.entry = world_last_entry(scene->world)};
	scene->visit.view_ms = scene->mono_ms;
}

/* Otherwise all of the rest would be the program's own English, and prove nothing. */
static void test_languages_are_there(void **state)
{
	(void)state;
	static const char *const headings[] = {"I dag på kontoret", "Today at the office", "II daag påå koontooreet"};
	for (size_t i = 0; i < sizeof(languages) / sizeof(languages[0]); i++) {
		struct scene scene = scene_begin(languages[i]);
		assert_string_equal(scene_look(&scene)->heading, headings[i]);
		scene_end(&scene);
	}
}

static void test_every_view(void **state)
{
	(void)state;
	int faults = 0;
	for (size_t i = 0; i < sizeof(languages) / sizeof(languages[0]); i++) {
		struct scene scene = scene_of_picture(languages[i]);
		scene.world->places[3].booking_page = strdup("https://outlook.office365.com/owa/calendar/x/bookings/");
		scene.world->places[5].equipment = strdup("Skärm, tangentbord, mus och hörlurar finns på platsen.");
		done_with(&scene, "u13");
		scene.world->places[0].checkin = i == 0 ? CHECKIN_NO : CHECKIN_OPTIONAL;
		scene.visit.undo = (struct visit_undo){.kind = COMMAND_CHECK_IN,
						       .entry = scene.visit.result.entry,
						       .until_ms = scene.mono_ms + 100 * 1000};
		snprintf(scene.visit.undo.language, sizeof(scene.visit.undo.language), "%s", languages[i]);
		faults += check_scene(&scene, languages[i]);
		scene_end(&scene);
	}
	assert_int_equal(faults, 0);
}

static void test_old_data(void **state)
{
	(void)state;
	int faults = 0;
	for (size_t i = 0; i < sizeof(languages) / sizeof(languages[0]); i++) {
		struct scene scene = scene_of_picture(languages[i]);
		scene.world->ages[WORLD_DESKS].agreed_utc -= 3 * 86400;
		scene.world->ages[WORLD_ROOM].agreed_utc = 0;
		scene.world->ages[WORLD_COUNCIL].agreed_utc -= 3000;
		scene.world->is_trusted = false;
		scene.world->snapshot.journal_ok = false;
		world_book(scene.world, "", DAY "10:30", DAY "14:00", "Lo B.");
		world_book(scene.world, "5", DAY "12:00", DAY "14:00", "Dubbel D.");
		scene.visit.result.outcome = JOURNAL_REFUSED;
		scene.visit.answered.kind = COMMAND_CHECK_IN;
		faults += check_scene(&scene, "old");
		scene_end(&scene);
	}
	assert_int_equal(faults, 0);
}

static void test_wall(void **state)
{
	(void)state;
	int faults = 0;
	for (size_t i = 0; i < sizeof(languages) / sizeof(languages[0]); i++) {
		struct scene scene = scene_of_picture(languages[i]);
		scene.world->config.mode = MODE_WALL;
		scene_look(&scene);
		for (size_t size = 0; size < sizeof(sizes) / sizeof(sizes[0]); size++) {
			faults += check_at(&scene, sizes[size][0], sizes[size][1], 100, languages[i]);
		}
		scene_end(&scene);
	}
	assert_int_equal(faults, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_languages_are_there),
		cmocka_unit_test(test_every_view),
		cmocka_unit_test(test_old_data),
		cmocka_unit_test(test_wall),
	};
	if (!measure_get()) {
		return 77;
	}
	struct err err = {""};
	hyphens = hyphens_create(KIOSK_SOURCE_DIR "/assets/joints", HYPHENS_PATTERNS, &err);
	if (!hyphens) {
		print_message("%s\n", err.text);
		return EXIT_FAILURE;
	}
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	hyphens_destroy(hyphens);
	measure_free();
	return failed;
}
