/* The properties of a component that the scanner keeps, by name. For scan.c only. */
#ifndef ICAL_KNOWN_H
#define ICAL_KNOWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "scan.h"

enum known_use {
	KNOWN_ANY,
	KNOWN_DESCRIPTION, /* only where somebody wants it */
	KNOWN_ATTENDEE,    /* only rooms and things */
	KNOWN_FREEBUSY     /* only in a VFREEBUSY */
};

struct known {
	const char *name;
	size_t length;
	enum scan_property property;
	enum known_use use;
	/* A bit for a property that must not occur more than once (RFC 5545 section 3.6.1); 0 when it may. */
	uint32_t once;
};

enum { KNOWN_LETTERS = 26, KNOWN_HINTS = 32, KNOWN_HINT_BYTES = 47 };

/* A beginning of a line, up to the colon or semicolon behind the name, and what it names; NULL nothing that is kept. */
struct known_hint {
	const struct known *known;
	unsigned char length;
	char name[KNOWN_HINT_BYTES];
};

/* The properties that begin with letter n are those from from[n] up to from[n + 1].
 *
 * The components of a calendar come from one program and have mostly the same properties in the same order. The hints
 * hold that order; what comes next is compared first. */
struct known_index {
	size_t from[KNOWN_LETTERS + 1];
	struct known_hint hints[KNOWN_HINTS];
	size_t hint_count, next;
};

void known_index_init(struct known_index *index);

/* A component begins. */
static inline void known_begin(struct known_index *index)
{
	index->next = 0;
}

/* Returns the property that the line names, or NULL when it is not kept or no property at all. `length` is not 0. */
const struct known *known_find(struct known_index *index, const char *line, size_t length);

#endif
