/* The worker's databases: reads snapshots from them, writes commands to them, and handles a failing disk. A database
 * that cannot be opened or written is tried again as long as the program runs. */
#include "private.h"

#include "app/office/office.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void add_message(char *text, size_t size, const char *more)
{
	size_t used = strlen(text);
	if (*more && !strstr(text, more)) {
		snprintf(text + used, size - used, "%s%s", used > 0 ? "; " : "", more);
	}
}

void sync_store_failed(struct sync *sync, const struct err *err, bool is_journal)
{
	snprintf(sync->failed_message, sizeof(sync->failed_message), "%s", err->text);
	sync->journal_ok = sync->journal_ok && !is_journal;
	sync->store_retry_ms = clock_mono_ms(sync->options.clock) + SYNC_STORE_RETRY_MS;
}

/* Many rows are not to keep a command waiting. Where the cache is not busy, something short is done with it, for which
 * not everything else is ready for what may come. */
static void on_pause(void *context)
{
	struct sync *sync = context;
	if (sync->cache_is_busy) {
		wait_serve(&sync->wait);
	}
}

static void open_cache(struct sync *sync)
{
	struct err err = {""};
	switch (cache_open(sync->state_dir, sync->identity, &sync->cache, &err)) {
	case CACHE_FAILED:
		sync_store_failed(sync, &err, false);
		return;
	case CACHE_REBUILT:
		add_message(sync->opened_message, sizeof(sync->opened_message), err.text);
		break;
	case CACHE_OPENED:
	case CACHE_CREATED:
		break;
	}
	sync_load_cache(sync); /* a command may have come for that */
	cache_set_pause(sync->cache, on_pause, sync);
}

static void open_journal(struct sync *sync)
{
	struct err err = {""};
	enum journal_opened opened = journal_open(sync->state_dir, sync->identity, &sync->journal, &err);
	if (opened == JOURNAL_FAILED) {
		sync_store_failed(sync, &err, true);
		return;
	}
	if (opened == JOURNAL_SALVAGED) {
		add_message(sync->opened_message, sizeof(sync->opened_message), err.text);
	}
	sync->journal_ok = true;
	if (!sync_share_adopt(sync, &err)) {
		sync_store_failed(sync, &err, true);
	}
	sync_load_entries(sync);
	sync_certain_open(sync);
}

/* Without it no booking can be named. */
static bool open_identity(struct sync *sync)
{
	struct err err = {""};
	char secret[ADDRESS_PASSWORD_MAX] = "";
	/* A command that somebody runs by hand does not see the secret; the service has left the key in its file. */
	bool sees_secrets = sync->share && sync->credentials_dir;
	bool has_secret = sees_secrets && sync_share_secret(sync, secret, &err);
	if (sees_secrets && !has_secret) {
		add_message(sync->opened_message, sizeof(sync->opened_message), err.text);
		err.text[0] = '\0';
	}
	sync->identity = identity_open(sync->state_dir, has_secret ? secret : NULL, &err);
	explicit_bzero(secret, sizeof(secret));
	if (sync->identity) {
		add_message(sync->opened_message, sizeof(sync->opened_message), err.text);
	} else {
		sync_store_failed(sync, &err, true);
	}
	return sync->identity;
}

void sync_store_open(struct sync *sync)
{
	if (!sync->identity && !open_identity(sync)) {
		return;
	}
	if (!sync->cache) {
		open_cache(sync);
	}
	if (!sync->journal) {
		open_journal(sync);
	}
}

void sync_store_close(struct sync *sync)
{
	cache_close(sync->cache);
	journal_close(sync->journal);
	identity_close(sync->identity);
	sync->cache = NULL;
	sync->journal = NULL;
	sync->identity = NULL;
}

void sync_restore_lost(struct sync *sync)
{
	struct err err = {""};
	bool was_busy = sync_use_cache(sync, true);
	if (sync->cache && !sync_write_lost(sync, &err)) {
		sync_store_failed(sync, &err, false);
	}
	sync_use_cache(sync, was_busy);
}

bool sync_load_cache(struct sync *sync)
{
	struct err err = {""};
	bool was_busy = sync_use_cache(sync, true);
	bool ok = sync->cache && sync_read_cache(sync, &err);
	sync_use_cache(sync, was_busy);
	if (sync->cache && !ok) {
		sync->cache_is_stale = true;
		sync_store_failed(sync, &err, false);
	}
	return ok;
}

void sync_follow_day(struct sync *sync)
{
	if (sync->options.shown_days_only && sync->cache && sync->shown_day != sync_today(sync)) {
		sync->cache_is_stale = !sync_load_cache(sync);
		sync_publish(sync);
	}
}

