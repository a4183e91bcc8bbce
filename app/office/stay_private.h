/* Stays: who sat where, and from when until when, computed from the journal's entries. */
#ifndef APP_OFFICE_STAY_PRIVATE_H
#define APP_OFFICE_STAY_PRIVATE_H

#include "db/journal.h"
#include "app/base/arena.h"

struct stay {
	const struct journal_entry
		*entry; /* the check-in or drop-in that counts; after moves or extensions the last of them */
	const struct journal_entry *seated; /* with which the person came to this place */
	int64_t first_utc;  /* when the stay began; after a move it includes the time at the earlier place */
	int64_t seated_utc; /* at this place */
	int64_t until_utc;  /* the planned end, or when the person left */
	const struct journal_entry *left; /* the check-out; NULL none */
	bool is_extended;                 /* until_utc is later than the booked end */
	bool is_end_only;                 /* nobody checked in; the booking was only declared over */
	bool is_used;                     /* a booking of the feeds matches it */
};

struct stays {
	struct stay *items; /* ordered by identity, then by time */
	size_t count;
};

/* Computes the stays; `also_undone` is the token of an entry to be treated as undone on trial; "" none. Returns false
 * when memory ran out. */
bool stays_from_entries(struct arena *arena, const struct journal_entries *entries, const char *also_undone,
			struct stays *out_stays);

/* Returns the first of the stays of one booking; there are *out_count of them. */
struct stay *stays_of_booking(const struct stays *stays, const char *feed, const char *uid, const char *recurrence_id,
			      size_t *out_count);

bool stays_are_of_one(const struct stay *a,
		      const struct stay *b); /* whether the stay belongs to this booking; a drop-in belongs to none */

#endif
