/* The sheet of one booking, with its person, place and times and what may be done with it; and the sheet that asks
 * which free place to move to. */
#include <string.h>

#include "app/base/limits.h"
#include "private.h"

/* The booking on the sheet, with the office of its day. */
struct looked_up {
	const struct office_booking *booking;
	struct office *other_day; /* NULL when the booking is of today */
};

static const struct cache_row *next_row_at(const struct maker *maker, const char *place)
{
	const struct cache_row *best = NULL;
	for (size_t i = 0; i < maker->snapshot->rows.count; i++) {
		const struct cache_row *row = &maker->snapshot->rows.items[i];
		bool is_ahead = strcmp(row->place, place) == 0 && row->busy != OCCURRENCE_FREE &&
				office_row_day(&maker->input, row) > maker->today;
		if (is_ahead && (!best || office_row_day(&maker->input, row) < office_row_day(&maker->input, best))) {
			best = row;
		}
	}
	return best;
}

static struct looked_up look_up(struct maker *maker)
{
	const char *id = maker->visit->id;
	struct looked_up found = {.booking = office_find(maker->office, id)};
	const struct cache_row *row = NULL;
	if (!found.booking) {
		row = office_find_row(&maker->input, FEED_BOOKINGS, id);
		row = row || !id[0] ? row : next_row_at(maker, id);
	}
	if (row) {
		found.other_day = office_create_day(&maker->input, office_row_day(&maker->input, row));
	}
	if (found.other_day) {
		found.booking = office_find(found.other_day, office_row_id(maker->arena, row));
	}
	return found;
}

static const char *moment(struct maker *maker, int64_t utc)
{
	return words_moment(maker->arena, maker->config->zone, utc, maker->today);
}

static struct model_button check_in_button(struct maker *maker, const struct office_booking *booking, const char *text)
{
	struct action action = {.kind = ACTION_CHECK_IN, .id = keep(maker, booking->id), .place = ""};
	const char *place = booking->own_place < 0 ? action.id : maker->config->places[booking->own_place].id;
	return button_make(arena_print(maker->arena, "checkin:%s", place), text, BUTTON_PRIMARY, action);
}

static struct model_button move_button(struct maker *maker, const struct office_booking *booking, const char *text,
				       enum button_style style)
{
	return button_make("move", text, style, action_open(maker, VIEW_MOVE, booking->id));
}

static bool may_take_own_place(struct maker *maker, const struct office_booking *booking)
{
	return office_judge_booking(maker->office, &maker->input, booking, booking->own_place) == OFFICE_ALLOWED;
}

/* Adds the ways to check in, when check-in is open. */
static void offer_check_in(struct maker *maker, struct sheet_maker *sheet, const struct office_booking *booking)
{
	if (booking->own_place < 0) {
		sheet_paragraph(sheet, tr("The booking has no place. Choose a free one when you check in."));
		sheet_button(sheet, move_button(maker, booking, tr("Check in"), BUTTON_PRIMARY));
	} else if (may_take_own_place(maker, booking)) {
		sheet_button(sheet, check_in_button(maker, booking, tr("Check in")));
		sheet_button(sheet, move_button(maker, booking, tr("Change place"), BUTTON_SECONDARY));
	} else {
		sheet_paragraph(sheet, tr("Somebody else is sitting here now."));
		sheet_button(sheet, move_button(maker, booking, tr("Choose another place"), BUTTON_PRIMARY));
	}
}

static void tell_waiting(struct maker *maker, struct sheet_maker *sheet, const struct office_booking *booking)
{
	if (booking->own_place >= 0) {
		sheet_paragraph(sheet, arena_print(maker->arena,
						   tr("After %s somebody else may take the place if nobody has checked "
						      "in."),
						   moment(maker, booking->grace_utc)));
	}
	offer_check_in(maker, sheet, booking);
}

static void tell_no_show(struct maker *maker, struct sheet_maker *sheet, const struct office_booking *booking)
{
	if (maker->time->now_utc >= booking->end_utc) {
		sheet_paragraph(sheet, tr("Nobody checked in."));
		return;
	}
	if (may_take_own_place(maker, booking)) {
		sheet_paragraph(sheet, tr("You can still check in as long as nobody else has taken the place."));
	}
	offer_check_in(maker, sheet, booking);
	if (booking->own_place >= 0 && maker->office->places[booking->own_place].may_be_taken) {
		const char *place = maker->config->places[booking->own_place].id;
		sheet_button(sheet, button_make("take", tr("Take the place"), BUTTON_SECONDARY,
						action_open(maker, VIEW_FREE, place)));
	}
}

