/* Changing a configuration: what was asked for changes, and nothing else does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/config/edit.h"

#define BEFORE                                                                                                         \
	"# ours\noffice \"A\" {\n\topens = \"07:00\" # early\n}\n\n# the desks\nfeed \"desks\" { kind = bookings "     \
	"}\n\n"                                                                                                        \
	"place '1' {\n\tname = \"Plats 1\"\n\t// by hand\n}\n"

/* The value "\1" removes a key; section "=" sets a title, "+" adds a section, "-" removes one. */
static const struct {
	const char *section, *title, *key, *value, *from, *to;
} changes[] = {
	{"office", NULL, "opens", "07:30", "opens = \"07:00\" # early", "opens = \"07:30\" # early"},
	{"office", NULL, "opens", "07:00", "", ""},
	{"office", NULL, "closes", "18:00", "# early\n", "# early\n\tcloses = \"18:00\"\n"},
	{"office", NULL, "region", "Umeå \"nord\"", "# early\n", "# early\n\tregion = \"Umeå \\\"nord\\\"\"\n"},
	{"office", NULL, "opens", "\1", "\topens = \"07:00\" # early\n", "\t # early\n"},
	{"feed", "desks", "kind", "meetings", "kind = bookings", "kind = meetings"},
	{"feed", "desks", "person", "^(.*) \\(", "bookings }", "bookings\n\tperson = '^(.*) \\('\n }"},
	{"place", "1", "name", "\1", "\tname = \"Plats 1\"\n", ""},
	{"place", "1", "kind", "room", "Plats 1\"\n", "Plats 1\"\n\tkind = room\n"},
	{"place", "1", "equipment", "a\nb", "Plats 1\"\n", "Plats 1\"\n\tequipment = \"a\\nb\"\n"},
	{"=office", NULL, NULL, "B \"C\"", "office \"A\"", "office \"B \\\"C\\\"\""},
	{"+feed", "new", NULL, NULL, "bookings }\n", "bookings }\n\nfeed \"new\" {\n}\n"},
	{"+screen", NULL, NULL, NULL, "by hand\n}\n", "by hand\n}\n\nscreen {\n}\n"},
	{"-feed", "desks", NULL, NULL, "# the desks\nfeed \"desks\" { kind = bookings }\n\n", ""},
	{"-place", "1", NULL, NULL, "place '1' {\n\tname = \"Plats 1\"\n\t// by hand\n}\n", ""},
};

static bool change(struct config_edit *edit, size_t i)
{
	const char *section = changes[i].section, *value = changes[i].value;
	if (*section == '+') {
		return config_edit_add(edit, section + 1, changes[i].title);
	}
	size_t index = config_edit_find(edit, section + (strchr("=-", *section) != NULL), changes[i].title);
	if (*section == '-') {
		return config_edit_remove(edit, section + 1, index);
	}
	if (*section == '=') {
		return config_edit_set_title(edit, section + 1, index, value);
	}
	return config_edit_set(edit, section, index, changes[i].key, *value == '\1' ? NULL : value);
}

static void test_changes(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(changes) / sizeof(*changes); i++) {
		struct config_edit *edit = config_edit_create(BEFORE, NULL);
		assert_non_null(edit);
		const char *at = strstr(BEFORE, changes[i].from);
		char *wanted = NULL;
		assert_non_null(at);
		assert_true(asprintf(&wanted, "%.*s%s%s", (int)(at - BEFORE), BEFORE, changes[i].to,
				     at + strlen(changes[i].from)) > 0);
		assert_true(change(edit, i));
		assert_string_equal(config_edit_text(edit), wanted);
		free(wanted);
		config_edit_destroy(edit);
	}
}

static void test_values_are_read_as_written(void **state)
{
	(void)state;
	static const struct {
		const char *written, *value;
	} values[] = {{"plain", "plain"}, {"\"a \\\"b\\\"\"", "a \"b\""},    {"'^(.*) \\('", "^(.*) \\("},
		      {"'a\\'b'", "a'b"}, {"\"two\\nlines\"", "two\nlines"}, {"\"# { }\"", "# { }"}};
	for (size_t i = 0; i < sizeof(values) / sizeof(*values); i++) {
		char text[128];
		snprintf(text, sizeof(text), "office \"A\" { address = %s }", values[i].written);
		struct config_edit *edit = config_edit_create(text, NULL);
		assert_non_null(edit);
		char *value = config_edit_get(edit, "office", 0, "address");
		assert_string_equal(value, values[i].value);
		free(value);
		/* What is written is read as the same again. */
		assert_true(config_edit_set(edit, "office", 0, "region", values[i].value));
		value = config_edit_get(edit, "office", 0, "region");
		assert_string_equal(value, values[i].value);
		free(value);
		config_edit_destroy(edit);
	}
}

static void test_lists_and_comments_are_no_keys(void **state)
{
	(void)state;
	struct config_edit *edit = config_edit_create(
		"/* office \"x\" { */ office 'A' { closed = {sat, sun} # zone = \"UTC\"\n opens = 07:00 } // end",
		NULL);
	assert_non_null(edit);
	char *raw = config_edit_get_raw(edit, "office", 0, "closed");
	assert_string_equal(raw, "{sat, sun}");
	free(raw);
	assert_null(config_edit_get(edit, "office", 0, "zone"));
	assert_int_equal(config_edit_count(edit, "office"), 1);
	config_edit_destroy(edit);
}

static void test_what_cannot_be_read_is_refused_with_its_line(void **state)
{
	(void)state;
	static const struct {
		const char *text, *says;
	} mistakes[] = {{"office \"A\" {\n opens\n}\n", "line 3"},
			{"office \"A\" {\n", "line 2"},
			{"}", "line 1"},
			{"office \"A {\n}\n", "line 1"}};
	for (size_t i = 0; i < sizeof(mistakes) / sizeof(*mistakes); i++) {
		struct err err = {""};
		assert_null(config_edit_create(mistakes[i].text, &err));
		assert_non_null(strstr(err.text, mistakes[i].says));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_changes),
		cmocka_unit_test(test_values_are_read_as_written),
		cmocka_unit_test(test_lists_and_comments_are_no_keys),
		cmocka_unit_test(test_what_cannot_be_read_is_refused_with_its_line),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
