/* Cases for the calendar engine as data: lines of a VEVENT, a window, and what has to come out. */
#ifndef TESTS_ICAL_CASES_H
#define TESTS_ICAL_CASES_H

#include <stddef.h>

/* One case. `events` holds VEVENTs without BEGIN and END, lines ended by \n, events divided by a line "--"; a line
 * "==" before them divides what stands in the VCALENDAR above (VTIMEZONEs, X-WR-TIMEZONE). UID "a" is added where there
 * is none. `window` is "FROM TO". `expected` holds the occurrences in order, each as its local start in the office's
 * zone: 2026-11-02T09:00       with a time (seconds only when there are any) 2026-11-02             all day START/END
 * when any of the expected has a "/" START@RECURRENCE-ID    when any has an "@"; "-" for none START#SUMMARY when any
 * has a "#" (spaces in it are written "_") …Z                     when any has a "Z", all times are UTC "…" stands for
 * any number of occurrences, and "N:" in front counts all. */
struct ics_case {
	const char *name;
	const char *events;
	const char *window;
	const char *expected;
};

/* Each runs in the given zone; fails the test with the case's name and both lists. */
void cases_run(const struct ics_case *cases, size_t count, const char *zone);

/* Replays every case in windows cut in two: what [a,c) has is in [a,b) or in [b,c), in both only when it spans b. */
void cases_replay(const struct ics_case *cases, size_t count, const char *zone);

/* "reason:count reason:count", skipped and then assumed; "refused" when it is no calendar. Static buffer. */
const char *cases_tally(const char *events, const char *window);

#endif
