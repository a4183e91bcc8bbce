/* See rulefilter.h. Each part is a test of one day; no list of days is ever made. */
#include "rulefilter.h"

#include <stdlib.h>

#include "civil.h"
#include "small.h"

/* `n` from the start, of `total`. */
static bool ordinals_match(const struct rule_ordinals *ordinals, int n, int total)
{
	int back = total - n + 1;
	return small_has_bit(ordinals->forward[n / 64], n % 64) ||
	       small_has_bit(ordinals->backward[back / 64], back % 64);
}

struct week rule_week_of(const struct rule *rule, int32_t day)
{
	int32_t middle = day - (civil_weekday(day) - rule->week_start + 7) % 7 + 3;
	int year = civil_from_local((int64_t)middle * DAY_S).year;
	int number = (middle - civil_day(year, 1, 1)) / 7 + 1;
	int32_t first_middle = middle - (number - 1) * 7;
	int total = (civil_day(year + 1, 1, 1) - 1 - first_middle) / 7 + 1;

	return (struct week){.year = year, .number = number, .total = total, .first_day = first_middle - 3};
}

static bool weekday_passes(const struct rule *rule, const struct civil *date, int32_t day)
{
	int weekday = civil_weekday(day);
	int nth, total;

	if (rule->weekdays == 0 && !rule->any_nth_weekday) {
		return true;
	}
	if (small_has_bit(rule->weekdays, weekday)) {
		return true;
	}
	if (!rule->any_nth_weekday) {
		return false;
	}
	if (rule->freq == RULE_MONTHLY || rule->months != 0) {
		int days = civil_days_in_month(date->year, date->month);

		nth = (date->day - 1) / 7 + 1;
		total = nth + (days - date->day) / 7;
	} else {
		int32_t new_year = civil_day(date->year, 1, 1);

		nth = (day - new_year) / 7 + 1;
		total = nth + (civil_day(date->year, 12, 31) - day) / 7;
	}
	return small_has_bit(rule->nth_weekdays[weekday], nth) ||
	       small_has_bit(rule->nth_weekdays_from_end[weekday], total - nth + 1);
}

/* `date` is the day's. */
static bool passes(const struct rule *rule, const struct civil *date, int32_t day)
{
	if (rule->months != 0 && !small_has_bit(rule->months, date->month)) {
		return false;
	}
	if (rule->month_days.any &&
	    !ordinals_match(&rule->month_days, date->day, civil_days_in_month(date->year, date->month))) {
		return false;
	}
	if (rule->year_days.any) {
		int32_t new_year = civil_day(date->year, 1, 1);
		int total = civil_day(date->year, 12, 31) - new_year + 1;

		if (!ordinals_match(&rule->year_days, day - new_year + 1, total)) {
			return false;
		}
	}
	if (rule->weeks.any) {
		struct week week = rule_week_of(rule, day);

		if (!ordinals_match(&rule->weeks, week.number, week.total)) {
			return false;
		}
	}
	return weekday_passes(rule, date, day);
}

bool rule_passes_day(const struct rule *rule, int32_t day)
{
	struct civil date = civil_from_local((int64_t)day * DAY_S);
	return passes(rule, &date, day);
}

/* Returns a bit for each weekday that can pass. */
static uint32_t possible_weekdays(const struct rule *rule)
{
	const uint32_t every_weekday = 0x7F;
	uint32_t weekdays = rule->weekdays;

	for (int i = 0; i < 7 && rule->any_nth_weekday; i++) {
		if (rule->nth_weekdays[i] || rule->nth_weekdays_from_end[i]) {
			weekdays |= 1U << i;
		}
	}
	return weekdays != 0 ? weekdays : every_weekday;
}

/* Goes month by month, because a month that the rule does not name has no day to examine, and only the first day of a
 * month has to be converted to a date. */
int rule_find_days(const struct rule *rule, int32_t first, int32_t end, int32_t *out_days)
{
	struct civil date = civil_from_local((int64_t)first * DAY_S);
	uint32_t weekdays = possible_weekdays(rule);
	int count = 0;

	for (int32_t day = first; day < end;) {
		int32_t next_month = day - date.day + 1 + civil_days_in_month(date.year, date.month);
		int32_t stop = next_month < end ? next_month : end;
		int weekday = civil_weekday(day);

		if (rule->months != 0 && !small_has_bit(rule->months, date.month)) {
			day = stop;
		}
		for (; day < stop; day++, date.day++) {
			if (small_has_bit(weekdays, weekday) && passes(rule, &date, day)) {
				out_days[count++] = day;
			}
			weekday = weekday == 6 ? 0 : weekday + 1;
		}
		date.day = 1;
		date.year += date.month / 12;
		date.month = date.month % 12 + 1;
	}
	return count;
}

