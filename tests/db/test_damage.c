/* Every kind of damage that a disk does to a file: a byte that is another one, an end that is missing, a page of zeros
 * or noise. The cache is rebuilt; of the journal every check-in is saved whose own bytes are whole, and the damaged
 * file is kept as it was. Nothing is ever shown that was not written. `--long` tries every byte. */
#include "state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/limits.h"

enum { ENTRIES = 60, LONG_ENTRY = 30, ROWS = 60, PAGE = 4096 };

static bool tries_every_byte;

struct fixture {
	struct state state;
	unsigned char *bytes; /* the file when it was whole */
	size_t size;
	char *long_uid; /* so long that it needs pages of its own */
	const char *file;
	size_t tried, mended, whole, refused, lost;
};

static void name_entry(const struct fixture *fixture, int number, struct journal_entry *entry, char token[32],
		       char label[32])
{
	snprintf(token, 32, "tap-%d", number);
	snprintf(label, 32, "Person %d", number);
	*entry = state_entry(token, 1000 + number);
	entry->label = label;
	if (number == LONG_ENTRY) {
		entry->uid = fixture->long_uid;
	}
}

static void set_up(struct fixture *fixture, const char *file)
{
	enum { LONG = 9000 };
	*fixture = (struct fixture){.file = file, .long_uid = malloc(LONG + 1)};
	memset(fixture->long_uid, 'u', LONG);
	fixture->long_uid[LONG] = '\0';
	state_make(&fixture->state);
}

static void tear_down(struct fixture *fixture)
{
	print_message("%s: %zu damaged files: %zu mended, %zu whole in all that counts, %zu refused, %zu rows lost\n",
		      fixture->file, fixture->tried, fixture->mended, fixture->whole, fixture->refused, fixture->lost);
	free(fixture->bytes);
	free(fixture->long_uid);
	state_remove(&fixture->state);
}

static void make_journal(struct fixture *fixture)
{
	struct journal *journal = state_journal(&fixture->state);
	for (int i = 0; i < ENTRIES; i++) {
		struct journal_entry entry;
		struct err err = {""};
		char token[32];
		char label[32];
		int64_t id = 0;
		name_entry(fixture, i, &entry, token, label);
		assert_int_equal(journal_append(journal, &entry, 0, NULL, NULL, &id, &err), JOURNAL_APPENDED);
	}
	journal_close(journal);
	fixture->bytes = state_load(state_path(&fixture->state, JOURNAL_FILE), &fixture->size);
}

/* Each entry is one that was written, once, in order. How many there are. */
static size_t check_entries(const struct fixture *fixture, struct journal *journal)
{
	struct journal_entries entries = {0};
	struct err err = {""};
	int64_t last = 0;
	if (!journal_read(journal, INT64_MIN, &entries, &err)) {
		fail_msg("%s", err.text);
	}
	for (size_t i = 0; i < entries.count; i++) {
		const struct journal_entry *got = &entries.items[i];
		struct journal_entry wanted;
		char token[32];
		char label[32];
		assert_true(got->id > last && got->id <= ENTRIES);
		name_entry(fixture, (int)got->id - 1, &wanted, token, label);
		assert_string_equal(got->token, wanted.token);
		assert_string_equal(got->label, wanted.label);
		assert_string_equal(got->uid, wanted.uid);
		assert_string_equal(got->place, wanted.place);
		assert_int_equal(got->at_utc, wanted.at_utc);
		assert_int_equal(got->action, wanted.action);
		last = got->id;
	}
	size_t count = entries.count;
	journal_entries_finish(&entries);
	return count;
}

static void check_kept(const struct fixture *fixture, const unsigned char *damaged, size_t size)
{
	size_t kept_size = 0;
	unsigned char *kept = state_load(state_path(&fixture->state, JOURNAL_FILE ".damaged-1"), &kept_size);
	assert_int_equal(kept_size, size);
	assert_memory_equal(kept, damaged, size);
	free(kept);
}

