/* What the screens say of what is not known, of closed days, and of those who are late or stay longer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "app/base/limits.h"
#include "ical/civil.h"
#include "scene.h"

#define DAY "2026-11-23T"

static bool says(const struct model *model, const char *text)
{
	for (size_t i = 0; i < model->sheet.paragraph_count; i++) {
		if (strcmp(model->sheet.paragraphs[i], text) == 0) {
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

/* Three weeks without contact: the row says so from now until the next booking that is known; its sheet says since
 * when. */
static void test_old_data(void **state)
{
	(void)state;
	struct scene scene = scene_begin("sv");
	world_book(scene.world, "4", DAY "14:00", DAY "15:00", "Lo B.");
	scene.world->ages[WORLD_DESKS].agreed_utc = world_utc(scene.world, "2026-11-02T10:42");
	const struct model *model = scene_look(&scene);
	assert_string_equal(
		model->notes[0].text,
		"Kontorsplatser: Bokningarna kunde senast uppdateras 2 november 10:42 – nyare bokningar kan "
		"saknas.");
	assert_string_equal(model->free, "Lediga platser kan inte visas just nu");
	assert_string_equal(model->empty, "");
	const struct model_block *block = &scene_row(model, "place:4")->blocks[1];
	assert_int_equal(scene_row(model, "place:4")->block_count, 2);
	assert_string_equal(block->id, "unknown:4");
	assert_string_equal(block->text, "Okänt läge");
	assert_int_equal(block->start_min, 10 * 60 + 42);
	assert_int_equal(block->end_min, 14 * 60);
	assert_int_equal(block->action.view, VIEW_FREE);
	assert_int_equal(scene_row(model, "place:K")->block_count, 0);
	model = scene_look_at(&scene, VIEW_FREE, "4");
	assert_string_equal(model->sheet.status, "Okänt läge");
	assert_true(
		says(model, "Bokningarna kunde senast uppdateras 2 november 10:42. Platsen kan ha bokats efter det."));
	assert_string_equal(button(model, "take")->text, "Sätt dig här ändå till 11:42");
	assert_true(button(model, "take")->action.is_anyway);
	assert_int_equal(button(model, "take")->action.kind, ACTION_DROP_IN);
	scene_end(&scene);
}

static void test_never_fetched(void **state)
{
	(void)state;
	struct scene scene = scene_begin("sv");
	scene.world->ages[WORLD_DESKS].agreed_utc = 0;
	const struct model *model = scene_look(&scene);
	assert_int_equal(scene_row(model, "place:4")->blocks[0].start_min, 7 * 60);
	assert_int_equal(scene_row(model, "place:4")->blocks[0].end_min, 18 * 60);
	assert_string_equal(scene_row(model, "place:4")->blocks[0].text, "Okänt läge");
	model = scene_look_at(&scene, VIEW_FREE, "4");
	assert_true(says(model, "Bokningarna har inte hämtats än. Platsen kan vara bokad."));
	assert_non_null(button(model, "take"));
	world_now(scene.world, DAY "20:00");
	scene.world->ages[WORLD_DESKS].agreed_utc = world_utc(scene.world, DAY "10:00");
	assert_int_equal(scene_row(scene_look(&scene), "place:4")->block_count, 0); /* past the axis */
	scene_end(&scene);
}

static void test_skipped(void **state)
{
	(void)state;
	struct scene scene = scene_begin("sv");
	scene.world->ages[WORLD_DESKS].skipped = 1;
	scene.world->ages[WORLD_COUNCIL].skipped = 7; /* of meetings it is nobody's place */
	const struct model *model = scene_look(&scene);
	assert_string_equal(model->notes[0].text, "1 bokning i kalendern kunde inte läsas");
	assert_int_equal(model->notes[0].level, NOTE_AGEING);
	model = scene_look_at(&scene, VIEW_FREE, "4");
	assert_true(says(model, "1 bokning i kalendern kunde inte läsas."));
	assert_string_equal(button(model, "take")->text, "Ta platsen till 11:42");
	scene.world->ages[WORLD_ROOM].skipped = 2;
	assert_string_equal(scene_look(&scene)->notes[0].text, "3 bokningar i kalendern kunde inte läsas");
	scene_end(&scene);
}

