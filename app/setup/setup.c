/* See setup.h. The order of the questions, and what is done when they end early. */
#include "setup.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "state_private.h"

/* A calendar of the draft that is not in the file in force was given in the run before. */
static bool is_new(const struct config_edit *before, const char *name)
{
	return !before || config_edit_find(before, "feed", name) == config_edit_count(before, "feed");
}

static bool take_feed(struct setup *setup, struct config_edit *draft, const struct config_edit *before, size_t index)
{
	char *address = config_edit_get(draft, "feed", index, "address"),
	     *name = config_edit_title(draft, "feed", index);
	bool ok = name != NULL;
	if (ok && (address || is_new(before, name))) {
		struct setup_feed *feed = setup_add_feed(setup, name);
		ok = feed && config_edit_set(draft, "feed", index, "address", NULL);
		if (ok && address) {
			feed->address = address;
			feed->is_secret = true;
			address = NULL;
		}
	}
	free(address);
	free(name);
	return ok;
}

/* Takes the addresses out of a draft, whose text then is a configuration. */
static bool take_draft(struct setup *setup, const char *text)
{
	struct config_edit *draft = config_edit_create(text, NULL), *before = config_edit_create(setup->before, NULL);
	bool ok = draft != NULL;
	for (size_t i = 0; ok && i < config_edit_count(draft, "feed"); i++) {
		ok = take_feed(setup, draft, before, i);
	}
	config_edit_destroy(before);
	if (ok) {
		config_edit_destroy(setup->edit);
		setup->edit = draft;
	} else {
		config_edit_destroy(draft);
	}
	return ok;
}

/* Calendars that were given before are fetched again, so that their bookings can be shown. */
static void fetch_again(struct setup *setup)
{
	for (size_t i = 0; i < setup->feed_count; i++) {
		dialog_say(&setup->dialog, "  %s: fetching …", "  %s: hämtar …", setup->feeds[i].name);
		if (!setup_try_feed(setup, &setup->feeds[i])) {
			setup_tell_failure(setup, &setup->feeds[i], setup->dialog.out);
			setup->failed++;
		}
	}
}

static bool ask_draft(struct setup *setup)
{
	char *text = setup_slurp(setup->draft);
	bool goes_on = false, ok = true;
	if (text) {
		ok = dialog_agrees(&setup->dialog, true, &goes_on,
				   "There are answers that were not written. Go on with them?",
				   "Det finns svar som inte blev skrivna. Fortsätta med dem?");
		if (ok && goes_on && take_draft(setup, text)) {
			fetch_again(setup);
		}
		explicit_bzero(text, strlen(text));
	}
	free(text);
	return ok;
}

static bool has_bookings(const struct setup *setup)
{
	for (size_t i = 0; i < config_edit_count(setup->edit, "feed"); i++) {
		char *kind = config_edit_get(setup->edit, "feed", i, "kind");
		bool is_booking = !kind || strcmp(kind, "bookings") == 0;
		free(kind);
		if (is_booking) {
			return true;
		}
	}
	return false;
}

/* One answer for all calendars with bookings. */
static bool ask_names(struct setup *setup)
{
	size_t first = config_edit_count(setup->edit, "feed");
	for (size_t i = config_edit_count(setup->edit, "feed"); i-- > 0;) {
		char *kind = config_edit_get(setup->edit, "feed", i, "kind");
		first = !kind || strcmp(kind, "bookings") == 0 ? i : first;
		free(kind);
	}
	if (!has_bookings(setup)) {
		return true;
	}
	char *before = config_edit_get(setup->edit, "feed", first, "names");
	bool ok = setup_ask_setting(setup, "feed", first, "names");
	char *names = config_edit_get(setup->edit, "feed", first, "names");
	bool is_other = names && (!before || strcmp(names, before) != 0);
	for (size_t i = 0; i < config_edit_count(setup->edit, "feed"); i++) {
		char *kind = config_edit_get(setup->edit, "feed", i, "kind");
		if (is_other && (!kind || strcmp(kind, "bookings") == 0)) {
			config_edit_set(setup->edit, "feed", i, "names", names);
		}
		free(kind);
	}
	free(before);
	free(names);
	return ok;
}

/* With a mistake in the file, every answer would look wrong. */
static bool is_readable(struct setup *setup)
{
	struct err err = {""};
	struct config *config = setup->before[0] ? config_read(setup->file, &err) : NULL;
	bool ok = config || strspn(setup->before, " \t\r\n") == strlen(setup->before);
	if (!ok) {
		dialog_say(&setup->dialog, "The configuration has a mistake; correct it first.\n%s",
			   "Det finns ett fel i konfigurationen; rätta det först.\n%s", err.text);
	}
	config_destroy(config);
	return ok;
}

static int ask(struct setup *setup)
{
	if (!is_readable(setup)) {
		return EXIT_CONFIG;
	}
	bool is_asked = ask_draft(setup);
	if (is_asked) {
		dialog_say(
			&setup->dialog,
			"Enter keeps what stands in brackets, a hyphen empties it. Nothing is changed before the last "
			"question, and every answer is kept until then.",
			"Retur behåller det som står inom hakparentes, ett bindestreck tömmer det. Inget ändras före "
			"sista "
			"frågan, och alla svar sparas tills dess.");
	}
	is_asked = is_asked && setup_ask_office(setup);
	if (is_asked) {
		setup_learn_again(setup);
	}
	is_asked = is_asked && setup_ask_calendars(setup) && ask_names(setup) && setup_review(setup) &&
		   setup_more_settings(setup);
	int status = is_asked ? setup_finish(setup, true) : EXIT_FAILURE;
	if (setup->dialog.has_ended && !setup->is_drafted) {
		dialog_say(&setup->dialog, "Nothing is changed.", "Inget är ändrat.");
		status = EXIT_FAILURE;
	} else if (setup->dialog.has_ended) {
		dialog_say(&setup->dialog, "Nothing is changed. The answers are kept in %s; run setup again to go on.",
			   "Inget är ändrat. Svaren är sparade i %s; kör setup igen för att fortsätta.", setup->draft);
		status = EXIT_FAILURE;
	}
	return status;
}

int setup_run(const struct options *options)
{
	struct setup setup;
	struct err err = {""};
	int status = EXIT_FAILURE;
	if (!setup_open(&setup, options, &err)) {
		fprintf(stderr, "satellitkiosk setup: %s\n", err.text);
	} else {
		status = options->answers ? setup_answers(&setup) : ask(&setup);
	}
	setup_close(&setup);
	return status;
}
