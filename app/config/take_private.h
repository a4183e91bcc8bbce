/* Reads one value at a time from the configuration file as what it means: a number, a choice, a time of day, a pattern.
 * A key that is not set leaves *out as it is, so the caller sets defaults first. */
#ifndef APP_CONFIG_TAKE_PRIVATE_H
#define APP_CONFIG_TAKE_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>

#include "app/base/pattern.h"
#include "file.h"

struct taker {
	const struct config_file *source;
	const char *file;   /* for messages */
	const char *folder; /* the folder that relative paths start from */
	const char *section;
	size_t index;
	bool is_english; /* texts for visitors are wanted in English */
	struct err *err; /* receives the first mistake */
};

struct choice {
	const char *name;
	int value;
};

/* All return false after a mistake, which taker->err then holds as "file:line: key: what is wrong; what to do". */
bool take_text(const struct taker *taker, const char *key, char **out);
/* A text for visitors (see BILINGUAL): in English when that is wanted and written, else the text as it stands. */
bool take_words(const struct taker *taker, const char *key, char **out);
bool take_lines(const struct taker *taker, const char *key, char **out); /* the same, of one or several lines */
/* The English form alone, of a text that is no key, such as a section's name. */
bool take_english(const struct taker *taker, const char *key, char **out);
bool take_title(const struct taker *taker, size_t max, char **out);     /* the section's name, of 1 to max bytes */
bool take_code(const struct taker *taker, const char *key, char **out); /* what a QR code holds */
bool take_whole(const struct taker *taker, const char *key, int low, int high, const char *unit, int *out);
bool take_decimal(const struct taker *taker, const char *key, double low, double high, const char *unit, double *out);
bool take_bool(const struct taker *taker, const char *key, bool *out);
bool take_choice(const struct taker *taker, const char *key, const struct choice *choices, size_t count, int *out);
/* A list of choices; the bit of each one's value is set in *out. */
bool take_choices(const struct taker *taker, const char *key, const struct choice *choices, size_t count,
		  unsigned *out);
bool take_minutes(const struct taker *taker, const char *key, int *out); /* "07:00" … "24:00" */
bool take_pattern(const struct taker *taker, const char *key, enum pattern_form form, size_t groups, char **out);
bool take_path(const struct taker *taker, const char *key, char **out); /* made absolute */
/* An address, which no message repeats: of a feed, as address.h reads it; and one that visitors are shown, as a QR
 * code. */
bool take_url(const struct taker *taker, const char *key, char **out);
bool take_shown_url(const struct taker *taker, const char *key, char **out);
/* A file's name under $CREDENTIALS_DIRECTORY. */
bool take_credential(const struct taker *taker, const char *key, char **out);

/* Reports a mistake in this key, or in the section when the key is not set. Always returns false. */
bool tell_key(const struct taker *taker, const char *key, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
