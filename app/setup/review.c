/* Shows what the kiosk will make of the bookings, by the kiosk's own code: this event → that place, that name. Each
 * place can be changed or refused, and others can be added. */
#include "state_private.h"

#include <stdlib.h>
#include <string.h>

#include "app/base/limits.h"
#include "app/cli/text.h"
#include "app/sync/ingest.h"
#include "ical/civil.h"
#include "ical/utf8.h"
#include "words.h"

enum { EVENT_COLUMNS = 44, PLACE_COLUMNS = 22 };

/* What one event becomes. */
struct shown {
	const struct occurrence *event;
	const char *place; /* its name; NULL: none */
	char *title;       /* as the screen shows it; "" means "Bokad" */
	bool is_coming;
};

struct table {
	struct setup *setup;
	const struct config *config;
	const struct setup_feed *feed;
	struct cache_rows rows;
	struct shown *lines;
	size_t count;
};

/* Prints a text of at most `width` columns, and blanks up to there. */
static void print_column(FILE *out, const char *text, int width)
{
	size_t length = strlen(text), used = 0;
	while (used < length) {
		size_t letter = utf8_letter(text + used, length - used);
		char part[1024];
		snprintf(part, sizeof(part), "%.*s", (int)(used + letter), text);
		if (letter == 0 || cli_width(part) > width - 1) {
			break;
		}
		used += letter;
	}
	char cut[1100];
	snprintf(cut, sizeof(cut), "%.*s%s", (int)used, text, used < length ? "…" : "");
	fprintf(out, "%s%*s", cut, width > cli_width(cut) ? width - cli_width(cut) + 2 : 2, "");
}

static void print_line(const struct table *table, const struct shown *line)
{
	FILE *out = table->setup->dialog.out;
	char event[1024];
	const char *location = line->event->location;
	bool is_said = !location[0] || strstr(line->event->summary, location);
	snprintf(event, sizeof(event), "%.400s%s%.400s%s", line->event->summary, is_said ? "" : "  [",
		 is_said ? "" : location, is_said ? "" : "]");
	fputs("  ", out);
	print_column(out, event, EVENT_COLUMNS);
	print_column(out, line->place ? line->place : "?", PLACE_COLUMNS);
	fprintf(out, "%s\n",
		line->title[0] ? line->title : dialog_pick(&table->setup->dialog, "\"Booked\"", "\"Bokad\""));
}

/* Returns whether the same event → place and name stands further up, so that a series has one line. */
static bool is_repeated(const struct table *table, size_t at)
{
	const struct shown *line = &table->lines[at];
	for (size_t i = 0; i < at; i++) {
		const struct shown *other = &table->lines[i];
		if (strcmp(other->event->summary, line->event->summary) == 0 &&
		    strcmp(other->event->location, line->event->location) == 0) {
			return true;
		}
	}
	return false;
}

static bool make_lines(struct table *table, struct err *err)
{
	const struct occurrence_list *list = &table->feed->probe.events.occurrences;
	const struct config_feed *own = config_feed_by_name(table->config, table->feed->name);
	struct ingest *ingest = own ? ingest_create(table->config, own, err) : NULL;
	bool ok = ingest != NULL;
	table->lines = calloc(list->count + 1, sizeof(*table->lines));
	for (size_t i = 0; ok && table->lines && i < list->count && i < PROPOSE_EVENTS_MAX; i++) {
		size_t before = table->rows.count;
		bool is_full = false;
		ok = ingest_add(ingest, &list->items[i], &table->rows, &is_full, err);
		if (!ok || table->rows.count == before) {
			continue;
		}
		const struct cache_row *row = &table->rows.items[before];
		const struct config_place *place = config_place_by_id(table->config, row->place);
		int64_t today_utc = (int64_t)table->setup->today * DAY_S;
		int64_t start = row->span.all_day ? (int64_t)row->span.start_day * DAY_S : row->span.start_utc;
		table->lines[table->count++] =
			(struct shown){.event = &list->items[i],
				       .place = place ? place->name : NULL,
				       .title = strdup(row->title),
				       .is_coming = start >= today_utc && start < today_utc + SETUP_DAYS * DAY_S};
	}
	ingest_destroy(ingest);
	return ok && table->lines;
}

