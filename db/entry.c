/* See entry.h. */
#include "entry.h"

#include <stdlib.h>
#include <string.h>

#include "ical/sum.h"
#include "limits.h"

uint64_t entry_sum(const struct journal_entry *entry)
{
	const char *const texts[] = {entry->token, entry->place,         entry->feed,
				     entry->uid,   entry->recurrence_id, entry->label};
	const int64_t numbers[] = {entry->id,        entry->at_utc,  entry->action,
				   entry->start_utc, entry->end_utc, entry->undoes_id};
	uint64_t sum = sum_start();
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		sum = sum_text(sum, texts[i]);
	}
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		sum = sum_int(sum, numbers[i]);
	}
	/* Rows of older schemas had no more than that. The texts come last, so that no two rows give the same bytes.
	 */
	const char *undone = entry->undoes_id ? "" : entry->target;
	if (entry->box[0] || entry->seq || entry->doubt || undone[0]) {
		sum = sum_text(sum_int(sum_int(sum, entry->seq), entry->doubt), entry->box);
		sum = sum_text(sum, undone);
	}
	return sum;
}

bool entry_read(struct store *store, enum stmt_id id, struct journal_entry *entry, struct err *err)
{
	bool has_id = store_int(store, id, 11) != 0;
	const struct {
		int column;
		char **out;
	} texts[] = {
		{1, &entry->token},         {4, &entry->place}, {5, &entry->feed}, {6, &entry->uid},
		{7, &entry->recurrence_id}, {8, &entry->label}, {13, &entry->box}, {has_id ? 17 : 16, &entry->target}};
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		const char *text = store_text(store, id, texts[i].column);
		*texts[i].out = text ? strdup(text) : NULL;
		if (!*texts[i].out) {
			return err_set(err, "out of memory");
		}
	}
	entry->id = store_int(store, id, 0);
	entry->at_utc = store_int(store, id, 2);
	entry->action = (enum journal_action)store_int(store, id, 3);
	entry->start_utc = store_int(store, id, 9);
	entry->end_utc = store_int(store, id, 10);
	entry->undoes_id = store_int(store, id, 11);
	entry->seq = store_int(store, id, 14);
	entry->doubt = (enum journal_doubt)store_int(store, id, 15);
	return entry_sum(entry) == (uint64_t)store_int(store, id, 12) ||
	       store_mark_damaged(store, err, "a check-in is not what was written");
}

bool entry_write(struct store *store, enum stmt_id id, const struct journal_entry *entry, struct err *err)
{
	return store_bind(store, id, err, "isiisssssiiiisiis", entry->id, entry->token, entry->at_utc,
			  (int64_t)entry->action, entry->place, entry->feed, entry->uid, entry->recurrence_id,
			  entry->label, entry->start_utc, entry->end_utc, entry->undoes_id, (int64_t)entry_sum(entry),
			  entry->box, entry->seq, (int64_t)entry->doubt, entry->undoes_id ? "" : entry->target) &&
	       store_run(store, id, err);
}

static bool grow(struct journal_entries *entries, struct err *err)
{
	if (entries->count < entries->capacity) {
		return true;
	}
	size_t wanted = entries->capacity ? entries->capacity * 2 : 64;
	struct journal_entry *grown = realloc(entries->items, wanted * sizeof(*grown));
	if (!grown) {
		return err_set(err, "out of memory");
	}
	entries->items = grown;
	entries->capacity = wanted;
	return true;
}

static int compare(const void *a, const void *b)
{
	return journal_entry_compare(a, b);
}

static void sort(struct journal_entries *entries)
{
	if (entries->count > 1) {
		qsort(entries->items, entries->count, sizeof(*entries->items), compare);
	}
}

bool entry_collect(struct store *store, int64_t since_utc, struct journal_entries *entries, struct err *err)
{
	enum stmt_id id = since_utc == INT64_MIN ? STMT_ENTRIES : STMT_ENTRIES_SINCE;
	bool ok = (id == STMT_ENTRIES || store_bind(store, id, err, "i", since_utc)) &&
		  entry_collect_all(store, id, entries, err);
	sort(entries);
	return ok;
}

bool entry_collect_old(struct store *store, int64_t before_utc, struct journal_entries *entries, struct err *err)
{
	bool ok = store_bind(store, STMT_ENTRIES_OLD, err, "i", before_utc) &&
		  entry_collect_all(store, STMT_ENTRIES_OLD, entries, err);
	sort(entries);
	return ok;
}

static bool check_rows(struct store *store, enum stmt_id id, struct err *err)
{
	enum step step = STEP_FAILED;
	bool ok = true;
	while (ok && (step = store_step(store, id, err)) == STEP_ROW) {
		struct journal_entry entry = {0};
		ok = entry_read(store, id, &entry, err);
		journal_entry_finish(&entry);
	}
	store_reset(store, id);
	return ok && step == STEP_DONE;
}

/* An index that has lost its last pages would hide the check-ins of today. */
static bool check_indexes(struct store *store, struct err *err)
{
	bool ok = store_bind(store, STMT_ENTRIES_UNLISTED, err, "i", (int64_t)JOURNAL_NEWEST) &&
		  store_step(store, STMT_ENTRIES_UNLISTED, err) == STEP_ROW;
	int64_t missing = ok ? store_int(store, STMT_ENTRIES_UNLISTED, 0) : 0;
	store_reset(store, STMT_ENTRIES_UNLISTED);
	return ok && (missing == 0 || store_mark_damaged(store, err, "a check-in cannot be looked up"));
}

bool entry_check(struct store *store, struct err *err)
{
	bool ok = store->is_checked_whole ? check_rows(store, STMT_ENTRIES, err)
					  : store_bind(store, STMT_ENTRIES_NEWEST, err, "i", (int64_t)JOURNAL_NEWEST) &&
						    check_rows(store, STMT_ENTRIES_NEWEST, err);
	return ok && check_indexes(store, err);
}

bool entry_collect_all(struct store *store, enum stmt_id id, struct journal_entries *entries, struct err *err)
{
	enum step step = STEP_FAILED;
	while ((step = store_step(store, id, err)) == STEP_ROW) {
		if (!grow(entries, err)) {
			break;
		}
		struct journal_entry *entry = &entries->items[entries->count++];
		*entry = (struct journal_entry){0};
		if (!entry_read(store, id, entry, err)) {
			break;
		}
	}
	store_reset(store, id);
	return step == STEP_DONE;
}
