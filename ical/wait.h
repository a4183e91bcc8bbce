/* Keeps a long operation interruptible: it polls wake_fd beside its own descriptors, or calls wait_serve between its
 * steps. */
#ifndef ICAL_WAIT_H
#define ICAL_WAIT_H

#include <stdbool.h>

struct wait {
	int wake_fd; /* readable when on_wake should be called; -1: nothing to wait for */
	/* Drains wake_fd and does whatever is due (such as writing a check-in). Returns false to give the operation up.
	 */
	bool (*on_wake)(void *context);
	void *context;
};

/* Handles wake-ups that have arrived, and never waits. `wait` may be NULL. Returns false to give the operation up. */
bool wait_serve(const struct wait *wait);

#endif
