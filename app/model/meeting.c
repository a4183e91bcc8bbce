/* Coming meetings: the list, and the sheet with the place, the time and who prepares the agenda. */
#include <stdlib.h>
#include <string.h>

#include "ical/civil.h"
#include "app/base/limits.h"
#include "private.h"
#include "ical/small.h"

struct meeting {
	const struct cache_row *row;
	const struct config_feed *feed;
	int64_t start_utc, end_utc;
};

const char *meeting_title(struct maker *maker, const struct cache_row *row, const struct config_feed *feed)
{
	if (feed->kind == FEED_MEETINGS && feed->body) {
		return feed->body;
	}
	return row->is_private || !row->title[0] ? tr("Busy") : keep(maker, row->title);
}

/* The words in a location that mean that the meeting is online. */
static bool part_is_online(const char *part)
{
	static const char *const words[] = {"microsoft teams", "teams",  "skype",      "zoom",
					    "digital",         "online", "på distans", "https://"};
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (small_begins_with(part, words[i])) {
			return true;
		}
	}
	return false;
}

static const char *online_word(const char *text)
{
	return strcasestr(text, "teams") ? "Teams" : tr("Online");
}

/* Outlook joins several places by semicolons. Returns the next of them, or NULL, and moves *at on. */
static const char *next_part(struct maker *maker, const char **at)
{
	*at += strspn(*at, "; ");
	size_t length = strcspn(*at, ";");
	const char *part = length > 0 ? arena_copy(maker->arena, *at, length) : NULL;
	*at += length;
	return part;
}

const char *meeting_place(struct maker *maker, const struct cache_row *row)
{
	const char *joined = "";
	const char *at = row->location;
	for (const char *part; (part = next_part(maker, &at));) {
		/* "Microsoft Teams-möte" is Teams to everybody. */
		const char *word = part_is_online(part) ? online_word(part) : part;
		joined = joined[0] ? arena_print(maker->arena, "%s · %s", joined, word) : word;
	}
	return joined[0] || !row->url[0] ? joined : online_word(row->url);
}

/* Returns the street without its number, which is how locations name the office. */
static bool names_address(const char *location, const char *address)
{
	size_t length = strcspn(address, "0123456789,");
	while (length > 0 && address[length - 1] == ' ') {
		length--;
	}
	char street[64];
	if (length < 4 || length >= sizeof(street)) {
		return false;
	}
	memcpy(street, address, length);
	street[length] = '\0';
	return strcasestr(location, street);
}

static bool part_is_here(const struct config *config, const char *part)
{
	if (strcasestr(part, config->office) || names_address(part, config->address)) {
		return true;
	}
	for (size_t i = 0; i < config->place_count; i++) {
		const struct config_place *place = &config->places[i];
		bool is_named = strcasestr(part, place->name) || strcasestr(part, place->title);
		if (place->kind == PLACE_ROOM && is_named) {
			return true;
		}
	}
	return false;
}

enum meeting_where meeting_where(struct maker *maker, const struct cache_row *row)
{
	bool is_here = row->place[0], is_elsewhere = false, is_online = row->url[0];
	const char *at = row->location;
	for (const char *part; (part = next_part(maker, &at));) {
		if (part_is_online(part)) {
			is_online = true;
		} else if (part_is_here(maker->as_written, part)) {
			is_here = true;
		} else {
			is_elsewhere = true;
		}
	}
	return is_here        ? MEETING_HERE
	       : is_elsewhere ? MEETING_ELSEWHERE
	       : is_online    ? MEETING_ONLINE
			      : MEETING_ANYWHERE;
}

bool meeting_is_online(struct maker *maker, const struct cache_row *row)
{
	const char *at = row->location;
	for (const char *part; (part = next_part(maker, &at));) {
		if (part_is_online(part)) {
			return true;
		}
	}
	return row->url[0];
}

