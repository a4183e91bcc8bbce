/* See fixture.h. */
#include "fixture.h"

#include <math.h>
#include <string.h>

const char *const fixture_view_names[VIEW_SETUP + 1] = {
	"home", "sheet",  "free",        "done",    "host",  "meeting",
	"move", "access", "still-there", "trouble", "night", "setup",
};

static const char long_name[] = "Maximiliana-Alexandrina von Österlund-Bergqvist af Örnsköld";
static const char pad_letters[] = "åëîöü";

/* A text as a language with longer words would have it. */
static const char *words(struct arena *arena, const struct fixture *fixture, const char *text)
{
	size_t letters = strlen(text);
	if (fixture->words != WORDS_LONG || letters < 3) {
		return text;
	}
	size_t more = (letters * 4 + 9) / 10;
	const char *pad = "";
	for (size_t i = 0; i < more; i++) {
		pad = arena_print(arena, "%s%.2s", pad, pad_letters + 2 * (i % 5));
	}
	return arena_print(arena, "%s%s", text, pad);
}

static const char *person(const struct fixture *fixture, const char *name)
{
	return fixture->words == WORDS_LONG ? long_name : name;
}

struct block_spec {
	int row;
	double from, to;
	enum shown_state state;
	const char *text, *shorter;
};

static const struct block_spec blocks[] = {
	{0, 8, 9.5, SHOWN_ENDED, "Personalchefsgruppen", ""},
	{0, 10, 12, SHOWN_CHECKED_IN, "KC-gruppen · beredning", ""},
	{0, 13, 14.5, SHOWN_BOOKED, "Digitaliseringsgruppen", ""},
	{0, 15, 16, SHOWN_BOOKED, "Visit Umeå, avstämning", ""},
	{1, 8, 12, SHOWN_CHECKED_IN, "Åsa L.", "Å.L."},
	{2, 8.5, 16.5, SHOWN_CHECKED_IN, "Örjan Ö.", "Ö.Ö."},
	{3, 9, 10, SHOWN_NO_SHOW, "Ej incheckad", ""},
	{3, 13, 17, SHOWN_BOOKED, "Märta N.", "M.N."},
	{5, 10.5, 15, SHOWN_WAITING, "Nils S.", "N.S."},
	{6, 7.5, 9.5, SHOWN_ENDED, "Sara H.", "S.H."},
	{6, 12, 16, SHOWN_BOOKED, "Elin W.", "E.W."},
	{7, 8, 17, SHOWN_CHECKED_IN, "Ingrid N.", "I.N."},
	{8, 11, 12.5, SHOWN_WAITING, "Jonas Å.", "J.Å."},
};
enum { BLOCK_COUNT = sizeof blocks / sizeof *blocks, ROW_COUNT = 9 };

static struct action action_open(enum view_kind view, const char *id)
{
	return (struct action){.kind = ACTION_OPEN, .view = view, .id = id, .place = ""};
}

static void block_add(struct arena *arena, const struct fixture *fixture, struct model_row *row,
		      const struct block_spec *spec)
{
	bool is_person = spec->shorter[0];
	const char *text = is_person ? person(fixture, spec->text) : words(arena, fixture, spec->text);
	const char *id = arena_print(arena, "booking:%s-%zu", row->id, row->block_count);
	row->blocks[row->block_count++] = (struct model_block){
		.id = id,
		.state = spec->state,
		.text = text,
		.shorter = spec->shorter,
		.spoken = arena_print(arena, "%s: %s", row->name, text),
		.start_min = (int)(spec->from * 60),
		.end_min = (int)(spec->to * 60),
		.lanes = 1,
		.action = action_open(VIEW_SHEET, id),
	};
}

/* Two at once, three quarters of an hour in a row. */
static void crowd_add(struct arena *arena, const struct fixture *fixture, struct model_row *row)
{
	size_t before = row->block_count;
	row->block_count = 0;
	(void)before;
	block_add(arena, fixture, row, &(struct block_spec){0, 8, 11, SHOWN_CHECKED_IN, "Åsa L.", "Å.L."});
	block_add(arena, fixture, row, &(struct block_spec){0, 9, 12, SHOWN_BOOKED, "Nils S.", "N.S."});
	for (size_t i = 0; i < 2; i++) {
		row->blocks[i].lane = (int)i;
		row->blocks[i].lanes = 2;
		row->blocks[i].is_conflict = true;
	}
	for (int i = 0; i < 3; i++) {
		double from = 13 + i * 0.25;
		block_add(arena, fixture, row,
			  &(struct block_spec){0, from, from + 0.25, SHOWN_BOOKED, "Elin W.", "E.W."});
	}
	block_add(arena, fixture, row, &(struct block_spec){0, 16, 16.25, SHOWN_WAITING, "Jonas Å.", "J.Å."});
	block_add(arena, fixture, row, &(struct block_spec){0, 17, 18, SHOWN_UNKNOWN, "Sara H.", "S.H."});
}

