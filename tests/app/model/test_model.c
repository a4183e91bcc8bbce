/* What home says, in Swedish, sentence by sentence, over the office of the design pictures. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/base/i18n.h"
#include "scene.h"

#define DAY "2026-11-23T"

static void test_home_as_in_the_picture(void **state)
{
	(void)state;
	struct scene scene = scene_of_picture("sv");
	const struct model *model = scene_look(&scene);
	assert_string_equal(model->office, "Satellitkontoret");
	assert_string_equal(model->subtitle, "Umeåregionen · Renmarkstorget 5D, 3 tr");
	assert_string_equal(model->date, "måndag 23 november");
	assert_string_equal(model->week, "vecka 48");
	assert_string_equal(model->clock, "10:42");
	assert_string_equal(model->heading, "I dag på kontoret");
	assert_string_equal(model->free, "Lediga nu: 3, 4 och 6");
	assert_string_equal(model->empty, "");
	assert_int_equal(model->axis_start_min, 7 * 60);
	assert_int_equal(model->axis_end_min, 18 * 60);
	assert_int_equal(model->now_min, 10 * 60 + 42);
	assert_int_equal(model->row_count, 9);
	assert_string_equal(model->notes[0].text, "Uppdaterad 10:40");
	assert_int_equal(model->note_count, 1);
	assert_int_equal(model->footer_count, 3); /* nothing is configured that would be good to know */
	assert_string_equal(model->footer[0].id, "week");
	assert_string_equal(model->footer[0].text, "Veckan");
	assert_string_equal(model->footer[1].id, "lang");
	assert_string_equal(model->footer[1].text, "English");
	assert_string_equal(model->footer[2].id, "access");
	assert_string_equal(model->footer[2].text, "Tillgänglighet");
	assert_true(model->changes_utc == world_utc(scene.world, DAY "10:43"));
	assert_true(model->changes_ms == INT64_MAX);

	static const struct {
		const char *place;
		enum shown_state now;
		size_t block;
		enum shown_state state;
		const char *text, *shorter, *id;
		int start, end;
	} rows[] = {
		{"K", SHOWN_ONGOING, 0, SHOWN_ENDED, "Personalchefsgruppen", "", "booking:u1", 480, 570},
		{"K", SHOWN_ONGOING, 1, SHOWN_ONGOING, "KC-gruppen, beredning", "", "booking:u2", 600, 720},
		{"K", SHOWN_ONGOING, 2, SHOWN_BOOKED, "Digitaliseringsgruppen", "", "booking:u3", 780, 870},
		{"1", SHOWN_CHECKED_IN, 0, SHOWN_CHECKED_IN, "Åsa L.", "Å.L.", "booking:u5", 480, 720},
		{"3", SHOWN_FREE, 0, SHOWN_NO_SHOW, "Ej incheckad", "", "booking:u7", 540, 600},
		{"3", SHOWN_FREE, 2, SHOWN_BOOKED, "Märta N.", "M.N.", "booking:u8", 780, 1020},
		{"5", SHOWN_WAITING, 0, SHOWN_WAITING, "Nils S.", "N.S.", "booking:u9", 630, 900},
		{"6", SHOWN_FREE, 0, SHOWN_ENDED, "Sara H.", "S.H.", "booking:u10", 450, 570},
		{"8", SHOWN_WAITING, 0, SHOWN_WAITING, "Jonas Å.", "J.Å.", "booking:u13", 660, 750},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char id[16];
		snprintf(id, sizeof(id), "place:%s", rows[i].place);
		const struct model_row *place = scene_row(model, id);
		const struct model_block *block = &place->blocks[rows[i].block];
		assert_int_equal(place->state, rows[i].now);
		assert_int_equal(block->state, rows[i].state);
		assert_string_equal(block->text, rows[i].text);
		assert_string_equal(block->shorter, rows[i].shorter);
		assert_string_equal(block->id, rows[i].id);
		assert_int_equal(block->start_min, rows[i].start);
		assert_int_equal(block->end_min, rows[i].end);
		assert_int_equal(block->action.view, VIEW_SHEET);
	}
	assert_string_equal(scene_row(model, "place:5")->number, "5");
	assert_string_equal(scene_row(model, "place:3")->blocks[2].spoken, "Bokad: Märta N., 13:00–17:00");
	assert_string_equal(scene_row(model, "place:3")->spoken, "Plats 3, Ledig till 13:00");
	assert_int_equal(scene_row(model, "place:4")->action.view, VIEW_FREE);
	scene_end(&scene);
}

