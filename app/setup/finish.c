/* The end: the picture and the difference, then everything is written, and the kiosk is started. */
#include "state_private.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/base/limits.h"

static bool show_picture(struct setup *setup)
{
	struct err err = {""};
	const char *picture = setup->options->preview;
	if (!picture) {
		return true;
	}
	if (!setup_preview(setup, picture, &err)) {
		dialog_say(&setup->dialog, "The picture could not be drawn: %s", "Bilden gick inte att rita: %s",
			   err.text);
		return false;
	}
	dialog_say(&setup->dialog, "The screen as it will be: %s", "Skärmen som den blir: %s", picture);
	return true;
}

/* Every calendar of the configuration that was tried has failed. */
static bool is_dead(const struct setup *setup)
{
	size_t feeds = config_edit_count(setup->edit, "feed");
	return feeds == 0 || (setup->failed > 0 && setup->failed >= feeds);
}

static bool confirm(struct setup *setup, bool *out)
{
	const char *text = config_edit_text(setup->edit);
	if (strcmp(text, setup->before) == 0) {
		dialog_say(&setup->dialog, "\nThe configuration stays as it is.",
			   "\nKonfigurationen förblir som den är.");
	} else {
		dialog_say(&setup->dialog, "\nWhat changes in %s:", "\nDetta ändras i %s:", setup->file);
		setup_print_diff(setup->dialog.out, setup->file, setup->before, text);
	}
	return dialog_agrees(&setup->dialog, true, out, "Write it?", "Skriva det?");
}

/* Writes everything. When that fails, somebody may make room on the disk and have it tried again, because the answers
 * may be nowhere else. Returns false when it failed for good. */
static bool write_all(struct setup *setup, bool is_asked, bool *out_changed)
{
	bool again = true;
	for (int tries = 1; again; tries++) {
		struct err err = {""};
		if (setup_install(setup, out_changed, &err)) {
			return true;
		}
		fprintf(stderr, "satellitkiosk setup: %s\n", err.text);
		again = is_asked && tries < SETUP_WRITES_MAX &&
			dialog_agrees(&setup->dialog, true, &again, "Try it again?", "Försöka igen?") && again;
	}
	return false;
}

static int install(struct setup *setup, bool is_asked)
{
	bool changed = false;
	if (!write_all(setup, is_asked, &changed)) {
		return EXIT_FAILURE;
	}
	if (is_asked) {
		unlink(setup->draft);
		dialog_say(&setup->dialog, "Written: %s, and the addresses to where only root can read them.",
			   "Skrivet: %s, och adresserna där bara root kan läsa dem.", setup->file);
	} else {
		puts(changed ? "changed" : "unchanged");
	}
	if (is_dead(setup)) {
		bool has_feeds = config_edit_count(setup->edit, "feed") > 0;
		fprintf(stderr, "%s\n",
			has_feeds
				? dialog_pick(&setup->dialog, "No calendar could be read, so the kiosk is not started.",
					      "Ingen kalender gick att läsa, så kiosken startas inte.")
				: dialog_pick(&setup->dialog, "There is no calendar yet, so the kiosk is not started.",
					      "Det finns ingen kalender än, så kiosken startas inte."));
	} else if (changed || is_asked) {
		setup_start(setup);
	}
	return EXIT_SUCCESS;
}

int setup_finish(struct setup *setup, bool is_asked)
{
	struct err err = {""};
	struct config *config = setup_read(setup, &err);
	bool is_wanted = true;
	if (!config) {
		fprintf(stderr, "satellitkiosk setup: %s\n", err.text);
		return EXIT_CONFIG;
	}
	config_destroy(config);
	if (!show_picture(setup) && !is_asked) {
		return EXIT_FAILURE;
	}
	if (is_asked && !confirm(setup, &is_wanted)) {
		return EXIT_FAILURE;
	}
	if (!is_wanted) {
		dialog_say(&setup->dialog, "Nothing is changed. The answers are kept; run setup again to go on.",
			   "Inget är ändrat. Svaren är sparade; kör setup igen för att fortsätta.");
		return EXIT_SUCCESS;
	}
	return install(setup, is_asked);
}
