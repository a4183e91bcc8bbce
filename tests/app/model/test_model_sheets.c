/* What the sheets say and offer, in Swedish, over the office of the design pictures. */
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

static const struct model_button *button(const struct model *model, const char *id)
{
	const struct model_button *found = NULL;
	for (size_t i = 0; i < model->sheet.button_count; i++) {
		if (strcmp(model->sheet.buttons[i].id, id) == 0) {
			found = &model->sheet.buttons[i];
		}
	}
	return found;
}

static bool says(const struct model *model, const char *text)
{
	for (size_t i = 0; i < model->sheet.paragraph_count; i++) {
		if (strcmp(model->sheet.paragraphs[i], text) == 0) {
			return true;
		}
	}
	for (size_t i = 0; i < model->sheet.paragraph_count; i++) {
		print_message("says: %s\n", model->sheet.paragraphs[i]);
	}
	return false;
}

static void test_waiting_sheet(void **state)
{
	(void)state;
	struct scene scene = scene_of_picture("sv");
	scene.world->places[5].equipment = strdup("Skärm, tangentbord, mus och hörlurar finns på platsen.");
	const struct model *model = scene_look_at(&scene, VIEW_SHEET, "u9");
	assert_true(model->sheet.has_state);
	assert_int_equal(model->sheet.state, SHOWN_WAITING);
	assert_string_equal(model->sheet.status, "Väntar på incheckning");
	assert_string_equal(model->sheet.title, "Kontorsplats 5");
	assert_true(model->sheet.has_card);
	assert_string_equal(model->sheet.card_name, "Nils S.");
	assert_string_equal(model->sheet.card_times, "10:30–15:00");
	assert_string_equal(model->sheet.paragraphs[0],
			    "Efter 10:45 får någon annan ta platsen om ingen har checkat in.");
	assert_int_equal(model->sheet.paragraph_count, 1); /* one rule, where it bites */
	assert_string_equal(model->sheet.place.equipment, "Skärm, tangentbord, mus och hörlurar finns på platsen.");
	assert_int_equal(model->sheet.button_count, 3);
	assert_string_equal(model->sheet.buttons[0].id, "checkin:5");
	assert_string_equal(model->sheet.buttons[0].text, "Checka in");
	assert_int_equal(model->sheet.buttons[0].action.kind, ACTION_CHECK_IN);
	assert_string_equal(model->sheet.buttons[1].id, "move");
	assert_string_equal(model->sheet.buttons[1].text, "Byt plats");
	assert_string_equal(model->sheet.buttons[2].id, "close");
	assert_string_equal(model->sheet.buttons[2].text, "Stäng");
	scene_end(&scene);
}

