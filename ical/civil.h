/* Calendar arithmetic in the proleptic Gregorian calendar. Pure; it knows no zone and no clock. Days are counted from
 * 1970-01-01 = 0; local seconds are civil time counted as if it were UTC. */
#ifndef ICAL_CIVIL_H
#define ICAL_CIVIL_H

#include <stdbool.h>
#include <stdint.h>

enum { DAY_S = 86400 };

struct civil {
	int year;  /* 1..9999 */
	int month; /* 1..12 */
	int day;   /* 1..31 */
	int hour, minute, second;
};

int32_t civil_day(int year, int month, int day);   /* day number of a valid date */
struct civil civil_from_local(int64_t local_s);    /* any local second → fields */
int64_t civil_to_local(const struct civil *civil); /* fields → local second */
int32_t civil_day_of(int64_t local_s);             /* the day number that a local second lies in */
int64_t civil_second_of_day(int64_t local_s);      /* seconds since the midnight before it */
int civil_weekday(int32_t day);                    /* 0 = Monday … 6 = Sunday (ISO 8601) */
int civil_iso_week(int32_t day, int *out_year);    /* ISO 8601 week; out_year may be NULL */
int civil_days_in_month(int year, int month);

/* Parses "2026-11-23" and "2026-11-23T10:42[:30]"; a bare date means midnight. Returns false for any other form, or
 * when there is no such time. */
bool civil_parse(const char *text, int64_t *out_local_s);

#endif
