/* What is kept of a booking: tables of texts, names, places and whole occurrences. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/sync/clean.h"
#include "app/sync/ingest.h"
#include "app/sync/person.h"

struct text_case {
	const char *in;
	size_t max;
	const char *out;
};

static const struct text_case texts[] = {
	{"", 99, ""},
	{"Möte", 99, "Möte"},
	{"  two\t\r\n words ", 99, "two words"},
	{"a\x01\x7F\xC2\x85z", 99, "a z"}, /* NEL is a space, DEL nothing */
	{"\xE2\x80\xAE"
	 "desrever\xE2\x80\xAC",
	 99, "desrever"},                                   /* direction override */
	{"\xE2\x81\xA6x\xE2\x81\xA9\xE2\x80\x8F", 99, "x"}, /* isolates, RLM */
	{"\xEF\xBB\xBFx\xE2\x80\x8By", 99, "xy"},           /* BOM, zero width space */
	{"a\xC2\xA0"
	 "b\xE2\x80\xA8"
	 "c",
	 99, "a b c"}, /* NBSP, line separator */
	{"\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB", 99, "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB"},
	{"a\xFF"
	 "b\xC3",
	 99, "a b"}, /* broken bytes */
	{"\xC0\xAF"
	 "x\xED\xA0\x80y\xF5\x80\x80\x80z",
	 99, "x y z"}, /* overlong, surrogate, too large */
	{"\xE2\x82", 99, ""},
	{"åäö", 5, "åä"},
	{"åäö", 6, "åäö"},
	{"ab cd", 3, "ab"}, /* no space at the end */
	{"x", 0, ""},
};

static void test_texts(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		char *out = clean_text(texts[i].in, texts[i].max);
		assert_non_null(out);
		assert_string_equal(out, texts[i].out);
		free(out);
	}
}

