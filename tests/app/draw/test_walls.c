/* The walls of a floor plan as pixels: in the theme's colours, in any size, and within limits whatever the drawing
 * holds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/base/limits.h"
#include "app/draw/walls.h"

static const struct walls_look light = {200, 100, 0xFFFBFAF6U, 0xFF8F8778U, 0xFF5E93ABU, 0xFFFFFFFFU};
static const struct walls_look dark = {200, 100, 0xFF16293AU, 0xFF6B8C9DU, 0xFF8FB9CCU, 0xFF1A303DU};
static char path[] = "/tmp/test_walls.XXXXXX";

static struct walls *paint(const char *shapes, struct err *err)
{
	FILE *stream = fopen(path, "w");
	assert_non_null(stream);
	fprintf(stream, "<svg viewBox='0 0 200 100'>%s</svg>", shapes);
	assert_int_equal(fclose(stream), 0);
	struct floorplan *floorplan = floorplan_read(path, NULL, 0, err);
	assert_non_null(floorplan);
	struct walls *walls = walls_create(floorplan, err);
	floorplan_destroy(floorplan);
	return walls;
}

static uint32_t pixel(const struct walls *walls, const struct walls_look *look, int x, int y)
{
	struct image image;
	assert_true(walls_paint(walls, look, &image));
	uint32_t argb = image.argb[y * image.width + x];
	image_finish(&image);
	return argb;
}

static int distance(uint32_t a, uint32_t b)
{
	int most = 0;
	for (int shift = 0; shift < 32; shift += 8) {
		int apart = abs((int)(a >> shift & 255U) - (int)(b >> shift & 255U));
		most = apart > most ? apart : most;
	}
	return most;
}

static void test_the_theme_decides_the_colours(void **state)
{
	(void)state;
	struct err err = {""};
	struct walls *walls = paint("<rect x='20' y='10' width='160' height='80' fill='#fff'/>"
				    "<rect x='20' y='10' width='20' height='80' fill='#444'/>"
				    "<rect x='100' y='10' width='20' height='80' fill='#05c'/>"
				    "<image href='/etc/passwd' x='60' y='10' width='10' height='10'/>",
				    &err);
	if (!walls) {
		fail_msg("%s", err.text);
	}
	const struct walls_look *looks[] = {&light, &dark};
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(pixel(walls, looks[i], 5, 5), looks[i]->behind_rgb);
		assert_true(distance(pixel(walls, looks[i], 60, 50), looks[i]->floor_rgb) <= 2);
		assert_true(distance(pixel(walls, looks[i], 30, 50), looks[i]->wall_rgb) <= 4);
		assert_true(distance(pixel(walls, looks[i], 110, 50), looks[i]->glass_rgb) <= 4);
		assert_true(distance(pixel(walls, looks[i], 62, 15), looks[i]->floor_rgb) <= 2); /* no image */
	}
	walls_destroy(walls);
}

static void test_any_size(void **state)
{
	(void)state;
	struct err err = {""};
	struct walls *walls = paint("<rect width='200' height='100' fill='#000'/>", &err);
	assert_non_null(walls);
	static const int sizes[][2] = {{1, 1}, {2, 1}, {199, 3}, {2048, 1024}, {3000, 1500}, {1, 4000}};
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		struct walls_look look = light;
		look.width_px = sizes[i][0];
		look.height_px = sizes[i][1];
		assert_true(distance(pixel(walls, &look, sizes[i][0] - 1, sizes[i][1] - 1), light.wall_rgb) <= 4);
	}
	struct walls_look look = light;
	struct image image;
	look.width_px = 0;
	assert_false(walls_paint(walls, &look, &image));
	walls_destroy(walls);
}

/* The one would keep a painter busy for years, the other fills the memory. */
static void test_a_hostile_drawing_is_given_up(void **state)
{
	(void)state;
	enum { CURVES = 80000 };
	static const char begin[] = "<path stroke='#000' fill='none' d='M0 0", curve[] = "c200 100 -200 100 9 0";
	char *curves = malloc(sizeof(begin) + CURVES * sizeof(curve) + 8), *at = curves;
	assert_non_null(curves);
	at = stpcpy(at, begin);
	for (int i = 0; i < CURVES; i++) {
		at = stpcpy(at, curve);
	}
	strcpy(at, "'/>");
	const char *const shapes[] = {
		"<path d='M-9e8 0L9e8 90' stroke='#000' stroke-dasharray='0.001 0.001'/>",
#ifndef KIOSK_SANITIZED /* a sanitizer's memory cannot be limited */
		curves,
#endif
	};
	for (size_t i = 0; i < sizeof(shapes) / sizeof(*shapes); i++) {
		struct err err = {""};
		assert_null(paint(shapes[i], &err));
		assert_non_null(strstr(err.text, "cannot be painted within 5 s and 256 MiB"));
		assert_int_equal(waitpid(-1, NULL, WNOHANG), -1); /* no child is left */
	}
	free(curves);
}

static void test_a_harmless_drawing_that_looks_hostile(void **state)
{
	(void)state;
	static const char *const shapes[] = {
		"",
		"<g id='a'><use href='#a'/></g>",
		"<linearGradient id='a' href='#a'/><rect width='9' height='9' fill='url(#a)'/>",
		"<path d='M0 0Z'/><path d=''/><path/><rect width='-5' height='nan'/>",
		"<circle r='1e30'/><path d='M1e30 1e30L-1e30 -1e30' stroke='#000'/>",
		"<rect width='9' height='9' transform='matrix(1e20 0 0 1e20 1e30 1e30)'/>",
		"<style>* { fill: red } .a { stroke: url(https://example.org/x) }</style>",
	};
	for (size_t i = 0; i < sizeof(shapes) / sizeof(*shapes); i++) {
		struct err err = {""};
		struct walls *walls = paint(shapes[i], &err);
		if (!walls) {
			fail_msg("%s: %s", shapes[i], err.text);
		}
		walls_destroy(walls);
	}
}

static int set_up(void **state)
{
	(void)state;
	int fd = mkstemp(path);
	return fd < 0 ? -1 : close(fd);
}

static int tear_down(void **state)
{
	(void)state;
	return unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_theme_decides_the_colours),
		cmocka_unit_test(test_any_size),
		cmocka_unit_test(test_a_hostile_drawing_is_given_up),
		cmocka_unit_test(test_a_harmless_drawing_that_looks_hostile),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
