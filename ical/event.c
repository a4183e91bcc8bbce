/* libical takes the kept lines apart: parameters, escapes, value types. Rules are read by rule.c, and no library is
 * asked about zones, since libical takes an unknown one for UTC. */
#include "event.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <libical/ical.h>

#include "civil.h"
#include "eventtext.h"
#include "icslimits.h"

struct reading {
	const struct scan_event *raw;
	struct zone_names *names;
	struct pool *pool;
	struct event *event;
	char *lines; /* what libical gets */
	size_t rdate_max, exdate_max;
	const char *reason;
	bool has_start, no_memory;
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

static bool is_named(const char *line, size_t length, const char *name)
{
	size_t name_length = strlen(name);

	return length > name_length && strncasecmp(line, name, name_length) == 0 &&
	       (line[name_length] == ':' || line[name_length] == ';');
}

static bool take_rule(struct reading *reading, const char *line, size_t length, struct rule *rules, uint8_t *count)
{
	const char *value;
	size_t value_length;

	if (!scan_value(line, length, &value, &value_length)) {
		return skip(reading, "bad-rule");
	}
	if (value_length == 0) { /* some write the name even when there is no rule */
		return true;
	}
	if (!rule_parse(value, value_length, &rules[*count])) {
		return skip(reading, "bad-rule");
	}
	if (reading->event->start.is_date && rules[*count].freq < RULE_DAILY) {
		return skip(reading, "bad-rule");
	}
	(*count)++;
	return true;
}

static size_t count_elements(const char *line, size_t length)
{
	size_t count = 1;

	for (const char *comma = line; (comma = memchr(comma, ',', (size_t)(line + length - comma))); comma++) {
		count++;
	}
	return count;
}

static bool is_one_of(const char *line, size_t length, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (is_named(line, length, names[i])) {
			return true;
		}
	}
	return false;
}

/* libical knows "X-" only in capitals. Returns how much of the line is the name. */
static size_t put_name(char **out, const char *line, size_t length)
{
	size_t i = 0;

	for (; i < length && line[i] != ':' && line[i] != ';'; i++) {
		*(*out)++ = (char)toupper((unsigned char)line[i]);
	}
	return i;
}

/* Times and lengths hold no white space; libical would refuse it, and small letters too. What calls itself a date and
 * goes on with a time is the date. */
static char *put_time_value(char *out, const char *value, size_t length, bool only_date)
{
	bool in_time = false;

	for (size_t i = 0; i < length; i++) {
		char byte = (char)toupper((unsigned char)value[i]);

		in_time = only_date && byte != ',' && (in_time || byte == 'T');
		if (byte != ' ' && byte != '\t' && !in_time) {
			*out++ = byte;
		}
	}
	return mempcpy(out, "\r\n", 2);
}

static bool is_declared_date(const char *line, size_t length)
{
	const char *type;
	size_t type_length;

	return scan_parameter(line, length, "VALUE", &type, &type_length) && type_length == 4 &&
	       strncasecmp(type, "DATE", 4) == 0;
}

/* libical drops a backslash that escapes nothing, together with the letter behind it: "C:\temp" loses its t. */
static char *put_text(char *out, const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		bool is_escape = text[i] == '\\' && i + 1 < length && strchr("\\;,nN\"", text[i + 1]);

		if (text[i] == '\\' && !is_escape) {
			*out++ = '\\';
		}
		*out++ = text[i];
		if (is_escape) {
			*out++ = text[++i];
		}
	}
	return out;
}

/* libical takes its time over long lines, and of a text the beginning is enough. The line ends in CRLF; what is written
 * is at most twice as long. */
