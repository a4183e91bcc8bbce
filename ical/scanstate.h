/* What scan.c and scantree.c share: the state of a scanner. */
#ifndef ICAL_SCANSTATE_H
#define ICAL_SCANSTATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "icslimits.h"
#include "known.h"
#include "scan.h"
#include "scanbuffer.h"

enum part { PART_CALENDAR, PART_EVENT, PART_ZONE, PART_ZONE_RULE, PART_OTHER };

/* Where the logical line that is being read goes. */
enum sort { SORT_IGNORED, SORT_EVENT, SORT_ATTENDEE, SORT_ZONE, SORT_HEADER };

struct level {
	enum part part;
	char name[ICS_PROPERTY_NAME_MAX];
};

struct scan {
	struct scan_sink sink;
	struct level levels[ICS_DEPTH_MAX];
	int depth;
	bool in_event; /* scan_top is PART_EVENT */
	bool any_calendar;
	size_t total;
	struct buffer carry; /* the start of a line whose end has not come yet */
	bool overlong;       /* the line in carry passed the cap: wait for its end, its beginning is kept */
	struct buffer text;  /* the kept lines of the open component */
	enum sort sort;
	enum scan_property property;
	size_t name_length; /* of the property */
	size_t line_start;  /* in text */
	struct scan_event event;
	uint32_t seen;      /* known.once of what the open event has had */
	bool any_nul;       /* in the bytes so far */
	size_t text_length; /* of its lines that are texts */
	struct scan_line *kept;
	size_t kept_capacity;
	bool is_quoted;      /* the logical line is QUOTED-PRINTABLE, as far as that had to be known */
	bool is_soft_broken; /* … and goes on in the next physical line */
	struct buffer outer; /* definitions outside of every VCALENDAR, each ended by a NUL */
	struct known_index known;
};

static inline enum part scan_top(const struct scan *scan)
{
	return scan->depth > 0 ? scan->levels[scan->depth - 1].part : PART_OTHER;
}

static inline size_t scan_left_of(size_t max, size_t used)
{
	return used < max ? max - used : 0;
}

/* Returns the level of the open event, -1 when none is open. */
int scan_event_level(const struct scan *scan);

/* `name` is what follows "BEGIN:". */
bool scan_begin_component(struct scan *scan, const char *name, size_t length, struct err *err);
/* An END of what was never begun closes nothing; one that leaves something open inside it is a calendar cut short,
 * unless that stands within one event. */
bool scan_end_component(struct scan *scan, const char *name, size_t length, struct err *err);

#endif
