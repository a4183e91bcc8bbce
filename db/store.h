/* One open database file: hardened, with each statement prepared once, and failures that say what was being done. While
 * it is open, another program may mend the file (it is then opened again), the file may become damaged, and its disk
 * may become read-only and writable again. For cache.c, journal.c and their helpers only. One thread at a time. */
#ifndef DB_STORE_H
#define DB_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ical/err.h"
#include "schema.h"
#include "stmt.h"

struct sqlite3;
struct sqlite3_stmt;
struct identity;
struct store;
struct wiper;

struct store_kind {
	const char *file; /* "journal.db" */
	const struct schema *schema;
	const char *pragmas; /* the settings that differ between the databases */
	bool is_precious;    /* a damaged file is put aside, and a file of a newer schema is left alone */
	bool is_wiped;       /* no remains of a deleted row stay in the file (wiper.h) */
	int64_t whole_bytes; /* a larger file is not checked whole when it is opened; 0: every file is */
	/* Reads every row, or when the store is not checked whole, the newest ones; marks the store damaged when one is
	 * not what was written. */
	bool (*verify)(struct store *store, struct err *err);
	/* Copies whatever can be read; NULL when nothing is to be copied. */
	bool (*salvage)(struct store *damaged, struct store *fresh, int64_t *out_saved, struct err *err);
};

struct store {
	const struct store_kind *kind;
	struct identity *identity; /* names the bookings of older files; borrowed */
	char *dir, *path;
	struct sqlite3 *db;
	struct wiper *wiper; /* NULL: its pages are written as they are */
	struct sqlite3_stmt *statements[STMT_COUNT];
	uint64_t
		openings; /* how often it was opened again; data versions of different connections cannot be compared */
	bool is_checked_whole;
	bool is_damaged; /* found while it was open; the next transaction opens it again first, which mends it */
	void (*on_pause)(void *context); /* see store_set_pause; NULL none */
	unsigned steps;
	void *pause_context;
	struct err notice; /* what was done to the file since it was opened; "" nothing */
};

void store_close(struct store *store);

/* Returns true when the file must be opened again. The next transaction does so, and another try is worthwhile. */
bool store_wants_reopening(const struct store *store);
bool store_has_moved(const struct store *store); /* another program has put another file in its place */
int64_t store_data_version(struct store *store); /* changes when another connection writes; -1 when it is unknown */

/* `on_pause` is called between some rows and others, and within a statement that takes long. It must not use the store.
 */
void store_set_pause(struct store *store, void (*on_pause)(void *context), void *context);
void store_pause(struct store *store); /* calls it now */

/* Binds parameters for store_step; `types` has s for const char * and i for int64_t. The texts must live until the
 * statement is reset. */
bool store_bind(struct store *store, enum stmt_id id, struct err *err, const char *types, ...);

enum step { STEP_FAILED, STEP_ROW, STEP_DONE };
enum step store_step(struct store *store, enum stmt_id id, struct err *err);
void store_reset(struct store *store, enum stmt_id id);
bool store_run(struct store *store, enum stmt_id id,
	       struct err *err); /* runs a bound statement that yields no rows, and resets it */

int64_t store_int(struct store *store, enum stmt_id id, int column);
const char *store_text(struct store *store, enum stmt_id id, int column); /* until the next step; NULL: no memory */
size_t store_size(struct store *store, enum stmt_id id, int column);      /* bytes of a text */
int64_t store_changes(struct store *store);

/* Copies the file's pages; the caller frees *out_bytes. */
bool store_copy(struct store *store, void **out_bytes, size_t *out_size, struct err *err);

/* Fills err for a failed statement; every failure is reported this way. Always returns false. */
bool store_fail(struct store *store, enum stmt_id id, struct err *err);
bool store_mark_damaged(struct store *store, struct err *err, const char *what);

/* For opening.c, transaction.c and salvage.c: a connection whose file has not been checked. */
struct store *store_connect(const struct store_kind *kind, const char *dir, struct identity *identity,
			    const char *suffix, struct err *err);
bool store_prepare(struct store *store, struct err *err); /* prepares the statements that must not need memory later;
							     the others are prepared on first use */
bool store_configure(struct store *store, struct err *err);
/* Takes over the connection of `fresh`, which is left without one. */
void store_take_over(struct store *store, struct store *fresh);
bool store_error_is_damage(int code);

#endif
