/* A command asks the program that fetches, which alone has the feeds' credentials, to try every feed now. The question
 * is a file; the answer is that it is gone, and stands on the board. */
#include "private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

void sync_ask_open(struct sync *sync)
{
	if (asprintf(&sync->ask_path, "%s/" SYNC_ASK_NAME, sync->state_dir) < 0) {
		sync->ask_path = NULL;
		return;
	}
	news_add_file(sync->news, sync->ask_path, NEWS_ASKED);
}

void sync_ask_take(struct sync *sync)
{
	if (!sync->leads || sync->must_answer || !sync->ask_path || access(sync->ask_path, F_OK) != 0) {
		return;
	}
	sync->must_answer = true;
	for (size_t i = 0; i < sync->feed_count; i++) {
		sync->feeds[i].owes_answer = true;
		sync_feed_make_due(&sync->feeds[i]);
	}
	sync_share_hurry(sync);
	sync_ask_answer(sync);
}

void sync_ask_answer(struct sync *sync)
{
	bool owes = false;
	for (size_t i = 0; i < sync->feed_count; i++) {
		owes = owes || sync->feeds[i].owes_answer;
	}
	if (sync->must_answer && !owes) {
		sync->must_answer = false;
		unlink(sync->ask_path);
	}
}

static bool put_question(const struct sync *sync, struct err *err)
{
	int fd = open(sync->ask_path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0) {
		return err_set(err, "the kiosk that runs cannot be asked: %s: %s", sync->ask_path, strerror(errno));
	}
	close(fd);
	return true;
}

/* Returns false when there is no answer in time, or the program that was asked has ended. */
static bool await_answer(struct sync *sync)
{
	int64_t limit_ms = clock_mono_ms(sync->options.clock) + SYNC_ASK_MS;
	const struct timespec pause = {.tv_nsec = SYNC_ASK_LOOK_MS * 1000000L};
	while (access(sync->ask_path, F_OK) == 0) {
		if (clock_mono_ms(sync->options.clock) > limit_ms || sync_lead_try(sync)) {
			unlink(sync->ask_path);
			return false;
		}
		nanosleep(&pause, NULL);
	}
	return true;
}

enum sync_asked sync_ask(struct sync *sync, void (*report)(void *context, const struct snapshot_feed *feed),
			 void *context, struct err *err)
{
	bool all_good = true;
	if (sync_lead_try(sync)) {
		return SYNC_ASKED_NOBODY;
	}
	if (!sync->ask_path) {
		err_set(err, "out of memory");
		return SYNC_ASKED_IN_VAIN;
	}
	if (!put_question(sync, err)) {
		return SYNC_ASKED_IN_VAIN;
	}
	if (!await_answer(sync)) {
		if (sync->leads) {
			return SYNC_ASKED_NOBODY;
		}
		err_set(err, "the kiosk that runs did not answer within %d s; nothing was fetched here",
			SYNC_ASK_MS / 1000);
		return SYNC_ASKED_IN_VAIN;
	}
	sync_load_cache(sync);
	sync_board_read(sync);
	for (size_t i = 0; i < sync->feed_count; i++) {
		struct snapshot_feed seen = sync_feed_seen(&sync->feeds[i]);
		all_good = all_good && seen.trouble == FEED_TROUBLE_NONE;
		if (report) {
			report(context, &seen);
		}
	}
	return all_good ? SYNC_ASKED_ALL_GOOD : SYNC_ASKED_SOME_FAILED;
}
