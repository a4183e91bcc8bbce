/* See propose.h. A place is looked for in an event's location, resources and title, in the order in which the kiosk
 * looks: first one with a noun and a number, then one with a noun, then a location that is neither an address nor an
 * online meeting. */
#include "propose.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "app/base/limits.h"
#include "app/sync/clean.h"
#include "parts.h"
#include "person_private.h"
#include "words.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum found { FOUND_NUMBERED, FOUND_NAMED, FOUND_CODE, FOUND_LOCATION, FOUND_NOTHING };

/* A text that may be a place, and how often it was seen. */
struct candidate {
	char *text, *folded;
	size_t number;
	bool is_room, in_location;
	bool beside_person; /* a whole name stands in another part of some event, so this is not the person */
	enum found found;
	size_t events;
};

struct work {
	struct setup_event *events;
	size_t event_count;
	struct candidate *candidates;
	size_t candidate_count;
	bool is_free;   /* none of the events takes time */
	size_t *choice; /* by event: its candidate, or candidate_count_max */
	struct err *err;
};

static const size_t nothing = (size_t)-1;
static const enum feed_field place_fields[] = {FIELD_LOCATION, FIELD_RESOURCES, FIELD_SUMMARY};

static bool is_anonymous(const char *title)
{
	static const char *const words[] = {"busy",
					    "upptagen",
					    "upptaget",
					    "ledig",
					    "free",
					    "tentative",
					    "preliminär",
					    "preliminärt",
					    "frånvarande",
					    "away",
					    "private",
					    "privat",
					    "out of office",
					    "working elsewhere",
					    "bokad",
					    "opptatt",
					    "optaget",
					    "varattu",
					    "occupé",
					    "gebucht",
					    "beschäftigt",
					    "bezet",
					    "ocupado",
					    "booket",
					    "reserverad",
					    "reserved",
					    "arbetar på annan plats",
					    "booked",
					    "",
					    "privat avtalad tid",
					    "private appointment"};
	char *folded = words_fold(title);
	bool found = false;
	for (size_t i = 0; folded && i < COUNT(words) && !found; i++) {
		found = strcmp(folded, words[i]) == 0;
	}
	free(folded);
	return found;
}

static bool fill_event(const struct occurrence *occurrence, struct setup_event *out)
{
	const char *const texts[] = {occurrence->summary, occurrence->location, "", occurrence->resources,
				     occurrence->organizer};
	bool ok = true;
	for (size_t i = 0; i < COUNT(texts); i++) {
		out->fields[i] = clean_text(texts[i], INGEST_FIELD_MAX);
		ok = ok && out->fields[i];
	}
	if (ok) {
		clean_contacts(out->fields[FIELD_ORGANIZER]);
	}
	out->all_day = occurrence->span.all_day;
	out->start_utc =
		occurrence->span.all_day ? (int64_t)occurrence->span.start_day * 86400 : occurrence->span.start_utc;
	out->end_utc = occurrence->span.all_day ? (int64_t)occurrence->span.end_day * 86400 : occurrence->span.end_utc;
	out->is_anonymous = ok && (occurrence->class != OCCURRENCE_PUBLIC || is_anonymous(out->fields[FIELD_SUMMARY]));
	return ok;
}

/* Events that take no time are no bookings; but holidays are nothing else. */
static bool is_wanted(const struct occurrence *occurrence, bool with_free)
{
	return occurrence->status != OCCURRENCE_CANCELLED && (with_free || occurrence->busy != OCCURRENCE_FREE);
}

static bool has_busy(const struct occurrence_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		if (is_wanted(&list->items[i], false)) {
			return true;
		}
	}
	return false;
}

static bool take_events(struct work *work, const struct occurrence_list *list)
{
	work->is_free = !has_busy(list);
	work->events = calloc(list->count + 1, sizeof(*work->events));
	work->choice = calloc(list->count + 1, sizeof(*work->choice));
	bool ok = work->events && work->choice;
	for (size_t i = 0; ok && i < list->count && work->event_count < PROPOSE_EVENTS_MAX; i++) {
		if (is_wanted(&list->items[i], work->is_free)) {
			ok = fill_event(&list->items[i], &work->events[work->event_count++]);
		}
	}
	return ok;
}

/* "KP3", "A-12", "#3": a short word with letters and figures. */
static bool is_code(const char *part)
{
	size_t length = strlen(part), digits = 0, letters = 0;
	bool has_hash = part[0] == '#';
	for (const char *p = part + has_hash; *p; p++) {
		digits += *p >= '0' && *p <= '9';
		letters += (*p >= 'A' && *p <= 'Z') || (*p >= 'a' && *p <= 'z');
		if (!strchr("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-. ", *p)) {
			return false;
		}
	}
	return length <= 8 && digits > 0 && (has_hash || (letters > 0 && !words_are_length(part)));
}

