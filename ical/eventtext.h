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

/* Takes the value of a line of one of the properties that are texts, words or addresses; escapes are undone. */
bool event_texts_take(struct event_texts *texts, enum scan_property property, const char *value, size_t length);
/* Takes a person, a room or a list of things as libical has read it. */
bool event_texts_take_parsed(struct event_texts *texts, struct icalproperty_impl *property);
bool event_texts_finish(struct event_texts *texts);

#endif
