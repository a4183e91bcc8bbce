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

static const struct office_place *place_of(struct maker *maker, const struct office_booking *booking)
{
	return booking->place < 0 ? NULL : &maker->office->places[booking->place];
}

/* A room is what the booking is about: its title stands where a desk shows its own name. */
static bool is_in_room(const struct maker *maker, const struct office_booking *booking)
{
	return booking->place >= 0 && maker->config->places[booking->place].kind == PLACE_ROOM;
}

/* Adds the ways to check in, when check-in is open. */
static void offer_check_in(struct maker *maker, struct sheet_maker *sheet, const struct office_booking *booking)
{
	if (booking->own_place < 0) {
		sheet_paragraph(sheet, tr("The booking has no desk. Choose a free one when you check in."));
		sheet_button(sheet, move_button(maker, booking, tr("Check in"), BUTTON_PRIMARY));
	} else if (may_take_own_place(maker, booking)) {
		sheet_button(sheet, check_in_button(maker, booking, tr("Check in")));
		sheet_button(sheet, move_button(maker, booking, tr("Change desk"), BUTTON_SECONDARY));
	} else {
		sheet_paragraph(sheet, tr("Somebody else is sitting here now."));
		sheet_button(sheet, move_button(maker, booking, tr("Choose another desk"), BUTTON_PRIMARY));
	}
}

static void tell_waiting(struct maker *maker, struct sheet_maker *sheet, const struct office_booking *booking)
{
	if (booking->own_place >= 0) {
		sheet_paragraph(sheet, arena_print(maker->arena,
						   tr("After %s somebody else may take the desk if nobody has checked "
						      "in."),
						   moment(maker, booking->grace_utc)));
	}
	offer_check_in(maker, sheet, booking);
}

/* Opens the sheet of the place, where somebody without a booking takes it. */
static void offer_place(struct maker *maker, struct sheet_maker *sheet, const struct office_place *place)
{
	if (place && (place->may_be_taken || place->may_be_taken_anyway)) {
		const char *text = absent_at(maker, place)             ? tr("Take over the desk")
				   : place->config->kind == PLACE_ROOM ? tr("Use the room now")
								       : tr("Take this desk");
		sheet_button(sheet, button_make("take", text, BUTTON_SECONDARY,
						action_open(maker, VIEW_FREE, place->config->id)));
	}
}

static void tell_no_show(struct maker *maker, struct sheet_maker *sheet, const struct office_booking *booking)
{
	if (maker->time->now_utc >= booking->end_utc) {
		sheet_paragraph(sheet, tr("Nobody checked in."));
		offer_place(maker, sheet, place_of(maker, booking));
		return;
	}
	if (may_take_own_place(maker, booking)) {
		sheet_paragraph(sheet, tr("You can still check in as long as nobody else has taken the desk."));
	}
	offer_check_in(maker, sheet, booking);
	if (booking->own_place >= 0) {
		offer_place(maker, sheet, &maker->office->places[booking->own_place]);
	}
}

static const char *leave_words(const struct maker *maker, const struct office_booking *booking)
{
	return is_in_room(maker, booking) ? tr("End the meeting early") : tr("Check out");
}

static void tell_checked_in(struct maker *maker, struct sheet_maker *sheet, const struct office_booking *booking)
{
	const char *place = keep(maker, booking->entry->place);
	struct action leave = {.kind = ACTION_CHECK_OUT, .id = keep(maker, booking->id), .place = place};
	offer_longer(maker, sheet->sheet, booking);
	enum button_style style = sheet->sheet->longer_count > 0 ? BUTTON_SECONDARY : BUTTON_PRIMARY;
	if (booking->is_drop_in) {
		const char *format = is_in_room(maker, booking) ? tr_in("room", "Taken on the spot at %s.")
								: tr_in("desk", "Taken on the spot at %s.");
		sheet_paragraph(sheet, arena_print(maker->arena, format, moment(maker, booking->since_utc)));
	}
	sheet_button(sheet, button_make(arena_print(maker->arena, "checkout:%s", place), leave_words(maker, booking),
					style, leave));
	if (!booking->is_drop_in) {
		sheet_button(sheet, move_button(maker, booking, tr("Change desk"), BUTTON_SECONDARY));
	}
}

