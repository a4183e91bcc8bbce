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

static const char no_memory[] = "out of memory", too_many[] = "more events than fit into memory";

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
	enum method method;      /* of the open VCALENDAR */
	bool is_open, is_spoilt; /* the object that is being read */
	size_t events_before, dropped_before;
	struct err object_err; /* what is wrong with the one that was spoilt last */
	struct calendar_result result;
};

static bool keep_event(void *context, const struct event *event, struct err *err)
{
	struct calendar *calendar = context;
	struct event *copy = pool_alloc(calendar->pool, sizeof(*copy));

	if (!copy) {
		return err_set(err, "%s", too_many);
	}
	if (calendar->event_count == calendar->event_capacity) {
		size_t capacity = calendar->event_capacity ? 2 * calendar->event_capacity : 512;
		struct event **grown = realloc(calendar->events, capacity * sizeof(*grown));

		if (!grown) {
			return err_set(err, "%s", no_memory);
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
		return versions_add(calendar->dropped, &screened) || err_set(err, "%s", no_memory);
	}
	if (!reason) {
		switch (event_read(raw, &screened, calendar->names, calendar->pool, &event, &reason)) {
		case EVENT_READ:
			return keep_event(calendar, &event, err);
		case EVENT_NO_MEMORY:
			return err_set(err, "%s", too_many);
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
	return zone_names_define(calendar->names, text, length) || err_set(err, "%s", no_memory);
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

/* Nothing of one body or object reaches into the next. */
static bool begin_body(struct calendar *calendar)
{
	struct scan_sink sink = {take_event,  take_zone, take_calendar,
				 take_header, calendar,  calendar->request.want_description};

	scan_destroy(calendar->scan);
	encoding_destroy(calendar->encoding);
	calendar->encoding = encoding_create(&(struct encoding_sink){take_bytes, calendar});
	calendar->scan = scan_create(&sink);
	return calendar->encoding && calendar->scan;
}

struct calendar *calendar_create(const struct calendar_request *request)
{
	struct calendar *calendar = calloc(1, sizeof(*calendar));
	bool ok;

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
	ok = begin_body(calendar);
	calendar->names = zone_names_create(request->office, request->zoneinfo);
	calendar->pool = pool_create(ICS_HELD_MAX);
	calendar->dropped = versions_create(ICS_DROPPED_MAX);
	if (!ok || !calendar->names || !calendar->pool || !calendar->dropped) {
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

/* An object is left out when something is wrong with it. That memory ran out concerns all of them, so that false is
 * returned. */
static bool spoil(struct calendar *calendar)
{
	const char *reason = calendar->object_err.text;

	calendar->is_spoilt = true;
	return strcmp(reason, no_memory) != 0 && strcmp(reason, too_many) != 0;
}

static bool feed_object(struct calendar *calendar, const char *bytes, size_t length)
{
	if (!calendar->is_open) {
		calendar->is_open = true;
		calendar->is_spoilt = false;
		calendar->events_before = calendar->event_count;
		calendar->dropped_before = versions_count(calendar->dropped);
		if (!begin_body(calendar)) {
			return err_set(&calendar->object_err, "%s", no_memory);
		}
	}
	return calendar->is_spoilt || encoding_feed(calendar->encoding, bytes, length, &calendar->object_err) ||
	       spoil(calendar);
}

static bool end_object(struct calendar *calendar)
{
	struct calendar_result *result = &calendar->result;
	bool ok = feed_object(calendar, "", 0) && (calendar->is_spoilt ||
						   (encoding_finish(calendar->encoding, &calendar->object_err) &&
						    scan_finish(calendar->scan, &calendar->object_err)) ||
						   spoil(calendar));

	if (ok && calendar->is_spoilt) {
		calendar->event_count = calendar->events_before;
		versions_cut(calendar->dropped, calendar->dropped_before);
		tally_add(&result->skipped, "unreadable-object");
		if (result->unreadable_count < ICS_UNREADABLE_MAX) {
			result->unreadable[result->unreadable_count] = result->object_count;
		}
		result->unreadable_count++;
	}
	result->object_count++;
	calendar->is_open = false;
	return ok;
}

static bool feed_objects(struct calendar *calendar, const char *bytes, size_t length)
{
	const char *end = bytes + length;

	while (bytes < end) {
		const char *nul = memchr(bytes, '\0', (size_t)(end - bytes));

		if (!feed_object(calendar, bytes, (size_t)((nul ? nul : end) - bytes)) ||
		    (nul && !end_object(calendar))) {
			return false;
		}
		bytes = nul ? nul + 1 : end;
	}
	return true;
}

bool calendar_feed(struct calendar *calendar, const char *bytes, size_t length, struct err *err)
{
	if (calendar->request.has_objects) {
		return feed_objects(calendar, bytes, length) || err_set(err, "%s", calendar->object_err.text);
	}
	return encoding_feed(calendar->encoding, bytes, length, err);
}

static bool end_body(struct calendar *calendar, struct err *err)
{
	const struct calendar_result *result = &calendar->result;

	if (!calendar->request.has_objects) {
		return encoding_finish(calendar->encoding, err) && scan_finish(calendar->scan, err);
	}
	if (calendar->is_open && !end_object(calendar)) {
		return err_set(err, "%s", calendar->object_err.text);
	}
	return result->unreadable_count == 0 || result->unreadable_count < result->object_count ||
	       err_set(err, "%s", calendar->object_err.text);
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
		return err_set(err, "%s", no_memory);
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
			return err_set(err, "%s", no_memory);
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

	if (!end_body(calendar, err) || !drop_superseded(calendar, err) || !expand_all(calendar, err)) {
		return NULL;
	}
	if (hits->count > 1) {
		qsort(hits->items, hits->count, sizeof(*hits->items), compare_hits);
	}
	return &calendar->result;
}
