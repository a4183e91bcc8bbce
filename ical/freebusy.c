/* See freebusy.h and RFC 5545 section 3.6.4. Periods have no identity but their start. Among several with the same
 * start the longest counts, because it includes the others. */
#include "freebusy.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "civil.h"
#include "eventtext.h"
#include "icslimits.h"

enum { MARGIN_S = 3 * DAY_S /* two zones never differ by more */ };

struct period {
	struct moment start, end;
	enum occurrence_busy busy;
};

struct reading {
	const struct freebusy_request *request;
	zone_slot floating;
	struct period *periods;
	size_t count, capacity;
	const char *reason;
	bool no_memory;
};

static bool is_word(const char *text, size_t length, const char *word)
{
	return length == strlen(word) && strncasecmp(text, word, length) == 0;
}

/* An unknown FBTYPE counts as BUSY (RFC 5545 section 3.2.9). */
static enum occurrence_busy busy_of(const char *line, size_t length)
{
	const char *type;
	size_t type_length;

	if (!scan_parameter(line, length, "FBTYPE", &type, &type_length)) {
		return OCCURRENCE_BUSY;
	}
	return is_word(type, type_length, "FREE")             ? OCCURRENCE_FREE
	       : is_word(type, type_length, "BUSY-TENTATIVE") ? OCCURRENCE_BUSY_TENTATIVE
							      : OCCURRENCE_BUSY;
}

static struct moment moment_of(const struct reading *reading, const struct ics_time *time, const char *line,
			       size_t length)
{
	struct moment moment = {.local_s = time->local_s, .slot = reading->floating, .is_floating = !time->is_utc};
	const char *zone;
	size_t zone_length;

	if (time->is_utc) {
		moment.slot = ZONE_SLOT_UTC;
	} else if (scan_parameter(line, length, "TZID", &zone, &zone_length) && zone_length > 0) {
		moment.slot = zone_names_slot(reading->request->names, zone, zone_length);
		moment.is_floating = false;
	}
	return moment;
}

/* "start/end" or "start/length". False: cannot be read. */
static bool read_period(const struct reading *reading, const char *value, size_t length, const char *line,
			size_t line_length, struct period *out_period)
{
	const char *slash = memchr(value, '/', length);
	size_t rest = slash ? (size_t)(value + length - slash) - 1 : 0;
	struct ics_time start, end;
	struct ics_duration duration;

	if (!slash || !ics_time_parse(value, (size_t)(slash - value), &start)) {
		return false;
	}
	if (ics_duration_parse(slash + 1, rest, &duration) && !duration.negative) {
		end = start;
		end.local_s += duration.days * DAY_S + duration.seconds;
	} else if (!ics_time_parse(slash + 1, rest, &end)) {
		return false;
	}
	out_period->start = moment_of(reading, &start, line, line_length);
	out_period->end = moment_of(reading, &end, line, line_length);
	return out_period->end.slot != out_period->start.slot || end.local_s > start.local_s;
}

static void keep_period(struct reading *reading, const struct period *period)
{
	const struct screen_window *window = &reading->request->window;

	if (period->start.local_s - MARGIN_S >= window->to_local_s ||
	    period->end.local_s + MARGIN_S < window->from_local_s) {
		return;
	}
	if (reading->count == ICS_EVENT_OCCURRENCES_MAX) {
		reading->reason = "too-many-occurrences";
		return;
	}
	if (reading->count == reading->capacity) {
		size_t capacity = reading->capacity ? 2 * reading->capacity : 64;
		struct period *grown = realloc(reading->periods, capacity * sizeof(*grown));

		if (!grown) {
			reading->no_memory = true;
			return;
		}
		reading->periods = grown;
		reading->capacity = capacity;
	}
	reading->periods[reading->count++] = *period;
}

