/* The walls of the floor plan as pixels. The office's drawing is painted once, at start, by SDL_image in a process of
 * its own, which is ended when it takes too long or too much memory. A drawing can thus neither stop the kiosk nor fill
 * its memory. The screen makes what it needs from these pixels: any size, in the colours of the theme. */
#ifndef APP_DRAW_WALLS_H
#define APP_DRAW_WALLS_H

#include <stdint.h>

#include "ical/err.h"
#include "app/config/floorplan.h"
#include "image.h"

/* Immutable; any thread. */
struct walls;

/* Begins to paint in another process, so that the program can start meanwhile. Returns NULL and fills err on failure.
 * Call it while the program has no other threads; the drawing must live until then. */
struct walls_painting;
struct walls_painting *walls_begin(const struct floorplan *floorplan, struct err *err);
/* Waits until it is painted. Frees the painting. Returns NULL and fills err when the drawing cannot be painted. */
struct walls *walls_end(struct walls_painting *painting, struct err *err);
void walls_abandon(struct walls_painting *painting); /* instead of walls_end; NULL is fine */

/* Both at once. */
struct walls *walls_create(const struct floorplan *floorplan, struct err *err);
void walls_destroy(struct walls *walls);

/* The colours of light areas, of dark lines, and of lines that have a colour in the drawing. */
struct walls_look {
	int width_px, height_px;
	uint32_t floor_rgb, wall_rgb, glass_rgb;
	uint32_t behind_rgb; /* where nothing is drawn */
};

/* Makes the picture in one size. */
bool walls_paint(const struct walls *walls, const struct walls_look *look, struct image *out_image);

#endif