static const char *const contacts[][2] = {
	{"Nils Svensson", "Nils Svensson"},
	{"Nils nils.svensson@example.org", "Nils"},
	{"Nils <nils@example.org>", "Nils"},
	{"nils@example.org", ""},
	{"mailto:nils@example.org, Nils", "Nils"},
	{"Nils – 070-123 45 67", "Nils"},
	{"Nils, tel. +46 70 123 45 67", "Nils, tel."},
	{"Nils (090-16 10 00) Plats 5", "Nils Plats 5"},
	{"(090) 16 10 00 Nils", "Nils"},
	{"0701234567", ""},
	{"Nils 0701234567 – Kontorsplats 5", "Nils – Kontorsplats 5"},
	{"Möte 09.00-10.00", "Möte 09.00-10.00"},
	{"Möte 09:00-10:30 i rum 12", "Möte 09:00-10:30 i rum 12"},
	{"Budget 2027/2028", "Budget 2027/2028"},
	{"2026-11-23", "2026-11-23"},
	{"Dnr 2026/00123-45", "Dnr 2026/00123-45"},
	{"Plats 010", "Plats 010"},
	{"möte @ rådhuset", "möte @ rådhuset"},
	{"a@b", "a@b"},
	{"C++ ()", "C++ ()"},
	{"Å070-1234567", "Å"},
	/* Numbers as they are written. */
	{"Ring 090-16 50 00", "Ring"},
	{"Ring 090-165000", "Ring"},
	{"090/16 50 00", ""},
	{"090 - 16 50 00", ""},
	{"08-12 34 56", ""},
	{"08-123 456 78", ""},
	{"(08) 123 456 78", ""},
	{"0910-123 45", ""},
	{"0910-77 12 34", ""},
	{"010-123 45 67", ""},
	{"0771-123 456", ""},
	{"020-12 34 56", ""},
	{"070-123-45-67", ""},
	{"070–123 45 67", ""},
	{"070.123.45.67", ""},
	{"0701-23 45 67", ""},
	{"07012 34567", ""},
	{"070 1234567", ""},
	{"07 01 23 45 67", ""},
	{"+46701234567", ""},
	{"+46 (0)70-123 45 67", ""},
	{"+46 (0) 70 123 45 67", ""},
	{"+46-90-16 50 00", ""},
	{"+46 070 123 45 67", ""},
	{"+358 40 123 4567", ""},
	{"+47 12 34 56 78", ""},
	{"0046 70 123 45 67", ""},
	{"0046-90-165000", ""},
	{"0046701234567", ""},
	{"0046 (0)90-16 50 00", ""},
	{"0047 12 34 56 78", ""},
	{"Nils 070-123 45 67 2026-11-23", "Nils 2026-11-23"},
	{"Nils 070-123 45 67 / 0910-123 45", "Nils"},
	{"Nils 090-16 50 00 – 12 platser", "Nils – 12 platser"},
	{"Nils 08-12 34 56 - 12 platser", "Nils - 12 platser"},
	{"Möte 0800-1700 Nils 070-123 45 67", "Möte 0800-1700 Nils"},
	/* What is none. */
	{"Öppet hus 0800-1700", "Öppet hus 0800-1700"},
	{"Öppet hus 0800–1700", "Öppet hus 0800–1700"},
	{"Öppet 0900 - 1030 12 platser", "Öppet 0900 - 1030 12 platser"},
	{"Natt 0000-0600", "Natt 0000-0600"},
	{"Öppet 0030-0130 0200-0400", "Öppet 0030-0130 0200-0400"},
	{"Öppet 0830-1200 och 1300-1630", "Öppet 0830-1200 och 1300-1630"},
	{"Workshop 05/12/2026", "Workshop 05/12/2026"},
	{"Workshop 08/12/2026", "Workshop 08/12/2026"},
	{"Workshop 05-12-2026 kl 09-11", "Workshop 05-12-2026 kl 09-11"},
	{"Workshop 05/12/26 09-11", "Workshop 05/12/26 09-11"},
	{"Workshop 07-12-26 09-11", "Workshop 07-12-26 09-11"},
	{"Workshop 05122026", "Workshop 05122026"},
	{"Workshop 05.12.2026", "Workshop 05.12.2026"},
	{"Workshop 08.30-10.30", "Workshop 08.30-10.30"},
	{"Ärende 0047-2026 samråd", "Ärende 0047-2026 samråd"},
	{"Ärende 0047-2026-11-23", "Ärende 0047-2026-11-23"},
	{"Ärende 0123-2026", "Ärende 0123-2026"},
	{"Ärende 02345-2026", "Ärende 02345-2026"},
	{"Rum 01-203-045 visning", "Rum 01-203-045 visning"},
	{"Rum 02.114.003", "Rum 02.114.003"},
	{"Plan 03-04 rum 012-34", "Plan 03-04 rum 012-34"},
	{"Vecka 08-10 1300-1500", "Vecka 08-10 1300-1500"},
	{"Mål +5 000 000 kr", "Mål +5 000 000 kr"},
	{"Kapitel 0 1 2 3 4 5 6 7 8", "Kapitel 0 1 2 3 4 5 6 7 8"},
};

static void test_contacts(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(contacts) / sizeof(contacts[0]); i++) {
		char *text = strdup(contacts[i][0]);
		clean_contacts(text);
		assert_string_equal(text, contacts[i][1]);
		free(text);
	}
}

static const char *const links[][2] = {
	{"https://teams.microsoft.com/l/meetup-join/19%3a@thread.v2/0?context=x", "https://teams.microsoft.com"},
	{"Rum 3; https://zoom.us/j/123?pwd=abc; Plan 2", "Rum 3; https://zoom.us; Plan 2"},
	{"HTTPS://User:Secret@Host.example:8443/x", "HTTPS://Host.example:8443"},
	{"<https://a.example/b>", "<https://a.example>"},
	{"http://a.example#x", "http://a.example"},
	{"https://", "https://"},
	{"https:///x", "https://"},
	{"xhttps://a/b", "xhttps://a/b"},
	{"KF/KS", "KF/KS"},
	{"", ""},
};

static void test_links(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++) {
		char *text = strdup(links[i][0]);
		clean_links(text);
		assert_string_equal(text, links[i][1]);
		free(text);
	}
}

struct name_case {
	const char *name, *shorter, *initials;
};

