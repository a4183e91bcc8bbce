/* The sheets of the fixture. */
#include "fixture_parts.h"

#include "app/base/limits.h"

struct model_button fixture_button(const char *id, const char *text, enum button_style style, enum action_kind kind)
{
	return (struct model_button){id, text, text, style, {.kind = kind, .id = "", .place = ""}};
}

static void sheet_empty(struct arena *arena, struct model_sheet *sheet)
{
	sheet->status = sheet->title = sheet->subtitle = "";
	sheet->code = sheet->code_title = sheet->code_text = sheet->code_spoken = "";
	sheet->card_name = sheet->card_times = sheet->second_name = sheet->second_times = sheet->longer_title =
		sheet->longer_note = "";
	sheet->question = sheet->warning = sheet->note = sheet->place.id = sheet->place.where = sheet->place.equipment =
		sheet->place.day_title = "";
	sheet->outside = (struct action){.kind = ACTION_CLOSE, .id = "", .place = ""};
	sheet->longer = arena_alloc(arena, EXTEND_CHOICES_MAX * sizeof(*sheet->longer));
	sheet->place.day = arena_alloc(arena, 16 * sizeof(*sheet->place.day));
	sheet->buttons = arena_alloc(arena, 8 * sizeof(*sheet->buttons));
	sheet->choices = arena_alloc(arena, 64 * sizeof(*sheet->choices));
	sheet->lines = arena_alloc(arena, 16 * sizeof(*sheet->lines));
}

static const char *words(struct arena *arena, const struct fixture *fixture, const char *text)
{
	return fixture_words(arena, fixture, text);
}

static void day_add(struct arena *arena, const struct fixture *fixture, struct model_sheet *sheet, const char *title,
		    const struct model_day_line *lines, size_t count)
{
	sheet->place.is_shown = true;
	sheet->place.day_title = words(arena, fixture, title);
	for (size_t i = 0; i < count; i++) {
		struct model_day_line *line = &sheet->place.day[sheet->place.day_count++];
		*line = lines[i];
		line->text = line->state == SHOWN_FREE ? words(arena, fixture, line->text)
						       : fixture_person(fixture, line->text);
	}
}

static void desk_day_add(struct arena *arena, const struct fixture *fixture, struct model_sheet *sheet)
{
	static const struct model_day_line lines[] = {{SHOWN_NO_SHOW, "08:00–10:00", "Leif B.", true},
						      {SHOWN_WAITING, "10:30–14:00", "Per-Erik D.", false},
						      {SHOWN_FREE, "14:00–16:30", "Ledig", false},
						      {SHOWN_BOOKED, "16:30–18:00", "Hanna B.", false}};
	day_add(arena, fixture, sheet, "Plats 5 i dag", lines, sizeof(lines) / sizeof(*lines));
	sheet->place.equipment = words(arena, fixture, "Skärm, tangentbord, mus och hörlurar finns på platsen.");
}

static void card_add(struct arena *arena, const struct fixture *fixture, struct model_sheet *sheet, const char *title)
{
	sheet->has_state = sheet->has_card = true;
	sheet->title = fixture->words == WORDS_LONG ? fixture_long_name : title;
	sheet->card_name = fixture_person(fixture, "Per-Erik D.");
	sheet->card_times = words(arena, fixture, "10:30–14:00");
}

static void add_button(struct model_sheet *sheet, const char *id, const char *text, enum button_style style,
		       enum action_kind kind)
{
	sheet->buttons[sheet->button_count++] = fixture_button(id, text, style, kind);
}

static void waiting_desk_add(struct arena *arena, const struct fixture *fixture, struct model_sheet *sheet)
{
	card_add(arena, fixture, sheet, "Kontorsplats 5");
	sheet->state = SHOWN_WAITING;
	sheet->status = words(arena, fixture, "Väntar på incheckning");
	sheet->paragraphs[sheet->paragraph_count++] =
		words(arena, fixture, "Efter 10:45 får någon annan ta platsen om ingen har checkat in.");
	add_button(sheet, "checkin:5", words(arena, fixture, "Checka in"), BUTTON_PRIMARY, ACTION_CHECK_IN);
	add_button(sheet, "move", words(arena, fixture, "Byt plats"), BUTTON_SECONDARY, ACTION_OPEN);
	desk_day_add(arena, fixture, sheet);
}

