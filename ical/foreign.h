/* Handles texts that are not UTF-8. A calendar does not declare its encoding, so each text is judged by itself. Pure.
 */
#ifndef ICAL_FOREIGN_H
#define ICAL_FOREIGN_H

#include <stdbool.h>
#include <stddef.h>

/* Returns whether this text is not UTF-8 at all, rather than damaged UTF-8: it has bytes beyond ASCII, and none of them
 * form a character. */
bool foreign_is(const char *text, size_t length);

enum { FOREIGN_GROWTH = 3 }; /* a byte becomes three at most */

/* Converts the text from Windows-1252, which includes the printable part of Latin-1. `out` has room for FOREIGN_GROWTH
 * times `length` bytes. Returns the length of the output. */
size_t foreign_read(const char *text, size_t length, char *out);

#endif
