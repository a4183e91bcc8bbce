/* The names that Windows and old programs give to time zones, from Unicode CLDR's tables, which ICU carries. The result
 * is only a name; the system's tzdata defines what it means. */
#ifndef ICAL_ZONEWINDOWS_H
#define ICAL_ZONEWINDOWS_H

#include <stdbool.h>

#include "limits.h"

/* Maps "W. Europe Standard Time" to "Europe/Stockholm": for region SE, else for the zone's main region. */
bool zonewindows_find(const char *name, char out_iana[ZONE_NAME_MAX]);

/* Maps "IST" to "Asia/Calcutta": names of old programs that no other table has any more. */
bool zonewindows_find_alias(const char *name, char out_iana[ZONE_NAME_MAX]);

#endif
