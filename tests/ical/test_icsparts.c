/* The small parts of the reader: content lines, times, durations, clean text, zone definitions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "ical/civil.h"
#include "ical/icslimits.h"
#include "ical/icstime.h"
#include "ical/rule.h"
#include "ical/scan.h"
#include "ical/utf8.h"
#include "ical/versions.h"
#include "ical/zonenames.h"

static void lines_come_apart(void **state)
{
	static const struct {
		const char *line, *name, *parameter, *value;
	} rows[] = {
		{"DTSTART:20261102", "TZID", NULL, "20261102"},
		{"DTSTART;TZID=Europe/Stockholm:20261102T090000", "TZID", "Europe/Stockholm", "20261102T090000"},
		{"DTSTART: \t20261102 ", "TZID", NULL, "20261102"},
		{"X: ", "A", NULL, ""},
		{"DTSTART;tzid=\"a:b;c\":1", "TZID", "a:b;c", "1"},
		{"X;A=1;B=\"2\";C=3:v:w", "C", "3", "v:w"},
		{"X;AB=1:v", "A", NULL, "v"},
		{"X;A=:v", "A", "", "v"},
		{"X;A:v", "A", NULL, "v"},
		{"X", "A", NULL, NULL},
		{"X;A=\"open:v", "A", "\"open:v", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *text = NULL;
		size_t length = 0, line_length = strlen(rows[i].line);

		assert_int_equal(scan_value(rows[i].line, line_length, &text, &length), rows[i].value != NULL);
		if (rows[i].value) {
			assert_int_equal(length, strlen(rows[i].value));
			assert_memory_equal(text, rows[i].value, length);
		}
		assert_int_equal(scan_parameter(rows[i].line, line_length, rows[i].name, &text, &length),
				 rows[i].parameter != NULL);
		if (rows[i].parameter) {
			assert_int_equal(length, strlen(rows[i].parameter));
			assert_memory_equal(text, rows[i].parameter, length);
		}
	}
}

static void times(void **state)
{
	static const char *const wrong[] = {"",
					    "2026",
					    "20261301",
					    "20260229",
					    "20261102T0900",
					    "20261102T250000",
					    "20261102T096000",
					    "20261102 090000",
					    "20261102T090000X",
					    "2026110aT090000",
					    "00000101"};
	struct ics_time time;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_false(ics_time_parse(wrong[i], strlen(wrong[i]), &time));
	}
	assert_true(ics_time_parse("20261102", 8, &time));
	assert_true(time.is_date && !time.is_utc && time.local_s == civil_day(2026, 11, 2) * (int64_t)DAY_S);
	assert_true(ics_time_parse("20261102T090001Z", 16, &time));
	assert_true(!time.is_date && time.is_utc && time.local_s % DAY_S == 9 * 3600 + 1);
	assert_true(ics_time_parse("20161231T235960  ", 17, &time)); /* a leap second is the second before it */
	assert_int_equal(time.local_s % 60, 59);
}

static void durations(void **state)
{
	static const struct {
		const char *text;
		bool good;
		int64_t days, seconds;
	} rows[] = {
		{"P1D", true, 1, 0},   {"PT1H30M", true, 0, 5400},    {"P2W", true, 14, 0},  {"-P1DT2S", true, 1, 2},
		{"+PT0S", true, 0, 0}, {"p1dt2h", true, 1, 7200},     {"P", false, 0, 0},    {"", false, 0, 0},
		{"1D", false, 0, 0},   {"P1H", false, 0, 0},          {"PT1D", false, 0, 0}, {"PT", false, 0, 0},
		{"P1", false, 0, 0},   {"PT999999999S", false, 0, 0}, {"P-1D", false, 0, 0}, {"-", false, 0, 0},
	};
	struct ics_duration duration;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(ics_duration_parse(rows[i].text, strlen(rows[i].text), &duration), rows[i].good);
		if (!rows[i].good) {
			continue;
		}
		assert_int_equal(duration.days, rows[i].days);
		assert_int_equal(duration.seconds, rows[i].seconds);
		assert_int_equal(duration.negative, rows[i].text[0] == '-');
	}
}

