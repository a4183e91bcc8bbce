/* What the sheets that fill most of the screen say: the week, what is good to know, the host, a meeting. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "scene.h"

#define DAY "2026-11-23T" /* a Monday */

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static const char *fact(const struct model *model, const char *key)
{
	for (size_t i = 0; i < model->detail.fact_count; i++) {
		if (strcmp(model->detail.facts[i].key, key) == 0) {
			return model->detail.facts[i].text;
		}
	}
	return "";
}

static bool notes(const struct model *model, const char *text)
{
	for (size_t i = 0; i < model->detail.note_count; i++) {
		if (strcmp(model->detail.notes[i], text) == 0) {
			return true;
		}
	}
	return false;
}

static const struct model_button *button(const struct model *model, const char *id)
{
	for (size_t i = 0; i < model->sheet.button_count; i++) {
		if (strcmp(model->sheet.buttons[i].id, id) == 0) {
			return &model->sheet.buttons[i];
		}
	}
	return NULL;
}

static void name_chairs(struct region *region)
{
	static const char *const names[] = {"Sven-Erik L.", "Birgitta H.", "Monica E.", "Jonas W."};
	for (size_t i = 0; i < region->year_count; i++) {
		for (size_t role = 0; role < REGION_NO_ROLE && region->years[i].year == 2026; role++) {
			free(region->years[i].people[role]);
			region->years[i].people[role] = strdup(names[role]);
		}
	}
}

static void test_host_sheet(void **state)
{
	(void)state;
	struct scene scene = scene_of_picture("sv");
	const struct model *model = scene_look_at(&scene, VIEW_HOST, "");
	assert_string_equal(model->sheet.title, "Bjurholm");
	assert_string_equal(model->sheet.status, "Värdkommun 2026");
	assert_string_equal(model->sheet.subtitle, "Nordmaling tar över vid årsskiftet");
	assert_int_equal(model->detail.fact_count, 0); /* no name, no line */
	assert_false(model->detail.has_meeting);
	assert_true(notes(model, "Överlämningsmöte: december 2026."));
	assert_true(notes(model, "Källa: Verksamhetsplan Umeåregionen 2023–2027 (kontrollerad 23 november 2026)."));
	assert_string_equal(model->detail.region, "Umeåregionen");
	assert_string_equal(model->detail.municipalities,
			    "Bjurholm, Nordmaling, Robertsfors, Umeå, Vindeln, Vännäs och Örnsköldsvik");
	assert_int_equal(model->sheet.line_count, 7);
	assert_string_equal(model->sheet.lines[2].key, "2026");
	assert_true(model->sheet.lines[2].is_current);
	assert_false(model->sheet.lines[3].is_current);
	assert_string_equal(model->sheet.lines[3].detail, "Robertsfors");
	assert_string_equal(model->sheet.lines[3].note, "");
	assert_string_equal(model->sheet.lines[4].detail, "Umeå");
	assert_string_equal(model->sheet.lines[4].note, "planerat");
	region_destroy(scene.region);
	scene.region = NULL;
	model = scene_look(&scene);
	assert_false(model->host.shown);
	assert_string_equal(model->sheet.buttons[0].id, "close");
	scene_end(&scene);
}

static void test_people_of_the_host(void **state)
{
	(void)state;
	struct scene scene = scene_of_picture("sv");
	name_chairs(scene.region);
	world_add(scene.world, WORLD_COUNCIL, "h", "2026-12-11T10:00", "2026-12-11T12:00", "Överlämningsmöte",
		  "Kommunhuset, Bjurholm");
	const struct model *model = scene_look_at(&scene, VIEW_HOST, "");
	assert_string_equal(fact(model, "Ordförande i rådet"), "Sven-Erik L.");
	assert_string_equal(fact(model, "Vice ordförande i rådet"), "Birgitta H.");
	assert_string_equal(fact(model, "Ordförande i KC-gruppen"), "Monica E.");
	assert_string_equal(fact(model, "Vice ordförande i KC-gruppen"), "Jonas W.");
	assert_string_equal(model->detail.facts[3].detail, "Nordmaling");
	assert_true(model->detail.has_meeting);
	assert_string_equal(model->detail.meeting.when, "fredag 10:00 · Kommunhuset, Bjurholm, inte här");
	assert_int_equal(model->detail.meeting.action.view, VIEW_MEETING);
	assert_int_equal(model->detail.note_count, 1); /* the meeting says when it is */
	world_now(scene.world, "2027-01-04T10:42");
	model = scene_look(&scene);
	assert_int_equal(model->detail.fact_count, 0);
	assert_true(notes(model, "Överlämningsmöte: december 2027."));
	scene_end(&scene);
}

