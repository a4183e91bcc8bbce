/* QUOTED-PRINTABLE texts of vCalendar 1.0, made what RFC 5545 would have written. */
#ifndef ICAL_QUOTED_H
#define ICAL_QUOTED_H

#include <stdbool.h>
#include <stddef.h>

/* Does a parameter of this property line say that its value is QUOTED-PRINTABLE? The line is unfolded; soft breaks are
 * out of it already. */
bool quoted_is_used(const char *line, size_t length);

/* Decodes a value: line breaks become "\n" as RFC 5545 escapes them, what is no code stays as it is. `out` has room for
 * `length` bytes; returns the length of what was written. */
size_t quoted_decode(const char *value, size_t length, char *out);

#endif