/* The calendar of meetings, as one of closures or notices. */
static void add_closure(struct scene *scene, enum feed_kind kind, const char *from, const char *to, const char *title)
{
	scene->world->feeds[WORLD_COUNCIL].kind = kind;
	world_add(scene->world, WORLD_COUNCIL, "c", from, to, title, "");
}

static void test_closed(void **state)
{
	(void)state;
	struct scene scene = scene_begin("sv");
	add_closure(&scene, FEED_CLOSURES, DAY "00:00", "2026-11-24T00:00", "Städdag");
	assert_int_equal(world_drop_in(scene.world, "6", DAY "11:30"), OFFICE_CLOSED);
	world_book(scene.world, "5", DAY "10:30", DAY "14:00", "Nils S.");
	scene.world->places[3].booking_page = strdup("https://outlook.office365.com/x");
	const struct model *model = scene_look(&scene);
	assert_true(model->closed.is_shown);
	assert_string_equal(model->closed.title, "Stängt i dag – Städdag");
	assert_string_equal(model->closed.text, "Vi öppnar igen tisdag 24 november 07:00.");
	assert_string_equal(model->closed.code, "https://outlook.office365.com/x");
	assert_int_equal(model->row_count, 1); /* whoever has booked may still come */
	assert_string_equal(model->rows[0].id, "place:5");
	assert_int_equal(model->waiting_count, 1);
	assert_string_equal(model->hint, "");
	assert_string_equal(model->free, "");
	model = scene_look_at(&scene, VIEW_FREE, "4");
	assert_string_equal(model->sheet.status, "Stängt i dag – Städdag");
	assert_null(button(model, "take"));
	scene.world->snapshot.rows.items[0].span.end_utc = world_utc(scene.world, DAY "13:00");
	scene.world->snapshot.rows.items[0].is_private = true;
	assert_string_equal(scene_look(&scene)->notices[0], "Stängt till 13:00");
	assert_string_equal(scene_row(scene.model, "place:4")->spoken, "Plats 4, Stängt till 13:00");
	assert_false(scene.model->closed.is_shown);
	scene.world->snapshot.rows.items[0].is_private = false;
	assert_string_equal(scene_look(&scene)->notices[0], "Stängt till 13:00 – Städdag");
	scene.world->config.closed_weekdays = 1;
	scene.world->snapshot.rows.items[0].span.end_utc = world_utc(scene.world, DAY "01:00");
	assert_string_equal(scene_look(&scene)->closed.title, "Stängt i dag");
	scene_end(&scene);
}

static void test_notice(void **state)
{
	(void)state;
	struct scene scene = scene_begin("sv");
	add_closure(&scene, FEED_NOTICES, DAY "10:00", DAY "11:00", "Brandövning 10:45");
	assert_string_equal(scene_look(&scene)->notices[0], "Brandövning 10:45");
	scene.world->ages[WORLD_COUNCIL].agreed_utc = 0;
	assert_string_equal(scene_look(&scene)->notes[0].text, "Meddelanden: Har inte hämtats än");
	scene.world->feeds[WORLD_COUNCIL].kind = FEED_CLOSURES;
	assert_string_equal(scene_look(&scene)->notes[0].text, "Stängda dagar: Har inte hämtats än");
	scene_end(&scene);
}

/* Who is late comes after those who are expected. */
static void test_late(void **state)
{
	(void)state;
	struct scene scene = scene_begin("sv");
	world_book(scene.world, "5", DAY "10:00", DAY "15:00", "Nils S.");
	world_book(scene.world, "4", DAY "10:40", DAY "12:00", "Lo B.");
	const struct model *model = scene_look(&scene);
	assert_int_equal(model->waiting_count, 2);
	assert_string_equal(model->waiting[0].name, "Lo B.");
	assert_string_equal(model->waiting[1].where, "Plats 5 · från 10:00");
	assert_int_equal(model->waiting[1].action.kind, ACTION_CHECK_IN);
	assert_int_equal(world_drop_in(scene.world, "5", DAY "12:00"), OFFICE_ALLOWED);
	assert_int_equal(scene_look(&scene)->waiting_count, 1);
	scene_end(&scene);
}

