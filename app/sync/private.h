/* What the worker's files share: sync.c (life and loop), share.c (exchange with other machines), ask.c (commands that
 * want a fetch), lead.c (who fetches), feed.c (one try at one feed), feeds.c (their life), merge.c and budget.c (parts
 * of it), purge.c (what is erased), store.c (databases, commands, snapshots), receive.c (what the others have), box.c
 * (this machine among others), waiting.c (clocks and promises). Each file calls only those after it in this list.
 * Everything belongs to the worker's thread, except what is marked. */
#ifndef APP_SYNC_PRIVATE_H
#define APP_SYNC_PRIVATE_H

#include <pthread.h>
#include <stdatomic.h>

#include "db/identity.h"
#include "ical/digest.h"
#include "ical/fetch.h"
#include "ical/wait.h"
#include "board.h"
#include "collection.h"
#include "ingest.h"
#include "app/base/limits.h"
#include "app/base/settled.h"
#include "news.h"
#include "notes.h"
#include "share_private.h"
#include "source.h"
#include "sync.h"

#define SYNC_LOCK_NAME "sync.lock"
#define SYNC_ASK_NAME "sync.ask"

struct window {
	int32_t from_day, to_day; /* to exclusive */
	int32_t known_to_day;     /* as far as the source publishes; rows beyond it are shown, but may be incomplete */
};

struct sync_feed {
	const struct config_feed *config;
	struct ingest *ingest; /* NULL: ingest_err says why */
	struct err ingest_err;
	struct cache_feed known;    /* as stored, except for the exact age and newer validators; strings may be NULL */
	char settings[24];          /* fingerprint of the configuration and the address's kind */
	char hash[48];              /* the hash of the last body that was read; "" none */
	struct snapshot_part *rows; /* as last read from the cache; NULL none */
	struct cache_total stored;  /* all of its rows in the cache */
	bool is_counted;            /* `stored` is about what was just written, and not read yet */
	uint64_t rows_of;           /* a sum over what the rows belong to; the same rows as long as it is the same */
	struct snapshot_part *patched; /* `rows` after a change that was just stored, unless it turns out that the cache
					  has something else; NULL: they have to be read */
	uint64_t patched_of;           /* what those belong to */
	struct digest
		*digest; /* the digest of the body that the shown rows come from; NULL when any of it was skipped */
	struct source_file file; /* the file that was read last */
	bool has_file;
	bool is_doubtful; /* the shown rows may differ from the stored ones, so the feed is read in any case */
	int64_t tried_utc, next_utc, due_ms, tried_ms;

	bool is_asked;                   /* a try is going on, and due_ms does not count */
	bool is_due_again;               /* news arrived that this try may have missed */
	bool owes_answer;                /* a command waits for a try that begins after it asked */
	bool is_overtaken;               /* its rows in the cache have changed since it was asked */
	struct fetch_transfer *transfer; /* the transfer of an address that was asked */
	struct collection *collection;   /* NULL: the feed is no calendar on a CalDAV server */
	struct err asked_err;            /* why an address could not be asked */
	struct window window;            /* the window that was asked for */
	bool may_compare;                /* the answer may be that nothing has changed */

	bool has_succeeded; /* since the program was started */
	uint32_t failures;
	enum feed_trouble trouble;
	char message[ERR_TEXT_MAX];
	char notes[NOTES_MAX]; /* the notes of the last reading of a whole body; "" unknown */
};

struct sync {
	struct sync_options options;
	char *state_dir, *credentials_dir, *reader;
	const struct config *config;
	struct fetch *fetch;
	struct news *news;
	struct wait wait; /* what is handled during something long */
	struct board *board;
	struct settled settled, settled_written; /* the certain time, and what of it is on the disk */
	int64_t settled_ms;                      /* monotonic time up to which it went on */
	struct identity *identity;               /* NULL: there is no key; neither database is open then */
	struct cache *cache;                     /* NULL: could not be opened */
	struct journal *journal;                 /* NULL: could not be opened */
	struct share *share;                     /* NULL: check-ins are not shared */
	struct snapshot_part *rows, *entries;    /* as last read, never NULL; the rows are those of all feeds */
	struct sync_feed *feeds;
	size_t feed_count;
	int lock;                /* descriptor; -1 none */
	char *ask_path;          /* where a command asks for a fetch; NULL: nobody can */
	bool must_answer;        /* a command has asked */
	bool leads;              /* this program fetches; the others follow */
	int lock_tries;          /* how often the lock is still tried, after its holder may have gone */
	struct cache_days shown; /* the days of bookings that the screens show */
	int32_t shown_day;       /* the day from which they were found */
	bool cache_is_stale;     /* another program wrote it while a feed was being tried */
	bool cache_is_busy;      /* the cache is being read or written, and is left alone by what is served meanwhile */
	bool must_look;          /* the cache must be looked at when it is no longer in use */
	int32_t entries_from_day, purged_day;
	int64_t store_retry_ms; /* 0 when nothing is wrong */
	bool journal_ok;
	char opened_message[ERR_TEXT_MAX], failed_message[ERR_TEXT_MAX];
	struct snapshot_result results[SYNC_RESULTS_MAX];
	size_t result_count;
	uint64_t serial, run; /* `run` distinguishes the commands of this run from any other's */
	pthread_t thread;
	bool has_thread;

	pthread_mutex_t mutex; /* any thread: */
	struct snapshot *latest;
	struct command queue[SYNC_QUEUE_MAX];
	size_t queued;
	_Atomic bool must_stop, was_nudged;
	_Atomic int64_t promised_ms; /* the worker promises to report again before that time */
	_Atomic int64_t asked_ms;    /* when the oldest waiting command came; INT64_MAX none */
};

