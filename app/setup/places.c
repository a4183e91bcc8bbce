/* The places of a calendar: those that were found in it, and those that are only counted. A place is never named after
 * what looks like a person without somebody saying so. */
#include "places_private.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "app/base/limits.h"
#include "words.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

size_t setup_count_places(const struct setup *setup, const char *feed)
{
	size_t count = 0;
	for (size_t i = 0; i < config_edit_count(setup->edit, "place"); i++) {
		char *own = config_edit_get(setup->edit, "place", i, "feed");
		count += own && strcmp(own, feed) == 0;
		free(own);
	}
	return count;
}

bool places_has_id(const struct setup *setup, const char *id)
{
	return config_edit_find(setup->edit, "place", id) < config_edit_count(setup->edit, "place");
}

/* The number is how people call a place; a room has a letter. The caller frees it. */
static char *choose_id(const struct setup *setup, const char *name, bool is_room)
{
	struct words_place place;
	char wish[PLACE_ID_MAX + 16] = "";
	if (words_find_place(name, &place) && place.number < place.length) {
		snprintf(wish, sizeof(wish), "%.*s", (int)(place.length - place.number),
			 name + place.start + place.number);
	} else if (is_room && (name[0] & 0x80) == 0) {
		snprintf(wish, sizeof(wish), "%c", name[0] >= 'a' && name[0] <= 'z' ? name[0] - 'a' + 'A' : name[0]);
	}
	if (wish[0] && !places_has_id(setup, wish)) {
		return strdup(wish);
	}
	snprintf(wish, sizeof(wish), "%.*s", PLACE_ID_MAX - 4, name);
	for (int n = 2; places_has_id(setup, wish); n++) {
		snprintf(wish, sizeof(wish), "%.*s %d", PLACE_ID_MAX - 4, name, n);
	}
	return strdup(wish);
}

/* The feed's place with that expression, or that name when there is none. */
static bool has_place(const struct setup *setup, const char *feed, const char *name, const char *match)
{
	bool found = false;
	for (size_t i = 0; i < config_edit_count(setup->edit, "place") && !found; i++) {
		char *own_feed = config_edit_get(setup->edit, "place", i, "feed");
		char *own_name = config_edit_get(setup->edit, "place", i, "name");
		char *own_match = config_edit_get(setup->edit, "place", i, "match");
		bool is_same = match ? own_match && strcasecmp(own_match, match) == 0
				     : own_name && strcmp(own_name, name) == 0;
		found = own_feed && strcmp(own_feed, feed) == 0 && is_same;
		free(own_feed);
		free(own_name);
		free(own_match);
	}
	return found;
}

/* "kontorsplats 3" → "Kontorsplats 3". Only plain letters: others are rare at the beginning of such a name. */
static char *with_capital(const char *name)
{
	char *out = strdup(name);
	if (out && out[0] >= 'a' && out[0] <= 'z') {
		out[0] = (char)(out[0] - 'a' + 'A');
	}
	return out;
}

/* What Swedish names of places are in English, with the number behind it. The caller frees it; NULL: it is unknown. */
static char *in_english(const char *name)
{
	static const char *const known[][2] = {{"kontorsplats", "Desk"},
					       {"arbetsplats", "Desk"},
					       {"plats", "Desk"},
					       {"skrivbord", "Desk"},
					       {"konferensrum", "Conference room"},
					       {"konferensrummet", "Conference room"},
					       {"mötesrum", "Meeting room"},
					       {"mötesrummet", "Meeting room"},
					       {"sammanträdesrum", "Meeting room"}};
	char *folded = words_fold(name), *out = NULL;
	for (size_t i = 0; folded && i < COUNT(known) && !out; i++) {
		size_t length = strlen(known[i][0]);
		bool is_it = strncmp(folded, known[i][0], length) == 0 && (!folded[length] || folded[length] == ' ');
		if (is_it && asprintf(&out, "%s%s", known[i][1], name + strlen(name) - strlen(folded + length)) < 0) {
			out = NULL;
		}
	}
	free(folded);
	return out;
}