static const struct name_case names[] = {
	{"Nils Svensson", "Nils S.", "N.S."},
	{"Svensson, Nils", "Nils S.", "N.S."},
	{"Nils", "Nils", "N."},
	{"Anna-Karin Berg-Lindström", "Anna-Karin B.", "A.B."},
	{"Anna Maria af Ugglas", "Anna U.", "A.U."},
	{"af Ugglas, Anna Maria", "Anna U.", "A.U."},
	{"Åsa Öberg", "Åsa Ö.", "Å.Ö."},
	{"A\xCC\x8Asa O\xCC\x88"
	 "berg",
	 "A\xCC\x8Asa O\xCC\x88.", "A\xCC\x8A.O\xCC\x88."}, /* decomposed */
	{"Nils Svensson (Umeå kommun)", "Nils S.", "N.S."},
	{"Svensson, Nils (KS)", "Nils S.", "N.S."},
	{"Šárká Čađŋ", "Šárká Č.", "Š.Č."},
	{"Мария Иванова", "Мария И.", "М.И."},
	{"محمد علي", "محمد ع.", "م.ع."},
	{"王 小明", "王 小.", "王.小."},
	{"किरण மீனா", "किरण மீ.", "कि.மீ."}, /* vowel signs stay with their letter */
	{"Nils \"Nisse\" O'Brien", "Nils O.", "N.O."},
	{"Nils 'Svensson'", "Nils S.", "N.S."},
	{"Svensson,", "Svensson", "S."},
	{",", "", ""},
	{"", "", ""},
	{"(okänd)", "(okänd)", "o."},
};

static void test_names(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *const want[] = {[NAMES_FULL] = names[i].name,
					    [NAMES_SHORT] = names[i].shorter,
					    [NAMES_INITIALS] = names[i].initials,
					    [NAMES_NONE] = ""};
		for (int form = NAMES_FULL; form <= NAMES_NONE; form++) {
			char *got = person_reduce(names[i].name, (enum name_form)form);
			assert_string_equal(got, want[form]);
			free(got);
		}
	}
}

/* Places. */

static struct config_place places[] = {
	{.id = (char[]){"1"}, .feed = (char[]){"f"}, .match = (char[]){"Kontorsplats 1"}},
	{.id = (char[]){"12"}, .feed = (char[]){"f"}, .match = (char[]){"Kontorsplats 12"}},
	{.id = (char[]){"F"}, .feed = (char[]){"f"}, .match = (char[]){"fönster(plats|bord)"}},
	{.id = (char[]){"X"}, .feed = (char[]){"other"}, .match = (char[]){"Kontorsplats"}},
	{.id = (char[]){"K"}, .feed = (char[]){"room"}},
};

static struct config office_with(struct config_feed *feed, size_t place_count)
{
	return (struct config){.feeds = feed, .feed_count = 1, .places = places, .place_count = place_count};
}

struct place_case {
	const char *location, *resources, *summary, *place;
};

static const struct place_case place_cases[] = {
	{"Kontorsplats 1", "", "", "1"},
	{"Kontorsplats 12", "", "", "12"},
	{"Kontorsplats 123", "", "", ""},
	{"Kontorsplats 1a", "", "", ""},
	{"Hemkontorsplats 1", "", "", ""},
	{"kontorsplats 1, plan 3", "", "", "1"},
	{"(KONTORSPLATS 12)", "", "", "12"},
	{"plan 3/Kontorsplats 1.", "", "", "1"},
	{"", "", "Nils Svensson – Kontorsplats 12", "12"},
	{"", "Kontorsplats 1", "Kontorsplats 12", "1"},  /* resources say more than a title */
	{"Kontorsplats 12", "Kontorsplats 1", "", "12"}, /* and a location more than both */
	{"Umeå", "", "Kontorsplats 1", "1"},
	{"FÖNSTERBORD", "", "", "F"}, /* any case, beyond ASCII too */
	{"Fönsterplatsen", "", "", ""},
	{"éKontorsplats 1", "", "", ""}, /* é is a letter */
	{"Kontorsplats\t1", "", "", "1"},
	{"", "", "", ""},
};

