/* See person_private.h. An expression is a frame, which says where in a text the person stands, around a body, which
 * says what a name looks like. The frames that say most come first, because of two that find the same, the first is
 * taken. */
#include "person_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/limits.h"
#include "app/base/pattern.h"
#include "words.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A further word of a name begins with a letter, so that a dash ends it. The bodies that allow a comma find
 * "Andersson, Anna"; those with capitals leave "heldag" out that follows without a mark. */
static const char *const bodies[] = {
	"([[:alpha:]][^ (),:;|/]*( [[:alpha:]][^ (),:;|/]*)*)",
	"([[:alpha:]][^ (),:;|/]*( [[:upper:]][^ (),:;|/]*)*)",
	"([[:alpha:]][^ ():;|/]*( [[:alpha:]][^ ():;|/]*)*)",
	"([[:alpha:]][^ ():;|/]*( [[:upper:]][^ ():;|/]*)*)",
};

static const char *const frames[] = {
	"^%s$",
	"^%s *([(].*)?$",
	"^%s +[–—-]+ ",
	" [–—-]+ +%s *([(].*)?$",
	"[:;|/] *%s *([(].*)?$",
	"^%s *[:;|/]",
	" [–—-]+ +%s",
	"[:;|/] *%s",
	"^%s *[(]",
	"[(]%s *[)]",
	"[])] *%s",
	"^%s( *[–—:;|/(,]| +-)",
	"^[^–—:;|(]*[^ –—:;|(] *[–—:;|(-]+ *%s",
	", *%s *([(].*)?$",
	"^%s,",
	", *%s",
	" av %s",
	" för %s",
	" by %s",
	" for %s",
	" med %s",
	" with %s",
	"[0-9][[:alpha:]]?[ –—~>→•·=+_-]+%s",
	"[–—~>→»•·=+_]+ *%s *([(].*)?$",
	" @ *%s *([(].*)?$",
	"^%s( *[–—~<>→•·=+_]| +@)",
	"^%s[ –—_-]+[[:alpha:]]*(plats|rum|bord|desk|room|seat)",
	"^[[:alpha:]]+[.] +%s",
	"^[^[:alpha:]]*%s +[–—-]+ ",
	"^%s",
};

/* Where a person may stand, the likeliest first. The organizer is often the mailbox itself, so it comes last. */
static const enum feed_field fields[] = {FIELD_SUMMARY, FIELD_LOCATION, FIELD_RESOURCES, FIELD_ORGANIZER};

struct search {
	const struct setup_event *events;
	size_t count;
	struct matcher *matcher;
	long best; /* score */
	size_t best_found;
	char *person;
	enum feed_field field;
};

/* "Andersson, Anna" is a name. "Anna Andersson, Umeå" is more than one. */
static bool has_odd_comma(const char *name)
{
	const char *comma = strchr(name, ',');
	char before[PROPOSE_NAME_MAX];
	snprintf(before, sizeof(before), "%.*s", comma ? (int)(comma - name) : 0, name);
	return comma && words_person(before) == WORDS_FULL_NAME;
}

/* What one finding is worth. A single word may be a meeting's title, above all when the event has a location, unless it
 * is at a numbered desk. */
static long worth(const struct setup_event *event, const char *name)
{
	switch (words_person(name)) {
	case WORDS_FULL_NAME:
		return has_odd_comma(name) ? 9 : 10;
	case WORDS_ONE_NAME:
		return event->is_desk ? 9 : event->fields[FIELD_LOCATION][0] ? 4 : 7;
	case WORDS_NO_PERSON:
		break;
	}
	return event->is_desk && words_may_be_person(name) ? 6 : -20;
}

