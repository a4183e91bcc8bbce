/* See expand.h. An exception replaces the occurrence that its RECURRENCE-ID names (RFC 5545 section 3.8.4.4). With
 * RANGE=THISANDFUTURE it also moves and renames all following ones, except those with an exception of their own. */
#include "expand.h"

#include <stdlib.h>
#include <string.h>

#include "civil.h"
#include "icslimits.h"
#include "masters.h"
#include "series.h"
#include "when.h"

enum { MARGIN_S = 2 * DAY_S, MOVED_S = ICS_MOVED_DAYS_MAX * DAY_S, HIT_OVERHEAD = 320 };

struct exception {
	const struct event *event;
	struct when when;
	struct identity identity;
	struct identity shown;    /* a date that names an occurrence with a time is shown as a time */
	int64_t original_local_s; /* RECURRENCE-ID on the series' clock */
	int64_t order;            /* comparable with instance.value */
};

struct group {
	struct expansion *expansion;
	const struct event *master; /* NULL when there is none that makes sense */
	bool is_first;              /* the exceptions with its UID belong to it */
	bool has_shared_uid;
	struct when when; /* of the master */
	struct exception *exceptions;
	size_t exception_count;
	const struct exception **ranges; /* the exceptions that also apply to following occurrences; ascending */
	size_t range_count;
};

enum add_outcome { ADDED, ADD_FULL, ADD_TOO_MANY, ADD_NO_MEMORY };

void tally_add(struct tally *tally, const char *reason)
{
	size_t i = 0;

	while (i < tally->count && strcmp(tally->items[i].reason, reason) != 0) {
		i++;
	}
	if (i == sizeof(tally->items) / sizeof(tally->items[0])) {
		return;
	}
	if (i == tally->count) {
		tally->items[i].reason = reason;
		tally->items[i].count = 0;
		tally->count++;
	}
	tally->items[i].count++;
}

void hits_finish(struct hits *hits)
{
	free(hits->items);
	*hits = (struct hits){0};
}

/* Returns whether a span overlaps [from, to); one without length must start inside. */
static bool touches(const struct expand_window *window, const struct span *span)
{
	if (span->all_day) {
		return span->start_day * (int64_t)DAY_S < window->to_local_s &&
		       span->end_day * (int64_t)DAY_S > window->from_local_s;
	}
	if (span->start_utc == span->end_utc) {
		return span->start_utc >= window->from_utc && span->start_utc < window->to_utc;
	}
	return span->start_utc < window->to_utc && span->end_utc > window->from_utc;
}

static size_t text_bytes_of(const struct event *event)
{
	return HIT_OVERHEAD + strlen(event->uid) + strlen(event->summary) + strlen(event->location) +
	       strlen(event->description) + strlen(event->organizer) + strlen(event->resources) + strlen(event->url);
}

/* A year has four digits in the answer. */
static void clamp(struct span *span)
{
	const int32_t first_day = civil_day(ICS_FIRST_YEAR, 1, 1), last_day = civil_day(ICS_LAST_YEAR, 12, 31);
	const int64_t first_s = first_day * (int64_t)DAY_S, last_s = last_day * (int64_t)DAY_S + DAY_S - 1;

	if (span->all_day && span->end_day > last_day) {
		span->end_day = last_day;
	}
	if (!span->all_day && span->start_utc < first_s) {
		span->start_utc = first_s;
	}
	if (!span->all_day && span->end_utc < first_s) {
		span->end_utc = first_s;
	}
	if (!span->all_day && span->start_utc > last_s) {
		span->start_utc = last_s;
	}
	if (!span->all_day && span->end_utc > last_s) {
		span->end_utc = last_s;
	}
}

