/* Memory runs out at the first allocation, the second, the third …: the rules and the screens say so, or are whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/layout/layout.h"
#include "fixture.h"
#include "tests/app/model/scene.h"

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
char *__real_strdup(const char *text);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);
char *__wrap_strdup(const char *text);

static long left = -1; /* allocations that still succeed; -1: all */

static bool is_out(void)
{
	if (left > 0) {
		left--;
	}
	return left == 0;
}

void *__wrap_malloc(size_t size)
{
	return is_out() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
	return is_out() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *memory, size_t size)
{
	return is_out() ? NULL : __real_realloc(memory, size);
}

char *__wrap_strdup(const char *text)
{
	return is_out() ? NULL : __real_strdup(text);
}

enum { ALLOCATIONS_MAX = 2000 };

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

/* Returns how many allocations it took until all went well. */
static long until_well(struct scene *scene, bool (*try)(struct scene *scene))
{
	for (long count = 1; count < ALLOCATIONS_MAX; count++) {
		left = count;
		bool is_well = try(scene);
		left = -1;
		if (is_well) {
			return count;
		}
	}
	fail_msg("never well");
	return 0;
}

static void test_models(void **state)
{
	(void)state;
	for (int mode = MODE_KIOSK; mode <= MODE_WALL; mode++) {
		for (int view = VIEW_HOME; view <= VIEW_SETUP; view++) {
			struct scene scene = scene_of_picture("sv");
			for (int i = 0; i < 300; i++) { /* more than one block of the arena */
				world_book(scene.world, "4", "2026-11-23T10:00", "2026-11-23T12:00", "Lo B.");
			}
			scene.world->config.mode = (enum config_mode)mode;
			scene.visit.view = (enum view_kind)view;
			strcpy(scene.visit.id, view == VIEW_FREE ? "3" : view == VIEW_MEETING ? "kc" : "u9");
			assert_true(until_well(&scene, try_model) > 4);
			scene_end(&scene);
		}
	}
}

static bool try_layout(struct scene *scene)
{
	struct layout_screen screen = fixture_screen(1920, 1080);
	struct ui *ui = layout_create(scene->model, &screen, fixture_measure());
	left = -1;
	layout_destroy(ui);
	return ui;
}

static void test_layouts(void **state)
{
	(void)state;
	for (int view = VIEW_HOME; view <= VIEW_SETUP; view++) {
		struct scene scene = scene_of_picture("sv");
		scene_look_at(&scene, (enum view_kind)view,
			      view == VIEW_FREE      ? "3"
			      : view == VIEW_MEETING ? "kc"
						     : "u9");
		assert_true(until_well(&scene, try_layout) > 1);
		scene_end(&scene);
	}
}

static bool try_judging(struct scene *scene)
{
	struct office_input input = world_input(scene->world);
	static const struct command commands[] = {{.kind = COMMAND_CHECK_IN, .id = "u9"},
						  {.kind = COMMAND_UNDO, .entry = 1}};
	scene->world->config.undo_s = 100000; /* the first entry may still be undone */
	enum office_verdict first = office_judge(&input, &commands[0], NULL);
	enum office_verdict second = office_judge(&input, &commands[1], NULL);
	left = left < 0 ? -1 : left;
	assert_true(first == OFFICE_ALLOWED || first == OFFICE_NO_MEMORY);
	assert_true(second == OFFICE_ALLOWED || second == OFFICE_NO_MEMORY);
	return first == OFFICE_ALLOWED && second == OFFICE_ALLOWED;
}

static bool try_entry(struct scene *scene)
{
	struct office_input input = world_input(scene->world);
	const struct command command = {.kind = COMMAND_CHECK_IN, .id = "u9"};
	struct journal_entry entry = {0};
	int64_t standing = 0;
	enum office_verdict verdict = office_plan(&input, &command, "t", &standing, &entry);
	left = -1;
	bool is_made = verdict == OFFICE_ALLOWED;
	assert_true(is_made ? strcmp(entry.place, "5") == 0 : !entry.place && verdict == OFFICE_NO_MEMORY);
	free(entry.token);
	free(entry.box);
	free(entry.target);
	free(entry.place);
	free(entry.feed);
	free(entry.uid);
	free(entry.recurrence_id);
	free(entry.label);
	return is_made;
}

static void test_rules(void **state)
{
	(void)state;
	struct scene scene = scene_of_picture("sv");
	assert_true(until_well(&scene, try_judging) > 2);
	assert_true(until_well(&scene, try_entry) > 6);
	scene_end(&scene);
}

static bool try_region(struct scene *scene)
{
	(void)scene;
	struct err err = {""};
	struct region *region = region_read(KIOSK_SOURCE_DIR "/assets/region.conf", &err);
	left = -1;
	assert_true(region || err.text[0]);
	bool is_read = region;
	region_destroy(region);
	return is_read;
}

static void test_region(void **state)
{
	(void)state;
	assert_true(until_well(NULL, try_region) > 30);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_models),
		cmocka_unit_test(test_layouts),
		cmocka_unit_test(test_rules),
		cmocka_unit_test(test_region),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
