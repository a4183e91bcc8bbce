/* The components of a calendar as they open and close. See scanstate.h. */
#include "scanstate.h"

#include <string.h>
#include <strings.h>

static enum part part_of(const struct scan *scan, const char *name)
{
	enum part parent = scan_top(scan);

	if (parent == PART_CALENDAR && (strcasecmp(name, "VEVENT") == 0 || strcasecmp(name, "VFREEBUSY") == 0)) {
		return PART_EVENT;
	}
	if ((scan->depth == 0 || parent == PART_CALENDAR) && strcasecmp(name, "VTIMEZONE") == 0) {
		return PART_ZONE;
	}
	if (scan->depth == 0) {
		return PART_CALENDAR;
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
	return length > scan_left_of(ICS_ZONE_TEXTS_MAX, scan->outer.length) ||
	       (buffer_append(&scan->outer, text, length, err) && buffer_append(&scan->outer, "", 1, err));
}

int scan_event_level(const struct scan *scan)
{
	for (int i = 0; i < scan->depth; i++) {
		if (scan->levels[i].part == PART_EVENT) {
			return i;
		}
	}
	return -1;
}

bool scan_begin_component(struct scan *scan, const char *name_text, size_t length, struct err *err)
{
	char name[ICS_PROPERTY_NAME_MAX];
	enum part part;

	if (scan_event_level(scan) >= 0 && scan_is_prose(name_text, length)) {
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
		known_begin(&scan->known);
		scan->seen = 0;
		scan->text_length = 0;
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

/* Nearly every END names what was opened last, in the same letters. */
static bool closes_top(const struct scan *scan, const char *name, size_t length)
{
	const char *open = scan->depth > 0 ? scan->levels[scan->depth - 1].name : "";
	return length > 0 && strlen(open) == length && memcmp(open, name, length) == 0;
}

/* A description that was not folded may hold "BEGIN:VALARM". The lines behind it were not taken for the event's, so the
 * event is counted as one that cannot be read; the calendar's other events are not lost with it. */
static void close_within_event(struct scan *scan, const char *name)
{
	int level = scan_event_level(scan);

	if (level >= 0 && level + 1 < scan->depth && strcasecmp(scan->levels[level].name, name) == 0 &&
	    strcasecmp(scan->levels[scan->depth - 1].name, name) != 0) {
		scan->depth = level + 1;
		scan->event.trouble = "not-closed";
	}
}

bool scan_end_component(struct scan *scan, const char *name_text, size_t length, struct err *err)
{
	char name[ICS_PROPERTY_NAME_MAX];
	enum part part;

	if (!closes_top(scan, name_text, length)) {
		if (!copy_name(name_text, length, name) || !is_open(scan, name)) {
			return true;
		}
		close_within_event(scan, name);
		if (strcasecmp(scan->levels[scan->depth - 1].name, name) != 0) {
			return err_set(err, "not a whole calendar: %s is never closed",
				       scan->levels[scan->depth - 1].name);
		}
	}
	part = scan_top(scan);
	scan->depth--;
	scan->event.text = scan->text.bytes ? scan->text.bytes : "";
	scan->event.length = scan->text.length;
	scan->event.kept = scan->kept;
	if (part == PART_ZONE || part == PART_EVENT) {
		scan->text.length = 0;
		scan->text_length = 0;
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
