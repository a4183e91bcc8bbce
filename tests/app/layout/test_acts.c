/* Every act that exists can be reached by touch: in every state of a place or a booking, at any size, text size,
 * contrast and reach. The walk opens whatever a button opens, turns every page, and collects what can be done. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "tests/app/model/scene.h"

#define DAY "2026-11-23T"

enum { ACTS_MAX = 400, PAGES_MAX = 40 };

struct act {
	enum action_kind kind;
	enum view_kind view; /* ACTION_OPEN */
	char id[64], place[16];
};

struct walk {
	struct scene *scene;
	struct layout_screen screen;
	struct act acts[ACTS_MAX];
	size_t count;
	int faults;
};

static struct act act_of(enum action_kind kind, enum view_kind view, const char *id, const char *place)
{
	struct act act = {.kind = kind, .view = kind == ACTION_OPEN ? view : VIEW_HOME};
	snprintf(act.id, sizeof(act.id), "%s", id);
	snprintf(act.place, sizeof(act.place), "%s", place);
	return act;
}

static bool has(const struct walk *walk, const struct act *wanted)
{
	for (size_t i = 0; i < walk->count; i++) {
		const struct act *act = &walk->acts[i];
		if (act->kind == wanted->kind && act->view == wanted->view && strcmp(act->id, wanted->id) == 0 &&
		    (!wanted->place[0] || strcmp(act->place, wanted->place) == 0)) {
			return true;
		}
	}
	return false;
}

/* Collects what the buttons of the tree do; returns whether anything of it was new. */
static bool collect(struct walk *walk, const struct ui *ui, bool *out_turns)
{
	bool is_new = false;
	for (size_t i = 0; i < ui->count; i++) {
		const struct widget *widget = &ui->widgets[i];
		const struct action *action = &widget->action;
		if (!ui_is_reachable(widget) || widget->is_covered) {
			continue;
		}
		*out_turns |= action->kind == ACTION_PAGE;
		struct act act = act_of(action->kind, action->view, action->id, action->place);
		if (action->kind != ACTION_PAGE && !has(walk, &act) && walk->count < ACTS_MAX) {
			walk->acts[walk->count++] = act;
			is_new = true;
		}
	}
	return is_new;
}

static void want(struct walk *walk, const char *name, struct act act)
{
	if (has(walk, &act)) {
		return;
	}
	if (walk->faults++ < 8) {
		printf("%s %dx%d %d%% %s %s: no act %d view %d \"%s\" place \"%s\"\n", name, walk->screen.width_px,
		       walk->screen.height_px, walk->screen.text_percent,
		       walk->screen.high_contrast ? "high" : "normal", walk->screen.low_reach ? "low" : "normal",
		       (int)act.kind, (int)act.view, act.id, act.place);
	}
}

/* Every sheet can be left by a button, which the keyboard reaches, too. */
static void check_way_out(struct walk *walk, const struct ui *ui, enum view_kind view, const char *id)
{
	bool has_close = view == VIEW_HOME || view == VIEW_MAP;
	for (size_t i = 0; i < ui->count; i++) {
		const struct widget *widget = &ui->widgets[i];
		has_close |= ui_is_reachable(widget) && !widget->is_backdrop && widget->action.kind == ACTION_CLOSE;
	}
	if (!has_close && walk->faults++ < 8) {
		printf("%dx%d %d%%: no way out of view %d \"%s\"\n", walk->screen.width_px, walk->screen.height_px,
		       walk->screen.text_percent, (int)view, id);
	}
}

static void walk_view(struct walk *walk, enum view_kind view, const char *id)
{
	bool turns = true;
	for (int page = 0; turns && page < PAGES_MAX; page++) {
		scene_look_at(walk->scene, view, id);
		walk->scene->visit.choice = visit_first_choice(view);
		walk->scene->visit.page = page;
		walk->scene->visit.low_reach = walk->screen.low_reach;
		struct ui *ui = layout_create(scene_look(walk->scene), &walk->screen, fixture_measure());
		assert_non_null(ui);
		turns = false;
		check_way_out(walk, ui, view, id);
		bool is_new = collect(walk, ui, &turns);
		turns = turns && (is_new || page == 0);
		layout_destroy(ui);
	}
}

static void walk_all(struct walk *walk)
{
	walk->count = 0;
	walk_view(walk, VIEW_HOME, "");
	if (walk->scene->visit.undo.kind != COMMAND_NONE) {
		want(walk, "home", act_of(ACTION_UNDO, VIEW_HOME, "", ""));
		walk->count = 0;
		walk_view(walk, VIEW_DONE, "");
		want(walk, "done", act_of(ACTION_UNDO, VIEW_HOME, "", ""));
		want(walk, "done", act_of(ACTION_CLOSE, VIEW_HOME, "", ""));
		walk->count = 0;
		walk_view(walk, VIEW_HOME, "");
	}
	for (size_t i = 0; i < walk->count; i++) {
		struct act act = walk->acts[i];
		if (act.kind == ACTION_OPEN) {
			walk_view(walk, act.view, act.id);
		}
	}
}