/* lost_max: how many rows this damage may cost at most. */
static void try_journal(struct fixture *fixture, const unsigned char *damaged, size_t size, size_t lost_max)
{
	struct journal *journal = NULL;
	struct err err = {""};
	state_empty(&fixture->state);
	state_save(state_path(&fixture->state, JOURNAL_FILE), damaged, size);
	enum journal_opened opened = journal_open(fixture->state.dir, NULL, &journal, &err);
	fixture->tried++;
	if (opened == JOURNAL_FAILED) {
		/* Only this looks like no damage at all. */
		assert_non_null(strstr(err.text, "newer program"));
		assert_null(journal);
		fixture->refused++;
		return;
	}
	size_t count = check_entries(fixture, journal);
	if (opened == JOURNAL_OPENED) {
		assert_int_equal(count, ENTRIES);
		fixture->whole++;
	} else if (opened == JOURNAL_SALVAGED) {
		assert_true(ENTRIES - count <= lost_max);
		assert_non_null(strstr(err.text, "damaged-1"));
		check_kept(fixture, damaged, size);
		fixture->lost += ENTRIES - count;
		fixture->mended++;
	} else {
		assert_int_equal(size, 0);
	}
	journal_close(journal);
}

static void make_cache(struct fixture *fixture)
{
	struct cache *cache = state_cache(&fixture->state);
	struct cache_row *rows = calloc(ROWS, sizeof(*rows));
	char(*uids)[32] = calloc(ROWS, sizeof(*uids));
	struct cache_feed feed = state_feed("desks", 1000);
	struct err err = {""};
	for (size_t i = 0; i < ROWS; i++) {
		snprintf(uids[i], sizeof(uids[i]), "%02zu", i);
		rows[i] = state_row(uids[i], uids[i], (int64_t)i);
	}
	rows[ROWS / 2].url = fixture->long_uid;
	const struct cache_rows list = {rows, ROWS, ROWS, NULL};
	assert_true(cache_replace(cache, &feed, &list, &err));
	cache_close(cache);
	free(rows);
	free(uids);
	fixture->bytes = state_load(state_path(&fixture->state, CACHE_FILE), &fixture->size);
}

static void try_cache(struct fixture *fixture, const unsigned char *damaged, size_t size, size_t lost_max)
{
	struct cache *cache = NULL;
	struct cache_rows rows = {0};
	struct cache_feeds feeds = {0};
	struct err err = {""};
	(void)lost_max;
	state_empty(&fixture->state);
	state_save(state_path(&fixture->state, CACHE_FILE), damaged, size);
	enum cache_opened opened = cache_open(fixture->state.dir, NULL, &cache, &err);
	fixture->tried++;
	if (opened == CACHE_FAILED || !cache_read_rows(cache, NULL, NULL, &rows, NULL, &err) ||
	    !cache_read_feeds(cache, &feeds, &err)) {
		fail_msg("%s", err.text);
	}
	if (opened == CACHE_OPENED) { /* then all of it is as it was */
		assert_int_equal(feeds.count, 1);
		assert_string_equal(feeds.items[0].etag, "\"etag\"");
		assert_int_equal(rows.count, ROWS);
		for (size_t i = 0; i < ROWS; i++) {
			assert_string_equal(rows.items[i].title, rows.items[i].uid);
			assert_int_equal(rows.items[i].span.start_utc, i);
		}
		fixture->whole++;
	} else {
		assert_int_equal(feeds.count + rows.count, 0);
		fixture->mended++;
		fixture->lost += opened == CACHE_REBUILT ? ROWS : 0;
	}
	cache_rows_finish(&rows);
	cache_feeds_finish(&feeds);
	cache_close(cache);
}

typedef void try_function(struct fixture *fixture, const unsigned char *damaged, size_t size, size_t lost_max);

/* Dense where a page keeps its own bookkeeping, else every so many bytes; the prime walks through all columns. */
static size_t next_offset(size_t offset)
{
	return tries_every_byte || offset < 108 || offset % PAGE < 16 ? offset + 1 : offset + 29;
}

static void flip_bytes(struct fixture *fixture, try_function *try)
{
	static const unsigned char flips[] = {0xff, 0x01, 0x80};
	unsigned char *damaged = malloc(fixture->size);
	size_t turn = 0;
	for (size_t at = 0; at < fixture->size; at = next_offset(at), turn++) {
		memcpy(damaged, fixture->bytes, fixture->size);
		damaged[at] ^= flips[turn % sizeof(flips)];
		try(fixture, damaged, fixture->size, 1);
	}
	free(damaged);
}

