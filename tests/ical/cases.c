/* Wraps a case's lines into a calendar, runs it through the engine, and writes the result as the tables write it. */
#include "cases.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ical/calendar.h"
#include "ical/civil.h"
#include "ical/zone.h"

enum { TOKEN_MAX = 200 };

struct text {
	char *bytes;
	size_t length;
	FILE *stream;
};

static void text_open(struct text *text)
{
	text->stream = open_memstream(&text->bytes, &text->length);
	assert_non_null(text->stream);
}

static bool starts_line(const char *at, const char *word)
{
	return strncmp(at, word, strlen(word)) == 0;
}

/* One event's lines, with CRLF and a UID. */
static void write_event(FILE *out, const char *lines, size_t length)
{
	bool has_uid = starts_line(lines, "UID") || memmem(lines, length, "\nUID", 4);

	fputs("BEGIN:VEVENT\r\n", out);
	if (!has_uid) {
		fputs("UID:a\r\n", out);
	}
	for (size_t i = 0; i < length; i++) {
		if (lines[i] == '\n') {
			putc('\r', out);
		}
		putc(lines[i], out);
	}
	if (length > 0 && lines[length - 1] != '\n') {
		fputs("\r\n", out);
	}
	fputs("END:VEVENT\r\n", out);
}

static char *make_body(const char *events)
{
	struct text text;
	const char *above = strstr(events, "==\n");

	text_open(&text);
	fputs("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", text.stream);
	if (above) {
		fwrite(events, 1, (size_t)(above - events), text.stream);
		events = above + 3;
	}
	for (;;) {
		const char *divider = strstr(events, "--\n");

		write_event(text.stream, events, divider ? (size_t)(divider - events) : strlen(events));
		if (!divider) {
			break;
		}
		events = divider + 3;
	}
	fputs("END:VCALENDAR\r\n", text.stream);
	fclose(text.stream);
	return text.bytes;
}

static void parse_window(const char *window, int64_t *out_from, int64_t *out_to)
{
	char from[32], to[32];

	assert_int_equal(sscanf(window, "%31s %31s", from, to), 2);
	assert_true(civil_parse(from, out_from));
	assert_true(civil_parse(to, out_to));
}

static struct calendar *read_case(const char *events, int64_t from_s, int64_t to_s, const struct zone *zone,
				  const struct calendar_result **out_result)
{
	struct calendar_request request = {.office = zone, .from_local_s = from_s, .to_local_s = to_s};
	struct calendar *calendar = calendar_create(&request);
	char *body = make_body(events);
	struct err err;

	assert_non_null(calendar);
	*out_result = calendar_feed(calendar, body, strlen(body), &err) ? calendar_finish(calendar, &err) : NULL;
	free(body);
	return calendar;
}

static void write_time(FILE *out, int64_t utc_s, const struct zone *zone, bool in_utc)
{
	struct civil civil = civil_from_local(in_utc ? utc_s : zone_local(zone, utc_s));

	fprintf(out, "%04d-%02d-%02dT%02d:%02d", civil.year, civil.month, civil.day, civil.hour, civil.minute);
	if (civil.second != 0) {
		fprintf(out, ":%02d", civil.second);
	}
	if (in_utc) {
		putc('Z', out);
	}
}

static void write_day(FILE *out, int64_t day)
{
	struct civil civil = civil_from_local(day * DAY_S);
	fprintf(out, "%04d-%02d-%02d", civil.year, civil.month, civil.day);
}

static void write_identity(FILE *out, const struct identity *identity, const struct zone *zone, bool in_utc)
{
	putc('@', out);
	if (identity->kind == RECURRENCE_NONE) {
		putc('-', out);
	} else if (identity->kind == RECURRENCE_DAY) {
		write_day(out, identity->value);
	} else {
		write_time(out, identity->value, zone, in_utc);
	}
}

