/* Finds out what has come to a collection on a CalDAV or WebDAV server, and what has gone, since the last time. It asks
 * for changes (RFC 6578); a server that does not know them is listed whenever its collection's tag has changed, and one
 * without such tags every time, so that plain WebDAV serves as well. It says what is to be asked and reads the answers;
 * somebody else sends the requests. */
#ifndef APP_SYNC_DAVLIST_H
#define APP_SYNC_DAVLIST_H

#include <stdbool.h>
#include <stddef.h>

#include "ical/err.h"
#include "ical/fetch.h"
#include "ical/multistatus.h"

enum { DAVLIST_TEXT_SIZE = DAV_TOKEN_MAX * 5 + 512 }; /* "&" takes five bytes in XML */

enum davlist_question {
	DAVLIST_ASK_CHANGES, /* since the token, or everything */
	DAVLIST_ASK_TAG,
	DAVLIST_ASK_NAMES
};

/* A server that was restored from a backup may count on from a lower number. It then says nothing of what it has lost,
 * but its token is another one although nothing has changed. */
enum davlist_calm {
	DAVLIST_CALM,
	DAVLIST_SUSPECT, /* a whole list was asked for to be sure */
	DAVLIST_RESTLESS /* its tokens change for no reason */
};

/* Zeroed: nothing is known. */
struct davlist {
	enum davlist_question question;
	char token[DAV_TOKEN_MAX];                                   /* "" none: the next list is whole */
	char tag[FETCH_VALIDATOR_MAX], new_tag[FETCH_VALIDATOR_MAX]; /* of the last list, and of the next */
	bool is_whole_part;  /* the list that is not at its end is a whole one */
	bool has_no_changes; /* the server does not know what has changed */
	bool tag_is_new;     /* and what it has is to be listed */
	bool has_no_ctag;
	bool tag_moves; /* a tag was seen to change, so that it can be relied on */
	enum davlist_calm calm;
	size_t parts; /* requests for the list that is not at its end */
};

enum davlist_outcome {
	DAVLIST_DONE,
	DAVLIST_MORE,  /* ask again for the rest */
	DAVLIST_ANEW,  /* what was passed on does not count; ask again */
	DAVLIST_FAILED /* err says why */
};

/* Returns the request whose answer is wanted next, without an address. It borrows `text`. */
struct fetch_request davlist_ask(struct davlist *list, char text[DAVLIST_TEXT_SIZE]);

/* Whether the list that davlist_ask asks for begins a whole one. */
bool davlist_begins_whole(const struct davlist *list);

/* Reads an answer with a body, which is overwritten. Passes on each object: with status 200 it is there, otherwise it
 * is gone; "" stands for an address that is too long. *out_is_whole: what was not passed on is not there, in this part
 * and those before it. `take` returns false when memory ran out. */
enum davlist_outcome davlist_take(struct davlist *list, struct fetch_result *result, multistatus_take *take,
				  void *context, bool *out_is_whole, struct err *err);

/* After a request that failed, returns whether something else may be asked instead: a token that the server does not
 * know any more is dropped, and a server that knows none is listed. */
bool davlist_can_ask_otherwise(struct davlist *list, const struct fetch_result *result);

/* Returns whether the status speaks of what was asked for, and not of who asked or of how the server is doing. */
bool davlist_is_about_question(const struct fetch_result *result);

/* Call it after each answer. False: the list never ends, and everything is forgotten. */
bool davlist_count(struct davlist *list, bool is_more, struct err *err);

void davlist_forget(struct davlist *list); /* the next list is whole */

#endif
