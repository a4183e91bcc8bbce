/* Prints the age and the last error of each feed, the state of the databases and the clock. It prints no address and no
 * person. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "rows.h"
#include "text.h"
#include "db/journal.h"
#include "app/base/log.h"
#include "app/office/office.h"
#include "ical/small.h"
#include "app/screen/vitals.h"

static const char *const age_names[] = {
	[AGE_FRESH] = "fresh", [AGE_AGEING] = "ageing", [AGE_OLD] = "old", [AGE_UNKNOWN] = "unknown"};
static const char *const kind_names[] = {[FEED_BOOKINGS] = "bookings",
					 [FEED_MEETINGS] = "meetings",
					 [FEED_NOTICES] = "notices",
					 [FEED_CLOSURES] = "closures"};
static const char *const trouble_names[] = {
	[FEED_TROUBLE_NO_CONTACT] = "no-contact",       [FEED_TROUBLE_REFUSED] = "refused",
	[FEED_TROUBLE_NOT_CALENDAR] = "not-a-calendar", [FEED_TROUBLE_SHRUNK] = "shrunk",
	[FEED_TROUBLE_TOO_LARGE] = "too-large",         [FEED_TROUBLE_SETUP] = "setup"};

struct status {
	const struct program *program;
	const struct snapshot *snapshot;
	int64_t now_utc;
	bool is_trusted;
	bool can_save;      /* a check-in could be saved now */
	struct err unsaved; /* why not */
};

static const struct snapshot_feed *seen_feed(const struct status *status, const struct config_feed *feed)
{
	static char nothing[] = "";
	static const struct snapshot_feed unseen = {.name = nothing, .notes = nothing, .message = nothing};
	for (size_t i = 0; i < status->snapshot->feed_count; i++) {
		if (strcmp(status->snapshot->feeds[i].name, feed->name) == 0) {
			return &status->snapshot->feeds[i];
		}
	}
	return &unseen;
}

static const char *level_of(const struct status *status, const struct config_feed *feed)
{
	int64_t agreed_utc = seen_feed(status, feed)->agreed_utc;
	return age_names[office_feed_age(feed, agreed_utc, status->now_utc)];
}

static const char *source_of(const struct config_feed *feed)
{
	return feed->url ? "url" : feed->caldav ? "caldav" : feed->credential ? "credential" : "path";
}

/* Returns {"skipped": {…}, "assumed": {…}}, or NULL when the details are unknown; the total may still be known. */
static json_t *notes_of(const struct snapshot_feed *seen)
{
	json_t *notes = json_loads(seen->notes, 0, NULL);
	if (json_is_object(json_object_get(notes, "skipped")) && json_is_object(json_object_get(notes, "assumed"))) {
		return notes;
	}
	json_decref(notes);
	return NULL;
}

static json_t *feed_json(const struct status *status, const struct config_feed *feed)
{
	const struct snapshot_feed *seen = seen_feed(status, feed);
	json_t *age = seen->agreed_utc ? json_integer(status->now_utc - seen->agreed_utc) : json_null();
	json_t *trouble = seen->trouble ? json_string(trouble_names[seen->trouble]) : json_null();
	json_t *notes = notes_of(seen);
	char known_from[CLI_TIME_MAX], known_to[CLI_TIME_MAX];
	const char *from = seen->agreed_utc ? cli_date(known_from, seen->from_day) : "";
	const char *to = seen->agreed_utc ? cli_date(known_to, seen->to_day - 1) : "";
	return json_pack("{s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:i, s:o, s:o, s:i, s:o, s:i, s:i}",
			 "name", feed->name, "kind", kind_names[feed->kind], "source", source_of(feed), "level",
			 level_of(status, feed), "age_s", age, "agreed", cli_json_utc(seen->agreed_utc), "known_from",
			 cli_json_text(from), "known_through", cli_json_text(to), "changed",
			 cli_json_utc(seen->changed_utc), "tried", cli_json_utc(seen->tried_utc), "next",
			 cli_json_utc(seen->next_utc), "failures", (int)seen->failures, "trouble", trouble, "error",
			 cli_json_text(seen->message), "skipped", (int)seen->skipped, "notes",
			 notes ? notes : json_null(), "rows", (int)rows_count(status->snapshot, feed), "unnamed",
			 (int)rows_unnamed(status->snapshot, feed));
}

static json_t *feeds_json(const struct status *status)
{
	const struct config *config = status->program->config;
	json_t *feeds = json_array();
	for (size_t i = 0; feeds && i < config->feed_count; i++) {
		if (json_array_append_new(feeds, feed_json(status, &config->feeds[i])) != 0) {
			json_decref(feeds);
			return NULL;
		}
	}
	return feeds;
}

