/* Telephone numbers in a text, found by their shape: Swedish ones, and those with a country's code. Pure. */
#ifndef APP_PHONE_H
#define APP_PHONE_H

#include <stddef.h>

/* The length in bytes of the number that begins exactly here, its opening parenthesis included; 0: none. What may as
 * well be a date, a range of times of day or the number of a file or a room is none. */
size_t phone_length(const char *text);

#endif
