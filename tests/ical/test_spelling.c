/* Texts, rooms, encodings and whole bodies as the world writes them, and what their answer has to hold. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ical/answer.h"
#include "ical/calendar.h"
#include "ical/civil.h"

#define NINE "DTSTART;TZID=Europe/Stockholm:20261102T090000\nDURATION:PT1H\n"

/* A body, and texts that its answer has to hold, in this order: those of one line each. */
struct text_case {
	const char *name;
	const char *lines; /* of one event, behind its start */
	const char *members[4];
};

static char *read_in_pieces(const char *body, size_t length, size_t piece, bool with_description)
{
	struct zone *zone = zone_create("Europe/Stockholm", NULL);
	struct calendar_request request = {
		.office = zone,
		.from_local_s = civil_day(2026, 11, 1) * (int64_t)DAY_S,
		.to_local_s = civil_day(2026, 12, 1) * (int64_t)DAY_S,
		.want_description = with_description,
	};
	struct calendar *calendar = calendar_create(&request);
	const struct calendar_result *result = NULL;
	struct err err = {""};
	char *text = NULL;
	size_t text_length;
	FILE *out = open_memstream(&text, &text_length);

	for (size_t i = 0; i < length && (i == 0 || !err.text[0]); i += piece) {
		if (!calendar_feed(calendar, body + i, length - i < piece ? length - i : piece, &err)) {
			break;
		}
	}
	if (!err.text[0] && (result = calendar_finish(calendar, &err))) {
		answer_print_json(out, result, with_description);
		answer_print_counts(out, result);
	} else {
		fprintf(out, "refused: %s", err.text);
	}
	fclose(out);
	calendar_destroy(calendar);
	zone_destroy(zone);
	return text;
}

/* In pieces that divide everything, and at once. */
static char *read_body(const char *body, size_t length, bool with_description)
{
	char *answer = read_in_pieces(body, length, 7, with_description);
	char *at_once = read_in_pieces(body, length, length, with_description);

	assert_string_equal(at_once, answer);
	free(at_once);
	return answer;
}

static void check_members(const char *name, const char *answer, const char *const members[4])
{
	const char *at = answer;

	for (size_t i = 0; i < 4 && members[i]; i++) {
		at = strstr(at, members[i]);
		if (!at) {
			fail_msg("%s: no %s in %s", name, members[i], answer);
		}
	}
}

static void check_texts(const struct text_case *cases, size_t count, bool with_description)
{
	for (size_t i = 0; i < count; i++) {
		char body[2000], *answer;
		int length = snprintf(body, sizeof(body),
				      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\n" NINE "%s\nEND:VEVENT\nEND:VCALENDAR\n",
				      cases[i].lines);

		assert_true(length > 0 && (size_t)length < sizeof(body));
		answer = read_body(body, (size_t)length, with_description);
		check_members(cases[i].name, answer, cases[i].members);
		free(answer);
	}
}

#define UNFOLDED                                                                                                       \
	"SUMMARY:Anna Berg – Kontorsplats 5\nLOCATION:Kontorsplats 5\nDESCRIPTION:Hej\n"                               \
	"Location: Kontorsplats 2 is taken\nSummary: see below\n"
#define STILL_ANNA {"\"uid\":\"a\"", "\"start\":\"2026-11-02T08", "Anna Berg – Kontorsplats 5", "\"Kontorsplats 5\""}

