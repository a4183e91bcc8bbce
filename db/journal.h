/* Check-ins: what people did here, in the order they did it. The journal is precious and append-only: the state of a
 * place is computed from these rows and never stored. A row is acknowledged only when it is on the disk (rollback
 * journal, synchronous=EXTRA). Two programs may have the same journal open. One thread at a time. */
#ifndef DB_JOURNAL_H
#define DB_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ical/err.h"
#include "ical/occurrence.h"

/* SQLite keeps a rollback journal beside the file while a transaction is written, and its removal is the commit. A
 * program that watches the folder (inotify) for the removal of JOURNAL_COMMIT_FILE learns of every check-in of another
 * program at once; it then asks journal_changed. */
#define JOURNAL_FILE "journal.db"
#define JOURNAL_COMMIT_FILE JOURNAL_FILE "-journal"

struct journal;
struct identity;

enum journal_action {
	JOURNAL_CHECK_IN =
		1, /* the booking (feed, uid, recurrence_id) sits at `place`; at another place later: a move */
	JOURNAL_DROP_IN = 2,   /* someone without a booking sits at `place` until end_utc */
	JOURNAL_CHECK_OUT = 3, /* `place` is left; for a booking its identity is given too */
	JOURNAL_UNDO = 4       /* takes entry `undoes` back */
};

/* Whether the clock of the box that wrote an entry was right. */
enum journal_doubt {
	JOURNAL_TRUSTED,  /* it was */
	JOURNAL_DOUBTFUL, /* at_utc is what a clock said that could not be trusted */
	JOURNAL_ARRIVED   /* likewise, but at_utc is now the instant at which the entry reached the other boxes */
};

/* Strings are never NULL; "" where an action has none. */
struct journal_entry {
	int64_t id;     /* of this file only, ascending; given by journal_append */
	char *token;    /* one per tap, made by the caller; the same token means the same action, not a second one */
	char *box;      /* the machine on which it was done; "" when it shares its check-ins with no other */
	int64_t seq;    /* ascending within a box, never given twice; 0 without a box */
	int64_t at_utc; /* when it was done */
	enum journal_doubt doubt;
	enum journal_action action;
	char *place;
	char *feed, *uid, *recurrence_id; /* uid: the name of the booking (identity.h) */
	char *label;                      /* the person in the configured form */
	int64_t start_utc, end_utc;       /* the times of the booking or drop-in as they were known then */
	/* The token of the entry that this one is about. JOURNAL_UNDO: the one that is taken back. When somebody
	 * without a booking stays longer, leaves, or moves here from another place: the drop-in that began the stay.
	 * Else "". */
	char *target;
	int64_t undoes_id; /* only in rows of older schemas, which named the entry by its id; `target` is filled in */
};

struct journal_entries {
	struct journal_entry *items;
	size_t count, capacity;
};

enum journal_opened {
	JOURNAL_FAILED,
	JOURNAL_OPENED,
	JOURNAL_CREATED,
	JOURNAL_SALVAGED /* the damaged file was put aside and its readable rows are in a new one; err says why */
};

enum journal_appended {
	JOURNAL_APPENDED,
	JOURNAL_REPEATED, /* the token was there already; *out_id is the first one's */
	JOURNAL_REFUSED,  /* `allowed` said no */
	JOURNAL_NOT_SAVED /* disk full, read-only, locked …: nothing is known to be stored; err says why */
};

/* Orders entries in the same way on every machine: by instant, box and number. Without a box the order is that in which
 * they were written. */
int journal_entry_compare(const struct journal_entry *a, const struct journal_entry *b);

/* Opens or makes DIR/journal.db, and syncs the directory. A newer schema is refused (JOURNAL_FAILED). The identity is
 * borrowed: it gives names to the bookings of an older or damaged file. */
enum journal_opened journal_open(const char *dir, struct identity *identity, struct journal **out_journal,
				 struct err *err);
void journal_close(struct journal *journal);

/* Says what happened to the file while it was open; "" nothing. When the file was found damaged or another program
 * replaced it, the next call opens it again, which salvages it. Lives as long as the journal. */
const char *journal_notice(const struct journal *journal);

