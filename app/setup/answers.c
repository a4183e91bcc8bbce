/* Answers from a file instead of questions: a piece of configuration that is laid over the one in force. In addition a
 * feed may have `address` (stored as a credential), `places` (how many, or "found") and `remove`, and a place or a card
 * `remove`. Nothing that a calendar says is printed, because what this program prints ends in logs. */
#include "state_private.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/regular.h"
#include "tidy.h"

static const char found_word[] = "found";

static bool is_single(const char *section)
{
	static const char *const names[] = {"office", "screen", "checkin", "speech", "network", "share"};
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if (strcmp(names[i], section) == 0) {
			return true;
		}
	}
	return false;
}

/* Keys that are no configuration. */
static bool is_instruction(const char *section, const char *key)
{
	bool is_feed = strcmp(section, "feed") == 0;
	return strcmp(key, "remove") == 0 || (is_feed && (strcmp(key, "address") == 0 || strcmp(key, "places") == 0));
}

static size_t section_for(struct setup *setup, const char *section, const char *title)
{
	bool is_named = title[0] != '\0';
	size_t index = setup_section(setup, section, is_single(section) ? NULL : title);
	if (is_named && is_single(section)) {
		config_edit_set_title(setup->edit, section, index, title);
	}
	return index;
}

/* Copies one key. A value that means the same already stays as it is written. */
static bool lay_over(void *context, const char *section, const char *title, const char *key, const char *raw)
{
	struct setup *setup = context;
	if (is_instruction(section, key)) {
		return true;
	}
	size_t index = section_for(setup, section, title);
	if (raw[0] == '{') {
		return config_edit_set_raw(setup->edit, section, index, key, raw);
	}
	char *text = NULL;
	struct config_edit *one = asprintf(&text, "x { y = %s }", raw) > 0 ? config_edit_create(text, NULL) : NULL;
	char *value = one ? config_edit_get(one, "x", 0, "y") : NULL;
	char *before = config_edit_get(setup->edit, section, index, key);
	bool is_same = value && before && strcmp(value, before) == 0;
	bool ok = value && (is_same || config_edit_set_raw(setup->edit, section, index, key, raw));
	config_edit_destroy(one);
	free(text);
	free(value);
	free(before);
	return ok;
}

static bool is_yes(const char *value)
{
	return value && (strcmp(value, "yes") == 0 || strcmp(value, "true") == 0 || strcmp(value, "on") == 0);
}

/* Makes every section of the answers that has a name, also one without keys. */
static void add_sections(struct setup *setup, const struct config_edit *answers)
{
	static const char *const names[] = {"office", "screen", "checkin", "speech", "network",
					    "share",  "feed",   "place",   "info"};
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		for (size_t j = 0; j < config_edit_count(answers, names[i]); j++) {
			char *title = config_edit_title(answers, names[i], j);
			char *remove = config_edit_get(answers, names[i], j, "remove");
			if (title && !is_yes(remove)) {
				section_for(setup, names[i], title);
			}
			free(title);
			free(remove);
		}
	}
}

static void remove_sections(struct setup *setup, const struct config_edit *answers)
{
	static const char *const names[] = {"feed", "place", "info"};
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		for (size_t j = 0; j < config_edit_count(answers, names[i]); j++) {
			char *title = config_edit_title(answers, names[i], j);
			char *remove = config_edit_get(answers, names[i], j, "remove");
			size_t index = title ? config_edit_find(setup->edit, names[i], title) : 0;
			if (title && is_yes(remove) && index < config_edit_count(setup->edit, names[i])) {
				if (i == 0) {
					setup_drop_feed(setup, title);
				} else {
					config_edit_remove(setup->edit, names[i], index);
				}
			}
			free(title);
			free(remove);
		}
	}
}

static bool name_credential(struct setup *setup, size_t index, const char *title)
{
	char *known = config_edit_get(setup->edit, "feed", index, "credential");
	char *name = known ? NULL : setup_choose_credential(setup, title, index);
	bool ok = known || (name && config_edit_set(setup->edit, "feed", index, "credential", name) &&
			    config_edit_set(setup->edit, "feed", index, "path", NULL) &&
			    config_edit_set(setup->edit, "feed", index, "url", NULL));
	free(known);
	free(name);
	return ok;
}

static bool take_address(struct setup *setup, const char *title, const char *pasted, struct err *err)
{
	const char *rest = pasted;
	enum tidy_kind kind = TIDY_NONSENSE;
	char *text = NULL;
	size_t index = config_edit_find(setup->edit, "feed", title);
	struct setup_feed *feed = setup_add_feed(setup, title);
	bool ok = feed && tidy_next(&rest, &kind, &text);
	if (ok && kind == TIDY_FILE) {
		ok = config_edit_set(setup->edit, "feed", index, "path", text) &&
		     config_edit_set(setup->edit, "feed", index, "credential", NULL);
		free(text);
	} else if (ok && (kind == TIDY_ADDRESS || kind == TIDY_COLLECTION)) {
		feed->address = text;
		feed->is_secret = true;
		ok = name_credential(setup, index, title) &&
		     setup_set_collection(setup, index, kind == TIDY_COLLECTION ? text : NULL);
	} else {
		free(text);
		ok = err_set(err, "feed \"%s\": address: is no calendar's; it begins with https://", title);
	}
	return ok;
}

