/* See store.h. This is the only file that configures a connection. */
#include "store.h"

#include <assert.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "limits.h"
#include "wiper.h"

bool store_error_is_damage(int code)
{
	/* The statements are constant, so when one fails with SQLITE_ERROR, the file is to blame: its schema, its
	 * format or its encoding. SQLite 3.46 reports a file that was cut inside a page as a short read. */
	return code == SQLITE_IOERR_SHORT_READ || (code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB ||
	       (code & 0xff) == SQLITE_ERROR;
}

bool store_fail(struct store *store, enum stmt_id id, struct err *err)
{
	int code = sqlite3_extended_errcode(store->db);
	store->is_damaged = store->is_damaged || store_error_is_damage(code);
	return err_set(err, "%s: cannot %s: %s (%d)", store->kind->file, stmt_table[id].doing,
		       sqlite3_errmsg(store->db), code);
}

/* SQLite's own copy of a file's pages (sqlite3_serialize) has zeros for a page that cannot be read. So the file is
 * copied into memory first, which notices that. */
bool store_copy(struct store *store, void **out_bytes, size_t *out_size, struct err *err)
{
	struct sqlite3 *memory = NULL;
	sqlite3_int64 size = 0;
	unsigned char *pages = NULL;
	void *bytes = NULL;
	int code = sqlite3_open_v2(":memory:", &memory, SQLITE_OPEN_READWRITE, NULL);
	sqlite3_backup *backup = code == SQLITE_OK ? sqlite3_backup_init(memory, "main", store->db, "main") : NULL;
	int copied = backup ? sqlite3_backup_step(backup, -1) : SQLITE_NOMEM;
	code = sqlite3_backup_finish(backup);
	code = copied == SQLITE_DONE ? code : copied;
	if (code == SQLITE_OK) {
		pages = sqlite3_serialize(memory, "main", &size, 0);
		bytes = pages ? malloc((size_t)size) : NULL;
	}
	if (bytes) {
		memcpy(bytes, pages, (size_t)size);
		*out_bytes = bytes;
		*out_size = (size_t)size;
	}
	sqlite3_free(pages);
	sqlite3_close(memory);
	return bytes ||
	       err_set(err, "%s: cannot be copied: %s", store->path, sqlite3_errstr(code ? code : SQLITE_NOMEM));
}

bool store_mark_damaged(struct store *store, struct err *err, const char *what)
{
	store->is_damaged = true;
	return err_set(err, "%s is damaged: %s", store->kind->file, what);
}

/* The content of the file is not trusted: it may not run code, and a page is checked when it is read. */
static bool harden(struct store *store, struct err *err)
{
	static const struct {
		int option, value;
	} options[] = {
		{SQLITE_DBCONFIG_DEFENSIVE, 1},      {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
		{SQLITE_DBCONFIG_ENABLE_TRIGGER, 0}, {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
		{SQLITE_DBCONFIG_DQS_DDL, 0},        {SQLITE_DBCONFIG_DQS_DML, 0},
	};
	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		if (sqlite3_db_config(store->db, options[i].option, options[i].value, NULL) != SQLITE_OK) {
			return err_set(err, "this SQLite lacks setting %d", options[i].option); /* older than 3.31 */
		}
	}
	sqlite3_limit(store->db, SQLITE_LIMIT_LENGTH, STORE_VALUE_MAX);
	sqlite3_limit(store->db, SQLITE_LIMIT_ATTACHED, 1); /* VACUUM's own */
	return true;
}

bool store_configure(struct store *store, struct err *err)
{
	/* page_size affects an empty file only. journal_mode comes last, because it is the first to read the file. */
	static const char common[] = "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY;"
				     "PRAGMA secure_delete = ON; PRAGMA page_size = 4096; PRAGMA auto_vacuum = NONE;";
	_Static_assert(STORE_PAGE_BYTES == 4096, "the pragma says so");
	sqlite3_busy_timeout(store->db, STORE_BUSY_MS);
	if (sqlite3_exec(store->db, common, NULL, NULL, NULL) != SQLITE_OK ||
	    sqlite3_exec(store->db, store->kind->pragmas, NULL, NULL, NULL) != SQLITE_OK) {
		store->is_damaged = store_error_is_damage(sqlite3_extended_errcode(store->db));
		return err_set(err, "%s: %s", store->path, sqlite3_errmsg(store->db));
	}
	return true;
}

struct store *store_connect(const struct store_kind *kind, const char *dir, struct identity *identity,
			    const char *suffix, struct err *err)
{
	/* CREATE is missing, because file_make_private makes the file, and a file that somebody removes is not made
	 * again by accident. */
	const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE |
			  SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE;
	struct store *store = calloc(1, sizeof(*store));
	if (store) {
		store->kind = kind;
		store->identity = identity;
		store->dir = strdup(dir);
		store->path = file_path(dir, kind->file, suffix);
	}
	if (!store || !store->dir || !store->path) {
		err_set(err, "out of memory");
		goto fail;
	}
	int code = sqlite3_open_v2(store->path, &store->db, flags, NULL);
	if (code != SQLITE_OK) {
		err_set(err, "cannot open %s: %s", store->path,
			store->db ? sqlite3_errmsg(store->db) : sqlite3_errstr(code));
		goto fail;
	}
	if (!harden(store, err) || (kind->is_wiped && !(store->wiper = wiper_create(store->db, err)))) {
		goto fail;
	}
	return store;
fail:
	store_close(store);
	return NULL;
}

static bool prepare(struct store *store, enum stmt_id id, struct err *err)
{
	return store->statements[id] ||
	       sqlite3_prepare_v3(store->db, stmt_table[id].sql, -1, SQLITE_PREPARE_PERSISTENT, &store->statements[id],
				  NULL) == SQLITE_OK ||
	       store_fail(store, id, err);
}

bool store_prepare(struct store *store, struct err *err)
{
	for (enum stmt_id id = 0; id < STMT_COUNT; id++) {
		if (stmt_table[id].set == STMT_FOR_BOTH && !prepare(store, id, err)) {
			return false;
		}
	}
	return true;
}

static void disconnect(struct store *store)
{
	for (enum stmt_id id = 0; id < STMT_COUNT; id++) {
		sqlite3_finalize(store->statements[id]);
		store->statements[id] = NULL;
	}
	int closed = sqlite3_close(store->db);
	assert(closed == SQLITE_OK); /* every statement was finalized */
	(void)closed;
	wiper_destroy(store->wiper);
	store->db = NULL;
	store->wiper = NULL;
}

void store_close(struct store *store)
{
	if (!store) {
		return;
	}
	disconnect(store);
	free(store->dir);
	free(store->path);
	free(store);
}

void store_pause(struct store *store)
{
	if (store->on_pause) {
		store->on_pause(store->pause_context);
	}
}

static int on_progress(void *context)
{
	store_pause(context);
	return 0;
}

void store_set_pause(struct store *store, void (*on_pause)(void *context), void *context)
{
	store->on_pause = on_pause;
	store->pause_context = context;
	sqlite3_progress_handler(store->db, STORE_PAUSE_STEPS, on_pause ? on_progress : NULL, store);
}

void store_take_over(struct store *store, struct store *fresh)
{
	disconnect(store);
	store->db = fresh->db;
	store->wiper = fresh->wiper;
	memcpy(store->statements, fresh->statements, sizeof(store->statements));
	store->is_damaged = false;
	store->openings++;
	store_set_pause(store, store->on_pause, store->pause_context);
	fresh->db = NULL;
	fresh->wiper = NULL;
	memset(fresh->statements, 0, sizeof(fresh->statements));
}

bool store_has_moved(const struct store *store)
{
	int moved = 0;
	return sqlite3_file_control(store->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved) == SQLITE_OK && moved != 0;
}

bool store_wants_reopening(const struct store *store)
{
	return store->is_damaged || store_has_moved(store) || sqlite3_db_readonly(store->db, "main") != 0;
}

bool store_bind(struct store *store, enum stmt_id id, struct err *err, const char *types, ...)
{
	int code = SQLITE_OK;
	va_list args;
	if (!prepare(store, id, err)) {
		return false;
	}
	struct sqlite3_stmt *statement = store->statements[id];
	va_start(args, types);
	for (int i = 0; types[i] != '\0' && code == SQLITE_OK; i++) {
		code = types[i] == 's'
			       ? sqlite3_bind_text(statement, i + 1, va_arg(args, const char *), -1, SQLITE_STATIC)
			       : sqlite3_bind_int64(statement, i + 1, va_arg(args, int64_t));
	}
	va_end(args);
	if (code != SQLITE_OK) {
		store_fail(store, id, err);
		store_reset(store, id);
	}
	return code == SQLITE_OK;
}

enum step store_step(struct store *store, enum stmt_id id, struct err *err)
{
	if (!prepare(store, id, err)) {
		return STEP_FAILED;
	}
	int code = sqlite3_step(store->statements[id]);
	bool may_pause = code == SQLITE_ROW || code == SQLITE_DONE;
	if (may_pause && ++store->steps % STORE_PAUSE_ROWS == 0) {
		store_pause(store);
	}
	if (code == SQLITE_ROW) {
		return STEP_ROW;
	}
	if (code == SQLITE_DONE) {
		return STEP_DONE;
	}
	store_fail(store, id, err);
	return STEP_FAILED;
}

void store_reset(struct store *store, enum stmt_id id)
{
	if (store->statements[id]) {
		sqlite3_reset(store->statements[id]);
		sqlite3_clear_bindings(store->statements[id]);
	}
}

bool store_run(struct store *store, enum stmt_id id, struct err *err)
{
	enum step step = store_step(store, id, err);
	store_reset(store, id);
	return step == STEP_DONE;
}

int64_t store_int(struct store *store, enum stmt_id id, int column)
{
	return sqlite3_column_int64(store->statements[id], column);
}

const char *store_text(struct store *store, enum stmt_id id, int column)
{
	return (const char *)sqlite3_column_text(store->statements[id], column);
}

size_t store_size(struct store *store, enum stmt_id id, int column)
{
	return (size_t)sqlite3_column_bytes(store->statements[id], column);
}

int64_t store_changes(struct store *store)
{
	return sqlite3_changes64(store->db);
}

int64_t store_data_version(struct store *store)
{
	struct err ignored;
	int64_t version = -1;
	if (store_step(store, STMT_DATA_VERSION, &ignored) == STEP_ROW) {
		version = store_int(store, STMT_DATA_VERSION, 0);
	}
	store_reset(store, STMT_DATA_VERSION);
	return version;
}
