/* The journal as its users see it: what is appended is there, once, in order; what is purged is gone. */
#include "state.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

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

static int64_t append(struct journal *journal, const struct journal_entry *entry, enum journal_appended expected)
{
	struct err err = {""};
	int64_t id = -1;
	enum journal_appended outcome = journal_append(journal, entry, 0, NULL, NULL, &id, &err);
	if (outcome != expected) {
		fail_msg("journal_append: %d, expected %d: %s", outcome, expected, err.text);
	}
	return id;
}

static void keeps_every_field(void **context)
{
	const struct journal_entry entries[] = {
		{.token = "a",
		 .box = "",
		 .seq = 0,
		 .doubt = JOURNAL_TRUSTED,
		 .target = "",
		 .at_utc = 100,
		 .action = JOURNAL_CHECK_IN,
		 .place = "5",
		 .feed = "desks",
		 .uid = "u",
		 .recurrence_id = "2026-11-23",
		 .label = "Åsa Ö.",
		 .start_utc = -5,
		 .end_utc = INT64_MAX},
		{.token = "b",
		 .box = "",
		 .seq = 0,
		 .doubt = JOURNAL_DOUBTFUL,
		 .target = "",
		 .at_utc = 101,
		 .action = JOURNAL_DROP_IN,
		 .place = "K",
		 .feed = "",
		 .uid = "",
		 .recurrence_id = "",
		 .label = "",
		 .start_utc = 0,
		 .end_utc = 1},
		{.token = "c",
		 .box = "entré",
		 .seq = 106,
		 .doubt = JOURNAL_TRUSTED,
		 .target = "",
		 .at_utc = 102,
		 .action = JOURNAL_CHECK_OUT,
		 .place = "'; DROP TABLE entry; --",
		 .feed = "%s%n",
		 .uid = "\xf0\x9f\xa6\x8a",
		 .recurrence_id = "",
		 .label = "",
		 .start_utc = 256,
		 .end_utc = 65536},
		{.token = "d",
		 .box = "entré",
		 .seq = 107,
		 .doubt = JOURNAL_TRUSTED,
		 .at_utc = 103,
		 .action = JOURNAL_UNDO,
		 .place = "",
		 .feed = "",
		 .uid = "",
		 .recurrence_id = "",
		 .label = "",
		 .target = "a"},
	};
	struct journal *journal = state_journal(*context);
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(append(journal, &entries[i], JOURNAL_APPENDED), i + 1);
	}
	journal_close(journal);
	journal = state_journal(*context);
	struct journal_entries read = {0};
	struct err err;
	assert_true(journal_read(journal, 0, &read, &err));
	assert_int_equal(read.count, 4);
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(read.items[i].id, i + 1);
		assert_string_equal(read.items[i].token, entries[i].token);
		assert_int_equal(read.items[i].at_utc, entries[i].at_utc);
		assert_int_equal(read.items[i].action, entries[i].action);
		assert_string_equal(read.items[i].place, entries[i].place);
		assert_string_equal(read.items[i].feed, entries[i].feed);
		assert_string_equal(read.items[i].uid, entries[i].uid);
		assert_string_equal(read.items[i].recurrence_id, entries[i].recurrence_id);
		assert_string_equal(read.items[i].label, entries[i].label);
		assert_int_equal(read.items[i].start_utc, entries[i].start_utc);
		assert_int_equal(read.items[i].end_utc, entries[i].end_utc);
		assert_string_equal(read.items[i].target, entries[i].target);
		assert_string_equal(read.items[i].box, entries[i].box);
		assert_int_equal(read.items[i].seq, entries[i].seq);
		assert_int_equal(read.items[i].doubt, entries[i].doubt);
	}
	journal_entries_finish(&read);
	assert_true(journal_read(journal, 102, &read, &err));
	assert_int_equal(read.count, 3); /* and that of a clock that was wrong */
	journal_entries_finish(&read);
	journal_close(journal);
}

