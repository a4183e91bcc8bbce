/* Days of the office in seconds: only this program moves the clock. A day has hundreds of refreshes, feeds that change,
 * a finger that taps any button it finds, and a disk that fails now and then. Afterwards the program uses no more
 * memory, descriptors, threads or files than on the third day, and it prints how much was written to the disk. `--long`
 * runs three months instead of five days. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/screen/compose.h"
#include "ical/civil.h"
#include "tests/app/layout/measure.h"
#include "tests/app/sync/worker.h"
#include "tests/db/faults.h"

enum {
	STEPS_A_DAY = 240, /* a refresh of every feed each */
	VISIT_STEPS = 10,  /* every so many steps somebody comes … */
	VISIT_TAPS = 6,    /* … and taps */
	SETTLED_DAY = 2,   /* by then the retention time is over and every cache has been filled */
	BOOKINGS = 30,
	RATE_MAX_PERCENT = 130, /* chance decides who comes and what fails */
	LEAK_MAX = 300 * 1000   /* bytes: the heap breathes by less, and one snapshot lost a day is more */
};

#define OFFICE                                                                                                         \
	"checkin { retention-days = 1 }\n"                                                                             \
	"feed \"desks\" { kind = bookings path = \"desks.ics\" refresh = 120 person = \"^(.*) – \" names = short }\n"  \
	"feed \"council\" { kind = meetings path = \"council.ics\" refresh = 600 }\n"                                  \
	"place \"1\" { name = \"Plats 1\" kind = desk feed = \"desks\" match = \"Kontorsplats 1\" }\n"                 \
	"place \"2\" { name = \"Plats 2\" kind = desk feed = \"desks\" match = \"Kontorsplats 2\" }\n"                 \
	"place \"3\" { name = \"Plats 3\" kind = desk feed = \"desks\" match = \"Kontorsplats 3\" }\n"                 \
	"place \"4\" { name = \"Plats 4\" kind = desk feed = \"desks\" }\n"

static int days = 5;

struct soak {
	struct worker worker;
	struct visit visit;
	int64_t midnight_s;
	size_t taps, commands, saved, refused, not_saved, faults;
};

struct use {
	size_t memory, descriptors, threads, files;
	long long written;
	long syncs;
};

static size_t count_folder(const char *path)
{
	DIR *dir = opendir(path);
	size_t count = 0;
	assert_non_null(dir);
	while (readdir(dir)) {
		count++;
	}
	closedir(dir);
	return count;
}

static struct use measure_use(const struct soak *soak)
{
	return (struct use){
		.memory = mallinfo2().uordblks,
		.descriptors = count_folder("/proc/self/fd"),
		.threads = count_folder("/proc/self/task"),
		.files = count_folder(soak->worker.state_dir),
		.written = faults_written(),
		.syncs = faults_syncs(),
	};
}

/* Series of bookings, of which each version moves one and gives another to somebody else, as a booking system does. */
static void write_feed(const struct soak *soak, const char *name, unsigned version)
{
	char *text = NULL;
	size_t length = 0;
	FILE *out = open_memstream(&text, &length);
	assert_non_null(out);
	fputs("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n", out);
	for (unsigned i = 0; i < BOOKINGS; i++) {
		unsigned hour = 6 + (i * 7 + (i == version % BOOKINGS)) % 10;
		fprintf(out,
			"BEGIN:VEVENT\r\nUID:%s-%u\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:20261101T%02u0000Z\r\n"
			"DURATION:PT90M\r\nRRULE:FREQ=DAILY;INTERVAL=%u\r\nSUMMARY:Person %u – Kontorsplats %u\r\n"
			"LOCATION:Kontorsplats %u\r\nEND:VEVENT\r\n",
			name, i, hour, 1 + i % 3, i + (i == version * 7 % BOOKINGS), 1 + i % 4, 1 + i % 4);
	}
	fputs("END:VCALENDAR\r\n", out);
	assert_int_equal(fclose(out), 0);
	char file[64];
	snprintf(file, sizeof(file), "%s.ics", name);
	worker_write(&soak->worker, file, text);
	free(text);
}

static struct model_time now(struct soak *soak)
{
	return (struct model_time){clock_utc_s(&soak->worker.clock), clock_mono_ms(&soak->worker.clock), true};
}

static const struct widget *choose(const struct ui *ui)
{
	const struct widget *chosen = NULL;
	size_t count = 0;
	for (size_t i = 0; i < ui->count; i++) {
		const struct widget *widget = &ui->widgets[i];
		if (widget->action.kind != ACTION_NONE && widget->enabled && !widget->is_covered &&
		    (size_t)rand() % ++count == 0) {
			chosen = widget;
		}
	}
	return chosen;
}

static void carry_out(struct soak *soak, const struct command *command)
{
	struct err err = {""};
	struct snapshot_result result = sync_do(soak->worker.sync, command, &err);
	soak->commands++;
	soak->saved += result.outcome == JOURNAL_APPENDED;
	soak->refused += result.outcome == JOURNAL_REFUSED;
	soak->not_saved += result.outcome == JOURNAL_NOT_SAVED;
}

/* Looks at the screen as it is now and taps one of its buttons. */
static void tap(struct soak *soak)
{
	const struct screen screen = {
		.config = soak->worker.config, .measure = measure_get(), .width_px = 1920, .height_px = 1080};
	const struct model_time time = now(soak);
	struct scene scene = {0};
	struct command command;
	struct snapshot *snapshot = sync_snapshot(soak->worker.sync);
	visit_see(&soak->visit, soak->worker.config, snapshot, time.mono_ms);
	visit_tick(&soak->visit, soak->worker.config, time.now_utc, time.mono_ms);
	assert_true(screen_compose(&screen, snapshot, &soak->visit, &time, &scene));
	snapshot_unref(snapshot);
	const struct widget *widget = choose(scene.ui);
	if (widget && visit_act(&soak->visit, soak->worker.config, &widget->action, time.mono_ms, &command)) {
		carry_out(soak, &command);
	}
	soak->taps++;
	scene_finish(&scene);
	clock_advance(&soak->worker.clock, 1000);
}

