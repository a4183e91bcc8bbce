/* The system's files of time zones (TZif, RFC 9636, versions 1 to 4), from bytes to a zone. No byte is believed:
 * whatever the file holds, the worst that comes back is NULL or a wrong zone. */
#ifndef ICAL_TZIF_H
#define ICAL_TZIF_H

#include <stddef.h>

#include "err.h"
#include "zone.h"

/* NULL with err: what is wrong with the bytes, or out of memory. The caller owns the result. */
struct zone *tzif_read(const char *name, const unsigned char *bytes, size_t length, struct err *err);

#endif