bool setup_add_place(struct setup *setup, const char *feed, const char *name, const char *match, bool is_room)
{
	if (has_place(setup, feed, name, match)) {
		return true;
	}
	if (config_edit_count(setup->edit, "place") >= PLACES_MAX) {
		setup->is_full = true;
		return true;
	}
	char *id = choose_id(setup, name, is_room), *shown = with_capital(name), *english = in_english(name);
	bool ok = id && shown && config_edit_add(setup->edit, "place", id);
	size_t at = ok ? config_edit_find(setup->edit, "place", id) : 0;
	ok = ok && config_edit_set(setup->edit, "place", at, "name", shown) &&
	     (!english || config_edit_set(setup->edit, "place", at, "name-en", english)) &&
	     config_edit_set(setup->edit, "place", at, "kind", is_room ? "room" : "desk") &&
	     config_edit_set(setup->edit, "place", at, "feed", feed) &&
	     (!match || config_edit_set(setup->edit, "place", at, "match", match)) &&
	     (!is_room || config_edit_set(setup->edit, "place", at, "checkin", "no"));
	free(id);
	free(shown);
	free(english);
	return ok;
}

/* Places that differ in their number only: "Kontorsplats 1" and so on, or "Kontorsplats 01" with a width of 2. */
struct family {
	const char *stem;
	int width; /* digits of a number that is written with zeros in front; 0: none is */
};

/* Returns whether a proposed place is of the family with that stem. */
static bool is_of_family(const struct proposal_place *place, const char *stem, size_t length)
{
	return !place->is_doubtful && place->number == length && strncmp(place->name, stem, length) == 0 &&
	       place->name[length] && strspn(place->name + length, "0123456789") == strlen(place->name + length) &&
	       strlen(place->name + length) < 4;
}

static const char *const kind_words[] = {"bookings", "meetings", "notices", "closures"};
static const char *const field_words[] = {"summary", "location", "description", "resources", "organizer"};

/* Numbered desks wait for the question how many there are, so that they stand in the file in their order. */
static bool is_counted(const struct proposal_place *place)
{
	return !place->is_room && is_of_family(place, place->name, place->number);
}

bool setup_take_proposal(struct setup *setup, struct setup_feed *feed, bool is_asked)
{
	const struct proposal *proposal = feed->proposal;
	size_t at = config_edit_find(setup->edit, "feed", feed->name);
	if (!proposal) {
		return true;
	}
	bool ok = config_edit_set(setup->edit, "feed", at, "kind", kind_words[proposal->kind]);
	if (proposal->kind != FEED_BOOKINGS) {
		return ok;
	}
	char *known = config_edit_get(setup->edit, "feed", at, "person");
	if (proposal->person && !known) {
		ok = ok && config_edit_set(setup->edit, "feed", at, "person", proposal->person) &&
		     (proposal->person_in == FIELD_SUMMARY ||
		      config_edit_set(setup->edit, "feed", at, "person-in", field_words[proposal->person_in]));
	}
	free(known);
	bool has_places = setup_count_places(setup, feed->name) > 0; /* somebody counted them */
	for (size_t i = 0; ok && !has_places && i < proposal->place_count; i++) {
		const struct proposal_place *place = &proposal->places[i];
		ok = place->is_doubtful || (is_asked && is_counted(place)) ||
		     setup_add_place(setup, feed->name, place->name, place->match, place->is_room);
	}
	return ok;
}

bool places_read_numbers(const char *text, bool *out, size_t max)
{
	bool any = false;
	memset(out, 0, max * sizeof(*out));
	while (*text) {
		text += strspn(text, " ,;");
		char *end = NULL;
		unsigned long first = strtoul(text, &end, 10), last = first;
		if (end == text) {
			return any && !*text;
		}
		text = end + strspn(end, " ");
		size_t dash = *text == '-' ? 1 : strncmp(text, "–", strlen("–")) == 0 ? strlen("–") : 0;
		if (dash > 0) {
			last = strtoul(text + dash, &end, 10);
			text = end;
		}
		if (first > last || last >= max) {
			return false;
		}
		for (unsigned long n = first; n <= last; n++) {
			out[n] = any = true;
		}
	}
	return any;
}

