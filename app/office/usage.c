/* See usage.h. A day with few stays is merged with its neighbours before it is kept, because a day and a name from
 * elsewhere could be put together. Hours, weekdays and places are of a whole month, and never of each other. */
#include "usage.h"

#include <stdlib.h>
#include <string.h>

#include "app/base/arena.h"
#include "app/base/limits.h"
#include "ical/civil.h"
#include "ical/small.h"
#include "stay_private.h"

enum { PART_SECONDS = DAY_S / USAGE_DAY_PARTS };

void usage_finish(struct usage *usage)
{
	for (size_t i = 0; i < usage->month_count; i++) {
		for (size_t p = 0; p < usage->months[i].place_count; p++) {
			free(usage->months[i].places[p].id);
		}
		free(usage->months[i].places);
	}
	free(usage->months);
	free(usage->spans);
	*usage = (struct usage){0};
}

int32_t usage_month_of(int32_t day)
{
	struct civil civil = civil_from_local((int64_t)day * DAY_S);
	return civil_day(civil.year, civil.month, 1);
}

struct usage_month *usage_month(struct usage *usage, int32_t month_day)
{
	for (size_t i = usage->month_count; i > 0; i--) {
		if (usage->months[i - 1].month_day == month_day) {
			return &usage->months[i - 1];
		}
	}
	struct usage_month *months = reallocarray(usage->months, usage->month_count + 1, sizeof(*months));
	if (!months) {
		return NULL;
	}
	usage->months = months;
	months[usage->month_count] = (struct usage_month){.month_day = month_day};
	return &months[usage->month_count++];
}

bool usage_add_place(struct usage_month *month, const char *id, uint32_t stays)
{
	for (size_t i = 0; i < month->place_count; i++) {
		if (strcmp(month->places[i].id, id) == 0) {
			month->places[i].stays += stays;
			return true;
		}
	}
	struct usage_place *places = reallocarray(month->places, month->place_count + 1, sizeof(*places));
	char *copy = strdup(id);
	month->places = places ? places : month->places;
	if (!places || !copy) {
		free(copy);
		return false;
	}
	places[month->place_count++] = (struct usage_place){copy, stays};
	return true;
}

bool usage_add_span(struct usage *usage, const struct usage_span *span)
{
	struct usage_span *last = usage->span_count > 0 ? &usage->spans[usage->span_count - 1] : NULL;
	if (last && last->stays < USAGE_LEAST && usage_month_of(last->from_day) == usage_month_of(span->to_day)) {
		last->to_day = span->to_day;
		last->stays += span->stays;
		return true;
	}
	struct usage_span *spans = reallocarray(usage->spans, usage->span_count + 1, sizeof(*spans));
	if (spans) {
		usage->spans = spans;
		spans[usage->span_count++] = *span;
	}
	return spans;
}

static int compare_seated(const void *a, const void *b)
{
	const struct stay *left = a, *right = b;
	return left->seated_utc < right->seated_utc ? -1 : left->seated_utc > right->seated_utc;
}

static void add_hours(struct usage_month *month, const struct zone *zone, const struct stay *stay, int32_t day)
{
	int64_t from_s = zone_local(zone, stay->seated_utc) - (int64_t)day * DAY_S;
	int64_t until_s = small_min(zone_local(zone, stay->until_utc) - (int64_t)day * DAY_S, DAY_S);
	for (int64_t hour = from_s / PART_SECONDS; hour < USAGE_DAY_PARTS; hour++) {
		bool is_there = hour * PART_SECONDS < until_s || hour == from_s / PART_SECONDS;
		month->hours[hour] += is_there;
	}
}

static bool add_stay(struct usage *usage, const struct zone *zone, const struct stay *stay, int32_t day)
{
	struct usage_month *month = usage_month(usage, usage_month_of(day));
	if (!month) {
		return false;
	}
	month->weekdays[civil_weekday(day)]++;
	add_hours(month, zone, stay, day);
	return usage_add_place(month, stay->seated->place, 1);
}

bool usage_add(struct usage *usage, const struct zone *zone, const struct journal_entries *entries, int32_t to_day)
{
	struct arena *arena = arena_create();
	struct stays stays = {0};
	struct usage_span today = {0};
	bool ok = arena && stays_from_entries(arena, entries, "", &stays);
	if (ok && stays.count > 0) {
		qsort(stays.items, stays.count, sizeof(*stays.items), compare_seated);
	}
	for (size_t i = 0; ok && i < stays.count; i++) {
		const struct stay *stay = &stays.items[i];
		int32_t day = zone_day(zone, stay->seated_utc);
		if (day <= usage->through_day || day >= to_day || stay->is_end_only) {
			continue;
		}
		if (today.stays > 0 && today.from_day != day) {
			ok = usage_add_span(usage, &today);
			today.stays = 0;
		}
		today = (struct usage_span){day, day, today.stays + 1};
		ok = ok && add_stay(usage, zone, stay, day);
	}
	ok = ok && (today.stays == 0 || usage_add_span(usage, &today));
	usage->through_day = to_day - 1 > usage->through_day ? to_day - 1 : usage->through_day;
	arena_destroy(arena);
	return ok;
}

void usage_forget(struct usage *usage, int32_t before_day)
{
	size_t kept = 0;
	for (size_t i = 0; i < usage->span_count; i++) {
		if (usage->spans[i].to_day >= before_day) {
			usage->spans[kept++] = usage->spans[i];
		}
	}
	usage->span_count = kept;
	kept = 0;
	for (size_t i = 0; i < usage->month_count; i++) {
		struct usage_month *month = &usage->months[i];
		if (month->month_day >= usage_month_of(before_day)) {
			usage->months[kept++] = *month;
			continue;
		}
		for (size_t p = 0; p < month->place_count; p++) {
			free(month->places[p].id);
		}
		free(month->places);
	}
	usage->month_count = kept;
}

size_t usage_group(const uint32_t *stays, size_t count, struct usage_group *out_groups)
{
	size_t groups = 0;
	for (size_t i = 0; i < count; i++) {
		struct usage_group *last = groups > 0 ? &out_groups[groups - 1] : NULL;
		if (stays[i] == 0) {
			continue;
		}
		if (last && last->stays < USAGE_LEAST) {
			last->last = i;
			last->stays += stays[i];
		} else {
			out_groups[groups++] = (struct usage_group){i, i, stays[i]};
		}
	}
	if (groups > 1 && out_groups[groups - 1].stays < USAGE_LEAST) {
		out_groups[groups - 2].last = out_groups[groups - 1].last;
		out_groups[groups - 2].stays += out_groups[groups - 1].stays;
		groups--;
	}
	return groups;
}
