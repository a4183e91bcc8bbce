/* The parts of a title or a location: what stands between commas, dashes, arrows, parentheses and the like. Pure. */
#ifndef APP_SETUP_PARTS_H
#define APP_SETUP_PARTS_H

#include <stdbool.h>
#include <stddef.h>

/* Finds the next part of the text from *at on, which then is the end of the part. Returns false when there is none. */
bool parts_next(const char *text, size_t *at, const char **out_start, size_t *out_length);

#endif
