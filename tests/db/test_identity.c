/* The names of bookings: what they give away, who agrees about them, and what becomes of files from before them. */
#include "state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/identity.h"
#include "db/opening.h"
#include "ical/sum.h"

#define PERSON "nils.sandstrom@umea.example"
#define UID PERSON "-2026-11-23"

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

static struct identity *open_identity(const struct state *state, const char *secret)
{
	struct err err = {""};
	struct identity *identity = identity_open(state->dir, secret, &err);
	if (!identity) {
		fail_msg("%s", err.text);
	}
	return identity;
}

static void name_once(const struct state *state, const char *secret, const char *uid, char out[IDENTITY_NAME_SIZE])
{
	struct identity *identity = open_identity(state, secret);
	assert_true(identity_name(identity, uid, out));
	identity_close(identity);
}

static void names_tell_nothing_and_stay(void **context)
{
	static const char *const uids[] = {UID, UID "2", PERSON, "z", "å", "u0123456789abcdef0123456789abcdef01234567"};
	char names[6][IDENTITY_NAME_SIZE], again[IDENTITY_NAME_SIZE];
	struct identity *identity = open_identity(*context, NULL);
	for (size_t i = 0; i < 6; i++) {
		assert_true(identity_name(identity, uids[i], names[i]));
		assert_true(identity_is_name(names[i]));
		assert_null(strstr(names[i], uids[i]));
		for (size_t j = 0; j < i; j++) {
			assert_string_not_equal(names[i], names[j]);
		}
	}
	assert_true(identity_name(identity, "", again));
	assert_string_equal(again, "");
	identity_close(identity);
	for (size_t i = 0; i < 6; i++) {
		name_once(*context, NULL, uids[i], again);
		assert_string_equal(again, names[i]);
	}
}

static void only_names_look_like_names(void **context)
{
	static const char *const others[] = {"",
					     "u",
					     UID,
					     "u0123456789abcdef0123456789abcdef0123456",
					     "U0123456789abcdef0123456789abcdef01234567",
					     "u0123456789abcdef0123456789abcdef012345678",
					     "u0123456789abcdef0123456789abcdef0123456G"};
	(void)context;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		assert_false(identity_is_name(others[i]));
		assert_string_equal(identity_trace_of(others[i]), "");
	}
}

static void a_name_ends_with_the_trace_of_its_sum(void **context)
{
	char name[IDENTITY_NAME_SIZE], trace[IDENTITY_TRACE_DIGITS + 1];
	struct identity *identity = open_identity(*context, NULL);
	assert_true(identity_name(identity, UID, name));
	assert_true(identity_trace(identity, sum_uid(UID, strlen(UID)), trace));
	assert_string_equal(identity_trace_of(name), trace);
	identity_close(identity);
}

/* Another installation names the same booking differently, unless both know the office's secret. */
static void machines_agree_by_a_secret(void **context)
{
	struct state other;
	char here[IDENTITY_NAME_SIZE], there[IDENTITY_NAME_SIZE], shared[IDENTITY_NAME_SIZE];
	state_make(&other);
	name_once(*context, NULL, UID, here);
	name_once(&other, NULL, UID, there);
	assert_string_not_equal(here, there);
	name_once(*context, "the office's password", UID, here);
	name_once(&other, "the office's password", UID, there);
	assert_string_equal(here, there);
	name_once(&other, "another password", UID, shared);
	assert_string_not_equal(here, shared);
	state_remove(&other);
}

static void the_key_is_private(void **context)
{
	struct stat about;
	const char *path = state_path(*context, IDENTITY_FILE);
	mode_t mask = umask(0);
	identity_close(open_identity(*context, NULL));
	umask(mask);
	assert_int_equal(stat(path, &about), 0);
	assert_int_equal(about.st_mode & 07777, 0600);
	assert_int_equal(about.st_size, 32);
	assert_int_equal(state_count(*context, IDENTITY_FILE), 1);
}

static void a_spoilt_key_is_replaced(void **context)
{
	struct err err = {""};
	char before[IDENTITY_NAME_SIZE], after[IDENTITY_NAME_SIZE];
	const struct state *state = *context;
	name_once(state, NULL, UID, before);
	state_save(state_path(state, IDENTITY_FILE), (const unsigned char *)"short", 5);
	struct identity *identity = identity_open(state->dir, NULL, &err);
	assert_non_null(identity);
	assert_non_null(strstr(err.text, IDENTITY_FILE));
	assert_true(identity_name(identity, UID, after));
	assert_string_not_equal(before, after);
	identity_close(identity);
	name_once(state, NULL, UID, before);
	assert_string_equal(before, after);
}

static void what_is_no_file_is_refused(void **context)
{
	struct err err = {""};
	const struct state *state = *context;
	assert_int_equal(mkfifo(state_path(state, IDENTITY_FILE), 0600), 0);
	assert_null(identity_open(state->dir, NULL, &err));
	assert_non_null(strstr(err.text, IDENTITY_FILE));
	assert_non_null(strstr(err.text, "regular file"));
}

/* Files of the schema of before the names, with content. */

