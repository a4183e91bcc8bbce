/* The power is cut before every change that reaches the disk, and of what was not synced by then all, nothing or any
 * part is lost. What was acknowledged is there, once; the cache is whole. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "disk.h"
#include "faults.h"
#include "scenario.h"

struct cuts {
	const struct scenario *scenario;
	struct state left; /* where what is left is looked at */
	enum scenario_mend mend;
	int tries; /* of the kinds that choose at random */
	size_t points, images;
};

static void cut_here(void *context)
{
	struct cuts *cuts = context;
	cuts->points++;
	for (enum disk_keep keep = 0; keep < DISK_KEEP_COUNT; keep++) {
		int tries = keep == DISK_KEEP_SOME || keep == DISK_KEEP_TORN ? cuts->tries : 1;
		for (int i = 0; i < tries; i++) {
			state_empty(&cuts->left);
			disk_cut_power(cuts->left.dir, keep);
			scenario_check(cuts->scenario, cuts->left.dir, cuts->mend);
			cuts->images++;
		}
	}
}

static int tries_at_each_point = 2;

static void no_power_cut_loses_a_check_in(void **context)
{
	struct state state;
	struct scenario scenario = {0};
	struct cuts cuts = {.scenario = &scenario, .tries = tries_at_each_point};
	(void)context;
	state_make(&state);
	state_make(&cuts.left);
	scenario.dir = state.dir;
	disk_watch(state.dir, cut_here, &cuts);
	scenario_begin(&scenario, state.dir);
	scenario_run(&scenario);
	for (size_t i = 0; i < 6; i++) {
		assert_true(scenario.acknowledged[i]);
	}
	cut_here(&cuts);
	scenario_end(&scenario);
	cut_here(&cuts);
	disk_unwatch();
	print_message("power cut at %zu points, %zu disks looked at, nothing lost\n", cuts.points, cuts.images);
	assert_true(cuts.points > 100);
	state_remove(&cuts.left);
	state_remove(&state);
}

/* The same while a damaged journal is being mended: either the damaged or the mended one is there, with all rows. */
static void no_power_cut_loses_a_damaged_journal(void **context)
{
	struct state state;
	struct scenario scenario;
	struct cuts cuts = {.scenario = &scenario, .tries = tries_at_each_point, .mend = SCENARIO_MAY_BE_MENDED};
	struct journal *journal = NULL;
	struct cache *cache = NULL;
	struct err err = {""};
	size_t size = 0;
	(void)context;
	state_make(&state);
	state_make(&cuts.left);
	scenario_begin(&scenario, state.dir);
	scenario_run(&scenario);
	scenario_end(&scenario);
	const char *const files[] = {JOURNAL_FILE, CACHE_FILE};
	for (size_t i = 0; i < 2; i++) {
		unsigned char *bytes = state_load(state_path(&state, files[i]), &size);
		memset(bytes, 'x', 100);
		state_save(state_path(&state, files[i]), bytes, size);
		free(bytes);
	}
	disk_watch(state.dir, cut_here, &cuts);
	assert_int_equal(journal_open(state.dir, NULL, &journal, &err), JOURNAL_SALVAGED);
	assert_int_equal(cache_open(state.dir, NULL, &cache, &err), CACHE_REBUILT);
	cut_here(&cuts);
	disk_unwatch();
	journal_close(journal);
	cache_close(cache);
	print_message("power cut at %zu points of mending, %zu disks looked at\n", cuts.points, cuts.images);
	assert_true(cuts.points > 20);
	state_remove(&cuts.left);
	state_remove(&state);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_power_cut_loses_a_check_in),
		cmocka_unit_test(no_power_cut_loses_a_damaged_journal),
	};
	if (argc > 1 && strcmp(argv[1], "--long") == 0) {
		tries_at_each_point = 50;
	}
	srand(48);
	faults_install();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
