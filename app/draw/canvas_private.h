/* The surface that a picture is drawn on, and how it comes to the window: as it is, or turned.
 * UI thread only. */
#ifndef APP_DRAW_CANVAS_PRIVATE_H
#define APP_DRAW_CANVAS_PRIVATE_H

#include <stdbool.h>
#include <SDL.h>

struct canvas {
	SDL_Window *window; /* NULL: a surface of the caller's */
	SDL_Surface *given;
	int rotation;        /* degrees clockwise */
	SDL_Surface *turned; /* own; what is drawn on when the window's pixels cannot be */
};

void canvas_finish(struct canvas *canvas);

/* As looked at. */
void canvas_size(const struct canvas *canvas, int *out_width, int *out_height);

/* What to draw on; another one after the window's size has changed. NULL: none to be had. */
SDL_Surface *canvas_surface(struct canvas *canvas);

/* Brings a part of the picture to the window. */
bool canvas_show(const struct canvas *canvas, const SDL_Rect *part);

#endif
