/* The wall display's own parts: the day's meetings with what goes on and what is next, and what the room is free for.
 */
#include <stdlib.h>
#include <string.h>

#include "ical/civil.h"
#include "app/base/limits.h"
#include "private.h"

enum { GAP_MIN_S = 15 * 60 }; /* a shorter gap is of no use to anybody */

struct wall_item {
	const struct office_booking *booking; /* NULL: a meeting of a feed */
	const struct cache_row *row;
	const struct config_feed *feed;
	int64_t start_utc, end_utc;
	bool is_all_day;
};

struct wall_items {
	struct wall_item *items;
	size_t count;
};

static bool is_same_meeting(const struct cache_row *a, const struct cache_row *b)
{
	return a && b && strcmp(a->uid, b->uid) == 0 && strcmp(a->recurrence_id, b->recurrence_id) == 0;
}

static void add_room_bookings(struct maker *maker, struct wall_items *list)
{
	const struct office *office = maker->office;
	for (size_t i = 0; i < office->booking_count; i++) {
		const struct office_booking *booking = &office->bookings[i];
		bool is_in_room = booking->place >= 0 && maker->config->places[booking->place].kind == PLACE_ROOM;
		bool is_today = booking->start_utc < office->day_end_utc && !booking->is_drop_in;
		if (is_in_room && is_today && booking->state != BOOKING_NO_SHOW) {
			list->items[list->count++] = (struct wall_item){.booking = booking,
									.row = booking->row,
									.start_utc = booking->start_utc,
									.end_utc = booking->until_utc,
									.is_all_day = booking->is_all_day};
		}
	}
}

static const struct config_feed *meetings_feed(const struct config *config, const char *name)
{
	for (size_t i = 0; i < config->feed_count; i++) {
		if (config->feeds[i].kind == FEED_MEETINGS && strcmp(config->feeds[i].name, name) == 0) {
			return &config->feeds[i];
		}
	}
	return NULL;
}

/* One meeting may stand in the room's calendar and in the council's: it is shown once. */
static bool is_listed(const struct wall_items *list, size_t room_count, const struct cache_row *row)
{
	for (size_t i = 0; i < room_count; i++) {
		if (is_same_meeting(list->items[i].row, row)) {
			return true;
		}
	}
	return false;
}

static void add_meetings(struct maker *maker, struct wall_items *list)
{
	const struct cache_rows *rows = &maker->snapshot->rows;
	size_t room_count = list->count;
	for (size_t i = 0; i < rows->count; i++) {
		const struct cache_row *row = &rows->items[i];
		struct wall_item item = {.row = row, .is_all_day = row->span.all_day};
		office_row_times(maker->config, row, &item.start_utc, &item.end_utc);
		bool is_today = item.start_utc < maker->office->day_end_utc &&
				item.end_utc > maker->office->day_start_utc && row->status != OCCURRENCE_CANCELLED;
		item.feed = is_today ? meetings_feed(maker->config, row->feed) : NULL;
		if (item.feed && !is_listed(list, room_count, row)) {
			list->items[list->count++] = item;
		}
	}
}

static int compare_items(const void *a, const void *b)
{
	const struct wall_item *left = a, *right = b;
	if (left->start_utc != right->start_utc) {
		return left->start_utc > right->start_utc ? 1 : -1;
	}
	if (left->end_utc != right->end_utc) {
		return left->end_utc > right->end_utc ? 1 : -1;
	}
	return left->row && right->row ? strcmp(left->row->uid, right->row->uid) : 0;
}

static const char *item_title(struct maker *maker, const struct wall_item *item)
{
	return item->booking ? booking_name(maker, item->booking) : meeting_title(maker, item->row, item->feed);
}

static const char *item_where(struct maker *maker, const struct wall_item *item)
{
	if (!item->booking) {
		return meeting_place(maker, item->row);
	}
	const char *room = place_name(maker, item->booking->place);
	bool is_online = item->row && meeting_is_online(maker, item->row);
	return is_online ? arena_print(maker->arena, "%s · %s", room, "Teams") : room;
}

