/* See scan.h. Works on physical lines as they arrive: memchr finds the end, the name decides, and an unwanted line is
 * never examined again. Wanted lines are unfolded into one buffer that every component reuses. */
#include "scan.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "icslimits.h"
#include "known.h"
#include "quoted.h"

enum part { PART_CALENDAR, PART_EVENT, PART_ZONE, PART_ZONE_RULE, PART_OTHER };

/* Where the logical line that is being read goes. */
enum sort { SORT_IGNORED, SORT_EVENT, SORT_ATTENDEE, SORT_ZONE, SORT_HEADER };

struct level {
	enum part part;
	char name[ICS_PROPERTY_NAME_MAX];
};

struct buffer {
	char *bytes;
	size_t length, capacity;
};

struct scan {
	struct scan_sink sink;
	struct level levels[ICS_DEPTH_MAX];
	int depth;
	bool any_calendar;
	size_t total;
	struct buffer carry; /* the start of a line whose end has not come yet */
	bool overlong;       /* the line in carry passed the cap: wait for its end, its beginning is kept */
	struct buffer text;  /* the kept lines of the open component */
	enum sort sort;
	enum scan_property property;
	size_t line_start; /* in text */
	struct scan_event event;
	uint32_t seen;       /* known.once of what the open event has had */
	size_t other_length; /* of its lines that are SCAN_OTHER */
	bool is_quoted;      /* the logical line is QUOTED-PRINTABLE, as far as that had to be known */
	bool is_soft_broken; /* … and goes on in the next physical line */
	struct buffer outer; /* definitions outside of every VCALENDAR, each ended by a NUL */
	struct known_index known;
};

struct scan *scan_create(const struct scan_sink *sink)
{
	struct scan *scan = calloc(1, sizeof(*scan));

	if (!scan) {
		return NULL;
	}
	scan->sink = *sink;
	known_index_init(&scan->known);
	return scan;
}

void scan_destroy(struct scan *scan)
{
	if (!scan) {
		return;
	}
	free(scan->carry.bytes);
	free(scan->text.bytes);
	free(scan->outer.bytes);
	free(scan);
}

static bool buffer_append(struct buffer *buffer, const char *bytes, size_t length, struct err *err)
{
	if (length > buffer->capacity - buffer->length) {
		size_t capacity = 2 * (buffer->length + length) + 1024;
		char *grown = realloc(buffer->bytes, capacity);

		if (!grown) {
			return err_set(err, "out of memory");
		}
		buffer->bytes = grown;
		buffer->capacity = capacity;
	}
	if (length > 0) {
		memcpy(buffer->bytes + buffer->length, bytes, length);
	}
	buffer->length += length;
	return true;
}

/* libical reads C strings: a NUL would hide what follows it. */
static bool append_without_nul(struct buffer *buffer, const char *bytes, size_t length, struct err *err)
{
	const char *nul;

	while ((nul = memchr(bytes, '\0', length))) {
		size_t before = (size_t)(nul - bytes);

		if (!buffer_append(buffer, bytes, before, err)) {
			return false;
		}
		bytes += before + 1;
		length -= before + 1;
	}
	return buffer_append(buffer, bytes, length, err);
}

static enum part top(const struct scan *scan)
{
	return scan->depth > 0 ? scan->levels[scan->depth - 1].part : PART_OTHER;
}

static size_t left_of(size_t max, size_t used)
{
	return used < max ? max - used : 0;
}

/* The beginning of a text is enough; what an event's times are made of has to be there whole. */
static bool is_text(const struct scan *scan)
{
	return scan->sort == SORT_HEADER || scan->sort == SORT_ATTENDEE ||
	       (scan->sort == SORT_EVENT && scan->property == SCAN_OTHER);
}

/* How much more of the open line fits. */
static size_t room_of(const struct scan *scan)
{
	size_t room, line_room;

	if (scan->sort == SORT_ZONE) {
		return left_of(ICS_ZONE_TEXT_MAX, scan->text.length);
	}
	if (!is_text(scan)) {
		return left_of(ICS_EVENT_TEXT_MAX, scan->text.length - scan->other_length);
	}
	line_room = left_of(ICS_TEXT_LINE_MAX, scan->text.length - scan->line_start);
	room = left_of(ICS_EVENT_OTHER_MAX, scan->other_length + scan->text.length - scan->line_start);
	return room < line_room ? room : line_room;
}

