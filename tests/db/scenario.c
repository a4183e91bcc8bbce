/* See scenario.h. */
#include "scenario.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONG_UID = 6000, FIRST_UTC = 1000 };

static void name_token(char token[32], size_t number)
{
	snprintf(token, 32, "tap-%zu", number);
}

static bool is_allowed(void *context, const struct journal_entries *so_far)
{
	(void)context;
	(void)so_far;
	return true;
}

static bool note(struct scenario *scenario, bool ok, const struct err *err)
{
	if (!ok) {
		assert_true(err->text[0] != '\0'); /* every failure comes with a message */
		scenario->failures++;
	}
	return ok;
}

static void check_in(struct scenario *scenario, size_t number)
{
	static char long_uid[LONG_UID + 1];
	struct err err = {""};
	char token[32];
	int64_t id = 0;
	memset(long_uid, 'u', LONG_UID);
	name_token(token, number);
	struct journal_entry entry = state_entry(token, FIRST_UTC + (int64_t)number);
	if (number == 2) {
		entry.uid = long_uid; /* needs more than one page */
	}
	if (scenario->journal) {
		enum journal_appended outcome =
			journal_append(scenario->journal, &entry, 0, is_allowed, NULL, &id, &err);
		assert_int_not_equal(outcome, JOURNAL_REFUSED);
		scenario->acknowledged[number] = outcome != JOURNAL_NOT_SAVED;
		note(scenario, outcome != JOURNAL_NOT_SAVED, &err);
		assert_int_equal(id > 0, outcome != JOURNAL_NOT_SAVED);
	}
}

/* All rows of a version carry its number, and so does the feed. */
static bool refresh(struct cache *cache, size_t version, struct err *err)
{
	enum { ROWS = 40 };
	struct cache_row rows[ROWS];
	char uids[ROWS][16];
	char title[32];
	snprintf(title, sizeof(title), "version %zu", version);
	for (size_t i = 0; i < ROWS; i++) {
		snprintf(uids[i], sizeof(uids[i]), "uid-%zu", i);
		rows[i] = state_row(uids[i], title, (int64_t)i);
	}
	const struct cache_rows list = {rows, ROWS - version, ROWS, NULL};
	struct cache_feed feed = state_feed("desks", 10000 * (int64_t)version);
	feed.body_hash = title;
	return cache_replace(cache, &feed, &list, err);
}

static void refresh_feed(struct scenario *scenario)
{
	struct err err = {""};
	scenario->feed_versions++;
	if (scenario->cache) {
		note(scenario, refresh(scenario->cache, scenario->feed_versions, &err), &err);
	}
}

static void open_both(struct scenario *scenario)
{
	struct err err = {""};
	if (!scenario->journal) {
		note(scenario, journal_open(scenario->dir, NULL, &scenario->journal, &err) != JOURNAL_FAILED, &err);
	}
	if (!scenario->cache) {
		note(scenario, cache_open(scenario->dir, NULL, &scenario->cache, &err) != CACHE_FAILED, &err);
	}
}

void scenario_begin(struct scenario *scenario, const char *dir)
{
	*scenario = (struct scenario){.dir = dir};
	open_both(scenario);
}

static void read_both(struct scenario *scenario)
{
	struct journal_entries entries = {0}, old = {0};
	struct cache_rows rows = {0};
	struct cache_feeds feeds = {0};
	struct err err = {""};
	void *copy = NULL;
	size_t size = 0;
	int64_t at_utc = 0;
	if (scenario->journal) {
		note(scenario, journal_read(scenario->journal, 0, &entries, &err), &err);
		journal_changed(scenario->journal);
		note(scenario, journal_read_old(scenario->journal, FIRST_UTC + 1, &old, &err), &err);
		note(scenario, journal_find_oldest(scenario->journal, &at_utc, &err), &err);
		note(scenario, journal_find_last(scenario->journal, &at_utc, &err), &err);
		note(scenario, journal_copy(scenario->journal, &copy, &size, &err), &err);
	}
	free(copy);
	journal_entries_finish(&old);
	if (scenario->cache) {
		note(scenario, cache_read_rows(scenario->cache, NULL, NULL, &rows, NULL, &err), &err);
		note(scenario, cache_read_feeds(scenario->cache, &feeds, &err), &err);
		cache_changed(scenario->cache);
	}
	journal_entries_finish(&entries);
	cache_rows_finish(&rows);
	cache_feeds_finish(&feeds);
}