static void take_line(struct reading *reading, const char *line, size_t length)
{
	struct period period = {.busy = busy_of(line, length)};
	const char *value, *end;
	size_t value_length;

	if (!scan_value(line, length, &value, &value_length)) {
		reading->reason = "bad-date";
		return;
	}
	end = value + value_length;
	while (value < end && !reading->no_memory && period.busy != OCCURRENCE_FREE) {
		const char *comma = memchr(value, ',', (size_t)(end - value)), *last = comma ? comma : end;

		while (value < last && (*value == ' ' || *value == '\t')) {
			value++;
		}
		if (value < last && read_period(reading, value, (size_t)(last - value), line, length, &period)) {
			keep_period(reading, &period);
		} else if (value < last) {
			reading->reason = "bad-date";
		}
		value = comma ? comma + 1 : end;
	}
}

static int compare_numbers(int64_t left, int64_t right)
{
	return left < right ? -1 : left > right;
}

static int compare_periods(const void *left, const void *right)
{
	const struct period *a = left, *b = right;
	int order = compare_numbers(a->start.local_s, b->start.local_s);

	order = order ? order : compare_numbers(a->start.slot, b->start.slot);
	order = order ? order : compare_numbers(b->end.local_s, a->end.local_s);
	return order ? order : compare_numbers(b->busy, a->busy);
}

static void read_lines(struct reading *reading)
{
	const struct scan_event *raw = reading->request->raw;

	for (const char *line = raw->text, *stop = line + raw->length, *feed; line < stop; line = feed + 1) {
		size_t length;

		feed = memchr(line, '\n', (size_t)(stop - line));
		length = (size_t)(feed - line) - 1;
		if (length > 8 && strncasecmp(line, "FREEBUSY", 8) == 0 && (line[8] == ':' || line[8] == ';')) {
			take_line(reading, line, length);
		}
	}
	if (reading->count > 0) {
		qsort(reading->periods, reading->count, sizeof(*reading->periods), compare_periods);
	}
}

/* Fills the fields that all periods share. Only requests need a UID, so all components without one count as one. */
static bool fill_common(const struct reading *reading, struct event *event)
{
	const struct scan_event *raw = reading->request->raw;
	const struct scan_slice *slice = &raw->lines[SCAN_UID];
	const char *uid = "";
	size_t length = 0;

	if (slice->length == 0 || !scan_value(raw->text + slice->start, slice->length, &uid, &length) || length == 0) {
		uid = "freebusy";
		length = strlen(uid);
	}
	*event = (struct event){
		.floating = reading->floating,
		.has_end = true,
		.has_shared_uid = true,
		.summary = "",
		.location = "",
		.description = "",
		.organizer = "",
		.resources = "",
		.url = "",
	};
	event->screened.uid_hash = screen_uid_hash(uid, length);
	event->screened.version.order = reading->request->order;
	return event_text_keep(reading->request->pool, uid, length < ICS_UID_MAX ? length : ICS_UID_MAX, ICS_UID_MAX,
			       &event->uid);
}

static bool give_periods(const struct reading *reading, struct err *err)
{
	struct event event;

	if (reading->count > 0 && !fill_common(reading, &event)) {
		return err_set(err, "more events than fit into memory");
	}
	for (size_t i = 0; i < reading->count; i++) {
		const struct period *period = &reading->periods[i];

		if (i > 0 && period->start.local_s == period[-1].start.local_s &&
		    period->start.slot == period[-1].start.slot) {
			continue;
		}
		event.start = period->start;
		event.end = period->end;
		event.busy = period->busy;
		screen_set_keys(&event.screened, period->start.local_s);
		if (!reading->request->on_event(reading->request->context, &event, err)) {
			return false;
		}
	}
	return true;
}

bool freebusy_read(const struct freebusy_request *request, const char **out_reason, struct err *err)
{
	struct reading reading = {.request = request, .floating = zone_names_slot(request->names, "", 0)};
	bool ok;

	read_lines(&reading);
	ok = reading.no_memory ? err_set(err, "out of memory") : give_periods(&reading, err);
	free(reading.periods);
	*out_reason = reading.reason;
	return ok;
}
