/* The rows of a feed of which a few events were read again. Rows carry the names of bookings, and a change knows only
 * the sums of UIDs; what both have in common is the trace (db/identity.h). */
#include "private.h"

#include <stdlib.h>
#include <string.h>

/* The ends of the names of bookings that a change concerns. */
struct traces {
	char (*items)[IDENTITY_TRACE_DIGITS + 1]; /* ascending; owned */
	size_t count;
};

static int compare_traces(const void *a, const void *b)
{
	return strcmp(a, b);
}

static bool find_traces(struct identity *identity, const struct digest_change *change, struct traces *out)
{
	bool ok = true;
	out->items = calloc(change->uid_count + 1, sizeof(*out->items));
	out->count = change->uid_count;
	for (size_t i = 0; out->items && i < change->uid_count; i++) {
		ok = ok && identity_trace(identity, change->uids[i], out->items[i]);
	}
	if (out->items) {
		qsort(out->items, out->count, sizeof(*out->items), compare_traces);
	}
	return ok && out->items;
}

static bool is_concerned(const struct traces *traces, const struct cache_row *row)
{
	return bsearch(identity_trace_of(row->uid), traces->items, traces->count, sizeof(*traces->items),
		       compare_traces);
}

bool sync_merge_rows(const struct sync *sync, const struct sync_feed *feed, const struct digest_change *change,
		     const struct cache_rows *fresh, struct cache_rows *out)
{
	const struct cache_rows *shown = &sync->rows->rows;
	struct traces traces = {0};
	out->items = calloc(shown->count + fresh->count + 1, sizeof(*out->items));
	if (!find_traces(sync->identity, change, &traces) || !out->items) {
		free(traces.items);
		return false;
	}
	for (size_t i = 0; i < shown->count; i++) {
		const struct cache_row *row = &shown->items[i];
		if (strcmp(row->feed, feed->config->name) == 0 && !is_concerned(&traces, row)) {
			out->items[out->count++] = *row;
		}
	}
	for (size_t i = 0; i < fresh->count; i++) {
		out->items[out->count++] = fresh->items[i];
	}
	free(traces.items);
	return out->count <= INGEST_ROWS_MAX;
}
