/* What remains of check-ins that were erased: how much the places were used (app/office/usage.h), and when how many
 * entries were erased. A file of the state folder, DIR/history.json, that names nobody. One thread at a time. */
#ifndef APP_SYNC_HISTORY_H
#define APP_SYNC_HISTORY_H

#include "app/office/usage.h"
#include "ical/err.h"

#define HISTORY_FILE "history.json"

struct history_purge {
	int64_t at_utc;
	int32_t before_day; /* entries of earlier days were erased */
	int64_t removed;
};

struct history {
	struct usage usage;
	struct history_purge *purges; /* the oldest first */
	size_t purge_count;
};

/* A file that is missing is an empty history. One that cannot be used is a failure; *out is then empty, too. */
bool history_read(const char *dir, struct history *out, struct err *err);
bool history_write(const char *dir, const struct history *history, struct err *err); /* as a whole, and onto the disk */
bool history_note_purge(struct history *history, const struct history_purge *purge); /* false: out of memory */
void history_finish(struct history *history);

/* For the worker, before entries are erased: counts those from before before_day, and keeps the numbers. A file that
 * cannot be used is put aside, because nothing may keep check-ins from being erased. */
bool history_keep(const char *dir, const struct zone *zone, const struct journal_entries *entries, int32_t before_day,
		  struct err *err);
/* Afterwards: notes that they were erased. */
bool history_note(const char *dir, const struct history_purge *purge, struct err *err);

#endif
