/* Remembers the versions of events that were dropped, 32 bytes each, and finds those that concern the events that were
 * kept. */
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

/* Versions after the first `max` are forgotten. Returns false when memory ran out. */
bool versions_add(struct versions *versions, const struct screened *screened);

/* Forgets all but the first `count`, of which versions_count returned the number. */
size_t versions_count(const struct versions *versions);
void versions_cut(struct versions *versions, size_t count);

/* For `count` things: first want each, then fill once, then ask. NULL: out of memory. `wanted` is what screen.h says of
 * the thing. */
struct version_index *version_index_create(size_t count);
void version_index_destroy(struct version_index *index);
void version_index_want(struct version_index *index, const struct screened *wanted);
void version_index_fill(struct version_index *index, const struct versions *versions);

/* Returns whether a dropped event replaces it. */
bool version_index_is_replaced(const struct version_index *index, const struct screened *wanted);
/* Returns whether a dropped event has its UID and SEQUENCE but another start. */
bool version_index_is_shared(const struct version_index *index, const struct screened *wanted);

#endif
