/* Splits a body into components without understanding them: it looks at each byte about once, and hands on only
 * the lines of an event that the kiosk could want. All structure is checked here, before any library sees a byte. */
#ifndef ICAL_SCAN_H
#define ICAL_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "err.h"

/* The properties of a VEVENT or VFREEBUSY that are kept; everything else is passed over. Those before
 * SCAN_PROPERTY_COUNT decide whether and when the event can matter. */
enum scan_property {
	SCAN_UID,
	SCAN_DTSTART,
	SCAN_DTEND,
	SCAN_DURATION,
	SCAN_RRULE,
	SCAN_EXRULE,
	SCAN_RDATE,
	SCAN_EXDATE,
	SCAN_RECURRENCE_ID,
	SCAN_SEQUENCE,
	SCAN_DTSTAMP,
	SCAN_LAST_MODIFIED,
	SCAN_FREEBUSY, /* of a VFREEBUSY only */
	SCAN_PROPERTY_COUNT,

	SCAN_ATTENDEE = SCAN_PROPERTY_COUNT, /* a room or a thing only */
	SCAN_CLASS,
	SCAN_CONFERENCE,
	SCAN_DESCRIPTION,
	SCAN_LOCATION,
	SCAN_ORGANIZER,
	SCAN_RESOURCES,
	SCAN_STATUS,
	SCAN_SUMMARY,
	SCAN_TRANSP,
	SCAN_URL,
	SCAN_GOOGLE_CONFERENCE,
	SCAN_MICROSOFT_ALL_DAY,
	SCAN_MICROSOFT_BUSY,
	SCAN_MICROSOFT_LINK,
	SCAN_MICROSOFT_TEAMS
};

struct scan_slice {
	size_t start, length; /* in scan_event.text */
	size_t value; /* where in the line the value begins, when there is no parameter before it; 0 not known */
};

struct scan_line {
	struct scan_slice slice; /* the property's name included, CRLF excluded */
	enum scan_property property;
};

/* One VEVENT or VFREEBUSY. Lives until the callback returns. Of a property that may occur only once the first line is
 * the only one in it: what follows is most often a description that somebody forgot to fold. */
struct scan_event {
	const char *text; /* kept lines, unfolded, each ending in CRLF, without BEGIN and END; no NUL inside */
	size_t length;
	const struct scan_line *kept; /* each of them, in the calendar's order */
	size_t kept_count;
	/* The first line of each kind that decides; length 0 when there is none. */
	struct scan_slice lines[SCAN_PROPERTY_COUNT];
	unsigned counts[SCAN_PROPERTY_COUNT];
	bool is_freebusy;
	const char *trouble; /* NULL, or the reason why the event has to be skipped */
};

/* A callback returns false, with err filled, to give the whole body up. */
struct scan_sink {
	bool (*on_event)(void *context, const struct scan_event *event, struct err *err);
	/* Like scan_event.text. A definition outside of every VCALENDAR is handed on for each that follows it. */
	bool (*on_zone)(void *context, const char *text, size_t length, struct err *err);
	bool (*on_calendar)(void *context, struct err *err); /* BEGIN:VCALENDAR */
	/* METHOD or X-WR-TIMEZONE, unfolded */
	bool (*on_header)(void *context, const char *line, size_t length, struct err *err);
	void *context;
	bool want_description;
};

struct scan;

struct scan *scan_create(const struct scan_sink *sink); /* NULL: out of memory. The sink is copied. */
void scan_destroy(struct scan *scan);

/* False: not a calendar, or a callback gave up. Nothing may be fed after that. */
bool scan_feed(struct scan *scan, const char *bytes, size_t length, struct err *err);
bool scan_finish(struct scan *scan, struct err *err); /* checks that every component was closed */

/* The value of a property line: what follows the first colon outside quotes, without the white space around it. False:
 * there is none. */
bool scan_value(const char *line, size_t length, const char **out_value, size_t *out_length);
/* Does the same for a line of an event. */
static inline bool scan_line_value(const struct scan_event *event, const struct scan_slice *line,
				   const char **out_value, size_t *out_length)
{
	const char *start = event->text + line->start + line->value, *stop = event->text + line->start + line->length;

	if (line->value == 0 || start == stop || (unsigned char)*start <= ' ' || (unsigned char)stop[-1] <= ' ') {
		return line->length > 0 && scan_value(event->text + line->start, line->length, out_value, out_length);
	}
	*out_value = start;
	*out_length = (size_t)(stop - start);
	return true;
}
/* Where in the line of a time a zone's name stands that should have been quoted: Exchange writes
 * TZID=tzone://Microsoft/Utc and TZID=(UTC-05:00) Eastern Time (US & Canada). False: there is none. */
bool scan_find_bare_zone(const char *line, size_t length, size_t *out_start, size_t *out_stop);
bool scan_has_bare_zone(const char *line, size_t length);
/* A parameter's value, unquoted. False: not there. */
bool scan_parameter(const char *line, size_t length, const char *name, const char **out_value, size_t *out_length);

/* An attendee matters only when it is a room or a thing, which may stand in any of the line's folds. Where no CUTYPE
 * says so, Exchange marks one by its role ([MS-OXCICAL] section 2.1.3.1.1.20.2). */
bool scan_is_resource(const char *line, size_t length);

static inline bool scan_is_time(enum scan_property property)
{
	return property == SCAN_DTSTART || property == SCAN_DTEND || property == SCAN_RDATE ||
	       property == SCAN_EXDATE || property == SCAN_RECURRENCE_ID;
}

/* Returns whether what follows "BEGIN:" is no component's name: "Begin: 10 o'clock" comes from a description that was
 * not folded. */
bool scan_is_prose(const char *text, size_t length);

/* Returns whether a line outside of every component says nothing. */
bool scan_is_blank(const char *line, size_t length);

#endif