static void grows_past_one_page(void **context)
{
	struct journal *journal = state_journal(*context);
	char token[32];
	for (int i = 0; i < 200; i++) {
		snprintf(token, sizeof(token), "token-%d", i);
		struct journal_entry entry = state_entry(token, 1000 + i);
		assert_int_equal(append(journal, &entry, JOURNAL_APPENDED), i + 1);
	}
	struct journal_entries read = {0};
	struct err err;
	assert_true(journal_read(journal, 1000, &read, &err));
	assert_int_equal(read.count, 200);
	journal_entries_finish(&read);
	journal_close(journal);
}

static void same_token_is_the_same_action(void **context)
{
	struct journal *journal = state_journal(*context);
	struct journal_entry first = state_entry("tap", 100);
	struct journal_entry again = state_entry("tap", 101);
	assert_int_equal(append(journal, &first, JOURNAL_APPENDED), 1);
	assert_int_equal(append(journal, &again, JOURNAL_REPEATED), 1);
	journal_close(journal);
	assert_int_equal(state_tokens(*context, "tap"), 1);
}

struct asked {
	bool answer;
	size_t times, entries;
};

static bool answer(void *context, const struct journal_entries *so_far)
{
	struct asked *asked = context;
	asked->times++;
	asked->entries = so_far->count;
	return asked->answer;
}

static void asks_with_what_came_before(void **context)
{
	struct journal *journal = state_journal(*context);
	struct journal_entry old = state_entry("old", 50);
	struct journal_entry first = state_entry("first", 100);
	struct journal_entry second = state_entry("second", 101);
	struct asked asked = {.answer = true};
	struct err err = {""};
	int64_t id = -1;
	append(journal, &old, JOURNAL_APPENDED);
	append(journal, &first, JOURNAL_APPENDED);
	assert_int_equal(journal_append(journal, &second, 100, answer, &asked, &id, &err), JOURNAL_APPENDED);
	assert_int_equal(asked.entries, 1); /* not the one from before since_utc */
	assert_int_equal(id, 3);

	struct journal_entry third = state_entry("third", 102);
	asked.answer = false;
	id = -1;
	assert_int_equal(journal_append(journal, &third, 0, answer, &asked, &id, &err), JOURNAL_REFUSED);
	assert_int_equal(asked.entries, 3);
	assert_int_equal(id, -1);
	assert_int_equal(journal_append(journal, &second, 0, answer, &asked, &id, &err), JOURNAL_REPEATED);
	assert_int_equal(asked.times, 2); /* what is there already is not asked about again */
	assert_int_equal(id, 3);
	journal_close(journal);
	assert_int_equal(state_tokens(*context, "third"), 0);
}

static bool fill_in(void *context, const struct journal_entries *so_far)
{
	struct journal_entry *entry = context;
	entry->place = so_far->count > 0 ? "the second's" : "the first's";
	return true;
}

/* What the entry holds is decided with the lock held. */
static void writes_what_was_filled_in(void **context)
{
	struct journal *journal = state_journal(*context);
	struct journal_entries read = {0};
	struct err err = {""};
	int64_t id = -1;
	for (int i = 0; i < 2; i++) {
		struct journal_entry entry = state_entry(i ? "b" : "a", 100);
		assert_int_equal(journal_append(journal, &entry, 0, fill_in, &entry, &id, &err), JOURNAL_APPENDED);
	}
	assert_true(journal_read(journal, 0, &read, &err));
	assert_string_equal(read.items[0].place, "the first's");
	assert_string_equal(read.items[1].place, "the second's");
	journal_entries_finish(&read);
	journal_close(journal);
}

static void refuses_what_cannot_be_stored(void **context)
{
	struct journal *journal = state_journal(*context);
	struct err err = {""};
	int64_t id = -1;
	char *longest = malloc(64 * 1024 + 2);
	memset(longest, 'x', 64 * 1024 + 1);
	longest[64 * 1024 + 1] = '\0';
	struct journal_entry entry = state_entry("long", 100);
	entry.uid = longest;
	assert_int_equal(journal_append(journal, &entry, 0, NULL, NULL, &id, &err), JOURNAL_NOT_SAVED);
	assert_non_null(strstr(err.text, "65536"));
	longest[64 * 1024] = '\0';
	append(journal, &entry, JOURNAL_APPENDED);
	entry = state_entry("", 100);
	assert_int_equal(journal_append(journal, &entry, 0, NULL, NULL, &id, &err), JOURNAL_NOT_SAVED);
	entry = state_entry("no such action", 100);
	entry.action = (enum journal_action)5;
	assert_int_equal(journal_append(journal, &entry, 0, NULL, NULL, &id, &err), JOURNAL_NOT_SAVED);
	assert_non_null(strstr(err.text, "append a check-in"));
	assert_int_equal(id, -1);
	journal_close(journal);
	free(longest);
}

