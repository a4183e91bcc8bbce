/* What the reading of a feed passed over or had to assume, by reason: one line of JSON that goes from the worker over
 * the board to `status`. Only icsread's own words stand in it, nothing of the feed. */
#ifndef APP_SYNC_NOTES_H
#define APP_SYNC_NOTES_H

#include <stddef.h>

#include "ical/reader.h"
#include "app/base/limits.h"

/* {"skipped":{"bad-rule":1},"assumed":{"unknown-zone":2}} into `out` of NOTES_MAX bytes; "" when out of memory or when
 * there is more than fits. */
void notes_write(const struct reader_result *read, char *out);

#endif