static bool keep(struct scan *scan, const char *bytes, size_t length, struct err *err)
{
	size_t room = room_of(scan);

	if (length > room && is_text(scan)) {
		length = room;
	}
	if (length > room) {
		if (scan->sort != SORT_ZONE) {
			scan->event.trouble = "too-large";
		}
		scan->sort = SORT_IGNORED;
		scan->text.length = scan->line_start;
		return true;
	}
	return append_without_nul(&scan->text, bytes, length, err);
}

static bool is_word(const char *text, size_t length, const char *word)
{
	return length == strlen(word) && strncasecmp(text, word, length) == 0;
}

/* Puts the quotes around a TZID that needs them. */
static bool quote_zone(struct scan *scan, struct err *err)
{
	char *line = scan->text.bytes + scan->line_start;
	size_t length = scan->text.length - scan->line_start, start, stop;

	if (!scan_find_bare_zone(line, length, &start, &stop)) {
		return true;
	}
	if (!buffer_append(&scan->text, "\"\"", 2, err)) {
		return false;
	}
	line = scan->text.bytes + scan->line_start;
	memmove(line + stop + 2, line + stop, length - stop);
	memmove(line + start + 1, line + start, stop - start);
	line[start] = line[stop + 1] = '"';
	return true;
}

/* The logical line is complete when the next one begins. */
static bool end_line(struct scan *scan, struct err *err)
{
	enum sort sort = scan->sort;
	size_t start = scan->line_start, length;
	bool ok = true;

	scan->sort = SORT_IGNORED;
	if (sort == SORT_IGNORED) {
		return true;
	}
	if (sort == SORT_EVENT && scan_is_time(scan->property) && !quote_zone(scan, err)) {
		return false;
	}
	length = scan->text.length - start;
	if (sort == SORT_HEADER) {
		ok = scan->sink.on_header(scan->sink.context, scan->text.bytes + start, length, err);
		scan->text.length = 0;
		return ok;
	}
	if (sort == SORT_ATTENDEE && !scan_is_resource(scan->text.bytes + start, length)) {
		scan->text.length = start;
		return true;
	}
	if (sort != SORT_ZONE && scan->event.counts[scan->property]++ == 0) {
		scan->event.lines[scan->property] = (struct scan_slice){start, length};
	}
	if (sort == SORT_ATTENDEE || (sort == SORT_EVENT && scan->property == SCAN_OTHER)) {
		scan->other_length += length;
	}
	return buffer_append(&scan->text, "\r\n", 2, err);
}

static size_t name_length_of(const char *line, size_t length)
{
	size_t i = 0;

	while (i < length && i < ICS_PROPERTY_NAME_MAX && line[i] != ':' && line[i] != ';') {
		i++;
	}
	return i;
}

static enum sort sort_event_line(struct scan *scan, const char *line, size_t length)
{
	const struct known *known = known_find(&scan->known, line, length);

	if (!known || scan->event.trouble || (known->once & scan->seen)) {
		return SORT_IGNORED;
	}
	if ((known->use == KNOWN_DESCRIPTION && !scan->sink.want_description) ||
	    (known->use == KNOWN_FREEBUSY && !scan->event.is_freebusy)) {
		return SORT_IGNORED;
	}
	scan->seen |= known->once;
	scan->property = known->property;
	return known->use == KNOWN_ATTENDEE ? SORT_ATTENDEE : SORT_EVENT;
}

static enum sort sort_line(struct scan *scan, const char *line, size_t length)
{
	size_t name_length;

	switch (top(scan)) {
	case PART_EVENT:
		return sort_event_line(scan, line, length);
	case PART_ZONE:
	case PART_ZONE_RULE:
		return SORT_ZONE;
	case PART_CALENDAR:
		name_length = name_length_of(line, length);
		if (is_word(line, name_length, "METHOD") || is_word(line, name_length, "X-WR-TIMEZONE")) {
			return SORT_HEADER;
		}
		return SORT_IGNORED;
	case PART_OTHER:
		break;
	}
	return SORT_IGNORED;
}

