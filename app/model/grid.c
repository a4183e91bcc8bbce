/* The day at the office: a row for each place, a block for each booking, and who may check in now. */
#include <stdlib.h>
#include <string.h>

#include "ical/civil.h"
#include "private.h"

enum { DAY_MIN = 24 * 60 };

/* Returns the minute of the civil day that a clock on the wall shows, also on the days on which clocks change. */
static int minute_of(const struct maker *maker, int64_t utc)
{
	int64_t minute = (zone_local(maker->config->zone, utc) - (int64_t)maker->today * DAY_S) / 60;
	return minute < 0 ? 0 : minute > DAY_MIN ? DAY_MIN : (int)minute;
}

static bool has_left_before_start(const struct office_booking *booking)
{
	return booking->entry && booking->until_utc <= booking->start_utc;
}

static bool is_of_today(const struct maker *maker, const struct office_booking *booking)
{
	return booking->start_utc < maker->office->day_end_utc && !has_left_before_start(booking);
}

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

static struct model_block make_block(struct maker *maker, const struct office_booking *booking)
{
	const struct model *model = maker->model;
	const char *name = booking_name(maker, booking);
	/* While the booking lasts, a late owner must find the name. Afterwards the block only shows that nobody came.
	 */
	bool is_over = booking->state == BOOKING_NO_SHOW && booking->end_utc <= maker->time->now_utc;
	struct model_block block = {.state = booking_shown(booking),
				    .text = is_over ? maker->state_words[SHOWN_NO_SHOW] : name,
				    .is_state_word = is_over,
				    .lane = booking->lane,
				    .lanes = booking->lanes,
				    .is_conflict = booking->is_conflict};
	bool is_shortened = booking->is_person && booking->label[0] && !is_over;
	block.shorter = is_shortened ? words_initials(maker->arena, booking->label) : "";
	block.start_min = booking->is_all_day ? model->axis_start_min : minute_of(maker, booking->start_utc);
	block.end_min = booking->is_all_day && booking->until_utc == booking->end_utc
				? model->axis_end_min
				: minute_of(maker, booking->until_utc);
	block.end_min = block.end_min > block.start_min ? block.end_min : block.start_min + 1;
	block.id =
		booking->is_drop_in ? keep(maker, booking->id) : arena_print(maker->arena, "booking:%s", booking->id);
	block.spoken = arena_print(maker->arena, maker->block_format, maker->state_words[block.state], name,
				   booking_times(maker, booking));
	if (booking->is_conflict) {
		block.spoken = arena_print(maker->arena, tr("%s. Double booking."), block.spoken);
	}
	block.action = action_open(maker, VIEW_SHEET, booking->id);
	return block;
}

static void make_blocks(struct maker *maker, struct model_row *row, size_t first, size_t count)
{
	row->blocks = arena_alloc(maker->arena, (count + 2) * sizeof(*row->blocks)); /* and one for what is unknown */
	for (size_t i = first; row->blocks && i < first + count; i++) {
		if (is_of_today(maker, &maker->office->bookings[i])) {
			row->blocks[row->block_count++] = make_block(maker, &maker->office->bookings[i]);
		}
	}
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

static const char *row_spoken(struct maker *maker, const struct office_place *place)
{
	const char *word = state_word(place_shown(place));
	if (place->state == PLACE_FREE && maker->office->is_closed_now) {
		word = closed_words(maker);
	} else if (place->state == PLACE_FREE && place->free_until_utc < maker->office->day_end_utc) {
		word = arena_print(maker->arena, tr("Free until %s"),
				   words_clock(maker->arena, maker->config->zone, place->free_until_utc));
	}
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
				     .shorter = "",
				     .is_state_word = true,
				     .spoken = arena_print(maker->arena, "%s, %s", place->config->name, word),
				     .start_min = from,
				     .end_min = to,
				     .lanes = 1,
				     .action = action_open(maker, VIEW_FREE, place->config->id)};
}

static struct model_row make_row(struct maker *maker, const struct office_place *place)
{
	const struct config_place *config = place->config;
	struct model_row row = {.id = arena_print(maker->arena, "place:%s", config->id),
				.name = config->name,
				.number = place_number(maker, config),
				.spoken = row_spoken(maker, place),
				.kind = config->kind,
				.state = place_shown(place),
				.action = action_open(maker, VIEW_FREE, config->id)};
	make_blocks(maker, &row, place->first, place->count);
	add_unknown(maker, &row, place);
	return row;
}

static void make_unplaced(struct maker *maker)
{
	const struct office *office = maker->office;
	struct model_row *row = &maker->model->unplaced;
	*row = (struct model_row){.id = "place:",
				  .name = tr("No place"),
				  .number = "",
				  .spoken = tr("Bookings without a place"),
				  .kind = PLACE_DESK,
				  .state = SHOWN_UNKNOWN,
				  .action = no_action};
	make_blocks(maker, row, office->unplaced_first, office->booking_count - office->unplaced_first);
}

