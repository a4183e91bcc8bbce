/* Expands rules by filtering. For DAILY and longer frequencies, a period is a run of days, of which the filter passes
 * some, combined with the set of times of day; BYSETPOS picks from that product by arithmetic. For HOURLY and shorter
 * ones, rejected periods are skipped a day, an hour or a minute at a time. */
#include "rule.h"

#include <string.h>

#include "civil.h"
#include "rulefilter.h"
#include "small.h"

enum { PERIOD_DAYS_MAX = 53 * 7 + 7 + RULE_SUBSTITUTES_MAX };

/* Past the last year that four digits can write, nothing recurs. */
static const int64_t last_local_s = INT64_C(253402300799);

struct walk {
	struct rule rule; /* with what DTSTART decides filled in */
	struct rule_query query;
	bool (*on_time)(void *context, int64_t local_s);
	void *context;
	bool counted;
	int64_t count_left;
	int64_t last_s;    /* the last time that was generated: a date that was put in another's place may come twice */
	enum rule_end end; /* RULE_DONE until something else ended the walk */
	bool over;

	int hours[24], minutes[61], seconds[61]; /* the times of day, ascending */
	int hour_count, minute_count, second_count;
};

static void finish(struct walk *walk, enum rule_end end)
{
	walk->over = true;
	walk->end = end;
}

/* False when the work is used up. */
static bool spend(struct walk *walk, int64_t steps)
{
	*walk->query.steps_left -= steps;
	if (*walk->query.steps_left < 0) {
		finish(walk, RULE_TOO_MUCH_WORK);
	}
	return !walk->over;
}

/* One generated time; they come in ascending order. */
static void emit(struct walk *walk, int64_t local_s)
{
	if (local_s <= walk->last_s) {
		return;
	}
	walk->last_s = local_s;
	if (local_s == walk->query.start_s && !walk->query.only_generated) { /* it has been listed */
		return;
	}
	if (local_s >= walk->query.to_s || local_s > last_local_s || (walk->counted && walk->count_left == 0)) {
		finish(walk, RULE_DONE);
		return;
	}
	walk->count_left--;
	if (!spend(walk, 1)) {
		return;
	}
	if (local_s >= walk->query.from_s && !walk->on_time(walk->context, local_s)) {
		finish(walk, RULE_STOPPED);
	}
}

static void emit_time_of_day(struct walk *walk, int32_t day, int64_t index)
{
	int64_t per_hour = (int64_t)walk->minute_count * walk->second_count;
	int hour = walk->hours[index / per_hour];
	int minute = walk->minutes[index % per_hour / walk->second_count];
	int second = walk->seconds[index % walk->second_count];

	emit(walk, (int64_t)day * DAY_S + hour * 3600 + minute * 60 + second);
}

static void emit_day(struct walk *walk, int32_t day)
{
	int64_t times = (int64_t)walk->hour_count * walk->minute_count * walk->second_count;
	bool before_window = (int64_t)(day + 1) * DAY_S <= walk->query.from_s;

	if (before_window && !walk->counted) {
		return;
	}
	if (before_window && day > civil_day_of(walk->query.start_s) && walk->count_left > times) {
		if (day > civil_day_of(walk->last_s)) {
			walk->count_left -= times;
			walk->last_s = (int64_t)(day + 1) * DAY_S - 1;
		}
		return;
	}
	for (int64_t i = 0; i < times && !walk->over; i++) {
		emit_time_of_day(walk, day, i);
	}
}

/* Adds the days that stand in for others, in order. Returns how many there are now. */
static int add_substitutes(const struct walk *walk, int32_t first, int32_t *days, int count)
{
	int32_t substitutes[RULE_SUBSTITUTES_MAX];
	size_t left = rule_find_substitutes(&walk->rule, first, substitutes);

	for (size_t i = 0; i < left; i++) {
		int at = count;

		while (at > 0 && days[at - 1] > substitutes[i]) {
			at--;
		}
		if (at > 0 && days[at - 1] == substitutes[i]) {
			continue;
		}
		memmove(days + at + 1, days + at, (size_t)(count - at) * sizeof(*days));
		days[at] = substitutes[i];
		count++;
	}
	return count;
}

