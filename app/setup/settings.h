/* What the configuration's keys are called and what they take, in both languages. */
#ifndef APP_SETUP_SETTINGS_H
#define APP_SETUP_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

struct setting {
	const char *section, *key; /* key NULL: the section's title */
	const char *english, *swedish;
	const char *hint, *hint_swedish; /* what a right answer looks like; shown after a wrong one */
	const char *usual;               /* the default of the program; NULL none */
};

extern const struct setting settings[];
extern const size_t settings_count;

const struct setting *setting_of(const char *section, const char *key); /* NULL: there is none */

#endif
