/* What the keys of tactile keypads and keyboards mean to a visitor who listens. Pure. */
#ifndef APP_SCREEN_KEYS_H
#define APP_SCREEN_KEYS_H

#include <stdbool.h>

struct SDL_KeyboardEvent;

enum key {
	KEY_OTHER,
	KEY_NEXT,
	KEY_PREVIOUS,
	KEY_SELECT,
	KEY_BACK,
	KEY_LOUDER,
	KEY_QUIETER,
	KEY_VOLUME, /* one key for all steps: the next louder one, and after the loudest the quietest */
	KEY_HELP,
	KEY_REPEAT,
	KEY_PAUSE,
	KEY_SPELL,
	KEY_ALL, /* everything that stands on the screen */
	KEY_MORE_TIME,
	KEY_DARK,
	KEY_SPEECH /* on or off */
};

enum key keys_meaning(const struct SDL_KeyboardEvent *event);

/* Rewrites the event as the key of an ordinary keyboard with this meaning, which input.h understands. Returns false
 * for keys that belong to the voice alone. */
bool keys_rewrite(struct SDL_KeyboardEvent *event, enum key key);

#endif
