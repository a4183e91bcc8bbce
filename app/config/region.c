/* See region.h. The table is data of the office, so a message about a mistake names the file and the line. */
#include "region.h"

#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "app/base/limits.h"

static const char *const region_keys[] = {BILINGUAL("source"), "dated", NULL};
static const char *const municipality_keys[] = {NULL};
static const char *const year_keys[] = {"host",     "kc-vice-chair",      "planned", "chair", "vice-chair",
					"kc-chair", "kc-vice-chair-name", NULL};
static const char *const roles[REGION_NO_ROLE] = {[REGION_CHAIR] = "chair",
						  [REGION_VICE_CHAIR] = "vice-chair",
						  [REGION_KC_CHAIR] = "kc-chair",
						  [REGION_KC_VICE_CHAIR] = "kc-vice-chair-name"};
static const struct config_schema schema[] = {{"region", true, region_keys, NULL},
					      {"municipality", true, municipality_keys, NULL},
					      {"year", true, year_keys, NULL},
					      {0}};

/* The line that a message names: the value's own, else its section's. */
struct place {
	const char *path;
	const struct config_file *file;
	const char *section;
	size_t index;
};

static const char *value_text(const struct place *at, const char *key, int *out_line)
{
	const struct config_value *value = config_file_value(at->file, at->section, at->index, key);
	*out_line = value ? value->line : config_file_line(at->file, at->section, at->index);
	return value ? value->text : "";
}

static bool take_text(const struct place *at, const char *key, char **out_text, struct err *err)
{
	int line = 0;
	*out_text = strdup(value_text(at, key, &line));
	return *out_text || err_set(err, "%s: out of memory", at->path);
}

static bool take_required(const struct place *at, const char *key, char **out_text, struct err *err)
{
	int line = 0;
	if (!value_text(at, key, &line)[0]) {
		return err_set(err, "%s:%d: %s: %s is missing", at->path, line, at->section, key);
	}
	return take_text(at, key, out_text, err);
}

static bool take_head(struct region *region, const struct config_file *file, const char *path, struct err *err)
{
	const struct place at = {path, file, "region", 0};
	if (config_file_count(file, "region") != 1) {
		return err_set(err, "%s: one region section is needed: region \"name\" { source = … dated = … }", path);
	}
	region->name = strdup(config_file_title(file, "region", 0));
	if (!region->name) {
		return err_set(err, "%s: out of memory", path);
	}
	int line = 0;
	const char *english = value_text(&at, "source" CONFIG_ENGLISH, &line);
	return take_required(&at, "source", &region->source, err) && take_required(&at, "dated", &region->dated, err) &&
	       (!english[0] || take_text(&at, "source" CONFIG_ENGLISH, &region->source_english, err));
}

static bool take_municipalities(struct region *region, const struct config_file *file, const char *path,
				struct err *err)
{
	size_t count = config_file_count(file, "municipality");
	if (count == 0 || count > RING_ARCS_MAX) {
		return err_set(err, "%s: list between 1 and %d municipalities: municipality \"name\" { }", path,
			       RING_ARCS_MAX);
	}
	region->municipalities = calloc(count, sizeof(*region->municipalities));
	for (size_t i = 0; region->municipalities && i < count; i++) {
		region->municipalities[i] = strdup(config_file_title(file, "municipality", i));
		if (!region->municipalities[i]) {
			return err_set(err, "%s: out of memory", path);
		}
		region->municipality_count++;
	}
	return region->municipalities || err_set(err, "%s: out of memory", path);
}

static bool is_municipality(const struct region *region, const char *name)
{
	for (size_t i = 0; i < region->municipality_count; i++) {
		if (strcmp(region->municipalities[i], name) == 0) {
			return true;
		}
	}
	return false;
}

static bool check_name(const struct region *region, const struct place *at, const char *key, struct err *err)
{
	int line = 0;
	const char *name = value_text(at, key, &line);
	return !name[0] || is_municipality(region, name) ||
	       err_set(err, "%s:%d: %s: \"%s\" is none of the municipalities", at->path, line, key, name);
}

