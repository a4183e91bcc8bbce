/* Memory runs out at the first piece that the rules ask for, the second, the third …: there is no office then, and no
 * verdict but that. Pieces, not blocks: the arena (linked with --wrap) would hide all but a few of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/base/arena.h"
#include "world.h"

#define DAY "2026-11-23T"

void *__real_arena_alloc(struct arena *arena, size_t size);
void *__wrap_arena_alloc(struct arena *arena, size_t size);

enum { PIECES_MAX = 200 };

static long left = -1; /* pieces that are still there; -1: all */

/* The arena remembers that it has failed, as it does when the system refuses. */
void *__wrap_arena_alloc(struct arena *arena, size_t size)
{
	if (left > 0) {
		left--;
	}
	return __real_arena_alloc(arena, left == 0 ? SIZE_MAX : size);
}

struct case_memory {
	const char *name;
	int bookings;
	bool has_drop_in, is_checked_in;
};

static struct world *set_up(const struct case_memory *c)
{
	struct world *world = world_create();
	for (int i = 0; i < c->bookings; i++) {
		world_book(world, "5", DAY "10:30", DAY "15:00", "Nils S.");
	}
	if (c->has_drop_in) {
		assert_int_equal(world_drop_in(world, "4", DAY "12:00"), OFFICE_ALLOWED);
	}
	if (c->is_checked_in) {
		assert_int_equal(world_check_in(world, "u1", ""), OFFICE_ALLOWED);
	}
	return world;
}

static long pieces_of_office(const struct office_input *input)
{
	for (long pieces = 1; pieces < PIECES_MAX; pieces++) {
		left = pieces;
		struct office *office = office_create(input);
		left = -1;
		if (office) {
			office_destroy(office);
			return pieces;
		}
	}
	fail_msg("never enough");
	return 0;
}

static long pieces_of_verdict(const struct office_input *input, const struct command *command)
{
	for (long pieces = 1; pieces < PIECES_MAX; pieces++) {
		left = pieces;
		enum office_verdict verdict = office_judge(input, command, NULL);
		left = -1;
		if (verdict != OFFICE_NO_MEMORY) {
			assert_int_equal(verdict, OFFICE_ALLOWED);
			return pieces;
		}
	}
	fail_msg("never enough");
	return 0;
}

static void test_each_piece(void **state)
{
	(void)state;
	static const struct case_memory cases[] = {
		{"an empty office", 0, false, false},       {"a booking", 1, false, false},
		{"a drop-in alone", 0, true, false},        {"more than one array of bookings", 70, true, false},
		{"somebody has checked in", 1, true, true},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct world *world = set_up(&cases[i]);
		struct office_input input = world_input(world);
		long pieces = pieces_of_office(&input);
		print_message("%s: %ld pieces\n", cases[i].name, pieces);
		assert_true(pieces > 8);
		if (cases[i].has_drop_in) {
			const struct command undo = {.kind = COMMAND_UNDO, .entry = 1};
			assert_true(pieces_of_verdict(&input, &undo) > pieces); /* with a trial beside it */
		}
		world_destroy(world);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_each_piece)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
