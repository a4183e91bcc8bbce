/* See civil.h. Days are counted with years that begin in March, so that the leap day comes last and one linear formula
 * gives the length of every month (Hinnant, "chrono-compatible low-level date algorithms"). */
#include "civil.h"
#include "small.h"

#include <stddef.h>

enum { DAYS_PER_ERA = 146097, YEARS_PER_ERA = 400, EPOCH_FROM_MARCH_0000 = 719468 };

int32_t civil_day(int year, int month, int day)
{
	int march_year = month <= 2 ? year - 1 : year;
	int era = (int)small_floor_div(march_year, YEARS_PER_ERA);
	int year_of_era = march_year - era * YEARS_PER_ERA;
	int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
	int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
	return era * DAYS_PER_ERA + day_of_era - EPOCH_FROM_MARCH_0000;
}

struct civil civil_from_local(int64_t local_s)
{
	int64_t day = small_floor_div(local_s, DAY_S);
	int second_of_day = (int)(local_s - day * DAY_S);
	int64_t shifted = day + EPOCH_FROM_MARCH_0000;
	int64_t era = small_floor_div(shifted, DAYS_PER_ERA);
	int day_of_era = (int)(shifted - era * DAYS_PER_ERA);
	int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int month_from_march = (5 * day_of_year + 2) / 153;
	int month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;

	return (struct civil){
		.year = (int)(era * YEARS_PER_ERA) + year_of_era + (month <= 2 ? 1 : 0),
		.month = month,
		.day = day_of_year - (153 * month_from_march + 2) / 5 + 1,
		.hour = second_of_day / 3600,
		.minute = second_of_day / 60 % 60,
		.second = second_of_day % 60,
	};
}

int64_t civil_to_local(const struct civil *civil)
{
	int64_t day = civil_day(civil->year, civil->month, civil->day);
	return day * DAY_S + civil->hour * 3600 + civil->minute * 60 + civil->second;
}

int32_t civil_day_of(int64_t local_s)
{
	return (int32_t)small_floor_div(local_s, DAY_S);
}

int64_t civil_second_of_day(int64_t local_s)
{
	return local_s - small_floor_div(local_s, DAY_S) * DAY_S;
}

int civil_weekday(int32_t day)
{
	/* 1970-01-01 was a Thursday. */
	int64_t shifted = (int64_t)day + 3;
	return (int)(shifted - small_floor_div(shifted, 7) * 7);
}

int civil_iso_week(int32_t day, int *out_year)
{
	/* A week belongs to the year that contains its Thursday. */
	int32_t thursday = day - civil_weekday(day) + 3;
	int year = civil_from_local((int64_t)thursday * DAY_S).year;

	if (out_year) {
		*out_year = year;
	}
	return (thursday - civil_day(year, 1, 1)) / 7 + 1;
}

int civil_days_in_month(int year, int month)
{
	static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
	return month == 2 && leap ? 29 : lengths[month - 1];
}

/* Reads exactly `digits` digits and moves *text past them. */
static bool read_number(const char **text, int digits, int *out_value)
{
	int value = 0;

	for (int i = 0; i < digits; i++, (*text)++) {
		if (**text < '0' || **text > '9') {
			return false;
		}
		value = value * 10 + (**text - '0');
	}
	*out_value = value;
	return true;
}

static bool read_mark(const char **text, char mark)
{
	if (**text != mark) {
		return false;
	}
	(*text)++;
	return true;
}

static bool read_time(const char **text, struct civil *civil)
{
	if (!read_number(text, 2, &civil->hour) || !read_mark(text, ':') || !read_number(text, 2, &civil->minute)) {
		return false;
	}
	if (**text == ':' && (!read_mark(text, ':') || !read_number(text, 2, &civil->second))) {
		return false;
	}
	return civil->hour < 24 && civil->minute < 60 && civil->second < 60;
}

bool civil_parse(const char *text, int64_t *out_local_s)
{
	struct civil civil = {0};

	if (!read_number(&text, 4, &civil.year) || !read_mark(&text, '-') || !read_number(&text, 2, &civil.month) ||
	    !read_mark(&text, '-') || !read_number(&text, 2, &civil.day)) {
		return false;
	}
	if (civil.year < 1 || civil.month < 1 || civil.month > 12 || civil.day < 1 ||
	    civil.day > civil_days_in_month(civil.year, civil.month)) {
		return false;
	}
	if (*text == 'T' && (!read_mark(&text, 'T') || !read_time(&text, &civil))) {
		return false;
	}
	if (*text != '\0') {
		return false;
	}
	*out_local_s = civil_to_local(&civil);
	return true;
}