static bool hits_reserve(struct hits *hits)
{
	size_t capacity = hits->capacity ? 2 * hits->capacity : 256;
	struct hit *grown;

	if (hits->count < hits->capacity) {
		return true;
	}
	grown = realloc(hits->items, capacity * sizeof(*grown));
	if (!grown) {
		return false;
	}
	hits->items = grown;
	hits->capacity = capacity;
	return true;
}

static enum add_outcome add_hit(struct expansion *expansion, const struct event *event, struct span span,
				struct identity identity)
{
	const struct expand_window *window = expansion->window;
	struct hits *hits = expansion->hits;
	size_t text_bytes = text_bytes_of(event);

	clamp(&span);
	if (!touches(window, &span) || (event->status == OCCURRENCE_CANCELLED && !window->with_cancelled)) {
		return ADDED;
	}
	if (hits->count == ICS_OCCURRENCES_MAX || text_bytes > ICS_OUTPUT_MAX - hits->text_bytes) {
		return ADD_FULL;
	}
	if (!hits_reserve(hits)) {
		return ADD_NO_MEMORY;
	}
	hits->text_bytes += text_bytes;
	hits->items[hits->count++] = (struct hit){
		.event = event,
		.span = span,
		.identity = identity,
		.sort_utc = span.all_day ? zone_day_start(window->office, span.start_day) : span.start_utc,
	};
	return ADDED;
}

/* Resolves the times of an event, and counts it when that is impossible or needs an assumption. */
static bool resolve(const struct group *group, const struct event *event, bool is_counted, struct when *out_when)
{
	struct expansion *expansion = group->expansion;
	bool unknown_zone;
	const char *trouble = when_resolve(event, expansion->names, out_when, &unknown_zone);

	if (!is_counted) {
		return !trouble;
	}
	if (trouble) {
		tally_add(expansion->skipped, trouble);
	} else if (unknown_zone) {
		tally_add(expansion->assumed, "unknown-zone");
	}
	return !trouble;
}

static int64_t time_of_day(const struct when *when)
{
	return civil_second_of_day(when->start_local_s);
}

static void identify(const struct group *group, struct exception *exception)
{
	const struct moment *id = &exception->event->recurrence_id;
	const struct when *when = group->master ? &group->when : &exception->when;
	struct zone_names *names = group->expansion->names;

	exception->original_local_s = when_local(when, id, names);
	if (id->is_date || when->all_day) {
		int64_t day = when_day(when, id, names);

		exception->identity = exception->shown = (struct identity){RECURRENCE_DAY, day};
		exception->order = when->all_day ? day : zone_utc(when->zone, day * DAY_S);
		exception->original_local_s = day * DAY_S + time_of_day(when);
		if (group->master && !when->all_day) {
			exception->shown = (struct identity){RECURRENCE_INSTANT,
							     zone_utc(when->zone, exception->original_local_s)};
		}
	} else {
		exception->order = zone_utc(when->zone, exception->original_local_s);
		exception->identity = exception->shown = (struct identity){RECURRENCE_INSTANT, exception->order};
	}
}

static int compare_identities(const struct identity *left, const struct identity *right)
{
	if (left->kind != right->kind) {
		return left->kind < right->kind ? -1 : 1;
	}
	return left->value < right->value ? -1 : left->value > right->value;
}

/* Among equal identities the greatest version comes first. */
static int compare_exceptions(const void *left, const void *right)
{
	const struct exception *a = left, *b = right;
	int order = compare_identities(&a->identity, &b->identity);

	return order != 0 ? order : version_compare(&b->event->screened.version, &a->event->screened.version);
}

