/* Text in real fonts: widths behave, every letter that a font has is shown, and pixels stand where they should. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "app/draw/text.h"

static struct text *text;

static int open_text(void **state)
{
	(void)state;
	return (text = text_create(NULL)) ? 0 : -1;
}

static int close_text(void **state)
{
	(void)state;
	text_destroy(text);
	return 0;
}

static int width_of(const struct text_style *style, const char *line)
{
	return text_width_px(text, style, line, strlen(line));
}

/* Beginnings of a line never get wider than the line: what the layout's cutting of texts rests on. */
static void widths_grow_with_the_text(void **state)
{
	static const char line[] = "Satellitkontoret Örnsköldsvik 10:42";
	(void)state;
	for (int weight = 0; weight < WEIGHT_COUNT; weight++) {
		struct text_style style = {.weight = (enum ui_weight)weight, .font_px = 31};
		int last = 0;
		for (size_t length = 0; length <= strlen(line); length++) {
			if (((unsigned char)line[length] & 0xC0) == 0x80) {
				continue; /* inside a character */
			}
			int width = text_width_px(text, &style, line, length);
			assert_in_range(width, last, 2000);
			last = width;
		}
	}
}

static void widths_grow_with_size_and_weight(void **state)
{
	(void)state;
	for (int size = 8; size < 200; size++) {
		struct text_style smaller = {.font_px = size}, larger = {.font_px = size + 1};
		assert_in_range(width_of(&larger, "Kontorsplats 5"), width_of(&smaller, "Kontorsplats 5"), 10000);
	}
	struct text_style regular = {.font_px = 40}, bold = {.weight = WEIGHT_BOLD, .font_px = 40};
	assert_true(width_of(&bold, "Kontorsplats") > width_of(&regular, "Kontorsplats"));
}

static void figures_are_equally_wide_when_asked(void **state)
{
	struct text_style style = {.font_px = 40, .is_tabular = true}, plain = {.font_px = 40};
	int zero = width_of(&style, "0000000000");
	char digits[] = "1111111111";
	(void)state;
	for (char digit = '1'; digit <= '9'; digit++) {
		memset(digits, digit, 10);
		assert_int_equal(width_of(&style, digits), zero);
	}
	assert_true(width_of(&plain, "1111111111") < width_of(&plain, "0000000000"));
}

static void letter_spacing_stands_between_letters(void **state)
{
	struct text_style plain = {.font_px = 40}, spaced = {.font_px = 40, .tracking_px = 3},
			  tight = {.font_px = 40, .tracking_px = -1};
	(void)state;
	assert_int_equal(width_of(&spaced, "Nils"), width_of(&plain, "Nils") + 3 * 3);
	assert_int_equal(width_of(&tight, "Nils"), width_of(&plain, "Nils") - 3);
	assert_int_equal(width_of(&spaced, "N"), width_of(&plain, "N"));
	assert_int_equal(width_of(&spaced, "e\xCC\x81s"), width_of(&plain, "e\xCC\x81s") + 3); /* a mark is no letter */
}

static void letters_of_installed_fonts_are_found(void **state)
{
	static const char *const lines[] = {
		"Åsa Örjan Märta Örnsköldsvik",
		"áčđŋšŧž ÁČĐŊŠŦŽ",                         /* Sámi */
		"محمد بن علي",                             /* Arabic */
		"שלום",                                    /* Hebrew */
		"नमस्ते क्षत्रिय",                             /* Devanagari, conjuncts */
		"ไทย ქართული Հայերեն አማርኛ",                /* Thai, Georgian, Armenian, Amharic */
		"Ελληνικά Кириллица",                      /* Greek, Cyrillic */
		"e\xCC\x81 a\xCC\x8A o\xCC\x88 n\xCC\x83", /* combining marks */
		"–·→“”…",
	};
	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		assert_int_equal(text_count_missing(text, lines[i], strlen(lines[i])), 0);
	}
	assert_int_equal(text_count_missing(text, "a\xF4\x8F\xBF\xBD", 5), 1); /* U+10FFFD: no font has it */
}

static void marks_stand_on_their_letter(void **state)
{
	struct text_style style = {.font_px = 60};
	(void)state;
	assert_int_equal(width_of(&style, "e\xCC\x81"), width_of(&style, "é"));
	assert_int_equal(width_of(&style, "A\xCC\x8A"), width_of(&style, "Å"));
	struct image composed = {0}, single = {0};
	assert_true(text_paint(text, &style, "A\xCC\x8A", 3, 0, &composed));
	assert_true(text_paint(text, &style, "Å", 2, 0, &single));
	assert_int_equal(composed.width, single.width);
	assert_int_equal(composed.height, single.height);
	image_finish(&composed);
	image_finish(&single);
}

/* Columns that hold ink, as one number a column, to compare what stands where. */
static unsigned ink_in(const struct image *image, int from, int to)
{
	unsigned ink = 0;
	for (int y = 0; y < image->height; y++) {
		for (int x = from; x < to; x++) {
			ink += image->argb[y * image->width + x] >> 24;
		}
	}
	return ink;
}

