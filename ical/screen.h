/* Decides from an event's raw lines whether it can matter in a window, before anything expensive looks at it.
 * Errs on the side of keeping: it knows no zones and expands no rules. */
#ifndef ICAL_SCREEN_H
#define ICAL_SCREEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "scan.h"

/* Of two components for the same thing the greater version counts: SEQUENCE, then DTSTAMP, then LAST-MODIFIED
 * (RFC 5546 section 2.1.5), then the later in the file. See screened.start_key for what is the same thing. */
struct version {
	uint32_t sequence;
	uint32_t dtstamp, last_modified; /* seconds from 1970, 0 when unknown */
	uint32_t order;
};

int version_compare(const struct version *left, const struct version *right);

struct screen_window {
	int64_t from_local_s, to_local_s; /* in the office's zone */
};

struct screened {
	uint64_t uid_hash;
	/* Of (UID, RECURRENCE-ID): of what is equal here the greatest SEQUENCE counts. */
	uint64_t key;
	/* Also of the start where there is no RECURRENCE-ID: some systems give every booking one UID, so that only what
	 * is equal here are versions of the same thing. */
	uint64_t start_key;
	struct version version;
	bool matters;
	const char *trouble; /* NULL, or why the event has to be skipped */
};

/* For what is no event of its own: its UID, and the keys of something without a RECURRENCE-ID that has `uid_hash`. */
uint64_t screen_uid_hash(const char *uid, size_t length);
void screen_set_keys(struct screened *screened, int64_t start_local_s);

struct screened screen_event(const struct scan_event *event, const struct screen_window *window, uint32_t order);

#endif
