/* The cache as its users see it: rows come back as they were put, and what has not changed is not written. */
#include "state.h"

#include "db/identity.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int set_up(void **context)
{
	struct state *state = calloc(1, sizeof(*state));
	state_make(state);
	*context = state;
	return 0;
}

static int tear_down(void **context)
{
	state_remove(*context);
	free(*context);
	return 0;
}

static void replace(struct cache *cache, const struct cache_feed *feed, struct cache_row *rows, size_t count)
{
	const struct cache_rows list = {rows, count, count, NULL};
	struct err err = {""};
	if (!cache_replace(cache, feed, &list, &err)) {
		fail_msg("cache_replace: %s", err.text);
	}
}

static struct cache_rows read_rows(struct cache *cache)
{
	struct cache_rows rows = {0};
	struct err err = {""};
	if (!cache_read_rows(cache, NULL, NULL, &rows, NULL, &err)) {
		fail_msg("cache_read_rows: %s", err.text);
	}
	return rows;
}

static struct cache_feeds read_feeds(struct cache *cache)
{
	struct cache_feeds feeds = {0};
	struct err err = {""};
	if (!cache_read_feeds(cache, &feeds, &err)) {
		fail_msg("cache_read_feeds: %s", err.text);
	}
	return feeds;
}

static void keeps_every_field(void **context)
{
	const struct cache_row wanted[] = {
		{.feed = "",
		 .uid = "a",
		 .recurrence_id = "2026-11-23",
		 .span = {.all_day = true, .start_day = 20780, .end_day = 20782},
		 .place = "",
		 .title = "Åsa Ö.",
		 .organizer = "Therese B.",
		 .is_person = true,
		 .location = "Vännäs",
		 .url = "https://example.org/?a=1&b=2",
		 .busy = OCCURRENCE_FREE,
		 .status = OCCURRENCE_TENTATIVE},
		{.feed = "",
		 .uid = "a",
		 .recurrence_id = "2026-11-24",
		 .span = {.start_utc = 1795478400, .end_utc = 1795478400},
		 .place = "5",
		 .title = "",
		 .organizer = "",
		 .is_private = true,
		 .location = "",
		 .url = "",
		 .busy = OCCURRENCE_WORKING_ELSEWHERE,
		 .status = OCCURRENCE_CANCELLED},
	};
	struct cache_row rows[2] = {wanted[1], wanted[0]};
	struct cache_feed feed = state_feed("desks", 1000);
	struct cache *cache = state_cache(*context);
	replace(cache, &feed, rows, 2);
	cache_close(cache);
	cache = state_cache(*context);
	struct cache_rows read = read_rows(cache);
	assert_int_equal(read.count, 2);
	for (size_t i = 0; i < 2; i++) {
		const struct cache_row *got = &read.items[i];
		assert_string_equal(got->feed, "desks");
		assert_string_equal(got->uid, wanted[i].uid);
		assert_string_equal(got->recurrence_id, wanted[i].recurrence_id);
		assert_int_equal(got->span.all_day, wanted[i].span.all_day);
		assert_int_equal(got->span.start_utc, wanted[i].span.start_utc);
		assert_int_equal(got->span.end_utc, wanted[i].span.end_utc);
		assert_int_equal(got->span.start_day, wanted[i].span.start_day);
		assert_int_equal(got->span.end_day, wanted[i].span.end_day);
		assert_string_equal(got->place, wanted[i].place);
		assert_string_equal(got->title, wanted[i].title);
		assert_string_equal(got->organizer, wanted[i].organizer);
		assert_int_equal(got->is_person, wanted[i].is_person);
		assert_int_equal(got->is_private, wanted[i].is_private);
		assert_string_equal(got->location, wanted[i].location);
		assert_string_equal(got->url, wanted[i].url);
		assert_int_equal(got->busy, wanted[i].busy);
		assert_int_equal(got->status, wanted[i].status);
	}
	cache_rows_finish(&read);
	struct cache_feeds feeds = read_feeds(cache);
	assert_int_equal(feeds.count, 1);
	assert_string_equal(feeds.items[0].name, "desks");
	assert_string_equal(feeds.items[0].settings, feed.settings);
	assert_string_equal(feeds.items[0].etag, feed.etag);
	assert_string_equal(feeds.items[0].last_modified, "");
	assert_string_equal(feeds.items[0].body_hash, "hash");
	assert_int_equal(feeds.items[0].agreed_utc, 1000);
	assert_int_equal(feeds.items[0].changed_utc, 1000);
	assert_int_equal(feeds.items[0].from_day, 20000);
	assert_int_equal(feeds.items[0].to_day, 20030);
	assert_int_equal(feeds.items[0].skipped, 2);
	cache_feeds_finish(&feeds);
	cache_close(cache);
}