static void test_home_cards(void **state)
{
	(void)state;
	struct scene scene = scene_of_picture("sv");
	const struct model *model = scene_look(&scene);
	assert_string_equal(model->waiting_heading, "Checka in");
	assert_int_equal(model->waiting_count, 2);
	assert_string_equal(model->waiting[0].id, "checkin:8"); /* Jonas before Nils */
	assert_string_equal(model->waiting[1].id, "checkin:5");
	assert_string_equal(model->waiting[1].name, "Nils S.");
	assert_string_equal(model->waiting[1].shorter, "");
	assert_string_equal(model->waiting[1].where, "Plats 5 · 10:30–15:00");
	assert_string_equal(model->waiting[1].button, "Checka in");
	assert_string_equal(model->waiting[1].spoken, "Checka in: Nils S., Plats 5 · 10:30–15:00");
	assert_int_equal(model->waiting[1].action.kind, ACTION_CHECK_IN);
	assert_string_equal(model->waiting[1].action.id, "u9");
	assert_int_equal(model->waiting[1].open.view, VIEW_SHEET);

	assert_string_equal(model->meetings_heading, "Kommande möten");
	assert_int_equal(model->meeting_count, 2);
	const struct model_meeting *meeting = &model->meetings[0];
	assert_string_equal(meeting->id, "meeting:council");
	assert_string_equal(meeting->day, "27");
	assert_string_equal(meeting->month, "nov");
	assert_string_equal(meeting->title, "Umeåregionrådet");
	assert_string_equal(meeting->when, "fredag 09:00 · Vännäs, inte här");
	assert_string_equal(meeting->when_short, "fre 09:00 · Vännäs, inte här");
	assert_string_equal(meeting->brief, "27 nov · Vännäs, inte här");
	assert_string_equal(meeting->spoken,
			    "Umeåregionrådet, fredag 27 november, 09:00, Vännäs, inte här, om 4 dagar");
	assert_string_equal(meeting->in, "om 4 dagar");
	meeting = &model->meetings[1];
	assert_string_equal(meeting->month, "dec");
	assert_string_equal(meeting->when, "fredag 13:00 · Teams");
	assert_string_equal(meeting->in, "om 11 dagar");

	static const char *const words[] = {"Ledig",     "Bokad",        "Väntar på incheckning",
					    "Incheckad", "Ej incheckad", "Pågår"};
	assert_int_equal(model->legend_count, 6);
	for (size_t i = 0; i < 6; i++) {
		assert_string_equal(model->legend[i].text, words[i]);
	}
	scene_end(&scene);
}

static void test_late_owner_finds_the_name(void **state)
{
	(void)state;
	struct scene scene = scene_begin("sv");
	world_book(scene.world, "5", DAY "09:00", DAY "15:00", "Nils S.");
	world_book(scene.world, "6", DAY "08:00", DAY "09:00", "Sara H.");
	const struct model *model = scene_look(&scene);
	const struct model_block *going_on = &scene_row(model, "place:5")->blocks[0];
	assert_int_equal(going_on->state, SHOWN_NO_SHOW);
	assert_string_equal(going_on->text, "Nils S.");
	assert_string_equal(going_on->shorter, "N.S.");
	assert_false(going_on->is_state_word);
	assert_string_equal(going_on->spoken, "Ej incheckad: Nils S., 09:00–15:00");
	const struct model_block *over = &scene_row(model, "place:6")->blocks[0];
	assert_int_equal(over->state, SHOWN_NO_SHOW);
	assert_string_equal(over->text, "Ej incheckad");
	assert_true(over->is_state_word);
	scene_end(&scene);
}

static void test_long_name_waits(void **state)
{
	(void)state;
	struct scene scene = scene_begin("sv");
	world_book(scene.world, "5", DAY "10:30", DAY "15:00", "Anna-Karin Margareta Johansson-Lundström");
	const struct model *model = scene_look(&scene);
	assert_int_equal(model->waiting_count, 1);
	assert_string_equal(model->waiting[0].name, "Anna-Karin Margareta Johansson-Lundström");
	assert_string_equal(model->waiting[0].shorter, "Anna-Karin M.J.");
	scene_end(&scene);
}