static const char *item_detail(struct maker *maker, const struct wall_item *item)
{
	const char *where = item_where(maker, item), *who = item->row ? item->row->organizer : "";
	if (!who[0]) {
		return where;
	}
	return where[0] ? arena_print(maker->arena, "%s · %s", where, who) : who;
}

static int permille(const struct maker *maker, const struct wall_item *item)
{
	int64_t length = item->end_utc - item->start_utc;
	return length <= 0 ? 0 : (int)((maker->time->now_utc - item->start_utc) * 1000 / length);
}

static struct model_wall_meeting make_item(struct maker *maker, const struct wall_item *item, enum wall_phase phase)
{
	const struct zone *zone = maker->config->zone;
	const struct office *office = maker->office;
	struct model_wall_meeting line = {.phase = phase, .permille = -1, .badge = "", .end = ""};
	int64_t start = item->start_utc > office->day_start_utc ? item->start_utc : office->day_start_utc;
	int64_t end = item->end_utc < office->day_end_utc ? item->end_utc : office->day_end_utc;
	bool fills_day = item->is_all_day || (start <= office->opens_utc && end >= office->closes_utc &&
					      (start > item->start_utc || end < item->end_utc));
	line.start = fills_day ? tr("All day") : words_clock(maker->arena, zone, start);
	if (!fills_day && end > start) {
		line.end = words_clock(maker->arena, zone, end);
	}
	line.title = item_title(maker, item);
	line.detail = item_detail(maker, item);
	if (phase == WALL_NOW) {
		line.badge = tr("Ongoing");
		line.permille = item->is_all_day ? -1 : permille(maker, item);
	} else if (phase == WALL_NEXT) {
		line.badge = tr("Next");
	}
	/* time, title, where */
	line.spoken = arena_print(maker->arena, tr("%s%s%s: %s. %s %s"), line.start, line.end[0] ? "–" : "", line.end,
				  line.title, line.detail, line.badge);
	return line;
}

static enum wall_phase phase_of(const struct wall_item *item, int64_t now_utc, int64_t *next_utc)
{
	if (item->end_utc <= now_utc && (item->end_utc > item->start_utc || item->start_utc < now_utc)) {
		return WALL_ENDED;
	}
	if (item->start_utc <= now_utc) {
		return WALL_NOW;
	}
	if (*next_utc == 0 || *next_utc == item->start_utc) {
		*next_utc = item->start_utc;
		return WALL_NEXT;
	}
	return WALL_LATER;
}

static void make_list(struct maker *maker, const struct wall_items *list)
{
	struct model *model = maker->model;
	enum wall_phase *phases = arena_alloc(maker->arena, (list->count + 1) * sizeof(*phases));
	model->wall_meetings = arena_alloc(maker->arena, WALL_MEETINGS_MAX * sizeof(*model->wall_meetings));
	if (!phases || !model->wall_meetings) {
		return;
	}
	int64_t next_utc = 0;
	for (size_t i = 0; i < list->count; i++) {
		phases[i] = phase_of(&list->items[i], maker->time->now_utc, &next_utc);
		changes_at(maker, list->items[i].start_utc);
		changes_at(maker, list->items[i].end_utc);
	}
	for (int ended = 0; ended <= 1; ended++) {
		for (size_t i = 0; i < list->count && model->wall_meeting_count < WALL_MEETINGS_MAX; i++) {
			if ((phases[i] == WALL_ENDED) == (ended == 1)) {
				model->wall_meetings[model->wall_meeting_count++] =
					make_item(maker, &list->items[i], phases[i]);
			}
		}
	}
}

