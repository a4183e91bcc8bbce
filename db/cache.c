/* See cache.h. A feed's new rows are merged with the stored ones, both in the order of their key, so that what has not
 * changed is not written: flash memory wears by writing. */
#include "cache.h"

#include <stdlib.h>
#include <string.h>

#include "limits.h"
#include "row.h"
#include "opening.h"
#include "transaction.h"

struct cache {
	struct store *store;
	bool needs_scrub;      /* rows were deleted */
	uint64_t seen_opening; /* of the last cache_read_feeds */
	int64_t seen_version;
};

static bool verify(struct store *store, struct err *err)
{
	struct cache_feeds feeds = {0};
	bool ok = row_collect_feeds(store, STMT_FEEDS, &feeds, err) && row_check(store, STMT_ROWS, err);
	cache_feeds_finish(&feeds);
	return ok;
}

/* The rollback journal is used because kiosk and wall may both have the file open, and SQLite's WAL mode can corrupt a
 * file with two writers. FULL keeps the file whole through a power cut; losing the last fetch is acceptable. */
static const struct store_kind cache_kind = {
	.file = CACHE_FILE,
	.schema = &schema_cache,
	.pragmas = "PRAGMA synchronous = FULL; PRAGMA journal_mode = DELETE",
	.is_precious = false,
	.verify = verify,
	.salvage = NULL,
};

enum cache_opened cache_open(const char *dir, struct identity *identity, struct cache **out_cache, struct err *err)
{
	static const enum cache_opened results[] = {
		[STORE_OPENED] = CACHE_OPENED, [STORE_CREATED] = CACHE_CREATED, [STORE_MENDED] = CACHE_REBUILT};
	struct cache *cache = calloc(1, sizeof(*cache));
	if (!cache) {
		err_set(err, "out of memory");
		return CACHE_FAILED;
	}
	enum store_opened opened = store_open(&cache_kind, dir, identity, &cache->store, err);
	if (opened == STORE_FAILED) {
		free(cache);
		return CACHE_FAILED;
	}
	cache->needs_scrub = true; /* it is not known what an earlier run deleted */
	cache->seen_version = -1;
	*out_cache = cache;
	return results[opened];
}

void cache_close(struct cache *cache)
{
	if (cache) {
		store_close(cache->store);
		free(cache);
	}
}

void cache_set_pause(struct cache *cache, void (*on_pause)(void *context), void *context)
{
	store_set_pause(cache->store, on_pause, context);
}

const char *cache_notice(const struct cache *cache)
{
	return cache->store->notice.text;
}

static bool rows_are_same(const struct cache_row *a, const struct cache_row *b)
{
	return a->span.all_day == b->span.all_day && row_first(&a->span) == row_first(&b->span) &&
	       row_last(&a->span) == row_last(&b->span) && a->is_person == b->is_person &&
	       a->is_private == b->is_private && a->busy == b->busy && a->status == b->status &&
	       strcmp(a->place, b->place) == 0 && strcmp(a->title, b->title) == 0 &&
	       strcmp(a->location, b->location) == 0 && strcmp(a->url, b->url) == 0 &&
	       strcmp(a->organizer, b->organizer) == 0;
}

struct merged {
	bool wrote, dropped;
};

static bool merge_rows(struct store *store, const char *feed, const struct cache_rows *old,
		       const struct cache_row *const *fresh, size_t fresh_count, struct merged *merged, struct err *err)
{
	size_t i = 0;
	size_t j = 0;
	bool ok = true;
	while (ok && (i < old->count || j < fresh_count)) {
		int order = i == old->count    ? 1
			    : j == fresh_count ? -1
					       : cache_row_compare_keys(&old->items[i], fresh[j]);
		if (order < 0) {
			ok = row_drop(store, &old->items[i], err);
			merged->wrote = merged->dropped = true;
		} else if (order > 0 || !rows_are_same(&old->items[i], fresh[j])) {
			ok = row_put(store, feed, fresh[j], err);
			merged->wrote = true;
			merged->dropped = merged->dropped || order == 0;
		}
		i += order <= 0;
		j += order >= 0;
	}
	return ok;
}

