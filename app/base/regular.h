/* Regular files only: a pipe or a device of the same name could hold the program up for ever. */
#ifndef APP_BASE_REGULAR_H
#define APP_BASE_REGULAR_H

#include <stdbool.h>
#include <stddef.h>

struct stat;

/* A descriptor for reading, and what the file is; -1 and errno when it cannot be had. */
int regular_open(const char *path, struct stat *out_about);

/* False and errno when fewer bytes are there: the file became shorter meanwhile. */
bool regular_read(int fd, char *bytes, size_t length);

/* The whole of a small file as text. False and errno; EFBIG when it does not fit with its NUL. */
bool regular_slurp(const char *path, char *out, size_t size);

#endif
