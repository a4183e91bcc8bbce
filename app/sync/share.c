/* See share_private.h. An exchange lists what the server has, receives what the journal lacks, delivers what the server
 * lacks, and removes what is too old. Nothing is remembered about what was delivered: the outbox is whatever the server
 * does not list. A server that was emptied or restored from an old backup is therefore filled again. */
#include "private.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/limits.h"
#include "ical/civil.h"
#include "ical/small.h"

enum { ANSWERS_A_TURN = 16 }; /* between two turns the worker serves commands */

bool sync_share_create(struct sync *sync, struct err *err)
{
	const struct config_share *config = &sync->config->share;
	if (!config->name) {
		return true;
	}
	struct share *share = calloc(1, sizeof(*share));
	if (share) {
		share->config = config;
		share->carrier =
			config->url ? dav_create(config, sync->fetch, sync->credentials_dir) : folder_create(config);
		share->is_stale = true;
		share->due_ms = sync_mono_ms(sync);
	}
	sync->share = share;
	return (share && share->carrier) || err_set(err, "out of memory");
}

void sync_share_destroy(struct sync *sync)
{
	struct share *share = sync->share;
	if (!share) {
		return;
	}
	sync_share_stop(sync);
	if (share->carrier) {
		share->carrier->kind->destroy(share->carrier);
	}
	nameset_clear(&share->there);
	nameset_clear(&share->known);
	nameset_clear(&share->refused);
	nameset_clear(&share->delivered);
	share_queue_clear(&share->wanted);
	share_queue_clear(&share->old);
	journal_entries_finish(&share->arrived);
	journal_entries_finish(&share->outbox);
	free(share->text);
	free(share);
	sync->share = NULL;
}

static bool is_open(const struct sync *sync)
{
	const struct config *config = sync->config;
	int64_t now_utc = clock_utc_s(sync->options.clock);
	int64_t day_utc = zone_day_start(config->zone, sync_today(sync));
	return now_utc >= day_utc + (config->opens_min - WAKE_BEFORE_OPENING_MIN) * 60 &&
	       now_utc < day_utc + config->closes_min * 60;
}

static void schedule(struct sync *sync, int64_t retry_after_s)
{
	struct share *share = sync->share;
	int64_t wait_ms = is_open(sync) ? SHARE_OPEN_MS : SHARE_CLOSED_MS;
	if (share->failures > 0) {
		unsigned doublings = share->failures < 4 ? share->failures - 1 : 3;
		wait_ms = small_min(wait_ms << doublings, SHARE_LONGEST_RETRY_MS);
	}
	share->due_ms = sync_mono_ms(sync) + small_max(wait_ms, retry_after_s * 1000);
	share->step = SHARE_IDLE;
}

/* Other programs and the screen learn of what has changed; of a mere agreement only now and then. */
static void publish(struct sync *sync, bool is_news)
{
	struct share *share = sync->share;
	int64_t now_ms = sync_mono_ms(sync);
	if (is_news || now_ms - share->board_ms >= SHARE_BOARD_MS || !share->was_published) {
		share->board_ms = now_ms;
		share->was_published = true;
		sync_board_write(sync);
	}
	if (is_news) {
		sync_publish(sync);
	}
}

/* The journal takes over what has arrived. */
static bool merge(struct sync *sync, struct err *err)
{
	struct share *share = sync->share;
	size_t added = 0;
	if (share->arrived.count == 0) {
		return true;
	}
	bool ok = sync->journal && journal_merge(sync->journal, &share->arrived, &added, err);
	char name[WIRE_NAME_SIZE];
	for (size_t i = 0; ok && i < share->arrived.count; i++) {
		wire_name(&share->arrived.items[i], name);
		ok = nameset_add(&share->known, name) || err_set(err, "out of memory");
	}
	journal_entries_finish(&share->arrived);
	if (!ok) {
		share->carrier->kind->forget(share->carrier);
	}
	if (!ok && sync->journal) {
		sync_store_failed(sync, err, false);
	}
	if (added > 0) {
		sync_load_entries(sync);
		sync_publish(sync);
	}
	return ok;
}

