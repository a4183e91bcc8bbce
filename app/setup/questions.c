/* Questions about single keys. The configuration is read with each answer, so a wrong one is noticed when it is given,
 * and asked again. */
#include "state_private.h"

#include <stdlib.h>
#include <string.h>

#include "app/base/limits.h"
#include "app/config/paths.h"
#include "settings.h"
#include "sharing.h"

/* "sat, sun" → "{sat, sun}" */
static bool put_list(struct setup *setup, const char *section, size_t index, const char *key, const char *value)
{
	char *list = NULL;
	if (!value[0] || asprintf(&list, "{%s}", value) < 0) {
		return config_edit_set(setup->edit, section, index, key, NULL);
	}
	bool ok = config_edit_set_raw(setup->edit, section, index, key, list);
	free(list);
	return ok;
}

static bool put(struct setup *setup, const char *section, size_t index, const char *key, const char *value)
{
	if (config_edit_count(setup->edit, section) == 0 && !config_edit_add(setup->edit, section, NULL)) {
		return false;
	}
	if (!key) {
		return config_edit_set_title(setup->edit, section, index, value);
	}
	if (strcmp(key, "closed") == 0) {
		return put_list(setup, section, index, key, value);
	}
	/* A place's expression that is empty would match nothing; without one it takes all bookings. */
	return config_edit_set(setup->edit, section, index, key, value[0] ? value : NULL);
}

/* What Enter keeps. The caller frees it. */
static char *value_now(const struct setup *setup, const struct setting *setting, size_t index)
{
	char *value = NULL;
	if (!setting->key) {
		value = config_edit_title(setup->edit, setting->section, index);
	} else if (strcmp(setting->key, "closed") == 0) {
		char *raw = config_edit_get_raw(setup->edit, setting->section, index, setting->key);
		size_t length = raw ? strlen(raw) : 0;
		value = length > 2 ? strndup(raw + 1, length - 2) : NULL;
		free(raw);
	} else {
		value = config_edit_get(setup->edit, setting->section, index, setting->key);
	}
	return value ? value : strdup(setting->usual ? setting->usual : "");
}

/* Swedish words for the values that the file has in English. */
static const char *file_word(const char *answer)
{
	static const char *const words[][2] = {{"ja", "yes"},
					       {"nej", "no"},
					       {"vägg", "wall"},
					       {"rum", "room"},
					       {"skrivbord", "desk"},
					       {"plats", "desk"},
					       {"svenska", "sv"},
					       {"engelska", "en"},
					       {"hela", "full"},
					       {"korta", "short"},
					       {"initialer", "initials"},
					       {"inga", "none"},
					       {"frivillig", "optional"}};
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (strcasecmp(answer, words[i][0]) == 0) {
			return words[i][1];
		}
	}
	return answer;
}

static bool is_choice(const char *key)
{
	static const char *const keys[] = {"mode",    "language",  "kind",  "names",
					   "checkin", "organizer", "proxy", "loudspeaker"};
	for (size_t i = 0; key && i < sizeof(keys) / sizeof(*keys); i++) {
		if (strcmp(keys[i], key) == 0) {
			return true;
		}
	}
	return false;
}

/* Puts the answer in, and takes it back when the configuration would be wrong. */
static bool try_value(struct setup *setup, const struct setting *setting, size_t index, const char *answer)
{
	struct err err = {""};
	struct config_edit *before = config_edit_create(config_edit_text(setup->edit), NULL);
	const char *value = is_choice(setting->key) ? file_word(answer) : answer;
	bool is_put = before && put(setup, setting->section, index, setting->key, value);
	struct config *config = is_put ? setup_read(setup, &err) : NULL;
	if (config || !before) {
		config_edit_destroy(before);
		config_destroy(config);
		return true;
	}
	config_edit_destroy(setup->edit);
	setup->edit = before;
	dialog_say(&setup->dialog, "  \"%s\" cannot be used. %s", "  \"%s\" duger inte. %s", answer,
		   dialog_pick(&setup->dialog, setting->hint, setting->hint_swedish));
	return false;
}

