/* The numbers of the report: what counts as a stay, which hours it fills, which numbers are merged, what survives that
 * the check-ins are erased. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/office/usage.h"
#include "ical/civil.h"
#include "ical/zone.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

struct line {
	const char *at, *end; /* local */
	enum journal_action action;
	const char *place, *uid, *target;
};

static int64_t utc(const struct zone *zone, const char *text)
{
	int64_t local_s = 0;
	assert_true(civil_parse(text, &local_s));
	return zone_utc(zone, local_s);
}

static int32_t day(const char *text)
{
	int64_t local_s = 0;
	assert_true(civil_parse(text, &local_s));
	return civil_day_of(local_s);
}

static struct journal_entries write_lines(const struct zone *zone, const struct line *lines, size_t count)
{
	struct journal_entries entries = {.items = calloc(count + 1, sizeof(*entries.items)), .count = count};
	for (size_t i = 0; i < count; i++) {
		char token[24];
		snprintf(token, sizeof(token), "t%zu", i);
		entries.items[i] = (struct journal_entry){.id = (int64_t)i + 1,
							  .token = strdup(token),
							  .box = strdup(""),
							  .at_utc = utc(zone, lines[i].at),
							  .action = lines[i].action,
							  .place = strdup(lines[i].place),
							  .feed = strdup(lines[i].uid[0] ? "desks" : ""),
							  .uid = strdup(lines[i].uid),
							  .recurrence_id = strdup(""),
							  .label = strdup("Nils S."),
							  .start_utc = utc(zone, lines[i].at),
							  .end_utc = utc(zone, lines[i].end),
							  .target = strdup(lines[i].target ? lines[i].target : "")};
	}
	return entries;
}

#define IN JOURNAL_CHECK_IN
#define DROP JOURNAL_DROP_IN
#define OUT JOURNAL_CHECK_OUT
#define UNDO JOURNAL_UNDO

static void test_what_counts(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		struct line lines[4];
		uint32_t stays;
		const char *hours; /* "9 10" */
	} cases[] = {
		{"a check-in until its end",
		 {{"2026-11-23T09:30", "2026-11-23T11:00", IN, "5", "u1", NULL}},
		 1,
		 "9 10"},
		{"a drop-in", {{"2026-11-23T09:00", "2026-11-23T10:01", DROP, "5", "", NULL}}, 1, "9 10"},
		{"until the check-out",
		 {{"2026-11-23T09:30", "2026-11-23T15:00", IN, "5", "u1", NULL},
		  {"2026-11-23T10:10", "2026-11-23T10:10", OUT, "5", "u1", NULL}},
		 1,
		 "9 10"},
		{"an undone one does not",
		 {{"2026-11-23T09:30", "2026-11-23T15:00", IN, "5", "u1", NULL},
		  {"2026-11-23T09:31", "2026-11-23T09:31", UNDO, "5", "u1", "t0"}},
		 0,
		 ""},
		{"a meeting that was only ended does not",
		 {{"2026-11-23T09:30", "2026-11-23T15:00", OUT, "K", "u1", NULL}},
		 0,
		 ""},
		{"beyond midnight it is of its first day",
		 {{"2026-11-23T22:30", "2026-11-24T02:00", IN, "5", "u1", NULL}},
		 1,
		 "22 23"},
		{"on the day of 25 hours", {{"2026-10-25T01:30", "2026-10-25T04:00", IN, "5", "u1", NULL}}, 1, "1 2 3"},
		{"on the day of 23 hours", {{"2026-03-29T01:30", "2026-03-29T04:00", IN, "5", "u1", NULL}}, 1, "1 2 3"},
		{"today is not over", {{"2026-12-01T09:30", "2026-12-01T11:00", IN, "5", "u1", NULL}}, 0, ""},
	};
	struct zone *zone = zone_create("Europe/Stockholm", NULL);
	for (size_t i = 0; i < COUNT(cases); i++) {
		size_t count = 0;
		while (count < COUNT(cases[i].lines) && cases[i].lines[count].at) {
			count++;
		}
		struct journal_entries entries = write_lines(zone, cases[i].lines, count);
		struct usage usage = {0};
		char hours[128] = "";
		assert_true(usage_add(&usage, zone, &entries, day("2026-12-01")));
		uint32_t stays = 0;
		for (size_t s = 0; s < usage.span_count; s++) {
			stays += usage.spans[s].stays;
		}
		for (int hour = 0; usage.month_count > 0 && hour < USAGE_DAY_PARTS; hour++) {
			size_t used = strlen(hours);
			if (usage.months[0].hours[hour] > 0) {
				snprintf(hours + used, sizeof(hours) - used, used ? " %d" : "%d", hour);
			}
		}
		if (stays != cases[i].stays || strcmp(hours, cases[i].hours) != 0) {
			fail_msg("%s: %u stays in the hours %s", cases[i].name, stays, hours);
		}
		usage_finish(&usage);
		journal_entries_finish(&entries);
	}
	zone_destroy(zone);
}