/* What the office allows now. */
static void want_all(struct walk *walk, const char *name)
{
	if (walk->scene->world->config.floorplan) {
		want(walk, name, act_of(ACTION_MAP, VIEW_HOME, "", ""));
	}
	struct office *office = world_office(walk->scene->world);
	struct office_input input = world_input(walk->scene->world);
	for (size_t i = 0; i < office->booking_count; i++) {
		const struct office_booking *booking = &office->bookings[i];
		if (office_is_awaited(office, &input, booking)) {
			bool has_place =
				office_judge_booking(office, &input, booking, booking->own_place) == OFFICE_ALLOWED;
			want(walk, name,
			     has_place ? act_of(ACTION_CHECK_IN, VIEW_HOME, booking->id, "")
				       : act_of(ACTION_OPEN, VIEW_MOVE, booking->id, ""));
			/* Who comes after somebody else at the same place can change it after the check-in. */
			if (booking->place < 0 || office->places[booking->place].current == (int)i) {
				want(walk, name, act_of(ACTION_OPEN, VIEW_MOVE, booking->id, ""));
			}
		}
		if (booking->state == BOOKING_ONGOING &&
		    office->places[booking->place].config->checkin == CHECKIN_OPTIONAL) {
			want(walk, name, act_of(ACTION_CHECK_OUT, VIEW_HOME, booking->id, ""));
		}
		if (booking->state == BOOKING_CHECKED_IN) {
			want(walk, name, act_of(ACTION_CHECK_OUT, VIEW_HOME, booking->id, ""));
			if (office_extends_until(office, booking) > booking->until_utc) {
				want(walk, name, act_of(ACTION_EXTEND, VIEW_HOME, booking->id, ""));
			}
		}
	}
	for (size_t i = 0; i < office->place_count; i++) {
		if (office->places[i].may_be_taken || office->places[i].may_be_taken_anyway) {
			want(walk, name, act_of(ACTION_DROP_IN, VIEW_HOME, "", office->places[i].config->id));
		}
	}
	office_destroy(office);
	want(walk, name, act_of(ACTION_OPEN, VIEW_WEEK, "", ""));
	want(walk, name, act_of(ACTION_OPEN, VIEW_HOST, "", ""));
	if (walk->scene->world->config.info_count > 0) {
		want(walk, name, act_of(ACTION_OPEN, VIEW_INFO, "", ""));
		want(walk, name, act_of(ACTION_CHOOSE, VIEW_HOME, "", "")); /* a code behind a button */
	}
}

static void check_everywhere(struct scene *scene, const char *name)
{
	static const int sizes[][2] = {{1920, 1080}, {1080, 1920}, {1024, 600}, {1280, 720}, {600, 1024}};
	static const int percents[] = {100, 130, 160};
	struct walk *walk = calloc(1, sizeof(*walk));
	assert_non_null(walk);
	walk->scene = scene;
	for (size_t size = 0; size < sizeof(sizes) / sizeof(sizes[0]); size++) {
		for (int look = 0; look < 12; look++) {
			walk->screen = fixture_screen(sizes[size][0], sizes[size][1]);
			walk->screen.text_percent = percents[look / 4];
			walk->screen.high_contrast = look % 4 >= 2;
			walk->screen.low_reach = look % 2 == 1;
			walk_all(walk);
			want_all(walk, name);
		}
	}
	int faults = walk->faults;
	free(walk);
	assert_int_equal(faults, 0);
}

static void test_an_ordinary_morning(void **state)
{
	(void)state;
	struct config_info infos[12];
	for (size_t i = 0; i < 12; i++) {
		infos[i] = (struct config_info){.title = "Om larmet går",
						.text = "Gå ut genom trapphuset bredvid hissen – använd inte hissen.\n"
							"Återsamlingsplats: Renmarkstorget, vid fontänen. Ring 112.",
						.code = i == 11 ? "https://example.org/a11y" : NULL};
	}
	struct scene scene = scene_of_picture("sv");
	scene.world->config.infos = infos;
	scene.world->config.info_count = 12;
	check_everywhere(&scene, "picture");
	scene_end(&scene);
}

/* Late owners, one without a place, somebody without a booking, and nothing else free. */
static void test_late_and_without_place(void **state)
{
	(void)state;
	struct scene scene = scene_of_picture("sv");
	world_book(scene.world, "4", DAY "09:00", DAY "15:00", "Leif B.");
	world_book(scene.world, "", DAY "10:30", DAY "14:00", "Amira T.");
	assert_int_equal(world_drop_in(scene.world, "6", DAY "11:30"), OFFICE_ALLOWED);
	check_everywhere(&scene, "late");
	scene_end(&scene);
}

