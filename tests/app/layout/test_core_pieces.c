/* Memory runs out at the first piece that a screen asks its arena for, the second, the third …: there is no model or no
 * layout then, and nothing worse. Pieces, not blocks (test_core_memory): most of them never meet the end of a block. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/base/arena.h"
#include "app/layout/layout.h"
#include "fixture.h"
#include "tests/app/model/scene.h"

void *__real_arena_alloc(struct arena *arena, size_t size);
const char *__real_arena_copy(struct arena *arena, const char *text, size_t length);
void *__wrap_arena_alloc(struct arena *arena, size_t size);
const char *__wrap_arena_copy(struct arena *arena, const char *text, size_t length);

enum { PIECES_MAX = 20000 };

static long left = -1; /* pieces that are still there; -1: all */

static bool is_out(void)
{
	if (left > 0) {
		left--;
	}
	return left == 0;
}

/* The arena remembers that it has failed, as it does when the system refuses. */
void *__wrap_arena_alloc(struct arena *arena, size_t size)
{
	return __real_arena_alloc(arena, is_out() ? SIZE_MAX : size);
}

const char *__wrap_arena_copy(struct arena *arena, const char *text, size_t length)
{
	if (is_out()) {
		__real_arena_alloc(arena, SIZE_MAX);
	}
	return __real_arena_copy(arena, text, length);
}

static bool try_model(struct scene *scene)
{
	struct model_time time = {scene->world->now_utc, scene->mono_ms, true};
	struct model *model =
		model_create(&scene->world->config, scene->region, &scene->world->snapshot, &scene->visit, &time);
	bool is_made = model;
	left = -1;
	model_destroy(model);
	return is_made;
}

static bool try_layout(struct scene *scene)
{
	struct layout_screen screen = fixture_screen(1920, 1080);
	struct ui *ui = layout_create(scene->model, &screen, fixture_measure());
	bool is_made = ui;
	left = -1;
	layout_destroy(ui);
	return is_made;
}

/* Returns how many pieces it takes. */
static long until_well(struct scene *scene, bool (*try)(struct scene *scene))
{
	for (long pieces = 1; pieces < PIECES_MAX; pieces++) {
		left = pieces;
		if (try(scene)) {
			return pieces;
		}
	}
	fail_msg("never enough");
	return 0;
}

static const char *id_of(enum view_kind view)
{
	return view == VIEW_FREE ? "3" : view == VIEW_MEETING ? "kc" : "u9";
}

static void test_each_piece(void **state)
{
	(void)state;
	long models = 0, layouts = 0;
	for (int mode = MODE_KIOSK; mode <= MODE_WALL; mode++) {
		for (int view = VIEW_HOME; view <= VIEW_SETUP; view++) {
			struct scene scene = scene_of_picture("sv");
			scene.world->config.mode = (enum config_mode)mode;
			scene.visit.view = (enum view_kind)view;
			strcpy(scene.visit.id, id_of((enum view_kind)view));
			models += until_well(&scene, try_model);
			scene_look_at(&scene, (enum view_kind)view, id_of((enum view_kind)view));
			layouts += until_well(&scene, try_layout);
			scene_end(&scene);
		}
	}
	print_message("%ld pieces of models, %ld of layouts\n", models, layouts);
	assert_true(models > 200 && layouts > 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_each_piece)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
