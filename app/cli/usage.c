/* The command `report`: how much the places are used, from what is kept of erased check-ins and from those that are
 * still there. It covers whole months, so that two reports a day apart are of the same months and differ by the new
 * days only. */
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/i18n.h"
#include "app/base/limits.h"
#include "app/base/log.h"
#include "app/office/usage.h"
#include "app/sync/history.h"
#include "cli.h"
#include "db/identity.h"
#include "db/journal.h"
#include "ical/civil.h"
#include "text.h"
#include "usage_private.h"

static const char *const kind_names[USAGE_KIND_COUNT] = {"day", "hour", "weekday", "place"};
static const char *const weekdays[USAGE_WEEKDAYS] = {TR_MARK("Monday"),   TR_MARK("Tuesday"), TR_MARK("Wednesday"),
						     TR_MARK("Thursday"), TR_MARK("Friday"),  TR_MARK("Saturday"),
						     TR_MARK("Sunday")};
static const char *const weekday_codes[USAGE_WEEKDAYS] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

static const char *between(struct arena *arena, const char *from, const char *to)
{
	return strcmp(from, to) == 0 ? arena_copy(arena, from, strlen(from)) : arena_print(arena, "%s–%s", from, to);
}

/* Groups the numbers and has `name` fill in the words of each group. */
static void fill(struct usage_report *report, enum usage_kind kind, const uint32_t *stays, size_t count,
		 void (*name)(struct arena *arena, const void *context, const struct usage_group *group,
			      struct usage_row *row),
		 const void *context)
{
	struct usage_group *groups = arena_alloc(report->arena, (count + 1) * sizeof(*groups));
	size_t group_count = groups ? usage_group(stays, count, groups) : 0;
	struct usage_row *rows = arena_alloc(report->arena, (group_count + 1) * sizeof(*rows));
	for (size_t i = 0; rows && i < group_count; i++) {
		rows[i].stays = groups[i].stays;
		name(report->arena, context, &groups[i], &rows[i]);
	}
	report->tables[kind] = (struct usage_table){rows, rows ? group_count : 0};
}

static void name_span(struct arena *arena, const void *context, const struct usage_group *group, struct usage_row *row)
{
	const struct usage *usage = context;
	char from[CLI_TIME_MAX], to[CLI_TIME_MAX];
	row->from = arena_print(arena, "%s", cli_date(from, usage->spans[group->first].from_day));
	row->to = arena_print(arena, "%s", cli_date(to, usage->spans[group->last].to_day));
	row->label = between(arena, row->from, row->to);
}

static void name_hour(struct arena *arena, const void *context, const struct usage_group *group, struct usage_row *row)
{
	(void)context;
	row->from = arena_print(arena, "%02zu:00", group->first);
	row->to = arena_print(arena, "%02zu:00", group->last + 1);
	row->label = between(arena, row->from, row->to);
}

static void name_weekday(struct arena *arena, const void *context, const struct usage_group *group,
			 struct usage_row *row)
{
	(void)context;
	row->from = weekday_codes[group->first];
	row->to = weekday_codes[group->last];
	row->label = between(arena, tr(weekdays[group->first]), tr(weekdays[group->last]));
}

struct ranking {
	const struct config *config;
	struct usage_place *places; /* most used first; borrows the ids */
};

static const char *title_of(const struct config *config, const char *id)
{
	const struct config_place *place = config_place_by_id(config, id);
	return place ? place->name : id;
}

static void name_place(struct arena *arena, const void *context, const struct usage_group *group, struct usage_row *row)
{
	const struct ranking *ranking = context;
	const struct usage_place *places = ranking->places;
	row->from = places[group->first].id;
	row->label = title_of(ranking->config, row->from);
	for (size_t i = group->first + 1; i <= group->last; i++) {
		row->from = arena_print(arena, "%s %s", row->from, places[i].id);
		row->label = arena_print(arena, "%s, %s", row->label, title_of(ranking->config, places[i].id));
	}
	row->to = "";
}

static int compare_places(const void *a, const void *b)
{
	const struct usage_place *left = a, *right = b;
	int order = left->stays > right->stays ? -1 : left->stays < right->stays;
	return order ? order : strcmp(left->id, right->id);
}

