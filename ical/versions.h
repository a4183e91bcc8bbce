/* The versions of events that were passed over, 24 bytes each, and a look-up of those that concern what was kept. */
#ifndef ICAL_VERSIONS_H
#define ICAL_VERSIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "screen.h"

struct versions;
struct version_index;

struct versions *versions_create(size_t max); /* NULL: out of memory */
void versions_destroy(struct versions *versions);

/* What comes after the first `max` is forgotten. False: out of memory. */
bool versions_add(struct versions *versions, uint64_t key, const struct version *version);

/* For `count` keys: first want each, then fill once, then find. NULL: out of memory. */
struct version_index *version_index_create(size_t count);
void version_index_destroy(struct version_index *index);
void version_index_want(struct version_index *index, uint64_t key);
void version_index_fill(struct version_index *index, const struct versions *versions);
/* The greatest version that was passed over under this key; NULL: none. Lives as long as the index. */
const struct version *version_index_find(const struct version_index *index, uint64_t key);

#endif