static void reads_in_order(void **context)
{
	struct cache_row rows[] = {state_row("late", "", 300), state_row("b", "", 200), state_row("a", "", 200),
				   state_row("day", "", 0)};
	struct cache_feed room = state_feed("room", 1000);
	struct cache_feed desks = state_feed("desks", 1000);
	struct cache *cache = state_cache(*context);
	rows[3].span = (struct span){.all_day = true, .start_day = 0, .end_day = 1};
	replace(cache, &room, rows, 1);
	replace(cache, &desks, rows, 4);
	struct cache_rows read = read_rows(cache);
	const char *const order[] = {"day", "a", "b", "late", "late"};
	assert_int_equal(read.count, 5);
	for (size_t i = 0; i < 5; i++) {
		assert_string_equal(read.items[i].uid, order[i]);
		assert_string_equal(read.items[i].feed, i < 4 ? "desks" : "room");
	}
	cache_rows_finish(&read);
	cache_close(cache);
}

/* What a refresh writes: nothing when nothing changed, else only what did. */
static void writes_only_what_differs(void **context)
{
	enum { ROWS = 400 };
	struct cache_row *rows = calloc(ROWS, sizeof(*rows));
	char(*uids)[16] = calloc(ROWS, sizeof(*uids));
	for (size_t i = 0; i < ROWS; i++) {
		snprintf(uids[i], sizeof(uids[i]), "uid-%03zu", i);
		rows[i] = state_row(uids[i], "Nils S.", (int64_t)i * 100);
	}
	struct cache_feed feed = state_feed("desks", 1000);
	struct cache *cache = state_cache(*context);
	const char *path = state_path(*context, CACHE_FILE);
	struct stat before;
	struct stat after;
	size_t size = 0;
	size_t again = 0;
	replace(cache, &feed, rows, ROWS);
	unsigned char *old = state_load(path, &size);
	assert_int_equal(stat(path, &before), 0);

	feed.agreed_utc += 3599;
	feed.body_hash = "only a comment changed";
	feed.changed_utc = feed.agreed_utc;
	replace(cache, &feed, rows, ROWS);
	struct err err = {""};
	assert_true(cache_touch(cache, &feed, &err));
	unsigned char *fresh = state_load(path, &again);
	assert_int_equal(stat(path, &after), 0);
	assert_int_equal(again, size);
	assert_memory_equal(fresh, old, size);
	assert_int_equal(before.st_mtim.tv_sec, after.st_mtim.tv_sec);
	assert_int_equal(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
	free(fresh);

	rows[200].title = "Lisa N.";
	replace(cache, &feed, rows, ROWS);
	fresh = state_load(path, &again);
	size_t pages = 0;
	for (size_t at = 0; at < size; at += 4096) {
		pages += memcmp(old + at, fresh + at, 4096) != 0;
	}
	assert_int_equal(again, size);
	assert_true(pages > 0);
	assert_true(pages <= 3); /* the row's, the feed's, and the first with the change counter */
	free(fresh);
	free(old);
	cache_close(cache);
	free(rows);
	free(uids);
}

static int64_t stored_age(struct cache *cache)
{
	struct cache_feeds feeds = read_feeds(cache);
	int64_t agreed_utc = feeds.items[0].agreed_utc;
	cache_feeds_finish(&feeds);
	return agreed_utc;
}

static void writes_the_age_once_an_hour(void **context)
{
	const struct {
		int64_t agreed_utc, stored_utc;
	} cases[] = {
		{100000, 100000}, {100001, 100000}, {103599, 100000}, {103600, 103600},
		{103700, 103600}, {90000, 90000}, /* the clock was set back: an age in the future is put right at once
						   */
		{90001, 90000},   {200000, 200000},
	};
	struct cache *cache = state_cache(*context);
	struct cache_feed feed = state_feed("desks", 100000);
	struct err err = {""};
	assert_false(cache_touch(cache, &feed, &err)); /* never read: there is nothing whose age it could be */
	assert_non_null(strstr(err.text, "desks"));
	replace(cache, &feed, NULL, 0);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		feed.agreed_utc = cases[i].agreed_utc;
		feed.changed_utc = 1;
		feed.from_day = 1;
		assert_true(cache_touch(cache, &feed, &err));
		assert_int_equal(stored_age(cache), cases[i].stored_utc);
	}
	struct cache_feeds feeds = read_feeds(cache);
	assert_int_equal(feeds.items[0].changed_utc, 100000); /* what belongs to the rows stays with the rows */
	assert_int_equal(feeds.items[0].from_day, 20000);
	cache_feeds_finish(&feeds);
	cache_close(cache);
}

