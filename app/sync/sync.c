/* See sync.h. One loop does whatever is due and sleeps until there is news. Fetches are news, too, so any number of
 * them can run at a time and nobody waits for one. While a feed is being read, its wait handles the same news, so that
 * a check-in is written at once, whatever a feed does. */
#include "sync.h"

#include "pace.h"
#include "private.h"
#include "app/base/limits.h"
#include "ical/small.h"

#include <assert.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

static bool copy_options(struct sync *sync, const struct sync_options *options)
{
	const char *credentials = options->credentials_dir ? options->credentials_dir : getenv("CREDENTIALS_DIRECTORY");
	sync->options = *options;
	sync->config = options->config;
	sync->state_dir = strdup(options->state_dir);
	sync->reader = strdup(options->reader);
	sync->credentials_dir = credentials ? strdup(credentials) : NULL;
	sync->rows = snapshot_part_create();
	sync->entries = snapshot_part_create();
	return sync->state_dir && sync->reader && (sync->credentials_dir || !credentials) && sync->rows &&
	       sync->entries;
}

static bool set_up(struct sync *sync, const struct sync_options *options, struct err *err)
{
	if (!copy_options(sync, options)) {
		return err_set(err, "out of memory");
	}
	if (getrandom(&sync->run, sizeof(sync->run), 0) != (ssize_t)sizeof(sync->run)) {
		return err_set(err, "the system has no random numbers");
	}
	sync->fetch = fetch_create(err);
	sync->news = sync->fetch ? news_create(sync->state_dir, SYNC_LOCK_NAME, err) : NULL;
	if (!sync->news || !sync_feeds_create(sync, err)) {
		return false;
	}
	if (!news_add_fetch(sync->news, fetch_fd(sync->fetch))) {
		return err_set(err, "out of memory");
	}
	if (options->fetch_limits) {
		fetch_set_limits(sync->fetch, options->fetch_limits);
	}
	sync_lead_open(sync);
	sync_ask_open(sync);
	if (!sync_share_create(sync, err)) {
		return false;
	}
	sync_store_open(sync);
	sync_board_read(sync);
	if (sync->board) {
		news_add_file(sync->news, board_path(sync->board), NEWS_BOARD);
	}
	sync_publish(sync);
	return sync->latest || err_set(err, "out of memory");
}

struct sync *sync_create(const struct sync_options *options, struct err *err)
{
	assert(options->config && options->clock && options->state_dir && options->reader);
	struct sync *sync = calloc(1, sizeof(*sync));
	if (!sync) {
		err_set(err, "out of memory");
		return NULL;
	}
	sync->lock = -1;
	sync->wait.wake_fd = -1;
	sync->purged_day = INT32_MIN;
	pthread_mutex_init(&sync->mutex, NULL);
	atomic_init(&sync->promised_ms, INT64_MAX);
	atomic_init(&sync->asked_ms, INT64_MAX);
	if (!set_up(sync, options, err)) {
		sync_destroy(sync);
		return NULL;
	}
	return sync;
}

void sync_destroy(struct sync *sync)
{
	if (!sync) {
		return;
	}
	sync_stop(sync);
	sync_share_destroy(sync);
	sync_store_close(sync);
	sync_feeds_destroy(sync);
	fetch_destroy(sync->fetch);
	news_destroy(sync->news);
	board_destroy(sync->board);
	if (sync->lock >= 0) {
		close(sync->lock);
	}
	snapshot_unref(sync->latest);
	snapshot_part_unref(sync->rows);
	snapshot_part_unref(sync->entries);
	pthread_mutex_destroy(&sync->mutex);
	free(sync->ask_path);
	free(sync->state_dir);
	free(sync->credentials_dir);
	free(sync->reader);
	free(sync);
}

struct snapshot *sync_snapshot(struct sync *sync)
{
	pthread_mutex_lock(&sync->mutex);
	struct snapshot *snapshot = snapshot_ref(sync->latest);
	pthread_mutex_unlock(&sync->mutex);
	return snapshot;
}

bool sync_send(struct sync *sync, const struct command *command)
{
	pthread_mutex_lock(&sync->mutex);
	bool fits = sync->queued < SYNC_QUEUE_MAX;
	if (fits) {
		sync->queue[sync->queued++] = *command;
		if (sync->queued == 1) {
			atomic_store(&sync->asked_ms, sync_awake_ms(sync));
		}
	}
	pthread_mutex_unlock(&sync->mutex);
	news_call(sync->news);
	return fits;
}

static bool take_command(struct sync *sync, struct command *out_command)
{
	pthread_mutex_lock(&sync->mutex);
	bool has = sync->queued > 0;
	if (has) {
		*out_command = sync->queue[0];
		sync->queued--;
		memmove(sync->queue, sync->queue + 1, sync->queued * sizeof(sync->queue[0]));
	}
	atomic_store(&sync->asked_ms, sync->queued > 0 ? sync_awake_ms(sync) : INT64_MAX);
	pthread_mutex_unlock(&sync->mutex);
	return has;
}

