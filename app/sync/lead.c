/* Two programs on one state directory: a lock decides which one fetches, and the board shows the other how the feeds
 * are. */
#include "private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>

/* The lock file also names the board. Without a lock file (on a read-only disk) this program fetches for itself. */
void sync_lead_open(struct sync *sync)
{
	char *path = NULL;
	if (asprintf(&path, "%s/%s", sync->state_dir, SYNC_LOCK_NAME) < 0) {
		return;
	}
	sync->lock = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
	free(path);
	sync->board = board_create(sync->lock, sync->state_dir);
}

bool sync_lead_try(struct sync *sync)
{
	if (!sync->leads) {
		sync->leads = sync->lock < 0 || flock(sync->lock, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK;
	}
	return sync->leads;
}

static void take_from_board(void *context, const struct snapshot_feed *seen)
{
	struct sync *sync = context;
	for (size_t i = 0; i < sync->feed_count; i++) {
		struct sync_feed *feed = &sync->feeds[i];
		if (strcmp(feed->config->name, seen->name) != 0) {
			continue;
		}
		feed->tried_utc = seen->tried_utc;
		feed->next_utc = seen->next_utc;
		feed->failures = seen->failures;
		feed->trouble = seen->trouble;
		snprintf(feed->message, sizeof(feed->message), "%s", seen->message);
		snprintf(feed->notes, sizeof(feed->notes), "%s", seen->notes);
		if (seen->agreed_utc > feed->known.agreed_utc && feed->known.settings) {
			feed->known.agreed_utc = seen->agreed_utc;
		}
	}
}

void sync_board_read(struct sync *sync)
{
	if (sync->board) {
		struct snapshot_share seen = {0};
		board_read(sync->board, take_from_board, sync, sync->share ? &sync->share->seen : &seen);
	}
}

void sync_board_write(struct sync *sync)
{
	struct snapshot_feed *feeds = calloc(sync->feed_count + 1, sizeof(*feeds));
	if (feeds && sync->board) {
		for (size_t i = 0; i < sync->feed_count; i++) {
			feeds[i] = sync_feed_seen(&sync->feeds[i]);
		}
		struct snapshot_share share = sync_share_seen(sync);
		board_write(sync->board, feeds, sync->feed_count, &share);
	}
	free(feeds);
}

/* Until the first exchange of this program, what is known is what the one before it has left on the board. */
static void take_over_share(struct share *share)
{
	const struct snapshot_share *seen = &share->seen;
	if (seen->is_on) {
		share->is_lost = seen->is_lost;
		share->agreed_utc = seen->agreed_utc;
		share->tried_utc = seen->tried_utc;
		memcpy(share->message, seen->message, sizeof(share->message));
	}
}

void sync_lead_begin(struct sync *sync)
{
	struct err err = {""};
	const char **names = calloc(sync->feed_count + 1, sizeof(*names));
	for (size_t i = 0; names && i < sync->feed_count; i++) {
		names[i] = sync->feeds[i].config->name;
	}
	bool was_busy = sync_use_cache(sync, true);
	if (names && sync->cache && !cache_keep_only(sync->cache, names, sync->feed_count, &err)) {
		sync_store_failed(sync, &err, false);
	}
	sync_use_cache(sync, was_busy);
	free(names);
	if (sync->share) {
		take_over_share(sync->share);
	}
	if (sync->cache && cache_changed(sync->cache)) {
		sync_load_cache(sync);
	}
	sync_store_purge(sync);
	sync_load_entries(sync);
	sync_publish(sync);
}