static void tell_checked_out(struct maker *maker, struct sheet_maker *sheet, const struct office_booking *booking)
{
	sheet_paragraph(sheet, is_in_room(maker, booking) ? arena_print(maker->arena, tr("The meeting ended at %s."),
									moment(maker, booking->until_utc))
							  : arena_print(maker->arena, tr("The desk was left at %s."),
									moment(maker, booking->until_utc)));
	if (may_take_own_place(maker, booking)) {
		sheet_button(sheet, check_in_button(maker, booking, tr("Check in again")));
	}
	offer_place(maker, sheet, place_of(maker, booking));
}

static void tell_ongoing(struct maker *maker, struct sheet_maker *sheet, const struct office_booking *booking)
{
	if (booking->place < 0 || maker->config->places[booking->place].checkin != CHECKIN_OPTIONAL) {
		return;
	}
	const char *place = maker->config->places[booking->place].id;
	struct action end = {.kind = ACTION_CHECK_OUT, .id = keep(maker, booking->id), .place = place};
	unsigned long undo_s = (unsigned long)maker->config->undo_s;
	sheet_paragraph(sheet,
			arena_print(maker->arena, tr("Is the meeting over? Then others can use the room until %s."),
				    moment(maker, office_extends_until(maker->office, booking))));
	sheet_button(sheet, button_make(arena_print(maker->arena, "checkout:%s", place), tr("End the meeting early"),
					BUTTON_PRIMARY, end));
	sheet->sheet->note = undo_s == 0 ? tr("The online booking does not change.")
					 : arena_print(maker->arena,
						       tr_n("You can undo for %lu second. The online booking does not "
							    "change.",
							    "You can undo for %lu seconds. The online booking does not "
							    "change.",
							    undo_s),
						       undo_s);
}

/* Until it begins, anybody may sit there. */
static void tell_ahead(struct maker *maker, struct sheet_maker *sheet, const struct office_booking *booking,
		       bool is_today)
{
	const struct office_place *place = place_of(maker, booking);
	if (booking->has_checkin) {
		sheet_paragraph(sheet, arena_print(maker->arena, tr("Check-in opens at %s"),
						   moment(maker, booking->opens_utc)));
	}
	if (place && is_today && (place->may_be_taken || place->may_be_taken_anyway)) {
		sheet_button(sheet, take_button(maker, place, place->free_until_utc));
	}
}

static void tell_state(struct maker *maker, struct sheet_maker *sheet, const struct looked_up *found)
{
	const struct office_booking *booking = found->booking;
	switch (booking->state) {
	case BOOKING_AHEAD:
		tell_ahead(maker, sheet, booking, !found->other_day);
		break;
	case BOOKING_WAITING:
		tell_waiting(maker, sheet, booking);
		break;
	case BOOKING_UNSURE:
		sheet_paragraph(sheet,
				tr("The bookings may be out of date, so this desk is not released to anyone else."));
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
		offer_place(maker, sheet, found->other_day ? NULL : place_of(maker, booking));
		break;
	}
}

/* "om 3 tim 18 min" */
static const char *in_time(struct maker *maker, int64_t utc)
{
	int64_t left_s = utc - (maker->time->now_utc - (maker->time->now_utc % 60 + 60) % 60);
	int minutes = (int)((left_s + 59) / 60);
	if (minutes < 60) {
		return arena_print(maker->arena, tr("in %d min"), minutes);
	}
	return minutes % 60 == 0 ? arena_print(maker->arena, tr("in %d h"), minutes / 60)
				 : arena_print(maker->arena, tr("in %d h %d min"), minutes / 60, minutes % 60);
}

static const char *sheet_when(struct maker *maker, const struct looked_up *found)
{
	const struct office_booking *booking = found->booking;
	const char *times = booking_times(maker, booking);
	if (found->other_day) {
		/* date, times */
		return arena_print(maker->arena, tr("%s %s"), words_date(maker->arena, found->other_day->day), times);
	}
	bool is_ahead = booking->state == BOOKING_AHEAD && booking->start_utc > maker->time->now_utc;
	return is_ahead ? arena_print(maker->arena, "%s · %s", times, in_time(maker, booking->start_utc)) : times;
}