static enum part part_of(const struct scan *scan, const char *name)
{
	enum part parent = top(scan);

	if ((scan->depth == 0 || parent == PART_CALENDAR) && strcasecmp(name, "VTIMEZONE") == 0) {
		return PART_ZONE;
	}
	if (scan->depth == 0) {
		return PART_CALENDAR;
	}
	if (parent == PART_CALENDAR && (strcasecmp(name, "VEVENT") == 0 || strcasecmp(name, "VFREEBUSY") == 0)) {
		return PART_EVENT;
	}
	if (parent == PART_ZONE && (strcasecmp(name, "STANDARD") == 0 || strcasecmp(name, "DAYLIGHT") == 0)) {
		return PART_ZONE_RULE;
	}
	return PART_OTHER;
}

/* Copies a component's name, without white space behind it. */
static bool copy_name(const char *text, size_t length, char *out_name)
{
	while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t')) {
		length--;
	}
	if (length == 0 || length >= ICS_PROPERTY_NAME_MAX || memchr(text, '\0', length)) {
		return false;
	}
	memcpy(out_name, text, length);
	out_name[length] = '\0';
	return true;
}

static bool give_zone(struct scan *scan, const char *text, size_t length, struct err *err)
{
	return scan->sink.on_zone(scan->sink.context, text, length, err);
}

static bool begin_calendar(struct scan *scan, struct err *err)
{
	scan->any_calendar = true;
	if (!scan->sink.on_calendar(scan->sink.context, err)) {
		return false;
	}
	for (size_t at = 0, length; at < scan->outer.length; at += length + 1) {
		length = strlen(scan->outer.bytes + at);
		if (!give_zone(scan, scan->outer.bytes + at, length, err)) {
			return false;
		}
	}
	return true;
}

/* A definition that stands outside serves the calendar before it, and those that follow. */
static bool end_outer_zone(struct scan *scan, const char *text, size_t length, struct err *err)
{
	if (scan->any_calendar && !give_zone(scan, text, length, err)) {
		return false;
	}
	return length > left_of(ICS_ZONE_TEXTS_MAX, scan->outer.length) ||
	       (buffer_append(&scan->outer, text, length, err) && buffer_append(&scan->outer, "", 1, err));
}

/* Returns the level of the open event, -1 when none is open. */
static int event_level(const struct scan *scan)
{
	for (int i = 0; i < scan->depth; i++) {
		if (scan->levels[i].part == PART_EVENT) {
			return i;
		}
	}
	return -1;
}

static bool begin_component(struct scan *scan, const char *name_text, size_t length, struct err *err)
{
	char name[ICS_PROPERTY_NAME_MAX];
	enum part part;

	if (event_level(scan) >= 0 && scan_is_prose(name_text, length)) {
		return true;
	}
	if (!copy_name(name_text, length, name)) {
		return err_set(err, "not a calendar: a component without a usable name");
	}
	if (scan->depth == ICS_DEPTH_MAX) {
		return err_set(err, "components are nested deeper than %d", ICS_DEPTH_MAX);
	}
	part = part_of(scan, name);
	if (scan->depth == 0 && part == PART_CALENDAR && strcasecmp(name, "VCALENDAR") != 0) {
		return err_set(err, "not a calendar: it begins with %s", name);
	}
	scan->levels[scan->depth].part = part;
	memcpy(scan->levels[scan->depth].name, name, sizeof(name));
	scan->depth++;
	if (part == PART_EVENT || part == PART_ZONE) {
		scan->text.length = 0;
		scan->event = (struct scan_event){.is_freebusy = (name[1] | 0x20) == 'f'};
		scan->seen = 0;
		scan->other_length = 0;
	}
	if (part == PART_CALENDAR) {
		return begin_calendar(scan, err);
	}
	if (part == PART_ZONE_RULE) {
		return buffer_append(&scan->text, "BEGIN\r\n", 7, err);
	}
	return true;
}

static bool is_open(const struct scan *scan, const char *name)
{
	for (int i = 0; i < scan->depth; i++) {
		if (strcasecmp(scan->levels[i].name, name) == 0) {
			return true;
		}
	}
	return false;
}

