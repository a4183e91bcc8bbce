/* The region: this year's host municipality, the next one, and the whole rotation. */
#include <string.h>

#include "ical/civil.h"
#include "private.h"
#include "app/base/limits.h"

int host_year(const struct maker *maker)
{
	return civil_from_local((int64_t)maker->today * DAY_S).year;
}

static int ring_index(const struct region *region, const char *name)
{
	for (size_t i = 0; i < region->municipality_count; i++) {
		if (strcmp(region->municipalities[i], name) == 0) {
			return (int)i;
		}
	}
	return -1;
}

static const char *next_words(struct maker *maker, const struct region_year *next)
{
	if (!next) {
		return arena_print(maker->arena, tr("Host %d: not decided"), host_year(maker) + 1);
	}
	const char *text = arena_print(maker->arena, tr("%s takes over at New Year"), next->host);
	return next->is_planned ? arena_print(maker->arena, tr("%s (planned)"), text) : text;
}

/* The ring is turned so that this year's host is at the top. */
static void make_ring(const struct maker *maker, struct model_host *host, const struct region_year *now,
		      const struct region_year *next)
{
	int count = (int)maker->region->municipality_count;
	int first = now ? ring_index(maker->region, now->host) : -1;
	int second = next ? ring_index(maker->region, next->host) : -1;
	int turn = first >= 0 ? first : 0;
	host->count = count;
	host->host = first >= 0 ? 0 : -1;
	host->following = second >= 0 ? (second - turn + count) % count : -1;
}

void make_host(struct maker *maker)
{
	const struct region *region = maker->region;
	struct model_host *host = &maker->model->host;
	if (!region) {
		return;
	}
	int year = host_year(maker);
	const struct region_year *now = region_host(region, year), *next = region_host(region, year + 1);
	host->shown = true;
	host->year = arena_print(maker->arena, "%d", year);
	host->label = now && now->is_planned ? tr("Host municipality (planned)") : tr("Host municipality");
	host->name = now ? now->host : tr_in("title", "Not decided");
	host->next = next_words(maker, next);
	host->next_short =
		arena_print(maker->arena, "%d\n%s", year + 1, next ? next->host : tr_in("title", "Not decided"));
	host->button = button_make("host", host->label, BUTTON_SECONDARY, action_open(maker, VIEW_HOST, ""));
	host->spoken = arena_print(maker->arena, "%s %s: %s. %s", host->label, host->year, host->name, host->next);
	make_ring(maker, host, now, next);
	host->action = action_open(maker, VIEW_HOST, "");
}

const char *host_next_words(struct maker *maker)
{
	const struct region_year *next = maker->region ? region_host(maker->region, host_year(maker) + 1) : NULL;
	return next ? next_words(maker, next) : "";
}

const char *host_person(const struct maker *maker, int year, enum region_role role)
{
	const struct region_year *found = maker->region ? region_host(maker->region, year) : NULL;
	return found && role != REGION_NO_ROLE ? found->people[role] : "";
}