static void truncate_file(struct fixture *fixture, try_function *try)
{
	for (size_t size = 0; size < fixture->size; size += tries_every_byte ? 64 : 509) {
		try(fixture, fixture->bytes, size, ENTRIES);
	}
}

static void spoil_pages(struct fixture *fixture, try_function *try)
{
	unsigned char *damaged = malloc(fixture->size);
	for (size_t at = 0; at + PAGE <= fixture->size; at += PAGE) {
		for (int kind = 0; kind < 3; kind++) {
			memcpy(damaged, fixture->bytes, fixture->size);
			for (size_t i = 0; i < PAGE; i++) {
				damaged[at + i] = kind == 0   ? 0
						  : kind == 1 ? (unsigned char)rand()
							      : fixture->bytes[fixture->size - PAGE + i];
			}
			try(fixture, damaged, fixture->size, ENTRIES);
		}
	}
	free(damaged);
}

static void add_bytes(struct fixture *fixture, try_function *try)
{
	unsigned char *damaged = malloc(fixture->size + 2 * PAGE);
	memcpy(damaged, fixture->bytes, fixture->size);
	for (size_t i = 0; i < 2 * PAGE; i++) {
		damaged[fixture->size + i] = (unsigned char)rand();
	}
	try(fixture, damaged, fixture->size + 100, 0);
	try(fixture, damaged, fixture->size + 2 * PAGE, 0);
	free(damaged);
}

/* A rollback journal that somebody else left behind must not undo anything here. */
static void false_rollback_journal(struct fixture *fixture)
{
	unsigned char noise[4 * PAGE];
	for (size_t i = 0; i < sizeof(noise); i++) {
		noise[i] = (unsigned char)rand();
	}
	state_empty(&fixture->state);
	state_save(state_path(&fixture->state, JOURNAL_FILE), fixture->bytes, fixture->size);
	state_save(state_path(&fixture->state, JOURNAL_COMMIT_FILE), noise, sizeof(noise));
	struct journal *journal = state_journal(&fixture->state);
	assert_int_equal(check_entries(fixture, journal), ENTRIES);
	journal_close(journal);
}

static void journal_is_salvaged(void **context)
{
	struct fixture fixture;
	(void)context;
	set_up(&fixture, JOURNAL_FILE);
	make_journal(&fixture);
	flip_bytes(&fixture, try_journal);
	assert_true(fixture.lost < fixture.mended); /* most flips cost nothing at all */
	truncate_file(&fixture, try_journal);
	spoil_pages(&fixture, try_journal);
	add_bytes(&fixture, try_journal);
	false_rollback_journal(&fixture);
	tear_down(&fixture);
}

/* A journal that is too large to be checked whole at each opening. The entries are old, but for the last. */
enum { LARGE_ENTRIES = 300, OLD_UTC = 1000, NEW_UTC = 900000 };

static void make_large_journal(struct fixture *fixture)
{
	struct journal *journal = state_journal(&fixture->state);
	char *uid = malloc(JOURNAL_TEXT_MAX + 1);
	memset(uid, 'u', JOURNAL_TEXT_MAX);
	uid[JOURNAL_TEXT_MAX] = '\0';
	for (int i = 0; i < LARGE_ENTRIES; i++) {
		struct err err = {""};
		char token[32], label[32];
		size_t added = 0;
		snprintf(token, sizeof(token), "tap-%d", i);
		snprintf(label, sizeof(label), "Large %d.", i);
		struct journal_entry entry = state_entry(token, (i < LARGE_ENTRIES - 1 ? OLD_UTC : NEW_UTC) + i);
		const struct journal_entries entries = {&entry, 1, 1};
		entry.label = label;
		entry.uid = i < JOURNAL_WHOLE_BYTES / JOURNAL_TEXT_MAX ? uid : entry.uid;
		if (i == LARGE_ENTRIES - 1) { /* before the last one */
			free(fixture->bytes);
			fixture->bytes = state_load(state_path(&fixture->state, JOURNAL_FILE), &fixture->size);
		}
		assert_true(journal_merge(journal, &entries, &added, &err));
	}
	free(uid);
	journal_close(journal);
	assert_true(fixture->size > JOURNAL_WHOLE_BYTES);
}

