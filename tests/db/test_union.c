/* Entries of several machines in one journal: an older journal that becomes one of them, entries of others, numbers
 * that are never given twice, and clocks that were wrong. */
#include "state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/entry.h"
#include "db/limits.h"

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

static int64_t append(struct journal *journal, const struct journal_entry *entry)
{
	struct err err = {""};
	int64_t id = 0;
	if (journal_append(journal, entry, 0, NULL, NULL, &id, &err) != JOURNAL_APPENDED) {
		fail_msg("%s", err.text);
	}
	return id;
}

static struct journal_entry boxed(const char *token, const char *box, int64_t seq, int64_t at_utc)
{
	struct journal_entry entry = state_entry(token, at_utc);
	entry.box = (char *)(uintptr_t)box;
	entry.seq = seq;
	return entry;
}

static struct journal_entries read_all(struct journal *journal)
{
	struct journal_entries read = {0};
	struct err err = {""};
	if (!journal_read(journal, INT64_MIN, &read, &err)) {
		fail_msg("%s", err.text);
	}
	return read;
}

static void assert_tokens(struct journal *journal, const char *expected)
{
	char got[256] = "";
	struct journal_entries read = read_all(journal);
	for (size_t i = 0; i < read.count; i++) {
		strcat(strcat(got, i ? " " : ""), read.items[i].token);
	}
	assert_string_equal(got, expected);
	journal_entries_finish(&read);
}

static size_t merge(struct journal *journal, struct journal_entry *items, size_t count)
{
	struct journal_entries entries = {items, count, count};
	struct err err = {""};
	size_t added = 99;
	if (!journal_merge(journal, &entries, &added, &err)) {
		fail_msg("%s", err.text);
	}
	return added;
}

/* Leaves the file as the schema before had it: three entries, of which the last undoes the second by its id. */
static void make_older_schema(struct state *state)
{
	struct journal *journal = state_journal(state);
	struct journal_entry entry = state_entry("a", 100);
	append(journal, &entry);
	entry = state_entry("b", 110);
	append(journal, &entry);
	entry = state_entry("c", 90); /* the clock was set back */
	entry.action = JOURNAL_UNDO;
	append(journal, &entry);
	journal_close(journal);
	entry.id = 3;
	entry.undoes_id = 2;
	char sql[512];
	snprintf(sql, sizeof(sql),
		 "UPDATE entry SET undoes = 2, sum = %lld WHERE id = 3; DROP INDEX entry_of_box;"
		 "DROP INDEX entry_at; DROP INDEX entry_doubtful;"
		 "ALTER TABLE entry DROP COLUMN target; ALTER TABLE entry DROP COLUMN doubt;"
		 "ALTER TABLE entry DROP COLUMN seq; ALTER TABLE entry DROP COLUMN box; PRAGMA user_version = 2",
		 (long long)entry_sum(&entry));
	state_sql(state_path(state, JOURNAL_FILE), sql);
}

static void keeps_entries_of_the_older_schema(void **context)
{
	make_older_schema(*context);
	struct journal *journal = state_journal(*context);
	assert_string_equal(journal_notice(journal), "");
	assert_tokens(journal, "a b c"); /* as they were written */
	struct journal_entries read = read_all(journal);
	assert_string_equal(read.items[2].target, "b");
	assert_true(journal_entries_undone(&read, &read.items[1]));
	assert_false(journal_entries_undone(&read, &read.items[0]));
	journal_entries_finish(&read);

	struct err err = {""};
	assert_true(journal_adopt(journal, "entre", 1000, &err));
	assert_true(journal_adopt(journal, "other", 1, &err)); /* nothing is left to adopt */
	read = read_all(journal);
	assert_int_equal(read.count, 3);
	assert_string_equal(read.items[0].token, "c"); /* from now on by instant */
	for (size_t i = 0; i < read.count; i++) {
		const struct journal_entry *entry = &read.items[i];
		assert_string_equal(entry->box, "entre");
		assert_int_equal(entry->seq, 1000 + (entry->token[0] - 'a'));
		assert_int_equal(entry->undoes_id, 0);
		assert_string_equal(entry->target, entry->token[0] == 'c' ? "b" : "");
	}
	journal_entries_finish(&read);
	journal_close(journal);
}

