/* Walks over the rows that matter to a question: those of feeds of one kind, and of one day. The worker has found out
 * which they are; where it has not, all rows are looked at, and the answer is the same. */
#include "office.h"

#include <stdlib.h>
#include <string.h>

#include "ical/civil.h"
#include "ical/small.h"

/* The beginnings of days, from which the day of an instant is found without asking the zone. */
struct calendar {
	int32_t from_day;
	size_t count;
	int64_t *starts_utc; /* count + 1 of them */
};

/* Returns how many days after from_day the instant is; -1 before, `count` after the last of them. */
static ptrdiff_t place_of(const struct calendar *calendar, int64_t utc)
{
	const int64_t *starts = calendar->starts_utc;
	if (utc < starts[0]) {
		return -1;
	}
	if (utc >= starts[calendar->count]) {
		return (ptrdiff_t)calendar->count;
	}
	size_t at = (size_t)small_min((utc - starts[0]) / DAY_S, (int64_t)calendar->count - 1);
	while (starts[at] > utc) {
		at--;
	}
	while (starts[at + 1] <= utc) {
		at++;
	}
	return (ptrdiff_t)at;
}

/* Finds the days that the row touches, as places among those of the calendar; there are none when the first is after
 * the last. */
static void find_days(const struct calendar *calendar, const struct cache_row *row, int64_t ahead_s,
		      ptrdiff_t *out_first, ptrdiff_t *out_last)
{
	const struct span *span = &row->span;
	ptrdiff_t last_day = (ptrdiff_t)calendar->count - 1;
	ptrdiff_t first, last;
	if (span->all_day) {
		int32_t end_day = span->end_day > span->start_day ? span->end_day : span->start_day + 1;
		first = (ptrdiff_t)span->start_day - calendar->from_day;
		last = (ptrdiff_t)end_day - 1 - calendar->from_day;
	} else {
		bool is_empty = span->end_utc <= span->start_utc;
		first = place_of(calendar, span->start_utc - ahead_s);
		last = place_of(calendar, span->end_utc + is_empty - 1);
	}
	*out_first = first > 0 ? first : 0;
	*out_last = last < last_day ? last : last_day;
}

/* Adds up from which place on the rows of each day stand, when `first` has their numbers. */
static size_t add_up(uint32_t *first, size_t count)
{
	uint32_t sum = 0;
	for (size_t i = 0; i <= count; i++) {
		uint32_t own = first[i];
		first[i] = sum;
		sum += own;
	}
	return sum;
}

static void fill(struct snapshot_days *days, const struct cache_rows *rows, const struct calendar *calendar,
		 int64_t ahead_s)
{
	ptrdiff_t first, last;
	for (size_t i = 0; i < rows->count; i++) {
		find_days(calendar, &rows->items[i], ahead_s, &first, &last);
		for (ptrdiff_t day = first; day <= last; day++) {
			days->rows[days->first[day]++] = (uint32_t)i;
		}
	}
	/* Each has moved on to where the next day begins. */
	memmove(days->first + 1, days->first, days->count * sizeof(*days->first));
	days->first[0] = 0;
}

static struct snapshot_days *sort_by_day(const struct cache_rows *rows, const struct calendar *calendar,
					 int64_t ahead_s)
{
	uint32_t *counts = calloc(calendar->count + 1, sizeof(*counts));
	ptrdiff_t first, last;
	for (size_t i = 0; counts && i < rows->count; i++) {
		find_days(calendar, &rows->items[i], ahead_s, &first, &last);
		for (ptrdiff_t day = first; day <= last; day++) {
			counts[day]++;
		}
	}
	size_t sum = counts ? add_up(counts, calendar->count) : 0;
	struct snapshot_days *days = counts ? malloc(sizeof(*days) + (sum + 1) * sizeof(days->rows[0])) : NULL;
	if (!days) {
		free(counts);
		return NULL;
	}
	*days = (struct snapshot_days){.from_day = calendar->from_day, .count = calendar->count, .first = counts};
	fill(days, rows, calendar, ahead_s);
	return days;
}

void snapshot_part_find_days(struct snapshot_part *part, const struct zone *zone, int32_t from_day, int32_t to_day,
			     int64_t ahead_s)
{
	struct calendar calendar = {.from_day = from_day, .count = to_day > from_day ? (size_t)(to_day - from_day) : 0};
	calendar.starts_utc = calloc(calendar.count + 1, sizeof(*calendar.starts_utc));
	if (calendar.starts_utc && calendar.count > 0 && part->rows.count < UINT32_MAX) {
		for (size_t i = 0; i <= calendar.count; i++) {
			calendar.starts_utc[i] = zone_day_start(zone, from_day + (int32_t)i);
		}
		part->days = sort_by_day(&part->rows, &calendar, ahead_s);
	}
	free(calendar.starts_utc);
}

void office_walk(struct office_walk *walk, const struct office_input *input, enum feed_kind kind)
{
	*walk = (struct office_walk){.input = input, .kind = kind, .feed = -1, .name = ""};
}

void office_walk_day(struct office_walk *walk, const struct office_input *input, enum feed_kind kind, int32_t day)
{
	office_walk(walk, input, kind);
	walk->is_of_day = true;
	walk->day = day;
}

static int feed_index(const struct config *config, const char *name)
{
	for (size_t i = 0; i < config->feed_count; i++) {
		if (strcmp(config->feeds[i].name, name) == 0) {
			return (int)i;
		}
	}
	return -1;
}

static const struct cache_row *next_of_all(struct office_walk *walk)
{
	const struct cache_rows *rows = walk->input->rows;
	const struct config *config = walk->input->config;
	while (walk->at < rows->count) {
		const struct cache_row *row = &rows->items[walk->at++];
		if (walk->name != row->feed && strcmp(walk->name, row->feed) != 0) {
			walk->name = row->feed;
			walk->feed = feed_index(config, row->feed);
		}
		if (walk->feed >= 0 && config->feeds[walk->feed].kind == walk->kind) {
			return row;
		}
	}
	return NULL;
}

/* Returns the next row of the span; NULL: there is no more. */
static const struct cache_row *next_of_span(struct office_walk *walk, const struct snapshot_span *span)
{
	const struct cache_row *first = &walk->input->rows->items[span->first];
	const struct snapshot_days *days = walk->is_of_day ? span->days : NULL;
	if (days && walk->day >= days->from_day && (size_t)(walk->day - days->from_day) < days->count) {
		const uint32_t *bounds = &days->first[walk->day - days->from_day];
		return walk->at < bounds[1] - bounds[0] ? first + days->rows[bounds[0] + walk->at++] : NULL;
	}
	return walk->at < span->count ? first + walk->at++ : NULL;
}

const struct cache_row *office_walk_next(struct office_walk *walk)
{
	const struct office_input *input = walk->input;
	if (!input->spans) {
		return next_of_all(walk);
	}
	for (; walk->span < input->span_count; walk->span++, walk->at = 0) {
		const struct snapshot_span *span = &input->spans[walk->span];
		const struct cache_row *row =
			input->config->feeds[span->feed].kind == walk->kind ? next_of_span(walk, span) : NULL;
		if (row) {
			walk->feed = (int)span->feed;
			return row;
		}
	}
	return NULL;
}
