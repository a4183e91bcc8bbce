/* See tidy.h. An address has no blanks, so that what was broken into lines by a mail program is put together again,
 * unless the next piece begins an address of its own. */
#include "tidy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *const schemes[] = {"https://", "http://", "webcals://", "webcal://", "file://",
				      "/",        "~/",      "./",         "../"};

static const char *const marks[] = {"<", ">", "\"", "'", "“", "”", "„", "’", "‘",
				    "«", "»", "(",  ")", "[", "]", ",", ";"};

static size_t scheme_of(const char *text)
{
	for (size_t i = 0; i < sizeof(schemes) / sizeof(*schemes); i++) {
		if (strncasecmp(text, schemes[i], strlen(schemes[i])) == 0) {
			return strlen(schemes[i]);
		}
	}
	return 0;
}

/* Returns the length of a mark at the beginning of the text, or 0. */
static size_t mark_at(const char *text)
{
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
		if (strncmp(text, marks[i], strlen(marks[i])) == 0) {
			return strlen(marks[i]);
		}
	}
	return 0;
}

static size_t skip_marks(const char *text)
{
	size_t at = 0;
	while (text[at] == ' ' || mark_at(text + at)) {
		at += text[at] == ' ' ? 1 : mark_at(text + at);
	}
	return at;
}

/* "url = …", "URL:…" as a credential or a mail has it. */
static size_t skip_label(const char *text)
{
	static const char *const labels[] = {"caldav url", "url", "ics", "caldav", "adress", "address", "link", "länk"};
	for (size_t i = 0; i < sizeof(labels) / sizeof(*labels); i++) {
		size_t length = strlen(labels[i]);
		if (strncasecmp(text, labels[i], length) == 0) {
			size_t blanks = strspn(text + length, " ");
			char sign = text[length + blanks];
			if (sign == '=' || sign == ':') {
				return length + blanks + 1;
			}
		}
	}
	return 0;
}

/* Another address begins behind a blank, with a scheme of its own. */
static bool begins_next(const char *text)
{
	size_t scheme = scheme_of(text + skip_marks(text));
	return scheme > 3; /* a path may have blanks, so only what has "://" */
}

static void cut_marks(char *text)
{
	for (size_t length = strlen(text); length > 0; length = strlen(text)) {
		size_t cut = 0;
		for (size_t i = 0; i < sizeof(marks) / sizeof(*marks) && cut == 0; i++) {
			size_t own = strlen(marks[i]);
			bool is_paired = strcmp(marks[i], ")") == 0 && strchr(text, '(');
			cut = own <= length && strcmp(text + length - own, marks[i]) == 0 && !is_paired ? own : 0;
		}
		cut = cut == 0 && text[length - 1] == ' ' ? 1 : cut;
		if (cut == 0) {
			return;
		}
		text[length - cut] = '\0';
	}
}

static void cut_blanks(char *text)
{
	char *to = text;
	for (const char *from = text; *from; from++) {
		if (*from != ' ') {
			*to++ = *from;
		}
	}
	*to = '\0';
}

static char *join(const char *before, const char *text)
{
	char *out = NULL;
	return asprintf(&out, "%s%s", before, text) < 0 ? NULL : out;
}

/* Outlook shows two links to a published calendar, and the first one is a page. */
static void use_calendar(char *address)
{
	size_t length = strlen(address);
	const char page[] = "/calendar.html";
	if (length > strlen(page) && strcasecmp(address + length - strlen(page), page) == 0) {
		memcpy(address + length - strlen("html"), "ics", strlen("ics") + 1);
	}
}

static char *absolute(const char *path)
{
	const char *home = getenv("HOME");
	if (path[0] == '~' && home) {
		return join(home, path + 1);
	}
	char *found = realpath(path, NULL);
	return found ? found : strdup(path);
}

/* A host's name has a dot before its first slash. */
static bool is_host(const char *text)
{
	size_t host = strcspn(text, "/?#");
	const char *dot = memchr(text, '.', host);
	return dot && dot > text && dot[1] && text[host] == '/';
}

/* The address of a calendar on a CalDAV server ends in a slash, or stands where such servers have their calendars. */
static bool is_collection(const char *address)
{
	static const char *const places[] = {"/remote.php/dav/", "/SOGo/dav/", "/caldav.php/", "/dav.php/", "/caldav/"};
	bool is_inside = false;
	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++) {
		is_inside = is_inside || strcasestr(address, places[i]);
	}
	size_t length = strlen(address);
	return !strpbrk(address, "?#") && !strcasestr(address, ".ics") &&
	       (is_inside || (length > 0 && address[length - 1] == '/'));
}

static char *settle(char *text, enum tidy_kind *out_kind)
{
	size_t scheme = scheme_of(text);
	*out_kind = TIDY_NONSENSE;
	if (strncasecmp(text, "file://", 7) == 0) {
		*out_kind = TIDY_FILE;
		return strdup(text + 7 + (strncasecmp(text + 7, "localhost/", 10) == 0 ? 9 : 0));
	}
	if (scheme > 0 && scheme <= 3) {
		*out_kind = TIDY_FILE;
		return absolute(text);
	}
	cut_blanks(text);
	if (scheme == 0 && !is_host(text)) {
		return strdup(text);
	}
	bool is_plain_http = strncasecmp(text, "http://", 7) == 0;
	char *address = scheme == 0 || is_plain_http ? join("https://", text + (is_plain_http ? 7 : 0)) : strdup(text);
	if (address) {
		use_calendar(address);
		size_t length = strlen(address);
		bool is_page = strcasestr(address, "/bookings/") || strcasestr(address, "/bookwithme") ||
			       strcasestr(address, "/book/") ||
			       (length > 9 && strcasecmp(address + length - 9, "/bookings") == 0);
		bool is_calendar = strcasestr(address, ".ics") != NULL;
		*out_kind = is_page && !is_calendar  ? TIDY_BOOKING
			    : is_collection(address) ? TIDY_COLLECTION
						     : TIDY_ADDRESS;
	}
	return address;
}

bool tidy_next(const char **rest, enum tidy_kind *out_kind, char **out)
{
	const char *from = *rest + skip_marks(*rest);
	from += skip_label(from);
	from += skip_marks(from);
	size_t length = 0;
	while (from[length] && !(from[length] == ' ' && begins_next(from + length + 1))) {
		length++;
	}
	*rest = from + length;
	char *text = strndup(from, length);
	if (text) {
		cut_marks(text);
	}
	*out = text && text[0] ? settle(text, out_kind) : NULL;
	free(text);
	return *out != NULL;
}
