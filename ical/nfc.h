/* Unicode's composed form (NFC). Texts are compared with what an administrator typed, and a file written on another
 * system may spell "ö" as an "o" with a mark behind it. */
#ifndef ICAL_NFC_H
#define ICAL_NFC_H

#include <stdbool.h>
#include <stddef.h>

/* Composes the UTF-8 text in its place, which has room for `max` bytes and a NUL; what does not fit is cut at a
 * character. False: out of memory. */
bool nfc_compose(char *text, size_t max);

#endif
