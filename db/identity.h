/* The names under which bookings are kept. The UID of a booking may hold a person's name or address, so it never
 * reaches the disk or a screen: it is replaced by a keyed hash, from which nobody without the key can tell whether it
 * belongs to a person whose UID they guess. Equal UIDs have equal names as long as the key stays the same. */
#ifndef DB_IDENTITY_H
#define DB_IDENTITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ical/err.h"

#define IDENTITY_FILE "identity.key"

enum {
	IDENTITY_PROOF_DIGITS = 24, /* of the UID itself */
	IDENTITY_TRACE_DIGITS = 16, /* of the UID's sum; see identity_trace */
	IDENTITY_NAME_SIZE = 1 + IDENTITY_PROOF_DIGITS + IDENTITY_TRACE_DIGITS + 1
};

struct identity; /* one thread at a time */

/* Reads the key from DIR/identity.key, which is made with random bytes and mode 0600 when it is missing. A `secret`
 * that several machines know gives the key instead, so that they give one booking the same name, and the file then
 * keeps that key for programs that do not know the secret; NULL none. When a spoilt file had to be replaced, err says
 * so although the result is not NULL. NULL: err says why. */
struct identity *identity_open(const char *dir, const char *secret, struct err *err);
void identity_close(struct identity *identity);

/* Writes the name of the booking with the UID; "" has the name "". Returns false when memory ran out. */
bool identity_name(struct identity *identity, const char *uid, char out[IDENTITY_NAME_SIZE]);

/* Returns whether the text has the form of a name. */
bool identity_is_name(const char *text);

/* A name ends with a part that depends only on the sum of the UID (ical/digest.h), so that the rows of an event can be
 * found of which only the sum is known. */
bool identity_trace(struct identity *identity, uint64_t uid_sum, char out[IDENTITY_TRACE_DIGITS + 1]);
const char *identity_trace_of(const char *name); /* borrowed; "" when it is no name */

#endif