static struct occurrence occurrence_of(const struct place_case *c)
{
	static char empty[] = "", uid[] = "u";
	struct occurrence o = {
		.uid = uid, .description = empty, .organizer = empty, .url = empty, .busy = OCCURRENCE_BUSY};
	o.location = strdup(c->location);
	o.resources = strdup(c->resources);
	o.summary = strdup(c->summary);
	return o;
}

static void test_places(void **state)
{
	(void)state;
	struct config_feed feed = {.name = (char[]){"f"}, .kind = FEED_BOOKINGS};
	struct config config = office_with(&feed, 5);
	struct err err;
	struct ingest *ingest = ingest_create(&config, &feed, &err);
	assert_non_null(ingest);
	for (size_t i = 0; i < sizeof(place_cases) / sizeof(place_cases[0]); i++) {
		struct occurrence o = occurrence_of(&place_cases[i]);
		struct cache_rows rows = {0};
		bool too_many = false;
		assert_true(ingest_add(ingest, &o, &rows, &too_many, &err));
		if (strcmp(rows.items[0].place, place_cases[i].place) != 0) {
			fail_msg("case %zu: place \"%s\"", i, rows.items[0].place);
		}
		cache_rows_finish(&rows);
		free(o.location);
		free(o.resources);
		free(o.summary);
	}
	ingest_destroy(ingest);
}

/* Whole occurrences. */

struct row_case {
	const char *name;
	enum feed_kind kind;
	enum name_form names;
	const char *person;
	enum feed_field person_in;
	const char *summary, *location, *description, *url;
	enum occurrence_class class;
	enum occurrence_busy busy;
	enum occurrence_status status;
	const char *title, *kept_location, *kept_url; /* title NULL: no row */
	bool is_person;
};

#define BOOKING FEED_BOOKINGS, NAMES_SHORT, "^(.*) [–-] ", FIELD_SUMMARY
#define MEETING FEED_MEETINGS, NAMES_SHORT, NULL, FIELD_SUMMARY
#define PLAIN OCCURRENCE_PUBLIC, OCCURRENCE_BUSY, OCCURRENCE_CONFIRMED