static char *put_line(char *out, const char *line, size_t length)
{
	static const char *const times[] = {"DTSTART", "DTEND", "DURATION", "RDATE", "EXDATE", "RECURRENCE-ID"};
	static const char *const texts[] = {"UID", "SUMMARY", "LOCATION", "DESCRIPTION", "RESOURCES"};
	const char *value;
	size_t value_length, name_length;

	if (is_one_of(line, length, times, sizeof(times) / sizeof(times[0])) &&
	    scan_value(line, length - 2, &value, &value_length)) {
		if (value_length == 0 && (is_named(line, length, "RDATE") || is_named(line, length, "EXDATE"))) {
			return out; /* an empty list */
		}
		name_length = put_name(&out, line, length);
		out = mempcpy(out, line + name_length, (size_t)(value - line) - name_length);
		return put_time_value(out, value, value_length, is_declared_date(line, length - 2));
	}
	length = length - 2 < ICS_TEXT_LINE_MAX ? length - 2 : ICS_TEXT_LINE_MAX;
	name_length = put_name(&out, line, length);
	if (is_one_of(line, length, texts, sizeof(texts) / sizeof(texts[0]))) {
		out = put_text(out, line + name_length, length - name_length);
	} else {
		out = mempcpy(out, line + name_length, length - name_length);
	}
	return mempcpy(out, "\r\n", 2);
}