static bool make_candidate(const char *text, size_t length, struct candidate *out)
{
	out->text = strndup(text, length);
	out->folded = out->text ? words_fold(out->text) : NULL;
	return out->folded != NULL;
}

/* Looks for a place of one sort in one field. A found one is filled in; the caller frees its texts. */
static bool look_in(const char *text, enum found wanted, bool is_location, struct candidate *out)
{
	const char *part = NULL;
	size_t length = 0;
	struct words_place place;
	out->found = FOUND_NOTHING;
	for (size_t at = 0; out->found == FOUND_NOTHING && parts_next(text, &at, &part, &length);) {
		char own[PROPOSE_NAME_MAX];
		snprintf(own, sizeof(own), "%.*s", (int)length, part);
		bool is_place = words_find_place(own, &place);
		bool has_number = is_place && place.number < place.length;
		enum found found = has_number     ? FOUND_NUMBERED
				   : is_place     ? FOUND_NAMED
				   : is_code(own) ? FOUND_CODE
						  : FOUND_NOTHING;
		if (found != wanted || found == FOUND_NOTHING) {
			continue;
		}
		if (!is_place) {
			place = (struct words_place){0, strlen(own), strcspn(own, "0123456789"), false};
		}
		*out = (struct candidate){
			.number = place.number, .is_room = place.is_room, .found = found, .in_location = is_location};
		if (!make_candidate(own + place.start, place.length, out)) {
			return false;
		}
	}
	return true;
}

/* A location of its own: "Björken". */
static bool look_at_location(const struct setup_event *event, struct candidate *out)
{
	const char *text =
		event->fields[FIELD_LOCATION][0] ? event->fields[FIELD_LOCATION] : event->fields[FIELD_RESOURCES];
	size_t length = strcspn(text, ";");
	bool is_other = length == 0 || length > PROPOSE_LOCATION_MAX || words_are_online(text) ||
			words_are_address(text) || words_are_length(text);
	out->found = FOUND_NOTHING;
	if (is_other) {
		return true;
	}
	*out = (struct candidate){.number = length, .found = FOUND_LOCATION, .in_location = true};
	return make_candidate(text, length, out);
}

static void finish_candidate(struct candidate *candidate)
{
	free(candidate->text);
	free(candidate->folded);
}

/* Adds it, or counts it once more. Takes its texts. Returns its position, or `nothing` when memory ran out. */
static size_t add_candidate(struct work *work, struct candidate *candidate)
{
	for (size_t i = 0; i < work->candidate_count; i++) {
		if (strcmp(work->candidates[i].folded, candidate->folded) == 0) {
			work->candidates[i].events++;
			work->candidates[i].in_location = work->candidates[i].in_location || candidate->in_location;
			work->candidates[i].beside_person =
				work->candidates[i].beside_person || candidate->beside_person;
			finish_candidate(candidate);
			return i;
		}
	}
	struct candidate *more = reallocarray(work->candidates, work->candidate_count + 1, sizeof(*work->candidates));
	if (!more) {
		finish_candidate(candidate);
		return nothing;
	}
	work->candidates = more;
	more[work->candidate_count] = *candidate;
	more[work->candidate_count].events = 1;
	return work->candidate_count++;
}

static bool find_candidate(const struct setup_event *event, struct candidate *out)
{
	for (enum found wanted = FOUND_NUMBERED; wanted <= FOUND_CODE; wanted++) {
		for (size_t i = 0; i < COUNT(place_fields); i++) {
			bool is_location = place_fields[i] != FIELD_SUMMARY;
			if (!look_in(event->fields[place_fields[i]], wanted, is_location, out)) {
				return false;
			}
			if (out->found != FOUND_NOTHING) {
				return true;
			}
		}
	}
	return look_at_location(event, out);
}

static bool names_person(const struct setup_event *event)
{
	const char *part = NULL;
	size_t length = 0;
	bool found = false;
	for (size_t at = 0; !found && parts_next(event->fields[FIELD_SUMMARY], &at, &part, &length);) {
		char own[PROPOSE_NAME_MAX];
		snprintf(own, sizeof(own), "%.*s", (int)length, part);
		found = words_person(own) == WORDS_FULL_NAME;
	}
	return found;
}