bool setup_ask_setting(struct setup *setup, const char *section, size_t index, const char *key)
{
	const struct setting *setting = setting_of(section, key);
	bool is_done = false;
	while (setting && !is_done) {
		char *before = value_now(setup, setting, index), *answer = NULL;
		bool ok = dialog_ask(&setup->dialog, before, &answer, "%s", "%s",
				     dialog_pick(&setup->dialog, setting->english, setting->swedish));
		if (!ok) {
			free(before);
			return false;
		}
		/* Enter on a default writes nothing, so that the file stays as it is. */
		is_done = (before && strcmp(before, answer) == 0 && setting->key) ||
			  try_value(setup, setting, index, answer);
		free(before);
		free(answer);
	}
	setup_save_draft(setup);
	return true;
}

/* Reads "07:00-18:00" as the two. */
static bool ask_hours(struct setup *setup)
{
	const struct setting *opens = setting_of("office", "opens"), *closes = setting_of("office", "closes");
	for (;;) {
		char *from = value_now(setup, opens, 0), *to = value_now(setup, closes, 0), *answer = NULL;
		char now[2 * SETUP_LINE_MAX];
		snprintf(now, sizeof(now), "%s-%s", from ? from : "", to ? to : "");
		free(from);
		free(to);
		if (!dialog_ask(&setup->dialog, now, &answer, "Opening hours", "Öppettider")) {
			return false;
		}
		if (strcmp(now, answer) == 0) {
			free(answer);
			return true;
		}
		struct err err = {""};
		struct config_edit *before = config_edit_create(config_edit_text(setup->edit), NULL);
		char first[16] = "", last[16] = "";
		bool is_read = sscanf(answer, " %15[0-9:.] %*[^0-9] %15[0-9:.]", first, last) == 2;
		for (char *p = first; *p; p++) {
			*p = *p == '.' ? ':' : *p;
		}
		for (char *p = last; *p; p++) {
			*p = *p == '.' ? ':' : *p;
		}
		is_read = is_read && config_edit_set(setup->edit, "office", 0, "opens", first) &&
			  config_edit_set(setup->edit, "office", 0, "closes", last);
		struct config *config = is_read ? setup_read(setup, &err) : NULL;
		if (!config && before) {
			config_edit_destroy(setup->edit);
			setup->edit = before;
			before = NULL;
			dialog_say(&setup->dialog, "  \"%s\" cannot be used. Write two times, such as 07:00-18:00.",
				   "  \"%s\" duger inte. Skriv två klockslag, till exempel 07:00-18:00.", answer);
		}
		bool is_done = config != NULL;
		config_edit_destroy(before);
		config_destroy(config);
		free(answer);
		if (is_done) {
			setup_save_draft(setup);
			return true;
		}
	}
}

bool setup_ask_office(struct setup *setup)
{
	setup_section(setup, "office", NULL);
	if (!setup_ask_setting(setup, "office", 0, NULL) || !setup_ask_setting(setup, "office", 0, "address") ||
	    !ask_hours(setup)) {
		return false;
	}
	return setup_ask_setting(setup, "screen", 0, "mode") && setup_ask_setting(setup, "screen", 0, "language");
}

/* A section that can be changed under "more settings". */
struct subject {
	const char *section;
	size_t index;
	bool is_every; /* all places at once */
};

static void add_subject(struct subject *subjects, size_t *count, size_t max, struct subject subject)
{
	if (*count < max) {
		subjects[(*count)++] = subject;
	}
}

static void print_subject(struct setup *setup, const struct subject *subject, size_t number)
{
	static const char *const names[][3] = {{"office", "the office", "kontoret"},
					       {"screen", "the screen", "skärmen"},
					       {"checkin", "check-in", "incheckning"},
					       {"network", "network", "nätverk"},
					       {"speech", "speech", "tal"},
					       {"feed", "calendar", "kalendern"},
					       {"place", "place", "platsen"},
					       {"info", "card", "kortet"},
					       {"share", "sharing", "delningen"}};
	char *title = subject->is_every ? NULL : config_edit_title(setup->edit, subject->section, subject->index);
	const char *name = "";
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		name = strcmp(names[i][0], subject->section) == 0
			       ? dialog_pick(&setup->dialog, names[i][1], names[i][2])
			       : name;
	}
	name = subject->is_every ? dialog_pick(&setup->dialog, "all places", "alla platser") : name;
	fprintf(setup->dialog.out, "  %2zu  %s%s%s\n", number, name, title && title[0] ? " " : "", title ? title : "");
	free(title);
}

