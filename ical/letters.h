/* What Unicode says about a character and drawing it depends on. */
#ifndef ICAL_LETTERS_H
#define ICAL_LETTERS_H

#include <stdbool.h>
#include <stdint.h>

/* The ISO 15924 name of the script that the character belongs to, such as "Latn"; never freed. NULL: it belongs to no
 * script or to several, as spaces, figures and most marks do. */
const char *letters_script(uint32_t character);

/* Shows nothing of its own: joiners, variation selectors, direction marks, tags. */
bool letters_is_invisible(uint32_t character);

#endif
