/* Recovers check-ins from a damaged journal. For journal.c only. */
#ifndef DB_SALVAGE_H
#define DB_SALVAGE_H

#include "store.h"

/* Copies every check-in whose bytes are whole, wherever in the file they are, into `fresh` in one transaction. It fails
 * when the disk cannot be read; a row that cannot be read is left out. */
bool salvage_entries(struct store *damaged, struct store *fresh, int64_t *out_saved, struct err *err);

#endif
