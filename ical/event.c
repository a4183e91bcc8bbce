/* See event.h. Times are read here, from the same lines and by the same functions as in screen.c; rule.c reads rules.
 * libical takes texts apart: escapes and the parameters of persons. No library is asked about zones, because libical
 * reads an unknown zone as UTC. */
#include "event.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <libical/ical.h>

#include "civil.h"
#include "eventtext.h"
#include "icslimits.h"
#include "quoted.h"
#include "small.h"

struct reading {
	const struct scan_event *raw;
	struct zone_names *names;
	struct pool *pool;
	struct event *event;
	char *lines, *out; /* the text for libical, and its end */
	char *scratch;     /* room for a decoded value */
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

static bool is_one_of(const char *line, size_t length, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (small_is_named(line, length, names[i])) {
			return true;
		}
	}
	return false;
}

/* A logical line without its end, and the part of it that is currently read. */
struct line {
	const char *text;
	size_t length;
	const char *value;
	size_t value_length;
};

static bool take_line(const char *text, size_t length, struct line *out_line)
{
	*out_line = (struct line){.text = text, .length = length};
	return scan_value(text, length, &out_line->value, &out_line->value_length);
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

	return slice->length > 0 && take_line(reading->raw->text + slice->start, slice->length, out_line);
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
	bool is_exdate = small_is_named(line->text, line->length, "EXDATE");
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

/* libical drops a backslash that escapes nothing, together with the letter behind it: "C:\temp" would lose its t. Such
 * a backslash is doubled before a letter, and dropped before a punctuation mark, where it is one escape too many. */
static char *put_text(char *out, const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		char next = text[i] == '\\' && i + 1 < length ? text[i + 1] : '\0';

		if (next != '\0' && strchr("\\;,nN\"", next)) {
			*out++ = text[i++];
		} else if (next != '\0' && strchr("/:!?()[]{}<>#&@'=+*|^-", next)) {
			i++;
		} else if (text[i] == '\\') {
			*out++ = '\\';
		}
		*out++ = text[i];
	}
	return out;
}

/* An address contains no backslash, but some programs escape its punctuation as if it were a text. */
static char *put_address(char *out, const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (text[i] != '\\') {
			*out++ = text[i];
		}
	}
	return out;
}

