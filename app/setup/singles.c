/* Calendars whose bookings name no place: of one place each, or empty so far. What cannot work is said, with what to do
 * about it. */
#include "places_private.h"

#include <stdlib.h>
#include <string.h>

#include "app/base/limits.h"
#include "words.h"

static void tell_trouble(struct setup *setup, const struct setup_feed *feed)
{
	struct dialog *dialog = &setup->dialog;
	if (feed->proposal->trouble == PROPOSAL_BUSY) {
		dialog_say(
			dialog,
			"\nThe calendar %s shows only when somebody is busy: neither which place, nor who. For a "
			"calendar that "
			"several "
			"places share this cannot work. Publish it again in Outlook with \"Can view titles and "
			"locations\", or publish one calendar for each place.",
			"\nKalendern %s visar bara när det är upptaget: varken vilken plats eller vem. För en kalender "
			"som flera "
			"platser delar kan det inte fungera. Publicera den på nytt i Outlook med \"Kan visa rubriker "
			"och platser\", eller publicera en kalender för varje plats.",
			feed->name);
	} else {
		dialog_say(
			dialog,
			"\nThe bookings in the calendar %s do not say which place they are for. If several places "
			"share this "
			"calendar, "
			"let Bookings write the place into the title or the location, or publish one calendar for each "
			"place.",
			"\nBokningarna i kalendern %s säger inte vilken plats de gäller. Om flera platser delar "
			"kalendern: låt "
			"Bookings skriva platsen i rubriken eller som plats, eller publicera en kalender för varje "
			"plats.",
			feed->name);
	}
	if (feed->proposal->overlaps) {
		dialog_say(dialog, "Some of them are at the same time, so it is not the calendar of one place.",
			   "Några av dem är samtidigt, så kalendern kan inte gälla bara en plats.");
	}
}

/* "Satellitkontoret bokningar" is called after the office. */
static bool is_of_office(const char *name)
{
	static const char *const words[] = {"bokning", "booking", "kalend", "calend", "kontoret", "office", "kommun"};
	char *folded = words_fold(name);
	bool found = !folded;
	for (size_t i = 0; folded && i < sizeof(words) / sizeof(*words); i++) {
		found = found || strstr(folded, words[i]);
	}
	free(folded);
	return found;
}

/* Returns whether the calendar is called like a place: "Kontorsplats 3", "Fönsterplatsen", "Björken". */
static bool is_named_like_place(const struct setup_feed *feed)
{
	struct words_place place;
	const char *name = feed->probe.name;
	bool is_place = name && words_find_place(name, &place) && !words_are_service(name);
	return name && !words_are_personal(name) && (is_place || (words_name_calendar(name) && !is_of_office(name)));
}

/* What the place of a one-place calendar is probably called. The caller frees it. */
static char *guess_name(const struct setup *setup, const struct setup_feed *feed)
{
	char *name = NULL;
	if (is_named_like_place(feed)) {
		return strdup(feed->probe.name);
	}
	if (feed->proposal->trouble == PROPOSAL_BUSY || feed->proposal->overlaps) {
		return strdup("");
	}
	for (int n = 1; n < PLACES_MAX; n++) {
		char id[8];
		snprintf(id, sizeof(id), "%d", n);
		if (!places_has_id(setup, id)) {
			return asprintf(&name, "%s %d", dialog_pick(&setup->dialog, "Desk", "Plats"), n) < 0 ? NULL
													     : name;
		}
	}
	return strdup("");
}

/* A calendar that does not name its place is used only for one place. */
static bool ask_single(struct setup *setup, struct setup_feed *feed)
{
	char *guess = guess_name(setup, feed), *answer = NULL;
	struct words_place place;
	tell_trouble(setup, feed);
	if (!guess ||
	    !dialog_ask(&setup->dialog, guess, &answer,
			"If it is the calendar of one place: what is the place called? (%s: leave the calendar out)",
			"Om kalendern gäller en enda plats: vad heter platsen? (%s: ta inte med kalendern)",
			guess[0] ? "-" : dialog_pick(&setup->dialog, "Enter", "retur"))) {
		free(guess);
		return false;
	}
	bool ok = true;
	if (answer[0]) {
		bool is_room = words_find_place(answer, &place) && place.is_room;
		ok = setup_add_place(setup, feed->name, answer, NULL, is_room);
	} else {
		dialog_say(&setup->dialog, "%s is left out.", "%s är inte med.", feed->name);
		setup_drop_feed(setup, feed->name);
	}
	free(answer);
	free(guess);
	return ok;
}

/* A calendar that is probably one place's: nothing in it says otherwise. */
static bool is_single(const struct setup *setup, const struct setup_feed *feed)
{
	return feed->proposal && feed->proposal->kind == FEED_BOOKINGS && !feed->proposal->overlaps &&
	       (feed->proposal->trouble == PROPOSAL_BUSY || feed->proposal->trouble == PROPOSAL_UNPLACED) &&
	       setup_count_places(setup, feed->name) == 0;
}

