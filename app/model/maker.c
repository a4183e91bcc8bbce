/* What every part of the model uses while it is being made: texts in the arena, buttons, and how the office's states
 * and names are shown. */
#include <string.h>

#include "ical/civil.h"
#include "private.h"

const struct action no_action = {.kind = ACTION_NONE, .id = "", .place = ""};

struct action action_open(struct maker *maker, enum view_kind view, const char *id)
{
	return (struct action){.kind = ACTION_OPEN, .view = view, .id = keep(maker, id), .place = ""};
}

const char *keep(struct maker *maker, const char *text)
{
	return text[0] ? arena_copy(maker->arena, text, strlen(text)) : "";
}

struct model_button button_make(const char *id, const char *text, enum button_style style, struct action action)
{
	return (struct model_button){.id = id, .text = text, .spoken = text, .style = style, .action = action};
}

void button_choose(struct maker *maker, struct model_button *button)
{
	button->style = BUTTON_CHOSEN;
	/* what can be chosen */
	button->spoken = arena_print(maker->arena, tr("%s, chosen"), button->spoken);
}

struct model_button button_close(void)
{
	struct action close = {.kind = ACTION_CLOSE, .id = "", .place = ""};
	return button_make("close", tr("Close"), BUTTON_QUIET, close);
}

const char *state_word(enum shown_state state)
{
	static const char *const words[] = {[SHOWN_FREE] = TR_MARK("Free"),
					    [SHOWN_BOOKED] = TR_MARK("Booked"),
					    [SHOWN_WAITING] = TR_MARK("Waiting for check-in"),
					    [SHOWN_CHECKED_IN] = TR_MARK("Checked in"),
					    [SHOWN_NO_SHOW] = TR_MARK("Not checked in"),
					    [SHOWN_ENDED] = TR_MARK("Ended"),
					    [SHOWN_TAKEN] = TR_MARK("Taken"),
					    [SHOWN_ABSENT] = TR_MARK("Not checked in – can be taken"),
					    [SHOWN_ONGOING] = TR_MARK("In progress"),
					    [SHOWN_CONFLICT] = TR_MARK("Double check-in"),
					    [SHOWN_UNKNOWN] = TR_MARK("Unknown")};
	return tr(words[state]);
}

enum shown_state booking_shown(const struct office_booking *booking)
{
	switch (booking->state) {
	case BOOKING_AHEAD:
		return SHOWN_BOOKED;
	case BOOKING_WAITING:
		return SHOWN_WAITING;
	case BOOKING_NO_SHOW:
		return SHOWN_NO_SHOW;
	case BOOKING_UNSURE:
		return SHOWN_UNKNOWN;
	case BOOKING_CHECKED_IN:
		return booking->is_drop_in ? SHOWN_TAKEN : SHOWN_CHECKED_IN;
	case BOOKING_ONGOING:
		return booking->is_unseen ? SHOWN_BOOKED : SHOWN_ONGOING;
	case BOOKING_CHECKED_OUT:
	case BOOKING_ENDED:
		break;
	}
	return SHOWN_ENDED;
}

enum shown_state place_shown(const struct office_place *place)
{
	static const enum shown_state shown[] = {
		[PLACE_FREE] = SHOWN_FREE,   [PLACE_WAITING] = SHOWN_WAITING, [PLACE_CHECKED_IN] = SHOWN_CHECKED_IN,
		[PLACE_TAKEN] = SHOWN_TAKEN, [PLACE_ONGOING] = SHOWN_ONGOING, [PLACE_UNKNOWN] = SHOWN_UNKNOWN};
	return shown[place->state];
}

const char *booking_name(struct maker *maker, const struct office_booking *booking)
{
	bool is_room = booking->place >= 0 && maker->config->places[booking->place].kind == PLACE_ROOM;
	if (booking->is_drop_in) {
		return is_room ? tr_in("room", "Taken") : tr_in("desk", "Taken");
	}
	if (booking->label[0]) {
		return keep(maker, booking->label);
	}
	return is_room ? tr("Busy") : tr("Booked");
}

const char *booking_times(struct maker *maker, const struct office_booking *booking)
{
	if (booking->is_all_day) {
		return tr("All day");
	}
	return words_span(maker->arena, maker->config->zone, booking->start_utc, booking->end_utc);
}

const char *place_title(struct maker *maker, int place)
{
	return place < 0 ? tr("No desk") : maker->config->places[place].title;
}

const char *place_name(struct maker *maker, int place)
{
	return place < 0 ? tr("No desk") : maker->config->places[place].name;
}

/* Returns the minute of the civil day that a clock on the wall shows, also on the days on which clocks change. */
int minute_of(const struct maker *maker, int64_t utc)
{
	int64_t minute = (zone_local(maker->config->zone, utc) - (int64_t)maker->today * DAY_S) / 60;
	return minute < 0 ? 0 : minute > DAY_MIN ? DAY_MIN : (int)minute;
}

void changes_at(struct maker *maker, int64_t utc)
{
	if (utc > maker->time->now_utc && utc < maker->model->changes_utc) {
		maker->model->changes_utc = utc;
	}
}

void changes_at_ms(struct maker *maker, int64_t mono_ms)
{
	if (mono_ms > maker->time->mono_ms && mono_ms < maker->model->changes_ms) {
		maker->model->changes_ms = mono_ms;
	}
}
