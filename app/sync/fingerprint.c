/* What the stored rows of a feed depend on, beside its body and the days that they cover. */
#include "private.h"

#include <inttypes.h>
#include <stdio.h>

#include "ical/sum.h"
#include "ical/zoneinfo.h"

/* With another tzdata the same local times may be other instants. */
static uint64_t sum_tzdata(uint64_t sum, const struct sync *sync)
{
	struct zoneinfo *zoneinfo =
		zoneinfo_create(sync->options.zoneinfo ? sync->options.zoneinfo : ZONEINFO_FOLDER, NULL);
	sum = sum_text(sum, zoneinfo ? zoneinfo_version(zoneinfo) : "");
	zoneinfo_destroy(zoneinfo);
	return sum;
}

/* With another key the same bookings have other names. */
static uint64_t sum_key(uint64_t sum, const struct sync *sync)
{
	char trace[IDENTITY_TRACE_DIGITS + 1] = "";
	return sync->identity && identity_trace(sync->identity, 0, trace) ? sum_text(sum, trace) : sum;
}

/* Computes a fingerprint of everything that the stored rows depend on. A credential may hold another address at any
 * time, for which the old validators are useless. Only a few bits of an address go in, from which it cannot be
 * recovered, because the fingerprint is stored. */
void sync_fingerprint(const struct sync *sync, struct sync_feed *feed)
{
	struct source source = {feed->config, sync->credentials_dir, sync->fetch};
	uint64_t sum = ingest_settings(sync->config, feed->config);
	sum = sum_text(sum, feed->config->path ? feed->config->path : "");
	sum = sum_text(sum, feed->config->credential ? feed->config->credential : "");
	sum = sum_tzdata(sum, sync);
	sum = sum_key(sum, sync);
	snprintf(feed->settings, sizeof(feed->settings), "%016" PRIx64 "-%04x", sum, source_address_bits(&source));
}

void sync_feed_make_due(struct sync_feed *feed)
{
	feed->is_due_again = feed->is_asked;
	feed->due_ms = feed->is_asked ? feed->due_ms : 0;
}
