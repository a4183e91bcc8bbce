/* Words that are wider than their line: which hyphen they get, and what is left whole. Each letter is as wide as the
 * next, so that a line's width is a number of letters. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "app/base/arena.h"
#include "app/layout/fit_private.h"
#include "ical/utf8.h"

static int letters_width(void *context, enum ui_weight weight, int font_px, bool is_tabular, const char *text,
			 size_t length)
{
	int letters = 0;
	(void)context, (void)weight, (void)font_px, (void)is_tabular;
	for (size_t at = 0; at < length; letters++) {
		at += utf8_letter(text + at, length - at);
	}
	return letters;
}

static void wrapping(void **state)
{
	static const struct {
		const char *text;
		int letters, lines;
		const char *wrapped;
	} rows[] = {
		{"Umeåregionrådet", 14, 2, "Umeåregion-\nrådet"},
		{"Räddningsnämnden", 14, 2, "Räddnings-\nnämnden"},
		{"Budgetuppföljning", 15, 2, "Budget-\nuppföljning"},
		{"Värdkommunsmöte", 13, 2, "Värdkommuns-\nmöte"},
		{"Värdkommunsmöte", 10, 2, "Värd-\nkommunsmö…"},
		{"Värdkommunsmöte", 8, 3, "Värd-\nkommuns-\nmöte"},
		{"Möte i räddningsnämnden", 14, 3, "Möte i\nräddnings-\nnämnden"}, /* a blank comes first */
		{"IT-nämnden", 9, 2, "IT-\nnämnden"},                              /* its own hyphen */
		{"Brand-nämnden", 9, 2, "Brand-\nnämnden"},                        /* no second hyphen */
		{"nätverk_satellit2", 10, 2, "nätverk_s…"},                        /* a name of a thing gets none */
	};
	struct err err = {""};
	struct hyphens *hyphens = hyphens_create(KIOSK_SOURCE_DIR "/assets/joints", HYPHENS_PATTERNS, &err);
	const struct measure measure = {letters_width, NULL, NULL};
	const struct layout_screen screen = {.hyphens = hyphens};
	struct ui ui = {.arena = arena_create()};
	const struct plan plan = {.measure = &measure, .screen = &screen, .ui = &ui};
	const struct font font = {.px = 1, .line_px = 1};
	(void)state;
	assert_non_null(hyphens);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_string_equal(fit_wrap(&plan, font, rows[i].text, rows[i].letters, rows[i].lines),
				    rows[i].wrapped);
	}
	arena_destroy(ui.arena);
	hyphens_destroy(hyphens);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wrapping),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