static void finish_table(struct table *table)
{
	for (size_t i = 0; i < table->count; i++) {
		free(table->lines[i].title);
	}
	free(table->lines);
	cache_rows_finish(&table->rows);
}

static void tell_sums(const struct table *table)
{
	struct dialog *dialog = &table->setup->dialog;
	size_t unplaced = 0, unnamed = 0;
	for (size_t i = 0; i < table->count; i++) {
		unplaced += table->lines[i].place == NULL;
		unnamed += !table->lines[i].title[0];
	}
	if (unplaced > 0) {
		dialog_say(dialog, "  ! %zu of %zu say no place, and are not shown.",
			   "  ! %zu av %zu säger ingen plats och visas inte.", unplaced, table->count);
	}
	if (unnamed > 0) {
		dialog_say(dialog, "  ! In %zu of %zu no person is found; they are shown as \"Booked\".",
			   "  ! I %zu av %zu hittas ingen person; de visas som \"Bokad\".", unnamed, table->count);
	}
}

static void tell_doubts(const struct table *table)
{
	const struct proposal *proposal = table->feed->proposal;
	for (size_t i = 0; i < proposal->place_count; i++) {
		const char *name = proposal->places[i].name;
		if (proposal->places[i].is_doubtful) {
			dialog_say(&table->setup->dialog,
				   "  ! \"%s\" may be a place or a person, and is not taken. +%s takes it.",
				   "  ! \"%s\" kan vara en plats eller en person, och är inte med. +%s tar med den.",
				   name, name);
		}
	}
}

static bool print_table(struct setup *setup, const struct config *config, const struct setup_feed *feed)
{
	struct table table = {.setup = setup, .config = config, .feed = feed};
	struct err err = {""};
	size_t shown = 0, hidden = 0;
	bool ok = make_lines(&table, &err);
	dialog_say(&setup->dialog, "\n%s: event → place, name as it will be shown",
		   "\n%s: händelse → plats, namn som det visas", feed->name);
	for (int coming = 1; ok && coming >= 0; coming--) { /* the coming weeks first */
		for (size_t i = 0; i < table.count; i++) {
			bool is_next = table.lines[i].is_coming == (coming == 1) && !is_repeated(&table, i);
			bool has_room = shown < SETUP_SHOWN_MAX;
			if (is_next && has_room) {
				print_line(&table, &table.lines[i]);
			}
			shown += is_next && has_room;
			hidden += is_next && !has_room;
		}
	}
	if (hidden > 0) {
		dialog_say(&setup->dialog, "  … and %zu more", "  … och %zu till", hidden);
	}
	tell_sums(&table);
	tell_doubts(&table);
	finish_table(&table);
	return ok;
}

static void list_places(struct setup *setup)
{
	dialog_say(&setup->dialog, "\nThe places:", "\nPlatserna:");
	for (size_t i = 0; i < config_edit_count(setup->edit, "place"); i++) {
		char *name = config_edit_get(setup->edit, "place", i, "name");
		char *kind = config_edit_get(setup->edit, "place", i, "kind");
		bool is_room = kind && strcmp(kind, "room") == 0;
		const char *doubt = "";
		if (name && words_person(name) == WORDS_FULL_NAME) {
			doubt = dialog_pick(&setup->dialog, "   ! looks like a person's name",
					    "   ! ser ut som en persons namn");
		}
		fprintf(setup->dialog.out, "  %2zu  %s (%s)%s\n", i + 1, name ? name : "?",
			is_room ? dialog_pick(&setup->dialog, "room", "rum")
				: dialog_pick(&setup->dialog, "desk", "skrivbord"),
			doubt);
		free(name);
		free(kind);
	}
}