static const struct text_case first_cases[] = {
	{"texts", UNFOLDED, STILL_ANNA},
	{"times", UNFOLDED "Dtstart: 20261105T090000\nDTSTART:20261106T090000\nDuration: 2 h", STILL_ANNA},
	{"identity", UNFOLDED "Uid: 17\nRecurrence-Id: \nSequence: one", STILL_ANNA},
	{"with more of it in folds", UNFOLDED "Location: x\n y\n z\nUID;X=1:other\n wise", STILL_ANNA},
	{"states",
	 "STATUS:CONFIRMED\nStatus: cancelled\nCLASS:PUBLIC\nClass: private\nTRANSP:OPAQUE\nTRANSP:TRANSPARENT",
	 {"\"status\":\"CONFIRMED\"", "\"class\":\"PUBLIC\"", "\"busy\":\"BUSY\""}},
	{"persons and addresses",
	 "ORGANIZER;CN=Anna:mailto:a\nOrganizer: Nils\nORGANIZER;CN=Nils:mailto:n\nURL:https://a/\nUrl: https://b/",
	 {"\"organizer\":\"Anna\"", "\"url\":\"https://a/\""}},
	{"Microsoft's own",
	 "X-MICROSOFT-CDO-BUSYSTATUS:OOF\nX-MICROSOFT-CDO-BUSYSTATUS:FREE\n"
	 "X-MICROSOFT-SKYPETEAMSMEETINGURL:https://a/\nX-MICROSOFT-SKYPETEAMSMEETINGURL:https://b/",
	 {"\"busy\":\"OOF\"", "\"url\":\"https://a/\""}},
	{"the first, even where it is empty", "LOCATION:\nLOCATION:Kontorsplats 2", {"\"location\":\"\""}},
	{"what may come more than once",
	 "RESOURCES:A\nRESOURCES:B\nATTENDEE;CUTYPE=ROOM;CN=C:mailto:c\nATTENDEE;CUTYPE=ROOM;CN=D:mailto:d",
	 {"\"resources\":\"A, B, C, D\""}},
};

static void the_first_of_a_single_property_wins(void **state)
{
	(void)state;
	check_texts(first_cases, sizeof(first_cases) / sizeof(first_cases[0]), false);
	check_texts(first_cases, sizeof(first_cases) / sizeof(first_cases[0]), true);
}

#define ROOM(kind, answer, name) "ATTENDEE;" kind ";PARTSTAT=" answer ";CN=" name ":mailto:r@b\n"
#define HELD(location, resources, busy)                                                                                \
	{"\"location\":\"" location "\"", "\"busy\":\"" busy "\"", "\"resources\":\"" resources "\""}

static const struct text_case room_cases[] = {
	{"the only room has declined", "LOCATION:Rum 1\n" ROOM("CUTYPE=ROOM", "DECLINED", "Rum 1"),
	 HELD("", "", "FREE")},
	{"the only thing", ROOM("CUTYPE=RESOURCE", "DECLINED", "Kontorsplats 5") "LOCATION:Kontorsplats 5",
	 HELD("", "", "FREE")},
	{"small letters", "LOCATION:rum 1\n" ROOM("cutype=room", "declined", "Rum 1"), HELD("", "", "FREE")},
	{"Microsoft's word for how busy it is does not hold it",
	 "LOCATION:Rum 1\nX-MICROSOFT-CDO-BUSYSTATUS:BUSY\n" ROOM("CUTYPE=ROOM", "DECLINED", "Rum 1"),
	 HELD("", "", "FREE")},
	{"it has accepted", "LOCATION:Rum 1\n" ROOM("CUTYPE=ROOM", "ACCEPTED", "Rum 1"),
	 HELD("Rum 1", "Rum 1", "BUSY")},
	{"it has not answered", "LOCATION:Rum 1\n" ROOM("CUTYPE=ROOM", "NEEDS-ACTION", "Rum 1"),
	 HELD("Rum 1", "Rum 1", "BUSY")},
	{"one of two has declined",
	 "LOCATION:Rum 1; Rum 10\n" ROOM("CUTYPE=ROOM", "DECLINED", "Rum 1") ROOM("CUTYPE=ROOM", "ACCEPTED", "Rum 10"),
	 HELD("Rum 10", "Rum 10", "BUSY")},
	{"both have",
	 "LOCATION:Rum 1\\, Rum 2\n" ROOM("CUTYPE=ROOM", "DECLINED", "Rum 1") ROOM("CUTYPE=ROOM", "DECLINED", "Rum 2"),
	 HELD("", "", "FREE")},
	{"a room has declined, a projector has not",
	 "LOCATION:Rum 1\n" ROOM("CUTYPE=ROOM", "DECLINED", "Rum 1") ROOM("CUTYPE=RESOURCE", "ACCEPTED", "Projektor"),
	 HELD("", "Projektor", "BUSY")},
	{"a projector has declined, and the desk is none",
	 "LOCATION:Kontorsplats 5\n" ROOM("CUTYPE=RESOURCE", "DECLINED", "Projektor"),
	 HELD("Kontorsplats 5", "", "BUSY")},
	{"a thing has declined that LOCATION calls by a shorter name",
	 "LOCATION:Plats 5\n" ROOM("CUTYPE=RESOURCE", "DECLINED", "Kontorsplats 5"), HELD("", "", "FREE")},
	{"its name stands in RESOURCES, too", "RESOURCES:Rum 1\n" ROOM("CUTYPE=ROOM", "DECLINED", "Rum 1"),
	 HELD("", "", "FREE")},
	{"LOCATION says more than its name", "LOCATION:Rum 1 (plan 3)\n" ROOM("CUTYPE=ROOM", "DECLINED", "Rum 1"),
	 HELD("", "", "FREE")},
	{"LOCATION says less", "LOCATION:Rum 1\n" ROOM("CUTYPE=ROOM", "DECLINED", "Rum-Rum 1 (8)"),
	 HELD("", "", "FREE")},
	{"a place that is no room stays", "LOCATION:Stadshuset\n" ROOM("CUTYPE=ROOM", "DECLINED", "Rum 1"),
	 HELD("Stadshuset", "", "FREE")},
	{"a room by its role", "LOCATION:Rum 1\n" ROOM("ROLE=NON-PARTICIPANT", "DECLINED", "Rum 1"),
	 HELD("", "", "FREE")},
	{"a room by its role that has accepted, beside one that has not",
	 "LOCATION:Rum 1; Rum 2\n" ROOM("ROLE=NON-PARTICIPANT", "ACCEPTED", "Rum 1")
		 ROOM("CUTYPE=ROOM", "DECLINED", "Rum 2"),
	 HELD("Rum 1", "", "BUSY")},
	{"a person who is only informed, and whose name is not given out",
	 "LOCATION:Rum 1\n" ROOM("ROLE=NON-PARTICIPANT", "DECLINED", "Anna Berg"), HELD("Rum 1", "", "BUSY")},
	{"a person who has declined", "LOCATION:Rum 1\n" ROOM("CUTYPE=INDIVIDUAL", "DECLINED", "Rum 1"),
	 HELD("Rum 1", "", "BUSY")},
	{"a room without a name", "LOCATION:Rum 1\nATTENDEE;CUTYPE=ROOM;PARTSTAT=DECLINED:mailto:r@b",
	 HELD("Rum 1", "", "FREE")},
};