static const char *status_of(struct maker *maker, const struct office_booking *booking, enum shown_state shown)
{
	bool is_room = is_in_room(maker, booking);
	if (booking->state == BOOKING_CHECKED_IN && booking->is_drop_in) {
		return taken_until(maker, booking);
	}
	if (booking->state == BOOKING_CHECKED_IN) {
		return arena_print(maker->arena, tr("Checked in since %s"), moment(maker, booking->since_utc));
	}
	if (booking->state == BOOKING_ONGOING) {
		return arena_print(maker->arena, tr("In progress until %s"), moment(maker, booking->until_utc));
	}
	if (is_room && shown == SHOWN_BOOKED) {
		return tr_in("room", "Booked");
	}
	return is_room && shown == SHOWN_ENDED ? tr_in("room", "Ended") : state_word(shown);
}

/* The heading is the person who sits there, the meeting in a room, or the desk with its booking on a card. */
static void make_heading(struct maker *maker, struct sheet_maker *sheet, const struct looked_up *found)
{
	const struct office_booking *booking = found->booking;
	struct model_sheet *out = sheet->sheet;
	bool is_stay = booking->state == BOOKING_CHECKED_IN && booking->place >= 0;
	if (is_stay && booking->is_drop_in) {
		out->title = place_title(maker, booking->place);
	} else if (is_stay) {
		const char *until = moment(maker, booking->until_utc);
		out->title = booking_name(maker, booking);
		out->subtitle = yours_until(maker, &maker->config->places[booking->place],
					    place_title(maker, booking->place), until);
	} else if (booking->place < 0 || is_in_room(maker, booking)) {
		out->title = booking_name(maker, booking);
		out->subtitle = arena_print(maker->arena, "%s · %s", place_title(maker, booking->place),
					    sheet_when(maker, found));
	} else {
		out->title = place_title(maker, booking->place);
		out->has_card = true;
		out->card_name = booking_name(maker, booking);
		out->card_times = sheet_when(maker, found);
	}
}

static void make_gone(struct maker *maker)
{
	struct sheet_maker sheet;
	sheet_begin(maker, &sheet, tr("The booking is not there any more"));
	sheet_paragraph(&sheet, tr("It may have been moved or cancelled."));
	sheet_end(&sheet);
}

static void make_sheet_of(struct maker *maker, const struct looked_up *found)
{
	const struct office_booking *booking = found->booking;
	struct sheet_maker sheet;
	if (!found->other_day && make_conflict_sheet(maker, booking)) {
		return;
	}
	enum shown_state shown = booking_is_absent(maker, booking) ? SHOWN_ABSENT : booking_shown(booking);
	sheet_begin(maker, &sheet, "");
	sheet_state(&sheet, shown, status_of(maker, booking, shown));
	make_heading(maker, &sheet, found);
	if (booking->row && booking->row->organizer[0]) {
		sheet_paragraph(&sheet, arena_print(maker->arena, tr("Booked by %s"), booking->row->organizer));
	}
	tell_state(maker, &sheet, found);
	if (booking->is_conflict && booking->state != BOOKING_CHECKED_IN) {
		sheet_paragraph(&sheet, tr("Somebody else has booked the same desk at the same time."));
	}
	if (booking->place >= 0 && !found->other_day) {
		make_place_part(maker, sheet.sheet, &maker->office->places[booking->place]);
	}
	sheet_end(&sheet);
}

void make_sheet_of_booking(struct maker *maker, const struct office_booking *booking)
{
	make_sheet_of(maker, &(struct looked_up){.booking = booking});
}

bool make_booking_sheet(struct maker *maker)
{
	struct looked_up found = look_up(maker);
	bool is_place = !found.booking && config_place_by_id(maker->config, maker->visit->id);
	if (found.booking) {
		make_sheet_of(maker, &found);
	} else if (!is_place) {
		make_gone(maker);
	}
	office_destroy(found.other_day);
	return !is_place;
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
	sheet_begin(maker, &sheet, tr("Choose a free desk"));
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
		sheet_paragraph(&sheet, tr("No desk is free right now."));
	}
	sheet_end(&sheet);
}
