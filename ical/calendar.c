/* See calendar.h. While the bytes arrive, they go through the scanner, the screen and event.c; the expansion, group by
 * group, follows when all have arrived. Only the version of an event that cannot matter is remembered, because it may
 * have replaced one that can. */
#include "calendar.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "encoding.h"
#include "event.h"
#include "freebusy.h"
#include "icslimits.h"
#include "pool.h"
#include "scan.h"
#include "screen.h"
#include "versions.h"

/* The methods of RFC 5546 section 1.4, as far as they matter. An answer to an invitation books nothing. */
enum method { METHOD_PUBLISH, METHOD_CANCEL, METHOD_ANSWER };

struct calendar {
	struct calendar_request request;
	struct expand_window window;
	struct encoding *encoding;
	struct scan *scan;
	struct zone_names *names;
	struct pool *pool;
	struct versions *dropped;
	struct event **events;
	size_t event_count, event_capacity;
	enum method method; /* of the open VCALENDAR */
	struct calendar_result result;
};

static bool keep_event(void *context, const struct event *event, struct err *err)
{
	struct calendar *calendar = context;
	struct event *copy = pool_alloc(calendar->pool, sizeof(*copy));

	if (!copy) {
		return err_set(err, "more events than fit into memory");
	}
	if (calendar->event_count == calendar->event_capacity) {
		size_t capacity = calendar->event_capacity ? 2 * calendar->event_capacity : 512;
		struct event **grown = realloc(calendar->events, capacity * sizeof(*grown));

		if (!grown) {
			return err_set(err, "out of memory");
		}
		calendar->events = grown;
		calendar->event_capacity = capacity;
	}
	*copy = *event;
	if (calendar->method == METHOD_CANCEL) { /* RFC 5546 section 3.2.5 */
		copy->status = OCCURRENCE_CANCELLED;
	}
	calendar->events[calendar->event_count++] = copy;
	return true;
}

static bool take_freebusy(struct calendar *calendar, const struct scan_event *raw, const struct screen_window *window,
			  struct err *err)
{
	struct freebusy_request request = {
		.raw = raw,
		.window = *window,
		.names = calendar->names,
		.pool = calendar->pool,
		.order = calendar->result.event_count,
		.on_event = keep_event,
		.context = calendar,
	};
	const char *reason = raw->trouble;

	if (!reason && !freebusy_read(&request, &reason, err)) {
		return false;
	}
	if (reason) {
		tally_add(&calendar->result.skipped, reason);
	}
	return true;
}

static bool take_vevent(struct calendar *calendar, const struct scan_event *raw, const struct screen_window *window,
			struct err *err)
{
	struct screened screened = screen_event(raw, window, calendar->result.event_count);
	const char *reason = screened.trouble;
	struct event event;

	if (!reason && !screened.matters) {
		return versions_add(calendar->dropped, &screened) || err_set(err, "out of memory");
	}
	if (!reason) {
		switch (event_read(raw, &screened, calendar->names, calendar->pool, &event, &reason)) {
		case EVENT_READ:
			return keep_event(calendar, &event, err);
		case EVENT_NO_MEMORY:
			return err_set(err, "more events than fit into memory");
		case EVENT_SKIPPED:
			break;
		}
	}
	tally_add(&calendar->result.skipped, reason);
	return true;
}

static bool take_event(void *context, const struct scan_event *raw, struct err *err)
{
	struct calendar *calendar = context;
	struct screen_window window = {calendar->request.from_local_s, calendar->request.to_local_s};
	bool ok;

	if (calendar->method == METHOD_ANSWER) {
		tally_add(&calendar->result.assumed, "only-an-answer");
		ok = true;
	} else {
		ok = raw->is_freebusy ? take_freebusy(calendar, raw, &window, err)
				      : take_vevent(calendar, raw, &window, err);
	}
	calendar->result.event_count++;
	return ok;
}

static bool take_zone(void *context, const char *text, size_t length, struct err *err)
{
	struct calendar *calendar = context;
	return zone_names_define(calendar->names, text, length) || err_set(err, "out of memory");
}

static bool take_calendar(void *context, struct err *err)
{
	struct calendar *calendar = context;

	(void)err;
	calendar->method = METHOD_PUBLISH;
	zone_names_begin_calendar(calendar->names);
	return true;
}

static enum method method_of(const char *value, size_t length)
{
	static const struct {
		const char *name;
		enum method method;
	} known[] = {{"CANCEL", METHOD_CANCEL},
		     {"REPLY", METHOD_ANSWER},
		     {"REFRESH", METHOD_ANSWER},
		     {"COUNTER", METHOD_ANSWER},
		     {"DECLINECOUNTER", METHOD_ANSWER}};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (length == strlen(known[i].name) && strncasecmp(value, known[i].name, length) == 0) {
			return known[i].method;
		}
	}
	return METHOD_PUBLISH;
}

static bool take_header(void *context, const char *line, size_t length, struct err *err)
{
	struct calendar *calendar = context;
	const char *value;
	size_t value_length;

	(void)err;
	if (!scan_value(line, length, &value, &value_length)) {
		return true;
	}
	if (line[0] == 'X' || line[0] == 'x') {
		zone_names_set_default(calendar->names, value, value_length);
	} else {
		calendar->method = method_of(value, value_length);
	}
	return true;
}