/* A description that was not folded may hold "BEGIN:VALARM". The lines behind it were not taken for the event's, so the
 * event is counted as one that cannot be read; the calendar's other events are not lost with it. */
static void close_within_event(struct scan *scan, const char *name)
{
	int level = event_level(scan);

	if (level >= 0 && level + 1 < scan->depth && strcasecmp(scan->levels[level].name, name) == 0 &&
	    strcasecmp(scan->levels[scan->depth - 1].name, name) != 0) {
		scan->depth = level + 1;
		scan->event.trouble = "not-closed";
	}
}

/* An END of what was never begun closes nothing; one that leaves something open inside it is a calendar cut short,
 * unless that stands within one event. */
static bool end_component(struct scan *scan, const char *name_text, size_t length, struct err *err)
{
	char name[ICS_PROPERTY_NAME_MAX];
	enum part part;

	if (!copy_name(name_text, length, name) || !is_open(scan, name)) {
		return true;
	}
	close_within_event(scan, name);
	part = top(scan);
	if (strcasecmp(scan->levels[scan->depth - 1].name, name) != 0) {
		return err_set(err, "not a whole calendar: %s is never closed", scan->levels[scan->depth - 1].name);
	}
	scan->depth--;
	scan->event.text = scan->text.bytes ? scan->text.bytes : "";
	scan->event.length = scan->text.length;
	if (part == PART_ZONE || part == PART_EVENT) {
		scan->text.length = 0;
		scan->other_length = 0;
	}
	if (part == PART_ZONE) {
		return scan->depth == 0 ? end_outer_zone(scan, scan->event.text, scan->event.length, err)
					: give_zone(scan, scan->event.text, scan->event.length, err);
	}
	if (part == PART_EVENT) {
		return scan->sink.on_event(scan->sink.context, &scan->event, err);
	}
	return true;
}

static bool is_outside_line_fine(const char *line, size_t length, struct err *err)
{
	return scan_is_blank(line, length) || err_set(err, "not a calendar");
}

/* More of the open logical line. `is_cut`: only the beginning of a physical line that is longer than the cap. */
static bool go_on(struct scan *scan, const char *line, size_t length, bool is_cut, struct err *err)
{
	if (scan->sort == SORT_IGNORED) {
		return true;
	}
	if (is_cut && !is_text(scan)) {
		if (scan->sort == SORT_EVENT) {
			scan->event.trouble = "line-too-long";
		}
		scan->sort = SORT_IGNORED;
		scan->text.length = scan->line_start;
		return true;
	}
	return keep(scan, line, length, err);
}

static bool begins(const char *line, size_t length, const char *word, size_t word_length)
{
	return length > word_length && ((line[0] ^ word[0]) & ~0x20) == 0 && strncasecmp(line, word, word_length) == 0;
}

static bool is_property(const char *line, size_t length, const char *name, size_t name_length)
{
	return begins(line, length, name, name_length) && (line[name_length] == ':' || line[name_length] == ';');
}

/* The lines that digest.c knows. No text swallows them, or the two would not see the same events. */
static bool is_structure(const char *line, size_t length)
{
	return begins(line, length, "BEGIN:", 6) || begins(line, length, "END:", 4) ||
	       is_property(line, length, "UID", 3) || is_property(line, length, "DTSTAMP", 7) ||
	       is_property(line, length, "LAST-MODIFIED", 13);
}

/* vCalendar 1.0: a line of QUOTED-PRINTABLE that ends in "=" goes on in the next, which begins with white space only
 * where somebody has folded it as well. `header` is the beginning of the logical line, as far as it is at hand. */
static bool has_soft_break(struct scan *scan, const char *header, size_t header_length, const char *line, size_t length)
{
	if (length == 0 || line[length - 1] != '=' || top(scan) != PART_EVENT) {
		return false;
	}
	scan->is_quoted = scan->is_quoted || quoted_is_used(header, header_length);
	return scan->is_quoted;
}