static bool find_candidates(struct work *work)
{
	for (size_t i = 0; i < work->event_count; i++) {
		struct candidate candidate = {0};
		if (!find_candidate(&work->events[i], &candidate)) {
			finish_candidate(&candidate);
			return false;
		}
		work->choice[i] = nothing;
		if (candidate.found != FOUND_NOTHING) {
			candidate.beside_person = names_person(&work->events[i]);
			work->choice[i] = add_candidate(work, &candidate);
			if (work->choice[i] == nothing) {
				return false;
			}
		}
	}
	return true;
}

static size_t count_found(const struct work *work, enum found found)
{
	size_t count = 0;
	for (size_t i = 0; i < work->candidate_count; i++) {
		count += work->candidates[i].found == found;
	}
	return count;
}

/* "Kontorsplats" is a service, not a place, when there are places "Kontorsplats 1" and so on. */
static bool is_stem(const struct work *work, const struct candidate *candidate)
{
	for (size_t i = 0; i < work->candidate_count; i++) {
		const struct candidate *other = &work->candidates[i];
		if (other->found == FOUND_NUMBERED && strstr(other->folded, candidate->folded)) {
			return true;
		}
	}
	return false;
}

/* A desk that is named by the noun of the service alone says nothing: every booking has that word. */
static bool is_noun_alone(const struct candidate *candidate)
{
	return candidate->found == FOUND_NAMED && !candidate->is_room && words_are_service(candidate->text);
}

static bool is_kept(const struct work *work, const struct candidate *candidate, size_t persons)
{
	size_t numbered = count_found(work, FOUND_NUMBERED), locations = count_found(work, FOUND_LOCATION);
	switch (candidate->found) {
	case FOUND_NUMBERED:
		return true;
	case FOUND_NAMED:
		return !is_stem(work, candidate) && !is_noun_alone(candidate);
	case FOUND_CODE:
		return numbered == 0 && count_found(work, FOUND_CODE) > 1;
	case FOUND_LOCATION:
		/* The same everywhere is the building; a meeting is held in many places. */
		return numbered == 0 && locations > 1 && persons * 2 > work->event_count;
	case FOUND_NOTHING:
		break;
	}
	return false;
}

/* Compares what people count: the words, then the numbers as numbers. */
static int compare_places(const void *a, const void *b)
{
	const struct proposal_place *one = a, *other = b;
	if (one->is_room != other->is_room) {
		return one->is_room ? -1 : 1;
	}
	return strverscmp(one->name, other->name);
}

char *proposal_literal(const char *text)
{
	char *out = malloc(2 * strlen(text) + 1), *to = out;
	for (const char *from = text; out && *from; from++) {
		if (strchr("\\.[]*^$+?(){}|", *from)) {
			*to++ = '\\';
		}
		*to++ = *from;
	}
	if (out) {
		*to = '\0';
	}
	return out;
}

/* A text that may be a person: "Plats Anna", "Annas rum". What stands beside a person's whole name, or in a location,
 * is likelier to be a place: "Rum Björken". */
static bool is_doubtful(const struct candidate *candidate)
{
	bool has_digit = strpbrk(candidate->text, "0123456789") != NULL;
	if (candidate->found == FOUND_LOCATION) {
		return words_are_personal(candidate->text) || (candidate->events == 1 && !has_digit);
	}
	if (candidate->found != FOUND_NAMED) {
		return false;
	}
	const char *last = strrchr(candidate->text, ' ');
	bool is_likely = candidate->in_location || candidate->beside_person;
	return words_are_personal(candidate->text) || (!is_likely && last && words_person(last) != WORDS_NO_PERSON);
}

static bool take_places(struct work *work, struct proposal *proposal, size_t persons)
{
	proposal->places = calloc(work->candidate_count + 1, sizeof(*proposal->places));
	if (!proposal->places) {
		return false;
	}
	for (size_t i = 0; i < work->candidate_count; i++) {
		const struct candidate *candidate = &work->candidates[i];
		if (!is_kept(work, candidate, persons)) {
			continue;
		}
		struct proposal_place *place = &proposal->places[proposal->place_count++];
		place->name = strdup(candidate->text);
		place->match = proposal_literal(candidate->text);
		place->number = candidate->number;
		place->is_room = candidate->is_room;
		place->is_doubtful = is_doubtful(candidate);
		place->events = candidate->events;
		if (!place->name || !place->match) {
			return false;
		}
	}
	qsort(proposal->places, proposal->place_count, sizeof(*proposal->places), compare_places);
	return true;
}

/* What the places say about the events: a single name at a numbered desk is a person's. */
static void mark_desks(struct work *work)
{
	for (size_t i = 0; i < work->event_count; i++) {
		const struct candidate *at = work->choice[i] == nothing ? NULL : &work->candidates[work->choice[i]];
		work->events[i].is_desk =
			at && (at->found == FOUND_NUMBERED || at->found == FOUND_CODE) && !at->is_room;
	}
}