static void test_source_in_english(void **state)
{
	(void)state;
	struct scene scene = scene_of_picture("en");
	const struct model *model = scene_look_at(&scene, VIEW_HOST, "");
	assert_true(notes(model, "Source: Umeå Region’s plan 2023–2027 (in Swedish) (checked 23 November 2026)."));
	free(scene.region->source_english);
	scene.region->source_english = NULL;
	free(scene.region->dated);
	scene.region->dated = strdup("in the autumn");
	assert_true(
		notes(scene_look(&scene), "Source: Verksamhetsplan Umeåregionen 2023–2027 (checked in the autumn)."));
	scene_end(&scene);
}

static void test_where_a_meeting_is(void **state)
{
	(void)state;
	static const struct {
		const char *location, *url;
		enum model_where where;
		const char *title, *text, *spoken;
	} places[] = {
		{"Vännäs", "", WHERE_AWAY, "Vännäs, inte här", "", "Hålls inte här utan på annan plats: Vännäs."},
		{"Kommunhuset, Storgatan 1, Vännäs", "", WHERE_AWAY, "Vännäs, inte här",
		 "Kommunhuset, Storgatan 1, Vännäs",
		 "Hålls inte här utan på annan plats: Kommunhuset, Storgatan 1, Vännäs."},
		{"Microsoft Teams-möte", "", WHERE_ONLINE, "Teams", "Digitalt möte", "Hålls digitalt: Teams."},
		{"", "https://teams.microsoft.com/l/x", WHERE_ONLINE, "Teams", "Digitalt möte",
		 "Hålls digitalt: Teams."},
		{"", "https://meet.example.com/x", WHERE_ONLINE, "Digitalt", "", "Hålls digitalt."},
		{"Konferensrum", "", WHERE_HERE, "Här på kontoret", "Konferensrum", "Hålls här: Konferensrum."},
		{"Renmarkstorget 5", "", WHERE_HERE, "Här på kontoret", "Renmarkstorget 5",
		 "Hålls här: Renmarkstorget 5."},
		{"Konferensrum; Microsoft Teams-möte", "", WHERE_HERE, "Här på kontoret", "Konferensrum · Teams",
		 "Hålls här: Konferensrum · Teams."},
		{"Digitalt", "", WHERE_ONLINE, "Digitalt", "", "Hålls digitalt."},
		{"; ;", "", WHERE_NONE, "Platsen är inte angiven.", "", "Platsen är inte angiven."},
		{"", "", WHERE_NONE, "Platsen är inte angiven.", "", "Platsen är inte angiven."},
	};
	struct scene scene = scene_of_picture("sv");
	scene_look_at(&scene, VIEW_MEETING, "council");
	struct cache_row *row = &scene.world->snapshot.rows.items[scene.world->snapshot.rows.count - 1];
	for (size_t i = 0; i < COUNT(places); i++) {
		world_set(&row->location, places[i].location);
		world_set(&row->url, places[i].url);
		const struct model_detail *detail = &scene_look(&scene)->detail;
		assert_int_equal(detail->where, places[i].where);
		assert_string_equal(detail->where_title, places[i].title);
		assert_string_equal(detail->where_text, places[i].text);
		assert_string_equal(detail->where_spoken, places[i].spoken);
	}
	scene_end(&scene);
}

