/* Catalogues that msgfmt made, catalogues that are damaged, and rules for plurals. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/base/catalogue.h"
#include "app/base/limits.h"
#include "app/base/plural.h"

static const struct {
	const char *rule;
	const char *forms; /* for n = 0, 1, 2, …; "" the rule is refused */
} rules[] = {
	{" nplurals=2; plural=n != 1;\n", "1011111111"},
	{" nplurals=2; plural=(n > 1);\n", "0011111111"},
	{" nplurals=1; plural=0;", "0000000000"},
	/* Polish, Latvian, Slovenian, as the gettext manual has them */
	{" nplurals=3; plural=n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2;",
	 "2011122222222222222222111222222"},
	{" nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2);", "2011111111"},
	{" nplurals=4; plural=(n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3);", "3012233333"},
	{" nplurals=2; plural=!n;", "1000000000"},
	{" nplurals=2; plural=n/2*2==n;", "1010101010"},
	{" nplurals=2; plural=n-1;", "0010000000"}, /* what is no form is the first */
	{" nplurals=2; plural=n%0;", ""},
	{" nplurals=2; plural=(n;", ""},
	{" nplurals=2; plural=n +;", ""},
	{" nplurals=2; plural=n != 1 x;", ""},
	{" nplurals=2; plural=;", ""},
	{" nplurals=0; plural=0;", ""},
	{" nplurals=2;", ""},
	{"", ""},
};

static void test_plurals(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		struct plural *plural = plural_parse(rules[i].rule);
		char got[64] = "";
		for (size_t n = 0; plural && n < strlen(rules[i].forms); n++) {
			got[n] = (char)('0' + plural_form(plural, n));
		}
		if (!plural != !rules[i].forms[0] || strcmp(got, rules[i].forms) != 0) {
			fail_msg("%s: %s instead of %s", rules[i].rule, plural ? got : "refused", rules[i].forms);
		}
		plural_destroy(plural);
	}
}

/* However deep a rule is nested, its text is short. */
static void test_a_rule_that_is_too_long(void **state)
{
	(void)state;
	char text[PLURAL_TEXT_MAX + 64] = " nplurals=2; plural=";
	size_t length = strlen(text);
	memset(text + length, '(', PLURAL_TEXT_MAX - length);
	assert_null(plural_parse(text));
	memset(text + length, '!', PLURAL_TEXT_MAX - length - 1);
	strcpy(text + PLURAL_TEXT_MAX - 1, "n");
	struct plural *plural = plural_parse(text);
	assert_non_null(plural);
	plural_destroy(plural);
	strcpy(text + PLURAL_TEXT_MAX - 1, "!n");
	assert_null(plural_parse(text));
}

static const char built[] = KIOSK_BINARY_DIR "/share/satellitkiosk/locale/sv/LC_MESSAGES/satellitkiosk.mo";

static char *read_built(size_t *out_size)
{
	FILE *file = fopen(built, "rb");
	char *bytes = malloc(CATALOGUE_FILE_MAX);
	assert_true(file && bytes);
	*out_size = fread(bytes, 1, CATALOGUE_FILE_MAX, file);
	fclose(file);
	return bytes;
}

static struct catalogue *read_bytes(const char *bytes, size_t size, struct err *err)
{
	char path[] = "/tmp/catalogue-XXXXXX";
	int fd = mkstemp(path);
	assert_true(fd >= 0 && write(fd, bytes, size) == (ssize_t)size);
	close(fd);
	struct catalogue *catalogue = catalogue_read(path, err);
	remove(path);
	return catalogue;
}

static void test_what_msgfmt_made(void **state)
{
	(void)state;
	struct err err = {""};
	struct catalogue *catalogue = catalogue_read(built, &err);
	assert_non_null(catalogue);
	assert_string_equal(catalogue_find(catalogue, NULL, "Check in"), "Checka in");
	assert_null(catalogue_find(catalogue, NULL, "Check"));
	assert_null(catalogue_find(catalogue, "Check in", ""));
	assert_null(catalogue_find_plural(catalogue, "no such text", 2));
	catalogue_destroy(catalogue);
	assert_null(catalogue_read("/nonexistent.mo", &err));
	assert_non_null(strstr(err.text, "/nonexistent.mo"));
}

