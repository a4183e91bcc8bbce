/* Each cap of icslimits.h at its edge: a calendar that just fits is read, and one that does not is reported with the
 * reason. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ical/calendar.h"
#include "ical/civil.h"
#include "ical/icslimits.h"

#define EVENT "BEGIN:VEVENT\nUID:a\nDTSTART:20261102T090000\n"

struct body {
	char *bytes;
	size_t length;
	FILE *stream;
};

static FILE *begin(struct body *body)
{
	body->stream = open_memstream(&body->bytes, &body->length);
	assert_non_null(body->stream);
	fputs("BEGIN:VCALENDAR\n", body->stream);
	return body->stream;
}

static void repeat(FILE *out, const char *text, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		fputs(text, out);
	}
}

struct outcome {
	size_t hits;
	char reason[40]; /* the first of the skipped, else of the assumed; "refused"; "" */
	uint32_t count;
};

static struct outcome finish(struct body *body)
{
	struct zone *zone = zone_create("UTC", NULL);
	struct calendar_request request = {
		.office = zone,
		.from_local_s = civil_day(2026, 11, 1) * (int64_t)DAY_S,
		.to_local_s = civil_day(2026, 12, 1) * (int64_t)DAY_S,
		.want_description = true,
	};
	struct calendar *calendar = calendar_create(&request);
	const struct calendar_result *result = NULL;
	struct outcome outcome = {.reason = "refused"};
	struct err err;

	fputs("END:VCALENDAR\n", body->stream);
	fclose(body->stream);
	if (calendar_feed(calendar, body->bytes, body->length, &err)) {
		result = calendar_finish(calendar, &err);
	}
	if (result) {
		const struct tally *tally = result->skipped.count ? &result->skipped : &result->assumed;

		outcome.hits = result->hits.count;
		snprintf(outcome.reason, sizeof(outcome.reason), "%s", tally->count ? tally->items[0].reason : "");
		outcome.count = tally->count ? tally->items[0].count : 0;
	}
	calendar_destroy(calendar);
	zone_destroy(zone);
	free(body->bytes);
	return outcome;
}

static void expect(struct body *body, size_t hits, const char *reason)
{
	struct outcome outcome = finish(body);

	assert_string_equal(outcome.reason, reason);
	assert_int_equal(outcome.hits, hits);
}

static void depth(void **state)
{
	(void)state;
	for (int extra = 0; extra < 2; extra++) {
		struct body body;
		FILE *out = begin(&body);

		repeat(out, "BEGIN:X-DEEP\n", (size_t)(ICS_DEPTH_MAX - 1 + extra));
		repeat(out, "END:X-DEEP\n", (size_t)(ICS_DEPTH_MAX - 1 + extra));
		fputs(EVENT "END:VEVENT\n", out);
		expect(&body, extra ? 0 : 1, extra ? "refused" : "");
	}
}

/* A line that is too long costs the event only where its time would not be certain without it. */
static void line_length(void **state)
{
	static const struct {
		const char *name;
		bool is_needed;
	} rows[] = {{"COMMENT:", false},     {"ATTACH;VALUE=BINARY:", false},
		    {"SUMMARY:", false},     {"DESCRIPTION:", false},
		    {"ATTENDEE:", false},    {"URL:https://", false},
		    {"DTSTART:", false},     {"DTEND:", true},
		    {"RRULE:X-A=", true},    {"EXDATE:20261109T090000,", true},
		    {"SUMMARY:a\n ", false}, {"EXDATE:20261109T090000\n ", true}};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct body body;
		FILE *out = begin(&body);

		fprintf(out, EVENT "%s", rows[i].name);
		repeat(out, "x", ICS_LINE_MAX + 1);
		fputs("\nEND:VEVENT\n", out);
		expect(&body, rows[i].is_needed ? 0 : 1, rows[i].is_needed ? "line-too-long" : "");
	}
}

static void the_longest_line(void **state)
{
	(void)state;
	for (size_t extra = 0; extra < 2; extra++) {
		struct body body;
		FILE *out = begin(&body);

		fputs(EVENT "EXDATE:20261109T090000", out);
		repeat(out, " ", ICS_LINE_MAX - strlen("EXDATE:20261109T090000") + extra);
		fputs("\nEND:VEVENT\n", out);
		expect(&body, extra ? 0 : 1, extra ? "line-too-long" : "");
	}
}

