/* Works on physical lines as they come: memchr finds the end, the name decides, and a line that is not wanted is
 * never looked at again. What is wanted is unfolded into one buffer that is used anew for each component. */
#include "scan.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "icslimits.h"

enum { NAME_MAX_BYTES = 48, LETTERS = 26 };

enum part { PART_CALENDAR, PART_EVENT, PART_ZONE, PART_ZONE_RULE, PART_OTHER };

/* Where the logical line that is being read goes. */
enum sort { SORT_IGNORED, SORT_EVENT, SORT_ATTENDEE, SORT_ZONE, SORT_HEADER };

struct level {
	enum part part;
	char name[NAME_MAX_BYTES];
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
	bool overlong;       /* the line in carry passed the cap: wait for its end */
	struct buffer text;  /* the kept lines of the open component */
	enum sort sort;
	enum scan_property property;
	size_t line_start; /* in text */
	struct scan_event event;
	size_t known_from[LETTERS + 1]; /* the properties that begin with a letter, in known_properties */
};

struct known {
	const char *name;
	size_t length;
	enum scan_property property;
};

#define KNOWN(name, property) {name, sizeof(name) - 1, property}

/* In order of the first letter, so that a line is compared with a handful of names. */
static const struct known known_properties[] = {
	KNOWN("ATTENDEE", SCAN_OTHER),
	KNOWN("CLASS", SCAN_OTHER),
	KNOWN("CONFERENCE", SCAN_OTHER),
	KNOWN("DESCRIPTION", SCAN_OTHER),
	KNOWN("DTEND", SCAN_DTEND),
	KNOWN("DTSTAMP", SCAN_DTSTAMP),
	KNOWN("DTSTART", SCAN_DTSTART),
	KNOWN("DURATION", SCAN_DURATION),
	KNOWN("EXDATE", SCAN_EXDATE),
	KNOWN("EXRULE", SCAN_EXRULE),
	KNOWN("LAST-MODIFIED", SCAN_LAST_MODIFIED),
	KNOWN("LOCATION", SCAN_OTHER),
	KNOWN("ORGANIZER", SCAN_OTHER),
	KNOWN("RDATE", SCAN_RDATE),
	KNOWN("RECURRENCE-ID", SCAN_RECURRENCE_ID),
	KNOWN("RESOURCES", SCAN_OTHER),
	KNOWN("RRULE", SCAN_RRULE),
	KNOWN("SEQUENCE", SCAN_SEQUENCE),
	KNOWN("STATUS", SCAN_OTHER),
	KNOWN("SUMMARY", SCAN_OTHER),
	KNOWN("TRANSP", SCAN_OTHER),
	KNOWN("UID", SCAN_UID),
	KNOWN("URL", SCAN_OTHER),
	KNOWN("X-GOOGLE-CONFERENCE", SCAN_OTHER),
	KNOWN("X-MICROSOFT-CDO-ALLDAYEVENT", SCAN_OTHER),
	KNOWN("X-MICROSOFT-CDO-BUSYSTATUS", SCAN_OTHER),
	KNOWN("X-MICROSOFT-ONLINEMEETINGEXTERNALLINK", SCAN_OTHER),
	KNOWN("X-MICROSOFT-SKYPETEAMSMEETINGURL", SCAN_OTHER),
};

enum { KNOWN_COUNT = sizeof(known_properties) / sizeof(known_properties[0]) };

struct scan *scan_create(const struct scan_sink *sink)
{
	struct scan *scan = calloc(1, sizeof(*scan));

	if (!scan) {
		return NULL;
	}
	scan->sink = *sink;
	for (size_t letter = 0, known = 0; letter <= LETTERS; letter++) {
		while (known < KNOWN_COUNT && (size_t)known_properties[known].name[0] < 'A' + letter) {
			known++;
		}
		scan->known_from[letter] = known;
	}
	return scan;
}

