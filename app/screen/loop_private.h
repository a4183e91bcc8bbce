/* What the files of the loop share. */
#ifndef APP_SCREEN_LOOP_PRIVATE_H
#define APP_SCREEN_LOOP_PRIVATE_H

#include <pthread.h>
#include <stdatomic.h>

#include "app/draw/view.h"
#include "compose.h"
#include "input.h"
#include "loop.h"
#include "night.h"
#include "waker.h"

struct loop {
	struct loop_setup setup;
	struct waker *waker;
	int stop_fd; /* readable once the loop is stopped, which ends the wait for a display */
	int wake_fd; /* readable when an event came from another thread (quiet.h) */
	_Atomic bool is_woken, is_stopped, is_reloaded, is_replugged;
	_Atomic bool is_clock_set;
	_Atomic bool has_fonts; /* for letters that were left blank */
	_Atomic uint64_t frames, composed;
	pthread_mutex_t wake_lock;   /* held while SDL is being woken, so that SDL does not end meanwhile */
	_Atomic uint32_t wake_event; /* 0 while SDL does not run */

	/* The rest belongs to the UI thread. */
	struct SDL_Window *window;
	const struct walls *walls; /* of the floor plan; NULL: there is none */
	struct text *text;
	struct draw *draw;
	struct input input;
	struct visit visit;
	struct snapshot *snapshot; /* NULL: none yet, only the paper is shown */
	struct screen screen;
	struct scene scene;      /* .ui NULL: none yet */
	struct view_marks marks; /* the focus and press as they were drawn */
	struct rect marked;      /* where those were drawn */
	struct ui_parts parts;   /* what has to be drawn anew */
	uint32_t event_type;     /* the number of the wake event; 0 when it is not registered yet */
	bool is_open;            /* whether SDL's video runs; its window may be gone */
	bool must_compose, must_draw_all;
	int rehearsed; /* the look for which maps were painted, see rehearse_look; 0 none */
	bool is_shown,
		is_waiting; /* whether the window is on a display; whether the loop waits for one and has reported so */
	struct night night;
	int64_t due_ms; /* when the visit changes by itself, as it was known at the last composing */
	int retries;    /* how often a display was looked for since there was one */
};

/* Switches the display off or on when it is time. Returns false when it is off and only another window can help. */
bool loop_follow_night(struct loop *loop, struct err *err);
/* Returns whether the display is missing only because it was switched off for the night, and the night goes on. */
bool loop_sleeps_unplugged(struct loop *loop);

#endif
