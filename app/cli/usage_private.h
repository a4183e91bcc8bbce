/* The report as it may be shown: tables of numbers, none of which is smaller than USAGE_LEAST. */
#ifndef APP_CLI_USAGE_PRIVATE_H
#define APP_CLI_USAGE_PRIVATE_H

#include <stdbool.h>
#include <stdint.h>

#include "app/base/arena.h"
#include "app/config/config.h"

enum usage_kind { USAGE_BY_DAY, USAGE_BY_HOUR, USAGE_BY_WEEKDAY, USAGE_BY_PLACE, USAGE_KIND_COUNT };

struct usage_row {
	const char *from, *to; /* as in the CSV: days, hours, weekdays, ids of places; to inclusive, but for hours */
	const char *label;     /* for people, in their language */
	uint32_t stays;
};

struct usage_table {
	struct usage_row *rows;
	size_t count;
};

struct usage_report {
	const struct config *config;
	int32_t from_day, through_day;
	uint32_t stays;
	bool is_too_few; /* fewer than USAGE_LEAST in all: no number is shown */
	struct usage_table tables[USAGE_KIND_COUNT];
	struct arena *arena; /* holds the rows and their texts */
};

void usage_print_html(const struct usage_report *report); /* a page of its own, in the language of i18n.h */

#endif