static void pass_step(struct soak *soak, unsigned step)
{
	bool fails = rand() % 20 == 0;
	if (step % 12 == 0) {
		write_feed(soak, "desks", step / 12);
	}
	if (step % 60 == 0) {
		write_feed(soak, "council", step / 60);
	}
	if (fails) {
		faults_set((enum fault)(FAULT_IO + rand() % 3), 1 + rand() % 80, rand() % 2 == 0);
	}
	sync_run_once(soak->worker.sync, NULL, NULL);
	for (int i = 0; step % VISIT_STEPS == 0 && i < VISIT_TAPS; i++) {
		tap(soak);
	}
	soak->faults += fails && faults_struck() > 0;
	faults_clear();
	int64_t next_s = soak->midnight_s + (int64_t)(step + 1) * (DAY_S / STEPS_A_DAY);
	clock_advance(&soak->worker.clock, (next_s - clock_utc_s(&soak->worker.clock)) * 1000);
}

/* What both databases hold must be bounded too: the retention time, the window. */
static void check_kept(struct soak *soak)
{
	struct snapshot *snapshot = sync_snapshot(soak->worker.sync);
	assert_int_equal(snapshot->feed_count, 2);
	assert_int_equal(snapshot->feeds[0].failures, 0);
	assert_true(snapshot->rows.count > BOOKINGS);
	snapshot_unref(snapshot);
}

struct rate {
	long long written, syncs; /* a day */
};

static struct rate rate_between(const struct use *from, const struct use *to, int between_days)
{
	return (struct rate){(to->written - from->written) / between_days, (to->syncs - from->syncs) / between_days};
}

/* The disk is asked for no more in the second half than in the first. */
static void compare_rates(const struct use *settled, const struct use *middle, const struct use *last, int first_days,
			  int second_days)
{
	struct rate first = rate_between(settled, middle, first_days), second = rate_between(middle, last, second_days);
	print_message("a simulated day wrote %lld KB to the disk in %lld syncs, later %lld KB in %lld\n",
		      first.written / 1024, first.syncs, second.written / 1024, second.syncs);
	assert_true(second.written * 100 <= first.written * RATE_MAX_PERCENT);
	assert_true(second.syncs * 100 <= first.syncs * RATE_MAX_PERCENT);
}

static void compare(const struct use *settled, const struct use *last)
{
	print_message("memory %zu -> %zu bytes, descriptors %zu -> %zu, threads %zu -> %zu, files %zu -> %zu\n",
		      settled->memory, last->memory, settled->descriptors, last->descriptors, settled->threads,
		      last->threads, settled->files, last->files);
	assert_true(last->descriptors <= settled->descriptors);
	assert_true(last->threads <= settled->threads);
	assert_true(last->files <= settled->files);
#ifndef KIOSK_SANITIZED /* a sanitizer's allocator says nothing here, and looks for leaks itself */
	assert_true(last->memory <= settled->memory + LEAK_MAX);
#endif
}

static void nothing_grows(void **context)
{
	struct soak soak = {0};
	struct use settled = {0}, middle = {0};
	int middle_day = SETTLED_DAY + (days - 1 - SETTLED_DAY) / 2;
	(void)context;
	if (!measure_get()) {
		skip();
	}
	worker_set_up(&soak.worker, OFFICE);
	clock_init_still(&soak.worker.clock, clock_utc_s(&soak.worker.clock) / DAY_S * DAY_S);
	write_feed(&soak, "desks", 0);
	write_feed(&soak, "council", 0);
	worker_open(&soak.worker);
	visit_init(&soak.visit, soak.worker.config, clock_mono_ms(&soak.worker.clock));
	for (int day = 0; day < days; day++) {
		soak.midnight_s = clock_utc_s(&soak.worker.clock);
		for (unsigned step = 0; step < STEPS_A_DAY; step++) {
			pass_step(&soak, step);
		}
		sync_run_once(soak.worker.sync, NULL, NULL); /* the last fault is over */
		check_kept(&soak);
		if (day == SETTLED_DAY) {
			settled = measure_use(&soak);
		}
		if (day == middle_day) {
			middle = measure_use(&soak);
		}
	}
	struct use last = measure_use(&soak);
	print_message(
		"%d days: %zu taps, %zu commands: %zu saved, %zu refused, %zu reported as not saved; %zu disk faults\n",
		days, soak.taps, soak.commands, soak.saved, soak.refused, soak.not_saved, soak.faults);
	compare(&settled, &last);
	compare_rates(&settled, &middle, &last, middle_day - SETTLED_DAY, days - 1 - middle_day);
	assert_true(soak.saved > (size_t)days);
	assert_true(soak.faults > (size_t)days);
	sync_destroy(soak.worker.sync);
	worker_open(&soak.worker);
	struct snapshot *snapshot = sync_snapshot(soak.worker.sync);
	assert_true(snapshot->journal_ok);
	assert_string_equal(snapshot->store_message, ""); /* no fault has damaged anything */
	snapshot_unref(snapshot);
	measure_free();
	worker_tear_down(&soak.worker);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(nothing_grows)};
	if (argc > 1 && strcmp(argv[1], "--long") == 0) {
		days = 90;
	}
	srand(48);
	faults_install();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
