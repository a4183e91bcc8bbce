/* The syntax of the configuration's expressions: POSIX extended expressions, made into what PCRE2 reads. */
#ifndef APP_BASE_ERE_PRIVATE_H
#define APP_BASE_ERE_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>

#include "ical/err.h"

struct ere {
	char *text;           /* in PCRE2's syntax; the caller frees it */
	size_t groups;        /* pairs of parentheses */
	size_t repeat_max;    /* the largest number in braces that stands behind a single character */
	size_t element_count; /* characters, sets and anchors, each as often as the numbers in braces repeat it */
};

/* False: err holds what is wrong and at which character. */
bool ere_translate(const char *expression, struct ere *out_ere, struct err *err);

#endif
