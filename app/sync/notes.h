/* What the reading of a feed skipped or had to assume, by reason: one line of JSON that goes from the worker through
 * the board to `status`. It contains only words of icsread and of this program, nothing from the feed. */
#ifndef APP_SYNC_NOTES_H
#define APP_SYNC_NOTES_H

#include <stddef.h>
#include <stdint.h>

#include "ical/reader.h"
#include "app/base/limits.h"

/* Writes {"skipped":{"bad-rule":1,"pattern-limit":3},"assumed":{"unknown-zone":2}} into `out`, which has NOTES_MAX
 * bytes; "" when memory ran out or it does not fit. given_up counts the rows whose place or person was too much work to
 * find. */
void notes_write(const struct reader_result *read, uint32_t given_up, char *out);

#endif
