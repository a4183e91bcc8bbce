/* A small thread that waits for what SDL cannot wait for (signals, a set clock, a monitor) and calls back. It sleeps
 * until then.
 */
#ifndef APP_SCREEN_WAKER_H
#define APP_SCREEN_WAKER_H

#include <stdbool.h>

#include "ical/err.h"

struct waker;

/* All are called in the waker's thread. */
struct waker_calls {
	void (*clock_set)(void *context);
	void (*stop)(void *context);    /* SIGTERM or SIGINT */
	void (*reload)(void *context);  /* SIGHUP */
	void (*display)(void *context); /* something changed at a graphics card */
	void *context;
};

/* Call in main before any thread is made: threads inherit it, and only the waker then hears these signals. */
void waker_block_signals(void);

/* NULL when descriptors or memory ran out. */
struct waker *waker_create(const struct waker_calls *calls, struct err *err);
/* Returns when the thread has ended; it calls nothing after that. */
void waker_destroy(struct waker *waker);

#endif
