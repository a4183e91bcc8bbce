/* What lies in the folder may be new, old, newer, another program's or nonsense: what each database makes of it. */
#include "state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/limits.h"
#include "db/opening.h"

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

static void marks_its_files(void **context)
{
	const char *journal_path = state_path(*context, JOURNAL_FILE);
	const char *cache_path = state_path(*context, CACHE_FILE);
	journal_close(state_journal(*context));
	cache_close(state_cache(*context));
	assert_int_equal(state_number(journal_path, "PRAGMA application_id"), schema_journal.application_id);
	assert_int_equal(state_number(journal_path, "PRAGMA user_version"), schema_journal.version);
	assert_int_equal(state_number(cache_path, "PRAGMA application_id"), schema_cache.application_id);
	assert_int_equal(state_number(cache_path, "PRAGMA user_version"), schema_cache.version);
	assert_int_not_equal(schema_cache.application_id, schema_journal.application_id);
}

struct found {
	const char *name;
	const char *sql;   /* done to a database of ours … */
	const char *bytes; /* … or the whole file */
	enum journal_opened journal;
	enum cache_opened cache;
	const char *words; /* words of the journal's error */
};

static const struct found found_cases[] = {
	{"empty file", NULL, "", JOURNAL_CREATED, CACHE_CREATED, NULL},
	{"text", NULL, "This is not a database, but it is longer than a header of one would be.", JOURNAL_SALVAGED,
	 CACHE_REBUILT, "not a database"},
	{"one byte", NULL, "x", JOURNAL_SALVAGED, CACHE_REBUILT, "another program"},
	{"newer", "PRAGMA user_version = 999", NULL, JOURNAL_FAILED, CACHE_REBUILT, "newer program"},
	{"newest", "PRAGMA user_version = 9999", NULL, JOURNAL_FAILED, CACHE_REBUILT, "newer program"},
	{"no such version", "PRAGMA user_version = 10000", NULL, JOURNAL_SALVAGED, CACHE_REBUILT, "no version"},
	{"negative version", "PRAGMA user_version = -1", NULL, JOURNAL_SALVAGED, CACHE_REBUILT, "no version"},
	{"no version", "PRAGMA user_version = 0", NULL, JOURNAL_SALVAGED, CACHE_REBUILT, "no version"},
	{"version of its past", "PRAGMA user_version = 2", NULL, JOURNAL_SALVAGED, CACHE_OPENED, "duplicate column"},
	{"another's", "PRAGMA application_id = 1", NULL, JOURNAL_SALVAGED, CACHE_REBUILT, "another program"},
	{"no mark", "PRAGMA application_id = 0", NULL, JOURNAL_SALVAGED, CACHE_REBUILT, "another program"},
	{"WAL mode", "PRAGMA journal_mode = WAL", NULL, JOURNAL_OPENED, CACHE_OPENED, NULL},
	{"more tables", "CREATE TABLE more (x)", NULL, JOURNAL_OPENED, CACHE_OPENED, NULL},
};

static void damage(const struct found *found, const char *path)
{
	if (found->sql) {
		state_sql(path, found->sql);
	} else {
		state_save(path, (const unsigned char *)found->bytes, strlen(found->bytes));
	}
}

static void append_one(struct journal *journal, const char *token)
{
	struct journal_entry entry = state_entry(token, 100);
	struct err err = {""};
	int64_t id = 0;
	enum journal_appended outcome = journal_append(journal, &entry, 0, NULL, NULL, &id, &err);
	if (outcome != JOURNAL_APPENDED) {
		fail_msg("journal_append: %d, %s", outcome, err.text);
	}
}

