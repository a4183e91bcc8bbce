/* What a journal costs that already holds many check-ins: a check-in by the worker beside a bare SQLite insert into a
 * copy of the file, opening it, and erasing its oldest check-ins.
 *   bench_journal FOLDER CHECK-INS     prints one line of JSON; bench_journal.py compares the sizes
 * The folder is empty and lies on a disk, because a check-in waits for one. FOLDER/kiosk.conf and FOLDER/state remain.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

#include "app/base/clock.h"
#include "app/config/config.h"
#include "app/sync/sync.h"
#include "check_ins.h"
#include "ical/civil.h"

enum { ROUNDS = 30, OPENINGS = 5, OLDEST_DAYS = 29, YOUNGEST_DAYS = 3, ERASED = 1000, PATH_BYTES = 4096 };

#define BOOKING "b0"

static const char office_text[] = "office \"Kontoret\" { zone = \"Europe/Stockholm\" }\n"
				  "feed \"desks\" { kind = bookings path = \"desks.ics\" }\n"
				  "place \"1\" { name = \"Plats 1\" feed = \"desks\" match = \"Desk 1\" }\n";
static const char calendar_text[] =
	"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:" BOOKING "\r\nDTSTAMP:20261101T000000Z\r\n"
	"DTSTART:20261123T080000Z\r\nDTEND:20261123T150000Z\r\nSUMMARY:Nils Svensson – Desk 1\r\nEND:VEVENT\r\n"
	"END:VCALENDAR\r\n";

struct bench {
	char state[PATH_BYTES - 64];
	struct config *config;
	struct clock clock;
	struct sync *sync;
	sqlite3 *bare;
	sqlite3_stmt *insert;
};

static _Noreturn void stop(const char *why)
{
	fprintf(stderr, "bench_journal: %s\n", why);
	exit(1);
}

static double wall_s(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double cpu_s(void)
{
	struct rusage usage;
	getrusage(RUSAGE_SELF, &usage);
	return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
	       (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static void save(const char *folder, const char *name, const char *text)
{
	char path[PATH_BYTES];
	snprintf(path, sizeof(path), "%s/%s", folder, name);
	FILE *file = fopen(path, "we");
	if (!file || fputs(text, file) < 0 || fclose(file) != 0) {
		stop("cannot write into the folder");
	}
}

static void run(sqlite3 *db, const char *sql)
{
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) {
		stop(sqlite3_errmsg(db));
	}
}

/* A copy of the file that nothing but SQLite writes, in the same way. */
static void open_bare(struct bench *bench, const char *folder)
{
	char sql[PATH_BYTES + 32], path[PATH_BYTES];
	sqlite3 *journal = NULL;
	snprintf(path, sizeof(path), "%s/" JOURNAL_FILE, bench->state);
	if (sqlite3_open(path, &journal) != SQLITE_OK) {
		stop("cannot open the journal");
	}
	snprintf(path, sizeof(path), "%s/bare.db", folder);
	snprintf(sql, sizeof(sql), "VACUUM INTO '%s'", path);
	run(journal, sql);
	sqlite3_close(journal);
	if (sqlite3_open(path, &bench->bare) != SQLITE_OK) {
		stop("cannot open the copy");
	}
	run(bench->bare, "PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA; PRAGMA secure_delete = ON");
	if (sqlite3_prepare_v2(bench->bare,
			       "INSERT INTO entry (token, at_utc, action, place, feed, uid, recurrence_id, label,"
			       " start_utc, end_utc, undoes, sum) VALUES"
			       " (?, ?, 1, '1', 'desks', 'u0123456789012345678901234567890123456789', '', 'Nils S.',"
			       " 1795000000, 1795010000, 0, 1)",
			       -1, &bench->insert, NULL) != SQLITE_OK) {
		stop(sqlite3_errmsg(bench->bare));
	}
}

static double insert_bare(struct bench *bench, int number)
{
	char token[32];
	snprintf(token, sizeof(token), "0123456789abcdef-%d", number);
	double start = wall_s();
	run(bench->bare, "BEGIN IMMEDIATE");
	sqlite3_bind_text(bench->insert, 1, token, -1, SQLITE_STATIC);
	sqlite3_bind_int64(bench->insert, 2, clock_utc_s(&bench->clock));
	if (sqlite3_step(bench->insert) != SQLITE_DONE) {
		stop(sqlite3_errmsg(bench->bare));
	}
	sqlite3_reset(bench->insert);
	run(bench->bare, "COMMIT");
	return wall_s() - start;
}

