/* Cleans text from a feed before it is stored and drawn: removes hostile bytes, and what reveals more about people than
 * anyone needs. Pure. Lengths are in bytes; nothing is cut inside a character. */
#ifndef APP_SYNC_CLEAN_H
#define APP_SYNC_CLEAN_H

#include <stddef.h>

/* Returns a copy of at most max_bytes, without control characters, direction overrides, invisible marks, broken UTF-8
 * and more marks on a letter than any script needs, and with single spaces and none at its ends. Returns NULL when
 * memory ran out. */
char *clean_text(const char *text, size_t max_bytes);

/* Shortens web addresses in a clean text to "https://host", because whoever has the whole address may join the meeting.
 */
void clean_links(char *text);

/* Removes e-mail addresses and telephone numbers from a clean text, and separators that are left at its ends. */
void clean_contacts(char *text);

#endif
