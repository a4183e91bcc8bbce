/* The form of a check-in on the server: what is written is read again, also after a server has ordered and folded the
 * lines anew, and nothing else is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/sync/wire.h"

#define TEXT(text) ((char *)(uintptr_t)(text))

static struct journal_entry sample(void)
{
	return (struct journal_entry){.token = TEXT("0123-4"),
				      .box = TEXT("entre"),
				      .seq = 42,
				      .at_utc = 1795946580,
				      .action = JOURNAL_CHECK_IN,
				      .place = TEXT("5 ö"),
				      .feed = TEXT("desks"),
				      .uid = TEXT("u0123;x=\"y\",\\n:"),
				      .recurrence_id = TEXT("2026-11-23T09:00:00Z"),
				      .label = TEXT("Åsa Öberg-Ñandú, 50 %"),
				      .start_utc = -1,
				      .end_utc = 1795950180,
				      .target = TEXT("")};
}

static void assert_same(const struct journal_entry *a, const struct journal_entry *b)
{
	char *left = wire_write(a), *right = wire_write(b);
	assert_non_null(left);
	assert_string_equal(left, right);
	free(left);
	free(right);
}

static void reads_what_it_wrote(void **state)
{
	(void)state;
	struct journal_entry entry = sample(), back;
	char name[WIRE_NAME_SIZE];
	const char *reason = NULL;
	wire_name(&entry, name);
	assert_string_equal(name, "20261129-entre-42.ics");
	char *text = wire_write(&entry);
	for (const char *line = text; *line; line = strstr(line, "\r\n") + 2) {
		assert_true(strcspn(line, "\r\n") <= 75);
	}
	assert_true(wire_read(name, text, strlen(text), &back, &reason));
	assert_same(&entry, &back);
	journal_entry_finish(&back);

	/* As another server might store it. */
	char *other = NULL;
	char *value = strstr(text, "X-SK-PERSON:");
	assert_non_null(value);
	assert_true(asprintf(&other, "%.*sX-SK-PERSON;VALUE=TEXT:\n %sX-OTHER:1\n", (int)(value - text), text,
			     value + strlen("X-SK-PERSON:")) > 0);
	char *end = strstr(other, "END:VEVENT");
	memmove(strstr(other, "X-OTHER"), "CREATED", 7);
	assert_non_null(end);
	assert_true(wire_read(name, other, strlen(other), &back, &reason));
	assert_same(&entry, &back);
	journal_entry_finish(&back);
	free(other);
	free(text);
}

static void replace(char *text, const char *from, const char *to)
{
	char *at = strstr(text, from);
	assert_non_null(at);
	assert_true(strlen(to) == strlen(from));
	memcpy(at, to, strlen(to));
}

static void refuses_everything_else(void **state)
{
	(void)state;
	static const struct {
		const char *from, *to, *reason;
	} cases[] = {{"X-SK-ACTION:1", "X-SK-ACTION:9", "spoilt"},
		     {"X-SK-ACTION:1", "X-SK-ACTION:3", ""},
		     {"X-SK-SEQ:42", "X-SK-SEQ:43", "misnamed"},
		     {"X-SK-SEQ:42", "X-SK-SEQ:04", "spoilt"},
		     {"X-SK-SEQ:42", "X-SK-SEQ:4x", "spoilt"},
		     {"X-SK-BOX:entre", "X-SK-BOX:Entre", "spoilt"},
		     {"X-SK-BOX:entre", "X-SK-BOX:entrx", "misnamed"},
		     {"X-SK-DOUBT:0", "X-SK-DOUBT:1", "spoilt"},
		     {"X-SK-DOUBT:0", "X-SK-DOUBT:2", ""},
		     {"X-SK-TOKEN:0123-4", "X-SK-TOKEN:0123+4", "spoilt"},
		     {"X-SK-TOKEN:0123-4", "X-SK-TOKEN:012%34", "spoilt"},
		     {"X-SK-TOKEN:0123-4", "X-SK-TOKEN:012%0A", "spoilt"},
		     {"X-SK-TOKEN:0123-4", "X-SK-TOKEN:012%FF", "spoilt"},
		     {"X-SK-TOKEN:0123-4", "X-SK-TOKEN:%C2%9B", "spoilt"}, /* the start of an escape sequence */
		     {"X-SK-TOKEN:0123-4", "X-SK-TOKEM:0123-4", "spoilt"},
		     {"X-SK-FEED:desks", "X-SK-SEQ:042222", "spoilt"},
		     {"BEGIN:VEVENT", "BEGIN:VTODO!", "spoilt"},
		     {"END:VEVENT", "END:VEVENU", "spoilt"}};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct journal_entry entry = sample(), back;
		char name[WIRE_NAME_SIZE];
		const char *reason = NULL;
		char *text = wire_write(&entry);
		wire_name(&entry, name);
		replace(text, cases[i].from, cases[i].to);
		bool ok = wire_read(name, text, strlen(text), &back, &reason);
		assert_string_equal(reason, cases[i].reason);
		if (ok) {
			journal_entry_finish(&back);
		}
		free(text);
	}
	struct journal_entry back;
	const char *reason = NULL;
	static char large[SHARE_OBJECT_MAX + 1];
	assert_false(wire_read("20261129-entre-42.ics", large, sizeof(large), &back, &reason));
	assert_string_equal(reason, "too large");
	assert_false(wire_read("20261129-entre-42.ics", large, 10, &back, &reason)); /* NULs */
	assert_string_equal(reason, "spoilt");
}