static void rows_add(struct arena *arena, const struct fixture *fixture, struct model *model)
{
	static const enum shown_state now[ROW_COUNT] = {SHOWN_CHECKED_IN, SHOWN_CHECKED_IN, SHOWN_CHECKED_IN,
							SHOWN_FREE,       SHOWN_FREE,       SHOWN_WAITING,
							SHOWN_FREE,       SHOWN_CHECKED_IN, SHOWN_WAITING};
	size_t count = fixture->places ? fixture->places : ROW_COUNT;
	model->rows = arena_alloc(arena, count * sizeof *model->rows);
	model->row_count = count;
	for (size_t i = 0; i < count; i++) {
		struct model_row *row = &model->rows[i];
		row->kind = i == 0 ? PLACE_ROOM : PLACE_DESK;
		row->number = i == 0 ? "K" : arena_print(arena, "%zu", i);
		row->id = arena_print(arena, "place:%s", row->number);
		const char *name = i == 0 ? "Konferensrum" : arena_print(arena, "Plats %zu", i);
		row->name = fixture->words == WORDS_LONG && i % 3 == 2 ? long_name : words(arena, fixture, name);
		row->state = fixture->is_empty ? SHOWN_FREE : now[i % ROW_COUNT];
		row->spoken = row->name;
		row->action = row->state == SHOWN_FREE ? action_open(VIEW_FREE, row->number)
						       : (struct action){.id = "", .place = ""};
		row->blocks = arena_alloc(arena, 16 * sizeof *row->blocks);
		for (size_t j = 0; !fixture->is_empty && j < BLOCK_COUNT; j++) {
			if (blocks[j].row == (int)(i % ROW_COUNT)) {
				block_add(arena, fixture, row, &blocks[j]);
			}
		}
		if (fixture->is_crowded && i % 4 == 2) {
			crowd_add(arena, fixture, row);
		}
	}
	model->unplaced = (struct model_row){.id = "", .name = "", .number = "", .spoken = ""};
	if (fixture->is_crowded) {
		model->unplaced = (struct model_row){.id = "place:",
						     .name = "Utan plats",
						     .number = "?",
						     .spoken = "Utan plats",
						     .kind = PLACE_DESK,
						     .action = {.id = "", .place = ""},
						     .blocks = arena_alloc(arena, 16 * sizeof(struct model_block))};
		block_add(arena, fixture, &model->unplaced,
			  &(struct block_spec){0, 9, 15, SHOWN_WAITING, "Karin B.", "K.B."});
	}
}

static void waiting_add(struct arena *arena, const struct fixture *fixture, struct model *model)
{
	static const char *const people[][3] = {{"5", "Nils S.", "Plats 5 · 10:30–15:00"},
						{"8", "Jonas Å.", "Plats 8 · 11:00–12:30"},
						{"2", "Örjan Ö.", "Plats 2 · 10:45–16:00"},
						{"4", "Karin B.", "Utan plats · 09:00–15:00"},
						{"6", "Elin W.", "Plats 6 · 11:00–16:00"}};
	model->waiting_heading = words(arena, fixture, "Checka in");
	model->waiting_empty = words(arena, fixture, "Ingen incheckning just nu");
	model->waiting_count = fixture->is_empty ? 0 : fixture->is_crowded ? 5 : 2;
	model->waiting = arena_alloc(arena, 5 * sizeof *model->waiting);
	for (size_t i = 0; i < model->waiting_count; i++) {
		const char *name = person(fixture, people[i][1]);
		model->waiting[i] = (struct model_waiting){
			.id = arena_print(arena, "checkin:%s", people[i][0]),
			.name = name,
			.where = words(arena, fixture, people[i][2]),
			.button = words(arena, fixture, "Checka in"),
			.spoken = arena_print(arena, "%s, %s", name, people[i][2]),
			.open = action_open(VIEW_SHEET, people[i][0]),
			.action = {.kind = ACTION_CHECK_IN, .id = people[i][0], .place = ""},
		};
	}
}

