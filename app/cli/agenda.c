/* Prints the bookings as they are stored: names in the form that the office chose, and nothing else about people. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "text.h"
#include "app/base/log.h"
#include "app/office/office.h"

struct agenda {
	const struct program *program;
	const struct cache_row **rows; /* sorted */
	size_t count;
	const struct snapshot *snapshot;
	int64_t from_utc, to_utc;
};

static const char *const row_kinds[] = {[FEED_BOOKINGS] = "booking",
					[FEED_MEETINGS] = "meeting",
					[FEED_NOTICES] = "notice",
					[FEED_CLOSURES] = "closure"};
static const char *const status_names[] = {[OCCURRENCE_CONFIRMED] = "CONFIRMED",
					   [OCCURRENCE_TENTATIVE] = "TENTATIVE",
					   [OCCURRENCE_CANCELLED] = "CANCELLED"};
static const char *const busy_names[] = {[OCCURRENCE_FREE] = "FREE",
					 [OCCURRENCE_BUSY_TENTATIVE] = "TENTATIVE",
					 [OCCURRENCE_BUSY] = "BUSY",
					 [OCCURRENCE_OUT_OF_OFFICE] = "OOF",
					 [OCCURRENCE_WORKING_ELSEWHERE] = "WORKINGELSEWHERE"};

static int64_t row_start(const struct zone *zone, const struct cache_row *row)
{
	return row->span.all_day ? zone_day_start(zone, row->span.start_day) : row->span.start_utc;
}

static int64_t row_end(const struct zone *zone, const struct cache_row *row)
{
	return row->span.all_day ? zone_day_start(zone, row->span.end_day) : row->span.end_utc;
}

/* An event without length belongs to the day in which it starts. */
static bool touches(const struct zone *zone, const struct cache_row *row, int64_t from_utc, int64_t to_utc)
{
	int64_t start_utc = row_start(zone, row), end_utc = row_end(zone, row);
	return start_utc < to_utc && (end_utc > from_utc || (end_utc == start_utc && start_utc >= from_utc));
}

static int compare_rows(const void *left, const void *right, void *context)
{
	const struct cache_row *a = *(const struct cache_row *const *)left;
	const struct cache_row *b = *(const struct cache_row *const *)right;
	int64_t a_start = row_start(context, a), b_start = row_start(context, b);
	if (a_start != b_start) {
		return a_start < b_start ? -1 : 1;
	}
	const char *const texts[][2] = {
		{a->feed, b->feed}, {a->place, b->place}, {a->title, b->title}, {a->uid, b->uid}};
	int order = 0;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]) && order == 0; i++) {
		order = strcmp(texts[i][0], texts[i][1]);
	}
	return order;
}

static bool choose_rows(const struct program *program, const struct cache_rows *rows, struct agenda *agenda)
{
	struct zone *zone = program->config->zone;
	int32_t today = zone_day(zone, clock_utc_s(&program->clock));
	int32_t from_day = program->options.has_from ? program->options.from_day : today;
	int64_t from_utc = agenda->from_utc = zone_day_start(zone, from_day);
	int64_t to_utc = agenda->to_utc = zone_day_start(zone, from_day + program->options.days);
	agenda->rows = calloc(rows->count + 1, sizeof(const struct cache_row *));
	if (!agenda->rows) {
		return false;
	}
	for (size_t i = 0; i < rows->count; i++) {
		if (touches(zone, &rows->items[i], from_utc, to_utc)) {
			agenda->rows[agenda->count++] = &rows->items[i];
		}
	}
	qsort_r(agenda->rows, agenda->count, sizeof(const struct cache_row *), compare_rows, zone);
	return true;
}

static const struct config_place *place_of(const struct agenda *agenda, const struct cache_row *row)
{
	return config_place_by_id(agenda->program->config, row->place);
}

/* A meeting of a named body carries the body's name. A booking that is private or has no name is just "taken". */
static const char *title_of(const struct agenda *agenda, const struct cache_row *row)
{
	const struct config_feed *feed = config_feed_by_name(agenda->program->config, row->feed);
	if (row->is_private) {
		return "Busy";
	}
	if (row->title[0]) {
		return row->title;
	}
	return feed && feed->body ? feed->body : "Busy";
}

static json_t *row_json(const struct agenda *agenda, const struct cache_row *row)
{
	const struct config_place *place = place_of(agenda, row);
	const struct config_feed *feed = config_feed_by_name(agenda->program->config, row->feed);
	return json_pack("{s:s, s:s, s:s, s:o, s:o, s:o, s:b, s:o, s:o, s:s, s:o, s:b, s:b, s:o, s:s, s:s}", "feed",
			 row->feed, "kind", feed ? row_kinds[feed->kind] : "booking", "uid", row->uid, "recurrence_id",
			 cli_json_text(row->recurrence_id), "start", cli_json_start(&row->span), "end",
			 cli_json_end(&row->span), "all_day", row->span.all_day, "place", cli_json_text(row->place),
			 "place_name", cli_json_text(place ? place->name : ""), "title", title_of(agenda, row),
			 "organizer", cli_json_text(row->organizer), "is_person", row->is_person, "private",
			 row->is_private, "location", cli_json_text(row->location), "status", status_names[row->status],
			 "busy", busy_names[row->busy]);
}

/* A part of the asked-for days of which a feed says nothing. */
struct gap {
	const struct config_feed *feed;
	int64_t from_utc, to_utc;
};