static bool is_municipality(const struct maker *maker, const char *name)
{
	for (size_t i = 0; maker->region && i < maker->region->municipality_count; i++) {
		if (strcmp(maker->region->municipalities[i], name) == 0) {
			return true;
		}
	}
	return false;
}

/* Where a meeting elsewhere is held comes first, because a visitor must not look for it here. */
const char *meeting_where_words(struct maker *maker, const struct cache_row *row)
{
	const char *place = meeting_place(maker, row);
	bool is_away = meeting_where(maker, row) == MEETING_ELSEWHERE;
	return is_away ? arena_print(maker->arena, tr("%s, not here"), place) : place;
}

/* Returns the town: the part after a comma that is a municipality, else what stands after the last comma. */
const char *meeting_where_short(struct maker *maker, const struct cache_row *row)
{
	const char *place = meeting_place(maker, row), *last = place;
	for (const char *part = place;; part += strspn(part, ", ")) {
		size_t length = strcspn(part, ",");
		const char *word = arena_copy(maker->arena, part, length);
		if (word && is_municipality(maker, word)) {
			return word;
		}
		last = length > 0 ? part : last;
		part += length;
		if (!*part) {
			break;
		}
	}
	bool is_street = *last >= '0' && *last <= '9';
	return is_street ? place : last;
}

int32_t meeting_last_day(const struct maker *maker, const struct cache_row *row)
{
	const struct span *span = &row->span;
	if (span->all_day) {
		return span->end_day > span->start_day ? span->end_day - 1 : span->start_day;
	}
	int64_t last = span->end_utc > span->start_utc ? span->end_utc - 1 : span->end_utc;
	return zone_day(maker->config->zone, last);
}

/* Returns "fredag 09:00"; for an all-day meeting only its day, for several days the first and the last. */
const char *meeting_start_words(struct maker *maker, const struct cache_row *row, bool is_short)
{
	int32_t first = office_row_day(&maker->input, row), last = meeting_last_day(maker, row);
	const char *day = is_short ? words_weekday_short(first) : words_weekday(first);
	if (row->span.all_day) {
		return last == first ? day
				     : arena_print(maker->arena, tr("%s–%s"), day,
						   is_short ? words_weekday_short(last) : words_weekday(last));
	}
	return arena_print(maker->arena, tr("%s %s"), day,
			   words_clock(maker->arena, maker->config->zone, row->span.start_utc));
}

const char *meeting_with_place(struct maker *maker, const char *when, const char *place)
{
	return place[0] ? arena_print(maker->arena, "%s · %s", when, place) : when;
}

/* What stands on the day of a meeting: "09:00"; "fredag–lördag" when it lasts for days, "" for a whole day. */
static const char *time_words(struct maker *maker, const struct cache_row *row)
{
	if (!row->span.all_day) {
		return words_clock(maker->arena, maker->config->zone, row->span.start_utc);
	}
	bool is_one_day = meeting_last_day(maker, row) == office_row_day(&maker->input, row);
	return is_one_day ? "" : meeting_start_words(maker, row, false);
}

/* The date has the weekday, so what follows it does not repeat it. */
static const char *spoken_words(struct maker *maker, const struct cache_row *row, const struct model_meeting *line)
{
	const char *parts[] = {words_date(maker->arena, office_row_day(&maker->input, row)), time_words(maker, row),
			       line->where, line->in};
	const char *spoken = line->title;
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		spoken = parts[i][0] ? arena_print(maker->arena, "%s, %s", spoken, parts[i]) : spoken;
	}
	return spoken;
}

