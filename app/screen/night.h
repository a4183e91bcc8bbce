/* Decides when the display is switched off at night, and switches it off and on. Whatever fails, the dark clock is on
 * the window meanwhile. UI thread only. */
#ifndef APP_SCREEN_NIGHT_H
#define APP_SCREEN_NIGHT_H

#include <stdbool.h>
#include <stdint.h>

#include "ical/err.h"

struct SDL_Window;

/* Switches the display of a window, see power.h. */
typedef bool night_power(struct SDL_Window *window, bool is_on, struct err *err);

struct night {
	night_power *power; /* NULL: the display is never switched off */
	bool is_off;
	bool is_ordered;  /* it was switched on since its window is there */
	bool is_given_up; /* it is not switched off again before the next night */
	bool is_missing;  /* it went while it was off */
	bool is_unable;   /* it cannot be switched off, and that was reported */
	bool is_dark;     /* the window shows the clock of the night, … */
	int64_t dark_ms;  /* … since then; monotonic */
	int64_t woken_ms; /* the display may still show nothing until then */
};

enum night_news {
	NIGHT_NO_NEWS,
	NIGHT_SWITCHED,
	NIGHT_UNABLE, /* for the first time: the display cannot be switched, and err says why */
	NIGHT_STUCK   /* the display is off and cannot be switched on; only another window helps */
};

/* Call it whenever something may have changed; is_dark says whether the picture of the night is to be shown. */
enum night_news night_follow(struct night *night, struct SDL_Window *window, bool is_dark, int64_t mono_ms,
			     struct err *err);
/* Returns when the display is to be switched off; INT64_MAX never. */
int64_t night_next_ms(const struct night *night);
/* Returns whether the display shows nothing yet, so that a tap cannot mean anything. */
bool night_is_blind(const struct night *night, int64_t mono_ms);
/* The window ends. A display that is off is switched on, because the next program might not know that it is off. When
 * the window was lost (`window` is NULL) while it was off, its monitor counts as unplugged as soon as it sleeps;
 * it stays on for the rest of the night, lest it came and went for hours. */
void night_leave(struct night *night, struct SDL_Window *window, bool is_lost);

#endif
