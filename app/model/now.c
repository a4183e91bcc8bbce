/* What a place is now, in words: for the list of places, which stands where the schedule has no room. */
#include "private.h"

struct now {
	const char *text;    /* "Åsa L. till 12:00" */
	const char *shorter; /* "Åsa L." */
};

/* Who sits there or is awaited. A booking without a name shows its state. */
static struct now now_of_booking(struct maker *maker, const struct office_booking *booking, enum shown_state state)
{
	const char *end = words_clock(maker->arena, maker->config->zone, booking->until_utc);
	const char *name = booking_name(maker, booking), *word = maker->state_words[state];
	if (state == SHOWN_ONGOING) {
		return (struct now){arena_print(maker->arena, tr("In progress until %s"), end), word};
	}
	if (state == SHOWN_TAKEN) {
		bool is_room = booking->place >= 0 && maker->config->places[booking->place].kind == PLACE_ROOM;
		const char *format = is_room ? tr_in("room", "Taken until %s") : tr_in("desk", "Taken until %s");
		return (struct now){arena_print(maker->arena, format, end), word};
	}
	if (state != SHOWN_CHECKED_IN) {
		return (struct now){name, name};
	}
	/* name, time */
	return (struct now){arena_print(maker->arena, tr("%s until %s"), name, end), name};
}

void make_now_words(struct maker *maker, struct model_row *row, const struct office_place *place)
{
	const char *word = maker->state_words[row->state];
	struct now now = {word, word};
	if (row->state == SHOWN_FREE && maker->office->is_closed_now) {
		now = (struct now){closed_words(maker), tr("Closed")};
	} else if (row->state == SHOWN_FREE) {
		now = (struct now){free_until(maker, place), free_word(place->config)};
	} else if (row->state == SHOWN_ABSENT) {
		now.shorter = tr("Can be taken");
	} else if (row->state == SHOWN_UNKNOWN) {
		now.shorter = tr_in("short", "Unknown");
	} else if (place->current >= 0) {
		now = now_of_booking(maker, &maker->office->bookings[place->current], row->state);
	}
	row->now = now.text;
	row->now_short = now.shorter;
}
