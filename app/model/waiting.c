/* Who can check in now: those who are awaited, those who are late, and those whose booking has no place; each group by
 * name. */
#include <stdlib.h>
#include <string.h>

#include "app/base/limits.h"
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
	/* Without a desk, `where` begins with the button's own words. */
	line.spoken = line.group == WAITING_NO_PLACE
			      ? arena_print(maker->arena, "%s: %s", line.button, name)
			      : arena_print(maker->arena, "%s: %s, %s", line.button, name, line.where);
	line.open = action_open(maker, VIEW_SHEET, booking->id);
	line.action = check_in_action(maker, booking);
	return line;
}

/* Somebody who can check in, with what the name is sorted by: of 20,000 people a screen shows a few, and only those
 * get words. */
struct waiter {
	unsigned char key[WORDS_KEY_BYTES];
	const struct office_booking *booking;
	bool is_first_of_place;
};

static int compare_waiters(const void *a, const void *b)
{
	const struct waiter *left = a, *right = b;
	int order = memcmp(left->key, right->key, sizeof(left->key));
	if (order == 0) {
		order = (int)group_of(left->booking) - (int)group_of(right->booking);
	}
	if (order == 0) {
		order = (left->booking->start_utc > right->booking->start_utc) -
			(left->booking->start_utc < right->booking->start_utc);
	}
	return order == 0 ? (left->booking > right->booking) - (left->booking < right->booking) : order;
}

/* The label is not copied, because this runs for everybody who waits. */
static const char *shown_name(struct maker *maker, const struct office_booking *booking)
{
	return booking->label[0] ? booking->label : booking_name(maker, booking);
}

/* Finds everybody, by name. */
static void find_waiters(struct maker *maker)
{
	const struct office *office = maker->office;
	size_t count = 0;
	for (size_t i = 0; i < office->booking_count; i++) {
		count += office_is_awaited(office, &maker->input, &office->bookings[i]);
	}
	maker->waiters = arena_alloc(maker->arena, (count + 1) * sizeof(*maker->waiters));
	for (size_t i = 0; maker->waiters && maker->waiter_count < count; i++) {
		if (office_is_awaited(office, &maker->input, &office->bookings[i])) {
			struct waiter *waiter = &maker->waiters[maker->waiter_count++];
			waiter->booking = &office->bookings[i];
			words_sort_key(shown_name(maker, waiter->booking), waiter->key);
		}
	}
	if (maker->waiters) {
		qsort(maker->waiters, count, sizeof(*maker->waiters), compare_waiters);
	}
}

/* Makes the lines of the home screen: by group, then by name. */
static void make_lines(struct maker *maker)
{
	static const enum waiting_group groups[] = {WAITING_NOW, WAITING_LATE, WAITING_NO_PLACE};
	struct model *model = maker->model;
	bool *is_named = arena_alloc(maker->arena, (maker->office->place_count + 1) * sizeof(*is_named));
	model->waiting = arena_alloc(maker->arena, WAITING_LINES_MAX * sizeof(*model->waiting));
	for (size_t group = 0; is_named && model->waiting && group < sizeof(groups) / sizeof(groups[0]); group++) {
		for (size_t i = 0; i < maker->waiter_count; i++) {
			struct waiter *waiter = &maker->waiters[i];
			int place = waiter->booking->place;
			if (group_of(waiter->booking) != groups[group]) {
				continue;
			}
			waiter->is_first_of_place = place >= 0 && !is_named[place];
			if (waiter->is_first_of_place) {
				is_named[place] = true;
			}
			if (model->waiting_count < WAITING_LINES_MAX) {
				model->waiting[model->waiting_count++] =
					make_waiting_line(maker, waiter->booking, waiter->is_first_of_place);
			}
		}
	}
}

const char *waiter_name(struct maker *maker, size_t index)
{
	return shown_name(maker, maker->waiters[index].booking);
}

static void list_one(struct maker *maker, size_t from, size_t index)
{
	struct model *model = maker->model;
	if (model->listed[index]) {
		return;
	}
	const struct waiter *waiter = &maker->waiters[from + index];
	struct model_waiting *line = arena_alloc(maker->arena, sizeof(*line));
	if (line) {
		*line = make_waiting_line(maker, waiter->booking, waiter->is_first_of_place);
		model->listed[index] = line;
	}
}

/* The layout decides how many people stand on a page, so the lines of the page are made for each number that is
 * possible. */
void list_waiters(struct maker *maker, size_t from, size_t count, int page)
{
	struct model *model = maker->model;
	model->listed = arena_alloc(maker->arena, (count + 1) * sizeof(*model->listed));
	model->listed_count = model->listed ? count : 0;
	for (size_t i = 0; count <= WAITING_LINES_MAX && i < model->listed_count; i++) {
		list_one(maker, from, i);
	}
	for (size_t size = 1; size <= LIST_PAGE_MAX && model->listed_count > WAITING_LINES_MAX; size++) {
		int pages = (int)((count + size - 1) / size);
		size_t first = (size_t)((page % pages + pages) % pages) * size;
		for (size_t i = first; i < first + size && i < count; i++) {
			list_one(maker, from, i);
		}
	}
}

static void make_headings(struct maker *maker)
{
	struct model *model = maker->model;
	unsigned long count = (unsigned long)model->waiting_total;
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
	find_waiters(maker);
	maker->model->waiting_total = maker->waiter_count;
	make_lines(maker);
	make_headings(maker);
}