static void list_exceptions(struct group *group, struct event **events, size_t count)
{
	size_t distinct = 0;

	for (size_t i = 0; i < count; i++) {
		struct exception *exception = &group->exceptions[group->exception_count];

		if (!events[i]->has_recurrence_id) {
			continue;
		}
		exception->event = events[i];
		if (!resolve(group, events[i], group->is_first, &exception->when)) {
			continue;
		}
		identify(group, exception);
		group->exception_count++;
	}
	if (group->exception_count > 0) {
		qsort(group->exceptions, group->exception_count, sizeof(*group->exceptions), compare_exceptions);
	}
	for (size_t i = 0; i < group->exception_count; i++) {
		if (i == 0 || compare_identities(&group->exceptions[i].identity,
						 &group->exceptions[distinct - 1].identity) != 0) {
			group->exceptions[distinct++] = group->exceptions[i];
		}
	}
	group->exception_count = distinct;
}

static const struct exception *find_exception(const struct group *group, enum recurrence_id_kind kind, int64_t value)
{
	struct identity wanted = {kind, value};
	size_t low = 0, high = group->exception_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = compare_identities(&group->exceptions[middle].identity, &wanted);

		if (order == 0) {
			return &group->exceptions[middle];
		}
		if (order < 0) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return NULL;
}

static int compare_ranges(const void *left, const void *right)
{
	const struct exception *a = *(const struct exception *const *)left;
	const struct exception *b = *(const struct exception *const *)right;

	return a->order < b->order ? -1 : a->order > b->order;
}

static bool list_ranges(struct group *group)
{
	group->ranges = group->exception_count ? calloc(group->exception_count, sizeof(*group->ranges)) : NULL;
	if (!group->ranges) {
		return group->exception_count == 0;
	}
	for (size_t i = 0; i < group->exception_count; i++) {
		if (group->exceptions[i].event->this_and_future) {
			group->ranges[group->range_count++] = &group->exceptions[i];
		}
	}
	qsort(group->ranges, group->range_count, sizeof(*group->ranges), compare_ranges);
	return true;
}

/* Returns the latest exception with RANGE=THISANDFUTURE that is not after this instance. */
static const struct exception *find_range(const struct group *group, int64_t value)
{
	size_t low = 0, high = group->range_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (group->ranges[middle]->order <= value) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low > 0 ? group->ranges[low - 1] : NULL;
}

static struct span range_span(const struct exception *range, int64_t local_s)
{
	int64_t moved_s = range->when.start_local_s - range->original_local_s;
	return when_span(&range->when, local_s + moved_s);
}

static struct identity identity_of(const struct group *group, const struct instance *instance)
{
	return (struct identity){group->when.all_day ? RECURRENCE_DAY : RECURRENCE_INSTANT, instance->value};
}

static struct span span_of(const struct group *group, const struct instance *instance)
{
	if (instance->rdate) {
		return when_period_span(&group->when, instance->rdate, group->expansion->names, instance->local_s);
	}
	return when_span(&group->when, instance->local_s);
}

static enum add_outcome add_instance(struct group *group, const struct instance *instance)
{
	struct identity identity = identity_of(group, instance);
	const struct exception *range;

	if (find_exception(group, identity.kind, identity.value) ||
	    find_exception(group, RECURRENCE_DAY, civil_day_of(instance->local_s))) {
		return ADDED;
	}
	range = find_range(group, instance->value);
	if (range) {
		return add_hit(group->expansion, range->event, range_span(range, instance->local_s), identity);
	}
	return add_hit(group->expansion, group->master, span_of(group, instance), identity);
}

/* A start that nothing moves and whose occurrence lies outside the window does not matter. */
static bool wants_instance(void *context, const struct instance *instance)
{
	const struct group *group = context;
	struct span span = span_of(group, instance);

	return group->range_count > 0 || touches(group->expansion->window, &span);
}

/* No occurrence of the event is longer. */
static int64_t longest_of(const struct group *group)
{
	const struct event *event = group->master;
	int64_t longest_s = when_longest_s(&group->when);

	for (size_t i = 0; i < group->range_count; i++) {
		if (when_longest_s(&group->ranges[i]->when) > longest_s) {
			longest_s = when_longest_s(&group->ranges[i]->when);
		}
	}
	for (uint32_t i = 0; i < event->rdate_count; i++) {
		const struct extra_date *rdate = &event->rdates[i];
		int64_t length_s = rdate->has_end ? rdate->end.local_s - rdate->start.local_s
						  : rdate->duration.days * DAY_S + rdate->duration.seconds;

		if (length_s > longest_s) {
			longest_s = length_s;
		}
	}
	return longest_s;
}

