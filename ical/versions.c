/* See versions.h. While reading, versions go into a list of blocks. At the end a hash table holds the few keys that
 * matter, and one pass over the list fills it. */
#include "versions.h"

#include <stdlib.h>

enum { BLOCK_ENTRIES = 4096 };

struct entry {
	uint64_t key, start_key;
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

/* What was passed over under one key, or under one start key. */
struct wanted {
	uint64_t key;
	bool used, found;
	bool has_several_starts; /* of the greatest SEQUENCE */
	uint64_t start_key;
	struct version version; /* the greatest */
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

bool versions_add(struct versions *versions, const struct screened *screened)
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
	block->entries[block->count++] = (struct entry){screened->key, screened->start_key, screened->version};
	versions->count++;
	return true;
}

size_t versions_count(const struct versions *versions)
{
	return versions->count;
}

void versions_cut(struct versions *versions, size_t count)
{
	while (versions->count > count) {
		struct block *newest = versions->newest;
		size_t surplus = versions->count - count;
		size_t gone = surplus < newest->count ? surplus : newest->count;

		newest->count -= gone;
		versions->count -= gone;
		if (newest->count == 0) {
			versions->newest = newest->next;
			free(newest);
		}
	}
}

struct version_index *version_index_create(size_t count)
{
	size_t size = 2;
	struct version_index *index;

	while (size < 4 * count) { /* two keys each */
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

static void want(struct version_index *index, uint64_t key)
{
	struct wanted *wanted = &index->wanted[find_place(index, key)];

	wanted->used = true;
	wanted->key = key;
}

void version_index_want(struct version_index *index, const struct screened *wanted)
{
	want(index, wanted->key);
	want(index, wanted->start_key);
}

static void find(struct version_index *index, uint64_t key, const struct entry *entry)
{
	struct wanted *wanted = &index->wanted[find_place(index, key)];

	if (!wanted->used) {
		return;
	}
	if (!wanted->found || entry->version.sequence > wanted->version.sequence) {
		wanted->has_several_starts = false;
		wanted->start_key = entry->start_key;
	} else if (entry->version.sequence == wanted->version.sequence && entry->start_key != wanted->start_key) {
		wanted->has_several_starts = true;
	}
	if (!wanted->found || version_compare(&entry->version, &wanted->version) > 0) {
		wanted->version = entry->version;
	}
	wanted->found = true;
}

void version_index_fill(struct version_index *index, const struct versions *versions)
{
	for (const struct block *block = versions->newest; block; block = block->next) {
		for (size_t i = 0; i < block->count; i++) {
			const struct entry *entry = &block->entries[i];

			find(index, entry->key, entry);
			if (entry->start_key != entry->key) {
				find(index, entry->start_key, entry);
			}
		}
	}
}

static const struct wanted *found(const struct version_index *index, uint64_t key)
{
	const struct wanted *wanted = &index->wanted[find_place(index, key)];
	return wanted->used && wanted->found ? wanted : NULL;
}

bool version_index_is_replaced(const struct version_index *index, const struct screened *wanted)
{
	const struct wanted *same = found(index, wanted->start_key), *any = found(index, wanted->key);

	return (same && version_compare(&same->version, &wanted->version) >= 0) ||
	       (any && any->version.sequence > wanted->version.sequence);
}

bool version_index_is_shared(const struct version_index *index, const struct screened *wanted)
{
	const struct wanted *any = found(index, wanted->key);

	return any && any->version.sequence == wanted->version.sequence &&
	       (any->has_several_starts || any->start_key != wanted->start_key);
}
