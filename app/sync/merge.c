/* Stores a feed of which a few events were read again. Rows carry the names of bookings, and a change knows only the
 * sums of UIDs; what both have in common is the trace (db/identity.h). */
#include "private.h"

#include <stdlib.h>
#include <string.h>

struct merging {
	const struct merge *merge;
	char (*traces)[IDENTITY_TRACE_DIGITS + 1]; /* of the bookings that the change concerns, ascending; owned */
	size_t trace_count;
};

static int compare_traces(const void *a, const void *b)
{
	return strcmp(a, b);
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
	}
	return ok && merging->traces;
}

static bool is_concerned(void *context, const char *name)
{
	const struct merging *merging = context;
	return bsearch(identity_trace_of(name), merging->traces, merging->trace_count, sizeof(*merging->traces),
		       compare_traces);
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

/* A failure is reported when the whole feed cannot be stored either. */
bool sync_merge_rows(struct sync *sync, const struct merge *merge)
{
	struct merging merging = {.merge = merge};
	const struct cache_change change = {is_concerned, is_allowed, &merging};
	struct err err = {""};
	bool ok = sync->cache && find_traces(&merging, sync->identity) &&
		  cache_replace_some(sync->cache, merge->stored, &change, merge->rows, &err);
	free(merging.traces);
	return ok;
}