static void test_private_and_nameless(void **state)
{
	(void)state;
	struct scene scene = scene_begin("sv");
	struct cache_row *booking = world_book(scene.world, "5", DAY "10:30", DAY "15:00", "Hemlig");
	booking->is_private = true;
	world_book(scene.world, "6", DAY "10:30", DAY "15:00", "");
	world_book(scene.world, "7", DAY "07:00", DAY "08:00", "Anna K.");
	world_all_day(scene.world, &scene.world->snapshot.rows.items[2], "2026-11-23", "2026-11-23");
	const struct model *model = scene_look(&scene);
	assert_string_equal(scene_row(model, "place:5")->blocks[0].text, "Bokad");
	assert_string_equal(scene_row(model, "place:5")->blocks[0].shorter, "");
	assert_string_equal(scene_row(model, "place:6")->blocks[0].text, "Bokad");
	assert_int_equal(scene_row(model, "place:7")->blocks[0].start_min, 7 * 60);     /* all day: the whole row */
	assert_int_equal(scene_row(model, "place:7")->blocks[0].end_min, 10 * 60 + 42); /* the rest can be taken */
	assert_int_equal(scene_row(model, "place:7")->blocks[1].state, SHOWN_ABSENT);
	assert_int_equal(scene_row(model, "place:7")->blocks[1].end_min, 18 * 60);
	model = scene_look_at(&scene, VIEW_SHEET, "u1");
	assert_string_equal(model->sheet.title, "Kontorsplats 5");
	assert_string_equal(model->sheet.card_name, "Bokad");
	model = scene_look_at(&scene, VIEW_SHEET, "u3");
	assert_string_equal(model->sheet.title, "Kontorsplats 7");
	assert_string_equal(model->sheet.card_times, "Hela dagen");
	scene_end(&scene);
}

static void test_host_over_the_years(void **state)
{
	(void)state;
	static const struct {
		const char *now, *year, *label, *name, *next, *next_short;
		int host, following;
	} cases[] = {
		{"2026-11-23T10:42", "2026", "Värdkommun", "Bjurholm", "Nordmaling tar över vid årsskiftet",
		 "2027\nNordmaling", 0, 1},
		{"2026-12-01T00:00", "2026", "Värdkommun", "Bjurholm", "Nordmaling tar över vid årsskiftet",
		 "2027\nNordmaling", 0, 1},
		{"2026-12-31T23:59:59", "2026", "Värdkommun", "Bjurholm", "Nordmaling tar över vid årsskiftet",
		 "2027\nNordmaling", 0, 1},
		{"2027-01-01T00:00", "2027", "Värdkommun", "Nordmaling",
		 "Robertsfors tar över vid årsskiftet (planerat)", "2028\nRobertsfors", 0, 1},
		{"2028-02-29T12:00", "2028", "Värdkommun (planerad)", "Robertsfors",
		 "Umeå tar över vid årsskiftet (planerat)", "2029\nUmeå", 0, 1},
		{"2030-05-01T12:00", "2030", "Värdkommun (planerad)", "Vindeln", "Värdkommun 2031: ej fastställd",
		 "2031\nEj fastställd", 0, -1},
		{"2031-05-01T12:00", "2031", "Värdkommun", "Ej fastställd", "Värdkommun 2032: ej fastställd",
		 "2032\nEj fastställd", -1, -1},
		{"2022-05-01T12:00", "2022", "Värdkommun", "Ej fastställd", "Vindeln tar över vid årsskiftet",
		 "2023\nVindeln", -1, 4},
		{"2025-05-01T12:00", "2025", "Värdkommun", "Örnsköldsvik", "Bjurholm tar över vid årsskiftet",
		 "2026\nBjurholm", 0, 1},
	};
	struct scene scene = scene_begin("sv");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		world_now(scene.world, cases[i].now);
		const struct model_host *host = &scene_look(&scene)->host;
		assert_true(host->shown);
		assert_string_equal(host->year, cases[i].year);
		assert_string_equal(host->label, cases[i].label);
		assert_string_equal(host->name, cases[i].name);
		assert_string_equal(host->next, cases[i].next);
		assert_string_equal(host->next_short, cases[i].next_short);
		assert_int_equal(host->count, 7);
		assert_int_equal(host->host, cases[i].host);
		assert_int_equal(host->following, cases[i].following);
	}
	scene_end(&scene);
}