void scan_destroy(struct scan *scan)
{
	if (!scan) {
		return;
	}
	free(scan->carry.bytes);
	free(scan->text.bytes);
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

static bool keep(struct scan *scan, const char *bytes, size_t length, struct err *err)
{
	bool in_zone = scan->sort == SORT_ZONE;
	size_t cap = in_zone ? ICS_ZONE_TEXT_MAX : ICS_EVENT_TEXT_MAX;

	if (length > cap - scan->text.length) {
		if (!in_zone) {
			scan->event.trouble = "too-large";
		}
		scan->sort = SORT_IGNORED;
		scan->text.length = scan->line_start;
		return true;
	}
	return append_without_nul(&scan->text, bytes, length, err);
}

/* An attendee matters only when it is a room or a thing, which may stand in any of the line's folds. */
static bool is_resource(const char *line, size_t length)
{
	const char *value;
	size_t value_length;

	return scan_parameter(line, length, "CUTYPE", &value, &value_length) &&
	       ((value_length == 4 && strncasecmp(value, "ROOM", 4) == 0) ||
		(value_length == 8 && strncasecmp(value, "RESOURCE", 8) == 0));
}

static bool is_time(enum scan_property property)
{
	return property == SCAN_DTSTART || property == SCAN_DTEND || property == SCAN_RDATE ||
	       property == SCAN_EXDATE || property == SCAN_RECURRENCE_ID;
}

/* Exchange writes TZID=tzone://Microsoft/Utc and TZID=(UTC-05:00) Eastern Time (US & Canada): without the quotes that
 * colons and commas need. No time holds a colon, so the last one ends the name. */
static bool quote_zone(struct scan *scan, struct err *err)
{
	static const char mark[] = "TZID=";
	char *line = scan->text.bytes + scan->line_start;
	size_t length = scan->text.length - scan->line_start;
	/* Most lines have no parameter at all. */
	const char *found = memchr(line, ';', length) ? memmem(line, length, mark, sizeof(mark) - 1) : NULL;
	const char *name, *end;
	size_t start, stop;

	if (!found || !(end = memrchr(found, ':', length - (size_t)(found - line)))) {
		return true;
	}
	name = found + sizeof(mark) - 1;
	if (memchr(name, ';', (size_t)(end - name))) {
		end = memchr(name, ';', (size_t)(end - name));
	}
	if (*name == '"' || (!memchr(name, ':', (size_t)(end - name)) && !memchr(name, ',', (size_t)(end - name)))) {
		return true;
	}
	start = (size_t)(name - line);
	stop = (size_t)(end - line);
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
	if (sort == SORT_EVENT && is_time(scan->property) && !quote_zone(scan, err)) {
		return false;
	}
	length = scan->text.length - start;
	if (sort == SORT_HEADER) {
		ok = scan->sink.on_header(scan->sink.context, scan->text.bytes + start, length, err);
		scan->text.length = 0;
		return ok;
	}
	if (sort == SORT_ATTENDEE && !is_resource(scan->text.bytes + start, length)) {
		scan->text.length = start;
		return true;
	}
	if (sort == SORT_EVENT && scan->event.counts[scan->property]++ == 0) {
		scan->event.lines[scan->property] = (struct scan_slice){start, length};
	}
	return buffer_append(&scan->text, "\r\n", 2, err);
}

/* The property that the line's name is; NULL: none that is kept, or no property at all. */
static const struct known *find_known(const struct scan *scan, const char *line, size_t length)
{
	unsigned letter = (unsigned char)(line[0] & ~0x20) - 'A';

	if (letter >= LETTERS) {
		return NULL;
	}
	for (size_t i = scan->known_from[letter]; i < scan->known_from[letter + 1]; i++) {
		const struct known *known = &known_properties[i];

		if (length > known->length && (line[known->length] == ':' || line[known->length] == ';') &&
		    (memcmp(known->name, line, known->length) == 0 ||
		     strncasecmp(known->name, line, known->length) == 0)) {
			return known;
		}
	}
	return NULL;
}

static size_t name_length_of(const char *line, size_t length)
{
	size_t i = 0;

	while (i < length && i < NAME_MAX_BYTES && line[i] != ':' && line[i] != ';') {
		i++;
	}
	return i;
}

static enum sort sort_event_line(struct scan *scan, const char *line, size_t length)
{
	const struct known *known = find_known(scan, line, length);

	if (!known || scan->event.trouble) {
		return SORT_IGNORED;
	}
	scan->property = known->property;
	if (known->property != SCAN_OTHER) {
		return SORT_EVENT;
	}
	if (strcmp(known->name, "ATTENDEE") == 0) {
		return SORT_ATTENDEE;
	}
	if (strcmp(known->name, "DESCRIPTION") == 0 && !scan->sink.want_description) {
		return SORT_IGNORED;
	}
	return SORT_EVENT;
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
		if ((name_length == 6 && strncasecmp(line, "METHOD", 6) == 0) ||
		    (name_length == 13 && strncasecmp(line, "X-WR-TIMEZONE", 13) == 0)) {
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

	if (scan->depth == 0) {
		return PART_CALENDAR;
	}
	if (parent == PART_CALENDAR && strcasecmp(name, "VEVENT") == 0) {
		return PART_EVENT;
	}
	if (parent == PART_CALENDAR && strcasecmp(name, "VTIMEZONE") == 0) {
		return PART_ZONE;
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
	if (length == 0 || length >= NAME_MAX_BYTES || memchr(text, '\0', length)) {
		return false;
	}
	memcpy(out_name, text, length);
	out_name[length] = '\0';
	return true;
}

static bool begin_component(struct scan *scan, const char *name_text, size_t length, struct err *err)
{
	char name[NAME_MAX_BYTES];
	enum part part;

	if (!copy_name(name_text, length, name)) {
		return err_set(err, "not a calendar: a component without a usable name");
	}
	if (scan->depth == ICS_DEPTH_MAX) {
		return err_set(err, "components are nested deeper than %d", ICS_DEPTH_MAX);
	}
	if (scan->depth == 0 && strcasecmp(name, "VCALENDAR") != 0) {
		return err_set(err, "not a calendar: it begins with %s", name);
	}
	part = part_of(scan, name);
	scan->levels[scan->depth].part = part;
	memcpy(scan->levels[scan->depth].name, name, sizeof(name));
	scan->depth++;
	if (part == PART_EVENT || part == PART_ZONE) {
		scan->text.length = 0;
		scan->event = (struct scan_event){0};
	}
	if (part == PART_CALENDAR) {
		scan->any_calendar = true;
		return scan->sink.on_calendar(scan->sink.context, err);
	}
	if (part == PART_ZONE_RULE) {
		return buffer_append(&scan->text, "BEGIN\r\n", 7, err);
	}
	return true;
}

static bool end_component(struct scan *scan, const char *name_text, size_t length, struct err *err)
{
	char name[NAME_MAX_BYTES];
	enum part part = top(scan);

	if (scan->depth == 0 || !copy_name(name_text, length, name)) {
		return err_set(err, "not a whole calendar: an END without its BEGIN");
	}
	if (strcasecmp(scan->levels[scan->depth - 1].name, name) != 0) {
		return err_set(err, "not a whole calendar: %s is never closed", scan->levels[scan->depth - 1].name);
	}
	scan->depth--;
	scan->event.text = scan->text.bytes ? scan->text.bytes : "";
	scan->event.length = scan->text.length;
	if (part == PART_ZONE || part == PART_EVENT) {
		scan->text.length = 0;
	}
	if (part == PART_ZONE) {
		return scan->sink.on_zone(scan->sink.context, scan->event.text, scan->event.length, err);
	}
	if (part == PART_EVENT) {
		return scan->sink.on_event(scan->sink.context, &scan->event, err);
	}
	return true;
}

static bool is_blank(const char *line, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r' && line[i] != '\0' && line[i] != '\x1a') {
			return false;
		}
	}
	return true;
}

static bool is_outside_line_fine(const char *line, size_t length, struct err *err)
{
	return is_blank(line, length) || err_set(err, "not a calendar");
}

/* One physical line, without its line feed. */
static bool take_line(struct scan *scan, const char *line, size_t length, struct err *err)
{
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
	if (line[0] == ' ' || line[0] == '\t') {
		if (scan->depth == 0) {
			return is_outside_line_fine(line, length, err);
		}
		return scan->sort == SORT_IGNORED || keep(scan, line + 1, length - 1, err);
	}
	if (!end_line(scan, err)) {
		return false;
	}
	if (length > 6 && (line[0] & ~0x20) == 'B' && strncasecmp(line, "BEGIN:", 6) == 0) {
		return begin_component(scan, line + 6, length - 6, err);
	}
	if (length > 4 && (line[0] & ~0x20) == 'E' && strncasecmp(line, "END:", 4) == 0) {
		return end_component(scan, line + 4, length - 4, err);
	}
	if (scan->depth == 0) {
		return is_outside_line_fine(line, length, err);
	}
	scan->sort = sort_line(scan, line, length);
	if (scan->sort == SORT_IGNORED) {
		return true;
	}
	scan->line_start = scan->text.length;
	return keep(scan, line, length, err);
}

/* A line longer than the cap is not read at all; inside an event the event cannot be trusted then. */
static bool take_overlong(struct scan *scan, struct err *err)
{
	if (scan->depth == 0) {
		return err_set(err, "not a calendar");
	}
	if (!end_line(scan, err)) {
		return false;
	}
	for (int i = 0; i < scan->depth; i++) {
		if (scan->levels[i].part == PART_EVENT) {
			scan->event.trouble = "line-too-long";
		}
	}
	return true;
}

static bool finish_carried_line(struct scan *scan, struct err *err)
{
	bool ok = scan->overlong || scan->carry.length > ICS_LINE_MAX
			  ? take_overlong(scan, err)
			  : take_line(scan, scan->carry.bytes, scan->carry.length, err);

	scan->overlong = false;
	scan->carry.length = 0;
	return ok;
}

static bool carry_on(struct scan *scan, const char *bytes, size_t length, struct err *err)
{
	if (scan->overlong || length > ICS_LINE_MAX - scan->carry.length) {
		scan->overlong = true;
		scan->carry.length = 0;
		return true;
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

		if (!feed) {
			return carry_on(scan, bytes, line_length, err);
		}
		if (scan->carry.length > 0 || scan->overlong) {
			if (!carry_on(scan, bytes, line_length, err) || !finish_carried_line(scan, err)) {
				return false;
			}
		} else if (line_length > ICS_LINE_MAX) {
			if (!take_overlong(scan, err)) {
				return false;
			}
		} else if (!take_line(scan, bytes, line_length, err)) {
			return false;
		}
		bytes = feed + 1;
	}
	return true;
}

bool scan_finish(struct scan *scan, struct err *err)
{
	if ((scan->carry.length > 0 || scan->overlong) && !finish_carried_line(scan, err)) {
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
