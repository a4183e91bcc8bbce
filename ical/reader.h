/* The parent's side of icsread: starts it, writes the bytes to it, limits it, and reads occurrences from it. Whatever
 * the bytes are, the worst result is an outcome other than READER_OK. */
#ifndef ICAL_READER_H
#define ICAL_READER_H

#include <stddef.h>
#include <stdint.h>

#include "err.h"
#include "netlimits.h"
#include "occurrence.h"
#include "wait.h"

struct reader_request {
	const char *program; /* path of icsread */
	const char *body;
	size_t body_length;
	int32_t from_day, to_day; /* days from 1970-01-01 in `zone`; to exclusive */
	const char *zone;         /* the office's zone: for floating times, dates and unknown zones */
	const char *zoneinfo;     /* folder of the time zones; NULL: the system's */
	bool want_description;    /* set only where a pattern needs descriptions */
	bool has_objects; /* the body is a row of calendars, each ended by a NUL; one that is spoilt is left out */
	const struct reader_limits *limits; /* NULL means those of netlimits.h; tests that must not wait give others */
};

enum reader_outcome {
	READER_OK,
	READER_NOT_CALENDAR, /* HTML, empty, truncated …; the caller keeps the last good data */
	READER_OVER_LIMIT,   /* it used up its CPU, memory, output or time */
	READER_CRASHED,
	READER_STOPPED,    /* wait->on_wake returned false */
	READER_UNAVAILABLE /* it could not be started, so the installation is at fault */
};

struct reader_skip {
	char reason[READER_REASON_MAX]; /* such as "too-many-occurrences" */
	uint32_t count;
};

struct reader_result {
	struct occurrence_list occurrences; /* sorted by start */
	struct reader_skip skips[READER_SKIP_REASONS_MAX], assumed[READER_SKIP_REASONS_MAX];
	size_t skip_count, assumed_count;
	size_t unreadable[READER_UNREADABLE_MAX]; /* with has_objects: the numbers of some that are spoilt, from 0 */
	size_t unreadable_count;
};

/* Reads a calendar. out_result is always filled (empty unless READER_OK), and the caller finishes it. err is filled
 * unless READER_OK. With `wait` NULL the call cannot be interrupted. Any thread; several calls may run at a time. */
enum reader_outcome reader_run(const struct reader_request *request, const struct wait *wait,
			       struct reader_result *out_result, struct err *err);
void reader_result_finish(struct reader_result *result);

#endif
