/* Text from a feed, made fit to be stored and drawn: hostile bytes, and what tells more about people than anyone needs.
 * Pure. Lengths are bytes; nothing is cut inside a character. */
#ifndef APP_SYNC_CLEAN_H
#define APP_SYNC_CLEAN_H

#include <stddef.h>

/* A copy of at most max_bytes, without control characters, direction overrides, invisible marks and broken UTF-8, and
 * with single spaces, none at its ends. NULL: out of memory. */
char *clean_text(const char *text, size_t max_bytes);

/* Cuts web addresses in a clean text down to "https://host": whoever has the rest of one may walk into the meeting. */
void clean_links(char *text);

/* Takes e-mail addresses and telephone numbers out of a clean text, and the separators that are left at its ends. */
void clean_contacts(char *text);

#endif