static void absent_desk_add(struct arena *arena, const struct fixture *fixture, struct model_sheet *sheet)
{
	card_add(arena, fixture, sheet, "Kontorsplats 5");
	sheet->state = SHOWN_ABSENT;
	sheet->status = words(arena, fixture, "Ej incheckad – får tas");
	sheet->paragraphs[sheet->paragraph_count++] =
		words(arena, fixture, "Du kan fortfarande checka in så länge ingen annan har tagit platsen.");
	add_button(sheet, "checkin:5", words(arena, fixture, "Checka in"), BUTTON_PRIMARY, ACTION_CHECK_IN);
	add_button(sheet, "move", words(arena, fixture, "Byt plats"), BUTTON_SECONDARY, ACTION_OPEN);
	add_button(sheet, "take", words(arena, fixture, "Ta över platsen"), BUTTON_SECONDARY, ACTION_OPEN);
	desk_day_add(arena, fixture, sheet);
}

static void longer_add(struct arena *arena, const struct fixture *fixture, struct model_sheet *sheet)
{
	static const char *const choices[][3] = {{"extend:30", "+30 min", "till 12:30"},
						 {"extend:60", "+1 timme", "till 13:00"},
						 {"extend:all", "Till 16:30", "så länge det går"}};
	for (size_t i = 0; i < EXTEND_CHOICES_MAX; i++) {
		const char *text = arena_print(arena, "%s\n%s", choices[i][1], words(arena, fixture, choices[i][2]));
		sheet->longer[sheet->longer_count++] =
			fixture_button(choices[i][0], text, BUTTON_PRIMARY, ACTION_EXTEND);
	}
	sheet->longer_title = words(arena, fixture, "Förläng");
	sheet->longer_note = words(arena, fixture,
				   "Hanna B. har platsen från 16:30. Förlängningen syns här på kontoret men ändrar "
				   "inte bokningen på webben.");
}

static void mine_add(struct arena *arena, const struct fixture *fixture, struct model_sheet *sheet)
{
	static const struct model_day_line lines[] = {{SHOWN_CHECKED_IN, "08:00–12:00", "Åsa L.", false},
						      {SHOWN_FREE, "12:00–16:30", "Ledig", false},
						      {SHOWN_BOOKED, "16:30–18:00", "Hanna B.", false}};
	sheet->has_state = true;
	sheet->state = SHOWN_CHECKED_IN;
	sheet->status = words(arena, fixture, "Incheckad sedan 07:55");
	sheet->title = fixture_person(fixture, "Åsa L.");
	sheet->subtitle = words(arena, fixture, "Kontorsplats 1 är din till 12:00");
	longer_add(arena, fixture, sheet);
	add_button(sheet, "checkout:1", words(arena, fixture, "Checka ut"), BUTTON_SECONDARY, ACTION_CHECK_OUT);
	add_button(sheet, "move", words(arena, fixture, "Byt plats"), BUTTON_SECONDARY, ACTION_OPEN);
	day_add(arena, fixture, sheet, "Plats 1 i dag", lines, sizeof(lines) / sizeof(*lines));
	sheet->place.equipment = words(arena, fixture, "Skärm, tangentbord, mus och hörlurar finns på platsen.");
}

