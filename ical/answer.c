/* See answer.h. The JSON is written by hand rather than with a library: the texts are clean UTF-8 already, so only four
 * kinds of character need escaping, and the sandbox should hold as little code as possible. */
#include "answer.h"

#include <inttypes.h>
#include <string.h>

#include "civil.h"

/* One thread writes, so no stream has to be locked for each piece. */
static void print_word(FILE *out, const char *text)
{
	fputs_unlocked(text, out);
}

static void print_string(FILE *out, const char *text)
{
	putc_unlocked('"', out);
	for (;;) {
		size_t plain = strcspn(text, "\"\\\n\t");

		fwrite_unlocked(text, 1, plain, out);
		text += plain;
		if (*text == '\0') {
			break;
		}
		putc_unlocked('\\', out);
		putc_unlocked(*text == '\n' ? 'n' : *text == '\t' ? 't' : *text, out);
		text++;
	}
	putc_unlocked('"', out);
}

/* `lead` is what stands before the text, its key included. */
static void print_member(FILE *out, const char *lead, const char *text)
{
	print_word(out, lead);
	print_string(out, text);
}

/* Writes a number with so many digits and a mark behind it. Returns the end. */
static char *put_number(char *at, int number, int digits, char mark)
{
	for (int i = digits; i > 0; i--) {
		at[i - 1] = (char)('0' + number % 10);
		number /= 10;
	}
	at[digits] = mark;
	return at + digits + 1;
}

static void print_instant(FILE *out, int64_t utc_s)
{
	struct civil civil = civil_from_local(utc_s);
	char text[] = "\"0000-00-00T00:00:00Z\"", *at = text + 1;

	at = put_number(at, civil.year, 4, '-');
	at = put_number(at, civil.month, 2, '-');
	at = put_number(at, civil.day, 2, 'T');
	at = put_number(at, civil.hour, 2, ':');
	at = put_number(at, civil.minute, 2, ':');
	put_number(at, civil.second, 2, 'Z');
	fwrite_unlocked(text, 1, sizeof(text) - 1, out);
}

static void print_day(FILE *out, int64_t day)
{
	struct civil civil = civil_from_local(day * DAY_S);
	char text[] = "\"0000-00-00\"", *at = text + 1;

	at = put_number(at, civil.year, 4, '-');
	at = put_number(at, civil.month, 2, '-');
	put_number(at, civil.day, 2, '"');
	fwrite_unlocked(text, 1, sizeof(text) - 1, out);
}

static void print_identity(FILE *out, const struct identity *identity)
{
	switch (identity->kind) {
	case RECURRENCE_NONE:
		print_word(out, "null");
		break;
	case RECURRENCE_INSTANT:
		print_instant(out, identity->value);
		break;
	case RECURRENCE_DAY:
		print_day(out, identity->value);
		break;
	}
}

static void print_span(FILE *out, const struct span *span)
{
	print_word(out, ",\"start\":");
	if (span->all_day) {
		print_day(out, span->start_day);
	} else {
		print_instant(out, span->start_utc);
	}
	print_word(out, ",\"end\":");
	if (span->all_day) {
		print_day(out, span->end_day);
	} else {
		print_instant(out, span->end_utc);
	}
	print_word(out, span->all_day ? ",\"all_day\":true" : ",\"all_day\":false");
}