static void test_meeting_sheet(void **state)
{
	(void)state;
	struct scene scene = scene_of_picture("sv");
	name_chairs(scene.region);
	scene.world->feeds[WORLD_COUNCIL].agenda_by =
		strdup("ordförande {chair}, vice ordförande {vice-chair} och kanslichefen");
	const struct model *model = scene_look_at(&scene, VIEW_MEETING, "council");
	assert_string_equal(model->sheet.title, "Umeåregionrådet");
	assert_string_equal(model->sheet.subtitle, "fredag 27 november 09:00–12:00 · om 4 dagar");
	assert_string_equal(model->detail.day, "27");
	assert_string_equal(model->detail.month, "nov");
	assert_string_equal(fact(model, "Dagordningen bereds av"),
			    "ordförande Sven-Erik L., vice ordförande Birgitta H. och kanslichefen");
	assert_string_equal(fact(model, "Källa"), "Kalendern Umeåregionen, uppdaterad 10:40");
	assert_null(button(model, "meeting-previous"));
	assert_string_equal(button(model, "meeting-next")->action.id, "kc");
	assert_string_equal(button(model, "meeting-next")->spoken, "Nästa möte: KC-gruppen");
	assert_string_equal(button(scene_look_at(&scene, VIEW_MEETING, "kc"), "meeting-previous")->action.id,
			    "council");

	struct cache_row *row = &scene.world->snapshot.rows.items[scene.world->snapshot.rows.count - 1];
	row->status = OCCURRENCE_TENTATIVE;
	scene.world->feeds[WORLD_COUNCIL].body = strdup("Rådet");
	model = scene_look_at(&scene, VIEW_MEETING, "council");
	assert_string_equal(model->sheet.title, "Rådet");
	assert_string_equal(fact(model, "Gäller"), "Umeåregionrådet");
	assert_string_equal(fact(model, "Källa"), "Kalendern Rådet, uppdaterad 10:40");
	assert_true(notes(model, "Tiden är preliminär."));
	assert_string_equal(scene_look_at(&scene, VIEW_MEETING, "gone")->sheet.title, "Mötet finns inte längre");
	scene_end(&scene);
}

/* Without a name the role stands alone, and what looks like a role but is none stays as it is. */
static void test_who_prepares_the_agenda(void **state)
{
	(void)state;
	static const struct {
		const char *text, *named, *unnamed;
	} cases[] = {
		{"ordförande {chair} och kanslichefen", "ordförande Sven-Erik L. och kanslichefen",
		 "ordförande och kanslichefen"},
		{"{kc-chair}, {kc-vice-chair-name}", "Monica E., Jonas W.", ","},
		{"kanslichefen", "kanslichefen", "kanslichefen"},
		{"a {b} {chair}", "a {b} Sven-Erik L.", "a {b}"},
	};
	struct scene scene = scene_of_picture("sv");
	for (size_t i = 0; i < COUNT(cases); i++) {
		world_set(&scene.world->feeds[WORLD_COUNCIL].agenda_by, cases[i].text);
		assert_string_equal(fact(scene_look_at(&scene, VIEW_MEETING, "kc"), "Dagordningen bereds av"),
				    cases[i].unnamed);
	}
	name_chairs(scene.region);
	for (size_t i = 0; i < COUNT(cases); i++) {
		world_set(&scene.world->feeds[WORLD_COUNCIL].agenda_by, cases[i].text);
		assert_string_equal(fact(scene_look(&scene), "Dagordningen bereds av"), cases[i].named);
	}
	scene_end(&scene);
}

static void test_handover(void **state)
{
	(void)state;
	struct scene scene = scene_of_picture("sv");
	world_add(scene.world, WORLD_COUNCIL, "h", "2026-12-11T10:00", "2026-12-11T12:00", "Överlämningsmöte",
		  "Bjurholm");
	world_add(scene.world, WORLD_COUNCIL, "x", "2026-11-30T10:00", "2026-11-30T12:00", "Överlämning av nycklar",
		  "");
	const struct model *model = scene_look_at(&scene, VIEW_MEETING, "h");
	assert_string_equal(fact(model, "Deltar"), "Bjurholm (värd i år) och Nordmaling (värd nästa år)");
	assert_string_equal(fact(model, "Därefter"), "Nordmaling tar över vid årsskiftet");
	assert_string_equal(fact(scene_look_at(&scene, VIEW_MEETING, "x"), "Deltar"), "");
	scene_end(&scene);
}

static void week_is(const struct model *model, const char *const names[WEEK_DAYS])
{
	assert_int_equal(model->days.day_count, WEEK_DAYS);
	for (size_t i = 0; i < WEEK_DAYS; i++) {
		assert_string_equal(model->days.days[i].name, names[i]);
	}
}