static void long_lines_outside_events_are_passed_over(void **state)
{
	struct body body;
	FILE *out = begin(&body);

	(void)state;
	fputs("X-LONG:", out);
	repeat(out, "0123456789abcdef", (2 << 20) / 16);
	fputs("\n" EVENT "END:VEVENT\n", out);
	expect(&body, 1, "");
}

static void event_text(void **state)
{
	(void)state;
	for (size_t folds = 3; folds < 6; folds += 2) { /* of 60 KiB: 180 KiB fit, 300 KiB do not */
		struct body body;
		FILE *out = begin(&body);

		fputs(EVENT "EXDATE:20261109T090000", out);
		for (size_t i = 0; i < folds; i++) {
			fputs("\n ", out);
			repeat(out, "               ,", (60 << 10) / 16);
		}
		fputs("\nEND:VEVENT\n", out);
		expect(&body, folds == 3 ? 1 : 0, folds == 3 ? "" : "too-large");
	}
}

/* However much text there is, the event's times are read. */
static void texts_of_an_event(void **state)
{
	struct body body;
	FILE *out = begin(&body);

	(void)state;
	fputs("BEGIN:VEVENT\nUID:a\nSUMMARY:a", out);
	for (size_t i = 0; i < 5; i++) {
		fputs("\n ", out);
		repeat(out, "0123456789abcde ", (60 << 10) / 16);
	}
	for (size_t i = 0; i < 2 * ICS_EVENT_OTHER_MAX / 1024; i++) {
		fputs("\nATTENDEE;CUTYPE=ROOM;CN=", out);
		repeat(out, "0123456789abcde ", 1024 / 16);
		fputs(":mailto:a@b", out);
	}
	fputs("\nDTSTART:20261102T090000\nEND:VEVENT\n", out);
	expect(&body, 1, "");
}

static void dates(const char *name, size_t max, size_t hits)
{
	for (size_t extra = 0; extra < 2; extra++) {
		struct body body;
		FILE *out = begin(&body);

		fputs(EVENT, out);
		for (size_t i = 0; i < max + extra; i++) {
			fprintf(out, "%s:202611%02zuT%02zu%02zu00\n", name, 3 + i / 1440, i / 60 % 24, i % 60);
		}
		fputs("END:VEVENT\n", out);
		expect(&body, hits, extra ? "too-many-dates" : "");
	}
}

static void rdates(void **state)
{
	(void)state;
	dates("RDATE", ICS_RDATES_MAX, 1 + ICS_RDATES_MAX);
}

static void exdates(void **state)
{
	(void)state;
	dates("EXDATE", ICS_EXDATES_MAX, 1);
}

static void rules(void **state)
{
	(void)state;
	for (size_t extra = 0; extra < 2; extra++) {
		struct body body;
		FILE *out = begin(&body);

		fputs(EVENT, out);
		repeat(out, "RRULE:FREQ=DAILY;COUNT=3\n", ICS_RULES_MAX + extra);
		fputs("END:VEVENT\n", out);
		expect(&body, 3, extra ? "too-many-rules" : "");
	}
}

static void occurrences_of_one_event(void **state)
{
	(void)state;
	for (int extra = 0; extra < 2; extra++) {
		struct body body;
		FILE *out = begin(&body);

		fprintf(out, EVENT "RRULE:FREQ=MINUTELY;COUNT=%d\nEND:VEVENT\n", ICS_EVENT_OCCURRENCES_MAX + extra);
		expect(&body, extra ? 1 : ICS_EVENT_OCCURRENCES_MAX, extra ? "too-many-occurrences" : "");
	}
}

static void periods_of_one_freebusy(void **state)
{
	(void)state;
	for (int extra = 0; extra < 2; extra++) {
		struct body body;
		FILE *out = begin(&body);

		fputs("BEGIN:VFREEBUSY\nUID:a\n", out);
		for (int i = 0; i < ICS_EVENT_OCCURRENCES_MAX + extra; i++) {
			fprintf(out, "FREEBUSY:202611%02dT%02d%02d00Z/PT1M\n", 2 + i / 1440, i / 60 % 24, i % 60);
		}
		fputs("END:VFREEBUSY\n", out);
		expect(&body, ICS_EVENT_OCCURRENCES_MAX, extra ? "too-many-occurrences" : "");
	}
}

