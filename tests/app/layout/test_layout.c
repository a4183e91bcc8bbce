/* Every view at every size, text size and crowd, with a table in the place of fonts, or with the real ones: nothing
 * clipped, nothing on top of another, all within the screen, large enough, readable and spoken. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "fixture.h"
#include "measure.h"
#include "tree_check.h"

static const int sizes[][2] = {{1024, 600},  {1280, 720},  {1366, 768}, {1920, 1080}, {2560, 1440},
			       {3840, 2160}, {1080, 1920}, {600, 1024}, {1024, 768},  {1280, 1024}};
enum { SIZE_COUNT = sizeof(sizes) / sizeof(*sizes) };
static const int percents[] = {100, 130, 160};

static const struct {
	const char *name;
	struct fixture fixture;
} crowds[] = {
	{"office", {0}},
	{"long", {.words = WORDS_LONG}},
	{"empty", {.is_empty = true}},
	{"one", {.places = 1}},
	{"twelve", {.places = 12}},
	{"thirteen", {.places = 13, .page = 1}},
	{"sixty", {.places = 60, .page = 2}},
	{"crowded", {.is_crowded = true, .is_old = true}},
	{"clock", {.clock_is_wrong = true}},
	{"undo", {.has_undo = true, .place = FIXTURE_MINE}},
	{"room", {.place = FIXTURE_ROOM}},
	{"absent", {.place = FIXTURE_ABSENT, .words = WORDS_LONG}},
	{"two", {.place = FIXTURE_TWO}},
	{"closed", {.is_closed = true, .has_notice = true}},
	{"closed and empty", {.is_closed = true, .is_empty = true}},
	{"speech", {.has_speech = true, .place = FIXTURE_MINE}},
	{"long speech", {.has_speech = true, .is_crowded = true, .words = WORDS_LONG}},
	{"cards", {.cards = 24, .page = 3}},
	{"long cards", {.cards = 24, .words = WORDS_LONG, .page = 1}},
};
enum { CROWD_COUNT = sizeof(crowds) / sizeof(*crowds) };

static int check_one(const struct fixture *fixture, const struct layout_screen *screen, const char *name)
{
	struct arena *arena = arena_create();
	const struct model *model = fixture_model(arena, fixture);
	struct ui *ui = layout_create(model, screen, measure_get());
	assert_non_null(ui);
	char full[200];
	snprintf(full, sizeof(full), "%s %s %s %dx%d %d%%%s%s", name, fixture_view_names[fixture->view],
		 fixture->mode == MODE_WALL ? "wall" : "kiosk", screen->width_px, screen->height_px,
		 screen->text_percent, screen->high_contrast ? " high" : "", screen->low_reach ? " low" : "");
	int faults = tree_check(ui, model, screen, full);
	layout_destroy(ui);
	arena_destroy(arena);
	return faults;
}

static int check_sizes(struct fixture fixture, bool high, bool low, const char *name)
{
	int faults = 0;
	for (size_t size = 0; size < SIZE_COUNT; size++) {
		for (size_t percent = 0; percent < 3; percent++) {
			struct layout_screen screen = fixture_screen(sizes[size][0], sizes[size][1]);
			screen.text_percent = percents[percent];
			screen.high_contrast = high;
			screen.low_reach = low;
			faults += check_one(&fixture, &screen, name);
		}
	}
	return faults;
}

static int check_views(bool high, bool low)
{
	int faults = 0;
	for (size_t crowd = 0; crowd < CROWD_COUNT; crowd++) {
		for (int view = 0; view <= VIEW_SETUP; view++) {
			struct fixture fixture = crowds[crowd].fixture;
			fixture.view = (enum view_kind)view;
			faults += check_sizes(fixture, high, low, crowds[crowd].name);
		}
	}
	return faults;
}

static void test_every_view(void **state)
{
	(void)state;
	assert_int_equal(check_views(false, false), 0);
}

static void test_low_reach(void **state)
{
	(void)state;
	assert_int_equal(check_views(false, true), 0);
}

static void test_high_contrast(void **state)
{
	(void)state;
	assert_int_equal(check_views(true, false), 0);
}

static void test_wall(void **state)
{
	(void)state;
	static const double screens[][2] = {{24, 0.6}, {24, 2}, {55, 3}, {55, 5}, {75, 5}, {24, 5}};
	static const size_t meetings[] = {0, 1, 12, 200};
	int faults = 0;
	for (size_t i = 0; i < 6 * 4 * CROWD_COUNT * SIZE_COUNT; i++) {
		const double *wall = screens[i % 6];
		struct fixture fixture = crowds[i / 24 % CROWD_COUNT].fixture;
		fixture.mode = MODE_WALL;
		fixture.meetings = meetings[i / 6 % 4];
		const int *size = sizes[i / 24 / CROWD_COUNT];
		struct layout_screen screen = fixture_screen(size[0], size[1]);
		screen.px_per_mm = hypot(size[0], size[1]) / (wall[0] * 25.4);
		screen.distance_m = wall[1];
		char name[80];
		snprintf(name, sizeof(name), "%s %.0f\" %.1f m %zu meetings", crowds[i / 24 % CROWD_COUNT].name,
			 wall[0], wall[1], fixture.meetings);
		faults += check_one(&fixture, &screen, name);
	}
	assert_int_equal(faults, 0);
}

static unsigned random_of(uint64_t *seed, unsigned count)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(*seed >> 33) % count;
}

static struct fixture random_fixture(uint64_t *seed)
{
	static const enum view_kind on_wall[] = {VIEW_HOME, VIEW_HOME, VIEW_NIGHT, VIEW_SETUP};
	struct fixture fixture = {.mode = random_of(seed, 4) == 0 ? MODE_WALL : MODE_KIOSK};
	fixture.view = fixture.mode == MODE_WALL ? on_wall[random_of(seed, 4)]
						 : (enum view_kind)random_of(seed, VIEW_SETUP + 1);
	fixture.words = random_of(seed, 3) == 0 ? WORDS_LONG : WORDS_SWEDISH;
	fixture.places = random_of(seed, 61);
	fixture.meetings = random_of(seed, 2) ? random_of(seed, 8) : random_of(seed, 201);
	fixture.is_empty = random_of(seed, 8) == 0;
	fixture.place = (enum fixture_place)random_of(seed, FIXTURE_UNKNOWN + 1);
	fixture.has_undo = random_of(seed, 3) == 0;
	fixture.is_crowded = random_of(seed, 3) == 0;
	fixture.is_old = random_of(seed, 3) == 0;
	fixture.cards = random_of(seed, 25);
	fixture.page = (int)random_of(seed, 12);
	fixture.minute = (int)random_of(seed, 24 * 60);
	fixture.has_map = fixture.places % 3 == 0;
	return fixture;
}

/* A panel as they are sold: 7 to 55 inches, the smaller ones with fewer pixels. */
static struct layout_screen random_screen(uint64_t *seed, enum config_mode mode)
{
	static const int panels[][3] = {{800, 480, 7},    {1024, 600, 7},   {1024, 600, 10},  {1280, 800, 10},
					{1280, 720, 13},  {1366, 768, 16},  {1024, 768, 15},  {1280, 1024, 19},
					{1680, 1050, 22}, {1920, 1080, 16}, {1920, 1080, 22}, {1920, 1080, 32},
					{2560, 1440, 27}, {3840, 2160, 32}, {3840, 2160, 55}, {1920, 1200, 24}};
	const int *panel = panels[random_of(seed, sizeof(panels) / sizeof(*panels))];
	bool is_turned = random_of(seed, 3) == 0;
	struct layout_screen screen = fixture_screen(panel[is_turned], panel[!is_turned]);
	screen.px_per_mm = hypot(panel[0], panel[1]) / (panel[2] * 25.4);
	screen.distance_m = mode == MODE_WALL ? (1 + random_of(seed, 40)) / 10.0 : 0.6;
	screen.text_percent = mode == MODE_WALL ? 100 : percents[random_of(seed, 3)];
	screen.high_contrast = random_of(seed, 4) == 0;
	/* All of a seven inch panel is within reach; two fifths of it are not even three fingers. */
	screen.low_reach = mode == MODE_KIOSK && panel[2] > 7 && random_of(seed, 4) == 0;
	return screen;
}

