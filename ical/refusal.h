/* How a server says no besides its status: the pages that it redirects to, its error headers, and the beginning of its
 * web page. The shapes are those that Exchange Online, sign-in services and servers under repair are known to send.
 * Nothing of what was seen is kept but the signs themselves. */
#ifndef ICAL_REFUSAL_H
#define ICAL_REFUSAL_H

#include <stdbool.h>
#include <stddef.h>

enum refusal_sign {
	REFUSAL_AGENT = 1 << 0,       /* the server wants a browser */
	REFUSAL_POLICY = 1 << 1,      /* the organisation forbids publishing */
	REFUSAL_UNPUBLISHED = 1 << 2, /* the calendar is not, or no longer, published under this address */
	REFUSAL_NO_MAILBOX = 1 << 3,
	REFUSAL_THROTTLED = 1 << 4,
	REFUSAL_MAINTENANCE = 1 << 5,
	REFUSAL_SIGN_IN = 1 << 6,    /* a redirect to a sign-in page or to a mailbox */
	REFUSAL_ERROR_PAGE = 1 << 7, /* a redirect to Outlook's error page, whatever that says */
	REFUSAL_PAGE = 1 << 8        /* the last answer is a web page */
};

/* Signs are collected in `signs`, a set of enum refusal_sign that begins empty. All texts are any bytes without NUL. */
void refusal_see_redirect(unsigned int *signs, const char *location);
void refusal_see_header(unsigned int *signs, const char *line); /* "Name: value"; any header but Location */
void refusal_see_page(unsigned int *signs, const char *bytes, size_t length);

/* Is it a web page by its first bytes, whatever its headers say? */
bool refusal_is_page(const char *bytes, size_t length);

#endif
