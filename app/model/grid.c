/* The day at the office: a row for each place, a block for each booking. */
#include <string.h>

#include "private.h"

static void make_axis(struct maker *maker)
{
	struct model *model = maker->model;
	int from = maker->config->opens_min, to = maker->config->closes_min;
	for (size_t i = 0; i < maker->office->booking_count; i++) {
		const struct office_booking *booking = &maker->office->bookings[i];
		if (booking->is_all_day || !is_of_today(maker, booking)) {
			continue;
		}
		int start = minute_of(maker, booking->start_utc), end = minute_of(maker, booking->until_utc);
		from = start < from ? start : from;
		to = end > to ? end : to;
	}
	model->axis_start_min = from / 60 * 60;
	model->axis_end_min = (to + 59) / 60 * 60;
	bool is_on_axis = model->minute_of_day >= model->axis_start_min && model->minute_of_day < model->axis_end_min;
	model->now_min = is_on_axis ? model->minute_of_day : -1;
}

/* Returns what fits on a tile: the figures of the id or of the name, else the id. */
static const char *place_number(struct maker *maker, const struct config_place *place)
{
	size_t length = strlen(place->id);
	if (length > 3) {
		const char *digits = strpbrk(place->name, "0123456789");
		length = digits ? strspn(digits, "0123456789") : 0;
		if (length > 0 && length <= 3) {
			return arena_copy(maker->arena, digits, length);
		}
	}
	return place->id;
}

/* A letter means a room to those who know the office, and a word to everybody. */
static const char *tile_name(struct maker *maker, const struct config_place *place)
{
	size_t rooms = 0;
	for (size_t i = 0; i < maker->config->place_count; i++) {
		rooms += maker->config->places[i].kind == PLACE_ROOM;
	}
	return place->kind == PLACE_ROOM && rooms == 1 ? tr("Room") : place_number(maker, place);
}

static const char *row_spoken(struct maker *maker, const struct office_place *place, enum shown_state state)
{
	bool is_closed = place->state == PLACE_FREE && maker->office->is_closed_now;
	const char *word = is_closed             ? closed_words(maker)
			   : state == SHOWN_FREE ? free_until(maker, place)
						 : maker->state_words[state];
	return arena_print(maker->arena, "%s, %s", place->config->name, word);
}

/* From now on until the next known booking nothing is known; of a calendar that was never read, all day. */
static void add_unknown(struct maker *maker, struct model_row *row, const struct office_place *place)
{
	const struct model *model = maker->model;
	int from = place->doubt == DOUBT_NEVER_READ ? 0 : minute_of(maker, maker->time->now_utc);
	int to = minute_of(maker, place->free_until_utc);
	from = from > model->axis_start_min ? from : model->axis_start_min;
	to = to < model->axis_end_min ? to : model->axis_end_min;
	if (!row->blocks || place->state != PLACE_UNKNOWN || place->current >= 0 || from >= to) {
		return;
	}
	const char *word = maker->state_words[SHOWN_UNKNOWN];
	row->blocks[row->block_count++] =
		(struct model_block){.id = arena_print(maker->arena, "unknown:%s", place->config->id),
				     .state = SHOWN_UNKNOWN,
				     .text = word,
				     .shorter = tr_in("short", "Unknown"),
				     .is_state_word = true,
				     .spoken = arena_print(maker->arena, "%s, %s", place->config->name, word),
				     .start_min = from,
				     .end_min = to,
				     .lanes = 1,
				     .action = action_open(maker, VIEW_FREE, place->config->id)};
}

/* A tap on the row opens what can be done there now: the sheet of whoever sits there, is awaited or is late, else that
 * of the place. */
static struct action row_action(struct maker *maker, const struct office_place *place)
{
	const struct office_booking *absent = absent_at(maker, place);
	if (place->current >= 0) {
		return action_open(maker, VIEW_SHEET, maker->office->bookings[place->current].id);
	}
	return absent ? action_open(maker, VIEW_SHEET, absent->id) : action_open(maker, VIEW_FREE, place->config->id);
}

static struct model_row make_row(struct maker *maker, const struct office_place *place)
{
	const struct config_place *config = place->config;
	enum shown_state state = place_now(maker, place);
	struct model_row row = {.id = arena_print(maker->arena, "place:%s", config->id),
				.name = config->name,
				.number = place_number(maker, config),
				.tile = tile_name(maker, config),
				.spoken = row_spoken(maker, place, state),
				.kind = config->kind,
				.state = state,
				.action = row_action(maker, place),
				.line = map_line(maker, place, state),
				.line_short = map_line_short(maker, place, state),
				.where = config->where ? words_capital(maker->arena, config->where) : "",
				.spot = &config->spot};
	make_now_words(maker, &row, place);
	make_blocks(maker, &row, place->first, place->count, place->may_be_taken);
	add_unknown(maker, &row, place);
	add_open_block(maker, &row, place);
	return row;
}

static void make_unplaced(struct maker *maker)
{
	const struct office *office = maker->office;
	struct model_row *row = &maker->model->unplaced;
	*row = (struct model_row){.id = "place:",
				  .name = tr("No desk"),
				  .number = "",
				  .tile = "",
				  .spoken = tr("Bookings without a desk"),
				  .now = "",
				  .now_short = "",
				  .kind = PLACE_DESK,
				  .state = SHOWN_UNKNOWN,
				  .action = action_open(maker, VIEW_ALL, ""), /* of the block that stands for many */
				  .line = "",
				  .line_short = "",
				  .where = ""};
	make_blocks(maker, row, office->unplaced_first, office->booking_count - office->unplaced_first, false);
	row->action = no_action;
}

/* "Nothing today" can only be said of calendars that would know. */
static bool is_any_in_doubt(const struct maker *maker)
{
	for (size_t i = 0; i < maker->office->place_count; i++) {
		if (maker->office->places[i].doubt != DOUBT_NONE) {
			return true;
		}
	}
	return false;
}

void make_rows(struct maker *maker)
{
	struct model *model = maker->model;
	const struct office *office = maker->office;
	make_axis(maker);
	/* state, who, when */
	maker->block_format = tr("%s: %s, %s");
	for (int state = SHOWN_FREE; state <= SHOWN_UNKNOWN; state++) {
		maker->state_words[state] = state_word((enum shown_state)state);
	}
	model->rows = arena_alloc(maker->arena, (office->place_count + 1) * sizeof(*model->rows));
	for (size_t i = 0; model->rows && i < office->place_count; i++) {
		model->rows[model->row_count++] = make_row(maker, &office->places[i]);
	}
	make_unplaced(maker);
	size_t blocks = 0;
	for (size_t i = 0; i < office->booking_count; i++) {
		blocks += is_of_today(maker, &office->bookings[i]);
	}
	model->heading = tr("Today at the office");
	model->places_heading = tr("Desks and rooms");
	model->places_hint = tr("– tap to take, extend or change");
	bool is_known = !is_any_in_doubt(maker) && office->place_count > 0;
	model->empty = blocks == 0 && is_known ? tr("No bookings today") : "";
	make_free_line(maker);
}
