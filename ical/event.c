/* See event.h. Times are read here, from the same lines and by the same functions as in screen.c; rule.c reads rules.
 * libical takes texts apart: escapes, lists, and the parameters of persons. It is asked only where there is one of
 * them, because it needs several times as long for a line as everything else together. No library is asked about zones,
 * because libical reads an unknown zone as UTC. */
#include "event.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <libical/ical.h>

#include "civil.h"
#include "escape.h"
#include "eventtext.h"
#include "icslimits.h"
#include "quoted.h"
#include "small.h"

struct reading {
	const struct scan_event *raw;
	struct zone_names *names;
	struct pool *pool;
	struct event *event;
	struct event_texts texts;
	char *lines, *out; /* the text for libical, and its end; NULL until there is one */
	char *scratch;     /* room for a decoded value, behind it for one with its escapes */
	bool any_parsed;   /* there are lines for libical */
	size_t rdate_max, exdate_max;
	const char *reason;
	bool no_memory;
};

static bool skip(struct reading *reading, const char *reason)
{
	reading->reason = reason;
	return false;
}

static bool run_short(struct reading *reading)
{
	reading->no_memory = true;
	return false;
}

/* Only the first reason is counted. */
static void miss(struct reading *reading, const char *reason)
{
	if (!reading->event->missing) {
		reading->event->missing = reason;
	}
}

/* A logical line without its end, and the part of it that is currently read. */
struct line {
	enum scan_property property;
	const char *text;
	size_t length;
	const char *value; /* NULL: there is none */
	size_t value_length;
};

static bool take_line(const struct reading *reading, const struct scan_slice *slice, enum scan_property property,
		      struct line *out_line)
{
	*out_line = (struct line){property, reading->raw->text + slice->start, slice->length, NULL, 0};
	return scan_line_value(reading->raw, slice, &out_line->value, &out_line->value_length);
}

static bool is_declared_date(const struct line *line)
{
	const char *type;
	size_t length;

	return scan_parameter(line->text, line->length, "VALUE", &type, &length) && length == 4 &&
	       strncasecmp(type, "DATE", 4) == 0;
}

/* Reads `length` bytes of the line's value. A value that is declared as a date and continues with a time is read as the
 * date. */
static bool read_moment(struct reading *reading, const struct line *line, const char *value, size_t length,
			struct moment *out_moment)
{
	struct ics_time time;
	struct moment moment = {.slot = reading->event->floating};
	const char *zone = NULL;
	size_t zone_length = 0;

	if (!ics_time_parse(value, length, &time)) {
		return false;
	}
	moment.local_s = time.local_s;
	moment.is_date = time.is_date || is_declared_date(line);
	if (moment.is_date) {
		int64_t past_s = moment.local_s % DAY_S;

		moment.local_s -= past_s < 0 ? past_s + DAY_S : past_s;
	} else if (time.is_utc) {
		moment.slot = ZONE_SLOT_UTC;
	} else if (scan_parameter(line->text, line->length, "TZID", &zone, &zone_length) && zone_length > 0) {
		moment.slot = zone_names_slot(reading->names, zone, zone_length);
	} else {
		moment.is_floating = true;
	}
	*out_moment = moment;
	return true;
}

static bool is_given(const struct reading *reading, enum scan_property property)
{
	return reading->raw->lines[property].length > 0;
}

/* Finds the first line of that kind. Returns false when there is none or it has no value. */
static bool find_line(const struct reading *reading, enum scan_property property, struct line *out_line)
{
	const struct scan_slice *slice = &reading->raw->lines[property];

	return slice->length > 0 && take_line(reading, slice, property, out_line);
}

static bool take_moment(struct reading *reading, enum scan_property property, struct moment *out_moment)
{
	struct line line;

	return find_line(reading, property, &line) &&
	       read_moment(reading, &line, line.value, line.value_length, out_moment);
}

/* An end and a length exclude each other (RFC 5545 section 3.6.1); where there are both, one of them that can be read
 * is enough. */