static void a_room_that_has_declined(void **state)
{
	(void)state;
	check_texts(room_cases, sizeof(room_cases) / sizeof(room_cases[0]), false);
}

#define QP "ENCODING=QUOTED-PRINTABLE"

static const struct text_case spelling_cases[] = {
	{"QUOTED-PRINTABLE", "SUMMARY;" QP ":M=C3=B6te", {"\"summary\":\"Möte\""}},
	{"with CHARSET", "SUMMARY;CHARSET=UTF-8;" QP ":M=C3=B6te", {"\"summary\":\"Möte\""}},
	{"in Latin-1", "SUMMARY;" QP ";CHARSET=ISO-8859-1:M=F6te", {"\"summary\":\"Möte\""}},
	{"without the parameter's name", "SUMMARY;QUOTED-PRINTABLE:M=c3=b6te", {"\"summary\":\"Möte\""}},
	{"a soft break", "SUMMARY;" QP ":M=C3=\n=B6te i=\n morgon", {"\"summary\":\"Möte imorgon\""}},
	{"a soft break in a folded line",
	 "SUMMARY;" QP ":Ett m=C3=\n =B6te i\n  da=\n\tg",
	 {"\"summary\":\"Ett möte i dag\""}},
	{"a soft break within a code's bytes, then another property",
	 "SUMMARY;" QP ":a=\nb=\nc\nLOCATION:d",
	 {"\"summary\":\"abc\"", "\"location\":\"d\""}},
	{"lines", "SUMMARY;" QP ":a=0D=0Ab=0Ac", {"\"summary\":\"a\\nb\\nc\""}},
	{"no code", "SUMMARY;" QP ":1+1=2 =XY =", {"\"summary\":\"1+1=2 =XY"}},
	{"what goes on looks like a property",
	 "DESCRIPTION;" QP ":a=\nSUMMARY:b=\nLOCATION:c\nSUMMARY:d",
	 {"\"summary\":\"d\"", "\"location\":\"\""}},
	{"nothing swallows the end", "DESCRIPTION;" QP ":a=", {"\"uid\":\"a\""}},
	{"an equals sign at the end of any other line", "URL:https://a/?b=\nSUMMARY:c", {"\"summary\":\"c\"", "?b=\""}},
	{"Windows-1252", "SUMMARY:\x93M\xF6te\x94 \x96 5 \x80", {"\"summary\":\"“Möte” – 5 €\""}},
	{"Latin-1 at the end", "SUMMARY:Bes\xF6k p\xE5 kaf\xE9", {"\"summary\":\"Besök på kafé\""}},
	{"Latin-1 in one line, UTF-8 in the other",
	 "SUMMARY:M\xF6te\nLOCATION:Möte",
	 {"\"summary\":\"Möte\"", "\"location\":\"Möte\""}},
	{"Latin-1 in a name", "ORGANIZER;CN=\xC5sa:mailto:a", {"\"organizer\":\"Åsa\""}},
	{"UTF-8 that was cut", "SUMMARY:Plats \xE2\x82", {"\"summary\":\"Plats \xEF\xBF\xBD"}},
	{"NFD",
	 "SUMMARY:Mo\xCC\x88te\nLOCATION:A\xCC\x8Are\nORGANIZER;CN=A\xCC\x8Asa:mailto:a",
	 {"\"summary\":\"Möte\"", "\"location\":\"Åre\"", "\"organizer\":\"Åsa\""}},
	{"an ångström is an å", "LOCATION:\xE2\x84\xABre", {"\"location\":\"Åre\""}},
	{"NFD in a room's name, and a declined one",
	 "LOCATION:O\xCC\x88\nATTENDEE;CUTYPE=ROOM;PARTSTAT=DECLINED;CN=Ö:mailto:o",
	 {"\"location\":\"\"", "FREE"}},
	{"an escape too many",
	 "SUMMARY:10\\:30 a\\/b \\(c\\) \\#1\\, \\; \\\\ \\n d\nURL:https\\://a.b\\/c",
	 {"\"summary\":\"10:30 a/b (c) #1, ; \\\\ \\n d\"", "\"url\":\"https://a.b/c\""}},
	{"a backslash that is meant", "SUMMARY:C:\\temp\\_x", {"\"summary\":\"C:\\\\temp\\\\_x\""}},
	{"empty parameters",
	 "SUMMARY;VALUE=:a\nLOCATION;LANGUAGE=;VALUE=:b\nDTEND;VALUE=;TZID=:20261102T110000\nORGANIZER;CN=;VALUE=:"
	 "mailto:a",
	 {"\"end\":\"2026-11-02T10:00:00Z\"", "\"summary\":\"a\"", "\"location\":\"b\""}},
	{"parameters that are none",
	 "SUMMARY;;X:a\nLOCATION;=:b\nSTATUS;VALUE=:TENTATIVE",
	 {"\"summary\":\"a\"", "\"location\":\"b\"", "TENTATIVE"}},
	{"a very long fold", "SUMMARY:a\n\n b", {"\"summary\":\"ab\""}},
};

