/* Turns a VTIMEZONE (RFC 5545 section 3.6.5) into a list of changes. Only YEARLY rules and RDATEs are followed: real
 * zones need nothing else, and other rules mostly keep a reader busy. */
#include "zonenames.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "civil.h"
#include "icslimits.h"
#include "icstime.h"
#include "rule.h"
#include "scan.h"
#include "zonetable.h"
#include "small.h"

struct onset {
	int64_t utc_s;
	int32_t from_s, to_s;
};

struct definition {
	struct onset *onsets;
	size_t count;
	int64_t steps_left;
	bool usable;
};

/* One STANDARD or DAYLIGHT. */
struct observance {
	struct ics_time start;
	bool has_start, has_from, has_to, has_rule;
	int32_t from_s, to_s;
	struct rule rule;
	struct definition *definition;
};

static void add_onset(struct observance *observance, int64_t local_s)
{
	struct definition *definition = observance->definition;

	if (definition->count == ICS_ZONE_CHANGES_MAX) {
		definition->usable = false;
		return;
	}
	definition->onsets[definition->count++] =
		(struct onset){local_s - observance->from_s, observance->from_s, observance->to_s};
}

/* RFC 5545 section 3.6.5 requires onsets in local time, but some programs write UTC. */
static int64_t local_of(const struct observance *observance, const struct ics_time *time)
{
	return time->local_s + (time->is_utc ? observance->from_s : 0);
}

static bool take_time(void *context, int64_t local_s)
{
	struct observance *observance = context;
	const struct rule *rule = &observance->rule;
	int64_t until_s = rule->until.local_s + (rule->until.is_date ? DAY_S - 1 : 0);

	if (rule->has_until && (rule->until.is_utc ? local_s - observance->from_s : local_s) > until_s) {
		return false;
	}
	add_onset(observance, local_s);
	return observance->definition->usable;
}

/* Works out the changes of a block that has ended. */
static void finish_observance(struct observance *observance)
{
	struct definition *definition = observance->definition;
	struct rule_query query = {
		.start_s = local_of(observance, &observance->start),
		.from_s = (int64_t)civil_day(ZONE_FIRST_YEAR, 1, 1) * DAY_S,
		.to_s = (int64_t)civil_day(ZONE_LAST_YEAR, 1, 1) * DAY_S,
		.steps_left = &definition->steps_left,
	};

	if (!observance->has_start || !observance->has_from || !observance->has_to) {
		definition->usable = false;
		return;
	}
	if (!observance->has_rule) {
		add_onset(observance, local_of(observance, &observance->start));
		return;
	}
	if (observance->rule.freq != RULE_YEARLY) {
		definition->usable = false;
		return;
	}
	if (rule_expand(&observance->rule, &query, take_time, observance) == RULE_TOO_MUCH_WORK) {
		definition->usable = false;
	}
}

/* "+0100", "-033000" */
static bool read_offset(const char *text, size_t length, int32_t *out_offset_s)
{
	int32_t parts[3] = {0};

	if ((length != 5 && length != 7) || (text[0] != '+' && text[0] != '-')) {
		return false;
	}
	for (size_t i = 1; i < length; i++) {
		if (text[i] < '0' || text[i] > '9') {
			return false;
		}
		parts[(i - 1) / 2] = parts[(i - 1) / 2] * 10 + (text[i] - '0');
	}
	if (parts[0] > 23 || parts[1] > 59 || parts[2] > 59) {
		return false;
	}
	*out_offset_s = (parts[0] * 3600 + parts[1] * 60 + parts[2]) * (text[0] == '-' ? -1 : 1);
	return true;
}

static void take_dates(struct observance *observance, const char *value, size_t length)
{
	const char *end = value + length;

	while (value < end) {
		const char *comma = memchr(value, ',', (size_t)(end - value));
		const char *stop = comma ? comma : end;
		struct ics_time time;

		if (ics_time_parse(value, (size_t)(stop - value), &time)) {
			add_onset(observance, local_of(observance, &time));
		}
		value = stop + 1;
	}
}