/* Cut at any byte, or with any byte changed, it is refused or read, and what it then says lies within it. */
static void test_damage(void **state)
{
	(void)state;
	size_t size = 0;
	char *bytes = read_built(&size);
	uint32_t chance = 1;
	for (size_t i = 0; i < 600; i++) {
		struct err err = {""};
		chance = chance * 1664525 + 1013904223;
		bool is_cut = i % 2;
		size_t at = i < 200 ? i / 2 : chance % size;
		char before = bytes[at];
		if (!is_cut) {
			bytes[at] = (char)(before ^ (1 << (chance >> 29)));
		}
		struct catalogue *catalogue = read_bytes(bytes, is_cut ? at : size, &err);
		bytes[at] = before;
		if (catalogue) {
			const char *found = catalogue_find(catalogue, NULL, "Check in");
			assert_true(!found || strlen(found) < size);
			catalogue_find_plural(catalogue, "Check in", chance);
		} else {
			assert_true(err.text[0]);
		}
		catalogue_destroy(catalogue);
		assert_false(is_cut && catalogue); /* the last strings end the file */
	}
	free(bytes);
}

static void test_other_byte_order(void **state)
{
	(void)state;
	struct err err = {""};
	size_t size = 0;
	char *bytes = read_built(&size);
	uint32_t head[5];
	memcpy(head, bytes, sizeof(head));
	for (size_t table = 3; table <= 4; table++) {
		for (size_t i = 0; i < 2 * (size_t)head[2]; i++) {
			uint32_t number;
			memcpy(&number, bytes + head[table] + 4 * i, sizeof(number));
			number = __builtin_bswap32(number);
			memcpy(bytes + head[table] + 4 * i, &number, sizeof(number));
		}
	}
	for (size_t i = 0; i < 5; i++) {
		head[i] = __builtin_bswap32(head[i]);
	}
	memcpy(bytes, head, sizeof(head));
	struct catalogue *catalogue = read_bytes(bytes, size, &err);
	assert_non_null(catalogue);
	assert_string_equal(catalogue_find(catalogue, NULL, "Check in"), "Checka in");
	catalogue_destroy(catalogue);
	free(bytes);
}

static void test_a_file_that_is_too_large(void **state)
{
	(void)state;
	struct err err = {""};
	char *bytes = calloc(1, CATALOGUE_FILE_MAX + 1);
	assert_null(read_bytes(bytes, CATALOGUE_FILE_MAX + 1, &err));
	assert_non_null(strstr(err.text, "larger than"));
	free(bytes);
}

/* Contexts, plurals and several entries, from msgfmt itself. */
static void test_contexts_and_plurals(void **state)
{
	(void)state;
	static const char po[] =
		"msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; "
		"plural=n != 1;\\n\"\nmsgctxt \"room\"\nmsgid \"Free\"\nmsgstr \"Ledigt\"\n"
		"msgctxt \"desk\"\nmsgid \"Free\"\nmsgstr \"Ledig\"\nmsgid \"Free\"\nmsgstr \"Fri\"\n"
		"msgid \"%d desk\"\nmsgid_plural \"%d desks\"\nmsgstr[0] \"%d plats\"\nmsgstr[1] \"%d platser\"\n"
		"msgid \"none\"\nmsgstr \"\"\n";
	struct err err = {""};
	FILE *pipe = popen("msgfmt -o /tmp/test-catalogue.mo -", "w");
	assert_non_null(pipe);
	fputs(po, pipe);
	assert_int_equal(pclose(pipe), 0);
	struct catalogue *catalogue = catalogue_read("/tmp/test-catalogue.mo", &err);
	remove("/tmp/test-catalogue.mo");
	assert_non_null(catalogue);
	assert_string_equal(catalogue_find(catalogue, "room", "Free"), "Ledigt");
	assert_string_equal(catalogue_find(catalogue, "desk", "Free"), "Ledig");
	assert_string_equal(catalogue_find(catalogue, NULL, "Free"), "Fri");
	assert_null(catalogue_find(catalogue, "r", "Free"));
	assert_null(catalogue_find(catalogue, "rooms", "Free"));
	assert_null(catalogue_find(catalogue, NULL, "none"));
	assert_string_equal(catalogue_find_plural(catalogue, "%d desk", 1), "%d plats");
	assert_string_equal(catalogue_find_plural(catalogue, "%d desk", 0), "%d platser");
	assert_string_equal(catalogue_find_plural(catalogue, "%d desk", 7), "%d platser");
	assert_null(catalogue_find_plural(catalogue, "Free", 7)); /* it has one form only */
	catalogue_destroy(catalogue);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plurals),
		cmocka_unit_test(test_a_rule_that_is_too_long),
		cmocka_unit_test(test_what_msgfmt_made),
		cmocka_unit_test(test_damage),
		cmocka_unit_test(test_other_byte_order),
		cmocka_unit_test(test_a_file_that_is_too_large),
		cmocka_unit_test(test_contexts_and_plurals),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
