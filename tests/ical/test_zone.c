/* Zones against known offsets, both changes of 2026, odd midnights, names that exist and names that do not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "ical/civil.h"
#include "ical/zone.h"

static int64_t at(const char *text)
{
	int64_t local_s = 0;

	assert_true(civil_parse(text, &local_s));
	return local_s;
}

static void local_times_of_2026(void **state)
{
	static const struct {
		const char *local, *utc;
	} rows[] = {
		{"2026-01-15T12:00", "2026-01-15T11:00"},
		{"2026-07-15T12:00", "2026-07-15T10:00"},
		{"2026-03-29T01:59:59", "2026-03-29T00:59:59"},
		{"2026-03-29T03:00", "2026-03-29T01:00"},
		{"2026-10-25T01:59:59", "2026-10-24T23:59:59"},
		{"2026-10-25T02:00", "2026-10-25T00:00"},
		{"2026-10-25T02:59:59", "2026-10-25T00:59:59"},
		{"2026-10-25T03:00", "2026-10-25T02:00"},
		/* left out: read with the offset before, so 02:30 is 03:30 */
		{"2026-03-29T02:30", "2026-03-29T01:30"},
		{"2150-07-01T12:00", "2150-07-01T10:00"},
	};
	struct zone *zone = zone_create("Europe/Stockholm", NULL);

	(void)state;
	assert_non_null(zone);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(zone_utc(zone, at(rows[i].local)), at(rows[i].utc));
	}
	assert_int_equal(zone_offset_s(zone, at("2026-03-29T00:59:59")), 3600);
	assert_int_equal(zone_offset_s(zone, at("2026-03-29T01:00")), 7200);
	assert_int_equal(zone_local(zone, at("2026-10-25T00:59:59")), at("2026-10-25T02:59:59"));
	assert_int_equal(zone_local(zone, at("2026-10-25T01:00")), at("2026-10-25T02:00"));
	assert_int_equal(zone_day(zone, at("2026-11-22T22:59:59")), civil_day(2026, 11, 22));
	assert_int_equal(zone_day(zone, at("2026-11-22T23:00")), civil_day(2026, 11, 23));
	assert_int_equal(zone_day(zone, at("1969-12-31T22:00")), -1);
	zone_destroy(zone);
}

static void every_hour_of_two_years_and_back(void **state)
{
	static const char *const names[] = {"Europe/Stockholm", "America/New_York", "Australia/Lord_Howe",
					    "Asia/Kathmandu", "Africa/Casablanca"};

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct zone *zone = zone_create(names[i], NULL);

		assert_non_null(zone);
		for (int64_t utc_s = at("2025-01-01"); utc_s < at("2027-01-01"); utc_s += 1800) {
			int64_t again = zone_utc(zone, zone_local(zone, utc_s));

			/* The second pass through a doubled hour reads as the first. */
			assert_true(again == utc_s ||
				    (again < utc_s && zone_local(zone, again) == zone_local(zone, utc_s)));
		}
		zone_destroy(zone);
	}
}

static void midnights_that_do_not_exist(void **state)
{
	struct zone *zone = zone_create("America/Sao_Paulo", NULL);
	int32_t day = civil_day(2018, 11, 4); /* began at 01:00 */

	(void)state;
	assert_int_equal(zone_day_start(zone, day), at("2018-11-04T03:00"));
	assert_int_equal(zone_local(zone, zone_day_start(zone, day)), at("2018-11-04T01:00"));
	assert_int_equal(zone_day(zone, zone_day_start(zone, day)), day);
	assert_int_equal(zone_day(zone, zone_day_start(zone, day) - 1), day - 1);
	assert_int_equal(zone_day_start(zone, day + 1), at("2018-11-05T02:00"));
	zone_destroy(zone);
}

static void names_that_exist(void **state)
{
	static const struct {
		const char *name, *iana;
	} rows[] = {
		{"Europe/Stockholm", "Europe/Stockholm"},
		{"W. Europe Standard Time", "Europe/Stockholm"},
		{"FLE Standard Time", NULL},
		{"GMT Standard Time", "Europe/London"},
		{"UTC", "UTC"},
		{"Asia/Calcutta", "Asia/Calcutta"},
		{"Europe/Kyiv", "Europe/Kyiv"},
		{"US/Eastern", "US/Eastern"},
		{"Etc/GMT-2", "Etc/GMT-2"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct zone *zone = zone_create(rows[i].name, NULL);

		assert_non_null(zone);
		if (rows[i].iana) {
			assert_string_equal(zone_name(zone), rows[i].iana);
		}
		zone_destroy(zone);
	}
}

static void names_that_do_not(void **state)
{
	static const char *const names[] = {
		"",       "Etc/Unknown",      "Mars/Phobos",        "Europe/Stockholm ", "Sweden Standard Time",
		"GMT+25", "../../etc/passwd", "Europe/Ume\xC3\xA5", "localtime"};
	char longest[600];

	(void)state;
	memset(longest, 'a', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	assert_null(zone_create(longest, NULL));
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct err err;

		assert_null(zone_create(names[i], &err));
		assert_non_null(strstr(err.text, "unknown time zone"));
	}
	zone_destroy(NULL);
}

static void the_machines_zone_never_matters(void **state)
{
	static const char *const machine[] = {"America/Los_Angeles", "Asia/Tokyo", "nonsense"};

	(void)state;
	for (size_t i = 0; i < sizeof(machine) / sizeof(machine[0]); i++) {
		setenv("TZ", machine[i], 1);
		tzset();
		local_times_of_2026(NULL);
	}
	unsetenv("TZ");
	tzset();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(local_times_of_2026),         cmocka_unit_test(every_hour_of_two_years_and_back),
		cmocka_unit_test(midnights_that_do_not_exist), cmocka_unit_test(names_that_exist),
		cmocka_unit_test(names_that_do_not),           cmocka_unit_test(the_machines_zone_never_matters),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
