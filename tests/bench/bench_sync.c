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
#include "tests/app/sync/worker.h"

enum { ROUNDS = 7, DAYS = 40, HOURS = 9 };

struct office_size {
	int feeds, events, places;
};

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

static void put_event(FILE *out, const struct office_size *size, int feed, int number, int stamp, const char *name)
{
	struct civil day = civil_from_local((civil_day(2026, 11, 23) + number % DAYS) * (int64_t)DAY_S);
	fprintf(out,
		"BEGIN:VEVENT\r\nUID:%d-%d@example.org\r\nDTSTAMP:20261123T%02d%02d00Z\r\n"
		"DTSTART:%04d%02d%02dT%02d0000Z\r\nDURATION:PT1H\r\nSUMMARY:%s %d – Kontorsplats %d\r\n"
		"DESCRIPTION:Tid och plats står ovan. Frågor besvaras av kansliet på Renmarkstorget\\, tredje "
		"våningen.\r\n"
		"CLASS:PUBLIC\r\nTRANSP:OPAQUE\r\nSTATUS:CONFIRMED\r\nSEQUENCE:0\r\nLOCATION:Satellitkontoret\r\n"
		"X-MICROSOFT-CDO-BUSYSTATUS:BUSY\r\nEND:VEVENT\r\n",
		feed, number, stamp / 60 % 24, stamp % 60, day.year, day.month, day.day, 7 + number / DAYS % HOURS,
		name, number, number % size->places + 1);
}

/* `changed` is the number of the event that has another title; -1 none. */
static char *calendar(const struct office_size *size, int feed, int from, int to, int stamp, int changed)
{
	char *text = NULL;
	size_t length = 0;
	FILE *out = open_memstream(&text, &length);
	fprintf(out, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n");
	for (int i = from; i < to; i++) {
		put_event(out, size, feed, i, stamp, i == changed ? "Sara" : "Nils");
	}
	fprintf(out, "END:VCALENDAR\r\n");
	fclose(out);
	return text;
}

static void write_feed(const struct worker *worker, const struct office_size *size, int feed, int stamp, int changed)
{
	char name[32];
	char *text = calendar(size, feed, 0, size->events, stamp, changed);
	snprintf(name, sizeof(name), "f%d.ics", feed);
	worker_write(worker, name, text);
	free(text);
}

static char *office_text(const struct office_size *size)
{
	char *text = NULL;
	size_t length = 0;
	FILE *out = open_memstream(&text, &length);
	for (int i = 0; i < size->feeds; i++) {
		fprintf(out, "feed \"f%d\" { kind = bookings path = \"f%d.ics\" person = '^(.*) [–-] ' }\n", i, i);
	}
	for (int i = 0; i < size->places; i++) {
		fprintf(out,
			"place \"%d\" { name = \"Plats %d\" kind = desk feed = \"f%d\" match = \"Kontorsplats %d\" }\n",
			i + 1, i + 1, i % size->feeds, i + 1);
	}
	fclose(out);
	return text;
}

static double look(struct worker *worker)
{
	double start = cpu_s();
	if (!sync_run_once(worker->sync, NULL, NULL)) {
		fprintf(stderr, "bench_sync: a feed cannot be read\n");
		exit(1);
	}
	return cpu_s() - start;
}

/* What reading the changed event alone costs; a new process is the most of it. */
static double read_event(const struct office_size *size)
{
	char *body = calendar(size, 0, 0, 1, 0, 0);
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
	char *text = office_text(&size);
	worker_set_up(&worker, text);
	free(text);
	for (int i = 0; i < size.feeds; i++) {
		write_feed(&worker, &size, i, 0, -1);
	}
	worker.shown_days_only = true;
	worker_open(&worker);
	double first = look(&worker), equal = -1, changed = -1, event = -1, screen = -1;
	size_t rows = 0;
	for (int i = 0; i < ROUNDS; i++) { /* in turn; what else the machine does only ever adds to a round */
		int other = i % 2 ? -1 : size.events / 2;
		write_feed(&worker, &size, 0, 2 * i + 1, i % 2 ? size.events / 2 : -1);
		equal = lesser(equal, look(&worker));
		write_feed(&worker, &size, 0, 2 * i + 2, other);
		changed = lesser(changed, look(&worker));
		event = lesser(event, read_event(&size));
		screen = lesser(screen, make_home(&worker, &rows));
	}
	printf("{\"feeds\": %d, \"events\": %d, \"places\": %d, \"first\": %.6f, \"equal\": %.6f, \"changed\": %.6f, "
	       "\"event\": %.6f, \"screen\": %.6f, \"rows\": %zu, \"peak_mib\": %.1f}\n",
	       size.feeds, size.events, size.places, first, equal, changed, event, screen, rows, peak_mib());
	worker_tear_down(&worker);
	return 0;
}