/* The days [first, end) are one period. */
static void emit_period(struct walk *walk, int32_t first, int32_t end)
{
	int32_t days[PERIOD_DAYS_MAX];
	int64_t indices[RULE_POSITIONS_MAX];
	int64_t times = (int64_t)walk->hour_count * walk->minute_count * walk->second_count;
	int day_count;
	size_t count;

	if (!spend(walk, end - first)) {
		return;
	}
	day_count = rule_find_days(&walk->rule, first, end, days);
	if (walk->rule.skip != RULE_SKIP_OMIT) {
		day_count = add_substitutes(walk, first, days, day_count);
	}
	if (!walk->rule.positions.any) {
		for (int i = 0; i < day_count && !walk->over; i++) {
			emit_day(walk, days[i]);
		}
		return;
	}
	if (!spend(walk, RULE_ORDINAL_MAX)) {
		return;
	}
	count = rule_find_positions(&walk->rule.positions, day_count * times, indices);
	for (size_t i = 0; i < count && !walk->over; i++) {
		emit_time_of_day(walk, days[indices[i] / times], indices[i] % times);
	}
}

/* The number of the first period worth a look: one before the window's, for whatever hangs over its edge. */
static int64_t first_period(const struct walk *walk, int64_t periods_to_window)
{
	int64_t number = small_floor_div(periods_to_window, walk->rule.interval) - 1;
	return walk->counted || number < 0 ? 0 : number;
}

/* A window that begins after the last year has nothing in it; clamping keeps the sums below in range. */
static int64_t window_start(const struct walk *walk)
{
	return walk->query.from_s < walk->query.start_s ? walk->query.start_s : walk->query.from_s;
}

/* How many days before its beginning a period may have an occurrence. */
static int reach_back(const struct walk *walk)
{
	return walk->rule.skip == RULE_SKIP_BACKWARD ? 1 : 0;
}

static void walk_years(struct walk *walk)
{
	const struct rule *rule = &walk->rule;
	bool by_week = rule->weeks.any;
	int backward = reach_back(walk);
	int32_t start_day = civil_day_of(walk->query.start_s);
	int base = by_week ? rule_week_of(rule, start_day).year : civil_from_local(walk->query.start_s).year;
	int window_year = civil_from_local(window_start(walk)).year;

	for (int64_t i = first_period(walk, window_year - base); !walk->over; i++) {
		int64_t year = base + i * rule->interval;
		int32_t first, end;

		if (year > 9999) {
			break;
		}
		first = civil_day((int)year, 1, 1);
		end = civil_day((int)year + 1, 1, 1);
		if (by_week) { /* 4 January lies in week 1 */
			first = rule_week_of(rule, first + 3).first_day;
			end = rule_week_of(rule, end + 3).first_day;
		}
		if ((int64_t)(first - backward) * DAY_S >= walk->query.to_s) {
			break;
		}
		emit_period(walk, first, end);
	}
}

static void walk_months(struct walk *walk)
{
	struct civil start = civil_from_local(walk->query.start_s);
	struct civil window = civil_from_local(window_start(walk));
	int64_t base = (int64_t)start.year * 12 + start.month - 1;
	int64_t to_window = (int64_t)window.year * 12 + window.month - 1 - base;
	int backward = reach_back(walk);

	for (int64_t i = first_period(walk, to_window); !walk->over; i++) {
		int64_t number = base + i * walk->rule.interval;
		int year, month;
		int32_t first;

		if (number / 12 > 9999) {
			break;
		}
		year = (int)(number / 12);
		month = (int)(number % 12) + 1;
		first = civil_day(year, month, 1);
		if ((int64_t)(first - backward) * DAY_S >= walk->query.to_s) {
			break;
		}
		if (walk->rule.months != 0 && !small_has_bit(walk->rule.months, month)) {
			if (!spend(walk, 1)) {
				break;
			}
			continue;
		}
		emit_period(walk, first, first + civil_days_in_month(year, month));
	}
}

/* Weeks and days: periods of `length` days. */
static void walk_days(struct walk *walk, int32_t base, int32_t length)
{
	int64_t to_window = ((int64_t)civil_day_of(window_start(walk)) - base) / length;

	for (int64_t i = first_period(walk, to_window); !walk->over; i++) {
		int64_t first = base + i * walk->rule.interval * length;

		if (first * DAY_S >= walk->query.to_s || first * DAY_S > last_local_s) {
			break;
		}
		emit_period(walk, (int32_t)first, (int32_t)first + length);
	}
}