/* Puts what libical is to read into reading->lines, and counts how many dates there will be. */
static bool sort_lines(struct reading *reading)
{
	static const char begin[] = "BEGIN:VEVENT\r\n", end[] = "END:VEVENT\r\n";
	/* Rules by rule.c, versions by app/screen/compose.c. */
	static const char *const elsewhere[] = {"RRULE", "EXRULE", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED"};
	const char *line = reading->raw->text, *stop = line + reading->raw->length;
	char *out = reading->lines;

	memcpy(out, begin, sizeof(begin) - 1);
	out += sizeof(begin) - 1;
	while (line < stop) {
		size_t length = (size_t)((const char *)memchr(line, '\n', (size_t)(stop - line)) - line) + 1;

		if (is_named(line, length, "RDATE")) {
			reading->rdate_max += count_elements(line, length);
		} else if (is_named(line, length, "EXDATE")) {
			reading->exdate_max += count_elements(line, length);
		}
		if (!is_one_of(line, length, elsewhere, sizeof(elsewhere) / sizeof(elsewhere[0]))) {
			out = put_line(out, line, length);
		}
		line += length;
	}
	memcpy(out, end, sizeof(end));
	if (reading->rdate_max > ICS_RDATES_MAX || reading->exdate_max > ICS_EXDATES_MAX) {
		return skip(reading, "too-many-dates");
	}
	return true;
}

static bool take_rules(struct reading *reading)
{
	const unsigned *counts = reading->raw->counts;
	const char *line = reading->raw->text, *stop = line + reading->raw->length;
	struct event *event = reading->event;
	size_t total = counts[SCAN_RRULE] + counts[SCAN_EXRULE];

	if (total == 0) {
		return true;
	}
	if (total > ICS_RULES_MAX) {
		return skip(reading, "too-many-rules");
	}
	event->rules = pool_alloc(reading->pool, total * sizeof(*event->rules));
	if (!event->rules) {
		return run_short(reading);
	}
	event->exrules = event->rules + counts[SCAN_RRULE];
	while (line < stop) {
		size_t length = (size_t)((const char *)memchr(line, '\n', (size_t)(stop - line)) - line) - 1;

		if (is_named(line, length, "RRULE") &&
		    !take_rule(reading, line, length, event->rules, &event->rule_count)) {
			return false;
		}
		if (is_named(line, length, "EXRULE") &&
		    !take_rule(reading, line, length, event->exrules, &event->exrule_count)) {
			return false;
		}
		line += length + 2;
	}
	return true;
}

/* libical does not check ranges: "20261399" is a time to it. */
static bool read_time(const struct icaltimetype *time, bool is_date, int64_t *out_local_s)
{
	struct civil civil = {time->year, time->month, time->day, 0, 0, 0};

	if (civil.year < ICS_FIRST_YEAR || civil.year > ICS_LAST_YEAR || civil.month < 1 || civil.month > 12 ||
	    civil.day < 1 || civil.day > civil_days_in_month(civil.year, civil.month)) {
		return false;
	}
	if (!is_date) {
		bool is_next_midnight = time->hour == 24 && time->minute == 0 && time->second == 0;

		if (time->hour < 0 || (time->hour > 23 && !is_next_midnight) || time->minute < 0 || time->minute > 59 ||
		    time->second < 0 || time->second > 60) {
			return false;
		}
		civil.hour = time->hour;
		civil.minute = time->minute;
		civil.second = time->second < 60 ? time->second : 59;
	}
	*out_local_s = civil_to_local(&civil);
	return true;
}

static zone_slot slot_of(struct reading *reading, icalproperty *property, bool *out_floating)
{
	icalparameter *parameter = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
	const char *name = parameter ? icalparameter_get_tzid(parameter) : NULL;

	*out_floating = name == NULL;
	return name ? zone_names_slot(reading->names, name, strlen(name)) : reading->event->floating;
}

static bool take_icaltime(struct reading *reading, icalproperty *property, const struct icaltimetype *time,
			  bool declared_date, struct moment *out_moment)
{
	struct moment moment = {.is_date = declared_date || time->is_date};

	if (!read_time(time, moment.is_date, &moment.local_s)) {
		return false;
	}
	if (moment.is_date) {
		moment.slot = reading->event->floating;
	} else {
		moment.slot = icaltime_is_utc(*time) ? ZONE_SLOT_UTC : slot_of(reading, property, &moment.is_floating);
	}
	*out_moment = moment;
	return true;
}

static bool take_moment(struct reading *reading, icalproperty *property, struct moment *out_moment)
{
	icalvalue *value = icalproperty_get_value(property);
	icalvalue_kind kind = value ? icalvalue_isa(value) : ICAL_NO_VALUE;
	struct icaltimetype time;

	if (kind == ICAL_DATE_VALUE) {
		time = icalvalue_get_date(value);
	} else if (kind == ICAL_DATETIME_VALUE) {
		time = icalvalue_get_datetime(value);
	} else {
		return false;
	}
	return take_icaltime(reading, property, &time, kind == ICAL_DATE_VALUE, out_moment);
}

static struct ics_duration take_icalduration(const struct icaldurationtype *duration)
{
	return (struct ics_duration){
		.days = (int64_t)duration->weeks * 7 + duration->days,
		.seconds = (int64_t)duration->hours * 3600 + (int64_t)duration->minutes * 60 + duration->seconds,
		.negative = duration->is_neg != 0,
	};
}

static bool is_null_period(const struct icalperiodtype *period)
{
	return icaltime_is_null_time(period->start);
}

static bool take_rdate(struct reading *reading, icalproperty *property)
{
	struct event *event = reading->event;
	struct icaldatetimeperiodtype value = icalproperty_get_rdate(property);
	struct extra_date date = {0};

	if (event->rdate_count == reading->rdate_max) {
		return skip(reading, "too-many-dates");
	}
	if (is_null_period(&value.period)) {
		if (!take_icaltime(reading, property, &value.time, false, &date.start)) {
			return skip(reading, "bad-date");
		}
	} else {
		if (!take_icaltime(reading, property, &value.period.start, false, &date.start)) {
			return skip(reading, "bad-date");
		}
		date.has_end = !icaltime_is_null_time(value.period.end) &&
			       take_icaltime(reading, property, &value.period.end, false, &date.end);
		date.has_duration = !date.has_end;
		date.duration = take_icalduration(&value.period.duration);
	}
	event->rdates[event->rdate_count++] = date;
	return true;
}

static bool take_exdate(struct reading *reading, icalproperty *property)
{
	struct event *event = reading->event;

	if (event->exdate_count == reading->exdate_max) {
		return skip(reading, "too-many-dates");
	}
	if (!take_moment(reading, property, &event->exdates[event->exdate_count])) {
		return skip(reading, "bad-date");
	}
	event->exdate_count++;
	return true;
}

static bool take_time_property(struct reading *reading, icalproperty *property, icalproperty_kind kind)
{
	struct event *event = reading->event;
	icalparameter *range;
	struct icaldurationtype duration;

	switch (kind) {
	case ICAL_DTSTART_PROPERTY:
		reading->has_start = true;
		return take_moment(reading, property, &event->start) || skip(reading, "bad-start");
	case ICAL_DTEND_PROPERTY:
		event->has_end = true;
		return take_moment(reading, property, &event->end) || skip(reading, "bad-end");
	case ICAL_DURATION_PROPERTY:
		event->has_duration = true;
		duration = icalproperty_get_duration(property);
		event->duration = take_icalduration(&duration);
		return !icaldurationtype_is_bad_duration(duration) || skip(reading, "bad-end");
	case ICAL_RECURRENCEID_PROPERTY:
		event->has_recurrence_id = true;
		range = icalproperty_get_first_parameter(property, ICAL_RANGE_PARAMETER);
		event->this_and_future = range && icalparameter_get_range(range) == ICAL_RANGE_THISANDFUTURE;
		return take_moment(reading, property, &event->recurrence_id) || skip(reading, "bad-recurrence-id");
	case ICAL_RDATE_PROPERTY:
		return take_rdate(reading, property);
	case ICAL_EXDATE_PROPERTY:
		return take_exdate(reading, property);
	default:
		return true;
	}
}

/* A value that libical could not read stands in the component as an error that names the property. */
static bool take_error(struct reading *reading, icalproperty *property)
{
	static const struct {
		const char *name, *reason;
	} grave[] = {
		{"DTSTART", "bad-start"}, {"DTEND", "bad-end"},
		{"DURATION", "bad-end"},  {"RECURRENCE-ID", "bad-recurrence-id"},
		{"RDATE", "bad-date"},    {"EXDATE", "bad-date"},
	};
	const char *text = icalproperty_get_xlicerror(property);

	for (size_t i = 0; text && i < sizeof(grave) / sizeof(grave[0]); i++) {
		if (strstr(text, grave[i].name)) {
			return skip(reading, grave[i].reason);
		}
	}
	return true;
}

static bool take_properties(struct reading *reading, icalcomponent *component)
{
	struct event_texts texts = {.pool = reading->pool, .event = reading->event};

	for (icalproperty *property = icalcomponent_get_first_property(component, ICAL_ANY_PROPERTY); property;
	     property = icalcomponent_get_next_property(component, ICAL_ANY_PROPERTY)) {
		icalproperty_kind kind = icalproperty_isa(property);

		if (kind == ICAL_XLICERROR_PROPERTY ? !take_error(reading, property)
						    : !take_time_property(reading, property, kind)) {
			return false;
		}
		if (!event_texts_take(&texts, property)) {
			return run_short(reading);
		}
	}
	return event_texts_finish(&texts) || run_short(reading);
}

/* RFC 5546 section 3.2.5: what cancels an occurrence need not repeat when it was. */
static bool find_start(struct reading *reading)
{
	if (!reading->has_start && !reading->event->has_recurrence_id) {
		return skip(reading, "bad-start");
	}
	if (!reading->has_start) {
		reading->event->start = reading->event->recurrence_id;
	}
	return true;
}

static bool reserve_dates(struct reading *reading)
{
	struct event *event = reading->event;

	event->rdates =
		reading->rdate_max ? pool_alloc(reading->pool, reading->rdate_max * sizeof(*event->rdates)) : NULL;
	event->exdates =
		reading->exdate_max ? pool_alloc(reading->pool, reading->exdate_max * sizeof(*event->exdates)) : NULL;
	return (event->rdates || !reading->rdate_max) && (event->exdates || !reading->exdate_max);
}

static bool read_component(struct reading *reading)
{
	icalcomponent *component = icalparser_parse_string(reading->lines);
	bool ok;

	if (!component || icalcomponent_isa(component) != ICAL_VEVENT_COMPONENT) {
		ok = skip(reading, "unreadable");
	} else if (!reserve_dates(reading)) {
		ok = run_short(reading);
	} else {
		ok = take_properties(reading, component) && find_start(reading) && take_rules(reading);
	}
	if (component) {
		icalcomponent_free(component);
	}
	icalmemory_free_ring();
	return ok;
}

enum event_outcome event_read(const struct scan_event *raw, const struct screened *screened, struct zone_names *names,
			      struct pool *pool, struct event *out_event, const char **out_reason)
{
	struct event event = {
		.uid_hash = screened->uid_hash,
		.key = screened->key,
		.version = screened->version,
		.floating = zone_names_slot(names, "", 0),
	};
	struct reading reading = {.raw = raw, .names = names, .pool = pool, .event = &event};
	bool ok;

	reading.lines = malloc(2 * raw->length + 64);
	if (!reading.lines) {
		return EVENT_NO_MEMORY;
	}
	ok = sort_lines(&reading) && read_component(&reading);
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
