/* Says what failed and what to do about it. libcurl's own words are not used, because they name hosts and addresses,
 * which are secret. */
#ifndef ICAL_FETCHTEXT_H
#define ICAL_FETCHTEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "err.h"
#include "fetch.h"

/* An answer that is not the calendar: a status that is neither 200 nor an expected 304, or a web page. */
struct fetchtext_answer {
	long status;
	bool is_collection;    /* no feed was asked for, but a collection or what is in it */
	unsigned int signs;    /* enum refusal_sign */
	int64_t retry_after_s; /* 0 when the server gave none */
	bool has_login;        /* the credential has a user */
	bool offers_login;     /* a 401 asks for a kind of sign-in that we can do */
};

/* No whole answer: libcurl's code, which is not CURLE_OK. */
struct fetchtext_broken {
	int code;
	unsigned int signs; /* of the redirects before it */
	long verify_result; /* of the certificate, as OpenSSL numbers it */
	bool has_proxy;
	long proxy_status; /* the status of the proxy's answer; 0 none */
};

/* Codes for failures that libcurl has no code for. */
enum { FETCHTEXT_HEADERS_TOO_LARGE = -1 };

enum fetch_failure fetchtext_answer(const struct fetchtext_answer *answer, struct err *err);
enum fetch_failure fetchtext_broken(const struct fetchtext_broken *broken, struct err *err);

#endif
