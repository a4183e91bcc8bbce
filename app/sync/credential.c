/* See credential.h. The lines are those of a curl configuration, so that the same file works with `curl --config`. */
#include "credential.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/limits.h"
#include "app/base/regular.h"

enum purpose { FOR_FEED, FOR_PROXY, FOR_LOGIN };

struct reading {
	const char *name;
	enum purpose purpose;
	struct address *out;
	char url[ADDRESS_MAX];
	int line;
	bool has_url, has_user, has_password;
	struct err *err;
};

static bool tell_line(const struct reading *reading, const char *what)
{
	return err_set(reading->err, "credential %s, line %d: %s", reading->name, reading->line, what);
}

static char *skip_blank(char *text)
{
	return text + strspn(text, " \t");
}

static void trim_end(char *text)
{
	size_t end = strlen(text);
	while (end > 0 && strchr(" \t\r", text[end - 1])) {
		text[--end] = '\0';
	}
}

/* Undoes "…" with \" and \\ in it, and '…' as it is. Without quotes a value goes to the end of the line. */
static bool unquote(const struct reading *reading, char *value)
{
	char quote = *value;
	char *to = value;
	if (quote != '"' && quote != '\'') {
		return true;
	}
	for (const char *from = value + 1; *from; from++) {
		if (*from == quote) {
			from += 1 + strspn(from + 1, " \t");
			*to = '\0';
			return *from == '\0' || *from == '#' || tell_line(reading, "something stands behind the value");
		}
		if (quote == '"' && *from == '\\' && (from[1] == '"' || from[1] == '\\')) {
			from++;
		}
		*to++ = *from;
	}
	return tell_line(reading, "a quotation mark is missing");
}

static bool store(struct reading *reading, const char *value, char *slot, size_t size, bool *has)
{
	size_t length = strlen(value);
	if (*has) {
		return tell_line(reading, "the same key was given before; remove one");
	}
	if (length >= size) {
		return tell_line(reading, "the value is too long");
	}
	for (const char *p = value; *p; p++) {
		if ((unsigned char)*p < ' ' || *p == 0x7f) {
			return tell_line(reading, "there is a control character in the value");
		}
	}
	memcpy(slot, value, length + 1);
	*has = true;
	return true;
}

/* "url = …". The value in *out_value; NULL when the line is no such thing. */
static const char *split_key(char *line, char **out_value)
{
	static const char *const keys[] = {"url", "user", "password"};
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		size_t length = strlen(keys[i]);
		char *rest = skip_blank(line + (strncmp(line, keys[i], length) == 0 ? length : 0));
		if (rest > line && *rest == '=') {
			*out_value = skip_blank(rest + 1);
			return keys[i];
		}
	}
	return NULL;
}

static bool read_line(struct reading *reading, char *line)
{
	char *value = NULL;
	struct address *out = reading->out;
	const char *key = split_key(line, &value);
	if (!key && (reading->has_url || reading->has_user || reading->has_password)) {
		return tell_line(reading, "only url, user and password can be given, each as key = \"value\"");
	}
	if (!key) { /* the address itself */
		return store(reading, line, reading->url, sizeof(reading->url), &reading->has_url);
	}
	if (!unquote(reading, value)) {
		return false;
	}
	if (strcmp(key, "url") == 0) {
		return store(reading, value, reading->url, sizeof(reading->url), &reading->has_url);
	}
	if (strcmp(key, "user") == 0) {
		return store(reading, value, out->user, sizeof(out->user), &reading->has_user);
	}
	return store(reading, value, out->password, sizeof(out->password), &reading->has_password);
}

static bool read_lines(struct reading *reading, char *text)
{
	char *rest = text;
	for (char *line = strsep(&rest, "\n"); line; line = strsep(&rest, "\n")) {
		reading->line++;
		line = skip_blank(line);
		trim_end(line);
		if (*line && *line != '#' && !read_line(reading, line)) {
			return false;
		}
	}
	return true;
}