/* Checks in to the booking, or takes that back. */
static double check_in(struct bench *bench, int number, int64_t *entry)
{
	struct err err = {""};
	struct command command = {.kind = *entry ? COMMAND_UNDO : COMMAND_CHECK_IN,
				  .number = (uint64_t)number + 1,
				  .id = BOOKING,
				  .entry = *entry};
	double start = wall_s();
	struct snapshot_result result = sync_do(bench->sync, &command, &err);
	double took = wall_s() - start;
	if (result.outcome != JOURNAL_APPENDED) {
		stop(err.text);
	}
	*entry = *entry ? 0 : result.entry;
	return took;
}

static double lesser(double known, double measured)
{
	return known < 0 || measured < known ? measured : known;
}

static void open_worker(struct bench *bench)
{
	struct err err = {""};
	const struct sync_options options = {.config = bench->config,
					     .clock = &bench->clock,
					     .state_dir = bench->state,
					     .reader = KIOSK_BINARY_DIR "/bin/icsread",
					     .shown_days_only = true};
	bench->sync = sync_create(&options, &err);
	if (!bench->sync || !sync_run_files(bench->sync)) {
		stop(err.text[0] ? err.text : "the feed cannot be read");
	}
}

static int compare(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;
	return (left > right) - (left < right);
}

static double open_journal(const struct bench *bench)
{
	double least = -1;
	for (int i = 0; i < OPENINGS; i++) {
		struct journal *journal = NULL;
		struct journal_entries entries = {0};
		struct err err = {""};
		double start = cpu_s();
		if (journal_open(bench->state, NULL, &journal, &err) != JOURNAL_OPENED ||
		    !journal_read(journal, clock_utc_s(&bench->clock) - 2 * DAY_S, &entries, &err)) {
			stop(err.text);
		}
		journal_entries_finish(&entries);
		journal_close(journal);
		least = lesser(least, cpu_s() - start);
	}
	return least;
}

static double erase(const struct bench *bench, long count, int64_t oldest_utc, int64_t youngest_utc)
{
	struct journal *journal = NULL;
	struct err err = {""};
	int64_t removed = 0, before_utc = oldest_utc;
	if (count > 0) {
		before_utc += (int64_t)((double)(youngest_utc - oldest_utc) / (double)count * ERASED);
	}
	if (journal_open(bench->state, NULL, &journal, &err) != JOURNAL_OPENED) {
		stop(err.text);
	}
	double start = cpu_s();
	if (!journal_purge(journal, before_utc, &removed, &err) || (count > 0 && removed < ERASED / 2)) {
		stop(err.text[0] ? err.text : "too little was erased");
	}
	double took = cpu_s() - start;
	journal_close(journal);
	return took;
}

static void read_office(struct bench *bench, const char *folder)
{
	char path[PATH_BYTES];
	struct err err = {""};
	int64_t local_s = 0;
	save(folder, "kiosk.conf", office_text);
	save(folder, "desks.ics", calendar_text);
	snprintf(path, sizeof(path), "%s/kiosk.conf", folder);
	bench->config = config_read(path, &err);
	if (!bench->config || !civil_parse("2026-11-23T09:00", &local_s)) {
		stop(err.text);
	}
	clock_init_at(&bench->clock, zone_utc(bench->config->zone, local_s));
	snprintf(bench->state, sizeof(bench->state), "%s/state", folder);
	if (mkdir(bench->state, 0700) != 0) {
		stop("the folder is not empty");
	}
}

int main(int argc, char **argv)
{
	static struct bench bench;
	double ratios[ROUNDS];
	int64_t entry = 0;
	if (argc != 3) {
		fputs("usage: bench_journal FOLDER CHECK-INS\n", stderr);
		return 2;
	}
	long count = strtol(argv[2], NULL, 10);
	read_office(&bench, argv[1]);
	int64_t now_utc = clock_utc_s(&bench.clock);
	int64_t oldest_utc = now_utc - OLDEST_DAYS * DAY_S, youngest_utc = now_utc - YOUNGEST_DAYS * DAY_S;
	if (!check_ins_fill(bench.state, count, oldest_utc, youngest_utc)) {
		return 1;
	}
	double opening = open_journal(&bench);
	open_bare(&bench, argv[1]);
	open_worker(&bench);
	for (int i = 0; i < ROUNDS; i++) { /* in turn, so that what else the machine does concerns both */
		double check_in_s = check_in(&bench, i, &entry);
		ratios[i] = check_in_s / insert_bare(&bench, i);
	}
	qsort(ratios, ROUNDS, sizeof(*ratios), compare);
	sync_destroy(bench.sync);
	double erasing = erase(&bench, count, oldest_utc, youngest_utc);
	printf("{\"check_ins\": %ld, \"ratio\": %.3f, \"open\": %.6f, \"erase\": %.6f}\n", count, ratios[ROUNDS / 2],
	       opening, erasing);
	sqlite3_finalize(bench.insert);
	sqlite3_close(bench.bare);
	config_destroy(bench.config);
	return 0;
}
