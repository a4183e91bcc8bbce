/* Words that are a person's name more often than anything else. Pure. */
#ifndef APP_SETUP_GIVEN_H
#define APP_SETUP_GIVEN_H

#include <stdbool.h>

/* Returns whether a word in small letters is a common given name, or ends like a family name; also as a genitive. */
bool given_is_name(const char *word);

#endif
