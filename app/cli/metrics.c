/* Writes ages and counts for Prometheus' node exporter (its textfile format), and nothing about any person. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "app/base/log.h"
#include "app/office/office.h"
#include "app/screen/vitals.h"

static void head(FILE *out, const char *name, const char *type, const char *help)
{
	fprintf(out, "# HELP satellitkiosk_%s %s\n# TYPE satellitkiosk_%s %s\n", name, help, name, type);
}

/* Writes the value of a label; backslash, quote and line feed are escaped. */
static void print_label(FILE *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '\\' || *text == '"') {
			putc('\\', out);
		}
		putc(*text == '\n' ? ' ' : *text, out);
	}
}

static void feed_value(FILE *out, const struct snapshot_feed *feed, const char *name, int64_t value)
{
	fprintf(out, "satellitkiosk_%s{feed=\"", name);
	print_label(out, feed->name);
	fprintf(out, "\"} %" PRId64 "\n", value);
}

static void print_feeds(FILE *out, const struct snapshot *snapshot, int64_t now_utc)
{
	head(out, "feed_age_seconds", "gauge",
	     "Seconds since the feed last agreed with its source; absent until it did once.");
	for (size_t i = 0; i < snapshot->feed_count; i++) {
		if (snapshot->feeds[i].agreed_utc) {
			feed_value(out, &snapshot->feeds[i], "feed_age_seconds",
				   now_utc - snapshot->feeds[i].agreed_utc);
		}
	}
	head(out, "feed_failures", "gauge", "Failed fetches since the last one that succeeded.");
	for (size_t i = 0; i < snapshot->feed_count; i++) {
		feed_value(out, &snapshot->feeds[i], "feed_failures", snapshot->feeds[i].failures);
	}
	head(out, "feed_skipped_events", "gauge", "Events of the last reading that could not be read.");
	for (size_t i = 0; i < snapshot->feed_count; i++) {
		feed_value(out, &snapshot->feeds[i], "feed_skipped_events", snapshot->feeds[i].skipped);
	}
}

static void print_bookings(FILE *out, const struct office *office)
{
	int checked_in = 0, no_show = 0, drop_in = 0;
	for (size_t i = 0; i < office->booking_count; i++) {
		const struct office_booking *booking = &office->bookings[i];
		drop_in += booking->is_drop_in;
		checked_in += booking->since_utc != 0 && !booking->is_drop_in;
		no_show += booking->state == BOOKING_NO_SHOW;
	}
	head(out, "bookings_today", "gauge", "Bookings of today, by what became of them.");
	fprintf(out, "satellitkiosk_bookings_today{state=\"checked-in\"} %d\n", checked_in);
	fprintf(out, "satellitkiosk_bookings_today{state=\"no-show\"} %d\n", no_show);
	fprintf(out, "satellitkiosk_bookings_today{state=\"drop-in\"} %d\n", drop_in);
	head(out, "desks", "gauge", "Desks, and those of them that are free now.");
	fprintf(out, "satellitkiosk_desks{state=\"all\"} %zu\n", office->desk_count);
	fprintf(out, "satellitkiosk_desks{state=\"free\"} %zu\n", office->free_desks);
	fprintf(out, "satellitkiosk_desks{state=\"unknown\"} %zu\n", office->unknown_desks);
	head(out, "closed", "gauge", "1 while the office is closed within its hours.");
	fprintf(out, "satellitkiosk_closed %d\n", office->is_closed_now);
}

static void print_program(FILE *out, const struct snapshot *snapshot, bool is_trusted)
{
	head(out, "info", "gauge", "The version that wrote this.");
	fprintf(out, "satellitkiosk_info{version=\"%s\"} 1\n", KIOSK_VERSION);
	head(out, "journal_ok", "gauge", "1 when check-ins can be saved.");
	fprintf(out, "satellitkiosk_journal_ok %d\n", snapshot->journal_ok);
	head(out, "clock_trusted", "gauge", "1 when the clock is set, synchronised and has not jumped.");
	fprintf(out, "satellitkiosk_clock_trusted %d\n", is_trusted);
}

