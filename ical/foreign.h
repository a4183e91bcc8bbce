/* Texts that are not UTF-8. A calendar does not say what its bytes mean, so each text is judged by itself. Pure. */
#ifndef ICAL_FOREIGN_H
#define ICAL_FOREIGN_H

#include <stdbool.h>
#include <stddef.h>

/* Is this text not UTF-8 at all, rather than UTF-8 that was damaged? It is when it has bytes beyond ASCII and none of
 * them form a character. */
bool foreign_is(const char *text, size_t length);

enum { FOREIGN_GROWTH = 3 }; /* a byte becomes three at most */

/* Reads the text as Windows-1252, of which Latin-1 is the part that texts use. `out` has room for FOREIGN_GROWTH times
 * `length`; returns the length of what was written. */
size_t foreign_read(const char *text, size_t length, char *out);

#endif
