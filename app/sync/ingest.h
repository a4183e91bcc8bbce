/* Converts occurrences of a feed to the rows that the office keeps: which place a booking is for, and whose it is in
 * the configured form, and nothing else. What is dropped here never reaches the disk. Pure; one thread at a time uses
 * an ingest. */
#ifndef APP_SYNC_INGEST_H
#define APP_SYNC_INGEST_H

#include <stdbool.h>
#include <stdint.h>

#include "db/cache.h"
#include "ical/err.h"
#include "ical/occurrence.h"
#include "app/config/config.h"
#include "app/base/limits.h"

struct ingest; /* a feed's patterns, compiled */

/* Borrows `config` and `feed`. Returns NULL when a pattern is not valid or memory ran out. */
struct ingest *ingest_create(const struct config *config, const struct config_feed *feed, struct err *err);
void ingest_destroy(struct ingest *ingest);

bool ingest_wants_description(const struct ingest *ingest);

/* Call it when a reading of the feed begins or has ended: the work is counted anew, and nothing is remembered. */
void ingest_reset(struct ingest *ingest);

/* Appends what is kept of the occurrence: one row, or none when it is cancelled or blocks no time. Its UID is kept as
 * it is: the caller has replaced it by a name (db/identity.h). Returns false when memory ran out, or when there are
 * more than INGEST_ROWS_MAX rows or INGEST_WORK_MAX units of work; *out_too_many is true for these two. */
bool ingest_add(struct ingest *ingest, const struct occurrence *occurrence, struct cache_rows *rows, bool *out_too_many,
		struct err *err);

/* Return the units of work since the last ingest_reset (see pattern.h), and the rows whose place or person is unknown
 * because finding it would have cost too much. */
uint64_t ingest_work(const struct ingest *ingest);
uint32_t ingest_given_up(const struct ingest *ingest);

/* Returns a number that changes whenever the same occurrences would give other rows. */
uint64_t ingest_settings(const struct config *config, const struct config_feed *feed);

#endif
