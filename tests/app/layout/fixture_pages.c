/* The sheets of the fixture that fill most of the screen: the week, what is good to know, the host, a meeting. */
#include "fixture_parts.h"

#include "app/base/limits.h"

static void detail_empty(struct arena *arena, struct model *model)
{
	const struct model_button none = fixture_button("", "", BUTTON_SECONDARY, ACTION_NONE);
	model->detail.facts = arena_alloc(arena, 8 * sizeof(*model->detail.facts));
	model->detail.region = model->detail.municipalities = "";
	model->detail.host_now = model->detail.host_next = "";
	model->detail.year_heading = model->detail.host_heading = model->detail.vice_heading = "";
	model->detail.day = model->detail.month = "";
	model->detail.where_title = model->detail.where_text = model->detail.where_spoken = "";
	model->days = (struct model_week){.desks_heading = "",
					  .room_heading = "",
					  .free = "",
					  .booked = "",
					  .booked_room = "",
					  .hint = "",
					  .swap = none};
}

static void fact_add(struct arena *arena, const struct fixture *fixture, struct model *model, const char *key,
		     const char *text, const char *detail)
{
	model->detail.facts[model->detail.fact_count++] =
		(struct model_fact){fixture_words(arena, fixture, key), fixture_words(arena, fixture, text), detail};
}

static void host_add(struct arena *arena, const struct fixture *fixture, struct model *model)
{
	static const char *const years[][4] = {
		{"2024", "Vännäs", "Örnsköldsvik", ""},      {"2025", "Örnsköldsvik", "Bjurholm", ""},
		{"2026", "Bjurholm", "Nordmaling", ""},      {"2027", "Nordmaling", "Robertsfors", ""},
		{"2028", "Robertsfors", "Umeå", "planerat"}, {"2029", "Umeå", "Vindeln", "planerat"},
		{"2030", "Vindeln", "Vännäs", "planerat"}};
	struct model_sheet *sheet = &model->sheet;
	struct model_detail *detail = &model->detail;
	sheet->status = fixture_words(arena, fixture, "Värdkommun 2026");
	sheet->title = "Bjurholm";
	sheet->subtitle = fixture_words(arena, fixture, "Nordmaling tar över vid årsskiftet");
	sheet->line_count = sizeof(years) / sizeof(*years);
	for (size_t i = 0; i < sheet->line_count; i++) {
		sheet->lines[i] = (struct model_line){years[i][0], years[i][1], years[i][2],
						      fixture_words(arena, fixture, years[i][3]), i == 2};
	}
	bool is_long = fixture->words == WORDS_LONG;
	fact_add(arena, fixture, model, "Ordförande i rådet", is_long ? fixture_long_name : "Sven-Erik L.", "");
	fact_add(arena, fixture, model, "Vice ordförande i rådet", "Birgitta H.", "");
	fact_add(arena, fixture, model, "Ordförande i KC-gruppen", "Monica E.", "");
	fact_add(arena, fixture, model, "Vice ordförande i KC-gruppen", "Jonas W.", "Nordmaling");
	detail->has_meeting = true;
	detail->meeting =
		(struct model_meeting){.id = "meeting:handover",
				       .day = "11",
				       .month = "dec",
				       .title = fixture_words(arena, fixture, "Överlämningsmöte"),
				       .when = fixture_words(arena, fixture, "fredag 10:00 · Bjurholm, inte här"),
				       .spoken = "Överlämningsmöte",
				       .action = fixture_open(VIEW_MEETING, "handover")};
	detail->region = "Umeåregionen";
	detail->municipalities = "Bjurholm, Nordmaling, Robertsfors, Umeå, Vindeln, Vännäs och Örnsköldsvik";
	detail->host_now = fixture_words(arena, fixture, "Värd i år");
	detail->host_next = fixture_words(arena, fixture, "Värd nästa år");
	detail->year_heading = fixture_words(arena, fixture, "År");
	detail->host_heading = fixture_words(arena, fixture, "Värdkommun");
	detail->vice_heading = fixture_words(arena, fixture, "Vice ordförande i KC-gruppen");
	detail->notes[detail->note_count++] = fixture_words(
		arena, fixture, "Källa: Verksamhetsplan Umeåregionen 2023–2027 (kontrollerad 23 november 2026).");
}

