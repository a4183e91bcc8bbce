/* Which municipality chairs the region in which year: a table with a source and a date, read from a file. A year that
 * no row covers is not guessed. Pure, except region_read. */
#ifndef APP_CONFIG_REGION_H
#define APP_CONFIG_REGION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ical/err.h"

enum region_role {
	REGION_CHAIR, /* of the council */
	REGION_VICE_CHAIR,
	REGION_KC_CHAIR, /* of the group of chief executives */
	REGION_KC_VICE_CHAIR,
	REGION_NO_ROLE
};

struct region_year {
	int year;
	char *host;
	char *kc_vice_chair;
	bool is_planned;              /* the year lies beyond what the plan itself covers */
	char *people[REGION_NO_ROLE]; /* the name of who has the role; "" not known */
};

struct region {
	char *name;            /* "Umeåregionen" */
	char *source;          /* "Verksamhetsplan Umeåregionen 2023–2027" */
	char *source_english;  /* the same in English; NULL when it is not written */
	char *dated;           /* when the table was last compared with it, as written in the file */
	char **municipalities; /* all municipalities, in the order of the ring */
	size_t municipality_count;
	struct region_year *years; /* ascending */
	size_t year_count;
};

/* Errors name the file and the line. Returns NULL on failure. The caller owns the result. */
struct region *region_read(const char *file, struct err *err);
void region_destroy(struct region *region);

/* Returns the role that "{chair}…" names, and the length with its braces. */
enum region_role region_role_of(const char *text, size_t *out_length);

const struct region_year *region_host(const struct region *region, int year); /* NULL when it is not decided */

#endif
