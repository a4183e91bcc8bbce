/* See history.h. */
#include "history.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/base/limits.h"
#include "app/base/regular.h"
#include "app/base/whole.h"

enum { VERSION = 1 };

void history_finish(struct history *history)
{
	usage_finish(&history->usage);
	free(history->purges);
	*history = (struct history){0};
}

static bool take_numbers(json_t *array, uint32_t *out, size_t count)
{
	bool ok = json_array_size(array) == count;
	for (size_t i = 0; ok && i < count; i++) {
		json_t *number = json_array_get(array, i);
		ok = json_is_integer(number) && json_integer_value(number) >= 0 &&
		     json_integer_value(number) <= USAGE_STAYS_MAX;
		out[i] = ok ? (uint32_t)json_integer_value(number) : 0;
	}
	return ok;
}

static bool take_month(struct usage *usage, json_t *object)
{
	json_int_t day = 0;
	json_t *hours = NULL, *weekdays = NULL, *places = NULL, *stays = NULL;
	const char *id = NULL;
	if (json_unpack(object, "{s:I, s:o, s:o, s:o}", "month_day", &day, "hours", &hours, "weekdays", &weekdays,
			"places", &places) != 0 ||
	    day < 0 || day > INT32_MAX || json_object_size(places) > PLACES_MAX * 2) {
		return false;
	}
	struct usage_month *month = usage_month(usage, (int32_t)day);
	bool ok = month && take_numbers(hours, month->hours, USAGE_DAY_PARTS) &&
		  take_numbers(weekdays, month->weekdays, USAGE_WEEKDAYS);
	json_object_foreach(places, id, stays)
	{
		json_int_t count = json_integer_value(stays);
		ok = ok && count > 0 && count <= USAGE_STAYS_MAX && usage_add_place(month, id, (uint32_t)count);
	}
	return ok;
}

static bool take_span(struct usage *usage, json_t *object)
{
	int from = 0, to = 0, stays = 0;
	return json_unpack(object, "{s:i, s:i, s:i}", "from_day", &from, "to_day", &to, "stays", &stays) == 0 &&
	       from >= 0 && to >= from && stays > 0 &&
	       usage_add_span(usage, &(struct usage_span){from, to, (uint32_t)stays});
}

static bool take_purge(struct history *history, json_t *object)
{
	json_int_t at = 0, removed = 0;
	int before = 0;
	return json_unpack(object, "{s:I, s:i, s:I}", "at_utc", &at, "before_day", &before, "removed", &removed) == 0 &&
	       history_note_purge(history, &(struct history_purge){at, before, removed});
}

static bool take_all(struct history *history, json_t *document)
{
	json_t *spans = NULL, *months = NULL, *purges = NULL, *item = NULL;
	int version = 0;
	size_t i = 0;
	bool ok =
		json_unpack(document, "{s:i, s:i, s:o, s:o, s:o}", "version", &version, "through_day",
			    &history->usage.through_day, "spans", &spans, "months", &months, "purges", &purges) == 0 &&
		version == VERSION;
	json_array_foreach(spans, i, item)
	{
		ok = ok && take_span(&history->usage, item);
	}
	json_array_foreach(months, i, item)
	{
		ok = ok && take_month(&history->usage, item);
	}
	json_array_foreach(purges, i, item)
	{
		ok = ok && take_purge(history, item);
	}
	return ok;
}

bool history_read(const char *dir, struct history *out, struct err *err)
{
	char path[4096];
	*out = (struct history){0};
	snprintf(path, sizeof(path), "%s/" HISTORY_FILE, dir);
	if (access(path, F_OK) != 0 && errno == ENOENT) {
		return true;
	}
	char *text = calloc(1, HISTORY_FILE_MAX);
	json_t *document = text && regular_slurp(path, text, HISTORY_FILE_MAX) ? json_loads(text, 0, NULL) : NULL;
	bool ok = document && take_all(out, document);
	json_decref(document);
	free(text);
	if (!ok) {
		history_finish(out);
		err_set(err, "%s: is damaged or of a newer program", path);
	}
	return ok;
}

static json_t *numbers(const uint32_t *values, size_t count)
{
	json_t *array = json_array();
	for (size_t i = 0; i < count; i++) {
		json_array_append_new(array, json_integer(values[i]));
	}
	return array;
}

