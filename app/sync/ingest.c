/* See ingest.h. The patterns come from the administrator, but the text that they are matched against is hostile: fields
 * are cleaned and cut first, and text that does not match is dropped rather than guessed at. */
#include "ingest.h"

#include "app/base/lru.h"
#include "app/base/pattern.h"
#include "clean.h"
#include "ical/sum.h"
#include "person.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A name that is shortened to an initial gets a full stop. */
enum { NAME_MAX_BYTES = INGEST_TITLE_MAX - 1 };

enum { SETTINGS_VERSION = 5 /* raise it when this file makes other rows from the same occurrences */ };

enum { BYTES_A_UNIT = 4 /* of a text that is cleaned */, MEMO_ENTRY_COST = 96 };

struct ingest_place {
	const struct config_place *config; /* NULL when there is none, or it is unknown */
	struct pattern *match;
};

/* The person that a text names. */
struct ingest_person {
	bool is_given_up;
	char name[]; /* in the configured form; "" none */
};

struct ingest {
	const struct config_feed *feed;
	struct pattern *person;      /* NULL when titles are no names */
	struct ingest_place *places; /* of this feed, with a pattern */
	size_t place_count;
	const struct config_place *any_place; /* takes bookings that no pattern matches; NULL none */

	/* State of one reading: */
	struct matcher *matcher;                      /* NULL until something was matched */
	struct lru *place_memo, *person_memo;         /* results by text; NULL when nothing is remembered */
	struct ingest_place no_place, given_up_place; /* values in place_memo that are none of `places` */
	uint64_t work, text_work; /* units of work, without the matcher's; their sum when the text began */
	uint32_t given_up;
	bool row_is_given_up;
};

static bool compile(struct pattern **out, const char *expression, enum pattern_form form, const char *what,
		    struct err *err)
{
	struct err reason;
	*out = pattern_create(expression, form, &reason);
	return *out || err_set(err, "the pattern of %s is not valid: %s", what, reason.text);
}

/* Only whole words match; otherwise the bookings of "Kontorsplats 12" would also belong to "Kontorsplats 1". */
static bool compile_match(struct ingest_place *place, struct err *err)
{
	char what[96];
	snprintf(what, sizeof(what), "place %.64s", place->config->id);
	return compile(&place->match, place->config->match, PATTERN_WORDS, what, err);
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
	if (!ingest) {
		err_set(err, "out of memory");
		return NULL;
	}
	ingest->feed = feed;
	bool ok = !feed->person || compile(&ingest->person, feed->person, PATTERN_ANYWHERE, "the person", err);
	if (!ok || !add_places(ingest, config, err)) {
		ingest_destroy(ingest);
		return NULL;
	}
	return ingest;
}

void ingest_reset(struct ingest *ingest)
{
	matcher_destroy(ingest->matcher);
	lru_destroy(ingest->place_memo);
	lru_destroy(ingest->person_memo);
	ingest->matcher = NULL;
	ingest->place_memo = ingest->person_memo = NULL;
	ingest->work = ingest->text_work = 0;
	ingest->given_up = 0;
}

void ingest_destroy(struct ingest *ingest)
{
	if (!ingest) {
		return;
	}
	ingest_reset(ingest);
	pattern_destroy(ingest->person);
	for (size_t i = 0; i < ingest->place_count; i++) {
		pattern_destroy(ingest->places[i].match);
	}
	free(ingest->places);
	free(ingest);
}

uint64_t ingest_work(const struct ingest *ingest)
{
	return ingest->work + (ingest->matcher ? matcher_work(ingest->matcher) : 0);
}

uint32_t ingest_given_up(const struct ingest *ingest)
{
	return ingest->given_up;
}

bool ingest_wants_description(const struct ingest *ingest)
{
	return ingest->person && ingest->feed->person_in == FIELD_DESCRIPTION;
}