static const struct row_case row_cases[] = {
	{"a person", BOOKING, "Nils Svensson – Plats 5", "L", "D", "", PLAIN, "Nils S.", "L", "", true},
	{"with a hyphen", BOOKING, "Nils Svensson - Plats 5", "", "", "", PLAIN, "Nils S.", "", "", true},
	{"whole names", FEED_BOOKINGS, NAMES_FULL, "^(.*) – ", FIELD_SUMMARY, "Nils Svensson – P", "", "", "", PLAIN,
	 "Nils Svensson", "", "", true},
	{"initials", FEED_BOOKINGS, NAMES_INITIALS, "^(.*) – ", FIELD_SUMMARY, "Nils Svensson – P", "", "", "", PLAIN,
	 "N.S.", "", "", true},
	{"no names", FEED_BOOKINGS, NAMES_NONE, "^(.*) – ", FIELD_SUMMARY, "Nils Svensson – P", "", "", "", PLAIN, "",
	 "", "", false},
	{"with a number", BOOKING, "Nils Svensson 070-1234567 – P", "", "", "", PLAIN, "Nils S.", "", "", true},
	{"not recognised", BOOKING, "Nils Svensson", "", "", "", PLAIN, "", "", "", false},
	{"not recognised, whole names", FEED_BOOKINGS, NAMES_FULL, "^(.*) – ", FIELD_SUMMARY, "Nils Svensson", "", "",
	 "", PLAIN, "Nils Svensson", "", "", false},
	{"in the description", FEED_BOOKINGS, NAMES_SHORT, "Kund: ([^:]*) Telefon", FIELD_DESCRIPTION, "Bokning", "",
	 "Tjänst: X\nKund: Nils Svensson\nTelefon: 090", "", PLAIN, "Nils S.", "", "", true},
	{"a group that is not taken", FEED_BOOKINGS, NAMES_SHORT, "^Bokning( .*)?$", FIELD_SUMMARY, "Bokning", "", "",
	 "", PLAIN, "", "", "", false},
	{"anonymous", FEED_BOOKINGS, NAMES_SHORT, NULL, FIELD_SUMMARY, "Upptagen", "", "", "", PLAIN, "", "", "",
	 false},
	{"a title", FEED_BOOKINGS, NAMES_SHORT, NULL, FIELD_SUMMARY, "Budgetmöte", "", "", "", PLAIN, "Budgetmöte", "",
	 "", false},
	{"free takes nothing", BOOKING, "Nils Svensson – P", "", "", "", OCCURRENCE_PUBLIC, OCCURRENCE_FREE,
	 OCCURRENCE_CONFIRMED, NULL, "", "", false},
	{"cancelled", BOOKING, "Nils Svensson – P", "", "", "", OCCURRENCE_PUBLIC, OCCURRENCE_BUSY,
	 OCCURRENCE_CANCELLED, NULL, "", "", false},
	{"private", BOOKING, "Nils Svensson – P", "hemma", "", "https://x", OCCURRENCE_PRIVATE, OCCURRENCE_BUSY,
	 OCCURRENCE_CONFIRMED, "", "", "", false},
	{"confidential", MEETING, "Löner", "rum 3", "", "https://x", OCCURRENCE_CONFIDENTIAL, OCCURRENCE_BUSY,
	 OCCURRENCE_CONFIRMED, "", "", "", false},
	{"a meeting", MEETING, "Umeåregionrådet", "Vindeln", "D", "https://teams.example/x?pwd=1", PLAIN,
	 "Umeåregionrådet", "Vindeln", "https://teams.example", false},
	{"a free meeting", MEETING, "KC", "", "", "", OCCURRENCE_PUBLIC, OCCURRENCE_FREE, OCCURRENCE_CONFIRMED, "KC",
	 "", "", false},
	{"a link that is none", MEETING, "KC", "", "", "javascript:alert(1)", PLAIN, "KC", "", "", false},
	{"a link with a space", MEETING, "KC", "", "", "https://a b", PLAIN, "KC", "", "https://a", false},
	{"a link to nowhere", MEETING, "KC", "", "", "https:///x", PLAIN, "KC", "", "", false},
	{"a booking's link", BOOKING, "Nils S – P", "", "", "https://x/secret", PLAIN, "Nils S.", "", "https://x",
	 true},
	{"contacts", MEETING, "Möte, nils@example.org", "Plan 3, 090-16 10 00", "", "", PLAIN, "Möte", "Plan 3", "",
	 false},
	{"an override", MEETING, "\xE2\x80\xAEKC", "", "", "", PLAIN, "KC", "", "", false},
};

static void check_row(const struct row_case *c, const struct cache_rows *rows)
{
	if (rows->count != (c->title ? 1u : 0u)) {
		fail_msg("%s: %zu rows", c->name, rows->count);
	}
	if (!c->title) {
		return;
	}
	const struct cache_row *row = &rows->items[0];
	if (strcmp(row->title, c->title) != 0 || strcmp(row->location, c->kept_location) != 0 ||
	    strcmp(row->url, c->kept_url) != 0 || row->is_person != c->is_person ||
	    row->is_private != (c->class != OCCURRENCE_PUBLIC)) {
		fail_msg("%s: \"%s\" at \"%s\", \"%s\", person %d", c->name, row->title, row->location, row->url,
			 row->is_person);
	}
	assert_string_equal(row->uid, "uid");
	assert_string_equal(row->recurrence_id, "2026-11-23");
	assert_int_equal(row->span.start_day, 20000);
}