static void test_booking_sheets(void **state)
{
	(void)state;
	struct scene scene = scene_of_picture("sv");
	const struct model *model = scene_look_at(&scene, VIEW_SHEET, "u8");
	assert_string_equal(model->sheet.status, "Bokad");
	assert_string_equal(model->sheet.card_times, "13:00–17:00 · om 2 tim 18 min");
	assert_true(says(model, "Incheckningen öppnar 12:30"));
	assert_string_equal(button(model, "take")->text, "Ta platsen till 13:00");
	assert_int_equal(button(model, "take")->action.kind, ACTION_DROP_IN);

	model = scene_look_at(&scene, VIEW_SHEET, "5"); /* a place: who is awaited there */
	assert_string_equal(model->sheet.card_name, "Nils S.");
	model = scene_look_at(&scene, VIEW_SHEET, "6"); /* or who comes next */
	assert_string_equal(model->sheet.card_name, "Elin W.");

	model = scene_look_at(&scene, VIEW_SHEET, "u5");
	assert_string_equal(model->sheet.status, "Incheckad sedan 08:01");
	assert_string_equal(model->sheet.title, "Åsa L.");
	assert_string_equal(model->sheet.subtitle, "Kontorsplats 1 är din till 12:00");
	assert_int_equal(model->sheet.longer_count, 3);
	assert_int_equal(button(model, "checkout:1")->action.kind, ACTION_CHECK_OUT);
	assert_string_equal(button(model, "checkout:1")->action.place, "1");

	model = scene_look_at(&scene, VIEW_SHEET, "u2"); /* the room goes without check-in */
	assert_string_equal(model->sheet.status, "Pågår till 12:00");
	assert_int_equal(model->sheet.button_count, 1);

	model = scene_look_at(&scene, VIEW_SHEET, "u7");
	assert_string_equal(model->sheet.status, "Ej incheckad");
	assert_true(says(model, "Ingen checkade in."));

	world_now(scene.world, DAY "10:50");
	model = scene_look_at(&scene, VIEW_SHEET, "u9"); /* late */
	assert_true(says(model, "Du kan fortfarande checka in så länge ingen annan har tagit platsen."));
	assert_non_null(button(model, "checkin:5"));
	scene.world->is_trusted = false;
	model = scene_look_at(&scene, VIEW_SHEET, "u9");
	assert_string_equal(model->sheet.status, "Okänt läge");
	assert_true(says(model, "Bokningarna kunde inte uppdateras. Platsen ges inte till någon annan."));
	scene.world->is_trusted = true;

	assert_int_equal(world_drop_in(scene.world, "5", DAY "11:30"), OFFICE_ALLOWED);
	model = scene_look_at(&scene, VIEW_SHEET, "u9"); /* too late */
	assert_true(says(model, "Någon annan sitter här just nu."));
	assert_int_equal(button(model, "move")->action.view, VIEW_MOVE);
	model = scene_look_at(&scene, VIEW_SHEET, "dropin:5");
	assert_string_equal(model->sheet.title, "Kontorsplats 5");
	assert_string_equal(model->sheet.status, "Upptagen till 11:30");
	assert_true(says(model, "Tagen på plats 10:50."));
	assert_non_null(button(model, "checkout:5"));

	assert_int_equal(world_check_out(scene.world, "1"), OFFICE_ALLOWED);
	model = scene_look_at(&scene, VIEW_SHEET, "u5");
	assert_string_equal(model->sheet.status, "Avslutad");
	assert_true(says(model, "Platsen lämnades 10:50."));
	assert_string_equal(button(model, "checkin:1")->text, "Checka in igen");

	model = scene_look_at(&scene, VIEW_SHEET, "gone");
	assert_string_equal(model->sheet.title, "Bokningen finns inte längre");
	assert_string_equal(model->sheet.buttons[0].id, "close");
	scene_end(&scene);
}

static void test_sheet_of_another_day(void **state)
{
	(void)state;
	struct scene scene = scene_of_picture("sv");
	world_book(scene.world, "4", "2026-11-24T08:30", "2026-11-24T10:00", "Nils S.");
	const char *uid = scene.world->snapshot.rows.items[scene.world->snapshot.rows.count - 1].uid;
	for (int i = 0; i < 2; i++) {
		const struct model *model = scene_look_at(&scene, VIEW_SHEET, i == 0 ? uid : "4");
		assert_string_equal(model->sheet.title, "Kontorsplats 4");
		assert_string_equal(model->sheet.card_times, "tisdag 24 november 08:30–10:00");
		assert_true(says(model, "Incheckningen öppnar tisdag 24 november 08:00"));
		assert_false(model->sheet.place.is_shown); /* its day is today's */
	}
	scene_end(&scene);
}

static void test_without_place(void **state)
{
	(void)state;
	struct scene scene = scene_of_picture("sv");
	world_book(scene.world, "", DAY "10:30", DAY "14:00", "Lo B.");
	const struct model *model = scene_look(&scene);
	assert_int_equal(model->unplaced.block_count, 1);
	assert_string_equal(model->unplaced.name, "Utan plats");
	assert_int_equal(model->waiting_count, 3);
	assert_string_equal(model->waiting[2].id, "checkin:u16");
	assert_string_equal(model->waiting[2].where, "Välj plats · 10:30–14:00");
	assert_memory_equal(model->waiting[2].spoken, "Välj plats: ", sizeof("Välj plats: ") - 1);
	assert_int_equal(model->waiting[2].action.view, VIEW_MOVE);
	model = scene_look_at(&scene, VIEW_SHEET, "u16");
	assert_true(says(model, "Bokningen har ingen plats. Välj en ledig när du checkar in."));
	assert_int_equal(model->sheet.buttons[0].action.view, VIEW_MOVE);
	model = scene_look_at(&scene, VIEW_MOVE, "u16");
	assert_string_equal(model->sheet.title, "Välj en ledig plats");
	assert_string_equal(model->sheet.subtitle, "Lo B. · 10:30–14:00");
	assert_int_equal(model->sheet.choice_count, 3);
	assert_string_equal(model->sheet.choices[0].id, "move:3");
	assert_string_equal(model->sheet.choices[0].text, "Plats 3 · till 13:00");
	assert_string_equal(model->sheet.choices[1].text, "Plats 4");
	assert_string_equal(model->sheet.choices[1].action.place, "4");
	assert_int_equal(model->sheet.choices[1].action.kind, ACTION_CHECK_IN);
	scene_end(&scene);
}

