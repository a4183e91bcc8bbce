/* Files and the folder of the state, as far as SQLite does not do it: made for the owner alone, locked while they are
 * made or mended, put aside, and the folder synced so that their names survive a power cut. */
#ifndef DB_FILE_H
#define DB_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "ical/err.h"

/* Makes the folder with its parents when it is missing. The caller frees the absolute path; NULL: err says why. */
char *file_make_directory(const char *dir, struct err *err);

char *file_path(const char *dir, const char *name, const char *suffix); /* the caller frees; NULL: out of memory */

bool file_is_there(const char *path);
bool file_is_empty(const char *path); /* there, and without a byte in it */
bool file_is_writable(const char *path);

/* An empty file, mode 0600 whatever the umask is. One that is there already is fine and only loses the rights that
 * others have on it. It never opens a file that is there: closing it again would drop SQLite's locks. */
bool file_make_private(const char *dir, const char *path, struct err *err);

bool file_sync_directory(const char *dir, struct err *err);
bool file_remove(const char *path, struct err *err); /* one that is not there is fine */

#define FILE_ASIDE ".damaged-"

/* A second name, PATH.damaged-N, for what is at `path`; no name is used twice. The caller frees *out_aside. */
bool file_put_aside(const char *path, char **out_aside, struct err *err);

/* One program at a time makes or mends a file. -1: err says why. */
int file_lock(const char *dir, struct err *err);
void file_unlock(int lock); /* -1 is fine */

#endif