static void test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(row_cases) / sizeof(row_cases[0]); i++) {
		const struct row_case *c = &row_cases[i];
		char *fields[] = {strdup(c->summary), strdup(c->location), strdup(c->description), strdup(c->url),
				  c->person ? strdup(c->person) : NULL};
		struct config_feed feed = {.name = (char[]){"f"},
					   .kind = c->kind,
					   .names = c->names,
					   .person = fields[4],
					   .person_in = c->person_in};
		struct config config = office_with(&feed, 0);
		struct occurrence o = {.uid = (char[]){"uid"},
				       .recurrence_id = (char[]){"2026-11-23"},
				       .span = {.all_day = true, .start_day = 20000, .end_day = 20001},
				       .summary = fields[0],
				       .location = fields[1],
				       .description = fields[2],
				       .organizer = (char[]){""},
				       .resources = (char[]){""},
				       .url = fields[3],
				       .status = c->status,
				       .class = c->class,
				       .busy = c->busy};
		struct cache_rows rows = {0};
		struct err err;
		bool too_many = false;
		struct ingest *ingest = ingest_create(&config, &feed, &err);
		assert_non_null(ingest);
		assert_int_equal(ingest_wants_description(ingest), c->person_in == FIELD_DESCRIPTION);
		assert_true(ingest_add(ingest, &o, &rows, &too_many, &err));
		check_row(c, &rows);
		cache_rows_finish(&rows);
		ingest_destroy(ingest);
		for (size_t j = 0; j < 5; j++) {
			free(fields[j]);
		}
	}
}

static void test_organizer(void **state)
{
	(void)state;
	static const struct {
		bool keeps;
		enum name_form names;
		enum occurrence_class class;
		const char *organizer, *kept;
	} cases[] = {
		{true, NAMES_SHORT, OCCURRENCE_PUBLIC, "Therese Bergman", "Therese B."},
		{true, NAMES_INITIALS, OCCURRENCE_PUBLIC, "Bergman, Therese (Kansliet)", "T.B."},
		{true, NAMES_FULL, OCCURRENCE_PUBLIC, "Therese Bergman", "Therese Bergman"},
		{true, NAMES_NONE, OCCURRENCE_PUBLIC, "Therese Bergman", ""},
		{true, NAMES_FULL, OCCURRENCE_PUBLIC, "therese@example.org", ""},
		{true, NAMES_SHORT, OCCURRENCE_PRIVATE, "Therese Bergman", ""},
		{false, NAMES_FULL, OCCURRENCE_PUBLIC, "Therese Bergman", ""},
	};
	struct place_case meeting = {"", "", "KC-gruppen", ""};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct config_feed feed = {.name = (char[]){"room"},
					   .kind = FEED_BOOKINGS,
					   .names = cases[i].names,
					   .keeps_organizer = cases[i].keeps};
		struct config config = office_with(&feed, 5);
		struct occurrence o = occurrence_of(&meeting);
		struct cache_rows rows = {0};
		struct err err;
		bool too_many = false;
		struct ingest *ingest = ingest_create(&config, &feed, &err);
		assert_non_null(ingest);
		o.organizer = strdup(cases[i].organizer);
		o.class = cases[i].class;
		assert_true(ingest_add(ingest, &o, &rows, &too_many, &err));
		assert_string_equal(rows.items[0].organizer, cases[i].kept);
		cache_rows_finish(&rows);
		ingest_destroy(ingest);
		free(o.organizer);
		free(o.location);
		free(o.resources);
		free(o.summary);
	}
}

static void test_place_without_a_pattern(void **state)
{
	(void)state;
	struct config_feed feed = {.name = (char[]){"room"}, .kind = FEED_BOOKINGS};
	struct config config = office_with(&feed, 5);
	struct place_case any = {"anywhere", "", "Kontorsplats 1", ""};
	struct occurrence o = occurrence_of(&any);
	struct cache_rows rows = {0};
	struct err err;
	bool too_many = false;
	struct ingest *ingest = ingest_create(&config, &feed, &err);
	assert_true(ingest_add(ingest, &o, &rows, &too_many, &err));
	assert_string_equal(rows.items[0].place, "K");
	cache_rows_finish(&rows);
	ingest_destroy(ingest);
	free(o.location);
	free(o.resources);
	free(o.summary);
}