static bool take_end(struct reading *reading)
{
	struct event *event = reading->event;
	struct line line;

	event->has_end = take_moment(reading, SCAN_DTEND, &event->end);
	event->has_duration = !event->has_end && find_line(reading, SCAN_DURATION, &line) &&
			      ics_duration_parse(line.value, line.value_length, &event->duration);
	if (event->has_end || event->has_duration) {
		return true;
	}
	return (!is_given(reading, SCAN_DTEND) && !is_given(reading, SCAN_DURATION)) || skip(reading, "bad-end");
}

/* A cancellation need not repeat the time of its occurrence (RFC 5546 section 3.2.5). Conversely, an exception without
 * a readable RECURRENCE-ID is at its own start. */
static bool take_start(struct reading *reading)
{
	struct event *event = reading->event;
	bool has_start = take_moment(reading, SCAN_DTSTART, &event->start);
	bool has_recurrence_id = take_moment(reading, SCAN_RECURRENCE_ID, &event->recurrence_id);

	event->has_recurrence_id = is_given(reading, SCAN_RECURRENCE_ID);
	if (!has_start && (is_given(reading, SCAN_DTSTART) || !has_recurrence_id)) {
		return skip(reading, "bad-start");
	}
	if (!has_start) {
		event->start = event->recurrence_id;
	}
	if (event->has_recurrence_id && !has_recurrence_id) {
		event->recurrence_id = event->start;
		miss(reading, "bad-recurrence-id");
	}
	return true;
}

static void take_range(struct reading *reading)
{
	struct line line;
	const char *range;
	size_t length;

	reading->event->this_and_future = find_line(reading, SCAN_RECURRENCE_ID, &line) &&
					  scan_parameter(line.text, line.length, "RANGE", &range, &length) &&
					  length == 13 && strncasecmp(range, "THISANDFUTURE", length) == 0;
}

static void take_rule(struct reading *reading, const struct line *line, struct rule *rules, uint8_t *count)
{
	struct event *event = reading->event;

	if (event->rule_count + event->exrule_count == ICS_RULES_MAX) {
		miss(reading, "too-many-rules");
		return;
	}
	if (!line->value || !rule_parse(line->value, line->value_length, &rules[*count])) {
		if (!line->value ||
		    line->value_length > 0) { /* some programs write the name although there is no rule */
			miss(reading, "bad-rule");
		}
		return;
	}
	if (event->start.is_date && rules[*count].freq < RULE_DAILY) {
		miss(reading, "bad-rule");
		return;
	}
	(*count)++;
}

/* "start/end" or "start/length" */
static bool read_period(struct reading *reading, const struct line *line, const char *value, size_t length,
			struct extra_date *out_date)
{
	const char *slash = memchr(value, '/', length);
	size_t start_length = slash ? (size_t)(slash - value) : length;

	if (!read_moment(reading, line, value, start_length, &out_date->start)) {
		return false;
	}
	if (!slash) {
		return true;
	}
	length -= start_length + 1;
	out_date->has_duration = ics_duration_parse(slash + 1, length, &out_date->duration);
	out_date->has_end = !out_date->has_duration && read_moment(reading, line, slash + 1, length, &out_date->end);
	return out_date->has_duration || out_date->has_end;
}

static void take_date(struct reading *reading, const struct line *line, const char *value, size_t length)
{
	struct event *event = reading->event;
	bool is_exdate = line->property == SCAN_EXDATE;
	struct extra_date date = {0};

	if (length == 0) { /* an empty list */
		return;
	}
	if (is_exdate ? event->exdate_count == reading->exdate_max : event->rdate_count == reading->rdate_max) {
		miss(reading, "too-many-dates");
	} else if (!read_period(reading, line, value, length, &date)) {
		miss(reading, "bad-date");
	} else if (is_exdate) {
		event->exdates[event->exdate_count++] = date.start;
	} else {
		event->rdates[event->rdate_count++] = date;
	}
}

