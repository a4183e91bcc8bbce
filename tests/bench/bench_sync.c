/* What the worker and the screen spend on feeds of one size, in processor time of all processes: the first reading of
 * them, a look at them when one was only stamped anew, and one when one title has changed.
 *   bench_sync FEEDS EVENTS PLACES     prints one line of JSON; scale.py compares the sizes */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "app/model/model.h"
#include "app/office/office.h"
#include "ical/civil.h"
#include "ical/reader.h"
#include "sync_office.h"

enum { ROUNDS = 7, READINGS = 3 };

static double cpu_s(void)
{
	double sum = 0;
	for (int who = RUSAGE_CHILDREN; who <= RUSAGE_SELF; who++) {
		struct rusage usage;
		getrusage(who, &usage);
		sum += (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
		       (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
	}
	return sum;
}

static void report(void *context, const struct snapshot_feed *feed)
{
	(void)context;
	if (feed->trouble) {
		fprintf(stderr, "bench_sync: %s: %s\n", feed->name, feed->message);
		exit(1);
	}
}

static double look(struct worker *worker)
{
	double start = cpu_s();
	sync_run_once(worker->sync, report, NULL);
	return cpu_s() - start;
}

/* What reading the first events of a feed costs, and nothing else; of a single one a new process is the most. */
static double read_events(const struct office_size *size, int count)
{
	char *body = bench_calendar(size, 0, 0, count, 0, 0);
	struct reader_request request = {.program = KIOSK_BINARY_DIR "/bin/icsread",
					 .body = body,
					 .body_length = strlen(body),
					 .from_day = civil_day(2026, 11, 21),
					 .to_day = civil_day(2026, 11, 23) + 60,
					 .zone = "Europe/Stockholm"};
	struct reader_result result;
	struct err err;
	double start = cpu_s();
	reader_run(&request, NULL, &result, &err);
	double cost = cpu_s() - start;
	reader_result_finish(&result);
	free(body);
	return cost;
}

static double make_home(struct worker *worker, size_t *out_rows)
{
	struct snapshot *snapshot = sync_snapshot(worker->sync);
	struct model_time time = {clock_utc_s(&worker->clock), 1000 * 1000, true};
	struct visit visit;
	visit_init(&visit, worker->config, 0);
	double start = cpu_s();
	struct model *model = model_create(worker->config, NULL, snapshot, &visit, &time);
	double cost = cpu_s() - start;
	model_destroy(model);
	*out_rows = snapshot->rows.count;
	snapshot_unref(snapshot);
	return cost;
}

static double lesser(double known, double measured)
{
	return known < 0 || measured < known ? measured : known;
}

static double peak_mib(void)
{
	struct rusage usage;
	getrusage(RUSAGE_SELF, &usage);
	return (double)usage.ru_maxrss / 1024;
}

int main(int argc, char **argv)
{
	struct worker worker;
	if (argc != 4) {
		fprintf(stderr, "usage: bench_sync FEEDS EVENTS PLACES\n");
		return 2;
	}
	const struct office_size size = {atoi(argv[1]), atoi(argv[2]), atoi(argv[3])};
	char *text = bench_office(&size);
	worker_set_up(&worker, text);
	free(text);
	for (int i = 0; i < size.feeds; i++) {
		bench_write_feed(&worker, &size, i, 0, -1);
	}
	worker.shown_days_only = true;
	worker.feeds_bytes_max = SIZE_MAX / 4; /* more than a unit allows, so that costs are seen at any size */
	worker_open(&worker);
	double first = look(&worker), equal = -1, changed = -1, event = -1, screen = -1, reading = -1;
	size_t rows = 0;
	for (int i = 0; i < ROUNDS; i++) { /* in turn; what else the machine does only ever adds to a round */
		int other = i % 2 ? -1 : size.events / 2;
		bench_write_feed(&worker, &size, 0, 2 * i + 1, i % 2 ? size.events / 2 : -1);
		equal = lesser(equal, look(&worker));
		bench_write_feed(&worker, &size, 0, 2 * i + 2, other);
		changed = lesser(changed, look(&worker));
		event = lesser(event, read_events(&size, 1));
		reading = lesser(reading, i < READINGS ? read_events(&size, size.events) : reading);
		screen = lesser(screen, make_home(&worker, &rows));
	}
	printf("{\"feeds\": %d, \"events\": %d, \"places\": %d, \"first\": %.6f, \"equal\": %.6f, \"changed\": %.6f, "
	       "\"event\": %.6f, \"reading\": %.6f, \"screen\": %.6f, \"rows\": %zu, \"peak_mib\": %.1f}\n",
	       size.feeds, size.events, size.places, first, equal, changed, event, reading, screen, rows, peak_mib());
	worker_tear_down(&worker);
	return 0;
}
