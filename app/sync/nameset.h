/* A set of the names of shared check-ins, kept as hashes: the worker asks it for tens of thousands of them. */
#ifndef APP_SYNC_NAMESET_H
#define APP_SYNC_NAMESET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct nameset {
	uint64_t *slots; /* 0 empty, 1 removed */
	size_t capacity, used, count;
};

void nameset_clear(struct nameset *set);                 /* also frees; an empty set is all zero */
bool nameset_add(struct nameset *set, const char *name); /* false: out of memory */
void nameset_remove(struct nameset *set, const char *name);
bool nameset_has(const struct nameset *set, const char *name);

#endif
