/* The error type of every layer: a sentence that says what went wrong, where, and what to do. Fallible functions return
 * false and fill the struct err * that they take as the last argument. */
#ifndef ICAL_ERR_H
#define ICAL_ERR_H

#include <stdbool.h>

#include "limits.h"

struct err {
	char text[ERR_TEXT_MAX];
};

/* Both always return false, so that a function can end with `return err_set(err, …)`. `err` may be NULL. */
bool err_set(struct err *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Puts "<formatted>: " before the text that is already there. */
bool err_prefix(struct err *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