static bool verify_nothing(struct store *store, struct err *err)
{
	(void)store;
	(void)err;
	return true;
}

static void make_old(const struct state *state, const char *file, const struct schema *schema, int version)
{
	struct schema old = *schema;
	struct store *store = NULL;
	struct err err = {""};
	old.version = version;
	const struct store_kind kind = {.file = file,
					.schema = &old,
					.pragmas = "PRAGMA journal_mode = DELETE",
					.is_precious = true,
					.verify = verify_nothing};
	assert_int_equal(store_open(&kind, state->dir, NULL, &store, &err), STORE_CREATED);
	store_close(store);
}

/* The checksum as the program of that time made it. */
static uint64_t old_sum(const struct journal_entry *entry)
{
	const char *const texts[] = {entry->token, entry->place,         entry->feed,
				     entry->uid,   entry->recurrence_id, entry->label};
	const int64_t numbers[] = {entry->id, entry->at_utc, entry->action, entry->start_utc, entry->end_utc, 0};
	uint64_t sum = sum_start();
	for (size_t i = 0; i < 6; i++) {
		sum = sum_text(sum, texts[i]);
	}
	for (size_t i = 0; i < 6; i++) {
		sum = sum_int(sum, numbers[i]);
	}
	return sum;
}

static void add_old_entry(const struct state *state, int64_t id)
{
	char token[32], sql[512];
	snprintf(token, sizeof(token), "token-%d", (int)id);
	struct journal_entry entry = state_entry(token, 1000 + id);
	entry.id = id;
	entry.uid = (char *)UID;
	snprintf(sql, sizeof(sql),
		 "INSERT INTO entry VALUES (%lld, '%s', %lld, %d, '%s', '%s', '%s', '%s', '%s', %lld, %lld, 0, %lld)",
		 (long long)id, token, (long long)entry.at_utc, entry.action, entry.place, entry.feed, entry.uid,
		 entry.recurrence_id, entry.label, (long long)entry.start_utc, (long long)entry.end_utc,
		 (long long)old_sum(&entry));
	state_sql(state_path(state, JOURNAL_FILE), sql);
}

enum { OLD_ENTRIES = 200 };

static void make_old_journal(const struct state *state)
{
	make_old(state, JOURNAL_FILE, &schema_journal, 1);
	for (int64_t id = 1; id <= OLD_ENTRIES; id++) {
		add_old_entry(state, id);
	}
	assert_true(state_holds(state, PERSON));
}

/* Every check-in is there and belongs to its booking, and no UID is left in any byte of the folder. */
static void check_journal(const struct state *state, enum journal_opened expected)
{
	struct journal *journal = NULL;
	struct journal_entries entries = {0};
	struct err err = {""};
	char name[IDENTITY_NAME_SIZE];
	struct identity *identity = open_identity(state, NULL);
	assert_true(identity_name(identity, UID, name));
	enum journal_opened opened = journal_open(state->dir, identity, &journal, &err);
	if (opened != expected) {
		fail_msg("%d: %s", opened, err.text);
	}
	assert_true(journal_read(journal, 0, &entries, &err));
	assert_int_equal(entries.count, OLD_ENTRIES);
	for (size_t i = 0; i < entries.count; i++) {
		assert_string_equal(entries.items[i].uid, name);
		assert_string_equal(entries.items[i].label, "Nils S.");
		assert_int_equal(entries.items[i].at_utc, 1001 + i);
	}
	journal_entries_finish(&entries);
	journal_close(journal);
	identity_close(identity);
}

static void an_old_journal_gets_names(void **context)
{
	make_old_journal(*context);
	check_journal(*context, JOURNAL_OPENED);
	assert_false(state_holds(*context, PERSON));
	check_journal(*context, JOURNAL_OPENED);
}

/* The program stopped between the two halves of the step: the names were written, the old pages were not. */
static void an_interrupted_step_is_done_again(void **context)
{
	const struct state *state = *context;
	const char *path = state_path(state, JOURNAL_FILE);
	make_old_journal(state);
	check_journal(state, JOURNAL_OPENED);
	state_sql(path,
		  "PRAGMA secure_delete = OFF; PRAGMA user_version = 1; DROP INDEX entry_of_box;"
		  "DROP INDEX entry_at; DROP INDEX entry_doubtful;"
		  "ALTER TABLE entry DROP COLUMN target; ALTER TABLE entry DROP COLUMN doubt;"
		  "ALTER TABLE entry DROP COLUMN seq; ALTER TABLE entry DROP COLUMN box; CREATE TABLE page (text);"
		  "INSERT INTO page VALUES ('" PERSON "'); DROP TABLE page");
	assert_true(state_holds(state, PERSON));
	check_journal(state, JOURNAL_OPENED);
	assert_false(state_holds(state, PERSON));
}

/* Its rows are found byte by byte, and only the file that was put aside keeps the UIDs. */
static void a_damaged_old_journal_gets_names(void **context)
{
	const struct state *state = *context;
	make_old_journal(state);
	state_sql(state_path(state, JOURNAL_FILE), "PRAGMA application_id = 1");
	check_journal(state, JOURNAL_SALVAGED);
	assert_int_equal(unlink(state_path(state, JOURNAL_FILE ".damaged-1")), 0);
	assert_false(state_holds(state, PERSON));
}

