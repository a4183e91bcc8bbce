/* Writes a file under another name first, so that whoever reads it finds either all of it or all of what it was before.
 * Nobody but its owner can read it, unless the caller decides otherwise before the end. */
#ifndef APP_BASE_WHOLE_H
#define APP_BASE_WHOLE_H

#include <stdbool.h>
#include <stdio.h>

#include "ical/err.h"

struct whole {
	char *path, *fresh;
	FILE *out;
};

enum whole_kind {
	WHOLE_QUICK,  /* after a power cut the file may be empty */
	WHOLE_DURABLE /* its bytes are on the disk before it has its name */
};

/* Creates PATH.new. On failure nothing has to be ended. */
bool whole_begin(struct whole *whole, const char *path, struct err *err);

/* Gives the file its name when `is_good`, and otherwise removes it. err is set when writing failed. Returns whether the
 * file has its name. */
bool whole_end(struct whole *whole, bool is_good, enum whole_kind kind, struct err *err);

/* Does all of that with one text. */
bool whole_write(const char *path, const char *text, enum whole_kind kind, struct err *err);

#endif
