/* Writes an archive that tar(1) reads (POSIX ustar). */
#ifndef APP_CLI_TAR_H
#define APP_CLI_TAR_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

#include "ical/err.h"

struct tar_member {
	const char *path; /* absolute; it is written without the first slash */
	mode_t mode;
	uid_t uid;
	gid_t gid;
	int64_t mtime_utc;
	const void *bytes;
	size_t size;
};

/* Returns false when the path is too long for the format, or the file cannot be written. */
bool tar_add(FILE *out, const struct tar_member *member, struct err *err);
bool tar_end(FILE *out, struct err *err);

#endif
