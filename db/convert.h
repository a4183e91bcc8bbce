/* The functions that the SQL of a migration may call. For opening.c only. */
#ifndef DB_CONVERT_H
#define DB_CONVERT_H

#include "store.h"

/* booking_name(uid): the name under which a booking is kept (identity.h); a name stays as it is.
 * checksum(value, …): the checksum (ical/sum.h) of texts and numbers in this order. */
bool convert_register(struct store *store, struct err *err);

#endif