/* The value is null when no kiosk is known to run. */
static json_t *screen_json(void)
{
	int64_t values[VITAL_COUNT];
	if (!vitals_read(vitals_folder(), values)) {
		return json_null();
	}
	return json_pack("{s:o, s:b, s:b, s:b, s:I, s:I, s:I}", "started", cli_json_utc(values[VITAL_STARTED_UTC]),
			 "on", (int)values[VITAL_IS_SHOWN], "off", (int)values[VITAL_IS_OFF], "deaf",
			 (int)values[VITAL_IS_DEAF], "frames", (json_int_t)values[VITAL_FRAMES], "frames_us",
			 (json_int_t)values[VITAL_FRAMES_US], "memory_bytes", (json_int_t)values[VITAL_MEMORY_BYTES]);
}

/* The value is null when this machine shares its check-ins with no other. */
static json_t *share_json(const struct status *status)
{
	const struct snapshot_share *share = &status->snapshot->share;
	if (!share->is_on) {
		return json_null();
	}
	return json_pack("{s:s, s:b, s:o, s:o, s:o, s:I, s:o}", "box", status->program->config->share.box, "lost",
			 (int)share->is_lost, "agreed", cli_json_utc(share->agreed_utc), "tried",
			 cli_json_utc(share->tried_utc), "outbox",
			 share->outbox < 0 ? json_null() : json_integer(share->outbox), "skipped",
			 (json_int_t)share->skipped, "error", cli_json_text(share->message));
}

static bool print_json(const struct status *status)
{
	const struct program *program = status->program;
	const struct snapshot *snapshot = status->snapshot;
	json_t *feeds = feeds_json(status);
	if (!feeds) {
		return false;
	}
	return cli_json_print(json_pack(
		"{s:s, s:s, s:s, s:o, s:o, s:o, s:{s:s, s:b, s:b, s:o}, s:{s:b, s:i, s:i}, s:{s:i}, s:o, s:o, s:o, "
		"s:o}",
		"version", KIOSK_VERSION, "office", program->config->office, "mode",
		program->config->mode == MODE_WALL ? "wall" : "kiosk", "config", cli_json_path(program->config_file),
		"state", cli_json_path(program->state), "now", cli_json_utc(status->now_utc), "clock", "zone",
		zone_name(program->config->zone), "trusted", status->is_trusted, "simulated", program->options.has_now,
		"certain", cli_json_utc(snapshot->certain_utc), "journal", "ok", status->can_save, "entries",
		(int)snapshot->entries.count, "damaged_files", (int)journal_count_damaged(program->state), "cache",
		"rows", (int)snapshot->rows.count, "message", cli_json_text(snapshot->store_message), "screen",
		screen_json(), "share", share_json(status), "feeds", feeds));
}

static void print_reasons(const char *title, const json_t *reasons, int width)
{
	const char *reason = NULL, *before = "";
	json_t *count = NULL;
	if (json_object_size(reasons) == 0) {
		return;
	}
	printf("%*s  %s: ", width, "", title);
	json_object_foreach((json_t *)(uintptr_t)reasons, reason, count)
	{
		printf("%s%s %" JSON_INTEGER_FORMAT, before, reason, json_integer_value(count));
		before = ", ";
	}
	putchar('\n');
}

/* Names the objects of a CalDAV server that are left out, as far as they are named. */
static void print_objects(const json_t *names, int width)
{
	for (size_t i = 0; i < json_array_size(names); i++) {
		const char *name = json_string_value(json_array_get(names, i));
		printf("%*s  left out on the server: %s\n", width, "", name ? name : "");
	}
}

static void print_feed(const struct status *status, const struct config_feed *feed, int width)
{
	char text[CLI_TIME_MAX];
	const struct zone *zone = status->program->config->zone;
	const struct snapshot_feed *seen = seen_feed(status, feed);
	cli_column(feed->name, width);
	cli_column(level_of(status, feed), 7);
	cli_column(seen->agreed_utc ? cli_local(text, zone, seen->agreed_utc) : "never", 16);
	cli_column(seen->next_utc ? cli_clock(text, zone, seen->next_utc) : "-", 5);
	printf("%5zu  %7u  %s\n", rows_count(status->snapshot, feed), seen->skipped,
	       seen->trouble     ? seen->message
	       : seen->tried_utc ? "ok"
				 : "not yet");
	json_t *notes = notes_of(seen);
	print_reasons("skipped", json_object_get(notes, "skipped"), width);
	print_reasons("assumed", json_object_get(notes, "assumed"), width);
	print_objects(json_object_get(notes, "objects"), width);
	json_decref(notes);
	size_t unnamed = rows_unnamed(status->snapshot, feed);
	if (unnamed > 0) {
		printf("%*s  no person found: %zu\n", width, "", unnamed);
	}
}