/* The first gap from now on that is of use. False: none before the office closes. */
static bool find_gap(const struct maker *maker, const struct office_place *place, int64_t *out_from, int64_t *out_to)
{
	const struct office *office = maker->office;
	int64_t from = maker->time->now_utc;
	for (size_t i = place->first; i < place->first + place->count; i++) {
		const struct office_booking *booking = &office->bookings[i];
		if (booking->state == BOOKING_NO_SHOW || booking->until_utc <= from) {
			continue;
		}
		if (booking->start_utc - from >= GAP_MIN_S) {
			*out_from = from;
			*out_to = booking->start_utc;
			return true;
		}
		from = booking->until_utc;
	}
	*out_from = from;
	*out_to = office->closes_utc;
	return office->closes_utc - from >= GAP_MIN_S;
}

static const char *gap_words(struct maker *maker, bool is_found, int64_t from, int64_t to)
{
	const struct zone *zone = maker->config->zone;
	bool is_now = from <= maker->time->now_utc, is_rest = to >= maker->office->closes_utc;
	if (!is_found) {
		return tr("taken for the rest of the day");
	}
	if (is_now && is_rest) {
		return tr("free for the rest of the day");
	}
	if (is_now) {
		return arena_print(maker->arena, tr("free until %s"), words_clock(maker->arena, zone, to));
	}
	if (is_rest) {
		return arena_print(maker->arena, tr("free from %s"), words_clock(maker->arena, zone, from));
	}
	return arena_print(maker->arena, tr("free %s"), words_span(maker->arena, zone, from, to));
}

/* Of several rooms the one that is free first. */
static void make_room(struct maker *maker)
{
	struct model *model = maker->model;
	const struct config_place *best = NULL;
	int64_t best_from = INT64_MAX, best_to = 0;
	bool best_found = false;
	size_t rooms = 0;
	for (size_t i = 0; i < maker->office->place_count; i++) {
		int64_t from = 0, to = 0;
		const struct office_place *place = &maker->office->places[i];
		if (place->config->kind != PLACE_ROOM || place->state == PLACE_UNKNOWN) {
			continue;
		}
		rooms++;
		bool found = find_gap(maker, place, &from, &to);
		if (!best || (found && (!best_found || from < best_from))) {
			best = place->config;
			best_from = from;
			best_to = to;
			best_found = found;
		}
	}
	model->room_free = "";
	if (!best || maker->office->is_closed_now || maker->time->now_utc >= maker->office->closes_utc) {
		return;
	}
	const char *words = gap_words(maker, best_found, best_from, best_to);
	bool is_the_one = rooms == 1 && strcasestr(best->name, "konferensrum");
	model->room_free = is_the_one ? arena_print(maker->arena, tr("The conference room is %s"), words)
				      : arena_print(maker->arena, tr("%s: %s"), best->name, words);
}

/* "No meetings today" is only true of calendars that would know of one. */
static bool is_today_known(const struct maker *maker)
{
	size_t count = 0;
	for (size_t i = 0; i < maker->config->feed_count; i++) {
		const struct config_feed *feed = &maker->config->feeds[i];
		if (feed->kind != FEED_BOOKINGS && feed->kind != FEED_MEETINGS) {
			continue;
		}
		const struct snapshot_feed *seen = office_feed_seen(&maker->input, feed->name);
		if (office_feed_doubt(feed, seen, maker->today, maker->time->now_utc) != DOUBT_NONE) {
			return false;
		}
		count++;
	}
	return count > 0;
}

void make_wall(struct maker *maker)
{
	struct model *model = maker->model;
	model->wall_heading = tr("Today's meetings");
	model->wall_empty = is_today_known(maker) ? tr("No meetings today") : "";
	model->room_free = "";
	if (maker->config->mode != MODE_WALL) {
		return;
	}
	size_t capacity = maker->office->booking_count + maker->snapshot->rows.count + 1;
	struct wall_items list = {.items = arena_alloc(maker->arena, capacity * sizeof(*list.items))};
	if (!list.items) {
		return;
	}
	add_room_bookings(maker, &list);
	add_meetings(maker, &list);
	qsort(list.items, list.count, sizeof(*list.items), compare_items);
	make_list(maker, &list);
	make_room(maker);
}
