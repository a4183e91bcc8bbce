/* The block of one booking in the day at the office. */
#include "private.h"

static bool has_left_before_start(const struct office_booking *booking)
{
	return booking->entry && booking->until_utc <= booking->start_utc;
}

bool is_of_today(const struct maker *maker, const struct office_booking *booking)
{
	return booking->start_utc < maker->office->day_end_utc && !has_left_before_start(booking);
}

struct model_block make_block(struct maker *maker, const struct office_booking *booking)
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
	if (booking_is_absent(maker, booking) && model->now_min >= 0) {
		block.end_min = model->now_min; /* the rest is shown as time that can be taken */
	}
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
