/* A bounded cache: when the summed cost passes the limit, the least recently used values are dropped first. One thread.
 */
#ifndef APP_BASE_LRU_H
#define APP_BASE_LRU_H

#include <stdbool.h>
#include <stddef.h>

struct lru;

/* `destroy` may be NULL. NULL: out of memory. */
struct lru *lru_create(size_t cost_max, void (*destroy)(void *value));
void lru_destroy(struct lru *lru);

/* Returns the value kept under these bytes, or NULL. It lives at least until the next lru_put or lru_clear. */
void *lru_get(struct lru *lru, const void *key, size_t key_size);

/* Takes ownership of the value, also on failure (it is then destroyed). The key must not be present yet. The newest
 * value stays even when it alone costs more than the limit. */
bool lru_put(struct lru *lru, const void *key, size_t key_size, void *value, size_t cost);

void lru_clear(struct lru *lru);
size_t lru_cost(const struct lru *lru);

#endif
