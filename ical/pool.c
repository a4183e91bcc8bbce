/* See pool.h. Blocks form a list; an allocation takes the next bytes of the newest block. */
#include "pool.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_BYTES = 256 << 10 };

struct block {
	struct block *next;
	max_align_t bytes[];
};

struct pool {
	struct block *newest;
	size_t used, size; /* of the newest block */
	size_t total, max_bytes;
};

struct pool *pool_create(size_t max_bytes)
{
	struct pool *pool = calloc(1, sizeof(*pool));

	if (pool) {
		pool->max_bytes = max_bytes;
	}
	return pool;
}

void pool_destroy(struct pool *pool)
{
	struct block *next;

	if (!pool) {
		return;
	}
	for (struct block *block = pool->newest; block; block = next) {
		next = block->next;
		free(block);
	}
	free(pool);
}

static bool pool_grow(struct pool *pool, size_t bytes)
{
	size_t size = bytes > BLOCK_BYTES ? bytes : BLOCK_BYTES;
	struct block *block;

	if (size > pool->max_bytes - pool->total) {
		return false;
	}
	block = malloc(sizeof(*block) + size);
	if (!block) {
		return false;
	}
	block->next = pool->newest;
	pool->newest = block;
	pool->used = 0;
	pool->size = size;
	pool->total += size;
	return true;
}

void *pool_alloc(struct pool *pool, size_t bytes)
{
	size_t align = alignof(max_align_t);
	void *start;

	if (bytes > pool->max_bytes) {
		return NULL;
	}
	bytes = (bytes + align - 1) / align * align;
	if (bytes > pool->size - pool->used && !pool_grow(pool, bytes)) {
		return NULL;
	}
	start = (char *)pool->newest->bytes + pool->used;
	pool->used += bytes;
	return start;
}

char *pool_copy(struct pool *pool, const char *text, size_t length)
{
	char *copy = pool_alloc(pool, length + 1);

	if (copy) {
		memcpy(copy, text, length);
		copy[length] = '\0';
	}
	return copy;
}
