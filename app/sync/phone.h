/* Finds telephone numbers in a text by their shape: Swedish ones, and those with a country code. Pure. */
#ifndef APP_PHONE_H
#define APP_PHONE_H

#include <stddef.h>

/* Returns the length in bytes of the number that begins exactly here, including its opening parenthesis; 0 none. Digits
 * that may as well be a date, a range of times, or the number of a file or room are no telephone number. */
size_t phone_length(const char *text);

#endif
