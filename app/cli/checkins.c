/* Prints the journal: one row for each act, the oldest first. It reads the database itself, because a snapshot holds
 * only the last days. */
#include <jansson.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/identity.h"
#include "db/journal.h"
#include "cli.h"
#include "text.h"
#include "app/base/log.h"

static const char *const action_names[] = {[JOURNAL_CHECK_IN] = "check-in",
					   [JOURNAL_DROP_IN] = "drop-in",
					   [JOURNAL_CHECK_OUT] = "check-out",
					   [JOURNAL_UNDO] = "undo"};

/* What is printed, and which of it was taken back. */
struct acts {
	struct journal_entries entries;
	struct journal_undoing *undoings;
};

/* The local id of the entry that this one takes back; 0 none, or it was purged. */
static int64_t undone_id(const struct journal_undoing *undoing)
{
	return undoing->undoes ? undoing->undoes->id : 0;
}

static json_t *entry_json(const struct journal_entry *entry, const struct journal_undoing *undoing)
{
	json_t *undoes = undone_id(undoing) ? json_integer(undone_id(undoing)) : json_null();
	return json_pack("{s:I, s:o, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:b}", "id", (json_int_t)entry->id,
			 "at", cli_json_utc(entry->at_utc), "action", action_names[entry->action], "place",
			 entry->place, "name", cli_json_text(entry->label), "feed", cli_json_text(entry->feed), "uid",
			 cli_json_text(entry->uid), "recurrence_id", cli_json_text(entry->recurrence_id), "start",
			 cli_json_utc(entry->start_utc), "end", cli_json_utc(entry->end_utc), "undoes", undoes,
			 "undone", undoing->is_undone);
}

static bool print_json(const struct acts *acts)
{
	json_t *document = json_array();
	for (size_t i = 0; document && i < acts->entries.count; i++) {
		if (json_array_append_new(document, entry_json(&acts->entries.items[i], &acts->undoings[i])) != 0) {
			json_decref(document);
			return false;
		}
	}
	return cli_json_print(document);
}

static void csv_utc(int64_t utc_s)
{
	char text[CLI_TIME_MAX] = "";
	cli_csv(utc_s ? cli_utc(text, utc_s) : text, false);
}

static void csv_id(int64_t id)
{
	if (id) {
		printf("%" PRId64, id);
	}
	putchar(',');
}

static void print_csv(const struct acts *acts)
{
	fputs("id,at,action,place,name,feed,uid,recurrence_id,start,end,undoes,undone\r\n", stdout);
	for (size_t i = 0; i < acts->entries.count; i++) {
		const struct journal_entry *entry = &acts->entries.items[i];
		csv_id(entry->id);
		csv_utc(entry->at_utc);
		cli_csv(action_names[entry->action], false);
		cli_csv(entry->place, false);
		cli_csv_foreign(entry->label, false);
		cli_csv(entry->feed, false);
		cli_csv_foreign(entry->uid, false);
		cli_csv_foreign(entry->recurrence_id, false);
		csv_utc(entry->start_utc);
		csv_utc(entry->end_utc);
		csv_id(undone_id(&acts->undoings[i]));
		cli_csv(acts->undoings[i].is_undone ? "true" : "false", true);
	}
}

static void print_text(const struct program *program, const struct acts *acts)
{
	char at[CLI_TIME_MAX], until[CLI_TIME_MAX];
	const struct zone *zone = program->config->zone;
	for (size_t i = 0; i < acts->entries.count; i++) {
		const struct journal_entry *entry = &acts->entries.items[i];
		const struct config_place *place = config_place_by_id(program->config, entry->place);
		printf("%s  ", cli_local(at, zone, entry->at_utc));
		cli_column(action_names[entry->action], 9);
		cli_column(place ? place->name : entry->place, 14);
		fputs(entry->label, stdout);
		if (entry->action == JOURNAL_CHECK_IN || entry->action == JOURNAL_DROP_IN) {
			printf("%suntil %s", entry->label[0] ? ", " : "", cli_clock(until, zone, entry->end_utc));
		}
		puts(acts->undoings[i].is_undone ? " (undone)" : "");
	}
}

static bool print_acts(const struct program *program, const struct acts *acts)
{
	switch (program->options.output) {
	case OUTPUT_JSON:
		return print_json(acts);
	case OUTPUT_CSV:
		print_csv(acts);
		return true;
	case OUTPUT_BRIEF: /* only doctor has it */
	case OUTPUT_HTML:  /* only report */
	case OUTPUT_TEXT:
		print_text(program, acts);
		return true;
	}
	return false;
}

int cli_checkins(struct program *program)
{
	struct err err = {""};
	struct identity *identity = NULL;
	struct journal *journal = NULL;
	struct acts acts = {0};
	const struct options *options = &program->options;
	int64_t since_utc = options->has_from ? zone_day_start(program->config->zone, options->from_day) : INT64_MIN;
	bool ok = false;
	if (!program_need_state(program, &err)) {
		goto out;
	}
	identity = identity_open(program->state, NULL, &err);
	if (!identity || journal_open(program->state, identity, &journal, &err) == JOURNAL_FAILED) {
		goto out;
	}
	if (!journal_read(journal, since_utc, &acts.entries, &err)) {
		goto out;
	}
	acts.undoings = journal_entries_undoings(&acts.entries);
	ok = (acts.undoings && print_acts(program, &acts)) || err_set(&err, "out of memory");
out:
	if (!ok) {
		log_line(LOG_LEVEL_ERROR, "%s", err.text);
	}
	free(acts.undoings);
	journal_entries_finish(&acts.entries);
	journal_close(journal);
	identity_close(identity);
	return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
