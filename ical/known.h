/* The properties of a component that the scanner keeps, by name. For scan.c only. */
#ifndef ICAL_KNOWN_H
#define ICAL_KNOWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

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

enum { KNOWN_LETTERS = 26, KNOWN_HINTS = 32, KNOWN_HINT_BYTES = 80, KNOWN_TRUST = 4 };

/* A line of an earlier component, and what it names; NULL nothing that is kept. */
struct known_hint {
	const struct known *known;
	size_t name_length;  /* with the colon or semicolon behind it */
	size_t line_length;  /* without the line's end; 0 when the line is not known to repeat itself */
	size_t whole_length; /* with the line's end */
	unsigned char trust; /* how often it may still differ */
	char line[KNOWN_HINT_BYTES];
};

/* The properties that begin with letter n are those from from[n] up to from[n + 1].
 *
 * The components of a calendar come from one program and have mostly the same properties in the same order, many of
 * them with the same value. The hints hold that order; what comes next is compared first. */
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

/* Returns the hint whose whole line, line end included, stands at `bytes`; NULL when it is not the one that comes next.
 */
static inline const struct known_hint *known_repeated(struct known_index *index, const char *bytes, size_t length)
{
	struct known_hint *hint = &index->hints[index->next];

	if (index->next == index->hint_count || bytes[0] != hint->line[0] || hint->line_length == 0 ||
	    hint->whole_length > length || memcmp(hint->line, bytes, hint->whole_length) != 0) {
		return NULL;
	}
	hint->trust = KNOWN_TRUST;
	index->next++;
	return hint;
}

/* Returns the property that the line names, or NULL when it is not kept or no property at all. `length` is not 0.
 * `next`: the first byte behind the line's end, or NULL when the line's end is not at hand. */
const struct known *known_find(struct known_index *index, const char *line, size_t length, const char *next);

#endif