/* The next five days on which the office opens: not those that are closed, over, or have a closure all day. */
static void test_days_of_the_week(void **state)
{
	(void)state;
	static const struct {
		const char *now;
		unsigned closed;
		const char *names[WEEK_DAYS], *subtitle;
	} cases[] = {
		{DAY "10:42",
		 1U << 5 | 1U << 6,
		 {"I dag", "Tisdag", "Torsdag", "Fredag", "Måndag"},
		 "De närmaste fem arbetsdagarna, så som det är bokat 10:40"},
		{DAY "18:00",
		 1U << 5 | 1U << 6,
		 {"Tisdag", "Torsdag", "Fredag", "Måndag", "Tisdag"},
		 "De närmaste fem arbetsdagarna, så som det är bokat 17:58"},
		{"2026-11-28T10:00",
		 1U << 5 | 1U << 6,
		 {"Måndag", "Tisdag", "Onsdag", "Torsdag", "Fredag"},
		 "De närmaste fem arbetsdagarna, så som det är bokat 09:58"},
		{"2026-11-26T10:00",
		 1U << 6,
		 {"I dag", "Fredag", "Lördag", "Måndag", "Tisdag"},
		 "De närmaste fem dagarna, så som det är bokat 09:58"},
	};
	struct scene scene = scene_of_picture("sv");
	scene.world->feeds[WORLD_SPARE] = (struct config_feed){.name = strdup("closed"), .kind = FEED_CLOSURES};
	scene.world->ages[WORLD_SPARE] = scene.world->ages[WORLD_ROOM];
	scene.world->ages[WORLD_SPARE].name = strdup("closed");
	scene.world->ages[WORLD_SPARE].message = strdup("");
	scene.world->config.feed_count = scene.world->snapshot.feed_count = 4;
	world_all_day(scene.world, world_add(scene.world, WORLD_SPARE, "c", DAY "09:00", DAY "10:00", "Städdag", ""),
		      "2026-11-25", "2026-11-25");
	for (size_t i = 0; i < COUNT(cases); i++) {
		world_now(scene.world, cases[i].now);
		scene.world->config.closed_weekdays = cases[i].closed;
		const struct model *model = scene_look_at(&scene, VIEW_WEEK, "");
		week_is(model, cases[i].names);
		assert_string_equal(model->sheet.subtitle, cases[i].subtitle);
	}
	scene_end(&scene);
}

static void test_free_desks_of_a_day(void **state)
{
	(void)state;
	struct scene scene = scene_of_picture("sv");
	world_book(scene.world, "1", "2026-11-24T08:00", "2026-11-24T09:00", "Åsa L.");
	world_book(scene.world, "1", "2026-11-24T10:00", "2026-11-24T12:00", "Åsa L.");
	world_book(scene.world, "4", "2026-11-24T08:00", "2026-11-24T17:00", "Örjan Ö.");
	const struct model_week *week = &scene_look_at(&scene, VIEW_WEEK, "")->days;
	assert_string_equal(week->desks_heading, "Lediga platser");
	assert_string_equal(week->days[0].count, "3 av 8"); /* as the schedule names them: 3, 4 and 6 */
	assert_string_equal(week->days[0].when, "just nu");
	assert_string_equal(week->days[1].count, "6 av 8");
	assert_string_equal(week->days[1].when, "hela dagen");
	assert_string_equal(week->days[2].count, "8 av 8");
	assert_string_equal(week->days[1].date, "24 nov");
	/* Before the office opens nothing is "now". */
	world_now(scene.world, DAY "06:30");
	week = &scene_look(&scene)->days;
	assert_string_equal(week->days[0].when, "hela dagen");
	scene_end(&scene);
}

static void test_the_room_of_a_day(void **state)
{
	(void)state;
	struct scene scene = scene_of_picture("sv");
	world_book(scene.world, "K", "2026-11-24T08:30", "2026-11-24T10:00", "Ett");
	world_book(scene.world, "K", "2026-11-24T09:30", "2026-11-24T11:00", "Två"); /* at once: one block */
	world_book(scene.world, "K", "2026-11-24T17:00", "2026-11-24T21:00", "Tre"); /* beyond the hours */
	const struct model *model = scene_look_at(&scene, VIEW_WEEK, "");
	const struct model_week_day *day = &model->days.days[1];
	assert_int_equal(day->booked_count, 2);
	assert_int_equal(day->booked[0].start_min, 8 * 60 + 30);
	assert_int_equal(day->booked[0].end_min, 11 * 60);
	assert_int_equal(day->booked[1].end_min, 18 * 60);
	assert_string_equal(day->room, "");
	assert_string_equal(day->spoken, "Tisdag 24 november. Lediga platser: 8 av 8 hela dagen. "
					 "Konferensrum: bokat 08:30–11:00, 17:00–18:00.");
	assert_int_equal(model->days.days[0].gone[0].end_min, 10 * 60 + 42);
	assert_int_equal(model->days.days[0].booked_count, 4);
	assert_string_equal(model->days.days[2].room, "Ledigt hela dagen");
	for (size_t i = 0; i < WEEK_DAYS; i++) { /* how much, never who or what */
		assert_null(strstr(model->days.days[i].spoken, "Ett"));
	}
	scene_end(&scene);
}

