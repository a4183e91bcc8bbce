/* A program that checks people in is killed (SIGKILL) a hundred times, wherever it happens to be. What it had
 * acknowledged is there, once. */
#include "state.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ROUNDS = 100, ACKNOWLEDGED_MAX = 12, SPIN_MAX = 400000 };

static int acknowledged[ROUNDS]; /* how many of each round's check-ins; they are acknowledged in order */

static void name_token(char token[32], int round, int number)
{
	snprintf(token, 32, "tap-%d-%d", round, number);
}

/* Never returns. One byte into the pipe for each check-in that was acknowledged. */
static _Noreturn void check_in_until_killed(const struct state *state, int round, int pipe_out)
{
	struct journal *journal = NULL;
	struct cache *cache = NULL;
	struct err err;
	if (journal_open(state->dir, NULL, &journal, &err) != JOURNAL_OPENED ||
	    cache_open(state->dir, NULL, &cache, &err) != CACHE_OPENED) {
		_exit(1);
	}
	for (int i = 0;; i++) {
		char token[32];
		int64_t id = 0;
		name_token(token, round, i);
		struct journal_entry entry = state_entry(token, 1000 + round);
		if (journal_append(journal, &entry, 0, NULL, NULL, &id, &err) != JOURNAL_APPENDED ||
		    write(pipe_out, "+", 1) != 1) {
			_exit(2);
		}
		struct cache_feed feed = state_feed("desks", 1000 + i);
		struct cache_row row = state_row("uid", token, i);
		const struct cache_rows rows = {&row, 1, 1, NULL};
		if (!cache_replace(cache, &feed, &rows, &err)) {
			_exit(3);
		}
	}
}

static void kill_while_checking_in(const struct state *state, int round)
{
	int ends[2];
	char byte = 0;
	assert_int_equal(pipe(ends), 0);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		close(ends[0]);
		check_in_until_killed(state, round, ends[1]);
	}
	close(ends[1]);
	for (int wanted = rand() % ACKNOWLEDGED_MAX; acknowledged[round] < wanted;) {
		assert_int_equal(read(ends[0], &byte, 1), 1);
		acknowledged[round]++;
	}
	for (volatile int spin = rand() % SPIN_MAX; spin > 0; spin--) {
		; /* somewhere within the next check-in */
	}
	assert_int_equal(kill(child, SIGKILL), 0);
	while (read(ends[0], &byte, 1) == 1) {
		acknowledged[round]++; /* acknowledged before the signal came */
	}
	int status = 0;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	close(ends[0]);
}

static void check_everything(const struct state *state)
{
	struct journal *journal = state_journal(state); /* asserts that nothing had to be salvaged */
	struct journal_entries entries = {0};
	struct err err;
	static unsigned char seen[ROUNDS][4096];
	memset(seen, 0, sizeof(seen));
	assert_true(journal_read(journal, INT64_MIN, &entries, &err));
	for (size_t i = 0; i < entries.count; i++) {
		int round = 0;
		int number = 0;
		assert_int_equal(sscanf(entries.items[i].token, "tap-%d-%d", &round, &number), 2);
		assert_true(round >= 0 && round < ROUNDS && number >= 0 && number < 4096);
		assert_int_equal(seen[round][number], 0); /* not twice */
		seen[round][number] = 1;
		assert_int_equal(entries.items[i].id, i + 1); /* none is missing between */
	}
	for (int round = 0; round < ROUNDS; round++) {
		for (int number = 0; number < acknowledged[round]; number++) {
			assert_int_equal(seen[round][number], 1);
		}
		/* At most the one that was under way came after the last that was acknowledged. */
		assert_int_equal(seen[round][acknowledged[round] + 1], 0);
	}
	journal_entries_finish(&entries);
	journal_close(journal);
	cache_close(state_cache(state));
}

static void no_kill_loses_a_check_in(void **context)
{
	struct state state;
	size_t total = 0;
	(void)context;
	srand(48);
	state_make(&state);
	journal_close(state_journal(&state));
	cache_close(state_cache(&state));
	for (int round = 0; round < ROUNDS; round++) {
		kill_while_checking_in(&state, round);
		if (round % 10 == 9) {
			check_everything(&state);
		}
		total += (size_t)acknowledged[round];
	}
	print_message("killed %d times, %zu check-ins acknowledged, none lost, none doubled\n", ROUNDS, total);
	assert_true(total > ROUNDS);
	state_remove(&state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(no_kill_loses_a_check_in)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