static void definitions_outside(void **state)
{
	enum { EACH = 60 << 10, COUNT = ICS_ZONE_TEXTS_MAX / EACH + 2 };
	struct body body = {0};
	FILE *out;

	(void)state;
	body.stream = out = open_memstream(&body.bytes, &body.length);
	for (int i = 0; i < COUNT; i++) {
		fprintf(out, "BEGIN:VTIMEZONE\nTZID:Zone %d\nX-A:", i);
		repeat(out, "x", EACH - 20);
		fputs("\nBEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:+0500\nTZOFFSETTO:+0500\n"
		      "END:STANDARD\nEND:VTIMEZONE\n",
		      out);
	}
	fprintf(out,
		"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART;TZID=Zone 0:20261102T090000\nEND:VEVENT\n"
		"BEGIN:VEVENT\nUID:b\nDTSTART;TZID=Zone %d:20261102T090000\nEND:VEVENT\n",
		COUNT - 1);
	expect(&body, 2, "unknown-zone");
}

static void occurrences_of_all(void **state)
{
	struct body body;
	FILE *out = begin(&body);

	(void)state;
	for (int i = 0; i <= ICS_OCCURRENCES_MAX / 4000; i++) {
		fprintf(out,
			"BEGIN:VEVENT\nUID:%d\nDTSTART:20261102T090000\nRRULE:FREQ=MINUTELY;COUNT=4000\nEND:VEVENT\n",
			i);
	}
	expect(&body, ICS_OCCURRENCES_MAX, "output-full");
}

static void answer_text(void **state)
{
	enum { ANSWERS = ICS_OUTPUT_MAX / ICS_DESCRIPTION_MAX + 500 };
	struct body body;
	FILE *out = begin(&body);
	struct outcome outcome;

	(void)state;
	for (int i = 0; i < ANSWERS; i++) {
		fprintf(out, "BEGIN:VEVENT\nUID:%d\nDTSTART:20261102T090000\nDESCRIPTION:", i);
		repeat(out, "0123456789abcde ", ICS_DESCRIPTION_MAX / 16);
		fputs("\nEND:VEVENT\n", out);
	}
	outcome = finish(&body);
	assert_string_equal(outcome.reason, "output-full");
	assert_int_equal(outcome.hits + outcome.count, ANSWERS);
	assert_true(outcome.hits < ICS_OUTPUT_MAX / ICS_DESCRIPTION_MAX);
	assert_true(outcome.hits > ICS_OUTPUT_MAX / ICS_DESCRIPTION_MAX * 9 / 10);
}

static void steps_of_one_event(void **state)
{
	struct body body;
	FILE *out = begin(&body);

	(void)state;
	fputs("BEGIN:VEVENT\nUID:a\nDTSTART:19010101T090000\nRRULE:FREQ=SECONDLY;COUNT=2000000000;BYSECOND=1,2,3\nEND:"
	      "VEVENT\n"
	      "BEGIN:VEVENT\nUID:b\nDTSTART:20261102T090000\nEND:VEVENT\n",
	      out);
	expect(&body, 1, "too-much-work");
}

static void steps_of_all(void **state)
{
	enum { EVENTS = 3 * ICS_STEPS_MAX / ICS_EVENT_STEPS_MAX };
	struct body body;
	FILE *out = begin(&body);
	struct outcome outcome;

	(void)state;
	/* Each costs somewhat less than one event may. */
	for (int i = 0; i < EVENTS; i++) {
		fprintf(out,
			"BEGIN:VEVENT\nUID:%d\nDTSTART:20161102T090000\nRRULE:FREQ=HOURLY;COUNT=400000;BYMINUTE=1,3,5,"
			"7,"
			"9\n"
			"END:VEVENT\n",
			i);
	}
	outcome = finish(&body);
	assert_string_equal(outcome.reason, "too-much-work");
	assert_true(outcome.count < EVENTS);
}

static void zone_names(void **state)
{
	struct body body;
	FILE *out = begin(&body);
	struct outcome outcome;

	(void)state;
	for (int i = 0; i < 2 * ICS_ZONE_NAMES_MAX; i++) {
		fprintf(out, "BEGIN:VEVENT\nUID:%d\nDTSTART;TZID=Zone %d:20261102T090000\nEND:VEVENT\n", i, i);
	}
	outcome = finish(&body);
	assert_string_equal(outcome.reason, "unknown-zone");
	assert_int_equal(outcome.hits, 2 * ICS_ZONE_NAMES_MAX);
	assert_int_equal(outcome.count, 2 * ICS_ZONE_NAMES_MAX);
}

