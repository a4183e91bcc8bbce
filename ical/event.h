/* Reads one VEVENT into a plain struct: every text is clean and short enough, and every time has the slot of its zone.
 */
#ifndef ICAL_EVENT_H
#define ICAL_EVENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "icstime.h"
#include "occurrence.h"
#include "pool.h"
#include "rule.h"
#include "scan.h"
#include "screen.h"
#include "zonenames.h"

struct moment {
	int64_t local_s; /* UTC seconds where the slot is ZONE_SLOT_UTC */
	zone_slot slot;
	bool is_date;
	bool is_floating; /* neither UTC nor with a TZID */
};

struct extra_date { /* an RDATE; a PERIOD brings its own length */
	struct moment start, end;
	struct ics_duration duration;
	bool has_end, has_duration;
};

/* All pointers point into the pool. */
struct event {
	struct screened screened;
	struct moment start, end, recurrence_id;
	struct ics_duration duration;
	zone_slot floating; /* the calendar's own zone */
	bool has_end, has_duration, has_recurrence_id, this_and_future;
	bool all_day_flag; /* Microsoft: midnight to midnight means all day */
	/* other bookings have the same UID, and only the start distinguishes them */
	bool has_shared_uid;
	const char *missing; /* NULL, or why a part of the event could not be read while the rest is certain */
	uint8_t rule_count, exrule_count;
	uint32_t rdate_count, exdate_count;
	struct rule *rules, *exrules;
	struct extra_date *rdates;
	struct moment *exdates;
	enum occurrence_status status;
	enum occurrence_class class;
	enum occurrence_busy busy;
	const char *uid, *summary, *location, *description, *organizer, *resources, *url;
};

enum event_outcome { EVENT_READ, EVENT_SKIPPED, EVENT_NO_MEMORY };

/* With EVENT_SKIPPED out_reason says why, in one word of the vocabulary of icsread(1). An unreadable rule or date does
 * not cost the event; see event.missing. */
enum event_outcome event_read(const struct scan_event *raw, const struct screened *screened, struct zone_names *names,
			      struct pool *pool, struct event *out_event, const char **out_reason);

#endif
