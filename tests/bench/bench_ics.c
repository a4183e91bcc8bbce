/* icsread beside something plainer on the same calendar, in the same run: only the ratio means anything.
 *   bench_ics [EVENTS]           default 10000, of the first row; prints a table, fails past a limit or 24 MiB
 *   bench_ics --write FILE N     only the calendar, for comparing with other programs (bench/peers.py) */
#include <fcntl.h>
#include <libical/ical.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "ics_calendar.h"

enum { ROUNDS = 5, TRIES = 3, MEMORY_MAX_KIB = 24 << 10, CHUNK_BYTES = 256 << 10 };

struct cost {
	double cpu_s;
	long memory_kib;
};

/* Runs in a process of its own. Returns a number that depends on everything it did. */
typedef unsigned long (*peer_run)(const char *path);

enum calendar { AS_PUBLISHED = -1, ZONES = -2 }; /* else the percentage of events inside the window */

struct row {
	const char *name;
	uint32_t count; /* events or zones */
	int calendar;
	peer_run peer;
	double ratio_max;
};

static char *slurp(const char *path)
{
	int fd = open(path, O_RDONLY);
	struct stat status;
	char *body;

	if (fd < 0 || fstat(fd, &status) != 0 || !(body = malloc((size_t)status.st_size + 1)) ||
	    read(fd, body, (size_t)status.st_size) != status.st_size) {
		fprintf(stderr, "%s cannot be read\n", path);
		exit(1);
	}
	body[status.st_size] = '\0';
	close(fd);
	return body;
}

static void count_span(icalcomponent *component, struct icaltime_span *span, void *context)
{
	(void)component;
	(void)span;
	++*(unsigned long *)context;
}

/* What one writes first: the whole file, every event, libical's own recurrence. */
static unsigned long read_plainly(const char *path)
{
	icalcomponent *calendar = icalparser_parse_string(slurp(path));
	unsigned long count = 0;

	for (icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT); event;
	     event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
		icalcomponent_foreach_recurrence(event, icaltime_from_string("20260401T000000Z"),
						 icaltime_from_string("20260501T000000Z"), count_span, &count);
	}
	return count;
}

/* libical's parse alone, without which nothing can be read out of it. */
static unsigned long parse_only(const char *path)
{
	return icalparser_parse_string(slurp(path)) != NULL;
}

/* The least that any reader does. */
static unsigned long find_line_ends(const char *path)
{
	int fd = open(path, O_RDONLY);
	char *chunk = malloc(CHUNK_BYTES);
	unsigned long lines = 0;
	ssize_t got;

	while (chunk && (got = read(fd, chunk, CHUNK_BYTES)) > 0) {
		const char *end = chunk + got;

		for (const char *at = chunk; (at = memchr(at, '\n', (size_t)(end - at))); at++) {
			lines++;
		}
	}
	return lines;
}

/* libical lists a zone's changes when the first time is looked up in it, up to that time's year. */
static unsigned long expand_zones(const char *path)
{
	icalcomponent *calendar = icalparser_parse_string(slurp(path));
	unsigned long sum = 0;

	for (icalcomponent *zone = icalcomponent_get_first_component(calendar, ICAL_VTIMEZONE_COMPONENT); zone;
	     zone = icalcomponent_get_next_component(calendar, ICAL_VTIMEZONE_COMPONENT)) {
		icaltimezone *made = icaltimezone_new();
		struct icaltimetype time = icaltime_from_string("20260415T120000");
		int is_daylight;

		if (icaltimezone_set_component(made, icalcomponent_new_clone(zone))) {
			sum += (unsigned long)icaltimezone_get_utc_offset(made, &time, &is_daylight);
		}
	}
	return sum;
}

static struct cost wait_for(pid_t child)
{
	struct rusage usage;
	int status = -1;