static void room_day_add(struct arena *arena, const struct fixture *fixture, struct model_sheet *sheet)
{
	static const struct model_day_line lines[] = {{SHOWN_ENDED, "08:00–09:30", "Personalchefsgruppen", true},
						      {SHOWN_ONGOING, "10:00–12:00", "KC-gruppen, beredning", false},
						      {SHOWN_FREE, "12:00–13:00", "Ledigt", false},
						      {SHOWN_BOOKED, "13:00–15:00", "Digitaliseringsgruppen", false},
						      {SHOWN_FREE, "15:00–16:00", "Ledigt", false},
						      {SHOWN_BOOKED, "16:00–17:30", "Visit Umeå, avstämning", false}};
	day_add(arena, fixture, sheet, "Konferensrummet i dag", lines, sizeof(lines) / sizeof(*lines));
	sheet->code = "https://outlook.office365.com/owa/calendar/Konferensrum@example.org/bookings/";
	sheet->code_title = words(arena, fixture, "Boka rummet");
	sheet->code_text = words(arena, fixture, "För i dag eller en annan dag. Skanna koden med mobilen.");
}

static void meeting_now_add(struct arena *arena, const struct fixture *fixture, struct model_sheet *sheet)
{
	sheet->has_state = true;
	sheet->state = SHOWN_ONGOING;
	sheet->status = words(arena, fixture, "Pågår till 12:00");
	sheet->title = fixture_person(fixture, "KC-gruppen, beredning");
	sheet->subtitle = words(arena, fixture, "Konferensrummet · 10:00–12:00");
	sheet->paragraphs[sheet->paragraph_count++] = words(arena, fixture, "Bokat av Therese B.");
	sheet->paragraphs[sheet->paragraph_count++] =
		words(arena, fixture, "Är mötet slut? Då kan andra använda rummet till 13:00.");
	sheet->note = words(arena, fixture, "Du kan ångra i 10 sekunder. Bokningen på webben ändras inte.");
	add_button(sheet, "checkout:K", words(arena, fixture, "Avsluta mötet i förtid"), BUTTON_PRIMARY,
		   ACTION_CHECK_OUT);
	room_day_add(arena, fixture, sheet);
}

static void two_add(struct arena *arena, const struct fixture *fixture, struct model_sheet *sheet)
{
	static const struct model_day_line lines[] = {{SHOWN_FREE, "07:00–18:00", "Ledig", false}};
	card_add(arena, fixture, sheet, "Två på Plats 5");
	sheet->state = SHOWN_CONFLICT;
	sheet->status = words(arena, fixture, "Dubbel incheckning");
	sheet->subtitle =
		words(arena, fixture,
		      "Skärmarna var utan kontakt med varandra, så båda hann få platsen. Ingen har gjort fel.");
	sheet->card_name = fixture_person(fixture, "Sara H.");
	sheet->card_times = words(arena, fixture, "Checkade in 08:58");
	sheet->second_name = fixture_person(fixture, "Nils S.");
	sheet->second_times = words(arena, fixture, "Tog platsen 09:03");
	sheet->paragraphs[sheet->paragraph_count++] = words(arena, fixture, "Sara H. var först och behåller platsen.");
	add_button(sheet, "move:4",
		   arena_print(arena, "%s\n%s", words(arena, fixture, "Flytta Nils S. till Plats 4"),
			       words(arena, fixture, "Ledig resten av dagen")),
		   BUTTON_SUCCESS, ACTION_CHECK_IN);
	add_button(sheet, "move", words(arena, fixture, "Välj en annan plats"), BUTTON_SECONDARY, ACTION_OPEN);
	day_add(arena, fixture, sheet, "Plats 4 i dag", lines, 1);
	sheet->place.equipment = words(arena, fixture, "Skärm, tangentbord, mus och hörlurar finns på platsen.");
}

static void booking_add(struct arena *arena, const struct fixture *fixture, struct model_sheet *sheet)
{
	switch (fixture->place) {
	case FIXTURE_MINE:
		mine_add(arena, fixture, sheet);
		break;
	case FIXTURE_ABSENT:
		absent_desk_add(arena, fixture, sheet);
		break;
	case FIXTURE_MEETING:
		meeting_now_add(arena, fixture, sheet);
		break;
	case FIXTURE_TWO:
		two_add(arena, fixture, sheet);
		break;
	default:
		waiting_desk_add(arena, fixture, sheet);
		break;
	}
}

