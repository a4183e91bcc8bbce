/* See fixture.h. */
#include "fixture_parts.h"

#include <math.h>
#include <string.h>

const char *const fixture_view_names[VIEW_SETUP + 1] = {
	"home", "map",  "sheet", "free",   "done",        "host",    "meeting", "move",  "meetings",
	"all",  "week", "info",  "access", "still-there", "trouble", "night",   "setup",
};

const char fixture_long_name[] = "Maximiliana-Alexandrina von Österlund-Bergqvist af Örnsköld";
static const char pad_letters[] = "åëîöü";

/* A text as a language with longer words would have it. */
const char *fixture_words(struct arena *arena, const struct fixture *fixture, const char *text)
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

const char *fixture_person(const struct fixture *fixture, const char *name)
{
	return fixture->words == WORDS_LONG ? fixture_long_name : name;
}

static const char unknown_text[] = "Okänt läge";

struct block_spec {
	int row;
	double from, to;
	enum shown_state state;
	const char *text, *shorter;
};

static const struct block_spec blocks[] = {
	{0, 8, 9.5, SHOWN_ENDED, "Personalchefsgruppen", ""},
	{0, 10, 12, SHOWN_ONGOING, "KC-gruppen · beredning", ""},
	{0, 13, 14.5, SHOWN_BOOKED, "Digitaliseringsgruppen", ""},
	{0, 15, 16, SHOWN_BOOKED, "Visit Umeå, avstämning", ""},
	{1, 8, 12, SHOWN_CHECKED_IN, "Åsa L.", "Å.L."},
	{2, 8.5, 16.5, SHOWN_CHECKED_IN, "Örjan Ö.", "Ö.Ö."},
	{3, 9, 10, SHOWN_NO_SHOW, "Ej incheckad", ""},
	{3, 10.7, 13, SHOWN_FREE, "Ledig till 13:00", "Ledig"},
	{3, 13, 17, SHOWN_BOOKED, "Märta N.", "M.N."},
	{4, 10.7, 18, SHOWN_FREE, "Ledig resten av dagen", "Ledig"},
	{5, 10.5, 15, SHOWN_WAITING, "Nils S.", "N.S."},
	{6, 7.5, 9.5, SHOWN_ENDED, "Sara H.", "S.H."},
	{6, 10.7, 12, SHOWN_FREE, "Ledig till 12:00", "Ledig"},
	{6, 12, 16, SHOWN_BOOKED, "Elin W.", "E.W."},
	{7, 9, 10.7, SHOWN_NO_SHOW, "Leif B.", "L.B."},
	{7, 10.7, 15, SHOWN_ABSENT, "Ej incheckad – får tas", "Får tas"},
	{8, 11, 12.5, SHOWN_WAITING, "Jonas Å.", "J.Å."},
};
enum { BLOCK_COUNT = sizeof(blocks) / sizeof(*blocks), ROW_COUNT = 9 };

struct action fixture_open(enum view_kind view, const char *id)
{
	return (struct action){.kind = ACTION_OPEN, .view = view, .id = id, .place = ""};
}

static void block_add(struct arena *arena, const struct fixture *fixture, struct model_row *row,
		      const struct block_spec *spec)
{
	bool is_open = spec->state == SHOWN_FREE || spec->state == SHOWN_ABSENT || spec->text == unknown_text;
	bool is_person = spec->shorter[0] && !is_open;
	const char *text = is_person ? fixture_person(fixture, spec->text) : fixture_words(arena, fixture, spec->text);
	const char *id = arena_print(arena, "booking:%s-%zu", row->id, row->block_count);
	row->blocks[row->block_count++] = (struct model_block){
		.id = id,
		.state = spec->state,
		.text = text,
		.shorter = spec->shorter,
		.is_state_word = is_open || (spec->state == SHOWN_NO_SHOW && !is_person),
		.spoken = arena_print(arena, "%s: %s", row->name, text),
		.start_min = (int)(spec->from * 60),
		.end_min = (int)(spec->to * 60),
		.lanes = 1,
		.action = is_open ? (struct action){.id = "", .place = ""} : fixture_open(VIEW_SHEET, id),
	};
}

