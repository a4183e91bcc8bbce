/* Composes texts to Unicode's form NFC. Texts are compared with what an administrator typed, and a file from another
 * system may spell "ö" as "o" followed by a combining mark. */
#ifndef ICAL_NFC_H
#define ICAL_NFC_H

#include <stdbool.h>
#include <stddef.h>

/* Composes the UTF-8 text in place, which has room for `max` bytes and a NUL; a longer result is cut at a character.
 * Returns false when memory ran out. */
bool nfc_compose(char *text, size_t max);

#endif
