/* The floor plan: the switch between it and the schedule, and a line of words for each place on it. */
#include "private.h"

static const char *clock_of(struct maker *maker, int64_t utc)
{
	return words_clock(maker->arena, maker->config->zone, utc);
}

static const char *free_short(const struct office_place *place)
{
	return place->config->kind == PLACE_ROOM ? tr_in("map, room", "free") : tr_in("map, desk", "free");
}

static const char *free_line(struct maker *maker, const struct office_place *place)
{
	bool is_plain = maker->config->mode == MODE_WALL && place->config->kind == PLACE_DESK;
	if (place->free_until_utc >= maker->office->day_end_utc) {
		return ""; /* after closing no time is promised */
	}
	if (place->next < 0 && place->free_until_utc == maker->office->closes_utc) {
		return is_plain ? free_short(place) : tr_in("map", "all day");
	}
	return arena_print(maker->arena, tr_in("map", "until %s"), clock_of(maker, place->free_until_utc));
}

static const char *current_line(struct maker *maker, const struct office_place *place, enum shown_state state)
{
	const struct office_booking *booking = &maker->office->bookings[place->current];
	if (state == SHOWN_ONGOING) {
		return arena_print(maker->arena, tr("In progress until %s"), clock_of(maker, booking->until_utc));
	}
	return booking_name(maker, booking);
}

const char *map_line(struct maker *maker, const struct office_place *place, enum shown_state state)
{
	switch (state) {
	case SHOWN_FREE:
		return maker->office->is_closed_now ? "" : free_line(maker, place);
	case SHOWN_ABSENT:
		return tr_in("map", "can be taken");
	case SHOWN_UNKNOWN:
		return tr_in("short", "Unknown");
	default:
		return place->current >= 0 ? current_line(maker, place, state) : state_word(state);
	}
}

const char *map_line_short(struct maker *maker, const struct office_place *place, enum shown_state state)
{
	if (state == SHOWN_FREE && !maker->office->is_closed_now) {
		return free_short(place);
	}
	const struct office_booking *booking = place->current >= 0 ? &maker->office->bookings[place->current] : NULL;
	if (!booking || (state != SHOWN_ONGOING && !(booking->is_person && booking->label[0]))) {
		return "";
	}
	return state == SHOWN_ONGOING
		       ? arena_print(maker->arena, tr_in("map", "until %s"), clock_of(maker, booking->until_utc))
		       : words_initials(maker->arena, booking->label);
}

struct model_button map_button(struct maker *maker, bool is_map)
{
	struct action action = {.kind = ACTION_MAP, .id = "", .place = "", .number = is_map};
	enum button_style style = is_map == maker->visit->shows_map ? BUTTON_CHOSEN : BUTTON_SECONDARY;
	struct model_button button = is_map ? button_make("map", tr("Map"), style, action)
					    : button_make("schedule", tr("Schedule"), style, action);
	if (style == BUTTON_CHOSEN) {
		button_choose(maker, &button);
	}
	return button;
}

void make_map(struct maker *maker)
{
	struct model_map *map = &maker->model->map;
	*map = (struct model_map){
		.floorplan = maker->config->floorplan,
		.here = maker->config->here,
		.here_words = tr("You are here"),
		.here_short = tr("Here"),
		.spoken = tr("Map of the office"),
		.schedule = map_button(maker, false),
		.map = map_button(maker, true),
	};
	map->is_shown = map->floorplan && maker->visit->shows_map;
}
