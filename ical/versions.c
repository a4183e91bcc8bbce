/* A list of blocks while reading; at the end a hash table of the few keys that matter, and one pass over the list. */
#include "versions.h"

#include <stdlib.h>

enum { BLOCK_ENTRIES = 4096 };

struct entry {
	uint64_t key;
	struct version version;
};

struct block {
	struct block *next;
	size_t count;
	struct entry entries[BLOCK_ENTRIES];
};

struct versions {
	struct block *newest;
	size_t count, max;
};

struct wanted {
	uint64_t key;
	bool used, found;
	struct version version;
};

struct version_index {
	size_t mask;
	struct wanted wanted[]; /* open addressing, at most half full */
};

struct versions *versions_create(size_t max)
{
	struct versions *versions = calloc(1, sizeof(*versions));

	if (versions) {
		versions->max = max;
	}
	return versions;
}

void versions_destroy(struct versions *versions)
{
	struct block *next;

	if (!versions) {
		return;
	}
	for (struct block *block = versions->newest; block; block = next) {
		next = block->next;
		free(block);
	}
	free(versions);
}

bool versions_add(struct versions *versions, uint64_t key, const struct version *version)
{
	struct block *block = versions->newest;

	if (versions->count == versions->max) {
		return true;
	}
	if (!block || block->count == BLOCK_ENTRIES) {
		block = malloc(sizeof(*block));
		if (!block) {
			return false;
		}
		block->next = versions->newest;
		block->count = 0;
		versions->newest = block;
	}
	block->entries[block->count++] = (struct entry){key, *version};
	versions->count++;
	return true;
}

struct version_index *version_index_create(size_t count)
{
	size_t size = 2;
	struct version_index *index;

	while (size < 2 * count) {
		size *= 2;
	}
	index = calloc(1, sizeof(*index) + size * sizeof(index->wanted[0]));
	if (index) {
		index->mask = size - 1;
	}
	return index;
}

void version_index_destroy(struct version_index *index)
{
	free(index);
}

static size_t find_place(const struct version_index *index, uint64_t key)
{
	size_t place = (size_t)(key ^ key >> 32) & index->mask;

	while (index->wanted[place].used && index->wanted[place].key != key) {
		place = (place + 1) & index->mask;
	}
	return place;
}

void version_index_want(struct version_index *index, uint64_t key)
{
	struct wanted *wanted = &index->wanted[find_place(index, key)];

	wanted->used = true;
	wanted->key = key;
}

void version_index_fill(struct version_index *index, const struct versions *versions)
{
	for (const struct block *block = versions->newest; block; block = block->next) {
		for (size_t i = 0; i < block->count; i++) {
			const struct entry *entry = &block->entries[i];
			struct wanted *wanted = &index->wanted[find_place(index, entry->key)];

			if (!wanted->used ||
			    (wanted->found && version_compare(&entry->version, &wanted->version) < 0)) {
				continue;
			}
			wanted->found = true;
			wanted->version = entry->version;
		}
	}
}

const struct version *version_index_find(const struct version_index *index, uint64_t key)
{
	const struct wanted *wanted = &index->wanted[find_place(index, key)];
	return wanted->used && wanted->found ? &wanted->version : NULL;
}
