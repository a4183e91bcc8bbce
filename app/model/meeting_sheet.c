/* The sheet of a meeting: when and where it is, who prepares its agenda, and which calendar says so. */
#include <string.h>

#include "ical/civil.h"
#include "private.h"

/* "fredag 27 november 09:00–12:00" */
static const char *full_when(struct maker *maker, const struct cache_row *row)
{
	int32_t first = office_row_day(&maker->input, row), last = meeting_last_day(maker, row);
	const char *from = words_date(maker->arena, first);
	if (row->span.all_day) {
		return first == last ? from
				     : arena_print(maker->arena, tr("%s–%s"), from, words_date(maker->arena, last));
	}
	const struct zone *zone = maker->config->zone;
	if (first == last) {
		return arena_print(maker->arena, tr("%s %s"), from,
				   words_span(maker->arena, zone, row->span.start_utc, row->span.end_utc));
	}
	const char *start = words_moment(maker->arena, zone, row->span.start_utc, INT32_MIN);
	return arena_print(maker->arena, tr("%s–%s"), start,
			   words_moment(maker->arena, zone, row->span.end_utc, INT32_MIN));
}

/* The place comes first on the sheet of a meeting that is not here. */
static void tell_where(struct maker *maker, const struct cache_row *row)
{
	struct model_detail *detail = &maker->model->detail;
	const char *place = meeting_place(maker, row), *town = meeting_where_short(maker, row);
	bool is_named = strcmp(place, tr("Online")) != 0;
	switch (meeting_where(maker, row)) {
	case MEETING_HERE:
		detail->where = WHERE_HERE;
		detail->where_title = tr("Here at the office");
		detail->where_text = place;
		detail->where_spoken =
			place[0] ? arena_print(maker->arena, tr("Held here: %s."), place) : tr("Held here.");
		break;
	case MEETING_ONLINE:
		detail->where = WHERE_ONLINE;
		detail->where_title = place;
		detail->where_text = is_named ? tr("Online meeting") : "";
		detail->where_spoken =
			is_named ? arena_print(maker->arena, tr("Held online: %s."), place) : tr("Held online.");
		break;
	case MEETING_ELSEWHERE:
		detail->where = WHERE_AWAY;
		detail->where_title = arena_print(maker->arena, tr("%s, not here"), town);
		detail->where_text = strcmp(place, town) == 0 ? "" : place;
		detail->where_spoken = arena_print(maker->arena, tr("Held elsewhere, not here: %s."), place);
		break;
	case MEETING_ANYWHERE:
		detail->where_title = tr("No location given.");
		detail->where_spoken = detail->where_title;
		break;
	}
}

/* Each "{chair}" becomes the name of that year's chair; without a name it vanishes, with the space before it. */
static const char *agenda_words(struct maker *maker, const char *text, int year)
{
	const char *words = "";
	while (*text) {
		size_t plain = strcspn(text, "{"), length = 0;
		enum region_role role = region_role_of(text + plain, &length);
		const char *name = host_person(maker, year, role);
		size_t kept = length > 0 && !name[0] && plain > 0 && text[plain - 1] == ' ' ? plain - 1 : plain;
		words = arena_print(maker->arena, "%s%.*s%s", words, (int)kept, text, name);
		text += plain + length;
		if (length == 0 && *text) {
			words = arena_print(maker->arena, "%s%c", words, *text++);
		}
	}
	return words;
}

static bool is_handover(const struct maker *maker, const struct cache_row *row)
{
	int32_t day = office_row_day(&maker->input, row);
	return !row->is_private && strcasestr(row->title, "verlämning") &&
	       civil_from_local((int64_t)day * DAY_S).month == 12;
}

bool meeting_find_handover(struct maker *maker, struct model_meeting *out_meeting)
{
	int year = civil_from_local((int64_t)maker->today * DAY_S).year;
	for (size_t i = 0; i < maker->model->meeting_count; i++) {
		const struct model_meeting *meeting = &maker->model->meetings[i];
		const struct cache_row *row = office_find_row(&maker->input, FEED_MEETINGS, meeting->action.id);
		int32_t day = row ? office_row_day(&maker->input, row) : 0;
		if (row && is_handover(maker, row) && civil_from_local((int64_t)day * DAY_S).year == year) {
			*out_meeting = *meeting;
			out_meeting->when =
				meeting_with_place(maker, meeting_start_words(maker, row, false), meeting->where);
			return true;
		}
	}
	return false;
}

/* Who takes part in a hand-over is the plan's own rule: the host and the next one. */
static void add_handover_facts(struct maker *maker, int year)
{
	const struct region_year *now = maker->region ? region_host(maker->region, year) : NULL;
	const struct region_year *next = maker->region ? region_host(maker->region, year + 1) : NULL;
	if (!now || !next || year != civil_from_local((int64_t)maker->today * DAY_S).year) {
		return;
	}
	/* this year's host, next year's host */
	detail_fact(maker, tr("Taking part"),
		    arena_print(maker->arena, tr("%s (host this year) and %s (host next year)"), now->host, next->host),
		    "");
	detail_fact(maker, tr("After that"), host_next_words(maker), "");
}

