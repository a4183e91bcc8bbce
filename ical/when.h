/* Resolves the start and length of an event with its zone, so that a local start becomes a span. */
#ifndef ICAL_WHEN_H
#define ICAL_WHEN_H

#include <stdbool.h>
#include <stdint.h>

#include "event.h"
#include "zonenames.h"

struct when {
	bool all_day;
	const struct zone *zone;     /* of the start; for an all-day event the calendar's own */
	const struct zone *floating; /* the calendar's own */
	int64_t start_local_s;
	/* RFC 5545 section 3.8.5.3: a DTEND gives each occurrence the same exact length, a DURATION the same nominal
	 * one. days are civil days, seconds are exact. */
	int64_t days, seconds;
};

/* NULL, or the reason why the event makes no sense. out_unknown_zone: a zone had to be assumed. */
const char *when_resolve(const struct event *event, struct zone_names *names, struct when *out_when,
			 bool *out_unknown_zone);

/* Returns where the event begins, which distinguishes it from others with the same UID. */
int64_t when_start_value(const struct event *event, struct zone_names *names);

struct span when_span(const struct when *when, int64_t start_local_s);
struct span when_period_span(const struct when *when, const struct extra_date *date, struct zone_names *names,
			     int64_t start_local_s);

/* Reads a moment in the zone of `when`: its local second there and, for an event with a zone, its instant. */
int64_t when_local(const struct when *when, const struct moment *moment, struct zone_names *names);
int64_t when_day(const struct when *when, const struct moment *moment, struct zone_names *names);

/* Returns the civil time of a moment for a whole-day event: an instant is read on the calendar's own clock. */
int64_t when_civil(const struct zone *floating, int64_t local_s, bool is_utc);

int64_t when_longest_s(const struct when *when); /* no occurrence is longer */

#endif
