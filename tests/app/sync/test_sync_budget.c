/* The memory that all feeds share: a feed that would take too much keeps its last good data and says what to do, and
 * the others go on. What the program takes meanwhile is counted byte by byte, in every allocation. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "worker.h"

/* Bytes that are allocated now, and the most that have been. The program's own thread alone is used. */
static size_t held, most_held;

void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_realloc(void *old, size_t size);
void *__real_reallocarray(void *old, size_t count, size_t size);
void *__wrap_reallocarray(void *old, size_t count, size_t size);
char *__real_strdup(const char *text);
char *__wrap_strdup(const char *text);
void __real_free(void *memory);
void __wrap_free(void *memory);

static void *add(void *memory)
{
	held += memory ? malloc_usable_size(memory) : 0;
	most_held = held > most_held ? held : most_held;
	return memory;
}

/* Memory that another library allocated is not counted when it is freed. */
static void drop(void *memory)
{
	size_t size = memory ? malloc_usable_size(memory) : 0;
	held -= size < held ? size : held;
}

void *__wrap_malloc(size_t size)
{
	return add(__real_malloc(size));
}

void *__wrap_calloc(size_t count, size_t size)
{
	return add(__real_calloc(count, size));
}

void *__wrap_realloc(void *old, size_t size)
{
	drop(old);
	return add(__real_realloc(old, size));
}

void *__wrap_reallocarray(void *old, size_t count, size_t size)
{
	drop(old);
	return add(__real_reallocarray(old, count, size));
}

char *__wrap_strdup(const char *text)
{
	return add(__real_strdup(text));
}

void __wrap_free(void *memory)
{
	drop(memory);
	__real_free(memory);
}

enum { FEEDS = 6, BUDGET = 3 << 20 };

static const char office[] = "feed \"a\" { kind = meetings path = \"a.ics\" names = full }\n"
			     "feed \"b\" { kind = meetings path = \"b.ics\" names = full }\n"
			     "feed \"c\" { kind = meetings path = \"c.ics\" names = full }\n"
			     "feed \"d\" { kind = meetings path = \"d.ics\" names = full }\n"
			     "feed \"e\" { kind = meetings path = \"e.ics\" names = full }\n"
			     "feed \"f\" { kind = meetings path = \"f.ics\" names = full }\n";

/* Meetings of today with a title and a place of a hundred bytes each, all different. */
static void write_feed(const struct worker *worker, char feed, int count)
{
	char *text = NULL, name[] = {feed, '.', 'i', 'c', 's', '\0'};
	size_t length = 0;
	FILE *out = open_memstream(&text, &length);
	assert_non_null(out);
	fprintf(out, "BEGIN:VCALENDAR\r\n");
	for (int i = 0; i < count; i++) {
		fprintf(out,
			"BEGIN:VEVENT\r\nUID:%c%d\r\nDTSTART:20261123T%02d0000Z\r\nDURATION:PT1H\r\n"
			"SUMMARY:%d%c %0100d\r\nLOCATION:%d%c %0100d\r\nEND:VEVENT\r\n",
			feed, i, 7 + i % 10, i, feed, 0, i, feed, 0);
	}
	fprintf(out, "END:VCALENDAR\r\n");
	fclose(out);
	worker_write(worker, name, text);
	free(text);
}

static const struct snapshot_feed *feed_of(const struct snapshot *snapshot, const char *name)
{
	for (size_t i = 0; i < snapshot->feed_count; i++) {
		if (strcmp(snapshot->feeds[i].name, name) == 0) {
			return &snapshot->feeds[i];
		}
	}
	fail();
	return NULL;
}

static size_t rows_of(const struct snapshot *snapshot, const char *feed)
{
	size_t count = 0;
	for (size_t i = 0; i < snapshot->rows.count; i++) {
		count += strcmp(snapshot->rows.items[i].feed, feed) == 0;
	}
	return count;
}

static void expect(struct worker *worker, const char *feed, enum feed_trouble trouble, size_t rows)
{
	struct snapshot *snapshot = sync_snapshot(worker->sync);
	const struct snapshot_feed *seen = feed_of(snapshot, feed);
	assert_int_equal(seen->trouble, trouble);
	assert_int_equal(rows_of(snapshot, feed), rows);
	bool is_told = strstr(seen->message, "MiB are kept for each; publish fewer days");
	assert_int_equal(is_told, trouble == FEED_TROUBLE_TOO_LARGE);
	snapshot_unref(snapshot);
}