static void take_dates(struct reading *reading, const struct line *line)
{
	const char *value = line->value, *end = value + line->value_length;

	for (;;) {
		const char *comma = memchr(value, ',', (size_t)(end - value)), *last = comma ? comma : end;

		while (value < last && (*value == ' ' || *value == '\t')) {
			value++;
		}
		while (last > value && (last[-1] == ' ' || last[-1] == '\t')) {
			last--;
		}
		take_date(reading, line, value, (size_t)(last - value));
		if (!comma) {
			return;
		}
		value = comma + 1;
	}
}

/* Only the parameters that eventtext.c uses are passed on, because one that libical does not understand can cost the
 * value. */
static char *put_parameters(char *out, const struct line *line)
{
	static const char *const names[] = {"CN", "CUTYPE", "PARTSTAT", "ROLE"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *value;
		size_t length;

		if (scan_parameter(line->text, line->length, names[i], &value, &length) && length > 0) {
			*out++ = ';';
			out = stpcpy(out, names[i]);
			*out++ = '=';
			*out++ = '"';
			for (size_t j = 0; j < length; j++) {
				if (value[j] != '"') {
					*out++ = value[j];
				}
			}
			*out++ = '"';
		}
	}
	return out;
}

/* An escaped text is at most PUT_GROWTH times as long as it was, as are the lines for libical, with PUT_MORE around
 * them. */
enum { PUT_GROWTH = 2, PUT_MORE = 64 };

static bool reserve_text(struct reading *reading)
{
	size_t length = reading->raw->length;

	if (reading->lines) {
		return true;
	}
	reading->lines = malloc((2 * PUT_GROWTH + 1) * length + PUT_MORE);
	if (!reading->lines) {
		return run_short(reading);
	}
	reading->out = stpcpy(reading->lines, "BEGIN:VEVENT\r\n");
	reading->scratch = reading->lines + PUT_GROWTH * length + PUT_MORE / 2;
	return true;
}

static void trim(const char **text, size_t *length)
{
	while (*length > 0 && isspace((unsigned char)(*text)[0])) {
		(*text)++;
		(*length)--;
	}
	while (*length > 0 && isspace((unsigned char)(*text)[*length - 1])) {
		(*length)--;
	}
}

/* The beginning of a text is enough. */
static bool take_value(struct reading *reading, const struct line *line, const char **out_value, size_t *out_length)
{
	size_t length = line->value_length < ICS_TEXT_LINE_MAX ? line->value_length : ICS_TEXT_LINE_MAX;

	*out_value = line->value;
	if (quoted_is_used(line->text, line->length)) {
		if (!reserve_text(reading)) {
			return false;
		}
		length = quoted_decode(line->value, length, reading->scratch);
		*out_value = reading->scratch;
	}
	*out_length = length;
	return true;
}

/* Puts a person, a room or a list of things into the lines for libical. */
static bool put_line(struct reading *reading, const struct line *line)
{
	const char *value, *name = line->property == SCAN_RESOURCES   ? "RESOURCES"
				   : line->property == SCAN_ORGANIZER ? "ORGANIZER"
								      : "ATTENDEE";
	size_t length;
	char *out;

	if (!reserve_text(reading) || !take_value(reading, line, &value, &length)) {
		return false;
	}
	out = stpcpy(reading->out, name);
	if (line->property == SCAN_RESOURCES) {
		*out++ = ':';
		out = escape_put_text(out, value, length);
	} else {
		out = stpcpy(put_parameters(out, line), ":mailto:-"); /* whose address must not be kept */
	}
	reading->out = mempcpy(out, "\r\n", 2);
	reading->any_parsed = true;
	return true;
}