static size_t list_subjects(struct setup *setup, struct subject *subjects, size_t max)
{
	static const char *const single[] = {"office", "screen", "checkin", "speech", "network"};
	static const char *const many[] = {"share", "feed", "place", "info"};
	size_t count = 0;
	for (size_t i = 0; i < sizeof(single) / sizeof(*single); i++) {
		add_subject(subjects, &count, max, (struct subject){single[i], 0, false});
	}
	if (config_edit_count(setup->edit, "place") > 1) {
		add_subject(subjects, &count, max, (struct subject){"place", 0, true});
	}
	for (size_t i = 0; i < sizeof(many) / sizeof(*many); i++) {
		for (size_t j = 0; j < config_edit_count(setup->edit, many[i]); j++) {
			add_subject(subjects, &count, max, (struct subject){many[i], j, false});
		}
	}
	for (size_t i = 0; i < count; i++) {
		print_subject(setup, &subjects[i], i + 1);
	}
	return count;
}

static size_t list_keys(struct setup *setup, const struct subject *subject, const struct setting **out, size_t max)
{
	size_t count = 0;
	for (size_t i = 0; i < settings_count && count < max; i++) {
		if (strcmp(settings[i].section, subject->section) != 0) {
			continue;
		}
		char *value = value_now(setup, &settings[i], subject->index);
		bool is_secret = settings[i].key && strcmp(settings[i].key, "url") == 0;
		out[count++] = &settings[i];
		fprintf(setup->dialog.out, "  %2zu  %s: %s\n", count,
			dialog_pick(&setup->dialog, settings[i].english, settings[i].swedish),
			is_secret || !value || !value[0] ? "–" : value);
		free(value);
	}
	return count;
}

/* Gives every place the value that the first one was given. */
static void copy_to_all(struct setup *setup, const char *key)
{
	char *value = config_edit_get(setup->edit, "place", 0, key);
	for (size_t i = 1; i < config_edit_count(setup->edit, "place"); i++) {
		config_edit_set(setup->edit, "place", i, key, value);
	}
	free(value);
}

static bool ask_number(struct setup *setup, size_t max, size_t *out)
{
	char *answer = NULL;
	*out = 0;
	if (!dialog_ask(&setup->dialog, NULL, &answer, "Number (Enter: done)", "Siffra (retur: klar)")) {
		return false;
	}
	size_t number = (size_t)strtoul(answer, NULL, 10);
	*out = number <= max ? number : 0;
	free(answer);
	return true;
}

static bool change_subject(struct setup *setup, const struct subject *subject)
{
	const struct setting *keys[32];
	for (;;) {
		size_t count = list_keys(setup, subject, keys, sizeof(keys) / sizeof(*keys)), chosen = 0;
		if (!ask_number(setup, count, &chosen)) {
			return false;
		}
		if (chosen == 0) {
			return true;
		}
		if (!setup_ask_setting(setup, subject->section, subject->index, keys[chosen - 1]->key)) {
			return false;
		}
		if (subject->is_every && keys[chosen - 1]->key) {
			copy_to_all(setup, keys[chosen - 1]->key);
		}
	}
}