static void fill_places(struct usage_report *report, const struct usage *usage)
{
	struct usage_month all = {0};
	bool ok = true;
	for (size_t m = 0; ok && m < usage->month_count; m++) {
		for (size_t p = 0; ok && p < usage->months[m].place_count; p++) {
			const struct usage_place *place = &usage->months[m].places[p];
			ok = usage_add_place(&all, place->id, place->stays);
		}
	}
	uint32_t *stays = arena_alloc(report->arena, (all.place_count + 1) * sizeof(*stays));
	struct usage_place *places = arena_alloc(report->arena, (all.place_count + 1) * sizeof(*places));
	if (ok && stays && places) {
		for (size_t i = 0; i < all.place_count; i++) {
			const char *id = all.places[i].id;
			places[i] = (struct usage_place){(char *)(uintptr_t)arena_copy(report->arena, id, strlen(id)),
							 all.places[i].stays};
		}
		qsort(places, all.place_count, sizeof(*places), compare_places);
		for (size_t i = 0; i < all.place_count; i++) {
			stays[i] = places[i].stays;
		}
		fill(report, USAGE_BY_PLACE, stays, all.place_count, name_place,
		     &(struct ranking){report->config, places});
	}
	for (size_t i = 0; i < all.place_count; i++) {
		free(all.places[i].id);
	}
	free(all.places);
}

static void fill_report(struct usage_report *report, const struct usage *usage)
{
	uint32_t hours[USAGE_DAY_PARTS] = {0}, by_weekday[USAGE_WEEKDAYS] = {0};
	uint32_t *days = arena_alloc(report->arena, (usage->span_count + 1) * sizeof(*days));
	for (size_t i = 0; days && i < usage->span_count; i++) {
		days[i] = usage->spans[i].stays;
		report->stays += days[i];
	}
	for (size_t m = 0; m < usage->month_count; m++) {
		for (size_t i = 0; i < USAGE_DAY_PARTS; i++) {
			hours[i] += usage->months[m].hours[i];
		}
		for (size_t i = 0; i < USAGE_WEEKDAYS; i++) {
			by_weekday[i] += usage->months[m].weekdays[i];
		}
	}
	report->is_too_few = report->stays < USAGE_LEAST;
	if (days && !report->is_too_few) {
		fill(report, USAGE_BY_DAY, days, usage->span_count, name_span, usage);
		fill(report, USAGE_BY_HOUR, hours, USAGE_DAY_PARTS, name_hour, NULL);
		fill(report, USAGE_BY_WEEKDAY, by_weekday, USAGE_WEEKDAYS, name_weekday, NULL);
		fill_places(report, usage);
	}
}

static bool print_json(const struct usage_report *report)
{
	char from[CLI_TIME_MAX], through[CLI_TIME_MAX];
	json_t *document =
		json_pack("{s:s, s:s, s:s, s:i, s:o}", "office", report->config->office, "from",
			  cli_date(from, report->from_day), "through", cli_date(through, report->through_day), "least",
			  USAGE_LEAST, "stays", report->is_too_few ? json_null() : json_integer(report->stays));
	for (enum usage_kind kind = 0; kind < USAGE_KIND_COUNT; kind++) {
		const struct usage_table *table = &report->tables[kind];
		char *name = NULL;
		json_t *rows = json_array();
		for (size_t i = 0; i < table->count; i++) {
			const struct usage_row *row = &table->rows[i];
			json_array_append_new(rows, json_pack("{s:s, s:o, s:s, s:I}", "from", row->from, "to",
							      cli_json_text(row->to), "label", row->label, "stays",
							      (json_int_t)row->stays));
		}
		bool ok = document && json_array_size(rows) == table->count &&
			  asprintf(&name, "%ss", kind_names[kind]) > 0;
		ok = ok && json_object_set(document, name, rows) == 0;
		json_decref(rows);
		free(ok ? name : NULL);
		if (!ok) {
			json_decref(document);
			return false;
		}
	}
	return cli_json_print(document);
}

