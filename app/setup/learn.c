/* Looks again at calendars from which nothing could be learnt when they were given. */
#include "state_private.h"

#include <stdlib.h>
#include <string.h>

/* Returns what a file of an address alone holds, as set-up writes it; NULL: there is none, or it has another form. */
static char *stored_address(const struct setup *setup, size_t index)
{
	char *name = config_edit_get(setup->edit, "feed", index, "credential"), *path = NULL;
	char *text = name && asprintf(&path, "%s/etc/credstore/%s", setup->root, name) > 0 ? setup_slurp(path) : NULL;
	free(name);
	free(path);
	if (text) {
		text[strcspn(text, "\r\n")] = '\0';
	}
	bool is_address = text && strstr(text, "://") && !strchr(text, '"');
	if (text && !is_address) {
		explicit_bzero(text, strlen(text));
		free(text);
		text = NULL;
	}
	return text;
}

/* Nothing could be learnt from a calendar that was empty when it was given: there is nobody, and every place was only
 * counted, or there is no place at all. */
static bool wants_learning(const struct setup *setup, size_t index)
{
	char *kind = config_edit_get(setup->edit, "feed", index, "kind"),
	     *name = config_edit_title(setup->edit, "feed", index);
	char *person = config_edit_get(setup->edit, "feed", index, "person");
	bool wants = name && !person && (!kind || strcmp(kind, "bookings") == 0) && !setup_feed_of(setup, name);
	for (size_t i = 0; wants && i < config_edit_count(setup->edit, "place"); i++) {
		char *feed = config_edit_get(setup->edit, "place", i, "feed");
		char *match = config_edit_get(setup->edit, "place", i, "match");
		wants = !feed || strcmp(feed, name) != 0 || match;
		free(feed);
		free(match);
	}
	free(kind);
	free(name);
	free(person);
	return wants;
}

/* Learns from such a calendar now. */
static void learn(struct setup *setup, size_t index)
{
	char *name = config_edit_title(setup->edit, "feed", index),
	     *path = config_edit_get(setup->edit, "feed", index, "path");
	char *address = stored_address(setup, index);
	struct setup_feed *feed = name && (path || address) ? setup_add_feed(setup, name) : NULL;
	if (feed) {
		feed->address = address;
		feed->is_secret = address != NULL;
		address = NULL;
		dialog_say(&setup->dialog, "  %s: fetching …", "  %s: hämtar …", name);
		if (setup_try_feed(setup, feed)) {
			setup_tell_found(setup, feed);
		} else {
			setup_tell_failure(setup, feed, setup->dialog.out);
		}
	}
	free(name);
	free(path);
	free(address);
}

void setup_learn_again(struct setup *setup)
{
	for (size_t i = 0; i < config_edit_count(setup->edit, "feed"); i++) {
		if (wants_learning(setup, i)) {
			learn(setup, i);
		}
	}
}