void sync_nudge(struct sync *sync)
{
	atomic_store(&sync->was_nudged, true);
	news_call(sync->news);
}

bool sync_is_alive(struct sync *sync)
{
	int64_t now_ms = sync_awake_ms(sync);
	int64_t asked_ms = atomic_load(&sync->asked_ms);
	return now_ms <= atomic_load(&sync->promised_ms) &&
	       (asked_ms == INT64_MAX || now_ms - asked_ms <= SYNC_COMMAND_MS);
}

/* Makes feeds that could not be reached due again soon; after a nudge, all feeds that failed. */
static void retry_failed(struct sync *sync, bool all)
{
	for (size_t i = 0; i < sync->feed_count; i++) {
		struct sync_feed *feed = &sync->feeds[i];
		int64_t soon_ms = sync_mono_ms(sync) + (all ? 0 : PACE_NETWORK_BACK_MS);
		int64_t again_ms = feed->tried_ms + PACE_NETWORK_AGAIN_MS;
		bool concerns = all ? feed->failures > 0 : feed->trouble == FEED_TROUBLE_NO_CONTACT;
		int64_t due_ms = soon_ms > again_ms || all ? soon_ms : again_ms;
		feed->due_ms = concerns && due_ms < feed->due_ms ? due_ms : feed->due_ms;
	}
}

static void make_changed_files_due(struct sync *sync)
{
	for (size_t i = 0; i < sync->feed_count; i++) {
		const char *path = sync->feeds[i].config->path;
		if (path && news_has_changed(sync->news, path)) {
			sync_feed_make_due(&sync->feeds[i]);
		}
	}
	news_forget_changes(sync->news);
}

/* Returns true when something that is shown has changed. While the cache is busy, it must be looked at later. */
static bool store_has_changed(struct sync *sync)
{
	bool changed = false;
	if (sync->journal && journal_changed(sync->journal)) {
		changed = sync_load_entries(sync);
		sync_share_hurry(sync);
	}
	sync->must_look = sync->cache_is_busy;
	if (sync->cache_is_busy) {
		return changed;
	}
	sync->cache_is_stale = sync->cache_is_stale || (sync->cache && cache_changed(sync->cache));
	if (sync->cache_is_stale) {
		sync_restore_lost(sync);
		sync->cache_is_stale = !sync_load_cache(sync);
		changed = changed || !sync->cache_is_stale;
	}
	return changed;
}

static bool serve_commands(struct sync *sync)
{
	struct command command;
	bool did = false;
	while (take_command(sync, &command)) {
		struct err err = {""};
		sync_carry_out(sync, &command, &err);
		did = true;
	}
	return did;
}

/* Drains the news and does what cannot wait. Returns false to stop. */
static bool serve_news(void *context)
{
	struct sync *sync = context;
	unsigned news = news_take(sync->news);
	int64_t promised_ms = atomic_load(&sync->promised_ms); /* the operation that this interrupts */
	sync_promise(sync, SYNC_SLACK_MS);
	bool changed = serve_commands(sync);
	if (news & NEWS_STORE) {
		changed = store_has_changed(sync) || changed;
	}
	if (news & NEWS_FETCH) {
		fetch_drive(sync->fetch);
	}
	if (news & NEWS_FILES) {
		make_changed_files_due(sync);
	}
	if ((news & NEWS_BOARD) && !sync->leads) { /* the leader ignores its own writing */
		sync_board_read(sync);
		changed = true;
	}
	if (news & NEWS_NETWORK) {
		retry_failed(sync, false);
	}
	if (atomic_exchange(&sync->was_nudged, false)) {
		retry_failed(sync, true);
	}
	for (size_t i = 0; (news & NEWS_CLOCK) && i < sync->feed_count; i++) {
		sync_feed_make_due(&sync->feeds[i]); /* the window may have moved, and certificates may be valid now */
	}
	if (news & NEWS_ASKED) {
		sync_ask_take(sync);
	}
	if (news & NEWS_LOCK) {
		sync->lock_tries = FOLLOWER_LOCK_TRIES;
	}
	atomic_store(&sync->promised_ms, promised_ms);
	if (changed) {
		sync_publish(sync);
	}
	return !atomic_load(&sync->must_stop);
}

/* Without the thread no other news arrives. */
static bool drive_fetches(void *context)
{
	struct sync *sync = context;
	fetch_drive(sync->fetch);
	return true;
}

static void set_wait(struct sync *sync, bool is_threaded)
{
	sync->wait = (struct wait){.wake_fd = is_threaded ? news_fd(sync->news) : fetch_fd(sync->fetch),
				   .on_wake = is_threaded ? serve_news : drive_fetches,
				   .context = sync};
}

