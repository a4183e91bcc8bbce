/* What is made of the carrier's answers: lists of names, check-ins of other machines, and whether one's own have been
 * delivered. Nothing here asks for anything. */
#include "private.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/limits.h"
#include "ical/civil.h"

bool share_is_own(const struct share *share, const char *box)
{
	return strcmp(box, share->config->box) == 0;
}

static bool queue_add(struct share_queue *queue, const char *name)
{
	if (queue->first == queue->count) {
		queue->first = queue->count = 0;
	}
	if (queue->count == queue->capacity) {
		size_t capacity = queue->capacity ? queue->capacity * 2 : 64;
		void *grown = realloc(queue->names, capacity * sizeof(*queue->names));
		if (!grown) {
			return false;
		}
		queue->names = grown;
		queue->capacity = capacity;
	}
	snprintf(queue->names[queue->count++], WIRE_NAME_SIZE, "%s", name);
	return true;
}

void share_queue_clear(struct share_queue *queue)
{
	free(queue->names);
	*queue = (struct share_queue){0};
}

bool share_queue_is_empty(const struct share_queue *queue)
{
	return queue->first == queue->count;
}

static int32_t oldest_day(const struct sync *sync)
{
	return sync_today(sync) - sync->config->retention_days;
}

int64_t share_oldest_utc(const struct sync *sync)
{
	return zone_day_start(sync->config->zone, oldest_day(sync));
}

void share_refuse(struct share *share, const char *name)
{
	share->spoilt++;
	if (share->refused.count < SHARE_REFUSED_MAX) {
		nameset_add(&share->refused, name);
	}
}

void share_put_last(struct share *share)
{
	struct journal_entry *items = share->outbox.items, first = items[share->sent];
	size_t others = share->outbox.count - share->sent - 1;
	memmove(&items[share->sent], &items[share->sent + 1], others * sizeof(*items));
	items[share->sent + others] = first;
}

/* Names hold the day in UTC, so that a day more is left. */
static bool take_item(struct sync *sync, const struct carrier_item *item)
{
	struct share *share = sync->share;
	struct wire_name parts;
	int32_t oldest = oldest_day(sync) - 1;
	if (item->is_gone) {
		nameset_remove(&share->there, item->name);
		share->is_stale = true;
		return true;
	}
	if (nameset_has(&share->there, item->name)) {
		share->is_odd = share->is_odd || !nameset_has(&share->delivered, item->name);
		nameset_remove(&share->delivered, item->name);
		return true; /* it was seen already, and no object changes */
	}
	if (!nameset_add(&share->there, item->name) || !wire_name_read(item->name, &parts)) {
		return false;
	}
	bool is_trusted = clock_is_trusted(sync->options.clock);
	/* Deleting cannot be undone, so no clock decides about it, but the time that is certain. */
	int32_t certain = zone_day(sync->config->zone, sync_certain_utc(sync)) - sync->config->retention_days - 1;
	bool is_old = parts.day < certain - (share_is_own(share, parts.box) ? 0 : SHARE_OTHERS_DAYS);
	if (share->is_whole && is_old) {
		return queue_add(&share->old, item->name);
	}
	bool is_late = parts.day < oldest || parts.day > sync_today(sync) + SHARE_AHEAD_DAYS;
	if ((is_late && is_trusted) || nameset_has(&share->known, item->name) ||
	    nameset_has(&share->refused, item->name)) {
		return true;
	}
	return queue_add(&share->wanted, item->name);
}

static bool take_list(struct sync *sync, const struct carrier_answer *answer, struct err *err)
{
	struct share *share = sync->share;
	if (answer->is_whole && !share->is_whole) { /* its first part */
		share->is_whole = share->was_listed = true;
		share->listed_day = sync_today(sync);
		share->foreign = 0;
		nameset_clear(&share->there);
		nameset_clear(&share->delivered);
		share_queue_clear(&share->wanted);
		share_queue_clear(&share->old);
	}
	share->foreign += answer->foreign;
	for (size_t i = 0; i < answer->count; i++) {
		const struct carrier_item *item = &answer->items[i];
		bool is_new = !item->is_gone && !nameset_has(&share->there, item->name);
		bool is_full = share->there.count >= SHARE_NAMES_MAX ||
			       share->wanted.count - share->wanted.first >= SHARE_NAMES_MAX;
		if (is_new && is_full) {
			return err_set(err, "more than %d check-ins are there; check who writes into the collection",
				       SHARE_NAMES_MAX);
		}
		if (!take_item(sync, item)) {
			return err_set(err, "out of memory");
		}
	}
	return true;
}

/* No object changes. A server that names one as changed has lost count, as after a restore from a backup, and has
 * listed what it has, or it may have lost some. */
static bool is_to_be_listed_again(struct share *share, const struct carrier_answer *answer)
{
	bool is_odd = share->is_odd && !share->is_whole && answer->outcome == CARRIER_DONE;
	if (answer->outcome == CARRIER_DONE) {
		share->is_odd = false;
	}
	if (is_odd) {
		share->carrier->kind->forget(share->carrier);
	}
	return is_odd || answer->outcome == CARRIER_MORE;
}