static void test_nowhere_to_move(void **state)
{
	(void)state;
	struct scene scene = scene_of_picture("sv");
	scene.world->ages[WORLD_DESKS].agreed_utc = 0;
	const struct model *model = scene_look_at(&scene, VIEW_MOVE, "u9");
	assert_int_equal(model->sheet.choice_count, 3); /* its own place is no change */
	assert_string_equal(model->sheet.choices[1].text, "Plats 4 · Okänt läge");
	assert_true(model->sheet.choices[1].action.is_anyway);
	for (size_t i = 0; i < scene.world->config.place_count; i++) {
		scene.world->places[i].checkin = i == 5 ? CHECKIN_YES : CHECKIN_NO;
	}
	model = scene_look_at(&scene, VIEW_MOVE, "u9");
	assert_int_equal(model->sheet.choice_count, 0);
	assert_true(says(model, "Ingen plats är ledig just nu."));
	for (size_t i = 1; i < scene.world->config.place_count; i++) {
		scene.world->places[i].checkin = CHECKIN_YES;
	}
	scene.world->ages[WORLD_DESKS].agreed_utc = scene.world->now_utc;
	assert_int_equal(world_check_in(scene.world, "u9", "4"), OFFICE_ALLOWED);
	model = scene_look_at(&scene, VIEW_MOVE, "u9"); /* and back */
	assert_string_equal(model->sheet.choices[1].id, "move:5");
	model = scene_look_at(&scene, VIEW_MOVE, "gone");
	assert_string_equal(model->sheet.title, "Bokningen finns inte längre");
	scene_end(&scene);
}

static void test_free_sheet(void **state)
{
	(void)state;
	struct scene scene = scene_of_picture("sv");
	scene.world->places[3].booking_page = strdup("https://example.com/boka");
	const struct model *model = scene_look_at(&scene, VIEW_FREE, "3");
	assert_int_equal(model->sheet.state, SHOWN_FREE);
	assert_string_equal(model->sheet.status, "Ledig till 13:00");
	assert_string_equal(model->sheet.title, "Kontorsplats 3");
	assert_string_equal(model->sheet.question, "Hur länge? Märta N. har platsen från 13:00.");
	assert_int_equal(model->sheet.choice_count, 3);
	assert_string_equal(model->sheet.choices[0].id, "choice:0");
	assert_string_equal(model->sheet.choices[0].text, "30 min");
	assert_string_equal(model->sheet.choices[1].text, "1 timme");
	assert_int_equal(model->sheet.choices[1].style, BUTTON_CHOSEN);
	assert_string_equal(model->sheet.choices[1].spoken, "1 timme, vald");
	assert_string_equal(model->sheet.choices[0].spoken, "30 min");
	assert_string_equal(model->sheet.choices[2].text, "Till 13:00");
	assert_string_equal(model->sheet.buttons[0].id, "take");
	assert_string_equal(model->sheet.buttons[0].text, "Ta platsen till 11:42");
	assert_true(model->sheet.buttons[0].action.until_utc == world_utc(scene.world, DAY "11:42"));
	assert_string_equal(model->sheet.buttons[0].action.place, "3");
	assert_string_equal(model->sheet.code, "https://example.com/boka");
	assert_string_equal(model->sheet.code_title, "Boka på webben");
	assert_string_equal(model->sheet.code_text, "För i dag eller en annan dag. Skanna koden med mobilen.");
	scene.visit.choice = 2;
	assert_string_equal(scene_look(&scene)->sheet.buttons[0].text, "Ta platsen till 13:00");
	scene.visit.choice = 77;
	assert_string_equal(scene_look(&scene)->sheet.buttons[0].text, "Ta platsen till 13:00");
	scene.visit.choice = -1;
	assert_string_equal(scene_look(&scene)->sheet.buttons[0].text, "Ta platsen till 11:12");
	world_now(scene.world, DAY "12:10:30"); /* 50 minutes left: no hour any more */
	model = scene_look_at(&scene, VIEW_FREE, "3");
	assert_int_equal(model->sheet.choice_count, 2);
	assert_string_equal(model->sheet.choices[1].text, "Till 13:00");
	scene_end(&scene);
}

