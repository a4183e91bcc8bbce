/* What a calendar's server may want before it hands the calendar out: a certificate authority that is trusted, another
 * user agent, a user and a password. */
#include "state_private.h"

#include <stdlib.h>
#include <string.h>

#include "ical/address.h"

static const char suggested_agent[] = "satellitkiosk (Linux) like Chrome/150";

bool setup_ask_ca_file(struct setup *setup, struct setup_feed *feed, bool *out_retry)
{
	char *file = NULL;
	if (!dialog_ask(&setup->dialog, setup->ca_file, &file, "  Certificate file (-: none)",
			"  Certifikatfil (-: ingen)")) {
		return false;
	}
	*out_retry = file[0] != '\0';
	if (*out_retry) {
		config_edit_set(setup->edit, "feed", config_edit_find(setup->edit, "feed", feed->name), "ca-file",
				file);
		free(setup->ca_file);
		setup->ca_file = strdup(file); /* the next calendar is probably on the same server */
	}
	free(file);
	return true;
}

/* For all calendars, unless they have one already that is not refused everywhere. */
static void use_agent(struct setup *setup, const struct setup_feed *feed, const char *agent)
{
	char *before = config_edit_get(setup->edit, "network", 0, "user-agent");
	if (before) {
		config_edit_set(setup->edit, "feed", config_edit_find(setup->edit, "feed", feed->name), "user-agent",
				agent);
	} else {
		config_edit_set(setup->edit, "network", setup_section(setup, "network", NULL), "user-agent", agent);
	}
	free(before);
}

bool setup_ask_agent(struct setup *setup, struct setup_feed *feed, bool *out_retry)
{
	char *agent = NULL;
	if (!dialog_ask(&setup->dialog, suggested_agent, &agent, "  User agent (-: none)", "  User agent (-: inget)")) {
		return false;
	}
	*out_retry = agent[0] != '\0';
	if (*out_retry) {
		use_agent(setup, feed, agent);
	}
	free(agent);
	return true;
}

/* Returns where the server's name begins, behind a user if there is one. */
static const char *server_of(const char *address)
{
	const char *authority = strstr(address, "://");
	authority = authority ? authority + 3 : address;
	size_t length = strcspn(authority, "/?#");
	const char *at = memrchr(authority, '@', length);
	return at ? at + 1 : authority;
}

static bool has_login(const char *address)
{
	const char *server = server_of(address);
	return server > address && server[-1] == '@';
}

bool setup_set_collection(struct setup *setup, size_t index, const char *address)
{
	char *plain = NULL;
	bool ok = !address || asprintf(&plain, "https://%s", server_of(address)) > 0;
	ok = ok && config_edit_set(setup->edit, "feed", index, "caldav", plain);
	free(plain);
	return ok;
}

/* Percent-encodes whatever has a meaning in an address. */
static char *encoded(const char *text)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
	char *out = malloc(3 * strlen(text) + 1), *to = out;
	for (const char *from = text; out && *from; from++) {
		if (strchr(plain, *from)) {
			*to++ = *from;
		} else {
			to += snprintf(to, 4, "%%%02X", (unsigned int)(unsigned char)*from);
		}
	}
	if (out) {
		*to = '\0';
	}
	return out;
}

static void wipe(char *text)
{
	if (text) {
		explicit_bzero(text, strlen(text));
	}
	free(text);
}

bool setup_ask_login(struct setup *setup, char **address)
{
	char *user = NULL, *password = NULL, *whole = NULL;
	bool ok = true;
	if (has_login(*address)) {
		return true;
	}
	dialog_say(
		&setup->dialog,
		"  That is a calendar on a CalDAV server. Who may read it there? Use a user of the kiosk's own who may "
		"only read, and an app password if the server has such.",
		"  Det är en kalender på en CalDAV-server. Vem får läsa den där? Använd en egen användare för kiosken "
		"som bara får läsa, och ett applösenord om servern har sådana.");
	ok = dialog_ask(&setup->dialog, NULL, &user, "  User (Enter: none)", "  Användare (retur: ingen)");
	if (ok && user[0]) {
		ok = dialog_ask_secret(&setup->dialog, &password, "  Password", "  Lösenord");
		char *user_text = ok ? encoded(user) : NULL, *password_text = ok ? encoded(password) : NULL;
		ok = user_text && password_text &&
		     asprintf(&whole, "https://%s:%s@%s", user_text, password_text, server_of(*address)) > 0;
		wipe(user_text);
		wipe(password_text);
	}
	if (whole) {
		wipe(*address);
		*address = whole;
	}
	free(user);
	wipe(password);
	return ok;
}