static void sees_what_another_writes(void **context)
{
	struct journal *kiosk = state_journal(*context);
	struct journal *wall = state_journal(*context);
	struct journal_entry entry = state_entry("from the kiosk", 100);
	struct journal_entries read = {0};
	struct err err;
	assert_true(journal_changed(wall)); /* nothing was read yet */
	assert_true(journal_read(wall, 0, &read, &err));
	journal_entries_finish(&read);
	assert_false(journal_changed(wall));
	append(kiosk, &entry, JOURNAL_APPENDED);
	assert_true(journal_changed(wall));
	assert_true(journal_changed(wall)); /* until it is read */
	assert_true(journal_read(wall, 0, &read, &err));
	assert_int_equal(read.count, 1);
	journal_entries_finish(&read);
	assert_false(journal_changed(wall));
	journal_close(wall);
	journal_close(kiosk);
}

static bool append_through_another(void *context, const struct journal_entries *so_far)
{
	struct journal *other = context;
	struct journal_entry entry = state_entry("inner", 100);
	struct err err = {""};
	int64_t id = -1;
	(void)so_far;
	assert_int_equal(journal_append(other, &entry, 0, NULL, NULL, &id, &err), JOURNAL_NOT_SAVED);
	assert_non_null(strstr(err.text, "locked"));
	assert_int_equal(id, -1);
	return true;
}

/* The other one waits for STORE_BUSY_MS and says so; it does not wait for ever. */
static void two_cannot_decide_at_once(void **context)
{
	struct journal *kiosk = state_journal(*context);
	struct journal *wall = state_journal(*context);
	struct journal_entry outer = state_entry("outer", 100);
	struct journal_entry inner = state_entry("inner", 100);
	struct err err = {""};
	int64_t id = -1;
	assert_int_equal(journal_append(kiosk, &outer, 0, append_through_another, wall, &id, &err), JOURNAL_APPENDED);
	append(wall, &inner, JOURNAL_APPENDED);
	journal_close(wall);
	journal_close(kiosk);
	assert_int_equal(state_tokens(*context, "inner"), 1);
}

static void purges_without_a_trace(void **context)
{
	struct journal *journal = state_journal(*context);
	struct err err = {""};
	char token[32];
	char label[64];
	for (int i = 0; i < 300; i++) {
		snprintf(token, sizeof(token), "token-%d", i);
		snprintf(label, sizeof(label), "%s number %d", i < 250 ? "Vanishing Person" : "Remaining Person", i);
		struct journal_entry entry = state_entry(token, 1000 + i);
		entry.label = label;
		append(journal, &entry, JOURNAL_APPENDED);
	}
	assert_true(state_holds(*context, "Vanishing Person"));
	int64_t removed = 0;
	if (!journal_purge(journal, 1250, &removed, &err)) {
		fail_msg("%s", err.text);
	}
	assert_int_equal(removed, 250);
	assert_false(state_holds(*context, "Vanishing Person"));
	assert_true(state_holds(*context, "Remaining Person number 250"));
	assert_true(journal_purge(journal, 1250, &removed, &err));
	assert_int_equal(removed, 0);
	assert_true(journal_purge(journal, 2000, NULL, &err));
	assert_false(state_holds(*context, "Person"));
	struct journal_entry entry = state_entry("next", 3000);
	assert_int_equal(append(journal, &entry, JOURNAL_APPENDED), 301); /* no id is given twice */
	journal_close(journal);
}

/* Deleting rows makes SQLite move others from page to page. No copy of them may stay where they were, because it would
 * outlive them. */