/* Whoever stands before a place that is not free gets what can be done with it, not only a way out. */
static void test_places_that_are_not_free(void **state)
{
	(void)state;
	struct scene scene = scene_of_picture("sv");
	static const struct {
		const char *id, *status;
	} cases[] = {{"1", "Incheckad sedan 08:01"}, {"5", "Väntar på incheckning"}, {"K", "Pågår till 12:00"}};
	for (size_t i = 0; i < 3; i++) {
		const struct model *model = scene_look_at(&scene, VIEW_FREE, cases[i].id);
		assert_string_equal(model->sheet.status, cases[i].status);
		assert_int_equal(model->sheet.choice_count, 0);
	}
	assert_non_null(button(scene_look_at(&scene, VIEW_FREE, "1"), "checkout:1"));
	assert_non_null(button(scene_look_at(&scene, VIEW_FREE, "5"), "checkin:5"));
	const struct model *model = scene_look_at(&scene, VIEW_FREE, "99");
	assert_string_equal(model->sheet.title, "Platsen finns inte");
	world_now(scene.world, DAY "10:50");
	model = scene_look_at(&scene, VIEW_FREE, "5");
	assert_string_equal(model->sheet.status, "Ej incheckad – får tas");
	assert_string_equal(model->sheet.card_name, "Nils S.");
	assert_string_equal(model->sheet.card_times, "10:30–15:00");
	assert_string_equal(button(model, "take")->text, "Ta över platsen till 11:50");
	assert_string_equal(button(model, "checkin:5")->text, "Checka in\nNils S.");
	assert_string_equal(button(model, "checkin:5")->spoken, "Checka in: Nils S.");
	scene.world->ages[WORLD_DESKS].agreed_utc -= 3 * 86400;
	model = scene_look_at(&scene, VIEW_FREE, "4");
	assert_string_equal(model->sheet.status, "Okänt läge");
	assert_string_equal(button(model, "take")->text, "Sätt dig här ändå till 11:50");
	assert_int_equal(button(model, "take")->style, BUTTON_PRIMARY); /* nothing is green that is not known */
	scene_end(&scene);
}

static void answer(struct scene *scene, enum command_kind kind, enum journal_appended outcome, const char *id)
{
	scene->visit.answered = (struct command){.kind = kind};
	scene->visit.commands++;
	snprintf(scene->visit.answered.id, sizeof(scene->visit.answered.id), "%s", id);
	scene->visit.result = (struct snapshot_result){.outcome = outcome, .entry = world_last_entry(scene->world)};
	scene->visit.view_ms = scene->mono_ms;
}

