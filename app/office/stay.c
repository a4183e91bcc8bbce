/* See stay_private.h. Entries are grouped by booking, or by place for people without a booking. Within a group they
 * form a story in order of time: check-in, move, check-out. Entries that were undone are left out. */
#include "stay_private.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static bool has_booking(const struct journal_entry *entry)
{
	return entry->uid[0] != '\0';
}

static int compare_identity(const char *feed, const char *uid, const char *recurrence_id,
			    const struct journal_entry *entry)
{
	int order = strcmp(uid, entry->uid);
	if (order == 0) {
		order = strcmp(recurrence_id, entry->recurrence_id);
	}
	return order == 0 ? strcmp(feed, entry->feed) : order;
}

static int compare_story(const struct journal_entry *a, const struct journal_entry *b)
{
	if (!has_booking(a) && !has_booking(b)) {
		return strcmp(a->place, b->place);
	}
	return compare_identity(a->feed, a->uid, a->recurrence_id, b);
}

static int compare_entries(const void *a, const void *b)
{
	const struct journal_entry *left = *(const struct journal_entry *const *)a;
	const struct journal_entry *right = *(const struct journal_entry *const *)b;
	int order = compare_story(left, right);
	return order != 0 ? order : journal_entry_compare(left, right);
}

static int compare_tokens(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool is_among(const char *token, const char *const *sorted, size_t count)
{
	return bsearch(&token, sorted, count, sizeof(*sorted), compare_tokens) != NULL;
}

/* Collects the entries that still count, by story. */
static const struct journal_entry **standing_entries(struct arena *arena, const struct journal_entries *entries,
						     const char *also_undone, size_t *out_count)
{
	const char **undone = arena_alloc(arena, (entries->count + 1) * sizeof(*undone));
	const struct journal_entry **standing = arena_alloc(arena, (entries->count + 1) * sizeof(*standing));
	if (!undone || !standing) {
		return NULL;
	}
	size_t undone_count = 0, count = 0;
	if (also_undone[0]) {
		undone[undone_count++] = also_undone;
	}
	for (size_t i = 0; i < entries->count; i++) {
		if (entries->items[i].action == JOURNAL_UNDO) {
			undone[undone_count++] = entries->items[i].target;
		}
	}
	qsort(undone, undone_count, sizeof(*undone), compare_tokens);
	for (size_t i = 0; i < entries->count; i++) {
		const struct journal_entry *entry = &entries->items[i];
		if (entry->action != JOURNAL_UNDO && !is_among(entry->token, undone, undone_count)) {
			standing[count++] = entry;
		}
	}
	qsort(standing, count, sizeof(*standing), compare_entries);
	*out_count = count;
	return standing;
}

static void stay_begin(struct stays *stays, const struct journal_entry *entry)
{
	stays->items[stays->count++] = (struct stay){.entry = entry,
						     .seated = entry,
						     .first_utc = entry->at_utc,
						     .seated_utc = entry->at_utc,
						     .until_utc = entry->end_utc};
}

/* In a room with optional check-in a meeting can be ended although nobody checked in. */
static void stay_end(struct stays *stays, const struct journal_entry *entry)
{
	stay_begin(stays, entry);
	struct stay *stay = &stays->items[stays->count - 1];
	stay->until_utc = entry->at_utc;
	stay->left = entry;
	stay->is_end_only = true;
}

/* Extends a stay. When the booking was made longer since, the end that was known then may be past. */
static bool is_extension(const struct stay *open, const struct journal_entry *entry, bool goes_on)
{
	const struct journal_entry *before = open->entry;
	bool is_same = entry->action == before->action && strcmp(entry->place, before->place) == 0;
	return is_same && (entry->start_utc == before->start_utc || (goes_on && entry->action == JOURNAL_CHECK_IN));
}

/* Finds the stay without a booking that the entry is about. Two machines that were cut off from each other may have
 * given the place to two people. Older entries name none: they are about the last stay. */
static struct stay *open_drop_in(struct stays *stays, size_t story, const struct journal_entry *entry)
{
	for (size_t i = stays->count; i > story; i--) {
		struct stay *stay = &stays->items[i - 1];
		if (!stay->left && (!entry->target[0] || strcmp(stay->seated->token, entry->target) == 0)) {
			return stay;
		}
	}
	return NULL;
}

/* Returns whether the entry seats a second person at the place, on a machine that did not know of the first one. Its
 * name may be the same by mistake. Older entries that extend a stay do not name it, but begin when it does. */
static bool is_second_person(const struct stay *open, const struct journal_entry *entry)
{
	return !has_booking(entry) && entry->action == JOURNAL_DROP_IN && !entry->target[0] &&
	       (strcmp(entry->box, open->seated->box) != 0 ||
		(entry->box[0] && entry->start_utc != open->entry->start_utc));
}

/* Carries on the story that begins with the stay at `story`. */
static void tell_entry(struct stays *stays, size_t story, const struct journal_entry *entry)
{
	struct stay *last = stays->count > story ? &stays->items[stays->count - 1] : NULL;
	bool is_last_open = last && !last->left;
	struct stay *open = !has_booking(entry) ? open_drop_in(stays, story, entry) : is_last_open ? last : NULL;
	bool has_come = last && !last->is_end_only;
	bool goes_on = open && entry->at_utc < open->until_utc;
	if (goes_on && is_second_person(open, entry)) {
		stay_begin(stays, entry);
		return;
	}
	assert(entry->action != JOURNAL_UNDO); /* an action that belongs to no story */
	bool extends = open && is_extension(open, entry, goes_on);
	if (extends || (goes_on && entry->action == JOURNAL_CHECK_IN)) {
		open->seated_utc = extends ? open->seated_utc : entry->at_utc;
		open->seated = extends ? open->seated : entry;
		open->is_extended = extends;
		open->entry = entry;
		open->until_utc = entry->end_utc;
		return;
	}
	if (open && (goes_on || entry->action == JOURNAL_CHECK_OUT)) {
		open->until_utc = goes_on ? entry->at_utc : open->until_utc;
		open->left = entry;
	}
	if (entry->action != JOURNAL_CHECK_OUT) {
		stay_begin(stays, entry);
	} else if (!has_come && has_booking(entry)) {
		stay_end(stays, entry);
	}
}

/* Somebody without a booking who has moved here is gone from the place before. */
static void leave_old_place(struct stays *stays, const struct stay *moved)
{
	const struct journal_entry *entry = moved->seated;
	for (size_t i = 0; entry->target[0] && i < stays->count; i++) {
		struct stay *stay = &stays->items[i];
		if (strcmp(stay->seated->token, entry->target) == 0 && entry->at_utc < stay->until_utc) {
			stay->until_utc = entry->at_utc;
			stay->left = entry;
		}
	}
}

bool stays_from_entries(struct arena *arena, const struct journal_entries *entries, const char *also_undone,
			struct stays *out_stays)
{
	size_t count = 0;
	const struct journal_entry **standing = standing_entries(arena, entries, also_undone, &count);
	struct stays stays = {.items = arena_alloc(arena, (count + 1) * sizeof(*stays.items))};
	if (!standing || !stays.items) {
		return false;
	}
	size_t story = 0; /* the first stay of the current story */
	for (size_t i = 0; i < count; i++) {
		if (i > 0 && compare_story(standing[i - 1], standing[i]) != 0) {
			story = stays.count;
		}
		tell_entry(&stays, story, standing[i]);
	}
	for (size_t i = 0; i < stays.count; i++) {
		leave_old_place(&stays, &stays.items[i]);
	}
	*out_stays = stays;
	return true;
}

struct stay *stays_of_booking(const struct stays *stays, const char *feed, const char *uid, const char *recurrence_id,
			      size_t *out_count)
{
	size_t low = 0, high = stays->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (compare_identity(feed, uid, recurrence_id, stays->items[middle].entry) > 0) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	size_t count = 0;
	while (low + count < stays->count &&
	       compare_identity(feed, uid, recurrence_id, stays->items[low + count].entry) == 0) {
		count++;
	}
	*out_count = count;
	return &stays->items[low];
}

bool stays_are_of_one(const struct stay *a, const struct stay *b)
{
	return has_booking(a->entry) && compare_story(a->entry, b->entry) == 0;
}
