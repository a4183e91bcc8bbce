/* What the voice says about a tree. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "app/base/arena.h"
#include "app/base/i18n.h"
#include "app/layout/said.h"
#include "trees.h"

static struct arena *arena;

static struct widget speaker(const char *id, enum ui_role role, const char *spoken)
{
	struct widget widget = tree_widget(id, role, (struct rect){0, 0, 100, 100});
	widget.spoken = spoken;
	return widget;
}

static int set_up(void **state)
{
	struct err err = {""};
	(void)state;
	i18n_init(KIOSK_LOCALE_DIR, &err);
	i18n_set_language("sv");
	arena = arena_create();
	return arena ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	arena_destroy(arena);
	return 0;
}

static void test_a_button(void **state)
{
	static const struct {
		const char *id, *spoken, *said, *letters;
	} rows[] = {
		{"checkin:5", "Checka in: Nils S., Plats 5 · 10:30–14:00",
		 "Checka in: Nils S, Plats 5, klockan tio trettio till fjorton. Knapp, 1 av 2", "N, i, l, s, S"},
		{"checkin:8", "Checka in: Åsa Å., Plats 8", "Checka in: Åsa Å, Plats 8. Knapp, 2 av 2", "Å, s, a, Å"},
		{"choice:1", "1 timme, vald", "1 timme, vald. Knapp", "1, t, i, m, m, e"},
		{"close", "Stäng", "Stäng. Knapp", "S, t, ä, n, g"},
	};
	enum { COUNT = sizeof(rows) / sizeof(rows[0]) };
	struct widget widgets[COUNT + 1];
	(void)state;
	for (size_t i = 0; i < COUNT; i++) {
		widgets[i] = speaker(rows[i].id, UI_BUTTON, rows[i].spoken);
	}
	widgets[COUNT] = speaker("title", UI_TEXT, "Titel");
	struct ui ui = tree_of(widgets, COUNT + 1);
	for (int i = 0; i < COUNT; i++) {
		assert_string_equal(said_widget(arena, &ui, i), rows[i].said);
		assert_string_equal(said_letters(arena, &ui, i), rows[i].letters);
	}
	assert_string_equal(said_widget(arena, &ui, COUNT), ""); /* no button */
	assert_string_equal(said_widget(arena, &ui, -1), "");
	assert_string_equal(said_letters(arena, &ui, COUNT), "");
}

/* The title comes first, what is in a button or a picture is said by that, and nothing is said twice. */
static void test_a_sheet(void **state)
{
	struct widget widgets[] = {
		speaker("home", UI_TEXT, "Under bladet"),  speaker("outside", UI_BUTTON, "Stäng"),
		speaker("plan", UI_IMAGE, "Vid fönstret"), speaker("", UI_TEXT, "Pentry"),
		speaker("", UI_TEXT, "Vid fönstret."),     speaker("title", UI_TEXT, "Kontorsplats 5"),
		speaker("", UI_TEXT, "Ledig till 13:00"),  speaker("countdown", UI_TEXT, "Om 10 sekunder."),
		speaker("", UI_TEXT, "30 november"),       speaker("", UI_TEXT, "12"),
		speaker("take", UI_BUTTON, "Ta platsen"),  speaker("", UI_TEXT, "Ta platsen nu"),
		speaker("caption", UI_TEXT, "Sades nyss"), speaker("", UI_TEXT, "Den trettionde november."),
	};
	struct ui ui = tree_of(widgets, sizeof(widgets) / sizeof(widgets[0]));
	(void)state;
	widgets[0].is_covered = true;
	widgets[1].is_backdrop = true;
	widgets[3].parent = 2;
	widgets[11].parent = 10;
	assert_string_equal(said_view(arena, &ui),
			    "Kontorsplats 5. Ledig till klockan tretton. Den trettionde november. "
			    "Vid fönstret. Om 10 sekunder.");
	assert_string_equal(said_all(arena, &ui),
			    "Kontorsplats 5. Ledig till klockan tretton. Den trettionde november. "
			    "Vid fönstret. Om 10 sekunder. Ta platsen");
}

static void test_home(void **state)
{
	struct widget widgets[] = {
		speaker("clock", UI_TEXT, "10:42"),
		speaker("date", UI_TEXT, "måndag 30 november"),
		speaker("office", UI_TEXT, "Satellitkontoret"),
		speaker("", UI_TEXT, "07"),
		speaker("checkin:5", UI_BUTTON, "Checka in"),
		speaker("free", UI_TEXT, "Inga lediga nu"),
		speaker("", UI_TEXT, "Kommande möten"),
	};
	struct ui ui = tree_of(widgets, sizeof(widgets) / sizeof(widgets[0]));
	(void)state;
	assert_string_equal(said_view(arena, &ui), "Satellitkontoret. Måndag den trettionde november. Klockan tio "
						   "fyrtiotvå. Inga lediga nu. 1 person kan checka in");
	assert_string_equal(said_all(arena, &ui),
			    "Satellitkontoret. Måndag den trettionde november. Klockan tio fyrtiotvå. Inga lediga nu. "
			    "1 person kan checka in. Kommande möten. Checka in");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_a_button, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_a_sheet, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_home, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
