/* The window: full screen on the kiosk, of a given size for trying out. UI thread only. */
#ifndef APP_WINDOW_H
#define APP_WINDOW_H

#include <stdbool.h>

#include "../ical/err.h"

struct SDL_Window;

/* Before any thread is made: sets what X reads from the environment. */
void window_prepare(void);

/* 0 × 0: full screen. Starts SDL's video. NULL when there is no display. */
struct SDL_Window *window_open(int width_px, int height_px, struct err *err);
/* NULL is fine; ends SDL's video. */
void window_close(struct SDL_Window *window);

#endif
