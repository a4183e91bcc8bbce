/* Erases check-ins when the retention time is over, and keeps of them what names nobody (history.h). After a failure it
 * finds out whether the disk works again. */
#include "private.h"

#include "history.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* Keeps what may be known of the check-ins that are about to be erased. When that fails they are erased all the same.
 */
static void keep_history(struct sync *sync, int32_t before_day, int64_t before_utc)
{
	struct err err = {""};
	struct journal_entries old = {0};
	bool ok = journal_read_old(sync->journal, before_utc, &old, &err) &&
		  history_keep(sync->state_dir, sync->config->zone, &old, before_day, &err);
	if (!ok) {
		sync_store_failed(sync, &err, false);
	}
	journal_entries_finish(&old);
}

static void note_purge(struct sync *sync, int32_t before_day, int64_t removed)
{
	struct err err = {""};
	const struct history_purge purge = {clock_utc_s(sync->options.clock), before_day, removed};
	if (removed > 0 && !history_note(sync->state_dir, &purge, &err)) {
		sync_store_failed(sync, &err, false);
	}
}

/* A few days at a time, because what is to be kept of them is counted in memory. Nearly always it is one day. */
static bool purge_days(struct sync *sync, int32_t before_day, int64_t *out_removed, struct err *err)
{
	const struct zone *zone = sync->config->zone;
	bool ok = true;
	for (int32_t day = INT32_MIN; ok && day < before_day;) {
		int64_t oldest_utc = INT64_MAX, removed = 0;
		ok = journal_find_oldest(sync->journal, &oldest_utc, err);
		bool has_old = ok && oldest_utc < zone_day_start(zone, before_day);
		int32_t some = has_old ? zone_day(zone, oldest_utc) + PURGE_DAYS : before_day;
		day = some < before_day ? some : before_day;
		int64_t before_utc = zone_day_start(zone, day);
		sync_promise(sync, SYNC_SLACK_MS);
		keep_history(sync, day, before_utc);
		ok = journal_purge(sync->journal, before_utc, &removed, err) && ok;
		*out_removed += removed;
	}
	return ok;
}

/* Deleting cannot be undone, so no clock decides about it, but the time that is certain. A failure is tried again with
 * the next probe of the disk. */
void sync_store_purge(struct sync *sync)
{
	struct err err = {""};
	if (!sync->journal) {
		return;
	}
	int32_t today = zone_day(sync->config->zone, sync_certain_utc(sync));
	if (today == sync->purged_day) {
		return;
	}
	int32_t before_day = today - sync->config->retention_days;
	int64_t removed = 0;
	bool is_purged = purge_days(sync, before_day, &removed, &err);
	note_purge(sync, before_day, removed);
	bool was_busy = sync_use_cache(sync, true);
	bool is_scrubbed = sync->cache && cache_scrub(sync->cache, &err);
	sync_use_cache(sync, was_busy);
	if (!is_purged || (sync->cache && !is_scrubbed)) {
		sync_store_failed(sync, &err, false);
	}
	if (is_purged && is_scrubbed) {
		sync->purged_day = today;
	}
}

/* Returns whether a page can be written to the disk now. Leaves nothing behind. */
static bool disk_is_writable(const char *dir, struct err *err)
{
	static const char page[4096] = {1};
	int fd = open(dir, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
	if (fd < 0 && (errno == EOPNOTSUPP || errno == EISDIR)) {
		return true; /* this file system cannot answer, so writing is assumed to work */
	}
	bool ok = fd >= 0 && write(fd, page, sizeof(page)) == (ssize_t)sizeof(page) && fsync(fd) == 0;
	int error = errno;
	if (fd >= 0) {
		close(fd);
	}
	return ok || err_set(err, "nothing can be written to the state directory: %s", strerror(error));
}

void sync_store_probe(struct sync *sync)
{
	struct err err = {""};
	sync->store_retry_ms = 0;
	if (!disk_is_writable(sync->state_dir, &err)) {
		sync_store_failed(sync, &err, true);
		return;
	}
	sync->failed_message[0] = '\0';
	sync->journal_ok = sync->journal != NULL;
	sync_store_open(sync);
	if (sync->leads) {
		sync_store_purge(sync);
	}
}