/* libical recognises "X-" only in capitals. */
static char *put_name(char *out, const char *line, size_t length)
{
	for (size_t i = 0; i < length && line[i] != ':' && line[i] != ';'; i++) {
		*out++ = (char)toupper((unsigned char)line[i]);
	}
	return out;
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

/* The output is at most PUT_GROWTH times as long as the lines, plus PUT_MORE around them. */
enum { PUT_GROWTH = 2, PUT_MORE = 64 };

/* libical is slow with long lines, and the beginning of a text is enough. */
static void put_line(struct reading *reading, const struct line *line)
{
	static const char *const persons[] = {"ATTENDEE", "ORGANIZER"};
	static const char *const addresses[] = {"URL", "CONFERENCE", "X-GOOGLE-CONFERENCE",
						"X-MICROSOFT-ONLINEMEETINGEXTERNALLINK",
						"X-MICROSOFT-SKYPETEAMSMEETINGURL"};
	size_t length = line->value_length < ICS_TEXT_LINE_MAX ? line->value_length : ICS_TEXT_LINE_MAX;
	char *out = put_name(reading->out, line->text, line->length);

	if (is_one_of(line->text, line->length, persons, sizeof(persons) / sizeof(persons[0]))) {
		out = stpcpy(put_parameters(out, line), ":mailto:-"); /* whose address must not be kept */
	} else if (is_one_of(line->text, line->length, addresses, sizeof(addresses) / sizeof(addresses[0]))) {
		*out++ = ':';
		out = put_address(out, line->value, length);
	} else {
		*out++ = ':';
		if (quoted_is_used(line->text, line->length)) {
			length = quoted_decode(line->value, length, reading->scratch);
			out = put_text(out, reading->scratch, length);
		} else {
			out = put_text(out, line->value, length);
		}
	}
	reading->out = mempcpy(out, "\r\n", 2);
}

static size_t count_elements(const char *line, size_t length)
{
	size_t count = 1;

	for (const char *comma = line; (comma = memchr(comma, ',', (size_t)(line + length - comma))); comma++) {
		count++;
	}
	return count;
}

/* Returns the kept line that begins at `*at`, and moves `*at` behind it. */
static size_t next_line(const struct reading *reading, const char **at)
{
	const char *stop = reading->raw->text + reading->raw->length;
	const char *start = *at, *feed = memchr(start, '\n', (size_t)(stop - start));

	*at = feed + 1;
	return (size_t)(feed - start) - 1;
}

/* Returns an upper bound for the number of dates. */
static void count_dates(struct reading *reading)
{
	const char *at = reading->raw->text, *stop = at + reading->raw->length;

	while (at < stop) {
		const char *line = at;
		size_t length = next_line(reading, &at);

		if (small_is_named(line, length, "RDATE")) {
			reading->rdate_max += count_elements(line, length);
		} else if (small_is_named(line, length, "EXDATE")) {
			reading->exdate_max += count_elements(line, length);
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
	if (small_is_named(line->text, line->length, "RRULE")) {
		take_rule(reading, line, event->rules, &event->rule_count);
	} else if (small_is_named(line->text, line->length, "EXRULE")) {
		take_rule(reading, line, event->exrules, &event->exrule_count);
	} else if (line->value) {
		take_dates(reading, line);
	} else {
		miss(reading, "bad-date");
	}
}

/* Reads what makes a series, and puts the lines for libical into reading->lines. */
static void take_lines(struct reading *reading)
{
	static const char *const series[] = {"RRULE", "EXRULE", "RDATE", "EXDATE"};
	/* These lines have been read already, here or in screen.c. */
	static const char *const elsewhere[] = {"DTSTART",  "DTEND",   "DURATION",     "RECURRENCE-ID",
						"SEQUENCE", "DTSTAMP", "LAST-MODIFIED"};
	const char *at = reading->raw->text, *stop = at + reading->raw->length;

	reading->out = stpcpy(reading->lines, "BEGIN:VEVENT\r\n");
	while (at < stop) {
		const char *text = at;
		size_t length = next_line(reading, &at);
		struct line line;
		bool has_value;

		if (is_one_of(text, length, elsewhere, sizeof(elsewhere) / sizeof(elsewhere[0]))) {
			continue;
		}
		has_value = take_line(text, length, &line);
		if (is_one_of(text, length, series, sizeof(series) / sizeof(series[0]))) {
			take_series_line(reading, &line);
		} else if (has_value) {
			put_line(reading, &line);
		}
	}
	strcpy(reading->out, "END:VEVENT\r\n");
}

static bool take_texts(struct reading *reading)
{
	icalcomponent *component = icalparser_parse_string(reading->lines);
	struct event_texts texts = {.pool = reading->pool, .event = reading->event};
	bool ok = true;

	if (!component || icalcomponent_isa(component) != ICAL_VEVENT_COMPONENT) {
		ok = skip(reading, "unreadable");
	}
	for (icalproperty *property = ok ? icalcomponent_get_first_property(component, ICAL_ANY_PROPERTY) : NULL;
	     property && ok; property = icalcomponent_get_next_property(component, ICAL_ANY_PROPERTY)) {
		ok = event_texts_take(&texts, property) || run_short(reading);
	}
	ok = ok && (event_texts_finish(&texts) || run_short(reading));
	if (component) {
		icalcomponent_free(component);
	}
	icalmemory_free_ring();
	return ok;
}

enum event_outcome event_read(const struct scan_event *raw, const struct screened *screened, struct zone_names *names,
			      struct pool *pool, struct event *out_event, const char **out_reason)
{
	struct event event = {.screened = *screened, .floating = zone_names_slot(names, "", 0)};
	struct reading reading = {.raw = raw, .names = names, .pool = pool, .event = &event};
	bool ok;

	reading.lines = malloc((PUT_GROWTH + 1) * raw->length + PUT_MORE);
	if (!reading.lines) {
		return EVENT_NO_MEMORY;
	}
	reading.scratch = reading.lines + PUT_GROWTH * raw->length + PUT_MORE;
	ok = take_start(&reading) && take_end(&reading) && reserve(&reading);
	if (ok) {
		take_range(&reading);
		take_lines(&reading);
		ok = take_texts(&reading);
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