/* No prefix of an object is one, and no single byte can be changed so that another reading crashes. */
static void survives_every_cut_and_flip(void **state)
{
	(void)state;
	struct journal_entry entry = sample(), back;
	char name[WIRE_NAME_SIZE];
	const char *reason = NULL;
	char *text = wire_write(&entry);
	size_t length = strlen(text), end = (size_t)(strstr(text, "END:VEVENT") - text) + strlen("END:VEVENT");
	wire_name(&entry, name);
	for (size_t i = 0; i < length; i++) {
		bool ok = wire_read(name, text, i, &back, &reason);
		assert_int_equal(ok, i >= end);
		if (ok) {
			journal_entry_finish(&back);
		}
	}
	for (size_t i = 0; i < 8 * length; i++) {
		text[i / 8] ^= (char)(1 << i % 8);
		if (wire_read(name, text, length, &back, &reason)) {
			journal_entry_finish(&back);
		}
		text[i / 8] ^= (char)(1 << i % 8);
	}
	free(text);
}

static void texts_that_are_too_long_are_not_shared(void **state)
{
	(void)state;
	char longest[SHARE_TEXT_MAX + 2];
	struct journal_entry entry = sample();
	memset(longest, ' ', sizeof(longest) - 1);
	longest[SHARE_TEXT_MAX + 1] = '\0';
	entry.label = longest;
	assert_null(wire_write(&entry));
	longest[SHARE_TEXT_MAX] = '\0';
	entry.place = entry.feed = entry.uid = entry.recurrence_id = entry.token = longest;
	char *text = wire_write(&entry);
	assert_non_null(text);
	assert_true(strlen(text) <= SHARE_OBJECT_MAX);
	free(text);
}

static void knows_its_names(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		bool is_one;
	} names[] = {{"20261123-entre-1.ics", true},
		     {"20261123-a-b-9007199254740992.ics", true},
		     {"20261123-entre-0.ics", true},
		     {"20261123-entre-01.ics", false},
		     {"20261123-entre-.ics", false},
		     {"20261123--1.ics", false},
		     {"20261123-Entre-1.ics", false},
		     {"20261131-entre-1.ics", false},
		     {"20261123-entre-1.ICS", false},
		     {"20261123-entre-1.ics.ics", false},
		     {"2026112-entre-1.ics", false},
		     {"../../etc/passwd", false},
		     {"20261123-entre-99999999999999999.ics", false},
		     {"20261123-../x-1.ics", false},
		     {"", false},
		     {"20261123-entre--1.ics", false},
		     {"20261123-%2e-1.ics", false},
		     {"20261123-abcdefghijabcdefghijabcdefghijabc-1.ics", false}};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct wire_name parts;
		if (wire_name_read(names[i].name, &parts) != names[i].is_one) {
			fail_msg("%s", names[i].name);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_what_it_wrote),
		cmocka_unit_test(refuses_everything_else),
		cmocka_unit_test(survives_every_cut_and_flip),
		cmocka_unit_test(texts_that_are_too_long_are_not_shared),
		cmocka_unit_test(knows_its_names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