static void test_any_office_on_any_panel(void **state)
{
	(void)state;
	uint64_t seed = 1;
	int faults = 0;
	for (int i = 0; i < 400; i++) {
		char name[40];
		snprintf(name, sizeof(name), "panel %d", i);
		struct fixture fixture = random_fixture(&seed);
		struct layout_screen screen = random_screen(&seed, fixture.mode);
		faults += check_one(&fixture, &screen, name);
	}
	assert_int_equal(faults, 0);
}

/* Returns the widget's size of letters; 0 when it is not there or shows none. */
static int letters_of(const struct ui *ui, const char *id)
{
	const struct widget *widget = ui_by_id(ui, id);
	return widget && widget->text[0] ? widget->font_px : 0;
}

/* On a 24 inch screen every text, in every view, reaches 0.7 degrees at 0.6 m with the largest letters: capital letters
 * of 7.3 mm. Two fifths of the screen are too low for that where a sheet is a table. */
static void test_largest_text_is_large_enough(void **state)
{
	(void)state;
	static const int turned[][2] = {{1920, 1080}, {1080, 1920}};
	int faults = 0;
	for (int i = 0; i < (VIEW_SETUP + 1) * 6 * 4; i++) {
		struct fixture fixture = {.view = (enum view_kind)(i / 24), .place = (enum fixture_place)(i / 4 % 6)};
		fixture.minute = fixture.view == VIEW_NIGHT ? 1382 : 0;
		struct layout_screen screen = fixture_screen(turned[i % 2][0], turned[i % 2][1]);
		screen.px_per_mm = hypot(1920, 1080) / (24 * 25.4);
		screen.text_percent = 160;
		bool is_table = fixture.view == VIEW_WEEK || fixture.view == VIEW_HOST;
		screen.low_reach = i / 2 % 2 && !is_table;
		struct arena *arena = arena_create();
		struct ui *ui = layout_create(fixture_model(arena, &fixture), &screen, measure_get());
		assert_non_null(ui);
		for (size_t j = 0; j < ui->count; j++) {
			const struct widget *widget = &ui->widgets[j];
			if (widget->text[0] && widget->font_px * 0.727 < 7.3 * screen.px_per_mm) {
				print_error("%s place %d %dx%d%s: \"%s\" has %d px\n", fixture_view_names[fixture.view],
					    fixture.place, screen.width_px, screen.height_px,
					    screen.low_reach ? " low" : "", widget->text, widget->font_px);
				faults++;
			}
		}
		layout_destroy(ui);
		arena_destroy(arena);
	}
	assert_int_equal(faults, 0);
}