/* Gives the numbered names to those calendars in turn. Returns false when there are not as many names. */
static bool name_singles(struct setup *setup, const char *answer, size_t count)
{
	bool numbers[PLACE_NUMBERS_MAX];
	struct words_place place;
	size_t stem = places_stem(answer), next = 0, named = 0;
	bool is_room = words_find_place(answer, &place) && place.is_room;
	if (!places_read_numbers(answer + stem, numbers, PLACE_NUMBERS_MAX)) {
		return false;
	}
	for (size_t n = 0; n < PLACE_NUMBERS_MAX; n++) {
		named += numbers[n];
	}
	for (size_t i = 0; named == count && i < setup->feed_count; i++) {
		if (!is_single(setup, &setup->feeds[i])) {
			continue;
		}
		while (!numbers[next]) {
			next++;
		}
		char name[PROPOSE_NAME_MAX];
		snprintf(name, sizeof(name), "%.*s%0*zu", (int)stem, answer, places_width(answer + stem), next++);
		setup_add_place(setup, setup->feeds[i].name, name, NULL, is_room);
	}
	return named == count;
}

/* A calendar's own name may be its place's. */
static size_t name_by_calendar(struct setup *setup)
{
	size_t left = 0;
	struct words_place place;
	for (size_t i = 0; i < setup->feed_count; i++) {
		struct setup_feed *feed = &setup->feeds[i];
		bool is_one = is_single(setup, feed);
		bool is_named = is_one && is_named_like_place(feed);
		if (is_named) {
			bool is_room = words_find_place(feed->probe.name, &place) && place.is_room;
			setup_add_place(setup, feed->name, feed->probe.name, NULL, is_room);
		}
		left += is_one && !is_named;
	}
	return left;
}

bool setup_ask_singles(struct setup *setup)
{
	size_t count = 0;
	for (size_t i = 0; i < setup->feed_count; i++) {
		count += is_single(setup, &setup->feeds[i]);
	}
	size_t left = count > 1 ? name_by_calendar(setup) : 0;
	if (left < 2) {
		return true; /* each is asked about on its own */
	}
	dialog_say(
		&setup->dialog,
		"\n%zu calendars do not say which place they are for, so each is taken as the calendar of one place:",
		"\n%zu kalendrar säger inte vilken plats de gäller, så var och en antas gälla en enda plats:", left);
	for (size_t i = 0; i < setup->feed_count; i++) {
		if (is_single(setup, &setup->feeds[i])) {
			fprintf(setup->dialog.out, "  %s\n", setup->feeds[i].name);
		}
	}
	for (;;) {
		char usual[64], *answer = NULL;
		snprintf(usual, sizeof(usual), "%s 1-%zu", dialog_pick(&setup->dialog, "Desk", "Plats"), left);
		if (!dialog_ask(&setup->dialog, usual, &answer,
				"What are these places called, in this order? (-: ask about each)",
				"Vad heter de platserna, i den ordningen? (-: fråga om var och en)")) {
			return false;
		}
		bool is_done = !answer[0] || name_singles(setup, answer, left);
		free(answer);
		if (is_done) {
			return true;
		}
		dialog_say(&setup->dialog, "  Write a name and %zu numbers, such as %s.",
			   "  Skriv ett namn och %zu nummer, till exempel %s.", left, usual);
	}
}

static bool ask_empty(struct setup *setup, struct setup_feed *feed)
{
	struct words_place place;
	char *answer = NULL;
	dialog_say(&setup->dialog,
		   "\nThe calendar %s holds no bookings, so nothing can be learnt from it. The places can be counted "
		   "now; run setup "
		   "again "
		   "when there are bookings, so that persons are found.",
		   "\nI kalendern %s finns inga bokningar, så det går inte att lära sig något av den. Platserna kan "
		   "räknas upp "
		   "nu; kör "
		   "setup igen när det finns bokningar, så att personer hittas.",
		   feed->name);
	const char *guess = is_named_like_place(feed) ? feed->probe.name : NULL;
	const char *none = guess ? "-" : dialog_pick(&setup->dialog, "Enter", "retur");
	if (!dialog_ask(&setup->dialog, guess, &answer, "Its places, such as \"Kontorsplats 1-8\" (%s: none yet)",
			"Dess platser, till exempel \"Kontorsplats 1-8\" (%s: inga än)", none)) {
		return false;
	}
	bool is_single = guess && strcmp(answer, guess) == 0; /* a calendar of that place, whatever its bookings say */
	bool is_room = is_single && words_find_place(guess, &place) && place.is_room;
	bool ok = !answer[0] || (is_single ? setup_add_place(setup, feed->name, guess, NULL, is_room)
					   : setup_add_counted(setup, feed->name, answer));
	free(answer);
	return ok;
}

bool setup_ask_places(struct setup *setup, struct setup_feed *feed)
{
	if (!feed->proposal || feed->proposal->kind != FEED_BOOKINGS) {
		return true;
	}
	bool has_places = setup_count_places(setup, feed->name) > 0;
	if (has_places && feed->proposal->trouble != PROPOSAL_FINE) {
		return true; /* they were given in a run that ended early */
	}
	switch (feed->proposal->trouble) {
	case PROPOSAL_EMPTY:
		return ask_empty(setup, feed);
	case PROPOSAL_BUSY:
	case PROPOSAL_UNPLACED:
		return ask_single(setup, feed);
	case PROPOSAL_FINE:
		break;
	}
	return places_ask_families(setup, feed);
}