/* The first period's start at or after `target_s`. */
static int64_t align_up(int64_t base_s, int64_t step_s, int64_t target_s)
{
	return base_s - small_floor_div(base_s - target_s, step_s) * step_s;
}

/* Where to go on when the period at `at_s` is not in the set; at_s itself when it is. */
static int64_t leap(const struct walk *walk, int64_t at_s, int64_t unit_s)
{
	const struct rule *rule = &walk->rule;
	int64_t second_of_day = civil_second_of_day(at_s);

	if (!rule_passes_day(rule, civil_day_of(at_s))) {
		return at_s - second_of_day + DAY_S;
	}
	if (rule->hours != 0 && !small_has_bit(rule->hours, (int)(second_of_day / 3600))) {
		return at_s - second_of_day % 3600 + 3600;
	}
	if (unit_s < 3600 && rule->minutes != 0 && !small_has_bit(rule->minutes, (int)(second_of_day / 60 % 60))) {
		return at_s - second_of_day % 60 + 60;
	}
	if (unit_s == 1 && rule->seconds != 0 && !small_has_bit(rule->seconds, (int)(second_of_day % 60))) {
		return at_s + 1;
	}
	return at_s;
}

/* What one hour, minute or second holds. */
static void emit_short_period(struct walk *walk, int64_t at_s, int64_t unit_s)
{
	int64_t minutes = unit_s == 3600 ? walk->minute_count : 1;
	int64_t seconds = unit_s > 1 ? walk->second_count : 1;
	int64_t indices[RULE_POSITIONS_MAX];
	size_t count = (size_t)(minutes * seconds);
	bool picked = walk->rule.positions.any;

	if (picked) {
		if (!spend(walk, RULE_ORDINAL_MAX)) {
			return;
		}
		count = rule_find_positions(&walk->rule.positions, minutes * seconds, indices);
	}
	for (size_t i = 0; i < count && !walk->over; i++) {
		int64_t index = picked ? indices[i] : (int64_t)i;
		int64_t time_s = at_s;

		if (unit_s == 3600) {
			time_s += walk->minutes[index / seconds] * 60;
		}
		if (unit_s > 1) {
			time_s += walk->seconds[index % seconds];
		}
		emit(walk, time_s);
	}
}

static void walk_short(struct walk *walk, int64_t unit_s)
{
	int64_t step_s = walk->rule.interval * unit_s;
	int64_t base_s = small_floor_div(walk->query.start_s, unit_s) * unit_s;
	int64_t at_s = base_s;

	if (!walk->counted) {
		at_s = align_up(base_s, step_s, window_start(walk) - unit_s);
	}
	if (at_s < base_s) {
		at_s = base_s;
	}
	while (!walk->over && at_s < walk->query.to_s && at_s <= last_local_s) {
		int64_t next_s = leap(walk, at_s, unit_s);

		if (!spend(walk, 1)) {
			return;
		}
		if (next_s == at_s) {
			emit_short_period(walk, at_s, unit_s);
			at_s += step_s;
		} else {
			at_s = align_up(base_s, step_s, next_s);
		}
	}
}

static bool is_plain(const struct rule *rule)
{
	return !rule->seconds && !rule->minutes && !rule->hours && !rule->months && !rule->weekdays &&
	       !rule->any_nth_weekday && !rule->month_days.any && !rule->year_days.any && !rule->weeks.any &&
	       !rule->positions.any;
}

/* Without any BY part, weeks and what is shorter are an arithmetic progression. */
static void walk_plain(struct walk *walk, int64_t unit_s)
{
	int64_t step_s = walk->rule.interval * unit_s;
	int64_t start_s = walk->query.start_s;
	int64_t first = walk->query.only_generated ? 0 : 1;
	int64_t number = walk->query.from_s > start_s ? (walk->query.from_s - start_s - 1) / step_s + 1 : first;

	if (number < first) {
		number = first;
	}
	if (walk->counted && number - first >= walk->count_left) {
		return;
	}
	walk->count_left -= number - first;
	for (; !walk->over; number++) {
		emit(walk, start_s + number * step_s);
	}
}

static int list_bits(uint64_t bits, int count, int *out_values)
{
	int found = 0;

	for (int i = 0; i < count; i++) {
		if (small_has_bit(bits, i)) {
			out_values[found++] = i;
		}
	}
	return found;
}

