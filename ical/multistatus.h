/* What a collection answers when it is listed (RFC 4918 section 13, RFC 6578): objects, their states, and a token that
 * stands for what was listed. What a server wrote is foreign; it is read within bounds, and refused as a whole when it
 * is no whole document. Pure. */
#ifndef ICAL_MULTISTATUS_H
#define ICAL_MULTISTATUS_H

#include <stdbool.h>
#include <stddef.h>

#include "err.h"
#include "netlimits.h"

/* One object, or the collection itself. Texts that the server did not give are "". They live until the callback
 * returns. */
struct multistatus_item {
	const char *href;
	int status; /* 404: it is gone; 507: the list is cut off here; 200 otherwise, as far as it is known */
	bool is_collection, is_calendar, is_principal; /* a principal is a user's page on the server */
	const char *etag,
		*ctag;    /* of which a change shows that the object, or what is in the collection, has changed */
	const char *data; /* the object, as calendar-data */
	size_t data_length;
};

/* False ends the reading. */
typedef bool multistatus_take(void *context, const struct multistatus_item *item);

/* Reads the bytes, which are overwritten. `token` becomes the sync-token of the list; "" when there is none that can be
 * used. Items are passed on as they come, also those before a mistake is found. */
bool multistatus_read(char *bytes, size_t length, multistatus_take *take, void *context, char token[DAV_TOKEN_MAX],
		      struct err *err);

/* The last part of an object's address, decoded: its name in the collection. "" for a collection and for whatever is no
 * name of at most size - 1 bytes. */
void multistatus_name(const char *href, char *out, size_t size);

/* Copies a text for XML; false when it does not fit. */
bool multistatus_escape(const char *text, char *out, size_t size);

#endif
