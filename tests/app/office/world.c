/* See world.h. */
#include "world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ical/civil.h"
#include "ical/zone.h"

/* Not assert: it must hold in a release build too. */
static void must(bool holds)
{
	if (!holds) {
		abort();
	}
}

static char *copy(const char *text)
{
	char *result = strdup(text ? text : "");
	must(result != NULL);
	return result;
}

void world_set(char **text, const char *value)
{
	free(*text);
	*text = copy(value);
}

static void add_place(struct world *world, const char *id, const char *name, const char *title, enum place_kind kind)
{
	struct config_place *place = &world->places[world->config.place_count++];
	*place = (struct config_place){.id = copy(id),
				       .name = copy(name),
				       .title = copy(title),
				       .kind = kind,
				       .feed = copy(kind == PLACE_ROOM ? "room" : "desks"),
				       .checkin = kind == PLACE_DESK ? CHECKIN_YES : CHECKIN_NO};
}

static void add_feed(struct world *world, const char *name, enum feed_kind kind)
{
	size_t number = world->config.feed_count++;
	world->feeds[number] =
		(struct config_feed){.name = copy(name), .kind = kind, .path = copy("x.ics"), .refresh_s = 120};
	world->ages[number] = (struct snapshot_feed){.name = copy(name), .message = copy("")};
	world->snapshot.feed_count = world->config.feed_count;
}

struct world *world_create(void)
{
	struct world *world = calloc(1, sizeof(*world));
	must(world != NULL);
	world->config = (struct config){.file = copy("/etc/satellitkiosk/kiosk.conf"),
					.office = copy("Satellitkontoret"),
					.region = copy("Umeåregionen"),
					.address = copy("Renmarkstorget 5D, 3 tr"),
					.zone = zone_create("Europe/Stockholm", NULL),
					.opens_min = 7 * 60,
					.closes_min = 18 * 60,
					.language = copy("sv"),
					.checkin_opens_s = 30 * 60,
					.checkin_grace_s = 15 * 60,
					.undo_s = 10,
					.hold_all_day_min = 10 * 60,
					.feeds = world->feeds,
					.places = world->places};
	must(world->config.zone != NULL);
	world->snapshot.feeds = world->ages;
	world->snapshot.journal_ok = true;
	world->is_trusted = true;
	add_feed(world, "desks", FEED_BOOKINGS);
	add_feed(world, "room", FEED_BOOKINGS);
	add_feed(world, "council", FEED_MEETINGS);
	add_place(world, "K", "Konferensrum", "Konferensrum", PLACE_ROOM);
	for (int i = 1; i <= 8; i++) {
		char id[8], name[32], title[32];
		snprintf(id, sizeof(id), "%d", i);
		snprintf(name, sizeof(name), "Plats %d", i);
		snprintf(title, sizeof(title), "Kontorsplats %d", i);
		add_place(world, id, name, title, PLACE_DESK);
	}
	world_now(world, "2026-11-23T10:42");
	return world;
}

static void finish_row(struct cache_row *row)
{
	free(row->feed);
	free(row->uid);
	free(row->recurrence_id);
	free(row->place);
	free(row->title);
	free(row->organizer);
	free(row->location);
	free(row->url);
}

static void finish_entry(struct journal_entry *entry)
{
	free(entry->token);
	free(entry->box);
	free(entry->target);
	free(entry->place);
	free(entry->feed);
	free(entry->uid);
	free(entry->recurrence_id);
	free(entry->label);
}

static void finish_config(struct world *world)
{
	for (size_t i = 0; i < world->config.place_count; i++) {
		struct config_place *place = &world->places[i];
		free(place->id);
		free(place->name);
		free(place->title);
		free(place->feed);
		free(place->booking_page);
		free(place->equipment);
	}
	for (size_t i = 0; i < world->config.feed_count; i++) {
		free(world->feeds[i].name);
		free(world->feeds[i].path);
		free(world->feeds[i].body);
		free(world->feeds[i].agenda_by);
		free(world->ages[i].name);
		free(world->ages[i].message);
	}
	free(world->config.file);
	free(world->config.office);
	free(world->config.region);
	free(world->config.address);
	free(world->config.language);
	zone_destroy(world->config.zone);
}

