/* The calendars: an address each, which is fetched at once, and then what each one is. */
#include "state_private.h"

#include <stdlib.h>
#include <string.h>

#include "app/base/limits.h"
#include "ical/address.h"
#include "tidy.h"
#include "why.h"
#include "words.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct kind {
	enum feed_kind kind;
	const char *key, *swedish, *name, *name_swedish; /* and how such a calendar is called */
} kinds[] = {
	{FEED_BOOKINGS, "bookings", "bokningar", "desks", "platser"},
	{FEED_MEETINGS, "meetings", "möten", "meetings", "möten"},
	{FEED_NOTICES, "notices", "meddelanden", "notices", "meddelanden"},
	{FEED_CLOSURES, "closures", "stängda dagar", "closed", "stängt"},
};

const char *setup_kind_name(const struct setup *setup, enum feed_kind kind)
{
	return dialog_pick(&setup->dialog, kinds[kind].key, kinds[kind].swedish);
}

/* "Möten på Torget" → "moten-pa-torget": a credential's name has plain letters only. The caller frees it. */
static char *slug_of(const char *name)
{
	static const char *const plain[][2] = {{"å", "a"}, {"ä", "a"}, {"ö", "o"}, {"é", "e"}, {"ü", "u"}};
	char *text = words_fold(name), *to = text;
	for (const char *from = text; text && *from;) {
		bool is_letter = (*from >= 'a' && *from <= 'z') || (*from >= '0' && *from <= '9');
		char letter = is_letter ? *from : '-';
		size_t length = 1;
		for (size_t i = 0; !is_letter && i < COUNT(plain); i++) {
			if (strncmp(from, plain[i][0], strlen(plain[i][0])) == 0) {
				letter = plain[i][1][0];
				length = strlen(plain[i][0]);
			}
		}
		if (letter != '-' || (to > text && to[-1] != '-')) {
			*to++ = letter;
		}
		from += length;
	}
	if (text) {
		*to = '\0';
	}
	return text;
}

static bool is_used(const struct setup *setup, const char *key, const char *value, size_t but)
{
	bool found = false;
	for (size_t i = 0; i < config_edit_count(setup->edit, "feed"); i++) {
		char *other =
			key ? config_edit_get(setup->edit, "feed", i, key) : config_edit_title(setup->edit, "feed", i);
		found = found || (i != but && other && strcmp(other, value) == 0);
		free(other);
	}
	return found;
}

/* Returns `wish`, or with a number behind it when a feed but this one has it. The caller frees it. */
static char *unused(const struct setup *setup, const char *key, const char *wish, size_t but)
{
	char *name = strndup(wish, FEED_NAME_MAX - 4);
	for (int n = 2; name && is_used(setup, key, name, but); n++) {
		free(name);
		if (asprintf(&name, "%.*s-%d", FEED_NAME_MAX - 4, wish, n) < 0) {
			name = NULL;
		}
	}
	return name;
}

char *setup_choose_credential(const struct setup *setup, const char *name, size_t index)
{
	char *slug = slug_of(name);
	char *credential = slug ? unused(setup, "credential", slug[0] ? slug : "calendar", index) : NULL;
	free(slug);
	return credential;
}

/* The places of a feed follow its name. */
static bool move_places(struct setup *setup, const char *from, const char *to)
{
	bool ok = true;
	for (size_t i = 0; ok && i < config_edit_count(setup->edit, "place"); i++) {
		char *feed = config_edit_get(setup->edit, "place", i, "feed");
		ok = !feed || strcmp(feed, from) != 0 || config_edit_set(setup->edit, "place", i, "feed", to);
		free(feed);
	}
	return ok;
}

/* Names the section, and with it the credential that this run stores. */
static bool rename_feed(struct setup *setup, struct setup_feed *feed, const char *wish)
{
	size_t index = config_edit_find(setup->edit, "feed", feed->name);
	char *name = unused(setup, NULL, wish, index);
	char *credential = name ? setup_choose_credential(setup, name, index) : NULL;
	bool ok = credential && config_edit_set_title(setup->edit, "feed", index, name) &&
		  (!feed->is_secret || config_edit_set(setup->edit, "feed", index, "credential", credential));
	if (ok) {
		ok = move_places(setup, feed->name, name);
		free(feed->name);
		feed->name = name;
		name = NULL;
	}
	free(name);
	free(credential);
	return ok;
}

