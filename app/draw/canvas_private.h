/* The surface that a picture is drawn on, and its way to the window: unchanged or rotated. UI thread only. */
#ifndef APP_DRAW_CANVAS_PRIVATE_H
#define APP_DRAW_CANVAS_PRIVATE_H

#include <stdbool.h>
#include <SDL.h>

#include "app/layout/ui.h"

struct canvas {
	SDL_Window *window; /* NULL when the caller gave a surface */
	SDL_Surface *given;
	int rotation;        /* degrees clockwise */
	SDL_Surface *turned; /* the surface of our own, used when the window's pixels cannot be drawn on */
};

void canvas_finish(struct canvas *canvas);

/* As looked at. */
void canvas_size(const struct canvas *canvas, int *out_width, int *out_height);

/* Returns the surface to draw on, which changes with the window's size; NULL when there is none. */
SDL_Surface *canvas_surface(struct canvas *canvas);

/* Brings parts of the picture to the window, all of them at once. */
bool canvas_show(const struct canvas *canvas, const struct ui_parts *parts);

#endif
