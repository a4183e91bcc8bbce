/* See power.h. SDL 2 has no call for this, so each way is taken beside SDL. */
#include "power.h"

#include <string.h>
#include <SDL.h>

#include "power_private.h"

bool power_switch(SDL_Window *window, bool is_on, struct err *err)
{
	const char *driver = SDL_GetCurrentVideoDriver();
	if (driver && strcmp(driver, "wayland") == 0) {
		return power_switch_wayland(is_on, err);
	}
	if (driver && strcmp(driver, "x11") == 0) {
		return power_switch_x11(is_on, err);
	}
	if (driver && strcmp(driver, "KMSDRM") == 0) {
		return power_switch_kms(window, is_on, err);
	}
	return err_set(err, "SDL's driver \"%s\" has no display to switch off", driver ? driver : "");
}
