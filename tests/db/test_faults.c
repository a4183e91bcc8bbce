/* Each operation on the disk is made to fail in turn, once and for good, in three ways, as SQLite's own tests do it.
 * Acknowledged entries are there, none is there twice, every failure is reported, and everything works when the fault
 * is over. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <fcntl.h>
#include <unistd.h>

#include "faults.h"
#include "scenario.h"

enum { OPERATIONS_MAX = 20000 };

static long step = 3;

/* Whether the fault came at all: past the last operation it does not. */
static bool strike(const struct state *state, enum fault fault, long n, bool for_good, size_t *refusals)
{
	struct scenario scenario;
	state_empty(state);
	faults_set(fault, n, for_good);
	scenario_begin(&scenario, state->dir);
	scenario_run(&scenario);
	bool struck = faults_struck() > 0;
	faults_clear();
	*refusals += scenario.failures > 0;
	/* A file is never given up for a disk that could not be read for a while. */
	scenario_check_recovery(&scenario);
	assert_int_equal(state_count(state, JOURNAL_FILE ".damaged-"), 0);
	scenario_end(&scenario);
	scenario_check(&scenario, state->dir, SCENARIO_MUST_BE_WHOLE);
	return struck;
}

static void strike_each(enum fault fault, const char *name)
{
	struct state state;
	state_make(&state);
	for (int for_good = 0; for_good <= 1; for_good++) {
		size_t refusals = 0;
		long n = 1;
		long by = fault == FAULT_IO && !for_good ? 1 : step;
		while (strike(&state, fault, n, for_good != 0, &refusals)) {
			n += by;
			assert_true(n < OPERATIONS_MAX);
		}
		print_message("%s %s: %ld operations failed in turn, %zu times something was refused and reported\n",
			      name, for_good ? "for good" : "once", n / by, refusals);
		assert_true(n > 50);
		assert_true(refusals > 0);
	}
	state_remove(&state);
}

static void io_error(void **context)
{
	(void)context;
	strike_each(FAULT_IO, "I/O error");
}

static void disk_full(void **context)
{
	(void)context;
	strike_each(FAULT_FULL, "disk full");
}

static void read_only(void **context)
{
	(void)context;
	strike_each(FAULT_READ_ONLY, "read-only");
}

/* A disk that is read-only from the start: what is there is shown, and only writing fails. */
static void read_only_from_the_start(void **context)
{
	struct state state;
	struct scenario scenario;
	struct err err = {""};
	int64_t id = 0;
	(void)context;
	state_make(&state);
	scenario_begin(&scenario, state.dir);
	scenario_run(&scenario);
	scenario_end(&scenario);
	faults_set(FAULT_READ_ONLY, 1, true);
	struct journal *journal = state_journal(&state);
	struct cache *cache = state_cache(&state);
	struct journal_entries entries = {0};
	struct cache_rows rows = {0};
	assert_true(journal_read(journal, 0, &entries, &err));
	assert_true(entries.count > 0);
	assert_true(cache_read_rows(cache, NULL, NULL, &rows, NULL, &err));
	assert_true(rows.count > 0);
	struct journal_entry entry = state_entry("tap", 5000);
	assert_int_equal(journal_append(journal, &entry, 0, NULL, NULL, &id, &err), JOURNAL_NOT_SAVED);
	assert_non_null(strstr(err.text, "readonly"));
	faults_clear();
	assert_int_equal(journal_append(journal, &entry, 0, NULL, NULL, &id, &err), JOURNAL_APPENDED);
	journal_entries_finish(&entries);
	cache_rows_finish(&rows);
	journal_close(journal);
	cache_close(cache);
	state_remove(&state);
}

/* The file is damaged, and the disk fails while it is being mended. */
static void fault_while_mending(void **context)
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
	long by = step == 1 ? 1 : 4; /* no multiple of the three ways */
	for (bool struck = true; struck; n += by) {
		struct journal *opened = NULL;
		struct err err = {""};
		state_empty(&work);
		state_save(state_path(&work, JOURNAL_FILE), journal, size);
		bool once = n % 3 == 2;
		faults_set(n % 3 == 1 ? FAULT_FULL : FAULT_IO, (n + 2) / 3, !once);
		bool failed = journal_open(work.dir, NULL, &opened, &err) == JOURNAL_FAILED;
		assert_int_equal(failed, err.text[0] != '\0' && !opened);
		journal_close(opened);
		struck = faults_struck() > 0 || n % 3 == 1;
		faults_clear();
		/* Whatever was reached: the rows are there, and so is the file that was damaged. */
		struct scenario fresh = {.dir = work.dir};
		memcpy(fresh.acknowledged, whole.acknowledged, sizeof(fresh.acknowledged));
		fresh.purge_begun = true;
		scenario_check(&fresh, work.dir, SCENARIO_MAY_BE_MENDED);
		size_t kept_size = 0;
		unsigned char *kept = state_load(state_path(&work, JOURNAL_FILE ".damaged-1"), &kept_size);
		assert_int_equal(kept_size, size);
		assert_memory_equal(kept, journal, size);
		free(kept);
		if (once) { /* a try that failed leaves no second name behind */
			assert_int_equal(state_count(&work, JOURNAL_FILE ".damaged-"), 1);
		}
	}
	print_message("mending: failed at %ld points\n", n / by);
	assert_true(n > 50);
	free(journal);
	state_remove(&work);
	state_remove(&state);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(io_error),
		cmocka_unit_test(disk_full),
		cmocka_unit_test(read_only),
		cmocka_unit_test(read_only_from_the_start),
		cmocka_unit_test(fault_while_mending),
	};
	if (argc > 1 && strcmp(argv[1], "--long") == 0) {
		step = 1;
	}
	faults_install();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