static void rules_that_nobody_can_follow(void **state)
{
	static const char *const wrong[] = {
		"",
		"FREQ=",
		"FREQ=FORTNIGHTLY",
		"COUNT=3",
		"FREQ=DAILY;COUNT=0",
		"FREQ=DAILY;COUNT=-1",
		"FREQ=DAILY;INTERVAL=0",
		"FREQ=DAILY;INTERVAL=x",
		"FREQ=DAILY;BYDAY=",
		"FREQ=DAILY;BYDAY=XX",
		"FREQ=MONTHLY;BYDAY=0MO",
		"FREQ=MONTHLY;BYDAY=54MO",
		"FREQ=DAILY;BYHOUR=24",
		"FREQ=DAILY;BYMONTH=13",
		"FREQ=DAILY;BYMONTH=0",
		"FREQ=DAILY;BYMONTHDAY=32",
		"FREQ=DAILY;BYYEARDAY=367",
		"FREQ=YEARLY;BYWEEKNO=54",
		"FREQ=DAILY;BYSETPOS=0",
		"FREQ=DAILY;UNTIL=tomorrow",
		"FREQ=DAILY;WKST=1",
		"FREQ=DAILY;BYEASTER=0",
		"FREQ=YEARLY;RSCALE=CHINESE",
		"FREQ=MONTHLY;SKIP=FORWARD",
		"FREQ=DAILY;nonsense",
		"FREQ=DAILY;BYHOUR=1,,2",
		"FREQ=DAILY;FREQ=WEEKLY",
		"FREQ=WEEKLY;BYDAY=MO;BYDAY=TU",
		"FREQ=DAILY;COUNT=1;count=1",
		"FREQ=MONTHLY;RSCALE=GREGORIAN;SKIP=SIDEWAYS",
	};
	struct rule rule;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_false(rule_parse(wrong[i], strlen(wrong[i]), &rule));
	}
}

static void rules_with_odd_spelling(void **state)
{
	static const char *const good[] = {
		"freq=daily",
		"FREQ=DAILY;",
		"COUNT=2;FREQ=DAILY",
		"FREQ=WEEKLY;BYDAY=MO, TU ,WE",
		"FREQ=DAILY;X-A=b",
		"FREQ=MONTHLY;BYDAY=+1MO",
		"FREQ=DAILY;BYSECOND=60",
		"FREQ=YEARLY;RSCALE=GREGORIAN;SKIP=OMIT",
		"SKIP=FORWARD;FREQ=MONTHLY;RSCALE=GREGORIAN",
		"FREQ=MONTHLY;RSCALE=gregory;SKIP=backward",
	};
	struct rule rule;

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		assert_true(rule_parse(good[i], strlen(good[i]), &rule));
	}
}

static void texts_are_made_harmless(void **state)
{
	static const struct {
		const char *text, *clean;
		size_t max;
	} rows[] = {
		{"Möte", "Möte", 100},
		{"Möte", "M", 2}, /* cut before the letter that does not fit */
		{"a\tb\r\nc", "a b\nc", 100},
		{"\x1b[31mred", "[31mred", 100},
		{"a\xE2\x80\xAE"
		 "b\xE2\x81\xA6"
		 "c",
		 "abc", 100},
		{"\xEF\xBB\xBFx", "x", 100},
		{"a\xC2\x85"
		 "b",
		 "ab", 100},                                                   /* a C1 control */
		{"\xC0\xAF", "\xEF\xBF\xBD\xEF\xBF\xBD", 100},                 /* overlong */
		{"\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD", 100}, /* a surrogate */
		{"\xF4\x90\x80\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD", 100},
		{"a\xE2\x82", "a\xEF\xBF\xBD", 100},           /* cut by the sender: one character that is broken */
		{"👩\xE2\x80\x8D💻", "👩\xE2\x80\x8D💻", 100}, /* joiners stay */
		{"áčđŋšŧž", "áčđŋšŧž", 100},
		{"a\xE2\x80\xA8"
		 "b",
		 "a\nb", 100},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char out[128];
		size_t length = utf8_clean(rows[i].text, strlen(rows[i].text), out, rows[i].max);

		assert_string_equal(out, rows[i].clean);
		assert_int_equal(length, strlen(out));
	}
}

#define BLOCK(start, from, to, more) "BEGIN\r\nDTSTART:" start "\r\nTZOFFSETFROM:" from "\r\nTZOFFSETTO:" to "\r\n" more

static void definitions_that_cannot_be_used(void **state)
{
	static const char *const texts[] = {
		"",
		"TZID:a\r\n",
		BLOCK("16010101T000000", "+0100", "+0200", "RRULE:FREQ=DAILY\r\n"),
		BLOCK("16010101T000000", "+0100", "+0200", "RRULE:FREQ=SECONDLY\r\n"),
		BLOCK("16010101T000000", "+0100", "+0200", "RRULE:FREQ=YEARLY;INTERVAL=0\r\n"),
		BLOCK("16010101T000000", "+0100", "+0200", "RRULE:FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR\r\n"),
		BLOCK("16010101T000000", "+2500", "+0200", ""),
		BLOCK("never", "+0100", "+0200", ""),
		"BEGIN\r\nDTSTART:16010101T000000\r\nTZOFFSETTO:+0200\r\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		assert_null(zone_define(texts[i], strlen(texts[i])));
	}
}