static void choices_add(struct arena *arena, const struct fixture *fixture, struct model_sheet *sheet)
{
	bool is_room = fixture->place == FIXTURE_ROOM;
	sheet->choices[0] = fixture_button("choice:0", words(arena, fixture, is_room ? "15 min" : "30 min"),
					   BUTTON_SECONDARY, ACTION_CHOOSE);
	sheet->choices[1] = fixture_button("choice:1", words(arena, fixture, is_room ? "30 min" : "1 timme"),
					   BUTTON_CHOSEN, ACTION_CHOOSE);
	sheet->choices[2] =
		fixture_button("choice:2", words(arena, fixture, "Till 13:00"), BUTTON_SECONDARY, ACTION_CHOOSE);
	sheet->choice_count = 3;
}

static void free_room_add(struct arena *arena, const struct fixture *fixture, struct model_sheet *sheet)
{
	sheet->status = words(arena, fixture, "Ledigt till 13:00");
	sheet->title = fixture->words == WORDS_LONG ? fixture_long_name : "Konferensrummet";
	sheet->subtitle = words(arena, fixture, "12 sittplatser. Utrustning för digitala möten finns i rummet.");
	sheet->question = words(arena, fixture, "Hur länge behöver ni rummet?");
	sheet->note = words(arena, fixture, "Digitaliseringsgruppen börjar 13:00.");
	add_button(sheet, "take",
		   arena_print(arena, "%s\n%s", words(arena, fixture, "Använd rummet nu"),
			       words(arena, fixture, "till 12:38")),
		   BUTTON_SUCCESS, ACTION_DROP_IN);
	room_day_add(arena, fixture, sheet);
}

static void free_desk_add(struct arena *arena, const struct fixture *fixture, struct model_sheet *sheet)
{
	static const struct model_day_line lines[] = {{SHOWN_NO_SHOW, "09:00–10:00", "Leif B.", true},
						      {SHOWN_FREE, "10:00–13:00", "Ledig", false},
						      {SHOWN_BOOKED, "13:00–17:00", "Märta N.", false}};
	bool is_unknown = fixture->place == FIXTURE_UNKNOWN;
	sheet->title = fixture->words == WORDS_LONG ? fixture_long_name : "Kontorsplats 3";
	sheet->status = words(arena, fixture, is_unknown ? "Okänt läge" : "Ledig till 13:00");
	if (is_unknown) {
		sheet->paragraphs[sheet->paragraph_count++] = words(
			arena, fixture, "Bokningarna kunde senast uppdateras 08:12. Platsen kan ha bokats efter det.");
	}
	sheet->question =
		words(arena, fixture, is_unknown ? "Hur länge?" : "Hur länge? Märta N. har platsen från 13:00.");
	add_button(sheet, "take",
		   words(arena, fixture, is_unknown ? "Sätt dig här ändå till 11:42" : "Ta platsen till 11:42"),
		   is_unknown ? BUTTON_PRIMARY : BUTTON_SUCCESS, ACTION_DROP_IN);
	day_add(arena, fixture, sheet, "Plats 3 i dag", lines, sizeof(lines) / sizeof(*lines));
	sheet->place.equipment = words(arena, fixture, "Skärm, tangentbord, mus och hörlurar finns på platsen.");
	sheet->code = "https://outlook.office365.com/owa/calendar/Satellitkontoret@example.org/bookings/";
	sheet->code_title = words(arena, fixture, "Boka på webben");
	sheet->code_text = words(arena, fixture, "För i dag eller en annan dag. Skanna koden med mobilen.");
}

