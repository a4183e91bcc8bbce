/* The catalogue that was built, and the English text where there is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/base/i18n.h"

static void test_switching(void **state)
{
	(void)state;
	struct err err = {""};
	i18n_init(KIOSK_BINARY_DIR "/share/satellitkiosk/locale", &err);
	assert_string_equal(err.text, "");
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
	for (size_t i = 0; i < sizeof(missing) / sizeof(*missing); i++) {
		i18n_set_language("sv");
		assert_false(i18n_has(missing[i]));
		i18n_set_language(missing[i]);
		assert_string_equal(i18n_language(), "en");
		assert_string_equal(tr("Check in"), "Check in");
	}
}

/* Debian installs no locale but C, and its C library no longer lets LANGUAGE choose a catalogue there. */
static void test_any_locale(void **state)
{
	(void)state;
	static const char *const locales[] = {"C", "POSIX", "C.UTF-8"};
	for (size_t i = 0; i < sizeof(locales) / sizeof(locales[0]); i++) {
		setenv("LC_ALL", locales[i], 1);
		setenv("LANGUAGE", "de:fr", 1);
		assert_non_null(setlocale(LC_ALL, locales[i]));
		struct err err = {""};
		i18n_init(KIOSK_BINARY_DIR "/share/satellitkiosk/locale", &err);
		i18n_set_language("sv");
		assert_string_equal(tr("Check in"), "Checka in");
	}
	setlocale(LC_ALL, "C.UTF-8");
}

static void test_texts_without_translation(void **state)
{
	(void)state;
	i18n_set_language("sv");
	assert_string_equal(tr(""), "");
	assert_string_equal(tr("no such text"), "no such text");
	assert_string_equal(tr_in("no such context", "Check in"), "Check in");
	assert_string_equal(tr_n("no such one", "no such many", 1), "no such one");
	assert_string_equal(tr_n("no such one", "no such many", 2), "no such many");
}

static void test_numbers_keep_their_point(void **state)
{
	(void)state;
	char text[16];
	i18n_set_language("sv");
	snprintf(text, sizeof(text), "%.1f", 0.5);
	assert_string_equal(text, "0.5");
	assert_true(strtod("1.5", NULL) > 1.4);
}

static void add_catalogue(const char *dir, const char *language)
{
	char path[256];
	snprintf(path, sizeof(path), "%s/%s", dir, language);
	assert_int_equal(mkdir(path, 0700), 0);
	snprintf(path, sizeof(path), "%s/%s/LC_MESSAGES", dir, language);
	assert_int_equal(mkdir(path, 0700), 0);
	snprintf(path, sizeof(path), "%s/%s/LC_MESSAGES/satellitkiosk.mo", dir, language);
	assert_int_equal(symlink(KIOSK_BINARY_DIR "/share/satellitkiosk/locale/sv/LC_MESSAGES/satellitkiosk.mo", path),
			 0);
}

static void remove_catalogue(const char *dir, const char *language)
{
	static const char *const parts[] = {"/LC_MESSAGES/satellitkiosk.mo", "/LC_MESSAGES", ""};
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		char path[256];
		snprintf(path, sizeof(path), "%s/%s%s", dir, language, parts[i]);
		assert_int_equal(remove(path), 0);
	}
}

static void test_every_catalogue_is_reached(void **state)
{
	(void)state;
	char dir[] = "/tmp/i18n-XXXXXX";
	assert_non_null(mkdtemp(dir));
	i18n_set_language("en");
	i18n_init(dir, &(struct err){""});
	assert_string_equal(i18n_next("en"), "en");
	add_catalogue(dir, "sv");
	add_catalogue(dir, "fi");
	i18n_init(dir, &(struct err){""});
	assert_string_equal(i18n_language(), "en");
	assert_string_equal(i18n_next("sv"), "en");
	assert_string_equal(i18n_next("en"), "fi");
	assert_string_equal(i18n_next("fi"), "sv");
	assert_string_equal(i18n_next("tlh"), "en"); /* after the last the first */
	assert_string_equal(i18n_name("en"), "English");
	assert_string_equal(i18n_name("sv"), "Svenska");
	assert_string_equal(i18n_name("fi"), "Svenska"); /* as the catalogue calls itself */
	assert_string_equal(i18n_name("tlh"), "tlh");
	remove_catalogue(dir, "sv");
	remove_catalogue(dir, "fi");
	assert_int_equal(rmdir(dir), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_switching),
		cmocka_unit_test(test_any_locale),
		cmocka_unit_test(test_no_catalogue_is_english),
		cmocka_unit_test(test_texts_without_translation),
		cmocka_unit_test(test_numbers_keep_their_point),
		cmocka_unit_test(test_every_catalogue_is_reached),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
