/* Who can check in now: in which order they stand, what is said of them, and the list of all. */
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

/* Somebody without a name is found where the shown word stands in the alphabet. */
static void test_nameless_in_order(void **state)
{
	(void)state;
	struct scene scene = scene_begin("sv");
	world_now(scene.world, DAY "08:50");
	world_book(scene.world, "1", DAY "09:00", DAY "12:00", "Cecilia A.");
	world_book(scene.world, "2", DAY "09:00", DAY "12:00", "");
	world_book(scene.world, "3", DAY "09:00", DAY "12:00", "Anna K.");
	static const char *const names[] = {"Anna K.", "Bokad", "Cecilia A."};
	const struct model *model = scene_look(&scene);
	assert_int_equal(model->waiting_count, 3);
	for (size_t i = 0; i < 3; i++) {
		assert_string_equal(model->waiting[i].name, names[i]);
	}
	scene_end(&scene);
}

/* Who is late stays, after those who are awaited; who has no place comes last; each by name, Å Ä Ö last. */
static void test_late_owners_stay(void **state)
{
	(void)state;
	struct scene scene = scene_begin("sv");
	world_now(scene.world, DAY "08:50");
	world_book(scene.world, "1", DAY "09:00", DAY "12:00", "Örjan Ö.");
	world_book(scene.world, "2", DAY "09:00", DAY "12:00", "Åsa L.");
	world_book(scene.world, "4", DAY "09:00", DAY "12:00", "Tuva E.");
	world_book(scene.world, "5", DAY "09:00", DAY "12:00", "Émile Z.");
	world_book(scene.world, "7", DAY "08:15", DAY "15:00", "Nils S.");
	world_book(scene.world, "3", DAY "08:00", DAY "14:00", "Leif B.");
	static const struct {
		const char *name, *where, *brief, *listed;
		enum waiting_group group;
	} people[] = {
		{"Émile Z.", "Plats 5 · 09:00–12:00", "Plats 5 · 09:00", "Plats 5 · 09:00–12:00", WAITING_NOW},
		{"Tuva E.", "Plats 4 · 09:00–12:00", "Plats 4 · 09:00", "Plats 4 · 09:00–12:00", WAITING_NOW},
		{"Åsa L.", "Plats 2 · 09:00–12:00", "Plats 2 · 09:00", "Plats 2 · 09:00–12:00", WAITING_NOW},
		{"Örjan Ö.", "Plats 1 · 09:00–12:00", "Plats 1 · 09:00", "Plats 1 · 09:00–12:00", WAITING_NOW},
		{"Leif B.", "Plats 3 · från 08:00", "Sen · Plats 3", "Sen · Plats 3 från 08:00", WAITING_LATE},
		{"Nils S.", "Plats 7 · från 08:15", "Sen · Plats 7", "Sen · Plats 7 från 08:15", WAITING_LATE},
	};
	enum { COUNT = sizeof(people) / sizeof(people[0]) };
	const struct model *model = scene_look_at(&scene, VIEW_ALL, "");
	assert_int_equal(model->waiting_count, COUNT);
	for (size_t i = 0; i < COUNT; i++) {
		assert_string_equal(model->waiting[i].name, people[i].name);
		assert_string_equal(model->waiting[i].where, people[i].where);
		assert_string_equal(model->waiting[i].brief, people[i].brief);
		assert_string_equal(model->waiting[i].listed, people[i].listed);
		assert_int_equal(model->waiting[i].group, people[i].group);
		assert_int_equal(model->waiting[i].action.kind, ACTION_CHECK_IN);
	}
	assert_string_equal(model->show_all.text, "Visa alla 6");
	assert_int_equal(model->show_all.action.view, VIEW_ALL);
	assert_string_equal(model->sheet.subtitle, "Tryck på ditt namn – 6 väntar, i bokstavsordning");
	assert_int_equal(model->listed_count, COUNT);
	assert_string_equal(model->listed[1]->name, "Leif B.");
	assert_string_equal(model->listed[COUNT - 1]->name, "Örjan Ö.");
	assert_int_equal(model->sheet.choice_count, 0);
	/* Theirs are the places that can be taken. */
	assert_string_equal(model->free, "Lediga nu: 6 och 8 · 3 och 7 får tas");
	assert_int_equal(scene_row(model, "place:7")->state, SHOWN_ABSENT);
	assert_int_equal(scene_row(model, "place:7")->blocks[0].end_min, 8 * 60 + 50);
	assert_string_equal(scene_row(model, "place:7")->blocks[1].text, "Ej incheckad – får tas");
	assert_int_equal(scene_row(model, "place:7")->action.view, VIEW_SHEET);
	scene_end(&scene);
}

/* More than 24 people are divided by letters. */
static void test_many_people_have_letters(void **state)
{
	(void)state;
	struct scene scene = scene_begin("sv");
	static const char *const first[] = {"Anders", "Bo", "Carina", "David", "Elsa", "Erik", "Ida", "Sara", "Örjan"};
	world_now(scene.world, DAY "08:50");
	for (size_t i = 0; i < 27; i++) {
		char from[32], name[32];
		snprintf(from, sizeof(from), DAY "09:%02zu", i / 9 * 10);
		snprintf(name, sizeof(name), "%s %c.", first[i % 9], (char)('A' + i / 9));
		world_book(scene.world, "1", from, DAY "09:45", name);
	}
	const struct model *model = scene_look_at(&scene, VIEW_ALL, "");
	assert_int_equal(model->waiting_count, 27);
	assert_int_equal(model->sheet.choice_count, 6);
	assert_string_equal(model->sheet.choices[0].text, "Alla");
	assert_string_equal(model->sheet.choices[1].text, "A–B");
	assert_string_equal(model->sheet.choices[5].text, "Ö");
	size_t sum = 0;
	for (int letters = 1; letters <= 5; letters++) {
		scene.visit.choice = letters;
		model = scene_look(&scene);
		assert_true(model->listed_count > 0);
		sum += model->listed_count;
	}
	assert_int_equal(sum, 27);
	scene_end(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nameless_in_order),
		cmocka_unit_test(test_late_owners_stay),
		cmocka_unit_test(test_many_people_have_letters),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
