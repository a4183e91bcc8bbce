/* The time that is open now: a block from the now line to the next booking of every place that can be taken, and the
 * line above the grid that names those places. Nothing is claimed where nothing is known. */
#include <string.h>

#include "app/base/limits.h"
#include "private.h"

const char *free_word(const struct config_place *place)
{
	return place->kind == PLACE_ROOM ? tr_in("room", "Free") : tr_in("desk", "Free");
}

const char *free_until(struct maker *maker, const struct office_place *place)
{
	bool is_room = place->config->kind == PLACE_ROOM;
	if (place->free_until_utc >= maker->office->day_end_utc) {
		return free_word(place->config); /* after closing no time is promised */
	}
	if (place->next < 0 && place->free_until_utc == maker->office->closes_utc) {
		return is_room ? tr_in("room", "Free for the rest of the day")
			       : tr_in("desk", "Free for the rest of the day");
	}
	const char *format = is_room ? tr_in("room", "Free until %s") : tr_in("desk", "Free until %s");
	return arena_print(maker->arena, format, words_clock(maker->arena, maker->config->zone, place->free_until_utc));
}

bool booking_is_absent(const struct maker *maker, const struct office_booking *booking)
{
	return booking->state == BOOKING_NO_SHOW && booking->place >= 0 &&
	       maker->office->places[booking->place].may_be_taken && booking->until_utc > maker->time->now_utc;
}

const struct office_booking *absent_at(const struct maker *maker, const struct office_place *place)
{
	for (size_t i = place->first; i < place->first + place->count; i++) {
		if (booking_is_absent(maker, &maker->office->bookings[i])) {
			return &maker->office->bookings[i];
		}
	}
	return NULL;
}

enum shown_state place_now(const struct maker *maker, const struct office_place *place)
{
	if (place->current >= 0 && maker->office->bookings[place->current].is_unseen) {
		return booking_shown(&maker->office->bookings[place->current]);
	}
	return place->may_be_taken && absent_at(maker, place) ? SHOWN_ABSENT : place_shown(place);
}

/* The row is the target of these blocks: it opens the same sheet. */
static struct model_block open_block(struct maker *maker, const struct office_place *place, bool is_absent,
				     int64_t until_utc)
{
	const struct model *model = maker->model;
	struct model_block block = {.is_state_word = true, .lanes = 1, .action = no_action};
	block.id = arena_print(maker->arena, "now:%s", place->config->id);
	block.state = is_absent ? SHOWN_ABSENT : SHOWN_FREE;
	block.text = is_absent ? maker->state_words[SHOWN_ABSENT] : free_until(maker, place);
	block.shorter = is_absent ? tr("Can be taken") : free_word(place->config);
	block.spoken = arena_print(maker->arena, "%s, %s", place->config->name, block.text);
	int end = minute_of(maker, until_utc);
	block.start_min = model->now_min;
	block.end_min = end > model->axis_end_min || until_utc >= maker->office->closes_utc ? model->axis_end_min : end;
	return block;
}

/* Blocks stand in the order of their beginning. */
static void insert_block(struct model_row *row, const struct model_block *block)
{
	size_t at = row->block_count++;
	for (; at > 0 && row->blocks[at - 1].start_min >= block->start_min; at--) {
		row->blocks[at] = row->blocks[at - 1];
	}
	row->blocks[at] = *block;
}

void add_open_block(struct maker *maker, struct model_row *row, const struct office_place *place)
{
	const struct office_booking *absent = absent_at(maker, place);
	if (maker->model->now_min < 0 || !row->blocks || !place->may_be_taken) {
		return;
	}
	int64_t until_utc = place->free_until_utc;
	if (absent && absent->until_utc < until_utc) {
		until_utc = absent->until_utc;
	}
	struct model_block block = open_block(maker, place, absent != NULL, until_utc);
	if (absent && absent->lanes <= ROW_LANES_MAX && !row->is_crowded) {
		block.lane = absent->lane;
		block.lanes = absent->lanes;
	}
	if (block.end_min > block.start_min) {
		insert_block(row, &block);
	}
}

struct named {
	const char *text; /* "3, 4 och 6" */
	unsigned long count;
};

/* Names the desks that are in the state now. */
static struct named name_desks(struct maker *maker, enum shown_state state)
{
	struct named named = {.text = ""};
	const char *last = NULL;
	for (size_t i = 0; i < maker->model->row_count; i++) {
		const struct model_row *row = &maker->model->rows[i];
		if (row->kind != PLACE_DESK || row->state != state || !maker->office->places[i].may_be_taken) {
			continue;
		}
		named.count++;
		if (last) {
			named.text = named.text[0] ? arena_print(maker->arena, "%s, %s", named.text, last) : last;
		}
		last = row->number;
	}
	if (last) {
		/* the desks before the last one, the last one */
		named.text = named.text[0] ? arena_print(maker->arena, tr("%s and %s"), named.text, last) : last;
	}
	return named;
}

static const char *free_now(struct maker *maker, const struct named *free_desks)
{
	if (free_desks->count > FREE_NAMED_MAX) {
		return arena_print(maker->arena, tr_n("%lu free now", "%lu free now", free_desks->count),
				   free_desks->count);
	}
	return arena_print(maker->arena, tr_n("Free now: %s", "Free now: %s", free_desks->count), free_desks->text);
}

static bool is_any_desk_known(const struct office *office)
{
	for (size_t i = 0; i < office->place_count; i++) {
		if (office->places[i].config->kind == PLACE_DESK && office->places[i].state != PLACE_UNKNOWN) {
			return true;
		}
	}
	return false;
}

void make_free_line(struct maker *maker)
{
	struct model *model = maker->model;
	struct named free_desks = name_desks(maker, SHOWN_FREE), absent = name_desks(maker, SHOWN_ABSENT);
	bool has_unknown = maker->office->unknown_desks > 0 || !is_any_desk_known(maker->office);
	model->free = "";
	if (maker->office->desk_count == 0 || maker->office->is_closed_now) {
		return;
	}
	const char *taken = arena_print(maker->arena, tr("%s can be taken"), absent.text);
	if (absent.count > FREE_NAMED_MAX) {
		taken = arena_print(maker->arena, tr_n("%lu can be taken", "%lu can be taken", absent.count),
				    absent.count);
	}
	if (free_desks.count > 0) {
		model->free_state = SHOWN_FREE;
		model->free = free_now(maker, &free_desks);
	} else if (has_unknown && absent.count == 0) {
		model->free_state = SHOWN_UNKNOWN;
		model->free = tr("Free desks cannot be shown right now");
	} else {
		model->free_state = absent.count > 0 ? SHOWN_ABSENT : SHOWN_TAKEN;
		model->free = tr("None free now");
	}
	if (absent.count > 0) {
		model->free = arena_print(maker->arena, "%s · %s", model->free, taken);
	}
}