/* Computes how far back and how far forward a start may lie and still give an occurrence in the window. */
static void set_bounds(const struct group *group, struct series_query *query)
{
	const struct expand_window *window = group->expansion->window;
	const struct when *when = &group->when;
	int64_t moved_s = group->range_count > 0 ? MOVED_S : 0;

	query->from_local_s = when->all_day ? window->from_local_s : zone_local(when->zone, window->from_utc);
	query->to_local_s = when->all_day ? window->to_local_s : zone_local(when->zone, window->to_utc);
	query->from_local_s -= longest_of(group) + moved_s + MARGIN_S;
	query->to_local_s += moved_s + MARGIN_S;
}

static const char *trouble_of(enum series_outcome outcome)
{
	return outcome == SERIES_TOO_MUCH_WORK ? "too-much-work" : "too-many-occurrences";
}

/* Counts that a part of an event could not be read or followed. */
static void count_missing(struct group *group, const struct event *event, const char *reason)
{
	if (reason && (event->status != OCCURRENCE_CANCELLED || group->expansion->window->with_cancelled)) {
		tally_add(group->expansion->skipped, reason);
	}
}

/* Adds all of them or none, because half a series would look like a whole one. */
static enum add_outcome add_series(struct group *group, const struct instances *instances)
{
	struct hits *hits = group->expansion->hits;
	size_t before = hits->count, bytes_before = hits->text_bytes;
	enum add_outcome outcome = ADDED;

	for (size_t i = 0; i < instances->count && outcome == ADDED; i++) {
		outcome = add_instance(group, &instances->items[i]);
	}
	if (outcome == ADDED && hits->count - before > ICS_EVENT_OCCURRENCES_MAX) {
		outcome = ADD_TOO_MANY;
	}
	if (outcome == ADD_FULL || outcome == ADD_TOO_MANY) {
		hits->count = before;
		hits->text_bytes = bytes_before;
	}
	return outcome;
}

static enum add_outcome list_and_add(struct group *group, struct series_query *query, const char **out_reason)
{
	struct instances instances = {0};
	enum series_outcome listed = series_list(query, &instances);
	enum add_outcome added;

	*out_reason = NULL;
	if (listed == SERIES_NO_MEMORY) {
		return ADD_NO_MEMORY;
	}
	if (listed != SERIES_READ) {
		*out_reason = trouble_of(listed);
		return ADD_TOO_MANY;
	}
	added = add_series(group, &instances);
	free(instances.items);
	if (added == ADD_FULL || added == ADD_TOO_MANY) {
		*out_reason = added == ADD_FULL ? "output-full" : "too-many-occurrences";
	}
	return added;
}

static bool expand_series(struct group *group)
{
	struct expansion *expansion = group->expansion;
	struct series_query query = {
		.event = group->master,
		.when = &group->when,
		.names = expansion->names,
		.wants = wants_instance,
		.context = group,
		.steps_left = expansion->steps_left < ICS_EVENT_STEPS_MAX ? expansion->steps_left : ICS_EVENT_STEPS_MAX,
	};
	int64_t steps_before = query.steps_left;
	const char *reason, *reason_without;
	enum add_outcome added;

	set_bounds(group, &query);
	added = list_and_add(group, &query, &reason);
	expansion->steps_left -= steps_before - (query.steps_left > 0 ? query.steps_left : 0);
	if (added == ADD_TOO_MANY) { /* when there are too many to follow, the start is still certain */
		query.without_rules = true;
		added = list_and_add(group, &query, &reason_without);
	}
	if (!reason) {
		reason = query.ends_before_start ? "bad-rule" : group->master->missing;
	}
	count_missing(group, group->master, reason);
	return added != ADD_NO_MEMORY;
}