/* Cleans a text in which a place or person is searched. */
static char *begin_text(struct ingest *ingest, const char *field)
{
	char *cleaned = clean_text(field, INGEST_FIELD_MAX);
	ingest->text_work = ingest_work(ingest);
	ingest->work += 1 + (cleaned ? strlen(cleaned) : 0) / BYTES_A_UNIT;
	return cleaned;
}

/* Matches a pattern, as long as the budget of the text allows it. */
static enum match find(struct ingest *ingest, const struct pattern *pattern, const char *text, struct match_part *out)
{
	if (ingest_work(ingest) - ingest->text_work > INGEST_TEXT_WORK_MAX) {
		return MATCH_GIVEN_UP;
	}
	return matcher_find(ingest->matcher, pattern, text, out);
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

/* Returns the place that a text names, no_place or given_up_place; NULL when memory ran out. */
static const struct ingest_place *match_places(struct ingest *ingest, const char *field)
{
	char *text = begin_text(ingest, field);
	const struct ingest_place *found = &ingest->no_place;
	for (size_t i = 0; text && i < ingest->place_count && !found->config; i++) {
		enum match match = find(ingest, ingest->places[i].match, text, NULL);
		found = match == MATCH_FOUND      ? &ingest->places[i]
			: match == MATCH_GIVEN_UP ? &ingest->given_up_place
						  : found;
	}
	bool is_done = text != NULL;
	free(text);
	return is_done ? found : NULL;
}

/* Does the same and remembers the result, because many bookings name their place in the same words. */
static const struct ingest_place *recall_place(struct ingest *ingest, const char *field)
{
	size_t length = strlen(field);
	struct ingest_place *found = ingest->place_memo ? lru_get(ingest->place_memo, field, length) : NULL;
	if (!found) {
		found = (struct ingest_place *)(uintptr_t)match_places(ingest, field);
		if (found && ingest->place_memo) {
			lru_put(ingest->place_memo, field, length, found, length + MEMO_ENTRY_COST);
		}
	}
	return found;
}

/* Finds the place, NULL for none; false when memory ran out. The field that most often names places comes first. */
static bool find_place(struct ingest *ingest, const struct occurrence *occurrence, const struct config_place **out)
{
	static const enum feed_field order[] = {FIELD_LOCATION, FIELD_RESOURCES, FIELD_SUMMARY, FIELD_DESCRIPTION};
	bool is_given_up = false;
	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]) && ingest->place_count > 0; i++) {
		if (order[i] == FIELD_DESCRIPTION && !ingest_wants_description(ingest)) {
			continue;
		}
		const struct ingest_place *found = recall_place(ingest, field_of(occurrence, order[i]));
		if (!found || found->config) {
			*out = found ? found->config : NULL;
			return found != NULL;
		}
		is_given_up = is_given_up || found == &ingest->given_up_place;
	}
	ingest->row_is_given_up = ingest->row_is_given_up || is_given_up;
	*out = is_given_up ? NULL : ingest->any_place;
	return true;
}

/* A calendar that is published with "availability only" has these words instead of titles. */
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

/* Shortens a clean text to the person that the pattern finds in it; "" none. */
static enum match cut_person(struct ingest *ingest, char *text)
{
	struct match_part part = {0};
	enum match match = find(ingest, ingest->person, text, &part);
	size_t length = match == MATCH_FOUND ? part.end - part.start : 0;
	memmove(text, text + part.start, length);
	text[length] = '\0';
	return match;
}

/* NULL: out of memory. */
static struct ingest_person *match_person(struct ingest *ingest, const char *field)
{
	struct ingest_person *person = NULL;
	char *text = begin_text(ingest, field);
	if (!text) {
		return NULL;
	}
	enum match match = cut_person(ingest, text);
	clean_links(text);
	clean_contacts(text);
	char *name = clean_text(text, NAME_MAX_BYTES);
	char *reduced = name ? person_reduce(name, ingest->feed->names) : NULL;
	size_t size = reduced ? strlen(reduced) + 1 : 0;
	person = reduced ? malloc(sizeof(*person) + size) : NULL;
	if (person) {
		person->is_given_up = match == MATCH_GIVEN_UP;
		memcpy(person->name, reduced, size);
	}
	free(reduced);
	free(name);
	free(text);
	return person;
}