static void absent_free_add(struct arena *arena, const struct fixture *fixture, struct model_sheet *sheet)
{
	card_add(arena, fixture, sheet, "Kontorsplats 5");
	sheet->status = words(arena, fixture, "Ej incheckad – får tas");
	sheet->question = words(arena, fixture, "Hur länge?");
	add_button(sheet, "take", words(arena, fixture, "Ta över platsen till 11:42"), BUTTON_SUCCESS, ACTION_DROP_IN);
	add_button(sheet, "checkin:5",
		   arena_print(arena, "%s\n%s", words(arena, fixture, "Checka in"), sheet->card_name), BUTTON_SECONDARY,
		   ACTION_CHECK_IN);
	desk_day_add(arena, fixture, sheet);
}

static void free_add(struct arena *arena, const struct fixture *fixture, struct model_sheet *sheet)
{
	sheet->has_state = true;
	sheet->state = fixture->place == FIXTURE_UNKNOWN  ? SHOWN_UNKNOWN
		       : fixture->place == FIXTURE_ABSENT ? SHOWN_ABSENT
							  : SHOWN_FREE;
	choices_add(arena, fixture, sheet);
	sheet->warning = fixture->is_cut_off ? fixture_words(arena, fixture,
							     "Den andra skärmen nås inte – platsen kan vara tagen där.")
					     : "";
	if (fixture->place == FIXTURE_ROOM) {
		free_room_add(arena, fixture, sheet);
	} else if (fixture->place == FIXTURE_ABSENT) {
		absent_free_add(arena, fixture, sheet);
	} else {
		free_desk_add(arena, fixture, sheet);
	}
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
	sheet->paragraphs[0] = fixture_words(arena, fixture, "Allt återställs när du går.");
	sheet->paragraph_count = 1;
	sheet->choices[0] = fixture_button("text:100", "Normal", BUTTON_CHOSEN, ACTION_TEXT_SIZE);
	sheet->choices[1] = fixture_button("text:130", "Större", BUTTON_SECONDARY, ACTION_TEXT_SIZE);
	sheet->choices[2] = fixture_button("text:160", "Störst", BUTTON_SECONDARY, ACTION_TEXT_SIZE);
	sheet->choice_count = 3;
	sheet->buttons[0] = fixture_button("contrast", fixture_words(arena, fixture, "Hög kontrast"), BUTTON_SECONDARY,
					   ACTION_CONTRAST);
	sheet->buttons[1] = fixture_button("reach", fixture_words(arena, fixture, "Knapparna längre ner"),
					   BUTTON_SECONDARY, ACTION_REACH);
	sheet->button_count = 2;
}