static void what_belongs_to_the_rows_is_written_at_once(void **context)
{
	struct cache *cache = state_cache(*context);
	struct cache_feed feed = state_feed("desks", 1000);
	struct cache_row row = state_row("a", "Nils S.", 100);
	replace(cache, &feed, &row, 1);
	for (int i = 0; i < 4; i++) {
		feed.agreed_utc++;
		feed.changed_utc++;
		feed.settings = i == 0 ? "other" : feed.settings;
		feed.from_day += i == 1;
		feed.to_day += i == 2;
		feed.skipped += i == 3;
		replace(cache, &feed, &row, 1);
		struct cache_feeds feeds = read_feeds(cache);
		assert_int_equal(feeds.items[0].agreed_utc, feed.agreed_utc);
		assert_int_equal(feeds.items[0].changed_utc, 1000); /* no row changed */
		cache_feeds_finish(&feeds);
	}
	row.url = "https://example.org";
	replace(cache, &feed, &row, 1);
	struct cache_feeds feeds = read_feeds(cache);
	assert_int_equal(feeds.items[0].changed_utc, feed.changed_utc);
	cache_feeds_finish(&feeds);
	cache_close(cache);
}

static void each_difference_counts(void **context)
{
	struct cache *cache = state_cache(*context);
	struct cache_feed feed = state_feed("desks", 1000);
	const struct cache_row plain = state_row("a", "Nils S.", 100);
	struct cache_row changed[12];
	for (size_t i = 0; i < 12; i++) {
		changed[i] = plain;
	}
	changed[0].span.start_utc++;
	changed[1].span.end_utc++;
	changed[2].span = (struct span){.all_day = true, .start_day = 1, .end_day = 2};
	changed[3].place = "6";
	changed[4].title = "Lisa N.";
	changed[5].is_person = false;
	changed[6].is_private = true;
	changed[7].location = "Vännäs";
	changed[8].url = "https://example.org";
	changed[9].busy = OCCURRENCE_FREE;
	changed[10].status = OCCURRENCE_TENTATIVE;
	changed[11].organizer = "Therese B.";
	for (size_t i = 0; i < 12; i++) {
		struct cache_row row = plain;
		feed.changed_utc = 1000;
		replace(cache, &feed, &row, 1);
		feed.changed_utc = 2000;
		replace(cache, &feed, &changed[i], 1);
		struct cache_feeds feeds = read_feeds(cache);
		assert_int_equal(feeds.items[0].changed_utc, 2000);
		cache_feeds_finish(&feeds);
	}
	cache_close(cache);
}