static bool age_is_due(const struct cache_feed *stored, const struct cache_feed *feed)
{
	return feed->agreed_utc < stored->agreed_utc || feed->agreed_utc - stored->agreed_utc >= CACHE_TOUCH_S;
}

/* The stored feed, in a list of none or one. */
static bool find_feed(struct store *store, const char *name, struct cache_feeds *out_found, struct err *err)
{
	return store_bind(store, STMT_FEED_BY_NAME, err, "s", name) &&
	       row_collect_feeds(store, STMT_FEED_BY_NAME, out_found, err);
}

static bool replace_feed(struct store *store, const struct cache_feed *feed, bool rows_differ, struct err *err)
{
	struct cache_feeds found = {0};
	struct cache_feed own = *feed;
	bool ok = find_feed(store, feed->name, &found, err);
	if (ok && found.count > 0) {
		const struct cache_feed *stored = &found.items[0];
		if (!rows_differ) {
			own.changed_utc = stored->changed_utc;
		}
		if (rows_differ || strcmp(stored->settings, feed->settings) != 0 ||
		    stored->from_day != feed->from_day || stored->to_day != feed->to_day ||
		    stored->skipped != feed->skipped || age_is_due(stored, feed)) {
			ok = row_put_feed(store, &own, err);
		}
	} else if (ok) {
		ok = row_put_feed(store, &own, err);
	}
	cache_feeds_finish(&found);
	return ok;
}

bool cache_changed(struct cache *cache)
{
	return cache->store->openings != cache->seen_opening || store_has_moved(cache->store) ||
	       store_data_version(cache->store) != cache->seen_version;
}

/* The bookings of a feed that a change concerns. */
struct concerned {
	char **uids; /* in the order of the key; owned, and so are the strings */
	size_t count, capacity;
};

static bool keep_uid(struct concerned *concerned, const char *uid)
{
	if (concerned->count == concerned->capacity) {
		size_t capacity = concerned->capacity ? 2 * concerned->capacity : 16;
		char **uids = reallocarray(concerned->uids, capacity, sizeof(*uids));
		if (!uids) {
			return false;
		}
		concerned->uids = uids;
		concerned->capacity = capacity;
	}
	char *copy = strdup(uid);
	if (copy) {
		concerned->uids[concerned->count++] = copy;
	}
	return copy;
}

static void concerned_finish(struct concerned *concerned)
{
	for (size_t i = 0; i < concerned->count; i++) {
		free(concerned->uids[i]);
	}
	free(concerned->uids);
}

static bool find_concerned(struct store *store, const char *feed, const struct cache_change *change,
			   struct concerned *concerned, struct err *err)
{
	enum step step = STEP_FAILED;
	if (!store_bind(store, STMT_BOOKINGS, err, "s", feed)) {
		return false;
	}
	while ((step = store_step(store, STMT_BOOKINGS, err)) == STEP_ROW) {
		const char *uid = store_text(store, STMT_BOOKINGS, 0);
		if (!uid || (change->concerns(change->context, uid) && !keep_uid(concerned, uid))) {
			err_set(err, "out of memory");
			break;
		}
	}
	store_reset(store, STMT_BOOKINGS);
	return step == STEP_DONE;
}

static bool read_bookings(struct store *store, const char *feed, const char *const *uids, size_t count,
			  struct cache_rows *old, struct err *err)
{
	bool ok = true;
	for (size_t i = 0; ok && i < count; i++) {
		ok = store_bind(store, STMT_ROWS_BY_BOOKING, err, "ss", feed, uids[i]) &&
		     row_collect(store, STMT_ROWS_BY_BOOKING, old, err);
	}
	return ok;
}

static bool read_concerned(struct store *store, const char *feed, const struct cache_change *change,
			   struct cache_rows *old, struct err *err)
{
	struct concerned concerned = {0};
	if (change->uids) {
		return read_bookings(store, feed, change->uids, change->uid_count, old, err);
	}
	bool ok = find_concerned(store, feed, change, &concerned, err) &&
		  read_bookings(store, feed, (const char *const *)concerned.uids, concerned.count, old, err);
	concerned_finish(&concerned);
	return ok;
}