static void test_longer(void **state)
{
	(void)state;
	struct scene scene = scene_begin("sv");
	world_book(scene.world, "5", DAY "10:30", DAY "12:00", "Nils S.");
	world_book(scene.world, "5", DAY "12:30", DAY "14:00", "Maja K.");
	world_now(scene.world, DAY "10:40");
	assert_int_equal(world_check_in(scene.world, "u1", ""), OFFICE_ALLOWED);
	const struct model *sheet = scene_look_at(&scene, VIEW_SHEET, "u1");
	assert_int_equal(sheet->sheet.longer_count, 1); /* half an hour is all there is */
	assert_string_equal(sheet->sheet.longer_note,
			    "Maja K. har platsen från 12:30. Förlängningen syns här på kontoret men ändrar inte "
			    "bokningen på webben.");
	const struct model_button *extend = &sheet->sheet.longer[0];
	assert_string_equal(extend->id, "extend");
	assert_string_equal(extend->text, "Förläng till 12:30");
	assert_int_equal(extend->action.kind, ACTION_EXTEND);
	struct command command = {.kind = COMMAND_EXTEND, .id = "u1", .until_utc = extend->action.until_utc};
	world_now(scene.world, DAY "11:50");
	assert_int_equal(world_do(scene.world, &command), OFFICE_ALLOWED);
	const struct model *model = scene_look_at(&scene, VIEW_SHEET, "u1");
	assert_int_equal(model->sheet.longer_count, 0);
	assert_string_equal(model->sheet.status, "Incheckad sedan 10:40");
	assert_string_equal(model->sheet.subtitle, "Kontorsplats 5 är din till 12:30");
	assert_int_equal(button(model, "checkout:5")->style, BUTTON_PRIMARY);
	scene.visit.commands = 1;
	scene.visit.answered = command;
	scene.visit.result = (struct snapshot_result){.outcome = JOURNAL_APPENDED, .entry = 2};
	model = scene_look_at(&scene, VIEW_DONE, "");
	assert_string_equal(model->done.title, "Du kan stanna längre");
	assert_string_equal(model->done.subtitle, "Plats 5 är din till 12:30");
	assert_true(model->done.can_undo);
	scene_end(&scene);
}

/* What ends before the next booking is offered, and as long as nobody is next; after closing never midnight. */
static void test_ways_to_stay_longer(void **state)
{
	(void)state;
	static const struct {
		const char *end, *next; /* of the booking; when somebody else comes, "" nobody */
		const char *texts[3];
	} cases[] = {
		{DAY "12:00", "", {"+30 min\ntill 12:30", "+1 timme\ntill 13:00", "Till 18:00\nså länge det går"}},
		{DAY "12:00", DAY "13:00", {"+30 min\ntill 12:30", "Till 13:00\nså länge det går", NULL}},
		{DAY "12:00", DAY "12:20", {"Förläng till 12:20", NULL, NULL}},
		{DAY "12:00", DAY "12:00", {NULL, NULL, NULL}},
		{DAY "17:00", "", {"+30 min\ntill 17:30", "Till 18:00\nså länge det går", NULL}},
		{DAY "18:00", "", {NULL, NULL, NULL}},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct scene scene = scene_begin("sv");
		world_book(scene.world, "5", DAY "10:30", cases[i].end, "Nils S.");
		if (cases[i].next[0]) {
			world_book(scene.world, "5", cases[i].next, DAY "15:00", "Maja K.");
		}
		world_now(scene.world, DAY "10:40");
		assert_int_equal(world_check_in(scene.world, "u1", ""), OFFICE_ALLOWED);
		const struct model_sheet *sheet = &scene_look_at(&scene, VIEW_SHEET, "u1")->sheet;
		for (size_t choice = 0; choice < 3; choice++) {
			print_message("%zu %zu\n", i, choice);
			if (!cases[i].texts[choice]) {
				assert_int_equal(sheet->longer_count, choice);
				break;
			}
			assert_string_equal(sheet->longer[choice].text, cases[i].texts[choice]);
		}
		scene_end(&scene);
	}
}

