/* What the worker's files share: sync.c (life and loop), lead.c (who fetches), feed.c (one try at one feed), store.c
 * (databases, commands, snapshots), waiting.c (clocks and promises); each calls only those behind it. All of it belongs
 * to the worker's thread but what is marked. */
#ifndef APP_SYNC_PRIVATE_H
#define APP_SYNC_PRIVATE_H

#include <pthread.h>
#include <stdatomic.h>

#include "ical/digest.h"
#include "ical/fetch.h"
#include "ical/wait.h"
#include "board.h"
#include "ingest.h"
#include "app/base/limits.h"
#include "news.h"
#include "notes.h"
#include "source.h"
#include "sync.h"

#define SYNC_LOCK_NAME "sync.lock"

struct window {
	int32_t from_day, to_day; /* to exclusive */
	int32_t known_to_day;     /* as far as the source publishes; what it holds beyond is shown, but is not all */
};

struct sync_feed {
	const struct config_feed *config;
	struct ingest *ingest; /* NULL: ingest_err tells why */
	struct err ingest_err;
	struct cache_feed known; /* as stored, but for the exact age and newer validators; strings may be NULL */
	char settings[24];       /* fingerprint of the configuration and the address's kind */
	char hash[48];           /* of the body that was read last; "" none */
	struct digest *digest;   /* of the body that the shown rows come from, if none of it was passed over; or NULL */
	struct source_file file; /* of a path that was read last */
	bool has_file;
	bool is_doubtful; /* what is shown may not be what is stored: read it in any case */
	int64_t tried_utc, next_utc, due_ms, tried_ms;

	bool is_asked;                   /* a try has begun and not ended: due_ms does not count */
	bool is_due_again;               /* something was heard that this try may have missed */
	bool is_overtaken;               /* what the cache holds of it has changed since it was asked */
	struct fetch_transfer *transfer; /* of an address that was asked */
	struct err asked_err;            /* why an address could not be asked */
	struct window window;            /* that it was asked for */
	bool may_compare;                /* the answer may be that it still says the same */

	uint32_t failures;
	enum feed_trouble trouble;
	char message[ERR_TEXT_MAX];
	char notes[NOTES_MAX]; /* of the last reading of a whole body; "" not known */
};

struct sync {
	struct sync_options options;
	char *state_dir, *credentials_dir, *reader;
	const struct config *config;
	struct fetch *fetch;
	struct news *news;
	struct wait wait; /* what goes on while something long is done */
	struct board *board;
	struct cache *cache;                  /* NULL: could not be opened */
	struct journal *journal;              /* NULL: could not be opened */
	struct snapshot_part *rows, *entries; /* as last read, never NULL */
	struct sync_feed *feeds;
	size_t feed_count;
	int lock;            /* descriptor; -1 none */
	bool leads;          /* fetches; the others follow */
	int lock_tries;      /* how often the lock is still tried, after its holder may have gone */
	bool cache_is_stale; /* another program wrote it while a feed was being tried */
	bool is_trying;      /* in the midst of taking over what a feed has answered: its rows are not to be loaded */
	int32_t entries_from_day, purged_day;
	int64_t store_retry_ms; /* 0: nothing is wrong */
	bool journal_ok;
	char opened_message[ERR_TEXT_MAX], failed_message[ERR_TEXT_MAX];
	struct snapshot_result results[SYNC_RESULTS_MAX];
	size_t result_count;
	uint64_t serial, run; /* run: tells this run's commands from any other's */
	pthread_t thread;
	bool has_thread;

	pthread_mutex_t mutex; /* any thread: */
	struct snapshot *latest;
	struct command queue[SYNC_QUEUE_MAX];
	size_t queued;
	_Atomic bool must_stop, was_nudged;
	_Atomic int64_t promised_ms; /* the worker will be heard of again before that */
	_Atomic int64_t asked_ms;    /* when the oldest waiting command came; INT64_MAX none */
};

/* waiting.c */
int64_t sync_mono_ms(const struct sync *sync);
int64_t sync_awake_ms(const struct sync *sync); /* without the time in suspend */
int32_t sync_today(const struct sync *sync);
void sync_promise(struct sync *sync, int64_t within_ms); /* negative: nothing is promised */

/* lead.c */
void sync_lead_open(struct sync *sync);  /* the lock and the board; no failure: then each fetches for itself */
bool sync_lead_try(struct sync *sync);   /* true: this program fetches */
void sync_lead_begin(struct sync *sync); /* once, when it has become so */
void sync_board_read(struct sync *sync);
void sync_board_write(struct sync *sync);

/* feed.c */
bool sync_feeds_create(struct sync *sync, struct err *err);
void sync_feeds_destroy(struct sync *sync);
/* Asks for it, without waiting for the answer. */
void sync_feed_begin(struct sync *sync, struct sync_feed *feed);
/* Is there an answer, or a reason why there is none? Then sync_feed_finish does not wait for the network. */
bool sync_feed_is_ready(const struct sync_feed *feed);
/* Reads, stores and schedules the next try. False: was told to stop, and the feed is still due. */
bool sync_feed_finish(struct sync *sync, struct sync_feed *feed);
void sync_feeds_stop(struct sync *sync); /* breaks off what was begun; it is still due */

/* store.c */
void sync_store_open(struct sync *sync); /* what is not open yet */
void sync_store_close(struct sync *sync);
void sync_store_probe(struct sync *sync); /* is what failed mended? */
void sync_store_purge(struct sync *sync);
bool sync_load_feeds(struct sync *sync); /* from the cache; false: as before */
bool sync_load_rows(struct sync *sync);
/* Writes back what is shown of feeds that the cache has lost, such as when somebody removed its file. */
void sync_restore_lost(struct sync *sync);
bool sync_load_entries(struct sync *sync);
void sync_store_failed(struct sync *sync, const struct err *err, bool is_journal);
void sync_publish(struct sync *sync);
struct snapshot_feed sync_feed_seen(const struct sync_feed *feed); /* borrows its strings */
struct snapshot_result sync_carry_out(struct sync *sync, const struct command *command, struct err *err);

#endif