static json_t *month_json(const struct usage_month *month)
{
	json_t *places = json_object();
	for (size_t i = 0; i < month->place_count; i++) {
		json_object_set_new(places, month->places[i].id, json_integer(month->places[i].stays));
	}
	return json_pack("{s:i, s:o, s:o, s:o}", "month_day", (int)month->month_day, "hours",
			 numbers(month->hours, USAGE_DAY_PARTS), "weekdays", numbers(month->weekdays, USAGE_WEEKDAYS),
			 "places", places);
}

static json_t *history_json(const struct history *history)
{
	const struct usage *usage = &history->usage;
	json_t *spans = json_array(), *months = json_array(), *purges = json_array();
	for (size_t i = 0; i < usage->span_count; i++) {
		const struct usage_span *span = &usage->spans[i];
		json_array_append_new(spans, json_pack("{s:i, s:i, s:I}", "from_day", (int)span->from_day, "to_day",
						       (int)span->to_day, "stays", (json_int_t)span->stays));
	}
	for (size_t i = 0; i < usage->month_count; i++) {
		json_array_append_new(months, month_json(&usage->months[i]));
	}
	for (size_t i = 0; i < history->purge_count; i++) {
		const struct history_purge *purge = &history->purges[i];
		json_array_append_new(purges,
				      json_pack("{s:I, s:i, s:I}", "at_utc", (json_int_t)purge->at_utc, "before_day",
						(int)purge->before_day, "removed", (json_int_t)purge->removed));
	}
	bool is_whole = json_array_size(spans) == usage->span_count && json_array_size(months) == usage->month_count &&
			json_array_size(purges) == history->purge_count;
	json_t *document = json_pack("{s:i, s:i, s:o, s:o, s:o}", "version", VERSION, "through_day",
				     (int)usage->through_day, "spans", spans, "months", months, "purges", purges);
	if (!is_whole) {
		json_decref(document);
		return NULL;
	}
	return document;
}

bool history_write(const char *dir, const struct history *history, struct err *err)
{
	char path[4096];
	json_t *document = history_json(history);
	char *text = document ? json_dumps(document, JSON_COMPACT | JSON_SORT_KEYS) : NULL;
	json_decref(document);
	snprintf(path, sizeof(path), "%s/" HISTORY_FILE, dir);
	bool ok = text ? whole_write(path, text, WHOLE_DURABLE, err) : err_set(err, "out of memory");
	free(text);
	return ok;
}

bool history_note_purge(struct history *history, const struct history_purge *purge)
{
	if (history->purge_count == PURGES_KEPT_MAX) {
		memmove(history->purges, history->purges + 1, (PURGES_KEPT_MAX - 1) * sizeof(*history->purges));
		history->purge_count--;
	}
	struct history_purge *purges = reallocarray(history->purges, history->purge_count + 1, sizeof(*purges));
	if (purges) {
		history->purges = purges;
		purges[history->purge_count++] = *purge;
	}
	return purges;
}

/* What cannot be read is put aside. */
static void read_or_begin(const char *dir, struct history *history)
{
	char path[4096], aside[4096 + 16];
	struct err err;
	if (!history_read(dir, history, &err)) {
		snprintf(path, sizeof(path), "%s/" HISTORY_FILE, dir);
		snprintf(aside, sizeof(aside), "%s.damaged", path);
		rename(path, aside);
	}
}

bool history_keep(const char *dir, const struct zone *zone, const struct journal_entries *entries, int32_t before_day,
		  struct err *err)
{
	struct history history;
	if (entries->count == 0) {
		return true;
	}
	read_or_begin(dir, &history);
	int32_t through_day = history.usage.through_day;
	bool ok = usage_add(&history.usage, zone, entries, before_day) || err_set(err, "out of memory");
	usage_forget(&history.usage, before_day - USAGE_KEPT_DAYS);
	ok = ok && (through_day == history.usage.through_day || history_write(dir, &history, err));
	history_finish(&history);
	return ok;
}

bool history_note(const char *dir, const struct history_purge *purge, struct err *err)
{
	struct history history;
	read_or_begin(dir, &history);
	bool ok = history_note_purge(&history, purge) || err_set(err, "out of memory");
	ok = ok && history_write(dir, &history, err);
	history_finish(&history);
	return ok;
}
