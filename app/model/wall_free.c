/* What the wall says is free: the first gap of the conference room, and the desks. */
#include <string.h>

#include "app/base/limits.h"
#include "private.h"

/* Finds the first gap from now on that is long enough to be of use. Returns false when there is none before the office
 * closes. */
static bool find_gap(const struct maker *maker, const struct office_place *place, int64_t *out_from, int64_t *out_to)
{
	const struct office *office = maker->office;
	int64_t from = maker->time->now_utc;
	for (size_t i = place->first; i < place->first + place->count; i++) {
		const struct office_booking *booking = &office->bookings[i];
		if (booking->state == BOOKING_NO_SHOW || booking->until_utc <= from) {
			continue;
		}
		if (booking->start_utc - from >= WALL_GAP_MIN_S) {
			*out_from = from;
			*out_to = booking->start_utc;
			return true;
		}
		from = booking->until_utc;
	}
	*out_from = from;
	*out_to = office->closes_utc;
	return office->closes_utc - from >= WALL_GAP_MIN_S;
}

static bool is_without_bookings(const struct maker *maker, const struct office_place *place)
{
	for (size_t i = place->first; i < place->first + place->count; i++) {
		if (maker->office->bookings[i].state != BOOKING_NO_SHOW) {
			return false;
		}
	}
	return true;
}

static const char *gap_words(struct maker *maker, const struct office_place *place, bool is_found, int64_t from,
			     int64_t to)
{
	const struct zone *zone = maker->config->zone;
	bool is_now = from <= maker->time->now_utc, is_rest = to >= maker->office->closes_utc;
	if (!is_found) {
		return tr("taken for the rest of the day");
	}
	if (is_now && is_rest) {
		return is_without_bookings(maker, place) ? tr("free all day") : tr("free for the rest of the day");
	}
	if (is_now) {
		return arena_print(maker->arena, tr("free until %s"), words_clock(maker->arena, zone, to));
	}
	if (is_rest) {
		return arena_print(maker->arena, tr("free from %s"), words_clock(maker->arena, zone, from));
	}
	return arena_print(maker->arena, tr("free %s"), words_span(maker->arena, zone, from, to));
}

/* Shows the room that is free first. */
static void make_room(struct maker *maker)
{
	struct model *model = maker->model;
	const struct office_place *best = NULL;
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
			best = place;
			best_from = from;
			best_to = to;
			best_found = found;
		}
	}
	model->room_free = "";
	model->room_is_free = best_found;
	if (!best) {
		return;
	}
	const char *words = gap_words(maker, best, best_found, best_from, best_to);
	bool is_the_one = rooms == 1 && strcasestr(best->config->name, "konferensrum");
	model->room_free = is_the_one ? arena_print(maker->arena, tr("The conference room is %s"), words)
				      : arena_print(maker->arena, tr("%s: %s"), best->config->name, words);
}

/* The desks that are free, and those whose bookers have not come. */
struct desks {
	const char *free, *absent;
	size_t desk_count, free_count, absent_count, known_count;
};

static struct model_row *row_of(const struct maker *maker, const struct office_place *place)
{
	struct model *model = maker->model;
	for (size_t i = 0; i < model->row_count; i++) {
		if (strcmp(model->rows[i].action.id, place->config->id) == 0) {
			return &model->rows[i];
		}
	}
	return NULL;
}

static bool is_absent(const struct maker *maker, const struct office_place *place)
{
	int64_t now_utc = maker->time->now_utc;
	for (size_t i = place->first; i < place->first + place->count; i++) {
		const struct office_booking *booking = &maker->office->bookings[i];
		if (booking->state == BOOKING_NO_SHOW && booking->start_utc <= now_utc && booking->end_utc > now_utc) {
			return true;
		}
	}
	return false;
}

/* "3, 4 och 6" */
static const char *joined(struct maker *maker, const char *const *words, size_t count)
{
	const char *list = "";
	for (size_t i = 0; i < count; i++) {
		const char *glue = i == 0 ? "" : i + 1 == count ? tr(" and ") : ", ";
		list = arena_print(maker->arena, "%s%s%s", list, glue, words[i]);
	}
	return list;
}

static struct desks survey_desks(struct maker *maker)
{
	const struct office *office = maker->office;
	struct desks desks = {.free = "", .absent = ""};
	const char **free = arena_alloc(maker->arena, (office->place_count + 1) * sizeof(*free));
	const char **absent = arena_alloc(maker->arena, (office->place_count + 1) * sizeof(*absent));
	for (size_t i = 0; free && absent && i < office->place_count; i++) {
		const struct office_place *place = &office->places[i];
		if (place->config->kind != PLACE_DESK) {
			continue;
		}
		desks.desk_count++;
		desks.known_count += place->state != PLACE_UNKNOWN;
		if (place->state != PLACE_FREE || !place->may_be_taken) {
			continue;
		}
		struct model_row *row = row_of(maker, place);
		const char *number = row ? row->number : place->config->id;
		if (!is_absent(maker, place)) {
			free[desks.free_count++] = number;
			continue;
		}
		absent[desks.absent_count++] = number;
		if (row) {
			row->state = SHOWN_ABSENT;
		}
	}
	desks.free = free ? joined(maker, free, desks.free_count) : "";
	desks.absent = absent ? joined(maker, absent, desks.absent_count) : "";
	return desks;
}

/* A long row of numbers cannot be taken in, so more than DESKS_NAMED_MAX desks are counted instead. */
static void make_desks(struct maker *maker)
{
	struct model *model = maker->model;
	struct desks desks = survey_desks(maker);
	bool is_named = desks.free_count <= DESKS_NAMED_MAX, has_absent = desks.absent_count > 0;
	bool names_absent = has_absent && desks.absent_count <= DESKS_NAMED_MAX;
	const char *taken = names_absent ? arena_print(maker->arena, tr("%s can be taken"), desks.absent) : "";
	int free_count = (int)desks.free_count;
	model->desks_are_free = free_count > 0;
	model->desks_take = desks.free_count + desks.absent_count > 0
				    ? tr("Have a seat – take a desk on the screen by the entrance.")
				    : "";
	if (desks.desk_count == 0) {
		return;
	}
	if (desks.known_count == 0) {
		model->desks = model->desks_short = model->desks_count = tr("Free desks cannot be shown right now");
		return;
	}
	if (free_count == 0) {
		model->desks = model->desks_count = tr("None free now");
		model->desks_short = tr("No free desks");
		model->desks_also = taken;
		return;
	}
	model->desks_count = arena_print(maker->arena, tr("%d free now"), free_count);
	if (is_named) {
		model->desks = tr("Free now");
		model->desks_free = desks.free;
		model->desks_also = taken;
		model->desks_short = arena_print(maker->arena, tr("Free desks: %s"), desks.free);
	} else {
		model->desks = model->desks_short = model->desks_count;
	}
}

void make_wall_free(struct maker *maker)
{
	struct model *model = maker->model;
	model->room_free = model->desks = model->desks_free = model->desks_also = model->desks_short =
		model->desks_count = model->desks_take = "";
	bool is_closed = maker->office->is_closed_now;
	if (maker->config->mode == MODE_WALL && !is_closed && maker->time->now_utc < maker->office->closes_utc) {
		make_room(maker);
		make_desks(maker);
	}
}