static size_t count_unplaced(const struct work *work, size_t persons)
{
	size_t count = 0;
	for (size_t i = 0; i < work->event_count; i++) {
		size_t at = work->choice[i];
		count += at == nothing || !is_kept(work, &work->candidates[at], persons);
	}
	return count;
}

static bool overlap(const struct setup_event *a, const struct setup_event *b)
{
	return a->start_utc < b->end_utc && b->start_utc < a->end_utc;
}

static bool any_overlap(const struct work *work)
{
	for (size_t i = 0; i < work->event_count; i++) {
		for (size_t j = i + 1; j < work->event_count; j++) {
			if (overlap(&work->events[i], &work->events[j])) {
				return true;
			}
		}
	}
	return false;
}

static enum feed_kind guess_kind(const struct work *work, const struct proposal *proposal)
{
	size_t days = 0, closed = 0, anonymous = 0, persons = 0;
	size_t placed = work->event_count - proposal->unplaced;
	for (size_t i = 0; i < work->event_count; i++) {
		days += work->events[i].all_day;
		closed += words_are_closure(work->events[i].fields[FIELD_SUMMARY]);
		anonymous += work->events[i].is_anonymous;
		persons += names_person(&work->events[i]) || words_have_mail(work->events[i].fields[FIELD_SUMMARY]);
	}
	bool is_bare = proposal->place_count == 0 && !proposal->person;
	if (is_bare && work->event_count > 0 && days == work->event_count && closed * 2 > work->event_count) {
		return FEED_CLOSURES;
	}
	if (work->is_free && work->event_count > 0) {
		return FEED_MEETINGS;
	}
	bool is_booking = work->event_count == 0 || proposal->person || placed * 2 > work->event_count ||
			  anonymous * 2 > work->event_count || persons * 2 > work->event_count;
	return is_booking ? FEED_BOOKINGS : FEED_MEETINGS;
}

static enum proposal_trouble trouble_of(const struct work *work, const struct proposal *proposal)
{
	size_t anonymous = 0;
	for (size_t i = 0; i < work->event_count; i++) {
		anonymous += work->events[i].is_anonymous;
	}
	if (work->event_count == 0) {
		return PROPOSAL_EMPTY;
	}
	if (proposal->place_count > 0) {
		return PROPOSAL_FINE;
	}
	return anonymous * 2 > work->event_count ? PROPOSAL_BUSY : PROPOSAL_UNPLACED;
}

static bool fill(struct work *work, struct proposal *proposal)
{
	size_t found = 0, named = 0;
	if (!find_candidates(work)) {
		return false;
	}
	mark_desks(work);
	if (!person_propose(work->events, work->event_count, &proposal->person, &proposal->person_in, &found,
			    work->err) ||
	    !take_places(work, proposal, found)) {
		return false;
	}
	for (size_t i = 0; i < work->event_count; i++) {
		named += !work->events[i].is_anonymous;
	}
	proposal->events = work->event_count;
	proposal->unplaced = count_unplaced(work, found);
	proposal->unnamed = proposal->person && named > found ? named - found : 0;
	proposal->kind = guess_kind(work, proposal);
	proposal->trouble = trouble_of(work, proposal);
	proposal->overlaps = any_overlap(work);
	return true;
}

static void finish_work(struct work *work)
{
	for (size_t i = 0; i < work->event_count; i++) {
		for (size_t j = 0; j < COUNT(work->events[i].fields); j++) {
			free(work->events[i].fields[j]);
		}
	}
	for (size_t i = 0; i < work->candidate_count; i++) {
		finish_candidate(&work->candidates[i]);
	}
	free(work->events);
	free(work->candidates);
	free(work->choice);
}

struct proposal *proposal_create(const struct occurrence_list *list, struct err *err)
{
	struct work work = {.err = err};
	struct proposal *proposal = calloc(1, sizeof(*proposal));
	err_set(err, "out of memory");
	if (proposal && (!take_events(&work, list) || !fill(&work, proposal))) {
		proposal_destroy(proposal);
		proposal = NULL;
	}
	finish_work(&work);
	return proposal;
}

void proposal_destroy(struct proposal *proposal)
{
	if (!proposal) {
		return;
	}
	for (size_t i = 0; i < proposal->place_count; i++) {
		free(proposal->places[i].name);
		free(proposal->places[i].match);
	}
	free(proposal->places);
	free(proposal->person);
	free(proposal);
}
