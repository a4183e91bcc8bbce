/* A calendar such as Exchange publishes, of any size: five years of single meetings, 12 % series, some exceptions. */
#ifndef TESTS_BENCH_ICS_CALENDAR_H
#define TESTS_BENCH_ICS_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

/* Writes `events` VEVENTs of about 900 bytes, folded, with Windows' zone names, from 2022 to 2026. */
bool ics_calendar_write(const char *path, uint32_t events);

#endif
