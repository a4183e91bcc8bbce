/* The scanner alone: what it hands on lies inside its buffer, holds no NUL, and does not depend on how the bytes came.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "ical/icslimits.h"
#include "ical/scan.h"

/* A sum over everything that was handed on. */
struct seen {
	uint64_t sum;
};

static void mix(struct seen *seen, const char *text, size_t length)
{
	if (length > 0 && memchr(text, '\0', length)) {
		abort();
	}
	for (size_t i = 0; i < length; i++) {
		seen->sum = (seen->sum ^ (unsigned char)text[i]) * UINT64_C(0x100000001b3);
	}
}

static bool take_event(void *context, const struct scan_event *event, struct err *err)
{
	(void)err;
	if (event->length > ICS_EVENT_TEXT_MAX + ICS_EVENT_OTHER_MAX + 4096) {
		abort();
	}
	for (int i = 0; i < SCAN_PROPERTY_COUNT; i++) {
		const struct scan_slice *line = &event->lines[i];
		const char *value;
		size_t length;

		if (line->start + line->length > event->length || (line->length > 0) != (event->counts[i] > 0)) {
			abort();
		}
		if (scan_value(event->text + line->start, line->length, &value, &length)) {
			mix(context, value, length);
		}
		if (scan_parameter(event->text + line->start, line->length, "TZID", &value, &length)) {
			mix(context, value, length);
		}
	}
	mix(context, event->text, event->length);
	return true;
}

static bool take_zone(void *context, const char *text, size_t length, struct err *err)
{
	(void)err;
	mix(context, text, length);
	return true;
}

static bool take_calendar(void *context, struct err *err)
{
	(void)err;
	mix(context, "calendar", 8);
	return true;
}

static uint64_t scan_in_pieces(const char *bytes, size_t size, size_t piece)
{
	struct seen seen = {1};
	struct scan_sink sink = {take_event, take_zone, take_calendar, take_zone, &seen, true};
	struct scan *scan = scan_create(&sink);
	struct err err;
	bool ok = true;

	for (size_t at = 0; ok && at < size; at += piece) {
		ok = scan_feed(scan, bytes + at, size - at < piece ? size - at : piece, &err);
	}
	ok = ok && scan_finish(scan, &err);
	scan_destroy(scan);
	return ok ? seen.sum : 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *bytes = (const char *)data;

	if (scan_in_pieces(bytes, size, size + 1) != scan_in_pieces(bytes, size, size % 7 + 1)) {
		abort();
	}
	return 0;
}
