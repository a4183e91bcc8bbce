/* See transaction.h. Beginning a transaction opens a file again that was found damaged, replaced or read-only. */
#include "transaction.h"

#include <sqlite3.h>

#include "opening.h"

/* Opens the file anew and takes the new connection over; on failure the old one stays. */
static bool reopen(struct store *store, struct err *err)
{
	struct store *fresh = NULL;
	enum store_opened opened = store->is_damaged
					   ? store_open_suspect(store->kind, store->dir, store->identity, &fresh, err)
					   : store_open(store->kind, store->dir, store->identity, &fresh, err);
	if (opened == STORE_FAILED) {
		return false;
	}
	store_take_over(store, fresh);
	if (opened == STORE_MENDED) {
		store->notice = fresh->notice;
	}
	store_close(fresh);
	return true;
}

bool transaction_begin(struct store *store, enum stmt_id begin, struct err *err)
{
	/* A file that could only be opened for reading is good enough to read. */
	bool is_write = begin == STMT_BEGIN_WRITE;
	if (store->is_damaged || store_has_moved(store) || (is_write && sqlite3_db_readonly(store->db, "main") != 0)) {
		if (!reopen(store, err)) {
			return false;
		}
	}
	if (!store_run(store, begin, err)) {
		transaction_end(store);
		return false;
	}
	/* A program that mends a file holds its write lock while it swaps the file. We hold it now, so this cannot
	 * change any more. */
	if (is_write && store_has_moved(store)) {
		transaction_end(store);
		return err_set(err, "%s was replaced by another program", store->kind->file);
	}
	return true;
}

bool transaction_commit(struct store *store, struct err *err)
{
	bool ok = store_run(store, STMT_COMMIT, err);
	transaction_end(store);
	return ok;
}

void transaction_end(struct store *store)
{
	if (sqlite3_get_autocommit(store->db) == 0) {
		sqlite3_step(store->statements[STMT_ROLLBACK]); /* a transaction that cannot be rolled back now is
								   rolled back at the next start */
		sqlite3_reset(store->statements[STMT_ROLLBACK]);
	}
}

bool transaction_scrub(struct store *store, struct err *err)
{
	if (!transaction_begin(store, STMT_BEGIN_WRITE, err)) { /* begins a transaction for its side effect: it never
								   lets us write to a file that has moved */
		return false;
	}
	transaction_end(store);
	return store_run(store, STMT_VACUUM, err);
}