/* Appends the entry in one transaction. `allowed` is called while the write lock is held, with all entries since
 * since_utc, so that two programs cannot both give one place away. It may be NULL, and it may be called twice.
 * It may also change the entry, but not its token: what is written is what the entry holds after `allowed` has returned
 * true. entry->id is ignored. With a box, the entry's number is entry->seq or, when that is not greater than every
 * number of the box so far, the next one. To try again after JOURNAL_NOT_SAVED, use the same token. */
enum journal_appended journal_append(struct journal *journal, const struct journal_entry *entry, int64_t since_utc,
				     bool (*allowed)(void *context, const struct journal_entries *so_far),
				     void *context, int64_t *out_id, struct err *err);

/* The entries since then, and all that are JOURNAL_DOUBTFUL, in the order of journal_entry_compare; INT64_MIN: every
 * one. Only these are read, however many others there are. */
bool journal_read(struct journal *journal, int64_t since_utc, struct journal_entries *out_entries, struct err *err);

/* The entries that journal_purge would remove. It does not count as a journal_read. */
bool journal_read_old(struct journal *journal, int64_t before_utc, struct journal_entries *out_entries,
		      struct err *err);

/* The instants of the oldest entry that a purge could remove, and of the one that was written last; INT64_MAX: there is
 * none. */
bool journal_find_oldest(struct journal *journal, int64_t *out_utc, struct err *err);
bool journal_find_last(struct journal *journal, int64_t *out_utc, struct err *err);

/* Writes entries of other boxes as they are, in one transaction. Those whose token, or box and number, is there already
 * are left out. *out_added is how many were new. */
bool journal_merge(struct journal *journal, const struct journal_entries *entries, size_t *out_added, struct err *err);

/* Gives the entries without a box to this one, in the order in which they were written, with numbers from `first_seq`
 * upwards. An undo then names its entry by token. Does nothing when every entry has a box. */
bool journal_adopt(struct journal *journal, const char *box, int64_t first_seq, struct err *err);

/* Moves an entry that is JOURNAL_DOUBTFUL to the instant at which it is about to reach the other boxes. A drop-in keeps
 * its length. Any other entry stays as it is. */
bool journal_stamp(struct journal *journal, const char *token, int64_t arrived_utc, struct err *err);

/* True when another connection has written since the last journal_read here. */
bool journal_changed(struct journal *journal);

/* Removes the entries before before_utc but those that are JOURNAL_DOUBTFUL, without a trace in the file, and the
 * damaged files that were put aside before then. *out_removed may be NULL. It is also set on failure, when the entries
 * are gone but a damaged file remains. */
bool journal_purge(struct journal *journal, int64_t before_utc, int64_t *out_removed, struct err *err);

/* Copies the whole file as it is at one instant, while others may write. The caller frees *out_bytes. */
bool journal_copy(struct journal *journal, void **out_bytes, size_t *out_size, struct err *err);

/* Returns whether an entry could be saved in DIR now: writes as much as one takes there, makes sure that it is on the
 * disk, and removes it. Only the disk can say that, and a journal that is open does not know. It must run as the
 * journal's user. err says why not. */
bool journal_probe(const char *dir, struct err *err);

/* How many damaged files are kept in DIR (JOURNAL_FILE ".damaged-1" …); 0 also when it cannot be read. */
size_t journal_count_damaged(const char *dir);

/* NULL: no entry has the id. */
const struct journal_entry *journal_entries_find(const struct journal_entries *entries, int64_t id);
const struct journal_entry *journal_entries_find_token(const struct journal_entries *entries, const char *token);
/* True when one of the entries takes this one back. */
bool journal_entries_undone(const struct journal_entries *entries, const struct journal_entry *entry);

struct journal_undoing {
	const struct journal_entry *undoes; /* the entry that this one takes back; NULL: none, or it was purged */
	bool is_undone;                     /* one of the entries takes this one back */
};

/* Returns that for each of the entries, in their order; the caller frees it. NULL: out of memory. */
struct journal_undoing *journal_entries_undoings(const struct journal_entries *entries);

void journal_entry_finish(struct journal_entry *entry);
void journal_entries_finish(struct journal_entries *entries);

#endif
