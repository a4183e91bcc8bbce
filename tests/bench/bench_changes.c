/* What a look at a large calendar costs: when it is the one that was read last, and when one event of it has changed.
 *   bench_changes [EVENTS...]    default 10000; prints a table, fails past 1.3 of the former beyond the event itself */
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include "ical/civil.h"
#include "ical/digest.h"
#include "ical/reader.h"
#include "ics_calendar.h"

enum { ROUNDS = 31, WHOLE_ROUNDS = 3, TRIES = 3 };
static const double ratio_max = 1.3;

struct look {
	const char *path;            /* of the calendar as it is now */
	const struct digest *before; /* of the one that was read last */
	char *event;                 /* what the changed event and its surroundings are */
	size_t event_length;
};

static _Noreturn void give_up(const char *what)
{
	fprintf(stderr, "bench_changes: %s\n", what);
	exit(1);
}

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

static char *slurp(const char *path, size_t *out_length)
{
	int fd = open(path, O_RDONLY);
	struct stat about;
	if (fd < 0 || fstat(fd, &about) != 0) {
		give_up("the calendar cannot be opened");
	}
	char *body = malloc((size_t)about.st_size + 1);
	size_t done = 0;
	for (ssize_t got = 1; body && got > 0; done += (size_t)got) {
		got = read(fd, body + done, (size_t)about.st_size - done);
		if (got < 0) {
			give_up("the calendar cannot be read");
		}
	}
	close(fd);
	*out_length = done;
	return body ? body : (give_up("out of memory"), NULL);
}

static void read_events(const char *body, size_t length)
{
	int32_t from = civil_day(2026, 4, 1);
	struct reader_request request = {.program = KIOSK_BINARY_DIR "/bin/icsread",
					 .body = body,
					 .body_length = length,
					 .from_day = from,
					 .to_day = from + 30,
					 .zone = "Europe/Stockholm"};
	struct reader_result result;
	struct err err;
	if (reader_run(&request, NULL, &result, &err) != READER_OK) {
		give_up(err.text);
	}
	reader_result_finish(&result);
}

/* The least one can do: read it, and sum it up in one go. */
static void look_least(const struct look *look)
{
	size_t length;
	char *body = slurp(look->path, &length);
	if (XXH3_64bits(body, length) == 0) { /* so that it is not left out */
		give_up("the calendar has no sum");
	}
	free(body);
}

static void look_equal(const struct look *look)
{
	char text[DIGEST_TEXT_SIZE];
	size_t length;
	char *body = slurp(look->path, &length);
	struct digest *now = digest_create(body, length, NULL);
	digest_print(now, text);
	digest_destroy(now);
	free(body);
}

static void look_changed(const struct look *look)
{
	struct digest_change change;
	size_t length;
	char *body = slurp(look->path, &length);
	struct digest *now = digest_create(body, length, NULL);
	if (!digest_compare(look->before, now, body, &change)) {
		give_up("the change was not found");
	}
	read_events(change.excerpt, change.excerpt_length);
	digest_change_finish(&change);
	digest_destroy(now);
	free(body);
}

static void look_event(const struct look *look)
{
	read_events(look->event, look->event_length);
}

static void look_whole(const struct look *look)
{
	size_t length;
	char *body = slurp(look->path, &length);
	read_events(body, length);
	free(body);
}

/* The cheapest of some rounds, all kinds in turn: what disturbs a run only ever adds to it. */
enum kind { LEAST, EQUAL, CHANGED, EVENT, WHOLE, KINDS };

static void measure_all(const struct look *look, double best[KINDS])
{
	static void (*const ways[KINDS])(const struct look *) = {look_least, look_equal, look_changed, look_event,
								 look_whole};
	for (int round = 0; round < ROUNDS; round++) {
		for (int kind = 0; kind < (round < WHOLE_ROUNDS ? KINDS : WHOLE); kind++) {
			double start = cpu_s();
			ways[kind](look);
			double cost = cpu_s() - start;
			best[kind] = round == 0 || cost < best[kind] ? cost : best[kind];
		}
	}
}

/* Changes a letter of the summary in the middle of the file; what it was before goes into look->before. */
static void prepare(struct look *look)
{
	size_t length;
	char *body = slurp(look->path, &length);
	struct digest *before = digest_create(body, length, NULL);
	char *summary = memmem(body + length / 2, length / 2, "Kontorsplats ", 13);
	FILE *out = fopen(look->path, "w");
	struct digest_change change;
	if (!before || !summary || !out) {
		give_up("the change cannot be made");
	}
	summary[13] = 'X';
	if (fwrite(body, 1, length, out) != length || fclose(out) != 0) {
		give_up("the calendar cannot be written");
	}
	struct digest *now = digest_create(body, length, NULL);
	if (!now || !digest_compare(before, now, body, &change)) {
		give_up("the change is not found");
	}
	look->before = before;
	look->event = change.excerpt;
	look->event_length = change.excerpt_length;
	free(change.uids);
	digest_destroy(now);
	free(body);
}

static bool measure_once(uint32_t events)
{
	char path[] = "/tmp/bench_changes.XXXXXX";
	struct look look = {.path = path};
	double best[KINDS];
	int fd = mkstemp(path);
	if (fd < 0 || !ics_calendar_write(path, events)) {
		give_up("the calendar cannot be written");
	}
	prepare(&look);
	measure_all(&look, best);
	unlink(path);
	close(fd);
	double ratio = (best[CHANGED] - best[EVENT]) / best[EQUAL];
	printf("%9u %9.4f %9.4f %9.4f %9.4f %9.4f %12.2f %12.2f %12.2f\n", events, best[LEAST], best[EQUAL],
	       best[CHANGED], best[EVENT], best[WHOLE], best[EQUAL] / best[LEAST], ratio, best[WHOLE] / best[EQUAL]);
	digest_destroy((struct digest *)(uintptr_t)look.before);
	free(look.event);
	return ratio <= ratio_max;
}

/* What else the machine does can make it worse than it is, but never better. */
static bool measure(uint32_t events)
{
	bool ok = false;
	for (int i = 0; i < TRIES && !ok; i++) {
		ok = measure_once(events);
	}
	return ok;
}

int main(int argc, char **argv)
{
	bool ok = true;
	printf("%9s %9s %9s %9s %9s %9s %12s %12s %12s\n", "events", "sum s", "equal s", "changed s", "event s",
	       "whole s", "equal/sum", "changed*", "whole/equal");
	if (argc == 1) {
		ok = measure(10000);
	}
	for (int i = 1; i < argc; i++) {
		ok = measure((uint32_t)strtoul(argv[i], NULL, 10)) && ok;
	}
	printf("%s: (changed - event) / equal is at most %.1f\n", ok ? "within" : "PAST", ratio_max);
	return ok ? 0 : 1;
}
