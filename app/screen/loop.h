/* The UI thread: window, input, pictures. It sleeps until a finger or key, a new snapshot, a signal, a changed clock,
 * or the next instant at which the picture would differ. It draws only what differs from the screen. */
#ifndef APP_SCREEN_LOOP_H
#define APP_SCREEN_LOOP_H

#include <stdbool.h>
#include <stdint.h>

#include "ical/err.h"
#include "app/base/clock.h"
#include "app/config/config.h"
#include "app/config/region.h"
#include "app/layout/hyphens.h"
#include "app/office/snapshot.h"
#include "app/model/visit.h"
#include "narrator.h"
#include "night.h"
#include "vitals.h"

struct loop;
struct SDL_Window;

/* What the loop needs from the rest of the program. Everything is borrowed and must outlive the loop. */
struct loop_setup {
	const struct config *config;
	const struct region *region;   /* NULL: no table */
	const struct hyphens *hyphens; /* NULL: no word is parted */
	struct clock *clock;
	const char *share;                     /* the folder that holds icons/ */
	struct visit visit;                    /* the visit to start with: visit_init, and perhaps another view */
	int window_width_px, window_height_px; /* 0 means full screen, where only a signal ends the program */
	/* A reload leaves the window here for the next loop. After the last loop the caller closes it with
	 * window_close. NULL when each loop has a window of its own. */
	struct SDL_Window **window;
	struct vitals *vitals;     /* NULL when nobody reads the vitals */
	struct narrator *narrator; /* NULL when the screen does not speak */
	night_power *power;        /* switches the display off at night, and on; NULL: it stays on */
	int watchdog_ms;           /* `alive` is called at least this often; 0 means only when something happens */
	/* These are called in the UI thread, and none of them may wait. */
	struct snapshot *(*latest)(void *context); /* returns the newest snapshot with a reference for the caller; NULL
						      when there is none yet */
	bool (*send)(void *context,
		     const struct command
			     *command); /* sends a command to the worker; false when the worker cannot take it */
	void (*alive)(void *context);   /* may be NULL */
	void (*shown)(void *context);   /* the first picture is on a window; may be NULL */
	/* There is no display, or it is gone. The loop waits for one, and then shows the view that was open. NULL makes
	 * it give up. */
	void (*waiting)(void *context, const struct err *why);
	/* The display cannot be switched off, so the dark clock is shown all night; may be NULL. */
	void (*unable)(void *context, const struct err *why);
	void (*deaf)(void *context); /* the program should read the touch panel by itself but may not; may be NULL */
	/* These are called in threads of the loop's own, and may wait. */
	bool (*reload)(void *context);    /* SIGHUP arrived; returns true to end the loop, which is then made anew. NULL
					     when SIGHUP ends the program */
	void (*ended)(void *context);     /* SIGTERM or SIGINT arrived, so a reload no longer counts; may be NULL */
	void (*clock_set)(void *context); /* somebody set the system's clock; may be NULL */
	/* Returns the walls of the floor plan, which may have to be waited for; NULL: there is none. The function may
	 * be NULL, too. */
	const struct walls *(*walls)(void *context);
	void *context;
};

/* Call once, before any thread is made: prepares the process for signals and for the display. */
void loop_prepare(void);

/* Returns NULL when memory or descriptors ran out. The loop is made before the worker, so that the worker can wake it.
 */
struct loop *loop_create(const struct loop_setup *setup, struct err *err);
void loop_destroy(struct loop *loop);

/* Opens the window and runs until a signal, until loop_stop, or until a window is closed. Returns false when there is
 * no display and nobody waits for one. */
bool loop_run(struct loop *loop, struct err *err);

/* Announces a new snapshot. Several calls may merge into one. Any thread, at any time between create and destroy. */
void loop_wake(struct loop *loop);
void loop_stop(struct loop *loop);

/* Returns how many pictures were drawn so far, for status and tests. Any thread. */
uint64_t loop_frames(const struct loop *loop);
/* The same of how often it was computed what the picture shows. */
uint64_t loop_composed(const struct loop *loop);

#endif