/* Rows of both schemas are found in a damaged file. */
static void salvages_both_schemas(void **context)
{
	make_older_schema(*context);
	struct journal *journal = state_journal(*context);
	struct journal_entry entry = boxed("d", "entre", 7, 120);
	append(journal, &entry);
	journal_close(journal);
	const char *path = state_path(*context, JOURNAL_FILE);
	size_t size = 0;
	unsigned char *bytes = state_load(path, &size);
	memset(bytes, 0, 100); /* the header */
	state_save(path, bytes, size);
	free(bytes);
	struct err err = {""};
	assert_int_equal(journal_open(((struct state *)*context)->dir, NULL, &journal, &err), JOURNAL_SALVAGED);
	struct journal_entries read = read_all(journal);
	assert_int_equal(read.count, 4);
	assert_string_equal(read.items[2].target, "b");
	assert_string_equal(read.items[3].box, "entre");
	assert_int_equal(read.items[3].seq, 7);
	journal_entries_finish(&read);
	journal_close(journal);
}

static void gives_no_number_twice(void **context)
{
	struct journal *journal = state_journal(*context);
	static const struct {
		const char *token, *box;
		int64_t wanted, given;
	} steps[] = {{"a", "entre", 5, 5},
		     {"b", "entre", 5, 6},
		     {"c", "entre", 3, 7},
		     {"d", "wall", 2, 2},
		     {"e", "entre", 20, 20}};
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		struct journal_entry entry = boxed(steps[i].token, steps[i].box, steps[i].wanted, 100 + (int64_t)i);
		append(journal, &entry);
	}
	/* Its own entries come back from the others after it was installed anew. */
	struct journal_entry back[] = {boxed("x", "entre", 40, 90)};
	assert_int_equal(merge(journal, back, 1), 1);
	struct journal_entry next = boxed("f", "entre", 21, 200);
	append(journal, &next);
	struct journal_entries read = read_all(journal);
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		assert_int_equal(journal_entries_find_token(&read, steps[i].token)->seq, steps[i].given);
	}
	assert_int_equal(journal_entries_find_token(&read, "f")->seq, 41);
	journal_entries_finish(&read);

	struct journal_entry last = boxed("g", "wall", JOURNAL_SEQ_MAX, 300);
	append(journal, &last);
	struct journal_entry beyond = boxed("h", "wall", 0, 301);
	struct err err = {""};
	int64_t id = 0;
	assert_int_equal(journal_append(journal, &beyond, 0, NULL, NULL, &id, &err), JOURNAL_NOT_SAVED);
	assert_non_null(strstr(err.text, "another name"));
	journal_close(journal);
}

static void merges_each_entry_once(void **context)
{
	struct journal *journal = state_journal(*context);
	struct journal_entry own = boxed("own", "entre", 1, 100);
	append(journal, &own);
	struct journal_entry others[] = {
		boxed("late", "wall", 2, 130),    boxed("same", "entre", 3, 100),
		boxed("first", "pentry", 9, 100), boxed("own", "wall", 5, 100), /* a token that is there */
		boxed("fake", "entre", 1, 100),                                 /* a number that is there */
		boxed("late", "wall", 2, 130),                                  /* twice in one answer */
	};
	assert_int_equal(merge(journal, others, 6), 3);
	assert_tokens(journal, "own same first late"); /* by instant, box, number; not by arrival */
	assert_int_equal(merge(journal, others, 6), 0);
	assert_tokens(journal, "own same first late");
	journal_close(journal);
}

