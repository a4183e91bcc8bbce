/* See arena.h. Memory comes from a list of blocks; a request larger than a block gets a block of its own. */
#include "arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_BYTES = 64 * 1024, ALIGNMENT = 16 };

struct block {
	struct block *next;
	size_t used, size;
	_Alignas(ALIGNMENT) unsigned char bytes[];
};

struct arena {
	struct block *blocks; /* the newest first */
	bool failed;
};

struct arena *arena_create(void)
{
	return calloc(1, sizeof(struct arena));
}

void arena_destroy(struct arena *arena)
{
	if (!arena) {
		return;
	}
	for (struct block *block = arena->blocks; block;) {
		struct block *next = block->next;
		free(block);
		block = next;
	}
	free(arena);
}

static size_t rounded(size_t size)
{
	return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

static struct block *block_add(struct arena *arena, size_t size)
{
	size_t bytes = size > BLOCK_BYTES ? size : BLOCK_BYTES;
	struct block *block = bytes > SIZE_MAX - sizeof(*block) ? NULL : malloc(sizeof(*block) + bytes);
	if (!block) {
		arena->failed = true;
		return NULL;
	}
	*block = (struct block){.next = arena->blocks, .size = bytes};
	arena->blocks = block;
	return block;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	if (arena->failed || size > SIZE_MAX / 2) {
		arena->failed = true;
		return NULL;
	}
	size = rounded(size);
	struct block *block = arena->blocks;
	if (!block || block->size - block->used < size) {
		block = block_add(arena, size);
		if (!block) {
			return NULL;
		}
	}
	void *result = block->bytes + block->used;
	block->used += size;
	return memset(result, 0, size);
}

const char *arena_copy(struct arena *arena, const char *text, size_t length)
{
	char *copy = arena_alloc(arena, length + 1);
	if (!copy) {
		return "";
	}
	memcpy(copy, text, length);
	return copy;
}

/* Most texts fit into the rest of the block and need to be printed only once. */
const char *arena_print(struct arena *arena, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	va_list again;
	va_copy(again, args);
	struct block *block = arena->blocks;
	size_t room = block && !arena->failed ? block->size - block->used : 0;
	char *text = room > 0 ? (char *)block->bytes + block->used : NULL;
	int length = vsnprintf(text, room, format, args);
	va_end(args);
	if (length >= 0 && (size_t)length < room) {
		block->used += rounded((size_t)length + 1);
	} else {
		text = length < 0 ? NULL : arena_alloc(arena, (size_t)length + 1);
		if (text) {
			vsnprintf(text, (size_t)length + 1, format, again);
		}
	}
	va_end(again);
	return text ? text : "";
}

bool arena_failed(const struct arena *arena)
{
	return arena->failed;
}