static void texts_in_every_spelling(void **state)
{
	(void)state;
	check_texts(spelling_cases, sizeof(spelling_cases) / sizeof(spelling_cases[0]), false);
}

/* The lines of one event, and those of the next; the scanner expects the next to be like the one before. */
static const struct {
	const char *name, *first, *second;
	const char *members[4]; /* of the second */
} repeated_cases[] = {
	{"the same lines",
	 "LOCATION:Rum\nSTATUS:TENTATIVE\n",
	 "LOCATION:Rum\nSTATUS:TENTATIVE\n",
	 {"\"location\":\"Rum\"", "TENTATIVE"}},
	{"folded this time",
	 "LOCATION:Rum\nCLASS:PRIVATE\n",
	 "LOCATION:Rum\n 2\nCLASS:PRIVATE\n",
	 {"\"location\":\"Rum2\"", "PRIVATE"}},
	{"folded behind an empty line",
	 "LOCATION:Rum\nCLASS:PRIVATE\n",
	 "LOCATION:Rum\r\n\r\n\t2\nCLASS:PRIVATE\n",
	 {"\"location\":\"Rum2\"", "PRIVATE"}},
	{"not folded this time",
	 "LOCATION:Rum\n 2\nCLASS:PRIVATE\n",
	 "LOCATION:Rum\nCLASS:PRIVATE\n",
	 {"\"location\":\"Rum\"", "PRIVATE"}},
	{"another value",
	 "LOCATION:Rum\nCLASS:PRIVATE\n",
	 "LOCATION:Rum 2\nCLASS:PUBLIC\n",
	 {"\"location\":\"Rum 2\"", "PUBLIC"}},
	{"another name that begins alike",
	 "URL:https://a.se/\n",
	 "URLS:https://a.se/\nURL:https://b.se/\n",
	 {"\"url\":\"https://b.se/\""}},
	{"in small letters this time", "LOCATION:Rum\n", "location:Rum 2\n", {"\"location\":\"Rum 2\""}},
	{"a line is missing",
	 "LOCATION:Rum\nCLASS:PRIVATE\nSTATUS:TENTATIVE\n",
	 "LOCATION:Rum\nSTATUS:TENTATIVE\n",
	 {"\"location\":\"Rum\"", "TENTATIVE", "PUBLIC"}},
	{"two lines are missing",
	 "LOCATION:Rum\nCLASS:PRIVATE\nSTATUS:TENTATIVE\n",
	 "STATUS:TENTATIVE\n",
	 {"\"location\":\"\"", "TENTATIVE", "PUBLIC"}},
	{"a line is new",
	 "LOCATION:Rum\nSTATUS:TENTATIVE\n",
	 "LOCATION:Rum\nCLASS:PRIVATE\nSTATUS:TENTATIVE\n",
	 {"\"location\":\"Rum\"", "TENTATIVE", "PRIVATE"}},
	{"in another order",
	 "LOCATION:Rum\nCLASS:PRIVATE\n",
	 "CLASS:PRIVATE\nLOCATION:Rum\n",
	 {"\"location\":\"Rum\"", "PRIVATE"}},
	{"the second of a single property is now the first",
	 "LOCATION:A\nLOCATION:B\n",
	 "LOCATION:B\n",
	 {"\"location\":\"B\""}},
	{"what nobody wants goes on",
	 "X-A:1\nLOCATION:Rum\n",
	 "X-A:1\n LOCATION:A\nLOCATION:Rum\n",
	 {"\"location\":\"Rum\""}},
	{"a soft break, again",
	 "LOCATION;ENCODING=QUOTED-PRINTABLE:a=\nb\n",
	 "LOCATION;ENCODING=QUOTED-PRINTABLE:a=\nb\n",
	 {"\"location\":\"ab\""}},
	{"a zone without quotation marks, again",
	 "RDATE;TZID=tzone://Microsoft/Utc:20261103T110000\n",
	 "RDATE;TZID=tzone://Microsoft/Utc:20261103T110000\n",
	 {"2026-11-03T11:00:00Z"}},
};