/* More meetings than a bar can show are those that leave no half hour between them. */
static void test_a_crowd_in_the_room(void **state)
{
	(void)state;
	struct scene scene = scene_of_picture("sv");
	char from[32], to[32];
	for (int i = 0; i < 100; i++) { /* four minutes each, with two between them; from twelve to one it is free */
		int minute = 7 * 60 + i * 6 + (i >= 50 ? 60 : 0);
		snprintf(from, sizeof(from), "2026-11-24T%02d:%02d", minute / 60, minute % 60);
		snprintf(to, sizeof(to), "2026-11-24T%02d:%02d", (minute + 4) / 60, (minute + 4) % 60);
		world_book(scene.world, "K", from, to, "Möte");
	}
	const struct model_week_day *day = &scene_look_at(&scene, VIEW_WEEK, "")->days.days[1];
	assert_int_equal(day->booked_count, 2);
	assert_int_equal(day->booked[0].end_min, 11 * 60 + 58);
	assert_int_equal(day->booked[1].start_min, 13 * 60);
	assert_string_equal(day->spoken, "Tisdag 24 november. Lediga platser: 8 av 8 hela dagen. "
					 "Konferensrum: bokat 07:00–11:58, 13:00–17:58.");
	scene_end(&scene);
}

/* Nothing is claimed about days that the calendar does not cover, and nothing at all while it is old. */
static void test_days_that_are_not_known(void **state)
{
	(void)state;
	struct scene scene = scene_of_picture("sv");
	scene.world->ages[WORLD_DESKS].to_day = zone_day(scene.world->config.zone, scene.world->now_utc) + 2;
	const struct model_week *week = &scene_look_at(&scene, VIEW_WEEK, "")->days;
	assert_string_equal(week->days[1].count, "8 av 8");
	assert_string_equal(week->days[2].count, "");
	assert_string_equal(week->days[2].when, "inte känt än");
	assert_string_equal(week->days[2].room, "Ledigt hela dagen"); /* a calendar of its own */
	scene.world->ages[WORLD_ROOM].agreed_utc = 0;
	const struct model *model = scene_look(&scene);
	assert_string_equal(model->days.days[0].room, "inte känt än");
	assert_false(model->days.days[0].room_is_known);
	assert_string_equal(model->sheet.subtitle, "De närmaste fem arbetsdagarna");
	scene.world->ages[WORLD_DESKS].agreed_utc -= 3 * 86400;
	week = &scene_look(&scene)->days;
	assert_string_equal(week->days[0].count, "");
	scene_end(&scene);
}

static void test_codes_of_the_week(void **state)
{
	(void)state;
	struct scene scene = scene_of_picture("sv");
	const struct model *model = scene_look_at(&scene, VIEW_WEEK, "");
	assert_string_equal(model->sheet.code, "");
	assert_string_equal(model->days.swap.id, "");
	scene.world->places[0].booking_page = strdup("https://example.org/room");
	model = scene_look(&scene);
	assert_string_equal(model->sheet.code, "https://example.org/room");
	assert_string_equal(model->days.swap.id, "");
	scene.world->places[2].booking_page = strdup("https://example.org/desks");
	scene.visit.choice = visit_first_choice(VIEW_WEEK);
	model = scene_look(&scene);
	assert_string_equal(model->sheet.code, "https://example.org/desks");
	assert_string_equal(model->sheet.code_spoken, "QR-kod: Boka på webben");
	assert_string_equal(model->days.swap.text, "Boka rummet");
	scene.visit.choice = model->days.swap.action.number;
	model = scene_look(&scene);
	assert_string_equal(model->sheet.code, "https://example.org/room");
	assert_string_equal(model->sheet.code_spoken, "QR-kod: Boka rummet");
	assert_string_equal(model->days.swap.text, "Boka en plats");
	scene_end(&scene);
}

