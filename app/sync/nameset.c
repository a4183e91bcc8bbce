/* See nameset.h. Open addressing with linear probing. */
#include "nameset.h"

#include <stdlib.h>

#include "ical/sum.h"

enum { EMPTY = 0, REMOVED = 1, FIRST_CAPACITY = 64 };

static uint64_t hash(const char *name)
{
	uint64_t sum = sum_text(sum_start(), name);
	sum ^= sum >> 29;
	return sum > REMOVED ? sum : sum + 2;
}

void nameset_clear(struct nameset *set)
{
	free(set->slots);
	*set = (struct nameset){0};
}

/* Returns the slot of the hash, or the first empty one after where it would be. There is always an empty one. */
static size_t find(const struct nameset *set, uint64_t wanted)
{
	size_t at = (size_t)wanted & (set->capacity - 1);
	while (set->slots[at] != EMPTY && set->slots[at] != wanted) {
		at = (at + 1) & (set->capacity - 1);
	}
	return at;
}

static bool grow(struct nameset *set)
{
	struct nameset larger = {.capacity = set->capacity ? set->capacity * 2 : FIRST_CAPACITY};
	larger.slots = calloc(larger.capacity, sizeof(*larger.slots));
	if (!larger.slots) {
		return false;
	}
	for (size_t i = 0; i < set->capacity; i++) {
		if (set->slots[i] > REMOVED) {
			larger.slots[find(&larger, set->slots[i])] = set->slots[i];
			larger.used++;
		}
	}
	larger.count = larger.used;
	free(set->slots);
	*set = larger;
	return true;
}

bool nameset_add(struct nameset *set, const char *name)
{
	uint64_t wanted = hash(name);
	if (nameset_has(set, name)) {
		return true;
	}
	if ((set->used + 1) * 2 > set->capacity && !grow(set)) {
		return false;
	}
	set->slots[find(set, wanted)] = wanted;
	set->used++;
	set->count++;
	return true;
}

void nameset_remove(struct nameset *set, const char *name)
{
	if (nameset_has(set, name)) {
		set->slots[find(set, hash(name))] = REMOVED;
		set->count--;
	}
}

bool nameset_has(const struct nameset *set, const char *name)
{
	return set->capacity > 0 && set->slots[find(set, hash(name))] != EMPTY;
}
