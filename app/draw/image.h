/* A picture in ordinary memory: 0xAARRGGBB, straight alpha, rows without gaps. What is drawn is made here first and
 * handed to the renderer as a texture. */
#ifndef APP_DRAW_IMAGE_H
#define APP_DRAW_IMAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "app/base/limits.h"

struct image {
	int width, height;
	int left,
		top; /* of its upper left corner, from the point that it is placed at (text: start of the base line) */
	uint32_t *argb;
};

/* Transparent. False: out of memory or larger than IMAGE_SIDE_MAX. */
bool image_init(struct image *image, int width, int height);
void image_finish(struct image *image); /* zeroed is fine */

/* A colour with 0 … 255 of its own alpha kept. */
uint32_t image_fade(uint32_t argb, unsigned alpha);
/* `over` drawn on `under`, both with straight alpha. */
uint32_t image_blend(uint32_t under, uint32_t over);

#endif