static bool take_people(struct region_year *year, const struct place *at, struct err *err)
{
	for (size_t i = 0; i < REGION_NO_ROLE; i++) {
		int line = 0;
		if (strlen(value_text(at, roles[i], &line)) > PERSON_NAME_MAX) {
			return err_set(err, "%s:%d: %s: longer than %d bytes; shorten it", at->path, line, roles[i],
				       (int)PERSON_NAME_MAX);
		}
		if (!take_text(at, roles[i], &year->people[i], err)) {
			return false;
		}
	}
	return true;
}

static bool take_year(struct region *region, const struct place *at, struct err *err)
{
	struct region_year *year = &region->years[region->year_count++];
	const char *title = config_file_title(at->file, at->section, at->index);
	char *end = NULL;
	long number = strtol(title, &end, 10);
	int line = 0;
	const char *planned = value_text(at, "planned", &line);
	if (end == title || *end != '\0' || number < REGION_YEAR_MIN || number > REGION_YEAR_MAX) {
		return err_set(err, "%s:%d: year \"%s\": write a year such as 2026", at->path,
			       config_file_line(at->file, at->section, at->index), title);
	}
	if (planned[0] && strcmp(planned, "true") != 0 && strcmp(planned, "false") != 0) {
		return err_set(err, "%s:%d: planned: write true or false", at->path, line);
	}
	year->year = (int)number;
	year->is_planned = strcmp(planned, "true") == 0;
	return check_name(region, at, "host", err) && check_name(region, at, "kc-vice-chair", err) &&
	       take_required(at, "host", &year->host, err) &&
	       take_text(at, "kc-vice-chair", &year->kc_vice_chair, err) && take_people(year, at, err);
}

static int compare_years(const void *a, const void *b)
{
	const struct region_year *left = a, *right = b;
	return (left->year > right->year) - (left->year < right->year);
}

static bool take_years(struct region *region, const struct config_file *file, const char *path, struct err *err)
{
	size_t count = config_file_count(file, "year");
	region->years = calloc(count + 1, sizeof(*region->years));
	if (!region->years) {
		return err_set(err, "%s: out of memory", path);
	}
	for (size_t i = 0; i < count; i++) {
		const struct place at = {path, file, "year", i};
		if (!take_year(region, &at, err)) {
			return false;
		}
	}
	qsort(region->years, count, sizeof(*region->years), compare_years);
	for (size_t i = 1; i < count; i++) {
		if (region->years[i].year == region->years[i - 1].year) {
			return err_set(err, "%s: year %d stands there twice", path, region->years[i].year);
		}
	}
	return true;
}

struct region *region_read(const char *path, struct err *err)
{
	bool is_read = false;
	struct region *region = NULL;
	struct config_file *file = config_file_read(path, schema, err);
	if (!file) {
		goto out;
	}
	region = calloc(1, sizeof(*region));
	if (!region) {
		err_set(err, "%s: out of memory", path);
		goto out;
	}
	is_read = take_head(region, file, path, err) && take_municipalities(region, file, path, err) &&
		  take_years(region, file, path, err);
out:
	config_file_destroy(file);
	if (!is_read) {
		region_destroy(region);
		region = NULL;
	}
	return region;
}

void region_destroy(struct region *region)
{
	if (!region) {
		return;
	}
	for (size_t i = 0; i < region->year_count; i++) {
		free(region->years[i].host);
		free(region->years[i].kc_vice_chair);
		for (size_t role = 0; role < REGION_NO_ROLE; role++) {
			free(region->years[i].people[role]);
		}
	}
	for (size_t i = 0; i < region->municipality_count; i++) {
		free(region->municipalities[i]);
	}
	free(region->years);
	free(region->municipalities);
	free(region->name);
	free(region->source);
	free(region->source_english);
	free(region->dated);
	free(region);
}

const struct region_year *region_host(const struct region *region, int year)
{
	for (size_t i = 0; i < region->year_count; i++) {
		if (region->years[i].year == year) {
			return &region->years[i];
		}
	}
	return NULL;
}

enum region_role region_role_of(const char *text, size_t *out_length)
{
	for (size_t i = 0; i < REGION_NO_ROLE; i++) {
		size_t length = strlen(roles[i]);
		if (text[0] == '{' && strncmp(text + 1, roles[i], length) == 0 && text[1 + length] == '}') {
			*out_length = length + 2;
			return (enum region_role)i;
		}
	}
	return REGION_NO_ROLE;
}
