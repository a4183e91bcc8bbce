/* The catalogue that was built, and the English text where there is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../app/i18n.h"

static void test_switching(void **state)
{
	(void)state;
	i18n_init(KIOSK_BINARY_DIR "/share/satellitkiosk/locale");
	assert_true(i18n_has("sv"));
	assert_true(i18n_has("en"));
	for (int i = 0; i < 3; i++) {
		i18n_set_language("sv");
		assert_string_equal(i18n_language(), "sv");
		assert_string_equal(tr("Check in"), "Checka in");
		i18n_set_language("en");
		assert_string_equal(i18n_language(), "en");
		assert_string_equal(tr("Check in"), "Check in");
	}
}

static void test_no_catalogue_is_english(void **state)
{
	(void)state;
	static const char *const missing[] = {"fi", "", "../sv", "sv/", "averyverylonglanguage", "s v"};
	for (size_t i = 0; i < sizeof missing / sizeof *missing; i++) {
		i18n_set_language("sv");
		assert_false(i18n_has(missing[i]));
		i18n_set_language(missing[i]);
		assert_string_equal(i18n_language(), "en");
		assert_string_equal(tr("Check in"), "Check in");
	}
}

static void test_texts_without_translation(void **state)
{
	(void)state;
	i18n_set_language("sv");
	assert_string_equal(tr(""), "");
	assert_string_equal(tr("no such text"), "no such text");
	assert_string_equal(tr_n("no such one", "no such many", 1), "no such one");
	assert_string_equal(tr_n("no such one", "no such many", 2), "no such many");
}

static void test_numbers_keep_their_point(void **state)
{
	(void)state;
	char text[16];
	i18n_set_language("sv");
	snprintf(text, sizeof text, "%.1f", 0.5);
	assert_string_equal(text, "0.5");
	assert_true(strtod("1.5", NULL) > 1.4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_switching),
		cmocka_unit_test(test_no_catalogue_is_english),
		cmocka_unit_test(test_texts_without_translation),
		cmocka_unit_test(test_numbers_keep_their_point),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
