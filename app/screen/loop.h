/* The UI thread: window, input, pictures. Sleeps until a finger or key, a new snapshot, a signal, a set clock, or the
 * next instant at which the picture would differ; draws only what differs from what is on the screen. */
#ifndef APP_SCREEN_LOOP_H
#define APP_SCREEN_LOOP_H

#include <stdbool.h>
#include <stdint.h>

#include "ical/err.h"
#include "app/base/clock.h"
#include "app/config/config.h"
#include "app/config/region.h"
#include "app/office/snapshot.h"
#include "app/model/visit.h"
#include "vitals.h"

struct loop;
struct SDL_Window;

/* What the loop needs from the rest of the program. All is borrowed and must outlive the loop. */
struct loop_setup {
	const struct config *config;
	const struct region *region; /* NULL: no table */
	struct clock *clock;
	const char *share;                     /* the folder that holds icons/ */
	struct visit visit;                    /* where the visit starts: visit_init, and perhaps another view opened */
	int window_width_px, window_height_px; /* 0: full screen, on which only a signal ends the program */
	/* Where a reload leaves the window for the next loop, which takes it from there; who ends a loop and makes no
	 * other calls window_close on it. NULL: each loop has its own. */
	struct SDL_Window **window;
	struct vitals *vitals; /* NULL: nobody asks how the screen does */
	int watchdog_ms;       /* `alive` is called at least this often; 0: only when something happens */
	/* Called in the UI thread; none of them may wait. */
	struct snapshot *(*latest)(void *context); /* the newest, with a reference for the caller; NULL: none yet */
	bool (*send)(void *context, const struct command *command); /* to the worker; false: it cannot take it */
	void (*alive)(void *context);                               /* may be NULL */
	void (*shown)(void *context);                               /* the first picture is on a window; may be NULL */
	/* There is no display, or it is gone: the loop waits for one, and then shows what was open. NULL: it gives up.
	 */
	void (*waiting)(void *context, const struct err *why);
	void (*deaf)(void *context); /* the program reads the touch panel by itself, and cannot; may be NULL */
	/* In threads of the loop's own; these may wait. */
	bool (*reload)(void *context);    /* SIGHUP; true: end the loop, to be made anew. NULL: SIGHUP ends it */
	void (*ended)(void *context);     /* SIGTERM or SIGINT: a reload no longer counts; may be NULL */
	void (*clock_set)(void *context); /* somebody set the system's clock; may be NULL */
	void *context;
};

/* Call once, before any thread is made: prepares the process for signals and for the display. */
void loop_prepare(void);

/* NULL when memory or descriptors ran out. Made before the worker, so that the worker can wake it. */
struct loop *loop_create(const struct loop_setup *setup, struct err *err);
void loop_destroy(struct loop *loop);

/* Opens the window and stays until a signal, loop_stop, or (in a window) its closing. False: there is no display, and
 * nobody to wait for one. */
bool loop_run(struct loop *loop, struct err *err);

/* Any thread, at any time between create and destroy: there is a new snapshot. Several may merge into one. */
void loop_wake(struct loop *loop);
void loop_stop(struct loop *loop);

/* How many pictures were drawn so far; for status and tests. Any thread. */
uint64_t loop_frames(const struct loop *loop);

#endif