static const char *screen_words(void)
{
	int64_t values[VITAL_COUNT];
	if (!vitals_read(vitals_folder(), values)) {
		return "not known: no kiosk runs here as a service, or it runs as another user";
	}
	if (values[VITAL_IS_OFF]) {
		return "off for the night";
	}
	return !values[VITAL_IS_SHOWN] ? "WAITS FOR A DISPLAY" : values[VITAL_IS_DEAF] ? "on, DEAF TO TOUCH" : "on";
}

static void print_certain(const struct status *status)
{
	char text[CLI_TIME_MAX];
	int64_t certain_utc = status->snapshot->certain_utc;
	if (certain_utc > 0 && status->now_utc - certain_utc > SETTLED_LATE_S) {
		printf("               NOT CONFIRMED since %s: old check-ins are kept until a calendar's server agrees "
		       "with "
		       "the clock on two days\n",
		       cli_local(text, status->program->config->zone, certain_utc));
	}
}

static void print_share(const struct status *status)
{
	char text[CLI_TIME_MAX];
	const struct snapshot_share *share = &status->snapshot->share;
	const struct zone *zone = status->program->config->zone;
	if (!share->is_on) {
		return;
	}
	printf("Shared as      %s, ", status->program->config->share.box);
	if (share->agreed_utc) {
		printf("last exchange %s\n", cli_local(text, zone, share->agreed_utc));
	} else {
		puts("no exchange yet");
	}
	fputs("               waiting to be delivered: ", stdout);
	if (share->outbox < 0) {
		fputs("not known", stdout);
	} else {
		printf("%lld", (long long)share->outbox);
	}
	printf(", skipped objects: %u\n", share->skipped);
	if (share->message[0]) {
		printf("               %s%s\n", share->is_lost ? "NO CONTACT: " : "", share->message);
	}
}

static bool print_text(const struct status *status)
{
	char text[CLI_TIME_MAX];
	const struct program *program = status->program;
	const struct config *config = program->config;
	int width = 4;
	printf("Satellitkiosk %s, %s\n", KIOSK_VERSION, config->office);
	cli_line("Configuration  ", program->config_file);
	cli_line("Databases      ", program->state);
	printf("Check-ins      %s\n", status->can_save ? "can be saved" : "CANNOT BE SAVED");
	if (status->unsaved.text[0]) {
		cli_line("               ", status->unsaved.text);
	}
	if (status->snapshot->store_message[0]) {
		cli_line("               ", status->snapshot->store_message);
	}
	size_t damaged = journal_count_damaged(program->state);
	if (damaged > 0) {
		printf("               damaged files that are kept as " JOURNAL_FILE ".damaged-…: %zu\n", damaged);
	}
	print_share(status);
	printf("Screen         %s\n", screen_words());
	printf("Clock          %s %s, %s\n", cli_local(text, config->zone, status->now_utc), zone_name(config->zone),
	       status->is_trusted ? "trusted" : "NOT TRUSTED: not set, not synchronised, or it has jumped");
	print_certain(status);
	putchar('\n');
	for (size_t i = 0; i < config->feed_count; i++) {
		int own = cli_width(config->feeds[i].name);
		width = own > width ? own : width;
	}
	cli_column("Feed", width);
	puts("Level    Agreed            Next    Rows  Skipped  Last try");
	for (size_t i = 0; i < config->feed_count; i++) {
		print_feed(status, &config->feeds[i], width);
	}
	if (config->feed_count == 0) {
		puts("No feeds are configured.");
	}
	return true;
}

int cli_status(struct program *program)
{
	struct err err = {""};
	struct snapshot *snapshot = NULL;
	bool ok = false;
	struct sync *sync = program_sync(program, NULL, NULL, &err);
	if (!sync) {
		goto out;
	}
	snapshot = sync_snapshot(sync);
	struct status status = {.program = program,
				.snapshot = snapshot,
				.now_utc = clock_utc_s(&program->clock),
				.is_trusted = clock_is_trusted(&program->clock)};
	status.can_save = snapshot->journal_ok && journal_probe(program->state, &status.unsaved);
	ok = program->options.output == OUTPUT_JSON ? print_json(&status) : print_text(&status);
	if (!ok) {
		err_set(&err, "out of memory");
	}
out:
	if (!ok) {
		log_line(LOG_LEVEL_ERROR, "%s", err.text);
	}
	snapshot_unref(snapshot);
	sync_destroy(sync);
	return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
