/* Files of time zones: what a good one means, and what a broken one is refused for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ical/civil.h"
#include "ical/icslimits.h"
#include "ical/tzif.h"
#include "ical/tzrule.h"
#include "ical/zone.h"
#include "ical/zoneinfo.h"
#include "tzfiles.h"

#define SWEDEN "CET-1CEST,M3.5.0,M10.5.0/3"
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static int64_t at(const char *text)
{
	int64_t local_s = 0;

	assert_true(civil_parse(text, &local_s));
	return local_s;
}

static void rules_and_their_instants(void **state)
{
	static const struct {
		const char *rule;
		int year;
		const char *begin, *end; /* NULL: no summer time */
	} rows[] = {
		{SWEDEN, 2026, "2026-03-29T01:00", "2026-10-25T01:00"},
		{SWEDEN, 2024, "2024-03-31T01:00", "2024-10-27T01:00"},
		{"CET-1", 2026, NULL, NULL},
		{"<+0545>-5:45", 2026, NULL, NULL},
		{"EST5EDT,M3.2.0,M11.1.0", 2026, "2026-03-08T07:00", "2026-11-01T06:00"},
		/* Ireland's summer is its standard time */
		{"IST-1GMT0,M10.5.0,M3.5.0/1", 2026, "2026-10-25T01:00", "2026-03-29T01:00"},
		{"<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", 2026, "2026-10-03T15:30", "2026-04-04T15:00"},
		/* hours before the day and after it */
		{"<-02>2<-01>,M3.5.0/-1,M10.5.0/0", 2026, "2026-03-29T01:00", "2026-10-25T01:00"},
		{"EET-2EEST,M3.4.4/50,M10.4.4/50", 2026, "2026-03-28T00:00", "2026-10-23T23:00"},
		{"AAA0BBB,J60/-167,J365/167", 2026, "2026-02-22T01:00", "2027-01-06T22:00"},
		/* day 60 is 1 March in every year by J, and in a leap year 29 February by n, which counts from 0 */
		{"AAA0BBB,J60/0,J365/0", 2028, "2028-03-01T00:00", "2028-12-30T23:00"},
		{"AAA0BBB,59/0,365/0", 2028, "2028-02-29T00:00", "2028-12-30T23:00"},
		{"AAA0BBB,59/0,0/0", 2026, "2026-03-01T00:00", "2025-12-31T23:00"},
		/* the fifth Sunday of a month that has four, and of one that has five */
		{"AAA0BBB,M2.5.0,M5.5.0", 2026, "2026-02-22T02:00", "2026-05-31T01:00"},
		{"AAA0BBB-2:30:30,M1.1.1,M2.1.6/1:02:03", 2026, "2026-01-05T02:00", "2026-02-06T22:31:33"},
		{"AAA-24BBB-24:59:59,M1.1.0,M2.1.0", 2026, "2026-01-03T02:00", "2026-01-31T01:00:01"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct tzrule rule;

		if (!tzrule_parse(rows[i].rule, strlen(rows[i].rule), &rule)) {
			fail_msg("refused: %s", rows[i].rule);
		}
		assert_int_equal(rule.has_summer, rows[i].begin != NULL);
		if (rows[i].begin && (tzrule_begin_utc(&rule, rows[i].year) != at(rows[i].begin) ||
				      tzrule_end_utc(&rule, rows[i].year) != at(rows[i].end))) {
			fail_msg("%s: %lld and %lld instead of %s and %s", rows[i].rule,
				 (long long)(tzrule_begin_utc(&rule, rows[i].year) - at(rows[i].begin)),
				 (long long)(tzrule_end_utc(&rule, rows[i].year) - at(rows[i].end)), rows[i].begin,
				 rows[i].end);
		}
	}
}