static void meetings_add(struct arena *arena, const struct fixture *fixture, struct model *model)
{
	static const char *const meetings[][6] = {
		{"27", "nov", "Umeåregionrådet", "fredag 09:00 · Vännäs", "fre 09:00 · Vännäs", "om 4 dagar"},
		{"4", "dec", "KC-gruppen", "fredag 13:00 · Teams", "fre 13:00 · Teams", "om 11 dagar"},
		{"11", "dec", "Överlämning", "fredag 10:00 · Nordmaling", "Bjurholm → Nordmaling", "om 18 dagar"}};
	model->meetings_heading = words(arena, fixture, "Kommande möten");
	model->meetings_empty = words(arena, fixture, "Inga kommande möten");
	model->meeting_count = fixture->is_empty ? 0 : fixture->mode == MODE_WALL || fixture->is_crowded ? 3 : 2;
	model->meetings = arena_alloc(arena, 3 * sizeof *model->meetings);
	for (size_t i = 0; i < model->meeting_count; i++) {
		const char *id = arena_print(arena, "meeting:%zu", i);
		model->meetings[i] = (struct model_meeting){
			.id = id,
			.day = meetings[i][0],
			.month = meetings[i][1],
			.title = words(arena, fixture, meetings[i][2]),
			.when = words(arena, fixture, meetings[i][3]),
			.when_short = words(arena, fixture, meetings[i][4]),
			.in = words(arena, fixture, meetings[i][5]),
			.spoken = meetings[i][2],
			.action = action_open(VIEW_MEETING, id),
		};
	}
}

static void frame_add(struct arena *arena, const struct fixture *fixture, struct model *model)
{
	static const struct model_legend legend[] = {{SHOWN_FREE, "Ledig"},
						     {SHOWN_BOOKED, "Bokad"},
						     {SHOWN_CHECKED_IN, "Incheckad"},
						     {SHOWN_WAITING, "Väntar på incheckning"},
						     {SHOWN_NO_SHOW, "Ej incheckad"}};
	model->legend_count = sizeof legend / sizeof *legend;
	model->legend = arena_alloc(arena, sizeof legend);
	for (size_t i = 0; i < model->legend_count; i++) {
		model->legend[i] = (struct model_legend){legend[i].state, words(arena, fixture, legend[i].text)};
	}
	model->footer_count = 2;
	model->footer = arena_alloc(arena, 2 * sizeof *model->footer);
	model->footer[0] = (struct model_button){
		"lang", "English", "English", BUTTON_SECONDARY, {.kind = ACTION_LANGUAGE, .id = "en", .place = ""}};
	model->footer[1] = (struct model_button){"access", words(arena, fixture, "Tillgänglighet"), "Tillgänglighet",
						 BUTTON_SECONDARY, action_open(VIEW_ACCESS, "")};
	model->notes = arena_alloc(arena, 3 * sizeof *model->notes);
	model->notes[0] = (struct model_note){words(arena, fixture, "Uppdaterad 10:40"), NOTE_PLAIN};
	model->note_count = 1;
	if (fixture->is_old) {
		model->notes[0] = (struct model_note){
			words(arena, fixture,
			      "Kontorsplatserna uppdaterades senast fredag 16:12 – ingen kontakt just nu"),
			NOTE_OLD};
		model->notes[1] = (struct model_note){
			words(arena, fixture, "Konferensrummet: uppdaterat 08:12 – ingen kontakt just nu"),
			NOTE_AGEING};
		model->note_count = 2;
	}
}

static void host_add(struct arena *arena, const struct fixture *fixture, struct model *model)
{
	model->host = (struct model_host){
		.shown = true,
		.year = "2026",
		.label = words(arena, fixture, "Värdkommun"),
		.name = fixture->words == WORDS_LONG ? "Örnsköldsvik" : "Bjurholm",
		.vice = words(arena, fixture, "Vice ordförande i KC-gruppen: Nordmaling"),
		.next = words(arena, fixture, "Nordmaling tar över i december"),
		.next_short = "2027\nNordmaling",
		.spoken = "Värdkommun 2026: Bjurholm",
		.count = 7,
		.host = 0,
		.following = 1,
		.action = action_open(VIEW_HOST, ""),
	};
}

static struct model_button button(const char *id, const char *text, enum button_style style, enum action_kind kind)
{
	return (struct model_button){id, text, text, style, {.kind = kind, .id = "", .place = ""}};
}

