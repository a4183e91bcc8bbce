/* The folder of the state and its files, as far as SQLite does not handle them: they are made for the owner alone,
 * locked while they are made or mended, and put aside when damaged. The folder is synced so that their names survive a
 * power cut. */
#ifndef DB_FILE_H
#define DB_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "ical/err.h"

/* Makes the folder with its parents when it is missing. The caller frees the absolute path; NULL: err says why. */
char *file_make_directory(const char *dir, struct err *err);

char *file_path(const char *dir, const char *name, const char *suffix); /* the caller frees; NULL: out of memory */

bool file_is_there(const char *path);
bool file_is_empty(const char *path); /* whether it exists and holds no byte */
/* Whether nothing of that name exists, or a regular file: SQLite would wait for ever at a pipe. */
bool file_is_usable(const char *path, struct err *err);
bool file_is_writable(const char *path);

/* Makes an empty file with mode 0600, whatever the umask is. An existing file is fine: it only loses the rights that
 * others have on it, and it is never opened, because closing it again would drop SQLite's locks. */
bool file_make_private(const char *dir, const char *path, struct err *err);

bool file_sync_directory(const char *dir, struct err *err);
bool file_remove(const char *path, struct err *err); /* a missing file is fine */

#define FILE_ASIDE ".damaged-"

/* Gives the file at `path` a second name, PATH.damaged-N; no name is used twice. The caller frees *out_aside. */
bool file_put_aside(const char *path, char **out_aside, struct err *err);

/* One program at a time makes or mends a file. -1: err says why. */
int file_lock(const char *dir, struct err *err);
void file_unlock(int lock); /* -1 is fine */

#endif