static void fail(struct sync *sync, const struct err *err, int64_t retry_after_s)
{
	struct share *share = sync->share;
	bool is_new = strcmp(share->message, err->text) != 0;
	struct err merge_err = {""};
	share->failures += share->failures < UINT32_MAX;
	snprintf(share->message, sizeof(share->message), "%s", err->text);
	/* What has arrived is kept; what of a list may have been lost is learned from a whole one. */
	if (share->step == SHARE_LISTING) {
		share->carrier->kind->forget(share->carrier);
	} else {
		merge(sync, &merge_err);
	}
	schedule(sync, retry_after_s);
	publish(sync, is_new);
}

static void end_well(struct sync *sync)
{
	struct share *share = sync->share;
	struct err remark = {""};
	if (share->has_twin) {
		err_set(&remark, "another machine also has the box \"%s\"; give each machine a box of its own",
			share->config->box);
	}
	bool is_new =
		strcmp(share->message, remark.text) != 0 || share->is_lost || share->failures > 0 || !share->agreed_utc;
	bool is_unfinished = !share_queue_is_empty(&share->wanted) || share->sent < share->outbox.count ||
			     !share_queue_is_empty(&share->old) || share->is_due_again;
	share->failures = 0;
	memcpy(share->message, remark.text, sizeof(share->message));
	share->is_lost = false;
	share->wants_ms = 0;
	share->agreed_utc = clock_utc_s(sync->options.clock);
	if (!share->complete_utc && !is_unfinished && clock_is_trusted(sync->options.clock)) {
		share->complete_utc = share->agreed_utc;
	}
	schedule(sync, 0);
	if (is_unfinished) {
		share->due_ms = 0;
	}
	share->is_due_again = false;
	publish(sync, is_new);
}

/* An entry whose time is not known gets that of its delivery, as soon as that is known. */
static bool stamp(struct sync *sync, const struct journal_entries *entries, struct err *err)
{
	const struct share *share = sync->share;
	int64_t now_utc = clock_is_trusted(sync->options.clock) ? clock_utc_s(sync->options.clock) : share->date_utc;
	for (size_t i = 0; now_utc && i < entries->count; i++) {
		const struct journal_entry *entry = &entries->items[i];
		if (entry->doubt == JOURNAL_DOUBTFUL && share_is_own(share, entry->box) &&
		    !journal_stamp(sync->journal, entry->token, now_utc, err)) {
			return false;
		}
	}
	return true;
}

static bool has_doubtful(const struct share *share, const struct journal_entries *entries)
{
	bool has = false;
	for (size_t i = 0; i < entries->count; i++) {
		has = has ||
		      (entries->items[i].doubt == JOURNAL_DOUBTFUL && share_is_own(share, entries->items[i].box));
	}
	return has;
}

/* Entries of other boxes are delivered only where the server has lost them. */
static bool must_send(const struct sync *sync, const struct journal_entry *entry, const char *name)
{
	const struct share *share = sync->share;
	bool is_young = entry->at_utc >= share_oldest_utc(sync) + DAY_S;
	return entry->box[0] && entry->doubt != JOURNAL_DOUBTFUL && !nameset_has(&share->there, name) &&
	       !nameset_has(&share->refused, name) &&
	       (share_is_own(share, entry->box) || (share->is_whole && is_young));
}

/* Splits the entries into what is to be delivered and the rest, of which only the names are kept. */
static bool sort_out(struct sync *sync, struct journal_entries *entries)
{
	struct share *share = sync->share;
	size_t kept = 0;
	bool ok = true;
	for (size_t i = 0; i < entries->count; i++) {
		struct journal_entry *entry = &entries->items[i];
		char name[WIRE_NAME_SIZE];
		wire_name(entry, name);
		ok = ok && nameset_add(&share->known, name);
		if (ok && must_send(sync, entry, name)) {
			struct journal_entry moved = *entry;
			*entry = (struct journal_entry){0};
			entries->items[kept++] = moved;
		} else {
			journal_entry_finish(entry);
		}
	}
	entries->count = kept;
	return ok;
}

