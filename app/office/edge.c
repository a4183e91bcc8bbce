/* The edge of knowledge: how old the data of a feed is, and which days it covers. */
#include <string.h>

#include "app/base/limits.h"
#include "private.h"
#include "ical/small.h"

static void age_limits(const struct config_feed *feed, int64_t *out_fresh_s, int64_t *out_ageing_s)
{
	int64_t fresh_s = (int64_t)feed->refresh_s * FEED_FRESH_REFRESHES;
	*out_fresh_s = fresh_s > FEED_FRESH_S ? fresh_s : FEED_FRESH_S;
	*out_ageing_s = *out_fresh_s > FEED_AGEING_S ? *out_fresh_s : FEED_AGEING_S;
}

enum feed_age office_feed_age(const struct config_feed *feed, int64_t agreed_utc, int64_t now_utc)
{
	int64_t fresh_s = 0, ageing_s = 0, age_s = now_utc - agreed_utc;
	age_limits(feed, &fresh_s, &ageing_s);
	if (agreed_utc == 0) {
		return AGE_UNKNOWN;
	}
	if (age_s < -FEED_AHEAD_S) {
		return AGE_OLD;
	}
	return age_s <= fresh_s ? AGE_FRESH : age_s <= ageing_s ? AGE_AGEING : AGE_OLD;
}

int64_t office_feed_age_changes(const struct config_feed *feed, int64_t agreed_utc, int64_t now_utc)
{
	int64_t fresh_s = 0, ageing_s = 0;
	age_limits(feed, &fresh_s, &ageing_s);
	const int64_t steps[] = {agreed_utc - FEED_AHEAD_S, agreed_utc + fresh_s + 1, agreed_utc + ageing_s + 1};
	for (size_t i = 0; agreed_utc != 0 && i < sizeof(steps) / sizeof(steps[0]); i++) {
		if (steps[i] > now_utc) {
			return steps[i];
		}
	}
	return INT64_MAX;
}

const struct snapshot_feed *office_feed_seen(const struct office_input *input, const char *name)
{
	for (size_t i = 0; i < input->feed_count; i++) {
		if (strcmp(input->feeds[i].name, name) == 0) {
			return &input->feeds[i];
		}
	}
	return NULL;
}

enum office_doubt office_feed_doubt(const struct config_feed *feed, const struct snapshot_feed *seen, int32_t day,
				    int64_t now_utc)
{
	if (!seen || seen->agreed_utc == 0) {
		return DOUBT_NEVER_READ;
	}
	if (office_feed_age(feed, seen->agreed_utc, now_utc) == AGE_OLD) {
		return DOUBT_OLD;
	}
	return seen->from_day <= day && day < seen->to_day ? DOUBT_NONE : DOUBT_NOT_COVERED;
}

void office_feed_known(const struct config *config, const struct config_feed *feed, const struct snapshot_feed *seen,
		       int64_t now_utc, int64_t *out_from_utc, int64_t *out_to_utc)
{
	*out_from_utc = *out_to_utc = 0;
	if (!seen || seen->agreed_utc == 0) {
		return;
	}
	bool is_old = office_feed_age(feed, seen->agreed_utc, now_utc) == AGE_OLD;
	int64_t end_utc = zone_day_start(config->zone, seen->to_day);
	*out_from_utc = zone_day_start(config->zone, seen->from_day);
	*out_to_utc = small_max(is_old ? small_min(seen->agreed_utc, end_utc) : end_utc, *out_from_utc);
}
