/* Stores a feed of which a few events were read again. Rows carry the names of bookings, and a change knows only the
 * sums of UIDs; what both have in common is the trace (db/identity.h). */
#include "private.h"

#include <stdlib.h>
#include <string.h>

struct merging {
	const struct merge *merge;
	char (*traces)[IDENTITY_TRACE_DIGITS + 1]; /* of the bookings that the change concerns, ascending; owned */
	size_t trace_count;
	const char **names; /* of those that have new rows, ascending, each once; owned, the texts are the rows' */
	size_t name_count;
};

static int compare_traces(const void *a, const void *b)
{
	return strcmp(a, b);
}

/* An event that was changed stands in both calendars. */
static void drop_repeated(struct merging *merging)
{
	size_t count = 0;
	for (size_t i = 0; i < merging->trace_count; i++) {
		if (count == 0 || strcmp(merging->traces[count - 1], merging->traces[i]) != 0) {
			memmove(merging->traces[count++], merging->traces[i], sizeof(*merging->traces));
		}
	}
	merging->trace_count = count;
}

static bool find_traces(struct merging *merging, struct identity *identity)
{
	const struct digest_change *change = merging->merge->change;
	bool ok = true;
	merging->traces = calloc(change->uid_count + 1, sizeof(*merging->traces));
	merging->trace_count = change->uid_count;
	for (size_t i = 0; merging->traces && i < change->uid_count; i++) {
		ok = ok && identity_trace(identity, change->uids[i], merging->traces[i]);
	}
	if (merging->traces) {
		qsort(merging->traces, merging->trace_count, sizeof(*merging->traces), compare_traces);
		drop_repeated(merging);
	}
	return ok && merging->traces;
}

static bool find_names(struct merging *merging)
{
	size_t count = 0;
	const struct cache_row **rows = cache_rows_by_key(merging->merge->rows, &count);
	merging->names = rows ? calloc(count + 1, sizeof(const char *)) : NULL;
	for (size_t i = 0; merging->names && i < count; i++) {
		if (i == 0 || strcmp(rows[i]->uid, rows[i - 1]->uid) != 0) {
			merging->names[merging->name_count++] = rows[i]->uid;
		}
	}
	free(rows);
	return merging->names;
}

static const void *find_trace(const struct merging *merging, const char *name)
{
	return bsearch(identity_trace_of(name), merging->traces, merging->trace_count, sizeof(*merging->traces),
		       compare_traces);
}

static bool is_concerned(void *context, const char *name)
{
	return find_trace(context, name);
}

/* Returns whether each booking that the change concerns has new rows, so that all are known by name. One that was
 * removed has left only its trace. */
static bool knows_all_names(const struct merging *merging)
{
	size_t known = 0;
	for (size_t i = 0; i < merging->name_count; i++) {
		known += find_trace(merging, merging->names[i]) != NULL;
	}
	return known == merging->trace_count && known == merging->name_count;
}

static bool is_allowed(void *context, const struct cache_total *replaced)
{
	const struct merge *merge = ((const struct merging *)context)->merge;
	const struct cache_total *before = &merge->feed->stored;
	if (replaced->count > before->count || replaced->bytes > before->bytes) {
		return false; /* the rows are not those that were counted */
	}
	size_t count = before->count - replaced->count + merge->rows->count;
	return count <= INGEST_ROWS_MAX &&
	       merge->allows(merge->context, count, before->bytes - replaced->bytes + sync_bytes_of(merge->rows));
}

static bool store(struct sync *sync, struct merging *merging)
{
	const struct merge *merge = merging->merge;
	bool knows_all = knows_all_names(merging);
	const struct cache_change change = {.uids = knows_all ? merging->names : NULL,
					    .uid_count = merging->name_count,
					    .concerns = is_concerned,
					    .allows = is_allowed,
					    .context = merging};
	struct err err = {""};
	bool can_patch = sync_can_patch(sync, merge->feed);
	if (!cache_replace_some(sync->cache, merge->stored, &change, merge->rows, &err)) {
		return false;
	}
	if (can_patch) {
		sync_patch_rows(sync, merge->feed, merge->stored, is_concerned, merging, merge->rows);
	}
	return true;
}

/* A failure is reported when the whole feed cannot be stored either. */
bool sync_merge_rows(struct sync *sync, const struct merge *merge)
{
	struct merging merging = {.merge = merge};
	bool ok = sync->cache && find_traces(&merging, sync->identity) && find_names(&merging) && store(sync, &merging);
	free(merging.traces);
	free(merging.names);
	return ok;
}
