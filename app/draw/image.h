/* A picture in ordinary memory: 0xAARRGGBB, straight alpha, rows without gaps. */
#ifndef APP_DRAW_IMAGE_H
#define APP_DRAW_IMAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "app/base/limits.h"

struct image {
	int width, height;
	int left, top;  /* the offset of its upper left corner from the point where it is placed (for text the start of
			   the base line) */
	bool is_opaque; /* all of it, so that it is copied as it stands */
	uint32_t *argb;
};

/* Makes a transparent image. Returns false when memory ran out or a side exceeds IMAGE_SIDE_MAX. */
bool image_init(struct image *image, int width, int height);
void image_finish(struct image *image); /* zeroed is fine */

/* Returns a colour with the share 0 … 255 of its alpha. */
uint32_t image_fade(uint32_t argb, unsigned alpha);
/* `over` drawn on `under`, both with straight alpha. */
uint32_t image_blend(uint32_t under, uint32_t over);

#endif
