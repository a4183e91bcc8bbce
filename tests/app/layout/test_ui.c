/* What a point means in a tree, the order of the keyboard's focus, and whether two trees look alike. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "trees.h"

/* Two rows of buttons, a small one between, and one that a sheet covers. */
static struct widget grid[7];

static struct ui grid_make(void)
{
	grid[0] = tree_widget("card", UI_GROUP, (struct rect){0, 0, 400, 300});
	grid[1] = tree_widget("a", UI_BUTTON, (struct rect){10, 10, 100, 60});
	grid[2] = tree_widget("b", UI_BUTTON, (struct rect){200, 10, 100, 60});
	grid[3] = tree_widget("covered", UI_BUTTON, (struct rect){10, 100, 100, 60});
	grid[3].is_covered = true;
	grid[4] = tree_widget("small", UI_BUTTON, (struct rect){140, 100, 10, 10});
	grid[5] = tree_widget("c", UI_BUTTON, (struct rect){10, 200, 100, 60});
	grid[6] = tree_widget("off", UI_BUTTON, (struct rect){200, 200, 100, 60});
	grid[6].enabled = false;
	struct ui ui = tree_of(grid, 7);
	ui.target_px = 40;
	return ui;
}

static void points_mean_buttons(void **state)
{
	static const struct {
		int x, y;
		const char *id; /* NULL: nothing */
	} points[] = {
		{10, 10, "a"},    {109, 69, "a"},      {110, 70, NULL},     {9, 10, NULL},      {250, 40, "b"},
		{50, 130, NULL},  {145, 105, "small"}, {125, 105, "small"}, {164, 85, "small"}, {124, 105, NULL},
		{165, 105, NULL}, {250, 230, NULL},    {50, 230, "c"},      {-5, -5, NULL},     {5000, 5000, NULL},
	};
	struct ui ui = grid_make();
	(void)state;
	for (size_t i = 0; i < sizeof(points) / sizeof(*points); i++) {
		const struct widget *hit = ui_hit(&ui, points[i].x, points[i].y);
		if (points[i].id) {
			assert_string_equal(hit ? hit->id : "nothing", points[i].id);
		} else {
			assert_null(hit);
		}
	}
}

static void the_touched_one_wins_over_the_enlarged_one(void **state)
{
	struct widget both[2] = {
		tree_widget("large", UI_BUTTON, (struct rect){0, 0, 100, 100}),
		tree_widget("tiny", UI_BUTTON, (struct rect){104, 40, 10, 10}),
	};
	struct ui ui = tree_of(both, 2);
	ui.target_px = 60;
	(void)state;
	assert_string_equal(ui_hit(&ui, 99, 45)->id, "large");
	assert_string_equal(ui_hit(&ui, 102, 45)->id, "tiny");
}

/* What lies behind everything is meant only where nothing else is, neither through a sheet nor by the keyboard. */
static void a_backdrop_is_meant_beside_the_sheet(void **state)
{
	struct widget all[4] = {
		tree_widget("outside", UI_BUTTON, (struct rect){0, 0, 400, 300}),
		tree_widget("sheet", UI_GROUP, (struct rect){100, 100, 200, 100}),
		tree_widget("close", UI_BUTTON, (struct rect){120, 120, 80, 40}),
		tree_widget("small", UI_BUTTON, (struct rect){20, 20, 10, 10}),
	};
	all[0].is_backdrop = true;
	all[1].stops_touch = true;
	struct ui ui = tree_of(all, 4);
	ui.target_px = 40;
	(void)state;
	assert_string_equal(ui_hit(&ui, 350, 20)->id, "outside");
	assert_string_equal(ui_hit(&ui, 130, 130)->id, "close");
	assert_null(ui_hit(&ui, 290, 190));
	assert_string_equal(ui_hit(&ui, 35, 25)->id, "small"); /* missed by a little */
	assert_int_equal(ui_focus_step(&ui, -1, 1), 2);
	assert_int_equal(ui_focus_step(&ui, 3, 1), 2);
	assert_int_equal(ui_focus_towards(&ui, 2, 1, 0), 2);
}

