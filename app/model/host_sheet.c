/* The sheet of the host municipality: who chairs what this year, the hand-over meeting, and the rotation. */
#include <string.h>

#include "ical/civil.h"
#include "app/base/limits.h"
#include "private.h"

/* Lists every municipality once. */
enum { ROTATION_PAST = 2 };

static void make_rotation(struct maker *maker, struct model_sheet *sheet)
{
	const struct region *region = maker->region;
	int year = host_year(maker);
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
					    .detail = line->kc_vice_chair,
					    .note = line->is_planned ? tr("planned") : "",
					    .is_current = line->year == year};
		if (line->kc_vice_chair[0]) {
			maker->model->detail.vice_heading = tr("Vice chair of the KC group");
		}
	}
	maker->model->detail.year_heading = tr("Year");
	maker->model->detail.host_heading = tr("Host municipality");
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

static void add_people(struct maker *maker)
{
	static const struct {
		enum region_role role;
		const char *words;
	} roles[] = {{REGION_CHAIR, TR_MARK("Chair of the council")},
		     {REGION_VICE_CHAIR, TR_MARK("Vice chair of the council")},
		     {REGION_KC_CHAIR, TR_MARK("Chair of the KC group")},
		     {REGION_KC_VICE_CHAIR, TR_MARK("Vice chair of the KC group")}};
	int year = host_year(maker);
	const struct region_year *now = region_host(maker->region, year);
	for (size_t i = 0; i < sizeof(roles) / sizeof(*roles); i++) {
		/* This one comes from another municipality than the others. */
		bool is_guest = roles[i].role == REGION_KC_VICE_CHAIR && now;
		detail_fact(maker, tr(roles[i].words), host_person(maker, year, roles[i].role),
			    is_guest ? now->kc_vice_chair : "");
	}
}

/* A date that cannot be read is shown as it is written. */
static const char *source_words(struct maker *maker)
{
	const struct region *region = maker->region;
	bool is_english = region->source_english && strcmp(maker->visit->language, "en") == 0;
	const char *dated = region->dated;
	int64_t local_s = 0;
	if (civil_parse(dated, &local_s)) {
		/* a date, a year */
		dated = arena_print(maker->arena, tr("%s %d"), words_date_short(maker->arena, civil_day_of(local_s)),
				    civil_from_local(local_s).year);
	}
	/* the source, a date */
	return arena_print(maker->arena, tr("Source: %s (checked %s)."),
			   is_english ? region->source_english : region->source, dated);
}

static void add_handover(struct maker *maker)
{
	struct model_detail *detail = &maker->model->detail;
	struct civil civil = civil_from_local((int64_t)maker->today * DAY_S);
	detail->has_meeting = meeting_find_handover(maker, &detail->meeting);
	if (!detail->has_meeting) {
		detail_note(maker, arena_print(maker->arena, tr("Hand-over meeting: %s."),
					       words_month_year(maker->arena, civil_day(civil.year, 12, 1))));
	}
}

void make_host_sheet(struct maker *maker)
{
	struct sheet_maker sheet;
	const struct model_host *host = &maker->model->host;
	struct model_detail *detail = &maker->model->detail;
	if (!maker->region) {
		sheet_begin(maker, &sheet, tr("The host municipality is not known"));
		sheet_end(&sheet);
		return;
	}
	maker->model->sheet_page = maker->visit->page;
	maker->model->previous_page = tr("Previous page");
	maker->model->next_page = tr("Next page");
	sheet_begin(maker, &sheet, host->name);
	sheet.sheet->status = arena_print(maker->arena, "%s %s", host->label, host->year);
	sheet.sheet->subtitle = host->next;
	detail->host_now = host->host >= 0 ? tr("Host this year") : "";
	detail->host_next = host->following >= 0 ? tr("Host next year") : "";
	detail->region = maker->region->name;
	detail->municipalities = municipalities(maker);
	add_people(maker);
	add_handover(maker);
	detail_note(maker, source_words(maker));
	make_rotation(maker, sheet.sheet);
	sheet_end(&sheet);
}
