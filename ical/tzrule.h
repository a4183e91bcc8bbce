/* The rule by which a zone's offsets go on for ever: a TZ string of POSIX, as it ends a TZif file. */
#ifndef ICAL_TZRULE_H
#define ICAL_TZRULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum tzrule_form {
	TZRULE_WEEKDAY,    /* Mm.w.d: the w-th d-day of month m; week 5 is the last one */
	TZRULE_JULIAN,     /* Jn: day 1 to 365; 29 February is never counted */
	TZRULE_DAY_OF_YEAR /* n: day 0 to 365; 29 February is counted */
};

struct tzrule_date {
	enum tzrule_form form;
	int month, week, weekday; /* weekday 0 is Sunday */
	int day;
	int32_t time_s; /* local time of that day, from -167 to 167 hours */
};

struct tzrule {
	int32_t standard_s, summer_s; /* local = utc + offset */
	bool has_summer;
	struct tzrule_date begins, ends; /* of summer time, each on the clock that is valid until then */
};

/* False: the text is not of that form. */
bool tzrule_parse(const char *text, size_t length, struct tzrule *out_rule);

/* The instants at which summer time begins and ends in `year`. They may lie in a neighbouring year. */
int64_t tzrule_begin_utc(const struct tzrule *rule, int year);
int64_t tzrule_end_utc(const struct tzrule *rule, int year);

#endif
