/* See crowd.h. */
#include "crowd.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ical/civil.h"

enum { MOST = 20000, LONG = 3000, DAY_MINUTES = 11 * 60 };

const struct crowd crowds[] = {
	{"names at one desk, all at once", MOST, CROWD_NAMES, CROWD_ONE_DESK, CROWD_SAME},
	{"names at every place, in quarters", MOST, CROWD_NAMES, CROWD_SPREAD, CROWD_QUARTERS},
	{"names without a place, all day", MOST, CROWD_NAMES, CROWD_UNPLACED, CROWD_ALL_DAY},
	{"Swedish at one desk, all at once", MOST, CROWD_SWEDISH, CROWD_ONE_DESK, CROWD_SAME},
	{"Swedish in one room, in minutes", MOST, CROWD_SWEDISH, CROWD_ONE_ROOM, CROWD_MINUTES},
	{"Swedish at every place, in a chain", MOST, CROWD_SWEDISH, CROWD_SPREAD, CROWD_CHAIN},
	{"Swedish without a place, in quarters", MOST, CROWD_SWEDISH, CROWD_UNPLACED, CROWD_QUARTERS},
	{"Swedish without a place, all day", MOST, CROWD_SWEDISH, CROWD_UNPLACED, CROWD_ALL_DAY},
	{"Swedish meetings, all at once", MOST, CROWD_SWEDISH, CROWD_MEETINGS, CROWD_SAME},
	{"Swedish notices", MOST, CROWD_SWEDISH, CROWD_NOTICES, CROWD_SAME},
	{"scripts at one desk, all at once", LONG, CROWD_SCRIPTS, CROWD_ONE_DESK, CROWD_SAME},
	{"scripts in one room, in quarters", LONG, CROWD_SCRIPTS, CROWD_ONE_ROOM, CROWD_QUARTERS},
	{"scripts at every place, in quarters", LONG, CROWD_SCRIPTS, CROWD_SPREAD, CROWD_QUARTERS},
	{"scripts at every place, in a chain", MOST, CROWD_SCRIPTS, CROWD_SPREAD, CROWD_CHAIN},
	{"scripts without a place, all day", LONG, CROWD_SCRIPTS, CROWD_UNPLACED, CROWD_ALL_DAY},
	{"scripts in meetings, in a chain", LONG, CROWD_SCRIPTS, CROWD_MEETINGS, CROWD_CHAIN},
	{"one word at every place, in quarters", MOST, CROWD_WORD, CROWD_SPREAD, CROWD_QUARTERS},
	{"one word in one room, all day", MOST, CROWD_WORD, CROWD_ONE_ROOM, CROWD_ALL_DAY},
	{"one word in meetings, in minutes", MOST, CROWD_WORD, CROWD_MEETINGS, CROWD_MINUTES},
	{"names in one room, over weeks", MOST, CROWD_NAMES, CROWD_ONE_ROOM, CROWD_WEEK},
	{"scripts in meetings, over weeks", LONG, CROWD_SCRIPTS, CROWD_MEETINGS, CROWD_WEEK},
	{"Swedish at every place, over weeks", MOST, CROWD_SWEDISH, CROWD_SPREAD, CROWD_WEEK},
};
const size_t crowd_count = sizeof(crowds) / sizeof(crowds[0]);

enum { TEXT_BYTES = 240 };

/* Repeats words, from another one on for each number, up to 240 bytes. */
static void write_text(char out[TEXT_BYTES + 16], size_t number, const char *const *words, size_t count,
		       const char *glue)
{
	size_t used = (size_t)snprintf(out, TEXT_BYTES, "%zu%s", number, glue);
	for (size_t i = number; used < TEXT_BYTES; i++) {
		const char *word = words[i * 7 % count];
		if (used + strlen(word) + strlen(glue) > TEXT_BYTES) {
			break;
		}
		used += (size_t)snprintf(out + used, TEXT_BYTES - used + 1, "%s%s", word, glue);
	}
}

