/* See cli.h. This file holds the short sub-commands. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "text.h"
#include "app/base/i18n.h"
#include "app/base/log.h"
#include "app/office/office.h"
#include "privacy.h"

int cli_run(struct program *program)
{
	switch (program->options.run) {
	case RUN_CHECK_CONFIG:
		return cli_check_config(program);
	case RUN_SYNC:
		return cli_sync(program);
	case RUN_AGENDA:
		return cli_agenda(program);
	case RUN_STATUS:
		return cli_status(program);
	case RUN_CHECKINS:
		return cli_checkins(program);
	case RUN_CHECK_IN:
		return cli_check_in(program);
	case RUN_CHECK_OUT:
		return cli_check_out(program);
	case RUN_PRIVACY_AUDIT:
		return privacy_run(program);
	case RUN_DOCTOR:
		return cli_doctor(program);
	case RUN_METRICS:
		return cli_metrics(program);
	case RUN_BACKUP:
		return cli_backup(program);
	case RUN_PRIVACY_RECORD:
		return privacy_record(program);
	case RUN_PRIVACY_EXTRACT:
		return privacy_extract(program);
	case RUN_PRIVACY_LOG:
		return privacy_log(program);
	case RUN_REPORT:
		return cli_report(program);
	case RUN_KIOSK:
	case RUN_SETUP:
	case RUN_HELP:
	case RUN_VERSION:
		break;
	}
	return EXIT_USAGE;
}

/* These are warnings, because the file itself is right: what is missing may still come, or the screen does without it.
 */
static void warn_of_config(const struct program *program)
{
	const struct config *config = program->config;
	if (!i18n_has(config->language)) {
		log_line(LOG_LEVEL_WARNING,
			 "%s: language: there is no translation for \"%s\"; the screen will be in English",
			 program->config_file, config->language);
	}
	for (size_t i = 0; i < config->feed_count; i++) {
		const char *file = config->feeds[i].path;
		if (file && access(file, R_OK) != 0) {
			log_feed(LOG_LEVEL_WARNING, config->feeds[i].name, "%s cannot be read yet", file);
		}
	}
}

/* The configuration has been read already. The table and the floor plan that it names are checked with it. */
int cli_check_config(struct program *program)
{
	struct err err = {""};
	const struct config *config = program->config;
	if (config->region_file) {
		program->region = region_read(config->region_file, &err);
		if (!program->region) {
			log_line(LOG_LEVEL_ERROR, "%s", err.text);
			return EXIT_CONFIG;
		}
	}
	program_read_plan(program);
	if (config->plan_mistake) {
		return EXIT_CONFIG;
	}
	warn_of_config(program);
	printf("%s: ok, %zu %s, %zu %s\n", program->config_file, config->feed_count,
	       cli_count(config->feed_count, "feed", "feeds"), config->place_count,
	       cli_count(config->place_count, "place", "places"));
	return EXIT_SUCCESS;
}

static void report_feed(void *context, const struct snapshot_feed *feed)
{
	const int *width = context;
	cli_column(feed->name, *width);
	if (feed->trouble == FEED_TROUBLE_NONE) {
		fputs("ok", stdout);
	} else {
		printf("failed: %s", feed->message);
	}
	if (feed->skipped > 0) {
		printf(" (%u %s skipped)", feed->skipped, cli_count(feed->skipped, "event", "events"));
	}
	putchar('\n');
	fflush(stdout);
}

int cli_sync(struct program *program)
{
	struct err err = {""};
	int width = 0;
	for (size_t i = 0; i < program->config->feed_count; i++) {
		int own = cli_width(program->config->feeds[i].name);
		width = own > width ? own : width;
	}
	struct sync *sync = program_sync(program, NULL, NULL, &err);
	if (!sync) {
		log_line(LOG_LEVEL_ERROR, "%s", err.text);
		return EXIT_FAILURE;
	}
	enum sync_asked asked = sync_ask(sync, report_feed, &width, &err);
	bool ok = asked == SYNC_ASKED_NOBODY ? sync_run_once(sync, report_feed, &width) : asked == SYNC_ASKED_ALL_GOOD;
	if (asked == SYNC_ASKED_IN_VAIN) {
		log_line(LOG_LEVEL_ERROR, "%s", err.text);
	}
	sync_destroy(sync);
	return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* The message uses the past tense, and appears only when the entry is on the disk. */
static void tell_entry(const struct program *program, const struct journal_entry *entry, bool is_repeated)
{
	char until[CLI_TIME_MAX];
	const struct config_place *place = config_place_by_id(program->config, entry->place);
	const char *who = entry->label[0] ? entry->label : "somebody";
	const char *again = is_repeated ? "already " : "";
	const char *name = place ? place->title : entry->place;
	if (entry->action == JOURNAL_CHECK_OUT) {
		printf("%s: %schecked out\n", name, again);
	} else {
		printf("%s: %s is %schecked in until %s\n", name, who, again,
		       cli_clock(until, program->config->zone, entry->end_utc));
	}
}

static int carry_out(struct program *program, const struct command *command)
{
	struct err err = {""};
	struct sync *sync = program_sync(program, NULL, NULL, &err);
	if (!sync) {
		log_line(LOG_LEVEL_ERROR, "%s", err.text);
		return EXIT_FAILURE;
	}
	struct snapshot_result result = sync_do(sync, command, &err);
	bool ok = result.outcome == JOURNAL_APPENDED || result.outcome == JOURNAL_REPEATED;
	struct snapshot *snapshot = sync_snapshot(sync);
	const struct journal_entry *entry = ok ? journal_entries_find(&snapshot->entries, result.entry) : NULL;
	if (entry) {
		tell_entry(program, entry, result.outcome == JOURNAL_REPEATED);
	} else if (!ok) {
		log_line(LOG_LEVEL_ERROR, "%s: %s", program->options.argument, err.text);
	}
	snapshot_unref(snapshot);
	sync_destroy(sync);
	return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}

static bool fill(char *out, const char *text)
{
	if (strlen(text) < VISIT_ID_MAX) {
		strcpy(out, text);
		return true;
	}
	log_line(LOG_LEVEL_ERROR, "a place or UID has at most %d bytes", VISIT_ID_MAX - 1);
	return false;
}

int cli_check_in(struct program *program)
{
	struct command command = {.kind = COMMAND_CHECK_IN, .number = 1};
	return fill(command.id, program->options.argument) ? carry_out(program, &command) : EXIT_USAGE;
}

int cli_check_out(struct program *program)
{
	struct command command = {.kind = COMMAND_CHECK_OUT, .number = 1};
	return fill(command.place, program->options.argument) ? carry_out(program, &command) : EXIT_USAGE;
}
