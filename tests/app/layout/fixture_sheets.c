/* The sheets of the fixture. */
#include "fixture_parts.h"

#include "app/base/limits.h"

struct model_button fixture_button(const char *id, const char *text, enum button_style style, enum action_kind kind)
{
	return (struct model_button){id, text, text, style, {.kind = kind, .id = "", .place = ""}};
}

static void sheet_empty(struct arena *arena, struct model_sheet *sheet)
{
	sheet->status = sheet->title = sheet->subtitle = sheet->lines_title = "";
	sheet->code = sheet->code_title = sheet->code_text = "";
	sheet->buttons = arena_alloc(arena, 8 * sizeof(*sheet->buttons));
	sheet->choices = arena_alloc(arena, 64 * sizeof(*sheet->choices));
	sheet->lines = arena_alloc(arena, 16 * sizeof(*sheet->lines));
}

static void booking_add(struct arena *arena, const struct fixture *fixture, struct model_sheet *sheet)
{
	sheet->has_state = true;
	sheet->state = SHOWN_WAITING;
	sheet->status = fixture_words(arena, fixture, "Väntar på incheckning");
	sheet->title = fixture_person(fixture, "Nils S.");
	sheet->subtitle = fixture_words(arena, fixture, "Kontorsplats 5 · 10:30–15:00");
	sheet->paragraphs[0] =
		fixture_words(arena, fixture, "Efter 10:45 får någon annan ta platsen om ingen har checkat in.");
	sheet->paragraphs[1] = fixture_words(arena, fixture, "Skärm, tangentbord, mus och hörlurar finns på platsen.");
	sheet->paragraph_count = 2;
	sheet->buttons[0] = fixture_button("checkin:5", fixture_words(arena, fixture, "Checka in"), BUTTON_PRIMARY,
					   ACTION_CHECK_IN);
	sheet->buttons[1] =
		fixture_button("move", fixture_words(arena, fixture, "Byt plats"), BUTTON_SECONDARY, ACTION_OPEN);
	sheet->button_count = 2;
}

static void free_add(struct arena *arena, const struct fixture *fixture, struct model_sheet *sheet)
{
	sheet->has_state = true;
	sheet->state = SHOWN_FREE;
	sheet->status = fixture_words(arena, fixture, "Ledig till 13:00");
	sheet->title = fixture->words == WORDS_LONG ? fixture_long_name : "Kontorsplats 3";
	sheet->subtitle = fixture_words(arena, fixture, "Hur länge vill du sitta här?");
	sheet->choices[0] =
		fixture_button("choice:0", fixture_words(arena, fixture, "30 min"), BUTTON_SECONDARY, ACTION_CHOOSE);
	sheet->choices[1] =
		fixture_button("choice:1", fixture_words(arena, fixture, "1 timme"), BUTTON_CHOSEN, ACTION_CHOOSE);
	sheet->choices[2] = fixture_button("choice:2", fixture_words(arena, fixture, "Till 13:00"), BUTTON_SECONDARY,
					   ACTION_CHOOSE);
	sheet->choice_count = 3;
	sheet->buttons[0] = fixture_button("take:3", fixture_words(arena, fixture, "Ta platsen till 11:42"),
					   BUTTON_SUCCESS, ACTION_DROP_IN);
	sheet->button_count = 1;
	sheet->code = "https://outlook.office365.com/owa/calendar/Satellitkontoret@example.org/bookings/";
	sheet->code_title = fixture_words(arena, fixture, "Boka en annan dag");
	sheet->code_text = fixture_words(arena, fixture, "Skanna med mobilen så öppnas bokningssidan");
}

static void host_sheet_add(struct arena *arena, const struct fixture *fixture, struct model_sheet *sheet)
{
	static const char *const years[][3] = {
		{"2024", "Vännäs", "Örnsköldsvik"},         {"2025", "Örnsköldsvik", "Bjurholm"},
		{"2026", "Bjurholm", "Nordmaling"},         {"2027", "Nordmaling", "Robertsfors"},
		{"2028", "Robertsfors", "Umeå · planerat"}, {"2029", "Umeå", "Vindeln · planerat"},
		{"2030", "Vindeln", "Vännäs · planerat"}};
	sheet->status = fixture_words(arena, fixture, "Värdkommun 2026");
	sheet->title = "Bjurholm";
	sheet->subtitle = fixture_words(arena, fixture, "Nordmaling tar över i december");
	sheet->paragraphs[0] = fixture_words(arena, fixture, "Nästa överlämning: december 2026.");
	sheet->paragraphs[1] = fixture_words(arena, fixture, "Källa: Verksamhetsplan Umeåregionen 2023–2027");
	sheet->paragraph_count = 2;
	sheet->lines_title = fixture_words(arena, fixture, "Vice ordförande i KC-gruppen");
	sheet->line_count = sizeof(years) / sizeof(*years);
	for (size_t i = 0; i < sheet->line_count; i++) {
		sheet->lines[i] = (struct model_line){years[i][0], years[i][1],
						      fixture_words(arena, fixture, years[i][2]), i == 2};
	}
	sheet->code_title = "Umeåregionen";
	sheet->code_text = "Bjurholm, Nordmaling, Robertsfors, Umeå, Vindeln, Vännäs och Örnsköldsvik";
	sheet->shows_ring = true;
}

