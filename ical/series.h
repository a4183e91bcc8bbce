/* Computes the starts of one series from its rules and dates, before exceptions. */
#ifndef ICAL_SERIES_H
#define ICAL_SERIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "event.h"
#include "when.h"
#include "zonenames.h"

struct instance {
	int64_t local_s; /* in the series' zone */
	int64_t value;   /* its identity within the series: the UTC second, or the day of an all-day series */
	const struct extra_date *rdate; /* that brought it; NULL: a rule or DTSTART */
};

struct instances {
	struct instance *items; /* ascending by value, each value once */
	size_t count, capacity;
};

struct series_query {
	const struct event *event;
	const struct when *when;
	struct zone_names *names;
	int64_t from_local_s, to_local_s; /* of starts, in the series' zone */
	int64_t steps_left;               /* is counted down */
	bool without_rules;               /* DTSTART and dates only: the rules ask for too much */
	bool ends_before_start;           /* set when a rule's UNTIL lies before DTSTART */
	/* Selects which of the starts found there are listed; NULL means all. */
	bool (*wants)(void *context, const struct instance *instance);
	void *context;
};

enum series_outcome { SERIES_READ, SERIES_TOO_MANY, SERIES_TOO_MUCH_WORK, SERIES_NO_MEMORY };

/* out_instances is filled only with SERIES_READ; the caller frees items. EXDATE and EXRULE are applied. */
enum series_outcome series_list(struct series_query *query, struct instances *out_instances);

#endif