/* curl writes both into user; RFC 7617 allows no colon in a user's name. */
static bool split_user(const struct reading *reading)
{
	struct address *out = reading->out;
	char *colon = strchr(out->user, ':');
	if (!colon || reading->has_password) {
		return true;
	}
	if (strlen(colon + 1) >= sizeof(out->password)) {
		return err_set(reading->err, "credential %s: the password is too long", reading->name);
	}
	strcpy(out->password, colon + 1);
	explicit_bzero(colon, strlen(colon));
	return true;
}

static bool read_url(const struct reading *reading)
{
	struct address parts;
	struct err reason;
	struct address *out = reading->out;
	bool ok = reading->purpose == FOR_PROXY ? address_read_proxy(reading->url, &parts, &reason)
						: address_read(reading->url, &parts, &reason);
	if (!ok) {
		return err_set(reading->err, "credential %s: its address %s", reading->name, reason.text);
	}
	if (parts.user[0] && reading->has_user) {
		ok = err_set(reading->err,
			     "credential %s: a user stands in the address and on a line of its own; keep one",
			     reading->name);
	} else {
		memcpy(out->url, parts.url, sizeof(out->url));
		if (!reading->has_user) {
			memcpy(out->user, parts.user, sizeof(out->user));
			memcpy(out->password, parts.password, sizeof(out->password));
		}
	}
	address_wipe(&parts);
	return ok;
}

static bool check_whole(const struct reading *reading)
{
	if (reading->has_password && !reading->has_user) {
		return err_set(reading->err, "credential %s: it has a password but no user; add user = \"…\"",
			       reading->name);
	}
	if (reading->has_url) {
		return read_url(reading);
	}
	if (reading->purpose != FOR_FEED && reading->has_user) {
		return true;
	}
	return err_set(reading->err,
		       "credential %s: there is no address in it; write one that begins with https://, or "
		       "url = \"https://…\"",
		       reading->name);
}

static bool read_text(struct reading *reading, char *text)
{
	if (strncmp(text, "\xff\xfe", 2) == 0 || strncmp(text, "\xfe\xff", 2) == 0) {
		return err_set(reading->err, "credential %s is in UTF-16; save it as UTF-8", reading->name);
	}
	text += strncmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
	return read_lines(reading, text) && split_user(reading) && check_whole(reading);
}

static bool read_bytes(const char *folder, const char *name, char *out, struct err *err)
{
	char path[4096];
	if (!folder || !*folder) {
		return err_set(err,
			       "credential %s: only the service has it; start the service, see satellitkiosk status",
			       name);
	}
	int length = snprintf(path, sizeof(path), "%s/%s", folder, name);
	if (length < 0 || (size_t)length >= sizeof(path) || strchr(name, '/') || name[0] == '.') {
		return err_set(err, "credential %s: that is no name of a credential", name);
	}
	if (!regular_slurp(path, out, CREDENTIAL_MAX)) {
		return err_set(err, "credential %s cannot be read: %s", name, regular_reason(errno));
	}
	return true;
}

static bool read_any(const char *folder, const char *name, enum purpose purpose, struct address *out, struct err *err)
{
	char text[CREDENTIAL_MAX];
	struct reading reading = {.name = name, .purpose = purpose, .out = out, .err = err};
	*out = (struct address){0};
	bool ok = read_bytes(folder, name, text, err) && read_text(&reading, text);
	explicit_bzero(text, sizeof(text));
	explicit_bzero(reading.url, sizeof(reading.url));
	if (!ok) {
		address_wipe(out);
	}
	return ok;
}

bool credential_read(const char *folder, const char *name, struct address *out, struct err *err)
{
	return read_any(folder, name, FOR_FEED, out, err);
}

bool credential_read_proxy(const char *folder, const char *name, struct address *out, struct err *err)
{
	return read_any(folder, name, FOR_PROXY, out, err);
}

bool credential_read_login(const char *folder, const char *name, struct address *out, struct err *err)
{
	return read_any(folder, name, FOR_LOGIN, out, err);
}
