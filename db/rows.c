/* Rows in memory: which days they touch, their order, and copies of them. Apart from SQLite, as plain.c is. */
#include <stdlib.h>
#include <string.h>

#include "cache.h"
#include "ical/civil.h"
#include "texts.h"

/* A row that has no length touches the day at whose beginning it stands, and the one that ends there. */
bool cache_row_touches(const struct cache_row *row, const struct cache_days *days)
{
	const struct span *span = &row->span;
	if (!days) {
		return true;
	}
	return span->all_day ? span->end_day >= days->from_day && span->start_day < days->to_day
			     : span->end_utc >= days->from_utc && span->start_utc < days->to_utc;
}

static int64_t order_of(const struct cache_row *row)
{
	return row->span.all_day ? (int64_t)row->span.start_day * DAY_S : row->span.start_utc;
}

int cache_row_compare_keys(const struct cache_row *a, const struct cache_row *b)
{
	int order = strcmp(a->uid, b->uid); /* bytes, as SQLite's BINARY */
	return order ? order : strcmp(a->recurrence_id, b->recurrence_id);
}

static int compare_pointers(const void *a, const void *b)
{
	const struct cache_row *left = *(const struct cache_row *const *)a;
	const struct cache_row *right = *(const struct cache_row *const *)b;
	int order = cache_row_compare_keys(left, right);
	return order ? order
		     : (left > right) - (left < right); /* both point into one array, so the earlier row stays first */
}

const struct cache_row **cache_rows_by_key(const struct cache_rows *rows, size_t *out_count)
{
	const struct cache_row **sorted = calloc(rows->count + 1, sizeof(*sorted));
	size_t count = 0;
	for (size_t i = 0; sorted && i < rows->count; i++) {
		sorted[i] = &rows->items[i];
	}
	if (sorted) {
		qsort(sorted, rows->count, sizeof(*sorted), compare_pointers);
	}
	for (size_t i = 0; sorted && i < rows->count; i++) {
		if (count == 0 || cache_row_compare_keys(sorted[count - 1], sorted[i]) != 0) {
			sorted[count++] = sorted[i];
		}
	}
	*out_count = count;
	return sorted;
}

int cache_row_compare(const struct cache_row *a, const struct cache_row *b)
{
	int order = a->feed == b->feed ? 0 : strcmp(a->feed, b->feed);
	order = order ? order : (order_of(a) > order_of(b)) - (order_of(a) < order_of(b));
	order = order ? order : strcmp(a->place, b->place);
	order = order ? order : strcmp(a->title, b->title);
	return order ? order : cache_row_compare_keys(a, b);
}

static int compare(const void *a, const void *b)
{
	return cache_row_compare(a, b);
}

void cache_rows_sort(struct cache_rows *rows)
{
	if (rows->count > 1) {
		qsort(rows->items, rows->count, sizeof(*rows->items), compare);
	}
}

static bool make_room(struct cache_rows *rows)
{
	enum { FIRST = 8 };
	size_t capacity = rows->capacity ? 2 * rows->capacity : FIRST;
	rows->texts = rows->texts ? rows->texts : texts_create();
	if (!rows->texts || rows->count < rows->capacity) {
		return rows->texts;
	}
	struct cache_row *items = reallocarray(rows->items, capacity, sizeof(*items));
	if (items) {
		rows->items = items;
		rows->capacity = capacity;
	}
	return items;
}

bool cache_rows_copy(struct cache_rows *rows, const struct cache_row *row)
{
	struct cache_row copy = *row;
	char **const texts[] = {&copy.feed,  &copy.uid,       &copy.recurrence_id, &copy.place,
				&copy.title, &copy.organizer, &copy.location,      &copy.url};
	bool ok = make_room(rows);
	for (size_t i = 0; ok && i < sizeof(texts) / sizeof(texts[0]); i++) {
		*texts[i] = texts_keep(rows->texts, *texts[i]);
		ok = *texts[i] != NULL;
	}
	if (ok) {
		rows->items[rows->count++] = copy;
	}
	return ok;
}
