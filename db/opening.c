/* See opening.h. The first look takes no lock. Whatever has to be changed is looked at again under the lock, so that
 * only one of two programs that start together changes it, and a disturbance that has passed condemns no file. */
#include "opening.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "convert.h"
#include "file.h"
#include "limits.h"

enum look {
	LOOK_FAILED, /* caused by the disk, a lock or memory: it says nothing about the file */
	LOOK_READY,
	LOOK_MISSING,
	LOOK_EMPTY,
	LOOK_OLDER,
	LOOK_NEWER,
	LOOK_DAMAGED /* or not ours */
};

struct facts {
	int64_t application_id, version;
};

static int read_number(struct store *store, const char *sql, int64_t *out)
{
	struct sqlite3_stmt *statement = NULL;
	int code = sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL);
	if (code == SQLITE_OK) {
		code = sqlite3_step(statement);
		if (code == SQLITE_ROW) {
			*out = sqlite3_column_int64(statement, 0);
			code = SQLITE_OK;
		}
	}
	sqlite3_finalize(statement);
	return code;
}

static bool read_facts(struct store *store, struct facts *facts, struct err *err)
{
	int code = read_number(store, "PRAGMA application_id", &facts->application_id);
	if (code == SQLITE_OK) {
		code = read_number(store, "PRAGMA user_version", &facts->version);
	}
	if (code != SQLITE_OK) {
		store->is_damaged = store_error_is_damage(code);
		return err_set(err, "%s cannot be read: %s (%d)", store->kind->file, sqlite3_errmsg(store->db), code);
	}
	return true;
}

/* SQLite's check reports an unreadable page as if it were a broken one. A disk that cannot be read now may be readable
 * later, which is no reason to replace the file. */
static bool can_read_pages(struct store *store, struct err *err)
{
	sqlite3_file *file = NULL;
	sqlite3_int64 size = 0;
	unsigned char page[STORE_PAGE_BYTES];
	int code = sqlite3_file_control(store->db, "main", SQLITE_FCNTL_FILE_POINTER, &file);
	if (code == SQLITE_OK) {
		code = file->pMethods->xFileSize(file, &size);
	}
	for (sqlite3_int64 at = 0; at < size && (code & 0xff) != SQLITE_IOERR; at += STORE_PAGE_BYTES) {
		code = file->pMethods->xRead(file, page, STORE_PAGE_BYTES, at);
		code = code == SQLITE_IOERR_SHORT_READ ? SQLITE_OK : code;
	}
	return code == SQLITE_OK || err_set(err, "%s cannot be read: %s (%d)", store->path, sqlite3_errstr(code), code);
}

/* A large file takes too long. What is read of it later is checked then, and a file in which damage was found is
 * checked whole. */
static bool decide_how_much(struct store *store, bool is_suspect, struct err *err)
{
	sqlite3_file *file = NULL;
	sqlite3_int64 size = 0;
	int code = sqlite3_file_control(store->db, "main", SQLITE_FCNTL_FILE_POINTER, &file);
	if (code == SQLITE_OK) {
		code = file->pMethods->xFileSize(file, &size);
	}
	store->is_checked_whole = is_suspect || store->kind->whole_bytes == 0 || size <= store->kind->whole_bytes;
	return code == SQLITE_OK || err_set(err, "%s cannot be read: %s (%d)", store->path, sqlite3_errstr(code), code);
}

static bool check_pages(struct store *store, struct err *err)
{
	struct sqlite3_stmt *statement = NULL;
	/* In the precious database the index is compared with its table, too. */
	const char *sql = store->kind->is_precious ? "PRAGMA integrity_check(1)" : "PRAGMA quick_check(1)";
	bool ok = false;
	int code = sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL);
	if (code == SQLITE_OK) {
		code = sqlite3_step(statement);
	}
	if (code != SQLITE_ROW) {
		store->is_damaged = store_error_is_damage(code);
		err_set(err, "%s cannot be checked: %s (%d)", store->kind->file, sqlite3_errmsg(store->db), code);
	} else {
		const char *verdict = (const char *)sqlite3_column_text(statement, 0);
		ok = verdict && strcmp(verdict, "ok") == 0;
		if (!verdict) {
			err_set(err, "out of memory");
		} else if (!ok && can_read_pages(store, err)) {
			store_mark_damaged(store, err, verdict);
		}
	}
	sqlite3_finalize(statement);
	return ok;
}

