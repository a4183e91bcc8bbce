/* A catalogue of translations as msgfmt writes it (GNU gettext manual, 10.3 "The Format of GNU MO Files"). It is read
 * here because the C library's gettext translates only under a locale that is installed, and Debian installs none but
 * C. Immutable after it was read; any thread. */
#ifndef APP_BASE_CATALOGUE_H
#define APP_BASE_CATALOGUE_H

#include <stddef.h>

#include "ical/err.h"

struct catalogue;

/* NULL and a filled err when the file cannot be read or is no catalogue. The caller destroys the result. */
struct catalogue *catalogue_read(const char *file, struct err *err);
void catalogue_destroy(struct catalogue *catalogue);

/* The translation of `text`, in `context` unless that is NULL. It lives as long as the catalogue. NULL: there is none.
 */
const char *catalogue_find(const struct catalogue *catalogue, const char *context, const char *text);
/* The form for n things, of the entry whose English singular is `one`. NULL: there is none. */
const char *catalogue_find_plural(const struct catalogue *catalogue, const char *one, unsigned long n);

#endif