/* What an earlier version kept is worth weeks without a network. */
static void keeps_what_an_earlier_version_kept(void **context)
{
	struct cache *cache = state_cache(*context);
	struct cache_feed feed = state_feed("desks", 1000);
	struct cache_row row = state_row("a", "Nils S.", 100);
	struct err err = {""};
	replace(cache, &feed, &row, 1);
	cache_close(cache);
	state_sql(state_path(*context, CACHE_FILE),
		  "ALTER TABLE occurrence DROP COLUMN organizer; PRAGMA user_version = 1");
	cache = NULL;
	struct identity *identity = identity_open(((struct state *)*context)->dir, NULL, &err);
	assert_non_null(identity);
	assert_int_equal(cache_open(((struct state *)*context)->dir, identity, &cache, &err), CACHE_OPENED);
	struct cache_rows rows = read_rows(cache);
	assert_int_equal(rows.count, 1);
	assert_string_equal(rows.items[0].title, "Nils S.");
	assert_string_equal(rows.items[0].organizer, "");
	cache_rows_finish(&rows);
	cache_close(cache);
	identity_close(identity);
}

static void one_row_for_each_identity(void **context)
{
	struct cache *cache = state_cache(*context);
	struct cache_feed feed = state_feed("desks", 1000);
	struct cache_row rows[] = {state_row("same", "first", 100), state_row("other", "", 100),
				   state_row("same", "second", 200)};
	replace(cache, &feed, rows, 3);
	struct cache_rows read = read_rows(cache);
	assert_int_equal(read.count, 2);
	assert_string_equal(read.items[1].title, "first");
	cache_rows_finish(&read);
	cache_close(cache);
}

/* A row that is too large is refused, and nothing has changed. */
static void refuses_what_is_too_large(void **context)
{
	enum { TOO_LARGE = 5 * 1024 * 1024 };
	struct cache *cache = state_cache(*context);
	struct cache_feed feed = state_feed("desks", 1000);
	struct cache_row rows[] = {state_row("a", "first", 100), state_row("b", "second", 100)};
	const struct cache_rows list = {rows, 2, 2, NULL};
	struct err err = {""};
	char *title = malloc(TOO_LARGE + 1);
	assert_non_null(title);
	memset(title, 'x', TOO_LARGE);
	title[TOO_LARGE] = '\0';
	replace(cache, &feed, rows, 1);
	rows[0].title = "changed";
	rows[1].title = title;
	assert_false(cache_replace(cache, &feed, &list, &err));
	assert_non_null(strstr(err.text, "desks"));
	struct cache_rows read = read_rows(cache);
	assert_int_equal(read.count, 1);
	assert_string_equal(read.items[0].title, "first");
	cache_rows_finish(&read);
	cache_close(cache);
	free(title);
}

static void a_feed_touches_no_other(void **context)
{
	struct cache *cache = state_cache(*context);
	struct cache_feed desks = state_feed("desks", 1000);
	struct cache_feed room = state_feed("room", 1000);
	struct cache_row rows[] = {state_row("a", "Vanishing Person", 100), state_row("b", "Nils S.", 200)};
	const char *const configured[] = {"room", "not read yet"};
	struct err err = {""};
	replace(cache, &desks, rows, 2);
	replace(cache, &room, rows + 1, 1);
	replace(cache, &desks, rows, 0);
	struct cache_rows read = read_rows(cache);
	assert_int_equal(read.count, 1);
	assert_string_equal(read.items[0].feed, "room");
	cache_rows_finish(&read);
	replace(cache, &desks, rows, 1);
	assert_true(cache_keep_only(cache, configured, 2, &err));
	read = read_rows(cache);
	assert_int_equal(read.count, 1);
	cache_rows_finish(&read);
	struct cache_feeds feeds = read_feeds(cache);
	assert_int_equal(feeds.count, 1);
	cache_feeds_finish(&feeds);
	assert_true(cache_scrub(cache, &err));
	assert_false(state_holds(*context, "Vanishing"));
	assert_true(state_holds(*context, "Nils S."));
	cache_close(cache);
}

static void sees_what_another_writes(void **context)
{
	struct cache *kiosk = state_cache(*context);
	struct cache *wall = state_cache(*context);
	struct cache_feed feed = state_feed("desks", 1000);
	assert_true(cache_changed(wall));
	struct cache_feeds read = read_feeds(wall);
	cache_feeds_finish(&read);
	assert_false(cache_changed(wall));
	replace(kiosk, &feed, NULL, 0);
	assert_true(cache_changed(wall));
	read = read_feeds(wall);
	cache_feeds_finish(&read);
	assert_false(cache_changed(wall));
	cache_close(wall);
	cache_close(kiosk);
}