static void test_good_to_know(void **state)
{
	(void)state;
	struct config_info infos[] = {
		{.title = "Wi-Fi", .text = "Nät: Gast", .code = "WIFI:S:Gast;;", .icon = INFO_WIFI},
		{.title = "Skrivare", .text = "I hallen.", .icon = INFO_PRINTER},
		{.title = "Personuppgifter", .code = "https://example.org/gdpr"},
		{.title = "Tillgänglighet", .code = "https://example.org/a11y", .button = "Redogörelse"},
	};
	struct scene scene = scene_of_picture("sv");
	scene.world->config.infos = infos;
	scene.world->config.info_count = COUNT(infos);
	scene.visit.choice = visit_first_choice(VIEW_INFO);
	scene.visit.view = VIEW_INFO;
	const struct model *model = scene_look(&scene);
	assert_string_equal(model->footer[1].id, "info");
	assert_string_equal(model->footer[1].text, "Bra att veta");
	assert_string_equal(model->sheet.subtitle, "Satellitkontoret, Renmarkstorget 5D, 3 tr");
	assert_int_equal(model->card_count, 4);
	assert_string_equal(model->cards[0].code, "WIFI:S:Gast;;"); /* the phone uses it at once */
	assert_string_equal(model->cards[0].code_spoken, "QR-kod: Wi-Fi");
	assert_string_equal(model->cards[0].hint, "Skanna koden så ansluter mobilen.");
	assert_string_equal(model->cards[0].more.id, "");
	assert_string_equal(model->cards[1].code, "");
	assert_string_equal(model->cards[2].code, ""); /* an address, behind a button */
	assert_string_equal(model->cards[2].more.text, "Läs mer");
	assert_string_equal(model->cards[2].more.spoken, "Personuppgifter: Läs mer");
	assert_string_equal(model->cards[3].more.text, "Redogörelse");

	scene.visit.choice = model->cards[3].more.action.number;
	model = scene_look(&scene);
	assert_int_equal(model->card_count, 1);
	assert_string_equal(model->cards[0].code, "https://example.org/a11y");
	assert_string_equal(model->cards[0].code_spoken, "QR-kod: Redogörelse");
	assert_int_equal(button(model, "back")->action.number, 0);
	assert_string_equal(model->sheet.buttons[model->sheet.button_count - 1].id, "close");
	scene.visit.choice = 99;
	assert_int_equal(scene_look(&scene)->card_count, 4);
	scene_end(&scene);
}

/* The statement is a page of its own; without one there is no button. */
static void test_accessibility_statement(void **state)
{
	(void)state;
	struct config_info infos[] = {{.title = "Skrivare", .text = "I hallen."},
				      {.title = "Tal", .text = "Anslut hörlurar.", .is_statement = true},
				      {.title = "Brister", .text = "QR-koder.", .is_statement = true}};
	struct scene scene = scene_of_picture("sv");
	scene.world->config.infos = infos;
	scene.world->config.info_count = 1;
	scene.visit.view = VIEW_INFO;
	scene.visit.choice = visit_first_choice(VIEW_INFO);
	assert_null(button(scene_look(&scene), "statement"));
	scene.world->config.info_count = COUNT(infos);
	const struct model *model = scene_look(&scene);
	assert_int_equal(model->card_count, 1);
	assert_string_equal(model->cards[0].title, "Skrivare");
	assert_string_equal(button(model, "statement")->text, "Tillgänglighetsredogörelse");
	scene.visit.choice = button(model, "statement")->action.number;
	model = scene_look(&scene);
	assert_string_equal(model->sheet.title, "Tillgänglighetsredogörelse");
	assert_int_equal(model->card_count, 2);
	assert_string_equal(model->cards[0].text, "Anslut hörlurar.");
	assert_null(button(model, "statement"));
	assert_int_equal(button(model, "back")->action.number, 0);
	scene_end(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_accessibility_statement),
		cmocka_unit_test(test_host_sheet),
		cmocka_unit_test(test_people_of_the_host),
		cmocka_unit_test(test_source_in_english),
		cmocka_unit_test(test_where_a_meeting_is),
		cmocka_unit_test(test_meeting_sheet),
		cmocka_unit_test(test_who_prepares_the_agenda),
		cmocka_unit_test(test_handover),
		cmocka_unit_test(test_days_of_the_week),
		cmocka_unit_test(test_free_desks_of_a_day),
		cmocka_unit_test(test_the_room_of_a_day),
		cmocka_unit_test(test_days_that_are_not_known),
		cmocka_unit_test(test_a_crowd_in_the_room),
		cmocka_unit_test(test_codes_of_the_week),
		cmocka_unit_test(test_good_to_know),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
