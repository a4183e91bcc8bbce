/* The texts of many rows, each kept once: the occurrences of a series have nearly all of them in common. They are freed
 * together. One thread at a time. */
#ifndef DB_TEXTS_H
#define DB_TEXTS_H

#include <stddef.h>

struct texts;

struct texts *texts_create(void); /* NULL: out of memory */
void texts_destroy(struct texts *texts);

/* Returns the copy that is kept, which is shared and must not be changed; NULL: out of memory. */
char *texts_keep(struct texts *texts, const char *text);
size_t texts_bytes(const struct texts *texts); /* that it has allocated */

#endif