static void write_numbers(const bool *numbers, size_t max, char *out, size_t size)
{
	out[0] = '\0';
	for (size_t n = 0; n < max; n++) {
		size_t last = n;
		while (numbers[n] && last + 1 < max && numbers[last + 1]) {
			last++;
		}
		size_t used = strlen(out);
		if (numbers[n]) {
			snprintf(out + used, size - used, last > n ? "%s%zu-%zu" : "%s%zu", used ? ", " : "", n, last);
			n = last;
		}
	}
}

/* Returns "<stem>N" as text and as expression. Where some numbers have zeros in front, the expression takes them with
 * and without. The caller frees both. */
static bool make_numbered(struct family family, size_t number, char **out_name, char **out_match)
{
	char *stem = proposal_literal(family.stem);
	*out_match = NULL;
	if (asprintf(out_name, "%s%0*zu", family.stem, family.width, number) < 0) {
		*out_name = NULL;
	}
	if (stem && asprintf(out_match, "%s%s%zu", stem, family.width > 0 ? "0*" : "", number) < 0) {
		*out_match = NULL;
	}
	free(stem);
	return *out_name && *out_match;
}

static bool add_number(struct setup *setup, const char *feed, struct family family, size_t number, bool is_room)
{
	char *name = NULL, *match = NULL;
	bool ok = make_numbered(family, number, &name, &match) && setup_add_place(setup, feed, name, match, is_room);
	free(match);
	free(name);
	return ok;
}

static bool add_one(struct setup *setup, const char *feed, const char *name)
{
	struct words_place place;
	char *match = proposal_literal(name);
	bool is_room = words_find_place(name, &place) && place.is_room;
	bool ok = match && setup_add_place(setup, feed, name, match, is_room);
	free(match);
	return ok;
}

size_t places_stem(const char *text)
{
	size_t stem = strlen(text);
	while (stem > 0) {
		bool is_dash = stem > 2 && strncmp(text + stem - 3, "–", 3) == 0;
		if (!is_dash && !strchr("0123456789 ,;-", text[stem - 1])) {
			break;
		}
		stem -= is_dash ? 3 : 1;
	}
	return stem + (text[stem] == ' ');
}

int places_width(const char *digits)
{
	size_t length = strspn(digits, "0123456789");
	return digits[0] == '0' && length > 1 ? (int)length : 0;
}

bool setup_add_counted(struct setup *setup, const char *feed, const char *text)
{
	bool numbers[PLACE_NUMBERS_MAX];
	struct words_place place;
	size_t stem = places_stem(text);
	if (!places_read_numbers(text + stem, numbers, PLACE_NUMBERS_MAX)) {
		return add_one(setup, feed, text);
	}
	char *name = strndup(text, stem);
	struct family family = {name, places_width(text + stem)};
	bool ok = name != NULL, is_room = words_find_place(text, &place) && place.is_room;
	for (size_t n = 0; ok && n < PLACE_NUMBERS_MAX; n++) {
		ok = !numbers[n] || add_number(setup, feed, family, n, is_room);
	}
	free(name);
	return ok;
}

static bool remove_number(struct setup *setup, const char *feed, struct family family, size_t number)
{
	char *name = NULL, *match = NULL;
	bool ok = make_numbered(family, number, &name, &match);
	for (size_t i = config_edit_count(setup->edit, "place"); ok && i-- > 0;) {
		char *own_feed = config_edit_get(setup->edit, "place", i, "feed");
		char *own_match = config_edit_get(setup->edit, "place", i, "match");
		if (own_feed && own_match && strcmp(own_feed, feed) == 0 && strcasecmp(own_match, match) == 0) {
			config_edit_remove(setup->edit, "place", i);
		}
		free(own_feed);
		free(own_match);
	}
	free(match);
	free(name);
	return ok;
}

