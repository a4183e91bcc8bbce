/* Opens regular files only, because a pipe or a device of the same name could block the program for ever. */
#ifndef APP_BASE_REGULAR_H
#define APP_BASE_REGULAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct stat;

/* Returns a descriptor for reading and fills the status of the file; -1 and errno on failure. */
int regular_open(const char *path, struct stat *out_about);

/* Does the same for a stream, which the caller closes; NULL and errno on failure. */
FILE *regular_stream(const char *path);

/* Says in words why one of these failed: strerror, or that the file is none. */
const char *regular_reason(int error);

/* Returns false and sets errno when fewer bytes are there, because the file became shorter meanwhile. */
bool regular_read(int fd, char *bytes, size_t length);

/* Reads a whole small file as text. Returns false and sets errno on failure; EFBIG when it does not fit with its NUL,
 * EILSEQ when it holds one itself. */
bool regular_slurp(const char *path, char *out, size_t size);

#endif
