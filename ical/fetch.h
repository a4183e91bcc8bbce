/* Conditional GETs over HTTPS (RFC 9110 section 13), any number at a time, with every bound of our own.
 * Never writes the address into an error text: a feed's address is a secret. */
#ifndef ICAL_FETCH_H
#define ICAL_FETCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "err.h"
#include "netlimits.h"
#include "wait.h"

/* Exchange Online lets only agents pass that name a browser's version, and this one says what it is. */
#define FETCH_USER_AGENT "satellitkiosk/" KIOSK_VERSION " (Linux) like Chrome/139"

struct fetch;          /* a connection pool; one thread at a time */
struct fetch_transfer; /* one GET that has been begun */

/* All strings are borrowed for the call only. NULL, in any of them but url: none, or the default. */
struct fetch_request {
	const char *url;             /* https only, without a user */
	const char *user, *password; /* for the url's own host and port, and only when that asks for them */
	const char *etag;            /* "": unconditional */
	const char *last_modified;   /* as the server wrote it; "": none */
	const char *ca_file;         /* NULL: the system's certificates */
	const char *user_agent;      /* NULL: FETCH_USER_AGENT */
	const char *proxy;           /* http://host:port or https://host:port; what the environment says is ignored */
	const char *proxy_user, *proxy_password;
};

enum fetch_outcome {
	FETCH_NEW,          /* body holds a whole, decoded answer */
	FETCH_NOT_MODIFIED, /* 304: what the caller has still agrees with its source */
	FETCH_FAILED,       /* err says why; http_status is 0 when there was no answer */
	FETCH_STOPPED       /* wait->on_wake returned false, or it was ended before it was done */
};

enum fetch_failure {
	FETCH_FAILURE_NONE,
	FETCH_FAILURE_NO_CONTACT,   /* network, DNS, TLS, time-out, cut off */
	FETCH_FAILURE_REFUSED,      /* an answer that is neither 200 nor 304, or a redirect that is not followed */
	FETCH_FAILURE_NOT_CALENDAR, /* a web page */
	FETCH_FAILURE_TOO_LARGE,
	FETCH_FAILURE_SETUP /* address or certificate file cannot be used, out of memory: ours to mend */
};

struct fetch_result {
	enum fetch_outcome outcome;
	enum fetch_failure failure;
	long http_status;
	char *body; /* NUL-terminated for convenience; NULs may stand inside */
	size_t body_length;
	char *etag;            /* "" or NULL when none */
	char *last_modified;   /* likewise */
	int64_t retry_after_s; /* from Retry-After on 429/503; 0: not said */
};

struct fetch *fetch_create(struct err *err);
void fetch_destroy(struct fetch *fetch); /* after every transfer was ended */

/* Other bounds than netlimits.h has: for tests that must not wait. */
void fetch_set_limits(struct fetch *fetch, const struct fetch_limits *limits);

/* Begins a GET. Nothing of it is done here, so nothing waits here; what fails is reported by fetch_end. NULL: out of
 * memory. */
struct fetch_transfer *fetch_begin(struct fetch *fetch, const struct fetch_request *request);
bool fetch_is_done(const struct fetch_transfer *transfer);

/* The descriptor is readable when fetch_drive has something to do for any of the transfers. It never waits. */
int fetch_fd(const struct fetch *fetch);
void fetch_drive(struct fetch *fetch);

/* The transfer's outcome; one that is not done is broken off. The transfer is gone after this. out_result is always
 * filled; the caller finishes it. */
enum fetch_outcome fetch_end(struct fetch_transfer *transfer, struct fetch_result *out_result, struct err *err);

/* All of that in one call: blocks until an outcome is there, serving `wait` meanwhile (NULL: cannot be interrupted).
 * out_result is always filled; the caller finishes it. */
enum fetch_outcome fetch_get(struct fetch *fetch, const struct fetch_request *request, const struct wait *wait,
			     struct fetch_result *out_result, struct err *err);
void fetch_result_finish(struct fetch_result *result);

#endif
