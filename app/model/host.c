/* The region: this year's host municipality, the next one, and the whole rotation. */
#include <string.h>

#include "ical/civil.h"
#include "private.h"
#include "app/base/limits.h"

/* Lists every municipality once. */
enum { ROTATION_PAST = 2 };

static int this_year(const struct maker *maker)
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
		return arena_print(maker->arena, tr("Host %d: not decided"), this_year(maker) + 1);
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
	int year = this_year(maker);
	const struct region_year *now = region_host(region, year), *next = region_host(region, year + 1);
	host->shown = true;
	host->year = arena_print(maker->arena, "%d", year);
	host->label = now && now->is_planned ? tr("Host municipality (planned)") : tr("Host municipality");
	host->name = now ? now->host : tr("not decided");
	if (now && now->kc_vice_chair[0]) {
		host->vice = arena_print(maker->arena, tr("Vice chair of the KC group: %s"), now->kc_vice_chair);
	}
	host->next = next_words(maker, next);
	host->next_short = arena_print(maker->arena, "%d\n%s", year + 1, next ? next->host : tr("not decided"));
	host->spoken = arena_print(maker->arena, "%s %s: %s. %s", host->label, host->year, host->name, host->next);
	make_ring(maker, host, now, next);
	host->action = action_open(maker, VIEW_HOST, "");
}

static const char *line_detail(struct maker *maker, const struct region_year *year)
{
	const char *vice = year->kc_vice_chair;
	if (!year->is_planned) {
		return vice;
	}
	return vice[0] ? arena_print(maker->arena, "%s · %s", vice, tr("planned")) : tr("planned");
}

static void make_rotation(struct maker *maker, struct model_sheet *sheet)
{
	const struct region *region = maker->region;
	int year = this_year(maker);
	size_t first = 0;
	while (first < region->year_count && region->years[first].year < year - ROTATION_PAST) {
		first++;
	}
	if (region->year_count - first < ROTATION_LINES_MAX) {
		first = region->year_count > ROTATION_LINES_MAX ? region->year_count - ROTATION_LINES_MAX : 0;
	}
	sheet->lines = arena_alloc(maker->arena, ROTATION_LINES_MAX * sizeof(*sheet->lines));
	for (size_t i = first; sheet->lines && i < region->year_count && sheet->line_count < ROTATION_LINES_MAX; i++) {
		const struct region_year *line = &region->years[i];
		sheet->lines[sheet->line_count++] =
			(struct model_line){.key = arena_print(maker->arena, "%d", line->year),
					    .text = line->host,
					    .detail = line_detail(maker, line),
					    .is_current = line->year == year};
		if (line->kc_vice_chair[0]) {
			sheet->lines_title = tr("Vice chair of the KC group");
		}
	}
}

static const char *municipalities(struct maker *maker)
{
	const struct region *region = maker->region;
	const char *list = "";
	for (size_t i = 0; i < region->municipality_count; i++) {
		const char *glue = i == 0 ? "" : i + 1 == region->municipality_count ? tr(" and ") : ", ";
		list = arena_print(maker->arena, "%s%s%s", list, glue, region->municipalities[i]);
	}
	return list;
}

void make_host_sheet(struct maker *maker)
{
	struct sheet_maker sheet;
	const struct model_host *host = &maker->model->host;
	if (!maker->region) {
		sheet_begin(maker, &sheet, tr("The host municipality is not known"));
		sheet_end(&sheet);
		return;
	}
	struct civil civil = civil_from_local((int64_t)maker->today * DAY_S);
	int32_t december = civil_day(civil.year, 12, 1);
	sheet_begin(maker, &sheet, host->name);
	sheet.sheet->status = arena_print(maker->arena, "%s %s", host->label, host->year);
	sheet.sheet->subtitle = host->next;
	sheet.sheet->shows_ring = true;
	sheet_paragraph(&sheet, arena_print(maker->arena, tr("Hand-over meeting: %s."),
					    words_month_year(maker->arena, december)));
	sheet.sheet->code_title = maker->region->name;
	sheet.sheet->code_text = municipalities(maker);
	sheet_paragraph(&sheet,
			arena_print(maker->arena, tr("Source: %s (%s)"), maker->region->source, maker->region->dated));
	make_rotation(maker, sheet.sheet);
	sheet_end(&sheet);
}
