/* Requests over HTTPS, any number at a time, with bounds of our own: conditional GETs of feeds (RFC 9110 section 13),
 * and what a collection of a CalDAV or WebDAV server is asked (RFC 4791, 4918, 6578). An error text never contains the
 * address, because a feed's address is a secret. */
#ifndef ICAL_FETCH_H
#define ICAL_FETCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "err.h"
#include "netlimits.h"
#include "wait.h"

/* Exchange Online accepts only agents that name a browser's version. This agent does so, and still says what it is. */
#define FETCH_USER_AGENT "satellitkiosk/" KIOSK_VERSION " (Linux) like Chrome/139"

struct fetch;          /* a connection pool; one thread at a time */
struct fetch_transfer; /* one request that has been begun */

enum fetch_method {
	FETCH_GET,
	FETCH_GET_OBJECT, /* of a collection; redirects are not followed, neither here nor by what stands below */
	FETCH_PUT,        /* only where no object stands yet; otherwise the status is 412 */
	FETCH_DELETE,
	FETCH_PROPFIND,
	FETCH_REPORT
};

/* All strings are borrowed for the call only. Any of them but url may be NULL, which means none or the default. */
struct fetch_request {
	const char *url; /* https only, without a user */
	const char *user,
		*password; /* sent only to the url's own host and port, and only when the server asks for them */
	const char *etag;  /* "": unconditional */
	const char *last_modified; /* as the server wrote it; "": none */
	const char *ca_file;       /* NULL: the system's certificates */
	const char *user_agent;    /* NULL: FETCH_USER_AGENT */
	const char *proxy;         /* http://host:port or https://host:port; the environment is ignored */
	const char *proxy_user, *proxy_password;
	enum fetch_method method;
	const char *text; /* what PUT, PROPFIND and REPORT send; it is copied */
	bool is_deep;     /* of a PROPFIND: not only the collection, but also what is in it */
	bool is_basic;    /* user and password are sent before the server asks; see takes_basic */
	size_t body_max;  /* bytes of the answer; 0: as fetch_set_limits says */
};

enum fetch_outcome {
	FETCH_NEW,          /* the body is a whole, decoded answer; for PUT and DELETE: it is done */
	FETCH_NOT_MODIFIED, /* 304: the caller's copy still agrees with its source */
	FETCH_FAILED,       /* err says why; http_status is 0 when there was no answer */
	FETCH_STOPPED       /* wait->on_wake returned false, or the caller ended the transfer early */
};

enum fetch_failure {
	FETCH_FAILURE_NONE,
	FETCH_FAILURE_NO_CONTACT,   /* network, DNS, TLS, time-out, cut off */
	FETCH_FAILURE_REFUSED,      /* an answer with another status than is asked for, or a redirect that is not
				       followed */
	FETCH_FAILURE_NOT_CALENDAR, /* a web page */
	FETCH_FAILURE_TOO_LARGE,
	FETCH_FAILURE_SETUP /* the address or certificate file cannot be used, or memory ran out: the fault is on this
			       machine */
};

struct fetch_result {
	enum fetch_outcome outcome;
	enum fetch_failure failure;
	long http_status;
	char *body; /* NUL-terminated for convenience; it may contain NULs */
	size_t body_length;
	char *etag;            /* "" or NULL when none */
	char *last_modified;   /* likewise */
	int64_t server_utc;    /* what the server says it is now, when there is no failure; 0 nothing */
	int64_t retry_after_s; /* from Retry-After with 429 or 503; 0 when there was none */
	bool takes_basic;      /* it asked for user and password, and can be sent them before it asks again */
};

struct fetch *fetch_create(struct err *err);
void fetch_destroy(struct fetch *fetch); /* after every transfer was ended */

/* Sets other bounds than those of netlimits.h, for tests that must not wait. */
void fetch_set_limits(struct fetch *fetch, const struct fetch_limits *limits);

/* Begins a request. The call does no work and never waits; fetch_end reports failures. Returns NULL when memory ran
 * out. */
struct fetch_transfer *fetch_begin(struct fetch *fetch, const struct fetch_request *request);
bool fetch_is_done(const struct fetch_transfer *transfer);

/* The descriptor is readable when fetch_drive has something to do for any of the transfers. fetch_drive never waits. */
int fetch_fd(const struct fetch *fetch);
void fetch_drive(struct fetch *fetch);

/* Ends a transfer and returns its outcome; an unfinished transfer is broken off. out_result is always filled, and the
 * caller finishes it. */
enum fetch_outcome fetch_end(struct fetch_transfer *transfer, struct fetch_result *out_result, struct err *err);

/* Does all of that in one call: it blocks until there is an outcome and serves `wait` meanwhile (with NULL it cannot be
 * interrupted). out_result is always filled, and the caller finishes it. */
enum fetch_outcome fetch_get(struct fetch *fetch, const struct fetch_request *request, const struct wait *wait,
			     struct fetch_result *out_result, struct err *err);
void fetch_result_finish(struct fetch_result *result);

#endif
