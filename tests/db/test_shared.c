/* Several programs on one folder: a place is given to one of them, everybody sees everything, and while one mends a
 * file the others go on with what it made. */
#include "state.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db/schema.h"

enum { PROGRAMS = 4, PLACES = 25 };

static int set_up(void **context)
{
	struct state *state = calloc(1, sizeof(*state));
	state_make(state);
	*context = state;
	return 0;
}

static int tear_down(void **context)
{
	state_remove(*context);
	free(*context);
	return 0;
}

/* Runs `act` in several processes at once; they all wait for the same instant to begin. */
static void run_together(const struct state *state, bool (*act)(const struct state *state, int number))
{
	pid_t children[PROGRAMS];
	int gate[2];
	assert_int_equal(pipe(gate), 0);
	for (int i = 0; i < PROGRAMS; i++) {
		children[i] = fork();
		assert_true(children[i] >= 0);
		if (children[i] == 0) {
			char byte;
			close(gate[1]);
			_exit(read(gate[0], &byte, 1) == 0 && act(state, i) ? 0 : 1);
		}
	}
	close(gate[0]);
	close(gate[1]); /* now */
	for (int i = 0; i < PROGRAMS; i++) {
		int status = 0;
		assert_int_equal(waitpid(children[i], &status, 0), children[i]);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), 0);
	}
}

static bool place_is_free(void *context, const struct journal_entries *so_far)
{
	for (size_t i = 0; i < so_far->count; i++) {
		if (strcmp(so_far->items[i].place, context) == 0) {
			return false;
		}
	}
	return true;
}

static enum journal_appended append_patiently(struct journal *journal, const struct journal_entry *entry,
					      bool (*allowed)(void *, const struct journal_entries *), void *context)
{
	enum journal_appended outcome = JOURNAL_NOT_SAVED;
	struct err err;
	int64_t id;
	for (int i = 0; i < 10 && outcome == JOURNAL_NOT_SAVED; i++) {
		outcome = journal_append(journal, entry, 0, allowed, context, &id, &err);
	}
	return outcome;
}

static bool take_every_place(const struct state *state, int number)
{
	struct journal *journal = NULL;
	struct err err;
	bool ok = journal_open(state->dir, NULL, &journal, &err) != JOURNAL_FAILED;
	for (int i = 0; ok && i < PLACES; i++) {
		char place[16];
		char token[32];
		snprintf(place, sizeof(place), "%d", (i + number * 7) % PLACES);
		snprintf(token, sizeof(token), "tap-%d-%d", number, i);
		struct journal_entry entry = state_entry(token, 100);
		entry.place = place;
		enum journal_appended outcome = append_patiently(journal, &entry, place_is_free, place);
		ok = outcome == JOURNAL_APPENDED || outcome == JOURNAL_REFUSED;
	}
	journal_close(journal);
	return ok;
}

/* The programs also race for making the file. */
static void a_place_is_given_once(void **context)
{
	run_together(*context, take_every_place);
	struct journal *journal = state_journal(*context);
	struct journal_entries entries = {0};
	struct err err;
	int taken[PLACES] = {0};
	assert_true(journal_read(journal, 0, &entries, &err));
	assert_int_equal(entries.count, PLACES);
	for (size_t i = 0; i < entries.count; i++) {
		taken[atoi(entries.items[i].place)]++;
	}
	for (int i = 0; i < PLACES; i++) {
		assert_int_equal(taken[i], 1);
	}
	journal_entries_finish(&entries);
	journal_close(journal);
}

static bool append_ten(const struct state *state, int number)
{
	struct journal *journal = NULL;
	struct err err;
	bool ok = journal_open(state->dir, NULL, &journal, &err) != JOURNAL_FAILED;
	for (int i = 0; ok && i < 10; i++) {
		char token[32];
		snprintf(token, sizeof(token), "tap-%d-%d", number, i);
		struct journal_entry entry = state_entry(token, 100);
		ok = append_patiently(journal, &entry, NULL, NULL) == JOURNAL_APPENDED;
	}
	journal_close(journal);
	return ok;
}

static void break_header(const char *path)
{
	int file = open(path, O_WRONLY);
	assert_true(file >= 0);
	assert_int_equal(pwrite(file, "broken", 6, 0), 6);
	close(file);
}

/* All of them find the same damaged file, and one mends it. */
static void mended_once(void **context)
{
	append_ten(*context, 9);
	break_header(state_path(*context, JOURNAL_FILE));
	run_together(*context, append_ten);
	assert_int_equal(state_count(*context, JOURNAL_FILE ".damaged-"), 1);
	struct journal *journal = state_journal(*context);
	struct journal_entries entries = {0};
	struct err err;
	assert_true(journal_read(journal, 0, &entries, &err));
	assert_int_equal(entries.count, (PROGRAMS + 1) * 10);
	journal_entries_finish(&entries);
	journal_close(journal);
}