/* Fetches it, as its section says. */
static bool probe_feed(struct setup *setup, struct setup_feed *feed, const struct config *config,
		       const struct config_feed *found)
{
	size_t index = config_edit_find(setup->edit, "feed", feed->name);
	char *path = config_edit_get(setup->edit, "feed", index, "path");
	char *ca_file = config_edit_get(setup->edit, "feed", index, "ca-file");
	struct probe_request request = {
		.feed = *found, .reader = setup->reader, .zone = zone_name(config->zone), .today = setup->today};
	/* The configuration was read from another folder than its own. */
	request.feed.path = path ? setup_absolute(setup, path) : NULL;
	request.feed.ca_file = ca_file ? setup_absolute(setup, ca_file) : NULL;
	if (feed->is_secret) {
		request.feed.credential = NULL;
		*(found->caldav ? &request.feed.caldav : &request.feed.url) = feed->address;
	}
	bool ok = probe_run(&request, &feed->probe);
	free(request.feed.path);
	free(request.feed.ca_file);
	free(path);
	free(ca_file);
	return ok;
}

bool setup_try_feed(struct setup *setup, struct setup_feed *feed)
{
	struct err err = {""};
	struct config *config = setup_read(setup, &err);
	const struct config_feed *found = config ? config_feed_by_name(config, feed->name) : NULL;
	bool ok = false;
	proposal_destroy(feed->proposal);
	feed->proposal = NULL;
	probe_finish(&feed->probe);
	if (found) {
		ok = probe_feed(setup, feed, config, found);
		feed->proposal = ok ? proposal_create(&feed->probe.events.occurrences, &feed->probe.err) : NULL;
		char *kind =
			config_edit_get(setup->edit, "feed", config_edit_find(setup->edit, "feed", feed->name), "kind");
		if (feed->proposal && kind) { /* somebody has decided it */
			feed->proposal->kind = found->kind;
		}
		free(kind);
	} else {
		feed->probe.err = err;
	}
	config_destroy(config);
	return ok && feed->proposal;
}

void setup_tell_failure(struct setup *setup, const struct setup_feed *feed, FILE *out)
{
	const struct why *why = why_of(feed->probe.err.text);
	const char *words = why ? dialog_pick(&setup->dialog, why->english, why->swedish) : feed->probe.err.text;
	fprintf(out, "  %s: %s\n", feed->name, words);
	fflush(out);
}

/* Adds the section of a new calendar, before anything is known of it. */
static struct setup_feed *add_section(struct setup *setup, enum tidy_kind kind, const char *text)
{
	char *name = unused(setup, NULL, dialog_pick(&setup->dialog, "calendar", "kalender"), (size_t)-1);
	char *credential = unused(setup, "credential", "calendar", (size_t)-1);
	struct setup_feed *feed = name ? setup_add_feed(setup, name) : NULL;
	bool ok = feed && credential && config_edit_add(setup->edit, "feed", name);
	size_t index = ok ? config_edit_find(setup->edit, "feed", name) : 0;
	if (ok && kind == TIDY_FILE) {
		ok = config_edit_set(setup->edit, "feed", index, "path", text);
	} else if (ok) {
		feed->is_secret = true;
		feed->address = strdup(text);
		ok = feed->address && config_edit_set(setup->edit, "feed", index, "credential", credential) &&
		     (kind != TIDY_COLLECTION || setup_set_collection(setup, index, text));
	}
	free(name);
	free(credential);
	return ok ? feed : NULL;
}

/* Takes another address for a calendar that could not be fetched. */
static bool take_other(struct setup *setup, struct setup_feed *feed, const char *answer)
{
	const char *rest = answer;
	enum tidy_kind kind = TIDY_NONSENSE;
	char *text = NULL;
	size_t index = config_edit_find(setup->edit, "feed", feed->name);
	bool is_one = tidy_next(&rest, &kind, &text) && (kind == TIDY_ADDRESS || kind == TIDY_FILE ||
							 (kind == TIDY_COLLECTION && setup_ask_login(setup, &text)));
	if (is_one) {
		free(feed->address);
		feed->is_secret = kind != TIDY_FILE;
		feed->address = feed->is_secret ? text : NULL;
		config_edit_set(setup->edit, "feed", index, "path", feed->is_secret ? NULL : text);
		config_edit_set(setup->edit, "feed", index, "url", NULL);
		setup_set_collection(setup, index, kind == TIDY_COLLECTION ? text : NULL);
		char *known = config_edit_get(setup->edit, "feed", index, "credential");
		char *name = known ? strdup(known) : setup_choose_credential(setup, feed->name, index);
		config_edit_set(setup->edit, "feed", index, "credential", feed->is_secret ? name : NULL);
		text = feed->is_secret ? NULL : text;
		free(known);
		free(name);
	} else {
		dialog_say(&setup->dialog, "  That is no address of a calendar.", "  Det är ingen kalenderadress.");
	}
	free(text);
	return is_one;
}

