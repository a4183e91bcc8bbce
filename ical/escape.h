/* Repairs the backslashes of values before somebody undoes them. */
#ifndef ICAL_ESCAPE_H
#define ICAL_ESCAPE_H

#include <stddef.h>

/* libical drops a backslash that escapes nothing, together with the letter behind it: "C:\temp" would lose its t. Such
 * a backslash is doubled before a letter, and dropped before a punctuation mark, where it is one escape too many.
 * Writes at most twice as many bytes, and returns the end. */
char *escape_put_text(char *out, const char *text, size_t length);

/* An address contains no backslash, but some programs escape its punctuation as if it were a text. Writes at most as
 * many bytes, and returns the end. */
char *escape_put_address(char *out, const char *text, size_t length);

#endif