static void sheet_empty(struct arena *arena, struct model_sheet *sheet)
{
	sheet->status = sheet->title = sheet->subtitle = sheet->code = sheet->code_title = sheet->code_text = "";
	sheet->buttons = arena_alloc(arena, 8 * sizeof *sheet->buttons);
	sheet->choices = arena_alloc(arena, 64 * sizeof *sheet->choices);
	sheet->lines = arena_alloc(arena, 16 * sizeof *sheet->lines);
}

static void booking_add(struct arena *arena, const struct fixture *fixture, struct model_sheet *sheet)
{
	sheet->has_state = true;
	sheet->state = SHOWN_WAITING;
	sheet->status = words(arena, fixture, "Väntar på incheckning");
	sheet->title = person(fixture, "Nils S.");
	sheet->subtitle = words(arena, fixture, "Kontorsplats 5 · 10:30–15:00");
	sheet->paragraphs[0] = words(arena, fixture, "Efter 10:45 får någon annan ta platsen om ingen har checkat in.");
	sheet->paragraphs[1] = words(arena, fixture, "Skärm, tangentbord, mus och hörlurar finns på platsen.");
	sheet->paragraph_count = 2;
	sheet->buttons[0] = button("checkin:5", words(arena, fixture, "Checka in"), BUTTON_PRIMARY, ACTION_CHECK_IN);
	sheet->buttons[1] = button("move", words(arena, fixture, "Byt plats"), BUTTON_SECONDARY, ACTION_OPEN);
	sheet->button_count = 2;
}

static void free_add(struct arena *arena, const struct fixture *fixture, struct model_sheet *sheet)
{
	sheet->has_state = true;
	sheet->state = SHOWN_FREE;
	sheet->status = words(arena, fixture, "Ledig till 13:00");
	sheet->title = fixture->words == WORDS_LONG ? long_name : "Kontorsplats 3";
	sheet->subtitle = words(arena, fixture, "Hur länge vill du sitta här?");
	sheet->choices[0] = button("choice:0", words(arena, fixture, "30 min"), BUTTON_SECONDARY, ACTION_CHOOSE);
	sheet->choices[1] = button("choice:1", words(arena, fixture, "1 timme"), BUTTON_CHOSEN, ACTION_CHOOSE);
	sheet->choices[2] = button("choice:2", words(arena, fixture, "Till 13:00"), BUTTON_SECONDARY, ACTION_CHOOSE);
	sheet->choice_count = 3;
	sheet->buttons[0] =
		button("take:3", words(arena, fixture, "Ta platsen till 11:42"), BUTTON_SUCCESS, ACTION_DROP_IN);
	sheet->button_count = 1;
	sheet->code = "https://outlook.office365.com/owa/calendar/Satellitkontoret@example.org/bookings/";
	sheet->code_title = words(arena, fixture, "Boka en annan dag");
	sheet->code_text = words(arena, fixture, "Skanna med mobilen så öppnas bokningssidan");
}

static void host_sheet_add(struct arena *arena, const struct fixture *fixture, struct model_sheet *sheet)
{
	static const char *const years[][3] = {{"2023", "Umeå", ""},
					       {"2024", "Vännäs", ""},
					       {"2025", "Örnsköldsvik", ""},
					       {"2026", "Bjurholm", "vice: Nordmaling"},
					       {"2027", "Nordmaling", "vice: Robertsfors"}};
	sheet->title = "Bjurholm";
	sheet->subtitle = words(arena, fixture, "Värdkommun 2026");
	sheet->paragraphs[0] = words(arena, fixture, "Nordmaling tar över i december 2026.");
	sheet->paragraphs[1] =
		words(arena, fixture,
		      "Umeåregionen: Bjurholm, Nordmaling, Robertsfors, Umeå, Vindeln, Vännäs och Örnsköldsvik.");
	sheet->paragraph_count = 2;
	sheet->line_count = 5;
	for (size_t i = 0; i < 5; i++) {
		sheet->lines[i] =
			(struct model_line){years[i][0], years[i][1], words(arena, fixture, years[i][2]), i == 3};
	}
	sheet->shows_ring = true;
}

static void move_add(struct arena *arena, const struct fixture *fixture, struct model_sheet *sheet)
{
	sheet->title = words(arena, fixture, "Byt plats");
	sheet->subtitle = words(arena, fixture, "Välj en ledig plats");
	size_t count = fixture->places ? fixture->places - 1 : 3;
	for (size_t i = 0; i < count && i < 60; i++) {
		sheet->choices[i] = button(arena_print(arena, "move:%zu", i + 1),
					   arena_print(arena, "Plats %zu", i + 1), BUTTON_SECONDARY, ACTION_CHECK_IN);
		sheet->choice_count++;
	}
}