static void moves_doubtful_entries_to_their_arrival(void **context)
{
	struct journal *journal = state_journal(*context);
	struct journal_entry sits = boxed("sits", "entre", 1, 100), stays = boxed("stays", "entre", 2, 110),
			     right = boxed("right", "entre", 3, 120), booked = boxed("booked", "entre", 4, 130);
	sits.action = stays.action = right.action = JOURNAL_DROP_IN;
	sits.doubt = stays.doubt = booked.doubt = JOURNAL_DOUBTFUL;
	stays.start_utc = 100; /* an extension */
	append(journal, &sits);
	append(journal, &stays);
	append(journal, &right);
	append(journal, &booked);
	struct err err = {""};
	static const char *const tokens[] = {"sits", "stays", "right", "booked", "none"};
	for (int again = 0; again < 2; again++) { /* the first stamp stays */
		for (size_t i = 0; i < 5; i++) {
			assert_true(journal_stamp(journal, tokens[i], again ? 9000 : 5000, &err));
		}
	}
	struct journal_entries read = read_all(journal);
	static const struct {
		const char *token;
		int64_t at, start, end;
		enum journal_doubt doubt;
	} expected[] = {{"sits", 5000, 5000, 8600, JOURNAL_ARRIVED},
			{"stays", 5000, 100, 3710, JOURNAL_ARRIVED},
			{"right", 120, 120, 3720, JOURNAL_TRUSTED},
			{"booked", 5000, 130, 3730, JOURNAL_ARRIVED}};
	for (size_t i = 0; i < 4; i++) {
		const struct journal_entry *entry = journal_entries_find_token(&read, expected[i].token);
		assert_int_equal(entry->at_utc, expected[i].at);
		assert_int_equal(entry->start_utc, expected[i].start);
		assert_int_equal(entry->end_utc, expected[i].end);
		assert_int_equal(entry->doubt, expected[i].doubt);
	}
	journal_entries_finish(&read);
	journal_close(journal);
}

/* The same as asking for each entry, whatever takes back what: also an undo, twice, itself, or what is not there. */
static void finds_all_that_was_taken_back(void **context)
{
	enum { COUNT = 300 };
	struct journal_entry items[COUNT];
	struct journal_entries entries = {.items = items, .count = COUNT};
	char tokens[COUNT][16], targets[COUNT][16];
	(void)context;
	for (int i = 0; i < COUNT; i++) {
		snprintf(tokens[i], sizeof(tokens[i]), "t%d", i * 7919 % 1000);
		snprintf(targets[i], sizeof(targets[i]), "t%d", i * i * 31 % 1000);
		items[i] = state_entry(tokens[i], 100 + i);
		items[i].action = i % 3 == 0 ? JOURNAL_UNDO : JOURNAL_CHECK_IN;
		items[i].target = i == 3 ? tokens[i] : targets[i];
	}
	struct journal_undoing *undoings = journal_entries_undoings(&entries);
	size_t undone = 0;
	assert_non_null(undoings);
	for (size_t i = 0; i < COUNT; i++) {
		bool is_undo = items[i].action == JOURNAL_UNDO;
		assert_ptr_equal(undoings[i].undoes,
				 is_undo ? journal_entries_find_token(&entries, items[i].target) : NULL);
		assert_int_equal(undoings[i].is_undone, journal_entries_undone(&entries, &items[i]));
		undone += undoings[i].is_undone;
	}
	assert_in_range(undone, 2, COUNT / 3);
	free(undoings);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(keeps_entries_of_the_older_schema, set_up, tear_down),
		cmocka_unit_test_setup_teardown(salvages_both_schemas, set_up, tear_down),
		cmocka_unit_test_setup_teardown(gives_no_number_twice, set_up, tear_down),
		cmocka_unit_test_setup_teardown(merges_each_entry_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(moves_doubtful_entries_to_their_arrival, set_up, tear_down),
		cmocka_unit_test(finds_all_that_was_taken_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
