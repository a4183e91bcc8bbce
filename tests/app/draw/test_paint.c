/* Fills and copies, pixel by pixel, against the arithmetic that they stand for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "app/draw/paint.h"

enum { WIDTH = 37, HEIGHT = 11, STRIDE = 40 };

static uint32_t pixels[STRIDE * HEIGHT];

static struct paint sheet(struct rect clip)
{
	for (int i = 0; i < STRIDE * HEIGHT; i++) {
		pixels[i] = 0xFF203040U;
	}
	return (struct paint){pixels, STRIDE, clip};
}

static int channel(uint32_t argb, int shift)
{
	return (int)((argb >> shift) & 255U);
}

/* Within one step of the exact mixture. */
static void assert_mixed(uint32_t seen, uint32_t under, uint32_t over)
{
	int alpha = (int)(over >> 24);
	for (int shift = 0; shift <= 16; shift += 8) {
		int exact = (channel(over, shift) * alpha + channel(under, shift) * (255 - alpha)) / 255;
		assert_in_range(channel(seen, shift) + 1, exact, exact + 2);
	}
}

static void fills_mix_by_their_alpha(void **state)
{
	(void)state;
	for (uint32_t alpha = 0; alpha <= 255; alpha++) {
		uint32_t over = alpha << 24 | 0xE0A010U;
		for (int width = 1; width < 12; width++) { /* groups and what is left over */
			struct paint paint = sheet((struct rect){0, 0, WIDTH, HEIGHT});
			paint_fill(&paint, (struct rect){3, 2, width, 3}, over);
			assert_mixed(pixels[2 * STRIDE + 3], 0xFF203040U, over);
			assert_mixed(pixels[4 * STRIDE + 3 + width - 1], 0xFF203040U, over);
			assert_int_equal(pixels[2 * STRIDE + 3 + width], 0xFF203040U);
			assert_int_equal(pixels[2 * STRIDE + 2], 0xFF203040U);
			assert_int_equal(pixels[5 * STRIDE + 3], 0xFF203040U);
		}
	}
}

static void full_and_none_are_exact(void **state)
{
	struct paint paint = sheet((struct rect){0, 0, WIDTH, HEIGHT});
	(void)state;
	paint_fill(&paint, (struct rect){0, 0, WIDTH, HEIGHT}, 0x00FFFFFFU);
	assert_int_equal(pixels[0], 0xFF203040U);
	paint_fill(&paint, (struct rect){0, 0, WIDTH, HEIGHT}, 0xFF010203U);
	assert_int_equal(pixels[0], 0xFF010203U);
	assert_int_equal(pixels[(HEIGHT - 1) * STRIDE + WIDTH - 1], 0xFF010203U);
	assert_int_equal(pixels[WIDTH], 0xFF203040U); /* beyond the picture's width */
}

static void copies_mix_by_each_pixels_alpha(void **state)
{
	struct image image;
	(void)state;
	assert_true(image_init(&image, 17, 5));
	for (int i = 0; i < 17 * 5; i++) {
		image.argb[i] = (uint32_t)(i * 3) << 24 | (uint32_t)i * 0x030201U;
	}
	struct paint paint = sheet((struct rect){0, 0, WIDTH, HEIGHT});
	paint_copy(&paint, &image, (struct rect){0, 0, 17, 5}, 4, 2);
	for (int y = 0; y < 5; y++) {
		for (int x = 0; x < 17; x++) {
			assert_mixed(pixels[(y + 2) * STRIDE + x + 4], 0xFF203040U, image.argb[y * 17 + x]);
		}
	}
	assert_int_equal(pixels[2 * STRIDE + 21], 0xFF203040U);
	image_finish(&image);
}

/* Anything, anywhere: only the clip is touched, and nothing outside the image is read (the sanitizers see to that). */
static void nothing_outside_the_clip_is_touched(void **state)
{
	static const struct rect clip = {5, 2, 20, 6};
	struct image image;
	uint32_t seed = 7;
	(void)state;
	assert_true(image_init(&image, 9, 9));
	for (int i = 0; i < 81; i++) {
		image.argb[i] = 0xFFFFFFFFU;
	}
	struct paint paint = sheet(clip);
	for (int round = 0; round < 2000; round++) {
		int values[6];
		for (int i = 0; i < 6; i++) {
			values[i] = (int)((seed = seed * 1664525U + 1013904223U) >> 25) - 40;
		}
		paint_fill(&paint, (struct rect){values[0], values[1], values[2], values[3]}, 0xFFFFFFFFU);
		paint_copy(&paint, &image, (struct rect){2, 1, 7, 8}, values[4], values[5]);
	}
	for (int y = 0; y < HEIGHT; y++) {
		for (int x = 0; x < STRIDE; x++) {
			bool is_inside = x >= 5 && x < 25 && y >= 2 && y < 8;
			assert_int_equal(pixels[y * STRIDE + x], is_inside ? 0xFFFFFFFFU : 0xFF203040U);
		}
	}
	image_finish(&image);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fills_mix_by_their_alpha),
		cmocka_unit_test(full_and_none_are_exact),
		cmocka_unit_test(copies_mix_by_each_pixels_alpha),
		cmocka_unit_test(nothing_outside_the_clip_is_touched),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
