/* What is kept of a booking: tables of texts, names, places and whole occurrences. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/sync/ingest.h"
#include "app/sync/person.h"

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
	{"किरण மீனா", "किरण மீ.", "कि.மீ."},               /* vowel signs stay with their letter */
	{"Anna Berg och Åsa Öberg", "Anna B.", "A.B."}, /* the first of two */
	{"Anna Berg & Åsa Öberg", "Anna B.", "A.B."},
	{"Anna och Åsa", "Anna", "A."},
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
	{"a person", BOOKING, "Nils Svensson – Plats 5", "Kontorsplats 5 (Nils Svensson, 070-123 45 67)", "D", "",
	 PLAIN, "Nils S.", "", "", true},
	{"a person's meeting", BOOKING, "Nils Svensson – P", "Konferensrum; Microsoft Teams-möte med Nils", "", "",
	 PLAIN, "Nils S.", "Teams", "", true},
	{"a meeting whose service is written in capitals", BOOKING, "Nils Svensson – P", "Tvärgatan 3, tel SKYPE", "",
	 "", PLAIN, "Nils S.", "Skype", "", true},
	{"a meeting that only resembles one", BOOKING, "Nils Svensson – P", "Team Teaming Zo skyp", "", "", PLAIN,
	 "Nils S.", "", "", true},
	{"a notice", FEED_NOTICES, NAMES_SHORT, NULL, FIELD_SUMMARY, "Hissen står", "Fråga Nils", "", "", PLAIN,
	 "Hissen står", "", "", false},
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
	{"no pattern", FEED_BOOKINGS, NAMES_SHORT, NULL, FIELD_SUMMARY, "Nils Svensson", "", "", "", PLAIN, "", "", "",
	 false},
	{"no pattern, whole names", FEED_BOOKINGS, NAMES_FULL, NULL, FIELD_SUMMARY, "Nils Svensson", "", "", "", PLAIN,
	 "Nils Svensson", "", "", false},
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
	{"a link as a name", BOOKING, "https://a.example/hemligt Nils – P", "", "", "", PLAIN, "https://a.example N.",
	 "", "", true},
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

/* Whose title is kept: a meeting's, and that of a booking only where it cannot be a person's name. */
static void test_titles(void **state)
{
	static const struct {
		enum place_kind kind;
		enum name_form names;
		const char *person, *summary, *title;
	} cases[] = {
		{PLACE_DESK, NAMES_SHORT, NULL, "Nils Svensson - Kontorsplats 1", ""},
		{PLACE_DESK, NAMES_INITIALS, NULL, "Nils Svensson - Kontorsplats 1", ""},
		{PLACE_DESK, NAMES_NONE, NULL, "Nils Svensson - Kontorsplats 1", ""},
		{PLACE_DESK, NAMES_FULL, NULL, "Nils Svensson - Kontorsplats 1", "Nils Svensson - Kontorsplats 1"},
		{PLACE_DESK, NAMES_SHORT, "^Kund: (.*)$", "Nils Svensson - Kontorsplats 1", ""},
		{PLACE_ROOM, NAMES_SHORT, NULL, "Budget, Kontorsplats 1", "Budget, Kontorsplats 1"},
		{PLACE_ROOM, NAMES_SHORT, "^Kund: (.*)$", "Nils Svensson, Kontorsplats 1", ""},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char person[32] = "", uid[] = "uid", nothing[] = "", *summary = strdup(cases[i].summary);
		snprintf(person, sizeof(person), "%s", cases[i].person ? cases[i].person : "");
		struct config_feed feed = {.name = (char[]){"f"},
					   .kind = FEED_BOOKINGS,
					   .names = cases[i].names,
					   .person = cases[i].person ? person : NULL};
		struct config_place place = {.id = (char[]){"1"},
					     .feed = (char[]){"f"},
					     .match = (char[]){"Kontorsplats 1"},
					     .kind = cases[i].kind};
		struct config config = {.feeds = &feed, .feed_count = 1, .places = &place, .place_count = 1};
		struct occurrence o = {.uid = uid,
				       .summary = summary,
				       .location = nothing,
				       .description = nothing,
				       .organizer = nothing,
				       .resources = nothing,
				       .url = nothing,
				       .busy = OCCURRENCE_BUSY,
				       .span = {.start_utc = 1, .end_utc = 2}};
		struct cache_rows rows = {0};
		struct err err;
		bool too_many = false;
		struct ingest *ingest = ingest_create(&config, &feed, &err);
		assert_true(ingest_add(ingest, &o, &rows, &too_many, &err));
		if (strcmp(rows.items[0].title, cases[i].title) != 0 || strcmp(rows.items[0].place, "1") != 0) {
			fail_msg("case %zu: \"%s\" at place \"%s\"", i, rows.items[0].title, rows.items[0].place);
		}
		cache_rows_finish(&rows);
		ingest_destroy(ingest);
		free(summary);
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

/* What reveals somebody is found before a text is shortened: half an address would still name its owner. */
static void test_contacts_at_the_end(void **state)
{
	(void)state;
	static const char *const ends[] = {" nils.sandstrom@umea.example", " 070-123 45 67",
					   " https://a.example/hemligt"};
	struct config_feed feed = {
		.name = (char[]){"room"}, .kind = FEED_MEETINGS, .names = NAMES_SHORT, .keeps_organizer = true};
	struct config config = office_with(&feed, 5);
	struct place_case any = {"", "", "", ""};
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		for (int length = INGEST_TITLE_MAX - 30; length <= INGEST_TITLE_MAX; length++) {
			char text[INGEST_TITLE_MAX + 64];
			struct occurrence o = occurrence_of(&any);
			struct cache_rows rows = {0};
			struct err err;
			bool too_many = false;
			memset(text, 'x', (size_t)length);
			strcpy(text + length, ends[i]);
			free(o.summary);
			o.summary = strdup(text);
			o.organizer = text;
			struct ingest *ingest = ingest_create(&config, &feed, &err);
			assert_true(ingest_add(ingest, &o, &rows, &too_many, &err));
			assert_null(strstr(rows.items[0].title, "nils"));
			assert_null(strstr(rows.items[0].title, "070"));
			assert_null(strstr(rows.items[0].title, "/h"));
			assert_null(strstr(rows.items[0].organizer, "nils"));
			assert_true(strlen(rows.items[0].organizer) <= INGEST_TITLE_MAX);
			cache_rows_finish(&rows);
			ingest_destroy(ingest);
			free(o.location);
			free(o.resources);
			free(o.summary);
		}
	}
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
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_titles),
		cmocka_unit_test(test_organizer),
		cmocka_unit_test(test_place_without_a_pattern),
		cmocka_unit_test(test_too_many_rows),
		cmocka_unit_test(test_long_fields_are_cut),
		cmocka_unit_test(test_contacts_at_the_end),
		cmocka_unit_test(test_patterns_that_are_none),
		cmocka_unit_test(test_settings),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
