/* See ingest.h. The patterns are the administrator's, what they are matched against is not: fields are cleaned and cut
 * first, and what does not match is dropped rather than guessed at. */
#include "ingest.h"

#include "db/sum.h"
#include "clean.h"
#include "person.h"

#include <locale.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { SETTINGS_VERSION = 1 /* grows when this file makes other rows of the same occurrences */ };

struct ingest_place {
	const struct config_place *config;
	regex_t match;
};

struct ingest {
	const struct config_feed *feed;
	locale_t locale; /* in the C locale a pattern's "–" would be three unrelated bytes */
	regex_t person;
	bool has_person;
	struct ingest_place *places; /* of this feed, with a pattern */
	size_t place_count;
	const struct config_place *any_place; /* takes what no pattern takes; NULL none */
};

static bool compile(regex_t *regex, const char *pattern, int flags, const char *what, struct err *err)
{
	int error = regcomp(regex, pattern, REG_EXTENDED | flags);
	if (error != 0) {
		char text[128];
		regerror(error, regex, text, sizeof(text));
		return err_set(err, "the pattern of %s is not valid: %s", what, text);
	}
	return true;
}

/* Whole words only, or the bookings of "Kontorsplats 12" would be those of "Kontorsplats 1" too. */
static bool compile_match(struct ingest_place *place, struct err *err)
{
	char *pattern = NULL;
	if (asprintf(&pattern, "(^|[^[:alnum:]_])(%s)([^[:alnum:]_]|$)", place->config->match) < 0) {
		return err_set(err, "out of memory");
	}
	char what[96];
	snprintf(what, sizeof(what), "place %.64s", place->config->id);
	bool ok = compile(&place->match, pattern, REG_ICASE | REG_NOSUB, what, err);
	free(pattern);
	return ok;
}

static bool add_places(struct ingest *ingest, const struct config *config, struct err *err)
{
	ingest->places = calloc(config->place_count + 1, sizeof(*ingest->places));
	if (!ingest->places) {
		return err_set(err, "out of memory");
	}
	for (size_t i = 0; i < config->place_count; i++) {
		const struct config_place *place = &config->places[i];
		if (strcmp(place->feed, ingest->feed->name) != 0) {
			continue;
		}
		if (!place->match) {
			ingest->any_place = ingest->any_place ? ingest->any_place : place;
			continue;
		}
		ingest->places[ingest->place_count].config = place;
		if (!compile_match(&ingest->places[ingest->place_count], err)) {
			return false;
		}
		ingest->place_count++;
	}
	return true;
}

struct ingest *ingest_create(const struct config *config, const struct config_feed *feed, struct err *err)
{
	struct ingest *ingest = calloc(1, sizeof(*ingest));
	locale_t locale = ingest ? newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0) : (locale_t)0;
	if (locale == (locale_t)0) {
		free(ingest);
		err_set(err, "out of memory, or the machine lacks the locale C.UTF-8");
		return NULL;
	}
	ingest->feed = feed;
	ingest->locale = locale;
	locale_t before = uselocale(locale);
	bool ok = true;
	if (feed->person) {
		ok = ingest->has_person = compile(&ingest->person, feed->person, 0, "the person", err);
	}
	ok = ok && add_places(ingest, config, err);
	uselocale(before);
	if (!ok) {
		ingest_destroy(ingest);
		return NULL;
	}
	return ingest;
}

void ingest_destroy(struct ingest *ingest)
{
	if (!ingest) {
		return;
	}
	if (ingest->has_person) {
		regfree(&ingest->person);
	}
	for (size_t i = 0; i < ingest->place_count; i++) {
		regfree(&ingest->places[i].match);
	}
	free(ingest->places);
	freelocale(ingest->locale);
	free(ingest);
}

bool ingest_wants_description(const struct ingest *ingest)
{
	return ingest->has_person && ingest->feed->person_in == FIELD_DESCRIPTION;
}

static const char *field_of(const struct occurrence *occurrence, enum feed_field field)
{
	switch (field) {
	case FIELD_LOCATION:
		return occurrence->location;
	case FIELD_DESCRIPTION:
		return occurrence->description;
	case FIELD_RESOURCES:
		return occurrence->resources;
	case FIELD_ORGANIZER:
		return occurrence->organizer;
	case FIELD_SUMMARY:
		break;
	}
	return occurrence->summary;
}

