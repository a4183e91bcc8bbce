/* POSIX.1-2024 section 8.3, the form without a leading colon. RFC 9636 section 3.3.1 extends the hours of a change from
 * 0 to 24 to -167 to 167. Unlike POSIX, a summer time without dates is refused: only the writer knows what it means. */
#include "tzrule.h"

#include "civil.h"

enum { NAME_MIN = 3, OFFSET_HOURS_MAX = 24, TIME_HOURS_MAX = 167, CHANGE_DEFAULT_S = 2 * 3600, SUMMER_S = 3600 };

struct cursor {
	const char *at, *end;
};

static bool take(struct cursor *cursor, char byte)
{
	if (cursor->at == cursor->end || *cursor->at != byte) {
		return false;
	}
	cursor->at++;
	return true;
}

static bool is_digit(const struct cursor *cursor)
{
	return cursor->at < cursor->end && *cursor->at >= '0' && *cursor->at <= '9';
}

static bool is_letter(char byte)
{
	return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
}

static bool take_number(struct cursor *cursor, int min, int max, int *out_number)
{
	int number = 0;

	if (!is_digit(cursor)) {
		return false;
	}
	while (is_digit(cursor)) {
		number = number * 10 + (*cursor->at++ - '0');
		if (number > max) {
			return false;
		}
	}
	*out_number = number;
	return number >= min;
}

/* "CET", "<+0330>" */
static bool take_name(struct cursor *cursor)
{
	bool is_quoted = take(cursor, '<');
	const char *start = cursor->at;

	while (cursor->at < cursor->end &&
	       (is_letter(*cursor->at) ||
		(is_quoted && (is_digit(cursor) || *cursor->at == '+' || *cursor->at == '-')))) {
		cursor->at++;
	}
	return cursor->at - start >= NAME_MIN && (!is_quoted || take(cursor, '>'));
}

/* "1", "-12:45", "+03:30:15" */
static bool take_time(struct cursor *cursor, int hours_max, int32_t *out_time_s)
{
	int hours, minutes = 0, seconds = 0;
	bool is_negative = take(cursor, '-');

	if ((!is_negative && take(cursor, '+') && !is_digit(cursor)) || !take_number(cursor, 0, hours_max, &hours)) {
		return false;
	}
	if (take(cursor, ':')) {
		if (!take_number(cursor, 0, 59, &minutes) ||
		    (take(cursor, ':') && !take_number(cursor, 0, 59, &seconds))) {
			return false;
		}
	}
	*out_time_s = (hours * 3600 + minutes * 60 + seconds) * (is_negative ? -1 : 1);
	return true;
}

static bool take_date(struct cursor *cursor, struct tzrule_date *out_date)
{
	struct tzrule_date date = {.time_s = CHANGE_DEFAULT_S};
	bool ok;

	if (take(cursor, 'M')) {
		date.form = TZRULE_WEEKDAY;
		ok = take_number(cursor, 1, 12, &date.month) && take(cursor, '.') &&
		     take_number(cursor, 1, 5, &date.week) && take(cursor, '.') &&
		     take_number(cursor, 0, 6, &date.weekday);
	} else if (take(cursor, 'J')) {
		date.form = TZRULE_JULIAN;
		ok = take_number(cursor, 1, 365, &date.day);
	} else {
		date.form = TZRULE_DAY_OF_YEAR;
		ok = take_number(cursor, 0, 365, &date.day);
	}
	if (!ok || (take(cursor, '/') && !take_time(cursor, TIME_HOURS_MAX, &date.time_s))) {
		return false;
	}
	*out_date = date;
	return true;
}

bool tzrule_parse(const char *text, size_t length, struct tzrule *out_rule)
{
	struct cursor cursor = {text, text + length};
	struct tzrule rule = {0};
	int32_t west_s;

	if (!take_name(&cursor) || !take_time(&cursor, OFFSET_HOURS_MAX, &west_s)) {
		return false;
	}
	rule.standard_s = -west_s;
	if (cursor.at < cursor.end) {
		rule.has_summer = true;
		rule.summer_s = rule.standard_s + SUMMER_S;
		if (!take_name(&cursor)) {
			return false;
		}
		if (!take(&cursor, ',')) {
			if (!take_time(&cursor, OFFSET_HOURS_MAX, &west_s) || !take(&cursor, ',')) {
				return false;
			}
			rule.summer_s = -west_s;
		}
		if (!take_date(&cursor, &rule.begins) || !take(&cursor, ',') || !take_date(&cursor, &rule.ends)) {
			return false;
		}
	}
	if (cursor.at != cursor.end) {
		return false;
	}
	*out_rule = rule;
	return true;
}

static int32_t day_of(const struct tzrule_date *date, int year)
{
	int32_t day = civil_day(year, 1, 1);
	bool is_leap = civil_days_in_month(year, 2) == 29;
	int32_t first;

	switch (date->form) {
	case TZRULE_JULIAN:
		return day + date->day - 1 + (is_leap && date->day >= 60);
	case TZRULE_DAY_OF_YEAR:
		return day + date->day;
	case TZRULE_WEEKDAY:
		break;
	}
	first = civil_day(year, date->month, 1);
	day = first + (date->weekday + 6 - civil_weekday(first)) % 7 + (date->week - 1) * 7;
	if (day >= first + civil_days_in_month(year, date->month)) { /* week 5 of a month that has four */
		day -= 7;
	}
	return day;
}

int64_t tzrule_begin_utc(const struct tzrule *rule, int year)
{
	return (int64_t)day_of(&rule->begins, year) * DAY_S + rule->begins.time_s - rule->standard_s;
}

int64_t tzrule_end_utc(const struct tzrule *rule, int year)
{
	return (int64_t)day_of(&rule->ends, year) * DAY_S + rule->ends.time_s - rule->summer_s;
}
