/* For Prometheus' node exporter (its textfile format): ages and counts, and nothing about any person. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli.h"
#include "log.h"
#include "office.h"

static void head(const char *name, const char *type, const char *help)
{
	printf("# HELP satellitkiosk_%s %s\n# TYPE satellitkiosk_%s %s\n", name, help, name, type);
}

/* A label's value: backslash, quote and line feed are escaped. */
static void print_label(const char *text)
{
	for (; *text; text++) {
		if (*text == '\\' || *text == '"')
			putchar('\\');
		putchar(*text == '\n' ? ' ' : *text);
	}
}

static void feed_value(const struct snapshot_feed *feed, const char *name, int64_t value)
{
	printf("satellitkiosk_%s{feed=\"", name);
	print_label(feed->name);
	printf("\"} %" PRId64 "\n", value);
}

static void print_feeds(const struct snapshot *snapshot, int64_t now_utc)
{
	head("feed_age_seconds", "gauge", "Since the feed last agreed with its source; not there before it ever did.");
	for (size_t i = 0; i < snapshot->feed_count; i++) {
		if (snapshot->feeds[i].agreed_utc)
			feed_value(&snapshot->feeds[i], "feed_age_seconds", now_utc - snapshot->feeds[i].agreed_utc);
	}
	head("feed_failures", "gauge", "Tries in a row that failed.");
	for (size_t i = 0; i < snapshot->feed_count; i++)
		feed_value(&snapshot->feeds[i], "feed_failures", snapshot->feeds[i].failures);
	head("feed_skipped_events", "gauge", "Events of the last reading that could not be read.");
	for (size_t i = 0; i < snapshot->feed_count; i++)
		feed_value(&snapshot->feeds[i], "feed_skipped_events", snapshot->feeds[i].skipped);
}

static void print_bookings(const struct office *office)
{
	int checked_in = 0, no_show = 0, drop_in = 0;
	for (size_t i = 0; i < office->booking_count; i++) {
		const struct office_booking *booking = &office->bookings[i];
		drop_in += booking->is_drop_in;
		checked_in += booking->entry && !booking->is_drop_in;
		no_show += booking->state == BOOKING_NO_SHOW;
	}
	head("bookings_today", "gauge", "Bookings of today, by what became of them.");
	printf("satellitkiosk_bookings_today{state=\"checked-in\"} %d\n", checked_in);
	printf("satellitkiosk_bookings_today{state=\"no-show\"} %d\n", no_show);
	printf("satellitkiosk_bookings_today{state=\"drop-in\"} %d\n", drop_in);
	head("desks", "gauge", "Desks, and those of them that are free now.");
	printf("satellitkiosk_desks{state=\"all\"} %zu\n", office->desk_count);
	printf("satellitkiosk_desks{state=\"free\"} %zu\n", office->free_desks);
}

static void print_program(const struct snapshot *snapshot, bool is_trusted)
{
	head("info", "gauge", "The version that wrote this.");
	printf("satellitkiosk_info{version=\"%s\"} 1\n", KIOSK_VERSION);
	head("journal_ok", "gauge", "1 when check-ins can be saved.");
	printf("satellitkiosk_journal_ok %d\n", snapshot->journal_ok);
	head("clock_trusted", "gauge", "1 when the clock is set, synchronised and has not jumped.");
	printf("satellitkiosk_clock_trusted %d\n", is_trusted);
}

int cli_metrics(struct program *program)
{
	struct err err = {""};
	struct sync *sync = program_sync(program, NULL, NULL, &err);
	if (!sync) {
		log_line(LOG_LEVEL_ERROR, "%s", err.text);
		return EXIT_FAILURE;
	}
	struct snapshot *snapshot = sync_snapshot(sync);
	int64_t now_utc = clock_utc_s(&program->clock);
	bool is_trusted = clock_is_trusted(&program->clock);
	struct office_input input = office_input_from_snapshot(program->config, snapshot, now_utc, is_trusted);
	struct office *office = office_create(&input);
	print_program(snapshot, is_trusted);
	print_feeds(snapshot, now_utc);
	if (office)
		print_bookings(office);
	office_destroy(office);
	snapshot_unref(snapshot);
	sync_destroy(sync);
	return office ? EXIT_SUCCESS : EXIT_FAILURE;
}