/* Returns the score of an expression in a field, and in how many events it found a person. */
static long score_of(struct search *search, const struct pattern *pattern, enum feed_field field, size_t *out_found)
{
	long score = 0;
	char name[PROPOSE_NAME_MAX], first[PROPOSE_NAME_MAX] = "";
	bool is_constant = field != FIELD_SUMMARY && search->count > 1;
	*out_found = 0;
	for (size_t i = 0; i < search->count; i++) {
		const struct setup_event *event = &search->events[i];
		struct match_part part = {0};
		if (event->is_anonymous ||
		    matcher_find(search->matcher, pattern, event->fields[field], &part) != MATCH_FOUND) {
			continue;
		}
		snprintf(name, sizeof(name), "%.*s", (int)(part.end - part.start), event->fields[field] + part.start);
		long own = worth(event, name);
		is_constant = is_constant && (!first[0] || strcmp(first, name) == 0);
		snprintf(first, sizeof(first), "%s", name);
		score += own;
		*out_found += own > 0;
	}
	return is_constant ? 0 : score; /* the same everywhere is a town or a mailbox */
}

static bool try_one(struct search *search, const char *expression, enum feed_field field)
{
	struct pattern *pattern = pattern_create(expression, PATTERN_ANYWHERE, NULL);
	size_t found = 0;
	long score = pattern ? score_of(search, pattern, field, &found) : 0;
	pattern_destroy(pattern);
	if (score <= search->best) {
		return true;
	}
	free(search->person);
	search->person = strdup(expression);
	search->best = score;
	search->best_found = found;
	search->field = field;
	return search->person != NULL;
}

static bool try_field(struct search *search, enum feed_field field)
{
	char expression[256];
	for (size_t frame = 0; frame < COUNT(frames); frame++) {
		for (size_t body = 0; body < COUNT(bodies); body++) {
			/* Not snprintf: the frame is no constant. */
			const char *hole = strstr(frames[frame], "%s");
			snprintf(expression, sizeof(expression), "%.*s%s%s", (int)(hole - frames[frame]), frames[frame],
				 bodies[body], hole + 2);
			if (!try_one(search, expression, field)) {
				return false;
			}
		}
	}
	return true;
}

static bool is_mostly_desks(const struct search *search)
{
	size_t desks = 0;
	for (size_t i = 0; i < search->count; i++) {
		desks += search->events[i].is_desk;
	}
	return desks * 2 > search->count;
}

/* The organizer is the mailbox when it is the same everywhere, and a meeting in a room is shown by its title. */
static bool is_telling(const struct search *search, enum feed_field field)
{
	if (field == FIELD_ORGANIZER && !is_mostly_desks(search)) {
		return false;
	}
	for (size_t i = 1; i < search->count; i++) {
		if (strcmp(search->events[0].fields[field], search->events[i].fields[field]) != 0) {
			return true;
		}
	}
	return field == FIELD_SUMMARY && search->count > 0;
}

static long wanted(const struct search *search)
{
	long events = 0;
	for (size_t i = 0; i < search->count; i++) {
		events += !search->events[i].is_anonymous;
	}
	return events * 6; /* of ten: most are full names */
}

bool person_propose(const struct setup_event *events, size_t count, char **out_person, enum feed_field *out_field,
		    size_t *out_found, struct err *err)
{
	struct search search = {.events = events, .count = count < PROPOSE_EVENTS_MAX ? count : PROPOSE_EVENTS_MAX};
	bool ok = true;
	search.matcher = matcher_create(err);
	if (!search.matcher) {
		return false;
	}
	*out_person = NULL;
	*out_found = 0;
	for (size_t i = 0; ok && i < COUNT(fields); i++) {
		bool is_enough = search.best >= wanted(&search) && search.best > 0;
		ok = is_enough || !is_telling(&search, fields[i]) || try_field(&search, fields[i]);
	}
	matcher_destroy(search.matcher);
	if (!ok) {
		free(search.person);
		return err_set(err, "out of memory");
	}
	if (search.person && search.best >= wanted(&search)) {
		*out_person = search.person;
		*out_field = search.field;
		*out_found = search.best_found;
	} else {
		free(search.person);
	}
	return true;
}
