/* The state of every booking and place at one instant, and what may be done. It is computed from the feeds' rows, the
 * journal, the feeds' ages and the time, and never from a stored state, so that a restart, a second screen or a late
 * sync gives the same answer. Pure; any thread. */
#ifndef APP_OFFICE_OFFICE_H
#define APP_OFFICE_OFFICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ical/err.h"
#include "app/config/config.h"
#include "command.h"
#include "snapshot.h"

/* Everything that the answer depends on. It is borrowed, and must outlive whatever is made from it. */
struct office_input {
	const struct config *config;
	const struct cache_rows *rows;     /* all feeds */
	const struct snapshot_span *spans; /* where those of each feed stand; NULL: not known */
	size_t span_count;
	const struct journal_entries *entries; /* ordered by id; those since the day before yesterday are enough */
	const struct snapshot_feed *feeds;     /* for their names and ages; any order */
	size_t feed_count;
	int64_t now_utc;
	bool is_trusted; /* the clock */
};

/* Returns whether this is a wall that has no check-ins on its own disk and gets none from other machines. It then does
 * not know who has come, and a booking counts as one at a place without check-in. */
bool office_is_blind(const struct office_input *input);

struct office_input office_input_from_snapshot(const struct config *config, const struct snapshot *snapshot,
					       int64_t now_utc, bool is_trusted);

/* A walk over the rows of feeds of one kind, in the order of input->rows. */
struct office_walk {
	int feed; /* of the row that was returned last: index into config->feeds */
	/* Private: */
	const struct office_input *input;
	enum feed_kind kind;
	int32_t day;
	bool is_of_day;
	size_t span, at;
	const char *name;
};

void office_walk(struct office_walk *walk, const struct office_input *input, enum feed_kind kind);
/* The same for a day: every row that touches it is among those that are returned, and others may be, too. A row touches
 * a day also when its check-in opens on it. */
void office_walk_day(struct office_walk *walk, const struct office_input *input, enum feed_kind kind, int32_t day);
const struct cache_row *office_walk_next(struct office_walk *walk); /* NULL: there is no more */

/* The age of a feed's last agreement with its source; app/base/limits.h has the limits. */
enum feed_age { AGE_FRESH, AGE_AGEING, AGE_OLD, AGE_UNKNOWN };

enum feed_age office_feed_age(const struct config_feed *feed, int64_t agreed_utc, int64_t now_utc);
int64_t office_feed_age_changes(const struct config_feed *feed, int64_t agreed_utc,
				int64_t now_utc); /* INT64_MAX never */

/* Why nothing is known about a day. A missing booking or meeting then does not mean that there is none. */
enum office_doubt {
	DOUBT_NONE,
	DOUBT_NEVER_READ,
	DOUBT_OLD,        /* the data is as old as agreed_utc */
	DOUBT_NOT_COVERED /* the day is outside the days that the feed covers */
};

/* `seen` is the feed in the snapshot; NULL when there is none. */
enum office_doubt office_feed_doubt(const struct config_feed *feed, const struct snapshot_feed *seen, int32_t day,
				    int64_t now_utc);
/* The time that a feed speaks of: its days, but of old data only until it last agreed with its source. The two are the
 * same when nothing is known. */
void office_feed_known(const struct config *config, const struct config_feed *feed, const struct snapshot_feed *seen,
		       int64_t now_utc, int64_t *out_from_utc, int64_t *out_to_utc);
const struct snapshot_feed *office_feed_seen(const struct office_input *input, const char *name); /* NULL: none */

enum booking_state {
	BOOKING_AHEAD,   /* check-in is not open yet or, without check-in, the booking has not begun */
	BOOKING_WAITING, /* check-in is open, the grace is not over, nobody has checked in */
	BOOKING_NO_SHOW, /* the grace is over and nobody has checked in */
	BOOKING_UNSURE,  /* the same, but the feed is old or the clock is doubtful, so nothing is concluded */
	BOOKING_CHECKED_IN,
	BOOKING_ONGOING,     /* the booking goes on, at a place without check-in or with optional check-in */
	BOOKING_CHECKED_OUT, /* the person left before the end, or had to make room for the next booking after a move */
	BOOKING_ENDED
};