/* The id of the place, "" none; NULL: out of memory. The field that says most about places is asked first. */
static const char *find_place(const struct ingest *ingest, const struct occurrence *occurrence)
{
	static const enum feed_field order[] = {FIELD_LOCATION, FIELD_RESOURCES, FIELD_SUMMARY, FIELD_DESCRIPTION};
	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]) && ingest->place_count > 0; i++) {
		if (order[i] == FIELD_DESCRIPTION && !ingest_wants_description(ingest)) {
			continue;
		}
		char *text = clean_text(field_of(occurrence, order[i]), INGEST_FIELD_MAX);
		const struct config_place *found = NULL;
		for (size_t p = 0; text && p < ingest->place_count && !found; p++) {
			bool is_match = regexec(&ingest->places[p].match, text, 0, NULL, 0) == 0;
			found = is_match ? ingest->places[p].config : NULL;
		}
		free(text);
		if (!text || found) {
			return text ? found->id : NULL;
		}
	}
	return ingest->any_place ? ingest->any_place->id : "";
}

/* A calendar that is published with "availability only" says these instead of a title. */
static bool is_anonymous(const char *title)
{
	static const char *const words[] = {"Busy",
					    "Upptagen",
					    "Opptatt",
					    "Optaget",
					    "Varattu",
					    "Free",
					    "Ledig",
					    "Tentative",
					    "Preliminär",
					    "Preliminärt",
					    "Out of Office",
					    "Frånvarande",
					    "Away",
					    "Private",
					    "Private Appointment",
					    "Privat",
					    "Privat avtalad tid",
					    "Working Elsewhere",
					    "Arbetar på annan plats"};
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcasecmp(title, words[i]) == 0) {
			return true;
		}
	}
	return false;
}

/* The person in the configured form; "" when the pattern does not match. NULL: out of memory. */
static char *find_person(const struct ingest *ingest, const struct occurrence *occurrence)
{
	regmatch_t groups[2];
	char *text = clean_text(field_of(occurrence, ingest->feed->person_in), INGEST_FIELD_MAX);
	if (!text || regexec(&ingest->person, text, 2, groups, 0) != 0) {
		char *none = text ? strdup("") : NULL;
		free(text);
		return none;
	}
	const regmatch_t *group = ingest->person.re_nsub > 0 ? &groups[1] : &groups[0];
	regoff_t start = group->rm_so >= 0 ? group->rm_so : 0;
	regoff_t end = group->rm_so >= 0 ? group->rm_eo : 0;
	text[end] = '\0';
	clean_contacts(text + start);
	char *name = clean_text(text + start, INGEST_TITLE_MAX);
	char *reduced = name ? person_reduce(name, ingest->feed->names) : NULL;
	free(name);
	free(text);
	return reduced;
}

/* Who booked it, in the configured form; "" when that is not to be kept. NULL: out of memory. */
static char *make_organizer(const struct ingest *ingest, const struct occurrence *occurrence, bool is_told)
{
	char *name =
		clean_text(is_told && ingest->feed->keeps_organizer ? occurrence->organizer : "", INGEST_TITLE_MAX);
	if (!name) {
		return NULL;
	}
	clean_contacts(name);
	char *reduced = person_reduce(name, ingest->feed->names);
	free(name);
	return reduced;
}

/* Where the meeting is joined, as far as the screen tells it: that it can be, and at whose server. */
static char *make_url(const char *url)
{
	static const char scheme[] = "https://";
	bool is_link = strncasecmp(url, scheme, sizeof(scheme) - 1) == 0;
	char *text = clean_text(is_link ? url : "", INGEST_URL_MAX);
	if (text) {
		clean_links(text);
		text[strcspn(text, " ")] = '\0';
		if (strlen(text) < sizeof(scheme)) { /* no host, no link */
			text[0] = '\0';
		}
	}
	return text;
}

/* NULL: out of memory. */
static char *make_text(const char *field, size_t max_bytes)
{
	char *text = clean_text(field, max_bytes);
	if (text) {
		clean_links(text);
		clean_contacts(text);
	}
	return text;
}