static void access_add(struct arena *arena, const struct fixture *fixture, struct model_sheet *sheet)
{
	sheet->title = words(arena, fixture, "Tillgänglighet");
	sheet->subtitle = words(arena, fixture, "Textstorlek");
	sheet->paragraphs[0] = words(arena, fixture, "Skärmen blir som vanligt när du går.");
	sheet->paragraph_count = 1;
	sheet->choices[0] = button("text:100", "100 %", BUTTON_CHOSEN, ACTION_TEXT_SIZE);
	sheet->choices[1] = button("text:130", "130 %", BUTTON_SECONDARY, ACTION_TEXT_SIZE);
	sheet->choices[2] = button("text:160", "160 %", BUTTON_SECONDARY, ACTION_TEXT_SIZE);
	sheet->choice_count = 3;
	sheet->buttons[0] =
		button("contrast", words(arena, fixture, "Hög kontrast"), BUTTON_SECONDARY, ACTION_CONTRAST);
	sheet->buttons[1] = button("reach", words(arena, fixture, "Nå-läge"), BUTTON_SECONDARY, ACTION_REACH);
	sheet->button_count = 2;
}

static void words_sheet_add(struct arena *arena, const struct fixture *fixture, struct model_sheet *sheet)
{
	if (fixture->view == VIEW_STILL_THERE) {
		sheet->title = words(arena, fixture, "Är du kvar?");
		sheet->subtitle = words(arena, fixture, "Skärmen återgår om 20 sekunder");
		sheet->buttons[0] = button("stay", words(arena, fixture, "Jag är kvar"), BUTTON_PRIMARY, ACTION_STAY);
		sheet->button_count = 1;
	} else if (fixture->view == VIEW_MEETING) {
		sheet->status = "om 4 dagar";
		sheet->title = words(arena, fixture, "Umeåregionrådet");
		sheet->subtitle = words(arena, fixture, "fredag 27 november 09:00–12:00");
		sheet->paragraphs[0] = words(arena, fixture, "I Vännäs, inte här.");
		sheet->paragraphs[1] = words(arena, fixture, "Dagordningen bereds av KC-gruppen.");
		sheet->paragraph_count = 2;
	} else {
		sheet->title = words(arena, fixture, "Det gick inte att spara");
		sheet->paragraphs[0] =
			words(arena, fixture, "Din incheckning är inte sparad. Försök igen om en stund.");
		sheet->paragraph_count = 1;
		sheet->buttons[0] =
			button("again", words(arena, fixture, "Försök igen"), BUTTON_PRIMARY, ACTION_CHECK_IN);
		sheet->button_count = 1;
	}
}

static void sheet_add(struct arena *arena, const struct fixture *fixture, struct model *model)
{
	struct model_sheet *sheet = &model->sheet;
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
	case VIEW_ACCESS:
		access_add(arena, fixture, sheet);
		break;
	default:
		words_sheet_add(arena, fixture, sheet);
		break;
	}
	sheet->buttons[sheet->button_count++] =
		button("close", words(arena, fixture, "Stäng"), BUTTON_SECONDARY, ACTION_CLOSE);
}

static void wall_add(struct arena *arena, const struct fixture *fixture, struct model *model)
{
	static const struct model_wall_meeting today[] = {
		{"10:00", "12:00", "KC-gruppen, beredning", "Konferensrum · Therese B.", "Pågår", WALL_NOW, 350, ""},
		{"13:00", "14:30", "Digitaliseringsgruppen", "Konferensrum · Teams · Anna K.", "Härnäst", WALL_NEXT, -1,
		 ""},
		{"15:00", "16:00", "Avstämning Visit Umeå", "Konferensrum · Erik S.", "", WALL_LATER, -1, ""},
		{"16:15", "17:00", "Personalchefsgruppen", "Teams · Maria L.", "", WALL_LATER, -1, ""}};
	size_t count = fixture->is_empty ? 0 : fixture->meetings ? fixture->meetings : 4;
	model->wall_heading = words(arena, fixture, "Dagens möten");
	model->wall_empty = words(arena, fixture, "Inga möten idag");
	model->wall_meetings = arena_alloc(arena, (count + 1) * sizeof *model->wall_meetings);
	model->wall_meeting_count = count;
	for (size_t i = 0; i < count; i++) {
		struct model_wall_meeting meeting = today[i < 4 ? i : 2 + i % 2];
		meeting.title = words(arena, fixture, meeting.title);
		meeting.detail = words(arena, fixture, meeting.detail);
		meeting.badge = words(arena, fixture, meeting.badge);
		meeting.spoken = meeting.title;
		if (fixture->is_crowded && i == 1) {
			meeting.start = "Hela dagen";
			meeting.end = "";
		}
		model->wall_meetings[i] = meeting;
	}
	model->room_free = words(arena, fixture, "Konferensrummet är ledigt 12:00–13:00");
	model->desks = words(arena, fixture, "Kontorsplatser");
	model->desks_free = words(arena, fixture, "3 av 8 lediga");
}