static bool is_any_known(const struct office *office, enum place_kind kind)
{
	for (size_t i = 0; i < office->place_count; i++) {
		if (office->places[i].config->kind == kind && office->places[i].state != PLACE_UNKNOWN) {
			return true;
		}
	}
	return false;
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

/* When nothing is known about any desk, "none is free" would be a false claim. */
static void make_counts(struct maker *maker)
{
	struct model *model = maker->model;
	unsigned long desks = (unsigned long)maker->office->desk_count;
	unsigned long free_desks = (unsigned long)maker->office->free_desks;
	/* free places, all places */
	const char *places = tr_n("%lu of %lu places free", "%lu of %lu places free", free_desks);
	/* Of several calendars one may be known and another not: then no number of free ones is right. */
	bool is_known = is_any_known(maker->office, PLACE_DESK) && maker->office->unknown_desks == 0 &&
			!maker->office->is_closed_now;
	model->free = is_known ? arena_print(maker->arena, places, free_desks, desks) : "";
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
	size_t blocks = model->unplaced.block_count;
	for (size_t i = 0; i < model->row_count; i++) {
		blocks += model->rows[i].block_count;
	}
	model->heading = tr("Today at the office");
	bool is_known = !is_any_in_doubt(maker) && office->place_count > 0;
	model->empty = blocks == 0 && is_known ? tr("No bookings today") : "";
	make_counts(maker);
}

/* A tap on the button checks in at once; when that is impossible, it asks for another place. */
static struct action check_in_action(struct maker *maker, const struct office_booking *booking)
{
	if (office_judge_booking(maker->office, &maker->input, booking, booking->own_place) != OFFICE_ALLOWED) {
		return action_open(maker, VIEW_MOVE, booking->id);
	}
	return (struct action){.kind = ACTION_CHECK_IN, .id = keep(maker, booking->id), .place = ""};
}

/* Returns the first name and the initials of the others. */
static const char *short_name(struct maker *maker, const struct office_booking *booking)
{
	const char *first = booking->is_person ? words_first_name(maker->arena, booking->label) : "";
	size_t length = strlen(first);
	if (length == 0 || strncmp(booking->label, first, length) != 0 || !booking->label[length]) {
		return "";
	}
	const char *rest = words_initials(maker->arena, booking->label + length + 1);
	return rest[0] ? arena_print(maker->arena, "%s %s", first, rest) : "";
}

static struct model_waiting make_waiting_line(struct maker *maker, const struct office_booking *booking,
					      bool is_first_of_place)
{
	const char *place = place_name(maker, booking->place);
	const char *name = booking_name(maker, booking);
	struct model_waiting line = {.name = name, .shorter = short_name(maker, booking), .button = tr("Check in")};
	line.id = arena_print(maker->arena, "checkin:%s",
			      is_first_of_place ? maker->config->places[booking->place].id : booking->id);
	const char *times = booking_times(maker, booking);
	/* place, times */
	const char *format = booking->state == BOOKING_NO_SHOW ? tr("Late · %s · %s") : "%s · %s";
	line.where = arena_print(maker->arena, format, place, times);
	line.spoken = arena_print(maker->arena, "%s: %s, %s", line.button, name, line.where);
	line.open = action_open(maker, VIEW_SHEET, booking->id);
	line.action = check_in_action(maker, booking);
	return line;
}

static int compare_waiting(const void *a, const void *b)
{
	const struct office_booking *left = *(const struct office_booking *const *)a;
	const struct office_booking *right = *(const struct office_booking *const *)b;
	bool left_late = left->state == BOOKING_NO_SHOW, right_late = right->state == BOOKING_NO_SHOW;
	if (left_late != right_late) {
		return left_late - right_late;
	}
	if (left->start_utc != right->start_utc) {
		return left->start_utc > right->start_utc ? 1 : -1;
	}
	return (left > right) - (left < right);
}

/* Nothing on the rows shows that they can be tapped, so this line says it. */
static const char *nobody_waits(struct maker *maker)
{
	const struct model *model = maker->model;
	if (maker->office->is_closed_now) {
		return closed_words(maker);
	}
	for (size_t i = 0; i < model->row_count; i++) {
		const struct model_row *row = &model->rows[i];
		if (row->kind == PLACE_DESK && row->state == SHOWN_FREE && row->action.kind != ACTION_NONE &&
		    maker->office->places[i].may_be_taken) {
			return tr("No check-in right now.\nTap a free place to sit there.");
		}
	}
	return tr("No check-in right now");
}

void make_waiting(struct maker *maker)
{
	struct model *model = maker->model;
	const struct office *office = maker->office;
	const struct office_booking **waiting =
		arena_alloc(maker->arena, (office->booking_count + 1) * sizeof(*waiting));
	bool *is_named = arena_alloc(maker->arena, (office->place_count + 1) * sizeof(*is_named));
	size_t count = 0;
	for (size_t i = 0; waiting && i < office->booking_count; i++) {
		if (office_is_awaited(office, &maker->input, &office->bookings[i])) {
			waiting[count++] = &office->bookings[i];
		}
	}
	model->waiting_heading = tr("Check in");
	model->waiting_empty = nobody_waits(maker);
	model->waiting = arena_alloc(maker->arena, (count + 1) * sizeof(*model->waiting));
	if (!waiting || !is_named || !model->waiting) {
		return;
	}
	qsort(waiting, count, sizeof(*waiting), compare_waiting);
	for (size_t i = 0; i < count; i++) {
		int place = waiting[i]->place;
		bool is_first = place >= 0 && !is_named[place];
		model->waiting[model->waiting_count++] = make_waiting_line(maker, waiting[i], is_first);
		if (is_first) {
			is_named[place] = true;
		}
	}
}