static void print_hit(FILE *out, const struct hit *hit, bool with_description)
{
	static const char *const statuses[] = {"CONFIRMED", "TENTATIVE", "CANCELLED"};
	static const char *const classes[] = {"PUBLIC", "PRIVATE", "CONFIDENTIAL"};
	static const char *const busies[] = {"FREE", "TENTATIVE", "BUSY", "OOF", "WORKINGELSEWHERE"};
	const struct event *event = hit->event;

	print_member(out, "{\"uid\":", event->uid);
	print_word(out, ",\"recurrence_id\":");
	print_identity(out, &hit->identity);
	print_span(out, &hit->span);
	print_member(out, ",\"summary\":", event->summary);
	print_member(out, ",\"location\":", event->location);
	print_member(out, ",\"status\":", statuses[event->status]);
	print_member(out, ",\"class\":", classes[event->class]);
	print_member(out, ",\"busy\":", busies[event->busy]);
	print_member(out, ",\"organizer\":", event->organizer);
	print_member(out, ",\"resources\":", event->resources);
	print_member(out, ",\"url\":", event->url);
	if (with_description) {
		print_member(out, ",\"description\":", event->description);
	}
	print_word(out, "}\n");
}

void answer_print_json(FILE *out, const struct calendar_result *result, bool with_description)
{
	for (size_t i = 0; i < result->hits.count; i++) {
		print_hit(out, &result->hits.items[i], with_description);
	}
}

static void print_civil_span(FILE *out, const struct span *span, const struct zone *office)
{
	struct civil start, end;

	if (span->all_day) {
		start = civil_from_local(span->start_day * (int64_t)DAY_S);
		end = civil_from_local((span->end_day - 1) * (int64_t)DAY_S);
		fprintf(out, "%04d-%02d-%02d", start.year, start.month, start.day);
		if (span->end_day - span->start_day > 1) {
			fprintf(out, "–%04d-%02d-%02d", end.year, end.month, end.day);
		}
		return;
	}
	start = civil_from_local(zone_local(office, span->start_utc));
	end = civil_from_local(zone_local(office, span->end_utc));
	fprintf(out, "%04d-%02d-%02d %02d:%02d–", start.year, start.month, start.day, start.hour, start.minute);
	if (start.year != end.year || start.month != end.month || start.day != end.day) {
		fprintf(out, "%04d-%02d-%02d ", end.year, end.month, end.day);
	}
	fprintf(out, "%02d:%02d", end.hour, end.minute);
}

/* Writes the text on one line, whatever it contains. */
static void print_line_text(FILE *out, const char *text)
{
	for (; *text != '\0'; text++) {
		putc(*text == '\n' ? ' ' : *text, out);
	}
}

void answer_print_text(FILE *out, const struct calendar_result *result, const struct zone *office)
{
	for (size_t i = 0; i < result->hits.count; i++) {
		const struct hit *hit = &result->hits.items[i];

		print_civil_span(out, &hit->span, office);
		fputs("  ", out);
		print_line_text(out, hit->event->summary);
		if (hit->event->location[0] != '\0') {
			fputs("  (", out);
			print_line_text(out, hit->event->location);
			putc(')', out);
		}
		putc('\n', out);
	}
}

static void print_tally(FILE *out, const struct tally *tally)
{
	putc('{', out);
	for (size_t i = 0; i < tally->count; i++) {
		fprintf(out, "%s\"%s\":%" PRIu32, i > 0 ? "," : "", tally->items[i].reason, tally->items[i].count);
	}
	putc('}', out);
}

static void print_unreadable(FILE *out, const struct calendar_result *result)
{
	uint32_t count = result->unreadable_count < ICS_UNREADABLE_MAX ? result->unreadable_count : ICS_UNREADABLE_MAX;

	for (uint32_t i = 0; i < count; i++) {
		fprintf(out, "%s%" PRIu32, i > 0 ? "," : ",\"unreadable\":[", result->unreadable[i]);
	}
	fputs(count > 0 ? "]" : "", out);
}

void answer_print_counts(FILE *out, const struct calendar_result *result)
{
	fprintf(out, "{\"events\":%" PRIu32 ",\"occurrences\":%zu,\"skipped\":", result->event_count,
		result->hits.count);
	print_tally(out, &result->skipped);
	fputs(",\"assumed\":", out);
	print_tally(out, &result->assumed);
	print_unreadable(out, result);
	fputs("}\n", out);
}
