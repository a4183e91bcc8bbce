/* Converts feeds and occurrences between their rows and their plain form. For cache.c only. */
#ifndef DB_ROW_H
#define DB_ROW_H

#include "cache.h"
#include "store.h"

int64_t row_first(const struct span *span); /* a day or an instant, whichever the span has */
int64_t row_last(const struct span *span);

/* Appends every row that the bound statement yields, and resets the statement. On failure the caller still finishes the
 * list. */
bool row_collect_feeds(struct store *store, enum stmt_id id, struct cache_feeds *feeds, struct err *err);
bool row_collect(struct store *store, enum stmt_id id, struct cache_rows *rows, struct err *err);

/* Counts what the statement yields. */
bool row_count(struct store *store, enum stmt_id id, struct cache_total *out_total, struct err *err);
/* Checks every row that the statement yields, and keeps none. */
bool row_check(struct store *store, enum stmt_id id, struct err *err);

bool row_put_feed(struct store *store, const struct cache_feed *feed, struct err *err);
bool row_put(struct store *store, const char *feed, const struct cache_row *row, struct err *err);
bool row_drop(struct store *store, const struct cache_row *row, struct err *err);

#endif