void setup_try_sharing(struct setup *setup, FILE *out)
{
	struct err err = {""};
	struct config *config = setup_read(setup, &err);
	char *path = config_edit_get(setup->edit, "share", 0, "path");
	char *ca_file = config_edit_get(setup->edit, "share", 0, "ca-file");
	char *store = paths_join(setup->root[0] ? setup->root : "/", "etc/credstore");
	if (config && config->share.name && store) {
		struct config_share share = config->share;
		/* The configuration was read from another folder than its own. */
		share.path = path ? setup_absolute(setup, path) : NULL;
		share.ca_file = ca_file ? setup_absolute(setup, ca_file) : NULL;
		fprintf(out, "  %s\n", dialog_pick(&setup->dialog, "Trying the sharing …", "Delningen provas …"));
		fflush(out);
		if (sharing_try(&share, store, &err)) {
			fprintf(out, "  %s\n",
				dialog_pick(&setup->dialog, "It works: an object was written, read and removed.",
					    "Den fungerar: ett objekt skrevs, lästes och togs bort."));
		} else {
			fprintf(out, "  %s: %s\n",
				dialog_pick(&setup->dialog, "It does not work yet", "Den fungerar inte än"), err.text);
		}
		fflush(out);
		free(share.path);
		free(share.ca_file);
	}
	free(store);
	free(path);
	free(ca_file);
	config_destroy(config);
}

/* A section that is wrong until all of its keys are there is asked for as a whole. */
static bool add_whole(struct setup *setup, const char *section, const char *const *keys, size_t count)
{
	char *title = NULL;
	struct err err = {""};
	if (!dialog_ask(&setup->dialog, strcmp(section, "share") == 0 ? "office" : NULL, &title, "Heading or name",
			"Rubrik eller namn")) {
		return false;
	}
	struct config_edit *before = config_edit_create(config_edit_text(setup->edit), NULL);
	bool ok = title[0] && config_edit_add(setup->edit, section, title);
	size_t index = ok ? config_edit_find(setup->edit, section, title) : 0;
	for (size_t i = 0; ok && i < count; i++) {
		const struct setting *setting = setting_of(section, keys[i]);
		char *answer = NULL;
		ok = dialog_ask(&setup->dialog, setting->usual, &answer, "%s", "%s",
				dialog_pick(&setup->dialog, setting->english, setting->swedish));
		ok = ok && put(setup, section, index, keys[i], answer);
		free(answer);
	}
	struct config *config = ok ? setup_read(setup, &err) : NULL;
	if (!config && before) {
		config_edit_destroy(setup->edit);
		setup->edit = before;
		before = NULL;
		dialog_say(&setup->dialog, "  That cannot be used as it is; it is not added. See kiosk.conf(5).",
			   "  Det går inte att använda som det är; det är inte med. Se kiosk.conf(5).");
	}
	config_edit_destroy(before);
	config_destroy(config);
	free(title);
	setup_save_draft(setup);
	return !setup->dialog.has_ended;
}

bool setup_more_settings(struct setup *setup)
{
	static const char *const card[] = {"text", "qr", "icon"};
	static const char *const sharing[] = {"url", "path", "credential", "box"};
	struct subject subjects[FEEDS_MAX + PLACES_MAX + INFOS_MAX + 8];
	bool is_wanted = false;
	if (!dialog_agrees(&setup->dialog, false, &is_wanted,
			   "More settings? (screen size, floor plan, check-in, proxy, equipment, information, sharing)",
			   "Fler inställningar? (skärmstorlek, ritning, incheckning, proxy, utrustning, information, "
			   "delning)")) {
		return false;
	}
	while (is_wanted) {
		size_t count = list_subjects(setup, subjects, sizeof(subjects) / sizeof(*subjects)), chosen = 0;
		dialog_say(&setup->dialog, "  %2zu  a new card of information\n  %2zu  sharing with other screens",
			   "  %2zu  ett nytt informationskort\n  %2zu  delning med andra skärmar", count + 1,
			   count + 2);
		if (!ask_number(setup, count + 2, &chosen)) {
			return false;
		}
		bool ok = true, is_tried = false;
		if (chosen == 0) {
			return true;
		} else if (chosen <= count) {
			ok = change_subject(setup, &subjects[chosen - 1]);
			is_tried = strcmp(subjects[chosen - 1].section, "share") == 0;
		} else if (chosen == count + 1) {
			ok = add_whole(setup, "info", card, sizeof(card) / sizeof(*card));
		} else {
			ok = add_whole(setup, "share", sharing, sizeof(sharing) / sizeof(*sharing));
			is_tried = true;
		}
		if (ok && is_tried) {
			setup_try_sharing(setup, setup->dialog.out);
		}
		if (!ok) {
			return false;
		}
	}
	return true;
}