struct asked {
	const char *concerned;
	bool is_allowed;
	struct cache_total replaced;
	const char *const *names; /* of all bookings that are concerned, when they are known */
	size_t name_count;
};

static bool concerns(void *context, const char *uid)
{
	const struct asked *asked = context;
	return strcmp(uid, asked->concerned) == 0;
}

static bool allows(void *context, const struct cache_total *replaced)
{
	struct asked *asked = context;
	asked->replaced = *replaced;
	return asked->is_allowed;
}

static bool change_some(struct cache *cache, struct asked *asked, struct cache_row *rows, size_t count)
{
	struct cache_feed feed = state_feed("desks", 2000);
	const struct cache_rows list = {rows, count, count, NULL};
	const struct cache_change change = {.uids = asked->names,
					    .uid_count = asked->name_count,
					    .concerns = concerns,
					    .allows = allows,
					    .context = asked};
	struct err err = {""};
	return cache_replace_some(cache, &feed, &change, &list, &err);
}

/* Of a feed only the rows of one booking are replaced, and only if the caller allows it and nobody else has written. */
static void replaces_a_part(void **context)
{
	struct cache_row rows[] = {state_row("a", "", 100), state_row("b", "1", 200), state_row("b", "2", 300)};
	struct cache_row fresh[] = {state_row("b", "2", 350), state_row("b", "3", 400)};
	struct cache_feed feed = state_feed("desks", 1000), room = state_feed("room", 1000);
	struct asked asked = {.concerned = "b"};
	struct cache *cache = state_cache(*context), *other = state_cache(*context);
	struct err err = {""};
	rows[1].recurrence_id = (char *)"1";
	rows[2].recurrence_id = fresh[0].recurrence_id = (char *)"2";
	fresh[1].recurrence_id = (char *)"3";
	replace(cache, &feed, rows, 3);
	replace(cache, &room, rows, 3);
	struct cache_feeds feeds = read_feeds(cache);
	cache_feeds_finish(&feeds);
	assert_false(change_some(cache, &asked, fresh, 2));
	assert_int_equal(asked.replaced.count, 2);
	assert_int_equal(asked.replaced.bytes, cache_row_bytes(&rows[1]) + cache_row_bytes(&rows[2]));
	asked.is_allowed = true;
	assert_true(change_some(cache, &asked, fresh, 2));
	struct cache_rows read = {0};
	struct cache_total total = {0};
	assert_true(cache_read_rows(cache, "desks", NULL, &read, &total, &err));
	assert_int_equal(read.count, 3);
	assert_int_equal(total.count, 3);
	assert_string_equal(read.items[0].uid, "a");
	assert_string_equal(read.items[1].recurrence_id, "2");
	assert_int_equal(read.items[1].span.start_utc, 350);
	assert_string_equal(read.items[2].recurrence_id, "3");
	assert_int_equal(total.bytes, cache_row_bytes(&read.items[0]) + cache_row_bytes(&read.items[1]) +
					      cache_row_bytes(&read.items[2]));
	cache_rows_finish(&read);
	read = read_rows(cache);
	assert_int_equal(read.count, 6); /* the other feed's stay */
	cache_rows_finish(&read);
	replace(other, &room, rows, 2);
	assert_false(change_some(cache, &asked, rows, 1));
	feeds = read_feeds(cache);
	cache_feeds_finish(&feeds);
	assert_true(change_some(cache, &asked, rows, 0));
	cache_close(other);
	cache_close(cache);
}