static void move_add(struct arena *arena, const struct fixture *fixture, struct model_sheet *sheet)
{
	sheet->title = fixture_words(arena, fixture, "Byt plats");
	sheet->subtitle = fixture_words(arena, fixture, "Välj en ledig plats");
	size_t count = fixture->places ? fixture->places - 1 : 3;
	for (size_t i = 0; i < count && i < MOVE_CHOICES_MAX; i++) {
		sheet->choices[i] =
			fixture_button(arena_print(arena, "move:%zu", i + 1), arena_print(arena, "Plats %zu", i + 1),
				       BUTTON_SECONDARY, ACTION_CHECK_IN);
		sheet->choice_count++;
	}
}

static void access_add(struct arena *arena, const struct fixture *fixture, struct model_sheet *sheet)
{
	sheet->title = fixture_words(arena, fixture, "Tillgänglighet");
	sheet->subtitle = fixture_words(arena, fixture, "Textstorlek");
	sheet->paragraphs[0] = fixture_words(arena, fixture, "Skärmen blir som vanligt när du går.");
	sheet->paragraph_count = 1;
	sheet->choices[0] = fixture_button("text:100", "100 %", BUTTON_CHOSEN, ACTION_TEXT_SIZE);
	sheet->choices[1] = fixture_button("text:130", "130 %", BUTTON_SECONDARY, ACTION_TEXT_SIZE);
	sheet->choices[2] = fixture_button("text:160", "160 %", BUTTON_SECONDARY, ACTION_TEXT_SIZE);
	sheet->choice_count = 3;
	sheet->buttons[0] = fixture_button("contrast", fixture_words(arena, fixture, "Hög kontrast"), BUTTON_SECONDARY,
					   ACTION_CONTRAST);
	sheet->buttons[1] =
		fixture_button("reach", fixture_words(arena, fixture, "Nå-läge"), BUTTON_SECONDARY, ACTION_REACH);
	sheet->button_count = 2;
}

static void words_sheet_add(struct arena *arena, const struct fixture *fixture, struct model_sheet *sheet)
{
	if (fixture->view == VIEW_STILL_THERE) {
		sheet->title = fixture_words(arena, fixture, "Är du kvar?");
		sheet->subtitle = fixture_words(arena, fixture, "Skärmen återgår om 20 sekunder");
		sheet->buttons[0] = fixture_button("stay", fixture_words(arena, fixture, "Jag är kvar"), BUTTON_PRIMARY,
						   ACTION_STAY);
		sheet->button_count = 1;
	} else if (fixture->view == VIEW_MEETING) {
		sheet->status = "om 4 dagar";
		sheet->title = fixture_words(arena, fixture, "Umeåregionrådet");
		sheet->subtitle = fixture_words(arena, fixture, "fredag 27 november 09:00–12:00");
		sheet->paragraphs[0] = fixture_words(arena, fixture, "I Vännäs, inte här.");
		sheet->paragraphs[1] = fixture_words(arena, fixture, "Dagordningen bereds av KC-gruppen.");
		sheet->paragraph_count = 2;
	} else {
		sheet->title = fixture_words(arena, fixture, "Det gick inte att spara");
		sheet->paragraphs[0] =
			fixture_words(arena, fixture, "Din incheckning är inte sparad. Försök igen om en stund.");
		sheet->paragraph_count = 1;
		sheet->buttons[0] = fixture_button("again", fixture_words(arena, fixture, "Försök igen"),
						   BUTTON_PRIMARY, ACTION_CHECK_IN);
		sheet->button_count = 1;
	}
}

void fixture_sheet_add(struct arena *arena, const struct fixture *fixture, struct model_sheet *sheet)
{
	sheet_empty(arena, sheet);
	switch (fixture->view) {
	case VIEW_SHEET:
		booking_add(arena, fixture, sheet);
		break;
	case VIEW_FREE:
		free_add(arena, fixture, sheet);
		break;
	case VIEW_HOST:
		host_sheet_add(arena, fixture, sheet);
		break;
	case VIEW_MOVE:
		move_add(arena, fixture, sheet);
		break;
	case VIEW_ALL:
		sheet->title = fixture_words(arena, fixture, "Checka in");
		sheet->subtitle =
			fixture_words(arena, fixture, "Tryck på ditt namn – alla som väntar, i bokstavsordning");
		sheet->paragraphs[sheet->paragraph_count++] = fixture_words(
			arena, fixture, "Hittar du inte ditt namn? Bokningen kan vara för ny. Fråga kansliet.");
		break;
	case VIEW_ACCESS:
		access_add(arena, fixture, sheet);
		break;
	default:
		words_sheet_add(arena, fixture, sheet);
		break;
	}
	sheet->buttons[sheet->button_count++] =
		fixture_button("close", fixture_words(arena, fixture, "Stäng"), BUTTON_SECONDARY, ACTION_CLOSE);
}