/* Whether some ordinal beyond `total` is wanted, from the start or from the end. */
static bool any_beyond(const uint64_t *words, int total)
{
	for (int n = total + 1; n <= RULE_ORDINAL_MAX; n++) {
		if (small_has_bit(words[n / 64], n % 64)) {
			return true;
		}
	}
	return false;
}

struct substitutes {
	const struct rule *rule;
	struct rule rest; /* without what has been answered by choosing the day */
	int32_t *days;
	size_t count;
};

static void substitute(struct substitutes *substitutes, int32_t day)
{
	if (rule_passes_day(&substitutes->rest, day)) {
		substitutes->days[substitutes->count++] = day;
	}
}

/* RFC 7529 section 4.1: "the 31st" of a month without one is the day before or behind the gap, and so is "the 31st from
 * the end", whose gap is at the month's start. The days [first, end) are a month or a year. */
static void substitute_beyond(struct substitutes *substitutes, const struct rule_ordinals *ordinals, int32_t first,
			      int32_t end)
{
	bool forward = substitutes->rule->skip == RULE_SKIP_FORWARD;

	if (any_beyond(ordinals->backward, end - first)) {
		substitute(substitutes, forward ? first : first - 1);
	}
	if (any_beyond(ordinals->forward, end - first)) {
		substitute(substitutes, forward ? end : end - 1);
	}
}

static int compare_days(const void *left, const void *right)
{
	int32_t a = *(const int32_t *)left, b = *(const int32_t *)right;
	return a < b ? -1 : a > b;
}

size_t rule_find_substitutes(const struct rule *rule, int32_t first, int32_t out_days[RULE_SUBSTITUTES_MAX])
{
	struct civil date = civil_from_local((int64_t)first * DAY_S);
	int last_month = rule->freq == RULE_YEARLY ? 12 : date.month;
	struct substitutes substitutes = {.rule = rule, .rest = *rule, .days = out_days};
	const uint32_t every_month = 0x1FFE;
	size_t distinct = 0;

	if (rule->skip == RULE_SKIP_OMIT || rule->freq < RULE_MONTHLY || rule->weeks.any) {
		return 0;
	}
	substitutes.rest.months = rule->months ? every_month : 0;
	substitutes.rest.month_days.any = false;
	for (int month = date.month; month <= last_month && rule->month_days.any; month++) {
		int32_t start = civil_day(date.year, month, 1);

		if (rule->months == 0 || small_has_bit(rule->months, month)) {
			substitute_beyond(&substitutes, &rule->month_days, start,
					  start + civil_days_in_month(date.year, month));
		}
	}
	substitutes.rest = *rule;
	substitutes.rest.year_days.any = false;
	if (rule->freq == RULE_YEARLY && rule->year_days.any) {
		substitute_beyond(&substitutes, &rule->year_days, first, civil_day(date.year + 1, 1, 1));
	}
	qsort(out_days, substitutes.count, sizeof(*out_days), compare_days);
	for (size_t i = 0; i < substitutes.count; i++) {
		if (i == 0 || out_days[i] != out_days[distinct - 1]) {
			out_days[distinct++] = out_days[i];
		}
	}
	return distinct;
}

size_t rule_find_positions(const struct rule_ordinals *positions, int64_t total, int64_t *out_indices)
{
	size_t count = 0, distinct = 0;

	for (int n = 1; n <= RULE_ORDINAL_MAX && n <= total; n++) {
		if (small_has_bit(positions->forward[n / 64], n % 64)) {
			out_indices[count++] = n - 1;
		}
		if (small_has_bit(positions->backward[n / 64], n % 64)) {
			out_indices[count++] = total - n;
		}
	}
	qsort(out_indices, count, sizeof(*out_indices), small_compare);
	for (size_t i = 0; i < count; i++) {
		if (i == 0 || out_indices[i] != out_indices[i - 1]) {
			out_indices[distinct++] = out_indices[i];
		}
	}
	return distinct;
}