/* Whoever asks for the largest letters never gets smaller ones than with the size before it. */
static void test_larger_text_is_never_smaller(void **state)
{
	(void)state;
	static const enum view_kind views[] = {VIEW_SHEET, VIEW_FREE, VIEW_DONE, VIEW_HOST, VIEW_MEETING, VIEW_ACCESS};
	int faults = 0;
	for (int i = 0; i < 6 * (FIXTURE_UNKNOWN + 1) * SIZE_COUNT * 2; i++) {
		struct arena *arena = arena_create();
		struct fixture fixture = {.view = views[i % 6], .place = (enum fixture_place)(i / 6 % 6)};
		const int *size = sizes[i / 36 % SIZE_COUNT];
		struct layout_screen screen = fixture_screen(size[0], size[1]);
		screen.low_reach = i / 36 / SIZE_COUNT;
		struct ui *before = NULL;
		for (int percent = 0; percent < 3; percent++) {
			screen.text_percent = percents[percent];
			struct ui *ui = layout_create(fixture_model(arena, &fixture), &screen, measure_get());
			assert_non_null(ui);
			for (size_t j = 0; before && j < before->count; j++) {
				const struct widget *widget = &before->widgets[j];
				int now = widget->is_covered ? 0 : letters_of(ui, widget->id);
				if (now > 0 && now < widget->font_px && faults++ < 8) {
					printf("%s %dx%d%s: %s has %d px at %d %%, %d before\n",
					       fixture_view_names[fixture.view], size[0], size[1],
					       screen.low_reach ? " low" : "", widget->id, now, percents[percent],
					       widget->font_px);
				}
			}
			layout_destroy(before);
			before = ui;
		}
		layout_destroy(before);
		arena_destroy(arena);
	}
	assert_int_equal(faults, 0);
}

/* On the home screen the first press of Tab lands on the first who is awaited, at any size; on a sheet it stays there.
 */
static void test_keyboard_begins_with_a_check_in(void **state)
{
	(void)state;
	for (int i = 0; i < SIZE_COUNT * 3 * 2; i++) {
		struct arena *arena = arena_create();
		struct fixture fixture = {0}, sheet = {.view = VIEW_SHEET};
		const int *size = sizes[i / 6];
		struct layout_screen screen = fixture_screen(size[0], size[1]);
		screen.text_percent = percents[i / 2 % 3];
		screen.low_reach = i % 2 == 1;
		const struct model *model = fixture_model(arena, &fixture);
		struct ui *ui = layout_create(model, &screen, measure_get());
		assert_string_equal(ui->widgets[ui_focus_step(ui, -1, 1)].id, model->waiting[0].id);
		layout_destroy(ui);
		ui = layout_create(fixture_model(arena, &sheet), &screen, measure_get());
		int at = ui_focus_step(ui, -1, 1);
		assert_true(at >= 0 && !ui->widgets[at].is_covered);
		layout_destroy(ui);
		arena_destroy(arena);
	}
}