/* Returns the person in the configured form; "" when the pattern does not match; NULL when memory ran out. */
static char *find_person(struct ingest *ingest, const struct occurrence *occurrence)
{
	const char *field = field_of(occurrence, ingest->feed->person_in);
	size_t length = strlen(field);
	struct ingest_person *known = ingest->person_memo ? lru_get(ingest->person_memo, field, length) : NULL;
	struct ingest_person *person = known ? known : match_person(ingest, field);
	if (!person) {
		return NULL;
	}
	char *name = strdup(person->name);
	ingest->row_is_given_up = ingest->row_is_given_up || person->is_given_up;
	if (!known && ingest->person_memo) {
		size_t cost = length + strlen(person->name) + MEMO_ENTRY_COST;
		lru_put(ingest->person_memo, field, length, person, cost);
	} else if (!known) {
		free(person);
	}
	return name;
}

/* An address or number is found only as long as it is whole, so the text is shortened last. NULL: out of memory. */
static char *make_text(const char *field, size_t max_bytes)
{
	char *text = clean_text(field, INGEST_FIELD_MAX);
	if (!text) {
		return NULL;
	}
	clean_links(text);
	clean_contacts(text);
	char *kept = clean_text(text, max_bytes);
	free(text);
	return kept;
}

/* Returns who booked it, in the configured form; "" when that is not to be kept; NULL when memory ran out. */
static char *make_organizer(const struct ingest *ingest, const struct occurrence *occurrence, bool is_told)
{
	char *name = make_text(is_told && ingest->feed->keeps_organizer ? occurrence->organizer : "", NAME_MAX_BYTES);
	if (!name) {
		return NULL;
	}
	char *reduced = person_reduce(name, ingest->feed->names);
	free(name);
	return reduced;
}

/* Returns where the meeting is joined, as far as the screen shows it: only the server. */
static char *make_url(const char *url)
{
	static const char scheme[] = "https://";
	bool is_link = strncasecmp(url, scheme, sizeof(scheme) - 1) == 0;
	char *text = clean_text(is_link ? url : "", INGEST_URL_MAX);
	if (text) {
		clean_links(text);
		text[strcspn(text, " <>\"|()[]{},;'")] = '\0';
		if (strlen(text) < sizeof(scheme)) { /* without a host there is no link */
			text[0] = '\0';
		}
	}
	return text;
}

/* The letters of the word are ASCII. Unlike strcasestr, which prepares for long texts, it is quick for short ones. */
static bool has_word(const char *text, const char *word)
{
	size_t length = strlen(word);
	const char first[] = {word[0], (char)(word[0] ^ ' '), '\0'}; /* both cases */
	const char *at = strpbrk(text, first);
	while (at && strncasecmp(at, word, length) != 0) {
		at = strpbrk(at + 1, first);
	}
	return at;
}

/* Of a booking's location only the place is kept, and whether the meeting is online: the rest may say who sits there.
 * NULL: out of memory. */
static char *make_location(const struct ingest *ingest, const char *location)
{
	static const char *const online[] = {"Teams", "Skype", "Zoom"};
	if (ingest->feed->kind == FEED_MEETINGS) {
		return make_text(location, INGEST_LOCATION_MAX);
	}
	const char *kept = "";
	for (size_t i = 0; i < sizeof(online) / sizeof(online[0]) && ingest->feed->kind == FEED_BOOKINGS; i++) {
		kept = has_word(location, online[i]) ? online[i] : kept;
	}
	return strdup(kept);
}

/* Returns the meeting's title; "" when it has none; NULL when memory ran out. */
static char *make_title(const struct occurrence *occurrence)
{
	char *title = make_text(occurrence->summary, INGEST_TITLE_MAX);
	if (title && is_anonymous(title)) {
		title[0] = '\0';
	}
	return title;
}

