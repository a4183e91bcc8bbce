/* How an address is reached: through which proxy, trusting whom, as whom. */
#ifndef APP_SYNC_REACH_H
#define APP_SYNC_REACH_H

#include <stdbool.h>

#include "app/config/config.h"
#include "ical/address.h"
#include "ical/err.h"
#include "ical/fetch.h"

struct reach {
	const struct config_network *network; /* borrowed, like the others */
	const char *ca_file;                  /* NULL: the system's certificates */
	const char *credentials_dir;          /* NULL: none */
};

/* Begins `request`, completed by the address, its user and its password. Returns NULL when it cannot be asked, and err,
 * which contains nothing of the address, says why. */
struct fetch_transfer *reach_begin(const struct reach *reach, struct fetch *fetch, const struct address *own,
				   struct fetch_request request, struct err *err);

#endif
