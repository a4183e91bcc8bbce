/* Speaks for the screen to a visitor who does not see it: begins when a headset is plugged in or a key is pressed,
 * says what changes, and carries out the keys of the voice. UI thread only, but for
 * narrator_headset; no call waits. All calls accept NULL, which
 * stands for a screen that does not speak. */
#ifndef APP_SCREEN_NARRATOR_H
#define APP_SCREEN_NARRATOR_H

#include <stdbool.h>
#include <stdint.h>

#include "ical/err.h"
#include "app/config/config.h"
#include "app/layout/ui.h"
#include "app/model/visit.h"

struct narrator;
union SDL_Event;

struct narrator_setup {
	const struct config *config; /* borrowed */
	const char *log;             /* a file that receives every text; NULL none */
	/* These are called in threads of the voice. */
	void (*silent)(void *context); /* it has said everything */
	void (*failed)(void *context, const struct err *why);
	void *context;
};

/* Returns NULL, and leaves err as it is, when the configuration wants no speech; else fills err. */
struct narrator *narrator_create(const struct narrator_setup *setup, struct err *err);
/* Ends the voice and its threads, after which no more calls come. */
void narrator_hush(struct narrator *narrator);
void narrator_destroy(struct narrator *narrator);

/* What the voice needs to know of the screen at one moment. */
struct narrated {
	struct visit *visit;
	const struct ui *ui;
	int focused; /* index; -1 none */
	int64_t mono_ms;
};

/* Handles a key. Returns true when it was one for the voice alone, which is a sign of life; else the event may have
 * become another key, for input_event. */
bool narrator_key(struct narrator *narrator, const struct narrated *now, union SDL_Event *event);
/* Somebody has touched the screen. */
void narrator_touch(struct narrator *narrator, const struct narrated *now);
/* A headset came or went, or may have; `device` is its name, or "". Any thread; narrator_follow then heeds it. */
void narrator_headset(struct narrator *narrator, bool is_there, const char *device);

/* Says what differs from the last call. Returns true when the visit changed, and so the tree has to be made anew. */
bool narrator_follow(struct narrator *narrator, const struct narrated *now);

#endif
