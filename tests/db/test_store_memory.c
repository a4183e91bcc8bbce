/* Each allocation is made to fail in turn, once and for good. Acknowledged entries are there, every failure is
 * reported, nothing leaks, no file is given up, and everything works when there is memory again. Without `--long` only
 * some of the allocations fail. */
#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "scenario.h"

enum { ALLOCATIONS_MAX = 100000 };

static long step = 19;

static bool strike(const struct state *state, long n, bool for_good, size_t *refusals)
{
	struct scenario scenario;
	state_empty(state);
	long live = memory_live();
	memory_set(n, for_good);
	scenario_begin(&scenario, state->dir);
	scenario_run_briefly(&scenario);
	bool struck = memory_struck() > 0;
	memory_clear();
	*refusals += scenario.failures > 0;
	scenario_check_recovery(&scenario);
	scenario_end(&scenario);
	assert_int_equal(state_count(state, JOURNAL_FILE ".damaged-"), 0);
	assert_int_equal(memory_live(), live);
	return struck;
}

static void each_allocation_fails(bool for_good)
{
	struct state state;
	size_t refusals = 0;
	long n = 1;
	state_make(&state);
	while (strike(&state, n, for_good, &refusals)) {
		n += step;
		assert_true(n < ALLOCATIONS_MAX);
	}
	print_message("%s: %ld allocations failed in turn, %zu times something was refused and reported\n",
		      for_good ? "for good" : "once", n / step, refusals);
	assert_true(n > 1000);
	assert_true(refusals > 0);
	state_remove(&state);
}

static void each_fails_once(void **context)
{
	(void)context;
	each_allocation_fails(false);
}

static void each_fails_for_good(void **context)
{
	(void)context;
	each_allocation_fails(true);
}

/* A damaged journal is being mended when memory runs out. */
static void none_is_lost_while_mending(void **context)
{
	struct state state;
	struct state work;
	struct scenario whole;
	size_t size = 0;
	(void)context;
	state_make(&state);
	state_make(&work);
	scenario_begin(&whole, state.dir);
	scenario_run(&whole);
	scenario_end(&whole);
	unsigned char *journal = state_load(state_path(&state, JOURNAL_FILE), &size);
	memset(journal, 'x', 100);
	long n = 1;
	for (bool struck = true; struck; n += step) {
		struct journal *opened = NULL;
		struct err err = {""};
		state_empty(&work);
		state_save(state_path(&work, JOURNAL_FILE), journal, size);
		long live = memory_live();
		memory_set(n, n % 2 == 0);
		enum journal_opened how = journal_open(work.dir, NULL, &opened, &err);
		struck = memory_struck() > 0;
		memory_clear();
		assert_int_equal(how == JOURNAL_FAILED, !opened);
		assert_true(err.text[0] != '\0');
		journal_close(opened);
		assert_int_equal(memory_live(), live);
		whole.dir = work.dir;
		scenario_check(&whole, work.dir, SCENARIO_MAY_BE_MENDED);
	}
	print_message("mending: %ld allocations failed in turn\n", n / step);
	free(journal);
	state_remove(&work);
	state_remove(&state);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_fails_once),
		cmocka_unit_test(each_fails_for_good),
		cmocka_unit_test(none_is_lost_while_mending),
	};
	if (argc > 1 && strcmp(argv[1], "--long") == 0) {
		step = 1;
	}
	memory_install();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
