/* A feed's or a proxy's address taken apart: what is asked for, and who asks. webcal:// and webcals:// are names for
 * https:// (webcal has no port and no registration of its own). Addresses and passwords are secret, so no message
 * repeats any of them, and whoever holds a struct address wipes it. */
#ifndef ICAL_ADDRESS_H
#define ICAL_ADDRESS_H

#include <stdbool.h>

#include "err.h"
#include "netlimits.h"

struct address {
	char url[ADDRESS_MAX];       /* without user and password */
	char user[ADDRESS_USER_MAX]; /* as they are, not percent-encoded; "" none */
	char password[ADDRESS_PASSWORD_MAX];
};

/* The message begins with a verb: "names no server …". *out is wiped on failure. */
bool address_read(const char *text, struct address *out, struct err *err);
bool address_read_proxy(const char *text, struct address *out, struct err *err); /* http or https, with a port */

void address_wipe(struct address *address);

#endif