/* Names the calendar as visitors know it, and when it last agreed with its source. */
static void add_source(struct maker *maker, const struct config_feed *feed)
{
	const struct snapshot_feed *seen = office_feed_seen(&maker->input, feed->name);
	const char *name = feed->body ? feed->body : maker->config->region;
	if (!seen || seen->agreed_utc == 0) {
		return;
	}
	const char *when = words_moment(maker->arena, maker->config->zone, seen->agreed_utc, maker->today);
	/* whose calendar, a time */
	detail_fact(maker, tr("Source"),
		    name[0] ? arena_print(maker->arena, tr("The calendar of %s, updated %s"), name, when)
			    : arena_print(maker->arena, tr("Updated %s"), when),
		    "");
	if (feed->kind == FEED_MEETINGS && seen->to_day > maker->today) {
		detail_note(maker, arena_print(maker->arena, tr("The calendar covers the time through %s."),
					       meeting_edge_date(maker, seen->to_day)));
	}
}

/* The meetings before and after this one in the list of those to come. */
static void add_neighbours(struct maker *maker, struct sheet_maker *sheet, const char *id)
{
	const struct model *model = maker->model;
	for (size_t i = 0; i < model->meeting_count; i++) {
		if (strcmp(model->meetings[i].action.id, id) != 0) {
			continue;
		}
		if (i > 0) {
			struct model_button button = button_make("meeting-previous", tr("Previous meeting"),
								 BUTTON_SECONDARY, model->meetings[i - 1].action);
			button.spoken = arena_print(maker->arena, "%s: %s", button.text, model->meetings[i - 1].title);
			sheet_button(sheet, button);
		}
		if (i + 1 < model->meeting_count) {
			struct model_button button = button_make("meeting-next", tr("Next meeting"), BUTTON_SECONDARY,
								 model->meetings[i + 1].action);
			button.spoken = arena_print(maker->arena, "%s: %s", button.text, model->meetings[i + 1].title);
			sheet_button(sheet, button);
		}
		return;
	}
}

static void add_facts(struct maker *maker, const struct cache_row *row, const struct config_feed *feed,
		      const char *title)
{
	int year = civil_from_local((int64_t)office_row_day(&maker->input, row) * DAY_S).year;
	if (!row->is_private && row->title[0] && strcmp(row->title, title) != 0) {
		detail_fact(maker, tr("About"), keep(maker, row->title), "");
	}
	if (is_handover(maker, row)) {
		add_handover_facts(maker, year);
	}
	if (feed->agenda_by && feed->agenda_by[0]) {
		detail_fact(maker, tr("The agenda is prepared by"), agenda_words(maker, feed->agenda_by, year), "");
	}
	if (row->status == OCCURRENCE_TENTATIVE) {
		detail_note(maker, tr("The time is preliminary."));
	}
	add_source(maker, feed);
}

static const char *meeting_status(struct maker *maker, const struct cache_row *row)
{
	int64_t start = 0, end = 0, now_utc = maker->time->now_utc;
	office_row_times(maker->config, row, &start, &end);
	if (end <= now_utc) {
		return tr("Ended");
	}
	return start <= now_utc ? tr("In progress")
				: words_in_days(maker->arena, office_row_day(&maker->input, row) - maker->today);
}

void make_meeting_sheet(struct maker *maker)
{
	struct sheet_maker sheet;
	const char *id = maker->visit->id;
	const struct cache_row *row = office_find_row(&maker->input, FEED_MEETINGS, id);
	row = row ? row : office_find_row(&maker->input, FEED_BOOKINGS, id);
	const struct config_feed *feed = row ? config_feed_by_name(maker->config, row->feed) : NULL;
	if (!feed) {
		sheet_begin(maker, &sheet, tr("The meeting is not there any more"));
		sheet_paragraph(&sheet, tr("It may have been moved or cancelled."));
		sheet_end(&sheet);
		return;
	}
	const char *title = meeting_title(maker, row, feed);
	int32_t day = office_row_day(&maker->input, row);
	sheet_begin(maker, &sheet, title);
	/* when it is, how long until then */
	sheet.sheet->subtitle = arena_print(maker->arena, "%s · %s", full_when(maker, row), meeting_status(maker, row));
	maker->model->detail.day = arena_print(maker->arena, "%d", civil_from_local((int64_t)day * DAY_S).day);
	maker->model->detail.month = words_month_short(day);
	tell_where(maker, row);
	add_facts(maker, row, feed, title);
	add_neighbours(maker, &sheet, office_row_id(maker->arena, row));
	sheet_end(&sheet);
}