static void lines_as_in_the_event_before(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(repeated_cases) / sizeof(repeated_cases[0]); i++) {
		char body[2000], *answer, *second;
		const char *first_lines = repeated_cases[i].first;
		int length = snprintf(body, sizeof(body),
				      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\n" NINE
				      "%sEND:VEVENT\nBEGIN:VEVENT\nUID:a2\n" NINE
				      "%sEND:VEVENT\nBEGIN:VEVENT\nUID:b\n" NINE "%sEND:VEVENT\nEND:VCALENDAR\n",
				      first_lines, first_lines, repeated_cases[i].second);

		assert_true(length > 0 && (size_t)length < sizeof(body));
		answer = read_body(body, (size_t)length, false);
		second = strstr(answer, "\"uid\":\"b\"");
		assert_non_null(second);
		check_members(repeated_cases[i].name, second, repeated_cases[i].members);
		free(answer);
	}
}

static const char plain_body[] =
	"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:20261102T080000Z\r\n"
	"SUMMARY:Möte 👩 på\r\n  Åre\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

static size_t put_unit(char *out, unsigned unit, bool big)
{
	out[big] = (char)(unit & 0xFF);
	out[!big] = (char)(unit >> 8);
	return 2;
}

/* Knows as much of UTF-8 as the body needs. */
static size_t to_utf16(const char *text, bool big, bool marked, char *out)
{
	size_t used = marked ? put_unit(out, 0xFEFF, big) : 0;

	for (const unsigned char *at = (const unsigned char *)text; *at;) {
		if (*at < 0x80) {
			used += put_unit(out + used, *at++, big);
		} else if (*at < 0xE0) {
			used += put_unit(out + used, (unsigned)(at[0] & 0x1F) << 6 | (at[1] & 0x3F), big);
			at += 2;
		} else {
			unsigned code = (unsigned)(at[1] & 0x3F) << 12 | (unsigned)(at[2] & 0x3F) << 6 | (at[3] & 0x3F);

			code += (unsigned)(at[0] & 7) << 18;
			used += put_unit(out + used, 0xD800 + ((code - 0x10000) >> 10), big);
			used += put_unit(out + used, 0xDC00 + (code & 0x3FF), big);
			at += 4;
		}
	}
	return used;
}

