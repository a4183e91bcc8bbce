/* The properties of an event that are not times: texts, states, rooms, the meeting's address. */
#ifndef ICAL_EVENTTEXT_H
#define ICAL_EVENTTEXT_H

#include <stdbool.h>

#include "event.h"
#include "eventrooms.h"

struct icalproperty_impl; /* libical's icalproperty */

/* What is known so far; zero but for pool and event. */
struct event_texts {
	struct pool *pool;
	struct event *event;
	struct event_rooms rooms;
	int url_rank; /* of the best address yet; 0: none */
	bool has_busy, is_transparent;
};

/* A copy in the pool of what a feed's text says: read as UTF-8 or Windows-1252, cleaned, composed, cut to `max` bytes,
 * and without the white space around it. False: out of memory, as with those below. */
bool event_text_keep(struct pool *pool, const char *text, size_t length, size_t max, const char **out_text);

bool event_texts_take(struct event_texts *texts, struct icalproperty_impl *property);
bool event_texts_finish(struct event_texts *texts);

#endif
