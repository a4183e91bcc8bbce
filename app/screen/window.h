/* The window: full screen on the kiosk, of a given size for trying out. UI thread only. */
#ifndef APP_SCREEN_WINDOW_H
#define APP_SCREEN_WINDOW_H

#include <stdbool.h>

#include "ical/err.h"

struct SDL_Window;

/* Call it before any thread is made: it sets environment variables that X reads. */
void window_prepare(void);

/* Starts SDL's video and opens the window; 0 × 0 means full screen. Returns NULL when there is no display. */
struct SDL_Window *window_open(int width_px, int height_px, struct err *err);
/* Returns whether this program itself reads the touch panel, rather than a server or compositor. */
bool window_reads_devices(void);
/* Returns whether SDL sleeps in the kernel while it waits for events (quiet.h). */
bool window_sleeps(void);
/* A visitor's Alt-F4 must not end the full screen. Under Wayland no visitor can ask for that; there SDL_QUIT means that
 * the connection broke, after which SDL would look for events a thousand times a second, for ever. */
bool window_quits_when_gone(void);
/* From this call on, *window is destroyed and set to NULL before the last monitor goes. */
void window_watch(struct SDL_Window **window);
void window_unwatch(struct SDL_Window **window);
/* Returns whether this event of a window (SDL_WINDOWEVENT_…) means that its picture may be gone. */
bool window_must_be_drawn(int event);
/* Closes the window and ends SDL's video; NULL is fine. */
void window_close(struct SDL_Window *window);

#endif
