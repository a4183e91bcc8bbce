/* See address.h. What stands between "://" and "/" is taken apart here, because libcurl would send a user and a
 * password that stand there without being asked, and its messages would name them. */
#include "address.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static int hex_value(char c)
{
	if (c >= '0' && c <= '9') {
		return c - '0';
	}
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Percent-decodes (RFC 3986 section 2.1). False: too long, or with a character that no user or password has. */
static bool decode(const char *text, size_t length, char *out, size_t size)
{
	size_t used = 0;
	for (size_t i = 0; i < length; i++) {
		int high = text[i] == '%' && i + 2 < length ? hex_value(text[i + 1]) : -1;
		int low = high >= 0 ? hex_value(text[i + 2]) : -1;
		unsigned char c = (unsigned char)text[i];
		if (low >= 0) {
			c = (unsigned char)(high * 16 + low);
			i += 2;
		}
		if (c < ' ' || c == 0x7f || used + 1 >= size) {
			return false;
		}
		out[used++] = (char)c;
	}
	out[used] = '\0';
	return true;
}

static bool read_login(const char *text, size_t length, struct address *out, struct err *err)
{
	const char *colon = memchr(text, ':', length);
	size_t user_length = colon ? (size_t)(colon - text) : length;
	bool ok = decode(text, user_length, out->user, sizeof(out->user)) &&
		  (!colon || decode(colon + 1, length - user_length - 1, out->password, sizeof(out->password)));
	return ok || err_set(err, "has a user or a password that is too long or has a character that none has");
}

/* `rest` is what stands behind the scheme. */
static bool read_rest(const char *scheme, const char *rest, struct address *out, struct err *err)
{
	size_t length = strcspn(rest, "/?#");
	const char *at = memrchr(rest, '@', length);
	const char *host = at ? at + 1 : rest;
	if (at && !read_login(rest, (size_t)(at - rest), out, err)) {
		return false;
	}
	if (host == rest + length || *host == ':') {
		return err_set(err, "names no server after %s; copy the whole address", scheme);
	}
	if (strpbrk(rest, " \t\r\n\"<>\\")) {
		return err_set(err, "has a space or another character that no address has; copy it again");
	}
	int written = snprintf(out->url, sizeof(out->url), "%s%s", scheme, host);
	if (written < 0 || (size_t)written >= sizeof(out->url)) {
		return err_set(err, "is longer than %d bytes; is it an address?", ADDRESS_MAX - 1);
	}
	return true;
}

static const char *after(const char *text, const char *scheme)
{
	size_t length = strlen(scheme);
	return strncasecmp(text, scheme, length) == 0 ? text + length : NULL;
}

bool address_read(const char *text, struct address *out, struct err *err)
{
	static const char *const schemes[] = {"https://", "webcal://", "webcals://"};
	*out = (struct address){0};
	for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++) {
		const char *rest = after(text, schemes[i]);
		if (rest) {
			bool ok = read_rest("https://", rest, out, err);
			if (!ok) {
				address_wipe(out);
			}
			return ok;
		}
	}
	return err_set(err, "is not an https address; it must begin with https:// (or webcal://, which is the same)");
}

static bool has_port(const char *host)
{
	const char *colon = strrchr(host, ':');
	char *end = NULL;
	long port = colon && colon[1] >= '0' && colon[1] <= '9' ? strtol(colon + 1, &end, 10) : 0;
	return port > 0 && port <= 65535 && (*end == '\0' || strcmp(end, "/") == 0);
}

bool address_read_proxy(const char *text, struct address *out, struct err *err)
{
	const char *scheme = "http://", *rest = after(text, scheme);
	*out = (struct address){0};
	if (!rest) {
		scheme = "https://";
		rest = after(text, scheme);
	}
	if (!rest) {
		return err_set(err, "is not a proxy's address; write it as \"http://proxy.example.org:3128\"");
	}
	bool ok = read_rest(scheme, rest, out, err);
	if (ok && !has_port(out->url + strlen(scheme))) {
		ok = err_set(err, "has no port at its end; write it as \"http://proxy.example.org:3128\"");
	}
	if (!ok) {
		address_wipe(out);
	}
	return ok;
}

void address_wipe(struct address *address)
{
	explicit_bzero(address, sizeof(*address));
}
