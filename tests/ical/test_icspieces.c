/* Memory runs out at the first piece that the reader asks its pool for, the second, the third …, once and for good: it
 * says so, or its answer is the whole one, byte by byte. Blocks (test_icsmemory) would hide most pieces. Also what a
 * meeting's address is taken from. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ical/answer.h"
#include "ical/calendar.h"
#include "ical/civil.h"
#include "ical/pool.h"

void *__real_pool_alloc(struct pool *pool, size_t bytes);
char *__real_pool_copy(struct pool *pool, const char *text, size_t length);
void *__wrap_pool_alloc(struct pool *pool, size_t bytes);
char *__wrap_pool_copy(struct pool *pool, const char *text, size_t length);

enum { PIECES_MAX = 100000 };

static struct {
	long n, seen, struck;
	bool is_armed, for_good;
} pieces;

static bool strikes(void)
{
	if (!pieces.is_armed) {
		return false;
	}
	pieces.seen++;
	bool strike = pieces.for_good ? pieces.seen >= pieces.n : pieces.seen == pieces.n;
	pieces.struck += strike;
	return strike;
}

void *__wrap_pool_alloc(struct pool *pool, size_t bytes)
{
	return strikes() ? NULL : __real_pool_alloc(pool, bytes);
}

char *__wrap_pool_copy(struct pool *pool, const char *text, size_t length)
{
	return strikes() ? NULL : __real_pool_copy(pool, text, length);
}

static const char everything[] =
	"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-TIMEZONE:Europe/Stockholm\r\n"
	"BEGIN:VTIMEZONE\r\nTZID:Office\r\nBEGIN:STANDARD\r\nDTSTART:19701025T030000\r\nTZOFFSETFROM:+0200\r\n"
	"TZOFFSETTO:+0100\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\n"
	"BEGIN:DAYLIGHT\r\nDTSTART:19700329T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n"
	"RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n"
	"BEGIN:VEVENT\r\nUID:s\r\nDTSTART;TZID=Office:20261102T090000\r\nDURATION:PT90M\r\n"
	"RRULE:FREQ=DAILY;COUNT=9\r\nEXDATE;TZID=Office:20261103T090000\r\nRDATE;TZID=Office:20261120T090000\r\n"
	"SUMMARY:  A b  \r\nLOCATION:Plats 5\r\nORGANIZER;CN=\"Berg, Anna\":mailto:a@b.c\r\n"
	"ATTENDEE;CUTYPE=ROOM;CN=Rum 1:mailto:r@b.c\r\nRESOURCES:Projektor,Tavla\r\nURL:https://example.org/a\r\n"
	"DESCRIPTION:about it\r\nEND:VEVENT\r\n"
	"BEGIN:VEVENT\r\nUID:s\r\nRECURRENCE-ID;TZID=Office:20261105T090000\r\nSEQUENCE:1\r\n"
	"DTSTART;TZID=Office:20261105T130000\r\nDURATION:PT30M\r\nSUMMARY:Moved\r\nEND:VEVENT\r\n"
	"BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261110\r\nSUMMARY:Without a UID\r\nEND:VEVENT\r\n"
	"END:VCALENDAR\r\n";

/* The answer as JSON lines; NULL: it was said that there is none. */
static char *read_body(const struct zone *office, const char *body, size_t length)
{
	struct calendar_request request = {.office = office,
					   .from_local_s = (int64_t)civil_day(2026, 11, 1) * DAY_S,
					   .to_local_s = (int64_t)civil_day(2026, 12, 1) * DAY_S,
					   .want_description = true};
	struct err err = {""};
	struct calendar *calendar = calendar_create(&request);
	bool ok = calendar && calendar_feed(calendar, body, length, &err);
	const struct calendar_result *result = ok ? calendar_finish(calendar, &err) : NULL;
	pieces.is_armed = false;
	char *text = NULL;
	size_t size = 0;
	if (result) {
		FILE *out = open_memstream(&text, &size);
		assert_non_null(out);
		answer_print_json(out, result, true);
		assert_int_equal(fclose(out), 0);
	} else if (calendar) {
		assert_non_null(strstr(err.text, "memory"));
	}
	calendar_destroy(calendar);
	return text;
}

static void each_piece_fails(const char *name, const char *body, size_t length)
{
	struct zone *office = zone_create("Europe/Stockholm", NULL);
	assert_non_null(office);
	char *whole = read_body(office, body, length);
	assert_non_null(whole);
	long tried = 0, refused = 0;
	for (int mode = 0; mode < 2; mode++) {
		bool is_struck = true;
		for (long n = 1; is_struck; n++, tried++) {
			assert_true(n < PIECES_MAX);
			pieces.n = n;
			pieces.seen = pieces.struck = 0;
			pieces.is_armed = true;
			pieces.for_good = mode == 1;
			char *answer = read_body(office, body, length);
			is_struck = pieces.struck > 0;
			refused += answer == NULL;
			if (answer && strcmp(answer, whole) != 0) {
				fail_msg("%s: piece %ld%s:\n%sinstead of\n%s", name, n, mode ? " for good" : "", answer,
					 whole);
			}
			free(answer);
		}
	}
	print_message("%s: %ld tried, %ld refused\n", name, tried, refused);
	assert_true(refused > 0 && refused < tried);
	free(whole);
	zone_destroy(office);
}

static void test_everything(void **state)
{
	(void)state;
	each_piece_fails("everything", everything, sizeof(everything) - 1);
}

static void test_demo(void **state)
{
	(void)state;
	static const char *const names[] = {"desks.ics", "council.ics", "room.ics"};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char path[512];
		snprintf(path, sizeof(path), KIOSK_SOURCE_DIR "/assets/demo/%s", names[i]);
		FILE *file = fopen(path, "rb");
		char *body = malloc(1 << 20);
		assert_true(file && body);
		size_t length = fread(body, 1, 1 << 20, file);
		fclose(file);
		each_piece_fails(names[i], body, length);
		free(body);
	}
}

/* Of several addresses the one that lets people in. */
static void test_addresses(void **state)
{
	(void)state;
	static const struct {
		const char *lines, *url;
	} cases[] = {
		{"URL:https://a.example/", "https://a.example/"},
		{"X-GOOGLE-CONFERENCE:https://meet.example/g\r\nURL:https://a.example/", "https://meet.example/g"},
		{"URL:https://a.example/\r\nX-MICROSOFT-ONLINEMEETINGEXTERNALLINK:https://meet.example/m",
		 "https://meet.example/m"},
		{"X-MICROSOFT-SKYPETEAMSMEETINGURL:https://teams.example/t\r\nX-GOOGLE-CONFERENCE:https://meet.example/"
		 "g",
		 "https://teams.example/t"},
		{"X-SOMETHING-ELSE:https://a.example/", ""},
		{"SUMMARY:nothing", ""},
	};
	struct zone *office = zone_create("Europe/Stockholm", NULL);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char body[1024], expected[256];
		int length = snprintf(body, sizeof(body),
				      "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:a\r\n"
				      "DTSTART:20261110T090000Z\r\n%s\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
				      cases[i].lines);
		snprintf(expected, sizeof(expected), "\"url\":\"%s\"", cases[i].url);
		char *answer = read_body(office, body, (size_t)length);
		assert_non_null(answer);
		if (!strstr(answer, expected)) {
			fail_msg("%s: %s", cases[i].lines, answer);
		}
		free(answer);
	}
	zone_destroy(office);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_everything),
		cmocka_unit_test(test_demo),
		cmocka_unit_test(test_addresses),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
