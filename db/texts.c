/* See texts.h. The copies stand in blocks; a hash table with open addressing finds them. */
#include "texts.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ical/sum.h"

enum { BLOCK_BYTES = 64 * 1024, FIRST_SLOTS = 256 };

struct block {
	struct block *next;
	size_t used, size;
	char bytes[];
};

struct texts {
	struct block *blocks; /* the newest first */
	char **slots;         /* NULL: empty; their number is a power of two */
	size_t slot_count, count;
	size_t bytes;
};

struct texts *texts_create(void)
{
	return calloc(1, sizeof(struct texts));
}

void texts_destroy(struct texts *texts)
{
	if (!texts) {
		return;
	}
	while (texts->blocks) {
		struct block *next = texts->blocks->next;
		free(texts->blocks);
		texts->blocks = next;
	}
	free(texts->slots);
	free(texts);
}

size_t texts_bytes(const struct texts *texts)
{
	return texts->bytes + texts->slot_count * sizeof(*texts->slots);
}

/* Returns the slot that holds the text, or the empty one where it belongs. */
static char **find(const struct texts *texts, const char *text)
{
	uint64_t hash = sum_text(sum_start(), text);
	size_t at = (size_t)(hash ^ (hash >> 32)) & (texts->slot_count - 1);
	while (texts->slots[at] && strcmp(texts->slots[at], text) != 0) {
		at = (at + 1) & (texts->slot_count - 1);
	}
	return &texts->slots[at];
}

/* Half of the slots stay empty. */
static bool grow(struct texts *texts)
{
	if (texts->count * 2 < texts->slot_count) {
		return true;
	}
	struct texts larger = *texts;
	larger.slot_count = texts->slot_count ? 2 * texts->slot_count : FIRST_SLOTS;
	larger.slots = calloc(larger.slot_count, sizeof(*larger.slots));
	if (!larger.slots) {
		return false;
	}
	for (size_t i = 0; i < texts->slot_count; i++) {
		if (texts->slots[i]) {
			*find(&larger, texts->slots[i]) = texts->slots[i];
		}
	}
	free(texts->slots);
	*texts = larger;
	return true;
}

static char *copy(struct texts *texts, const char *text)
{
	size_t size = strlen(text) + 1;
	struct block *block = texts->blocks;
	if (!block || block->size - block->used < size) {
		size_t room = size > BLOCK_BYTES ? size : BLOCK_BYTES;
		block = malloc(sizeof(*block) + room);
		if (!block) {
			return NULL;
		}
		*block = (struct block){.next = texts->blocks, .size = room};
		texts->blocks = block;
		texts->bytes += sizeof(*block) + room;
	}
	char *place = block->bytes + block->used;
	block->used += size;
	return memcpy(place, text, size);
}

char *texts_keep(struct texts *texts, const char *text)
{
	if (!grow(texts)) {
		return NULL;
	}
	char **slot = find(texts, text);
	if (!*slot) {
		*slot = copy(texts, text);
		texts->count += *slot != NULL;
	}
	return *slot;
}
