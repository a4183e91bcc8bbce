/* Turns a VFREEBUSY into events: each of its busy periods becomes one, without a name. */
#ifndef ICAL_FREEBUSY_H
#define ICAL_FREEBUSY_H

#include <stdbool.h>
#include <stdint.h>

#include "err.h"
#include "event.h"

struct freebusy_request {
	const struct scan_event *raw;
	struct screen_window window; /* periods that lie outside are left out */
	struct zone_names *names;
	struct pool *pool;
	uint32_t order; /* of the component in the file */
	/* Receives each event; its texts live in the pool. Returning false, with err filled, gives up. */
	bool (*on_event)(void *context, const struct event *event, struct err *err);
	void *context;
};

/* *out_reason is NULL, or says why a part of it could not be read. Returns false when memory ran out or on_event gave
 * up. */
bool freebusy_read(const struct freebusy_request *request, const char **out_reason, struct err *err);

#endif
