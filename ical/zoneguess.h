/* Finds the zone that a TZID means, however the program that wrote it has decorated the name. */
#ifndef ICAL_ZONEGUESS_H
#define ICAL_ZONEGUESS_H

#include "zone.h"

/* "Europe/Stockholm", "/mozilla.org/20050126_1/Europe/Stockholm", "W. Europe Standard Time 1", "UTC+02:00",
 * "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", … NULL: nobody knows it. */
struct zone *zone_guess(const struct zoneinfo *zoneinfo, const char *name);

/* Of "(UTC-05:00) Somewhere" at least the offset, which is right half of the year. NULL: it shows none. */
struct zone *zone_guess_shown(const struct zoneinfo *zoneinfo, const char *name);

#endif