static void tell_full(struct setup *setup)
{
	if (setup->is_full) {
		dialog_say(&setup->dialog, "  ! A kiosk has room for %d places; the others are left out.",
			   "  ! En kiosk har plats för %d platser; de övriga är inte med.", PLACES_MAX);
	}
}

static bool change_place(struct setup *setup, size_t at)
{
	static const char *const keys[] = {"name", "match", "kind"};
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		if (!setup_ask_setting(setup, "place", at, keys[i])) {
			return false;
		}
	}
	return true;
}

/* A new place belongs to the calendar that has most places, which is nearly always the only one. */
static const char *main_feed(const struct setup *setup)
{
	const char *best = NULL;
	size_t most = 0;
	for (size_t i = 0; i < setup->feed_count; i++) {
		const struct proposal *proposal = setup->feeds[i].proposal;
		size_t count = setup_count_places(setup, setup->feeds[i].name);
		bool is_booking = proposal && proposal->kind == FEED_BOOKINGS;
		if (is_booking && (!best || count > most)) {
			best = setup->feeds[i].name;
			most = count;
		}
	}
	return best;
}

static bool change_persons(struct setup *setup)
{
	const char *feed = main_feed(setup);
	size_t at = feed ? config_edit_find(setup->edit, "feed", feed) : 0;
	return !feed ||
	       (setup_ask_setting(setup, "feed", at, "person") && setup_ask_setting(setup, "feed", at, "person-in"));
}

/* Carries out one line of the review. Returns false when the dialog has ended. */
static bool carry_out(struct setup *setup, const char *answer)
{
	const char *digits = answer + (answer[0] == '-');
	size_t number = (size_t)strtoul(digits, NULL, 10), count = config_edit_count(setup->edit, "place");
	const char *feed = main_feed(setup);
	if (answer[0] == '+' && answer[1] && feed) {
		setup_add_counted(setup, feed, answer + 1 + strspn(answer + 1, " "));
		return true;
	}
	if (strcmp(answer, "p") == 0) {
		return change_persons(setup);
	}
	if (number >= 1 && number <= count && answer[0] == '-') {
		config_edit_remove(setup->edit, "place", number - 1);
		return true;
	}
	if (number >= 1 && number <= count) {
		return change_place(setup, number - 1);
	}
	dialog_say(&setup->dialog, "  There is no such place.", "  Den platsen finns inte.");
	return true;
}

static bool show_all(struct setup *setup)
{
	struct err err = {""};
	struct config *config = setup_read(setup, &err);
	for (size_t i = 0; config && i < setup->feed_count; i++) {
		const struct setup_feed *feed = &setup->feeds[i];
		if (feed->proposal && feed->proposal->kind == FEED_BOOKINGS && feed->proposal->events > 0) {
			print_table(setup, config, feed);
		}
	}
	if (!config) {
		fprintf(setup->dialog.out, "  %s\n", err.text);
	}
	config_destroy(config);
	list_places(setup);
	tell_full(setup);
	return true;
}

bool setup_review(struct setup *setup)
{
	while (main_feed(setup)) {
		char *answer = NULL;
		show_all(setup);
		if (!dialog_ask(
			    &setup->dialog, NULL, &answer,
			    "Is that right? (Enter: yes; 3: change place 3; -3: without it; +Name: one more; p: how "
			    "persons are found)",
			    "Stämmer det? (retur: ja; 3: ändra plats 3; -3: utan den; +Namn: en till; p: hur personer "
			    "hittas)")) {
			return false;
		}
		bool is_done = !answer[0];
		bool ok = is_done || carry_out(setup, answer);
		free(answer);
		setup_save_draft(setup);
		if (is_done || !ok) {
			return ok;
		}
	}
	return true;
}
