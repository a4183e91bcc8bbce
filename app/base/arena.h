/* Memory that is given back all at once: the strings and arrays of one model or one widget tree. */
#ifndef APP_BASE_ARENA_H
#define APP_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

struct arena *arena_create(void); /* NULL: out of memory */
void arena_destroy(struct arena *arena);

/* Zeroed memory, or NULL after memory ran out once; arena_failed tells at the end whether anything is missing. */
void *arena_alloc(struct arena *arena, size_t size);
/* Never NULL: "" when memory ran out. */
const char *arena_print(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
const char *arena_copy(struct arena *arena, const char *text, size_t length);
bool arena_failed(const struct arena *arena);

#endif