/* A version byte in the header that no program of today writes makes SQLite treat the file as read-only. */
static bool check_writable(struct store *store, struct err *err)
{
	if (sqlite3_db_readonly(store->db, "main") != 0 && file_is_writable(store->path)) {
		return store_mark_damaged(store, err, "its header says that it may not be written");
	}
	return true;
}

static enum look judge_failure(const struct store *store)
{
	return store->is_damaged ? LOOK_DAMAGED : LOOK_FAILED;
}

static enum look look_at_version(struct store *store, const struct facts *facts, struct err *err)
{
	const struct schema *schema = store->kind->schema;
	if (file_is_empty(store->path)) { /* SQLite regards a file of one byte as empty, too */
		return LOOK_EMPTY;
	}
	if (facts->application_id != schema->application_id) {
		store_mark_damaged(store, err, "it belongs to another program");
		return LOOK_DAMAGED;
	}
	if (facts->version < 1 || facts->version > STORE_VERSION_MAX) {
		store_mark_damaged(store, err, "it has no version that exists");
		return LOOK_DAMAGED;
	}
	if (facts->version > schema->version) {
		err_set(err,
			"%s was written by a newer program (schema %d; this one knows %d): install that program again, "
			"or "
			"move the file away",
			store->path, (int)facts->version, schema->version);
		return LOOK_NEWER;
	}
	return facts->version < schema->version ? LOOK_OLDER : LOOK_READY;
}

static enum look look(struct store *store, bool is_suspect, struct err *err)
{
	struct facts facts = {0};
	if (!store_configure(store, err) || !read_facts(store, &facts, err)) {
		return judge_failure(store);
	}
	enum look seen = look_at_version(store, &facts, err);
	if (seen == LOOK_EMPTY || seen == LOOK_NEWER || seen == LOOK_DAMAGED) {
		return seen;
	}
	/* A file that is migrated is read as a whole in any case. */
	if (!check_writable(store, err) || !decide_how_much(store, is_suspect || seen == LOOK_OLDER, err) ||
	    (store->is_checked_whole && !check_pages(store, err))) {
		return judge_failure(store);
	}
	if (seen == LOOK_READY && (!store_prepare(store, err) || !store->kind->verify(store, err))) {
		return judge_failure(store);
	}
	return seen;
}

/* *out_store is set whenever there is a file that SQLite opens. */
static enum look open_and_look(const struct store_kind *kind, const char *dir, struct identity *identity,
			       bool is_suspect, struct store **out_store, struct err *err)
{
	char *path = file_path(dir, kind->file, "");
	char *journal = file_path(dir, kind->file, "-journal");
	enum look seen = LOOK_FAILED;
	if (!path || !journal) {
		err_set(err, "out of memory");
	} else if (!file_is_usable(path, err) || !file_is_usable(journal, err)) {
		seen = LOOK_FAILED;
	} else if (!file_is_there(path)) {
		seen = LOOK_MISSING;
	} else if (file_make_private(dir, path, err)) {
		*out_store = store_connect(kind, dir, identity, "", err);
		seen = *out_store ? look(*out_store, is_suspect, err) : LOOK_FAILED;
	}
	free(path);
	free(journal);
	return seen;
}

static bool run(struct store *store, const char *sql, struct err *err)
{
	return sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK ||
	       err_set(err, "%s: %s", store->path, sqlite3_errmsg(store->db));
}

/* Returns whether the last statement failed because of what is in the file: its tables are not those of the version
 * that its header names, for example because a bit of that number is spoilt. */
static bool contradicts_its_version(const struct store *store)
{
	int code = sqlite3_errcode(store->db) & 0xff;
	return code == SQLITE_ERROR || code == SQLITE_CONSTRAINT || code == SQLITE_MISMATCH ||
	       store_error_is_damage(code);
}

/* One transaction for each step, which sets the version with it: a crash leaves one version or the next. A step that
 * scrubs sets the version last of all, because a step that was not scrubbed has to be done again. */
