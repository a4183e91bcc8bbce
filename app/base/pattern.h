/* The expressions of the configuration: POSIX extended expressions (regex(7)) over UTF-8. The administrator writes them
 * and strangers write the texts, so both the size of an expression and the work of a match are bounded. Work is
 * counted, not timed: a unit is about one character that is examined. */
#ifndef APP_BASE_PATTERN_H
#define APP_BASE_PATTERN_H

#include <stddef.h>
#include <stdint.h>

#include "ical/err.h"

struct pattern; /* immutable; any number of threads may match it, each with a matcher of its own */

enum pattern_form {
	PATTERN_ANYWHERE,
	PATTERN_WORDS /* matches in any case, and only where no letter, digit or underscore is adjacent */
};

/* Returns NULL when the expression is wrong; err then says what is wrong, and where in it. */
struct pattern *pattern_create(const char *expression, enum pattern_form form, struct err *err);
void pattern_destroy(struct pattern *pattern);
size_t pattern_groups(const struct pattern *pattern); /* pairs of parentheses */

struct matcher; /* what matching needs, for one thread at a time */

struct matcher *matcher_create(struct err *err);
void matcher_destroy(struct matcher *matcher);

enum match {
	MATCH_NONE,
	MATCH_FOUND,
	MATCH_GIVEN_UP, /* unknown, because it would have cost more than PATTERN_WORK_MAX or memory ran out */
};

struct match_part {
	size_t start, end; /* bytes */
};

/* out_part, which may be NULL, receives the part that the first group matched, or the whole match without a group;
 * start and end are 0 when that group took no part. Text that is not UTF-8 matches nothing. */
enum match matcher_find(struct matcher *matcher, const struct pattern *pattern, const char *text,
			struct match_part *out_part);

uint64_t matcher_work(const struct matcher *matcher); /* the units of work of all its matches */

#endif
