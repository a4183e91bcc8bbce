/* Turns one body, fed in pieces, into its occurrences. It holds only what can matter in the window, and hands nothing
 * out before the whole body has been accepted. */
#ifndef ICAL_CALENDAR_H
#define ICAL_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "err.h"
#include "expand.h"
#include "icslimits.h"
#include "zone.h"

struct calendar;

struct calendar_request {
	const struct zone *office;        /* borrowed */
	const struct zoneinfo *zoneinfo;  /* borrowed; NULL: the system's, opened when the calendar is created */
	int64_t from_local_s, to_local_s; /* [from, to) */
	bool with_cancelled, want_description;
	bool has_objects; /* the body is a row of calendars that are independent of each other, each ended by a NUL */
};

/* Lives as long as the calendar. */
struct calendar_result {
	struct hits hits;     /* sorted by start */
	uint32_t event_count; /* VEVENTs seen */
	struct tally skipped, assumed;
	uint32_t object_count;                   /* with has_objects */
	uint32_t unreadable[ICS_UNREADABLE_MAX]; /* the numbers of the first that could not be read, from 0 */
	uint32_t unreadable_count;               /* of all of them */
};

struct calendar *calendar_create(const struct calendar_request *request); /* NULL: out of memory */
void calendar_destroy(struct calendar *calendar);

/* Returns false when it is no calendar or exceeds a limit. Nothing may be fed afterwards. With has_objects an object
 * that is no calendar is left out and counted instead, unless none of them is one. */
bool calendar_feed(struct calendar *calendar, const char *bytes, size_t length, struct err *err);
const struct calendar_result *calendar_finish(struct calendar *calendar, struct err *err); /* NULL likewise */

#endif