static void expect_plain_answer(const char *name, const char *body, size_t length)
{
	static const char *const members[4] = {"\"summary\":\"Möte 👩 på Åre\"", "\"skipped\":{}"};
	char *answer = read_body(body, length, false);

	check_members(name, answer, members);
	free(answer);
}

/* The body with other line ends. */
static void with_ends(const char *end, char *out)
{
	for (const char *at = plain_body; *at; at++) {
		if (*at == '\r') {
			out = stpcpy(out, end);
		} else if (*at != '\n') {
			*out++ = *at;
		}
	}
	*out = '\0';
}

static void bodies_in_every_encoding(void **state)
{
	static const char *const ends[] = {"\r\n", "\n", "\r", "\r\r\n"};
	char text[400], wide[900];

	(void)state;
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		with_ends(ends[i], text);
		expect_plain_answer("UTF-8", text, strlen(text));
		for (int form = 0; form < 4; form++) {
			expect_plain_answer("UTF-16", wide, to_utf16(text, form & 1, form & 2, wide));
		}
	}
	with_ends("\r", text);
	text[strlen(text) - 1] = '\0'; /* no end of the last line */
	expect_plain_answer("CR between lines", text, strlen(text));
}

static void halves_of_utf16_pairs(void **state)
{
	static const unsigned halves[] = {0xD83D, 'x', 0xDC69, 0xD83D, 0xD83D, 0xDC69};
	static const char *const members[4] = {"\"summary\":\"\xEF\xBF\xBDx\xEF\xBF\xBD\xEF\xBF\xBD👩\""};
	char wide[900], *answer;
	size_t used = to_utf16("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261102T080000Z\nSUMMARY:", false, true, wide);

	(void)state;
	for (size_t i = 0; i < sizeof(halves) / sizeof(halves[0]); i++) {
		used += put_unit(wide + used, halves[i], false);
	}
	used += to_utf16("\nEND:VEVENT\nEND:VCALENDAR\n", false, false, wide + used);
	wide[used++] = 'x'; /* half a unit at the end */
	answer = read_body(wide, used, false);
	check_members("halves", answer, members);
	free(answer);
}

#define ODD_ZONE                                                                                                       \
	"BEGIN:VTIMEZONE\nTZID:Odd\nBEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:+0500\nTZOFFSETTO:+0500\n"   \
	"END:STANDARD\nEND:VTIMEZONE\n"
#define ODD_EVENT "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART;TZID=Odd:20261102T090000\nEND:VEVENT\nEND:VCALENDAR\n"
#define FREEBUSY(lines)                                                                                                \
	"BEGIN:VCALENDAR\nBEGIN:VFREEBUSY\nDTSTART:20261101T000000Z\n" lines "END:VFREEBUSY\nEND:VCALENDAR\n"

