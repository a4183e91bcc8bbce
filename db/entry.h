/* Converts a check-in between its row and its plain form. For journal.c and salvage.c only. */
#ifndef DB_ENTRY_H
#define DB_ENTRY_H

#include "journal.h"
#include "store.h"

uint64_t entry_sum(const struct journal_entry *entry);

/* On failure the entry is half filled and still the caller's to finish. */
bool entry_read(struct store *store, enum stmt_id id, struct journal_entry *entry, struct err *err);

/* For STMT_ENTRY_APPEND and STMT_ENTRY_RESTORE. The entry must live until the statement has run. */
bool entry_write(struct store *store, enum stmt_id id, const struct journal_entry *entry, struct err *err);

bool entry_collect(struct store *store, int64_t since_utc, struct journal_entries *entries, struct err *err);

#endif
