/* Filling and copying on a picture that is opaque, in ordinary memory. Pure. */
#ifndef APP_DRAW_PAINT_H
#define APP_DRAW_PAINT_H

#include <stdint.h>

#include "image.h"
#include "app/layout/ui.h"

struct paint {
	uint32_t *pixels; /* 0x..RRGGBB */
	int stride;       /* pixels from one row to the next */
	struct rect clip; /* nothing outside it is changed; it lies within the picture */
};

/* Fills with a colour; one with alpha lets the picture show through. */
void paint_fill(const struct paint *paint, struct rect rect, uint32_t argb);

/* Copies the part `from` of an image, with its upper left corner at (x, y). */
void paint_copy(const struct paint *paint, const struct image *image, struct rect from, int x, int y);

struct rect paint_intersect(struct rect a, struct rect b);

#endif
