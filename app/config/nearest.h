/* Finds the known name that a mistyped one was meant to be: for keys of the configuration, options and sub-commands.
 * Pure. */
#ifndef APP_CONFIG_NEAREST_H
#define APP_CONFIG_NEAREST_H

#include <stddef.h>

/* Returns the name with the fewest letters added, removed, changed or swapped with a neighbour, and the first of
 * several. Returns NULL when there are no names, or when `name` is too long. */
const char *nearest_name(const char *name, const char *const *names, size_t count);

#endif
