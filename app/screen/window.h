/* The window: full screen on the kiosk, of a given size for trying out. UI thread only. */
#ifndef APP_SCREEN_WINDOW_H
#define APP_SCREEN_WINDOW_H

#include <stdbool.h>

#include "ical/err.h"

struct SDL_Window;

/* Before any thread is made: sets what X reads from the environment. */
void window_prepare(void);

/* 0 × 0: full screen. Starts SDL's video. NULL when there is no display. */
struct SDL_Window *window_open(int width_px, int height_px, struct err *err);
/* The open window's touch panel is read by this program, not by a server or compositor that has it. */
bool window_reads_devices(void);
/* A visitor's Alt-F4 must not end the full screen. But under Wayland nobody can ask for that; there SDL_QUIT tells that
 * the connection broke, after which SDL would look for events a thousand times a second, for ever. */
bool window_quits_when_gone(void);
/* From here on *window is destroyed, and set to NULL, before the last monitor goes. */
void window_watch(struct SDL_Window **window);
void window_unwatch(struct SDL_Window **window);
/* NULL is fine; ends SDL's video. */
void window_close(struct SDL_Window *window);

#endif
