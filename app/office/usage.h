/* How much the places are used, in numbers that name nobody: stays by day, and by hour, weekday and place of a month.
 * They outlive the check-ins that they are counted from. No group of fewer than
 * USAGE_LEAST people is shown. Pure. */
#ifndef APP_OFFICE_USAGE_H
#define APP_OFFICE_USAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/config/config.h"
#include "db/journal.h"

enum { USAGE_DAY_PARTS = 24 /* hours */, USAGE_WEEKDAYS = 7 };

/* A day, or several in a row that had too few stays alone. */
struct usage_span {
	int32_t from_day, to_day; /* to inclusive */
	uint32_t stays;
};

struct usage_place {
	char *id;
	uint32_t stays;
};

struct usage_month {
	int32_t month_day; /* its first day */
	uint32_t hours[USAGE_DAY_PARTS], weekdays[USAGE_WEEKDAYS];
	struct usage_place *places;
	size_t place_count;
};

struct usage {
	struct usage_span *spans;
	size_t span_count;
	struct usage_month *months;
	size_t month_count;
	int32_t through_day; /* days up to this one are counted; 0 none */
};

void usage_finish(struct usage *usage);

int32_t usage_month_of(int32_t day); /* the first day of the month */

/* Counts the stays of the days after through_day and before to_day. Returns false when memory ran out; the numbers are
 * then of no use. */
bool usage_add(struct usage *usage, const struct zone *zone, const struct journal_entries *entries, int32_t to_day);

/* For who reads numbers from a file. The result is zeroed when it is new; NULL: no memory. */
struct usage_month *usage_month(struct usage *usage, int32_t month_day);
bool usage_add_span(struct usage *usage, const struct usage_span *span);
bool usage_add_place(struct usage_month *month, const char *id, uint32_t stays);

void usage_forget(struct usage *usage, int32_t before_day); /* forgets whole months */

/* Neighbours whose numbers are shown as one. */
struct usage_group {
	size_t first, last; /* indices into the numbers */
	uint32_t stays;
};

/* Groups the numbers that are not 0, in their order. Returns how many groups there are; when the only group has fewer
 * than USAGE_LEAST stays, its number must not be shown. */
size_t usage_group(const uint32_t *stays, size_t count, struct usage_group *out_groups);

#endif