/* Looks through the journal for what the server lacks. */
static bool fill_outbox(struct sync *sync, struct err *err)
{
	struct share *share = sync->share;
	struct journal_entries entries = {0};
	if (!share->is_stale && !share->is_whole) {
		return true;
	}
	int64_t since_utc = clock_is_trusted(sync->options.clock) ? share_oldest_utc(sync) : INT64_MIN;
	if (!sync->journal || !journal_read(sync->journal, since_utc, &entries, err)) {
		return sync->journal || err_set(err, "the journal is not open");
	}
	if (has_doubtful(share, &entries)) {
		bool ok = stamp(sync, &entries, err);
		journal_entries_finish(&entries);
		if (!ok || !journal_read(sync->journal, since_utc, &entries, err)) {
			return false;
		}
		sync_load_entries(sync);
	}
	nameset_clear(&share->known);
	bool ok = sort_out(sync, &entries) || err_set(err, "out of memory");
	journal_entries_finish(&share->outbox);
	share->outbox = entries;
	share->sent = 0;
	share->is_stale = !ok;
	return ok;
}

static bool ask(struct share *share, enum carrier_op op, const char *name, const char *text, struct err *err)
{
	share->is_asked = share->carrier->kind->begin(share->carrier, op, name, text, err);
	return share->is_asked;
}

/* Skips entries that cannot be shared. */
static bool ask_delivery(struct share *share, struct err *err)
{
	char name[WIRE_NAME_SIZE];
	while (share->sent < share->outbox.count && share->done < SHARE_PUT_MAX) {
		const struct journal_entry *entry = &share->outbox.items[share->sent];
		wire_name(entry, name);
		free(share->text);
		share->text = wire_write(entry);
		if (share->text) {
			return ask(share, CARRIER_PUT, name, share->text, err);
		}
		share_refuse(share, name);
		share->sent++;
	}
	return true;
}

/* Makes the step's next request; none when the step is done. */
static bool ask_next(struct sync *sync, struct err *err)
{
	struct share *share = sync->share;
	char name[WIRE_NAME_SIZE];
	switch (share->step) {
	case SHARE_LISTING:
		return ask(share, CARRIER_LIST, "", NULL, err);
	case SHARE_GETTING:
		return share_queue_is_empty(&share->wanted) || share->done >= SHARE_GET_MAX ||
		       ask(share, CARRIER_GET, share->wanted.names[share->wanted.first], NULL, err);
	case SHARE_COMPARING:
		wire_name(&share->outbox.items[share->sent], name);
		return ask(share, CARRIER_GET, name, NULL, err);
	case SHARE_PUTTING:
		return ask_delivery(share, err);
	case SHARE_REMOVING:
		return share_queue_is_empty(&share->old) || share->done >= SHARE_REMOVE_MAX ||
		       ask(share, CARRIER_REMOVE, share->old.names[share->old.first], NULL, err);
	case SHARE_IDLE:
		break;
	}
	return true;
}

/* Goes to the next step whenever the present one is done, until something is asked or the exchange is over. */
static bool advance(struct sync *sync, struct err *err)
{
	struct share *share = sync->share;
	while (!share->is_asked && share->step != SHARE_IDLE) {
		enum share_step step = share->step;
		if (!ask_next(sync, err)) {
			return false;
		}
		if (share->is_asked) {
			break;
		}
		share->done = 0;
		if (step == SHARE_GETTING) {
			if (!merge(sync, err) || !fill_outbox(sync, err)) {
				return false;
			}
			share->step = SHARE_PUTTING;
		} else if (step == SHARE_PUTTING) {
			share->step = SHARE_REMOVING;
		} else if (step == SHARE_REMOVING) {
			end_well(sync);
		}
	}
	return true;
}

/* What the journal has need not be received. */
static bool learn_known(struct sync *sync, struct err *err)
{
	struct share *share = sync->share;
	struct journal_entries entries = {0};
	char name[WIRE_NAME_SIZE];
	int64_t since_utc = clock_is_trusted(sync->options.clock) ? share_oldest_utc(sync) : INT64_MIN;
	if (!share->is_stale) {
		return true;
	}
	bool ok = sync->journal ? journal_read(sync->journal, since_utc, &entries, err)
				: err_set(err, "the journal is not open");
	for (size_t i = 0; ok && i < entries.count; i++) {
		wire_name(&entries.items[i], name);
		ok = nameset_add(&share->known, name) || err_set(err, "out of memory");
	}
	journal_entries_finish(&entries);
	return ok;
}