static void fill_times(struct walk *walk)
{
	struct civil start = civil_from_local(walk->query.start_s);
	struct rule *rule = &walk->rule;

	if (walk->query.is_date) { /* RFC 5545: these parts MUST be ignored then */
		rule->hours = 1;
		rule->minutes = rule->seconds = 1;
	}
	if (rule->hours == 0 && rule->freq > RULE_HOURLY) {
		rule->hours = 1U << start.hour;
	}
	if (rule->minutes == 0 && rule->freq > RULE_MINUTELY) {
		rule->minutes = UINT64_C(1) << start.minute;
	}
	if (rule->seconds == 0 && rule->freq > RULE_SECONDLY) {
		rule->seconds = UINT64_C(1) << start.second;
	}
	walk->hour_count = list_bits(rule->hours, 24, walk->hours);
	walk->minute_count = list_bits(rule->minutes, 60, walk->minutes);
	walk->second_count = list_bits(rule->seconds, 60, walk->seconds); /* there is no second 60 */
}

/* "Information, not contained in the rule, necessary to determine the various recurrence instance start time and
 * dates are derived from the Start Time" (RFC 5545 section 3.3.10). */
static void fill_days(struct walk *walk)
{
	struct civil start = civil_from_local(walk->query.start_s);
	struct rule *rule = &walk->rule;
	bool by_week = rule->freq == RULE_YEARLY && rule->weeks.any;
	bool any_day;

	if (rule->any_nth_weekday && (rule->freq < RULE_MONTHLY || by_week)) {
		/* The number means nothing there; the weekday still does. */
		for (int i = 0; i < 7; i++) {
			if (rule->nth_weekdays[i] || rule->nth_weekdays_from_end[i]) {
				rule->weekdays |= 1U << i;
			}
		}
		rule->any_nth_weekday = false;
	}
	any_day = rule->weekdays || rule->any_nth_weekday || rule->month_days.any || rule->year_days.any;
	if (any_day || rule->freq < RULE_WEEKLY) {
		return;
	}
	if (rule->freq == RULE_WEEKLY || rule->weeks.any) {
		rule->weekdays = 1U << civil_weekday(civil_day_of(walk->query.start_s));
		return;
	}
	if (rule->freq == RULE_YEARLY && rule->months == 0) {
		rule->months = 1U << start.month;
	}
	rule->month_days.any = true;
	rule->month_days.forward[0] = UINT64_C(1) << start.day;
}

static void walk_rule(struct walk *walk)
{
	static const int64_t units_s[] = {1, 60, 3600, DAY_S, 7 * DAY_S};
	enum rule_freq freq = walk->rule.freq;
	int32_t start_day = civil_day_of(walk->query.start_s);

	if (freq <= RULE_WEEKLY && is_plain(&walk->rule)) {
		walk_plain(walk, units_s[freq]);
		return;
	}
	fill_times(walk);
	fill_days(walk);
	if (walk->second_count == 0 && freq > RULE_SECONDLY) {
		return;
	}
	switch (freq) {
	case RULE_YEARLY:
		walk_years(walk);
		break;
	case RULE_MONTHLY:
		walk_months(walk);
		break;
	case RULE_WEEKLY:
		walk_days(walk, start_day - (civil_weekday(start_day) - walk->rule.week_start + 7) % 7, 7);
		break;
	case RULE_DAILY:
		walk_days(walk, start_day, 1);
		break;
	case RULE_HOURLY:
	case RULE_MINUTELY:
	case RULE_SECONDLY:
		walk_short(walk, units_s[freq]);
		break;
	}
}

enum rule_end rule_expand(const struct rule *rule, const struct rule_query *query,
			  bool (*on_time)(void *context, int64_t local_s), void *context)
{
	struct walk walk = {
		.rule = *rule,
		.query = *query,
		.on_time = on_time,
		.context = context,
		.counted = rule->count > 0,
		.count_left = rule->count - (query->only_generated ? 0 : 1),
		.last_s = query->start_s - 1,
	};

	if (query->start_s >= query->to_s) {
		return RULE_DONE;
	}
	if (!query->only_generated && query->start_s >= query->from_s && !on_time(context, query->start_s)) {
		return RULE_STOPPED;
	}
	walk_rule(&walk);
	return walk.end;
}