static void the_topmost_wins(void **state)
{
	struct widget both[2] = {
		tree_widget("below", UI_BUTTON, (struct rect){0, 0, 100, 100}),
		tree_widget("above", UI_BUTTON, (struct rect){20, 20, 20, 20}),
	};
	struct ui ui = tree_of(both, 2);
	(void)state;
	assert_string_equal(ui_hit(&ui, 30, 30)->id, "above");
	assert_string_equal(ui_hit(&ui, 60, 60)->id, "below");
}

static void tab_goes_round_in_reading_order(void **state)
{
	static const int forward[] = {1, 2, 4, 5, 1}, backward[] = {5, 4, 2, 1, 5};
	struct ui ui = grid_make();
	int at = -1;
	(void)state;
	for (size_t i = 0; i < sizeof(forward) / sizeof(*forward); i++) {
		assert_int_equal(at = ui_focus_step(&ui, at, 1), forward[i]);
	}
	at = -1;
	for (size_t i = 0; i < sizeof(backward) / sizeof(*backward); i++) {
		assert_int_equal(at = ui_focus_step(&ui, at, -1), backward[i]);
	}
	ui.count = 1;
	assert_int_equal(ui_focus_step(&ui, -1, 1), -1);
}

/* The first step goes where the tree says, if that can be reached; the order after it stays. */
static void the_keyboard_begins_where_the_tree_says(void **state)
{
	static const struct {
		const char *first;
		int begin, next;
	} trees[] = {{"", 1, 2}, {"b", 2, 4}, {"c", 5, 1}, {"covered", 1, 2}, {"off", 1, 2}, {"gone", 1, 2}};
	struct ui ui = grid_make();
	(void)state;
	for (size_t i = 0; i < sizeof(trees) / sizeof(*trees); i++) {
		ui.first = trees[i].first;
		assert_int_equal(ui_focus_step(&ui, -1, 1), trees[i].begin);
		assert_int_equal(ui_focus_towards(&ui, -1, 0, 1), trees[i].begin);
		assert_int_equal(ui_focus_step(&ui, trees[i].begin, 1), trees[i].next);
		assert_int_equal(ui_focus_step(&ui, -1, -1), 5);
	}
}

static void arrows_go_where_they_point(void **state)
{
	static const struct {
		int from, dx, dy, to;
	} steps[] = {
		{1, 1, 0, 2},  {2, -1, 0, 1}, {1, 0, 1, 5},  {5, 0, -1, 1},
		{1, -1, 0, 1}, {5, 0, 1, 5},  {-1, 1, 0, 1}, {3, 1, 0, 1},
	};
	struct ui ui = grid_make();
	(void)state;
	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
		assert_int_equal(ui_focus_towards(&ui, steps[i].from, steps[i].dx, steps[i].dy), steps[i].to);
	}
}

static void every_button_is_reached_by_tab(void **state)
{
	struct widget many[50];
	bool reached[50] = {false};
	(void)state;
	for (int i = 0; i < 50; i++) {
		many[i] =
			tree_widget("x", i % 3 ? UI_BUTTON : UI_TEXT, (struct rect){i * 7 % 300, i * 13 % 200, 30, 20});
	}
	struct ui ui = tree_of(many, 50);
	for (int at = ui_focus_step(&ui, -1, 1), i = 0; i < 50; i++, at = ui_focus_step(&ui, at, 1)) {
		reached[at] = true;
	}
	for (int i = 0; i < 50; i++) {
		assert_int_equal(reached[i], i % 3 != 0);
	}
}

static void covered_widgets_have_no_name(void **state)
{
	struct ui ui = grid_make();
	(void)state;
	assert_ptr_equal(ui_by_id(&ui, "c"), &grid[5]);
	assert_null(ui_by_id(&ui, "covered"));
	assert_null(ui_by_id(&ui, "nobody"));
	assert_null(ui_by_id(&ui, ""));
}