	if (child < 0 || wait4(child, &status, 0, &usage) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
		fprintf(stderr, "a program failed\n");
		exit(1);
	}
	return (struct cost){(double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
				     (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6,
			     usage.ru_maxrss};
}

static struct cost run_icsread(const char *path)
{
	pid_t child = fork();

	if (child == 0) {
		int in = open(path, O_RDONLY), quiet = open("/dev/null", O_WRONLY);

		dup2(in, STDIN_FILENO);
		dup2(quiet, STDOUT_FILENO);
		dup2(quiet, STDERR_FILENO);
		execl(KIOSK_BINARY_DIR "/bin/icsread", "icsread", "--from", "2026-04-01", "--to", "2026-05-01",
		      "--zone", "Europe/Stockholm", "--json", (char *)NULL);
		_exit(127);
	}
	return wait_for(child);
}

static struct cost run_peer(peer_run peer, const char *path)
{
	pid_t child = fork();

	if (child == 0) {
		_exit(peer(path) > 0 ? 0 : 1);
	}
	return wait_for(child);
}

static void keep_best(struct cost *best, struct cost cost)
{
	if (best->cpu_s == 0 || cost.cpu_s < best->cpu_s) {
		best->cpu_s = cost.cpu_s;
	}
	if (cost.memory_kib > best->memory_kib) {
		best->memory_kib = cost.memory_kib;
	}
}

static bool write_calendar(const struct row *row, const char *path)
{
	if (row->calendar == ZONES) {
		return ics_calendar_write_zones(path, row->count);
	}
	return row->calendar == AS_PUBLISHED ? ics_calendar_write(path, row->count)
					     : ics_calendar_write_share(path, row->count, row->calendar);
}

/* The cheapest of some rounds, since what disturbs a run only ever adds to it. What else the machine does can make the
 * ratio worse than it is, but hardly better, so a row has some tries. */
static bool measure(const struct row *row)
{
	char path[] = "/tmp/bench_ics.XXXXXX";
	int fd = mkstemp(path);
	struct cost ours = {0}, theirs = {0};
	struct stat status;
	bool ok = false;

	if (fd < 0 || !write_calendar(row, path) || fstat(fd, &status) != 0) {
		fprintf(stderr, "%s cannot be written\n", path);
		return false;
	}
	for (int i = 0; i < TRIES && !ok; i++) {
		for (int round = 0; round < ROUNDS; round++) {
			keep_best(&ours, run_icsread(path));
			keep_best(&theirs, run_peer(row->peer, path));
		}
		ok = ours.cpu_s / theirs.cpu_s <= row->ratio_max && ours.memory_kib <= MEMORY_MAX_KIB;
	}
	unlink(path);
	close(fd);
	printf("%-46s %7u %6.1f %9.4f %9.4f %8.4f %6.2f %9.1f %9.1f%s\n", row->name, row->count,
	       (double)status.st_size / (1 << 20), ours.cpu_s, theirs.cpu_s, ours.cpu_s / theirs.cpu_s, row->ratio_max,
	       (double)ours.memory_kib / 1024, (double)theirs.memory_kib / 1024, ok ? "" : "  PAST");
	return ok;
}

int main(int argc, char **argv)
{
	struct row rows[] = {
		{"as published / libical, with recurrence", 10000, AS_PUBLISHED, read_plainly, 0.10},
		{"3 % inside / libical's parse alone", 10000, 3, parse_only, 0.10},
		{"10 % inside / libical's parse alone", 10000, 10, parse_only, 0.13},
		{"33 % inside / libical's parse alone", 10000, 33, parse_only, 0.22},
		{"all inside / libical's parse alone", 10000, 100, parse_only, 0.40},
		{"none inside / reading, finding each line end", 100000, 0, find_line_ends, 5.0},
		{"own zones / libical, with their changes", 400, ZONES, expand_zones, 0.1},
	};
	bool ok = true;

	if (argc == 4 && strcmp(argv[1], "--write") == 0) {
		return ics_calendar_write(argv[2], (uint32_t)strtoul(argv[3], NULL, 10)) ? 0 : 1;
	}
	if (argc == 2) {
		rows[0].count = (uint32_t)strtoul(argv[1], NULL, 10);
	}
	printf("%-46s %7s %6s %9s %9s %8s %6s %9s %9s\n", "icsread /", "number", "MiB", "ours s", "theirs s", "ratio",
	       "limit", "ours MiB", "theirs");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		ok = measure(&rows[i]) && ok;
		fflush(stdout);
	}
	printf("%s: each ratio, and at most %d MiB\n", ok ? "within" : "PAST", MEMORY_MAX_KIB >> 10);
	return ok ? 0 : 1;
}