enum after_failure { AFTER_RETRY, AFTER_KEEP, AFTER_DROP, AFTER_END };

static enum after_failure ask_other(struct setup *setup, struct setup_feed *feed)
{
	for (;;) {
		char *answer = NULL;
		if (!dialog_ask_secret(&setup->dialog, &answer,
				       "  Another address (Enter: leave it out, keep: use it all the same)",
				       "  En annan adress (retur: ta inte med den, behåll: använd den ändå)")) {
			return AFTER_END;
		}
		bool is_empty = !answer[0], is_kept = strcmp(answer, "keep") == 0 || strcmp(answer, "behåll") == 0;
		bool is_taken = !is_empty && !is_kept && take_other(setup, feed, answer);
		explicit_bzero(answer, strlen(answer));
		free(answer);
		if (is_empty || is_kept || is_taken) {
			return is_empty ? AFTER_DROP : is_kept ? AFTER_KEEP : AFTER_RETRY;
		}
	}
}

/* Asks for what may help. Each help is offered once; then another address is asked for. */
static enum after_failure ask_after_failure(struct setup *setup, struct setup_feed *feed, unsigned int *offered)
{
	const struct why *why = why_of(feed->probe.err.text);
	bool retry = false, ok = true;
	unsigned int bit = why ? 1U << why->advice : 0;
	if (why && why->advice == WHY_CA_FILE && (*offered & bit) < bit) {
		ok = setup_ask_ca_file(setup, feed, &retry);
	} else if (why && why->advice == WHY_USER_AGENT && (*offered & bit) < bit) {
		ok = setup_ask_agent(setup, feed, &retry);
	}
	*offered |= retry && why && why->advice == WHY_CA_FILE ? 0 : bit;
	return !ok ? AFTER_END : retry ? AFTER_RETRY : ask_other(setup, feed);
}

void setup_tell_found(struct setup *setup, const struct setup_feed *feed)
{
	const struct proposal *proposal = feed->proposal;
	dialog_say(&setup->dialog, "  Fetched: events %zu, places %zu. It looks like %s.",
		   "  Hämtad: händelser %zu, platser %zu. Det ser ut som %s.", proposal->events,
		   proposal->kind == FEED_BOOKINGS ? proposal->place_count : 0, setup_kind_name(setup, proposal->kind));
}

static bool name_feed(struct setup *setup, struct setup_feed *feed)
{
	const struct kind *kind = &kinds[feed->proposal->kind];
	bool is_room = feed->proposal->place_count > 0;
	for (size_t i = 0; i < feed->proposal->place_count; i++) {
		is_room = is_room && feed->proposal->places[i].is_room;
	}
	const char *usual = is_room ? dialog_pick(&setup->dialog, "room", "rum")
				    : dialog_pick(&setup->dialog, kind->name, kind->name_swedish);
	return rename_feed(setup, feed,
			   feed->probe.name && words_name_calendar(feed->probe.name) ? feed->probe.name : usual);
}

/* Fetches a calendar, and asks for help until it succeeds (AFTER_RETRY) or somebody decides otherwise. */
static enum after_failure try_until_settled(struct setup *setup, struct setup_feed *feed)
{
	enum after_failure next = AFTER_RETRY;
	unsigned int offered = 0;
	while (next == AFTER_RETRY) {
		dialog_say(&setup->dialog, "  Fetching …", "  Hämtar …");
		if (setup_try_feed(setup, feed)) {
			setup_tell_found(setup, feed);
			return AFTER_RETRY;
		}
		setup_tell_failure(setup, feed, setup->dialog.out);
		next = ask_after_failure(setup, feed, &offered);
	}
	setup->failed += next == AFTER_KEEP;
	return next;
}

