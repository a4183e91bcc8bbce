/* See refusal.h. Names are looked for in any case and anywhere in the text, because the servers add and drop
 * namespaces, parameters and quotes around them. */
#include "refusal.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "netlimits.h"
#include "small.h"

struct shape {
	const char *text;
	enum refusal_sign sign;
};

/* .NET exceptions and their like, in owaError= of a redirect and in X-OWA-Error; in a page only as whole names, because
 * its scripts are full of words like these. */
static const struct shape exceptions[] = {
	{"OwaBasicUnsupported", REFUSAL_AGENT},
	{"ClientNotSupported", REFUSAL_AGENT},
	{"BrowserNotSupported", REFUSAL_AGENT},
	{"UnsupportedBrowser", REFUSAL_AGENT},
	{"UnsupportedUserAgent", REFUSAL_AGENT},
	{"NotAllowedPublishing", REFUSAL_POLICY},
	{"NotAllowedAnonymousSharing", REFUSAL_POLICY},
	{"ByPolicy", REFUSAL_POLICY},
	{"SharingPolicy", REFUSAL_POLICY},
	{"PolicyViolation", REFUSAL_POLICY},
	{"PublishingNotAllowed", REFUSAL_POLICY},
	{"PublishingDisabled", REFUSAL_POLICY},
	{"SharingDisabled", REFUSAL_POLICY},
	{"FolderNotPublished", REFUSAL_UNPUBLISHED},
	{"PublishedFolderAccessDenied", REFUSAL_UNPUBLISHED},
	{"NotPublished", REFUSAL_UNPUBLISHED},
	{"InvalidPublishingUrl", REFUSAL_UNPUBLISHED},
	{"PublishedCalendarNotFound", REFUSAL_UNPUBLISHED},
	{"MailboxNotFound", REFUSAL_NO_MAILBOX},
	{"NonExistentMailbox", REFUSAL_NO_MAILBOX},
	{"NoSuchMailbox", REFUSAL_NO_MAILBOX},
	{"UserNotFound", REFUSAL_NO_MAILBOX},
	{"UserHasNoMailbox", REFUSAL_NO_MAILBOX},
	{"MailboxDisabled", REFUSAL_NO_MAILBOX},
	{"ADObjectNotFound", REFUSAL_NO_MAILBOX},
	{"ObjectNotFound", REFUSAL_NO_MAILBOX},
	{"InvalidLicense", REFUSAL_NO_MAILBOX},
	{"OverBudget", REFUSAL_THROTTLED},
	{"Throttling", REFUSAL_THROTTLED},
	{"Throttled", REFUSAL_THROTTLED},
	{"TooManyRequests", REFUSAL_THROTTLED},
	{"ServerBusy", REFUSAL_THROTTLED},
	{"MailboxInTransit", REFUSAL_MAINTENANCE},
	{"MailboxInSiteFailover", REFUSAL_MAINTENANCE},
	{"MailboxInfoStale", REFUSAL_MAINTENANCE},
	{"MailboxOffline", REFUSAL_MAINTENANCE},
	{"MailboxUnavailable", REFUSAL_MAINTENANCE},
	{"WrongServerException", REFUSAL_MAINTENANCE},
	{"IllegalCrossServerConnection", REFUSAL_MAINTENANCE},
	{"TransientException", REFUSAL_MAINTENANCE},
	{NULL, 0},
};

/* Only in the sentence that Outlook's own page shows: the words are too common to look for elsewhere. */
static const struct shape sentences[] = {
	{"not supported on this browser", REFUSAL_AGENT},
	{"browser is not supported", REFUSAL_AGENT},
	{"browser isn't supported", REFUSAL_AGENT},
	{"policy doesn't allow", REFUSAL_POLICY},
	{"policy does not allow", REFUSAL_POLICY},
	{"sharing policy", REFUSAL_POLICY},
	{NULL, 0},
};

/* In a page's title. */
static const struct shape titles[] = {
	{"maintenance", REFUSAL_MAINTENANCE},
	{"underh\xc3\xa5ll", REFUSAL_MAINTENANCE},
	{"too many requests", REFUSAL_THROTTLED},
	{NULL, 0},
};

/* Hosts that do nothing but sign people in, as they stand behind "https://". */
static const char *const sign_in_hosts[] = {"login.",    "signin.",  "sts.", "adfs.", "sso.",   "idp.", "auth.",
					    "accounts.", "account.", "id.",  "fs.",   "logon.", NULL};

/* Parts of a path or query. */
static const char *const sign_in_parts[] = {"logon.aspx",   "/login",         "/signin",    "/sign-in",
					    "/sign_in",     "/logon",         "/adfs/",     "/saml",
					    "samlrequest=", "/oauth2/",       "/oauth/",    "/openid",
					    "wa=wsignin",   "/wsfed",         "/sso/",      "/auth/realms/",
					    "/authorize",   "response_type=", "/accounts/", "/konto/",
					    "/inloggning",  "/logga-in",      NULL};