/* The title of a desk's booking is most often a whole name, so only an office that shows whole names keeps it. A
 * meeting, also one that is booked in a room, has a title. */
static bool is_title_wanted(const struct ingest *ingest, const struct config_place *place)
{
	bool is_meeting = ingest->feed->kind != FEED_BOOKINGS || (place && place->kind == PLACE_ROOM);
	return ingest->feed->names == NAMES_FULL || (is_meeting && !ingest->person);
}

/* Fills title and is_person. */
static bool fill_title(struct ingest *ingest, const struct occurrence *occurrence, const struct config_place *place,
		       struct cache_row *row)
{
	if (row->is_private) {
		row->title = strdup("");
		return row->title != NULL;
	}
	if (ingest->person) {
		row->title = find_person(ingest, occurrence);
		row->is_person = row->title && row->title[0] != '\0';
		if (!row->title || row->is_person) {
			return row->title != NULL;
		}
		free(row->title);
	}
	row->title = is_title_wanted(ingest, place) ? make_title(occurrence) : strdup("");
	return row->title != NULL;
}

static bool fill_row(struct ingest *ingest, const struct occurrence *occurrence, struct cache_row *row)
{
	const struct config_place *place = NULL;
	if (!find_place(ingest, occurrence, &place)) {
		return false;
	}
	row->span = occurrence->span;
	row->busy = occurrence->busy;
	row->status = occurrence->status;
	row->is_private = occurrence->class != OCCURRENCE_PUBLIC;
	bool is_told = !row->is_private;
	row->feed = strdup(ingest->feed->name);
	row->uid = strdup(occurrence->uid);
	row->recurrence_id = strdup(occurrence->recurrence_id ? occurrence->recurrence_id : "");
	row->place = strdup(place ? place->id : "");
	row->location = make_location(ingest, is_told ? occurrence->location : "");
	row->url = make_url(is_told ? occurrence->url : "");
	row->organizer = make_organizer(ingest, occurrence, is_told);
	return fill_title(ingest, occurrence, place, row) && row->organizer && row->feed && row->uid &&
	       row->recurrence_id && row->place && row->location && row->url;
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

/* Remembering is optional. */
static bool begin_row(struct ingest *ingest, struct err *err)
{
	if (!ingest->matcher) {
		ingest->matcher = matcher_create(err);
		ingest->place_memo = lru_create(INGEST_MEMO_MAX, NULL);
		ingest->person_memo = lru_create(INGEST_MEMO_MAX, free);
	}
	ingest->row_is_given_up = false;
	return ingest->matcher != NULL;
}

static bool end_row(struct ingest *ingest, struct err *err)
{
	ingest->given_up += ingest->row_is_given_up;
	return ingest_work(ingest) <= INGEST_WORK_MAX ||
	       err_set(err, "finding places and persons in its texts takes more work than a reading may cost; simplify "
			    "match and person, or publish fewer days or shorter texts");
}

bool ingest_add(struct ingest *ingest, const struct occurrence *occurrence, struct cache_rows *rows, bool *out_too_many,
		struct err *err)
{
	bool takes_nothing = ingest->feed->kind == FEED_BOOKINGS && occurrence->busy == OCCURRENCE_FREE;
	if (occurrence->status == OCCURRENCE_CANCELLED || takes_nothing) {
		return true;
	}
	*out_too_many = rows->count >= INGEST_ROWS_MAX;
	if (*out_too_many) {
		return err_set(err, "more than %d bookings or meetings", INGEST_ROWS_MAX);
	}
	struct cache_row row = {0};
	if (!begin_row(ingest, err) || !rows_reserve(rows) || !fill_row(ingest, occurrence, &row)) {
		cache_row_finish(&row);
		return err_set(err, "out of memory");
	}
	rows->items[rows->count++] = row;
	*out_too_many = !end_row(ingest, err);
	return !*out_too_many;
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
			sum = sum_int(sum, place->kind);
		}
	}
	return sum;
}
