/* See record.h. jansson refuses broken UTF-8 and NULs, so only the type of each member remains to be checked. */
#include "record.h"

#include "civil.h"

#include <jansson.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { LIST_FIRST_CAPACITY = 64, INSTANT_LENGTH = 20 /* 2026-11-23T09:00:00Z */, DATE_LENGTH = 10 };

static const char *const status_names[] = {[OCCURRENCE_CONFIRMED] = "CONFIRMED",
					   [OCCURRENCE_TENTATIVE] = "TENTATIVE",
					   [OCCURRENCE_CANCELLED] = "CANCELLED"};
static const char *const class_names[] = {
	[OCCURRENCE_PUBLIC] = "PUBLIC", [OCCURRENCE_PRIVATE] = "PRIVATE", [OCCURRENCE_CONFIDENTIAL] = "CONFIDENTIAL"};
static const char *const busy_names[] = {[OCCURRENCE_FREE] = "FREE",
					 [OCCURRENCE_BUSY_TENTATIVE] = "TENTATIVE",
					 [OCCURRENCE_BUSY] = "BUSY",
					 [OCCURRENCE_OUT_OF_OFFICE] = "OOF",
					 [OCCURRENCE_WORKING_ELSEWHERE] = "WORKINGELSEWHERE"};

/* Returns the index of the member's value in `names`, or `fallback` when it is absent or unknown. */
static int read_choice(const json_t *object, const char *key, const char *const *names, int count, int fallback)
{
	const char *value = json_string_value(json_object_get(object, key));
	for (int i = 0; value && i < count; i++) {
		if (strcasecmp(value, names[i]) == 0) {
			return i;
		}
	}
	return fallback;
}

/* Copies a text member; absent and null become "". Returns false for another type or when memory ran out. */
static bool read_text(const json_t *object, const char *key, char **out)
{
	const json_t *value = json_object_get(object, key);
	if (value && !json_is_null(value) && !json_is_string(value)) {
		return false;
	}
	const char *text = json_string_value(value);
	*out = strdup(text ? text : "");
	return *out != NULL;
}

static bool read_instant(const char *text, int64_t *out_utc)
{
	char civil[INSTANT_LENGTH + 1];
	if (!text || strlen(text) != INSTANT_LENGTH || text[INSTANT_LENGTH - 1] != 'Z') {
		return false;
	}
	memcpy(civil, text, INSTANT_LENGTH);
	civil[INSTANT_LENGTH - 1] = '\0';
	return civil_parse(civil, out_utc);
}

static bool read_date(const char *text, int32_t *out_day)
{
	int64_t local_s = 0;
	if (!text || strlen(text) != DATE_LENGTH || !civil_parse(text, &local_s)) {
		return false;
	}
	*out_day = (int32_t)(local_s / DAY_S);
	return true;
}

static bool read_span(const json_t *object, struct span *out_span)
{
	const json_t *all_day = json_object_get(object, "all_day");
	const char *start = json_string_value(json_object_get(object, "start"));
	const char *end = json_string_value(json_object_get(object, "end"));
	struct span span = {.all_day = json_is_true(all_day)};
	if (!json_is_boolean(all_day)) {
		return false;
	}
	bool ok = span.all_day ? read_date(start, &span.start_day) && read_date(end, &span.end_day) &&
					 span.start_day <= span.end_day
			       : read_instant(start, &span.start_utc) && read_instant(end, &span.end_utc) &&
					 span.start_utc <= span.end_utc;
	if (ok) {
		*out_span = span;
	}
	return ok;
}

