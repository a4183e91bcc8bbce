/* Switches the display of a window off and on: the signal to the monitor ends, and the monitor goes to sleep. UI
 * thread. Which ways there are depends on who draws: a Wayland compositor with wlr-output-power-management, an X server
 * with DPMS, or SDL itself on the console. */
#ifndef APP_SCREEN_POWER_H
#define APP_SCREEN_POWER_H

#include <stdbool.h>

#include "ical/err.h"

struct SDL_Window;

/* Switches every monitor of the window's server or compositor. Waits at most POWER_ANSWER_MS for each answer. Switching
 * on what is on does no harm. */
bool power_switch(struct SDL_Window *window, bool is_on, struct err *err);

#endif
