/* The ways to switch a display off and on, see power.h. */
#ifndef APP_SCREEN_POWER_PRIVATE_H
#define APP_SCREEN_POWER_PRIVATE_H

#include "power.h"

/* $WAYLAND_DISPLAY and $DISPLAY name the compositor and the server, as they do for SDL. */
bool power_switch_wayland(bool is_on, struct err *err);
bool power_switch_x11(bool is_on, struct err *err);
/* SDL has the right to set the console's mode, and lends its descriptor. */
bool power_switch_kms(struct SDL_Window *window, bool is_on, struct err *err);

#endif