static void leaves_no_copy_of_what_it_moves(void **context)
{
	enum { COUNT = 900, STEPS = 30, LABEL_MAX = 700 };
	static char tokens[COUNT][32], labels[COUNT][LABEL_MAX];
	static struct journal_entry items[COUNT];
	struct journal *journal = state_journal(*context);
	struct err err = {""};
	size_t added = 0, size = 0;
	srand(7);
	for (int i = 0; i < COUNT; i++) {
		int at = rand() % (STEPS * 10); /* other machines' entries come in any order */
		snprintf(tokens[i], sizeof(tokens[i]), "%08x-%d", (unsigned)rand(), i);
		snprintf(labels[i], sizeof(labels[i]), "Person<%d>%*s", at, rand() % (LABEL_MAX - 40), "x");
		items[i] = state_entry(tokens[i], at);
		items[i].box = (char *)(i % 3 ? "entre" : "");
		items[i].seq = i % 3 ? COUNT - i : 0;
		items[i].label = labels[i];
	}
	for (int i = 0; i < COUNT; i += COUNT / STEPS) {
		const struct journal_entries some = {items + i, COUNT / STEPS, COUNT / STEPS};
		assert_true(journal_merge(journal, &some, &added, &err));
	}
	assert_true(journal_adopt(journal, "pentry", 1000, &err)); /* writes rows again */
	for (int at = 0; at <= STEPS * 10; at++) {
		char mark[32];
		assert_true(journal_purge(journal, at, NULL, &err));
		unsigned char *bytes = state_load(state_path(*context, JOURNAL_FILE), &size);
		for (int gone = at < STEPS * 10 ? at - 1 : 0; gone >= 0 && gone < at; gone++) {
			snprintf(mark, sizeof(mark), "Person<%d>", gone);
			if (memmem(bytes, size, mark, strlen(mark))) {
				fail_msg("after %d: %s", at, mark);
			}
		}
		free(bytes);
	}
	journal_close(journal);
}

static void purges_damaged_files_too(void **context)
{
	const struct timespec long_ago[2] = {{.tv_sec = 500}, {.tv_sec = 500}};
	const unsigned char old[] = "Vanishing Person";
	struct journal *journal = state_journal(*context);
	struct err err = {""};
	state_save(state_path(*context, JOURNAL_FILE ".damaged-1"), old, sizeof(old));
	state_save(state_path(*context, JOURNAL_FILE ".damaged-2"), old, sizeof(old));
	assert_int_equal(utimensat(AT_FDCWD, state_path(*context, JOURNAL_FILE ".damaged-1"), long_ago, 0), 0);
	assert_true(journal_purge(journal, 1000, NULL, &err));
	assert_int_equal(state_count(*context, JOURNAL_FILE ".damaged-"), 1);
	assert_int_equal(state_count(*context, JOURNAL_FILE ".damaged-2"), 1);
	journal_close(journal);
}

/* A file that cannot be removed and a folder that cannot be read are reported; the entries themselves are gone. */
static void reports_what_it_cannot_purge(void **context)
{
	const struct timespec long_ago[2] = {{.tv_sec = 500}, {.tv_sec = 500}};
	struct journal *journal = state_journal(*context);
	struct err err = {""};
	const char *folder = state_path(*context, JOURNAL_FILE ".damaged-7");
	assert_true(journal_purge(journal, 1000, NULL, &err));
	assert_int_equal(mkdir(folder, 0700), 0);
	assert_int_equal(utimensat(AT_FDCWD, folder, long_ago, 0), 0);
	assert_false(journal_purge(journal, 1000, NULL, &err));
	assert_non_null(strstr(err.text, "damaged-7"));
	assert_int_equal(rmdir(folder), 0);

	struct rlimit before;
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
	const struct rlimit none = {0, before.rlim_max};
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
	bool purged = journal_purge(journal, 1000, NULL, &err);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
	assert_false(purged);
	assert_non_null(strstr(err.text, "cannot read the folder"));
	journal_close(journal);
}