/* While the time to undo runs out, nothing but the strip is drawn again. */
static void test_countdown_draws_only_itself(void **state)
{
	(void)state;
	struct arena *arena = arena_create();
	struct fixture fixture = {.has_undo = true};
	struct layout_screen screen = fixture_screen(1920, 1080);
	struct model *model = fixture_model(arena, &fixture);
	struct ui *before = layout_create(model, &screen, measure_get());
	model->undo.button.text = "Ångra · 6 s";
	struct ui *after = layout_create(model, &screen, measure_get());
	struct ui_parts parts;
	assert_true(ui_differs(before, after, &parts));
	assert_int_equal(parts.count, 1);
	struct rect button = ui_by_id(before, "undo")->box, part = parts.items[0];
	assert_true(part.w <= button.w * 3 / 2 && part.h <= button.h * 2); /* with the room for its ring */
	layout_destroy(before);
	layout_destroy(after);
	arena_destroy(arena);
}

static void test_same_input_same_tree(void **state)
{
	(void)state;
	struct arena *arena = arena_create();
	struct fixture fixture = {.view = VIEW_FREE};
	struct layout_screen screen = fixture_screen(1920, 1080);
	struct ui *a = layout_create(fixture_model(arena, &fixture), &screen, measure_get());
	struct ui *b = layout_create(fixture_model(arena, &fixture), &screen, measure_get());
	assert_int_equal(a->count, b->count);
	for (size_t i = 0; i < a->count; i++) {
		assert_string_equal(a->widgets[i].id, b->widgets[i].id);
		assert_string_equal(a->widgets[i].text, b->widgets[i].text);
		assert_memory_equal(&a->widgets[i].box, &b->widgets[i].box, sizeof(struct rect));
	}
	layout_destroy(a);
	layout_destroy(b);
	arena_destroy(arena);
}

static struct ui *layout_of(struct arena *arena, struct fixture fixture, int minute)
{
	fixture.minute = minute;
	struct layout_screen screen = fixture_screen(1920, 1080);
	struct ui *ui = layout_create(fixture_model(arena, &fixture), &screen, measure_get());
	assert_non_null(ui);
	return ui;
}

static void test_night_clock_moves_every_minute(void **state)
{
	(void)state;
	struct arena *arena = arena_create();
	for (int minute = 22 * 60; minute < 22 * 60 + 40; minute++) {
		struct ui *before = layout_of(arena, (struct fixture){.view = VIEW_NIGHT}, minute);
		struct ui *after = layout_of(arena, (struct fixture){.view = VIEW_NIGHT}, minute + 1);
		const struct rect *a = &ui_by_id(before, "clock")->box, *b = &ui_by_id(after, "clock")->box;
		assert_true(a->x != b->x || a->y != b->y);
		layout_destroy(before);
		layout_destroy(after);
	}
	arena_destroy(arena);
}

static void test_hour_beside_the_clock_gives_way(void **state)
{
	(void)state;
	struct arena *arena = arena_create();
	for (int minute = 7 * 60; minute <= 18 * 60; minute += 7) {
		struct ui *ui = layout_of(arena, (struct fixture){0}, minute);
		struct arena *spare = arena_create();
		struct fixture fixture = {.minute = minute};
		struct layout_screen screen = fixture_screen(1920, 1080);
		assert_int_equal(tree_check(ui, fixture_model(spare, &fixture), &screen, "now"), 0);
		arena_destroy(spare);
		layout_destroy(ui);
	}
	arena_destroy(arena);
}

/* Each page shows other places, and together they show all of them. */
static void test_pages_show_every_place(void **state)
{
	(void)state;
	struct arena *arena = arena_create();
	bool seen[60] = {false};
	for (int page = 0; page < 8; page++) {
		struct ui *ui = layout_of(arena, (struct fixture){.places = 60, .page = page}, 0);
		assert_non_null(ui_by_id(ui, "next"));
		for (int place = 1; place < 60; place++) {
			char id[20];
			snprintf(id, sizeof(id), "place:%d", place);
			seen[place] = seen[place] || ui_by_id(ui, id);
		}
		layout_destroy(ui);
	}
	for (int place = 1; place < 60; place++) {
		assert_true(seen[place]);
	}
	arena_destroy(arena);
}