/* The bookings that are concerned may be named; nothing else is then looked at. */
static void replaces_bookings_by_name(void **context)
{
	static const char *const names[] = {"b", "c", "none"};
	struct cache_row rows[] = {state_row("a", "", 100), state_row("b", "", 200), state_row("c", "", 300)};
	struct cache_row fresh[] = {state_row("c", "", 350)};
	struct cache_feed feed = state_feed("desks", 1000), room = state_feed("room", 1000);
	struct asked asked = {.concerned = "a", .is_allowed = true, .names = names, .name_count = 3};
	struct cache *cache = state_cache(*context);
	replace(cache, &feed, rows, 3);
	replace(cache, &room, rows, 3);
	struct cache_feeds feeds = read_feeds(cache);
	cache_feeds_finish(&feeds);
	assert_true(change_some(cache, &asked, fresh, 1));
	assert_int_equal(asked.replaced.count, 2);
	struct cache_rows read = read_rows(cache);
	assert_int_equal(read.count, 5);
	assert_string_equal(read.items[0].uid, "a");
	assert_int_equal(read.items[1].span.start_utc, 350);
	assert_string_equal(read.items[2].feed, "room");
	cache_rows_finish(&read);
	cache_close(cache);
}

/* Rows at 0 o'clock of day 1, within day 1, over days 1 and 2, all day on day 2, and on day 3. */
static void reads_the_days_that_are_asked_for(void **context)
{
	enum { DAY = 86400 };
	struct cache_row rows[] = {state_row("point", "", DAY), state_row("short", "", DAY + 3600),
				   state_row("long", "", DAY + 7200), state_row("all", "", 0),
				   state_row("later", "", 3 * DAY + 60)};
	static const struct {
		int32_t from_day, to_day;
		const char *uids;
	} wanted[] = {
		{1, 2, "point short long "},          {2, 3, "long all "}, {3, 4, "all later "}, {0, 1, ""}, {4, 9, ""},
		{0, 9, "point short long all later "}};
	struct cache_feed feed = state_feed("desks", 1000);
	struct cache *cache = state_cache(*context);
	struct err err = {""};
	rows[0].span.end_utc = DAY;
	rows[1].span.end_utc = DAY + 7200;
	rows[2].span.end_utc = 2 * DAY + 3600;
	rows[3].span = (struct span){.all_day = true, .start_day = 2, .end_day = 3};
	rows[4].span.end_utc = 3 * DAY + 120;
	replace(cache, &feed, rows, 5);
	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++) {
		const struct cache_days days = {wanted[i].from_day, wanted[i].to_day, wanted[i].from_day * DAY,
						wanted[i].to_day * DAY};
		struct cache_rows read = {0};
		struct cache_total total = {0};
		size_t count = 0;
		char uids[64] = "";
		assert_true(cache_read_rows(cache, "desks", &days, &read, &total, &err));
		for (size_t k = 0; k < read.count; k++) {
			strcat(strcat(uids, read.items[k].uid), " ");
		}
		assert_string_equal(uids, wanted[i].uids);
		assert_int_equal(total.count, 5);
		assert_true(cache_count_rows(cache, "desks", &days, &count, &err));
		assert_int_equal(count, read.count);
		for (size_t k = 0; k < 5; k++) { /* what is in memory is judged alike */
			assert_int_equal(cache_row_touches(&rows[k], &days), strstr(uids, rows[k].uid) != NULL);
			assert_true(cache_row_touches(&rows[k], NULL));
		}
		cache_rows_finish(&read);
	}
	cache_close(cache);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(keeps_every_field, set_up, tear_down),
		cmocka_unit_test_setup_teardown(reads_in_order, set_up, tear_down),
		cmocka_unit_test_setup_teardown(writes_only_what_differs, set_up, tear_down),
		cmocka_unit_test_setup_teardown(writes_the_age_once_an_hour, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_belongs_to_the_rows_is_written_at_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(each_difference_counts, set_up, tear_down),
		cmocka_unit_test_setup_teardown(replaces_a_part, set_up, tear_down),
		cmocka_unit_test_setup_teardown(replaces_bookings_by_name, set_up, tear_down),
		cmocka_unit_test_setup_teardown(reads_the_days_that_are_asked_for, set_up, tear_down),
		cmocka_unit_test_setup_teardown(keeps_what_an_earlier_version_kept, set_up, tear_down),
		cmocka_unit_test_setup_teardown(one_row_for_each_identity, set_up, tear_down),
		cmocka_unit_test_setup_teardown(refuses_what_is_too_large, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_feed_touches_no_other, set_up, tear_down),
		cmocka_unit_test_setup_teardown(sees_what_another_writes, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
