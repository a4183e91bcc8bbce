/* See screen.h. Two zones never differ by more than 26 hours, so local times can be compared directly with a margin of
 * some days. */
#include "screen.h"

#include <string.h>

#include "civil.h"
#include "icslimits.h"
#include "icstime.h"
#include "rule.h"

enum { MARGIN_S = 3 * DAY_S, MOVED_S = ICS_MOVED_DAYS_MAX * DAY_S };

int version_compare(const struct version *left, const struct version *right)
{
	if (left->sequence != right->sequence) {
		return left->sequence < right->sequence ? -1 : 1;
	}
	if (left->dtstamp != right->dtstamp) {
		return left->dtstamp < right->dtstamp ? -1 : 1;
	}
	if (left->last_modified != right->last_modified) {
		return left->last_modified < right->last_modified ? -1 : 1;
	}
	if (left->order != right->order) {
		return left->order < right->order ? -1 : 1;
	}
	return 0;
}

struct text {
	const char *bytes;
	size_t length;
};

static bool value_of(const struct scan_event *event, enum scan_property property, struct text *out_value)
{
	return scan_line_value(event, &event->lines[property], &out_value->bytes, &out_value->length);
}

static bool time_of(const struct scan_event *event, enum scan_property property, struct ics_time *out_time)
{
	struct text value;
	return value_of(event, property, &value) && ics_time_parse(value.bytes, value.length, out_time);
}

static uint32_t stamp_of(const struct scan_event *event, enum scan_property property)
{
	struct text value;
	return value_of(event, property, &value) ? ics_stamp(value.bytes, value.length) : 0;
}

static uint32_t sequence_of(const struct scan_event *event)
{
	struct text value;
	uint64_t sequence = 0;

	if (!value_of(event, SCAN_SEQUENCE, &value)) {
		return 0;
	}
	for (size_t i = 0; i < value.length && value.bytes[i] >= '0' && value.bytes[i] <= '9'; i++) {
		sequence = sequence * 10 + (uint64_t)(value.bytes[i] - '0');
		if (sequence > UINT32_MAX) {
			return UINT32_MAX;
		}
	}
	return (uint32_t)sequence;
}

/* Eight bytes a step; collisions would have to be sought by the feed that they harm. */
static uint64_t hash_bytes(uint64_t hash, const char *bytes, size_t length)
{
	const uint64_t factor = UINT64_C(0x9E3779B97F4A7C15);

	for (; length > 0;) {
		size_t part = length < sizeof(uint64_t) ? length : sizeof(uint64_t);
		uint64_t word = 0;

		if (part == sizeof(word)) { /* of a size that the compiler knows */
			memcpy(&word, bytes, sizeof(word));
		} else {
			memcpy(&word, bytes, part);
		}
		hash = (hash ^ word ^ (uint64_t)part << 56) * factor;
		hash ^= hash >> 29;
		bytes += part;
		length -= part;
	}
	return hash;
}

static const uint64_t hash_seed = UINT64_C(0xA24BAED4963EE407);

static uint64_t hash_time(uint64_t hash, int64_t local_s)
{
	return hash_bytes(hash, (const char *)&local_s, sizeof(local_s));
}

uint64_t screen_uid_hash(const char *uid, size_t length)
{
	return hash_bytes(hash_seed, uid, length);
}

void screen_set_keys(struct screened *screened, int64_t start_local_s)
{
	screened->key = screened->uid_hash;
	screened->start_key = hash_time(screened->key, start_local_s);
}

static void set_keys(const struct scan_event *event, const struct ics_time *start, struct screened *screened)
{
	struct text uid;
	struct ics_time time;

	/* Without a UID only an equal component is the same event. */
	if (value_of(event, SCAN_UID, &uid) && uid.length > 0) {
		screened->uid_hash = screen_uid_hash(uid.bytes, uid.length);
	} else {
		screened->uid_hash = screen_uid_hash(event->text, event->length);
	}
	if (event->counts[SCAN_RECURRENCE_ID] == 0) {
		screen_set_keys(screened, start->local_s);
	} else { /* one that cannot be read is taken for the start, as event.c does */
		screened->key = hash_time(screened->uid_hash ^ 1,
					  time_of(event, SCAN_RECURRENCE_ID, &time) ? time.local_s : start->local_s);
		screened->start_key = screened->key;
	}
}

