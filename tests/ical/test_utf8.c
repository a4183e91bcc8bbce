/* What UTF-8 is read as, and where a text may be cut. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ical/limits.h"
#include "ical/utf8.h"

#define ZWJ "\xE2\x80\x8D"
#define VS16 "\xEF\xB8\x8F"

/* Each character of a text, broken bytes among them. */
static void reading(void **state)
{
	static const struct {
		const char *text;
		int32_t characters[8]; /* ended by 0 */
	} rows[] = {
		{"", {0}},
		{"aö€😀", {'a', 0xF6, 0x20AC, 0x1F600}},
		{"\xF4\x8F\xBF\xBF", {0x10FFFF}},
		{"\xC3", {UTF8_BROKEN}},                                   /* cut off */
		{"\xC3x", {UTF8_BROKEN, 'x'}},                             /* what comes after it is read */
		{"\xE2\x82x", {UTF8_BROKEN, 'x'}},                         /* its bytes count as one */
		{"\xF0\x9F\x98", {UTF8_BROKEN}},                           /* likewise */
		{"\x80\xBF", {UTF8_BROKEN, UTF8_BROKEN}},                  /* the middle without a beginning */
		{"\xC0\xAF", {UTF8_BROKEN, UTF8_BROKEN}},                  /* overlong "/" */
		{"\xED\xA0\x80", {UTF8_BROKEN, UTF8_BROKEN, UTF8_BROKEN}}, /* a surrogate */
		{"\xF4\x90\x80\x80", {UTF8_BROKEN, UTF8_BROKEN, UTF8_BROKEN, UTF8_BROKEN}}, /* past U+10FFFF */
		{"\xFFz", {UTF8_BROKEN, 'z'}},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		size_t length = strlen(rows[i].text), at = 0;
		for (const int32_t *expected = rows[i].characters; *expected; expected++) {
			assert_true(at < length);
			assert_int_equal(utf8_next(rows[i].text, length, &at), *expected);
		}
		assert_int_equal(at, length);
	}
}

/* The first letter keeps all that belongs to it. */
static void letters(void **state)
{
	static const struct {
		const char *letter, *rest;
	} rows[] = {
		{"", ""},
		{"a", "b"},
		{"e\xCC\x81", "a"},                          /* an accent of its own */
		{"o\xCC\x88\xCC\x84", "x"},                  /* two */
		{"ก\xE0\xB8\xB4", "น"},                      /* a Thai vowel above */
		{"क\xE0\xA4\xBF", "त"},                      /* a Devanagari vowel sign, which takes room */
		{"ש\xD6\xB8", "ל"},                          /* a Hebrew point */
		{"م\xD9\x8E", "ر"},                          /* an Arabic one */
		{"க\xE0\xAE\xBE", "ல"},                      /* Tamil, which no table of ours has known */
		{"❤" VS16, "x"},                             /* an emoji by its selector */
		{"👍🏽", "x"},                               /* a skin tone */
		{"👩" ZWJ "💻", "x"},                        /* two emoji joined */
		{"🏴\xF3\xA0\x81\xA7\xF3\xA0\x81\xBF", "x"}, /* a flag spelled in tags */
		{"\xCC\x81", "a"},                           /* a mark without a letter */
		{"\xC3", "a"},                               /* a broken byte is a letter, too */
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char text[64] = "";
		size_t length = strlen(rows[i].letter);
		memcpy(text, rows[i].letter, length);
		memcpy(text + length, rows[i].rest, strlen(rows[i].rest) + 1);
		assert_int_equal(utf8_letter(text, strlen(text)), length);
		assert_int_equal(utf8_letter(text, length), length);
	}
}

/* However many marks follow, a letter ends, so that a text that is all marks is no single letter. */
static void letters_end(void **state)
{
	(void)state;
	char text[4 * UTF8_LETTER_MAX] = "a";
	for (size_t i = 1; i + 5 < sizeof(text); i += 5) {
		memcpy(text + i, "\xCC\x81" ZWJ, 6);
	}
	size_t length = utf8_letter(text, strlen(text));
	assert_in_range(length, UTF8_LETTER_MAX - 4, UTF8_LETTER_MAX);
	assert_in_range(utf8_letter(text + length, strlen(text + length)), UTF8_LETTER_MAX - 4, UTF8_LETTER_MAX);
}

static void cutting(void **state)
{
	static const struct {
		const char *text;
		size_t length, cut;
	} rows[] = {
		{"abc", 0, 0}, {"abc", 2, 2}, {"aö", 3, 3},  {"aö", 2, 1},       {"a€", 3, 1},
		{"a€", 2, 1},  {"a😀", 4, 1}, {"a😀", 5, 5}, {"\x80\x80", 2, 2}, {"a\xC3", 2, 1},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(utf8_cut(rows[i].text, rows[i].length), rows[i].cut);
	}
}

static void kinds(void **state)
{
	static const int32_t spaces[] = {' ', '\t', '\n', 0x85, 0xA0, 0x1680, 0x2003, 0x2028, 0x202F, 0x3000};
	static const int32_t unwanted[] = {0,      0x1B,   0x7F,   0x9F,   0xAD,   0x61C,  0x180E,  0x200B, 0x200F,
					   0x202E, 0x2066, 0xFEFF, 0xFFFA, 0xFDD0, 0xFFFE, 0xE0041, 0x1FFFF};
	static const int32_t wanted[] = {'a', 0xE5, 0x200C, 0x200D, 0x301, 0xFE0F, 0xFFFD, 0x1F600};
	(void)state;
	for (size_t i = 0; i < sizeof(spaces) / sizeof(spaces[0]); i++) {
		assert_true(utf8_is_space(spaces[i]));
	}
	for (size_t i = 0; i < sizeof(unwanted) / sizeof(unwanted[0]); i++) {
		assert_true(utf8_is_unwanted(unwanted[i]));
	}
	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++) {
		assert_false(utf8_is_space(wanted[i]));
		assert_false(utf8_is_unwanted(wanted[i]));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reading), cmocka_unit_test(letters), cmocka_unit_test(letters_end),
		cmocka_unit_test(cutting), cmocka_unit_test(kinds),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