static void test_meeting_ends_early(void **state)
{
	(void)state;
	struct scene scene = scene_begin("sv");
	world_book(scene.world, "K", DAY "10:00", DAY "12:00", "KC-gruppen");
	assert_null(button(scene_look_at(&scene, VIEW_SHEET, "u1"), "checkout:K"));
	scene.world->places[0].checkin = CHECKIN_OPTIONAL;
	const struct model *model = scene_look_at(&scene, VIEW_SHEET, "u1");
	assert_string_equal(button(model, "checkout:K")->text, "Avsluta mötet i förtid");
	assert_string_equal(model->sheet.status, "Pågår till 12:00");
	assert_true(says(model, "Är mötet slut? Då kan andra använda rummet till 18:00."));
	assert_string_equal(model->sheet.note, "Du kan ångra i 10 sekunder. Bokningen på webben ändras inte.");
	assert_int_equal(world_check_out(scene.world, "K"), OFFICE_ALLOWED);
	assert_non_null(button(scene_look_at(&scene, VIEW_FREE, "K"), "take"));
	scene_end(&scene);
}

/* The words for a room are of another gender than those for a desk. */
static void test_room_is_used_now(void **state)
{
	(void)state;
	struct scene scene = scene_begin("sv");
	scene.world->places[0].checkin = CHECKIN_OPTIONAL;
	scene.world->places[0].seats = 12;
	world_book(scene.world, "K", DAY "13:00", DAY "15:00", "Digitaliseringsgruppen");
	world_now(scene.world, DAY "12:08");
	const struct model *model = scene_look_at(&scene, VIEW_FREE, "K");
	assert_string_equal(model->sheet.status, "Ledigt till 13:00");
	assert_string_equal(model->sheet.subtitle, "12 sittplatser.");
	assert_string_equal(model->sheet.question, "Hur länge behöver ni rummet?");
	assert_string_equal(model->sheet.choices[0].text, "15 min");
	assert_string_equal(model->sheet.choices[1].text, "30 min");
	assert_string_equal(model->sheet.choices[2].text, "Till 13:00");
	assert_string_equal(model->sheet.note, "Digitaliseringsgruppen börjar 13:00.");
	assert_string_equal(button(model, "take")->text, "Använd rummet nu\ntill 12:38");
	assert_int_equal(world_drop_in(scene.world, "K", DAY "12:38"), OFFICE_ALLOWED);
	model = scene_look_at(&scene, VIEW_FREE, "K");
	assert_string_equal(model->sheet.status, "Upptaget till 12:38");
	assert_true(says(model, "Taget på plats 12:08."));
	assert_string_equal(button(model, "checkout:K")->text, "Avsluta mötet i förtid");
	assert_string_equal(model->sheet.longer[0].text, "Förläng till 13:00");
	scene.visit.commands = 1;
	scene.visit.answered.kind = COMMAND_DROP_IN;
	scene.visit.result = (struct snapshot_result){.outcome = JOURNAL_APPENDED, .entry = 1};
	assert_string_equal(scene_look_at(&scene, VIEW_DONE, "")->done.subtitle, "Konferensrum är ert till 12:38");
	scene.visit.answered.kind = COMMAND_CHECK_OUT;
	assert_string_equal(scene_look(&scene)->done.title, "Mötet är avslutat");
	assert_string_equal(scene.model->done.subtitle, "Konferensrum är ledigt igen");
	scene_end(&scene);
}

