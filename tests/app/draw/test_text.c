/* Text in real fonts: widths behave, every letter that a font has is shown, and pixels stand where they should. */
#include <setjmp.h>
#include <poll.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>
#include <cmocka.h>

#include "app/draw/line.h"
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
	(void)state;
	for (int weight = 0; weight < WEIGHT_COUNT; weight++) {
		struct text_style style = {.weight = (enum ui_weight)weight, .font_px = 40, .is_tabular = true};
		struct text_style plain = {.weight = (enum ui_weight)weight, .font_px = 40};
		int zero = width_of(&style, "0000000000");
		char digits[] = "1111111111";
		for (char digit = '1'; digit <= '9'; digit++) {
			memset(digits, digit, 10);
			assert_in_range(width_of(&style, digits), zero - 1, zero + 1);
		}
		assert_true(width_of(&plain, "1111111111") < width_of(&plain, "0000000000") - 20);
	}
}

/* Hyphens, spaces and letters keep their own width beside figures. */
static void only_figures_get_equal_width(void **state)
{
	static const char *const lines[] = {"Per - Erik", "r", "-", " x", "(", ")", ":", "+", "Kontorsplats"};
	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		struct text_style plain = {.font_px = 40}, tabular = {.font_px = 40, .is_tabular = true};
		assert_int_equal(width_of(&tabular, lines[i]), width_of(&plain, lines[i]));
	}
}

static struct image painted(const struct text_style *style, const char *line)
{
	struct image image = {0};
	assert_true(text_paint(text, style, line, strlen(line), 0, &image));
	return image;
}

static unsigned long ink_of(const struct image *image)
{
	unsigned long ink = 0;
	for (int i = 0; i < image->width * image->height; i++) {
		ink += image->argb[i] >> 24;
	}
	return ink;
}

/* A figure of equal width is the same figure: as high, on the base line, of about as much ink. */
static void figures_of_equal_width_are_the_same_figures(void **state)
{
	(void)state;
	for (int weight = 0; weight < WEIGHT_COUNT; weight++) {
		struct text_style plain = {.weight = (enum ui_weight)weight, .font_px = 80}, tabular = plain;
		tabular.is_tabular = true;
		for (char digit[] = "0"; *digit <= '9'; ++*digit) {
			struct image a = painted(&plain, digit), b = painted(&tabular, digit);
			assert_int_equal(a.top, b.top);
			assert_int_equal(a.height, b.height);
			unsigned long ink = ink_of(&a);
			assert_in_range(ink_of(&b), ink * 75 / 100, ink * 135 / 100);
			image_finish(&a);
			image_finish(&b);
		}
	}
}

static bool is_same(const struct image *a, const struct image *b)
{
	return a->width == b->width && a->height == b->height && a->left == b->left && a->top == b->top &&
	       memcmp(a->argb, b->argb, (size_t)a->width * (size_t)a->height * sizeof(*a->argb)) == 0;
}

/* What stands for a letter that no font has. */
static bool is_box(const char *line, size_t length)
{
	struct text_style style = {.font_px = 40};
	struct image letter = {0}, box = painted(&style, "\xF4\x8F\xBF\xBE");
	bool is_box = text_paint(text, &style, line, length, 0, &letter) && is_same(&letter, &box);
	image_finish(&letter);
	image_finish(&box);
	return is_box;
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
		"😀👍🎉☕🌨",
	};
	(void)state;
	assert_true(is_box("\xF4\x8F\xBF\xBD", 4)); /* U+10FFFD: no font has it */
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		for (const char *at = lines[i], *end; *at; at = end) {
			for (end = at + 1; (*end & 0xC0) == 0x80;) {
				end++;
			}
			assert_false(is_box(at, (size_t)(end - at)));
		}
	}
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

static void capitals_are_as_high_as_reported(void **state)
{
	(void)state;
	for (int size = 20; size <= 200; size += 30) {
		struct text_style style = {.font_px = size};
		struct image letter = {0};
		assert_true(text_paint(text, &style, "H", 1, 0, &letter));
		int expected = (size * 727 + 500) / 1000; /* Inter's */
		assert_in_range(letter.height, expected - 1, expected + 1);
		assert_in_range(-letter.top, letter.height - 1, letter.height + 1);
		image_finish(&letter);
	}
}

static void nothing_to_see_is_reported(void **state)
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
	struct text_style style = {.font_px = 17, .is_tabular = true};
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

static const char many_scripts[] = "aبאनบაՀአקক਼અଅఅಅഅກକᏣᚠᠠរᱚꓐꕉⴰ𐌰𐎀𐤀ꤊꨀ⠁ᚁᯀᬓꦏ";

/* More scripts in one line than fonts may be open. */
static void many_scripts_in_one_line(void **state)
{
	struct text_style style = {.font_px = 30};
	(void)state;
	assert_in_range(width_of(&style, many_scripts), 100, 5000);
	assert_in_range(width_of(&style, many_scripts + 1), 100, 5000);
	assert_in_range(width_of(&style, "Nils"), 10, 200);
}

/* Marks that rise above the font's own height, or hang below it, do not move the letter. */
static void marks_beyond_the_font_move_nothing(void **state)
{
	struct text_style style = {.font_px = 60};
	struct image plain = painted(&style, "ꜳ"), above = painted(&style, "ꜳ\xCC\x82\xCC\x82\xCC\x82\xCC\x82"),
		     below = painted(&style, "ꜳ\xCC\xA3\xCC\xA3\xCC\xA3\xCC\xA3");
	(void)state;
	assert_true(above.height > plain.height + 30);
	assert_int_equal(above.top + above.height, plain.top + plain.height);
	assert_true(below.height > plain.height + 20);
	assert_int_equal(below.top, plain.top);
	image_finish(&plain);
	image_finish(&above);
	image_finish(&below);
}