static char *write_hit(const struct hit *hit, const char *expected, const struct zone *zone)
{
	const struct span *span = &hit->span;
	bool in_utc = strchr(expected, 'Z') != NULL;
	struct text text;

	text_open(&text);
	if (span->all_day) {
		write_day(text.stream, span->start_day);
	} else {
		write_time(text.stream, span->start_utc, zone, in_utc);
	}
	if (strchr(expected, '/')) {
		putc('/', text.stream);
		if (span->all_day) {
			write_day(text.stream, span->end_day);
		} else {
			write_time(text.stream, span->end_utc, zone, in_utc);
		}
	}
	if (strchr(expected, '@')) {
		write_identity(text.stream, &hit->identity, zone, in_utc);
	}
	if (strchr(expected, '#')) {
		putc('#', text.stream);
		for (const char *at = hit->event->summary; *at; at++) {
			putc(*at == ' ' || *at == '\n' ? '_' : *at, text.stream);
		}
	}
	fclose(text.stream);
	return text.bytes;
}

/* Does the list match the expected tokens, of which "…" may be any number? */
static bool matches(char *const *list, size_t count, const char *expected)
{
	char token[TOKEN_MAX];
	int used;
	size_t wanted_count;
	bool counted = sscanf(expected, " %zu:%n", &wanted_count, &used) == 1 && strchr("0123456789", expected[0]) &&
		       strchr(expected, ':') == expected + used - 1;
	size_t at = 0;
	bool gap = false;

	if (counted) {
		if (count != wanted_count) {
			return false;
		}
		expected += used;
	}
	while (sscanf(expected, " %199s%n", token, &used) == 1) {
		expected += used;
		if (strcmp(token, "…") == 0) {
			gap = true;
			continue;
		}
		while (gap && at < count && strcmp(list[at], token) != 0) {
			at++;
		}
		if (at == count || strcmp(list[at], token) != 0) {
			return false;
		}
		at++;
		gap = false;
	}
	return gap || at == count;
}

static void fail_with_lists(const struct ics_case *one, char *const *list, size_t count)
{
	print_error("%s\n%s\n  expected: %s\n  found:   ", one->name, one->events, one->expected);
	for (size_t i = 0; i < count && i < 60; i++) {
		print_error(" %s", list[i]);
	}
	print_error("\n");
	fail();
}

static void run_case(const struct ics_case *one, const struct zone *zone)
{
	const struct calendar_result *result;
	int64_t from_s, to_s;
	struct calendar *calendar;
	char **list;

	parse_window(one->window, &from_s, &to_s);
	calendar = read_case(one->events, from_s, to_s, zone, &result);
	if (!result) {
		print_error("%s: refused\n", one->name);
		fail();
		return;
	}
	list = calloc(result->hits.count + 1, sizeof(*list));
	for (size_t i = 0; i < result->hits.count; i++) {
		list[i] = write_hit(&result->hits.items[i], one->expected, zone);
	}
	if (!matches(list, result->hits.count, one->expected)) {
		fail_with_lists(one, list, result->hits.count);
	}
	for (size_t i = 0; i < result->hits.count; i++) {
		free(list[i]);
	}
	free(list);
	calendar_destroy(calendar);
}

void cases_run(const struct ics_case *cases, size_t count, const char *zone_text)
{
	struct zone *zone = zone_create(zone_text, NULL);

	assert_non_null(zone);
	for (size_t i = 0; i < count; i++) {
		run_case(&cases[i], zone);
	}
	zone_destroy(zone);
}

static bool same_hit(const struct hit *left, const struct hit *right)
{
	return strcmp(left->event->uid, right->event->uid) == 0 && left->identity.kind == right->identity.kind &&
	       left->identity.value == right->identity.value && left->sort_utc == right->sort_utc &&
	       left->span.all_day == right->span.all_day && left->span.end_utc == right->span.end_utc &&
	       left->span.end_day == right->span.end_day && strcmp(left->event->summary, right->event->summary) == 0;
}

