/* What several sheets say and offer about taking a place. */
#include "private.h"

static const char *clock_of(struct maker *maker, int64_t utc)
{
	return words_clock(maker->arena, maker->config->zone, utc);
}

const char *booked_from(struct maker *maker, const struct office_booking *next)
{
	const struct config_place *place = next->place < 0 ? NULL : &maker->config->places[next->place];
	bool has_name = next->label[0] && !next->is_drop_in, in_room = place && place->kind == PLACE_ROOM;
	const char *from = clock_of(maker, next->start_utc);
	if (!has_name) {
		return in_room ? arena_print(maker->arena, tr("The room is booked from %s."), from)
			       : arena_print(maker->arena, tr("The desk is booked from %s."), from);
	}
	/* who, when */
	return in_room ? arena_print(maker->arena, tr("%s begins at %s."), booking_name(maker, next), from)
		       : arena_print(maker->arena, tr("%s has the desk from %s."), booking_name(maker, next), from);
}

const char *taken_until(struct maker *maker, const struct office_booking *booking)
{
	bool in_room = booking->place >= 0 && maker->config->places[booking->place].kind == PLACE_ROOM;
	const char *format = in_room ? tr_in("room", "Taken until %s") : tr_in("desk", "Taken until %s");
	return arena_print(maker->arena, format, clock_of(maker, booking->until_utc));
}

struct model_button take_button(struct maker *maker, const struct office_place *place, int64_t until_utc)
{
	struct action take = {.kind = ACTION_DROP_IN,
			      .id = "",
			      .place = place->config->id,
			      .until_utc = until_utc,
			      .is_anyway = place->may_be_taken_anyway};
	const char *until = clock_of(maker, until_utc);
	enum button_style style = take.is_anyway ? BUTTON_PRIMARY : BUTTON_SUCCESS; /* nothing unknown is green */
	if (place->config->kind == PLACE_ROOM) {
		const char *what = take.is_anyway ? tr("Use the room anyway") : tr("Use the room now");
		until = arena_print(maker->arena, tr("until %s"), until);
		struct model_button button =
			button_make("take", arena_print(maker->arena, "%s\n%s", what, until), style, take);
		/* what, until when */
		button.spoken = arena_print(maker->arena, tr("%s %s"), what, until);
		return button;
	}
	const char *format = take.is_anyway            ? tr("Sit here anyway until %s")
			     : absent_at(maker, place) ? tr("Take over the desk until %s")
						       : tr("Take this desk until %s");
	return button_make("take", arena_print(maker->arena, format, until), style, take);
}