static void print_csv(const struct usage_report *report)
{
	fputs("by,from,to,name,stays\r\n", stdout);
	for (enum usage_kind kind = 0; kind < USAGE_KIND_COUNT; kind++) {
		const struct usage_table *table = &report->tables[kind];
		for (size_t i = 0; i < table->count; i++) {
			char stays[16];
			cli_csv(kind_names[kind], false);
			cli_csv_foreign(table->rows[i].from, false);
			cli_csv(table->rows[i].to, false);
			cli_csv_foreign(table->rows[i].label, false);
			snprintf(stays, sizeof(stays), "%" PRIu32, table->rows[i].stays);
			cli_csv(stays, true);
		}
	}
}

static void print_text(const struct usage_report *report)
{
	char from[CLI_TIME_MAX], through[CLI_TIME_MAX];
	printf("%s, %s to %s: ", report->config->office, cli_date(from, report->from_day),
	       cli_date(through, report->through_day));
	if (report->is_too_few) {
		printf("fewer than %d stays\n", USAGE_LEAST);
		return;
	}
	printf("%" PRIu32 " stays\n", report->stays);
	for (enum usage_kind kind = 0; kind < USAGE_KIND_COUNT; kind++) {
		const struct usage_table *table = &report->tables[kind];
		int width = 0;
		for (size_t i = 0; i < table->count; i++) {
			int own = cli_width(table->rows[i].label);
			width = own > width ? own : width;
		}
		printf("\nBy %s\n", kind_names[kind]);
		for (size_t i = 0; i < table->count; i++) {
			cli_column(table->rows[i].label, width);
			printf("%7" PRIu32 "\n", table->rows[i].stays);
		}
	}
}

/* Adds the check-ins that are still there to what is kept of the others. */
static bool count(struct program *program, int32_t today, struct usage *usage, struct err *err)
{
	struct journal_entries entries = {0};
	struct journal *journal = NULL;
	struct identity *identity = identity_open(program->state, NULL, err);
	bool ok = identity && journal_open(program->state, identity, &journal, err) != JOURNAL_FAILED &&
		  journal_read(journal, INT64_MIN, &entries, err);
	ok = ok && (usage_add(usage, program->config->zone, &entries, today) || err_set(err, "out of memory"));
	journal_entries_finish(&entries);
	journal_close(journal);
	identity_close(identity);
	return ok;
}

static int32_t first_day(const struct options *options, int32_t today)
{
	struct civil civil = civil_from_local((int64_t)today * DAY_S);
	return options->has_from ? usage_month_of(options->from_day) : civil_day(civil.year - 1, civil.month, 1);
}

static bool print_report(const struct usage_report *report, enum output output)
{
	switch (output) {
	case OUTPUT_JSON:
		return print_json(report);
	case OUTPUT_CSV:
		print_csv(report);
		return true;
	case OUTPUT_HTML:
		usage_print_html(report);
		return true;
	case OUTPUT_BRIEF: /* only doctor has it */
	case OUTPUT_TEXT:
		print_text(report);
		return true;
	}
	return false;
}

int cli_report(struct program *program)
{
	struct err err = {""};
	struct history history = {0};
	const struct config *config = program->config;
	int32_t today = zone_day(config->zone, clock_utc_s(&program->clock));
	struct usage_report report = {.config = config,
				      .from_day = first_day(&program->options, today),
				      .through_day = today - 1,
				      .arena = arena_create()};
	bool is_page =
		program->options.output == OUTPUT_HTML; /* the only output that is not for administrators alone */
	i18n_set_language(is_page ? config->language : "en");
	bool ok = report.arena || err_set(&err, "out of memory");
	ok = ok && program_need_state(program, &err) && history_read(program->state, &history, &err) &&
	     count(program, today, &history.usage, &err);
	if (ok) {
		usage_forget(&history.usage, report.from_day);
		fill_report(&report, &history.usage);
		ok = (!arena_failed(report.arena) && print_report(&report, program->options.output)) ||
		     err_set(&err, "out of memory");
	}
	if (!ok) {
		log_line(LOG_LEVEL_ERROR, "%s", err.text);
	}
	history_finish(&history);
	arena_destroy(report.arena);
	return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
