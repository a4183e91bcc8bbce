/* What a row and the list of people make of more bookings than anybody can look at: counts that stay true, and a way to
 * each of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "crowd.h"

#define DAY "2026-11-23T"

static const struct model_row *row_of(const struct model *model, const char *id)
{
	for (size_t i = 0; i < model->row_count; i++) {
		if (strcmp(model->rows[i].id, id) == 0) {
			return &model->rows[i];
		}
	}
	return &model->unplaced;
}

static void book_times(struct scene *scene, const char *place, size_t count, const char *from, const char *to)
{
	for (size_t i = 0; i < count; i++) {
		world_book(scene->world, place, from, to, "Nils S.");
	}
}

static void test_a_few_stand_side_by_side(void **state)
{
	(void)state;
	struct scene scene = scene_begin("sv");
	book_times(&scene, "3", 4, DAY "09:00", DAY "12:00");
	const struct model_row *row = row_of(scene_look(&scene), "place:3");
	size_t people = 0;
	for (size_t i = 0; i < row->block_count; i++) {
		people += strcmp(row->blocks[i].text, "Nils S.") == 0;
		assert_true(row->blocks[i].lanes <= 4);
	}
	assert_int_equal(people, 4);
	scene_end(&scene);
}

static void test_more_are_one_block(void **state)
{
	(void)state;
	struct scene scene = scene_begin("sv");
	book_times(&scene, "3", 12, DAY "13:00", DAY "15:00");
	book_times(&scene, "3", 1, DAY "16:00", DAY "17:00");
	const struct model_row *row = row_of(scene_look(&scene), "place:3");
	const struct model_block *many = &row->blocks[row->block_count - 2];
	assert_string_equal(many->text, "12 bokningar");
	assert_string_equal(many->shorter, "12");
	assert_string_equal(many->spoken, "12 bokningar, 13:00–15:00. Dubbelbokning.");
	assert_true(many->is_conflict);
	assert_int_equal(many->state, SHOWN_BOOKED);
	assert_int_equal(many->lanes, 1);
	assert_int_equal(many->start_min, 13 * 60);
	assert_int_equal(many->end_min, 15 * 60);
	assert_int_equal(many->action.kind, ACTION_OPEN);
	assert_int_equal(many->action.view, row->action.view);
	assert_string_equal(many->action.id, row->action.id);
	assert_string_equal(row->blocks[row->block_count - 1].text, "Nils S.");
	scene_end(&scene);
}

/* Nobody of five has come, and a sixth is booked later: the place is open from now until then. */
static void test_what_can_be_taken_stays_open(void **state)
{
	(void)state;
	struct scene scene = scene_begin("sv");
	book_times(&scene, "3", 5, DAY "09:00", DAY "15:00");
	book_times(&scene, "3", 1, DAY "13:00", DAY "15:00");
	const struct model_row *row = row_of(scene_look(&scene), "place:3");
	assert_int_equal(row->block_count, 3);
	assert_string_equal(row->blocks[0].text, "5 bokningar");
	assert_int_equal(row->blocks[0].end_min, 10 * 60 + 42);
	assert_int_equal(row->blocks[1].state, SHOWN_ABSENT);
	assert_int_equal(row->blocks[1].start_min, 10 * 60 + 42);
	assert_int_equal(row->blocks[1].end_min, 13 * 60);
	assert_int_equal(row->blocks[1].lanes, 1);
	assert_string_equal(row->blocks[2].text, "Nils S.");
	assert_int_equal(row->blocks[2].lanes, 1);
	assert_int_equal(row->blocks[2].start_min, 13 * 60);
	assert_int_equal(row->blocks[2].end_min, 15 * 60);
	scene_end(&scene);
}