/* Reads the stored rows that may be replaced: all of the feed's, or those that the change concerns. */
static bool read_old(struct store *store, const char *feed, const struct cache_change *change, struct cache_rows *old,
		     struct err *err)
{
	if (change) {
		return read_concerned(store, feed, change, old, err);
	}
	return store_bind(store, STMT_ROWS_BY_FEED, err, "s", feed) && row_collect(store, STMT_ROWS_BY_FEED, old, err);
}

static bool is_allowed(const struct cache_change *change, const struct cache_rows *old)
{
	struct cache_total total = {.count = old->count};
	for (size_t i = 0; change && i < old->count; i++) {
		total.bytes += cache_row_bytes(&old->items[i]);
	}
	return !change || change->allows(change->context, &total);
}

/* The rows that stay must be those that were there when the change was found. */
static bool is_as_seen(struct cache *cache, const struct cache_change *change, struct err *err)
{
	return !change || !cache_changed(cache) || err_set(err, "another program has written %s", CACHE_FILE);
}

/* Without a change all rows of the feed are replaced. */
static bool replace(struct cache *cache, const struct cache_feed *feed, const struct cache_change *change,
		    const struct cache_rows *rows, struct err *err)
{
	struct store *store = cache->store;
	struct cache_rows old = {0};
	size_t fresh_count = 0;
	const struct cache_row **fresh = cache_rows_by_key(rows, &fresh_count);
	struct merged merged = {0};
	store_pause(store);
	if (!fresh) {
		return err_set(err, "out of memory");
	}
	if (!transaction_begin(store, STMT_BEGIN_WRITE, err)) {
		free(fresh);
		return false;
	}
	bool ok = is_as_seen(cache, change, err) && read_old(store, feed->name, change, &old, err) &&
		  is_allowed(change, &old) && merge_rows(store, feed->name, &old, fresh, fresh_count, &merged, err) &&
		  replace_feed(store, feed, merged.wrote, err) && transaction_commit(store, err);
	transaction_end(store);
	cache->needs_scrub = cache->needs_scrub || merged.dropped;
	cache_rows_finish(&old);
	free(fresh);
	return ok;
}

bool cache_replace(struct cache *cache, const struct cache_feed *feed, const struct cache_rows *rows, struct err *err)
{
	bool ok = replace(cache, feed, NULL, rows, err);
	if (!ok && store_wants_reopening(cache->store)) {
		ok = replace(cache, feed, NULL, rows, err);
	}
	return ok || err_prefix(err, "feed %s", feed->name);
}

bool cache_replace_some(struct cache *cache, const struct cache_feed *feed, const struct cache_change *change,
			const struct cache_rows *rows, struct err *err)
{
	return replace(cache, feed, change, rows, err) || err_prefix(err, "feed %s", feed->name);
}

static bool touch(struct store *store, const struct cache_feed *feed, struct err *err)
{
	struct cache_feeds found = {0};
	if (!transaction_begin(store, STMT_BEGIN_WRITE, err)) {
		return false;
	}
	bool ok = find_feed(store, feed->name, &found, err);
	if (ok && found.count == 0) {
		ok = err_set(err, "%s does not hold it yet", CACHE_FILE);
	} else if (ok && age_is_due(&found.items[0], feed)) {
		struct cache_feed own = *feed; /* the stored rows and the settings they were made with stay */
		own.changed_utc = found.items[0].changed_utc;
		own.from_day = found.items[0].from_day;
		own.to_day = found.items[0].to_day;
		own.settings = found.items[0].settings;
		ok = row_put_feed(store, &own, err) && transaction_commit(store, err);
	}
	transaction_end(store);
	cache_feeds_finish(&found);
	return ok;
}

bool cache_touch(struct cache *cache, const struct cache_feed *feed, struct err *err)
{
	return touch(cache->store, feed, err) || err_prefix(err, "feed %s", feed->name);
}

static bool is_among(const char *name, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(name, names[i]) == 0) {
			return true;
		}
	}
	return false;
}