static const struct {
	const char *name, *body;
	const char *members[4];
} body_cases[] = {
	{"a definition before the calendar", ODD_ZONE ODD_EVENT, {"T04:00:00Z", "\"assumed\":{}"}},
	{"behind it", ODD_EVENT ODD_ZONE, {"T04:00:00Z", "\"assumed\":{}"}},
	{"before two", ODD_ZONE "BEGIN:VCALENDAR\nEND:VCALENDAR\n" ODD_EVENT, {"T04:00:00Z", "\"assumed\":{}"}},
	{"busy periods",
	 FREEBUSY("UID:f\nFREEBUSY;FBTYPE=BUSY:20261102T080000Z/PT1H,20261102T100000Z/20261102T113000Z\n"
		  "FREEBUSY:20261103T080000Z/P1D\n"),
	 {"{\"uid\":\"f\",\"recurrence_id\":\"2026-11-02T08:00:00Z\",\"start\":\"2026-11-02T08:00:00Z\","
	  "\"end\":\"2026-11-02T09:00:00Z\",\"all_day\":false,\"summary\":\"\",\"location\":\"\","
	  "\"status\":\"CONFIRMED\",\"class\":\"PUBLIC\",\"busy\":\"BUSY\"",
	  "\"end\":\"2026-11-02T11:30:00Z\"", "\"end\":\"2026-11-04T08:00:00Z\"",
	  "\"events\":1,\"occurrences\":3,\"skipped\":{}"}},
	{"what kind of busy",
	 FREEBUSY("FREEBUSY;FBTYPE=FREE:20261102T080000Z/PT1H\nFREEBUSY;FBTYPE=BUSY-TENTATIVE:20261103T080000Z/PT1H\n"
		  "FREEBUSY;FBTYPE=BUSY-UNAVAILABLE:20261104T080000Z/PT1H\nfreebusy;fbtype=x-mine:20261105T080000z/"
		  "pt1h\n"),
	 {"\"start\":\"2026-11-03T08", "\"busy\":\"TENTATIVE\"", "\"busy\":\"BUSY\"", "\"occurrences\":3,"}},
	{"no name for anybody",
	 FREEBUSY("ORGANIZER;CN=Anna:mailto:a\nSUMMARY:Anna\nFREEBUSY:20261102T080000Z/PT1H\n"),
	 {"\"summary\":\"\"", "\"organizer\":\"\"", "\"occurrences\":1,"}},
	{"the longest of those with one start",
	 FREEBUSY("FREEBUSY:20261102T080000Z/PT1H\nFREEBUSY:20261102T080000Z/PT3H,20261102T080000Z/PT2H\n"),
	 {"T11:00:00Z", "\"occurrences\":1,"}},
	{"periods outside the window",
	 FREEBUSY("FREEBUSY:20260102T080000Z/PT1H\nFREEBUSY:20270102T080000Z/PT1H\n"),
	 {"\"occurrences\":0,\"skipped\":{}"}},
	{"periods that cannot be read",
	 FREEBUSY("FREEBUSY:soon,20261102T080000Z/PT1H,20261103T080000Z,20261104T080000Z/-PT1H\nFREEBUSY:\n"),
	 {"\"occurrences\":1,\"skipped\":{\"bad-date\":1}"}},
	{"periods in folds, with a zone",
	 FREEBUSY("FREEBUSY;TZID=Europe/Stockholm:20261102T090000/PT\n 1H, 20261103T090000 / x,\n "
		  "20261104T090000/PT1H\n"),
	 {"\"start\":\"2026-11-02T08:00:00Z\"", "\"start\":\"2026-11-04T08:00:00Z\"", "bad-date"}},
	{"only busy periods have FREEBUSY",
	 "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261102T080000Z\nFREEBUSY:20261103T080000Z/PT1H\nEND:VEVENT\n"
	 "END:VCALENDAR\n",
	 {"\"occurrences\":1,\"skipped\":{}"}},
};

static void bodies_of_other_makers(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(body_cases) / sizeof(body_cases[0]); i++) {
		char *answer = read_body(body_cases[i].body, strlen(body_cases[i].body), false);

		check_members(body_cases[i].name, answer, body_cases[i].members);
		free(answer);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_of_a_single_property_wins),
		cmocka_unit_test(a_room_that_has_declined),
		cmocka_unit_test(texts_in_every_spelling),
		cmocka_unit_test(lines_as_in_the_event_before),
		cmocka_unit_test(bodies_in_every_encoding),
		cmocka_unit_test(halves_of_utf16_pairs),
		cmocka_unit_test(bodies_of_other_makers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