/* A single number that is larger than all others is how many there are. */
static void fill_up(bool *numbers, const bool *before, const char *answer)
{
	size_t only = (size_t)strtoul(answer, NULL, 10), largest = 0;
	for (size_t n = 0; n < PLACE_NUMBERS_MAX; n++) {
		largest = before[n] ? n : largest;
	}
	bool is_one = strspn(answer, "0123456789") == strlen(answer);
	for (size_t n = 1; is_one && only >= largest && n <= only && n < PLACE_NUMBERS_MAX; n++) {
		numbers[n] = true;
	}
}

static bool ask_family(struct setup *setup, const struct setup_feed *feed, struct family family, const bool *before)
{
	bool numbers[PLACE_NUMBERS_MAX];
	char now[SETUP_LINE_MAX];
	write_numbers(before, PLACE_NUMBERS_MAX, now, sizeof(now));
	for (;;) {
		char *answer = NULL;
		if (!dialog_ask(&setup->dialog, now, &answer,
				"The bookings name %s%s. Which ones are there in all, such as 1-8?",
				"Bokningarna nämner %s%s. Vilka finns det sammanlagt, till exempel 1-8?", family.stem,
				now)) {
			return false;
		}
		bool is_read = places_read_numbers(answer, numbers, PLACE_NUMBERS_MAX);
		if (is_read && strcmp(answer, now) != 0) {
			fill_up(numbers, before, answer);
		}
		free(answer);
		for (size_t n = 0; is_read && n < PLACE_NUMBERS_MAX; n++) {
			bool ok = numbers[n] ? add_number(setup, feed->name, family, n, false)
					     : !before[n] || remove_number(setup, feed->name, family, n);
			if (!ok) {
				return false;
			}
		}
		if (is_read) {
			return true;
		}
		dialog_say(&setup->dialog, "  Write numbers, such as 1-8 or 1, 3, 5.",
			   "  Skriv siffror, till exempel 1-8 eller 1, 3, 5.");
	}
}

/* Numbers that the configuration has already, such as from a run that ended early, are there as well. */
static bool add_present(const struct setup *setup, const char *feed, struct family family, bool *numbers)
{
	bool ok = true;
	for (size_t n = 0; ok && n < PLACE_NUMBERS_MAX; n++) {
		char *name = NULL, *match = NULL;
		ok = make_numbered(family, n, &name, &match);
		numbers[n] = numbers[n] || (ok && has_place(setup, feed, name, match));
		free(name);
		free(match);
	}
	return ok;
}

/* Fills the numbers of the family that this place is the first of. Returns false when it is not the first one. */
static bool collect_family(const struct proposal *proposal, size_t first, bool *numbers, int *out_width)
{
	const struct proposal_place *one = &proposal->places[first];
	*out_width = 0;
	for (size_t i = 0; i < proposal->place_count; i++) {
		const struct proposal_place *other = &proposal->places[i];
		if (!is_of_family(other, one->name, one->number)) {
			continue;
		}
		if (i < first) {
			return false;
		}
		const char *digits = other->name + one->number;
		int width = places_width(digits);
		*out_width = width > *out_width ? width : *out_width;
		numbers[strtoul(digits, NULL, 10)] = true; /* three digits, so it is below PLACE_NUMBERS_MAX */
	}
	return true;
}

bool places_ask_families(struct setup *setup, const struct setup_feed *feed)
{
	const struct proposal *proposal = feed->proposal;
	for (size_t i = 0; i < proposal->place_count; i++) {
		const struct proposal_place *first = &proposal->places[i];
		bool before[PLACE_NUMBERS_MAX] = {false};
		struct family family = {NULL, 0};
		if (!is_counted(first) || !collect_family(proposal, i, before, &family.width)) {
			continue;
		}
		char *stem = strndup(first->name, first->number);
		family.stem = stem;
		bool ok = stem && add_present(setup, feed->name, family, before) &&
			  ask_family(setup, feed, family, before);
		free(stem);
		if (!ok) {
			return false;
		}
	}
	return true;
}
