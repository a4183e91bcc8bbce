/* See series.h. Collects the starts from every source, sorts them, and removes those that EXDATE and EXRULE exclude. */
#include "series.h"

#include <stdlib.h>

#include "civil.h"
#include "icslimits.h"
#include "small.h"

enum { INSTANCES_MAX = ICS_EVENT_OCCURRENCES_MAX + ICS_RDATES_MAX + 1 };

struct collection {
	const struct series_query *query;
	const struct rule *rule;
	struct instances *instances;
	enum series_outcome outcome;
};

static int64_t value_of(const struct when *when, int64_t local_s)
{
	return when->all_day ? civil_day_of(local_s) : zone_utc(when->zone, local_s);
}

static bool is_past_until(const struct series_query *query, const struct rule *rule, int64_t local_s)
{
	const struct when *when = query->when;
	const struct ics_time *until = &rule->until;

	if (!rule->has_until) {
		return false;
	}
	if (when->all_day) {
		return local_s >
		       (until->is_date ? until->local_s : when_civil(when->floating, until->local_s, until->is_utc));
	}
	if (until->is_date) { /* the whole of that day, though RFC 5545 asks for a time here */
		return local_s >= until->local_s + DAY_S;
	}
	if (until->is_utc) {
		return zone_utc(when->zone, local_s) > until->local_s;
	}
	return local_s > until->local_s;
}

static bool append(struct collection *collection, int64_t local_s, const struct extra_date *rdate)
{
	const struct series_query *query = collection->query;
	struct instances *instances = collection->instances;
	struct instance instance = {local_s, value_of(query->when, local_s), rdate};

	if (query->wants && !query->wants(query->context, &instance)) {
		return true;
	}
	if (instances->count == INSTANCES_MAX) {
		collection->outcome = SERIES_TOO_MANY;
		return false;
	}
	if (instances->count == instances->capacity) {
		size_t capacity = instances->capacity ? 2 * instances->capacity : 64;
		struct instance *grown = realloc(instances->items, capacity * sizeof(*grown));

		if (!grown) {
			collection->outcome = SERIES_NO_MEMORY;
			return false;
		}
		instances->items = grown;
		instances->capacity = capacity;
	}
	instances->items[instances->count++] = instance;
	return true;
}

static bool take_time(void *context, int64_t local_s)
{
	struct collection *collection = context;

	if (is_past_until(collection->query, collection->rule, local_s)) {
		return false;
	}
	return append(collection, local_s, NULL);
}

static enum series_outcome collect_rule(struct series_query *query, const struct rule *rule, bool excludes,
					struct instances *instances)
{
	struct collection collection = {.query = query, .rule = rule, .instances = instances};
	struct rule_query times = {
		.start_s = query->when->start_local_s,
		.is_date = query->when->all_day,
		.only_generated = excludes,
		.from_s = query->from_local_s,
		.to_s = query->to_local_s,
		.steps_left = &query->steps_left,
	};

	/* RFC 5545 section 3.8.5.3: DTSTART is the first of the set, whatever ends it. */
	if (!excludes && is_past_until(query, rule, times.start_s)) {
		query->ends_before_start = true;
		append(&collection, times.start_s, NULL);
		return collection.outcome;
	}
	if (rule_expand(rule, &times, take_time, &collection) == RULE_TOO_MUCH_WORK) {
		return SERIES_TOO_MUCH_WORK;
	}
	return collection.outcome;
}

static enum series_outcome collect_dates(const struct series_query *query, struct instances *instances)
{
	const struct event *event = query->event;
	struct collection collection = {.query = query, .instances = instances};

	if ((event->rule_count == 0 || query->without_rules) &&
	    !append(&collection, query->when->start_local_s, NULL)) {
		return collection.outcome;
	}
	for (uint32_t i = 0; i < event->rdate_count; i++) {
		const struct extra_date *rdate = &event->rdates[i];
		int64_t local_s = when_local(query->when, &rdate->start, query->names);

		if (!query->when->all_day && rdate->start.is_date) { /* a date alone: at the usual time of day */
			local_s += civil_second_of_day(query->when->start_local_s);
		}
		if (query->when->all_day) {
			local_s -= civil_second_of_day(local_s);
		}
		if (local_s >= query->from_local_s && local_s < query->to_local_s &&
		    !append(&collection, local_s, rdate)) {
			return collection.outcome;
		}
	}
	return SERIES_READ;
}