static void right_to_left_text_is_ordered(void **state)
{
	struct text_style style = {.font_px = 60};
	struct image line = {0};
	(void)state;
	/* Alef is a thin bar, Lamed-Mem wide: the first letter must stand at the right. */
	assert_true(text_paint(text, &style, "וםםם", strlen("וםםם"), 0, &line));
	assert_true(ink_in(&line, line.width * 3 / 4, line.width) < ink_in(&line, 0, line.width / 4));
	image_finish(&line);
	/* Figures inside stay left to right: the same width whichever way, and nothing lost. */
	assert_int_equal(text_count_missing(text, "שלום 10:42 abc", strlen("שלום 10:42 abc")), 0);
}

static void painting_keeps_to_the_colour(void **state)
{
	struct text_style style = {.font_px = 40};
	struct image line = {0};
	bool has_full = false, has_soft = false;
	(void)state;
	assert_true(text_paint(text, &style, "Nils", 4, 0xFF9A4F00U, &line));
	for (int i = 0; i < line.width * line.height; i++) {
		unsigned alpha = line.argb[i] >> 24;
		if (alpha > 0) {
			assert_int_equal(line.argb[i] & 0xFFFFFFU, 0x9A4F00);
		}
		has_full |= alpha == 255;
		has_soft |= alpha > 0 && alpha < 255;
	}
	assert_true(has_full);
	assert_true(has_soft);
	assert_in_range(-line.top, 25, 40); /* capitals stand above the base line */
	assert_int_equal(line.height, -line.top + (line.height + line.top));
	image_finish(&line);
}

static void capitals_are_as_high_as_told(void **state)
{
	(void)state;
	for (int size = 20; size <= 200; size += 30) {
		struct text_style style = {.font_px = size};
		struct image letter = {0};
		assert_true(text_paint(text, &style, "H", 1, 0, &letter));
		assert_in_range(letter.height, text_cap_height_px(text, &style) - 1,
				text_cap_height_px(text, &style) + 1);
		assert_in_range(-letter.top, letter.height - 1, letter.height + 1);
		image_finish(&letter);
	}
}

static void nothing_to_see_is_told(void **state)
{
	struct text_style style = {.font_px = 40};
	struct image line = {0};
	(void)state;
	assert_false(text_paint(text, &style, "", 0, 0, &line));
	assert_false(text_paint(text, &style, "   ", 3, 0, &line));
	assert_null(line.argb);
	assert_int_equal(width_of(&style, ""), 0);
}

/* Bytes at random, lines beyond every limit, sizes that nobody asks for. */
static void hostile_lines_do_no_harm(void **state)
{
	struct text_style style = {.font_px = 17, .tracking_px = -1, .is_tabular = true};
	char line[TEXT_CHARS_MAX + 100] = "";
	uint32_t seed = 1;
	(void)state;
	for (int round = 0; round < 60; round++) {
		size_t length = (size_t)round * 5;
		for (size_t i = 0; i < length; i++) {
			line[i] = (char)((seed = seed * 1664525U + 1013904223U) >> 24);
		}
		assert_in_range(text_width_px(text, &style, line, length), 0, 1000000);
	}
	memset(line, 'x', sizeof(line));
	assert_int_equal(text_width_px(text, &style, line, sizeof(line)),
			 text_width_px(text, &style, line, TEXT_CHARS_MAX));
	style.font_px = 0;
	assert_in_range(width_of(&style, "x"), 0, 10);
	style = (struct text_style){.font_px = 1000000};
	struct text_style largest = {.font_px = TEXT_FONT_MAX_PX};
	assert_int_equal(width_of(&style, "x"), width_of(&largest, "x"));
}

/* More scripts in one line than font files may be open. */
static void many_scripts_in_one_line(void **state)
{
	static const char line[] = "aبאनบაՀአקক਼અଅఅಅഅກକᏣᚠᠠរᱚꓐꕉⴰ𐌰𐎀𐤀ꤊꨀ⠁ᚁᯀᬓꦏ";
	struct text_style style = {.font_px = 30};
	(void)state;
	assert_in_range(width_of(&style, line), 100, 5000);
	assert_in_range(width_of(&style, line + 1), 100, 5000);
	assert_in_range(width_of(&style, "Nils"), 10, 200);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(widths_grow_with_the_text),
		cmocka_unit_test(widths_grow_with_size_and_weight),
		cmocka_unit_test(figures_are_equally_wide_when_asked),
		cmocka_unit_test(letter_spacing_stands_between_letters),
		cmocka_unit_test(letters_of_installed_fonts_are_found),
		cmocka_unit_test(marks_stand_on_their_letter),
		cmocka_unit_test(right_to_left_text_is_ordered),
		cmocka_unit_test(painting_keeps_to_the_colour),
		cmocka_unit_test(capitals_are_as_high_as_told),
		cmocka_unit_test(nothing_to_see_is_told),
		cmocka_unit_test(hostile_lines_do_no_harm),
		cmocka_unit_test(many_scripts_in_one_line),
	};
	return cmocka_run_group_tests(tests, open_text, close_text);
}