static void test_a_feed_too_many(void **state)
{
	(void)state;
	struct worker worker;
	worker_set_up(&worker, office);
	worker.feeds_bytes_max = BUDGET;
	worker_open(&worker);
	write_feed(&worker, 'a', 2000);
	write_feed(&worker, 'b', 1500);
	write_feed(&worker, 'c', 2500);
	write_feed(&worker, 'd', 10);
	write_feed(&worker, 'e', 0);
	write_feed(&worker, 'f', 0);
	assert_false(sync_run_files(worker.sync));
	expect(&worker, "a", FEED_TROUBLE_NONE, 2000);
	expect(&worker, "b", FEED_TROUBLE_NONE, 1500);
	expect(&worker, "c", FEED_TROUBLE_TOO_LARGE, 0);
	expect(&worker, "d", FEED_TROUBLE_NONE, 10);
	write_feed(&worker, 'c', 500);
	assert_true(sync_run_files(worker.sync));
	expect(&worker, "c", FEED_TROUBLE_NONE, 500);
	write_feed(&worker, 'b', 3000);
	assert_false(sync_run_files(worker.sync));
	expect(&worker, "b", FEED_TROUBLE_TOO_LARGE, 1500);
	expect(&worker, "c", FEED_TROUBLE_NONE, 500);
	/* Another feed has become smaller. */
	write_feed(&worker, 'a', 300);
	assert_true(sync_run_files(worker.sync));
	expect(&worker, "b", FEED_TROUBLE_NONE, 3000);
	worker_tear_down(&worker);
}

/* A large feed that comes first leaves room for the small ones. */
static void test_a_small_feed_has_room(void **state)
{
	(void)state;
	struct worker worker;
	worker_set_up(&worker, office);
	worker.feeds_bytes_max = BUDGET;
	worker_open(&worker);
	static const int counts[FEEDS] = {1900, 1900, 2100, 400, 400, 400};
	for (int i = 0; i < FEEDS; i++) {
		write_feed(&worker, (char)('a' + i), counts[i]);
	}
	assert_false(sync_run_files(worker.sync));
	for (int i = 0; i < FEEDS; i++) {
		const char name[] = {(char)('a' + i), '\0'};
		bool is_refused = name[0] == 'c';
		expect(&worker, name, is_refused ? FEED_TROUBLE_TOO_LARGE : FEED_TROUBLE_NONE,
		       is_refused ? 0 : (size_t)counts[i]);
	}
	worker_tear_down(&worker);
}

/* The budget is an eighth of what the unit may take now. */
static void test_the_units_own_limit(void **state)
{
	(void)state;
	struct worker worker;
	char list[512], root[512];
	worker_set_up(&worker, office);
	snprintf(root, sizeof(root), "%s", worker.dir);
	snprintf(list, sizeof(list), "%s/list", worker.dir);
	worker.cgroup_root = root;
	worker.cgroup_list = list;
	worker_write(&worker, "list", "1:cpu:/x\n0::/\n");
	worker_write(&worker, "memory.max", "33554432\n");
	worker_write(&worker, "memory.high", "max\n");
	worker_open(&worker);
	write_feed(&worker, 'a', 3000);
	for (char feed = 'b'; feed < 'a' + FEEDS; feed++) {
		write_feed(&worker, feed, 0);
	}
	assert_true(sync_run_files(worker.sync));
	expect(&worker, "a", FEED_TROUBLE_NONE, 3000);
	write_feed(&worker, 'a', 8000);
	assert_false(sync_run_files(worker.sync));
	expect(&worker, "a", FEED_TROUBLE_TOO_LARGE, 3000);
	worker_write(&worker, "memory.max", "134217728\n");
	assert_true(sync_run_files(worker.sync));
	expect(&worker, "a", FEED_TROUBLE_NONE, 8000);
	worker_tear_down(&worker);
}

/* While a feed is read: two copies of all rows, what was read, and the calendar itself. */
static void test_what_is_held_is_bounded(void **state)
{
	(void)state;
	enum { EVENTS = 2800, CALENDAR = EVENTS * 320, OTHER = 1 << 20 };
	struct worker worker;
	worker_set_up(&worker, office);
	worker.feeds_bytes_max = BUDGET;
	for (char feed = 'a'; feed < 'a' + FEEDS; feed++) {
		write_feed(&worker, feed, EVENTS);
	}
	held = most_held = 0;
	worker_open(&worker);
	for (int round = 0; round < 3; round++) {
		assert_false(sync_run_files(worker.sync));
	}
	struct snapshot *snapshot = sync_snapshot(worker.sync);
	assert_true(snapshot->rows.count >= EVENTS);
	assert_true(cache_rows_bytes(&snapshot->rows) <= BUDGET);
	snapshot_unref(snapshot);
	printf("%zu bytes held at most\n", most_held);
	assert_true(most_held <= 2 * BUDGET + 5 * CALENDAR + OTHER);
	worker_tear_down(&worker);
}

/* The budget is a share of what the units allow. */
static void test_the_units_allow_as_much(void **state)
{
	(void)state;
	static const char *const units[] = {"satellitkiosk", "satellitkiosk-display", "satellitkiosk-kms"};
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		char path[256], line[256];
		unsigned gib = 0;
		snprintf(path, sizeof(path), KIOSK_SOURCE_DIR "/systemd/%s.service", units[i]);
		FILE *file = fopen(path, "re");
		assert_non_null(file);
		while (fgets(line, sizeof(line), file)) {
			sscanf(line, "MemoryMax=%uG", &gib);
		}
		fclose(file);
		assert_int_equal((size_t)gib << 30, UNIT_MEMORY_MAX);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_feed_too_many),         cmocka_unit_test(test_a_small_feed_has_room),
		cmocka_unit_test(test_the_units_own_limit),     cmocka_unit_test(test_what_is_held_is_bounded),
		cmocka_unit_test(test_the_units_allow_as_much),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
