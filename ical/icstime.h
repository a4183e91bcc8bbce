/* Dates, times and durations as RFC 5545 sections 3.3.4 to 3.3.6 write them. Knows no zone. */
#ifndef ICAL_ICSTIME_H
#define ICAL_ICSTIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ics_time {
	int64_t local_s; /* civil time counted as if it were UTC; midnight for a date */
	bool is_date;
	bool is_utc;
};

/* Days are nominal (a day of 23 hours is a day), seconds are exact. */
struct ics_duration {
	int64_t days;
	int64_t seconds;
	bool negative;
};

/* "20261123", "20261123T090000", "20261123T090000Z". False: not of that form or no such time. */
bool ics_time_parse(const char *text, size_t length, struct ics_time *out_time);
/* Returns the seconds of a DTSTAMP or LAST-MODIFIED as they are compared; 0 when the value cannot be read. */
uint32_t ics_stamp(const char *text, size_t length);

/* "P1D", "PT1H30M", "-P2W". False: not of that form, or longer than some thousand years. */
bool ics_duration_parse(const char *text, size_t length, struct ics_duration *out_duration);
int64_t ics_duration_seconds(const struct ics_duration *duration); /* a day counts as 24 hours */

#endif
