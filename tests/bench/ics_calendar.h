/* A calendar such as Exchange publishes, of any size: five years of single meetings, 12 % series, some exceptions. */
#ifndef TESTS_BENCH_ICS_CALENDAR_H
#define TESTS_BENCH_ICS_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

/* Writes `events` VEVENTs of about 900 bytes, folded, with Windows' zone names, from 2022 to 2026. */
bool ics_calendar_write(const char *path, uint32_t events);
/* Does the same with so many of a hundred events in April 2026, and the others certainly not there. */
bool ics_calendar_write_share(const char *path, uint32_t events, int inside_percent);
/* Writes a meeting in each of so many zones of its own, which no system knows. */
bool ics_calendar_write_zones(const char *path, uint32_t zones);

#endif
