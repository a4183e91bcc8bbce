/* A closed day: why the office is closed, when it opens again, and where to book another day. Whoever has booked may
 * still come, so the places where somebody sits or is awaited stay. */
#include "private.h"

#include "ical/civil.h"

/* "måndag 28 december 07:00"; after more than half a year with its year. */
static const char *opening_words(struct maker *maker)
{
	int64_t utc = maker->office->reopens_utc;
	int32_t day = zone_day(maker->config->zone, utc);
	/* date, time */
	return arena_print(maker->arena, tr("%s %s"), words_date(maker->arena, day),
			   words_clock(maker->arena, maker->config->zone, utc));
}

static void keep_rows_in_use(struct maker *maker)
{
	struct model *model = maker->model;
	size_t kept = 0;
	for (size_t i = 0; i < model->row_count; i++) {
		const struct office_place *place = &maker->office->places[i];
		if (place->current >= 0 || absent_at(maker, place)) {
			model->rows[kept++] = model->rows[i];
		}
	}
	model->row_count = kept;
}

void make_closed(struct maker *maker)
{
	struct model_closed *closed = &maker->model->closed;
	if (!maker->office->is_closed || !maker->office->is_closed_now || maker->config->mode == MODE_WALL) {
		return;
	}
	closed->is_shown = true;
	closed->title = closed_words(maker);
	if (maker->office->reopens_utc > 0) {
		closed->text = arena_print(maker->arena, tr("We reopen %s."), opening_words(maker));
	}
	for (size_t i = 0; i < maker->config->place_count && !closed->code[0]; i++) {
		const struct config_place *place = &maker->config->places[i];
		if (place->kind == PLACE_DESK && place->booking_page) {
			closed->code = place->booking_page;
			closed->code_title = tr("Book another day");
		}
	}
	keep_rows_in_use(maker);
}