/* Before what the feed speaks of and after it. Returns how many there are. */
static size_t find_gaps(const struct agenda *agenda, const struct config_feed *feed, struct gap gaps[2])
{
	const struct program *program = agenda->program;
	const struct snapshot *snapshot = agenda->snapshot;
	struct office_input input = office_input_from_snapshot(program->config, snapshot, 0, true);
	int64_t known_utc = 0, end_utc = 0;
	size_t count = 0;
	office_feed_known(program->config, feed, office_feed_seen(&input, feed->name), clock_utc_s(&program->clock),
			  &known_utc, &end_utc);
	const struct gap both[] = {{feed, agenda->from_utc, known_utc < agenda->to_utc ? known_utc : agenda->to_utc},
				   {feed, end_utc > agenda->from_utc ? end_utc : agenda->from_utc, agenda->to_utc}};
	for (size_t i = 0; i < 2; i++) {
		if (both[i].from_utc < both[i].to_utc) {
			gaps[count++] = both[i];
		}
	}
	return count;
}

static json_t *gap_json(const struct gap *gap)
{
	return json_pack("{s:s, s:s, s:n, s:n, s:o, s:o, s:b, s:n, s:n, s:s, s:n, s:b, s:b, s:n, s:n, s:n}", "feed",
			 gap->feed->name, "kind", "unknown", "uid", "recurrence_id", "start",
			 cli_json_utc(gap->from_utc), "end", cli_json_utc(gap->to_utc), "all_day", 0, "place",
			 "place_name", "title", "Unknown", "organizer", "is_person", 0, "private", 0, "location",
			 "status", "busy");
}

static bool append_gaps(const struct agenda *agenda, json_t *document)
{
	const struct config *config = agenda->program->config;
	for (size_t i = 0; i < config->feed_count; i++) {
		struct gap gaps[2];
		size_t count = find_gaps(agenda, &config->feeds[i], gaps);
		for (size_t gap = 0; gap < count; gap++) {
			if (json_array_append_new(document, gap_json(&gaps[gap])) != 0) {
				return false;
			}
		}
	}
	return true;
}

static void print_gaps(const struct agenda *agenda)
{
	char from[CLI_TIME_MAX], to[CLI_TIME_MAX];
	const struct config *config = agenda->program->config;
	for (size_t i = 0; i < config->feed_count; i++) {
		struct gap gaps[2];
		size_t count = find_gaps(agenda, &config->feeds[i], gaps);
		for (size_t gap = 0; gap < count; gap++) {
			printf("%s to %s: not known what %s holds\n", cli_local(from, config->zone, gaps[gap].from_utc),
			       cli_local(to, config->zone, gaps[gap].to_utc), config->feeds[i].name);
		}
	}
}

static bool print_json(const struct agenda *agenda)
{
	json_t *document = json_array();
	for (size_t i = 0; document && i < agenda->count; i++) {
		if (json_array_append_new(document, row_json(agenda, agenda->rows[i])) != 0) {
			json_decref(document);
			return false;
		}
	}
	if (document && !append_gaps(agenda, document)) {
		json_decref(document);
		return false;
	}
	return cli_json_print(document);
}

/* Returns "10:30–15:00", "all day", or "to 2026-12-04" with the last day of an all-day booking of several days. */
static const char *when_text(char out[2 * CLI_TIME_MAX], const struct zone *zone, const struct span *span)
{
	char start[CLI_TIME_MAX], end[CLI_TIME_MAX];
	if (!span->all_day) {
		snprintf(out, 2 * CLI_TIME_MAX, "%s–%s", cli_clock(start, zone, span->start_utc),
			 cli_clock(end, zone, span->end_utc));
	} else if (span->end_day - span->start_day > 1) {
		snprintf(out, 2 * CLI_TIME_MAX, "to %s", cli_date(end, span->end_day - 1));
	} else {
		snprintf(out, 2 * CLI_TIME_MAX, "all day");
	}
	return out;
}

static void print_row(const struct agenda *agenda, const struct cache_row *row, int place_width)
{
	char date[CLI_TIME_MAX], when[2 * CLI_TIME_MAX];
	const struct zone *zone = agenda->program->config->zone;
	const struct config_place *place = place_of(agenda, row);
	cli_column(cli_date(date, zone_day(zone, row_start(zone, row))), 10);
	cli_column(when_text(when, zone, &row->span), 11);
	cli_column(place ? place->name : "-", place_width);
	fputs(title_of(agenda, row), stdout);
	if (row->organizer[0]) {
		printf(" · %s", row->organizer);
	}
	if (row->location[0] && !place) {
		printf(" · %s", row->location);
	}
	putchar('\n');
}

static bool print_text(const struct agenda *agenda)
{
	int width = 1;
	for (size_t i = 0; i < agenda->count; i++) {
		const struct config_place *place = place_of(agenda, agenda->rows[i]);
		int own = place ? cli_width(place->name) : 1;
		width = own > width ? own : width;
	}
	for (size_t i = 0; i < agenda->count; i++) {
		print_row(agenda, agenda->rows[i], width);
	}
	print_gaps(agenda);
	return true;
}

int cli_agenda(struct program *program)
{
	struct err err = {""};
	struct agenda agenda = {.program = program};
	struct snapshot *snapshot = NULL;
	bool ok = false;
	struct sync *sync = program_sync(program, NULL, NULL, &err);
	if (!sync) {
		goto out;
	}
	snapshot = sync_snapshot(sync);
	agenda.snapshot = snapshot;
	ok = choose_rows(program, &snapshot->rows, &agenda) &&
	     (program->options.output == OUTPUT_JSON ? print_json(&agenda) : print_text(&agenda));
	if (!ok) {
		err_set(&err, "out of memory");
	}
out:
	if (!ok) {
		log_line(LOG_LEVEL_ERROR, "%s", err.text);
	}
	free(agenda.rows);
	snapshot_unref(snapshot);
	sync_destroy(sync);
	return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