/* The meeting's title, or what stands there; "" when that is nothing. NULL: out of memory. */
static char *make_title(const struct occurrence *occurrence)
{
	char *title = make_text(occurrence->summary, INGEST_TITLE_MAX);
	if (title && is_anonymous(title)) {
		title[0] = '\0';
	}
	return title;
}

/* Fills title and is_person. A feed with a pattern for persons keeps nothing that it does not recognise, because that
 * may be a name, unless the office shows whole names anyway. */
static bool fill_title(const struct ingest *ingest, const struct occurrence *occurrence, struct cache_row *row)
{
	if (row->is_private) {
		row->title = strdup("");
		return row->title != NULL;
	}
	if (ingest->has_person) {
		row->title = find_person(ingest, occurrence);
		row->is_person = row->title && row->title[0] != '\0';
		if (!row->title || row->is_person || ingest->feed->names != NAMES_FULL) {
			return row->title != NULL;
		}
		free(row->title);
	}
	row->title = make_title(occurrence);
	return row->title != NULL;
}

static bool fill_row(const struct ingest *ingest, const struct occurrence *occurrence, struct cache_row *row)
{
	const char *place = find_place(ingest, occurrence);
	row->span = occurrence->span;
	row->busy = occurrence->busy;
	row->status = occurrence->status;
	row->is_private = occurrence->class != OCCURRENCE_PUBLIC;
	bool is_told = !row->is_private;
	row->feed = strdup(ingest->feed->name);
	row->uid = strdup(occurrence->uid);
	row->recurrence_id = strdup(occurrence->recurrence_id ? occurrence->recurrence_id : "");
	row->place = place ? strdup(place) : NULL;
	row->location = make_text(is_told ? occurrence->location : "", INGEST_LOCATION_MAX);
	row->url = make_url(is_told ? occurrence->url : "");
	row->organizer = make_organizer(ingest, occurrence, is_told);
	return fill_title(ingest, occurrence, row) && row->organizer && row->feed && row->uid && row->recurrence_id &&
	       row->place && row->location && row->url;
}

static bool rows_reserve(struct cache_rows *rows)
{
	if (rows->count < rows->capacity) {
		return true;
	}
	size_t capacity = rows->capacity ? rows->capacity * 2 : 64;
	struct cache_row *items = reallocarray(rows->items, capacity, sizeof(*items));
	if (!items) {
		return false;
	}
	rows->items = items;
	rows->capacity = capacity;
	return true;
}

bool ingest_add(struct ingest *ingest, const struct occurrence *occurrence, struct cache_rows *rows, bool *out_too_many,
		struct err *err)
{
	bool takes_nothing = ingest->feed->kind == FEED_BOOKINGS && occurrence->busy == OCCURRENCE_FREE;
	if (occurrence->status == OCCURRENCE_CANCELLED || takes_nothing) {
		return true;
	}
	if (rows->count >= INGEST_ROWS_MAX) {
		*out_too_many = true;
		return err_set(err, "more than %d bookings or meetings", INGEST_ROWS_MAX);
	}
	struct cache_row row = {0};
	locale_t before = uselocale(ingest->locale);
	bool ok = rows_reserve(rows) && fill_row(ingest, occurrence, &row);
	uselocale(before);
	if (!ok) {
		cache_row_finish(&row);
		*out_too_many = false;
		return err_set(err, "out of memory");
	}
	rows->items[rows->count++] = row;
	return true;
}

uint64_t ingest_settings(const struct config *config, const struct config_feed *feed)
{
	uint64_t sum = sum_int(sum_start(), SETTINGS_VERSION);
	sum = sum_int(sum, feed->kind);
	sum = sum_int(sum, feed->names);
	sum = sum_text(sum, feed->person ? feed->person : "");
	sum = sum_int(sum, feed->person_in);
	sum = feed->keeps_organizer ? sum_text(sum, "organizer") : sum;
	sum = sum_text(sum, zone_name(config->zone));
	for (size_t i = 0; i < config->place_count; i++) {
		const struct config_place *place = &config->places[i];
		if (strcmp(place->feed, feed->name) == 0) {
			sum = sum_text(sum_text(sum, place->id), place->match ? place->match : "");
			sum = sum_int(sum, place->match != NULL);
		}
	}
	return sum;
}