static void goes_on_with_the_mended_file(void **context)
{
	struct journal *early = state_journal(*context);
	struct journal *late = NULL;
	struct cache *early_cache = state_cache(*context);
	struct cache *late_cache = NULL;
	struct err err = {""};
	int64_t id = 0;
	struct journal_entry before = state_entry("before", 100);
	struct journal_entry after = state_entry("after", 101);
	assert_int_equal(journal_append(early, &before, 0, NULL, NULL, &id, &err), JOURNAL_APPENDED);
	break_header(state_path(*context, JOURNAL_FILE));
	break_header(state_path(*context, CACHE_FILE));
	assert_int_equal(journal_open(((struct state *)*context)->dir, NULL, &late, &err), JOURNAL_SALVAGED);
	assert_int_equal(cache_open(((struct state *)*context)->dir, NULL, &late_cache, &err), CACHE_REBUILT);

	assert_true(journal_changed(early));
	assert_int_equal(journal_append(early, &after, 0, NULL, NULL, &id, &err), JOURNAL_APPENDED);
	assert_int_equal(id, 2);
	assert_true(journal_changed(early)); /* another file: what was read of the first says nothing */
	struct cache_feed feed = state_feed("desks", 100);
	const struct cache_rows none = {0};
	assert_true(cache_changed(early_cache));
	assert_true(cache_replace(early_cache, &feed, &none, &err));

	struct journal_entries entries = {0};
	assert_true(journal_read(late, 0, &entries, &err));
	assert_int_equal(entries.count, 2);
	journal_entries_finish(&entries);
	struct cache_feeds feeds = {0};
	assert_true(cache_read_feeds(late_cache, &feeds, &err));
	assert_int_equal(feeds.count, 1);
	cache_feeds_finish(&feeds);
	journal_close(early);
	journal_close(late);
	cache_close(early_cache);
	cache_close(late_cache);
}

/* The one that has it open is the first to notice. */
static void mends_what_breaks_while_open(void **context)
{
	struct journal *journal = state_journal(*context);
	struct cache *cache = state_cache(*context);
	struct err err = {""};
	int64_t id = 0;
	struct journal_entry before = state_entry("before", 100);
	struct journal_entry after = state_entry("after", 101);
	struct cache_feed feed = state_feed("desks", 100);
	const struct cache_rows none = {0};
	assert_int_equal(journal_append(journal, &before, 0, NULL, NULL, &id, &err), JOURNAL_APPENDED);
	assert_true(cache_replace(cache, &feed, &none, &err));
	state_sql(state_path(*context, JOURNAL_FILE), "UPDATE entry SET label = 'Nils T.'");
	state_sql(state_path(*context, CACHE_FILE), "UPDATE feed SET agreed_utc = 200");
	struct journal_entries entries = {0};
	assert_true(journal_read(journal, 0, &entries, &err));
	assert_int_equal(entries.count, 0); /* what is not as it was written is not shown */
	assert_non_null(strstr(journal_notice(journal), "damaged-1"));
	assert_int_equal(journal_append(journal, &after, 0, NULL, NULL, &id, &err), JOURNAL_APPENDED);
	assert_true(cache_replace(cache, &feed, &none, &err));
	assert_non_null(strstr(cache_notice(cache), "anew"));
	journal_close(journal);
	cache_close(cache);
	assert_int_equal(state_tokens(*context, "after"), 1);
}

/* A newer program has taken the file over: nothing is read from it and nothing written to it. */
static void stops_when_a_newer_program_takes_over(void **context)
{
	struct journal *journal = state_journal(*context);
	struct err err = {""};
	struct journal_entries entries = {0};
	struct journal_entry entry = state_entry("tap", 100);
	int64_t id = 0;
	state_sql(state_path(*context, "newer.db"), "PRAGMA application_id = 1399540335; PRAGMA user_version = 77");
	assert_int_equal(schema_journal.application_id, 1399540335);
	assert_int_equal(rename(state_path(*context, "newer.db"), state_path(*context, JOURNAL_FILE)), 0);
	assert_false(journal_read(journal, 0, &entries, &err));
	assert_non_null(strstr(err.text, "newer program"));
	assert_int_equal(journal_append(journal, &entry, 0, NULL, NULL, &id, &err), JOURNAL_NOT_SAVED);
	assert_non_null(strstr(err.text, "newer program"));
	assert_false(journal_purge(journal, 1000, NULL, &err));
	journal_close(journal);
}

/* Another program is making the files, and takes its time; it may also never end. */
static void waits_for_the_one_that_makes_them(void **context)
{
	const struct state *state = *context;
	struct journal *journal = NULL;
	struct err err = {""};
	int ends[2];
	char byte;
	assert_int_equal(pipe(ends), 0);
	int lock = open(state_path(state, "databases.lock"), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	assert_true(lock >= 0);
	assert_int_equal(flock(lock, LOCK_EX), 0);
	assert_int_equal(journal_open(state->dir, NULL, &journal, &err), JOURNAL_FAILED);
	assert_non_null(strstr(err.text, "locked"));
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		close(lock);
		_exit(write(ends[1], "!", 1) == 1 && journal_open(state->dir, NULL, &journal, &err) == JOURNAL_CREATED
			      ? 0
			      : 1);
	}
	assert_int_equal(read(ends[0], &byte, 1), 1);
	close(lock); /* ours is the last description of it: the child may go on */
	int status = 0;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	close(ends[0]);
	close(ends[1]);
}

/* Somebody has removed the files: the next check-in is kept in new ones, not in files without a name. */
static void survives_removal(void **context)
{
	struct journal *journal = state_journal(*context);
	struct err err = {""};
	int64_t id = 0;
	struct journal_entry entry = state_entry("tap", 100);
	assert_int_equal(unlink(state_path(*context, JOURNAL_FILE)), 0);
	assert_int_equal(journal_append(journal, &entry, 0, NULL, NULL, &id, &err), JOURNAL_APPENDED);
	journal_close(journal);
	assert_int_equal(state_tokens(*context, "tap"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_place_is_given_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(mended_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(goes_on_with_the_mended_file, set_up, tear_down),
		cmocka_unit_test_setup_teardown(mends_what_breaks_while_open, set_up, tear_down),
		cmocka_unit_test_setup_teardown(stops_when_a_newer_program_takes_over, set_up, tear_down),
		cmocka_unit_test_setup_teardown(waits_for_the_one_that_makes_them, set_up, tear_down),
		cmocka_unit_test_setup_teardown(survives_removal, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