static bool migrate_step(struct store *store, int version, bool must_scrub, struct err *err)
{
	const struct schema *schema = store->kind->schema;
	char mark[96];
	snprintf(mark, sizeof(mark), "PRAGMA application_id = %d; PRAGMA user_version = %d",
		 (int)schema->application_id, version + 1);
	bool ok = run(store, "BEGIN IMMEDIATE", err) && run(store, schema->migrations[version].sql, err);
	ok = ok && (!must_scrub ||
		    (run(store, "COMMIT", err) && run(store, "VACUUM", err) && run(store, "BEGIN IMMEDIATE", err)));
	ok = ok && run(store, mark, err) && run(store, "COMMIT", err);
	store->is_damaged = store->is_damaged || (!ok && contradicts_its_version(store));
	if (!ok && sqlite3_get_autocommit(store->db) == 0) {
		sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
	}
	return ok || err_prefix(err, "cannot take the schema from %d to %d", version, version + 1);
}

/* Runs under the lock that every migrating program takes. */
static bool migrate(struct store *store, struct err *err)
{
	struct facts facts = {0};
	if (!read_facts(store, &facts, err) || !convert_register(store, err)) {
		return false;
	}
	for (int version = (int)facts.version; version < store->kind->schema->version; version++) {
		bool must_scrub = store->kind->schema->migrations[version].scrubs && facts.version > 0;
		if (!migrate_step(store, version, must_scrub, err)) {
			return false;
		}
	}
	return store_prepare(store, err);
}

static struct store *make(const struct store_kind *kind, const char *dir, struct identity *identity, const char *suffix,
			  bool *out_is_damaged, struct err *err)
{
	struct store *store = NULL;
	char *path = file_path(dir, kind->file, suffix);
	if (!path) {
		err_set(err, "out of memory");
	} else if (file_make_private(dir, path, err)) {
		store = store_connect(kind, dir, identity, suffix, err);
	}
	if (store && (!store_configure(store, err) || !migrate(store, err))) {
		*out_is_damaged = store->is_damaged;
		store_close(store);
		store = NULL;
	}
	free(path);
	return store;
}

static bool remove_fresh(const struct store_kind *kind, const char *dir, struct err *err)
{
	char *path = file_path(dir, kind->file, ".new");
	char *journal = file_path(dir, kind->file, ".new-journal");
	bool ok = path && journal ? file_remove(path, err) && file_remove(journal, err) : err_set(err, "out of memory");
	free(path);
	free(journal);
	return ok;
}

/* The fresh file takes the damaged one's name in one step, so that at every instant there is one or the other. */
static bool swap_in(struct store *damaged, const char *fresh_path, char **out_aside, struct err *err)
{
	char *journal = file_path(damaged->dir, damaged->kind->file, "-journal");
	bool ok = journal || err_set(err, "out of memory");
	ok = ok && (!damaged->kind->is_precious || file_put_aside(damaged->path, out_aside, err));
	/* The content of a rollback journal was rolled back when the file was opened; the fresh file must not inherit
	 * it. */
	ok = ok && file_remove(journal, err) && file_sync_directory(damaged->dir, err);
	ok = ok && (rename(fresh_path, damaged->path) == 0 || err_set(err, "cannot replace %s", damaged->path));
	ok = ok && file_sync_directory(damaged->dir, err);
	free(journal);
	return ok;
}

/* A program that has the file open notices, once it has the write lock, that its file has moved. A file too broken to
 * be locked is also too broken for that program to write. */
