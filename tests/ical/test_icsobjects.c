/* A row of calendars that are independent of each other (icsread --objects): what one of them says or breaks concerns
 * no other. Each row is fed as a whole, and byte by byte. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ical/calendar.h"
#include "ical/civil.h"

#define NUL "\0"
#define OBJECT(inside) "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" inside "END:VCALENDAR\r\n" NUL
#define ZONE(offset)                                                                                                   \
	"BEGIN:VTIMEZONE\r\nTZID:Office\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:" offset          \
	"\r\nTZOFFSETTO:" offset "\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
#define EVENT(uid, more) "BEGIN:VEVENT\r\nUID:" uid "\r\nSUMMARY:" uid "\r\n" more "END:VEVENT\r\n"
#define AT_NINE "DTSTART:20261102T090000Z\r\n"
#define ROW(text) text, sizeof(text) - 1

static const struct {
	const char *name, *row;
	size_t length;
	const char *read; /* hours in UTC and titles, then the numbers of what could not be read; NULL: refused */
} cases[] = {
	{"none", ROW(""), "|"},
	{"two", ROW(OBJECT(EVENT("a", AT_NINE)) OBJECT(EVENT("b", AT_NINE))), "9a9b|"},
	{"the last without its end", ROW("BEGIN:VCALENDAR\r\n" EVENT("a", AT_NINE) "END:VCALENDAR\r\n"), "9a|"},
	{"zones of one name",
	 ROW(OBJECT(ZONE("+0100") EVENT("a", "DTSTART;TZID=Office:20261102T090000\r\n"))
		     OBJECT(ZONE("+0300") EVENT("b", "DTSTART;TZID=Office:20261102T090000\r\n"))),
	 "6b8a|"},
	{"one that is never closed",
	 ROW(OBJECT(EVENT("a", AT_NINE)) "BEGIN:VCALENDAR\r\n" EVENT("b", AT_NINE) NUL OBJECT(EVENT("c", AT_NINE))),
	 "9a9c|1"},
	{"one that ends in the middle of a line", ROW("BEGIN:VCALENDAR\r\nBEGIN:VEV" NUL OBJECT(EVENT("b", AT_NINE))),
	 "9b|0"},
	{"something else", ROW("<html>" NUL "BEGIN:VCARD\r\nEND:VCARD\r\n" NUL OBJECT(EVENT("c", AT_NINE))), "9c|01"},
	{"empty ones", ROW(NUL OBJECT(EVENT("b", AT_NINE)) NUL), "9b|02"},
	{"a spoilt one replaces nothing",
	 ROW(OBJECT(EVENT("a", AT_NINE)) "BEGIN:VCALENDAR\r\n" EVENT("a", "SEQUENCE:5\r\nDTSTART:20300102T090000Z\r\n")
		     NUL),
	 "9a|1"},
	{"a sound one does",
	 ROW(OBJECT(EVENT("a", AT_NINE)) OBJECT(EVENT("a", "SEQUENCE:5\r\nDTSTART:20300102T090000Z\r\n"))), "|"},
	{"none but spoilt ones", ROW("x" NUL "y" NUL), NULL},
};

static bool feed(struct calendar *calendar, const char *row, size_t length, size_t piece)
{
	struct err err = {""};
	for (size_t at = 0; at < length; at += piece) {
		if (!calendar_feed(calendar, row + at, length - at < piece ? length - at : piece, &err)) {
			return false;
		}
	}
	return true;
}

/* NULL: refused. */
static char *read_row(const struct zone *office, const char *row, size_t length, size_t piece)
{
	struct calendar_request request = {.office = office,
					   .from_local_s = (int64_t)civil_day(2026, 11, 1) * DAY_S,
					   .to_local_s = (int64_t)civil_day(2026, 12, 1) * DAY_S,
					   .has_objects = true};
	struct calendar *calendar = calendar_create(&request);
	struct err err = {""};
	char *text = NULL;
	size_t size = 0;
	assert_non_null(calendar);
	bool ok = feed(calendar, row, length, piece);
	const struct calendar_result *result = ok ? calendar_finish(calendar, &err) : NULL;
	if (result) {
		FILE *out = open_memstream(&text, &size);
		for (size_t i = 0; i < result->hits.count; i++) {
			const struct hit *hit = &result->hits.items[i];
			fprintf(out, "%d%s", (int)(hit->span.start_utc / 3600 % 24), hit->event->summary);
		}
		putc('|', out);
		for (size_t i = 0; i < result->unreadable_count; i++) {
			fprintf(out, "%u", result->unreadable[i]);
		}
		assert_int_equal(fclose(out), 0);
	} else {
		assert_true(err.text[0] != '\0');
	}
	calendar_destroy(calendar);
	return text;
}

static void test_cases(void **state)
{
	(void)state;
	struct zone *office = zone_create("Europe/Stockholm", NULL);
	assert_non_null(office);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const size_t pieces[] = {1, cases[i].length + 1};
		for (size_t j = 0; j < sizeof(pieces) / sizeof(pieces[0]); j++) {
			char *read = read_row(office, cases[i].row, cases[i].length, pieces[j]);
			const char *wanted = cases[i].read;
			if ((read == NULL) != (wanted == NULL) || (read && strcmp(read, wanted) != 0)) {
				fail_msg("%s: %s instead of %s", cases[i].name, read ? read : "refused",
					 wanted ? wanted : "refused");
			}
			free(read);
		}
	}
	zone_destroy(office);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
