/* Which events of one UID stand for themselves: a series, a single event, or several bookings by a system that gives
 * all of them one UID. */
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

/* Of the events without a RECURRENCE-ID those of the greatest SEQUENCE, and of those with one start the greatest
 * version. The first is the one that exceptions belong to. `out` has room for all events; returns how many there are.
 */
size_t masters_list(struct zone_names *names, struct event **events, size_t count, struct master *out);

#endif