/* Returns false when the dialog has ended. */
static bool give_calendar(struct setup *setup, enum tidy_kind kind, const char *text)
{
	struct setup_feed *feed = add_section(setup, kind, text);
	if (!feed) {
		dialog_say(&setup->dialog, "  That address cannot be used.", "  Den adressen går inte att använda.");
		return true;
	}
	enum after_failure end = try_until_settled(setup, feed);
	if (end == AFTER_RETRY) {
		name_feed(setup, feed);
	} else if (end == AFTER_DROP) {
		setup_drop_feed(setup, feed->name);
	}
	setup_save_draft(setup);
	return end != AFTER_END;
}

static bool is_known(const struct setup *setup, const char *text)
{
	for (size_t i = 0; i < setup->feed_count; i++) {
		if (setup->feeds[i].address && strcmp(setup->feeds[i].address, text) == 0) {
			return true;
		}
	}
	return is_used(setup, "path", text, (size_t)-1) || is_used(setup, "caldav", text, (size_t)-1);
}

static bool give_line(struct setup *setup, const char *line)
{
	const char *rest = line;
	enum tidy_kind kind = TIDY_NONSENSE;
	bool ok = true;
	for (char *text = NULL; ok && tidy_next(&rest, &kind, &text);) {
		if (kind == TIDY_BOOKING) {
			dialog_say(
				&setup->dialog,
				"  That is the page on which people book, not a calendar. Publish the calendar of that "
				"mailbox in Outlook, and give the link that ends in .ics.",
				"  Det är sidan där man bokar, inte en kalender. Publicera den brevlådans kalender i "
				"Outlook och ange länken som slutar på .ics.");
		} else if (kind == TIDY_NONSENSE) {
			dialog_say(&setup->dialog, "  That is no address: it begins with https://, or is a file (/…).",
				   "  Det är ingen adress: den börjar med https://, eller är en fil (/…).");
		} else if (is_known(setup, text)) {
			dialog_say(&setup->dialog, "  That calendar is there already.",
				   "  Den kalendern är redan med.");
		} else {
			ok = (kind != TIDY_COLLECTION || setup_ask_login(setup, &text)) &&
			     give_calendar(setup, kind, text);
		}
		explicit_bzero(text, strlen(text));
		free(text);
	}
	return ok;
}

static void list_present(struct setup *setup)
{
	for (size_t i = 0; i < config_edit_count(setup->edit, "feed"); i++) {
		char *name = config_edit_title(setup->edit, "feed", i);
		dialog_say(&setup->dialog, "  Already there: %s (=%s gives it a new address, -%s removes it)",
			   "  Finns redan: %s (=%s ger den en ny adress, -%s tar bort den)", name ? name : "",
			   name ? name : "", name ? name : "");
		free(name);
	}
}

/* "-desks" removes a calendar. */
static bool remove_named(struct setup *setup, const char *line)
{
	size_t index = line[0] == '-' ? config_edit_find(setup->edit, "feed", line + 1) : 0;
	if (line[0] != '-' || index == config_edit_count(setup->edit, "feed")) {
		return false;
	}
	setup_drop_feed(setup, line + 1);
	dialog_say(&setup->dialog, "  %s is removed, with its places.", "  %s är borttagen, med sina platser.",
		   line + 1);
	setup_save_draft(setup);
	return true;
}

/* Takes the new address of a calendar. Its places, and whatever else its section has, stay; so does the old address
 * when the new one does not work. Returns false when the dialog has ended. */
static bool replace_address(struct setup *setup, const char *name)
{
	char *answer = NULL;
	struct config_edit *before = config_edit_create(config_edit_text(setup->edit), NULL);
	struct setup_feed *feed = before ? setup_add_feed(setup, name) : NULL;
	enum after_failure end = AFTER_DROP;
	if (!feed || !dialog_ask_secret(&setup->dialog, &answer, "  Its new address (Enter: none)",
					"  Dess nya adress (retur: ingen)")) {
		config_edit_destroy(before);
		return false;
	}
	if (answer[0] && take_other(setup, feed, answer)) {
		end = try_until_settled(setup, feed);
	}
	explicit_bzero(answer, strlen(answer));
	free(answer);
	if (end == AFTER_DROP || end == AFTER_END) {
		struct config_edit *changed = setup->edit;
		setup_forget_feed(setup, name);
		setup->edit = before;
		before = changed;
	}
	config_edit_destroy(before);
	setup_save_draft(setup);
	return end != AFTER_END;
}

/* "=desks" gives a calendar a new address. */
static bool is_replacement(const struct setup *setup, const char *line)
{
	return line[0] == '=' &&
	       config_edit_find(setup->edit, "feed", line + 1) < config_edit_count(setup->edit, "feed");
}

