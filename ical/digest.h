/* What a calendar's bytes are made of: a sum for each event, and one for all that stands around them. Two digests tell
 * which events have to be read anew when a large calendar has changed a little. It knows lines, BEGIN and END, and
 * nothing else of iCalendar: a body that it takes for something else is only read in full. Any thread. */
#ifndef ICAL_DIGEST_H
#define ICAL_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct digest;

/* Looks at each byte twice, at the speed of memory, and keeps 24 bytes an event. NULL: out of memory. */
struct digest *digest_create(const char *body, size_t length);
void digest_destroy(struct digest *digest);

enum { DIGEST_TEXT_SIZE = 40 };
/* The whole body's sum and length; equal for equal bodies. Finds accidents; it is not meant to withstand a forger. */
void digest_print(const struct digest *digest, char out[DIGEST_TEXT_SIZE]);

/* What has to be read of a body, and whose occurrences that replaces. */
struct digest_change {
	char *excerpt; /* the body with every event that is not concerned left out; owned */
	size_t excerpt_length;
	uint64_t *uids; /* sums of the UIDs that are concerned, ascending; owned */
	size_t uid_count;
};

/* `now` is the digest of `body`. False: the whole body has to be read, since something else than events has changed,
 * much has, their order has, or an event has no UID that is the same wherever it is written; or out of memory. */
bool digest_compare(const struct digest *before, const struct digest *now, const char *body,
		    struct digest_change *out_change);
bool digest_concerns(const struct digest_change *change, const char *uid);
void digest_change_finish(struct digest_change *change);

#endif
