/* Whether a snapshot shows anything new; each look at a feed makes one. The age of fresh feeds is shown as one time of
 * day, that of the feed that was looked at first (note.c), so a look at a feed is seen only when that minute changes.
 */
#include "model.h"

#include <string.h>

#include "app/base/limits.h"
#include "app/office/office.h"
#include "ical/small.h"

/* Views that name other times of feeds than home does are made anew. */
static bool is_plain(enum view_kind view)
{
	return view == VIEW_HOME || view == VIEW_MAP || view == VIEW_NIGHT;
}

static bool same_results(const struct snapshot *a, const struct snapshot *b)
{
	bool is_same = a->result_count == b->result_count;
	for (size_t i = 0; is_same && i < a->result_count; i++) {
		is_same = a->results[i].command == b->results[i].command &&
			  a->results[i].outcome == b->results[i].outcome && a->results[i].entry == b->results[i].entry;
	}
	return is_same;
}

static bool is_fresh(const struct config_feed *feed, const struct snapshot_feed *seen, int64_t now_utc)
{
	return office_feed_age(feed, seen->agreed_utc, now_utc) == AGE_FRESH;
}

static bool same_feed(const struct config_feed *feed, const struct snapshot_feed *a, const struct snapshot_feed *b,
		      int64_t now_utc)
{
	bool is_as_old = a->agreed_utc == b->agreed_utc || (is_fresh(feed, a, now_utc) && is_fresh(feed, b, now_utc));
	return is_as_old && strcmp(a->name, b->name) == 0 && a->from_day == b->from_day && a->to_day == b->to_day &&
	       a->skipped == b->skipped && a->trouble == b->trouble;
}

/* Returns the minute in which the feed was looked at that was looked at first, among those of bookings or the others.
 */
static int64_t oldest_minute(const struct config *config, const struct snapshot *snapshot, bool of_bookings)
{
	int64_t oldest_utc = INT64_MAX;
	for (size_t i = 0; i < config->feed_count; i++) {
		bool counts = (config->feeds[i].kind == FEED_BOOKINGS) == of_bookings;
		oldest_utc = counts ? small_min(oldest_utc, snapshot->feeds[i].agreed_utc) : oldest_utc;
	}
	return oldest_utc / 60;
}

static bool same_feeds(const struct config *config, const struct snapshot *a, const struct snapshot *b, int64_t now_utc)
{
	bool is_same = a->feed_count == config->feed_count && b->feed_count == config->feed_count;
	for (size_t i = 0; is_same && i < config->feed_count; i++) {
		is_same = strcmp(a->feeds[i].name, config->feeds[i].name) == 0 &&
			  same_feed(&config->feeds[i], &a->feeds[i], &b->feeds[i], now_utc);
	}
	return is_same && oldest_minute(config, a, true) == oldest_minute(config, b, true) &&
	       oldest_minute(config, a, false) == oldest_minute(config, b, false);
}

bool model_shows_same(const struct config *config, const struct visit *visit, const struct snapshot *before,
		      const struct snapshot *after, int64_t now_utc)
{
	if (before == after) {
		return true;
	}
	bool has_same_parts = before && after && before->rows_part && before->rows_part == after->rows_part &&
			      before->entries_part && before->entries_part == after->entries_part;
	return is_plain(visit->view) && has_same_parts && before->journal_ok == after->journal_ok &&
	       before->share.is_lost == after->share.is_lost && same_results(before, after) &&
	       same_feeds(config, before, after, now_utc);
}