static bool add_single(struct expansion *expansion, const struct event *event, const struct when *when,
		       struct identity identity)
{
	enum add_outcome outcome = add_hit(expansion, event, when_span(when, when->start_local_s), identity);

	if (outcome == ADD_FULL) {
		tally_add(expansion->skipped, "output-full");
	}
	return outcome != ADD_NO_MEMORY;
}

static struct identity identity_of_start(const struct group *group)
{
	if (group->when.all_day) {
		return (struct identity){RECURRENCE_DAY, civil_day_of(group->when.start_local_s)};
	}
	return (struct identity){RECURRENCE_INSTANT, zone_utc(group->when.zone, group->when.start_local_s)};
}

static bool expand_master(struct group *group)
{
	const struct event *master = group->master;
	struct identity identity = {RECURRENCE_NONE, 0};

	if (master->rule_count > 0 || master->rdate_count > 0 || master->exdate_count > 0 || master->missing) {
		return expand_series(group);
	}
	/* An exception to a single event can only mean that event. */
	if (find_exception(group, RECURRENCE_INSTANT, zone_utc(group->when.zone, group->when.start_local_s)) ||
	    find_exception(group, RECURRENCE_DAY, when_day(&group->when, &master->start, group->expansion->names))) {
		return true;
	}
	if (group->has_shared_uid) {
		identity = identity_of_start(group);
	}
	return add_single(group->expansion, master, &group->when, identity);
}

/* Cancelling a series without naming an occurrence also cancels occurrences that had been moved (RFC 5546 section
 * 3.2.5). */
static void cancel_exceptions(const struct event *master, struct event **events, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (events[i]->screened.version.sequence <= master->screened.version.sequence) {
			events[i]->status = OCCURRENCE_CANCELLED;
		}
	}
}

static bool expand_exceptions(struct group *group)
{
	bool ok = true;

	for (size_t i = 0; i < group->exception_count && ok; i++) {
		const struct exception *exception = &group->exceptions[i];

		count_missing(group, exception->event, exception->event->missing);
		ok = add_single(group->expansion, exception->event, &exception->when, exception->shown);
	}
	return ok;
}

/* Expands one booking or series, without others that have its UID. */
static bool expand_one(struct group *group, struct event **events, size_t count)
{
	bool ok;

	if (group->master && !resolve(group, group->master, true, &group->when)) {
		group->master = NULL;
	}
	group->exceptions = calloc(count, sizeof(*group->exceptions));
	if (!group->exceptions) {
		return false;
	}
	list_exceptions(group, events, count);
	ok = (!group->is_first || list_ranges(group)) && (!group->master || expand_master(group)) &&
	     (!group->is_first || expand_exceptions(group));
	free(group->ranges);
	free(group->exceptions);
	return ok;
}

bool expand_group(struct expansion *expansion, struct event **events, size_t count)
{
	struct master one, *masters = count > 1 ? calloc(count, sizeof(*masters)) : &one;
	size_t master_count;
	bool ok = true;

	if (!masters) {
		return false;
	}
	master_count = masters_list(expansion->names, events, count, masters);
	if (master_count == 1 && masters[0].event->status == OCCURRENCE_CANCELLED) {
		cancel_exceptions(masters[0].event, events, count);
	}
	for (size_t i = 0; ok && (i < master_count || i == 0); i++) {
		struct group group = {
			.expansion = expansion,
			.master = master_count > 0 ? masters[i].event : NULL,
			.is_first = i == 0,
		};

		group.has_shared_uid = master_count > 1 || (group.master && group.master->has_shared_uid);
		ok = expand_one(&group, events, count);
	}
	if (masters != &one) {
		free(masters);
	}
	return ok;
}
