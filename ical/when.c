/* See when.h. Applies the defaults of RFC 5545 section 3.6.1, and understands Microsoft's ways of marking an all-day
 * event. */
#include "when.h"

#include "civil.h"
#include "small.h"

static const struct zone *zone_of(const struct moment *moment, struct zone_names *names, bool *out_unknown)
{
	bool known;
	const struct zone *zone = zone_names_get(names, moment->slot, &known);

	if (!known) {
		*out_unknown = true;
	}
	return zone;
}

/* When the start has a zone and another time has none, the zone was only forgotten, so that of the start is used. */
static const struct zone *zone_beside(const struct moment *moment, const struct zone *start, struct zone_names *names)
{
	bool known;
	return moment->is_floating ? start : zone_names_get(names, moment->slot, &known);
}

static int64_t instant_of(const struct moment *moment, const struct zone *start, struct zone_names *names)
{
	return zone_utc(zone_beside(moment, start, names), moment->local_s);
}

int64_t when_civil(const struct zone *floating, int64_t local_s, bool is_utc)
{
	/* Some programs write a date as midnight UTC. */
	return is_utc && local_s % DAY_S != 0 ? zone_local(floating, local_s) : local_s;
}

static int64_t civil_of(const struct moment *moment, const struct zone *floating)
{
	return when_civil(floating, moment->local_s, moment->slot == ZONE_SLOT_UTC && !moment->is_date);
}

static const char *resolve_days(const struct event *event, struct when *when)
{
	int64_t days = 1;

	if (event->has_end) {
		int64_t end_s = civil_of(&event->end, when->floating);

		/* An end in the middle of a day covers the whole day. */
		days = small_floor_div(end_s + DAY_S - 1, DAY_S) - small_floor_div(when->start_local_s, DAY_S);
	} else if (event->has_duration) {
		days = small_floor_div(ics_duration_seconds(&event->duration) + DAY_S - 1, DAY_S);
	}
	if (days < 0) {
		return "negative-duration";
	}
	when->days = days > 0 ? days : 1;
	return NULL;
}

static const char *resolve_seconds(const struct event *event, struct when *when, struct zone_names *names)
{
	if (event->has_end) {
		const struct zone *end_zone =
			event->end.is_date ? when->zone : zone_beside(&event->end, when->zone, names);
		int64_t start_utc = zone_utc(when->zone, when->start_local_s);

		when->seconds = zone_utc(end_zone, event->end.local_s) - start_utc;
		/* A start inside a gap is read an hour later, but its end is not and would lie before it. */
		if (end_zone == when->zone && zone_local(when->zone, start_utc) != when->start_local_s) {
			when->seconds = event->end.local_s - when->start_local_s;
		}
	} else if (event->has_duration) {
		if (ics_duration_seconds(&event->duration) < 0) {
			return "negative-duration";
		}
		when->days = event->duration.days;
		when->seconds = event->duration.seconds;
	}
	return when->seconds < 0 ? "negative-duration" : NULL;
}

/* Outlook writes an all-day event as midnight to midnight, and marks it by a property of its own. */
static bool is_flagged_all_day(const struct event *event, const struct when *when)
{
	if (!event->all_day_flag || civil_of(&event->start, when->floating) % DAY_S != 0) {
		return false;
	}
	if (event->has_end) {
		return civil_of(&event->end, when->floating) % DAY_S == 0;
	}
	return !event->has_duration || ics_duration_seconds(&event->duration) % DAY_S == 0;
}

const char *when_resolve(const struct event *event, struct zone_names *names, struct when *out_when,
			 bool *out_unknown_zone)
{
	struct when when = {.all_day = event->start.is_date};
	bool known;
	const char *trouble;

	*out_unknown_zone = false;
	when.floating = zone_names_get(names, event->floating, &known);
	when.zone = zone_of(&event->start, names, out_unknown_zone);
	when.start_local_s = event->start.local_s;
	if (event->has_end && !event->end.is_date && !event->end.is_floating) {
		zone_of(&event->end, names, out_unknown_zone);
	}
	if (!when.all_day && is_flagged_all_day(event, &when)) {
		when.all_day = true;
		when.start_local_s = civil_of(&event->start, when.floating);
	}
	if (when.all_day) {
		when.zone = when.floating;
	}
	trouble = when.all_day ? resolve_days(event, &when) : resolve_seconds(event, &when, names);
	if (!trouble) {
		*out_when = when;
	}
	return trouble;
}

int64_t when_start_value(const struct event *event, struct zone_names *names)
{
	bool known;
	const struct moment *start = &event->start;

	return start->is_date ? start->local_s : zone_utc(zone_names_get(names, start->slot, &known), start->local_s);
}

struct span when_span(const struct when *when, int64_t start_local_s)
{
	struct span span = {.all_day = when->all_day};

	if (when->all_day) {
		int64_t end_day = civil_day_of(start_local_s) + when->days;

		span.start_day = (int32_t)civil_day_of(start_local_s);
		span.end_day = end_day < INT32_MAX ? (int32_t)end_day : INT32_MAX;
		return span;
	}
	span.start_utc = zone_utc(when->zone, start_local_s);
	span.end_utc = when->days > 0 ? zone_utc(when->zone, start_local_s + when->days * DAY_S) : span.start_utc;
	span.end_utc += when->seconds;
	if (span.end_utc < span.start_utc) { /* a day of 23 hours */
		span.end_utc = span.start_utc;
	}
	return span;
}

struct span when_period_span(const struct when *when, const struct extra_date *date, struct zone_names *names,
			     int64_t start_local_s)
{
	struct when own = *when;

	if (when->all_day || (!date->has_end && !date->has_duration)) {
		return when_span(when, start_local_s);
	}
	own.days = 0;
	if (date->has_end) {
		own.seconds = instant_of(&date->end, when->zone, names) - instant_of(&date->start, when->zone, names);
	} else {
		own.days = date->duration.negative ? 0 : date->duration.days;
		own.seconds = date->duration.negative ? 0 : date->duration.seconds;
	}
	if (own.seconds < 0) {
		own.seconds = 0;
	}
	return when_span(&own, start_local_s);
}

int64_t when_local(const struct when *when, const struct moment *moment, struct zone_names *names)
{
	if (moment->is_date) {
		return moment->local_s;
	}
	if (when->all_day) {
		return civil_of(moment, when->floating);
	}
	return zone_local(when->zone, instant_of(moment, when->zone, names));
}

int64_t when_day(const struct when *when, const struct moment *moment, struct zone_names *names)
{
	return civil_day_of(when_local(when, moment, names));
}

int64_t when_longest_s(const struct when *when)
{
	return when->days * DAY_S + when->seconds + DAY_S;
}
