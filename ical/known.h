/* The properties of a component that are kept, by name. Private to the scanner. */
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
	/* RFC 5545 section 3.6.1: MUST NOT occur more than once. A bit of its own; 0: may occur more often. */
	uint32_t once;
};

enum { KNOWN_LETTERS = 26 };

/* The properties that begin with letter n are those from from[n] up to from[n + 1]. */
struct known_index {
	size_t from[KNOWN_LETTERS + 1];
};

void known_index_init(struct known_index *index);

/* The property that the line's name is; NULL: none that is kept, or no property at all. `length` is not 0. */
const struct known *known_find(const struct known_index *index, const char *line, size_t length);

#endif