static size_t count_since(struct journal *journal, int64_t since_utc)
{
	struct journal_entries entries = {0};
	struct err err = {""};
	if (!journal_read(journal, since_utc, &entries, &err)) {
		fail_msg("%s", err.text);
	}
	size_t count = entries.count;
	journal_entries_finish(&entries);
	return count;
}

/* An old check-in that is spoilt is found when it is read. Then the whole journal is looked at and mended. */
static void old_damage_is_found_when_it_is_read(void **context)
{
	static const char label[] = "Large 20.";
	struct fixture fixture;
	(void)context;
	set_up(&fixture, JOURNAL_FILE);
	make_large_journal(&fixture);
	const char *path = state_path(&fixture.state, JOURNAL_FILE);
	unsigned char *bytes = state_load(path, &fixture.size);
	unsigned char *at = memmem(bytes, fixture.size, label, strlen(label));
	assert_non_null(at);
	*at = 'l';
	state_save(path, bytes, fixture.size);
	free(bytes);
	struct journal *journal = state_journal(&fixture.state); /* asserts that it is opened as it is */
	assert_int_equal(count_since(journal, NEW_UTC), 1);
	assert_string_equal(journal_notice(journal), "");
	assert_int_equal(count_since(journal, INT64_MIN), LARGE_ENTRIES - 1);
	assert_non_null(strstr(journal_notice(journal), "damaged-1"));
	assert_int_equal(count_since(journal, NEW_UTC), 1);
	journal_close(journal);
	tear_down(&fixture);
}

/* The disk has lost what was written last to one index. The check-in of today is there all the same. */
static void a_lost_page_hides_no_new_check_in(void **context)
{
	static const char *const indexes[] = {"entry_at", "sqlite_autoindex_entry_1"};
	struct fixture fixture;
	(void)context;
	set_up(&fixture, JOURNAL_FILE);
	make_large_journal(&fixture);
	const char *path = state_path(&fixture.state, JOURNAL_FILE);
	size_t size = 0;
	unsigned char *newest = state_load(path, &size);
	for (size_t i = 0; i < sizeof(indexes) / sizeof(indexes[0]); i++) {
		unsigned char *damaged = state_load(path, &size);
		char sql[128];
		size_t lost = 0;
		for (size_t page = 0; page < fixture.size / PAGE; page++) {
			snprintf(sql, sizeof(sql), "SELECT COUNT(*) FROM dbstat WHERE name = '%s' AND pageno = %zu",
				 indexes[i], page + 1);
			if (memcmp(damaged + page * PAGE, fixture.bytes + page * PAGE, PAGE) != 0 &&
			    state_number(path, sql) == 1) {
				memcpy(damaged + page * PAGE, fixture.bytes + page * PAGE, PAGE);
				lost++;
			}
		}
		assert_true(lost > 0);
		state_empty(&fixture.state);
		state_save(path, damaged, size);
		free(damaged);
		struct journal *journal = NULL;
		struct err err = {""};
		assert_int_equal(journal_open(fixture.state.dir, NULL, &journal, &err), JOURNAL_SALVAGED);
		assert_int_equal(count_since(journal, NEW_UTC), 1);
		assert_int_equal(count_since(journal, INT64_MIN), LARGE_ENTRIES);
		journal_close(journal);
		state_empty(&fixture.state);
		state_save(path, newest, size);
	}
	free(newest);
	tear_down(&fixture);
}

static void cache_is_rebuilt(void **context)
{
	struct fixture fixture;
	(void)context;
	set_up(&fixture, CACHE_FILE);
	make_cache(&fixture);
	flip_bytes(&fixture, try_cache);
	truncate_file(&fixture, try_cache);
	spoil_pages(&fixture, try_cache);
	add_bytes(&fixture, try_cache);
	tear_down(&fixture);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(journal_is_salvaged),
		cmocka_unit_test(old_damage_is_found_when_it_is_read),
		cmocka_unit_test(a_lost_page_hides_no_new_check_in),
		cmocka_unit_test(cache_is_rebuilt),
	};
	tries_every_byte = argc > 1 && strcmp(argv[1], "--long") == 0;
	srand(48);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