/* A meeting that can be ended early, a stay that can be extended, and an act that can be undone from home. */
static void test_meeting_and_undo(void **state)
{
	(void)state;
	struct scene scene = scene_of_picture("sv");
	scene.world->places[0].checkin = CHECKIN_OPTIONAL;
	assert_int_equal(world_check_in(scene.world, "u9", ""), OFFICE_ALLOWED);
	int64_t entry = world_last_entry(scene.world);
	scene.visit.undo = (struct visit_undo){
		.kind = COMMAND_CHECK_IN, .entry = entry, .until_ms = scene.mono_ms + 7000, .language = "sv"};
	scene.visit.answered.kind = COMMAND_CHECK_IN;
	scene.visit.commands = 1;
	scene.visit.result = (struct snapshot_result){.outcome = JOURNAL_APPENDED, .entry = entry};
	scene.visit.view_ms = scene.mono_ms;
	check_everywhere(&scene, "meeting");
	scene_end(&scene);
}

/* The room is free; the next meeting comes later. */
static void test_room_to_use_now(void **state)
{
	(void)state;
	struct scene scene = scene_begin("sv");
	scene.world->places[0].checkin = CHECKIN_OPTIONAL;
	scene.world->places[0].seats = 12;
	world_book(scene.world, "K", DAY "13:00", DAY "15:00", "Digitaliseringsgruppen");
	world_now(scene.world, DAY "12:08");
	check_everywhere(&scene, "room");
	scene_end(&scene);
}

/* Closed all day: whoever has booked can still check in, and the card's buttons are in reach. */
static void test_a_closed_day(void **state)
{
	(void)state;
	struct scene scene = scene_of_picture("sv");
	scene.world->feeds[WORLD_COUNCIL].kind = FEED_CLOSURES;
	world_add(scene.world, WORLD_COUNCIL, "c", DAY "00:00", "2026-11-24T00:00", "Städdag", "");
	scene.world->places[3].booking_page = strdup("https://outlook.office365.com/x");
	assert_true(scene_look(&scene)->closed.is_shown);
	check_everywhere(&scene, "closed");
	scene_end(&scene);
}

static void test_old_data(void **state)
{
	(void)state;
	struct scene scene = scene_of_picture("sv");
	scene.world->ages[WORLD_DESKS].agreed_utc -= 3 * 86400;
	check_everywhere(&scene, "old");
	scene_end(&scene);
}

/* Twenty-four people with a quarter of an hour each, ten to nine. */
static void test_the_peak_of_the_morning(void **state)
{
	(void)state;
	static const char *const times[] = {DAY "08:45", DAY "09:00", DAY "09:15", DAY "09:30"};
	static const char *const names[] = {"Åsa L.",  "Örjan Ö.", "Märta N.",  "Nils S.",
					    "Sara H.", "Elin W.",  "Ingrid N.", "Jonas Å."};
	struct scene scene = scene_begin("sv");
	world_now(scene.world, DAY "08:50");
	for (size_t i = 0; i < 24; i++) {
		char place[2] = {(char)('1' + i % 8), '\0'};
		world_book(scene.world, place, times[i / 8], times[i / 8 + 1], names[i % 8]);
	}
	assert_int_equal(scene_look(&scene)->waiting_count, 24);
	check_everywhere(&scene, "peak");
	scene_end(&scene);
}

/* The floor plan instead of the schedule, with a place that is not on it. */
static void test_the_map(void **state)
{
	(void)state;
	struct floorplan floorplan = {.width = 1180, .height = 630};
	struct scene scene = scene_of_picture("sv");
	struct config *config = &scene.world->config;
	world_book(scene.world, "4", DAY "09:00", DAY "15:00", "Leif B.");
	config->floorplan = &floorplan;
	config->here = (struct config_spot){.is_known = true, .at = {760, 565}};
	for (size_t i = 0; i < config->place_count; i++) {
		double x = 100 + 190 * (double)(i % 5), y = 80 + 220 * (double)(i / 5);
		config->places[i].spot = (struct config_spot){.is_known = i != 3, .at = {x, y}};
	}
	for (int shows = 0; shows < 2; shows++) {
		scene.visit.shows_map = shows == 1;
		check_everywhere(&scene, shows ? "map" : "schedule with a map");
	}
	scene_end(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_an_ordinary_morning),
		cmocka_unit_test(test_late_and_without_place),
		cmocka_unit_test(test_meeting_and_undo),
		cmocka_unit_test(test_room_to_use_now),
		cmocka_unit_test(test_a_closed_day),
		cmocka_unit_test(test_old_data),
		cmocka_unit_test(test_the_peak_of_the_morning),
		cmocka_unit_test(test_the_map),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
