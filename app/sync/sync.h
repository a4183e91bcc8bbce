/* The worker: fetches the feeds, writes check-ins, and publishes snapshots of both. This is the only place where ical/
 * and db/ meet. The worker owns both databases, the reader and the network; after sync_start they belong to its thread.
 * Two programs may share a state directory: one fetches, the other follows, and both can check in. */
#ifndef APP_SYNC_SYNC_H
#define APP_SYNC_SYNC_H

#include <stdbool.h>
#include <stdint.h>

#include "ical/err.h"
#include "ical/netlimits.h"
#include "app/base/clock.h"
#include "app/config/config.h"
#include "app/office/command.h"
#include "app/office/snapshot.h"

struct sync;

struct sync_options {
	const struct config *config; /* borrowed, outlives the sync; so are clock and context */
	struct clock *clock;
	const char *state_dir;             /* must exist and be writable, or check-ins cannot be saved */
	const char *credentials_dir;       /* NULL: $CREDENTIALS_DIRECTORY */
	const char *reader;                /* path of icsread */
	const char *zoneinfo;              /* folder of the time zones, borrowed; NULL: the system's */
	void (*on_publish)(void *context); /* called in the worker's thread when there is a new snapshot; may be NULL */
	void *context;
	const struct fetch_limits *fetch_limits; /* NULL means those of netlimits.h; tests give others */
	size_t feeds_bytes_max;                  /* 0 means FEEDS_MEMORY_SHARE of what the unit may take */
	const char *cgroup_list, *cgroup_root;   /* borrowed; NULL: the system's, see app/base/unitmemory.h */
	bool shown_days_only; /* the snapshots hold the bookings of the days that the screens show; else all */
};

/* Opens the databases and publishes what they hold, so that there is something to show before the network answers. A
 * database that cannot be opened is no failure: the snapshot reports it, and it is tried again. Returns NULL when
 * memory or descriptors ran out. */
struct sync *sync_create(const struct sync_options *options, struct err *err);
void sync_destroy(struct sync *sync); /* stops first */

/* Returns the newest snapshot, never NULL; the caller unrefs it. Any thread. */
struct snapshot *sync_snapshot(struct sync *sync);

/* Starts a thread that does all the work until sync_stop, which waits for it, 2 s at most even during a fetch. */
bool sync_start(struct sync *sync, struct err *err);
void sync_stop(struct sync *sync);

/* Replaces the UID of a calendar, with or without "@" and the recurrence behind it, by the name under which the booking
 * is kept. Whatever else the id is, it stays. Call it while the worker's thread does not run. */
void sync_name_booking(struct sync *sync, char *id, size_t size);

/* Hands a command to the worker and never waits. A booking may be named by the UID that its calendar gives it. The
 * outcome is in the results of a later snapshot. Returns false when the worker is hopelessly behind. Any thread. */
bool sync_send(struct sync *sync, const struct command *command);

/* Makes the worker try failed feeds again at once, for example after the clock was set. Any thread. */
void sync_nudge(struct sync *sync);

/* Returns false when the worker has been busy with something for longer than anything may take. Any thread. */
bool sync_is_alive(struct sync *sync);

enum sync_asked {
	SYNC_ASKED_NOBODY, /* no other program fetches, so the caller may */
	SYNC_ASKED_ALL_GOOD,
	SYNC_ASKED_SOME_FAILED,
	SYNC_ASKED_IN_VAIN /* err says why; nothing has changed */
};

/* For a command: asks the program that fetches in this state directory to try every feed now, waits for that, and calls
 * `report` for each feed. This program changes nothing and needs no credential. */
enum sync_asked sync_ask(struct sync *sync, void (*report)(void *context, const struct snapshot_feed *feed),
			 void *context, struct err *err);

/* For sub-commands, instead of sync_start: tries every feed once and calls `report`, which may be NULL, as each one
 * ends. Returns true when all went well. */
bool sync_run_once(struct sync *sync, void (*report)(void *context, const struct snapshot_feed *feed), void *context);

/* Does the same for feeds that are files; the network is not used. */
bool sync_run_files(struct sync *sync);

/* Carries a command out at once. err says why when the outcome is JOURNAL_REFUSED or JOURNAL_NOT_SAVED. */
struct snapshot_result sync_do(struct sync *sync, const struct command *command, struct err *err);

#endif