static bool read_occurrence(const json_t *object, struct occurrence *out)
{
	const json_t *recurrence = json_object_get(object, "recurrence_id");
	if (!json_is_string(json_object_get(object, "uid")) || !read_span(object, &out->span)) {
		return false;
	}
	if (json_is_string(recurrence) && !read_text(object, "recurrence_id", &out->recurrence_id)) {
		return false;
	}
	out->status = (enum occurrence_status)read_choice(object, "status", status_names, 3, OCCURRENCE_CONFIRMED);
	out->class = (enum occurrence_class)read_choice(object, "class", class_names, 3, OCCURRENCE_PRIVATE);
	out->busy = (enum occurrence_busy)read_choice(object, "busy", busy_names, 5, OCCURRENCE_BUSY);
	return read_text(object, "uid", &out->uid) && read_text(object, "summary", &out->summary) &&
	       read_text(object, "location", &out->location) && read_text(object, "description", &out->description) &&
	       read_text(object, "organizer", &out->organizer) && read_text(object, "resources", &out->resources) &&
	       read_text(object, "url", &out->url);
}

static bool list_reserve(struct occurrence_list *list)
{
	if (list->count < list->capacity) {
		return true;
	}
	size_t capacity = list->capacity ? list->capacity * 2 : LIST_FIRST_CAPACITY;
	struct occurrence *items = reallocarray(list->items, capacity, sizeof(*items));
	if (!items) {
		return false;
	}
	list->items = items;
	list->capacity = capacity;
	return true;
}

bool record_read(const char *line, size_t length, struct occurrence_list *list, struct err *err)
{
	json_t *object = json_loadb(line, length, JSON_REJECT_DUPLICATES, NULL);
	struct occurrence occurrence = {0};
	bool ok = json_is_object(object) && read_occurrence(object, &occurrence) && list_reserve(list);
	json_decref(object);
	if (!ok) {
		occurrence_finish(&occurrence);
		return err_set(err, "the reader wrote a line that is no occurrence");
	}
	list->items[list->count++] = occurrence;
	return true;
}

static size_t read_reasons(const json_t *counts, struct reader_skip out[READER_SKIP_REASONS_MAX])
{
	const char *reason = NULL;
	json_t *count = NULL;
	size_t found = 0;
	json_object_foreach((json_t *)(uintptr_t)counts, reason, count)
	{
		json_int_t value = json_integer_value(count);
		/* Reasons end up in a terminal, so only harmless characters are accepted. */
		bool is_reason = reason[0] != '\0' && reason[strspn(reason, "abcdefghijklmnopqrstuvwxyz-")] == '\0';
		if (value <= 0 || !is_reason || found == READER_SKIP_REASONS_MAX) {
			continue;
		}
		struct reader_skip *skip = &out[found++];
		memccpy(skip->reason, reason, '\0', sizeof(skip->reason) - 1);
		skip->reason[sizeof(skip->reason) - 1] = '\0';
		skip->count = value < UINT32_MAX ? (uint32_t)value : UINT32_MAX;
	}
	return found;
}

static size_t read_numbers(const json_t *numbers, size_t out[READER_UNREADABLE_MAX])
{
	size_t found = 0;
	for (size_t i = 0; i < json_array_size(numbers) && found < READER_UNREADABLE_MAX; i++) {
		json_int_t number = json_integer_value(json_array_get(numbers, i));
		if (number >= 0) {
			out[found++] = (size_t)number;
		}
	}
	return found;
}

void record_read_report(const char *text, size_t length, struct reader_result *result, size_t *out_occurrences)
{
	*out_occurrences = SIZE_MAX;
	while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == '\r')) {
		length--;
	}
	const char *newline = length ? memrchr(text, '\n', length) : NULL;
	const char *line = newline ? newline + 1 : text;
	json_t *object = length ? json_loadb(line, (size_t)(text + length - line), 0, NULL) : NULL;
	const json_t *occurrences = json_object_get(object, "occurrences");
	if (json_is_integer(occurrences) && json_integer_value(occurrences) >= 0) {
		*out_occurrences = (size_t)json_integer_value(occurrences);
	}
	result->skip_count = read_reasons(json_object_get(object, "skipped"), result->skips);
	result->assumed_count = read_reasons(json_object_get(object, "assumed"), result->assumed);
	result->unreadable_count = read_numbers(json_object_get(object, "unreadable"), result->unreadable);
	json_decref(object);
}
