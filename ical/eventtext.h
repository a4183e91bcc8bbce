/* Reads the properties of an event that are not times: texts, states, rooms, the meeting's address. */
#ifndef ICAL_EVENTTEXT_H
#define ICAL_EVENTTEXT_H

#include <stdbool.h>

#include "event.h"
#include "eventrooms.h"

struct icalproperty_impl; /* libical's icalproperty */

/* The state of the reading; everything but pool and event starts at zero. */
struct event_texts {
	struct pool *pool;
	struct event *event;
	struct event_rooms rooms;
	int url_rank; /* the rank of the best address so far; 0 none */
	bool has_busy, is_transparent;
};

/* Copies a text of the feed into the pool: read as UTF-8 or Windows-1252, cleaned, composed, cut to `max` bytes, and
 * without surrounding white space. Returns false when memory ran out, as do the functions below. */
bool event_text_keep(struct pool *pool, const char *text, size_t length, size_t max, const char **out_text);

bool event_texts_take(struct event_texts *texts, struct icalproperty_impl *property);
bool event_texts_finish(struct event_texts *texts);

#endif
