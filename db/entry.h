/* Converts a check-in between its row and its plain form. For journal.c and salvage.c only. */
#ifndef DB_ENTRY_H
#define DB_ENTRY_H

#include "journal.h"
#include "store.h"

uint64_t entry_sum(const struct journal_entry *entry);

/* On failure the entry is half filled and still the caller's to finish. */
bool entry_read(struct store *store, enum stmt_id id, struct journal_entry *entry, struct err *err);

/* For the statements that take a whole row. The entry must live until the statement has run. */
bool entry_write(struct store *store, enum stmt_id id, const struct journal_entry *entry, struct err *err);

/* Reads the entries since then, in the order of journal_entry_compare. On failure the caller still finishes the list.
 */
bool entry_collect(struct store *store, int64_t since_utc, struct journal_entries *entries, struct err *err);

/* Reads the entries that a purge would remove, likewise. */
bool entry_collect_old(struct store *store, int64_t before_utc, struct journal_entries *entries, struct err *err);

/* Reads the newest entries, or every one when the store is checked whole, and keeps none, so that a large journal is
 * checked in little memory. Each of the newest must also be found by what it is looked up by. */
bool entry_check(struct store *store, struct err *err);

/* Appends every row that the bound statement yields, and resets the statement. */
bool entry_collect_all(struct store *store, enum stmt_id id, struct journal_entries *entries, struct err *err);

#endif