static struct model_meeting make_meeting(struct maker *maker, const struct meeting *meeting)
{
	const struct cache_row *row = meeting->row;
	int32_t day = office_row_day(&maker->input, row);
	const char *id = keep(maker, office_row_id(maker->arena, row));
	bool is_on = meeting->start_utc <= maker->time->now_utc;
	bool is_away = meeting_where(maker, row) == MEETING_ELSEWHERE;
	struct model_meeting line = {.title = meeting_title(maker, row, meeting->feed)};
	line.id = arena_print(maker->arena, "meeting:%s", id);
	line.day = arena_print(maker->arena, "%d", civil_from_local((int64_t)day * DAY_S).day);
	line.month = words_month_short(day);
	line.where = meeting_where_words(maker, row);
	line.where_short = meeting_where_short(maker, row);
	const char *brief_place =
		is_away ? arena_print(maker->arena, tr("%s, not here"), line.where_short) : line.where;
	line.wall_when = meeting_start_words(maker, row, true);
	line.when = meeting_with_place(maker, meeting_start_words(maker, row, false), line.where);
	line.when_short = meeting_with_place(maker, line.wall_when, brief_place);
	line.brief = meeting_with_place(maker, arena_print(maker->arena, "%s %s", line.day, line.month), brief_place);
	line.in = is_on ? tr("now") : words_in_days(maker->arena, day - maker->today);
	line.spoken = spoken_words(maker, row, &line);
	line.action = action_open(maker, VIEW_MEETING, id);
	return line;
}

static int compare_meetings(const void *a, const void *b)
{
	const struct meeting *left = a, *right = b;
	if (left->start_utc != right->start_utc) {
		return left->start_utc > right->start_utc ? 1 : -1;
	}
	int order = strcmp(left->row->title, right->row->title);
	return order == 0 ? strcmp(left->row->uid, right->row->uid) : order;
}

/* On the wall the meetings of the day stand in the big list, so they are left out here. */
static bool is_listed(const struct maker *maker, const struct meeting *meeting)
{
	int64_t from = maker->config->mode == MODE_WALL ? maker->office->day_end_utc : INT64_MIN;
	return meeting->row->status != OCCURRENCE_CANCELLED && meeting->end_utc > maker->time->now_utc &&
	       meeting->start_utc >= from;
}

/* The next meetings, in order, and how many there are altogether. */
struct meetings {
	struct meeting next[MEETINGS_AHEAD_MAX];
	size_t kept, count, soon;
	int64_t soon_utc; /* those that begin before then are soon */
};

/* Keeps the first ones only: of 20,000 meetings the screens show a few. */
static void keep_first(struct meetings *meetings, const struct meeting *meeting)
{
	size_t at = meetings->kept;
	if (at == MEETINGS_AHEAD_MAX) {
		if (compare_meetings(meeting, &meetings->next[at - 1]) >= 0) {
			return;
		}
		at--;
	} else {
		meetings->kept++;
	}
	for (; at > 0 && compare_meetings(meeting, &meetings->next[at - 1]) < 0; at--) {
		meetings->next[at] = meetings->next[at - 1];
	}
	meetings->next[at] = *meeting;
}

static void collect(struct maker *maker, struct meetings *meetings)
{
	struct office_walk walk;
	office_walk(&walk, &maker->input, FEED_MEETINGS);
	for (const struct cache_row *row; (row = office_walk_next(&walk));) {
		struct meeting meeting = {.row = row, .feed = &maker->config->feeds[walk.feed]};
		office_row_times(maker->config, row, &meeting.start_utc, &meeting.end_utc);
		if (is_listed(maker, &meeting)) {
			meetings->count++;
			meetings->soon += meeting.start_utc < meetings->soon_utc;
			changes_at(maker, meeting.start_utc);
			changes_at(maker, meeting.end_utc);
			keep_first(meetings, &meeting);
		}
	}
}

static bool has_calendar(const struct maker *maker)
{
	for (size_t i = 0; i < maker->config->feed_count; i++) {
		if (maker->config->feeds[i].kind == FEED_MEETINGS) {
			return true;
		}
	}
	return false;
}