/* A booking on one day, or a person who sits somewhere without one. */
struct office_booking {
	const char *id;              /* UID or UID@RECURRENCE-ID, unique in its office; "dropin:PLACE" */
	const struct cache_row *row; /* NULL for a drop-in, or for a booking that left its feed after the check-in */
	/* The newest check-in, drop-in or extension that counts; for a meeting that was ended early without one, the
	 * check-out. NULL none. */
	const struct journal_entry *entry;
	const struct journal_entry *seated; /* with which the person came to this place; NULL nobody has come */
	const char *feed, *uid, *recurrence_id;
	const char *label; /* as it may be shown; "" private or not known */
	bool is_drop_in, is_person;
	bool is_all_day;  /* fills the day */
	int place;        /* where it sits: index into config->places; -1 nowhere */
	int own_place;    /* where it was booked */
	bool has_checkin; /* a person who does not come loses the place */
	bool is_unseen;   /* people check in to it, but not where this screen would know of it (office_is_blind) */
	int64_t start_utc, end_utc;   /* times of this day's part; an all-day booking has the office's hours */
	int64_t opens_utc, grace_utc; /* when check-in opens, and when the place is given away */
	int64_t since_utc;            /* when the person came, to whichever place; 0 not yet */
	int64_t seated_utc;           /* when the person came to this place, after a move */
	int64_t until_utc; /* how long the place belongs to the booking: until its end, extension or check-out, or the
			      next booking */
	enum booking_state state;
	int lane, lanes; /* position among the bookings that overlap on the place */
	bool is_conflict;
};

enum place_state {
	PLACE_FREE, /* nobody has the place now; an abandoned booking does not count */
	PLACE_WAITING,
	PLACE_CHECKED_IN,
	PLACE_TAKEN,   /* by a drop-in */
	PLACE_ONGOING, /* a booking on a place without check-in */
	PLACE_UNKNOWN  /* no booking is known but there may be one (see doubt), or one is BOOKING_UNSURE */
};

struct office_place {
	const struct config_place *config;
	enum place_state state;
	enum feed_age age;
	enum office_doubt doubt; /* what is unknown about its feed for the office's day */
	int64_t agreed_utc;      /* when its feed last agreed with its source; 0 never */
	uint32_t skipped;        /* bookings of its feed that could not be read; one of them may be for this place */
	size_t first, count;     /* its bookings in office->bookings, by start */
	size_t *seated;          /* those of them whose person sits there; NULL nobody */
	size_t seated_count;
	int current; /* the booking to which the state belongs; -1 none */
	int rival;   /* somebody else who sits here too, because two machines that were cut off from each other gave the
			place away; came later than `current`, who keeps it; -1 none */
	int next;    /* the next booking to begin; -1 none today */
	int64_t free_until_utc;   /* the next one's start or closure, else closing time, else midnight */
	bool may_be_taken;        /* anyone may take it now, until free_until_utc */
	bool may_be_taken_anyway; /* the same for a visitor who has seen that nothing is known; see command.is_anyway */
};

struct office {
	int64_t now_utc;
	int32_t day;
	int64_t day_start_utc, day_end_utc, opens_utc, closes_utc;
	struct office_booking *bookings; /* ordered by place, with those without a place last, then by start */
	size_t booking_count;
	size_t unplaced_first;       /* bookings from here on sit nowhere */
	struct office_place *places; /* as config->places */
	size_t place_count;
	size_t desk_count, free_desks, unknown_desks; /* free desks: nobody has them, and the office is not closed */
	bool is_closed;                               /* closed all day, or during all opening hours */
	bool is_closed_now;
	const char *closed_why; /* "Julafton"; "" when it has no name or is a weekday */
	/* The current closure, or the next one of the day; INT64_MAX none. */
	int64_t closed_from_utc, closed_until_utc;
	int64_t reopens_utc; /* the next opening when the office is closed or outside its hours; else, or when unknown,
				0 */
	const struct cache_row **notices; /* those in force */
	size_t notice_count;
	int64_t changes_utc; /* the next instant at which any of this would differ; INT64_MAX never */
	struct arena *arena; /* private */
};