/* waiting.c */
int64_t sync_mono_ms(const struct sync *sync);
int64_t sync_awake_ms(const struct sync *sync); /* does not count time in suspend */
int32_t sync_today(const struct sync *sync);
void sync_promise(struct sync *sync, int64_t within_ms); /* negative: nothing is promised */
/* Sets whether the cache is busy, and returns whether it was. */
bool sync_use_cache(struct sync *sync, bool is_busy);

/* ask.c */
void sync_ask_open(struct sync *sync);
void sync_ask_take(struct sync *sync);   /* looks for a question, and makes every feed due */
void sync_ask_answer(struct sync *sync); /* call it when a try of a feed has ended */

/* lead.c */
void sync_lead_open(struct sync *sync);  /* opens the lock and the board; it cannot fail: without them each program
					    fetches for itself */
bool sync_lead_try(struct sync *sync);   /* returns whether this program fetches */
void sync_lead_begin(struct sync *sync); /* call it once when that becomes true */
void sync_board_read(struct sync *sync);
void sync_board_write(struct sync *sync);

/* feeds.c */
bool sync_feeds_create(struct sync *sync, struct err *err);
void sync_feeds_destroy(struct sync *sync);
void sync_feeds_stop(struct sync *sync); /* breaks off the tries; the feeds are still due */

/* feed.c */
/* Asks for the feed, without waiting for the answer. */
void sync_feed_begin(struct sync *sync, struct sync_feed *feed);
/* Returns whether there is an answer, or a reason why there is none; sync_feed_finish then does not wait for the
 * network. */
bool sync_feed_is_ready(const struct sync_feed *feed);
/* Sends the next request, if the feed's source takes several. */
void sync_feed_go_on(struct sync *sync, struct sync_feed *feed);
/* Reads, stores, and schedules the next try. Returns false when the worker has to stop and the feed is still due. */
bool sync_feed_finish(struct sync *sync, struct sync_feed *feed);
void sync_feed_make_due(struct sync_feed *feed); /* a feed that is being tried is tried once more afterwards */

/* fingerprint.c */
void sync_fingerprint(const struct sync *sync, struct sync_feed *feed); /* fills feed->settings */

/* merge.c */
/* A change of a feed that is to be stored. Everything is borrowed. */
struct merge {
	struct sync_feed *feed;
	const struct cache_feed *stored;    /* the feed as it is to be stored */
	const struct digest_change *change; /* names the bookings whose rows the new ones replace */
	const struct cache_rows *rows;      /* the new ones */
	/* Decides, before anything is written, about what the feed would then have in all. */
	bool (*allows)(void *context, size_t rows, size_t bytes);
	void *context;
};
/* Returns false when that was not allowed, or the rows of the whole feed have to be stored instead. */
bool sync_merge_rows(struct sync *sync, const struct merge *merge);

/* certain.c */
void sync_certain_open(struct sync *sync);                   /* the journal is open */
void sync_saw_server(struct sync *sync, int64_t server_utc); /* 0: it did not say what time it is */
int64_t sync_certain_utc(struct sync *sync);                 /* the time by which may be erased */

/* budget.c */
/* Returns what the rows take once they have been read from the cache. */
size_t sync_bytes_of(const struct cache_rows *rows);
/* Returns whether so many bytes of rows of the feed fit into the memory that all feeds share. */
bool sync_has_memory(const struct sync *sync, const struct sync_feed *feed, size_t bytes, struct err *err);
/* Returns how much of memory the objects of the feed's calendar may take. */
size_t sync_collection_max(const struct sync *sync, const struct sync_feed *feed);
/* Forgets the feed's digest when the digests of all feeds take too much; the feed is then read as a whole each time. */
void sync_bound_digests(struct sync *sync, struct sync_feed *feed);

/* purge.c */
void sync_store_probe(struct sync *sync); /* checks whether a failure is over */
void sync_store_purge(struct sync *sync);

/* store.c */
void sync_store_open(struct sync *sync); /* opens the databases that are not open yet */
void sync_store_close(struct sync *sync);
void sync_follow_day(struct sync *sync); /* takes care of the days that are shown when another day has begun */
/* Loads from the cache: what is known of the feeds, then the rows of those of which it has changed. Returns false when
 * not all could be read, and everything stays as it was. */
bool sync_load_cache(struct sync *sync);
/* Writes back the shown rows of feeds that the cache has lost, for example because somebody removed its file. */
void sync_restore_lost(struct sync *sync);
bool sync_load_entries(struct sync *sync);

/* load.c */
/* Changes the rows of the feed in memory as they were changed in the cache, so that the next sync_load_cache need not
 * read all of them: the rows of bookings that are gone have given way to `fresh`. `stored` is the feed as it was
 * stored. Call sync_can_patch before they are stored. */
void sync_patch_rows(struct sync *sync, struct sync_feed *feed, const struct cache_feed *stored,
		     bool (*is_gone)(void *context, const char *uid), void *context, const struct cache_rows *fresh);
bool sync_can_patch(const struct sync *sync, const struct sync_feed *feed);
bool sync_read_cache(struct sync *sync, struct err *err);
bool sync_write_lost(struct sync *sync, struct err *err);

/* store.c, too */
void sync_store_failed(struct sync *sync, const struct err *err, bool is_journal);
void sync_publish(struct sync *sync);
struct snapshot_feed sync_feed_seen(const struct sync_feed *feed); /* borrows its strings */
struct snapshot_result sync_carry_out(struct sync *sync, const struct command *asked, struct err *err);

#endif
