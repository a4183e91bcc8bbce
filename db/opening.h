/* From a folder to a store that can be relied on: the file is made, migrated or mended. One thread at a time. */
#ifndef DB_OPENING_H
#define DB_OPENING_H

#include "store.h"

enum store_opened { STORE_FAILED, STORE_OPENED, STORE_CREATED, STORE_MENDED };

/* STORE_FAILED leaves *out_store untouched. After STORE_MENDED store->notice says what was done to the file. */
enum store_opened store_open(const struct store_kind *kind, const char *dir, struct identity *identity,
			     struct store **out_store, struct err *err);

/* The same for a file in which damage was found: all of it is checked, however large it is. */
enum store_opened store_open_suspect(const struct store_kind *kind, const char *dir, struct identity *identity,
				     struct store **out_store, struct err *err);

#endif
