/* Converts QUOTED-PRINTABLE texts of vCalendar 1.0 to the form of RFC 5545. */
#ifndef ICAL_QUOTED_H
#define ICAL_QUOTED_H

#include <stdbool.h>
#include <stddef.h>

/* Returns whether a parameter of this property line declares the value as QUOTED-PRINTABLE. The line is unfolded, and
 * its soft breaks are gone. */
bool quoted_is_used(const char *line, size_t length);

/* Decodes a value. Line breaks become "\n", as RFC 5545 escapes them, and invalid codes stay unchanged. `out` has room
 * for `length` bytes. Returns the length of the output. */
size_t quoted_decode(const char *value, size_t length, char *out);

#endif
