/* See night.h. Switching on is ordered once for each window and at the end of each night, also when this program
 * switched nothing off: the one before it may have ended without switching on. */
#include "night.h"

#include <stddef.h>

#include "app/base/limits.h"

static enum night_news unable(struct night *night)
{
	bool is_news = !night->is_unable;
	night->is_given_up = night->is_unable = true;
	return is_news ? NIGHT_UNABLE : NIGHT_NO_NEWS;
}

static enum night_news switch_on(struct night *night, struct SDL_Window *window, int64_t mono_ms, struct err *err)
{
	night->is_ordered = true;
	if (!night->power(window, true, err)) {
		return night->is_off ? NIGHT_STUCK : unable(night);
	}
	night->woken_ms = night->is_off ? mono_ms + NIGHT_WAKE_MS : night->woken_ms;
	night->is_off = night->is_unable = false;
	return NIGHT_SWITCHED;
}

static enum night_news switch_off(struct night *night, struct SDL_Window *window, struct err *err)
{
	if (!night->power(window, false, err)) {
		return unable(night);
	}
	night->is_off = true;
	return NIGHT_SWITCHED;
}

enum night_news night_follow(struct night *night, struct SDL_Window *window, bool is_dark, int64_t mono_ms,
			     struct err *err)
{
	if (!night->power) {
		return NIGHT_NO_NEWS;
	}
	night->is_missing = false; /* there is a window */
	bool is_over = night->is_dark && !is_dark;
	if (is_dark && !night->is_dark) {
		night->dark_ms = mono_ms;
	}
	night->is_given_up = night->is_given_up && is_dark;
	night->is_dark = is_dark;
	if (!night->is_ordered || is_over) {
		return switch_on(night, window, mono_ms, err);
	}
	return mono_ms >= night_next_ms(night) ? switch_off(night, window, err) : NIGHT_NO_NEWS;
}

int64_t night_next_ms(const struct night *night)
{
	bool is_awaited = night->power && night->is_dark && !night->is_off && !night->is_given_up;
	return is_awaited ? night->dark_ms + NIGHT_OFF_MS : INT64_MAX;
}

bool night_is_blind(const struct night *night, int64_t mono_ms)
{
	return mono_ms < night->woken_ms;
}

void night_leave(struct night *night, struct SDL_Window *window, bool is_lost)
{
	if (night->is_off && window) {
		night->power(window, true, NULL);
	}
	night->is_missing = night->is_missing || (night->is_off && is_lost);
	night->is_given_up = night->is_given_up || night->is_missing;
	night->is_off = night->is_ordered = false;
}