static void check_journal(const struct state *state, const struct found *found)
{
	struct journal *journal = state_journal(state);
	struct err err = {""};
	size_t size = 0;
	size_t size_after = 0;
	append_one(journal, "kept");
	journal_close(journal);
	journal = NULL;
	damage(found, state_path(state, JOURNAL_FILE));
	unsigned char *bytes = state_load(state_path(state, JOURNAL_FILE), &size);
	enum journal_opened opened = journal_open(state->dir, NULL, &journal, &err);
	if (opened != found->journal) {
		fail_msg("%s: %d, expected %d: %s", found->name, opened, found->journal, err.text);
	}
	if (found->words) {
		assert_non_null(strstr(err.text, found->words));
	} else {
		assert_string_equal(err.text, "");
	}
	if (opened == JOURNAL_FAILED || opened == JOURNAL_SALVAGED) { /* no byte of the old file is lost */
		const char *kept = opened == JOURNAL_FAILED ? JOURNAL_FILE : JOURNAL_FILE ".damaged-1";
		unsigned char *after = state_load(state_path(state, kept), &size_after);
		assert_int_equal(size_after, size);
		assert_memory_equal(after, bytes, size);
		free(after);
	}
	if (journal) {
		append_one(journal, "after");
		assert_string_equal(journal_notice(journal), opened == JOURNAL_SALVAGED ? err.text : "");
		journal_close(journal);
		assert_int_equal(state_tokens(state, "after"), 1);
		assert_int_equal(state_tokens(state, "kept"), found->sql != NULL); /* what was there to be read */
	}
	free(bytes);
	state_empty(state);
}

static void check_cache(const struct state *state, const struct found *found)
{
	struct err err = {""};
	struct cache *cache = state_cache(state);
	struct cache_feed feed = state_feed("desks", 1000);
	const struct cache_rows none = {0};
	assert_true(cache_replace(cache, &feed, &none, &err));
	cache_close(cache);
	cache = NULL;
	damage(found, state_path(state, CACHE_FILE));
	enum cache_opened opened = cache_open(state->dir, NULL, &cache, &err);
	if (opened != found->cache) {
		fail_msg("%s: %d, expected %d: %s", found->name, opened, found->cache, err.text);
	}
	assert_int_equal(err.text[0] != '\0', opened == CACHE_REBUILT);
	struct cache_feeds feeds = {0};
	assert_true(cache_read_feeds(cache, &feeds, &err));
	assert_int_equal(feeds.count, opened == CACHE_OPENED);
	cache_feeds_finish(&feeds);
	assert_true(cache_replace(cache, &feed, &none, &err));
	cache_close(cache);
	cache_close(state_cache(state));
	state_empty(state);
}

static void knows_what_it_finds(void **context)
{
	for (size_t i = 0; i < sizeof(found_cases) / sizeof(found_cases[0]); i++) {
		check_journal(*context, &found_cases[i]);
		check_cache(*context, &found_cases[i]);
	}
}

static void a_missing_table_is_damage(void **context)
{
	const struct state *state = *context;
	struct cache *cache = state_cache(state);
	struct err err = {""};
	cache_close(cache);
	cache = NULL;
	state_sql(state_path(state, CACHE_FILE), "DROP TABLE occurrence");
	assert_int_equal(cache_open(state->dir, NULL, &cache, &err), CACHE_REBUILT);
	cache_close(cache);
}

/* A file that SQLite cannot even open is reported, and left alone. */
static void what_is_no_file_fails(void **context)
{
	const struct state *state = *context;
	struct journal *journal = NULL;
	struct cache *cache = NULL;
	struct err err = {""};
	assert_int_equal(mkdir(state_path(state, JOURNAL_FILE), 0700), 0);
	assert_int_equal(symlink("/etc/passwd", state_path(state, CACHE_FILE)), 0);
	assert_int_equal(journal_open(state->dir, NULL, &journal, &err), JOURNAL_FAILED);
	assert_non_null(strstr(err.text, JOURNAL_FILE));
	assert_int_equal(cache_open(state->dir, NULL, &cache, &err), CACHE_FAILED);
	assert_non_null(strstr(err.text, CACHE_FILE));
	assert_null(journal);
	assert_null(cache);
	assert_int_equal(rmdir(state_path(state, JOURNAL_FILE)), 0);
}

static void damaged_files_are_kept_side_by_side(void **context)
{
	const struct state *state = *context;
	for (int i = 0; i < 3; i++) {
		struct journal *journal = NULL;
		struct err err = {""};
		char text[32];
		snprintf(text, sizeof(text), "nonsense number %d", i);
		state_save(state_path(state, JOURNAL_FILE), (const unsigned char *)text, strlen(text));
		assert_int_equal(journal_open(state->dir, NULL, &journal, &err), JOURNAL_SALVAGED);
		journal_close(journal);
		assert_int_equal(state_count(state, JOURNAL_FILE ".damaged-"), i + 1);
		assert_int_equal(journal_count_damaged(state->dir), i + 1);
		assert_true(state_holds(state, text));
	}
	assert_true(state_holds(state, "nonsense number 0"));
	assert_int_equal(journal_count_damaged(state_path(state, "none")), 0);
}