/* Makes the office of the civil day of now. Returns NULL only when memory ran out. The caller destroys the result. */
struct office *office_create(const struct office_input *input);
/* Does the same for another day, such as that of a booking that is looked up. The states are still those of now. */
struct office *office_create_day(const struct office_input *input, int32_t day);
/* Returns whether the office is, or will be, open on its day. */
bool office_opens(const struct office *office);
/* Returns the day on which the office opens for the `which`-th time, counted from today; the last of the days that are
 * looked at when it opens less often. Only the rows of closed days matter. */
int32_t office_open_day(const struct office_input *input, int which, int32_t look_days);
void office_destroy(struct office *office);

/* Finds a booking by its id; else by UID, taking the current or next one of the day; else by place id, taking the
 * person who sits there, else the one who is awaited, else the next, else the last. Returns NULL when there is none
 * that day. */
const struct office_booking *office_find(const struct office *office, const char *id);
/* Does the same for somebody who wants to check in: by place id, the person who is awaited comes first. */
const struct office_booking *office_find_to_check_in(const struct office *office, const char *id);

/* Returns the current or next (else last) occurrence of UID or UID@RECURRENCE-ID in the feeds of that kind; NULL none.
 */
const struct cache_row *office_find_row(const struct office_input *input, enum feed_kind kind, const char *id);
int32_t office_row_day(const struct office_input *input, const struct cache_row *row); /* the day on which it begins */
struct arena;
const char *office_row_id(struct arena *arena, const struct cache_row *row); /* "UID@RECURRENCE-ID" or "UID" */
/* An all-day row begins and ends with the office's hours. */
void office_row_times(const struct config *config, const struct cache_row *row, int64_t *out_start_utc,
		      int64_t *out_end_utc);

enum office_verdict {
	OFFICE_ALLOWED,
	OFFICE_ALREADY,    /* it is so already: there is nothing to write, and the visitor gets a yes */
	OFFICE_TAKEN,      /* somebody else sits there or was faster */
	OFFICE_TOO_EARLY,  /* check-in is not open yet */
	OFFICE_TOO_LATE,   /* the booking is over; the time for undo has passed */
	OFFICE_UNKNOWN,    /* no such booking, place, stay or entry */
	OFFICE_NO_PLACE,   /* the booking has no place of its own: one must be chosen */
	OFFICE_NO_CHECKIN, /* the place is not for check-in */
	OFFICE_UNSURE,     /* too little is known to give this place away, unless is_anyway */
	OFFICE_CLOSED,     /* the office is closed today: only people with a booking may check in */
	OFFICE_NO_MEMORY
};

/* Judges whether this may be done now. The screen asks, and the worker asks again under the journal's write lock. With
 * OFFICE_ALREADY *out_entry (which may be NULL) receives the journal's entry that made it so; else it is untouched. */
enum office_verdict office_judge(const struct office_input *input, const struct command *command, int64_t *out_entry);

/* Judges one check-in when the office is at hand: whether this booking may sit down at the place (index; -1 none). */
enum office_verdict office_judge_booking(const struct office *office, const struct office_input *input,
					 const struct office_booking *booking, int place);

/* Returns until when a stay may be extended: the start of the next booking, else closing time, else midnight. When that
 * is not later than booking->until_utc, the stay cannot be extended. */
int64_t office_extends_until(const struct office *office, const struct office_booking *booking);

/* Returns whether the booking is among those who can check in now. A late owner stays among them until the booking ends
 * or somebody else sits there. */
bool office_is_awaited(const struct office *office, const struct office_input *input,
		       const struct office_booking *booking);
const char *office_verdict_text(enum office_verdict verdict); /* English, for a terminal; never NULL */

/* Judges the command and, with OFFICE_ALLOWED, fills in the journal entry that carries it out: place, identity, label,
 * times, cut at the next booking. `token` is copied. All strings are malloc'ed: journal_entry_finish frees them. at_utc
 * is input->now_utc. With any other verdict *out_entry is untouched. *out_standing is the out_entry of office_judge. */
enum office_verdict office_plan(const struct office_input *input, const struct command *command, const char *token,
				int64_t *out_standing, struct journal_entry *out_entry);

#endif