static void test_too_many_rows(void **state)
{
	(void)state;
	struct config_feed feed = {.name = (char[]){"room"}, .kind = FEED_BOOKINGS};
	struct config config = office_with(&feed, 5);
	struct place_case any = {"", "", "", ""};
	struct occurrence o = occurrence_of(&any);
	struct cache_rows rows = {0};
	struct err err;
	bool too_many = false;
	struct ingest *ingest = ingest_create(&config, &feed, &err);
	for (int i = 0; i < INGEST_ROWS_MAX; i++) {
		assert_true(ingest_add(ingest, &o, &rows, &too_many, &err));
	}
	assert_false(ingest_add(ingest, &o, &rows, &too_many, &err));
	assert_true(too_many);
	assert_int_equal(rows.count, INGEST_ROWS_MAX);
	cache_rows_finish(&rows);
	ingest_destroy(ingest);
	free(o.location);
	free(o.resources);
	free(o.summary);
}

static void test_long_fields_are_cut(void **state)
{
	(void)state;
	enum { LONG = 100000 };
	struct config_feed feed = {.name = (char[]){"room"}, .kind = FEED_MEETINGS};
	struct config config = office_with(&feed, 5);
	struct place_case any = {"", "", "", ""};
	struct occurrence o = occurrence_of(&any);
	free(o.summary);
	free(o.location);
	o.summary = malloc(LONG + 1);
	o.location = malloc(LONG + 1);
	for (size_t i = 0; i < LONG; i += 2) { /* å, odd and even cuts alike */
		memcpy(o.summary + i, "\xC3\xA5", 2);
		memcpy(o.location + i, i == 0 ? "xx" : "\xC3\xA5", 2);
	}
	o.summary[LONG] = o.location[LONG] = '\0';
	o.location[0] = 'x';
	struct cache_rows rows = {0};
	struct err err;
	bool too_many = false;
	struct ingest *ingest = ingest_create(&config, &feed, &err);
	assert_true(ingest_add(ingest, &o, &rows, &too_many, &err));
	assert_int_equal(strlen(rows.items[0].title), INGEST_TITLE_MAX);
	assert_in_range(strlen(rows.items[0].location), INGEST_LOCATION_MAX - 1, INGEST_LOCATION_MAX);
	cache_rows_finish(&rows);
	ingest_destroy(ingest);
	free(o.location);
	free(o.resources);
	free(o.summary);
}

static void test_patterns_that_are_none(void **state)
{
	(void)state;
	struct config_feed feed = {.name = (char[]){"f"}, .person = (char[]){"((("}};
	struct config config = office_with(&feed, 0);
	struct err err = {""};
	assert_null(ingest_create(&config, &feed, &err));
	assert_non_null(strstr(err.text, "the pattern of the person is not valid"));
}

/* Every change that makes other rows changes the fingerprint, and nothing else does. */
static void test_settings(void **state)
{
	(void)state;
	struct err err;
	struct config_feed feed = {.name = (char[]){"f"}, .person = NULL};
	struct config config = office_with(&feed, 3);
	char first[] = "Kontorsplats 1", other[] = "Plats 1", person[] = "^(.*)$";
	config.zone = zone_create("Europe/Stockholm", &err);
	places[0].match = first;
	uint64_t base = ingest_settings(&config, &feed);
	assert_true(base == ingest_settings(&config, &feed));
	places[0].match = other;
	assert_false(base == ingest_settings(&config, &feed));
	places[0].match = NULL;
	assert_false(base == ingest_settings(&config, &feed));
	places[0].match = first;
	feed.person = person;
	assert_false(base == ingest_settings(&config, &feed));
	feed.person = NULL;
	feed.names = NAMES_NONE;
	assert_false(base == ingest_settings(&config, &feed));
	feed.names = NAMES_FULL;
	feed.person_in = FIELD_LOCATION;
	assert_false(base == ingest_settings(&config, &feed));
	feed.person_in = FIELD_SUMMARY;
	feed.refresh_s = 99;
	assert_true(base == ingest_settings(&config, &feed));
	zone_destroy(config.zone);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_contacts),
		cmocka_unit_test(test_links),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_organizer),
		cmocka_unit_test(test_place_without_a_pattern),
		cmocka_unit_test(test_too_many_rows),
		cmocka_unit_test(test_long_fields_are_cut),
		cmocka_unit_test(test_patterns_that_are_none),
		cmocka_unit_test(test_settings),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