static void test_meetings_near_and_long(void **state)
{
	(void)state;
	struct scene scene = scene_begin("sv");
	struct world *world = scene.world;
	world_add(world, WORLD_COUNCIL, "a", DAY "09:00", DAY "10:00", "Över", "");
	world_add(world, WORLD_COUNCIL, "b", DAY "10:00", DAY "11:00", "Nu", "");
	world_add(world, WORLD_COUNCIL, "c", DAY "15:00", DAY "16:00", "Idag", "");
	world_add(world, WORLD_COUNCIL, "d", "2026-11-24T09:00", "2026-11-24T10:00", "Imorgon", "");
	world_all_day(world, world_add(world, WORLD_COUNCIL, "e", DAY "09:00", DAY "10:00", "Dagar", "Umeå"),
		      "2026-11-26", "2026-11-27");
	world_add(world, WORLD_COUNCIL, "f", "2026-11-28T09:00", "2026-11-28T10:00", "Inställt", "")->status =
		OCCURRENCE_CANCELLED;
	const struct model *model = scene_look(&scene);
	assert_int_equal(model->meeting_count, 4);
	static const char *const in[] = {"pågår nu", "i dag", "i morgon", "om 3 dagar"};
	for (size_t i = 0; i < 4; i++) {
		assert_string_equal(model->meetings[i].in, in[i]);
	}
	assert_string_equal(model->meetings[3].when, "torsdag–fredag · Umeå, inte här");
	assert_int_equal(model->meetings_soon, 4);
	world_add(world, WORLD_COUNCIL, "g", "2026-12-06T09:00", "2026-12-06T10:00", "Snart", "");
	world_add(world, WORLD_COUNCIL, "h", "2026-12-07T09:00", "2026-12-07T10:00", "Sedan", "");
	model = scene_look(&scene);
	assert_int_equal(model->meeting_count, 6);
	assert_int_equal(model->meetings_soon, 5);
	model = scene_look_at(&scene, VIEW_MEETING, "e");
	assert_string_equal(model->sheet.subtitle, "torsdag 26 november–fredag 27 november · om 3 dagar");
	scene_end(&scene);
}

static void test_notes(void **state)
{
	(void)state;
	struct scene scene = scene_begin("sv");
	struct world *world = scene.world;
	for (int i = 0; i < 3; i++) {
		world->ages[i].agreed_utc = world_utc(world, DAY "08:12");
		world->ages[i].trouble = FEED_TROUBLE_NO_CONTACT;
	}
	const struct model *model = scene_look(&scene);
	assert_int_equal(model->note_count, 1);
	assert_string_equal(model->notes[0].text,
			    "Bokningarna kunde senast uppdateras 08:12 – nyare bokningar kan saknas.");
	assert_int_equal(model->notes[0].level, NOTE_OLD);

	world_now(world, DAY "10:42");
	world->ages[WORLD_DESKS].agreed_utc = world_utc(world, "2026-11-22T08:12");
	world->ages[WORLD_DESKS].trouble = FEED_TROUBLE_NOT_CALENDAR;
	world->ages[WORLD_COUNCIL].agreed_utc = world_utc(world, DAY "10:10");
	model = scene_look(&scene);
	assert_int_equal(model->note_count, 2);
	assert_string_equal(
		model->notes[0].text,
		"Kontorsplatser: Bokningarna kunde senast uppdateras 22 november 08:12 – nyare bokningar kan "
		"saknas.");
	assert_string_equal(model->notes[1].text, "Möten: Uppdaterad 10:10 – kan ha ändrats sedan dess");
	assert_int_equal(model->notes[1].level, NOTE_AGEING);

	world->ages[WORLD_ROOM].agreed_utc = 0;
	world->ages[WORLD_ROOM].trouble = FEED_TROUBLE_NONE;
	world->is_trusted = false;
	world->snapshot.journal_ok = false;
	model = scene_look(&scene);
	assert_int_equal(model->note_count, 5);
	assert_string_equal(model->notes[0].text, "Klockan kan gå fel – inga platser släpps så länge");
	assert_string_equal(model->notes[1].text, "Incheckningar kan inte sparas just nu");
	assert_string_equal(model->notes[3].text, "Konferensrum: Bokningarna har inte hämtats än");
	scene.visit.is_deaf = true;
	model = scene_look(&scene);
	assert_int_equal(model->note_count, 6);
	assert_string_equal(model->notes[0].text, "Pekskärmen fungerar inte just nu");
	assert_int_equal(model->notes[0].level, NOTE_OLD);
	scene_end(&scene);
}

