/* Who can check in now: those who are awaited, those who are late, and those whose booking has no place; each group by
 * name. */
#include <stdlib.h>
#include <string.h>

#include "private.h"

/* A tap on the button checks in at once; when that is impossible, it asks for another place. */
static struct action check_in_action(struct maker *maker, const struct office_booking *booking)
{
	if (office_judge_booking(maker->office, &maker->input, booking, booking->own_place) != OFFICE_ALLOWED) {
		return action_open(maker, VIEW_MOVE, booking->id);
	}
	return (struct action){.kind = ACTION_CHECK_IN, .id = keep(maker, booking->id), .place = ""};
}

/* Returns the first name and the initials of the others. */
static const char *short_name(struct maker *maker, const struct office_booking *booking)
{
	const char *first = booking->is_person ? words_first_name(maker->arena, booking->label) : "";
	size_t length = strlen(first);
	if (length == 0 || strncmp(booking->label, first, length) != 0 || !booking->label[length]) {
		return "";
	}
	const char *rest = words_initials(maker->arena, booking->label + length + 1);
	return rest[0] ? arena_print(maker->arena, "%s %s", first, rest) : "";
}

static enum waiting_group group_of(const struct office_booking *booking)
{
	return booking->own_place < 0              ? WAITING_NO_PLACE
	       : booking->state == BOOKING_NO_SHOW ? WAITING_LATE
						   : WAITING_NOW;
}

/* Returns "Plats 5 · 10:30–14:00"; of somebody who is late when it began, since that is what is missed. */
static const char *where_words(struct maker *maker, const struct office_booking *booking, enum waiting_group group)
{
	const char *times = booking->is_all_day ? tr("all day") : booking_times(maker, booking);
	const char *start = words_clock(maker->arena, maker->config->zone, booking->start_utc);
	const char *place = place_name(maker, booking->place);
	switch (group) {
	case WAITING_NO_PLACE:
		return arena_print(maker->arena, "%s · %s", tr("Choose a desk"), times);
	case WAITING_LATE:
		/* place, time */
		return booking->is_all_day ? arena_print(maker->arena, "%s · %s", place, times)
					   : arena_print(maker->arena, tr("%s · from %s"), place, start);
	case WAITING_NOW:
		break;
	}
	return arena_print(maker->arena, "%s · %s", place, times);
}

/* Returns what fits on a tile: "Plats 5 · 10:30". */
static const char *brief_words(struct maker *maker, const struct office_booking *booking, enum waiting_group group)
{
	const char *place = group == WAITING_NO_PLACE ? tr("Choose a desk") : place_name(maker, booking->place);
	if (group == WAITING_LATE) {
		/* place */
		return arena_print(maker->arena, tr("Late · %s"), place);
	}
	return arena_print(maker->arena, "%s · %s", place,
			   booking->is_all_day ? tr("all day")
					       : words_clock(maker->arena, maker->config->zone, booking->start_utc));
}

static const char *listed_words(struct maker *maker, const struct office_booking *booking,
				const struct model_waiting *line)
{
	if (line->group != WAITING_LATE || booking->is_all_day) {
		return line->group == WAITING_LATE ? line->brief : line->where;
	}
	/* place, time */
	return arena_print(maker->arena, tr("Late · %s from %s"), place_name(maker, booking->place),
			   words_clock(maker->arena, maker->config->zone, booking->start_utc));
}

static struct model_waiting make_waiting_line(struct maker *maker, const struct office_booking *booking,
					      bool is_first_of_place)
{
	const char *name = booking_name(maker, booking);
	struct model_waiting line = {.name = name, .shorter = short_name(maker, booking), .group = group_of(booking)};
	line.button = line.group == WAITING_NO_PLACE ? tr("Choose a desk") : tr("Check in");
	line.id = arena_print(maker->arena, "checkin:%s",
			      is_first_of_place ? maker->config->places[booking->place].id : booking->id);
	line.where = where_words(maker, booking, line.group);
	line.brief = brief_words(maker, booking, line.group);
	line.listed = listed_words(maker, booking, &line);
	line.spoken = arena_print(maker->arena, "%s: %s, %s", tr("Check in"), name, line.where);
	line.open = action_open(maker, VIEW_SHEET, booking->id);
	line.action = check_in_action(maker, booking);
	return line;
}

static int compare_names(const struct office_booking *left, const struct office_booking *right)
{
	int order = words_compare(left->label, right->label);
	if (order == 0) {
		order = (left->start_utc > right->start_utc) - (left->start_utc < right->start_utc);
	}
	return order == 0 ? (left > right) - (left < right) : order;
}

static int compare_waiting(const void *a, const void *b)
{
	const struct office_booking *left = *(const struct office_booking *const *)a;
	const struct office_booking *right = *(const struct office_booking *const *)b;
	int groups = (int)group_of(left) - (int)group_of(right);
	return groups == 0 ? compare_names(left, right) : groups;
}

static int compare_lines(const void *a, const void *b)
{
	const struct model_waiting *left = *(const struct model_waiting *const *)a;
	const struct model_waiting *right = *(const struct model_waiting *const *)b;
	int order = words_compare(left->name, right->name);
	return order == 0 ? (left > right) - (left < right) : order;
}

static void make_everybody(struct maker *maker)
{
	struct model *model = maker->model;
	model->everybody = arena_alloc(maker->arena, (model->waiting_count + 1) * sizeof(*model->everybody));
	for (size_t i = 0; model->everybody && i < model->waiting_count; i++) {
		model->everybody[i] = &model->waiting[i];
	}
	if (model->everybody && model->waiting_count > 0) {
		qsort(model->everybody, model->waiting_count, sizeof(*model->everybody), compare_lines);
	}
}

static void make_headings(struct maker *maker)
{
	struct model *model = maker->model;
	unsigned long count = (unsigned long)model->waiting_count;
	model->waiting_heading = tr("Check in");
	model->waiting_empty = tr("Nobody is waiting to check in right now.");
	model->waiting_hint = tr("Tap your name");
	model->late_heading = tr("Late? You can still check in");
	model->late_heading_short = tr_in("short", "Late? You can still check in");
	model->show_all =
		button_make("all", arena_print(maker->arena, tr_n("Show all %lu", "Show all %lu", count), count),
			    BUTTON_PRIMARY, action_open(maker, VIEW_ALL, ""));
}

void make_waiting(struct maker *maker)
{
	struct model *model = maker->model;
	const struct office *office = maker->office;
	const struct office_booking **waiting =
		arena_alloc(maker->arena, (office->booking_count + 1) * sizeof(*waiting));
	bool *is_named = arena_alloc(maker->arena, (office->place_count + 1) * sizeof(*is_named));
	size_t count = 0;
	for (size_t i = 0; waiting && i < office->booking_count; i++) {
		if (office_is_awaited(office, &maker->input, &office->bookings[i])) {
			waiting[count++] = &office->bookings[i];
		}
	}
	model->waiting = arena_alloc(maker->arena, (count + 1) * sizeof(*model->waiting));
	if (waiting && is_named && model->waiting) {
		qsort(waiting, count, sizeof(*waiting), compare_waiting);
		for (size_t i = 0; i < count; i++) {
			int place = waiting[i]->place;
			bool is_first = place >= 0 && !is_named[place];
			model->waiting[model->waiting_count++] = make_waiting_line(maker, waiting[i], is_first);
			if (is_first) {
				is_named[place] = true;
			}
		}
	}
	make_headings(maker);
	make_everybody(maker);
}
