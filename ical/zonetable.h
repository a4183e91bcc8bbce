/* Builds a zone change by change: from the system's files, or from a definition in a calendar. */
#ifndef ICAL_ZONETABLE_H
#define ICAL_ZONETABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "err.h"
#include "zone.h"
#include "limits.h"

/* Makes a zone with one offset for ever; NULL only when memory ran out. */
struct zone *zone_create_fixed(const char *name, int32_t offset_s, struct err *err);

/* Appends a change; changes come in ascending order of utc_s. A change that changes nothing is left out. */
bool zone_add_change(struct zone *zone, int64_t utc_s, int32_t offset_s, struct err *err);

#endif
