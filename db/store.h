/* One open database file of ours: hardened, each statement prepared once, failures told with what was being done.
 * While it is open the file may be mended by another program (then it is opened again), be damaged, or stand on a disk
 * that becomes read-only and writable again. For cache.c, journal.c and their helpers only. One thread at a time. */
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
struct store;

struct store_kind {
	const char *file; /* "journal.db" */
	const struct schema *schema;
	const char *pragmas; /* what differs between the databases */
	bool is_precious;    /* a damaged one is put aside, and one of a newer schema is left alone */
	/* Reads every row; marks the store damaged when one is not what was written. */
	bool (*verify)(struct store *store, struct err *err);
	/* Copies what can be read; NULL: nothing is. */
	bool (*salvage)(struct store *damaged, struct store *fresh, int64_t *out_saved, struct err *err);
};

struct store {
	const struct store_kind *kind;
	char *dir, *path;
	struct sqlite3 *db;
	struct sqlite3_stmt *statements[STMT_COUNT];
	uint64_t openings; /* how often it was opened again: data versions of different connections say nothing */
	bool is_damaged;   /* found while it was open: the next transaction opens, and so mends, it first */
	struct err notice; /* what was done to the file since it was opened; "" nothing */
};

void store_close(struct store *store);

/* True: the file must be opened again, and the next transaction will do so; worth another try. */
bool store_wants_reopening(const struct store *store);
bool store_has_moved(const struct store *store); /* another program has put another file in its place */
int64_t store_data_version(struct store *store); /* changes when another connection writes; -1: cannot be told */

/* Binds (s: const char *, i: int64_t) for store_step. The texts must live until the statement was reset. */
bool store_bind(struct store *store, enum stmt_id id, struct err *err, const char *types, ...);

enum step { STEP_FAILED, STEP_ROW, STEP_DONE };
enum step store_step(struct store *store, enum stmt_id id, struct err *err);
void store_reset(struct store *store, enum stmt_id id);
bool store_run(struct store *store, enum stmt_id id,
	       struct err *err); /* a bound statement without rows, and resets it */

int64_t store_int(struct store *store, enum stmt_id id, int column);
const char *store_text(struct store *store, enum stmt_id id, int column); /* until the next step; NULL: no memory */
int64_t store_changes(struct store *store);

/* The one way in which a failed statement is told. Always false. */
bool store_fail(struct store *store, enum stmt_id id, struct err *err);
bool store_mark_damaged(struct store *store, struct err *err, const char *what);

/* For opening.c, transaction.c and salvage.c: the connection without any judgement of the file. */
struct store *store_connect(const struct store_kind *kind, const char *dir, const char *suffix, struct err *err);
bool store_prepare(struct store *store, struct err *err); /* what must not need memory later; the rest on first use */
bool store_configure(struct store *store, struct err *err);
/* Takes the connection of a store that was opened anew; `fresh` is left without one. */
void store_take_over(struct store *store, struct store *fresh);
bool store_error_is_damage(int code);

#endif