static void texts_that_are_no_rule(void **state)
{
	static const char *const texts[] = {
		"",
		"C",
		"CE-1",
		"CET",
		"CET-",
		"CET-1 ",
		"CET25",
		"CET+-1",
		"CET-1:60",
		"CET-1:00:60",
		"CET-1:",
		"CET-999999999999999999999",
		"<+01-1",
		"<>-1",
		"<+1>-1",
		"<a b>-1",
		"CET-1CEST",
		"CET-1CEST,",
		"CET-1CEST,M3.5.0",
		"CET-1CEST,M3.5.0,",
		"CET-1CEST,M3.5.0,M10.5.0/",
		"CET-1CEST,M3.5.0,M10.5.0/168",
		"CET-1CEST,M3.5.0,M10.5.0/-168",
		"CET-1CEST,M3.5.0,M10.5.0/3,",
		"CET-1CEST,M3.5.0,M10.5.0/3\n",
		"CET-1CEST,M0.5.0,M10.5.0",
		"CET-1CEST,M13.5.0,M10.5.0",
		"CET-1CEST,M3.0.0,M10.5.0",
		"CET-1CEST,M3.6.0,M10.5.0",
		"CET-1CEST,M3.5.7,M10.5.0",
		"CET-1CEST,M3.5,M10.5.0",
		"CET-1CEST,J0,M10.5.0",
		"CET-1CEST,J366,M10.5.0",
		"CET-1CEST,366,M10.5.0",
		"CET-1CEST,-1,M10.5.0",
		"CET-1CEST25,M3.5.0,M10.5.0",
		":Europe/Stockholm",
		"../../etc/passwd",
	};
	struct tzrule rule = {.standard_s = 7};

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		if (tzrule_parse(texts[i], strlen(texts[i]), &rule)) {
			fail_msg("taken: %s", texts[i]);
		}
	}
	for (size_t length = 0; length < strlen(SWEDEN); length++) {
		/* A rule cut off may be another rule; the look-ups must then be harmless. */
		if (tzrule_parse(SWEDEN, length, &rule) && rule.has_summer) {
			assert_true(tzrule_begin_utc(&rule, 2026) < tzrule_end_utc(&rule, 2026));
		}
	}
}

static struct zone *read_made(const struct tzfiles_zone *made, struct err *err)
{
	unsigned char *out = malloc(TZFILES_BYTES_MAX);
	size_t length = tzfiles_make(made, out);
	unsigned char *bytes = malloc(length); /* of its own size, so that a sanitizer sees a read past the end */
	struct zone *zone;

	memcpy(bytes, out, length);
	zone = tzif_read("Test", bytes, length, err);
	free(bytes);
	free(out);
	return zone;
}

static const int64_t some_times[] = {-2000000000, 0, 1000000000};
static const uint8_t some_leads[] = {1, 0, 2};
static const int32_t some_offsets[] = {600, 3600, 7200};

static struct tzfiles_zone some_zone(char version, const char *rule)
{
	return (struct tzfiles_zone){.version = version,
				     .times = some_times,
				     .leads = some_leads,
				     .time_count = COUNT(some_times),
				     .offsets = some_offsets,
				     .offset_count = COUNT(some_offsets),
				     .rule = rule};
}

static void every_version(void **state)
{
	static const char versions[] = {0, '2', '3', '4', '9'};

	(void)state;
	for (size_t i = 0; i < COUNT(versions); i++) {
		struct tzfiles_zone made = some_zone(versions[i], "AAA-2");
		struct err err = {""};
		struct zone *zone = read_made(&made, &err);

		assert_string_equal(err.text, "");
		assert_non_null(zone);
		assert_int_equal(zone_offset_s(zone, -2000000001), 600);
		assert_int_equal(zone_offset_s(zone, -2000000000), 3600);
		assert_int_equal(zone_offset_s(zone, -1), 3600);
		assert_int_equal(zone_offset_s(zone, 0), 600);
		assert_int_equal(zone_offset_s(zone, 1000000000), 7200);
		assert_int_equal(zone_offset_s(zone, INT64_MAX / 4), 7200);
		zone_destroy(zone);
	}
}

static void what_the_rule_says_holds_after_the_last_change(void **state)
{
	struct tzfiles_zone made = some_zone('2', SWEDEN);
	struct zone *zone = read_made(&made, NULL);

	(void)state;
	assert_non_null(zone);
	assert_int_equal(zone_offset_s(zone, at("2000-07-01")), 600); /* before it, the file's changes alone */
	assert_int_equal(zone_offset_s(zone, at("2001-10-28T00:59:59")), 7200);
	assert_int_equal(zone_offset_s(zone, at("2001-10-28T01:00")), 3600);
	assert_int_equal(zone_offset_s(zone, at("2199-07-01")), 7200);
	assert_int_equal(zone_offset_s(zone, at("2199-12-01")), 3600);
	zone_destroy(zone);

	/* Without any change the rule holds from the beginning. */
	made = (struct tzfiles_zone){.version = '2', .offsets = some_offsets, .offset_count = 1, .rule = SWEDEN};
	zone = read_made(&made, NULL);
	assert_non_null(zone);
	assert_int_equal(zone_offset_s(zone, at("1800-07-01")), 3600);
	assert_int_equal(zone_offset_s(zone, at("1950-07-01")), 7200);
	zone_destroy(zone);

	/* Summer time for ever is written as one that ends when it begins. */
	made.rule = "EST5EDT,0/0,J365/25";
	zone = read_made(&made, NULL);
	assert_non_null(zone);
	for (int year = 1901; year < 2200; year++) {
		int64_t new_year_utc = (int64_t)civil_day(year, 1, 1) * DAY_S;

		assert_int_equal(zone_offset_s(zone, new_year_utc + 5 * 3600 - 1), -4 * 3600);
		assert_int_equal(zone_offset_s(zone, new_year_utc + 5 * 3600), -4 * 3600);
	}
	zone_destroy(zone);
}

