/* The wall's list of the day: the meeting that goes on here, those that begin here later, then those that are held
 * elsewhere. Meetings that have ended are only counted. */
#include <stdlib.h>
#include <string.h>

#include "app/base/limits.h"
#include "ical/sum.h"
#include "private.h"

/* The order of the list. */
enum rank { RANK_HERE_NOW, RANK_HERE, RANK_ELSEWHERE };

struct wall_item {
	const struct office_booking *booking; /* NULL: a meeting of a feed */
	const struct cache_row *row;
	const struct config_feed *feed;
	int64_t start_utc, end_utc;
	bool is_all_day;
	enum rank rank;
	bool is_counted_only; /* so many come before it that it is not looked at */
	/* The bookings that overlap in one room: the first of them stands for all. */
	size_t count; /* 0: it belongs to one before */
	int64_t until_utc;
	const struct wall_item *parts[WALL_DOUBLE_MAX];
};

struct wall_items {
	struct wall_item *items;
	size_t count;
};

/* The meetings of the rooms, to be found by identity: the hash table has a power of two of slots. */
struct identities {
	const struct cache_row **slots;
	size_t size;
};

static size_t slot_of(const struct identities *known, const struct cache_row *row)
{
	uint64_t hash = sum_text(sum_text(sum_start(), row->uid), row->recurrence_id);
	size_t at = (size_t)(hash ^ (hash >> 32)) & (known->size - 1);
	for (; known->slots[at]; at = (at + 1) & (known->size - 1)) {
		const struct cache_row *other = known->slots[at];
		if (strcmp(other->uid, row->uid) == 0 && strcmp(other->recurrence_id, row->recurrence_id) == 0) {
			break;
		}
	}
	return at;
}