static void test_done(void **state)
{
	(void)state;
	struct scene scene = scene_of_picture("sv");
	assert_int_equal(world_check_in(scene.world, "u9", ""), OFFICE_ALLOWED);
	answer(&scene, COMMAND_CHECK_IN, JOURNAL_APPENDED, "u9");
	scene.mono_ms += 2000;
	const struct model *model = scene_look_at(&scene, VIEW_DONE, "");
	assert_string_equal(model->done.title, "Välkommen, Nils!");
	assert_string_equal(model->done.subtitle, "Plats 5 är din till 15:00");
	assert_string_equal(model->done.countdown, "Startsidan visas igen om 8 sekunder.");
	assert_string_equal(model->done.next, "Nästa i kön? Tryck var som helst.");
	assert_string_equal(model->done.close.text, "Klar");
	assert_int_equal(model->done.close.action.kind, ACTION_CLOSE);
	assert_string_equal(model->done.undo.id, "undo");
	assert_string_equal(model->done.undo.text, "Ångra");
	assert_true(model->done.can_undo);
	assert_true(model->changes_ms == scene.mono_ms + 1000);
	scene.mono_ms += 6500;
	assert_string_equal(scene_look(&scene)->done.countdown, "Startsidan visas igen om 2 sekunder.");
	scene.mono_ms += 1000;
	assert_string_equal(scene_look(&scene)->done.countdown, "Startsidan visas igen om 1 sekund.");
	i18n_set_language("en");
	assert_string_equal(scene_look(&scene)->done.countdown, "Back to start in 1 second.");
	assert_string_equal(scene_look(&scene)->done.title, "Welcome, Nils!");
	i18n_set_language("sv");

	assert_int_equal(world_check_out(scene.world, "5"), OFFICE_ALLOWED);
	answer(&scene, COMMAND_CHECK_OUT, JOURNAL_APPENDED, "u9");
	model = scene_look_at(&scene, VIEW_DONE, "");
	assert_int_equal(model->done.state, SHOWN_FREE);
	assert_string_equal(model->done.title, "Du är utcheckad");
	assert_string_equal(model->done.subtitle, "Plats 5 är ledig igen");

	assert_int_equal(world_drop_in(scene.world, "4", DAY "11:12"), OFFICE_ALLOWED);
	answer(&scene, COMMAND_DROP_IN, JOURNAL_APPENDED, "");
	model = scene_look_at(&scene, VIEW_DONE, "");
	assert_string_equal(model->done.title, "Välkommen!");
	assert_string_equal(model->done.subtitle, "Plats 4 är din till 11:12");
	answer(&scene, COMMAND_UNDO, JOURNAL_APPENDED, "");
	model = scene_look_at(&scene, VIEW_DONE, "");
	assert_string_equal(model->done.title, "Ångrat");
	assert_false(model->done.can_undo);
	scene_end(&scene);
}

static void left_with(struct scene *scene, enum command_kind kind, const char *language)
{
	scene->visit.view = VIEW_HOME;
	scene->visit.undo = (struct visit_undo){
		.kind = kind, .entry = world_last_entry(scene->world), .until_ms = scene->mono_ms + 7000};
	strcpy(scene->visit.undo.language, language);
}

/* What was done stays at home for as long as it can be undone, in the language of who did it. */
static void test_undo_at_home(void **state)
{
	(void)state;
	struct scene scene = scene_of_picture("sv");
	assert_string_equal(scene_look(&scene)->undo.text, "");
	assert_true(scene.model->changes_ms == INT64_MAX); /* nothing wakes the screen */
	assert_int_equal(world_check_in(scene.world, "u9", ""), OFFICE_ALLOWED);
	left_with(&scene, COMMAND_CHECK_IN, "sv");
	const struct model *model = scene_look(&scene);
	assert_string_equal(model->undo.text, "Nils S. är incheckad på Plats 5 till 15:00");
	assert_string_equal(model->undo.shorter, "Nils S.");
	assert_string_equal(model->undo.button.text, "Ångra · 7 s");
	assert_int_equal(model->undo.button.action.kind, ACTION_UNDO);
	assert_true(model->changes_ms == scene.mono_ms + 1000);
	scene.mono_ms += 1500;
	assert_string_equal(scene_look(&scene)->undo.button.text, "Ångra · 6 s");
	left_with(&scene, COMMAND_CHECK_IN, "en");
	assert_string_equal(scene_look(&scene)->undo.text, "Nils S. is checked in at Plats 5 until 15:00");
	assert_string_equal(scene.model->heading, "I dag på kontoret");
	assert_string_equal(i18n_language(), "sv");
	assert_string_equal(scene_look_at(&scene, VIEW_SHEET, "u9")->undo.text, ""); /* nothing moves under a sheet */
	assert_int_equal(world_check_out(scene.world, "5"), OFFICE_ALLOWED);
	left_with(&scene, COMMAND_CHECK_OUT, "sv");
	assert_string_equal(scene_look(&scene)->undo.text, "Nils S. är utcheckad från Plats 5");
	assert_int_equal(world_drop_in(scene.world, "4", DAY "11:12"), OFFICE_ALLOWED);
	left_with(&scene, COMMAND_DROP_IN, "sv");
	assert_string_equal(scene_look(&scene)->undo.text, "Plats 4 är upptagen till 11:12");
	assert_string_equal(scene.model->undo.shorter, "Plats 4");
	scene.mono_ms += 7000;
	assert_string_equal(scene_look(&scene)->undo.text, "");
	scene_end(&scene);
}

