/* The wall at every size and distance: nothing clipped, the meeting that goes on is always there, every meeting is
 * shown or counted, and no room is left empty beside a count. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fixture.h"
#include "measure.h"
#include "tree_check.h"

struct look {
	struct arena *arena;
	const struct model *model;
	struct layout_screen screen;
	struct ui *ui;
};

static struct look look_at(struct fixture fixture, int width, int height, double inches, double distance_m)
{
	struct look look = {.arena = arena_create(), .screen = fixture_screen(width, height)};
	fixture.mode = MODE_WALL;
	look.screen.px_per_mm = hypot(width, height) / (inches * 25.4);
	look.screen.distance_m = distance_m;
	look.screen.high_contrast = fixture.places % 4 == 3;
	look.model = fixture_model(look.arena, &fixture);
	look.ui = layout_create(look.model, &look.screen, measure_get());
	assert_non_null(look.ui);
	return look;
}

static void look_end(struct look *look)
{
	layout_destroy(look->ui);
	arena_destroy(look->arena);
}

static bool shows(const struct look *look, const char *text)
{
	for (size_t i = 0; i < look->ui->count; i++) {
		if (strcmp(look->ui->widgets[i].text, text) == 0) {
			return true;
		}
	}
	return false;
}

/* The number in "+4 på annan plats", "3 avslutade"; 0 when nothing is counted. */
static size_t counted(const struct look *look, const char *id)
{
	const struct widget *widget = ui_by_id(look->ui, id);
	return widget ? (size_t)strtoul(widget->text + (widget->text[0] == '+'), NULL, 10) : 0;
}

static size_t shown(const struct look *look, bool is_elsewhere)
{
	size_t count = 0;
	for (size_t i = 0; i < look->model->wall_meeting_count; i++) {
		char id[30];
		snprintf(id, sizeof(id), "today:%zu", i);
		bool is_counted = look->model->wall_meetings[i].is_elsewhere == is_elsewhere && ui_by_id(look->ui, id);
		count += is_counted ? look->model->wall_meetings[i].count : 0;
	}
	return count;
}

static size_t expected(const struct look *look, bool is_elsewhere)
{
	size_t count = 0;
	for (size_t i = 0; i < look->model->wall_meeting_count; i++) {
		const struct model_wall_meeting *meeting = &look->model->wall_meetings[i];
		count += meeting->is_elsewhere == is_elsewhere ? meeting->count : 0;
	}
	return count;
}

/* Returns whether a row of the list would have fitted where nothing stands below the count. */
static bool has_empty_space(const struct look *look, const char *id)
{
	const struct widget *more = ui_by_id(look->ui, id);
	if (!more) {
		return false;
	}
	int above = 0, below = look->ui->height;
	for (size_t i = 0; i < look->ui->count; i++) {
		const struct rect *box = &look->ui->widgets[i].box;
		bool is_beside = box->x + box->w <= more->box.x || box->x >= more->box.x + more->box.w;
		if (is_beside || &look->ui->widgets[i] == more || box->h == look->ui->height) {
			continue;
		}
		above = box->y + box->h <= more->box.y && box->y + box->h > above ? box->y + box->h : above;
		below = box->y >= more->box.y + more->box.h && box->y < below ? box->y : below;
	}
	int left = (more->box.y - above) + (below - more->box.y - more->box.h);
	return left > 3 * more->box.h;
}

static int check(const struct look *look, const char *name)
{
	int faults = tree_check(look->ui, look->model, &look->screen, name);
	size_t here = shown(look, false) + counted(look, "more");
	size_t away = shown(look, true) + counted(look, "more-elsewhere"), ended = counted(look, "ended");
	bool has_now = look->model->wall_meeting_count == 0 || look->model->wall_meetings[0].phase != WALL_NOW ||
		       look->model->wall_meetings[0].is_elsewhere || ui_by_id(look->ui, "today:0");
	bool is_complete =
		here == expected(look, false) && away == expected(look, true) && ended == look->model->wall_ended;
	bool is_full = !has_empty_space(look, "more") && !has_empty_space(look, "more-elsewhere");
	if (!has_now || !is_complete || !is_full) {
		printf("%s: now %d, here %zu of %zu, elsewhere %zu of %zu, ended %zu of %zu, full %d\n", name, has_now,
		       here, expected(look, false), away, expected(look, true), ended, look->model->wall_ended,
		       is_full);
		faults++;
	}
	return faults;
}

static unsigned random_of(uint64_t *seed, unsigned count)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(*seed >> 33) % count;
}

static struct fixture random_fixture(uint64_t *seed)
{
	struct fixture fixture = {.words = random_of(seed, 4) == 0 ? WORDS_LONG : WORDS_SWEDISH};
	fixture.places = random_of(seed, 3) ? 9 : random_of(seed, 61);
	fixture.meetings = random_of(seed, 4) ? random_of(seed, 14) : random_of(seed, 60);
	fixture.away = random_of(seed, 3) ? random_of(seed, 6) : 0;
	fixture.ended = random_of(seed, 2) ? random_of(seed, 12) : 0;
	fixture.is_empty = random_of(seed, 6) == 0;
	fixture.has_notice = random_of(seed, 3) == 0;
	fixture.is_double = random_of(seed, 3) == 0;
	fixture.is_crowded = random_of(seed, 4) == 0;
	fixture.is_old = random_of(seed, 5) == 0;
	fixture.clock_is_wrong = random_of(seed, 6) == 0;
	return fixture;
}

