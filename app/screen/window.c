/* See window.h. This file sets the hints of SDL that make a window behave like the screen of a kiosk. */
#include "window.h"

#include <string.h>
#include <stdlib.h>
#include <SDL.h>

void window_prepare(void)
{
	/* Nobody types here, so the thousands of rules by which X composes letters need not be read before the first
	 * picture. */
	setenv("XCOMPOSEFILE", "/dev/null", 0);
	/* Where no session bus runs, SDL's libdbus would start one, and fork beside the worker's thread for that. */
	setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:", 0);
}

static void set_hints(void)
{
	SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0"); /* one tap is one tap */
	SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
	SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1"); /* waker.c handles them */
	SDL_SetHint(SDL_HINT_QUIT_ON_LAST_WINDOW_CLOSE, "0");
	SDL_SetHint(SDL_HINT_VIDEO_MINIMIZE_ON_FOCUS_LOSS, "0");
	SDL_SetHint(SDL_HINT_MOUSE_FOCUS_CLICKTHROUGH, "1");
	SDL_SetHint(SDL_HINT_APP_NAME, "Satellitkiosk");
	SDL_SetHint(SDL_HINT_IME_INTERNAL_EDITING, "0");
}

static bool is_driver(const char *name)
{
	const char *driver = SDL_GetCurrentVideoDriver();
	return driver && strcmp(driver, name) == 0;
}

/* On X11 shared memory shows a picture for a hundredth of the cost of SDL's default, a software OpenGL. On Wayland SDL
 * has no other way to a window and must keep its default. */
static void choose_framebuffer(void)
{
	if (is_driver("x11")) {
		SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
	}
}

/* SDL's last resort is a screen in memory that nobody sees. It is accepted only when it was requested. */
static bool is_seen(void)
{
	const char *asked = SDL_getenv("SDL_VIDEODRIVER"), *driver = SDL_GetCurrentVideoDriver();
	bool is_memory = strcmp(driver, "offscreen") == 0 || strcmp(driver, "dummy") == 0;
	return !is_memory || (asked && asked[0]);
}

struct SDL_Window *window_open(int width_px, int height_px, struct err *err)
{
	SDL_Window *window = NULL;
	bool is_full = width_px <= 0 || height_px <= 0;
	set_hints();
	if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0) {
		err_set(err, "no display: %s", SDL_GetError());
		return NULL;
	}
	choose_framebuffer();
	if (!is_seen()) {
		err_set(err, "no display: neither Wayland, X11 nor a console can be drawn on");
		goto out;
	}
	/* Without a monitor SDL's Wayland code would follow a NULL display. The service starts again by itself. */
	SDL_Rect bounds = {0, 0, width_px, height_px};
	if (SDL_GetNumVideoDisplays() < 1 || (is_full && SDL_GetDisplayBounds(0, &bounds) != 0)) {
		err_set(err, "no monitor is attached");
		goto out;
	}
	Uint32 flags = is_full ? SDL_WINDOW_FULLSCREEN_DESKTOP | SDL_WINDOW_BORDERLESS : SDL_WINDOW_RESIZABLE;
	window = SDL_CreateWindow("Satellitkiosk", is_full ? bounds.x : (int)SDL_WINDOWPOS_UNDEFINED,
				  is_full ? bounds.y : (int)SDL_WINDOWPOS_UNDEFINED, bounds.w, bounds.h, flags);
	if (!window) {
		err_set(err, "no window: %s", SDL_GetError());
		goto out;
	}
	SDL_StopTextInput(); /* SDL starts text input by itself; nobody types here */
	SDL_DisableScreenSaver();
	if (is_full) {
		SDL_ShowCursor(SDL_DISABLE);
	}
	return window;
out:
	window_close(NULL);
	return NULL;
}

bool window_reads_devices(void)
{
	return is_driver("KMSDRM");
}

bool window_sleeps(void)
{
	return is_driver("x11") || is_driver("wayland");
}

bool window_quits_when_gone(void)
{
	return is_driver("wayland");
}

/* SDL 2.26 follows a NULL display when a window is destroyed after the last monitor went. The window is therefore
 * destroyed first: SDL calls its event watchers while it still counts the monitor. Called while the UI thread handles
 * events. */
static int watch_monitors(void *context, SDL_Event *event)
{
	SDL_Window **window = context;
	bool is_last = event->type == SDL_DISPLAYEVENT && event->display.event == SDL_DISPLAYEVENT_DISCONNECTED &&
		       SDL_GetNumVideoDisplays() <= 1;
	if (is_last && *window) {
		SDL_DestroyWindow(*window);
		*window = NULL;
	}
	return 1;
}

void window_watch(SDL_Window **window)
{
	SDL_AddEventWatch(watch_monitors, window);
}

void window_unwatch(SDL_Window **window)
{
	SDL_DelEventWatch(watch_monitors, window);
}

bool window_must_be_drawn(int event)
{
	return event == SDL_WINDOWEVENT_SIZE_CHANGED || event == SDL_WINDOWEVENT_EXPOSED ||
	       event == SDL_WINDOWEVENT_SHOWN || event == SDL_WINDOWEVENT_RESTORED ||
	       event == SDL_WINDOWEVENT_DISPLAY_CHANGED;
}

void window_close(SDL_Window *window)
{
	if (window) {
		SDL_DestroyWindow(window);
	}
	SDL_QuitSubSystem(SDL_INIT_VIDEO);
}
