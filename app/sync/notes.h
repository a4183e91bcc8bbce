/* What the reading of a feed passed over or had to assume, by reason: one line of JSON that goes from the worker over
 * the board to `status`.
 * Only icsread's words and ours stand in it, nothing of the feed. */
#ifndef APP_SYNC_NOTES_H
#define APP_SYNC_NOTES_H

#include <stddef.h>
#include <stdint.h>

#include "ical/reader.h"
#include "app/base/limits.h"

/* {"skipped":{"bad-rule":1,"pattern-limit":3},"assumed":{"unknown-zone":2}} into `out` of NOTES_MAX bytes; "" when out
 * of memory or when there is more than fits. given_up: rows whose place or person was too much work to find. */
void notes_write(const struct reader_result *read, uint32_t given_up, char *out);

#endif