static void add_matches(unsigned int *signs, const struct shape *shapes, const char *text)
{
	for (size_t i = 0; shapes[i].text; i++) {
		if (strcasestr(text, shapes[i].text)) {
			*signs |= (unsigned int)shapes[i].sign;
		}
	}
}

/* The identifier that `text` begins with ends with "Exception". */
static bool is_exception(const char *text)
{
	static const char ending[] = "Exception";
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
	size_t length = strspn(text, letters), wanted = strlen(ending);
	return length >= wanted && strncasecmp(text + length - wanted, ending, wanted) == 0;
}

static void add_named(unsigned int *signs, const char *page)
{
	for (size_t i = 0; exceptions[i].text; i++) {
		const char *found = strcasestr(page, exceptions[i].text);
		while (found && !is_exception(found)) {
			found = strcasestr(found + 1, exceptions[i].text);
		}
		*signs |= found ? (unsigned int)exceptions[i].sign : 0;
	}
}

static bool has_any(const char *text, const char *const *parts)
{
	for (size_t i = 0; parts[i]; i++) {
		if (strcasestr(text, parts[i])) {
			return true;
		}
	}
	return false;
}

/* The host's name in an absolute address or one that keeps its scheme ("//host/"); NULL: the same server. */
static const char *host_of(const char *location)
{
	if (small_begins_with(location, "https://")) {
		return location + strlen("https://");
	}
	if (small_begins_with(location, "http://")) {
		return location + strlen("http://");
	}
	return small_begins_with(location, "//") ? location + 2 : NULL;
}

static bool is_sign_in_host(const char *host)
{
	for (size_t i = 0; host && sign_in_hosts[i]; i++) {
		if (small_begins_with(host, sign_in_hosts[i])) {
			return true;
		}
	}
	return false;
}

/* A mailbox's own page: https://outlook.office365.com/mail/, or /owa/ without anything behind it. */
static bool is_mailbox(const char *path)
{
	static const char *const pages[] = {"/mail", "/owa", "/calendar", NULL};
	for (size_t i = 0; pages[i]; i++) {
		size_t length = strlen(pages[i]);
		if (small_begins_with(path, pages[i])) {
			const char *rest = path + length + (path[length] == '/');
			return *rest == '\0' || *rest == '?' || *rest == '#' || (i == 0 && path[length] == '/');
		}
	}
	return false;
}

void refusal_see_redirect(unsigned int *signs, const char *location)
{
	const char *host = host_of(location);
	const char *path = host ? strpbrk(host, "/?#") : location;
	path = path ? path : "";
	add_matches(signs, exceptions, path);
	if (strcasestr(path, "/auth/error")) { /* errorfe.aspx, error.aspx */
		*signs |= REFUSAL_ERROR_PAGE;
	} else if (is_sign_in_host(host) || is_mailbox(path) || has_any(path, sign_in_parts)) {
		*signs |= REFUSAL_SIGN_IN;
	}
}

void refusal_see_header(unsigned int *signs, const char *line)
{
	static const char *const names[] = {"X-OWA-Error:",    "X-Auth-Error:",        "X-InnerException:",
					    "X-Mserv-Error:",  "X-BEServerException:", "X-OWA-ExtendedErrorCode:",
					    "X-CasErrorCode:", "X-Calendar-Error:",    NULL};
	for (size_t i = 0; names[i]; i++) {
		if (small_begins_with(line, names[i])) {
			add_matches(signs, exceptions, line);
		}
	}
}

static const char *skip_blank(const char *bytes, const char *end)
{
	if (end - bytes >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
		bytes += 3;
	}
	while (bytes < end && strchr(" \t\r\n", *bytes) && *bytes) {
		bytes++;
	}
	return bytes;
}

bool refusal_is_page(const char *bytes, size_t length)
{
	const char *end = bytes + length;
	const char *first = skip_blank(bytes, end);
	return first < end && *first == '<';
}

void refusal_see_page(unsigned int *signs, const char *bytes, size_t length)
{
	char page[FETCH_PAGE_MAX + 1];
	size_t used = length < FETCH_PAGE_MAX ? length : FETCH_PAGE_MAX;
	for (size_t i = 0; i < used; i++) {
		page[i] = bytes[i] ? bytes[i] : ' ';
	}
	page[used] = '\0';
	if (refusal_is_page(page, used)) {
		*signs |= REFUSAL_PAGE;
	}
	add_named(signs, page);
	add_matches(signs, sentences, page);
	char *title = strcasestr(page, "<title");
	char *title_end = title ? strcasestr(title, "</title") : NULL;
	if (title_end) {
		*title_end = '\0';
		add_matches(signs, titles, title);
	}
}
