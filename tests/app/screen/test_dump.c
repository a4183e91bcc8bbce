/* The printed tree: the keys of the contract, each with its type, for what can be read or reached and nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include <jansson.h>

#include "app/screen/dump.h"
#include "tests/app/layout/trees.h"

static json_t *dumped(const struct ui *ui)
{
	char *written = NULL;
	size_t size = 0;
	FILE *file = open_memstream(&written, &size);
	assert_non_null(file);
	assert_true(dump_write(ui, file, NULL));
	fclose(file);
	json_t *all = json_loads(written, 0, NULL);
	free(written);
	assert_non_null(all);
	return all;
}

static void a_widget_is_told_with_all_its_keys(void **state)
{
	struct widget widget = tree_widget("checkin:5", UI_BUTTON, (struct rect){1, 2, 30, 40});
	struct ui ui = tree_of(&widget, 1);
	const char *id, *role, *text, *spoken, *fg, *bg;
	int x, y, w, h, font_px, enabled, clipped;
	(void)state;
	widget.text = "Checka in\n\"Åsa\"";
	widget.spoken = "Checka in Åsa";
	json_t *all = dumped(&ui);
	assert_int_equal(json_array_size(all), 1);
	assert_int_equal(json_object_size(json_array_get(all, 0)), 13);
	assert_int_equal(json_unpack(json_array_get(all, 0),
				     "{s:s, s:s, s:i, s:i, s:i, s:i, s:s, s:s, s:s, s:s, s:i, s:b, s:b}", "id", &id,
				     "role", &role, "x", &x, "y", &y, "w", &w, "h", &h, "text", &text, "spoken",
				     &spoken, "fg", &fg, "bg", &bg, "font_px", &font_px, "enabled", &enabled, "clipped",
				     &clipped),
			 0);
	assert_string_equal(id, "checkin:5");
	assert_string_equal(role, "button");
	assert_int_equal(x + 100 * y + 10000 * w + 1000000 * h, 40300201);
	assert_string_equal(text, widget.text);
	assert_string_equal(spoken, widget.spoken);
	assert_string_equal(fg, "#16242E");
	assert_string_equal(bg, "#FFFFFF");
	assert_int_equal(font_px, 24);
	assert_true(enabled);
	assert_false(clipped);
	json_decref(all);
}

static void roles_have_their_names(void **state)
{
	static const char *const names[] = {"group", "text", "button", "image"};
	(void)state;
	for (int role = UI_GROUP; role <= UI_IMAGE; role++) {
		struct widget widget = tree_widget("x", (enum ui_role)role, (struct rect){0, 0, 1, 1});
		struct ui ui = tree_of(&widget, 1);
		json_t *all = dumped(&ui);
		assert_string_equal(json_string_value(json_object_get(json_array_get(all, 0), "role")), names[role]);
		json_decref(all);
	}
}

static void decoration_and_what_is_covered_are_left_out(void **state)
{
	struct widget widgets[] = {
		tree_widget("", UI_GROUP, (struct rect){0, 0, 1, 1}),
		tree_widget("covered", UI_BUTTON, (struct rect){0, 0, 1, 1}),
		tree_widget("seen", UI_BUTTON, (struct rect){0, 0, 1, 1}),
	};
	struct ui ui = tree_of(widgets, 3);
	(void)state;
	widgets[1].is_covered = true;
	json_t *all = dumped(&ui);
	assert_int_equal(json_array_size(all), 1);
	assert_string_equal(json_string_value(json_object_get(json_array_get(all, 0), "id")), "seen");
	json_decref(all);
}

static void a_file_that_cannot_be_written_is_reported(void **state)
{
	struct widget widget = tree_widget("x", UI_TEXT, (struct rect){0, 0, 1, 1});
	struct ui ui = tree_of(&widget, 1);
	FILE *full = fopen("/dev/full", "w");
	struct err err = {0};
	(void)state;
	assert_non_null(full);
	assert_false(dump_write(&ui, full, &err));
	assert_true(err.text[0] != '\0');
	fclose(full);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_widget_is_told_with_all_its_keys),
		cmocka_unit_test(roles_have_their_names),
		cmocka_unit_test(decoration_and_what_is_covered_are_left_out),
		cmocka_unit_test(a_file_that_cannot_be_written_is_reported),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
