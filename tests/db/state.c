/* See state.h. */
#include "state.h"

#include <dirent.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void state_make(struct state *state)
{
	const char *base = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
	snprintf(state->dir, sizeof(state->dir), "%s/satellitkiosk-db.XXXXXX", base);
	assert_non_null(mkdtemp(state->dir));
}

void state_empty(const struct state *state)
{
	DIR *dir = opendir(state->dir);
	assert_non_null(dir);
	for (const struct dirent *file = readdir(dir); file; file = readdir(dir)) {
		if (strcmp(file->d_name, ".") != 0 && strcmp(file->d_name, "..") != 0) {
			assert_int_equal(unlinkat(dirfd(dir), file->d_name, 0), 0);
		}
	}
	closedir(dir);
}

void state_remove(const struct state *state)
{
	state_empty(state);
	assert_int_equal(rmdir(state->dir), 0);
}

const char *state_path(const struct state *state, const char *name)
{
	static char paths[8][STATE_PATH_MAX + 256];
	static size_t next;
	char *path = paths[next++ % 8];
	snprintf(path, sizeof(paths[0]), "%s/%s", state->dir, name);
	return path;
}

unsigned char *state_load(const char *path, size_t *out_size)
{
	FILE *file = fopen(path, "rb");
	struct stat about;
	assert_non_null(file);
	assert_int_equal(fstat(fileno(file), &about), 0);
	unsigned char *bytes = malloc((size_t)about.st_size + 1);
	assert_non_null(bytes);
	*out_size = fread(bytes, 1, (size_t)about.st_size, file);
	assert_int_equal(*out_size, about.st_size);
	bytes[*out_size] = 0;
	fclose(file);
	return bytes;
}

void state_save(const char *path, const unsigned char *bytes, size_t size)
{
	FILE *file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, size, file), size);
	assert_int_equal(fclose(file), 0);
}

static bool file_holds(const char *path, const char *text)
{
	size_t size = 0;
	unsigned char *bytes = state_load(path, &size);
	bool found = memmem(bytes, size, text, strlen(text)) != NULL;
	free(bytes);
	return found;
}

bool state_holds(const struct state *state, const char *text)
{
	DIR *dir = opendir(state->dir);
	bool found = false;
	assert_non_null(dir);
	for (const struct dirent *file = readdir(dir); file && !found; file = readdir(dir)) {
		found = file->d_name[0] != '.' && file_holds(state_path(state, file->d_name), text);
	}
	closedir(dir);
	return found;
}

size_t state_count(const struct state *state, const char *prefix)
{
	DIR *dir = opendir(state->dir);
	size_t count = 0;
	assert_non_null(dir);
	for (const struct dirent *file = readdir(dir); file; file = readdir(dir)) {
		count += strncmp(file->d_name, prefix, strlen(prefix)) == 0;
	}
	closedir(dir);
	return count;
}

void state_sql(const char *path, const char *sql)
{
	sqlite3 *db = NULL;
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) {
		fail_msg("%s", sqlite3_errmsg(db));
	}
	sqlite3_close(db);
}

int64_t state_number(const char *path, const char *sql)
{
	sqlite3 *db = NULL;
	sqlite3_stmt *statement = NULL;
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
	int64_t number = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	sqlite3_close(db);
	return number;
}

struct journal_entry state_entry(const char *token, int64_t at_utc)
{
	return (struct journal_entry){
		.token = (char *)token,
		.box = (char *)(uintptr_t)"",
		.target = (char *)(uintptr_t)"",
		.at_utc = at_utc,
		.action = JOURNAL_CHECK_IN,
		.place = (char *)"5",
		.feed = (char *)"desks",
		.uid = (char *)"uid-1@example.org",
		.recurrence_id = (char *)"2026-11-23T09:00:00Z",
		.label = (char *)"Nils S.",
		.start_utc = at_utc,
		.end_utc = at_utc + 3600,
	};
}

struct cache_feed state_feed(const char *name, int64_t agreed_utc)
{
	return (struct cache_feed){
		.name = (char *)name,
		.settings = (char *)"settings",
		.etag = (char *)"\"etag\"",
		.last_modified = (char *)"",
		.body_hash = (char *)"hash",
		.agreed_utc = agreed_utc,
		.changed_utc = agreed_utc,
		.from_day = 20000,
		.to_day = 20030,
		.skipped = 2,
	};
}

struct cache_row state_row(const char *uid, const char *title, int64_t start_utc)
{
	return (struct cache_row){
		.feed = (char *)"",
		.uid = (char *)uid,
		.recurrence_id = (char *)"",
		.span = {.start_utc = start_utc, .end_utc = start_utc + 3600},
		.place = (char *)"5",
		.title = (char *)title,
		.organizer = (char *)"",
		.is_person = true,
		.location = (char *)"",
		.url = (char *)"",
		.busy = OCCURRENCE_BUSY,
		.status = OCCURRENCE_CONFIRMED,
	};
}

struct journal *state_journal(const struct state *state)
{
	struct journal *journal = NULL;
	struct err err = {""};
	enum journal_opened opened = journal_open(state->dir, NULL, &journal, &err);
	if (opened != JOURNAL_OPENED && opened != JOURNAL_CREATED) {
		fail_msg("journal_open: %d, %s", opened, err.text);
	}
	return journal;
}

struct cache *state_cache(const struct state *state)
{
	struct cache *cache = NULL;
	struct err err = {""};
	enum cache_opened opened = cache_open(state->dir, NULL, &cache, &err);
	if (opened != CACHE_OPENED && opened != CACHE_CREATED) {
		fail_msg("cache_open: %d, %s", opened, err.text);
	}
	return cache;
}

size_t state_tokens(const struct state *state, const char *token)
{
	struct journal *journal = state_journal(state);
	struct journal_entries entries = {0};
	struct err err;
	size_t count = 0;
	assert_true(journal_read(journal, INT64_MIN, &entries, &err));
	for (size_t i = 0; i < entries.count; i++) {
		count += strcmp(entries.items[i].token, token) == 0;
	}
	journal_entries_finish(&entries);
	journal_close(journal);
	return count;
}
