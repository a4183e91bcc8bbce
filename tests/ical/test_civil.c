/* Days, weeks and the forms of dates, against known days and against their own inverse. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ical/civil.h"

static void days_and_back(void **state)
{
	int32_t last = civil_day(9999, 12, 31);

	(void)state;
	assert_int_equal(civil_day(1970, 1, 1), 0);
	assert_int_equal(civil_day(2000, 3, 1), 11017);
	assert_int_equal(civil_day(1, 1, 1), -719162);
	for (int32_t day = civil_day(1, 1, 1); day <= last; day += 13) {
		struct civil date = civil_from_local(day * (int64_t)DAY_S + 86399);

		assert_int_equal(civil_day(date.year, date.month, date.day), day);
		assert_int_equal(date.hour * 10000 + date.minute * 100 + date.second, 235959);
		assert_in_range(date.day, 1, civil_days_in_month(date.year, date.month));
	}
}

static void before_1970(void **state)
{
	struct civil date = civil_from_local(-1);

	(void)state;
	assert_int_equal(date.year, 1969);
	assert_int_equal(date.second, 59);
	assert_int_equal(civil_to_local(&date), -1);
}

static void weekdays(void **state)
{
	(void)state;
	assert_int_equal(civil_weekday(civil_day(2026, 11, 23)), 0);
	assert_int_equal(civil_weekday(civil_day(1970, 1, 1)), 3);
	assert_int_equal(civil_weekday(civil_day(1, 1, 1)), 0);
	assert_int_equal(civil_weekday(civil_day(1969, 12, 28)), 6);
}

static void iso_weeks(void **state)
{
	static const struct {
		int year, month, day, week, week_year;
	} rows[] = {
		{2026, 11, 23, 48, 2026}, {2026, 12, 31, 53, 2026}, {2027, 1, 1, 53, 2026}, {2027, 1, 4, 1, 2027},
		{2025, 12, 29, 1, 2026},  {2024, 12, 30, 1, 2025},  {2021, 1, 3, 53, 2020}, {2023, 1, 1, 52, 2022},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int year = 0;

		assert_int_equal(civil_iso_week(civil_day(rows[i].year, rows[i].month, rows[i].day), &year),
				 rows[i].week);
		assert_int_equal(year, rows[i].week_year);
	}
	assert_int_equal(civil_iso_week(civil_day(2026, 1, 1), NULL), 1);
}

static void months(void **state)
{
	(void)state;
	assert_int_equal(civil_days_in_month(2024, 2), 29);
	assert_int_equal(civil_days_in_month(2026, 2), 28);
	assert_int_equal(civil_days_in_month(1900, 2), 28);
	assert_int_equal(civil_days_in_month(2000, 2), 29);
	assert_int_equal(civil_days_in_month(2026, 12), 31);
}

static void forms(void **state)
{
	static const char *const wrong[] = {
		"",
		"2026",
		"2026-11",
		"2026-11-2",
		"2026-11-31",
		"2026-13-01",
		"2026-00-10",
		"2026-02-29",
		"0000-01-01",
		"2026-11-23 ",
		"2026-11-23T",
		"2026-11-23T1:00",
		"2026-11-23T24:00",
		"2026-11-23T10:60",
		"2026-11-23T10:42:",
		"2026-11-23T10:42:60",
		"2026-11-23T10:42Z",
		" 2026-11-23",
		"+026-11-23",
		"2026/11/23",
	};
	int64_t local_s = 7;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_false(civil_parse(wrong[i], &local_s));
	}
	assert_int_equal(local_s, 7);
	assert_true(civil_parse("2026-11-23", &local_s));
	assert_int_equal(local_s, civil_day(2026, 11, 23) * (int64_t)DAY_S);
	assert_true(civil_parse("2026-11-23T10:42", &local_s));
	assert_int_equal(local_s % DAY_S, 10 * 3600 + 42 * 60);
	assert_true(civil_parse("2026-11-23T10:42:07", &local_s));
	assert_int_equal(local_s % 60, 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_and_back), cmocka_unit_test(before_1970), cmocka_unit_test(weekdays),
		cmocka_unit_test(iso_weeks),     cmocka_unit_test(months),      cmocka_unit_test(forms),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
