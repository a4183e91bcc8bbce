/* See paint.h. These are plain loops that compilers turn into vector code. SDL's own renderer needs several times as
 * long: it bypasses the processor's cache, and everything that is then drawn on top waits for memory. */
#include "paint.h"

#include <stddef.h>
#include <string.h>

struct rect paint_intersect(struct rect a, struct rect b)
{
	int left = a.x > b.x ? a.x : b.x, top = a.y > b.y ? a.y : b.y;
	int right = a.x + a.w < b.x + b.w ? a.x + a.w : b.x + b.w;
	int bottom = a.y + a.h < b.y + b.h ? a.y + a.h : b.y + b.h;
	if (right <= left || bottom <= top) {
		return (struct rect){left, top, 0, 0};
	}
	return (struct rect){left, top, right - left, bottom - top};
}

/* Mixes red and blue at once, then green; alpha is 0 … 256. */
static inline uint32_t mix(uint32_t under, uint32_t over, uint32_t alpha)
{
	uint32_t red_blue = under & 0xFF00FFU, green = under & 0xFF00U;
	red_blue += (((over & 0xFF00FFU) - red_blue) * alpha) >> 8;
	green += (((over & 0xFF00U) - green) * alpha) >> 8;
	return 0xFF000000U | (red_blue & 0xFF00FFU) | (green & 0xFF00U);
}

/* 255 becomes 256, so that full alpha is opaque. */
static inline uint32_t weight(uint32_t argb)
{
	uint32_t alpha = argb >> 24;
	return alpha + (alpha >> 7);
}

static uint32_t *row_of(const struct paint *paint, int x, int y)
{
	return paint->pixels + (ptrdiff_t)y * paint->stride + x;
}

/* Mixes byte by byte, in groups that fill a vector register: the formula of mix with 16 bits for each channel. */
static void mix_row(uint32_t *row, int count, uint32_t argb, uint32_t alpha)
{
	enum { GROUP = 4 };
	unsigned char over[sizeof(argb)], *bytes = (unsigned char *)row;
	uint16_t add[GROUP * sizeof(argb)], keep = (uint16_t)(256 - alpha);
	memcpy(over, &argb, sizeof(argb));
	for (size_t i = 0; i < GROUP * sizeof(argb); i++) {
		add[i] = (uint16_t)(over[i % sizeof(argb)] * alpha);
	}
	int x = 0;
	for (; x + GROUP <= count; x += GROUP, bytes += sizeof(add) / 2) {
		for (size_t i = 0; i < sizeof(add) / 2; i++) {
			bytes[i] = (unsigned char)((uint16_t)(bytes[i] * keep + add[i]) >> 8);
		}
	}
	for (; x < count; x++) {
		row[x] = mix(row[x], argb, alpha);
	}
}

void paint_fill(const struct paint *paint, struct rect rect, uint32_t argb)
{
	struct rect to = paint_intersect(rect, paint->clip);
	uint32_t alpha = weight(argb);
	if (alpha == 0) {
		return;
	}
	for (int y = to.y; y < to.y + to.h; y++) {
		uint32_t *row = row_of(paint, to.x, y);
		if (alpha == 256) {
			for (int x = 0; x < to.w; x++) {
				row[x] = argb;
			}
		} else {
			mix_row(row, to.w, argb, alpha);
		}
	}
}

/* Most of a text's picture is empty and is skipped four pixels at a time. The other pixels are mixed without further
 * tests, because a mispredicted branch at an edge costs more than mixing. */
static void copy_row(uint32_t *row, const uint32_t *source, int count)
{
	enum { GROUP = 4 };
	int i = 0;
	for (; i + GROUP <= count; i += GROUP) {
		if ((source[i] | source[i + 1] | source[i + 2] | source[i + 3]) >> 24 == 0) {
			continue;
		}
		for (int j = i; j < i + GROUP; j++) {
			row[j] = mix(row[j], source[j], weight(source[j]));
		}
	}
	for (; i < count; i++) {
		row[i] = mix(row[i], source[i], weight(source[i]));
	}
}

void paint_copy(const struct paint *paint, const struct image *image, struct rect from, int x, int y)
{
	struct rect to = paint_intersect((struct rect){x, y, from.w, from.h}, paint->clip);
	for (int i = 0; i < to.h; i++) {
		uint32_t *row = row_of(paint, to.x, to.y + i);
		const uint32_t *source =
			image->argb + (ptrdiff_t)(from.y + to.y - y + i) * image->width + from.x + to.x - x;
		if (image->is_opaque) {
			memcpy(row, source, (size_t)to.w * sizeof(*row));
		} else {
			copy_row(row, source, to.w);
		}
	}
}