static void meeting_add(struct arena *arena, const struct fixture *fixture, struct model *model)
{
	struct model_detail *detail = &model->detail;
	bool is_long = fixture->words == WORDS_LONG;
	model->sheet.title = is_long ? fixture_long_name : "Överlämningsmöte";
	model->sheet.subtitle = fixture_words(arena, fixture, "fredag 11 december 10:00–12:00 · om 18 dagar");
	detail->day = "11";
	detail->month = "dec";
	detail->where = WHERE_AWAY;
	detail->where_title = fixture_words(arena, fixture, "Bjurholm, inte här");
	detail->where_text = fixture_words(arena, fixture, "Kommunhuset, Storgatan 1, Bjurholm");
	detail->where_spoken = "Hålls inte här utan på annan plats: Kommunhuset, Storgatan 1, Bjurholm.";
	fact_add(arena, fixture, model, "Deltar", "Bjurholm (värd i år) och Nordmaling (värd nästa år)", "");
	fact_add(arena, fixture, model, "Därefter", "Nordmaling tar över vid årsskiftet", "");
	fact_add(arena, fixture, model, "Dagordningen bereds av",
		 "ordförande Sven-Erik L., vice ordförande Birgitta H. och kanslichefen", "");
	fact_add(arena, fixture, model, "Källa", "Kalendern Umeåregionen, uppdaterad 10:38", "");
	detail->notes[detail->note_count++] =
		fixture_words(arena, fixture, "Kalendern täcker tiden till och med 28 februari.");
	model->sheet.buttons[model->sheet.button_count++] = fixture_button(
		"meeting-previous", fixture_words(arena, fixture, "Föregående möte"), BUTTON_SECONDARY, ACTION_OPEN);
	model->sheet.buttons[model->sheet.button_count++] = fixture_button(
		"meeting-next", fixture_words(arena, fixture, "Nästa möte"), BUTTON_SECONDARY, ACTION_OPEN);
}

static void day_add(struct arena *arena, const struct fixture *fixture, struct model_week *week, size_t number)
{
	static const struct {
		const char *id, *name, *date;
		size_t free, count;
		struct model_span booked[3];
	} days[WEEK_DAYS] = {
		{"day:2026-11-30", "I dag", "30 nov", 4, 3, {{600, 720}, {780, 900}, {960, 1050}}},
		{"day:2026-12-01", "Tisdag", "1 dec", 6, 2, {{510, 600}, {780, 960}}},
		{"day:2026-12-02", "Onsdag", "2 dec", 7, 1, {{540, 900}}},
		{"day:2026-12-03", "Torsdag", "3 dec", 5, 0, {{0, 0}}},
		{"day:2026-12-04", "Fredag", "4 dec", 8, 2, {{480, 540}, {780, 900}}},
	};
	struct model_week_day *day = &week->days[number];
	bool is_known = !fixture->is_old || number < 3;
	size_t free = week->desk_count < days[number].free ? week->desk_count : days[number].free;
	*day = (struct model_week_day){.id = days[number].id,
				       .name = fixture_words(arena, fixture, days[number].name),
				       .date = days[number].date,
				       .spoken = days[number].name,
				       .is_today = number == 0,
				       .desks_are_known = is_known,
				       .room_is_known = is_known,
				       .desks_free = free,
				       .count =
					       is_known ? arena_print(arena, "%zu av %zu", free, week->desk_count) : "",
				       .room = ""};
	day->when = fixture_words(arena, fixture, !is_known ? "inte känt än" : number == 0 ? "just nu" : "hela dagen");
	day->booked_count = is_known ? days[number].count : 0;
	day->booked = arena_alloc(arena, 3 * sizeof(*day->booked));
	for (size_t i = 0; i < day->booked_count; i++) {
		day->booked[i] = days[number].booked[i];
	}
	if (number == 0) {
		day->gone[day->gone_count++] = (struct model_span){week->axis_start_min, 642};
	}
	if (day->booked_count == 0) {
		day->room = fixture_words(arena, fixture, is_known ? "Ledigt hela dagen" : "inte känt än");
	}
}

static void week_add(struct arena *arena, const struct fixture *fixture, struct model *model)
{
	struct model_week *week = &model->days;
	struct model_sheet *sheet = &model->sheet;
	sheet->title = fixture_words(arena, fixture, "Veckan");
	sheet->subtitle = fixture_words(arena, fixture, "De närmaste fem arbetsdagarna, så som det är bokat 10:40");
	week->desk_count = fixture->places ? fixture->places : 8;
	week->desks_heading = fixture_words(arena, fixture, "Lediga platser");
	week->room_heading = fixture_words(arena, fixture, "Konferensrummet");
	week->axis_start_min = 7 * 60;
	week->axis_end_min = 18 * 60;
	week->free = fixture_words(arena, fixture, "Ledig");
	week->booked = fixture_words(arena, fixture, "Bokad");
	week->booked_room = fixture_words(arena, fixture, "Bokat");
	week->hint = fixture_words(arena, fixture, "Visar bara hur mycket som är bokat, inga namn.");
	week->swap = fixture_button("code-other", fixture_words(arena, fixture, "Boka rummet"), BUTTON_SECONDARY,
				    ACTION_CHOOSE);
	for (; week->day_count < WEEK_DAYS; week->day_count++) {
		day_add(arena, fixture, week, week->day_count);
	}
	sheet->code = "https://outlook.office365.com/owa/calendar/Satellitkontoret@example.org/bookings/";
	sheet->code_title = fixture_words(arena, fixture, "Boka på webben");
	sheet->code_text = fixture_words(arena, fixture, "Skanna koden med mobilen. Konferensrummet har en egen kod:");
	sheet->code_spoken = "QR-kod: Boka på webben";
}

