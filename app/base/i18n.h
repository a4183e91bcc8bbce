/* The visitor's language: GNU gettext with the English text as key. UI thread only (and tests). */
#ifndef APP_BASE_I18N_H
#define APP_BASE_I18N_H

#include <stdbool.h>

/* dir: the folder that holds <language>/LC_MESSAGES/satellitkiosk.mo */
void i18n_init(const char *dir);
void i18n_set_language(const char *language); /* "sv", "en"; one without a catalogue falls back to English */
const char *i18n_language(void);
bool i18n_has(const char *language); /* English, or there is a catalogue */
/* The language after this one, round and round through English and all catalogues; lives until the next i18n_init. */
const char *i18n_next(const char *language);
const char *i18n_name(const char *language); /* "Svenska", in the language itself */

/* Lives until the program ends. */
const char *tr(const char *text) __attribute__((format_arg(1)));
const char *tr_n(const char *one, const char *many, unsigned long n) __attribute__((format_arg(1), format_arg(2)));

/* Marks a text for translation where a call cannot stand. */
#define TR_MARK(text) text

#endif
