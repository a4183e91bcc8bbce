/* What turns a text into samples. espeak.c does so with libespeak-ng; another engine would be another file with these
 * functions. One thread at a time: libespeak-ng has one state for the whole process. */
#ifndef APP_SPEECH_ENGINE_H
#define APP_SPEECH_ENGINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ical/err.h"

struct engine;

/* Returns NULL and fills err when the voices cannot be read. */
struct engine *engine_create(int words_per_minute, struct err *err);
void engine_destroy(struct engine *engine);

int engine_rate_hz(const struct engine *engine); /* samples per second, one channel */

/* Takes samples as they are made. It may wait; returning false ends the synthesis. */
typedef bool engine_take(void *context, const int16_t *samples, size_t count);

/* Says the text (UTF-8) in the language ("sv", "en"), or in English when there is no voice for it. Returns false when
 * `take` ended it or the engine failed. */
bool engine_say(struct engine *engine, const char *text, const char *language, engine_take *take, void *context);

#endif
