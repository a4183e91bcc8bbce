/* Who frees a snapshot: the last user, in whatever thread. Run under the address and thread sanitizers, which notice
 * what these tests cannot: a leak, a double free, a race. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "app/office/snapshot.h"

enum { THREADS = 4, ROUNDS = 1000 };

static struct cache_rows one_row(void)
{
	struct cache_rows rows = {.items = calloc(1, sizeof(struct cache_row)), .count = 1, .capacity = 1};
	rows.items[0].uid = strdup("uid");
	return rows;
}

static struct snapshot *full_snapshot(void)
{
	struct snapshot *snapshot = snapshot_create();
	assert_non_null(snapshot);
	snapshot->rows = one_row();
	snapshot->feeds = calloc(1, sizeof(*snapshot->feeds));
	snapshot->feeds[0].name = strdup("desks");
	snapshot->feeds[0].message = strdup("");
	snapshot->feed_count = 1;
	return snapshot;
}

static void test_new_one_is_empty(void **state)
{
	(void)state;
	struct snapshot *snapshot = snapshot_create();
	assert_int_equal(snapshot->rows.count, 0);
	assert_int_equal(snapshot->feed_count, 0);
	assert_string_equal(snapshot->store_message, "");
	snapshot_unref(snapshot);
	snapshot_unref(NULL);
	snapshot_part_unref(NULL);
}

static void test_references(void **state)
{
	(void)state;
	struct snapshot *snapshot = full_snapshot();
	assert_ptr_equal(snapshot_ref(snapshot), snapshot);
	snapshot_unref(snapshot);
	assert_string_equal(snapshot->rows.items[0].uid, "uid"); /* still there */
	snapshot_unref(snapshot);
}

static void test_shared_parts_outlive_their_snapshot(void **state)
{
	(void)state;
	struct snapshot_part *part = snapshot_part_create();
	part->rows = one_row();
	struct snapshot *first = snapshot_create(), *second = snapshot_create();
	first->rows_part = snapshot_part_ref(part);
	first->rows = part->rows;
	second->rows_part = snapshot_part_ref(part);
	second->rows = part->rows;
	snapshot_part_unref(part);
	snapshot_unref(first);
	assert_string_equal(second->rows.items[0].uid, "uid");
	snapshot_unref(second);
}

static struct snapshot_part *rows_of(const char *uids, int64_t start_utc)
{
	static char none[] = "";
	struct snapshot_part *part = snapshot_part_create();
	for (size_t i = 0; uids[i]; i++) {
		char uid[] = {uids[i], '\0'};
		const struct cache_row row = {.feed = none,
					      .uid = uid,
					      .recurrence_id = none,
					      .span = {.start_utc = start_utc + 10 * (int64_t)i},
					      .place = none,
					      .title = none,
					      .organizer = none,
					      .location = none,
					      .url = none};
		assert_true(cache_rows_copy(&part->rows, &row));
	}
	return part;
}

static bool is_among(void *context, const char *uid)
{
	return strchr(context, uid[0]);
}

/* A part is changed again and again; the rows keep their order. */
static void test_a_patched_part(void **state)
{
	(void)state;
	static const struct {
		const char *gone, *added, *rows;
		int64_t start_utc;
	} changes[] = {{"b", "x", "axcd", 15}, {"", "yz", "ayxzcd", 5}, {"ayxzcd", "", "", 0}, {"", "ef", "ef", 0}};
	struct snapshot_part *part = rows_of("abcd", 0);
	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
		struct snapshot_part *added = rows_of(changes[i].added, changes[i].start_utc);
		struct snapshot_part *patched =
			snapshot_part_patch(part, is_among, (void *)(uintptr_t)changes[i].gone, added);
		snapshot_part_unref(part);
		snapshot_part_unref(added);
		part = patched;
		assert_int_equal(part->rows.count, strlen(changes[i].rows));
		for (size_t k = 0; k < part->rows.count; k++) {
			assert_int_equal(part->rows.items[k].uid[0], changes[i].rows[k]);
		}
		assert_int_equal(part->source_count, i + 2);
	}
	snapshot_part_unref(part);
}

static void *use(void *context)
{
	struct snapshot *snapshot = context;
	for (int i = 0; i < ROUNDS; i++) {
		struct snapshot *own = snapshot_ref(snapshot);
		if (strcmp(own->rows.items[0].uid, "uid") != 0) {
			abort();
		}
		snapshot_unref(own);
	}
	snapshot_unref(snapshot);
	return NULL;
}

static void test_threads(void **state)
{
	(void)state;
	pthread_t threads[THREADS];
	struct snapshot *snapshot = full_snapshot();
	for (size_t i = 0; i < THREADS; i++) {
		assert_int_equal(pthread_create(&threads[i], NULL, use, snapshot_ref(snapshot)), 0);
	}
	snapshot_unref(snapshot); /* one of the threads frees it */
	for (size_t i = 0; i < THREADS; i++) {
		assert_int_equal(pthread_join(threads[i], NULL), 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_new_one_is_empty),
		cmocka_unit_test(test_references),
		cmocka_unit_test(test_shared_parts_outlive_their_snapshot),
		cmocka_unit_test(test_a_patched_part),
		cmocka_unit_test(test_threads),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