/* The count of ids is not covered by any row's checksum. */
static void distrusts_a_wild_id(void **context)
{
	const char *const counts[] = {"-5", "2147483647", "9223372036854775807", "'nonsense'", "NULL"};
	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		struct journal *journal = state_journal(*context);
		struct journal_entry entry = state_entry("first", 100);
		struct err err = {""};
		char sql[96];
		append(journal, &entry, JOURNAL_APPENDED);
		journal_close(journal);
		snprintf(sql, sizeof(sql), "UPDATE sqlite_sequence SET seq = %s", counts[i]);
		state_sql(state_path(*context, JOURNAL_FILE), sql);
		enum journal_opened opened = journal_open(((struct state *)*context)->dir, NULL, &journal, &err);
		assert_int_equal(opened,
				 i == 0 ? JOURNAL_OPENED : JOURNAL_SALVAGED); /* the rows themselves show more */
		entry = state_entry("second", 101);
		assert_int_equal(append(journal, &entry, JOURNAL_APPENDED), 2);
		journal_close(journal);
		state_empty(*context);
	}
}

static void works_without_an_err(void **context)
{
	struct journal *journal = NULL;
	struct journal_entry entry = state_entry("tap", 100);
	int64_t id = 0;
	assert_int_equal(journal_open(((struct state *)*context)->dir, NULL, &journal, NULL), JOURNAL_CREATED);
	assert_int_equal(journal_append(journal, &entry, 0, NULL, NULL, &id, NULL), JOURNAL_APPENDED);
	assert_true(journal_purge(journal, 1000, NULL, NULL));
	journal_close(journal);
	journal_close(NULL);
}

static void copies_what_is_committed(void **context)
{
	struct state *state = *context;
	struct journal *journal = state_journal(state), *copy = NULL;
	struct journal_entry first = state_entry("first", 100), second = state_entry("second", 101);
	struct journal_entries entries = {0};
	struct err err = {""};
	void *bytes = NULL;
	size_t size = 0;
	append(journal, &first, JOURNAL_APPENDED);
	assert_true(journal_copy(journal, &bytes, &size, &err));
	append(journal, &second, JOURNAL_APPENDED);
	journal_close(journal);
	state_empty(state);
	state_save(state_path(state, JOURNAL_FILE), bytes, size);
	free(bytes);
	assert_int_equal(journal_open(state->dir, NULL, &copy, &err), JOURNAL_OPENED);
	assert_true(journal_read(copy, 0, &entries, &err));
	assert_int_equal(entries.count, 1);
	assert_string_equal(entries.items[0].token, "first");
	journal_entries_finish(&entries);
	journal_close(copy);
}

static void finds_the_oldest_and_the_last(void **context)
{
	struct journal *journal = state_journal(*context);
	struct journal_entry doubtful = state_entry("doubtful", 90), first = state_entry("first", 200),
			     last = state_entry("last", 150);
	struct err err = {""};
	int64_t at_utc = 0;
	assert_true(journal_find_oldest(journal, &at_utc, &err));
	assert_true(at_utc == INT64_MAX);
	assert_true(journal_find_last(journal, &at_utc, &err));
	assert_true(at_utc == INT64_MAX);
	doubtful.doubt = JOURNAL_DOUBTFUL; /* is not purged */
	append(journal, &doubtful, JOURNAL_APPENDED);
	append(journal, &first, JOURNAL_APPENDED);
	append(journal, &last, JOURNAL_APPENDED);
	assert_true(journal_find_oldest(journal, &at_utc, &err));
	assert_int_equal(at_utc, 150);
	assert_true(journal_find_last(journal, &at_utc, &err));
	assert_int_equal(at_utc, 150); /* written last, though another one is later */
	journal_close(journal);
}

/* What is read is what a purge would remove, and other programs' news is not taken for seen. */
static void reads_what_is_old(void **context)
{
	struct journal *journal = state_journal(*context);
	struct journal_entry old = state_entry("old", 100), doubtful = state_entry("doubtful", 101),
			     fresh = state_entry("fresh", 200);
	struct journal_entries entries = {0};
	struct err err = {""};
	int64_t removed = 0;
	doubtful.doubt = JOURNAL_DOUBTFUL;
	append(journal, &old, JOURNAL_APPENDED);
	append(journal, &doubtful, JOURNAL_APPENDED);
	append(journal, &fresh, JOURNAL_APPENDED);
	assert_true(journal_read_old(journal, 150, &entries, &err));
	assert_int_equal(entries.count, 1);
	assert_string_equal(entries.items[0].token, "old");
	assert_true(journal_changed(journal));
	journal_entries_finish(&entries);
	assert_true(journal_purge(journal, 150, &removed, &err));
	assert_int_equal(removed, 1);
	assert_true(journal_read_old(journal, 150, &entries, &err));
	assert_int_equal(entries.count, 0);
	journal_entries_finish(&entries);
	journal_close(journal);
}