/* Fresh feeds of different paces: the bookings' time is shown, or the oldest if there is no bookings feed. */
static void test_note_of_fresh_feeds(void **state)
{
	(void)state;
	struct scene scene = scene_begin("sv");
	scene.world->feeds[WORLD_COUNCIL].refresh_s = 3600;
	scene.world->ages[WORLD_COUNCIL].agreed_utc -= 5000;
	scene.world->ages[WORLD_ROOM].agreed_utc -= 60;
	assert_string_equal(scene_look(&scene)->notes[0].text, "Uppdaterad 10:39");
	assert_int_equal(scene.model->note_count, 1);
	scene.world->feeds[WORLD_DESKS].kind = scene.world->feeds[WORLD_ROOM].kind = FEED_MEETINGS;
	assert_string_equal(scene_look(&scene)->notes[0].text, "Uppdaterad 09:16");
	scene.world->config.feed_count = 0;
	assert_string_equal(scene_look(&scene)->notes[0].text, "Inga kalendrar ännu");
	scene.world->config.feed_count = 3;
	scene_end(&scene);
}

static void test_nothing_is_known(void **state)
{
	(void)state;
	struct scene scene = scene_begin("sv");
	assert_string_equal(scene_look(&scene)->empty, "Inga bokningar i dag");
	assert_string_equal(scene.model->meetings_empty, "Inga möten till och med 21 januari.");
	scene.world->ages[WORLD_DESKS].agreed_utc = scene.world->ages[WORLD_ROOM].agreed_utc = 0;
	scene.world->ages[WORLD_COUNCIL].agreed_utc = 0;
	assert_string_equal(scene_look(&scene)->free, "Lediga platser kan inte visas just nu");
	assert_int_equal(scene.model->free_state, SHOWN_UNKNOWN);
	assert_int_equal(scene_row(scene.model, "place:4")->blocks[0].state, SHOWN_UNKNOWN);
	assert_string_equal(scene_row(scene.model, "place:4")->blocks[0].text, "Okänt läge");
	assert_string_equal(scene.model->empty, "");
	assert_string_equal(scene.model->meetings_empty, "");
	assert_int_equal(scene_row(scene.model, "place:4")->state, SHOWN_UNKNOWN);
	world_book(scene.world, "4", DAY "10:40", DAY "12:00", "Lo B."); /* from an earlier run */
	assert_string_equal(scene_look(&scene)->free, "Lediga platser kan inte visas just nu");
	scene_end(&scene);
}

static void test_axis_is_widened(void **state)
{
	(void)state;
	struct scene scene = scene_begin("sv");
	world_book(scene.world, "5", DAY "05:30", DAY "06:00", "A");
	world_book(scene.world, "5", DAY "20:00", "2026-11-24T03:00", "B");
	const struct model *model = scene_look(&scene);
	assert_int_equal(model->axis_start_min, 5 * 60);
	assert_int_equal(model->axis_end_min, 24 * 60);
	assert_int_equal(scene_row(model, "place:5")->blocks[1].end_min, 24 * 60);
	world_now(scene.world, "2026-11-24T02:00");
	model = scene_look(&scene);
	assert_int_equal(model->axis_start_min, 0);
	assert_int_equal(model->now_min, 120);
	world_now(scene.world, DAY "04:59");
	assert_int_equal(scene_look(&scene)->now_min, -1);
	scene_end(&scene);
}

/* Says how to get a desk only as far as that is possible. */
static void test_how_to_get_a_desk(void **state)
{
	(void)state;
	struct scene scene = scene_begin("sv");
	assert_string_equal(scene_look(&scene)->waiting_empty, "Ingen väntar på incheckning just nu.");
	assert_string_equal(scene.model->hint, "Ingen bokning? Tryck på en grön plats.");
	scene.world->ages[WORLD_DESKS].agreed_utc -= 3 * 86400;
	assert_string_equal(scene_look(&scene)->hint, "Behöver du en plats? Fråga kansliet.");
	for (size_t i = 0; i < scene.world->config.place_count; i++) {
		scene.world->places[i].checkin = false;
	}
	assert_string_equal(scene_look(&scene)->hint, "Behöver du en plats? Fråga kansliet.");
	scene_end(&scene);
}

