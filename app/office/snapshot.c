/* See snapshot.h. */
#include "snapshot.h"

#include <stdatomic.h>
#include <stdlib.h>

struct snapshot *snapshot_create(void)
{
	struct snapshot *snapshot = calloc(1, sizeof(*snapshot));
	char *message = calloc(1, 1);
	if (!snapshot || !message) {
		free(snapshot);
		free(message);
		return NULL;
	}
	atomic_init(&snapshot->references, 1);
	snapshot->store_message = message;
	return snapshot;
}

struct snapshot *snapshot_ref(struct snapshot *snapshot)
{
	/* The caller holds a reference already, so no ordering is needed. */
	atomic_fetch_add_explicit(&snapshot->references, 1, memory_order_relaxed);
	return snapshot;
}

void snapshot_unref(struct snapshot *snapshot)
{
	if (!snapshot || atomic_fetch_sub_explicit(&snapshot->references, 1, memory_order_acq_rel) != 1) {
		return;
	}
	for (size_t i = 0; i < snapshot->feed_count; i++) {
		free(snapshot->feeds[i].name);
		free(snapshot->feeds[i].notes);
		free(snapshot->feeds[i].message);
	}
	free(snapshot->feeds);
	if (!snapshot->rows_part) {
		cache_rows_finish(&snapshot->rows);
	}
	if (!snapshot->entries_part) {
		journal_entries_finish(&snapshot->entries);
	}
	snapshot_part_unref(snapshot->rows_part);
	snapshot_part_unref(snapshot->entries_part);
	free(snapshot->store_message);
	free(snapshot);
}

struct snapshot_part *snapshot_part_create(void)
{
	struct snapshot_part *part = calloc(1, sizeof(*part));
	if (part) {
		atomic_init(&part->references, 1);
	}
	return part;
}

struct snapshot_part *snapshot_part_ref(struct snapshot_part *part)
{
	atomic_fetch_add_explicit(&part->references, 1, memory_order_relaxed);
	return part;
}

void snapshot_part_unref(struct snapshot_part *part)
{
	if (!part || atomic_fetch_sub_explicit(&part->references, 1, memory_order_acq_rel) != 1) {
		return;
	}
	cache_rows_finish(&part->rows);
	journal_entries_finish(&part->entries);
	free(part);
}
