/* Sums up the bytes of a calendar: one sum for each event, and one for the text outside all events. Two digests show
 * which events have to be read again when a large calendar has changed a little. The digest knows lines, BEGIN and END,
 * and nothing else of iCalendar; when it is unsure, the body is read in full. Any thread. */
#ifndef ICAL_DIGEST_H
#define ICAL_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct digest;
struct wait;

/* Examines each byte twice, at the speed of memory, and keeps 32 bytes for each event. Wake-ups that arrive meanwhile
 * are handled; it goes on also when one of them wants to stop. `wait` may be NULL. Returns NULL when memory ran out. */
struct digest *digest_create(const char *body, size_t length, const struct wait *wait);
void digest_destroy(struct digest *digest);
size_t digest_bytes(const struct digest *digest); /* that it takes in memory */

enum { DIGEST_TEXT_SIZE = 40 };
/* Returns the sum and the length of the whole body. They are equal for equal bodies, and for bodies that differ only in
 * DTSTAMP and LAST-MODIFIED, which some servers write anew in each answer, where the same events are the newest. They
 * detect accidents, and are not meant to withstand forgery. */
void digest_print(const struct digest *digest, char out[DIGEST_TEXT_SIZE]);

/* The part of a body that has to be read, and the UIDs whose occurrences it replaces. */
struct digest_change {
	char *excerpt; /* the body with every event that is not concerned left out; owned */
	size_t excerpt_length;
	uint64_t *uids; /* sums (sum_uid) of the UIDs that are concerned, ascending; owned */
	size_t uid_count;
};

/* `now` is the digest of `body`. Returns false when the whole body has to be read: because text outside events has
 * changed, much has changed, the order has changed, or an event has no UID that is independent of how it is written; or
 * because memory ran out. */
bool digest_compare(const struct digest *before, const struct digest *now, const char *body,
		    struct digest_change *out_change);
void digest_change_finish(struct digest_change *change);

#endif