/* How far all calendars of meetings reach that have been read: to exclusive. False: none has been read. */
static bool find_edge(const struct maker *maker, int32_t *out_to_day)
{
	int32_t to_day = INT32_MAX;
	for (size_t i = 0; i < maker->config->feed_count; i++) {
		const struct config_feed *feed = &maker->config->feeds[i];
		const struct snapshot_feed *seen = office_feed_seen(&maker->input, feed->name);
		if (feed->kind == FEED_MEETINGS && seen && seen->agreed_utc != 0 && seen->to_day < to_day) {
			to_day = seen->to_day;
		}
	}
	*out_to_day = to_day;
	return to_day != INT32_MAX;
}

/* The date as the reader needs it: farther ahead, a date without its year could be mistaken. */
const char *meeting_edge_date(struct maker *maker, int32_t to_day)
{
	const char *date = words_date_short(maker->arena, to_day - 1);
	if (to_day - maker->today <= DATE_NO_YEAR_DAYS) {
		return date;
	}
	int year = civil_from_local((int64_t)(to_day - 1) * DAY_S).year;
	return arena_print(maker->arena, "%s %d", date, year);
}

/* No calendar knows more than that nothing is planned as far as it is published. */
static const char *no_meetings(struct maker *maker)
{
	int32_t to_day = 0;
	if (!find_edge(maker, &to_day) || to_day <= maker->today) {
		return "";
	}
	return arena_print(maker->arena, tr("No meetings through %s."), meeting_edge_date(maker, to_day));
}

static bool is_any_calendar_in_doubt(const struct maker *maker)
{
	for (size_t i = 0; i < maker->config->feed_count; i++) {
		const struct config_feed *feed = &maker->config->feeds[i];
		const struct snapshot_feed *seen = office_feed_seen(&maker->input, feed->name);
		if (feed->kind == FEED_MEETINGS &&
		    office_feed_doubt(feed, seen, maker->today, maker->time->now_utc) != DOUBT_NONE) {
			return true;
		}
	}
	return false;
}

/* Said after the last meeting, when all calendars would know of another one. */
static const char *no_more_meetings(struct maker *maker, size_t count)
{
	int32_t to_day = 0;
	if (count == 0 || count > MEETINGS_AHEAD_MAX || is_any_calendar_in_doubt(maker) || !find_edge(maker, &to_day)) {
		return "";
	}
	return arena_print(maker->arena, tr("No more meetings through %s."), meeting_edge_date(maker, to_day));
}

void make_meetings(struct maker *maker)
{
	struct model *model = maker->model;
	model->meetings_end = "";
	model->meetings_heading = has_calendar(maker) ? tr("Upcoming meetings") : "";
	model->meetings_button =
		button_make("meetings", tr("Meetings"), BUTTON_SECONDARY, action_open(maker, VIEW_MEETINGS, ""));
	model->meetings_empty = no_meetings(maker);
	struct meetings meetings = {.soon_utc = zone_day_start(maker->config->zone, maker->today + MEETINGS_SOON_DAYS)};
	model->meetings = arena_alloc(maker->arena, MEETINGS_AHEAD_MAX * sizeof(*model->meetings));
	if (!model->meetings) {
		return;
	}
	collect(maker, &meetings);
	model->meetings_end = no_more_meetings(maker, meetings.count);
	model->meetings_soon = meetings.soon;
	for (size_t i = 0; i < meetings.kept; i++) {
		model->meetings[model->meeting_count++] = make_meeting(maker, &meetings.next[i]);
	}
}

/* All of them, where the home screen has no room for a card. */
void make_meetings_sheet(struct maker *maker)
{
	const struct model *model = maker->model;
	struct sheet_maker sheet;
	sheet_begin(maker, &sheet, tr("Upcoming meetings"));
	sheet.sheet->subtitle = model->meeting_count > 0 ? model->meetings_end : model->meetings_empty;
	maker->model->listed_page = maker->visit->page;
	maker->model->previous_page = tr("Previous page");
	maker->model->next_page = tr("Next page");
	sheet_end(&sheet);
}