/* Returns the next due feed among those that are not being tried. */
static struct sync_feed *next_due(struct sync *sync)
{
	struct sync_feed *next = NULL;
	for (size_t i = 0; i < sync->feed_count; i++) {
		struct sync_feed *feed = &sync->feeds[i];
		if (!feed->is_asked && (!next || feed->due_ms < next->due_ms)) {
			next = feed;
		}
	}
	return next;
}

/* Returns the feed that was asked first. */
static struct sync_feed *next_ready(struct sync *sync)
{
	struct sync_feed *next = NULL;
	for (size_t i = 0; i < sync->feed_count; i++) {
		struct sync_feed *feed = &sync->feeds[i];
		if (sync_feed_is_ready(feed) && (!next || feed->tried_ms < next->tried_ms)) {
			next = feed;
		}
	}
	return next;
}

static bool is_any_asked(const struct sync *sync)
{
	bool is_any = false;
	for (size_t i = 0; i < sync->feed_count; i++) {
		is_any = is_any || sync->feeds[i].is_asked;
	}
	return is_any;
}

/* Returns false to stop. */
static bool finish_feed(struct sync *sync, struct sync_feed *feed)
{
	bool goes_on = sync_feed_finish(sync, feed);
	sync_promise(sync, SYNC_SLACK_MS);
	if (feed->is_due_again) {
		feed->due_ms = 0;
	}
	if (sync->cache_is_stale || sync->must_look) {
		store_has_changed(sync);
	}
	if (sync->entries_from_day != sync_today(sync) - SYNC_PAST_DAYS) {
		sync_load_entries(sync);
	}
	sync_follow_day(sync);
	if (goes_on) {
		sync_board_write(sync);
		sync_publish(sync);
		feed->owes_answer = feed->owes_answer && feed->is_due_again;
		sync_ask_answer(sync);
	}
	return goes_on;
}

/* Checks whether another program has written something, where the system reports no changes of files. */
static int64_t look_around(struct sync *sync)
{
	bool changed = store_has_changed(sync);
	sync_ask_take(sync);
	if (!sync->leads) {
		sync_board_read(sync);
		changed = true;
	}
	if (changed) {
		sync_publish(sync);
	}
	return sync_mono_ms(sync) + SYNC_DEAF_MS;
}

/* Asks every feed that is due and handles one answer, so that news is handled before the next. Returns when feeds next
 * need work; INT64_MAX never. */
static int64_t try_feeds(struct sync *sync)
{
	struct sync_feed *feed = next_due(sync);
	bool is_any_due = feed && feed->due_ms <= sync_mono_ms(sync);
	if (is_any_due && !sync->store_retry_ms) { /* otherwise it is tried with the probe, not with every try */
		sync_store_purge(sync);
	}
	while (feed && feed->due_ms <= sync_mono_ms(sync) && wait_serve(&sync->wait)) {
		sync_feed_begin(sync, feed);
		feed = next_due(sync);
	}
	for (size_t i = 0; i < sync->feed_count; i++) {
		sync_feed_go_on(sync, &sync->feeds[i]);
	}
	struct sync_feed *ready = next_ready(sync);
	if (ready) {
		finish_feed(sync, ready);
		return sync_mono_ms(sync);
	}
	return feed ? feed->due_ms : INT64_MAX;
}

/* Does whatever is due; returns when the next work is due, INT64_MAX never. */
static int64_t do_what_is_due(struct sync *sync)
{
	bool led = sync->leads;
	if (sync_lead_try(sync) && !led) {
		sync_lead_begin(sync);
		sync_ask_take(sync); /* it may have been put to the program that led before */
	}
	if (sync->store_retry_ms && sync_mono_ms(sync) >= sync->store_retry_ms) {
		sync_store_probe(sync);
		store_has_changed(sync);
		sync_publish(sync);
	}
	int64_t next_ms = sync->store_retry_ms ? sync->store_retry_ms : INT64_MAX;
	if (!news_hears_files(sync->news)) {
		int64_t look_ms = look_around(sync);
		next_ms = look_ms < next_ms ? look_ms : next_ms;
	}
	if (!sync->leads) {
		bool hopes = sync->lock_tries > 0;
		sync->lock_tries -= hopes;
		int64_t lock_ms = sync_mono_ms(sync) + FOLLOWER_LOCK_MS;
		return hopes && lock_ms < next_ms ? lock_ms : next_ms;
	}
	next_ms = small_min(next_ms, sync_share_work(sync));
	return small_min(next_ms, try_feeds(sync));
}

/* What has arrived while the cache was busy. */
static void look_again(struct sync *sync)
{
	while (sync->must_look && !atomic_load(&sync->must_stop)) {
		if (store_has_changed(sync)) {
			sync_publish(sync);
		}
	}
}