static bool begin_exchange(struct sync *sync, struct err *err)
{
	struct share *share = sync->share;
	share->step = SHARE_LISTING;
	share->done = 0;
	share->is_whole = false;
	share->is_due_again = false;
	share->tried_utc = clock_utc_s(sync->options.clock);
	share->tried_ms = sync_mono_ms(sync);
	share->wants_ms = share->wants_ms ? share->wants_ms : sync_mono_ms(sync);
	bool is_day_new = share->listed_day != sync_today(sync); /* what became too old is found in a whole list */
	if (is_day_new || share->tried_ms - share->listed_ms >= SHARE_WHOLE_MS) {
		share->carrier->kind->forget(share->carrier);
		nameset_clear(&share->refused); /* what could not be used is looked at again */
		share->spoilt = 0;
		share->listed_ms = share->tried_ms;
	}
	return learn_known(sync, err);
}

/* Returns when the screen has to show that the others cannot be reached, if nothing changes. */
static int64_t watch_contact(struct sync *sync)
{
	struct share *share = sync->share;
	if (!share->wants_ms || share->is_lost) {
		return INT64_MAX;
	}
	int64_t lost_ms = share->wants_ms + SHARE_LOST_MS;
	if (sync_mono_ms(sync) >= lost_ms) {
		share->is_lost = true;
		publish(sync, true);
		return INT64_MAX;
	}
	return lost_ms;
}

/* An object at which exchanges end again and again must not keep back the others, nor what is to be delivered. */
static void give_up_on(struct share *share, const struct carrier_answer *answer)
{
	if (share->step == SHARE_PUTTING && answer->outcome == CARRIER_FAILED) {
		share_put_last(share);
	}
	if (share->step != SHARE_GETTING) {
		return;
	}
	share->stuck = answer->outcome == CARRIER_FAILED ? share->stuck + 1 : 0;
	if (share->stuck == SHARE_STUCK_MAX) {
		share->stuck = 0;
		share_refuse(share, share->wanted.names[share->wanted.first++]);
	}
}

/* Returns false when there is nothing more to do now. */
static bool take_turn(struct sync *sync)
{
	struct share *share = sync->share;
	struct err err = {""};
	struct carrier_answer answer = {0};
	if (share->step == SHARE_IDLE) {
		if (sync_mono_ms(sync) < share->due_ms) {
			return false;
		}
		if (!begin_exchange(sync, &err)) {
			fail(sync, &err, 0);
			return false;
		}
	}
	if (!share->is_asked) {
		if (!advance(sync, &err)) {
			fail(sync, &err, 0);
		}
		return share->step != SHARE_IDLE || share->due_ms == 0;
	}
	if (!share->carrier->kind->is_ready(share->carrier)) {
		return false;
	}
	share->is_asked = false;
	share->carrier->kind->finish(share->carrier, &answer, &err);
	give_up_on(share, &answer);
	if (answer.outcome == CARRIER_FAILED || !share_take_answer(sync, &answer, &err)) {
		fail(sync, &err, answer.retry_after_s);
	}
	carrier_answer_finish(&answer);
	return true;
}

int64_t sync_share_work(struct sync *sync)
{
	struct share *share = sync->share;
	if (!share || !sync->leads) {
		return INT64_MAX;
	}
	for (int i = 0; i < 2 * ANSWERS_A_TURN; i++) {
		if (!take_turn(sync)) {
			int64_t lost_ms = watch_contact(sync);
			int64_t due_ms = share->step == SHARE_IDLE ? share->due_ms : INT64_MAX;
			return small_min(due_ms, lost_ms);
		}
	}
	watch_contact(sync);
	return sync_mono_ms(sync);
}

void sync_share_stop(struct sync *sync)
{
	if (sync->share && sync->share->carrier) {
		sync->share->carrier->kind->stop(sync->share->carrier);
		sync->share->is_asked = false;
		sync->share->step = SHARE_IDLE;
	}
}

bool sync_share_once(struct sync *sync)
{
	struct share *share = sync->share;
	uint32_t failures = 0;
	if (!share) {
		return true;
	}
	failures = share->failures;
	share->due_ms = 0;
	int64_t next_ms = sync_share_work(sync);
	while (share->step != SHARE_IDLE ||
	       (share->failures <= failures && share->due_ms == 0 && next_ms <= sync_mono_ms(sync))) {
		struct pollfd watch = {.fd = fetch_fd(sync->fetch), .events = POLLIN};
		if (share->is_asked && !share->carrier->kind->is_ready(share->carrier) && poll(&watch, 1, -1) > 0) {
			fetch_drive(sync->fetch);
		}
		next_ms = sync_share_work(sync);
	}
	return share->failures <= failures;
}
