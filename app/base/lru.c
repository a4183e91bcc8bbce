/* See lru.h. A chained hash table finds values, a doubly linked list orders them by age. The bytes of the key are
 * compared, not only their hash: names from a feed are kept here, and a collision must not show one person's name as
 * another's. */
#include "lru.h"
#include "ical/sum.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BUCKETS = 64 }; /* a power of two; their number grows with that of the entries */

struct entry {
	struct entry *chain;
	struct entry *newer, *older;
	void *value;
	size_t cost;
	uint64_t hash;
	size_t key_size;
	unsigned char key[];
};

struct lru {
	struct entry **buckets;
	size_t bucket_count, count; /* of entries */
	struct entry *newest, *oldest;
	size_t cost, cost_max;
	void (*destroy)(void *value);
};

struct lru *lru_create(size_t cost_max, void (*destroy)(void *value))
{
	struct lru *lru = calloc(1, sizeof(*lru));
	struct entry **buckets = calloc(FIRST_BUCKETS, sizeof(struct entry *));
	if (!lru || !buckets) {
		free(lru);
		free(buckets);
		return NULL;
	}
	lru->buckets = buckets;
	lru->bucket_count = FIRST_BUCKETS;
	lru->cost_max = cost_max;
	lru->destroy = destroy;
	return lru;
}

void lru_destroy(struct lru *lru)
{
	if (!lru) {
		return;
	}
	lru_clear(lru);
	free(lru->buckets);
	free(lru);
}

static uint64_t hash_of(const void *key, size_t size)
{
	uint64_t hash = sum_bytes(sum_start(), key, size);
	return hash ^ (hash >> 32);
}

static struct entry **bucket_of(const struct lru *lru, uint64_t hash)
{
	return &lru->buckets[hash & (lru->bucket_count - 1)];
}

static void chain_add(struct lru *lru, struct entry *entry)
{
	struct entry **bucket = bucket_of(lru, entry->hash);
	entry->chain = *bucket;
	*bucket = entry;
}

/* Without memory the chains become longer. */
static void grow(struct lru *lru)
{
	struct entry **buckets =
		lru->count < lru->bucket_count ? NULL : calloc(2 * lru->bucket_count, sizeof(struct entry *));
	if (buckets) {
		free(lru->buckets);
		lru->buckets = buckets;
		lru->bucket_count *= 2;
		for (struct entry *entry = lru->newest; entry; entry = entry->older) {
			chain_add(lru, entry);
		}
	}
}

static void list_remove(struct lru *lru, struct entry *entry)
{
	*(entry->newer ? &entry->newer->older : &lru->newest) = entry->older;
	*(entry->older ? &entry->older->newer : &lru->oldest) = entry->newer;
}

static void list_add(struct lru *lru, struct entry *entry)
{
	entry->newer = NULL;
	entry->older = lru->newest;
	*(lru->newest ? &lru->newest->newer : &lru->oldest) = entry;
	lru->newest = entry;
}

static void forget(struct lru *lru, struct entry *entry)
{
	struct entry **link = bucket_of(lru, entry->hash);
	while (*link != entry) {
		link = &(*link)->chain;
	}
	*link = entry->chain;
	list_remove(lru, entry);
	lru->cost -= entry->cost;
	lru->count--;
	if (lru->destroy) {
		lru->destroy(entry->value);
	}
	free(entry);
}

void *lru_get(struct lru *lru, const void *key, size_t key_size)
{
	uint64_t hash = hash_of(key, key_size);
	for (struct entry *entry = *bucket_of(lru, hash); entry; entry = entry->chain) {
		if (entry->hash != hash || entry->key_size != key_size || memcmp(entry->key, key, key_size) != 0) {
			continue;
		}
		list_remove(lru, entry);
		list_add(lru, entry);
		return entry->value;
	}
	return NULL;
}

bool lru_put(struct lru *lru, const void *key, size_t key_size, void *value, size_t cost)
{
	struct entry *entry = malloc(sizeof(*entry) + key_size);
	if (!entry) {
		if (lru->destroy) {
			lru->destroy(value);
		}
		return false;
	}
	*entry = (struct entry){.value = value, .cost = cost, .hash = hash_of(key, key_size), .key_size = key_size};
	memcpy(entry->key, key, key_size);
	grow(lru);
	chain_add(lru, entry);
	list_add(lru, entry);
	lru->cost += cost;
	lru->count++;
	while (lru->cost > lru->cost_max && lru->oldest != entry) {
		forget(lru, lru->oldest);
	}
	return true;
}

void lru_clear(struct lru *lru)
{
	while (lru->oldest) {
		forget(lru, lru->oldest);
	}
}

size_t lru_cost(const struct lru *lru)
{
	return lru->cost;
}
