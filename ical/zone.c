/* See zone.h. A zone is a table of changes, and every look-up is a binary search. zonetable.h describes how it is
 * filled. */
#include "zone.h"

#include <stdlib.h>
#include <string.h>

#include "civil.h"
#include "zonetable.h"

struct change {
	int64_t utc_s;
	int64_t local_s;  /* local times from here on are read with offset_s; see zone_utc */
	int32_t offset_s; /* from utc_s on */
};

struct zone {
	char *name;
	int32_t first_offset_s; /* before the first change */
	struct change *changes; /* ascending */
	size_t count;
	size_t capacity;
};

struct zone *zone_create_fixed(const char *name, int32_t offset_s, struct err *err)
{
	struct zone *zone = calloc(1, sizeof(*zone));

	if (!zone || !(zone->name = strdup(name))) {
		zone_destroy(zone);
		err_set(err, "out of memory");
		return NULL;
	}
	zone->first_offset_s = offset_s;
	return zone;
}

bool zone_add_change(struct zone *zone, int64_t utc_s, int32_t offset_s, struct err *err)
{
	int32_t before_s = zone->count > 0 ? zone->changes[zone->count - 1].offset_s : zone->first_offset_s;

	if (before_s == offset_s) {
		return true;
	}
	if (zone->count == zone->capacity) {
		size_t capacity = zone->capacity ? 2 * zone->capacity : 64;
		struct change *grown = realloc(zone->changes, capacity * sizeof(*grown));

		if (!grown) {
			return err_set(err, "out of memory");
		}
		zone->changes = grown;
		zone->capacity = capacity;
	}
	/* In a gap the offset before it counts, and in an overlap the first of the two times. Both mean that the new
	 * offset begins at the later of the two local readings of the change. */
	zone->changes[zone->count++] = (struct change){
		.utc_s = utc_s,
		.local_s = utc_s + (before_s > offset_s ? before_s : offset_s),
		.offset_s = offset_s,
	};
	return true;
}

void zone_destroy(struct zone *zone)
{
	if (!zone) {
		return;
	}
	free(zone->changes);
	free(zone->name);
	free(zone);
}

const char *zone_name(const struct zone *zone)
{
	return zone->name;
}

int32_t zone_offset_s(const struct zone *zone, int64_t utc_s)
{
	size_t low = 0, high = zone->count; /* the change before `low` is the answer */

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (zone->changes[middle].utc_s <= utc_s) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low > 0 ? zone->changes[low - 1].offset_s : zone->first_offset_s;
}

int64_t zone_local(const struct zone *zone, int64_t utc_s)
{
	return utc_s + zone_offset_s(zone, utc_s);
}

int32_t zone_day(const struct zone *zone, int64_t utc_s)
{
	int64_t local_s = zone_local(zone, utc_s);
	return (int32_t)(local_s >= 0 ? local_s / DAY_S : -((-local_s + DAY_S - 1) / DAY_S));
}

int64_t zone_utc(const struct zone *zone, int64_t local_s)
{
	size_t low = 0, high = zone->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (zone->changes[middle].local_s <= local_s) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return local_s - (low > 0 ? zone->changes[low - 1].offset_s : zone->first_offset_s);
}

int64_t zone_day_start(const struct zone *zone, int32_t day)
{
	int64_t midnight_s = (int64_t)day * DAY_S;
	int64_t utc_s = zone_utc(zone, midnight_s);
	int64_t past_s = zone_local(zone, utc_s) - midnight_s;

	/* Where a change leaves midnight out, the day begins at the change itself. */
	if (past_s > 0) {
		for (size_t i = zone->count; i > 0; i--) {
			if (zone->changes[i - 1].utc_s <= utc_s) {
				return zone->changes[i - 1].utc_s;
			}
		}
	}
	return utc_s;
}
