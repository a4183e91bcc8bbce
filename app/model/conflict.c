/* The sheet of a place on which two people sit, because two machines that were cut off from each other gave it away.
 * Whoever came first keeps it; the other one is offered the place that is free the longest, in one tap. Where somebody
 * who is late may still come is offered only when no place is free. */
#include "private.h"

static const char *when(struct maker *maker, const struct office_booking *booking)
{
	return words_moment(maker->arena, maker->config->zone, booking->seated_utc, maker->today);
}

static bool has_name(const struct office_booking *booking)
{
	return !booking->is_drop_in && booking->label[0];
}

static const char *who_words(struct maker *maker, const struct office_booking *booking)
{
	return has_name(booking) ? booking_name(maker, booking) : tr("Somebody without a booking");
}

/* "Checkade in 08:58" */
static const char *came_words(struct maker *maker, const struct office_booking *booking)
{
	const char *format = booking->is_drop_in ? tr("Took the desk at %s") : tr("Checked in at %s");
	return arena_print(maker->arena, format, when(maker, booking));
}

static const char *first_words(struct maker *maker, const struct office_booking *booking)
{
	return has_name(booking)
		       ? arena_print(maker->arena, tr("%s was first and keeps the desk."), booking_name(maker, booking))
		       : tr("Whoever came first keeps the desk.");
}

static int distance(int a, int b)
{
	return a < b ? b - a : a - b;
}

/* Returns whether to offer the place at `index` rather than that at `best`: a free one, the one that is free longer,
 * the nearer one in the office's order. */
static bool is_better(const struct maker *maker, const struct office_booking *booking, int index, int best)
{
	const struct office_place *place = &maker->office->places[index], *other = &maker->office->places[best];
	bool is_free = place_now(maker, place) == SHOWN_FREE, is_other_free = place_now(maker, other) == SHOWN_FREE;
	if (is_free != is_other_free) {
		return is_free;
	}
	if (place->free_until_utc != other->free_until_utc) {
		return place->free_until_utc > other->free_until_utc;
	}
	return distance(index, booking->place) < distance(best, booking->place);
}

/* Returns -1 when there is none. */
static int best_place(struct maker *maker, const struct office_booking *booking)
{
	const struct office *office = maker->office;
	int best = -1;
	for (int i = 0; i < (int)office->place_count; i++) {
		bool is_allowed = i != booking->place &&
				  office_judge_booking(office, &maker->input, booking, i) == OFFICE_ALLOWED;
		if (is_allowed && (best < 0 || is_better(maker, booking, i, best))) {
			best = i;
		}
	}
	return best;
}

static void offer_move(struct maker *maker, struct sheet_maker *sheet, const struct office_booking *booking)
{
	int best = best_place(maker, booking);
	struct action choose = action_open(maker, VIEW_MOVE, booking->id);
	if (best < 0) {
		sheet_paragraph(sheet, tr("No desk is free right now."));
		return;
	}
	const struct office_place *place = &maker->office->places[best];
	make_place_part(maker, sheet->sheet, place);
	struct action action = {.kind = ACTION_CHECK_IN, .id = keep(maker, booking->id), .place = place->config->id};
	/* person, place */
	const char *text = has_name(booking)
				   ? arena_print(maker->arena, tr("Move %s to %s"), booking_name(maker, booking),
						 place->config->name)
				   : arena_print(maker->arena, tr("Move the latter to %s"), place->config->name);
	enum shown_state shown = place_now(maker, place);
	const char *until = shown == SHOWN_FREE ? free_until(maker, place) : state_word(shown);
	struct model_button button =
		button_make(arena_print(maker->arena, "move:%s", place->config->id),
			    arena_print(maker->arena, "%s\n%s", text, until), BUTTON_SUCCESS, action);
	/* what, until when the new place is free, or that somebody is not there */
	button.spoken = arena_print(maker->arena, tr("%s: %s"), text, until);
	sheet_button(sheet, button);
	sheet_button(sheet, button_make("move", tr("Choose another desk"), BUTTON_SECONDARY, choose));
}

const char *conflict_title(struct maker *maker, const struct office_place *place)
{
	return arena_print(maker->arena, tr("Two people at %s"), place->config->name);
}

bool make_conflict_sheet(struct maker *maker, const struct office_booking *booking)
{
	const struct office *office = maker->office;
	const struct office_place *place = booking->place < 0 ? NULL : &office->places[booking->place];
	if (!place || place->rival < 0 ||
	    (booking != &office->bookings[place->current] && booking != &office->bookings[place->rival])) {
		return false;
	}
	const struct office_booking *first = &office->bookings[place->current],
				    *second = &office->bookings[place->rival];
	struct sheet_maker sheet;
	sheet_begin(maker, &sheet, conflict_title(maker, place));
	sheet_state(&sheet, SHOWN_CONFLICT, tr("Double check-in"));
	sheet.sheet->subtitle =
		tr("The screens had lost contact, so both of you got the desk. Nobody did anything wrong.");
	sheet.sheet->has_card = true;
	sheet.sheet->card_name = who_words(maker, first);
	sheet.sheet->card_times = came_words(maker, first);
	sheet.sheet->second_name = who_words(maker, second);
	sheet.sheet->second_times = came_words(maker, second);
	sheet_paragraph(&sheet, first_words(maker, first));
	offer_move(maker, &sheet, second);
	sheet_end(&sheet);
	return true;
}