static bool take_text(struct reading *reading, const struct line *line)
{
	const char *value;
	size_t length;
	char *escaped;
	icalvalue *unescaped;
	bool ok;

	if (!take_value(reading, line, &value, &length)) {
		return false;
	}
	trim(&value, &length);
	if (!memchr(value, '\\', length)) {
		return event_texts_take(&reading->texts, line->property, value, length) || run_short(reading);
	}
	if (!reserve_text(reading)) {
		return false;
	}
	escaped = reading->scratch + reading->raw->length;
	*escape_put_text(escaped, value, length) = '\0';
	unescaped = icalvalue_new_from_string(ICAL_TEXT_VALUE, escaped);
	if (!unescaped) {
		return run_short(reading);
	}
	value = icalvalue_get_text(unescaped);
	ok = event_texts_take(&reading->texts, line->property, value, strlen(value)) || run_short(reading);
	icalvalue_free(unescaped);
	return ok;
}

static bool take_address(struct reading *reading, const struct line *line)
{
	size_t length = line->value_length < ICS_TEXT_LINE_MAX ? line->value_length : ICS_TEXT_LINE_MAX;
	const char *value = line->value;

	if (memchr(value, '\\', length)) {
		if (!reserve_text(reading)) {
			return false;
		}
		length = (size_t)(escape_put_address(reading->scratch, value, length) - reading->scratch);
		value = reading->scratch;
	}
	trim(&value, &length);
	return event_texts_take(&reading->texts, line->property, value, length) || run_short(reading);
}

/* No word has an escape in it. */
static bool take_word(struct reading *reading, const struct line *line)
{
	const char *value;
	size_t length;

	if (!take_value(reading, line, &value, &length)) {
		return false;
	}
	trim(&value, &length);
	return event_texts_take(&reading->texts, line->property, value, length) || run_short(reading);
}

static size_t count_elements(const char *line, size_t length)
{
	size_t count = 1;

	for (const char *comma = line; (comma = memchr(comma, ',', (size_t)(line + length - comma))); comma++) {
		count++;
	}
	return count;
}

/* Returns an upper bound for the number of dates. */
static void count_dates(struct reading *reading)
{
	for (size_t i = 0; i < reading->raw->kept_count; i++) {
		const struct scan_line *kept = &reading->raw->kept[i];
		const char *line = reading->raw->text + kept->slice.start;

		if (kept->property == SCAN_RDATE) {
			reading->rdate_max += count_elements(line, kept->slice.length);
		} else if (kept->property == SCAN_EXDATE) {
			reading->exdate_max += count_elements(line, kept->slice.length);
		}
	}
	reading->rdate_max = reading->rdate_max < ICS_RDATES_MAX ? reading->rdate_max : ICS_RDATES_MAX;
	reading->exdate_max = reading->exdate_max < ICS_EXDATES_MAX ? reading->exdate_max : ICS_EXDATES_MAX;
}

static size_t least(size_t left, size_t right)
{
	return left < right ? left : right;
}

static bool reserve(struct reading *reading)
{
	const unsigned *counts = reading->raw->counts;
	size_t rule_count = least(counts[SCAN_RRULE], ICS_RULES_MAX);
	size_t exrule_count = least(counts[SCAN_EXRULE], ICS_RULES_MAX);
	struct event *event = reading->event;

	if (counts[SCAN_RDATE] + counts[SCAN_EXDATE] > 0) {
		count_dates(reading);
	}
	if (rule_count + exrule_count > 0) {
		event->rules = pool_alloc(reading->pool, (rule_count + exrule_count) * sizeof(*event->rules));
		if (!event->rules) {
			return run_short(reading);
		}
		event->exrules = event->rules + rule_count;
	}
	if (reading->rdate_max > 0 &&
	    !(event->rdates = pool_alloc(reading->pool, reading->rdate_max * sizeof(*event->rdates)))) {
		return run_short(reading);
	}
	if (reading->exdate_max > 0 &&
	    !(event->exdates = pool_alloc(reading->pool, reading->exdate_max * sizeof(*event->exdates)))) {
		return run_short(reading);
	}
	return true;
}