/* Returns the sum of what the blocks of a row stand for. */
static size_t counted(const struct model_row *row)
{
	size_t sum = 0;
	for (size_t i = 0; i < row->block_count; i++) {
		bool is_crowd = strncmp(row->blocks[i].id, "crowd:", 6) == 0;
		bool is_one = strncmp(row->blocks[i].id, "booking:", 8) == 0;
		sum += is_crowd ? strtoul(row->blocks[i].text, NULL, 10) : is_one;
	}
	return sum;
}

static void test_the_counts_are_true(void **state)
{
	(void)state;
	for (size_t i = 0; i < crowd_count; i++) {
		struct scene scene = scene_begin("sv");
		struct crowd crowd = crowds[i];
		crowd.count = 600; /* all of them today, also when they last for weeks */
		crowd_fill(scene.world, &crowd);
		const struct model *model = scene_look(&scene);
		size_t sum = counted(&model->unplaced);
		for (size_t row = 0; row < model->row_count; row++) {
			assert_true(model->rows[row].block_count < 60);
			sum += counted(&model->rows[row]);
		}
		bool has_blocks = crowd.where != CROWD_MEETINGS && crowd.where != CROWD_NOTICES;
		assert_int_equal(sum, has_blocks ? 600 : 0);
		scene_end(&scene);
	}
}

static void test_everybody_is_reached(void **state)
{
	(void)state;
	enum { PEOPLE = 500 };
	struct scene scene = scene_begin("sv");
	struct crowd crowd = {"", PEOPLE, CROWD_NAMES, CROWD_UNPLACED, CROWD_ALL_DAY};
	crowd_fill(scene.world, &crowd);
	scene_look_at(&scene, VIEW_ALL, "");
	scene.visit.choice = 0;
	for (int size = 1; size <= LIST_PAGE_MAX; size++) {
		size_t reached = 0;
		int pages = (PEOPLE + size - 1) / size;
		for (scene.visit.page = 0; scene.visit.page < pages; scene.visit.page++) {
			const struct model *model = scene_look(&scene);
			assert_int_equal(model->listed_count, PEOPLE);
			assert_int_equal(model->waiting_total, PEOPLE);
			assert_string_equal(model->show_all.text, "Visa alla 500");
			size_t from = (size_t)(scene.visit.page * size), to = from + (size_t)size;
			for (size_t i = from; i < to && i < PEOPLE; i++) {
				assert_non_null(model->listed[i]);
				assert_int_equal(model->listed[i]->action.kind, ACTION_OPEN);
				assert_true(i == from ||
					    strcmp(model->listed[i - 1]->name, model->listed[i]->name) <= 0);
				reached++;
			}
		}
		assert_int_equal(reached, PEOPLE);
	}
	scene_end(&scene);
}

/* The wall counts what it does not list, and calls no day empty whose meetings it has not looked at. */
static void test_the_wall_counts_the_rest(void **state)
{
	(void)state;
	struct scene scene = scene_begin("sv");
	struct crowd crowd = {"", 2000, CROWD_SWEDISH, CROWD_MEETINGS, CROWD_SAME};
	crowd_fill(scene.world, &crowd);
	scene.world->config.mode = MODE_WALL;
	const struct model *model = scene_look(&scene);
	size_t listed = 0;
	for (size_t i = 0; i < model->wall_meeting_count; i++) {
		listed += model->wall_meetings[i].count;
		assert_true(model->wall_meetings[i].is_elsewhere);
	}
	assert_int_equal(listed, WALL_MEETINGS_MAX);
	assert_int_equal(listed + model->wall_more_here + model->wall_more_elsewhere + model->wall_ended, 2000);
	assert_false(model->wall_is_quiet);
	scene_end(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_few_stand_side_by_side),     cmocka_unit_test(test_more_are_one_block),
		cmocka_unit_test(test_what_can_be_taken_stays_open), cmocka_unit_test(test_the_counts_are_true),
		cmocka_unit_test(test_everybody_is_reached),         cmocka_unit_test(test_the_wall_counts_the_rest),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
