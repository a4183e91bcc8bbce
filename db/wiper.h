/* Keeps the remains of deleted rows out of a database file. SQLite overwrites a deleted row where it stands
 * (secure_delete), but when it moves rows from page to page it leaves copies of them in the unused part of the old
 * page. This lets every page reach the file with its unused parts set to zero, so that a row that is deleted stands
 * nowhere else. For store.c only. */
#ifndef DB_WIPER_H
#define DB_WIPER_H

#include <stddef.h>

#include "ical/err.h"

struct sqlite3;
struct wiper;

/* From now on the connection writes its main file through the wiper, which the caller keeps until the connection is
 * closed. NULL: err says why. */
struct wiper *wiper_create(struct sqlite3 *db, struct err *err);
void wiper_destroy(struct wiper *wiper);

#endif