/* Reads what makes the event a series. The own rules of an exception have no meaning (RFC 5545 section 3.8.4.4). */
static void take_series_line(struct reading *reading, const struct line *line)
{
	struct event *event = reading->event;

	if (event->has_recurrence_id) {
		return;
	}
	if (line->property == SCAN_RRULE) {
		take_rule(reading, line, event->rules, &event->rule_count);
	} else if (line->property == SCAN_EXRULE) {
		take_rule(reading, line, event->exrules, &event->exrule_count);
	} else if (line->value) {
		take_dates(reading, line);
	} else {
		miss(reading, "bad-date");
	}
}

static bool take_kept_line(struct reading *reading, const struct scan_line *kept)
{
	struct line line;
	bool has_value = take_line(reading, &kept->slice, kept->property, &line);

	switch (kept->property) {
	case SCAN_RRULE:
	case SCAN_EXRULE:
	case SCAN_RDATE:
	case SCAN_EXDATE:
		take_series_line(reading, &line);
		return true;
	case SCAN_ATTENDEE:
	case SCAN_ORGANIZER:
	case SCAN_RESOURCES:
		return !has_value || put_line(reading, &line);
	case SCAN_UID:
	case SCAN_SUMMARY:
	case SCAN_LOCATION:
	case SCAN_DESCRIPTION:
		return !has_value || take_text(reading, &line);
	case SCAN_URL:
	case SCAN_CONFERENCE:
	case SCAN_GOOGLE_CONFERENCE:
	case SCAN_MICROSOFT_LINK:
	case SCAN_MICROSOFT_TEAMS:
		return !has_value || take_address(reading, &line);
	case SCAN_STATUS:
	case SCAN_CLASS:
	case SCAN_TRANSP:
	case SCAN_MICROSOFT_BUSY:
	case SCAN_MICROSOFT_ALL_DAY:
		return !has_value || take_word(reading, &line);
	default: /* These lines have been read already, here or in screen.c. */
		return true;
	}
}

static bool take_parsed(struct reading *reading)
{
	icalcomponent *component;
	bool ok = true;

	strcpy(reading->out, "END:VEVENT\r\n");
	component = icalparser_parse_string(reading->lines);
	if (!component || icalcomponent_isa(component) != ICAL_VEVENT_COMPONENT) {
		ok = skip(reading, "unreadable");
	}
	for (icalproperty *property = ok ? icalcomponent_get_first_property(component, ICAL_ANY_PROPERTY) : NULL;
	     property && ok; property = icalcomponent_get_next_property(component, ICAL_ANY_PROPERTY)) {
		ok = event_texts_take_parsed(&reading->texts, property) || run_short(reading);
	}
	if (component) {
		icalcomponent_free(component);
	}
	icalmemory_free_ring();
	return ok;
}

static bool take_lines(struct reading *reading)
{
	reading->texts = (struct event_texts){.pool = reading->pool, .event = reading->event};
	for (size_t i = 0; i < reading->raw->kept_count; i++) {
		if (!take_kept_line(reading, &reading->raw->kept[i])) {
			return false;
		}
	}
	if (reading->any_parsed && !take_parsed(reading)) {
		return false;
	}
	return event_texts_finish(&reading->texts) || run_short(reading);
}

enum event_outcome event_read(const struct scan_event *raw, const struct screened *screened, struct zone_names *names,
			      struct pool *pool, struct event *out_event, const char **out_reason)
{
	struct event event = {.screened = *screened, .floating = zone_names_slot(names, "", 0)};
	struct reading reading = {.raw = raw, .names = names, .pool = pool, .event = &event};
	bool ok;

	ok = take_start(&reading) && take_end(&reading) && reserve(&reading);
	if (ok) {
		take_range(&reading);
		ok = take_lines(&reading);
	}
	free(reading.lines);
	if (reading.no_memory) {
		return EVENT_NO_MEMORY;
	}
	if (!ok) {
		*out_reason = reading.reason;
		return EVENT_SKIPPED;
	}
	*out_event = event;
	return EVENT_READ;
}