static bool take_bytes(void *context, const char *bytes, size_t length, struct err *err)
{
	struct calendar *calendar = context;
	return scan_feed(calendar->scan, bytes, length, err);
}

struct calendar *calendar_create(const struct calendar_request *request)
{
	struct calendar *calendar = calloc(1, sizeof(*calendar));
	struct scan_sink sink = {take_event,  take_zone, take_calendar,
				 take_header, calendar,  request->want_description};

	if (!calendar) {
		return NULL;
	}
	calendar->request = *request;
	calendar->window = (struct expand_window){
		.office = request->office,
		.from_local_s = request->from_local_s,
		.to_local_s = request->to_local_s,
		.from_utc = zone_utc(request->office, request->from_local_s),
		.to_utc = zone_utc(request->office, request->to_local_s),
		.with_cancelled = request->with_cancelled,
	};
	calendar->encoding = encoding_create(&(struct encoding_sink){take_bytes, calendar});
	calendar->scan = scan_create(&sink);
	calendar->names = zone_names_create(request->office, request->zoneinfo);
	calendar->pool = pool_create(ICS_HELD_MAX);
	calendar->dropped = versions_create(ICS_DROPPED_MAX);
	if (!calendar->encoding || !calendar->scan || !calendar->names || !calendar->pool || !calendar->dropped) {
		calendar_destroy(calendar);
		return NULL;
	}
	return calendar;
}

void calendar_destroy(struct calendar *calendar)
{
	if (!calendar) {
		return;
	}
	hits_finish(&calendar->result.hits);
	free(calendar->events);
	versions_destroy(calendar->dropped);
	pool_destroy(calendar->pool);
	zone_names_destroy(calendar->names);
	scan_destroy(calendar->scan);
	encoding_destroy(calendar->encoding);
	free(calendar);
}

bool calendar_feed(struct calendar *calendar, const char *bytes, size_t length, struct err *err)
{
	return encoding_feed(calendar->encoding, bytes, length, err);
}

static int compare_events(const void *left, const void *right)
{
	const struct event *a = *(const struct event *const *)left, *b = *(const struct event *const *)right;

	if (a->screened.uid_hash != b->screened.uid_hash) {
		return a->screened.uid_hash < b->screened.uid_hash ? -1 : 1;
	}
	return strcmp(a->uid, b->uid);
}

/* An event whose later version lies outside the window has moved away. */
static bool drop_superseded(struct calendar *calendar, struct err *err)
{
	struct version_index *index = version_index_create(calendar->event_count);
	size_t left = 0;

	if (!index) {
		return err_set(err, "out of memory");
	}
	for (size_t i = 0; i < calendar->event_count; i++) {
		version_index_want(index, &calendar->events[i]->screened);
	}
	version_index_fill(index, calendar->dropped);
	for (size_t i = 0; i < calendar->event_count; i++) {
		struct event *event = calendar->events[i];

		if (!version_index_is_replaced(index, &event->screened)) {
			event->has_shared_uid |= version_index_is_shared(index, &event->screened);
			calendar->events[left++] = event;
		}
	}
	calendar->event_count = left;
	version_index_destroy(index);
	return true;
}

static bool expand_all(struct calendar *calendar, struct err *err)
{
	struct expansion expansion = {
		.window = &calendar->window,
		.names = calendar->names,
		.skipped = &calendar->result.skipped,
		.assumed = &calendar->result.assumed,
		.hits = &calendar->result.hits,
		.steps_left = ICS_STEPS_MAX,
	};

	if (calendar->event_count == 0) {
		return true;
	}
	qsort(calendar->events, calendar->event_count, sizeof(struct event *), compare_events);
	for (size_t start = 0, end; start < calendar->event_count; start = end) {
		end = start + 1;
		while (end < calendar->event_count &&
		       compare_events(&calendar->events[start], &calendar->events[end]) == 0) {
			end++;
		}
		if (!expand_group(&expansion, calendar->events + start, end - start)) {
			return err_set(err, "out of memory");
		}
	}
	return true;
}

static int64_t end_of(const struct span *span)
{
	return span->all_day ? span->end_day : span->end_utc;
}

/* Orders by start. The order among equals is fixed, so that equal calendars give equal answers. */
static int compare_hits(const void *left, const void *right)
{
	const struct hit *a = left, *b = right;
	int order;

	if (a->sort_utc != b->sort_utc) {
		return a->sort_utc < b->sort_utc ? -1 : 1;
	}
	if (a->span.all_day != b->span.all_day) {
		return a->span.all_day ? -1 : 1;
	}
	if (end_of(&a->span) != end_of(&b->span)) {
		return end_of(&a->span) < end_of(&b->span) ? -1 : 1;
	}
	order = strcmp(a->event->uid, b->event->uid);
	if (order != 0) {
		return order;
	}
	return a->identity.value < b->identity.value ? -1 : a->identity.value > b->identity.value;
}

const struct calendar_result *calendar_finish(struct calendar *calendar, struct err *err)
{
	struct hits *hits = &calendar->result.hits;

	if (!encoding_finish(calendar->encoding, err) || !scan_finish(calendar->scan, err) ||
	    !drop_superseded(calendar, err) || !expand_all(calendar, err)) {
		return NULL;
	}
	if (hits->count > 1) {
		qsort(hits->items, hits->count, sizeof(*hits->items), compare_hits);
	}
	return &calendar->result;
}
