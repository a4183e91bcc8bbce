/* What the worker's tests share: an office with a state directory, a clock, and a way to wait for snapshots. */
#ifndef TESTS_APP_SYNC_WORKER_H
#define TESTS_APP_SYNC_WORKER_H

#include <pthread.h>
#include <stdbool.h>

#include "db/identity.h"
#include "app/base/clock.h"
#include "app/config/config.h"
#include "app/sync/sync.h"

#define WORKER_NOW "2026-11-23T09:00" /* a Monday; local time of the office */

struct worker {
	char dir[64]; /* kiosk.conf, state/, credentials/, and whatever a test puts there */
	char state_dir[96], credentials_dir[96];
	struct config *config;
	struct clock clock;
	struct sync *sync;
	const char *reader;                      /* NULL: the real one */
	const char *zoneinfo;                    /* NULL: the system's */
	const struct fetch_limits *fetch_limits; /* NULL: the real ones */
	size_t feeds_bytes_max;                  /* 0: the real one */
	const char *cgroup_list, *cgroup_root;   /* NULL: the real ones */
	bool shown_days_only;                    /* as in the kiosk */
	pthread_mutex_t mutex;
	pthread_cond_t published;
	uint64_t publishings;
};

/* Makes the folders and reads `feeds_and_places` as the rest of a configuration. cmocka assertions on failure. */
void worker_set_up(struct worker *worker, const char *feeds_and_places);
void worker_tear_down(struct worker *worker); /* closes the sync and removes the folders */

/* Another office on the same folders: a second program. Close it with worker_close. */
void worker_join(struct worker *worker, const struct worker *first);

void worker_open(struct worker *worker); /* sync_create */
void worker_close(struct worker *worker);

void worker_write(const struct worker *worker, const char *name, const char *text); /* replaces DIR/name at once */

/* The name under which this office keeps the booking with that UID. */
void worker_name(const struct worker *worker, const char *uid, char out[IDENTITY_NAME_SIZE]);

/* Returns when `is_so` says yes about the newest snapshot; fails the test when that takes far too long. */
void worker_wait(struct worker *worker, bool (*is_so)(const struct snapshot *snapshot, const void *context),
		 const void *context);

/* An iCalendar of `count` bookings of an hour, today from `first_hour` UTC, "Nils Svensson – Kontorsplats N" each. */
char *worker_calendar(int first_hour, int count);

/* Returns how many entries the journal's file has, whatever the worker knows of it. */
size_t worker_count_stored(const struct worker *worker);
/* Bookings today whose texts keep a pattern busy as long as it may be; each has texts of its own. The caller frees it.
 */
char *worker_laborious_calendar(int count);

#endif