static bool lock_damaged(struct store *damaged, struct err *err)
{
	int code = sqlite3_exec(damaged->db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
	return code == SQLITE_OK || store_error_is_damage(code) || (code & 0xff) == SQLITE_READONLY ||
	       err_set(err, "%s is damaged and cannot be locked: %s", damaged->kind->file, sqlite3_errmsg(damaged->db));
}

static void tell_mended(const struct store_kind *kind, const struct err *why, int64_t saved, const char *aside,
			struct err *err)
{
	if (!kind->is_precious) {
		err_set(err, "%s was begun anew: %s", kind->file, why->text);
		return;
	}
	const char *slash = strrchr(aside, '/');
	err_set(err, "%s was damaged (%.160s); check-ins saved from it: %lld; the damaged file is kept as %s",
		kind->file, why->text, (long long)saved, slash + 1);
}

/* Runs under the lock. The damaged file stays untouched until the swap. */
static bool mend(struct store *damaged, const struct err *why, struct err *err)
{
	const struct store_kind *kind = damaged->kind;
	struct store *fresh = NULL;
	char *aside = NULL;
	char *fresh_path = file_path(damaged->dir, kind->file, ".new");
	int64_t saved = 0;
	bool is_damaged = false;
	bool ok = fresh_path || err_set(err, "out of memory");
	ok = ok && lock_damaged(damaged, err) && remove_fresh(kind, damaged->dir, err);
	if (ok) {
		fresh = make(kind, damaged->dir, damaged->identity, ".new", &is_damaged, err);
		ok = fresh && (!kind->salvage || kind->salvage(damaged, fresh, &saved, err));
	}
	store_close(fresh);
	ok = ok && swap_in(damaged, fresh_path, &aside, err);
	if (ok) {
		tell_mended(kind, why, saved, aside, err);
	} else {
		remove_fresh(kind, damaged->dir, NULL);
		if (aside && !store_has_moved(damaged)) {
			file_remove(aside,
				    NULL); /* the file still has its own name; the next try would make one more */
		}
	}
	free(aside);
	free(fresh_path);
	return ok;
}

static enum store_opened open_locked(const struct store_kind *kind, const char *dir, struct identity *identity,
				     bool is_suspect, struct store **out_store, struct err *err)
{
	enum store_opened opened = STORE_OPENED;
	struct store *store = NULL;
	struct err remark = {""};
	enum look seen = open_and_look(kind, dir, identity, is_suspect, &store, err);
	if (seen == LOOK_MISSING || seen == LOOK_EMPTY || seen == LOOK_OLDER) {
		bool is_older = seen == LOOK_OLDER, is_damaged = false;
		opened = is_older ? STORE_OPENED : STORE_CREATED;
		store_close(store);
		store = make(kind, dir, identity, "", &is_damaged, err);
		seen = store ? LOOK_READY : LOOK_FAILED;
		if (is_older && is_damaged) {
			store = store_connect(kind, dir, identity, "", &remark);
			seen = store ? LOOK_DAMAGED : LOOK_FAILED;
		}
	}
	if (seen == LOOK_DAMAGED || (seen == LOOK_NEWER && !kind->is_precious)) {
		struct err why = *err;
		bool ok = mend(store, &why, &remark);
		store_close(store);
		store = NULL;
		*err = remark;
		opened = STORE_MENDED;
		seen = ok ? open_and_look(kind, dir, identity, false, &store, err) : LOOK_FAILED;
	}
	if (seen == LOOK_READY && file_sync_directory(dir, err)) {
		if (opened == STORE_MENDED) {
			store->notice = remark;
			*err = remark;
		}
		*out_store = store;
		return opened;
	}
	store_close(store);
	return STORE_FAILED;
}

static enum store_opened open_any(const struct store_kind *kind, const char *dir, struct identity *identity,
				  bool is_suspect, struct store **out_store, struct err *err)
{
	enum store_opened opened = STORE_FAILED;
	struct store *store = NULL;
	int lock = -1;
	struct err unasked;
	err = err ? err : &unasked;
	char *folder = file_make_directory(dir, err);
	if (!folder) {
		return STORE_FAILED;
	}
	enum look seen = open_and_look(kind, folder, identity, is_suspect, &store, err);
	if (seen == LOOK_READY) {
		/* The folder is synced, so that nothing that is read from now on can be undone by a power cut. */
		if (file_sync_directory(folder, err)) {
			*out_store = store;
			store = NULL;
			opened = STORE_OPENED;
		}
	} else if (seen != LOOK_FAILED) {
		store_close(store);
		store = NULL;
		lock = file_lock(folder, err);
		if (lock >= 0) {
			opened = open_locked(kind, folder, identity, is_suspect, out_store, err);
		}
	}
	if (opened == STORE_OPENED || opened == STORE_CREATED) {
		err->text[0] = '\0'; /* the finding of the first look, which the second did not confirm */
	}
	store_close(store);
	file_unlock(lock);
	free(folder);
	return opened;
}

enum store_opened store_open(const struct store_kind *kind, const char *dir, struct identity *identity,
			     struct store **out_store, struct err *err)
{
	return open_any(kind, dir, identity, false, out_store, err);
}

enum store_opened store_open_suspect(const struct store_kind *kind, const char *dir, struct identity *identity,
				     struct store **out_store, struct err *err)
{
	return open_any(kind, dir, identity, true, out_store, err);
}
