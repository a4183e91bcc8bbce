/* The visitor's language: the English text is the key, and a catalogue of GNU gettext holds the translation. UI thread
 * only (and tests). */
#ifndef APP_BASE_I18N_H
#define APP_BASE_I18N_H

#include <stdbool.h>

#include "ical/err.h"

/* Reads <dir>/<language>/LC_MESSAGES/satellitkiosk.mo for every language there is. A catalogue that cannot be read is
 * no language; err then says why, and is left as it is otherwise. */
void i18n_init(const char *dir, struct err *err);
void i18n_set_language(const char *language); /* "sv", "en"; one without a catalogue falls back to English */
const char *i18n_language(void);
bool i18n_has(const char *language); /* English, or there is a catalogue */
/* The language after this one, round and round through English and all catalogues; lives until the next i18n_init. */
const char *i18n_next(const char *language);
const char *i18n_name(const char *language); /* "Svenska", in the language itself */

/* The translations live until the next i18n_init. */
const char *tr(const char *text) __attribute__((format_arg(1)));
/* The same text may need different words: tr_in("room", "Free") is "Ledigt", tr_in("desk", "Free") is "Ledig". */
const char *tr_in(const char *context, const char *text) __attribute__((format_arg(2)));
const char *tr_n(const char *one, const char *many, unsigned long n) __attribute__((format_arg(1), format_arg(2)));

/* Marks a text for translation where a call cannot stand. */
#define TR_MARK(text) text

#endif
