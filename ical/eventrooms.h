/* The rooms and things of an event: those that it books, and those that have declined. */
#ifndef ICAL_EVENTROOMS_H
#define ICAL_EVENTROOMS_H

#include <stdbool.h>
#include <stddef.h>

#include "event.h"
#include "icslimits.h"

enum room_kind {
	ROOM_CERTAIN, /* a CUTYPE or RESOURCES says that it is one */
	ROOM_THING,   /* CUTYPE=RESOURCE: it may be a desk, or a projector that is not what LOCATION names */
	ROOM_BY_ROLE /* may be a person; it counts as a room when LOCATION names it, and its name is never handed out */
};

struct room {
	const char *name; /* "" when there is none */
	enum room_kind kind;
	bool has_declined;
};

/* Starts zeroed; rooms beyond the cap are dropped. */
struct event_rooms {
	struct room items[ICS_RESOURCES_MAX];
	size_t count;
};

/* `name` lives as long as the event. */
void event_rooms_add(struct event_rooms *rooms, const struct room *room);

/* Fills event->resources and removes rooms that have declined from event->location. An event whose rooms have all
 * declined becomes FREE. event->location and event->busy must be filled already. Returns false when memory ran out. */
bool event_rooms_finish(const struct event_rooms *rooms, struct pool *pool, struct event *event);

#endif
