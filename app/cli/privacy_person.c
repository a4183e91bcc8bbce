/* The commands `privacy-extract` (everything that is kept about one person) and `privacy-log` (when how much was
 * erased). */
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"
#include "app/sync/history.h"
#include "canary.h"
#include "cli.h"
#include "db/identity.h"
#include "db/journal.h"
#include "privacy.h"
#include "text.h"

struct extract {
	const char *name;
	json_t *bookings, *checkins;
};

static bool is_named(const struct extract *extract, const char *text)
{
	return canary_is_in(extract->name, (const unsigned char *)text, strlen(text));
}

static bool add_rows(struct extract *extract, const struct cache_rows *rows)
{
	size_t expected = 0;
	for (size_t i = 0; i < rows->count; i++) {
		const struct cache_row *row = &rows->items[i];
		if (!is_named(extract, row->title) && !is_named(extract, row->organizer)) {
			continue;
		}
		expected++;
		json_array_append_new(extract->bookings,
				      json_pack("{s:s, s:s, s:s, s:o, s:o, s:o, s:o}", "feed", row->feed, "uid",
						row->uid, "title", row->title, "organizer",
						cli_json_text(row->organizer), "place", cli_json_text(row->place),
						"start", cli_json_start(&row->span), "end", cli_json_end(&row->span)));
	}
	return json_array_size(extract->bookings) == expected;
}

/* An act without a name belongs to the person when one with the name is about the same booking. */
static bool is_of_person(const struct extract *extract, const struct journal_entries *entries,
			 const struct journal_entry *entry)
{
	bool is_theirs = is_named(extract, entry->label);
	for (size_t i = 0; i < entries->count && !is_theirs && entry->uid[0]; i++) {
		const struct journal_entry *other = &entries->items[i];
		is_theirs = strcmp(other->uid, entry->uid) == 0 &&
			    strcmp(other->recurrence_id, entry->recurrence_id) == 0 && is_named(extract, other->label);
	}
	return is_theirs;
}

static bool add_entries(struct extract *extract, const struct journal_entries *entries)
{
	static const char *const actions[] = {[JOURNAL_CHECK_IN] = "check-in",
					      [JOURNAL_DROP_IN] = "drop-in",
					      [JOURNAL_CHECK_OUT] = "check-out",
					      [JOURNAL_UNDO] = "undo"};
	size_t expected = 0;
	for (size_t i = 0; i < entries->count; i++) {
		const struct journal_entry *entry = &entries->items[i];
		if (!is_of_person(extract, entries, entry)) {
			continue;
		}
		expected++;
		json_array_append_new(extract->checkins,
				      json_pack("{s:o, s:s, s:s, s:o, s:o, s:o, s:o}", "at",
						cli_json_utc(entry->at_utc), "action", actions[entry->action], "place",
						entry->place, "name", cli_json_text(entry->label), "uid",
						cli_json_text(entry->uid), "start", cli_json_utc(entry->start_utc),
						"end", cli_json_utc(entry->end_utc)));
	}
	return json_array_size(extract->checkins) == expected;
}

static bool collect(struct program *program, struct extract *extract, struct err *err)
{
	struct journal_entries entries = {0};
	struct journal *journal = NULL;
	struct sync *sync = program_sync(program, NULL, NULL, err);
	struct snapshot *snapshot = sync ? sync_snapshot(sync) : NULL;
	struct identity *identity = snapshot ? identity_open(program->state, NULL, err) : NULL;
	bool ok = identity && journal_open(program->state, identity, &journal, err) != JOURNAL_FAILED &&
		  journal_read(journal, INT64_MIN, &entries, err);
	if (ok && !(add_rows(extract, &snapshot->rows) && add_entries(extract, &entries))) {
		ok = err_set(err, "out of memory");
	}
	journal_entries_finish(&entries);
	journal_close(journal);
	identity_close(identity);
	snapshot_unref(snapshot);
	sync_destroy(sync);
	return ok;
}

int privacy_extract(struct program *program)
{
	struct err err = {""};
	struct extract extract = {program->options.argument, json_array(), json_array()};
	size_t length = strlen(extract.name);
	if (length < CANARY_MIN || length > CANARY_MAX) {
		log_line(LOG_LEVEL_ERROR, "privacy-extract: a name has %d to %d bytes", (int)CANARY_MIN,
			 (int)CANARY_MAX);
		json_decref(extract.bookings);
		json_decref(extract.checkins);
		return EXIT_USAGE;
	}
	bool ok = collect(program, &extract, &err);
	json_t *document = json_pack("{s:s, s:o, s:o}", "name", extract.name, "bookings", extract.bookings, "checkins",
				     extract.checkins);
	if (ok) {
		ok = cli_json_print(document) || err_set(&err, "out of memory, or the name is no UTF-8");
	} else {
		json_decref(document);
	}
	if (!ok) {
		log_line(LOG_LEVEL_ERROR, "%s", err.text);
	}
	return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}

int privacy_log(struct program *program)
{
	struct err err = {""};
	struct history history = {0};
	if (!program_need_state(program, &err) || !history_read(program->state, &history, &err)) {
		log_line(LOG_LEVEL_ERROR, "%s", err.text);
		return EXIT_FAILURE;
	}
	for (size_t i = 0; i < history.purge_count; i++) {
		const struct history_purge *purge = &history.purges[i];
		char at[CLI_TIME_MAX], before[CLI_TIME_MAX];
		printf("%s  %" PRId64 " %s from before %s erased\n",
		       cli_local(at, program->config->zone, purge->at_utc), purge->removed,
		       cli_count((size_t)purge->removed, "entry", "entries"), cli_date(before, purge->before_day));
	}
	history_finish(&history);
	return EXIT_SUCCESS;
}