void world_destroy(struct world *world)
{
	for (size_t i = 0; i < world->snapshot.rows.count; i++) {
		finish_row(&world->snapshot.rows.items[i]);
	}
	for (size_t i = 0; i < world->snapshot.entries.count; i++) {
		finish_entry(&world->snapshot.entries.items[i]);
	}
	free(world->snapshot.rows.items);
	free(world->snapshot.entries.items);
	finish_config(world);
	free(world);
}

int64_t world_utc(const struct world *world, const char *local)
{
	int64_t local_s = 0;
	bool is_time = civil_parse(local, &local_s);
	must(is_time);
	return zone_utc(world->config.zone, local_s);
}

void world_now(struct world *world, const char *local)
{
	world->now_utc = world_utc(world, local);
	for (size_t i = 0; i < world->config.feed_count; i++) {
		world->ages[i].agreed_utc = world->now_utc - 120;
		world->ages[i].from_day = zone_day(world->config.zone, world->now_utc) - 2;
		world->ages[i].to_day = world->ages[i].from_day + 62;
	}
}

struct cache_row *world_add(struct world *world, int feed, const char *uid, const char *from, const char *to,
			    const char *title, const char *location)
{
	struct cache_rows *rows = &world->snapshot.rows;
	rows->items = realloc(rows->items, (rows->count + 1) * sizeof(*rows->items));
	must(rows->items != NULL);
	struct cache_row *row = &rows->items[rows->count++];
	*row = (struct cache_row){.feed = copy(world->feeds[feed].name),
				  .uid = copy(uid),
				  .recurrence_id = copy(""),
				  .span = {.start_utc = world_utc(world, from), .end_utc = world_utc(world, to)},
				  .place = copy(""),
				  .title = copy(title),
				  .organizer = copy(""),
				  .location = copy(location),
				  .url = copy(""),
				  .busy = OCCURRENCE_BUSY,
				  .status = OCCURRENCE_CONFIRMED};
	return row;
}

struct cache_row *world_book(struct world *world, const char *place, const char *from, const char *to,
			     const char *person)
{
	char uid[16];
	snprintf(uid, sizeof(uid), "u%zu", world->snapshot.rows.count + 1);
	bool is_room = strcmp(place, "K") == 0;
	struct cache_row *row = world_add(world, is_room ? WORLD_ROOM : WORLD_DESKS, uid, from, to, person, "");
	world_set(&row->place, place);
	row->is_person = !is_room;
	return row;
}

void world_all_day(struct world *world, struct cache_row *row, const char *first, const char *last)
{
	int64_t first_s = 0, last_s = 0;
	(void)world;
	bool are_dates = civil_parse(first, &first_s) && civil_parse(last, &last_s);
	must(are_dates);
	row->span = (struct span){
		.all_day = true, .start_day = (int32_t)(first_s / DAY_S), .end_day = (int32_t)(last_s / DAY_S) + 1};
}

struct office_input world_input(const struct world *world)
{
	return office_input_from_snapshot(&world->config, &world->snapshot, world->now_utc, world->is_trusted);
}

struct office *world_office(const struct world *world)
{
	struct office_input input = world_input(world);
	struct office *office = office_create(&input);
	must(office != NULL);
	return office;
}

/* What a machine knows that is cut off from the others: its own entries. The caller frees the array. */
static struct journal_entries known_entries(const struct world *world)
{
	const struct journal_entries *all = &world->snapshot.entries;
	struct journal_entries known = {.items = calloc(all->count + 1, sizeof(*known.items))};
	must(known.items != NULL);
	for (size_t i = 0; i < all->count; i++) {
		if (!world->is_cut_off || strcmp(all->items[i].box, world->box) == 0) {
			known.items[known.count++] = all->items[i];
		}
	}
	return known;
}

