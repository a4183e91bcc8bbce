/* Everything that the screen is computed from, frozen at one instant. The worker makes it, the UI thread reads it, and
 * references are counted. Nothing in it changes after it was published; the last user frees it. */
#ifndef APP_OFFICE_SNAPSHOT_H
#define APP_OFFICE_SNAPSHOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/cache.h"
#include "db/journal.h"
#include "app/base/limits.h"

/* How the last try at a feed ended, in terms that the screen and `status` can show. */
enum feed_trouble {
	FEED_TROUBLE_NONE,
	FEED_TROUBLE_NO_CONTACT,   /* no network, DNS, time-out, TLS */
	FEED_TROUBLE_REFUSED,      /* the server answered with an error */
	FEED_TROUBLE_NOT_CALENDAR, /* sign-in page, truncated, empty … */
	FEED_TROUBLE_SHRUNK,       /* suddenly empty or nearly so; waits for a second fetch that agrees */
	FEED_TROUBLE_TOO_LARGE,
	FEED_TROUBLE_SETUP /* the address, the file or the reader is missing, which the administrator must mend */
};

struct snapshot_feed {
	char *name;
	int64_t agreed_utc;       /* last agreed with its source; 0 never */
	int32_t from_day, to_day; /* the days that its rows cover, to_day exclusive; nothing is known outside them */
	int64_t tried_utc;        /* 0 never */
	int64_t next_utc;         /* when the next try is due; 0 unknown */
	int64_t changed_utc;
	uint32_t skipped;
	uint32_t failures; /* tries in a row */
	enum feed_trouble trouble;
	char *notes;   /* what the last reading skipped and assumed, see app/sync/notes.h; "" unknown */
	char *message; /* the message for `status`; "" when all is well; never an address */
};

/* How the exchange of check-ins with the other machines of the office is doing. */
struct snapshot_share {
	bool is_on;         /* false: this machine shares with no other */
	bool is_lost;       /* the others could not be reached for so long that they may know of other check-ins */
	int64_t agreed_utc; /* the last exchange that was complete; 0 none since the program started */
	int64_t tried_utc;  /* 0 never */
	int64_t outbox;     /* check-ins that wait to be delivered; -1 not known yet */
	uint32_t skipped;   /* objects on the server that could not be used */
	char message[ERR_TEXT_MAX]; /* for `status`; "" when all is well; never an address */
};

/* The result of a command that the UI sent. */
struct snapshot_result {
	uint64_t command; /* its number */
	enum journal_appended outcome;
	int64_t entry; /* journal id when appended or repeated */
};

/* Which rows of a part touch which day, so that a day is computed without a look at those of other days. */
struct snapshot_days {
	int32_t from_day;
	size_t count;    /* of days */
	uint32_t *first; /* rows[first[i]] … rows[first[i + 1] - 1] touch the day from_day + i */
	uint32_t rows[]; /* numbers of rows, ascending for each day */
};

/* Where the rows of a feed stand in a part that was joined. */
struct snapshot_span {
	size_t feed;                      /* index into config->feeds */
	size_t first, count;              /* of its rows */
	const struct snapshot_days *days; /* numbers count from `first`; NULL: not known, so all rows have to be seen */
};

/* The rows or entries that most snapshots share with the one before, instead of copying them. */
struct snapshot_part {
	_Atomic int references;
	struct cache_rows rows;
	struct journal_entries entries;
	struct snapshot_part **sources; /* these own what the rows hold; NULL: the rows own it */
	size_t source_count;
	struct snapshot_days *days;  /* owned; NULL: not known */
	struct snapshot_span *spans; /* owned; of a part that snapshot_part_join made */
	size_t span_count;
};

struct snapshot {
	_Atomic int references;      /* snapshot_ref / snapshot_unref only */
	uint64_t serial;             /* grows with every one published */
	struct snapshot_feed *feeds; /* in the order of the configuration */
	size_t feed_count;
	struct cache_rows rows;         /* all feeds, by feed, start, place, title */
	struct journal_entries entries; /* since the day before yesterday */
	struct snapshot_result results[SYNC_RESULTS_MAX];
	size_t result_count;
	int64_t certain_utc; /* the time by which old check-ins are erased; it is behind the clock while no server
				confirms that; 0 unknown */
	struct snapshot_share share;
	bool journal_ok;     /* false: check-ins cannot be saved now */
	char *store_message; /* what happened to the databases (salvaged, rebuilt, disk full); "" nothing */
	struct snapshot_part *rows_part,
		*entries_part; /* these own `rows` and `entries`; NULL when the snapshot does */
};

struct snapshot *snapshot_create(void); /* empty, one reference; NULL: out of memory */
struct snapshot *snapshot_ref(struct snapshot *snapshot);
void snapshot_unref(struct snapshot *snapshot); /* NULL is fine; any thread */

struct snapshot_part *snapshot_part_create(void); /* empty, one reference; NULL: out of memory */
struct snapshot_part *snapshot_part_ref(struct snapshot_part *part);
void snapshot_part_unref(struct snapshot_part *part);

/* A feed's rows, and its index into config->feeds. */
struct snapshot_source {
	struct snapshot_part *part;
	size_t feed;
};

/* Returns a part with the rows of all these, one after the other, which it keeps alive instead of copying what they
 * hold. NULL: out of memory. */
struct snapshot_part *snapshot_part_join(const struct snapshot_source *sources, size_t count);

struct zone;
/* Finds out which rows touch the days from `from_day` to `to_day`, exclusive. A row that begins within `ahead_s` after
 * a day touches that day, too. Without memory it stays unknown. */
void snapshot_part_find_days(struct snapshot_part *part, const struct zone *zone, int32_t from_day, int32_t to_day,
			     int64_t ahead_s);

/* Returns a part with the rows of `base`, without those of bookings that are gone, and with those of `added`, in the
 * order of cache_row_compare, in which both are. It keeps both alive. NULL: out of memory. */
struct snapshot_part *snapshot_part_patch(struct snapshot_part *base, bool (*is_gone)(void *context, const char *uid),
					  void *context, struct snapshot_part *added);

#endif
