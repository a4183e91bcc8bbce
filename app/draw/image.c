/* Pixels with straight alpha, as SDL's textures hold them. */
#include "image.h"

#include <stdlib.h>

bool image_init(struct image *image, int width, int height)
{
	if (width < 1 || height < 1 || width > IMAGE_SIDE_MAX || height > IMAGE_SIDE_MAX) {
		return false;
	}
	uint32_t *argb = calloc((size_t)width * (size_t)height, sizeof(*argb));
	if (!argb) {
		return false;
	}
	*image = (struct image){.width = width, .height = height, .argb = argb};
	return true;
}

void image_finish(struct image *image)
{
	free(image->argb);
	*image = (struct image){0};
}

uint32_t image_fade(uint32_t argb, unsigned alpha)
{
	unsigned faded = ((argb >> 24) * alpha + 127) / 255;
	return (argb & 0xFFFFFFU) | (faded << 24);
}

uint32_t image_blend(uint32_t under, uint32_t over)
{
	unsigned over_a = over >> 24;
	unsigned under_a = ((under >> 24) * (255 - over_a) + 127) / 255;
	unsigned sum = over_a + under_a;
	if (sum == 0) {
		return 0;
	}
	uint32_t mixed = sum << 24;
	for (unsigned shift = 0; shift <= 16; shift += 8) {
		unsigned value =
			(((over >> shift) & 255U) * over_a + ((under >> shift) & 255U) * under_a + sum / 2) / sum;
		mixed |= value << shift;
	}
	return mixed;
}
