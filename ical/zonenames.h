/* From a TZID to a zone: a name that the system's tzdata or Windows knows wins over what the file says about it, a
 * definition in the file serves names that they do not know, and the office's zone serves the rest. */
#ifndef ICAL_ZONENAMES_H
#define ICAL_ZONENAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "err.h"
#include "zone.h"

struct zone_names;

/* A place in the table. It can be taken before the calendar's definitions have been read, and resolved afterwards. */
typedef uint16_t zone_slot;
enum { ZONE_SLOT_UTC, ZONE_SLOT_OFFICE };

/* Both arguments are borrowed and must outlive the table. With `zoneinfo` NULL the system's is opened now. Returns NULL
 * when memory ran out. */
struct zone_names *zone_names_create(const struct zone *office, const struct zoneinfo *zoneinfo);
void zone_names_destroy(struct zone_names *names);

void zone_names_begin_calendar(struct zone_names *names); /* names and definitions belong to one VCALENDAR */
bool zone_names_set_default(struct zone_names *names, const char *name, size_t length); /* X-WR-TIMEZONE */
bool zone_names_define(struct zone_names *names, const char *text, size_t length); /* VTIMEZONE, as scan gives it */

/* length 0: the floating times of this calendar. */
zone_slot zone_names_slot(struct zone_names *names, const char *name, size_t length);

/* The zone lives as long as the table. *out_known is false when the office's zone stands in for an unknown name. */
const struct zone *zone_names_get(struct zone_names *names, zone_slot slot, bool *out_known);

/* Turns a VTIMEZONE into a zone (zonedef.c). Returns NULL when it cannot be used. */
struct zone *zone_define(const char *text, size_t length);

#endif
