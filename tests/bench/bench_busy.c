/* How long a tap waits for a worker that has much to do: the processor time that the worker's thread spends between a
 * command and its answer, the longest of many, in milliseconds.
 *   bench_busy FEEDS EVENTS PLACES     prints one line of JSON: while all feeds are read for the first time, while all
 *                                      are read again, and in another program that takes over what the first one wrote
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/sync/private.h"
#include "sync_office.h"

enum { FIRST_NUMBER = 1000 * 1000, BETWEEN_TAPS_NS = 3 * 1000 * 1000 };

/* Commands are sent to `worker` as long as that lasts. */
struct phase {
	struct worker *worker;
	bool (*is_over)(const struct snapshot *snapshot, const void *context);
	const void *context;
};

static double thread_ms(const struct worker *worker)
{
	clockid_t clock;
	struct timespec used = {0};
	if (pthread_getcpuclockid(worker->sync->thread, &clock) == 0) {
		clock_gettime(clock, &used);
	}
	return (double)used.tv_sec * 1e3 + (double)used.tv_nsec / 1e6;
}

static bool is_answered(const struct snapshot *snapshot, const void *context)
{
	const uint64_t *number = context;
	return snapshot->result_count > 0 && snapshot->results[snapshot->result_count - 1].command == *number;
}

/* Somebody taps who has not come, which changes nothing and is decided like any other tap. */
static double tap(struct worker *worker)
{
	static uint64_t number = FIRST_NUMBER;
	const struct command command = {.kind = COMMAND_CHECK_OUT, .number = ++number, .place = "1"};
	double start = thread_ms(worker);
	if (!sync_send(worker->sync, &command)) {
		fprintf(stderr, "bench_busy: the worker takes no command\n");
		exit(1);
	}
	worker_wait(worker, is_answered, &number);
	return thread_ms(worker) - start;
}

static double longest(const struct phase *phase, size_t *out_taps)
{
	double most = 0;
	bool is_over = false;
	while (!is_over) {
		nanosleep(&(struct timespec){.tv_nsec = BETWEEN_TAPS_NS}, NULL);
		double took = tap(phase->worker);
		most = took > most ? took : most;
		++*out_taps;
		struct snapshot *snapshot = sync_snapshot(phase->worker->sync);
		is_over = phase->is_over(snapshot, phase->context);
		snapshot_unref(snapshot);
	}
	return most;
}

static bool have_changed(const struct snapshot *snapshot, const void *context)
{
	const int64_t *since_utc = context;
	for (size_t i = 0; i < snapshot->feed_count; i++) {
		if (snapshot->feeds[i].failures > 0) {
			fprintf(stderr, "bench_busy: %s\n", snapshot->feeds[i].message);
			exit(1);
		}
		if (snapshot->feeds[i].changed_utc < *since_utc) {
			return false;
		}
	}
	return true;
}

static void start(struct worker *worker)
{
	struct err err;
	if (!sync_start(worker->sync, &err)) {
		fprintf(stderr, "bench_busy: %s\n", err.text);
		exit(1);
	}
}

/* Returns a time since which no feed has changed but those that are written now. */
static int64_t write_feeds(const struct worker *worker, const struct office_size *size, int changed)
{
	int64_t before_utc = clock_utc_s(&worker->clock);
	while (clock_utc_s(&worker->clock) == before_utc) {
		nanosleep(&(struct timespec){.tv_nsec = 10 * 1000 * 1000}, NULL);
	}
	for (int i = 0; i < size->feeds; i++) {
		bench_write_feed(worker, size, i, 0, changed);
	}
	return before_utc + 1;
}

int main(int argc, char **argv)
{
	struct worker worker, other;
	if (argc != 4) {
		fprintf(stderr, "usage: bench_busy FEEDS EVENTS PLACES\n");
		return 2;
	}
	const struct office_size size = {atoi(argv[1]), atoi(argv[2]), atoi(argv[3])};
	char *text = bench_office(&size);
	worker_set_up(&worker, text);
	free(text);
	worker.shown_days_only = true;
	size_t taps = 0;
	int64_t since_utc = write_feeds(&worker, &size, BENCH_NONE);
	worker_open(&worker);
	start(&worker);
	double first = longest(&(struct phase){&worker, have_changed, &since_utc}, &taps);
	since_utc = write_feeds(&worker, &size, BENCH_ALL);
	double again = longest(&(struct phase){&worker, have_changed, &since_utc}, &taps);
	worker_join(&other, &worker);
	other.shown_days_only = true;
	worker_open(&other);
	start(&other);
	since_utc = write_feeds(&worker, &size, BENCH_NONE);
	double follower = longest(&(struct phase){&other, have_changed, &since_utc}, &taps);
	printf("{\"feeds\": %d, \"events\": %d, \"places\": %d, \"first\": %.3f, \"again\": %.3f, \"follower\": %.3f, "
	       "\"taps\": %zu}\n",
	       size.feeds, size.events, size.places, first, again, follower, taps);
	worker_close(&other);
	worker_tear_down(&worker);
	return 0;
}
