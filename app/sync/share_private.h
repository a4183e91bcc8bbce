/* The exchange of check-ins with the other machines of the office. The worker's thread only. */
#ifndef APP_SYNC_SHARE_PRIVATE_H
#define APP_SYNC_SHARE_PRIVATE_H

#include "ical/address.h"
#include "carrier.h"
#include "app/office/snapshot.h"
#include "nameset.h"

struct sync;

enum share_step { SHARE_IDLE, SHARE_LISTING, SHARE_GETTING, SHARE_PUTTING, SHARE_COMPARING, SHARE_REMOVING };

/* Names in the order in which they are dealt with. */
struct share_queue {
	char (*names)[WIRE_NAME_SIZE];
	size_t first, count, capacity;
};

struct share {
	const struct config_share *config;
	struct carrier *carrier;
	struct nameset there, known, refused; /* on the server; in the journal; of no use */
	struct nameset delivered;             /* of `there`: by this machine, and in no list since */
	struct share_queue wanted, old;       /* to receive; to remove from the server */
	struct journal_entries arrived;       /* received in this exchange */
	struct journal_entries outbox;        /* those from `sent` on wait to be delivered */
	size_t sent;
	char *text; /* the entry that is being delivered */
	enum share_step step;
	size_t done; /* requests of this step in this exchange */
	bool is_asked;
	bool is_stale;   /* the journal has changed since `outbox` was made */
	bool is_whole;   /* this exchange's list was */
	bool is_odd;     /* a list of changes has named what was there before */
	bool was_listed; /* a whole list has come since the start */
	bool is_due_again;
	bool has_twin;      /* another machine was seen to write under the name of this one */
	int32_t listed_day; /* of the last whole list */
	size_t foreign, spoilt;
	int stuck;                          /* exchanges in a row that ended at the same object */
	int64_t due_ms, wants_ms, board_ms; /* wants_ms: since when contact is sought; 0 it is not */
	int64_t tried_utc, agreed_utc, date_utc;
	int64_t complete_utc;        /* since then, the journal has what this box wrote before; 0 not yet */
	int64_t tried_ms, listed_ms; /* of this exchange, and when a whole list was asked for */
	uint32_t failures;
	bool is_lost, was_published;
	char message[ERR_TEXT_MAX];
	struct snapshot_share seen; /* what the program that does the exchange reports; for those that follow it */
};

/* box.c */
/* Reads the secret that all machines of the office know. Returns false when there is none; the caller wipes it. */
bool sync_share_secret(const struct sync *sync, char out[ADDRESS_PASSWORD_MAX], struct err *err);

/* Gives entries from before sharing to this box. The journal is open. */
bool sync_share_adopt(const struct sync *sync, struct err *err);

/* Fills in what an entry that is about to be written has beside what the rules planned. False: out of memory. */
bool sync_share_sign(const struct sync *sync, struct journal_entry *entry);

/* The journal has changed: an exchange is due at once. */
void sync_share_hurry(struct sync *sync);

struct snapshot_share sync_share_seen(const struct sync *sync);

/* receive.c */
bool share_is_own(const struct share *share, const char *box);
void share_queue_clear(struct share_queue *queue);
bool share_queue_is_empty(const struct share_queue *queue);
int64_t share_oldest_utc(const struct sync *sync); /* entries from before then are not kept */
void share_refuse(struct share *share, const char *name);
/* The next exchange begins with another entry than the one that is being delivered, which may be the only one that the
 * server does not take. */
void share_put_last(struct share *share);
/* Takes the answer to what was asked last. False ends the exchange; err says why. */
bool share_take_answer(struct sync *sync, struct carrier_answer *answer, struct err *err);

/* share.c */
bool sync_share_create(struct sync *sync, struct err *err); /* sync->share stays NULL when none is configured */
void sync_share_destroy(struct sync *sync);

/* Does what can be done without waiting; returns when it is to be called next, INT64_MAX when the carrier has an
 * answer. */
int64_t sync_share_work(struct sync *sync);
void sync_share_stop(struct sync *sync);
bool sync_share_once(struct sync *sync); /* one exchange, however long it takes; returns whether it went well */

#endif