enum office_verdict world_do(struct world *world, const struct command *command)
{
	struct journal_entries *entries = &world->snapshot.entries;
	struct journal_entries known = known_entries(world);
	struct office_input input = world_input(world);
	input.entries = &known;
	enum office_verdict verdict = office_judge(&input, command, NULL);
	struct journal_entry entry;
	int64_t standing = 0;
	char token[32];
	snprintf(token, sizeof(token), "token-%zu", entries->count);
	must(office_plan(&input, command, token, &standing, &entry) == verdict);
	free(known.items);
	if (verdict == OFFICE_ALLOWED) {
		if (world->box) {
			world_set(&entry.box, world->box);
			entry.seq = (int64_t)entries->count + 1;
		}
		entries->items = realloc(entries->items, (entries->count + 1) * sizeof(*entries->items));
		must(entries->items != NULL);
		entry.id = (int64_t)entries->count + 1;
		entries->items[entries->count++] = entry;
	}
	return verdict;
}

static struct command make_command(enum command_kind kind, const char *id, const char *place)
{
	struct command command = {.kind = kind};
	snprintf(command.id, sizeof(command.id), "%s", id ? id : "");
	snprintf(command.place, sizeof(command.place), "%s", place ? place : "");
	return command;
}

enum office_verdict world_check_in(struct world *world, const char *id, const char *place)
{
	struct command command = make_command(COMMAND_CHECK_IN, id, place);
	return world_do(world, &command);
}

enum office_verdict world_drop_in(struct world *world, const char *place, const char *until)
{
	struct command command = make_command(COMMAND_DROP_IN, NULL, place);
	command.until_utc = world_utc(world, until);
	return world_do(world, &command);
}

enum office_verdict world_check_out(struct world *world, const char *place)
{
	struct command command = make_command(COMMAND_CHECK_OUT, NULL, place);
	return world_do(world, &command);
}

int64_t world_last_entry(const struct world *world)
{
	for (size_t i = world->snapshot.entries.count; i-- > 0;) {
		if (world->snapshot.entries.items[i].action != JOURNAL_UNDO) {
			return world->snapshot.entries.items[i].id;
		}
	}
	return 0;
}

enum office_verdict world_undo(struct world *world)
{
	struct command command = {.kind = COMMAND_UNDO, .entry = world_last_entry(world)};
	return world_do(world, &command);
}

const char *world_state(const struct world *world, const char *id)
{
	static const char *const names[] = {[BOOKING_AHEAD] = "ahead",           [BOOKING_WAITING] = "waiting",
					    [BOOKING_NO_SHOW] = "no-show",       [BOOKING_UNSURE] = "unsure",
					    [BOOKING_CHECKED_IN] = "checked-in", [BOOKING_ONGOING] = "ongoing",
					    [BOOKING_CHECKED_OUT] = "left",      [BOOKING_ENDED] = "ended"};
	struct office *office = world_office(world);
	const struct office_booking *booking = office_find(office, id);
	const char *name = booking ? names[booking->state] : "none";
	office_destroy(office);
	return name;
}

const char *world_place(const struct world *world, const char *id)
{
	static const char *const names[] = {
		[PLACE_FREE] = "free",   [PLACE_WAITING] = "waiting", [PLACE_CHECKED_IN] = "checked-in",
		[PLACE_TAKEN] = "taken", [PLACE_ONGOING] = "ongoing", [PLACE_UNKNOWN] = "unknown"};
	struct office *office = world_office(world);
	const char *name = "none";
	for (size_t i = 0; i < office->place_count; i++) {
		if (strcmp(office->places[i].config->id, id) == 0) {
			name = names[office->places[i].state];
		}
	}
	office_destroy(office);
	return name;
}
