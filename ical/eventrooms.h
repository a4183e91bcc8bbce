/* The rooms and things of an event: which of them it holds, and which have declined. */
#ifndef ICAL_EVENTROOMS_H
#define ICAL_EVENTROOMS_H

#include <stdbool.h>
#include <stddef.h>

#include "event.h"
#include "icslimits.h"

enum room_kind {
	ROOM_CERTAIN, /* a CUTYPE or RESOURCES says that it is one */
	ROOM_BY_ROLE  /* may be a person: it is a room when LOCATION names it, and its name is never given out */
};

struct room {
	const char *name; /* "" when there is none */
	enum room_kind kind;
	bool has_declined;
};

/* Zero at first; what is beyond the cap is forgotten. */
struct event_rooms {
	struct room items[ICS_RESOURCES_MAX];
	size_t count;
};

/* `name` lives as long as the event. */
void event_rooms_add(struct event_rooms *rooms, const struct room *room);

/* Fills event->resources; a room that has declined goes out of event->location, and an event that holds no room any
 * more takes no time of one: FREE. event->location and event->busy are known. False: out of memory. */
bool event_rooms_finish(const struct event_rooms *rooms, struct pool *pool, struct event *event);

#endif