/* A feed whose section has an address or a file is tried; a failure is a warning. */
static bool take_feed(struct setup *setup, const struct config_edit *answers, size_t at, struct err *err)
{
	char *title = config_edit_title(answers, "feed", at),
	     *address = config_edit_get(answers, "feed", at, "address");
	char *remove = config_edit_get(answers, "feed", at, "remove");
	bool ok = true;
	size_t index = title ? config_edit_find(setup->edit, "feed", title) : 0;
	if (title && !is_yes(remove)) {
		char *path = config_edit_get(setup->edit, "feed", index, "path");
		ok = address ? take_address(setup, title, address, err) : !path || setup_add_feed(setup, title);
		free(path);
	}
	if (address) {
		explicit_bzero(address, strlen(address));
	}
	free(title);
	free(address);
	free(remove);
	return ok;
}

static bool take_places(struct setup *setup, struct setup_feed *feed, const char *places)
{
	bool is_found = strcmp(places, found_word) == 0;
	if (!is_found) {
		return setup_add_counted(setup, feed->name, places);
	}
	if (!feed->proposal || setup_count_places(setup, feed->name) > 0) {
		return true;
	}
	char *kind = config_edit_get(setup->edit, "feed", config_edit_find(setup->edit, "feed", feed->name), "kind");
	char *person =
		config_edit_get(setup->edit, "feed", config_edit_find(setup->edit, "feed", feed->name), "person");
	bool ok = true;
	if (!kind || strcmp(kind, "bookings") == 0) {
		feed->proposal->kind = FEED_BOOKINGS;
		if (person) { /* the answers decide how persons are found */
			free(feed->proposal->person);
			feed->proposal->person = NULL;
		}
		ok = setup_take_proposal(setup, feed, false);
	}
	free(kind);
	free(person);
	return ok;
}

static void warn(struct setup *setup, const struct setup_feed *feed, const char *places)
{
	const struct proposal *proposal = feed->proposal;
	struct dialog *dialog = &setup->dialog;
	size_t doubtful = 0;
	for (size_t i = 0; proposal && i < proposal->place_count; i++) {
		doubtful += proposal->places[i].is_doubtful;
	}
	if (setup->is_full && places) {
		fprintf(stderr, "  %s: %s\n", feed->name,
			dialog_pick(dialog, "it has more places than a kiosk has room for; the others are left out",
				    "den har fler platser än en kiosk har plats för; de övriga är inte med"));
		setup->is_full = false; /* said of this feed */
	}
	if (!places || strcmp(places, found_word) != 0 || !proposal || proposal->kind != FEED_BOOKINGS) {
		return;
	}
	if (setup_count_places(setup, feed->name) == 0) {
		fprintf(stderr, "  %s: %s\n", feed->name,
			dialog_pick(dialog, "no place is found in it; write its places",
				    "ingen plats hittas i den; skriv dess platser"));
	}
	if (doubtful > 0) {
		fprintf(stderr, "  %s: %zu %s\n", feed->name, doubtful,
			dialog_pick(dialog,
				    "places are doubtful and not taken; run setup without --answers to see them",
				    "platser är tveksamma och inte med; kör setup utan --answers för att se dem"));
	}
}

static bool try_feeds(struct setup *setup, const struct config_edit *answers)
{
	bool ok = true;
	for (size_t i = 0; ok && i < setup->feed_count; i++) {
		struct setup_feed *feed = &setup->feeds[i];
		size_t at = config_edit_find(answers, "feed", feed->name);
		char *places = config_edit_get(answers, "feed", at, "places");
		if (!setup_try_feed(setup, feed)) {
			setup->failed++;
			setup_tell_failure(setup, feed, stderr);
		}
		ok = !places || take_places(setup, feed, places);
		warn(setup, feed, places);
		free(places);
	}
	return ok;
}

/* Of two sections with one name, the second would quietly win. */
static bool check_names(const struct config_edit *answers, struct err *err)
{
	static const char *const names[] = {"feed", "place", "info"};
	bool ok = true;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		for (size_t j = 0; ok && j < config_edit_count(answers, names[i]); j++) {
			char *title = config_edit_title(answers, names[i], j);
			ok = !title || config_edit_find(answers, names[i], title) == j ||
			     err_set(err, "%s \"%s\" stands there twice", names[i], title);
			free(title);
		}
	}
	return ok;
}

int setup_answers(struct setup *setup)
{
	struct err err = {""};
	const char *file = setup->options->answers;
	int status = EXIT_FAILURE;
	char *text = setup_slurp(file);
	struct config_edit *answers = text ? config_edit_create(text, &err) : NULL;
	if (!text) {
		err_set(&err, "%s", regular_reason(errno));
	}
	bool ok = answers != NULL && check_names(answers, &err);
	if (ok) {
		remove_sections(setup, answers);
		add_sections(setup, answers);
		ok = config_edit_each(answers, lay_over, setup) || err_set(&err, "a value cannot be used");
	}
	for (size_t i = 0; ok && i < config_edit_count(answers, "feed"); i++) {
		ok = take_feed(setup, answers, i, &err);
	}
	struct config *config = ok ? setup_read(setup, &err) : NULL;
	if (config) {
		ok = try_feeds(setup, answers) || err_set(&err, "out of memory");
		if (config_edit_count(answers, "share") > 0) {
			setup_try_sharing(setup, stderr);
		}
	}
	if (!ok || !config) {
		fprintf(stderr, "satellitkiosk setup: %s: %s\n", file, err.text);
		status = answers && ok ? EXIT_CONFIG : EXIT_FAILURE;
	} else {
		status = setup_finish(setup, false);
	}
	config_destroy(config);
	config_edit_destroy(answers);
	if (text) {
		explicit_bzero(text, strlen(text));
	}
	free(text);
	return status;
}