/* By value; a PERIOD before what the rule gives for the same start, since it knows more. */
static int compare_instances(const void *left, const void *right)
{
	const struct instance *a = left, *b = right;

	if (a->value != b->value) {
		return a->value < b->value ? -1 : 1;
	}
	return (b->rdate != NULL) - (a->rdate != NULL);
}

static void sort_instances(struct instances *instances)
{
	size_t distinct = 0;

	if (instances->count < 2) {
		return;
	}
	qsort(instances->items, instances->count, sizeof(*instances->items), compare_instances);
	for (size_t i = 0; i < instances->count; i++) {
		if (i == 0 || instances->items[i].value != instances->items[distinct - 1].value) {
			instances->items[distinct++] = instances->items[i];
		}
	}
	instances->count = distinct;
}

/* What EXDATE excludes. A date excludes whatever its day holds, a time only an occurrence at that instant - or, where
 * the series has no times, the day that it lies in. */
struct excluded {
	int64_t *values, *days;
	size_t value_count, day_count;
};

static bool list_excluded(const struct series_query *query, struct excluded *excluded)
{
	const struct event *event = query->event;
	const struct when *when = query->when;

	if (event->exdate_count == 0) {
		return true;
	}
	excluded->values = malloc(2 * event->exdate_count * sizeof(*excluded->values));
	if (!excluded->values) {
		return false;
	}
	excluded->days = excluded->values + event->exdate_count;
	for (uint32_t i = 0; i < event->exdate_count; i++) {
		const struct moment *moment = &event->exdates[i];

		if (when->all_day || moment->is_date) {
			excluded->days[excluded->day_count++] = when_day(when, moment, query->names);
		} else {
			excluded->values[excluded->value_count++] =
				value_of(when, when_local(when, moment, query->names));
		}
	}
	qsort(excluded->values, excluded->value_count, sizeof(*excluded->values), small_compare);
	qsort(excluded->days, excluded->day_count, sizeof(*excluded->days), small_compare);
	return true;
}

static bool has_value(const int64_t *values, size_t count, int64_t value)
{
	return count > 0 && bsearch(&value, values, count, sizeof(*values), small_compare) != NULL;
}

static void take_out(struct instances *instances, const struct excluded *excluded, const struct instances *by_rule)
{
	size_t left = 0;

	for (size_t i = 0; i < instances->count; i++) {
		const struct instance *instance = &instances->items[i];
		const struct instance key = {.value = instance->value, .rdate = NULL};

		if (has_value(excluded->values, excluded->value_count, instance->value) ||
		    has_value(excluded->days, excluded->day_count, civil_day_of(instance->local_s))) {
			continue;
		}
		if (by_rule->count > 0 &&
		    bsearch(&key, by_rule->items, by_rule->count, sizeof(*by_rule->items), compare_instances)) {
			continue;
		}
		instances->items[left++] = *instance;
	}
	instances->count = left;
}

static enum series_outcome exclude(struct series_query *query, struct instances *instances)
{
	const struct event *event = query->event;
	struct excluded excluded = {0};
	struct instances by_rule = {0};
	enum series_outcome outcome = SERIES_READ;

	for (uint8_t i = 0; i < event->exrule_count && outcome == SERIES_READ && !query->without_rules; i++) {
		outcome = collect_rule(query, &event->exrules[i], true, &by_rule);
	}
	if (outcome == SERIES_READ && !list_excluded(query, &excluded)) {
		outcome = SERIES_NO_MEMORY;
	}
	if (outcome == SERIES_READ) {
		sort_instances(&by_rule);
		take_out(instances, &excluded, &by_rule);
	}
	free(by_rule.items);
	free(excluded.values);
	return outcome;
}

enum series_outcome series_list(struct series_query *query, struct instances *out_instances)
{
	struct instances instances = {0};
	enum series_outcome outcome = SERIES_READ;

	for (uint8_t i = 0; i < query->event->rule_count && outcome == SERIES_READ && !query->without_rules; i++) {
		outcome = collect_rule(query, &query->event->rules[i], false, &instances);
	}
	if (outcome == SERIES_READ) {
		outcome = collect_dates(query, &instances);
	}
	sort_instances(&instances);
	if (outcome == SERIES_READ) {
		outcome = exclude(query, &instances);
	}
	if (outcome == SERIES_READ) {
		*out_instances = instances;
	} else {
		free(instances.items);
	}
	return outcome;
}
