/* The last known state of the feeds, so that the office works without a network: the feeds and the occurrences within
 * the window. Everything here can be fetched again, so a damaged file is thrown away and started anew. One thread at a
 * time. All texts are copied in and out. */
#ifndef DB_CACHE_H
#define DB_CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ical/err.h"
#include "ical/occurrence.h"

#define CACHE_FILE                                                                                                     \
	"cache.db" /* SQLite writes its rollback journal as CACHE_FILE "-journal"; removing that file commits */

struct cache;
struct identity;

/* A feed as last read. Strings are never NULL. */
struct cache_feed {
	char *name;
	char *settings;           /* a fingerprint of the configuration under which the rows were made */
	char *etag;               /* "" none */
	char *last_modified;      /* "" none */
	char *body_hash;          /* "" never read */
	int64_t agreed_utc;       /* when it last agreed with its source; 0 never. On disk at most an hour late. */
	int64_t changed_utc;      /* when its rows last changed; 0 never */
	int32_t from_day, to_day; /* the window that the rows cover; to exclusive */
	uint32_t skipped;         /* events that the last reading could not understand */
};

/* An occurrence in the form that the office decided to keep. The caller has reduced it already. Strings are never NULL.
 */
struct cache_row {
	char *feed;
	char *uid;           /* the name of the booking (identity.h) */
	char *recurrence_id; /* "" for a single event */
	struct span span;
	char *place;     /* the id of the place it matched; "" none */
	char *title;     /* the person in the configured form, or the meeting's title; "" when not to be shown */
	char *organizer; /* who booked the meeting, in the configured form; "" not kept */
	bool is_person;  /* whether the title is a person's name */
	bool is_private; /* CLASS is PRIVATE or CONFIDENTIAL: the row is shown as taken, without a title */
	char *location;  /* of a meeting; of a booking only whether it is online */
	char *url;
	enum occurrence_busy busy;
	enum occurrence_status status;
};

struct cache_rows {
	struct cache_row *items;
	size_t count, capacity;
	struct texts *texts; /* holds the texts of all rows, which must not be changed; NULL: each row owns its own */
};
/* How many rows there are, and the bytes that they take at most when they have been read. */
struct cache_total {
	size_t count, bytes;
};
enum { CACHE_TEXT_BYTES = 1 + 4 * sizeof(char *) }; /* what a text takes beside its letters */

/* Days whose rows are wanted, also as instants; `to` is exclusive. */
struct cache_days {
	int32_t from_day, to_day;
	int64_t from_utc, to_utc;
};

struct cache_feeds {
	struct cache_feed *items;
	size_t count, capacity;
};

enum cache_opened { CACHE_FAILED, CACHE_OPENED, CACHE_CREATED, CACHE_REBUILT };

/* Opens or makes DIR/cache.db. A damaged or foreign file, or one of a newer schema, is replaced: CACHE_REBUILT,
 * with the reason in err. CACHE_FAILED leaves *out_cache untouched. The identity is borrowed: it gives names to
 * the bookings of an older file. */
enum cache_opened cache_open(const char *dir, struct identity *identity, struct cache **out_cache, struct err *err);
void cache_close(struct cache *cache);

/* `on_pause` is called between two rows that are read or written, and within a statement that takes long, so that
 * something else can be done meanwhile; it must not use the cache. */
void cache_set_pause(struct cache *cache, void (*on_pause)(void *context), void *context);

/* Says what happened to the file while it was open; "" nothing. When the file was found damaged or another program
 * replaced it, the next call opens it again, which rebuilds it; every feed must then be read anew. Lives as long as the
 * cache. */
const char *cache_notice(const struct cache *cache);

/* Replaces the rows of one feed, and the feed itself, in one transaction. Only rows that differ are written. When none
 * differs, the feed is written as cache_touch would write it, and its changed_utc stays. The rows' own `feed` is
 * ignored. Of rows with the same uid and recurrence_id the first counts. A failure changes nothing. */
bool cache_replace(struct cache *cache, const struct cache_feed *feed, const struct cache_rows *rows, struct err *err);

/* What of a feed changes: the rows of some bookings. */
struct cache_change {
	/* The names of all of these bookings, ascending and each once; NULL: they are not all known, and each booking
	 * of the feed is asked for. */
	const char *const *uids;
	size_t uid_count;
	bool (*concerns)(void *context, const char *uid);
	/* Decides, before anything is written, whether these rows may be replaced by the new ones. */
	bool (*allows)(void *context, const struct cache_total *replaced);
	void *context;
};

/* Does the same with the rows that the change concerns, and leaves the feed's other rows alone. Returns false, too,
 * when the change is not allowed, or another program has written since the last cache_read_feeds. */
bool cache_replace_some(struct cache *cache, const struct cache_feed *feed, const struct cache_change *change,
			const struct cache_rows *rows, struct err *err);

/* Records that the feed agreed with its source and nothing changed. Writes only when the stored age is an hour old or
 * lies in the future. Returns false when the feed is not in the cache: it must then be read in full. */
bool cache_touch(struct cache *cache, const struct cache_feed *feed, struct err *err);

/* Forgets feeds that are no longer configured. */
bool cache_keep_only(struct cache *cache, const char *const *names, size_t count, struct err *err);

/* Removes the traces that deleted rows left in the file, if any row was deleted since the last call. Once a day is
 * enough. */
bool cache_scrub(struct cache *cache, struct err *err);

/* True when another connection has written since the last cache_read_feeds. */
bool cache_changed(struct cache *cache);

bool cache_read_feeds(struct cache *cache, struct cache_feeds *out_feeds, struct err *err);

/* Reads the rows that touch the days, by feed, start, place and title: those of one feed, or of all feeds when it is
 * NULL; of all days when they are NULL. *out_total, which may be NULL, counts the rows of all days. */
bool cache_read_rows(struct cache *cache, const char *feed, const struct cache_days *days, struct cache_rows *out_rows,
		     struct cache_total *out_total, struct err *err);
/* Counts the rows of a feed that touch the days. */
bool cache_count_rows(struct cache *cache, const char *feed, const struct cache_days *days, size_t *out_count,
		      struct err *err);

/* Returns the rows in the order of their key (uid, recurrence_id), and of rows with the same key the first. The caller
 * frees the list. NULL: out of memory. */
const struct cache_row **cache_rows_by_key(const struct cache_rows *rows, size_t *out_count);
int cache_row_compare_keys(const struct cache_row *a, const struct cache_row *b);
/* The order in which cache_read_rows returns rows. */
int cache_row_compare(const struct cache_row *a, const struct cache_row *b);
void cache_rows_sort(struct cache_rows *rows);
bool cache_row_touches(const struct cache_row *row, const struct cache_days *days); /* NULL: all days */
/* Appends a copy of the row. All rows of the list must have been added like this. Returns false when memory ran out. */
bool cache_rows_copy(struct cache_rows *rows, const struct cache_row *row);

void cache_feed_finish(struct cache_feed *feed);
void cache_row_finish(struct cache_row *row);
void cache_feeds_finish(struct cache_feeds *feeds);
void cache_rows_finish(struct cache_rows *rows);
/* Return the bytes that a row takes at most when it has been read from the cache, and those that rows take. */
size_t cache_row_bytes(const struct cache_row *row);
size_t cache_rows_bytes(const struct cache_rows *rows);

#endif