static void take_line(struct observance *observance, const char *line, size_t length)
{
	const char *value;
	size_t value_length;

	if (!scan_value(line, length, &value, &value_length)) {
		return;
	}
	if (small_is_named(line, length, "DTSTART")) {
		observance->has_start = ics_time_parse(value, value_length, &observance->start);
	} else if (small_is_named(line, length, "TZOFFSETFROM")) {
		observance->has_from = read_offset(value, value_length, &observance->from_s);
	} else if (small_is_named(line, length, "TZOFFSETTO")) {
		observance->has_to = read_offset(value, value_length, &observance->to_s);
	} else if (small_is_named(line, length, "RRULE")) {
		observance->has_rule = true;
		if (!rule_parse(value, value_length, &observance->rule)) {
			observance->definition->usable = false;
		}
	}
}

static size_t line_length(const char *line, const char *end)
{
	const char *feed = memchr(line, '\n', (size_t)(end - line));
	return feed ? (size_t)(feed - line) + 1 : (size_t)(end - line);
}

/* RDATEs are handled after the offsets are known, whatever their order in the block. */
static void take_block(struct definition *definition, const char *block, const char *end)
{
	struct observance observance = {.definition = definition};

	for (const char *line = block; line < end; line += line_length(line, end)) {
		take_line(&observance, line, line_length(line, end) - 2);
	}
	finish_observance(&observance);
	for (const char *line = block; line < end && definition->usable; line += line_length(line, end)) {
		size_t length = line_length(line, end) - 2;
		const char *value;
		size_t value_length;

		if (small_is_named(line, length, "RDATE") && scan_value(line, length, &value, &value_length)) {
			take_dates(&observance, value, value_length);
		}
	}
}

static int compare_onsets(const void *left, const void *right)
{
	const struct onset *a = left, *b = right;

	if (a->utc_s != b->utc_s) {
		return a->utc_s < b->utc_s ? -1 : 1;
	}
	return a->to_s < b->to_s ? -1 : a->to_s > b->to_s;
}

static struct zone *make_zone(struct definition *definition)
{
	struct err err;
	struct zone *zone;

	qsort(definition->onsets, definition->count, sizeof(*definition->onsets), compare_onsets);
	zone = zone_create_fixed("custom", definition->onsets[0].from_s, &err);
	for (size_t i = 0; zone && i < definition->count; i++) {
		const struct onset *onset = &definition->onsets[i];

		if (i > 0 && onset->utc_s == definition->onsets[i - 1].utc_s) {
			continue;
		}
		if (!zone_add_change(zone, onset->utc_s, onset->to_s, &err)) {
			zone_destroy(zone);
			return NULL;
		}
	}
	return zone;
}

struct zone *zone_define(const char *text, size_t length)
{
	static const char begin[] = "BEGIN\r\n";
	const size_t begin_length = sizeof(begin) - 1;
	const char *end = text + length, *block = NULL;
	struct definition definition = {.steps_left = ICS_ZONE_STEPS_MAX, .usable = true};
	struct zone *zone = NULL;

	definition.onsets = malloc(ICS_ZONE_CHANGES_MAX * sizeof(*definition.onsets));
	if (!definition.onsets) {
		return NULL;
	}
	for (const char *line = text; line < end && definition.usable; line += line_length(line, end)) {
		if (line_length(line, end) != begin_length || memcmp(line, begin, begin_length) != 0) {
			continue;
		}
		if (block) {
			take_block(&definition, block, line);
		}
		block = line + begin_length;
	}
	if (block && definition.usable) {
		take_block(&definition, block, end);
	}
	if (definition.usable && definition.count > 0) {
		zone = make_zone(&definition);
	}
	free(definition.onsets);
	return zone;
}