static int64_t length_of(const struct scan_event *event, const struct ics_time *start)
{
	struct ics_time end;
	struct ics_duration duration;
	struct text value;

	if (time_of(event, SCAN_DTEND, &end)) {
		return end.local_s > start->local_s ? end.local_s - start->local_s : 0;
	}
	if (value_of(event, SCAN_DURATION, &value) && ics_duration_parse(value.bytes, value.length, &duration)) {
		return ics_duration_seconds(&duration) > 0 ? ics_duration_seconds(&duration) : 0;
	}
	return start->is_date ? DAY_S : 0;
}

/* A time after which a rule with COUNT certainly has ended. Only for rules that have an occurrence in each period. */
static int64_t last_by_count(const struct rule *rule, int64_t start_s)
{
	static const int64_t period_days[] = {1, 1, 1, 1, 7, 31, 366};
	bool every_period = !rule->seconds && !rule->minutes && !rule->hours && !rule->months &&
			    !rule->any_nth_weekday && !rule->month_days.any && !rule->year_days.any &&
			    !rule->weeks.any && !rule->positions.any;
	int day = civil_from_local(start_s).day;

	if (rule->weekdays && rule->freq != RULE_WEEKLY) {
		every_period = false;
	}
	if (rule->freq >= RULE_MONTHLY && day > 28) {
		every_period = false;
	}
	if (!every_period || rule->count > INT32_MAX / 366 || rule->interval > 10000) {
		return INT64_MAX;
	}
	return start_s + rule->count * rule->interval * period_days[rule->freq] * DAY_S;
}

/* When the rule has certainly ended; INT64_MAX: not known. */
static int64_t last_of(const struct scan_event *event, const struct ics_time *start)
{
	struct rule rule;
	struct text value;
	int64_t last;

	if (event->counts[SCAN_RRULE] != 1 || event->counts[SCAN_RDATE] > 0 || !value_of(event, SCAN_RRULE, &value) ||
	    !rule_parse(value.bytes, value.length, &rule)) {
		return INT64_MAX;
	}
	last = rule.count > 0 ? last_by_count(&rule, start->local_s) : INT64_MAX;
	if (rule.has_until && rule.until.local_s < last) {
		last = rule.until.local_s < start->local_s ? start->local_s : rule.until.local_s;
	}
	return last;
}

static bool overlaps(const struct screen_window *window, int64_t start_s, int64_t end_s, int64_t margin_s)
{
	return start_s - margin_s < window->to_local_s && end_s + margin_s >= window->from_local_s;
}

static bool is_this_and_future(const struct scan_event *event)
{
	const struct scan_slice *line = &event->lines[SCAN_RECURRENCE_ID];
	const char *value;
	size_t length;

	return scan_parameter(event->text + line->start, line->length, "RANGE", &value, &length);
}

static bool matters(const struct scan_event *event, const struct screen_window *window, const struct ics_time *start)
{
	int64_t length_s = length_of(event, start);
	struct ics_time original;
	int64_t last;

	if (event->counts[SCAN_RECURRENCE_ID] > 0) {
		if (overlaps(window, start->local_s, start->local_s + length_s, MARGIN_S) ||
		    !time_of(event, SCAN_RECURRENCE_ID, &original)) {
			return true;
		}
		if (is_this_and_future(event)) {
			return original.local_s - MARGIN_S - MOVED_S < window->to_local_s;
		}
		return overlaps(window, original.local_s, original.local_s, MARGIN_S + MOVED_S);
	}
	if (event->counts[SCAN_RRULE] == 0 && event->counts[SCAN_RDATE] == 0) {
		return overlaps(window, start->local_s, start->local_s + length_s, MARGIN_S);
	}
	if (event->counts[SCAN_RDATE] == 0 && start->local_s - MARGIN_S - MOVED_S >= window->to_local_s) {
		return false;
	}
	last = last_of(event, start);
	return last == INT64_MAX || last + length_s + MARGIN_S + MOVED_S >= window->from_local_s;
}

struct screened screen_event(const struct scan_event *event, const struct screen_window *window, uint32_t order)
{
	struct screened screened = {.trouble = event->trouble};
	struct ics_time start;

	if (screened.trouble) {
		return screened;
	}
	if (!time_of(event, event->counts[SCAN_DTSTART] ? SCAN_DTSTART : SCAN_RECURRENCE_ID, &start)) {
		screened.trouble = "bad-start";
		return screened;
	}
	set_keys(event, &start, &screened);
	screened.version = (struct version){
		.sequence = sequence_of(event),
		.dtstamp = stamp_of(event, SCAN_DTSTAMP),
		.last_modified = stamp_of(event, SCAN_LAST_MODIFIED),
		.order = order,
	};
	screened.matters = matters(event, window, &start);
	return screened;
}