static void test_conflict_shows_both(void **state)
{
	(void)state;
	struct arena *arena = arena_create();
	struct ui *ui = layout_of(arena, (struct fixture){.is_crowded = true}, 0);
	const struct widget *first = ui_by_id(ui, "booking:place:2-0"), *second = ui_by_id(ui, "booking:place:2-1");
	assert_non_null(first);
	assert_non_null(second);
	assert_true(first->box.y + first->box.h < second->box.y);
	size_t warnings = 0;
	for (size_t i = 0; i < ui->count; i++) {
		warnings += ui->widgets[i].icon == ICON_WARNING;
	}
	assert_true(warnings >= 2);
	layout_destroy(ui);
	arena_destroy(arena);
}

/* A block that is too short in time for a finger gets a wider target, not a wider picture. */
static void test_short_booking_has_a_wide_target(void **state)
{
	(void)state;
	struct arena *arena = arena_create();
	struct ui *ui = layout_of(arena, (struct fixture){.is_crowded = true}, 0);
	const struct widget *target = ui_by_id(ui, "booking:place:2-5");
	struct layout_screen screen = fixture_screen(1920, 1080);
	assert_non_null(target);
	assert_int_equal(target->role, UI_BUTTON);
	assert_true(target->box.w >= 12 * screen.px_per_mm);
	assert_true(target[1].box.w < target->box.w);
	layout_destroy(ui);
	arena_destroy(arena);
}

static const char *text_of(const struct ui *ui, const char *id)
{
	for (size_t i = 0; i < ui->count; i++) {
		if (ui->widgets[i].id && strcmp(ui->widgets[i].id, id) == 0) {
			return ui->widgets[i].text;
		}
	}
	return "";
}

/* The age of the data stays on the screen, whatever else is wrong. */
static void test_age_is_told_beside_other_notes(void **state)
{
	(void)state;
	for (int i = 0; i < 4; i++) {
		struct fixture fixture = {.clock_is_wrong = true, .mode = i < 2 ? MODE_KIOSK : MODE_WALL};
		struct layout_screen screen = i % 2 == 0 ? fixture_screen(1280, 800) : fixture_screen(1080, 1920);
		struct arena *arena = arena_create();
		struct ui *ui = layout_create(fixture_model(arena, &fixture), &screen, measure_get());
		assert_non_null(ui);
		assert_non_null(strstr(text_of(ui, "note"), "Klockan"));
		const char *age = text_of(ui, "age"); /* in one line or two */
		assert_non_null(strstr(age, "Uppdaterad"));
		assert_non_null(strstr(age, "10:40"));
		layout_destroy(ui);
		arena_destroy(arena);
	}
}

static void test_wall_counts_what_it_does_not_show(void **state)
{
	(void)state;
	struct arena *arena = arena_create();
	struct ui *ui = layout_of(arena, (struct fixture){.mode = MODE_WALL, .meetings = 200}, 0);
	size_t shown = 0;
	for (size_t i = 0; i < ui->count; i++) {
		shown += strncmp(ui->widgets[i].id, "today:", 6) == 0;
	}
	char more[40];
	snprintf(more, sizeof(more), "+%zu till", 200 - shown);
	assert_non_null(ui_by_id(ui, "more"));
	assert_string_equal(ui_by_id(ui, "more")->text, more);
	layout_destroy(ui);
	arena_destroy(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_view),
		cmocka_unit_test(test_low_reach),
		cmocka_unit_test(test_high_contrast),
		cmocka_unit_test(test_wall),
		cmocka_unit_test(test_any_office_on_any_panel),
		cmocka_unit_test(test_largest_text_is_large_enough),
		cmocka_unit_test(test_larger_text_is_never_smaller),
		cmocka_unit_test(test_keyboard_begins_with_a_check_in),
		cmocka_unit_test(test_countdown_draws_only_itself),
		cmocka_unit_test(test_same_input_same_tree),
		cmocka_unit_test(test_night_clock_moves_every_minute),
		cmocka_unit_test(test_hour_beside_the_clock_gives_way),
		cmocka_unit_test(test_pages_show_every_place),
		cmocka_unit_test(test_conflict_shows_both),
		cmocka_unit_test(test_short_booking_has_a_wide_target),
		cmocka_unit_test(test_age_is_told_beside_other_notes),
		cmocka_unit_test(test_wall_counts_what_it_does_not_show),
	};
	if (!measure_get()) {
		return 1;
	}
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	measure_free();
	return failed;
}