static void a_change_before_the_world(void **state)
{
	static const int64_t times[] = {INT64_MIN, -(INT64_C(1) << 59), 0, INT64_MAX};
	static const uint8_t leads[] = {0, 1, 2, 0};
	struct tzfiles_zone made = some_zone('2', "AAA-2");
	struct zone *zone;

	(void)state;
	made.times = times;
	made.leads = leads;
	made.time_count = COUNT(times);
	zone = read_made(&made, NULL);
	assert_non_null(zone);
	assert_int_equal(zone_offset_s(zone, -(INT64_C(1) << 40)), 3600);
	assert_int_equal(zone_offset_s(zone, 0), 7200);
	assert_int_equal(zone_offset_s(zone, INT64_C(1) << 40), 7200);
	zone_destroy(zone);
}

enum { V1_BYTES = 44 + 3 * 6 + 4 };

static void files_that_are_broken(void **state)
{
	/* A byte of a good file of version 2, changed. The first block has no changes, so the second begins at
	 * V1_BYTES. */
	static const struct {
		size_t at;
		unsigned char byte;
		const char *reason;
	} rows[] = {
		{0, 'X', "no TZif file"},
		{20, 0xFF, "cut off"}, /* counts: 4 GiB of each */
		{24, 0xFF, "cut off"},
		{28, 0xFF, "cut off"},
		{32, 0xFF, "cut off"},
		{36, 0xFF, "cut off"},
		{40, 0xFF, "cut off"},
		{V1_BYTES, 'X', "no TZif file"},
		{V1_BYTES + 20, 0xFF, "cut off"},
		{V1_BYTES + 24, 0xFF, "cut off"},
		{V1_BYTES + 28, 0xFF, "cut off"},
		{V1_BYTES + 32, 0xFF, "cut off"},
		{V1_BYTES + 36, 0xFF, "cut off"},
		{V1_BYTES + 40, 0xFF, "cut off"},
		{V1_BYTES + 31, 1,
		 "cut off"}, /* a leap second, and the line behind the block is no longer where it was */
		{V1_BYTES + 39, 0, "cut off"}, /* no offset */
		{V1_BYTES + 44, 0x7F, "not in order"},
		{V1_BYTES + 44 + 24, 3, "not there"},
		{V1_BYTES + 44 + 26, 255, "not there"},
		{V1_BYTES + 44 + 27, 0x80, "makes no sense"},
		{V1_BYTES + 44 + 27, 0x01, "makes no sense"},
	};
	struct tzfiles_zone made = some_zone('2', "AAA-2");
	unsigned char *bytes = malloc(TZFILES_BYTES_MAX);
	size_t length = tzfiles_make(&made, bytes);

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct err err = {""};
		unsigned char good = bytes[rows[i].at];
		struct zone *zone;

		bytes[rows[i].at] = rows[i].byte;
		zone = tzif_read("Test", bytes, length, &err);
		bytes[rows[i].at] = good;
		if (zone || !strstr(err.text, rows[i].reason)) {
			fail_msg("byte %zu: %s instead of %s", rows[i].at, zone ? "read" : err.text, rows[i].reason);
		}
	}
	free(bytes);
}

