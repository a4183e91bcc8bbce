/* What the two halves of the places share: places.c has those that bookings name, and singles.c those of calendars that
 * name none. */
#ifndef APP_SETUP_PLACES_PRIVATE_H
#define APP_SETUP_PLACES_PRIVATE_H

#include "state_private.h"

bool places_has_id(const struct setup *setup, const char *id);

/* Returns where the numbers at the end of "Kontorsplats 1–8" begin. */
size_t places_stem(const char *text);

/* Reads "1-8, 10" as a set of numbers below `max`. Returns false when it is anything else. */
bool places_read_numbers(const char *text, bool *out, size_t max);

/* Returns how many digits a number has that is written with zeros in front, or 0. */
int places_width(const char *digits);

/* Asks which places there are of each sort that the bookings count. Returns false when the dialog has ended. */
bool places_ask_families(struct setup *setup, const struct setup_feed *feed);

#endif
