/* A small thread that waits for events that SDL cannot wait for (signals, a changed clock, a monitor, a
 * headset) and calls back.
 * It sleeps until then. */
#ifndef APP_SCREEN_WAKER_H
#define APP_SCREEN_WAKER_H

#include <stdbool.h>

#include "ical/err.h"
#include "app/config/config.h"

struct waker;

/* All are called in the waker's thread. */
struct waker_calls {
	void (*clock_set)(void *context);
	void (*stop)(void *context);    /* SIGTERM or SIGINT */
	void (*reload)(void *context);  /* SIGHUP */
	void (*display)(void *context); /* a monitor came or went */
	/* At first, and when it may have changed; `device` is the name of a USB headset, or "". May be NULL. */
	void (*headset)(void *context, bool is_there, const char *device);
	void *context;
};

/* Call it in main before any thread is made: threads inherit the signal mask, so that only the waker receives these
 * signals. */
void waker_block_signals(void);

/* Returns NULL when descriptors or memory ran out. */
struct waker *waker_create(const struct waker_calls *calls, enum speech_headset kind, struct err *err);
/* Returns when the thread has ended; it calls nothing after that. */
void waker_destroy(struct waker *waker);

#endif
