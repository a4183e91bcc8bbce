/* Which known name was meant by a mistyped one: for keys of the configuration, options and sub-commands. Pure. */
#ifndef APP_CONFIG_NEAREST_H
#define APP_CONFIG_NEAREST_H

#include <stddef.h>

enum { NEAREST_NAME_MAX = 63 }; /* bytes; longer names are near to nothing */

/* The name with the fewest letters added, removed, changed or swapped with a neighbour; the first of several. NULL
 * when there are no names, or `name` is too long to be meant for one. */
const char *nearest_name(const char *name, const char *const *names, size_t count);

#endif
