/* The voice of the screen: says texts, one request at a time, and stops at once for the next. Synthesis and the sound
 * device have threads of their own, so no caller waits. Nothing is loaded before the first text. */
#ifndef APP_SPEECH_SPEECH_H
#define APP_SPEECH_SPEECH_H

#include <stdbool.h>
#include <stddef.h>

#include "ical/err.h"

struct speech;

struct speech_part {
	const char *text;     /* UTF-8 */
	const char *language; /* "sv", "en" */
};

struct speech_setup {
	int words_per_minute;
	/* These are called in threads of the speech's own, and may be NULL. */
	void (*begun)(void *context);  /* the first sample of a request goes to the device */
	void (*silent)(void *context); /* everything was said, or nothing could be */
	void (*failed)(void *context, const struct err *why);
	void *context;
};

/* Returns NULL and fills err when memory or threads ran out. */
struct speech *speech_create(const struct speech_setup *setup, struct err *err);
/* Stops, and returns when no more calls come. NULL is fine. */
void speech_destroy(struct speech *speech);

/* Stops what is being said, and says the parts one after the other. The texts are copied; when memory runs out for
 * that, nothing is said. Parts beyond SPEECH_PARTS_MAX are left out. */
void speech_say(struct speech *speech, const struct speech_part *parts, size_t count);
/* From the next time that the sound device is opened: a part of its name; "" the system's default. A longer name than
 * SPEECH_DEVICE_MAX is cut. */
void speech_set_device(struct speech *speech, const char *device);
void speech_stop(struct speech *speech);
void speech_pause(struct speech *speech, bool is_paused); /* the next text ends a pause */
void speech_set_volume(struct speech *speech, int step);  /* 1 to SPEECH_VOLUMES; also of what is being said */

/* Returns whether something is being said, or will be. */
bool speech_is_talking(struct speech *speech);

#endif