/* When every name is taken the damaged file stays where it is: it is never overwritten. */
static void keeps_no_more_than_that_many(void **context)
{
	const struct state *state = *context;
	struct journal *journal = NULL;
	struct err err = {""};
	char name[64];
	for (int i = 1; i <= STORE_ASIDE_MAX; i++) {
		snprintf(name, sizeof(name), JOURNAL_FILE ".damaged-%d", i);
		state_save(state_path(state, name), (const unsigned char *)"", 0);
	}
	state_save(state_path(state, JOURNAL_FILE), (const unsigned char *)"nonsense", 8);
	assert_int_equal(journal_open(state->dir, NULL, &journal, &err), JOURNAL_FAILED);
	assert_non_null(strstr(err.text, "aside"));
	assert_null(journal);
	assert_true(state_holds(state, "nonsense"));
	assert_int_equal(state_count(state, JOURNAL_FILE ".damaged-"), STORE_ASIDE_MAX);
}

static bool verify_nothing(struct store *store, struct err *err)
{
	(void)store;
	(void)err;
	return true;
}

static enum store_opened open_kind(const struct state *state, const struct migration *migrations, int version,
				   struct err *err)
{
	const struct schema schema = {0x1234, version, migrations};
	const struct store_kind kind = {
		.file = "old.db",
		.schema = &schema,
		.pragmas = "PRAGMA journal_mode = DELETE",
		.is_precious = true,
		.verify = verify_nothing,
	};
	struct store *store = NULL;
	enum store_opened opened = store_open(&kind, state->dir, NULL, &store, err);
	store_close(store);
	return opened;
}

static void migrates_step_by_step(void **context)
{
	static const struct migration good[] = {
		{.sql = "CREATE TABLE a (x); INSERT INTO a VALUES (1)"},
		{.sql = "ALTER TABLE a ADD COLUMN y; UPDATE a SET y = x + 1"},
		{.sql = "CREATE TABLE b AS SELECT y * 10 AS z FROM a"},
	};
	static const struct migration bad[] = {
		{.sql = "CREATE TABLE a (x); INSERT INTO a VALUES (1)"},
		{.sql = "ALTER TABLE a ADD COLUMN y; UPDATE a SET y = x + 1"},
		{.sql = "CREATE TABLE b AS SELECT y * 10 AS z FROM a; INSERT INTO nowhere VALUES (1)"},
	};
	const char *path = state_path(*context, "old.db");
	struct err err = {""};
	assert_int_equal(open_kind(*context, good, 1, &err), STORE_CREATED);
	assert_int_equal(state_number(path, "PRAGMA user_version"), 1);
	assert_int_equal(open_kind(*context, bad, 3, &err), STORE_FAILED);
	assert_non_null(strstr(err.text, "from 2 to 3"));
	assert_non_null(strstr(err.text, "nowhere"));
	assert_int_equal(state_number(path, "PRAGMA user_version"), 2); /* the step that failed left nothing */
	assert_int_equal(state_number(path, "SELECT COUNT(*) FROM sqlite_schema WHERE name = 'b'"), 0);
	assert_int_equal(open_kind(*context, good, 3, &err), STORE_OPENED);
	assert_int_equal(state_number(path, "PRAGMA user_version"), 3);
	assert_int_equal(state_number(path, "SELECT z FROM b"), 20);
	assert_int_equal(open_kind(*context, good, 2, &err), STORE_FAILED);
	assert_non_null(strstr(err.text, "newer program"));
	assert_int_equal(state_count(*context, "old.db"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(marks_its_files, set_up, tear_down),
		cmocka_unit_test_setup_teardown(knows_what_it_finds, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_missing_table_is_damage, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_is_no_file_fails, set_up, tear_down),
		cmocka_unit_test_setup_teardown(damaged_files_are_kept_side_by_side, set_up, tear_down),
		cmocka_unit_test_setup_teardown(keeps_no_more_than_that_many, set_up, tear_down),
		cmocka_unit_test_setup_teardown(migrates_step_by_step, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