/* Returns when the next day begins, on which other days are shown; INT64_MAX when all are. */
static int64_t next_day_ms(const struct sync *sync)
{
	int64_t begins_utc = zone_day_start(sync->config->zone, sync_today(sync) + 1);
	int64_t left_s = begins_utc - clock_utc_s(sync->options.clock);
	return sync->options.shown_days_only ? sync_mono_ms(sync) + (left_s + 1) * 1000 : INT64_MAX;
}

/* Returns how long the worker sleeps when nothing arrives. A fetch becomes news before its time-out, or something is
 * wrong. */
static int64_t promise_for(const struct sync *sync, int64_t wait_ms)
{
	bool is_asked = is_any_asked(sync) || (sync->share && sync->share->is_asked);
	if (is_asked && (wait_ms < 0 || wait_ms > FETCH_TOTAL_MS)) {
		wait_ms = FETCH_TOTAL_MS;
	}
	return wait_ms < 0 ? -1 : wait_ms + SYNC_SLACK_MS;
}

static void *run(void *context)
{
	struct sync *sync = context;
	while (serve_news(sync)) {
		sync_promise(sync, SYNC_SLACK_MS);
		int64_t next_ms = do_what_is_due(sync);
		sync_follow_day(sync);
		look_again(sync);
		next_ms = small_min(next_ms, next_day_ms(sync));
		int64_t wait_ms = next_ms == INT64_MAX           ? -1
				  : next_ms > sync_mono_ms(sync) ? next_ms - sync_mono_ms(sync)
								 : 0;
		news_set_timer(sync->news, wait_ms);
		sync_promise(sync, promise_for(sync, wait_ms));
		if (!atomic_load(
			    &sync->must_stop)) { /* a fetch or read that was broken off has consumed the call already */
			news_wait(sync->news);
		}
	}
	sync_feeds_stop(sync);
	sync_share_stop(sync);
	atomic_store(&sync->promised_ms, INT64_MAX);
	return NULL;
}

bool sync_start(struct sync *sync, struct err *err)
{
	sigset_t all, before;
	assert(!sync->has_thread);
	sigfillset(&all);
	atomic_store(&sync->must_stop, false);
	sync->has_thread = true;
	set_wait(sync, true);
	pthread_sigmask(SIG_SETMASK, &all, &before); /* the main thread handles signals */
	int error = pthread_create(&sync->thread, NULL, run, sync);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (error != 0) {
		sync->has_thread = false;
		return err_set(err, "the worker could not be started: %s", strerror(error));
	}
	return true;
}

void sync_stop(struct sync *sync)
{
	if (sync->has_thread) {
		atomic_store(&sync->must_stop, true);
		news_call(sync->news);
		pthread_join(sync->thread, NULL);
		sync->has_thread = false;
	}
}

static void wait_ready(struct sync *sync, struct sync_feed *feed)
{
	while (!sync_feed_is_ready(feed)) {
		struct pollfd watch = {.fd = fetch_fd(sync->fetch), .events = POLLIN};
		if (poll(&watch, 1, -1) > 0) {
			fetch_drive(sync->fetch);
		}
		for (size_t i = 0; i < sync->feed_count; i++) {
			sync_feed_go_on(sync, &sync->feeds[i]);
		}
	}
}

static bool run_once(struct sync *sync, bool files_only,
		     void (*report)(void *context, const struct snapshot_feed *feed), void *context)
{
	bool all_good = true;
	assert(!sync->has_thread);
	set_wait(sync, false);
	if (sync_lead_try(sync)) {
		sync_lead_begin(sync);
	}
	all_good = files_only || sync_share_once(sync);
	for (size_t i = 0; i < sync->feed_count; i++) {
		if (sync->feeds[i].config->path || !files_only) {
			sync_feed_begin(sync, &sync->feeds[i]);
		}
	}
	for (size_t i = 0; i < sync->feed_count; i++) {
		struct sync_feed *feed = &sync->feeds[i];
		if (!feed->is_asked) {
			continue;
		}
		wait_ready(sync, feed);
		finish_feed(sync, feed);
		all_good = all_good && feed->trouble == FEED_TROUBLE_NONE;
		if (report) {
			struct snapshot_feed seen = sync_feed_seen(feed);
			report(context, &seen);
		}
	}
	return all_good;
}

bool sync_run_once(struct sync *sync, void (*report)(void *context, const struct snapshot_feed *feed), void *context)
{
	return run_once(sync, false, report, context);
}

bool sync_run_files(struct sync *sync)
{
	return run_once(sync, true, NULL, NULL);
}

struct snapshot_result sync_do(struct sync *sync, const struct command *command, struct err *err)
{
	assert(!sync->has_thread);
	struct snapshot_result result = sync_carry_out(sync, command, err);
	sync_publish(sync);
	return result;
}