/* Nothing of the snapshot may be borrowed: it may be gone before the model is. */
static void test_model_outlives_the_snapshot(void **state)
{
	(void)state;
	struct scene scene = scene_of_picture("sv");
	const struct model *model = scene_look_at(&scene, VIEW_SHEET, "u9");
	for (size_t i = 0; i < scene.world->snapshot.rows.count; i++) {
		struct cache_row *gone = &scene.world->snapshot.rows.items[i];
		memset(gone->title, '#', strlen(gone->title));
		memset(gone->uid, '#', strlen(gone->uid));
		memset(gone->location, '#', strlen(gone->location));
	}
	assert_string_equal(model->sheet.card_name, "Nils S.");
	assert_string_equal(model->sheet.place.day[0].text, "Nils S.");
	assert_string_equal(model->sheet.buttons[0].action.id, "u9");
	for (size_t i = 0; i < model->row_count; i++) {
		for (size_t j = 0; j < model->rows[i].block_count; j++) {
			const struct model_block *block = &model->rows[i].blocks[j];
			assert_null(strchr(block->id, '#'));
			assert_null(strchr(block->text, '#'));
			assert_null(strchr(block->action.id, '#'));
		}
	}
	for (size_t i = 0; i < model->meeting_count; i++) {
		assert_null(strchr(model->meetings[i].title, '#'));
		assert_null(strchr(model->meetings[i].when, '#'));
		assert_null(strchr(model->meetings[i].id, '#'));
	}
	scene_end(&scene);
}

static void test_english(void **state)
{
	(void)state;
	struct scene scene = scene_of_picture("sv");
	i18n_set_language("en");
	snprintf(scene.visit.language, sizeof(scene.visit.language), "en");
	const struct model *model = scene_look(&scene);
	assert_string_equal(model->date, "Monday 23 November");
	assert_string_equal(model->week, "Week 48");
	assert_string_equal(model->free, "Free now: 3, 4 and 6");
	assert_string_equal(model->footer[1].text, "Svenska");
	assert_string_equal(model->footer[1].action.id, "sv");
	assert_string_equal(model->meetings[0].in, "in 4 days");
	assert_string_equal(model->waiting[0].button, "Check in");
	i18n_set_language("sv");
	scene_end(&scene);
}

/* What the map says under each place, and the shorter form. */
static void test_lines_of_the_map(void **state)
{
	(void)state;
	static const struct {
		const char *id, *line, *line_short;
	} lines[] = {
		{"place:K", "Pågår till 12:00", "till 12:00"},
		{"place:1", "Åsa L.", "Å.L."},
		{"place:3", "till 13:00", "ledig"},
		{"place:4", "hela dagen", "ledig"},
		{"place:5", "Nils S.", "N.S."},
	};
	struct scene scene = scene_of_picture("sv");
	const struct model *model = scene_look(&scene);
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		const struct model_row *row = NULL;
		for (size_t j = 0; j < model->row_count; j++) {
			row = strcmp(model->rows[j].id, lines[i].id) == 0 ? &model->rows[j] : row;
		}
		assert_non_null(row);
		assert_string_equal(row->line, lines[i].line);
		assert_string_equal(row->line_short, lines[i].line_short);
	}
	assert_false(model->map.is_shown);
	scene.visit.shows_map = true; /* but there is no plan */
	assert_false(scene_look(&scene)->map.is_shown);
	scene_end(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_home_as_in_the_picture),
		cmocka_unit_test(test_home_cards),
		cmocka_unit_test(test_late_owner_finds_the_name),
		cmocka_unit_test(test_long_name_waits),
		cmocka_unit_test(test_private_and_nameless),
		cmocka_unit_test(test_host_over_the_years),
		cmocka_unit_test(test_meetings_near_and_long),
		cmocka_unit_test(test_notes),
		cmocka_unit_test(test_note_of_fresh_feeds),
		cmocka_unit_test(test_nothing_is_known),
		cmocka_unit_test(test_axis_is_widened),
		cmocka_unit_test(test_how_to_get_a_desk),
		cmocka_unit_test(test_model_outlives_the_snapshot),
		cmocka_unit_test(test_lines_of_the_map),
		cmocka_unit_test(test_english),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
