/* Transactions on a store. A store whose file was damaged, replaced or read-only is opened again first. For cache.c,
 * journal.c and salvage.c only. One thread at a time. */
#ifndef DB_TRANSACTION_H
#define DB_TRANSACTION_H

#include "store.h"

/* A failed commit has rolled back; transaction_end ends one that need not be written. */
bool transaction_begin(struct store *store, enum stmt_id begin, struct err *err);
bool transaction_commit(struct store *store, struct err *err);
void transaction_end(struct store *store);

/* Writes the file anew, so that no trace of a deleted row is left in it. secure_delete overwrites deleted rows, but not
 * the copies that a page keeps of rows that moved to another page. */
bool transaction_scrub(struct store *store, struct err *err);

#endif