static void test_done_without_anything_done(void **state)
{
	(void)state;
	struct scene scene = scene_of_picture("sv");
	const struct model *model = scene_look_at(&scene, VIEW_DONE, "");
	assert_string_equal(model->done.title, "Välkommen, Nils!");
	assert_string_equal(model->done.subtitle, "Plats 5 är din till 15:00");
	world_now(scene.world, DAY "17:50");
	model = scene_look(&scene);
	assert_string_equal(model->done.title, "Välkommen!");
	assert_string_equal(model->done.subtitle, "");
	scene_end(&scene);
}

static void test_trouble(void **state)
{
	(void)state;
	struct scene scene = scene_of_picture("sv");
	answer(&scene, COMMAND_CHECK_IN, JOURNAL_NOT_SAVED, "u9");
	const struct model *model = scene_look_at(&scene, VIEW_TROUBLE, "");
	assert_string_equal(model->sheet.title, "Det gick inte att spara");
	assert_string_equal(model->sheet.buttons[0].text, "Försök igen");
	assert_int_equal(model->sheet.buttons[0].action.kind, ACTION_CHECK_IN);
	assert_string_equal(model->sheet.buttons[0].action.id, "u9");
	world_now(scene.world, DAY "10:50");
	assert_int_equal(world_drop_in(scene.world, "5", DAY "11:12"), OFFICE_ALLOWED);
	answer(&scene, COMMAND_CHECK_IN, JOURNAL_REFUSED, "u9");
	model = scene_look_at(&scene, VIEW_TROUBLE, "");
	assert_string_equal(model->sheet.title, "Någon annan hann före");
	assert_string_equal(model->sheet.buttons[0].text, "Välj en annan plats");
	assert_int_equal(model->sheet.buttons[0].action.view, VIEW_MOVE);
	answer(&scene, COMMAND_CHECK_IN, JOURNAL_REFUSED, "u8");
	model = scene_look_at(&scene, VIEW_TROUBLE, "");
	assert_string_equal(model->sheet.title, "Incheckningen har inte öppnat än");
	scene_end(&scene);
}

static void test_refused(void **state)
{
	(void)state;
	static const struct {
		enum command_kind kind;
		const char *id, *place;
		const char *title, *text;
	} cases[] = {
		{COMMAND_CHECK_IN, "u8", "", "Incheckningen har inte öppnat än", "Inget har ändrats."},
		{COMMAND_CHECK_IN, "u7", "", "Det hann bli för sent", "Inget har ändrats."},
		{COMMAND_CHECK_IN, "gone", "", "Bokningen finns inte längre", "Inget har ändrats."},
		{COMMAND_CHECK_IN, "u9", "1", "Någon annan hann före", "Välj en annan plats så checkas du in där."},
		{COMMAND_DROP_IN, "", "1", "Någon annan hann före", "Tryck på en annan ledig plats i schemat."},
		{COMMAND_UNDO, "", "", "Det hann bli för sent", "Inget har ändrats."},
	};
	struct scene scene = scene_of_picture("sv");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		answer(&scene, cases[i].kind, JOURNAL_REFUSED, cases[i].id);
		snprintf(scene.visit.answered.place, sizeof(scene.visit.answered.place), "%s", cases[i].place);
		const struct model *model = scene_look_at(&scene, VIEW_TROUBLE, "");
		assert_string_equal(model->sheet.title, cases[i].title);
		assert_true(says(model, cases[i].text));
	}
	scene.world->ages[WORLD_DESKS].agreed_utc = 0;
	answer(&scene, COMMAND_DROP_IN, JOURNAL_REFUSED, "");
	strcpy(scene.visit.answered.place, "4");
	assert_string_equal(scene_look(&scene)->sheet.title, "Platsen kan inte tas just nu");
	scene_end(&scene);
}