static void other_refusals(void **state)
{
	static int64_t times[TZIF_CHANGES_MAX + 1];
	static uint8_t leads[TZIF_CHANGES_MAX + 1];
	static int32_t offsets[TZIF_TYPES_MAX + 1];
	struct tzfiles_zone made = some_zone('2', "nonsense");
	struct zone *zone;
	struct err err;
	unsigned char *bytes = calloc(1, TZFILES_BYTES_MAX);

	(void)state;
	assert_null(read_made(&made, &err));
	assert_non_null(strstr(err.text, "no rule"));

	for (size_t i = 0; i < COUNT(times); i++) {
		times[i] = (int64_t)i * DAY_S;
		leads[i] = (uint8_t)(i % 2);
	}
	made = (struct tzfiles_zone){.version = '2', .times = times, .leads = leads, .offsets = offsets, .rule = ""};
	made.offset_count = TZIF_TYPES_MAX;
	made.time_count = TZIF_CHANGES_MAX;
	zone = read_made(&made, &err);
	assert_non_null(zone);
	zone_destroy(zone);
	made.time_count++;
	assert_null(read_made(&made, &err));
	assert_non_null(strstr(err.text, "2001 changes among 256 offsets; up to 2000 and 256 are read"));
	made.time_count = 0;
	made.offset_count++;
	assert_null(read_made(&made, &err));
	made.offset_count = 0;
	assert_null(read_made(&made, &err));
	assert_non_null(strstr(err.text, "0 offsets"));

	made = some_zone('2', "AAA-2");
	assert_true(tzfiles_make(&made, bytes) < TZIF_FILE_MAX);
	assert_null(tzif_read("Test", bytes, TZIF_FILE_MAX + 1, &err));
	assert_non_null(strstr(err.text, "65536"));
	zone = tzif_read("Test", bytes, TZIF_FILE_MAX, &err); /* what stands behind the rule is nobody's */
	assert_non_null(zone);
	zone_destroy(zone);
	/* A leap second in the one block of version 1. */
	made = some_zone(0, "");
	made.time_count = 0;
	tzfiles_make(&made, bytes);
	bytes[31] = 1;
	assert_null(tzif_read("Test", bytes, 1000, &err));
	assert_non_null(strstr(err.text, "leap seconds"));
	free(bytes);
}

static size_t read_system(const char *name, unsigned char **out_bytes)
{
	struct zoneinfo *zoneinfo = zoneinfo_create(ZONEINFO_FOLDER, NULL);
	size_t length = 0;

	assert_non_null(zoneinfo);
	*out_bytes = zoneinfo_read(zoneinfo, name, &length, NULL);
	assert_non_null(*out_bytes);
	zoneinfo_destroy(zoneinfo);
	return length;
}

static void a_file_cut_off_anywhere_is_refused(void **state)
{
	unsigned char *bytes;
	size_t length = read_system("Europe/Stockholm", &bytes);

	(void)state;
	for (size_t cut = 0; cut < length; cut++) {
		unsigned char *part = malloc(cut > 0 ? cut : 1);
		struct err err = {""};

		memcpy(part, bytes, cut);
		if (tzif_read("Test", part, cut, &err) || err.text[0] == '\0') {
			fail_msg("read after %zu of %zu bytes", cut, length);
		}
		free(part);
	}
	free(bytes);
}

/* What comes out of a broken file may be wrong; it may not be harmful. */
static void random_bytes_do_no_harm(void **state)
{
	static const char *const names[] = {"Europe/Stockholm", "Africa/Casablanca", "Asia/Kathmandu"};
	uint64_t random = 88172645463325252;
	size_t read = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		unsigned char *good, *bytes;
		size_t length = read_system(names[i], &good);

		bytes = malloc(length);
		for (int round = 0; round < 3000; round++) {
			struct zone *zone;

			memcpy(bytes, good, length);
			for (int change = 0; change <= round % 4; change++) {
				random ^= random << 13;
				random ^= random >> 7;
				random ^= random << 17;
				bytes[random % length] = (unsigned char)(random >> 32);
			}
			zone = tzif_read("Test", bytes, length, NULL);
			read += zone != NULL;
			for (int64_t utc_s = at("1890-01-01"); zone && utc_s < at("2210-01-01"); utc_s += 500 * DAY_S) {
				zone_local(zone, zone_utc(zone, utc_s));
				zone_day_start(zone, zone_day(zone, utc_s));
			}
			zone_destroy(zone);
		}
		free(bytes);
		free(good);
	}
	assert_true(read > 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rules_and_their_instants),
		cmocka_unit_test(texts_that_are_no_rule),
		cmocka_unit_test(every_version),
		cmocka_unit_test(what_the_rule_says_holds_after_the_last_change),
		cmocka_unit_test(a_change_before_the_world),
		cmocka_unit_test(files_that_are_broken),
		cmocka_unit_test(other_refusals),
		cmocka_unit_test(a_file_cut_off_anywhere_is_refused),
		cmocka_unit_test(random_bytes_do_no_harm),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
