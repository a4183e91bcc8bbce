/* Memory that is freed all at once: the strings and arrays of one model or one widget tree. */
#ifndef APP_BASE_ARENA_H
#define APP_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

struct arena *arena_create(void); /* NULL: out of memory */
void arena_destroy(struct arena *arena);

/* Returns zeroed memory, or NULL once memory has run out. Callers may ignore that and ask arena_failed at the end. */
void *arena_alloc(struct arena *arena, size_t size);
/* Never returns NULL; returns "" when memory ran out. */
const char *arena_print(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
const char *arena_copy(struct arena *arena, const char *text, size_t length);
bool arena_failed(const struct arena *arena);

#endif