static void words_sheet_add(struct arena *arena, const struct fixture *fixture, struct model_sheet *sheet)
{
	if (fixture->view == VIEW_STILL_THERE) {
		sheet->title = fixture_words(arena, fixture, "Är du kvar?");
		sheet->subtitle = fixture_words(arena, fixture, "Startsidan visas igen om 20 sekunder.");
		sheet->buttons[0] = fixture_button("stay", fixture_words(arena, fixture, "Jag är kvar"), BUTTON_PRIMARY,
						   ACTION_STAY);
		sheet->button_count = 1;
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

void fixture_sheet_add(struct arena *arena, const struct fixture *fixture, struct model *model)
{
	struct model_sheet *sheet = &model->sheet;
	sheet_empty(arena, sheet);
	fixture_page_add(arena, fixture, model);
	switch (fixture->view) {
	case VIEW_SHEET:
		booking_add(arena, fixture, sheet);
		break;
	case VIEW_FREE:
		free_add(arena, fixture, sheet);
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
	case VIEW_MEETINGS:
		sheet->title = fixture_words(arena, fixture, "Kommande möten");
		sheet->subtitle = fixture_words(arena, fixture, "Inga fler möten till och med 28 februari.");
		break;
	case VIEW_ACCESS:
		access_add(arena, fixture, sheet);
		break;
	case VIEW_HOST:
	case VIEW_MEETING:
	case VIEW_WEEK:
	case VIEW_INFO:
		break;
	default:
		words_sheet_add(arena, fixture, sheet);
		break;
	}
	sheet->buttons[sheet->button_count++] =
		fixture_button("close", fixture_words(arena, fixture, "Stäng"), BUTTON_QUIET, ACTION_CLOSE);
}

enum { PICTURE_ROWS = 9 };

/* The plan of the pictures. Of many places, every tenth is not on it; the others stand in rows. */
void fixture_map_add(struct arena *arena, const struct fixture *fixture, struct model *model)
{
	static const struct floorplan_point picture[PICTURE_ROWS] = {{175, 160}, {456, 288},  {646, 288},
								     {836, 288}, {1026, 288}, {456, 76},
								     {646, 76},  {836, 76},   {1026, 76}};
	static struct floorplan_point way[] = {{660, 500}, {660, 412}, {362, 412}};
	static const char *const names[] = {"Konferensrum", "Skrivare", "Kansliet", "Pentry", "Hiss", "Toaletter"};
	static const struct floorplan_point ats[] = {{175, 70},  {172, 386}, {172, 540},
						     {425, 540}, {598, 570}, {1053, 520}};
	bool is_picture = model->row_count <= PICTURE_ROWS;
	for (size_t i = 0; i < model->row_count; i++) {
		struct config_spot *spot = arena_alloc(arena, sizeof(*spot));
		struct floorplan_point row = {60 + 100 * (double)(i % 12), 60 + 90 * (double)(i / 12)};
		*spot = (struct config_spot){.is_known = is_picture || i % 10 != 9,
					     .at = is_picture ? picture[i] : row,
					     .way = way,
					     .way_count = 3};
		model->rows[i].spot = spot;
		model->rows[i].where = "Vid fönstret, till vänster";
		model->rows[i].line = fixture_words(arena, fixture,
						    model->rows[i].state == SHOWN_FREE ? "till 14:00" : "Per-Erik D.");
		model->rows[i].line_short = model->rows[i].state == SHOWN_FREE ? "ledig" : "P.D.";
	}
	if (!fixture->has_map && fixture->view != VIEW_MAP) {
		return;
	}
	struct floorplan *floorplan = arena_alloc(arena, sizeof(*floorplan));
	*floorplan = (struct floorplan){.width = 1180, .height = 630, .label_count = sizeof(names) / sizeof(*names)};
	floorplan->labels = arena_alloc(arena, sizeof(names) / sizeof(*names) * sizeof(*floorplan->labels));
	for (size_t i = 0; i < floorplan->label_count; i++) {
		floorplan->labels[i] = (struct floorplan_label){ats[i], true, (char *)(uintptr_t)names[i]};
	}
	bool is_shown = fixture->view == VIEW_MAP;
	model->map = (struct model_map){
		.floorplan = floorplan,
		.here = {.is_known = true, .at = {760, 565}},
		.is_shown = is_shown,
		.here_words = fixture_words(arena, fixture, "Du är här"),
		.here_short = "Här",
		.spoken = "Karta över kontoret",
		.schedule = fixture_button("schedule", fixture_words(arena, fixture, "Schema"),
					   is_shown ? BUTTON_SECONDARY : BUTTON_CHOSEN, ACTION_MAP),
		.map = fixture_button("map", fixture_words(arena, fixture, "Karta"),
				      is_shown ? BUTTON_CHOSEN : BUTTON_SECONDARY, ACTION_MAP),
	};
}

void fixture_closed_add(struct arena *arena, const struct fixture *fixture, struct model *model)
{
	model->closed = (struct model_closed){.title = "", .text = "", .code = "", .code_title = ""};
	if (!fixture->is_closed) {
		return;
	}
	model->closed = (struct model_closed){
		.is_shown = true,
		.title = fixture_words(arena, fixture, "Stängt i dag – juldagen"),
		.text = fixture_words(arena, fixture, "Vi öppnar igen måndag 28 december 07:00."),
		.code = "https://outlook.office365.com/owa/calendar/x/bookings/",
		.code_title = fixture_words(arena, fixture, "Boka en annan dag"),
	};
	model->free = "";
	model->row_count = fixture->is_empty ? 0 : 3;
}
