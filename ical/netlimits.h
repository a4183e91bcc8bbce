/* The limits on what a feed's server and the separate reader may cost. The caps inside a calendar are in icslimits.h.
 * The structs exist so that tests need not wait for the real time-outs. */
#ifndef ICAL_NETLIMITS_H
#define ICAL_NETLIMITS_H

#include <stddef.h>
#include <stdint.h>

enum {
	ADDRESS_MAX = 8 << 10,          /* bytes of an address with the final NUL */
	ADDRESS_USER_MAX = 256,         /* bytes of a user's name with the final NUL */
	ADDRESS_PASSWORD_MAX = 1 << 10, /* bytes of a password with the final NUL */

	FETCH_BODY_MAX = 128 << 20,    /* bytes after decoding, whatever the server said about their number */
	FETCH_HELD_MAX = 192 << 20,    /* bytes of all answers that are held at the same time */
	FETCH_HEADERS_MAX = 256 << 10, /* bytes, over all redirects */
	FETCH_PAGE_MAX = 16 << 10,     /* bytes of a web page that are searched for what the server means by it */
	FETCH_LOCATION_MAX = 4 << 10,  /* bytes of a redirect's address that are searched likewise */
	FETCH_VALIDATOR_MAX = 1 << 10, /* bytes of an ETag or date that is kept; a longer one is not kept */
	FETCH_CONNECT_MS = 10 * 1000,  /* name look-up, TCP and TLS */
	FETCH_TOTAL_MS = 60 * 1000,    /* from the first packet to the last byte */
	FETCH_SLOW_BYTES = 200,        /* bytes a second; a transfer that is slower than this … */
	FETCH_SLOW_S = 15,             /* … for so many seconds is given up */
	FETCH_TURN_MS = 1000,          /* for which the next feed of a server waits until the one before it has come */
	FETCH_REDIRECTS_MAX = 3,
	FETCH_RETRY_AFTER_MAX_S = 60 * 60, /* the longest time for which a server can silence a feed */

	DAV_LIST_MAX = 64 << 20, /* bytes of a collection's list */
	DAV_TOKEN_MAX = 1 << 10, /* bytes of a token that says up to which change a collection was seen, with a NUL */
	DAV_HREF_MAX = 2 << 10,  /* bytes of the address of an object in a list, with a NUL */
	XML_DEPTH_MAX = 16,      /* elements inside elements of an answer */
	XML_BINDINGS_MAX = 32,   /* prefixes of namespaces that are in force at the same time */

	READER_DEADLINE_MS = 20 * 1000, /* wall clock, from start to exit */
	READER_OUTPUT_MAX = 128 << 20,  /* bytes of occurrences */
	READER_LINE_MAX = 1 << 20,      /* bytes of one occurrence */
	READER_OCCURRENCES_MAX = 200000,
	READER_REPORT_MAX = 64 << 10, /* bytes of its standard error; the rest is read and dropped */
	READER_SENTENCE_MAX = 128,    /* bytes of one sentence of its standard error that is passed on */
	READER_SKIP_REASONS_MAX = 24, /* reasons for skipped events that are counted apart */
	READER_REASON_MAX = 32,       /* bytes of such a reason with the final NUL */
	READER_UNREADABLE_MAX = 16,   /* objects that could not be read and whose numbers are kept */

	DIGEST_PAUSE_BYTES = 1 << 20, /* bytes of a calendar that are summed up before a command gets its turn */
	DIGEST_EVENTS_MAX = 500000,   /* a calendar with more events is read as a whole whenever something changes */
	DIGEST_EXCERPT_PART =
		4 /* the whole calendar is read when more than this fraction (a quarter) would have to be */
};

struct fetch_limits {
	size_t body_max;
	long connect_ms, total_ms;
	long slow_bytes, slow_s;
	size_t held_max; /* over all transfers at a time */
	long turn_ms;    /* 0: no feed waits for another */
};

struct reader_limits {
	int64_t deadline_ms;
	size_t output_max;
	size_t occurrences_max;
};

#endif