bool sync_load_entries(struct sync *sync)
{
	struct snapshot_part *part = snapshot_part_create();
	struct err err = {"out of memory"};
	int32_t from_day = sync_today(sync) - SYNC_PAST_DAYS;
	int64_t since_utc = zone_day_start(sync->config->zone, from_day);
	if (!sync->journal || !part || !journal_read(sync->journal, since_utc, &part->entries, &err)) {
		if (sync->journal) {
			sync_store_failed(sync, &err, true);
		}
		snapshot_part_unref(part);
		return false;
	}
	snapshot_part_unref(sync->entries);
	sync->entries = part;
	sync->entries_from_day = from_day;
	return true;
}

struct snapshot_feed sync_feed_seen(const struct sync_feed *feed)
{
	return (struct snapshot_feed){.name = feed->config->name,
				      .agreed_utc = feed->known.agreed_utc,
				      .from_day = feed->known.from_day,
				      .to_day = feed->known.to_day,
				      .tried_utc = feed->tried_utc,
				      .next_utc = feed->next_utc,
				      .changed_utc = feed->known.changed_utc,
				      .skipped = feed->known.skipped,
				      .failures = feed->failures,
				      .trouble = feed->trouble,
				      .notes = (char *)(uintptr_t)feed->notes,
				      .message = (char *)(uintptr_t)feed->message};
}

static bool fill_feeds(const struct sync *sync, struct snapshot *snapshot)
{
	snapshot->feeds = calloc(sync->feed_count + 1, sizeof(*snapshot->feeds));
	if (!snapshot->feeds) {
		return false;
	}
	for (size_t i = 0; i < sync->feed_count; i++) {
		struct snapshot_feed *feed = &snapshot->feeds[i];
		*feed = sync_feed_seen(&sync->feeds[i]);
		feed->name = strdup(feed->name);
		feed->notes = strdup(feed->notes);
		feed->message = strdup(feed->message);
		snapshot->feed_count++;
		if (!feed->name || !feed->notes || !feed->message) {
			return false;
		}
	}
	return true;
}

static char *store_message(const struct sync *sync)
{
	char text[3 * ERR_TEXT_MAX] = "";
	add_message(text, sizeof(text), sync->opened_message);
	add_message(text, sizeof(text), sync->cache ? cache_notice(sync->cache) : "");
	add_message(text, sizeof(text), sync->journal ? journal_notice(sync->journal) : "");
	add_message(text, sizeof(text), sync->failed_message);
	return strdup(text);
}

static struct snapshot *make_snapshot(struct sync *sync)
{
	struct snapshot *snapshot = snapshot_create();
	if (!snapshot) {
		return NULL;
	}
	free(snapshot->store_message);
	snapshot->store_message = store_message(sync);
	if (!snapshot->store_message || !fill_feeds(sync, snapshot)) {
		snapshot_unref(snapshot);
		return NULL;
	}
	snapshot->rows_part = snapshot_part_ref(sync->rows);
	snapshot->rows = sync->rows->rows;
	snapshot->entries_part = snapshot_part_ref(sync->entries);
	snapshot->entries = sync->entries->entries;
	memcpy(snapshot->results, sync->results, sizeof(snapshot->results));
	snapshot->result_count = sync->result_count;
	snapshot->share = sync_share_seen(sync);
	snapshot->journal_ok = sync->journal_ok;
	snapshot->certain_utc = settled_until(&sync->settled, clock_utc_s(sync->options.clock));
	snapshot->serial = ++sync->serial;
	return snapshot;
}

void sync_publish(struct sync *sync)
{
	struct snapshot *fresh = make_snapshot(sync);
	if (!fresh) {
		return; /* memory ran out, so the old snapshot stays */
	}
	pthread_mutex_lock(&sync->mutex);
	struct snapshot *old = sync->latest;
	sync->latest = fresh;
	pthread_mutex_unlock(&sync->mutex);
	snapshot_unref(old);
	if (sync->options.on_publish) {
		sync->options.on_publish(sync->options.context);
	}
}

/* The arguments of the rules, which are asked while the journal's lock is held. */
struct question {
	const struct sync *sync;
	struct office_input input;
	const struct command *command;
	enum office_verdict verdict;
	int64_t standing;           /* OFFICE_ALREADY: the entry that made it so */
	struct journal_entry entry; /* what is written; only its token is known before `plan` */
};

/* The entry, too, is planned while the lock is held: what it has to hold may depend on what another program has written
 * since the last look. */
static bool plan(void *context, const struct journal_entries *so_far)
{
	struct question *question = context;
	struct journal_entry planned;
	question->input.entries = so_far;
	question->verdict =
		office_plan(&question->input, question->command, question->entry.token, &question->standing, &planned);
	if (question->verdict != OFFICE_ALLOWED) {
		return false;
	}
	if (!sync_share_sign(question->sync, &planned)) {
		question->verdict = OFFICE_NO_MEMORY;
		journal_entry_finish(&planned);
		return false;
	}
	journal_entry_finish(&question->entry);
	question->entry = planned;
	return true;
}