static void a_difference_is_seen(void **state)
{
	struct widget left = tree_widget("x", UI_TEXT, (struct rect){1, 2, 3, 4}), right;
	struct ui a = tree_of(&left, 1), b = tree_of(&right, 1);
	struct ui_parts parts;
	(void)state;
	left.text = "10:42";
	right = left;
	right.spoken = "said otherwise";
	assert_false(ui_differs(&a, &b, &parts));
	right = left, right.text = "10:43";
	assert_true(ui_differs(&a, &b, &parts));
	right = left, right.box.x++;
	assert_true(ui_differs(&a, &b, &parts));
	right = left, right.fill_rgb ^= 1;
	assert_true(ui_differs(&a, &b, &parts));
	right = left, right.icon = ICON_CHECK;
	assert_true(ui_differs(&a, &b, &parts));
	right = left, right.ring.host = 3;
	assert_true(ui_differs(&a, &b, &parts));
	right = left, right.code = "https://example.org/";
	assert_true(ui_differs(&a, &b, &parts));
	right = left, b.paper ^= 1;
	assert_true(ui_differs(&a, &b, &parts));
}

static struct ui_parts parts_of(const struct rect *rects, size_t count)
{
	struct ui_parts parts = {0};
	for (size_t i = 0; i < count; i++) {
		ui_parts_add(&parts, rects[i]);
	}
	return parts;
}

/* The clock and the line of the present time stand far apart, and what lies between them has not changed. */
static void what_is_far_apart_is_drawn_apart(void **state)
{
	static const struct {
		struct rect rects[4];
		size_t rect_count;
		int parts;
		struct rect first;
	} rows[] = {
		{{{1700, 20, 180, 60}, {700, 200, 3, 800}}, 2, 2, {1700, 20, 180, 60}},
		{{{10, 10, 90, 20}, {10, 25, 10, 20}}, 2, 2, {10, 10, 90, 20}}, /* a long row over a short one */
		{{{10, 10, 20, 20}, {30, 10, 20, 20}}, 2, 1, {10, 10, 40, 20}}, /* side by side */
		{{{10, 10, 20, 20}, {12, 12, 4, 4}, {0, 0, 0, 9}}, 3, 1, {10, 10, 20, 20}},
		{{{0, 0, 10, 10}, {40, 0, 10, 10}, {5, 0, 40, 10}}, 3, 1, {0, 0, 50, 10}}, /* one joins the two */
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct ui_parts parts = parts_of(rows[i].rects, rows[i].rect_count);
		assert_int_equal(parts.count, rows[i].parts);
		assert_memory_equal(&parts.items[0], &rows[i].first, sizeof(struct rect));
	}
}

static void many_parts_are_joined_with_what_is_near(void **state)
{
	struct ui_parts parts = {0};
	(void)state;
	for (int i = 0; i < UI_PARTS_MAX + 1; i++) {
		ui_parts_add(&parts, (struct rect){(i < UI_PARTS_MAX ? 100 * i : 30), 0, 10, 10});
	}
	assert_int_equal(parts.count, UI_PARTS_MAX);
	for (int i = 0; i < parts.count; i++) {
		assert_true(parts.items[i].w == 10 || (parts.items[i].x == 0 && parts.items[i].w == 40));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(points_mean_buttons),
		cmocka_unit_test(the_touched_one_wins_over_the_enlarged_one),
		cmocka_unit_test(a_backdrop_is_meant_beside_the_sheet),
		cmocka_unit_test(the_topmost_wins),
		cmocka_unit_test(tab_goes_round_in_reading_order),
		cmocka_unit_test(the_keyboard_begins_where_the_tree_says),
		cmocka_unit_test(arrows_go_where_they_point),
		cmocka_unit_test(every_button_is_reached_by_tab),
		cmocka_unit_test(covered_widgets_have_no_name),
		cmocka_unit_test(a_difference_is_seen),
		cmocka_unit_test(what_is_far_apart_is_drawn_apart),
		cmocka_unit_test(many_parts_are_joined_with_what_is_near),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
