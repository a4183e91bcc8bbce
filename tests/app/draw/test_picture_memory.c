/* What a picture takes is counted, in every allocation of the program and of SDL: its pixels a few times, and caches of
 * a fixed size. No part of it grows with the pixels of something that is drawn again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <SDL.h>

#include "app/base/limits.h"
#include "app/draw/screenshot.h"
#include "tests/app/layout/fixture.h"
#include "tests/app/layout/measure.h"

static size_t held, most_held;

void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_realloc(void *old, size_t size);
void __real_free(void *memory);
void __wrap_free(void *memory);

static void *add(void *memory)
{
	held += memory ? malloc_usable_size(memory) : 0;
	most_held = held > most_held ? held : most_held;
	return memory;
}

/* Memory that another library allocated is not counted when it is freed. */
static void drop(void *memory)
{
	size_t size = memory ? malloc_usable_size(memory) : 0;
	held -= size < held ? size : held;
}

void *__wrap_malloc(size_t size)
{
	return add(__real_malloc(size));
}

void *__wrap_calloc(size_t count, size_t size)
{
	return add(__real_calloc(count, size));
}

void *__wrap_realloc(void *old, size_t size)
{
	drop(old);
	return add(__real_realloc(old, size));
}

void __wrap_free(void *memory)
{
	drop(memory);
	__real_free(memory);
}

enum { BYTES_A_PIXEL = 10, CACHES = DRAW_CACHE_MAX + DRAW_MAPS_MAX, OTHER = 16 << 20 };

static const struct {
	enum view_kind view;
	int width_px, height_px;
} pictures[] = {{VIEW_HOME, 1280, 720}, {VIEW_DONE, 2560, 1440}, {VIEW_MAP, 2560, 1440}, {VIEW_HOME, 3840, 2160}};

static void test_pictures(void **state)
{
	(void)state;
	if (!measure_get()) {
		skip();
	}
	for (size_t i = 0; i < sizeof(pictures) / sizeof(pictures[0]); i++) {
		struct fixture fixture = {.view = pictures[i].view, .has_map = true};
		struct layout_screen screen = fixture_screen(pictures[i].width_px, pictures[i].height_px);
		struct arena *arena = arena_create();
		struct ui *ui = layout_create(fixture_model(arena, &fixture), &screen, measure_get());
		struct err err = {""};
		assert_non_null(ui);
		held = most_held = 0;
		if (!screenshot_write(ui, NULL, KIOSK_BINARY_DIR "/share/satellitkiosk", "test_picture.png", &err)) {
			fail_msg("%s", err.text);
		}
		size_t pixels = (size_t)pictures[i].width_px * (size_t)pictures[i].height_px;
		printf("%d×%d: %zu bytes at most, %.1f a pixel\n", pictures[i].width_px, pictures[i].height_px,
		       most_held, (double)most_held / (double)pixels);
		assert_true(most_held <= BYTES_A_PIXEL * pixels + CACHES + OTHER);
		layout_destroy(ui);
		arena_destroy(arena);
	}
	unlink("test_picture.png");
	measure_free();
}

/* The largest picture that can be asked for fits into what the unit may take. */
static void test_the_largest(void **state)
{
	(void)state;
	assert_true((int64_t)WINDOW_PIXELS_MAX * BYTES_A_PIXEL + CACHES + OTHER <= UNIT_MEMORY_MAX / 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pictures),
		cmocka_unit_test(test_the_largest),
	};
	SDL_SetMemoryFunctions(__wrap_malloc, __wrap_calloc, __wrap_realloc, __wrap_free);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
