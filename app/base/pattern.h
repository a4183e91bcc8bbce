/* The configuration's expressions: POSIX extended expressions (regex(7)) over UTF-8. The administrator writes them and
 * strangers write the texts, so both are bounded: how large an expression may be, and how much work a match may cost.
 * Work is counted, not timed: a unit is about a character that is looked at. */
#ifndef APP_BASE_PATTERN_H
#define APP_BASE_PATTERN_H

#include <stddef.h>
#include <stdint.h>

#include "ical/err.h"

struct pattern; /* never changes: any number of threads may match it, each with a matcher of its own */

enum pattern_form {
	PATTERN_ANYWHERE,
	PATTERN_WORDS /* in any case, and only where no letter, digit or underscore stands beside it */
};

/* NULL: err holds what is wrong with the expression, and where in it. */
struct pattern *pattern_create(const char *expression, enum pattern_form form, struct err *err);
void pattern_destroy(struct pattern *pattern);
size_t pattern_groups(const struct pattern *pattern); /* pairs of parentheses */

struct matcher; /* what matching needs, for one thread at a time */

struct matcher *matcher_create(struct err *err);
void matcher_destroy(struct matcher *matcher);

enum match {
	MATCH_NONE,
	MATCH_FOUND,
	MATCH_GIVEN_UP, /* it would have cost more than PATTERN_WORK_MAX, or memory ran out: not known */
};

struct match_part {
	size_t start, end; /* bytes */
};

/* out_part (may be NULL) becomes the part that the first group matched, or the whole match without a group; start and
 * end are 0 when that group took no part. What is not UTF-8 matches nothing. */
enum match matcher_find(struct matcher *matcher, const struct pattern *pattern, const char *text,
			struct match_part *out_part);

uint64_t matcher_work(const struct matcher *matcher); /* units, over all that it has matched */

#endif