static const struct {
	const char *title, *text, *button;
	enum info_icon icon;
	const char *code;
} cards[] = {
	{"Wi-Fi för besökare", "Nätet heter Satellitkontoret Gast\nLösenord: bjork-2026-renmark", "", INFO_WIFI,
	 "WIFI:S:Satellitkontoret Gast;T:WPA;P:bjork-2026-renmark;;"},
	{"Skrivare", "Står utanför konferensrummet. Välj UR-Satellit i datorn. Papper i skåpet.", "", INFO_PRINTER, ""},
	{"Kansliet", "Rummet närmast pentryt.\nRing 070-174 06 05 vardagar 08:00–16:00.", "", INFO_PHONE, ""},
	{"Om larmet går",
	 "Gå ut genom trapphuset bredvid hissen – använd inte hissen.\nÅtersamlingsplats: Renmarkstorget, vid "
	 "fontänen. Ring 112.",
	 "", INFO_EXIT, ""},
	{"Tillgänglighet", "Hiss finns. RWC till höger om entrén. Hörslinga i konferensrummet.",
	 "Tillgänglighetsredogörelse", INFO_ACCESS, ""},
	{"Personuppgifter", "Bara förnamn och första bokstav visas. De sparas i 30 dagar.", "Läs mer", INFO_PRIVACY,
	 ""},
};

static const char long_text[] =
	"Hissen går till tredje våningen och är bred nog för en rullstol. Dörren till kontoret öppnas med knappen till "
	"höger, och den håller sig öppen i tjugo sekunder. Hörslingan i konferensrummet är alltid på. Toaletten för "
	"alla ligger till höger om entrén, och vilrummet bredvid den låses upp av kansliet. Ring gärna i förväg om du "
	"behöver något mer än så.";

static void card_add(struct arena *arena, const struct fixture *fixture, struct model *model, size_t number)
{
	size_t which = number % (sizeof(cards) / sizeof(*cards));
	bool is_long = fixture->words == WORDS_LONG;
	struct model_card *card = &model->cards[model->card_count++];
	*card = (struct model_card){.id = arena_print(arena, "info:%zu", number + 1),
				    .title = is_long ? fixture_long_name : cards[which].title,
				    .text = is_long ? long_text : cards[which].text,
				    .hint = "",
				    .code = cards[which].code,
				    .code_spoken = "QR-kod",
				    .icon = cards[which].icon};
	card->more = fixture_button("", "", BUTTON_SECONDARY, ACTION_NONE);
	if (card->code[0]) {
		card->hint = fixture_words(arena, fixture, "Skanna koden så ansluter mobilen.");
	}
	if (cards[which].button[0]) {
		card->more = fixture_button(arena_print(arena, "more:%zu", number + 1),
					    fixture_words(arena, fixture, cards[which].button), BUTTON_SECONDARY,
					    ACTION_CHOOSE);
	}
}

/* With one card its code is shown alone. */
static void info_add(struct arena *arena, const struct fixture *fixture, struct model *model)
{
	size_t count = fixture->cards ? fixture->cards : sizeof(cards) / sizeof(*cards);
	model->sheet.title = fixture_words(arena, fixture, "Bra att veta");
	model->sheet.subtitle = "Satellitkontoret, Renmarkstorget 5D, 3 tr";
	model->cards = arena_alloc(arena, (count + 1) * sizeof(*model->cards));
	model->sheet_page = fixture->page;
	for (size_t i = 0; i < count; i++) {
		card_add(arena, fixture, model, i);
	}
	if (count == 1) {
		model->sheet.buttons[model->sheet.button_count++] = fixture_button(
			"back", fixture_words(arena, fixture, "Tillbaka"), BUTTON_SECONDARY, ACTION_CHOOSE);
	}
}

static void caption_add(struct arena *arena, const struct fixture *fixture, struct model *model)
{
	model->caption = (struct model_caption){.text = "", .volume = "", .keys = ""};
	if (fixture->has_speech && fixture->mode == MODE_KIOSK) {
		const char *who = fixture_person(fixture, "Per-Erik D");
		model->caption = (struct model_caption){
			.is_shown = true,
			.is_dark = fixture->is_dark,
			.text = arena_print(arena, "%s: %s, %s", fixture_words(arena, fixture, "Checka in"), who,
					    fixture_words(arena, fixture,
							  "Plats 5, klockan tio trettio till fjorton. Knapp, 1 av 3")),
			.volume = fixture_words(arena, fixture, "Volym 3 av 6"),
			.keys = fixture_words(arena, fixture, "◀ ▶ bläddra · ● välj\n▲ ▼ volym"),
			.step = 3};
	}
}

void fixture_page_add(struct arena *arena, const struct fixture *fixture, struct model *model)
{
	detail_empty(arena, model);
	caption_add(arena, fixture, model);
	switch (fixture->view) {
	case VIEW_HOST:
		host_add(arena, fixture, model);
		break;
	case VIEW_MEETING:
		meeting_add(arena, fixture, model);
		break;
	case VIEW_WEEK:
		week_add(arena, fixture, model);
		break;
	case VIEW_INFO:
		info_add(arena, fixture, model);
		break;
	default:
		break;
	}
}
