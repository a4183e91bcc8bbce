/* Converts the bytes of a body to lines of UTF-8 that end in a line feed: from UTF-16 of either byte order, with or
 * without a byte order mark, and from bare carriage returns. Bytes that are neither UTF-8 nor UTF-16 pass unchanged;
 * foreign.c later decides what they mean, text by text. */
#ifndef ICAL_ENCODING_H
#define ICAL_ENCODING_H

#include <stdbool.h>
#include <stddef.h>

#include "err.h"

struct encoding;

/* Receives the output, which lives until it returns. Returning false, with err filled, ends the feeding. */
struct encoding_sink {
	bool (*on_bytes)(void *context, const char *bytes, size_t length, struct err *err);
	void *context;
};

struct encoding *encoding_create(const struct encoding_sink *sink); /* NULL: out of memory. The sink is copied. */
void encoding_destroy(struct encoding *encoding);

bool encoding_feed(struct encoding *encoding, const char *bytes, size_t length, struct err *err);
bool encoding_finish(struct encoding *encoding, struct err *err); /* hands out bytes that were held back */

/* Returns whether the bytes of this whole body pass unchanged. */
bool encoding_is_plain(const char *body, size_t length);

#endif