/* With old data nothing is known where nobody is known to sit. */
static struct block_spec as_known(const struct fixture *fixture, const struct block_spec *spec)
{
	struct block_spec known = *spec;
	if (fixture->is_old && (spec->state == SHOWN_FREE || spec->state == SHOWN_ABSENT)) {
		known.state = SHOWN_UNKNOWN;
		known.text = unknown_text;
		known.shorter = "Okänt";
	}
	return known;
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

static void now_add(struct arena *arena, const struct fixture *fixture, struct model_row *row)
{
	static const char *const words[][3] = {
		[SHOWN_FREE] = {"Ledig till 14:00", "Ledig", "till 14:00"},
		[SHOWN_WAITING] = {"Nils S.", "Nils S.", "Nils S."},
		[SHOWN_CHECKED_IN] = {"Åsa L. till 12:00", "Åsa L.", "Åsa L."},
		[SHOWN_ABSENT] = {"Ej incheckad – får tas", "Får tas", "får tas"},
		[SHOWN_ONGOING] = {"Pågår till 12:00", "Pågår", "till 12:00"},
		[SHOWN_UNKNOWN] = {"Okänt läge", "Okänt", "Okänt"},
	};
	bool is_person = row->state == SHOWN_WAITING || row->state == SHOWN_CHECKED_IN;
	bool is_long = is_person && fixture->words == WORDS_LONG;
	row->now = is_long ? arena_print(arena, "%s till 12:00", fixture_long_name)
			   : fixture_words(arena, fixture, words[row->state][0]);
	row->now_short = is_long ? fixture_long_name : fixture_words(arena, fixture, words[row->state][1]);
	row->line = is_long ? fixture_long_name : fixture_words(arena, fixture, words[row->state][2]);
	row->line_short = "";
}

static void rows_add(struct arena *arena, const struct fixture *fixture, struct model *model)
{
	static const enum shown_state now[ROW_COUNT] = {SHOWN_ONGOING, SHOWN_CHECKED_IN, SHOWN_CHECKED_IN,
							SHOWN_FREE,    SHOWN_FREE,       SHOWN_WAITING,
							SHOWN_FREE,    SHOWN_ABSENT,     SHOWN_WAITING};
	size_t count = fixture->places ? fixture->places : ROW_COUNT;
	model->rows = arena_alloc(arena, count * sizeof(*model->rows));
	model->row_count = count;
	for (size_t i = 0; i < count; i++) {
		struct model_row *row = &model->rows[i];
		row->kind = i == 0 ? PLACE_ROOM : PLACE_DESK;
		row->number = i == 0 ? "K" : arena_print(arena, "%zu", i);
		row->tile = i == 0 ? "Rum" : row->number;
		row->id = arena_print(arena, "place:%s", row->number);
		const char *name = i == 0 ? "Konferensrum" : arena_print(arena, "Plats %zu", i);
		row->name = fixture->words == WORDS_LONG && i % 3 == 2 ? fixture_long_name
								       : fixture_words(arena, fixture, name);
		row->state = fixture->is_empty ? SHOWN_FREE : now[i % ROW_COUNT];
		bool is_open = row->state == SHOWN_FREE || row->state == SHOWN_ABSENT;
		row->state = fixture->is_old && is_open ? SHOWN_UNKNOWN : row->state;
		row->spoken = row->name;
		now_add(arena, fixture, row);
		row->action = fixture_open(row->state == SHOWN_FREE ? VIEW_FREE : VIEW_SHEET, row->number);
		row->blocks = arena_alloc(arena, 16 * sizeof(*row->blocks));
		for (size_t j = 0; !fixture->is_empty && j < BLOCK_COUNT; j++) {
			if (blocks[j].row == (int)(i % ROW_COUNT)) {
				struct block_spec spec = as_known(fixture, &blocks[j]);
				block_add(arena, fixture, row, &spec);
			}
		}
		if (fixture->is_crowded && i % 4 == 2) {
			crowd_add(arena, fixture, row);
		}
	}
	fixture_closed_add(arena, fixture, model);
	model->places_heading = fixture_words(arena, fixture, "Platser");
	model->places_hint = fixture_words(arena, fixture, "– tryck för att ta, förlänga eller byta");
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

struct person_spec {
	const char *id, *name, *where, *brief, *listed;
	enum waiting_group group;
};

static struct model_waiting person_make(struct arena *arena, const struct fixture *fixture,
					const struct person_spec *person)
{
	const char *name = fixture_person(fixture, person->name);
	const char *button = person->group == WAITING_NO_PLACE ? "Välj plats" : "Checka in";
	return (struct model_waiting){
		.group = person->group,
		.id = arena_print(arena, "checkin:%s", person->id),
		.name = name,
		.where = fixture_words(arena, fixture, person->where),
		.brief = fixture_words(arena, fixture, person->brief),
		.listed = fixture_words(arena, fixture, person->listed),
		.button = fixture_words(arena, fixture, button),
		.spoken = arena_print(arena, "Checka in: %s, %s", name, person->where),
		.open = fixture_open(VIEW_SHEET, person->id),
		.action = {.kind = ACTION_CHECK_IN, .id = person->id, .place = ""},
		.shorter = "",
	};
}

/* People beyond those of the pictures, all of whom wait for nine o'clock. */
static struct model_waiting another_person(struct arena *arena, const struct fixture *fixture, size_t number)
{
	static const char *const names[] = {"Anders P.", "Birgitta H.",  "Carina M.", "David R.",
					    "Elsa V.",   "Gun-Britt Å.", "Hanna Ö.",  "Sara H."};
	const char *id = arena_print(arena, "%zu", number + 10);
	const char *place = arena_print(arena, "Plats %s · 09:00", id);
	const char *times = arena_print(arena, "%s–12:00", place);
	return person_make(arena, fixture,
			   &(struct person_spec){id, names[number % 8], times, place, times, WAITING_NOW});
}

static void sheet_of_all_add(struct arena *arena, const struct fixture *fixture, struct model *model)
{
	static const char *const letters[] = {"Alla", "A–B", "C", "D–E", "G–H", "K–N", "S–Ö"};
	model->listed = arena_alloc(arena, (model->waiting_count + 1) * sizeof(*model->listed));
	for (size_t i = 0; i < model->waiting_count; i++) {
		model->listed[i] = &model->waiting[i];
	}
	model->listed_count = model->waiting_total = model->waiting_count;
	model->listed_page = fixture->view == VIEW_ALL ? fixture->page : 0;
	if (fixture->view != VIEW_ALL || model->waiting_count <= 24) {
		return;
	}
	model->sheet.choices = arena_alloc(arena, 7 * sizeof(*model->sheet.choices));
	for (size_t i = 0; i < 7; i++) {
		model->sheet.choices[model->sheet.choice_count++] =
			fixture_button(arena_print(arena, "letters:%zu", i), letters[i],
				       i == 0 ? BUTTON_CHOSEN : BUTTON_SECONDARY, ACTION_CHOOSE);
	}
}

static void waiting_add(struct arena *arena, const struct fixture *fixture, struct model *model)
{
	static const struct person_spec people[] = {
		{"8", "Jonas Å.", "Plats 8 · 11:00–12:30", "Plats 8 · 11:00", "Plats 8 · 11:00–12:30", WAITING_NOW},
		{"5", "Nils S.", "Plats 5 · 10:30–15:00", "Plats 5 · 10:30", "Plats 5 · 10:30–15:00", WAITING_NOW},
		{"2", "Örjan Ö.", "Plats 2 · hela dagen", "Plats 2 · hela dagen", "Plats 2 · hela dagen", WAITING_NOW}};
	static const struct person_spec late[] = {
		{"7", "Leif B.", "Plats 7 · från 09:00", "Sen · Plats 7", "Sen · Plats 7 från 09:00", WAITING_LATE},
		{"4", "Karin B.", "Välj plats · 09:00–15:00", "Välj plats · 09:00", "Välj plats · 09:00–15:00",
		 WAITING_NO_PLACE}};
	size_t more = fixture->people ? fixture->people - 5 : 0;
	model->waiting_heading = fixture_words(arena, fixture, "Checka in");
	model->waiting_empty = fixture_words(arena, fixture, "Ingen väntar på incheckning just nu.");
	model->waiting_hint = fixture_words(arena, fixture, "Tryck på ditt namn");
	model->late_heading = fixture_words(arena, fixture, "Sen? Du kan fortfarande checka in");
	model->late_heading_short = fixture_words(arena, fixture, "Sen? Du kan checka in ändå");
	model->waiting = arena_alloc(arena, (more + 5) * sizeof(*model->waiting));
	bool is_many = fixture->is_crowded || fixture->people > 0;
	for (size_t i = 0; !fixture->is_empty && i < more; i++) {
		model->waiting[model->waiting_count++] = another_person(arena, fixture, i);
	}
	for (size_t i = 0; !fixture->is_empty && i < (is_many ? 3 : 2); i++) {
		model->waiting[model->waiting_count++] = person_make(arena, fixture, &people[i]);
	}
	for (size_t i = 0; !fixture->is_empty && i < (is_many ? 2 : 1); i++) {
		model->waiting[model->waiting_count++] = person_make(arena, fixture, &late[i]);
	}
	model->show_all = (struct model_button){
		"all", arena_print(arena, "%s %zu", fixture_words(arena, fixture, "Visa alla"), model->waiting_count),
		"Visa alla", BUTTON_PRIMARY, fixture_open(VIEW_ALL, "")};
	sheet_of_all_add(arena, fixture, model);
}

static void meetings_add(struct arena *arena, const struct fixture *fixture, struct model *model)
{
	static const char *const meetings[][9] = {
		{"27", "nov", "Umeåregionrådet", "fredag 09:00 · Vännäs", "fre 09:00 · Vännäs", "om 4 dagar",
		 "fre 09:00", "Vännäs, inte här", "Vännäs"},
		{"4", "dec", "KC-gruppen", "fredag 13:00 · Teams", "fre 13:00 · Teams", "om 11 dagar", "fre 13:00",
		 "Teams", "Teams"},
		{"11", "dec", "Överlämning", "fredag 10:00 · Nordmaling", "Bjurholm → Nordmaling", "om 18 dagar",
		 "fre 10:00", "Bjurholm, inte här", "Bjurholm"}};
	model->meetings_heading = fixture_words(arena, fixture, "Kommande möten");
	model->meetings_button = (struct model_button){"meetings", fixture_words(arena, fixture, "Möten"), "Möten",
						       BUTTON_SECONDARY, fixture_open(VIEW_MEETINGS, "")};
	model->meetings_empty = fixture_words(arena, fixture, "Inga kommande möten");
	model->meetings_end = fixture_words(arena, fixture, "Inga fler möten till och med 28 februari.");
	model->meeting_count = fixture->is_empty ? 0 : fixture->mode == MODE_WALL || fixture->is_crowded ? 3 : 2;
	model->meetings_soon = model->meeting_count;
	model->meetings = arena_alloc(arena, 3 * sizeof(*model->meetings));
	for (size_t i = 0; i < model->meeting_count; i++) {
		const char *id = arena_print(arena, "meeting:%zu", i);
		model->meetings[i] = (struct model_meeting){
			.id = id,
			.day = meetings[i][0],
			.month = meetings[i][1],
			.title = fixture_words(arena, fixture, meetings[i][2]),
			.when = fixture_words(arena, fixture, meetings[i][3]),
			.when_short = fixture_words(arena, fixture, meetings[i][4]),
			.brief = fixture_words(arena, fixture,
					       arena_print(arena, "%s %s", meetings[i][0], meetings[i][1])),
			.in = fixture_words(arena, fixture, meetings[i][5]),
			.wall_when = fixture_words(arena, fixture, meetings[i][6]),
			.where = fixture_words(arena, fixture, meetings[i][7]),
			.where_short = fixture_words(arena, fixture, meetings[i][8]),
			.spoken = meetings[i][2],
			.action = fixture_open(VIEW_MEETING, id),
		};
	}
}

static void frame_add(struct arena *arena, const struct fixture *fixture, struct model *model)
{
	static const struct model_legend legend[] = {{SHOWN_FREE, "Ledig"},
						     {SHOWN_BOOKED, "Bokad"},
						     {SHOWN_WAITING, "Väntar på incheckning"},
						     {SHOWN_CHECKED_IN, "Incheckad"},
						     {SHOWN_NO_SHOW, "Ej incheckad"},
						     {SHOWN_ONGOING, "Pågår"}};
	model->hint = fixture->is_closed ? "" : fixture_words(arena, fixture, "Ingen bokning? Tryck på en grön plats.");
	model->notices = arena_alloc(arena, sizeof(*model->notices));
	model->notice_count = fixture->has_notice && fixture->mode != MODE_WALL;
	model->notices[0] = fixture_words(arena, fixture, "Hissen är ur funktion – kontakta kansliet");
	model->legend_count = sizeof(legend) / sizeof(*legend);
	model->legend = arena_alloc(arena, sizeof(legend));
	for (size_t i = 0; i < model->legend_count; i++) {
		model->legend[i] =
			(struct model_legend){legend[i].state, fixture_words(arena, fixture, legend[i].text)};
	}
	model->footer_count = 4;
	model->footer = arena_alloc(arena, 4 * sizeof(*model->footer));
	model->footer[0] = (struct model_button){"week", fixture_words(arena, fixture, "Veckan"), "Veckan",
						 BUTTON_SECONDARY, fixture_open(VIEW_WEEK, "")};
	model->footer[1] = (struct model_button){"info", fixture_words(arena, fixture, "Bra att veta"), "Bra att veta",
						 BUTTON_SECONDARY, fixture_open(VIEW_INFO, "")};
	model->footer[2] = (struct model_button){
		"lang", "English", "English", BUTTON_SECONDARY, {.kind = ACTION_LANGUAGE, .id = "en", .place = ""}};
	model->footer[3] = (struct model_button){"access", fixture_words(arena, fixture, "Tillgänglighet"),
						 "Tillgänglighet", BUTTON_SECONDARY, fixture_open(VIEW_ACCESS, "")};
	model->notes = arena_alloc(arena, 3 * sizeof(*model->notes));
	model->notes[0] = (struct model_note){fixture_words(arena, fixture, "Uppdaterad 10:40"), NOTE_PLAIN};
	model->note_count = 1;
	if (fixture->clock_is_wrong) {
		model->notes[1] = model->notes[0];
		model->notes[0] = (struct model_note){
			fixture_words(arena, fixture, "Klockan kan gå fel – inga platser släpps så länge"), NOTE_OLD};
		model->note_count = 2;
	}
	if (fixture->is_old) {
		model->notes[0] = (struct model_note){
			fixture_words(arena, fixture,
				      "Kontorsplatserna uppdaterades senast fredag 16:12 – ingen kontakt just nu"),
			NOTE_OLD};
		model->notes[1] = (struct model_note){
			fixture_words(arena, fixture, "Konferensrummet: uppdaterat 08:12 – ingen kontakt just nu"),
			NOTE_AGEING};
		model->note_count = 2;
	}
}

static void host_add(struct arena *arena, const struct fixture *fixture, struct model *model)
{
	model->host = (struct model_host){
		.shown = true,
		.year = "2026",
		.label = fixture_words(arena, fixture, "Värdkommun"),
		.name = fixture->words == WORDS_LONG ? "Örnsköldsvik" : "Bjurholm",
		.next = fixture_words(arena, fixture, "Nordmaling tar över vid årsskiftet"),
		.next_short = "2027\nNordmaling",
		.spoken = "Värdkommun 2026: Bjurholm",
		.count = 7,
		.button = {"host", fixture_words(arena, fixture, "Värdkommun"), "Värdkommun", BUTTON_SECONDARY,
			   fixture_open(VIEW_HOST, "")},
		.host = 0,
		.following = 1,
		.action = fixture_open(VIEW_HOST, ""),
	};
}

static struct model_wall_meeting wall_meeting(struct arena *arena, const struct fixture *fixture, size_t index)
{
	static const struct {
		const char *start, *end, *title, *where, *who;
	} today[] = {{"10:00", "12:00", "KC-gruppen, beredning", "Konferensrummet", "Therese B."},
		     {"13:00", "14:30", "Digitaliseringsgruppen", "Konferensrummet · Teams", "Anna K."},
		     {"15:00", "16:00", "Avstämning Visit Umeå", "Konferensrummet", "Erik S."},
		     {"16:15", "17:00", "Personalchefsgruppen", "Konferensrummet", "Maria L."}};
	size_t at = index < 4 ? index : 2 + index % 2;
	struct model_wall_meeting meeting = {.start = today[at].start,
					     .end = today[at].end,
					     .title = fixture_words(arena, fixture, today[at].title),
					     .where = fixture_words(arena, fixture, today[at].where),
					     .where_short = "",
					     .who = fixture_person(fixture, today[at].who),
					     .badge = index ? "" : fixture_words(arena, fixture, "Pågår"),
					     .warning = "",
					     .count = 1,
					     .phase = index ? WALL_LATER : WALL_NOW,
					     .permille = index ? -1 : 350};
	if (fixture->is_crowded && index == 1) {
		meeting.start = fixture_words(arena, fixture, "Hela dagen");
		meeting.end = "";
	}
	return meeting;
}

static void wall_double(struct arena *arena, const struct fixture *fixture, struct model_wall_meeting *meeting)
{
	meeting->parts = arena_alloc(arena, 3 * sizeof(*meeting->parts));
	meeting->part_titles = arena_alloc(arena, 3 * sizeof(*meeting->part_titles));
	meeting->parts[0] = meeting->part_titles[0] = fixture_words(arena, fixture, "Digitaliseringsgruppen");
	meeting->parts[1] = fixture_words(arena, fixture, "Turismgruppen, 13:30–14:30");
	meeting->part_titles[1] = fixture_words(arena, fixture, "Turismgruppen");
	meeting->part_count = meeting->count = 2;
	meeting->warning = fixture_words(arena, fixture, "Dubbelbokat i konferensrummet");
}

static void wall_away(struct arena *arena, const struct fixture *fixture, struct model_wall_meeting *meeting,
		      size_t index)
{
	static const char *const away[][4] = {{"13:00", "Avfallsplanen", "Folkets hus, Vännäs, inte här", "Vännäs"},
					      {"14:00", "IT-nämnden", "Teams", "Teams"},
					      {"15:00", "Personalchefer", "Umeå, inte här", "Umeå"},
					      {"16:15", "Upphandling", "Örnsköldsvik, inte här", "Örnsköldsvik"}};
	const char *const *words = away[index % 4];
	*meeting = (struct model_wall_meeting){.start = words[0],
					       .end = "17:00",
					       .title = fixture_words(arena, fixture, words[1]),
					       .where = fixture_words(arena, fixture, words[2]),
					       .where_short = fixture_words(arena, fixture, words[3]),
					       .who = "",
					       .badge = "",
					       .warning = "",
					       .count = 1,
					       .phase = WALL_LATER,
					       .is_elsewhere = true,
					       .permille = -1};
}

static void wall_words_add(struct arena *arena, const struct fixture *fixture, struct model *model)
{
	bool is_quiet = model->wall_meeting_count == 0 && fixture->ended == 0;
	model->wall_is_quiet = is_quiet;
	model->wall_heading = fixture_words(arena, fixture, is_quiet ? "Inga möten här i dag" : "Dagens möten");
	model->wall_heading_short = fixture_words(arena, fixture, is_quiet ? "Inga möten här i dag" : "Möten i dag");
	model->wall_empty = fixture_words(arena, fixture, "Inga fler möten här i dag");
	model->wall_ended = fixture->ended;
	model->wall_ended_text = fixture->ended ? arena_print(arena, "%zu avslutade", fixture->ended) : "";
	model->wall_elsewhere = fixture_words(arena, fixture, "Inte här");
	model->wall_double = fixture_words(arena, fixture, "Dubbelbokat");
	model->wall_elsewhere_format = "+%d på annan plats";
	model->room_is_free = true;
	model->room_free = fixture_words(arena, fixture,
					 is_quiet ? "Konferensrummet är ledigt hela dagen"
						  : "Konferensrummet är ledigt 12:00–13:00");
	bool is_many = fixture->places > 20;
	model->desks_count = fixture_words(arena, fixture, is_many ? "12 lediga nu" : "3 lediga nu");
	model->desks = is_many ? model->desks_count : fixture_words(arena, fixture, "Lediga nu");
	model->desks_free = is_many ? "" : fixture_words(arena, fixture, "3, 4 och 6");
	model->desks_also = fixture->is_crowded ? fixture_words(arena, fixture, "7 får tas") : "";
	model->desks_short = is_many ? model->desks_count : fixture_words(arena, fixture, "Lediga platser: 3, 4 och 6");
	model->desks_take = fixture_words(arena, fixture, "Slå dig ner – ta en plats på skärmen vid entrén.");
	model->desks_are_free = true;
	model->wall_notices = arena_alloc(arena, 2 * sizeof(*model->wall_notices));
	model->wall_notices[0] = fixture_words(arena, fixture, "Hissen är ur funktion – ring kansliet");
	model->wall_notice_count = fixture->has_notice;
}

static void wall_add(struct arena *arena, const struct fixture *fixture, struct model *model)
{
	size_t here = fixture->is_empty ? 0 : fixture->meetings ? fixture->meetings : 4, count = here + fixture->away;
	model->wall_meetings = arena_alloc(arena, (count + 1) * sizeof(*model->wall_meetings));
	model->wall_meeting_count = count;
	for (size_t i = 0; i < count; i++) {
		struct model_wall_meeting *meeting = &model->wall_meetings[i];
		*meeting = wall_meeting(arena, fixture, i);
		if (i >= here) {
			wall_away(arena, fixture, meeting, i - here);
		} else if (fixture->is_double && i == 1) {
			wall_double(arena, fixture, meeting);
		}
		meeting->spoken = meeting->title;
	}
	wall_words_add(arena, fixture, model);
}

struct model *fixture_model(struct arena *arena, const struct fixture *fixture)
{
	struct model *model = arena_alloc(arena, sizeof(*model));
	model->view = fixture->view == VIEW_MAP ? VIEW_HOME : fixture->view;
	model->mode = fixture->mode;
	model->office = fixture_words(arena, fixture, "Satellitkontoret");
	bool is_wall = fixture->mode == MODE_WALL;
	model->subtitle =
		is_wall ? "Satellitkontoret · Renmarkstorget 5D, 3 tr" : "Umeåregionen · Renmarkstorget 5D, 3 tr";
	model->date = fixture_words(arena, fixture, "måndag 23 november");
	model->week = fixture_words(arena, fixture, "vecka 48");
	model->date_short = fixture_words(arena, fixture, "mån 23 nov");
	model->minute_of_day = fixture->minute ? fixture->minute : 10 * 60 + 42;
	model->clock = arena_print(arena, "%02d:%02d", model->minute_of_day / 60, model->minute_of_day % 60);
	model->heading = fixture_words(arena, fixture, "I dag på kontoret");
	model->free = fixture_words(arena, fixture,
				    fixture->is_old ? "Lediga platser kan inte visas just nu"
						    : "Lediga nu: 3, 4 och 6 · 7 får tas");
	model->free_state = fixture->is_old ? SHOWN_UNKNOWN : SHOWN_FREE;
	model->empty = fixture->is_empty ? fixture_words(arena, fixture, "Inga bokningar i dag") : "";
	model->axis_start_min = 7 * 60;
	model->axis_end_min = 18 * 60;
	bool is_on_axis = model->minute_of_day >= 7 * 60 && model->minute_of_day <= 18 * 60;
	model->now_min = is_on_axis ? model->minute_of_day : -1;
	model->page = fixture->page;
	model->previous_page = "Föregående sida";
	model->next_page = "Nästa sida";
	model->previous_short = fixture_words(arena, fixture, "Förra");
	model->next_short = fixture_words(arena, fixture, "Nästa");
	model->more_format = "+%d till";
	model->page_format = "Sida %d av %d";
	fixture_sheet_add(arena, fixture, model);
	rows_add(arena, fixture, model);
	fixture_map_add(arena, fixture, model);
	waiting_add(arena, fixture, model);
	meetings_add(arena, fixture, model);
	frame_add(arena, fixture, model);
	host_add(arena, fixture, model);
	model->done = (struct model_done){
		.state = SHOWN_CHECKED_IN,
		.title = fixture->words == WORDS_LONG ? arena_print(arena, "Välkommen, %s!", fixture_long_name)
						      : "Välkommen, Nils!",
		.subtitle = fixture_words(arena, fixture, "Plats 5 är din till 15:00"),
		.place = "5",
		.where = fixture_words(arena, fixture, "I raden vid fönstret, till vänster."),
		.how = fixture_words(arena, fixture, "Så hittar du"),
		.next = fixture_words(arena, fixture, "Nästa i kön? Tryck var som helst."),
		.countdown = fixture_words(arena, fixture, "Startsidan visas igen om 8 sekunder."),
		.close = fixture_button("close", fixture_words(arena, fixture, "Klar"), BUTTON_QUIET, ACTION_CLOSE),
		.undo = fixture_button("undo", fixture_words(arena, fixture, "Ångra"), BUTTON_SECONDARY, ACTION_UNDO),
		.can_undo = true,
	};
	model->undo = (struct model_undo){.text = "", .shorter = ""};
	if (fixture->has_undo) {
		const char *who = fixture_person(fixture, "Per-Erik D.");
		model->undo = (struct model_undo){
			.text = arena_print(arena, "%s %s", who,
					    fixture_words(arena, fixture, "är incheckad på Plats 5 till 14:00")),
			.shorter = who,
			.button = fixture_button("undo", fixture_words(arena, fixture, "Ångra · 7 s"), BUTTON_SECONDARY,
						 ACTION_UNDO)};
	}
	wall_add(arena, fixture, model);
	return model;
}

static int fake_width(void *context, enum ui_weight weight, int font_px, bool is_tabular, const char *text,
		      size_t length)
{
	(void)context;
	(void)is_tabular;
	double em = 0;
	for (size_t i = 0; i < length; i++) {
		if ((text[i] & 0xC0) == 0x80) {
			continue;
		}
		em += strchr(" .,:;ijl|'!", text[i]) ? 0.28 : strchr("mwMW", text[i]) ? 0.88 : 0.59;
	}
	return (int)ceil(em * font_px * (1 + 0.02 * (int)weight));
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
