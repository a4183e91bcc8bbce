/* Makes a peer that closes early appear as EPIPE instead of a signal that ends the program. Other threads, and the
 * program's own handling of SIGPIPE, stay as they are. */
#ifndef ICAL_QUIETPIPE_H
#define ICAL_QUIETPIPE_H

#include <signal.h>
#include <stdbool.h>

struct quietpipe {
	sigset_t before;
	bool was_pending;
};

void quietpipe_begin(struct quietpipe *quiet); /* for the calling thread, until … */
void quietpipe_end(struct quietpipe *quiet);

#endif