/* A row that was not what was written is not made good by the step. */
static void a_wrong_sum_stays_wrong(void **context)
{
	const struct state *state = *context;
	struct journal *journal = NULL;
	struct err err = {""};
	make_old_journal(state);
	state_sql(state_path(state, JOURNAL_FILE), "UPDATE entry SET place = '6' WHERE id = 7");
	struct identity *identity = open_identity(state, NULL);
	assert_int_equal(journal_open(state->dir, identity, &journal, &err), JOURNAL_OPENED);
	journal_close(journal);
	journal = NULL;
	assert_int_equal(journal_open(state->dir, identity, &journal, &err), JOURNAL_SALVAGED);
	journal_close(journal);
	identity_close(identity);
	assert_int_equal(state_number(state_path(state, JOURNAL_FILE), "SELECT COUNT(*) FROM entry"), OLD_ENTRIES - 1);
}

static void nothing_is_named_without_a_key(void **context)
{
	const struct state *state = *context;
	struct journal *journal = NULL;
	struct err err = {""};
	make_old_journal(state);
	assert_int_equal(journal_open(state->dir, NULL, &journal, &err), JOURNAL_FAILED);
	assert_non_null(strstr(err.text, "key"));
	check_journal(state, JOURNAL_OPENED);
}

/* The values are those that the program of that time wrote. */
static void add_old_row(const struct state *state, int number, const char *organizer)
{
	char uid[64], sql[600];
	snprintf(uid, sizeof(uid), UID "-%d", number);
	uint64_t sum = sum_start();
	const char *const texts[] = {"desks", uid, "", "5", "Nils S.", "Plats 5 (" PERSON ")", ""};
	const int64_t numbers[] = {0, 1000, 2000, 1, 0, OCCURRENCE_BUSY, OCCURRENCE_CONFIRMED};
	for (size_t i = 0; i < 7; i++) {
		sum = sum_text(sum, texts[i]);
	}
	for (size_t i = 0; i < 7; i++) {
		sum = sum_int(sum, numbers[i]);
	}
	sum = organizer[0] ? sum_text(sum, organizer) : sum;
	snprintf(sql, sizeof(sql),
		 "INSERT INTO occurrence VALUES ('desks', '%s', '', 0, 1000, 2000, '5', 'Nils S.', 1, 0, "
		 "'Plats 5 (" PERSON ")', '', %d, %d, %lld, '%s')",
		 uid, OCCURRENCE_BUSY, OCCURRENCE_CONFIRMED, (long long)sum, organizer);
	state_sql(state_path(state, CACHE_FILE), sql);
}

static void an_old_cache_gets_names_and_loses_locations(void **context)
{
	const struct state *state = *context;
	struct cache *cache = NULL;
	struct cache_rows rows = {0};
	struct err err = {""};
	char name[IDENTITY_NAME_SIZE];
	make_old(state, CACHE_FILE, &schema_cache, 2);
	for (int i = 0; i < 300; i++) {
		add_old_row(state, i, i % 2 ? "Anna L." : "");
	}
	assert_true(state_holds(state, PERSON));
	struct identity *identity = open_identity(state, NULL);
	assert_int_equal(cache_open(state->dir, identity, &cache, &err), CACHE_OPENED);
	assert_false(state_holds(state, PERSON));
	assert_true(cache_read_rows(cache, NULL, NULL, &rows, NULL, &err));
	assert_int_equal(rows.count, 300);
	assert_true(identity_name(identity, UID "-0", name));
	size_t found = 0;
	for (size_t i = 0; i < rows.count; i++) {
		assert_string_equal(rows.items[i].title, "Nils S.");
		assert_string_equal(rows.items[i].location, "");
		found += strcmp(rows.items[i].uid, name) == 0;
	}
	assert_int_equal(found, 1);
	cache_rows_finish(&rows);
	cache_close(cache);
	assert_int_equal(cache_open(state->dir, identity, &cache, &err), CACHE_OPENED);
	cache_close(cache);
	identity_close(identity);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(names_tell_nothing_and_stay, set_up, tear_down),
		cmocka_unit_test(only_names_look_like_names),
		cmocka_unit_test_setup_teardown(a_name_ends_with_the_trace_of_its_sum, set_up, tear_down),
		cmocka_unit_test_setup_teardown(machines_agree_by_a_secret, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_key_is_private, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_spoilt_key_is_replaced, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_is_no_file_is_refused, set_up, tear_down),
		cmocka_unit_test_setup_teardown(an_old_journal_gets_names, set_up, tear_down),
		cmocka_unit_test_setup_teardown(an_interrupted_step_is_done_again, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_damaged_old_journal_gets_names, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_wrong_sum_stays_wrong, set_up, tear_down),
		cmocka_unit_test_setup_teardown(nothing_is_named_without_a_key, set_up, tear_down),
		cmocka_unit_test_setup_teardown(an_old_cache_gets_names_and_loses_locations, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