/* Writes the figures of the kiosk that runs on this machine as a service. */
static void print_vitals(FILE *out)
{
	int64_t values[VITAL_COUNT];
	bool is_up = vitals_read(vitals_folder(), values);
	head(out, "up", "gauge", "1 while the kiosk runs.");
	fprintf(out, "satellitkiosk_up %d\n", is_up);
	if (!is_up) {
		return;
	}
	head(out, "start_time_seconds", "gauge", "When it was started.");
	fprintf(out, "satellitkiosk_start_time_seconds %" PRId64 "\n", values[VITAL_STARTED_UTC]);
	head(out, "screen_on", "gauge", "1 while there is a display with the picture on it.");
	fprintf(out, "satellitkiosk_screen_on %" PRId64 "\n", values[VITAL_IS_SHOWN]);
	head(out, "memory_bytes", "gauge", "Memory of the kiosk when it last measured it.");
	fprintf(out, "satellitkiosk_memory_bytes %" PRId64 "\n", values[VITAL_MEMORY_BYTES]);
	head(out, "frame_seconds", "histogram", "Time that it took to draw a picture.");
	for (int i = 0; i < VITAL_BUCKETS; i++) {
		fprintf(out, "satellitkiosk_frame_seconds_bucket{le=\"%g\"} %" PRId64 "\n",
			(double)vital_bucket_us[i] / 1e6, values[VITAL_FRAMES_WITHIN + i]);
	}
	fprintf(out, "satellitkiosk_frame_seconds_bucket{le=\"+Inf\"} %" PRId64 "\n", values[VITAL_FRAMES]);
	fprintf(out, "satellitkiosk_frame_seconds_sum %.6f\n", (double)values[VITAL_FRAMES_US] / 1e6);
	fprintf(out, "satellitkiosk_frame_seconds_count %" PRId64 "\n", values[VITAL_FRAMES]);
}

static bool print_all(FILE *out, struct program *program, struct err *err)
{
	struct sync *sync = program_sync(program, NULL, NULL, err);
	if (!sync) {
		return false;
	}
	struct snapshot *snapshot = sync_snapshot(sync);
	int64_t now_utc = clock_utc_s(&program->clock);
	bool is_trusted = clock_is_trusted(&program->clock);
	struct office_input input = office_input_from_snapshot(program->config, snapshot, now_utc, is_trusted);
	struct office *office = office_create(&input);
	print_program(out, snapshot, is_trusted);
	print_vitals(out);
	print_feeds(out, snapshot, now_utc);
	if (office) {
		print_bookings(out, office);
	} else {
		err_set(err, "out of memory");
	}
	bool ok = office != NULL;
	office_destroy(office);
	snapshot_unref(snapshot);
	sync_destroy(sync);
	return ok;
}

/* A reader finds either the whole new file or the whole previous one. */
static bool write_file(struct program *program, const char *path, struct err *err)
{
	char *fresh = NULL;
	if (!program_need_state(program, err)) {
		return false; /* from here on the kiosk's user writes */
	}
	FILE *out = asprintf(&fresh, "%s.new", path) < 0 ? NULL : fopen(fresh, "we");
	if (!out) {
		err_set(err, "%s: cannot be written: %s", path, strerror(errno));
		free(fresh);
		return false;
	}
	bool ok = print_all(out, program, err);
	bool is_whole = !ferror(out);
	is_whole = fclose(out) == 0 && is_whole;
	if (ok && !is_whole) {
		ok = err_set(err, "%s: could not be written", path);
	}
	if (ok && rename(fresh, path) != 0) {
		ok = err_set(err, "%s: %s", path, strerror(errno));
	}
	if (!ok) {
		unlink(fresh);
	}
	free(fresh);
	return ok;
}

int cli_metrics(struct program *program)
{
	struct err err = {""};
	const char *path = program->options.metrics_file;
	bool ok = path ? write_file(program, path, &err) : print_all(stdout, program, &err);
	if (!ok) {
		log_line(LOG_LEVEL_ERROR, "%s", err.text);
	}
	return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
