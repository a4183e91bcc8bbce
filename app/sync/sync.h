/* The worker: fetches the feeds, writes check-ins, and publishes snapshots of both. The only place where ical/ and db/
 * meet. It owns both databases, the reader and the network; with sync_start they belong to its thread.
 * Two programs may share a state directory: one fetches, the other follows, both check in. */
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
	const char *state_dir;             /* exists and is writable, or check-ins cannot be saved */
	const char *credentials_dir;       /* NULL: $CREDENTIALS_DIRECTORY */
	const char *reader;                /* path of icsread */
	const char *zoneinfo;              /* folder of the time zones, borrowed; NULL: the system's */
	void (*on_publish)(void *context); /* in the worker's thread: there is a new snapshot. NULL none */
	void *context;
	const struct fetch_limits *fetch_limits; /* NULL: those of netlimits.h; others for tests */
};

/* Opens the databases and publishes what they hold, so that there is something to show before the network answers.
 * A database that cannot be opened is no failure: the snapshot tells, and it is tried again. NULL: out of memory or
 * descriptors. */
struct sync *sync_create(const struct sync_options *options, struct err *err);
void sync_destroy(struct sync *sync); /* stops first */

/* Any thread. The newest snapshot, never NULL; the caller unrefs it. */
struct snapshot *sync_snapshot(struct sync *sync);

/* The kiosk: a thread that does it all until sync_stop, which waits for it, 2 s at most even in the midst of a fetch.
 */
bool sync_start(struct sync *sync, struct err *err);
void sync_stop(struct sync *sync);

/* Any thread, never waits. The outcome is in a later snapshot's results. False: the worker is hopelessly behind. */
bool sync_send(struct sync *sync, const struct command *command);

/* Any thread: feeds that failed are tried again at once, such as after the clock was set. */
void sync_nudge(struct sync *sync);

/* Any thread. False: the worker has been at something for longer than anything of it may take. */
bool sync_is_alive(struct sync *sync);

/* The sub-commands, instead of sync_start. Tries every feed once; `report` (may be NULL) gets each one as it ends.
 * True: all went well. */
bool sync_run_once(struct sync *sync, void (*report)(void *context, const struct snapshot_feed *feed), void *context);

/* The same for feeds that are files: nothing is asked of the network. */
bool sync_run_files(struct sync *sync);

/* Carries a command out at once. err tells why when the outcome is JOURNAL_REFUSED or JOURNAL_NOT_SAVED. */
struct snapshot_result sync_do(struct sync *sync, const struct command *command, struct err *err);

#endif