static void test_groups(void **state)
{
	(void)state;
	static const struct {
		uint32_t numbers[6];
		const char *groups;
	} cases[] = {
		{{0}, ""},
		{{5, 6, 7}, "0-0:5 1-1:6 2-2:7"},
		{{4, 6, 7}, "0-1:10 2-2:7"},
		{{6, 0, 0, 4}, "0-3:10"},
		{{1, 0, 1, 1, 2, 9}, "0-4:5 5-5:9"},
		{{9, 1, 1, 1}, "0-3:12"},
		{{1, 1, 1}, "0-2:3"}, /* which must not be shown */
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct usage_group groups[6];
		char text[128] = "";
		size_t count = usage_group(cases[i].numbers, 6, groups);
		for (size_t g = 0; g < count; g++) {
			size_t used = strlen(text);
			snprintf(text + used, sizeof(text) - used, "%s%zu-%zu:%u", g ? " " : "", groups[g].first,
				 groups[g].last, groups[g].stays);
		}
		assert_string_equal(text, cases[i].groups);
	}
}

/* What is counted day by day, as check-ins are erased, is the same as what is counted at once. */
static void test_day_by_day(void **state)
{
	(void)state;
	struct zone *zone = zone_create("Europe/Stockholm", NULL);
	struct line lines[60];
	char times[60][2][32];
	for (int i = 0; i < 60; i++) { /* from 2026-10-15 on, every day as many as its number in the week */
		int32_t at = day("2026-10-15") + i / 2;
		struct civil civil = civil_from_local((int64_t)at * DAY_S);
		snprintf(times[i][0], sizeof(times[i][0]), "%04d-%02d-%02dT09:%02d", civil.year, civil.month, civil.day,
			 i % 2);
		snprintf(times[i][1], sizeof(times[i][1]), "%04d-%02d-%02dT12:00", civil.year, civil.month, civil.day);
		lines[i] = (struct line){times[i][0], times[i][1], DROP, i % 2 ? "5" : "6", "", NULL};
	}
	struct journal_entries entries = write_lines(zone, lines, 60);
	struct usage at_once = {0}, daily = {0};
	assert_true(usage_add(&at_once, zone, &entries, day("2026-12-01")));
	for (int32_t today = day("2026-10-15"); today <= day("2026-12-01"); today++) {
		assert_true(usage_add(&daily, zone, &entries, today));
	}
	assert_int_equal(daily.through_day, day("2026-11-30"));
	assert_int_equal(daily.span_count, at_once.span_count);
	for (size_t i = 0; i < daily.span_count; i++) {
		assert_memory_equal(&daily.spans[i], &at_once.spans[i], sizeof(daily.spans[i]));
		bool ends_month = usage_month_of(daily.spans[i].to_day) != usage_month_of(daily.spans[i].to_day + 3);
		assert_true(daily.spans[i].stays >= 5 || ends_month || i + 1 == daily.span_count);
	}
	assert_int_equal(daily.month_count, 2);
	for (size_t i = 0; i < daily.month_count; i++) {
		assert_memory_equal(daily.months[i].hours, at_once.months[i].hours, sizeof(daily.months[i].hours));
		assert_memory_equal(daily.months[i].weekdays, at_once.months[i].weekdays,
				    sizeof(daily.months[i].weekdays));
		assert_int_equal(daily.months[i].place_count, 2);
		assert_int_equal(daily.months[i].places[0].stays, at_once.months[i].places[0].stays);
	}
	usage_forget(&daily, day("2026-11-05"));
	assert_int_equal(daily.month_count, 1);
	assert_int_equal(daily.months[0].month_day, day("2026-11-01"));
	usage_finish(&daily);
	usage_finish(&at_once);
	journal_entries_finish(&entries);
	zone_destroy(zone);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_counts),
		cmocka_unit_test(test_groups),
		cmocka_unit_test(test_day_by_day),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
