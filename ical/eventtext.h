/* The properties of an event that are not times: texts, states, rooms, the meeting's address. */
#ifndef ICAL_EVENTTEXT_H
#define ICAL_EVENTTEXT_H

#include <stdbool.h>

#include "event.h"
#include "icslimits.h"

struct icalproperty_impl; /* libical's icalproperty */

/* What is known so far; zero but for pool and event. */
struct event_texts {
	struct pool *pool;
	struct event *event;
	const char *resources[ICS_RESOURCES_MAX];
	size_t resource_count;
	int url_rank; /* of the best address yet; 0: none */
	bool has_busy, is_transparent;
};

/* Both return false only when memory runs out. */
bool event_texts_take(struct event_texts *texts, struct icalproperty_impl *property);
bool event_texts_finish(struct event_texts *texts);

#endif
