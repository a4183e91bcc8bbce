/* Stays: who sat where, from when until when, as the journal's entries add up to it. */
#ifndef APP_OFFICE_STAY_PRIVATE_H
#define APP_OFFICE_STAY_PRIVATE_H

#include "db/journal.h"
#include "app/base/arena.h"

struct stay {
	const struct journal_entry *entry; /* the check-in or drop-in that counts; of a move or extension the last */
	int64_t first_utc;                 /* the first check-in; of a move the time at the earlier place too */
	int64_t seated_utc;                /* at this place */
	int64_t until_utc;                 /* as planned then, or when it was left */
	const struct journal_entry *left;  /* the check-out; NULL none */
	bool is_extended;                  /* until_utc is later than was booked */
	bool is_end_only;                  /* nobody checked in: it was only said that the booking is over */
	bool is_used;                      /* a booking of the feeds has claimed it */
};

struct stays {
	struct stay *items; /* by identity, then in the order they happened */
	size_t count;
};

/* also_undone: an entry to be taken as undone on trial; 0 none. False: out of memory. */
bool stays_from_entries(struct arena *arena, const struct journal_entries *entries, int64_t also_undone,
			struct stays *out_stays);

/* The stays of one booking: *out_count of them from the one returned. */
struct stay *stays_of_booking(const struct stays *stays, const char *feed, const char *uid, const char *recurrence_id,
			      size_t *out_count);

bool stays_are_of_one(const struct stay *a, const struct stay *b); /* of one booking; drop-ins never are */

/* True when an UNDO in the entries takes this one back. */
bool stays_is_undone(const struct journal_entries *entries, int64_t id);

#endif