static void files_are_the_owners_alone(void **context)
{
	const mode_t masks[] = {0, 022, 077, 0777};
	for (size_t i = 0; i < sizeof(masks) / sizeof(masks[0]); i++) {
		struct stat about;
		mode_t before = umask(masks[i]);
		struct journal *journal = state_journal(*context);
		struct cache *cache = state_cache(*context);
		umask(before);
		assert_int_equal(stat(state_path(*context, JOURNAL_FILE), &about), 0);
		assert_int_equal(about.st_mode & 0777, 0600);
		assert_int_equal(stat(state_path(*context, CACHE_FILE), &about), 0);
		assert_int_equal(about.st_mode & 0777, 0600);
		journal_close(journal);
		cache_close(cache);
		state_empty(*context);
	}
	struct journal *journal = state_journal(*context);
	struct stat about;
	journal_close(journal);
	assert_int_equal(chmod(state_path(*context, JOURNAL_FILE), 0644), 0);
	journal = state_journal(*context);
	assert_int_equal(stat(state_path(*context, JOURNAL_FILE), &about), 0);
	assert_int_equal(about.st_mode & 0777, 0600);
	journal_close(journal);
}

static void makes_the_folder(void **context)
{
	const struct state *state = *context;
	struct journal *journal = NULL;
	struct err err = {""};
	assert_int_equal(journal_open(state_path(state, "a/b/c"), NULL, &journal, &err), JOURNAL_CREATED);
	journal_close(journal);
	assert_int_equal(unlink(state_path(state, "a/b/c/" JOURNAL_FILE)), 0);
	assert_int_equal(unlink(state_path(state, "a/b/c/databases.lock")), 0);
	assert_int_equal(rmdir(state_path(state, "a/b/c")), 0);
	assert_int_equal(rmdir(state_path(state, "a/b")), 0);
	assert_int_equal(rmdir(state_path(state, "a")), 0);

	state_save(state_path(state, "file"), (const unsigned char *)"x", 1);
	journal = NULL;
	assert_int_equal(journal_open(state_path(state, "file"), NULL, &journal, &err), JOURNAL_FAILED);
	assert_null(journal);
	assert_non_null(strstr(err.text, "file"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(keeps_every_field, set_up, tear_down),
		cmocka_unit_test_setup_teardown(grows_past_one_page, set_up, tear_down),
		cmocka_unit_test_setup_teardown(same_token_is_the_same_action, set_up, tear_down),
		cmocka_unit_test_setup_teardown(asks_with_what_came_before, set_up, tear_down),
		cmocka_unit_test_setup_teardown(writes_what_was_filled_in, set_up, tear_down),
		cmocka_unit_test_setup_teardown(refuses_what_cannot_be_stored, set_up, tear_down),
		cmocka_unit_test_setup_teardown(sees_what_another_writes, set_up, tear_down),
		cmocka_unit_test_setup_teardown(two_cannot_decide_at_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(purges_without_a_trace, set_up, tear_down),
		cmocka_unit_test_setup_teardown(leaves_no_copy_of_what_it_moves, set_up, tear_down),
		cmocka_unit_test_setup_teardown(purges_damaged_files_too, set_up, tear_down),
		cmocka_unit_test_setup_teardown(reports_what_it_cannot_purge, set_up, tear_down),
		cmocka_unit_test_setup_teardown(distrusts_a_wild_id, set_up, tear_down),
		cmocka_unit_test_setup_teardown(works_without_an_err, set_up, tear_down),
		cmocka_unit_test_setup_teardown(copies_what_is_committed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(reads_what_is_old, set_up, tear_down),
		cmocka_unit_test_setup_teardown(finds_the_oldest_and_the_last, set_up, tear_down),
		cmocka_unit_test_setup_teardown(files_are_the_owners_alone, set_up, tear_down),
		cmocka_unit_test_setup_teardown(makes_the_folder, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
