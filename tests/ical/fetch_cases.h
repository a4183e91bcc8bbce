/* The answers of a server, and what fetching makes of each: the table of test_fetch.c. */
#ifndef TESTS_ICAL_FETCH_CASES_H
#define TESTS_ICAL_FETCH_CASES_H

#include "ical/fetch.h"

static const char calendar[] = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\nEND:VCALENDAR\r\n";

struct fetch_case {
	const char *listener, *path;
	enum fetch_outcome outcome;
	enum fetch_failure failure;
	long status;
	const char *words;
	const char *body; /* of FETCH_NEW */
	int64_t retry_after_s;
};

#define GOOD(path, body) {"good", path, FETCH_NEW, FETCH_FAILURE_NONE, 200, "", body, 0}
#define CUT(path, words) {"good", path, FETCH_FAILED, FETCH_FAILURE_NO_CONTACT, 200, words, NULL, 0}
#define REFUSED(path, status, words) {"good", path, FETCH_FAILED, FETCH_FAILURE_REFUSED, status, words, NULL, 0}
#define RETRY(path, status, seconds) {"good", path, FETCH_FAILED, FETCH_FAILURE_REFUSED, status, "", NULL, seconds}
#define UNREACHED(listener, words) {listener, "/ok", FETCH_FAILED, FETCH_FAILURE_NO_CONTACT, 0, words, NULL, 0}

static const struct fetch_case cases[] = {
	GOOD("/ok", calendar),
	GOOD("/gzip", calendar),
	GOOD("/deflate", calendar),
	GOOD("/chunked", calendar),
	GOOD("/chunked_gzip", calendar),
	GOOD("/open_end", calendar),
	GOOD("/empty", ""),
	GOOD("/redirect/1", calendar),
	GOOD("/redirect/3", calendar),
	GOOD("/long", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//"),
	GOOD("/big/1", NULL),
	GOOD("/bomb/1", NULL),

	REFUSED("/redirect/4", 302, "too many times"),
	REFUSED("/loop", 301, "too many times"),
	REFUSED("/downgrade", 302, "not https"),
	REFUSED("/to_file", 302, "not https"),
	REFUSED("/nowhere", 302, "answered 302"),
	REFUSED("/status/401", 401, "sign-in"),
	REFUSED("/status/403", 403, "denies"),
	REFUSED("/status/404", 404, "no calendar"),
	REFUSED("/status/410", 410, "gone"),
	REFUSED("/status/429", 429, "too often"),
	REFUSED("/status/500", 500, "fault of its own"),
	REFUSED("/status/503", 503, "busy"),
	REFUSED("/status/204", 204, "answered 204"),
	REFUSED("/status/206", 206, "answered 206"),
	REFUSED("/unmodified", 304, "answered 304"), /* nothing was asked that could be answered so */

	RETRY("/retry_seconds/429/120", 429, 120),
	RETRY("/retry_seconds/503/7", 503, 7),
	RETRY("/retry_seconds/503/-5", 503, 0),
	RETRY("/retry_seconds/503/99999999999999999999", 503, FETCH_RETRY_AFTER_MAX_S),
	RETRY("/retry_seconds/503/soon", 503, 0),
	RETRY("/retry_seconds/404/120", 404, 0),
	RETRY("/retry_date", 503, 120),

	CUT("/short", "cut off"),
	CUT("/half_chunk", "cut off"),
	CUT("/no_last_chunk", "cut off"),
	CUT("/chunk_overrun", "cut off"),
	CUT("/broken_gzip", "compression"),
	CUT("/stall_body", "in time"),
	{"good", "/stall_head", FETCH_FAILED, FETCH_FAILURE_NO_CONTACT, 0, "in time", NULL, 0},
	{"good", "/stall_mid_head", FETCH_FAILED, FETCH_FAILURE_NO_CONTACT, 0, "in time", NULL, 0},
	{"good", "/to_expired", FETCH_FAILED, FETCH_FAILURE_NO_CONTACT, 302, "expired", NULL, 0},
	{"good", "/silence", FETCH_FAILED, FETCH_FAILURE_NO_CONTACT, 0, "without an answer", NULL, 0},
	{"good", "/garbage", FETCH_FAILED, FETCH_FAILURE_NO_CONTACT, 0, "not HTTP", NULL, 0},
	{"good", "/headers", FETCH_FAILED, FETCH_FAILURE_TOO_LARGE, 200, "larger", NULL, 0},
	{"good", "/big/3", FETCH_FAILED, FETCH_FAILURE_TOO_LARGE, 200, "larger", NULL, 0},
	{"good", "/bomb/3", FETCH_FAILED, FETCH_FAILURE_TOO_LARGE, 200, "larger", NULL, 0},

	UNREACHED("other", "another name"),
	UNREACHED("expired", "expired"),
	UNREACHED("selfsigned", "self-signed"),
	UNREACHED("plain", "secure connection"),
	UNREACHED("silent", "in time"),
};

/* Short enough for a test, long enough for a busy machine to answer in. */

#endif