static void a_definition_with_an_end(void **state)
{
	static const char text[] = BLOCK("20000101T000000", "+0100", "+0100", "")
		BLOCK("20200329T020000", "+0100", "+0200",
		      "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;UNTIL=20220327T010000Z\r\n")
			BLOCK("20201025T030000", "+0200", "+0100", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n");
	struct zone *zone = zone_define(text, sizeof(text) - 1);

	(void)state;
	assert_non_null(zone);
	assert_int_equal(zone_offset_s(zone, civil_day(2020, 7, 1) * (int64_t)DAY_S), 7200);
	assert_int_equal(zone_offset_s(zone, civil_day(2022, 7, 1) * (int64_t)DAY_S), 7200);
	assert_int_equal(zone_offset_s(zone, civil_day(2022, 12, 1) * (int64_t)DAY_S), 3600);
	assert_int_equal(zone_offset_s(zone, civil_day(2023, 7, 1) * (int64_t)DAY_S), 3600);
	assert_int_equal(zone_offset_s(zone, civil_day(1990, 7, 1) * (int64_t)DAY_S), 3600);
	zone_destroy(zone);
}

static struct screened version_of(uint64_t key, uint64_t start_key, uint32_t sequence, uint32_t order)
{
	return (struct screened){.key = key, .start_key = start_key, .version = {.sequence = sequence, .order = order}};
}

static void the_greatest_version_is_found(void **state)
{
	enum { COUNT = 10000, ELSEWHERE = 1000 };
	static const struct {
		uint64_t start_key;
		uint32_t sequence, order;
		bool is_replaced, is_shared;
	} rows[] = {
		{13, 5, 20000, true, false},          /* a greater SEQUENCE */
		{13, 6, 0, true, false},              /* a later one of the same start */
		{13, 6, 20000, false, false},         /* the latest itself */
		{13 + ELSEWHERE, 5, 0, true, false},  /* a greater SEQUENCE, wherever it has moved to */
		{13 + ELSEWHERE, 6, 0, false, true},  /* other bookings with its UID */
		{13 + ELSEWHERE, 7, 0, false, false}, /* the greatest */
	};
	struct versions *versions = versions_create(COUNT);
	struct version_index *index = version_index_create(sizeof(rows) / sizeof(rows[0]) + 1);
	struct screened unknown = version_of(ELSEWHERE, 2 * ELSEWHERE, 0, 0);

	(void)state;
	for (uint32_t i = 0; i < COUNT; i++) {
		struct screened screened = version_of(i % 100, i % 100, i % 7, i);

		assert_true(versions_add(versions, &screened));
	}
	version_index_want(index, &unknown);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct screened wanted = version_of(13, rows[i].start_key, rows[i].sequence, rows[i].order);

		version_index_want(index, &wanted);
	}
	version_index_fill(index, versions);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct screened wanted = version_of(13, rows[i].start_key, rows[i].sequence, rows[i].order);

		assert_int_equal(version_index_is_replaced(index, &wanted), rows[i].is_replaced);
		assert_int_equal(version_index_is_shared(index, &wanted), rows[i].is_shared);
	}
	assert_false(version_index_is_replaced(index, &unknown));
	assert_false(version_index_is_shared(index, &unknown));
	version_index_destroy(index);
	versions_destroy(versions);
}

static void hundreds_of_calendars_share_their_zones(void **state)
{
	enum { CALENDARS = 3 * ICS_ZONE_NAMES_MAX };
	struct zone *office = zone_create("Europe/Stockholm", NULL);
	struct zone_names *names = zone_names_create(office, NULL);
	zone_slot named[CALENDARS], floating[CALENDARS];
	int64_t noon = civil_day(2026, 7, 1) * (int64_t)DAY_S + DAY_S / 2;
	bool known;

	(void)state;
	for (int i = 0; i < CALENDARS; i++) {
		zone_names_begin_calendar(names);
		if (i % 3 == 0) {
			zone_names_set_default(names, "Europe/Helsinki", 15);
		}
		floating[i] = zone_names_slot(names, "", 0);
		named[i] = zone_names_slot(names, "America/New_York", 16);
	}
	for (int i = 0; i < CALENDARS; i++) {
		assert_int_equal(zone_offset_s(zone_names_get(names, named[i], &known), noon), -4 * 3600);
		assert_true(known);
		assert_int_equal(zone_offset_s(zone_names_get(names, floating[i], &known), noon),
				 (i % 3 == 0 ? 3 : 2) * 3600);
		assert_true(known);
	}
	zone_names_destroy(names);
	zone_destroy(office);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_come_apart),
		cmocka_unit_test(times),
		cmocka_unit_test(durations),
		cmocka_unit_test(rules_that_nobody_can_follow),
		cmocka_unit_test(rules_with_odd_spelling),
		cmocka_unit_test(texts_are_made_harmless),
		cmocka_unit_test(definitions_that_cannot_be_used),
		cmocka_unit_test(a_definition_with_an_end),
		cmocka_unit_test(the_greatest_version_is_found),
		cmocka_unit_test(hundreds_of_calendars_share_their_zones),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
