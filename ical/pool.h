/* Memory that is freed only as a whole: everything that is kept of a calendar's events lives in one pool. */
#ifndef ICAL_POOL_H
#define ICAL_POOL_H

#include <stddef.h>

struct pool;

struct pool *pool_create(size_t max_bytes); /* NULL: out of memory */
void pool_destroy(struct pool *pool);

/* Returns memory that is aligned for any object and not cleared, or NULL when memory or the pool's cap is used up. */
void *pool_alloc(struct pool *pool, size_t bytes);
char *pool_copy(struct pool *pool, const char *text, size_t length); /* with a NUL behind it */

#endif
