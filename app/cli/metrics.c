/* Writes ages and counts for Prometheus' node exporter (its textfile format), and nothing about any person. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli.h"
#include "db/journal.h"
#include "app/base/log.h"
#include "app/base/whole.h"
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

static void feed_value(FILE *out, const struct config_feed *feed, const char *name, int64_t value)
{
	fprintf(out, "satellitkiosk_%s{feed=\"", name);
	print_label(out, feed->name);
	fprintf(out, "\"} %" PRId64 "\n", value);
}

enum feed_figure { FEED_AGREED, FEED_TRIED, FEED_FAILURES, FEED_SKIPPED, FEED_FIGURE_COUNT };

static const struct {
	const char *name, *help;
} feed_figures[FEED_FIGURE_COUNT] = {
	[FEED_AGREED] = {"feed_agreed_timestamp_seconds", "When the feed last agreed with its source; 0 never."},
	[FEED_TRIED] = {"feed_tried_timestamp_seconds", "When the feed was last asked for; 0 never."},
	[FEED_FAILURES] = {"feed_failures", "Failed fetches since the last one that succeeded."},
	[FEED_SKIPPED] = {"feed_skipped_events", "Events of the last reading that could not be read."},
};

static int64_t figure_of(const struct snapshot *snapshot, const struct config_feed *feed, enum feed_figure figure)
{
	for (size_t i = 0; i < snapshot->feed_count; i++) {
		const struct snapshot_feed *seen = &snapshot->feeds[i];
		if (strcmp(seen->name, feed->name) == 0) {
			return figure == FEED_AGREED     ? seen->agreed_utc
			       : figure == FEED_TRIED    ? seen->tried_utc
			       : figure == FEED_FAILURES ? seen->failures
							 : seen->skipped;
		}
	}
	return 0; /* it was never fetched */
}

static void print_feeds(FILE *out, const struct config *config, const struct snapshot *snapshot)
{
	for (enum feed_figure figure = 0; figure < FEED_FIGURE_COUNT; figure++) {
		head(out, feed_figures[figure].name, "gauge", feed_figures[figure].help);
		for (size_t i = 0; i < config->feed_count; i++) {
			const struct config_feed *feed = &config->feeds[i];
			feed_value(out, feed, feed_figures[figure].name, figure_of(snapshot, feed, figure));
		}
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

static void print_program(FILE *out, struct program *program, bool journal_ok)
{
	head(out, "info", "gauge", "The version that wrote this.");
	fprintf(out, "satellitkiosk_info{version=\"%s\"} 1\n", KIOSK_VERSION);
	head(out, "config_ok", "gauge", "1 when the configuration can be read; without it there are fewer figures.");
	fprintf(out, "satellitkiosk_config_ok %d\n", !program->config->mistake);
	head(out, "journal_ok", "gauge", "1 when check-ins can be saved.");
	fprintf(out, "satellitkiosk_journal_ok %d\n", journal_ok);
	head(out, "clock_trusted", "gauge", "1 when the clock is set, synchronised and has not jumped.");
	fprintf(out, "satellitkiosk_clock_trusted %d\n", clock_is_trusted(&program->clock));
}

static void print_share(FILE *out, const struct config *config, const struct snapshot_share *share)
{
	if (!share->is_on) {
		return;
	}
	head(out, "share_info", "gauge", "What this machine is called among those of its office.");
	fputs("satellitkiosk_share_info{box=\"", out);
	print_label(out, config->share.box);
	fputs("\"} 1\n", out);
	head(out, "share_agreed_timestamp_seconds", "gauge",
	     "When check-ins were last exchanged with the other machines; 0 never.");
	fprintf(out, "satellitkiosk_share_agreed_timestamp_seconds %" PRId64 "\n", share->agreed_utc);
	head(out, "share_lost", "gauge", "1 while the other machines of the office cannot be reached.");
	fprintf(out, "satellitkiosk_share_lost %d\n", share->is_lost);
	head(out, "share_skipped", "gauge", "Shared objects that could not be used.");
	fprintf(out, "satellitkiosk_share_skipped %" PRIu32 "\n", share->skipped);
	if (share->outbox >= 0) {
		head(out, "share_outbox", "gauge", "Check-ins that wait to be delivered to the other machines.");
		fprintf(out, "satellitkiosk_share_outbox %" PRId64 "\n", share->outbox);
	}
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
	head(out, "screen_asleep", "gauge", "1 while the display is switched off for the night.");
	fprintf(out, "satellitkiosk_screen_asleep %" PRId64 "\n", values[VITAL_IS_OFF]);
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

static bool print_office(FILE *out, struct program *program, const struct snapshot *snapshot)
{
	int64_t now_utc = clock_utc_s(&program->clock);
	bool is_trusted = clock_is_trusted(&program->clock);
	struct office_input input = office_input_from_snapshot(program->config, snapshot, now_utc, is_trusted);
	struct office *office = office_create(&input);
	if (office) {
		print_bookings(out, office);
	}
	office_destroy(office);
	return office != NULL;
}

/* Without a configuration nothing is known about the office, and the databases are not opened: they would lose what
 * belongs to feeds that seem to be gone. */
static bool print_all(FILE *out, struct program *program, struct err *err)
{
	struct err unsaved;
	if (program->config->mistake) {
		bool can_save = program_need_state(program, &unsaved) && journal_probe(program->state, &unsaved);
		print_program(out, program, can_save);
		print_vitals(out);
		return true;
	}
	struct sync *sync = program_sync(program, NULL, NULL, err);
	if (!sync) { /* an alert needs a series that says so, rather than none */
		print_program(out, program, false);
		print_vitals(out);
		return false;
	}
	struct snapshot *snapshot = sync_snapshot(sync);
	print_program(out, program, snapshot->journal_ok && journal_probe(program->state, &unsaved));
	print_vitals(out);
	print_feeds(out, program->config, snapshot);
	print_share(out, program->config, &snapshot->share);
	bool ok = print_office(out, program, snapshot) || err_set(err, "out of memory");
	snapshot_unref(snapshot);
	sync_destroy(sync);
	return ok;
}

/* The file is replaced also when some of the metrics are missing; an old one would look as if all were well. */
static bool write_file(struct program *program, const char *path, struct err *err)
{
	struct whole whole;
	struct err unwritten = {""};
	bool has_state = program_need_state(program, err); /* from here on the kiosk's user writes */
	if (!has_state && geteuid() == 0) {
		return false;
	}
	if (!whole_begin(&whole, path, err)) {
		return false;
	}
	/* An exporter that runs as another user reads it; it names nobody. */
	bool can_end = fchmod(fileno(whole.out), 0644) == 0 || err_set(err, "%s: %s", path, strerror(errno));
	bool ok = can_end && print_all(whole.out, program, err);
	bool is_ended = whole_end(&whole, can_end, WHOLE_QUICK, &unwritten);
	return ok && (is_ended || err_set(err, "%s", unwritten.text));
}

int cli_metrics(struct program *program)
{
	struct err err = {""};
	const char *path = program->options.metrics_file;
	bool ok = path ? write_file(program, path, &err) : print_all(stdout, program, &err);
	if (!ok) {
		log_line(LOG_LEVEL_ERROR, "%s", err.text);
	}
	if (program->config->mistake) {
		log_line(LOG_LEVEL_ERROR, "%s", program->config->mistake);
	}
	return !ok ? EXIT_FAILURE : program->config->mistake ? EXIT_CONFIG : EXIT_SUCCESS;
}
