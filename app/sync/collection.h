/* A calendar on a CalDAV server (RFC 4791) as the source of a feed. Each round asks what has changed, and then for the
 * objects that have, some of them at a time (calendar-multiget). The objects' texts are kept in memory and nowhere
 * else; nothing here reads them. What came of a round that failed stays, and the next round continues there. The
 * worker's thread only. */
#ifndef APP_SYNC_COLLECTION_H
#define APP_SYNC_COLLECTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ical/reader.h"
#include "notes.h"
#include "source.h"

struct collection;

/* Borrows everything. NULL: out of memory. */
struct collection *collection_create(const struct source *source);
void collection_destroy(struct collection *collection);

/* Begins a round: it may take so many bytes of memory, and begins at `now_ms`. Go on until it is done. */
void collection_begin(struct collection *collection, size_t bytes_max, int64_t now_ms);
/* Takes an answer that has come, and sends the next request. */
void collection_go_on(struct collection *collection, int64_t now_ms);
bool collection_is_done(const struct collection *collection); /* also before the first round */
/* Whether the answer to a request waits for collection_go_on. */
bool collection_is_ready(const struct collection *collection);
void collection_stop(struct collection *collection); /* breaks the round off */

/* Ends a round that is done. `etag` is that of the objects that were taken over last; NULL none. The body is a row of
 * objects, each ended by a NUL, in the order of their names. */
enum source_outcome collection_end(struct collection *collection, const char *etag, struct source_body *out_body,
				   struct err *err);

/* Names what the body that was handed out last lacks, and what of it icsread could not read. Borrows the names until
 * the next round. */
void collection_find_left_out(const struct collection *collection, const struct reader_result *read,
			      struct objects_left_out *out);

size_t collection_bytes(const struct collection *collection); /* that it takes in memory */

#endif
