/* Counts of a feed's rows. */
#ifndef APP_CLI_ROWS_H
#define APP_CLI_ROWS_H

#include <stddef.h>

#include "app/config/config.h"
#include "app/office/snapshot.h"

size_t rows_count(const struct snapshot *snapshot, const struct config_feed *feed);
/* Returns in how many bookings `person` found nobody; 0 for a feed without `person`. Private bookings are not among
 * them, because no name is looked for there. */
size_t rows_unnamed(const struct snapshot *snapshot, const struct config_feed *feed);

#endif