bool cache_keep_only(struct cache *cache, const char *const *names, size_t count, struct err *err)
{
	struct store *store = cache->store;
	struct cache_feeds feeds = {0};
	bool drops = false;
	if (!transaction_begin(store, STMT_BEGIN_WRITE, err)) {
		return false;
	}
	bool ok = row_collect_feeds(store, STMT_FEEDS, &feeds, err);
	for (size_t i = 0; ok && i < feeds.count; i++) {
		const char *name = feeds.items[i].name;
		if (!is_among(name, names, count)) {
			drops = true;
			ok = store_bind(store, STMT_ROWS_DROP, err, "s", name) &&
			     store_run(store, STMT_ROWS_DROP, err) &&
			     store_bind(store, STMT_FEED_DROP, err, "s", name) && store_run(store, STMT_FEED_DROP, err);
		}
	}
	ok = ok && transaction_commit(store, err);
	transaction_end(store);
	cache->needs_scrub = cache->needs_scrub || drops;
	cache_feeds_finish(&feeds);
	return ok;
}

bool cache_scrub(struct cache *cache, struct err *err)
{
	if (cache->needs_scrub && transaction_scrub(cache->store, err)) {
		cache->needs_scrub = false;
	}
	return !cache->needs_scrub;
}

bool cache_read_feeds(struct cache *cache, struct cache_feeds *out_feeds, struct err *err)
{
	struct cache_feeds feeds = {0};
	int64_t version = -1;
	bool ok = transaction_begin(cache->store, STMT_BEGIN_READ, err);
	if (ok) {
		version = store_data_version(cache->store);
		ok = row_collect_feeds(cache->store, STMT_FEEDS, &feeds, err);
	}
	transaction_end(cache->store);
	if (ok) {
		cache->seen_opening = cache->store->openings;
		cache->seen_version = version;
		*out_feeds = feeds;
	} else {
		cache_feeds_finish(&feeds);
	}
	return ok;
}

/* Binds a statement that yields all columns of the rows, and returns its number; STMT_COUNT when that failed. */
static enum stmt_id bind_rows(struct store *store, const char *feed, const struct cache_days *days, struct err *err)
{
	if (!feed) {
		return STMT_ROWS;
	}
	if (!days) {
		return store_bind(store, STMT_ROWS_BY_FEED, err, "s", feed) ? STMT_ROWS_BY_FEED : STMT_COUNT;
	}
	bool ok = store_bind(store, STMT_ROWS_BY_DAYS, err, "siiii", feed, (int64_t)days->from_day,
			     (int64_t)days->to_day, days->from_utc, days->to_utc);
	return ok ? STMT_ROWS_BY_DAYS : STMT_COUNT;
}

static bool read_rows(struct store *store, const char *feed, const struct cache_days *days, struct cache_rows *rows,
		      struct cache_total *out_total, struct err *err)
{
	bool ok = transaction_begin(store, STMT_BEGIN_READ, err);
	enum stmt_id id = ok ? bind_rows(store, feed, days, err) : STMT_COUNT;
	ok = id != STMT_COUNT && row_collect(store, id, rows, err);
	id = ok && out_total ? bind_rows(store, feed, NULL, err) : id;
	ok = ok && id != STMT_COUNT && (!out_total || row_count(store, id, out_total, err));
	transaction_end(store);
	return ok;
}

bool cache_read_rows(struct cache *cache, const char *feed, const struct cache_days *days, struct cache_rows *out_rows,
		     struct cache_total *out_total, struct err *err)
{
	struct cache_rows rows = {0};
	if (!read_rows(cache->store, feed, days, &rows, out_total, err)) {
		cache_rows_finish(&rows);
		return false;
	}
	cache_rows_sort(&rows);
	*out_rows = rows;
	return true;
}

bool cache_count_rows(struct cache *cache, const char *feed, const struct cache_days *days, size_t *out_count,
		      struct err *err)
{
	struct cache_total total = {0};
	bool ok = transaction_begin(cache->store, STMT_BEGIN_READ, err);
	enum stmt_id id = ok ? bind_rows(cache->store, feed, days, err) : STMT_COUNT;
	ok = id != STMT_COUNT && row_count(cache->store, id, &total, err);
	transaction_end(cache->store);
	if (ok) {
		*out_count = total.count;
	}
	return ok;
}
