/* Which municipality chairs the region in which year: a table with a source and a date, read from a file. A year that
 * no row covers is not guessed. Pure, except region_read. */
#ifndef APP_CONFIG_REGION_H
#define APP_CONFIG_REGION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ical/err.h"

struct region_year {
	int year;
	char *host;
	char *kc_vice_chair;
	bool is_planned; /* the year lies beyond what the plan itself covers */
};

struct region {
	char *name;            /* "Umeåregionen" */
	char *source;          /* "Verksamhetsplan Umeåregionen 2023–2027" */
	char *dated;           /* the date of the source, as written in the file */
	char **municipalities; /* all municipalities, in the order of the ring */
	size_t municipality_count;
	struct region_year *years; /* ascending */
	size_t year_count;
};

/* Errors name the file and the line. Returns NULL on failure. The caller owns the result. */
struct region *region_read(const char *file, struct err *err);
void region_destroy(struct region *region);

const struct region_year *region_host(const struct region *region, int year); /* NULL when it is not decided */

#endif
