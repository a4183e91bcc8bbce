/* Memory runs out at the n-th of our allocations in a whole round (opening, fetching, reading, storing, a check-in,
 * closing), once or for good, for every n. Nothing crashes, no false result is reported and, under the address
 * sanitizer, nothing leaks. The tests in tests/db do the same for SQLite's own allocations. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/db/memory.h"
#include "tests/ical/https.h"
#include "worker.h"

enum { ALLOCATIONS_MAX = 20000 };

/* What memory.h does not wrap, by what it does. */
int __wrap_asprintf(char **out, const char *format, ...) __attribute__((format(printf, 2, 3)));
void *__wrap_reallocarray(void *block, size_t count, size_t size);

int __wrap_asprintf(char **out, const char *format, ...)
{
	va_list args, again;
	va_start(args, format);
	va_copy(again, args);
	int length = vsnprintf(NULL, 0, format, args);
	char *text = malloc((size_t)length + 1);
	if (text) {
		vsnprintf(text, (size_t)length + 1, format, again);
		*out = text;
	}
	va_end(again);
	va_end(args);
	return text ? length : -1;
}

void *__wrap_reallocarray(void *block, size_t count, size_t size)
{
	return realloc(block, count * size);
}

struct seen {
	bool is_opened, is_good;
	struct snapshot_result result;
};

/* The whole life of a worker. Assertions would themselves need memory, so the caller checks *seen later. */
static void live(struct worker *worker, uint64_t number, struct seen *seen)
{
	struct err err = {""};
	struct sync_options options = {.config = worker->config,
				       .clock = &worker->clock,
				       .state_dir = worker->state_dir,
				       .reader = KIOSK_BINARY_DIR "/bin/icsread"};
	struct command command = {.kind = COMMAND_DROP_IN, .number = number, .place = "2"};
	command.until_utc = clock_utc_s(&worker->clock) + 600;
	struct sync *sync = sync_create(&options, &err);
	*seen = (struct seen){.is_opened = sync != NULL};
	if (sync) {
		seen->is_good = sync_run_once(sync, NULL, NULL);
		seen->result = sync_do(sync, &command, &err);
		snapshot_unref(sync_snapshot(sync));
		sync_destroy(sync);
	}
}

/* How the office looks without a fault. */
static void look(struct worker *worker, size_t *out_rows, size_t *out_entries)
{
	worker_open(worker);
	struct snapshot *snapshot = sync_snapshot(worker->sync);
	*out_entries = snapshot->entries.count;
	*out_rows = snapshot->rows.count;
	snapshot_unref(snapshot);
	sync_destroy(worker->sync);
	worker->sync = NULL;
}

/* Another calendar each time, or it would not be read. */
static void write_calendar(const struct worker *worker, long round)
{
	char *calendar = worker_calendar(14 + (int)(round % 2), 1);
	worker_write(worker, "desks.ics", calendar);
	free(calendar);
}

/* The journal grows by each check-in, and with it the number of allocations: each round begins with an empty one. */
static void forget_check_ins(const struct worker *worker)
{
	char path[128];
	snprintf(path, sizeof(path), "%s/journal.db", worker->state_dir);
	assert_int_equal(unlink(path), 0);
}

static void test_every_allocation(void **state)
{
	(void)state;
	struct worker worker;
	char text[1024], url[HTTPS_URL_MAX];
	snprintf(text, sizeof(text),
		 "feed \"desks\" { kind = bookings path = \"desks.ics\" names = short person = '^(.*) [–-] ' }\n"
		 "feed \"room\" { kind = bookings url = \"%s\" ca-file = \"%s\" }\n"
		 "place \"1\" { name = \"1\" kind = desk feed = \"desks\" match = \"Kontorsplats 1\" }\n"
		 "place \"2\" { name = \"2\" kind = desk feed = \"desks\" match = \"Kontorsplats 2\" }\n",
		 https_url(&https, "good", "/gzip", url), https.ca_file); /* which has a body each time */
	worker_set_up(&worker, text);
	write_calendar(&worker, 0);
	struct seen seen;
	size_t rows = 0, entries = 0;
	live(&worker, 1, &seen);
	assert_true(seen.is_good && seen.result.outcome == JOURNAL_APPENDED);
	look(&worker, &rows, &entries);
	assert_true(rows == 1 && entries == 1);
	long faults = 0;
	for (int for_good = 0; for_good < 2; for_good++) {
		long step = for_good ? 7 : 1; /* for good, most look alike */
		bool struck = true;
		for (long n = 1; struck && n < ALLOCATIONS_MAX; n += step, faults++) {
			forget_check_ins(&worker);
			write_calendar(&worker, n);
			memory_set(n, for_good);
			live(&worker, 1, &seen);
			struck = memory_struck() > 0;
			memory_clear();
			look(&worker, &rows, &entries);
			assert_int_equal(rows, 1);
			bool stored = seen.is_opened && seen.result.outcome == JOURNAL_APPENDED;
			assert_int_equal(entries, stored ? 1 : 0);
		}
	}
	print_message("%ld faults\n", faults);
	assert_true(faults > 100);
	worker_tear_down(&worker);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_allocation)};
	return cmocka_run_group_tests(tests, https_set_up, https_tear_down);
}