static void memory(void **state)
{
	struct body body;
	FILE *out = begin(&body);

	(void)state;
	for (int i = 0; i < ICS_HELD_MAX / ICS_DESCRIPTION_MAX + 100; i++) {
		fprintf(out, "BEGIN:VEVENT\nUID:%d\nDTSTART:20261102T090000\nDESCRIPTION:", i);
		repeat(out, "0123456789abcde ", ICS_DESCRIPTION_MAX / 16);
		fputs("\nEND:VEVENT\n", out);
	}
	expect(&body, 0, "refused");
}

static void body_length(void **state)
{
	enum { CHUNK = 1 << 20 };
	struct zone *zone = zone_create("UTC", NULL);
	struct calendar_request request = {.office = zone, .to_local_s = 1};
	struct calendar *calendar = calendar_create(&request);
	char *chunk = malloc(CHUNK);
	struct err err;

	(void)state;
	memset(chunk, 'x', CHUNK);
	chunk[CHUNK / 2] = '\n';
	memcpy(chunk, "X:", 2);
	assert_true(calendar_feed(calendar, "BEGIN:VCALENDAR\n", 16, &err));
	for (int i = 0; i < ICS_BODY_MAX / CHUNK - 1; i++) {
		assert_true(calendar_feed(calendar, chunk, CHUNK, &err));
	}
	assert_false(calendar_feed(calendar, chunk, CHUNK, &err));
	assert_non_null(strstr(err.text, "128 MiB"));
	free(chunk);
	calendar_destroy(calendar);
	zone_destroy(zone);
}

static void forgotten_versions(void **state)
{
	struct body body;
	FILE *out = begin(&body);

	(void)state;
	/* As many as are remembered, and one more: the one that would replace the event in the window is forgotten. */
	for (int i = 0; i < ICS_DROPPED_MAX; i++) {
		fputs("BEGIN:VEVENT\nUID:x\nDTSTART:20200101\nEND:VEVENT\n", out);
	}
	fputs(EVENT "END:VEVENT\nBEGIN:VEVENT\nUID:a\nSEQUENCE:1\nDTSTART:20200101\nEND:VEVENT\n", out);
	expect(&body, 1, "");
}

static void long_identities_stay_apart(void **state)
{
	struct body body;
	FILE *out = begin(&body);

	(void)state;
	for (int i = 0; i < 2; i++) {
		fputs("BEGIN:VEVENT\nUID:", out);
		repeat(out, "x", 2 * ICS_UID_MAX);
		fprintf(out, "%d\nDTSTART:20261102T090000\nEND:VEVENT\n", i);
	}
	expect(&body, 2, "");
}

/* The identity of a series is that of its exceptions, however long it is. */
static void long_identities_stay_together(void **state)
{
	static const char *const events[] = {"DTSTART:20261102T090000\nRRULE:FREQ=DAILY;COUNT=2",
					     "DTSTART:20261103T100000\nRECURRENCE-ID:20261103T090000"};
	struct body body;
	FILE *out = begin(&body);
	struct zone *zone = zone_create("UTC", NULL);
	struct calendar_request request = {
		.office = zone,
		.from_local_s = civil_day(2026, 11, 1) * (int64_t)DAY_S,
		.to_local_s = civil_day(2026, 12, 1) * (int64_t)DAY_S,
	};
	struct calendar *calendar = calendar_create(&request);
	const struct calendar_result *result;
	struct err err;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		fputs("BEGIN:VEVENT\nUID:", out);
		repeat(out, "x", 2 * ICS_UID_MAX);
		fprintf(out, "\n%s\nEND:VEVENT\n", events[i]);
	}
	fputs("END:VCALENDAR\n", out);
	fclose(out);
	assert_true(calendar_feed(calendar, body.bytes, body.length, &err));
	result = calendar_finish(calendar, &err);
	assert_non_null(result);
	assert_int_equal(result->hits.count, 2);
	assert_string_equal(result->hits.items[0].event->uid, result->hits.items[1].event->uid);
	calendar_destroy(calendar);
	zone_destroy(zone);
	free(body.bytes);
}

