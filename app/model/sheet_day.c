/* The day of one place, in lines: its bookings and the time between them. Free time is only claimed from now on, and
 * only where a missing booking means that there is none. */
#include "app/base/limits.h"
#include "private.h"

struct day_maker {
	struct maker *maker;
	const struct office_place *place;
	struct model_place *out;
	int64_t covered_utc; /* the bookings so far reach to here */
};

/* A stay that was ended early or extended is shown as it was. */
static int64_t end_of(const struct office_booking *booking)
{
	bool is_stay = booking->state == BOOKING_CHECKED_IN || booking->state == BOOKING_CHECKED_OUT;
	return is_stay ? booking->until_utc : booking->end_utc;
}

static void add_line(struct day_maker *day, struct model_day_line line)
{
	day->out->day[day->out->day_count++] = line;
}

static void add_free(struct day_maker *day, int64_t until_utc)
{
	struct maker *maker = day->maker;
	const struct office *office = maker->office;
	int64_t from_utc = day->covered_utc;
	until_utc = until_utc < office->closes_utc ? until_utc : office->closes_utc;
	bool is_open = !office->is_closed && office->closed_from_utc >= until_utc;
	if (day->place->doubt != DOUBT_NONE || !is_open || until_utc <= maker->time->now_utc ||
	    until_utc - from_utc < DAY_GAP_MIN_S) {
		return;
	}
	add_line(day,
		 (struct model_day_line){.state = SHOWN_FREE,
					 .times = words_span(maker->arena, maker->config->zone, from_utc, until_utc),
					 .text = free_word(day->place->config)});
}

static void add_booking(struct day_maker *day, const struct office_booking *booking)
{
	struct maker *maker = day->maker;
	int64_t end_utc = end_of(booking);
	bool is_short = booking->is_all_day && end_utc == booking->end_utc;
	const char *times =
		is_short ? tr("All day") : words_span(maker->arena, maker->config->zone, booking->start_utc, end_utc);
	add_free(day, booking->start_utc);
	add_line(day, (struct model_day_line){.state = booking_is_absent(maker, booking) ? SHOWN_ABSENT
											 : booking_shown(booking),
					      .times = times,
					      .text = booking_name(maker, booking),
					      .is_over = end_utc <= maker->time->now_utc});
	day->covered_utc = end_utc > day->covered_utc ? end_utc : day->covered_utc;
}

/* Of a day with very many bookings only those that are not over are listed, as far as a sheet may show them; the others
 * are counted. */
static void add_day(struct day_maker *day)
{
	enum { LINES_EACH = 2 }; /* a booking, and the free time before it */
	const struct office_place *place = day->place;
	struct maker *maker = day->maker;
	bool is_long = place->count > SHEET_DAY_MAX;
	day->out->day = arena_alloc(maker->arena, (size_t)(LINES_EACH * SHEET_DAY_MAX + 1) * sizeof(*day->out->day));
	size_t added = 0;
	for (size_t i = 0; day->out->day && i < place->count; i++) {
		const struct office_booking *booking = &maker->office->bookings[place->first + i];
		if (is_long && end_of(booking) <= maker->time->now_utc) {
			continue;
		}
		if (added++ < SHEET_DAY_MAX) {
			add_booking(day, booking);
		} else {
			day->out->day_more++;
		}
	}
	if (day->out->day && day->out->day_more == 0) {
		add_free(day, maker->office->closes_utc);
	}
}

void make_place_part(struct maker *maker, struct model_sheet *sheet, const struct office_place *place)
{
	const struct config_place *config = place->config;
	struct model_place *out = &sheet->place;
	struct day_maker day = {maker, place, out, maker->office->opens_utc};
	bool is_room = config->kind == PLACE_ROOM;
	out->is_shown = true;
	out->id = config->id;
	out->where = config->where ? words_capital(maker->arena, config->where) : "";
	/* A room has it under its title. */
	out->equipment = config->equipment && !is_room ? words_sentence(maker->arena, config->equipment) : "";
	out->day_title = arena_print(maker->arena, tr("%s today"), is_room ? config->title : config->name);
	add_day(&day);
	if (config->booking_page && is_room) {
		sheet->code = config->booking_page;
		sheet->code_title = tr("Book the room");
	} else if (config->booking_page && sheet->choice_count > 0) {
		sheet->code = config->booking_page;
		sheet->code_title = tr("Book online");
	}
	if (sheet->code[0]) {
		sheet->code_text = tr("For today or another day. Scan the code with your phone.");
	}
}