static void purge(struct scenario *scenario)
{
	struct err err = {""};
	scenario->purge_begun = true;
	if (scenario->journal) {
		note(scenario, journal_purge(scenario->journal, FIRST_UTC + 1, NULL, &err), &err);
	}
	if (scenario->cache) {
		const char *const names[] = {"desks"};
		struct cache_feed feed = state_feed("desks", 10000 * (int64_t)scenario->feed_versions + 4000);
		note(scenario, cache_touch(scenario->cache, &feed, &err), &err);
		note(scenario, cache_keep_only(scenario->cache, names, 1, &err), &err);
		note(scenario, cache_scrub(scenario->cache, &err), &err);
	}
}

void scenario_run(struct scenario *scenario)
{
	check_in(scenario, 0);
	refresh_feed(scenario);
	check_in(scenario, 1);
	check_in(scenario, 2);
	refresh_feed(scenario);
	read_both(scenario);
	purge(scenario);
	check_in(scenario, 3);
	journal_close(scenario->journal);
	cache_close(scenario->cache);
	scenario->journal = NULL;
	scenario->cache = NULL;
	open_both(scenario);
	check_in(scenario, 4);
	refresh_feed(scenario);
	check_in(scenario, 5);
}

void scenario_run_briefly(struct scenario *scenario)
{
	check_in(scenario, 0);
	refresh_feed(scenario);
	read_both(scenario);
	purge(scenario);
	check_in(scenario, 2);
}

void scenario_end(struct scenario *scenario)
{
	journal_close(scenario->journal);
	cache_close(scenario->cache);
	scenario->journal = NULL;
	scenario->cache = NULL;
}

static size_t count_token(const struct journal_entries *entries, size_t number)
{
	char token[32];
	size_t count = 0;
	name_token(token, number);
	for (size_t i = 0; i < entries->count; i++) {
		count += strcmp(entries->items[i].token, token) == 0;
	}
	return count;
}

static void check_journal(const struct scenario *scenario, const char *dir, enum scenario_mend mend)
{
	struct journal *journal = NULL;
	struct journal_entries entries = {0};
	struct err err = {""};
	enum journal_opened opened = journal_open(dir, NULL, &journal, &err);
	if (opened == JOURNAL_FAILED || (opened == JOURNAL_SALVAGED && mend == SCENARIO_MUST_BE_WHOLE) ||
	    !journal_read(journal, INT64_MIN, &entries, &err)) {
		fail_msg("the journal: %d, %s", opened, err.text);
	}
	for (size_t i = 0; i < SCENARIO_CHECK_INS; i++) {
		size_t count = count_token(&entries, i);
		assert_true(count <= 1);
		if (scenario->acknowledged[i] && !(i == 0 && scenario->purge_begun) && count != 1) {
			fail_msg("check-in %zu was acknowledged and is not there", i);
		}
	}
	journal_entries_finish(&entries);
	journal_close(journal);
}

/* The rows are those of one version, all of them, and the feed is of the same. */
static void check_cache(const struct scenario *scenario, const char *dir, enum scenario_mend mend)
{
	struct cache *cache = NULL;
	struct cache_rows rows = {0};
	struct cache_feeds feeds = {0};
	struct err err = {""};
	size_t version = 0;
	enum cache_opened opened = cache_open(dir, NULL, &cache, &err);
	if (opened == CACHE_FAILED || (opened == CACHE_REBUILT && mend == SCENARIO_MUST_BE_WHOLE) ||
	    !cache_read_rows(cache, NULL, NULL, &rows, NULL, &err) || !cache_read_feeds(cache, &feeds, &err)) {
		fail_msg("the cache: %d, %s", opened, err.text);
	}
	if (feeds.count > 0) {
		version = (size_t)(feeds.items[0].agreed_utc / 10000);
		assert_true(version >= 1 && version <= scenario->feed_versions);
		assert_int_equal(rows.count, 40 - version);
	} else {
		assert_int_equal(rows.count, 0);
	}
	for (size_t i = 0; i < rows.count; i++) {
		char title[32];
		snprintf(title, sizeof(title), "version %zu", version);
		assert_string_equal(rows.items[i].title, title);
	}
	cache_rows_finish(&rows);
	cache_feeds_finish(&feeds);
	cache_close(cache);
}

void scenario_check(const struct scenario *scenario, const char *dir, enum scenario_mend mend)
{
	check_journal(scenario, dir, mend);
	check_cache(scenario, dir, mend);
}

void scenario_check_recovery(struct scenario *scenario)
{
	size_t before = scenario->failures;
	open_both(scenario);
	check_in(scenario, 6);
	for (size_t i = 1; i <= 6; i++) { /* trying again with the same token makes no second one */
		check_in(scenario, i);
		assert_true(scenario->acknowledged[i]);
	}
	refresh_feed(scenario);
	read_both(scenario);
	purge(scenario);
	check_in(scenario, 7);
	assert_int_equal(scenario->failures, before);
}