static struct question ask(struct sync *sync, struct snapshot_feed *feeds, const struct command *command)
{
	for (size_t i = 0; i < sync->feed_count; i++) {
		feeds[i] = sync_feed_seen(&sync->feeds[i]);
	}
	return (struct question){.sync = sync,
				 .input = {.config = sync->config,
					   .rows = &sync->rows->rows,
					   .spans = sync->rows->spans,
					   .span_count = sync->rows->span_count,
					   .entries = &sync->entries->entries,
					   .feeds = feeds,
					   .feed_count = sync->feed_count,
					   .now_utc = clock_utc_s(sync->options.clock),
					   .is_trusted = clock_is_trusted(sync->options.clock)},
				 .command = command};
}

static struct snapshot_result refuse(const struct question *question, struct err *err)
{
	if (question->verdict == OFFICE_ALREADY) {
		return (struct snapshot_result){question->command->number, JOURNAL_REPEATED, question->standing};
	}
	err_set(err, "%s", office_verdict_text(question->verdict));
	return (struct snapshot_result){question->command->number, JOURNAL_REFUSED, 0};
}

static struct snapshot_result append(struct sync *sync, struct question *question, struct err *err)
{
	struct snapshot_result result = {question->command->number, JOURNAL_NOT_SAVED, 0};
	int64_t since_utc = zone_day_start(sync->config->zone, sync_today(sync) - SYNC_PAST_DAYS);
	if (asprintf(&question->entry.token, "%016" PRIx64 "-%" PRIu64, sync->run, question->command->number) < 0) {
		question->entry.token = NULL;
		err_set(err, "out of memory");
		return result;
	}
	result.outcome = journal_append(sync->journal, &question->entry, since_utc, plan, question, &result.entry, err);
	journal_entry_finish(&question->entry);
	if (result.outcome == JOURNAL_REFUSED) {
		result = refuse(question, err);
	}
	return result;
}

static void note_result(struct sync *sync, struct snapshot_result result)
{
	if (sync->result_count == SYNC_RESULTS_MAX) {
		memmove(sync->results, sync->results + 1, (SYNC_RESULTS_MAX - 1) * sizeof(sync->results[0]));
		sync->result_count--;
	}
	sync->results[sync->result_count++] = result;
}

static bool is_kept(const struct sync *sync, const char *name)
{
	bool is_found = false;
	for (size_t i = 0; i < sync->rows->rows.count && !is_found; i++) {
		is_found = strcmp(sync->rows->rows.items[i].uid, name) == 0;
	}
	return is_found;
}

/* Replaces the first `length` bytes of the id, if they are the UID of a booking. */
static bool replace_uid(struct sync *sync, char *id, size_t size, size_t length)
{
	char name[IDENTITY_NAME_SIZE], rest[VISIT_ID_MAX];
	snprintf(rest, sizeof(rest), "%s", id + length);
	id[length] = '\0';
	bool is_uid =
		identity_name(sync->identity, id, name) && is_kept(sync, name) && strlen(name) + strlen(rest) < size;
	if (is_uid) {
		strcpy(id, name);
	}
	strcat(id, rest);
	return is_uid;
}

void sync_name_booking(struct sync *sync, char *id, size_t size)
{
	const char *last = strrchr(id, '@');
	if (sync->identity && id[0] && !replace_uid(sync, id, size, strlen(id)) && last) {
		replace_uid(sync, id, size, (size_t)(last - id));
	}
}

struct snapshot_result sync_carry_out(struct sync *sync, const struct command *asked, struct err *err)
{
	struct command own = *asked;
	const struct command *command = &own;
	struct snapshot_result result = {command->number, JOURNAL_NOT_SAVED, 0};
	struct snapshot_feed *feeds = calloc(sync->feed_count + 1, sizeof(*feeds));
	sync_store_open(sync);
	sync_name_booking(sync, own.id, sizeof(own.id));
	if (sync->journal && journal_changed(sync->journal)) {
		sync_load_entries(sync);
	}
	if (!feeds) {
		err_set(err, "out of memory");
	} else if (!sync->journal) {
		err_set(err, "%s", sync->failed_message);
	} else {
		struct question question = ask(sync, feeds, command);
		question.verdict = office_judge(&question.input, command, &question.standing);
		result = question.verdict == OFFICE_ALLOWED ? append(sync, &question, err) : refuse(&question, err);
	}
	free(feeds);
	if (result.outcome == JOURNAL_NOT_SAVED) {
		sync_store_failed(sync, err, true);
	} else if (result.outcome == JOURNAL_APPENDED) {
		sync->journal_ok = true;
		sync->failed_message[0] = '\0';
		sync_share_hurry(sync);
	}
	sync_load_entries(sync);
	note_result(sync, result);
	return result;
}
