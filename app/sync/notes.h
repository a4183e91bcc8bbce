/* What the reading of a feed skipped or had to assume, by reason: one line of JSON that goes from the worker through
 * the board to `status`. It contains only words of icsread and of this program, and names of objects on a CalDAV
 * server, of which every character that is not plain is replaced. */
#ifndef APP_SYNC_NOTES_H
#define APP_SYNC_NOTES_H

#include <stddef.h>
#include <stdint.h>

#include "ical/reader.h"
#include "app/base/limits.h"

/* What a calendar on a CalDAV server has and the rows lack. */
struct objects_left_out {
	size_t missing;                          /* objects that the server did not hand out */
	const char *names[COLLECTION_NAMED_MAX]; /* of these, and of others that icsread could not read; borrowed */
	size_t name_count;
};

/* Writes {"skipped":{"bad-rule":1,"pattern-limit":3},"assumed":{"unknown-zone":2}} into `out`, which has NOTES_MAX
 * bytes, and "objects":["a.ics"] when some are left out; "" when memory ran out or it does not fit. given_up counts the
 * rows whose place or person was too much work to find. */
void notes_write(const struct reader_result *read, uint32_t given_up, const struct objects_left_out *left_out,
		 char *out);

#endif