static bool ask_addresses(struct setup *setup)
{
	bool ok = true, is_done = false;
	dialog_say(&setup->dialog,
		   "\nThe calendars. Paste the address of each: in Outlook, the link of the published calendar that "
		   "ends in "
		   ".ics; in Nextcloud or SOGo, its CalDAV address. It is not shown, because it is a secret.",
		   "\nKalendrarna. Klistra in adressen till var och en: i Outlook länken till den publicerade "
		   "kalendern, som "
		   "slutar på .ics; i Nextcloud eller SOGo dess CalDAV-adress. Den visas inte, för den är hemlig.");
	list_present(setup);
	while (ok && !is_done) {
		char *line = NULL;
		if (!dialog_ask_secret(&setup->dialog, &line, "Address of a calendar (Enter: no more)",
				       "En kalenders adress (retur: inga fler)")) {
			return false;
		}
		is_done = !line[0];
		ok = is_done || (is_replacement(setup, line) ? replace_address(setup, line + 1)
							     : remove_named(setup, line) || give_line(setup, line));
		explicit_bzero(line, strlen(line));
		free(line);
	}
	return ok;
}

static bool read_kind(const char *text, enum feed_kind *out)
{
	char *folded = words_fold(text);
	bool found = false;
	for (size_t i = 0; folded && folded[0] && i < COUNT(kinds) && !found; i++) {
		found = strncmp(kinds[i].key, folded, strlen(folded)) == 0 ||
			strncmp(kinds[i].swedish, folded, strlen(folded)) == 0;
		*out = found ? kinds[i].kind : *out;
	}
	free(folded);
	return found;
}

static bool change_calendar(struct setup *setup, struct setup_feed *feed)
{
	char *name = NULL, *kind = NULL;
	bool is_read = false;
	if (!dialog_ask(&setup->dialog, feed->name, &name, "  Its name", "  Dess namn")) {
		return false;
	}
	if (name[0]) {
		rename_feed(setup, feed, name);
	}
	free(name);
	while (!is_read) {
		enum feed_kind chosen = feed->proposal ? feed->proposal->kind : FEED_BOOKINGS;
		if (!dialog_ask(&setup->dialog, setup_kind_name(setup, chosen), &kind,
				"  bookings, meetings, notices or closures",
				"  bokningar, möten, meddelanden eller stängda dagar")) {
			return false;
		}
		is_read = read_kind(kind, &chosen);
		if (is_read && feed->proposal) {
			feed->proposal->kind = chosen;
		}
		if (is_read) {
			size_t index = config_edit_find(setup->edit, "feed", feed->name);
			config_edit_set(setup->edit, "feed", index, "kind", kinds[chosen].key);
		}
		free(kind);
	}
	return true;
}

static void list_calendars(struct setup *setup)
{
	for (size_t i = 0; i < setup->feed_count; i++) {
		const struct setup_feed *feed = &setup->feeds[i];
		fprintf(setup->dialog.out, "  %zu  %s – %s\n", i + 1, feed->name,
			setup_kind_name(setup, feed->proposal ? feed->proposal->kind : FEED_BOOKINGS));
	}
}

static bool review_calendars(struct setup *setup)
{
	while (setup->feed_count > 0) {
		char *answer = NULL;
		list_calendars(setup);
		if (!dialog_ask(&setup->dialog, NULL, &answer,
				"Is that right? (Enter: yes; a number: change its name or kind)",
				"Stämmer det? (retur: ja; en siffra: ändra namn eller slag)")) {
			return false;
		}
		size_t chosen = (size_t)strtoul(answer, NULL, 10);
		bool is_done = !answer[0];
		free(answer);
		if (is_done) {
			return true;
		}
		if (chosen >= 1 && chosen <= setup->feed_count && !change_calendar(setup, &setup->feeds[chosen - 1])) {
			return false;
		}
	}
	return true;
}

bool setup_ask_calendars(struct setup *setup)
{
	if (!ask_addresses(setup) || !review_calendars(setup) || !setup_ask_singles(setup)) {
		return false;
	}
	for (size_t i = 0; i < setup->feed_count; i++) {
		struct setup_feed *feed = &setup->feeds[i];
		size_t before = setup->feed_count;
		if (!setup_take_proposal(setup, feed, true) || !setup_ask_places(setup, feed)) {
			return false;
		}
		i -= setup->feed_count < before; /* it was left out, and another one is in its place */
		setup_save_draft(setup);
	}
	return true;
}
