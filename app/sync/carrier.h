/* What carries check-ins from machine to machine: a collection on a CalDAV or WebDAV server, or a folder that is
 * mounted on all of them. It holds one object for each check-in, which is never changed. One request at a time. */
#ifndef APP_SYNC_CARRIER_H
#define APP_SYNC_CARRIER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/config/config.h"
#include "ical/err.h"
#include "ical/fetch.h"
#include "wire.h"

struct carrier;

enum carrier_op {
	CARRIER_LIST, /* what has come or gone since the last list, or everything */
	CARRIER_GET,
	CARRIER_PUT, /* never replaces an object */
	CARRIER_REMOVE
};

enum carrier_outcome {
	CARRIER_DONE,
	CARRIER_MORE,  /* of a list: ask again for the rest */
	CARRIER_TAKEN, /* there is an object of that name already */
	CARRIER_GONE,  /* there is no object of that name */
	CARRIER_FAILED /* err says why */
};

struct carrier_item {
	char name[WIRE_NAME_SIZE];
	bool is_gone;
};

struct carrier_answer {
	enum carrier_outcome outcome;
	char *body; /* of CARRIER_GET */
	size_t length;
	struct carrier_item *items; /* of CARRIER_LIST; only names of check-ins */
	size_t count;
	size_t foreign;   /* objects whose names are none */
	bool is_whole;    /* the list names everything; what it does not name is not there */
	int64_t date_utc; /* the time by the carrier's own clock; 0 unknown */
	int64_t retry_after_s;
};

struct carrier_kind {
	void (*destroy)(struct carrier *carrier);
	/* `text` is borrowed until the answer is taken. False: the request cannot be made; err says why. */
	bool (*begin)(struct carrier *carrier, enum carrier_op op, const char *name, const char *text, struct err *err);
	bool (*is_ready)(const struct carrier *carrier);
	void (*finish)(struct carrier *carrier, struct carrier_answer *out_answer, struct err *err);
	void (*stop)(struct carrier *carrier);   /* breaks off the request, if any */
	void (*forget)(struct carrier *carrier); /* the next list is whole */
};

struct carrier {
	const struct carrier_kind *kind;
};

/* NULL: out of memory. */
struct carrier *folder_create(const struct config_share *share);
struct carrier *dav_create(const struct config_share *share, struct fetch *fetch, const char *credentials_dir);

/* Adds a name to the list if it is one of a check-in, and else counts it. False: out of memory. */
bool carrier_list(struct carrier_answer *answer, const char *name, bool is_gone);
void carrier_answer_finish(struct carrier_answer *answer);

#endif
