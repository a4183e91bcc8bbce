/* Expands events to occurrences: resolves series, exceptions and duplicates, and cuts to a window. */
#ifndef ICAL_EXPAND_H
#define ICAL_EXPAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "event.h"
#include "zonenames.h"

enum recurrence_id_kind { RECURRENCE_NONE, RECURRENCE_INSTANT, RECURRENCE_DAY };

/* Identifies an occurrence within its series by the start that the rule gave it. */
struct identity {
	enum recurrence_id_kind kind;
	int64_t value; /* UTC second or day */
};

struct hit {
	const struct event *event;
	struct span span;
	struct identity identity;
	int64_t sort_utc; /* an all-day occurrence begins when its day begins in the office's zone */
};

struct hits {
	struct hit *items;
	size_t count, capacity;
	size_t text_bytes; /* an upper bound for their printed size */
};

struct expand_window {
	const struct zone *office;
	int64_t from_local_s, to_local_s; /* [from, to), in the office's zone */
	int64_t from_utc, to_utc;
	bool with_cancelled;
};

/* How often something was skipped or assumed, by reason. */
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

/* Expands the events of one UID, given in any order; they are sorted. Returns false when memory ran out. */
bool expand_group(struct expansion *expansion, struct event **events, size_t count);

void hits_finish(struct hits *hits);

#endif