/* The bookings of the place and the time between them, which is claimed only from now on, and only when it is known. */
static void test_day_of_a_place(void **state)
{
	(void)state;
	static const struct {
		const char *times, *text;
		enum shown_state state;
		bool is_over;
	} lines[] = {{"08:00–09:00", "Sara H.", SHOWN_NO_SHOW, true},
		     {"09:00–11:00", "Ledig", SHOWN_FREE, false},
		     {"11:00–13:00", "Nils S.", SHOWN_WAITING, false},
		     {"13:00–15:00", "Maja K.", SHOWN_BOOKED, false},
		     {"15:00–18:00", "Ledig", SHOWN_FREE, false}};
	struct scene scene = scene_begin("sv");
	world_book(scene.world, "5", DAY "11:00", DAY "13:00", "Nils S.");
	world_book(scene.world, "5", DAY "08:00", DAY "09:00", "Sara H.");
	world_book(scene.world, "5", DAY "13:00", DAY "15:00", "Maja K.");
	const struct model_place *place = &scene_look_at(&scene, VIEW_SHEET, "u1")->sheet.place;
	assert_string_equal(place->day_title, "Plats 5 i dag");
	assert_int_equal(place->day_count, sizeof(lines) / sizeof(lines[0]));
	for (size_t i = 0; i < place->day_count; i++) {
		assert_string_equal(place->day[i].times, lines[i].times);
		assert_string_equal(place->day[i].text, lines[i].text);
		assert_int_equal(place->day[i].state, lines[i].state);
		assert_int_equal(place->day[i].is_over, lines[i].is_over);
	}
	scene.world->ages[WORLD_DESKS].agreed_utc -= 3 * 86400;
	assert_int_equal(scene_look(&scene)->sheet.place.day_count, 3);
	scene.world->ages[WORLD_DESKS].agreed_utc = scene.world->now_utc;
	scene.world->config.closed_weekdays = 1;
	assert_int_equal(scene_look(&scene)->sheet.place.day_count, 3);
	scene_end(&scene);
}

/* After closing nobody is offered to stay "till 00:00". */
static void test_after_closing(void **state)
{
	(void)state;
	struct scene scene = scene_begin("sv");
	world_now(scene.world, DAY "19:00");
	const struct model *model = scene_look_at(&scene, VIEW_FREE, "4");
	assert_string_equal(model->sheet.status, "Ledig");
	assert_int_equal(model->sheet.choice_count, 2);
	assert_string_equal(model->sheet.choices[1].text, "1 timme");
	assert_string_equal(scene_row(model, "place:4")->spoken, "Plats 4, Ledig");
	scene_end(&scene);
}

/* No calendar knows more than that nothing is planned as far as it is published. */
static void test_meetings_to_the_edge(void **state)
{
	(void)state;
	struct scene scene = scene_begin("sv");
	struct snapshot_feed *council = &scene.world->ages[WORLD_COUNCIL];
	int32_t today = zone_day(scene.world->config.zone, scene.world->now_utc);
	council->to_day = today + 98;
	assert_string_equal(scene_look(&scene)->meetings_empty, "Inga möten till och med 28 februari.");
	council->to_day = today + 400;
	assert_string_equal(scene_look(&scene)->meetings_empty, "Inga möten till och med 27 december 2027.");
	council->to_day = today;
	assert_string_equal(scene_look(&scene)->meetings_empty, "");
	scene_end(&scene);
}

/* Two calendars of desks that are equally old say so once; the third one is fresh. */
static void test_one_note_for_two_feeds(void **state)
{
	(void)state;
	struct scene scene = scene_begin("sv");
	struct world *world = scene.world;
	for (size_t i = world->config.place_count - 4; i < world->config.place_count; i++) {
		world_set(&world->places[i].feed, "room");
	}
	world->feeds[WORLD_COUNCIL].kind = FEED_BOOKINGS;
	world->ages[WORLD_DESKS].agreed_utc = world_utc(world, DAY "08:12");
	world->ages[WORLD_ROOM].agreed_utc = world_utc(world, DAY "08:12");
	const struct model *model = scene_look(&scene);
	assert_int_equal(model->note_count, 1);
	assert_string_equal(model->notes[0].text,
			    "Kontorsplatser: Bokningarna kunde senast uppdateras 08:12 – nyare bokningar kan saknas.");
	scene_end(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_one_note_for_two_feeds),
		cmocka_unit_test(test_old_data),
		cmocka_unit_test(test_never_fetched),
		cmocka_unit_test(test_skipped),
		cmocka_unit_test(test_closed),
		cmocka_unit_test(test_notice),
		cmocka_unit_test(test_late),
		cmocka_unit_test(test_longer),
		cmocka_unit_test(test_ways_to_stay_longer),
		cmocka_unit_test(test_meeting_ends_early),
		cmocka_unit_test(test_room_is_used_now),
		cmocka_unit_test(test_day_of_a_place),
		cmocka_unit_test(test_after_closing),
		cmocka_unit_test(test_meetings_to_the_edge),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
