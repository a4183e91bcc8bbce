/* From events to occurrences: series, exceptions and duplicates resolved, cut to a window. */
#ifndef ICAL_EXPAND_H
#define ICAL_EXPAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "event.h"
#include "zonenames.h"

enum recurrence_id_kind { RECURRENCE_NONE, RECURRENCE_INSTANT, RECURRENCE_DAY };

/* Which occurrence of its series one is: the start it had by the rule. */
struct identity {
	enum recurrence_id_kind kind;
	int64_t value; /* UTC second or day */
};

struct hit {
	const struct event *event;
	struct span span;
	struct identity identity;
	int64_t sort_utc; /* an all-day occurrence begins with its day in the office's zone */
};

struct hits {
	struct hit *items;
	size_t count, capacity;
	size_t text_bytes; /* a bound for what printing them takes */
};

struct expand_window {
	const struct zone *office;
	int64_t from_local_s, to_local_s; /* [from, to), in the office's zone */
	int64_t from_utc, to_utc;
	bool with_cancelled;
};

/* How often something was passed over, by reason; also for what was assumed. */
struct tally {
	struct {
		const char *reason; /* static text */
		uint32_t count;
	} items[24];
	size_t count;
};

void tally_add(struct tally *tally, const char *reason);

struct expansion {
	const struct expand_window *window;
	struct zone_names *names;
	struct tally *skipped, *assumed;
	struct hits *hits;
	int64_t steps_left; /* for the whole calendar */
};

/* The events of one UID, any order; they are put into order. False: out of memory. */
bool expand_group(struct expansion *expansion, struct event **events, size_t count);

void hits_finish(struct hits *hits);

#endif
