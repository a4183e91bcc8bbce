/* Finds the events of one UID that stand for themselves: a series, a single event, or several bookings of a system that
 * gives all of them one UID. */
#ifndef ICAL_MASTERS_H
#define ICAL_MASTERS_H

#include <stddef.h>
#include <stdint.h>

#include "event.h"
#include "zonenames.h"

struct master {
	const struct event *event;
	int64_t start;
};

/* Selects the events without a RECURRENCE-ID that have the greatest SEQUENCE, and among those with the same start the
 * greatest version. Exceptions belong to the first one. `out` has room for all events. Returns how many there are. */
size_t masters_list(struct zone_names *names, struct event **events, size_t count, struct master *out);

#endif
