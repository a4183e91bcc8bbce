/* A time zone as a table of its changes of offset. It is made once from the system's tzdata and is immutable
 * afterwards: look-ups need no library, no lock and no environment, so the machine's own TZ never matters. */
#ifndef ICAL_ZONE_H
#define ICAL_ZONE_H

#include <stdint.h>

#include "err.h"

struct zone;
struct zoneinfo; /* zoneinfo.h */

/* `name` is an IANA name ("Europe/Stockholm") or a Windows name ("W. Europe Standard Time", mapped by Unicode CLDR for
 * region SE). Returns NULL and fills err when the name is unknown. The caller owns the result. */
struct zone *zone_create(const char *name, struct err *err); /* from /usr/share/zoneinfo */
/* With zoneinfo NULL only UTC is known. */
struct zone *zone_create_from(const struct zoneinfo *zoneinfo, const char *name, struct err *err);
/* Does the same for a name that only old programs use ("IST") and that the system does not know. */
struct zone *zone_create_alias(const struct zoneinfo *zoneinfo, const char *name, struct err *err);
void zone_destroy(struct zone *zone);

const char *zone_name(const struct zone *zone); /* IANA name; lives as long as the zone */

int32_t zone_offset_s(const struct zone *zone, int64_t utc_s); /* local = utc + offset */
int64_t zone_local(const struct zone *zone, int64_t utc_s);
int32_t zone_day(const struct zone *zone, int64_t utc_s); /* the civil day of an instant, from 1970-01-01 */

/* Follows RFC 5545 section 3.3.5: a local time that occurs twice means its first occurrence; a local time inside a gap
 * is read with the offset before the gap. */
int64_t zone_utc(const struct zone *zone, int64_t local_s);
int64_t zone_day_start(const struct zone *zone, int32_t day); /* the instant at which the civil day begins */

#endif
