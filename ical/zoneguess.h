/* Finds the zone that a TZID means, however the writing program decorated the name. */
#ifndef ICAL_ZONEGUESS_H
#define ICAL_ZONEGUESS_H

#include "zone.h"

/* Understands "Europe/Stockholm", "/mozilla.org/20050126_1/Europe/Stockholm", "W. Europe Standard Time 1", "UTC+02:00",
 * "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna" and the like. Returns NULL when the name is unknown.
 */
struct zone *zone_guess(const struct zoneinfo *zoneinfo, const char *name);

/* Takes at least the offset from "(UTC-05:00) Somewhere", which is right half of the year. Returns NULL when the name
 * has none. */
struct zone *zone_guess_shown(const struct zoneinfo *zoneinfo, const char *name);

#endif