/* Ink that hangs out on the left stays there: the letter is not pushed to the right. */
static void letters_keep_their_place(void **state)
{
	struct text_style style = {.font_px = 200};
	struct image alone = painted(&style, "j"), first = painted(&style, "jÅ");
	(void)state;
	assert_in_range(alone.left + 100, 0, 100 + 10);
	assert_int_equal(alone.left, first.left);
	image_finish(&alone);
	image_finish(&first);
}

/* Emoji are outlines in the colour of the text, at any size, and have no skin tone. */
static void emoji_are_letters(void **state)
{
	struct text_style small = {.font_px = 40}, large = {.font_px = 120};
	struct image little = {0}, big = painted(&large, "😀");
	(void)state;
	assert_true(text_paint(text, &small, "😀", 4, 0x9A4F00, &little));
	for (int i = 0; i < little.width * little.height; i++) {
		assert_true(little.argb[i] >> 24 == 0 || (little.argb[i] & 0xFFFFFFU) == 0x9A4F00);
	}
	assert_in_range(big.height, little.height * 3 - 4, little.height * 3 + 4);
	assert_int_equal(width_of(&small, "👍🏽"), width_of(&small, "👍"));
	image_finish(&little);
	image_finish(&big);
}

/* Letters join across a change of face as they do in one: an Arabic letter looks joined beside its neighbour. */
static void a_word_of_two_fonts_is_joined(void **state)
{
	static const uint32_t chars[] = {0x628, 0x64E, 0x628, ' ', 0x628, 'b'};
	struct face *faces[6] = {NULL};
	struct runs runs;
	(void)state;
	faces[2] = (struct face *)&runs; /* any other; it is only compared */
	assert_true(line_divide(chars, 6, faces, &runs));
	for (size_t i = 0; i < runs.count; i++) {
		const struct run *run = &runs.items[i];
		assert_int_equal(run->joins_after, run->start == 0);
		assert_int_equal(run->joins_before, run->start == 2);
	}
	line_finish(&runs);
}

/* Counts the calls from the other thread. */
static void on_ready(void *context)
{
	eventfd_write(*(int *)context, 1);
}

static void wait_until_ready(int ready_fd)
{
	struct pollfd ready = {.fd = ready_fd, .events = POLLIN};
	eventfd_t count;
	assert_int_equal(poll(&ready, 1, 60 * 1000), 1);
	assert_int_equal(eventfd_read(ready_fd, &count), 0);
}

/* A letter that Inter lacks is blank at first, and later looks as it does when it was waited for. */
static void fonts_come_later(void **state)
{
	static const char line[] = "Nils محمد 😀";
	struct text_style style = {.font_px = 40};
	int ready_fd = eventfd(0, EFD_CLOEXEC);
	struct text *waking = text_create_waking(on_ready, &ready_fd, NULL);
	struct image early = {0}, late = {0}, waited = painted(&style, line);
	(void)state;
	assert_non_null(waking);
	assert_true(text_paint(waking, &style, line, strlen(line), 0, &early));
	assert_false(is_same(&early, &waited));
	do {
		wait_until_ready(ready_fd);
	} while (!text_take(waking));
	while (text_width_px(waking, &style, line, strlen(line)) != width_of(&style, line)) {
		wait_until_ready(ready_fd);
		text_take(waking);
	}
	assert_true(text_paint(waking, &style, line, strlen(line), 0, &late));
	assert_true(is_same(&late, &waited));
	assert_false(text_take(waking)); /* nothing more is coming */
	image_finish(&early);
	image_finish(&late);
	image_finish(&waited);
	text_destroy(waking);
	close(ready_fd);
}

/* More fonts than are kept in memory: a further one waits its time, which the end does not. */
static void too_many_fonts_wait(void **state)
{
	struct text_style style = {.font_px = 40};
	int ready_fd = eventfd(0, EFD_CLOEXEC);
	struct text *waking = text_create_waking(on_ready, &ready_fd, NULL);
	(void)state;
	assert_non_null(waking);
	text_width_px(waking, &style, many_scripts, strlen(many_scripts));
	text_destroy(waking);
	close(ready_fd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(widths_grow_with_the_text),
		cmocka_unit_test(widths_grow_with_size_and_weight),
		cmocka_unit_test(figures_are_equally_wide_when_asked),
		cmocka_unit_test(only_figures_get_equal_width),
		cmocka_unit_test(figures_of_equal_width_are_the_same_figures),
		cmocka_unit_test(letters_of_installed_fonts_are_found),
		cmocka_unit_test(marks_stand_on_their_letter),
		cmocka_unit_test(right_to_left_text_is_ordered),
		cmocka_unit_test(painting_keeps_to_the_colour),
		cmocka_unit_test(capitals_are_as_high_as_reported),
		cmocka_unit_test(nothing_to_see_is_reported),
		cmocka_unit_test(hostile_lines_do_no_harm),
		cmocka_unit_test(many_scripts_in_one_line),
		cmocka_unit_test(marks_beyond_the_font_move_nothing),
		cmocka_unit_test(letters_keep_their_place),
		cmocka_unit_test(emoji_are_letters),
		cmocka_unit_test(a_word_of_two_fonts_is_joined),
		cmocka_unit_test(fonts_come_later),
		cmocka_unit_test(too_many_fonts_wait),
	};
	return cmocka_run_group_tests(tests, open_text, close_text);
}