static struct identities identities_make(struct maker *maker, const struct wall_items *list)
{
	struct identities known = {.size = 64};
	while (known.size < 2 * list->count) {
		known.size *= 2;
	}
	known.slots = arena_alloc(maker->arena, known.size * sizeof(*known.slots));
	for (size_t i = 0; known.slots && i < list->count; i++) {
		if (list->items[i].row) {
			known.slots[slot_of(&known, list->items[i].row)] = list->items[i].row;
		}
	}
	return known;
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

/* The meeting of a row; returns whether it is one of today. */
static bool is_today(const struct maker *maker, const struct cache_row *row, struct wall_item *out_item)
{
	*out_item = (struct wall_item){.row = row, .is_all_day = row->span.all_day};
	office_row_times(maker->config, row, &out_item->start_utc, &out_item->end_utc);
	return out_item->start_utc < maker->office->day_end_utc && out_item->end_utc > maker->office->day_start_utc &&
	       row->status != OCCURRENCE_CANCELLED;
}

static size_t count_meetings(const struct maker *maker)
{
	struct office_walk walk;
	struct wall_item item;
	size_t count = 0;
	office_walk(&walk, &maker->input, FEED_MEETINGS);
	for (const struct cache_row *row; (row = office_walk_next(&walk));) {
		count += is_today(maker, row, &item);
	}
	return count;
}

/* One meeting may stand in the room's calendar and in the council's: it is shown once. */
static void add_meetings(struct maker *maker, struct wall_items *list)
{
	struct identities known = identities_make(maker, list);
	struct office_walk walk;
	struct wall_item item;
	office_walk(&walk, &maker->input, FEED_MEETINGS);
	for (const struct cache_row *row; known.slots && (row = office_walk_next(&walk));) {
		if (is_today(maker, row, &item) && !known.slots[slot_of(&known, row)]) {
			item.feed = &maker->config->feeds[walk.feed];
			list->items[list->count++] = item;
		}
	}
}

static bool has_ended(const struct maker *maker, const struct wall_item *item)
{
	int64_t now_utc = maker->time->now_utc;
	return item->end_utc <= now_utc && (item->end_utc > item->start_utc || item->start_utc < now_utc);
}

static bool is_elsewhere(struct maker *maker, const struct wall_item *item)
{
	enum meeting_where where = item->booking ? MEETING_HERE : meeting_where(maker, item->row);
	return where == MEETING_ELSEWHERE || where == MEETING_ONLINE;
}

static int compare_rows(const struct wall_item *left, const struct wall_item *right)
{
	if (!left->row || !right->row) {
		return 0;
	}
	int order = strcmp(left->row->title, right->row->title);
	return order == 0 ? strcmp(left->row->uid, right->row->uid) : order;
}

static int compare_times(const void *a, const void *b)
{
	const struct wall_item *left = a, *right = b;
	if (left->start_utc != right->start_utc) {
		return left->start_utc > right->start_utc ? 1 : -1;
	}
	if (left->end_utc != right->end_utc) {
		return left->end_utc < right->end_utc ? 1 : -1;
	}
	return compare_rows(left, right);
}

/* Looks at where each meeting is held, in order of time, for as many as may be shown. Removes those that have ended and
 * counts them; returns whether any meeting of the day is, or may be, held here. */
static bool drop_ended(struct maker *maker, struct wall_items *list)
{
	bool is_any_here = false;
	size_t kept = 0, looked[2] = {0}; /* among those that go on or are to come, and among those that have ended */
	for (size_t i = 0; i < list->count; i++) {
		struct wall_item *item = &list->items[i];
		bool is_over = has_ended(maker, item);
		bool is_of_interest = !is_over || !is_any_here;
		bool is_looked_at = item->booking || (is_of_interest && looked[is_over] < WALL_LOOKED_MAX);
		looked[is_over] += is_looked_at && !item->booking;
		bool is_away = is_looked_at && is_elsewhere(maker, item);
		is_any_here = is_any_here || !is_away;
		changes_at(maker, item->start_utc);
		changes_at(maker, item->end_utc);
		if (is_over) {
			maker->model->wall_ended++;
			continue;
		}
		bool is_on = item->start_utc <= maker->time->now_utc;
		item->rank = is_away ? RANK_ELSEWHERE : is_on ? RANK_HERE_NOW : RANK_HERE;
		item->is_counted_only = !is_looked_at;
		list->items[kept++] = *item;
	}
	list->count = kept;
	return is_any_here;
}

/* Joins the bookings that overlap in one room. An all-day booking that others overlap is joined, too, because the room
 * is booked twice. */
static void join_overlaps(struct maker *maker, struct wall_items *list)
{
	struct wall_item **open = arena_alloc(maker->arena, (maker->office->place_count + 1) * sizeof(*open));
	for (size_t i = 0; open && i < list->count; i++) {
		struct wall_item *item = &list->items[i];
		struct wall_item **first = item->booking ? &open[item->booking->place] : NULL;
		if (first && *first && item->start_utc < (*first)->until_utc) {
			if ((*first)->count < WALL_DOUBLE_MAX) {
				(*first)->parts[(*first)->count] = item;
			}
			(*first)->count++;
			(*first)->until_utc = item->end_utc > (*first)->until_utc ? item->end_utc : (*first)->until_utc;
			(*first)->rank = item->rank < (*first)->rank ? item->rank : (*first)->rank;
			continue;
		}
		item->count = 1;
		item->until_utc = item->end_utc;
		item->parts[0] = item;
		if (first) {
			*first = item;
		}
	}
}

static const char *item_title(struct maker *maker, const struct wall_item *item)
{
	return item->booking ? booking_name(maker, item->booking) : meeting_title(maker, item->row, item->feed);
}

static const char *item_where(struct maker *maker, const struct wall_item *item)
{
	if (!item->booking) {
		return meeting_where_words(maker, item->row);
	}
	const char *room = place_title(maker, item->booking->place);
	bool is_online = item->row && meeting_is_online(maker, item->row);
	return is_online ? arena_print(maker->arena, "%s · %s", room, "Teams") : room;
}

static int permille(const struct maker *maker, int64_t start_utc, int64_t end_utc)
{
	int64_t length = end_utc - start_utc;
	return length <= 0 ? 0 : (int)((maker->time->now_utc - start_utc) * 1000 / length);
}

/* Sets the times as they are shown: what exceeds the day is cut, and a meeting that fills it has no times. */
static bool set_times(struct maker *maker, struct model_wall_meeting *line, const struct wall_item *item,
		      int64_t until_utc)
{
	const struct office *office = maker->office;
	int64_t start = item->start_utc > office->day_start_utc ? item->start_utc : office->day_start_utc;
	int64_t end = until_utc < office->day_end_utc ? until_utc : office->day_end_utc;
	bool is_cut = start > item->start_utc || end < until_utc;
	bool fills_day = item->is_all_day || (start <= office->opens_utc && end >= office->closes_utc && is_cut);
	line->start = fills_day ? tr("All day") : words_clock(maker->arena, maker->config->zone, start);
	line->end = !fills_day && end > start ? words_clock(maker->arena, maker->config->zone, end) : "";
	return fills_day;
}

static const char *part_text(struct maker *maker, const struct wall_item *item, bool has_own_time)
{
	const char *title = item_title(maker, item);
	if (!has_own_time) {
		return title;
	}
	const char *span = words_span(maker->arena, maker->config->zone, item->start_utc, item->end_utc);
	return arena_print(maker->arena, tr("%s, %s"), title, span);
}

/* Names each of the bookings that overlap; what is too much for a card is counted. */
static void make_parts(struct maker *maker, struct model_wall_meeting *line, const struct wall_item *first)
{
	line->parts = arena_alloc(maker->arena, WALL_DOUBLE_MAX * sizeof(*line->parts));
	line->part_titles = arena_alloc(maker->arena, WALL_DOUBLE_MAX * sizeof(*line->part_titles));
	if (!line->parts || !line->part_titles) {
		return;
	}
	size_t count = first->count, shown = count > WALL_DOUBLE_MAX ? WALL_DOUBLE_MAX - 1 : count;
	for (size_t i = 0; i < shown; i++) {
		const struct wall_item *part = first->parts[i];
		bool has_own_time = part->start_utc != first->start_utc || part->end_utc != first->until_utc;
		line->part_titles[line->part_count] = item_title(maker, part);
		line->parts[line->part_count++] = part_text(maker, part, has_own_time && !part->is_all_day);
	}
	if (shown < count) {
		const char *more = arena_print(maker->arena, tr("+%d more"), (int)(count - shown));
		line->part_titles[line->part_count] = more;
		line->parts[line->part_count++] = more;
	}
	const char *room = place_title(maker, first->booking->place);
	line->warning = strcasestr(room, "konferensrum") ? tr("Double-booked conference room")
							 : arena_print(maker->arena, tr("Double-booked: %s"), room);
	line->title = line->parts[0];
	for (size_t i = 1; i < line->part_count; i++) {
		line->title = arena_print(maker->arena, "%s / %s", line->title, line->parts[i]);
	}
}

static struct model_wall_meeting make_item(struct maker *maker, const struct wall_item *item)
{
	struct model_wall_meeting line = {
		.phase = item->start_utc <= maker->time->now_utc ? WALL_NOW : WALL_LATER,
		.is_elsewhere = item->rank == RANK_ELSEWHERE,
		.permille = -1,
		.count = item->count,
		.title = item_title(maker, item),
		.where = item_where(maker, item),
		.where_short = item->booking ? "" : meeting_where_short(maker, item->row),
		.who = item->row ? keep(maker, item->row->organizer) : "",
		.badge = "",
		.warning = "",
	};
	bool fills_day = set_times(maker, &line, item, item->until_utc);
	if (item->count > 1) {
		make_parts(maker, &line, item);
		line.who = "";
	}
	if (line.phase == WALL_NOW) {
		line.badge = tr("In progress");
		line.permille = fills_day ? -1 : permille(maker, item->start_utc, item->until_utc);
	}
	const char *span = line.end[0] ? arena_print(maker->arena, "%s–%s", line.start, line.end) : line.start;
	line.spoken =
		arena_print(maker->arena, "%s. %s%s%s. %s%s%s. %s", span, line.warning, line.warning[0] ? ": " : "",
			    line.title, line.where, line.who[0] ? ", " : "", line.who, line.badge);
	return line;
}

static void count_hidden(struct model *model, const struct wall_item *item)
{
	if (item->rank == RANK_ELSEWHERE) {
		model->wall_more_elsewhere += item->count;
	} else {
		model->wall_more_here += item->count;
	}
}

static void make_list(struct maker *maker, const struct wall_items *list)
{
	static const enum rank ranks[] = {RANK_HERE_NOW, RANK_HERE, RANK_ELSEWHERE};
	struct model *model = maker->model;
	size_t here = 0, elsewhere = 0;
	model->wall_meetings = arena_alloc(maker->arena, (size_t)2 * WALL_MEETINGS_MAX * sizeof(*model->wall_meetings));
	for (size_t rank = 0; model->wall_meetings && rank < sizeof(ranks) / sizeof(ranks[0]); rank++) {
		size_t *count = ranks[rank] == RANK_ELSEWHERE ? &elsewhere : &here;
		for (size_t i = 0; i < list->count; i++) {
			const struct wall_item *item = &list->items[i];
			if (item->count == 0 || item->rank != ranks[rank]) {
				continue;
			}
			if (item->is_counted_only || *count == WALL_MEETINGS_MAX) {
				count_hidden(model, item);
				continue;
			}
			(*count)++;
			model->wall_meetings[model->wall_meeting_count++] = make_item(maker, item);
		}
	}
}

/* Nothing is said about a day that a calendar of meetings or of a room does not cover. */
static bool is_day_known(const struct maker *maker)
{
	const struct config *config = maker->config;
	bool is_any = false;
	for (size_t i = 0; i < config->feed_count; i++) {
		const struct config_feed *feed = &config->feeds[i];
		bool has_room = feed->kind == FEED_MEETINGS;
		for (size_t place = 0; place < config->place_count; place++) {
			const struct config_place *room = &config->places[place];
			has_room = has_room ||
				   (room->kind == PLACE_ROOM && room->feed && strcmp(room->feed, feed->name) == 0);
		}
		const struct snapshot_feed *seen = office_feed_seen(&maker->input, feed->name);
		if (has_room && office_feed_doubt(feed, seen, maker->today, maker->time->now_utc) != DOUBT_NONE) {
			return false;
		}
		is_any = is_any || has_room;
	}
	return is_any;
}

static void make_frame(struct maker *maker, bool is_any_here)
{
	struct model *model = maker->model;
	bool is_known = is_day_known(maker);
	model->wall_is_quiet = is_known && !is_any_here;
	model->wall_heading = model->wall_is_quiet ? tr("No meetings here today") : tr("Today’s meetings");
	model->wall_heading_short = model->wall_is_quiet ? tr("No meetings here today") : tr("Meetings today");
	model->wall_empty = is_known ? tr("No more meetings here today") : tr("Meetings cannot be shown right now");
	model->wall_elsewhere = tr("Not here");
	model->wall_double = tr("Double-booked");
	model->wall_elsewhere_format = tr("+%d elsewhere");
	unsigned long ended = (unsigned long)model->wall_ended;
	model->wall_ended_text = ended ? arena_print(maker->arena, tr_n("%lu ended", "%lu ended", ended), ended) : "";
}

/* What the office announces today. */
static void make_notices(struct maker *maker)
{
	struct model *model = maker->model;
	const struct office *office = maker->office;
	model->wall_notices = arena_alloc(maker->arena, (NOTICES_MAX + 1) * sizeof(*model->wall_notices));
	if (!model->wall_notices) {
		return;
	}
	if (office->is_closed_now) {
		model->wall_notices[model->wall_notice_count++] = closed_words(maker);
	}
	for (size_t i = 0; i < office->notice_count && model->wall_notice_count < NOTICES_MAX; i++) {
		const struct cache_row *row = office->notices[i];
		if (!row->is_private && row->title[0]) {
			model->wall_notices[model->wall_notice_count++] = keep(maker, row->title);
		}
	}
}

/* Returns whether any meeting of the day is held here. */
static bool make_day(struct maker *maker)
{
	size_t capacity = maker->office->booking_count + count_meetings(maker) + 1;
	struct wall_items list = {.items = arena_alloc(maker->arena, capacity * sizeof(*list.items))};
	if (!list.items) {
		return false;
	}
	add_room_bookings(maker, &list);
	add_meetings(maker, &list);
	qsort(list.items, list.count, sizeof(*list.items), compare_times);
	bool is_any_here = drop_ended(maker, &list);
	join_overlaps(maker, &list);
	make_list(maker, &list);
	make_notices(maker);
	return is_any_here;
}

void make_wall(struct maker *maker)
{
	bool is_any_here = maker->config->mode == MODE_WALL && make_day(maker);
	make_frame(maker, is_any_here);
	make_wall_free(maker);
}
