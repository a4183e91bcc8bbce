/* Frees what cache.h and journal.h hand out. It stands apart so that whoever computes with rows and entries need not
 * link SQLite. */
#include <stdlib.h>
#include <string.h>

#include "cache.h"
#include "journal.h"
#include "texts.h"

void cache_feed_finish(struct cache_feed *feed)
{
	free(feed->name);
	free(feed->settings);
	free(feed->etag);
	free(feed->last_modified);
	free(feed->body_hash);
	*feed = (struct cache_feed){0};
}

void cache_row_finish(struct cache_row *row)
{
	free(row->feed);
	free(row->uid);
	free(row->recurrence_id);
	free(row->place);
	free(row->title);
	free(row->organizer);
	free(row->location);
	free(row->url);
	*row = (struct cache_row){0};
}

void cache_feeds_finish(struct cache_feeds *feeds)
{
	for (size_t i = 0; i < feeds->count; i++) {
		cache_feed_finish(&feeds->items[i]);
	}
	free(feeds->items);
	*feeds = (struct cache_feeds){0};
}

void cache_rows_finish(struct cache_rows *rows)
{
	for (size_t i = 0; i < rows->count && !rows->texts; i++) {
		cache_row_finish(&rows->items[i]);
	}
	texts_destroy(rows->texts);
	free(rows->items);
	*rows = (struct cache_rows){0};
}

size_t cache_row_bytes(const struct cache_row *row)
{
	const char *const texts[] = {row->uid,       row->recurrence_id, row->place, row->title,
				     row->organizer, row->location,      row->url};
	size_t bytes = sizeof(*row);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		/* With the slots that find it. A place, and that there is nothing, is kept once for many rows. */
		bytes += texts[i][0] && texts[i] != row->place ? strlen(texts[i]) + CACHE_TEXT_BYTES : 0;
	}
	return bytes;
}

size_t cache_rows_bytes(const struct cache_rows *rows)
{
	return rows->capacity * sizeof(*rows->items) + (rows->texts ? texts_bytes(rows->texts) : 0);
}

const struct journal_entry *journal_entries_find(const struct journal_entries *entries, int64_t id)
{
	for (size_t i = entries->count; i-- > 0;) { /* mostly one of the last is asked for */
		if (entries->items[i].id == id) {
			return &entries->items[i];
		}
	}
	return NULL;
}

const struct journal_entry *journal_entries_find_token(const struct journal_entries *entries, const char *token)
{
	for (size_t i = entries->count; i-- > 0;) {
		if (strcmp(entries->items[i].token, token) == 0) {
			return &entries->items[i];
		}
	}
	return NULL;
}

bool journal_entries_undone(const struct journal_entries *entries, const struct journal_entry *entry)
{
	for (size_t i = 0; i < entries->count; i++) {
		const struct journal_entry *other = &entries->items[i];
		if (other->action == JOURNAL_UNDO && strcmp(other->target, entry->token) == 0) {
			return true;
		}
	}
	return false;
}

static int compare_targets(const void *a, const void *b)
{
	const struct journal_entry *const *left = a, *const *right = b;
	return strcmp((*left)->target, (*right)->target);
}

/* Few entries take others back. Those are sorted, and each entry looks whether it is among their targets. */
static size_t collect_undoes(const struct journal_entries *entries, const struct journal_entry **out)
{
	size_t count = 0;
	for (size_t i = 0; i < entries->count; i++) {
		out[count] = &entries->items[i];
		count += entries->items[i].action == JOURNAL_UNDO;
	}
	qsort(out, count, sizeof(const struct journal_entry *), compare_targets);
	return count;
}

struct journal_undoing *journal_entries_undoings(const struct journal_entries *entries)
{
	struct journal_undoing *undoings = calloc(entries->count + 1, sizeof(*undoings));
	const struct journal_entry **undoes = calloc(entries->count + 1, sizeof(const struct journal_entry *));
	size_t count = undoings && undoes ? collect_undoes(entries, undoes) : 0;
	for (size_t i = 0; count > 0 && i < entries->count; i++) {
		const struct journal_entry sought = {.target = entries->items[i].token}, *key = &sought;
		const struct journal_entry **found = bsearch(&key, undoes, count, sizeof(key), compare_targets);
		size_t at = found ? (size_t)(found - undoes) : count;
		undoings[i].is_undone = found != NULL;
		while (at > 0 && at < count && compare_targets(&key, &undoes[at - 1]) == 0) {
			at--;
		}
		for (; at < count && compare_targets(&key, &undoes[at]) == 0; at++) {
			undoings[undoes[at] - entries->items].undoes = &entries->items[i];
		}
	}
	if (!undoes) {
		free(undoings);
		undoings = NULL;
	}
	free(undoes);
	return undoings;
}

/* A machine on its own relies on the order of writing, because its clock may have been set back. */
static int64_t order_instant(const struct journal_entry *entry)
{
	return entry->box[0] ? entry->at_utc : INT64_MIN;
}

static int compare_int64(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

int journal_entry_compare(const struct journal_entry *a, const struct journal_entry *b)
{
	int order = compare_int64(order_instant(a), order_instant(b));
	order = order ? order : strcmp(a->box, b->box);
	order = order ? order : compare_int64(a->seq, b->seq);
	return order ? order : compare_int64(a->id, b->id);
}

void journal_entry_finish(struct journal_entry *entry)
{
	free(entry->token);
	free(entry->box);
	free(entry->target);
	free(entry->place);
	free(entry->feed);
	free(entry->uid);
	free(entry->recurrence_id);
	free(entry->label);
	*entry = (struct journal_entry){0};
}

void journal_entries_finish(struct journal_entries *entries)
{
	for (size_t i = 0; i < entries->count; i++) {
		journal_entry_finish(&entries->items[i]);
	}
	free(entries->items);
	*entries = (struct journal_entries){0};
}