/* What could not be saved can be tapped once more; an undo cannot. */
static void test_retry(void **state)
{
	(void)state;
	static const struct {
		enum command_kind kind;
		enum action_kind again;
	} cases[] = {{COMMAND_CHECK_IN, ACTION_CHECK_IN},
		     {COMMAND_DROP_IN, ACTION_DROP_IN},
		     {COMMAND_CHECK_OUT, ACTION_CHECK_OUT},
		     {COMMAND_UNDO, ACTION_NONE}};
	struct scene scene = scene_of_picture("sv");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		answer(&scene, cases[i].kind, JOURNAL_NOT_SAVED, "u5");
		const struct model *model = scene_look_at(&scene, VIEW_TROUBLE, "");
		const struct model_button *retry = button(model, "retry");
		assert_int_equal(retry ? retry->action.kind : ACTION_NONE, cases[i].again);
	}
	answer(&scene, COMMAND_UNDO, JOURNAL_APPENDED, "");
	assert_int_equal(world_check_out(scene.world, "1"), OFFICE_ALLOWED);
	scene.visit.answered.entry = world_last_entry(scene.world);
	assert_string_equal(scene_look_at(&scene, VIEW_DONE, "")->done.subtitle, "Du är fortfarande incheckad.");
	scene_end(&scene);
}

static void test_other_sheets(void **state)
{
	(void)state;
	struct scene scene = scene_of_picture("sv");
	const struct model *model = scene_look_at(&scene, VIEW_ACCESS, "");
	assert_string_equal(model->sheet.title, "Tillgänglighet");
	assert_int_equal(model->sheet.choice_count, 3);
	assert_int_equal(model->sheet.choices[0].style, BUTTON_CHOSEN);
	assert_string_equal(model->sheet.choices[0].spoken, "Textstorlek: Normal, vald");
	assert_int_equal(model->sheet.choices[2].action.number, 160);
	assert_string_equal(model->sheet.choices[0].text, "Normal");
	assert_string_equal(model->sheet.choices[1].text, "Större");
	assert_string_equal(model->sheet.choices[2].spoken, "Textstorlek: Störst");
	assert_string_equal(model->sheet.paragraphs[0], "Allt återställs när du går.");
	assert_string_equal(button(model, "contrast")->text, "Hög kontrast");
	assert_string_equal(button(model, "contrast")->spoken, "Hög kontrast: av");
	assert_int_equal(button(model, "contrast")->style, BUTTON_SECONDARY);
	assert_int_equal(button(model, "contrast")->action.number, 1);
	scene.visit.high_contrast = true;
	scene.visit.low_reach = true;
	model = scene_look(&scene);
	assert_string_equal(button(model, "contrast")->text, "Hög kontrast");
	assert_string_equal(button(model, "contrast")->spoken, "Hög kontrast: på");
	assert_int_equal(button(model, "contrast")->style, BUTTON_CHOSEN);
	assert_string_equal(button(model, "reach")->text, "Knapparna högre upp");
	assert_int_equal(button(model, "reach")->action.number, 0);
	scene.visit.view_ms = scene.mono_ms;
	model = scene_look_at(&scene, VIEW_STILL_THERE, "");
	assert_string_equal(model->sheet.title, "Är du kvar?");
	assert_string_equal(model->sheet.subtitle, "Startsidan visas igen om 20 sekunder.");
	assert_string_equal(model->sheet.buttons[0].id, "stay");
	model = scene_look_at(&scene, VIEW_SETUP, "");
	assert_string_equal(model->sheet.title, "Skärmen är inte färdiginställd");
	assert_true(says(model, "2. Eller skriv in varje kalenders adress i filen /etc/satellitkiosk/kiosk.conf."));
	scene.visit.is_night = true;
	assert_int_equal(scene_look(&scene)->view, VIEW_NIGHT);
	scene_end(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_waiting_sheet),
		cmocka_unit_test(test_booking_sheets),
		cmocka_unit_test(test_sheet_of_another_day),
		cmocka_unit_test(test_without_place),
		cmocka_unit_test(test_nowhere_to_move),
		cmocka_unit_test(test_free_sheet),
		cmocka_unit_test(test_places_that_are_not_free),
		cmocka_unit_test(test_done),
		cmocka_unit_test(test_undo_at_home),
		cmocka_unit_test(test_done_without_anything_done),
		cmocka_unit_test(test_trouble),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_retry),
		cmocka_unit_test(test_other_sheets),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