static bool keep_arrived(struct share *share, const struct journal_entry *entry)
{
	struct journal_entries *list = &share->arrived;
	if (list->count == list->capacity) {
		size_t capacity = list->capacity ? list->capacity * 2 : 16;
		struct journal_entry *grown = realloc(list->items, capacity * sizeof(*grown));
		if (!grown) {
			return false;
		}
		list->items = grown;
		list->capacity = capacity;
	}
	list->items[list->count++] = *entry;
	return true;
}

/* What a box wrote before it was installed anew comes back in the first exchange. Later entries under its name, which
 * are not of this program, are those of another machine. */
static bool is_of_twin(const struct sync *sync, const struct journal_entry *entry)
{
	const struct share *share = sync->share;
	char run[20];
	int length = snprintf(run, sizeof(run), "%016" PRIx64 "-", sync->run);
	return share->complete_utc && entry->at_utc > share->complete_utc && share_is_own(share, entry->box) &&
	       strncmp(entry->token, run, (size_t)length) != 0;
}

/* An entry that is older than what is kept would be purged at once. */
static bool take_object(struct sync *sync, const struct carrier_answer *answer, struct err *err)
{
	struct share *share = sync->share;
	const char *name = share->wanted.names[share->wanted.first++];
	struct journal_entry entry;
	const char *reason = "";
	if (answer->outcome == CARRIER_GONE) {
		nameset_remove(&share->there, name);
		return true;
	}
	if (!wire_read(name, answer->body, answer->length, &entry, &reason)) {
		share_refuse(share, name);
		return reason || err_set(err, "out of memory");
	}
	bool is_old = entry.at_utc < share_oldest_utc(sync) && clock_is_trusted(sync->options.clock);
	if (is_old) {
		journal_entry_finish(&entry);
		return true;
	}
	share->has_twin = share->has_twin || is_of_twin(sync, &entry);
	if (!keep_arrived(share, &entry)) {
		journal_entry_finish(&entry);
		return err_set(err, "out of memory");
	}
	return true;
}

static bool is_same(const struct journal_entry *a, const struct journal_entry *b)
{
	return strcmp(a->token, b->token) == 0 && strcmp(a->place, b->place) == 0 && strcmp(a->feed, b->feed) == 0 &&
	       strcmp(a->uid, b->uid) == 0 && strcmp(a->recurrence_id, b->recurrence_id) == 0 &&
	       strcmp(a->label, b->label) == 0 && strcmp(a->target, b->target) == 0 && a->at_utc == b->at_utc &&
	       a->action == b->action && a->start_utc == b->start_utc && a->end_utc == b->end_utc;
}

/* The object that stands where an entry was to be delivered: nearly always an earlier delivery of the same. */
static bool take_comparison(struct sync *sync, const struct carrier_answer *answer, struct err *err)
{
	struct share *share = sync->share;
	const struct journal_entry *own = &share->outbox.items[share->sent];
	struct journal_entry entry;
	const char *reason = "";
	char name[WIRE_NAME_SIZE];
	wire_name(own, name);
	share->step = SHARE_PUTTING;
	if (answer->outcome == CARRIER_GONE) { /* it is delivered again, in another exchange */
		share_put_last(share);
		return err_set(err, "a check-in is there and is not there; ask who runs the server");
	}
	share->sent++;
	if (!nameset_add(&share->there, name) || !nameset_add(&share->delivered, name)) {
		return err_set(err, "out of memory");
	}
	bool is_read = wire_read(name, answer->body, answer->length, &entry, &reason);
	bool is_delivered = is_read && is_same(&entry, own);
	if (is_read) {
		journal_entry_finish(&entry);
	}
	if (!is_delivered && reason) {
		share->spoilt++;
	}
	return reason || err_set(err, "out of memory");
}

static bool take_delivery(struct share *share, const struct carrier_answer *answer, struct err *err)
{
	char name[WIRE_NAME_SIZE];
	wire_name(&share->outbox.items[share->sent], name);
	if (answer->outcome == CARRIER_TAKEN) {
		share->step = SHARE_COMPARING;
		return true;
	}
	if (answer->outcome != CARRIER_DONE) {
		return err_set(err, "the collection is not there; check the share's url");
	}
	share->sent++;
	return (nameset_add(&share->there, name) && nameset_add(&share->delivered, name)) ||
	       err_set(err, "out of memory");
}

bool share_take_answer(struct sync *sync, struct carrier_answer *answer, struct err *err)
{
	struct share *share = sync->share;
	share->done++;
	share->date_utc = answer->date_utc ? answer->date_utc : share->date_utc;
	switch (share->step) {
	case SHARE_LISTING:
		if (!take_list(sync, answer, err)) {
			return false;
		}
		share->step = is_to_be_listed_again(share, answer) ? SHARE_LISTING : SHARE_GETTING;
		break;
	case SHARE_GETTING:
		return take_object(sync, answer, err);
	case SHARE_COMPARING:
		return take_comparison(sync, answer, err);
	case SHARE_PUTTING:
		return take_delivery(share, answer, err);
	case SHARE_REMOVING:
		nameset_remove(&share->there, share->old.names[share->old.first++]);
		break;
	case SHARE_IDLE:
		break;
	}
	return true;
}
