/* Makes a text from outside safe to store and to show: valid UTF-8, no control characters, no bidi overrides. */
#ifndef ICAL_UTF8_H
#define ICAL_UTF8_H

#include <stddef.h>

/* Writes at most `max` bytes and a NUL to `out` (which has room for both), cut at a character; returns the length.
 * Line breaks stay as '\n', other white space becomes a space, broken bytes become U+FFFD. */
size_t utf8_clean(const char *text, size_t length, char *out, size_t max);

#endif