/* Offices at random on screens from 32 to 75 inches, read from two to eight metres. */
static void test_any_wall(void **state)
{
	(void)state;
	static const int inches[] = {32, 43, 50, 55, 65, 75};
	static const int sizes[][2] = {{1920, 1080}, {3840, 2160}, {1366, 768}, {1080, 1920}, {2160, 3840}};
	uint64_t seed = 7;
	int faults = 0;
	for (int i = 0; i < 600; i++) {
		struct fixture fixture = random_fixture(&seed);
		const int *size = sizes[random_of(&seed, 5)];
		int wide = inches[random_of(&seed, 6)];
		double distance = 2 + random_of(&seed, 13) * 0.5;
		struct look look = look_at(fixture, size[0], size[1], wide, distance);
		char name[120];
		snprintf(name, sizeof(name), "%d: %dx%d %d\" %.1f m, %zu here %zu away %zu ended", i, size[0], size[1],
			 wide, distance, fixture.meetings, fixture.away, fixture.ended);
		faults += check(&look, name);
		look_end(&look);
	}
	assert_int_equal(faults, 0);
}

/* 43 inches read from five metres: twelve meetings here, of which three have ended, and four elsewhere. */
static void test_dense(void **state)
{
	(void)state;
	struct fixture fixture = {.meetings = 9, .away = 4, .ended = 3, .has_notice = true};
	struct look look = look_at(fixture, 1920, 1080, 43, 5);
	assert_int_equal(check(&look, "dense"), 0);
	assert_int_equal(shown(&look, false), 9);
	assert_int_equal(shown(&look, true), 4);
	assert_true(shows(&look, "Möten i dag"));
	assert_true(shows(&look, "mån 23 nov"));
	assert_true(shows(&look, "Inte här"));
	assert_true(shows(&look, "13:00 Vännäs"));
	assert_true(shows(&look, "Örnsköldsvik") || shows(&look, "16:15 Örnsköldsvik"));
	assert_true(shows(&look, "Lediga platser: 3, 4 och 6"));
	assert_true(shows(&look, "3 avslutade"));
	assert_true(shows(&look, "Hissen är ur funktion – ring kansliet"));
	assert_true(shows(&look, "Pågår"));
	look_end(&look);
}

/* What gives way first when there are more and more meetings. */
static void test_order_of_shedding(void **state)
{
	(void)state;
	static const char *const words[] = {"Värdkommun", "Kommande möten", "–12:00", "the tiles"};
	static const int sizes[][2] = {{1920, 1080}, {1080, 1920}};
	for (size_t size = 0; size < 2; size++) {
		bool was_shown[4] = {true, true, true, true};
		for (size_t meetings = 1; meetings < 40; meetings++) {
			struct fixture fixture = {.meetings = meetings, .away = 4};
			struct look look = look_at(fixture, sizes[size][0], sizes[size][1], 55, 3);
			bool is_shown[4];
			for (size_t i = 0; i < 4; i++) {
				is_shown[i] = i == 3 ? ui_by_id(look.ui, "place:3") != NULL : shows(&look, words[i]);
				assert_true(was_shown[i] || !is_shown[i]); /* it does not come back */
				assert_true(i == 0 || is_shown[i] || !is_shown[i - 1]);
				was_shown[i] = is_shown[i];
			}
			assert_true(shows(&look, "Pågår"));
			assert_int_equal(check(&look, "shedding"), 0);
			look_end(&look);
		}
		assert_false(was_shown[2]);
	}
}

static void test_double_booking_names_both(void **state)
{
	(void)state;
	static const double distances[] = {3, 5};
	for (size_t i = 0; i < 2; i++) {
		struct look look = look_at((struct fixture){.is_double = true}, 1920, 1080, 55, distances[i]);
		assert_int_equal(check(&look, "double"), 0);
		assert_true(shows(&look, "Dubbelbokat i konferensrummet") || shows(&look, "Dubbelbokat"));
		assert_true(shows(&look, "Digitaliseringsgruppen"));
		assert_true(shows(&look, "Turismgruppen, 13:30–14:30") || shows(&look, "Turismgruppen"));
		look_end(&look);
	}
}

/* The tiles take the place of the meetings, and the host's name is whole or absent. */
static void test_empty_day(void **state)
{
	(void)state;
	struct look look = look_at((struct fixture){.is_empty = true}, 1920, 1080, 55, 3);
	assert_int_equal(check(&look, "empty"), 0);
	assert_true(shows(&look, "Inga möten här i dag"));
	assert_true(shows(&look, "Konferensrummet är ledigt hela dagen"));
	assert_true(shows(&look, "Lediga nu: 3, 4 och 6"));
	assert_true(shows(&look, "Slå dig ner – ta en plats på skärmen vid entrén."));
	assert_true(ui_by_id(look.ui, "place:3")->box.h > 150);
	look_end(&look);
	for (double distance = 2; distance <= 8; distance += 0.5) {
		for (int inches = 32; inches <= 75; inches += 7) {
			look = look_at((struct fixture){.is_empty = true}, 1920, 1080, inches, distance);
			assert_int_equal(check(&look, "empty"), 0);
			assert_int_equal(shows(&look, "Värdkommun"), ui_by_id(look.ui, "host") != NULL);
			assert_int_equal(shows(&look, "Bjurholm"), ui_by_id(look.ui, "host") != NULL);
			look_end(&look);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_any_wall),          cmocka_unit_test(test_dense),
		cmocka_unit_test(test_order_of_shedding), cmocka_unit_test(test_double_booking_names_both),
		cmocka_unit_test(test_empty_day),
	};
	if (!measure_get()) {
		return 1;
	}
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	measure_free();
	return failed;
}