struct model *fixture_model(struct arena *arena, const struct fixture *fixture)
{
	struct model *model = arena_alloc(arena, sizeof *model);
	model->view = fixture->view;
	model->mode = fixture->mode;
	model->office = words(arena, fixture, "Satellitkontoret");
	bool is_wall = fixture->mode == MODE_WALL;
	model->subtitle =
		is_wall ? "Satellitkontoret · Renmarkstorget 5D, 3 tr" : "Umeåregionen · Renmarkstorget 5D, 3 tr";
	model->date = words(arena, fixture, "måndag 23 november");
	model->week = words(arena, fixture, "vecka 48");
	model->minute_of_day = fixture->minute ? fixture->minute : 10 * 60 + 42;
	model->clock = arena_print(arena, "%02d:%02d", model->minute_of_day / 60, model->minute_of_day % 60);
	model->heading = words(arena, fixture, "Idag på kontoret");
	model->free = words(arena, fixture, "3 av 8 platser lediga");
	model->empty = fixture->is_empty ? words(arena, fixture, "Inga bokningar idag") : "";
	model->axis_start_min = 7 * 60;
	model->axis_end_min = 18 * 60;
	bool is_on_axis = model->minute_of_day >= 7 * 60 && model->minute_of_day <= 18 * 60;
	model->now_min = is_on_axis ? model->minute_of_day : -1;
	model->page = fixture->page;
	model->previous_page = "Föregående sida";
	model->next_page = "Nästa sida";
	model->more_format = "+%d till";
	model->page_format = "Sida %d av %d";
	rows_add(arena, fixture, model);
	waiting_add(arena, fixture, model);
	meetings_add(arena, fixture, model);
	frame_add(arena, fixture, model);
	host_add(arena, fixture, model);
	sheet_add(arena, fixture, model);
	model->done = (struct model_done){
		.state = SHOWN_CHECKED_IN,
		.title = fixture->words == WORDS_LONG ? arena_print(arena, "Välkommen, %s!", long_name)
						      : "Välkommen, Nils!",
		.subtitle = words(arena, fixture, "Kontorsplats 5 är din till 15:00"),
		.countdown = words(arena, fixture, "Skärmen återgår om 8 sekunder"),
		.undo = button("undo", words(arena, fixture, "Ångra"), BUTTON_SECONDARY, ACTION_UNDO),
		.can_undo = true,
	};
	wall_add(arena, fixture, model);
	return model;
}

static int fake_width(void *context, enum ui_weight weight, int font_px, int tracking_px, bool is_tabular,
		      const char *text, size_t length)
{
	(void)context;
	(void)is_tabular;
	double em = 0;
	int letters = 0;
	for (size_t i = 0; i < length; i++) {
		if ((text[i] & 0xC0) == 0x80) {
			continue;
		}
		letters++;
		em += strchr(" .,:;ijl|'!", text[i]) ? 0.28 : strchr("mwMW", text[i]) ? 0.88 : 0.59;
	}
	return (int)ceil(em * font_px * (1 + 0.02 * (int)weight) + letters * tracking_px);
}

static int fake_line(void *context, enum ui_weight weight, int font_px)
{
	(void)context;
	(void)weight;
	return (int)ceil(font_px * 1.21);
}

const struct measure *fixture_measure(void)
{
	static const struct measure measure = {fake_width, fake_line, NULL};
	return &measure;
}

struct layout_screen fixture_screen(int width_px, int height_px)
{
	return (struct layout_screen){.width_px = width_px,
				      .height_px = height_px,
				      .px_per_mm = hypot(width_px, height_px) / (24 * 25.4),
				      .distance_m = 0.6,
				      .text_percent = 100};
}