/* An hour more, or as long as nobody is next. */
static void offer_longer(struct maker *maker, struct sheet_maker *sheet, const struct office_booking *booking)
{
	int64_t limit_utc = office_extends_until(maker->office, booking);
	int64_t hour_utc = booking->until_utc + DROP_IN_LONG_S;
	struct action longer = {.kind = ACTION_EXTEND, .id = keep(maker, booking->id), .place = ""};
	longer.until_utc = hour_utc < limit_utc ? hour_utc : limit_utc;
	longer.is_anyway = booking->place >= 0 && maker->office->places[booking->place].doubt != DOUBT_NONE;
	if (limit_utc > booking->until_utc && longer.until_utc < maker->office->day_end_utc) {
		sheet_button(sheet, button_make("extend",
						arena_print(maker->arena, tr("Extend until %s"),
							    moment(maker, longer.until_utc)),
						BUTTON_SECONDARY, longer));
	}
}

static void tell_checked_in(struct maker *maker, struct sheet_maker *sheet, const struct office_booking *booking)
{
	const char *place = keep(maker, booking->entry->place);
	struct action leave = {.kind = ACTION_CHECK_OUT, .id = keep(maker, booking->id), .place = place};
	sheet_paragraph(sheet, arena_print(maker->arena, tr("Here since %s. The place is kept until %s."),
					   moment(maker, booking->since_utc), moment(maker, booking->until_utc)));
	sheet_button(sheet, button_make(arena_print(maker->arena, "checkout:%s", place), tr("Check out"),
					BUTTON_PRIMARY, leave));
	offer_longer(maker, sheet, booking);
	if (!booking->is_drop_in) {
		sheet_button(sheet, move_button(maker, booking, tr("Change place"), BUTTON_SECONDARY));
	}
}

static void tell_checked_out(struct maker *maker, struct sheet_maker *sheet, const struct office_booking *booking)
{
	sheet_paragraph(sheet,
			arena_print(maker->arena, tr("The place was left at %s."), moment(maker, booking->until_utc)));
	if (may_take_own_place(maker, booking)) {
		sheet_button(sheet, check_in_button(maker, booking, tr("Check in again")));
	}
}

static void tell_ongoing(struct maker *maker, struct sheet_maker *sheet, const struct office_booking *booking)
{
	if (booking->place >= 0 && maker->config->places[booking->place].checkin == CHECKIN_OPTIONAL) {
		const char *place = maker->config->places[booking->place].id;
		struct action end = {.kind = ACTION_CHECK_OUT, .id = keep(maker, booking->id), .place = place};
		sheet_paragraph(sheet, arena_print(maker->arena,
						   tr("Is the meeting over? Then others can use the room until %s."),
						   moment(maker, booking->until_utc)));
		sheet_button(sheet, button_make(arena_print(maker->arena, "checkout:%s", place),
						tr("End the meeting early"), BUTTON_SECONDARY, end));
	}
}

static void tell_state(struct maker *maker, struct sheet_maker *sheet, const struct office_booking *booking)
{
	switch (booking->state) {
	case BOOKING_AHEAD:
		if (booking->has_checkin) {
			sheet_paragraph(sheet, arena_print(maker->arena, tr("Check-in opens at %s"),
							   moment(maker, booking->opens_utc)));
		}
		break;
	case BOOKING_WAITING:
		tell_waiting(maker, sheet, booking);
		break;
	case BOOKING_UNSURE:
		sheet_paragraph(sheet, tr("The information is not fresh, so the place is not given to anybody else."));
		offer_check_in(maker, sheet, booking);
		break;
	case BOOKING_NO_SHOW:
		tell_no_show(maker, sheet, booking);
		break;
	case BOOKING_CHECKED_IN:
		tell_checked_in(maker, sheet, booking);
		break;
	case BOOKING_CHECKED_OUT:
		tell_checked_out(maker, sheet, booking);
		break;
	case BOOKING_ONGOING:
		tell_ongoing(maker, sheet, booking);
		break;
	case BOOKING_ENDED:
		break;
	}
}