/* A physical line that belongs to the logical line before it. */
static bool take_continuation(struct scan *scan, const char *line, size_t length, bool is_cut, struct err *err)
{
	bool is_kept = scan->sort != SORT_IGNORED;

	if (length > 0 && (line[0] == ' ' || line[0] == '\t')) {
		line++;
		length--;
	}
	scan->is_soft_broken = has_soft_break(scan, is_kept ? scan->text.bytes + scan->line_start : "",
					      is_kept ? scan->text.length - scan->line_start : 0, line, length);
	return go_on(scan, line, length - scan->is_soft_broken, is_cut, err);
}

/* One physical line, without its line feed. `is_cut`: see go_on. */
static bool take_line(struct scan *scan, const char *line, size_t length, bool is_cut, struct err *err)
{
	bool goes_on = scan->is_soft_broken;

	scan->is_soft_broken = false;
	while (length > 0 && line[length - 1] == '\r') {
		length--;
	}
	if (scan->depth == 0 && length >= 3 && memcmp(line, "\xEF\xBB\xBF", 3) == 0) { /* a byte order mark */
		line += 3;
		length -= 3;
	}
	if (length == 0) {
		return true;
	}
	if (line[0] == ' ' || line[0] == '\t' || (goes_on && !is_structure(line, length))) {
		return scan->depth > 0 ? take_continuation(scan, line, length, is_cut, err)
				       : is_outside_line_fine(line, length, err);
	}
	if (!end_line(scan, err)) {
		return false;
	}
	scan->is_quoted = false;
	if (is_cut && (begins(line, length, "BEGIN:", 6) || begins(line, length, "END:", 4))) {
		return event_level(scan) >= 0 || err_set(err, "not a calendar: a component without a usable name");
	}
	if (begins(line, length, "BEGIN:", 6)) {
		return begin_component(scan, line + 6, length - 6, err);
	}
	if (begins(line, length, "END:", 4)) {
		return end_component(scan, line + 4, length - 4, err);
	}
	if (scan->depth == 0) {
		return is_outside_line_fine(line, length, err);
	}
	scan->sort = sort_line(scan, line, length);
	scan->line_start = scan->text.length;
	scan->is_soft_broken = has_soft_break(scan, line, length, line, length);
	return go_on(scan, line, length - scan->is_soft_broken, is_cut, err);
}

static bool finish_carried_line(struct scan *scan, struct err *err)
{
	bool ok = take_line(scan, scan->carry.bytes, scan->carry.length, scan->overlong, err);

	scan->overlong = false;
	scan->carry.length = 0;
	return ok;
}

static bool carry_on(struct scan *scan, const char *bytes, size_t length, struct err *err)
{
	if (length > ICS_LINE_MAX - scan->carry.length) {
		scan->overlong = true;
		length = ICS_LINE_MAX - scan->carry.length;
	}
	return buffer_append(&scan->carry, bytes, length, err);
}

bool scan_feed(struct scan *scan, const char *bytes, size_t length, struct err *err)
{
	const char *end = bytes + length;

	if (length > ICS_BODY_MAX - scan->total) {
		return err_set(err, "larger than %d MiB", ICS_BODY_MAX >> 20);
	}
	scan->total += length;
	while (bytes < end) {
		const char *feed = memchr(bytes, '\n', (size_t)(end - bytes));
		size_t line_length = (size_t)((feed ? feed : end) - bytes);
		bool is_cut = line_length > ICS_LINE_MAX;

		if (!feed) {
			return carry_on(scan, bytes, line_length, err);
		}
		if (scan->carry.length > 0) {
			if (!carry_on(scan, bytes, line_length, err) || !finish_carried_line(scan, err)) {
				return false;
			}
		} else if (!take_line(scan, bytes, is_cut ? ICS_LINE_MAX : line_length, is_cut, err)) {
			return false;
		}
		bytes = feed + 1;
	}
	return true;
}

bool scan_finish(struct scan *scan, struct err *err)
{
	if (scan->carry.length > 0 && !finish_carried_line(scan, err)) {
		return false;
	}
	if (!end_line(scan, err)) {
		return false;
	}
	if (scan->depth > 0) {
		return err_set(err, "not a whole calendar: %s is never closed", scan->levels[scan->depth - 1].name);
	}
	if (!scan->any_calendar) {
		return err_set(err, "not a calendar: it is empty");
	}
	return true;
}
