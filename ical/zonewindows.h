/* The names that Windows and old programs give to time zones, from Unicode CLDR's tables, which ICU carries. What they
 * lead to is only a name: the system's tzdata says what it means. */
#ifndef ICAL_ZONEWINDOWS_H
#define ICAL_ZONEWINDOWS_H

#include <stdbool.h>

enum { ZONEWINDOWS_NAME_MAX = 128 }; /* bytes with the final NUL */

/* "W. Europe Standard Time" → "Europe/Stockholm": in region SE, else in the zone's main region. */
bool zonewindows_find(const char *name, char out_iana[ZONEWINDOWS_NAME_MAX]);

/* "IST" → "Asia/Calcutta": names of old programs, which no other table has any more. */
bool zonewindows_find_alias(const char *name, char out_iana[ZONEWINDOWS_NAME_MAX]);

#endif