static const char *sheet_when(struct maker *maker, const struct looked_up *found)
{
	const char *times = booking_times(maker, found->booking);
	/* date, times */
	return found->other_day
		       ? arena_print(maker->arena, tr("%s %s"), words_date(maker->arena, found->other_day->day), times)
		       : times;
}

static void make_gone(struct maker *maker)
{
	struct sheet_maker sheet;
	sheet_begin(maker, &sheet, tr("The booking is not there any more"));
	sheet_paragraph(&sheet, tr("It may have been moved or cancelled."));
	sheet_end(&sheet);
}

void make_booking_sheet(struct maker *maker)
{
	struct looked_up found = look_up(maker);
	const struct office_booking *booking = found.booking;
	if (!booking) {
		office_destroy(found.other_day);
		if (config_place_by_id(maker->config, maker->visit->id)) {
			make_free_sheet(maker);
		} else {
			make_gone(maker);
		}
		return;
	}
	struct sheet_maker sheet;
	sheet_begin(maker, &sheet, booking_name(maker, booking));
	enum shown_state shown = booking_shown(booking);
	sheet_state(&sheet, shown, state_word(shown));
	sheet.sheet->subtitle =
		arena_print(maker->arena, "%s · %s", place_title(maker, booking->place), sheet_when(maker, &found));
	tell_state(maker, &sheet, booking);
	if (booking->is_conflict) {
		sheet_paragraph(&sheet, tr("Somebody else has booked the same place at the same time."));
	}
	if (booking->row && booking->row->organizer[0]) {
		sheet_paragraph(&sheet, arena_print(maker->arena, tr("Booked by %s"), booking->row->organizer));
	}
	const struct config_place *place = booking->place < 0 ? NULL : &maker->config->places[booking->place];
	if (place && place->equipment && booking->until_utc > maker->time->now_utc) {
		sheet_paragraph(&sheet, words_sentence(maker->arena, place->equipment));
	}
	sheet_end(&sheet);
	office_destroy(found.other_day);
}

static struct model_button place_button(struct maker *maker, const struct office_booking *booking, int place)
{
	const struct office_place *free_place = &maker->office->places[place];
	const struct config_place *config = free_place->config;
	const char *until = words_clock(maker->arena, maker->config->zone, free_place->free_until_utc);
	bool is_shorter = free_place->next >= 0 && free_place->free_until_utc < booking->end_utc;
	bool is_unknown = free_place->state == PLACE_UNKNOWN;
	struct action action = {
		.kind = ACTION_CHECK_IN, .id = keep(maker, booking->id), .place = config->id, .is_anyway = is_unknown};
	/* place, time */
	const char *text = is_unknown   ? arena_print(maker->arena, "%s · %s", config->name, state_word(SHOWN_UNKNOWN))
			   : is_shorter ? arena_print(maker->arena, tr("%s · until %s"), config->name, until)
					: config->name;
	return button_make(arena_print(maker->arena, "move:%s", config->id), text, BUTTON_SECONDARY, action);
}

void make_move_sheet(struct maker *maker)
{
	struct sheet_maker sheet;
	const struct office *office = maker->office;
	const struct office_booking *booking = office_find(office, maker->visit->id);
	if (!booking) {
		make_gone(maker);
		return;
	}
	sheet_begin(maker, &sheet, tr("Choose a free place"));
	sheet.sheet->subtitle =
		arena_print(maker->arena, "%s · %s", booking_name(maker, booking), booking_times(maker, booking));
	sheet.sheet->choices = arena_alloc(maker->arena, MOVE_CHOICES_MAX * sizeof(*sheet.sheet->choices));
	for (size_t i = 0; sheet.sheet->choices && i < office->place_count; i++) {
		bool is_another = (int)i != booking->place;
		enum office_verdict verdict = office_judge_booking(office, &maker->input, booking, (int)i);
		/* The button says that it is not known whether the place is booked. */
		bool may_be_free = verdict == OFFICE_UNSURE && office->places[i].current < 0;
		bool is_offered = is_another && (verdict == OFFICE_ALLOWED || may_be_free);
		if (is_offered && sheet.sheet->choice_count < MOVE_CHOICES_MAX) {
			sheet.sheet->choices[sheet.sheet->choice_count++] = place_button(maker, booking, (int)i);
		}
	}
	if (sheet.sheet->choice_count == 0) {
		sheet_paragraph(&sheet, tr("No place is free right now."));
	}
	sheet_end(&sheet);
}