static void make_text(char out[TEXT_BYTES + 16], enum crowd_text kind, size_t number)
{
	static const char *const swedish[] = {"möte",
					      "om",
					      "samhällsbyggnadsförvaltningens",
					      "och",
					      "lokalfråga",
					      "i",
					      "Örnsköldsvik",
					      "Åsele",
					      "avstämning",
					      "inför",
					      "kommunfullmäktige",
					      "på",
					      "Robertsfors"};
	static const char *const scripts[] = {"م", "日", "a", "க", "ж", "ש", "ä", "한", "ก", "ω", "ა"};
	switch (kind) {
	case CROWD_NAMES:
		snprintf(out, TEXT_BYTES, "Person %zu N.", number);
		break;
	case CROWD_SWEDISH:
		write_text(out, number, swedish, sizeof(swedish) / sizeof(swedish[0]), " ");
		break;
	case CROWD_SCRIPTS:
		write_text(out, number, scripts, sizeof(scripts) / sizeof(scripts[0]), "");
		break;
	case CROWD_WORD:
		write_text(out, number, swedish, sizeof(swedish) / sizeof(swedish[0]), "x");
		break;
	}
}

static void set_span(struct world *world, struct cache_row *row, enum crowd_when when, size_t number)
{
	int64_t day_utc = world_utc(world, "2026-11-23T07:00");
	switch (when) {
	case CROWD_SAME:
		row->span.start_utc = day_utc + 2 * 3600;
		row->span.end_utc = day_utc + 10 * 3600;
		break;
	case CROWD_CHAIN:
		row->span.start_utc = day_utc + (int64_t)(number % DAY_MINUTES) * 60;
		row->span.end_utc = row->span.start_utc + 3600;
		break;
	case CROWD_QUARTERS:
		row->span.start_utc = day_utc + (int64_t)(number * 15 % DAY_MINUTES) * 60;
		row->span.end_utc = row->span.start_utc + 900;
		break;
	case CROWD_MINUTES:
		row->span.start_utc = day_utc + (int64_t)(number % DAY_MINUTES) * 60;
		row->span.end_utc = row->span.start_utc + 60;
		break;
	case CROWD_ALL_DAY:
		world_all_day(world, row, "2026-11-23", "2026-11-23");
		break;
	case CROWD_WEEK:
		day_utc += (int64_t)(number / DAY_MINUTES) * 24 * 3600;
		row->span.start_utc = day_utc + (int64_t)(number % DAY_MINUTES) * 60;
		row->span.end_utc = row->span.start_utc + 60;
		break;
	case CROWD_WHENS:
		break;
	}
}

static void set_place(struct world *world, struct cache_row *row, enum crowd_where where, size_t number)
{
	switch (where) {
	case CROWD_ONE_DESK:
		world_set(&row->place, "5");
		break;
	case CROWD_ONE_ROOM:
		world_set(&row->place, "K");
		break;
	case CROWD_SPREAD:
		world_set(&row->place, world->places[number % world->config.place_count].id);
		break;
	default:
		break;
	}
}

void crowd_add(struct world *world, const struct crowd *crowd, size_t number, const char *text, const char *address)
{
	bool is_meeting = crowd->where == CROWD_MEETINGS, is_notice = crowd->where == CROWD_NOTICES;
	char uid[32];
	snprintf(uid, sizeof(uid), "crowd%zu", number);
	struct cache_row *row = world_add(world, is_meeting || is_notice ? WORLD_COUNCIL : WORLD_DESKS, uid,
					  "2026-11-23T09:00", "2026-11-23T10:00", text, is_meeting ? address : "");
	set_span(world, row, crowd->when, number);
	set_place(world, row, crowd->where, number);
	row->is_person = !is_meeting && !is_notice && crowd->where != CROWD_ONE_ROOM;
	if (is_notice) {
		world->feeds[WORLD_COUNCIL].kind = FEED_NOTICES;
	}
}

void crowd_fill(struct world *world, const struct crowd *crowd)
{
	char text[TEXT_BYTES + 16], address[TEXT_BYTES + 16];
	for (size_t i = 0; i < crowd->count; i++) {
		make_text(text, crowd->text, i);
		make_text(address, crowd->text, i + 5);
		crowd_add(world, crowd, i, text, address);
	}
}
