/* The command `privacy-record`: the record of processing activities (article 30 of the GDPR) as far as the
 * configuration knows it, in Markdown and in the office's language. What only the office knows is left to be filled in.
 */
#include <stdio.h>
#include <stdlib.h>

#include "app/base/i18n.h"
#include "cli.h"
#include "privacy.h"

static void put_heading(const char *text)
{
	printf("\n## %s\n\n", text);
}

static void put_item(const char *text)
{
	printf("- %s\n", text);
}

static const char *kept_names(const struct config_feed *feed)
{
	static const char *const forms[] = {[NAMES_FULL] = TR_MARK("names in full"),
					    [NAMES_SHORT] = TR_MARK("first names with an initial"),
					    [NAMES_INITIALS] = TR_MARK("initials"),
					    [NAMES_NONE] = TR_MARK("no names")};
	bool has_persons = feed->kind == FEED_BOOKINGS && (feed->person || feed->names == NAMES_NONE);
	bool has_titles = feed->kind == FEED_MEETINGS || feed->kind == FEED_BOOKINGS;
	return has_persons ? tr(forms[feed->names]) : has_titles ? tr("titles of meetings") : tr("no personal data");
}

static void put_sources(const struct config *config)
{
	for (size_t i = 0; i < config->feed_count; i++) {
		const struct config_feed *feed = &config->feeds[i];
		printf("- %s: %s%s\n", feed->name, kept_names(feed),
		       feed->keeps_organizer ? tr(", and who booked a meeting") : "");
	}
}

int privacy_record(struct program *program)
{
	const struct config *config = program->config;
	i18n_set_language(program->options.language ? program->options.language : config->language);
	const char *blank = tr("(to be filled in by the office)");
	printf("# %s: %s\n", tr("Record of processing (GDPR, article 30)"), config->office);
	put_heading(tr("Controller"));
	printf("- %s%s%s\n", config->office, config->address ? ", " : "", config->address ? config->address : "");
	printf("- %s: %s\n", tr("Contact and data protection officer"), blank);
	printf("- %s: %s\n", tr("Legal basis"), blank);
	put_heading(tr("Purposes"));
	put_item(tr("To show who sits where today and which meetings are coming, and to let people check in."));
	put_item(tr("To give a booked desk to somebody else when nobody has come."));
	put_heading(tr("Persons and data"));
	put_item(tr("People who book a desk or a room: a name in the form below, where, and when."));
	put_item(
		tr("People who check in: the same, and the time of the check-in. Who takes a free desk is not named."));
	put_sources(config);
	put_item(tr("E-mail addresses, telephone numbers and descriptions are dropped before anything is stored."));
	put_heading(tr("Recipients"));
	put_item(tr("Whoever stands in front of the screen sees the names of the day."));
	put_item(config->share.name
			 ? tr("Check-ins are shared with the office’s other screens through the office’s own server.")
			 : tr("Nothing leaves the machine. There are no transfers to third countries."));
	put_heading(tr("Erasure"));
	printf(tr("- Bookings: when they have left the calendar, or are two days old.\n- Check-ins: after %d days.\n- "
		  "Numbers about "
		  "the use of desks and rooms, which name nobody: after ten years.\n"),
	       config->retention_days);
	put_heading(tr("Security"));
	put_item(tr("The databases can be read by the kiosk’s own user only. No port is open, and nobody logs in."));
	put_item(tr("The addresses of the calendars are kept apart, readable by the administrator only."));
	put_item(tr("Calendars are fetched over https with a valid certificate."));
	return EXIT_SUCCESS;
}