static struct calendar *read_one(struct body *body, const struct zone *zone, const struct event **out_event)
{
	struct calendar_request request = {
		.office = zone,
		.from_local_s = civil_day(2026, 11, 1) * (int64_t)DAY_S,
		.to_local_s = civil_day(2026, 12, 1) * (int64_t)DAY_S,
		.want_description = true,
	};
	struct calendar *calendar = calendar_create(&request);
	const struct calendar_result *result;
	struct err err;

	fputs("END:VEVENT\nEND:VCALENDAR\n", body->stream);
	fclose(body->stream);
	assert_true(calendar_feed(calendar, body->bytes, body->length, &err));
	result = calendar_finish(calendar, &err);
	assert_non_null(result);
	assert_int_equal(result->hits.count, 1);
	*out_event = result->hits.items[0].event;
	free(body->bytes);
	return calendar;
}

/* The greatest number of whole letters of `size` bytes that fit. */
static size_t whole_letters(size_t max, size_t size)
{
	return max / size * size;
}

static void texts_are_cut_at_a_letter(void **state)
{
	struct zone *zone = zone_create("UTC", NULL);
	const struct event *event;
	struct calendar *calendar;
	struct body body;
	FILE *out = begin(&body);

	(void)state;
	fputs(EVENT "SUMMARY:", out);
	repeat(out, "\xE2\x82\xAC", ICS_SUMMARY_MAX);
	fputs("\nLOCATION:", out);
	repeat(out, "\xE2\x82\xAC", ICS_LOCATION_MAX);
	fputs("\nDESCRIPTION:", out);
	repeat(out, "\xE2\x82\xAC", ICS_DESCRIPTION_MAX / 2);
	fputs("\nORGANIZER;CN=", out);
	repeat(out, "\xE2\x82\xAC", ICS_NAME_MAX);
	fputs(":mailto:a@b\n", out);
	calendar = read_one(&body, zone, &event);
	assert_int_equal(strlen(event->summary), whole_letters(ICS_SUMMARY_MAX, 3));
	assert_int_equal(strlen(event->location), whole_letters(ICS_LOCATION_MAX, 3));
	assert_int_equal(strlen(event->description), whole_letters(ICS_DESCRIPTION_MAX, 3));
	assert_int_equal(strlen(event->organizer), whole_letters(ICS_NAME_MAX, 3));
	calendar_destroy(calendar);
	zone_destroy(zone);
}

static void resources_and_addresses(void **state)
{
	struct zone *zone = zone_create("UTC", NULL);

	(void)state;
	for (size_t extra = 0; extra < 2; extra++) {
		const struct event *event;
		struct calendar *calendar;
		struct body body;
		FILE *out = begin(&body);
		size_t commas = 0;

		fputs(EVENT "RESOURCES:0", out);
		for (int i = 1; i < ICS_RESOURCES_MAX + (int)extra; i++) {
			fprintf(out, ",%d", i);
		}
		fputs("\nURL:https://", out);
		repeat(out, "x", ICS_URL_MAX - strlen("https://") + extra);
		putc('\n', out);
		calendar = read_one(&body, zone, &event);
		for (const char *at = event->resources; (at = strchr(at, ',')); at++) {
			commas++;
		}
		assert_int_equal(commas, ICS_RESOURCES_MAX - 1);
		assert_int_equal(strlen(event->url), extra ? 0 : ICS_URL_MAX);
		calendar_destroy(calendar);
	}
	zone_destroy(zone);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(depth),
		cmocka_unit_test(line_length),
		cmocka_unit_test(the_longest_line),
		cmocka_unit_test(long_lines_outside_events_are_passed_over),
		cmocka_unit_test(event_text),
		cmocka_unit_test(texts_of_an_event),
		cmocka_unit_test(rdates),
		cmocka_unit_test(exdates),
		cmocka_unit_test(rules),
		cmocka_unit_test(occurrences_of_one_event),
		cmocka_unit_test(periods_of_one_freebusy),
		cmocka_unit_test(definitions_outside),
		cmocka_unit_test(occurrences_of_all),
		cmocka_unit_test(answer_text),
		cmocka_unit_test(steps_of_one_event),
		cmocka_unit_test(steps_of_all),
		cmocka_unit_test(zone_names),
		cmocka_unit_test(memory),
		cmocka_unit_test(body_length),
		cmocka_unit_test(forgotten_versions),
		cmocka_unit_test(long_identities_stay_apart),
		cmocka_unit_test(long_identities_stay_together),
		cmocka_unit_test(texts_are_cut_at_a_letter),
		cmocka_unit_test(resources_and_addresses),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