static int count_hit(const struct hits *hits, const struct hit *hit)
{
	int count = 0;

	for (size_t i = 0; i < hits->count; i++) {
		count += same_hit(&hits->items[i], hit);
	}
	return count;
}

/* Whether the occurrence lies on both sides of the cut, on the first only, or on the second. */
static void expect_sides(const struct hit *hit, int64_t cut_s, const struct zone *zone, int *out_first, int *out_second)
{
	bool all_day = hit->span.all_day;
	int64_t cut = all_day ? cut_s : zone_utc(zone, cut_s);
	int64_t start = all_day ? hit->span.start_day * (int64_t)DAY_S : hit->span.start_utc;
	int64_t end = all_day ? hit->span.end_day * (int64_t)DAY_S : hit->span.end_utc;

	*out_first = start < cut;
	*out_second = end > cut || (start == end && start == cut);
}

static void replay_case(const struct ics_case *one, const struct zone *zone, int part)
{
	const struct calendar_result *whole, *first, *second;
	int64_t from_s, to_s, cut_s;
	struct calendar *calendars[3];

	parse_window(one->window, &from_s, &to_s);
	cut_s = (from_s + (to_s - from_s) * part / 5) / 900 * 900;
	if (cut_s <= from_s || cut_s >= to_s) {
		return;
	}
	calendars[0] = read_case(one->events, from_s, to_s, zone, &whole);
	calendars[1] = read_case(one->events, from_s, cut_s, zone, &first);
	calendars[2] = read_case(one->events, cut_s, to_s, zone, &second);
	for (size_t i = 0; i < whole->hits.count; i++) {
		const struct hit *hit = &whole->hits.items[i];
		int in_first, in_second;

		expect_sides(hit, cut_s, zone, &in_first, &in_second);
		if (count_hit(&first->hits, hit) != in_first || count_hit(&second->hits, hit) != in_second) {
			print_error("%s: cut at %d/5, occurrence %zu is found %d+%d times\n", one->name, part, i,
				    count_hit(&first->hits, hit), count_hit(&second->hits, hit));
			fail();
		}
	}
	for (size_t i = 0; i < first->hits.count; i++) {
		assert_int_equal(count_hit(&whole->hits, &first->hits.items[i]), 1);
	}
	for (size_t i = 0; i < second->hits.count; i++) {
		assert_int_equal(count_hit(&whole->hits, &second->hits.items[i]), 1);
	}
	for (int i = 0; i < 3; i++) {
		calendar_destroy(calendars[i]);
	}
}

void cases_replay(const struct ics_case *cases, size_t count, const char *zone_text)
{
	struct zone *zone = zone_create(zone_text, NULL);

	assert_non_null(zone);
	for (size_t i = 0; i < count; i++) {
		for (int part = 1; part < 5; part++) {
			replay_case(&cases[i], zone, part);
		}
	}
	zone_destroy(zone);
}

const char *cases_tally(const char *events, const char *window)
{
	static char text[400];
	struct zone *zone = zone_create("Europe/Stockholm", NULL);
	const struct calendar_result *result;
	int64_t from_s, to_s;
	struct calendar *calendar;

	parse_window(window, &from_s, &to_s);
	calendar = read_case(events, from_s, to_s, zone, &result);
	snprintf(text, sizeof(text), "%s", result ? "" : "refused");
	for (int list = 0; result && list < 2; list++) {
		const struct tally *tally = list == 0 ? &result->skipped : &result->assumed;

		for (size_t i = 0; i < tally->count; i++) {
			size_t length = strlen(text);

			snprintf(text + length, sizeof(text) - length, "%s%s:%u", length ? " " : "",
				 tally->items[i].reason, tally->items[i].count);
		}
	}
	calendar_destroy(calendar);
	zone_destroy(zone);
	return text;
}
