/* The objects of a calendar on a CalDAV server: their names, the states that the server gives them (ETags), and their
 * texts, which are foreign and are only kept here. A list is collected first and takes effect as a whole. */
#ifndef APP_SYNC_OBJECTS_H
#define APP_SYNC_OBJECTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ical/multistatus.h"

struct objects;

struct objects *objects_create(void); /* NULL: out of memory */
void objects_destroy(struct objects *objects);
void objects_clear(struct objects *objects);

/* Begins a round: what could not be had before is wanted again. */
void objects_begin(struct objects *objects);

/* Adds to the list: an object is there, or is gone. An empty href stands for one whose address cannot be used. False:
 * out of memory. */
bool objects_list(struct objects *objects, const char *href, const char *etag, bool is_gone);
bool objects_is_listing(const struct objects *objects); /* something has been added */
void objects_drop_list(struct objects *objects);
/* The list takes effect; what a whole one does not have is gone. Objects that are new or have changed are wanted from
 * now on. False: out of memory, and nothing has changed. */
bool objects_take_list(struct objects *objects, bool is_whole);

/* Writes a calendar-multiget (RFC 4791 section 7.9) for at most `max` of the wanted objects, as many as fit; returns
 * their number. */
size_t objects_ask(struct objects *objects, size_t max, char *out, size_t size);
size_t objects_asked(const struct objects *objects);
/* Takes one object of the answer; anything that was not asked for is ignored. False: out of memory. */
bool objects_put(struct objects *objects, const struct multistatus_item *item);
/* The answer is at its end: what it lacked is asked for again, or given up. */
void objects_settle(struct objects *objects);
void objects_give_up(struct objects *objects); /* those that are asked for are missing */

/* All texts by name, each ended by a NUL. NULL: out of memory. The caller frees it. */
char *objects_join(const struct objects *objects, size_t *out_length);
const char *objects_name(const struct objects *objects, size_t number); /* of a text in that row; NULL: none */

uint64_t objects_version(const struct objects *objects); /* changes whenever the row of texts does */
size_t objects_count(const struct objects *objects);     /* of these, or of the list when that has more */
size_t objects_bytes(const struct objects *objects);     /* of memory */
/* Returns how many objects the server did not hand out, and the names of the first `max`, borrowed. */
size_t objects_missing(const struct objects *objects, const char **out_names, size_t max);

#endif
