/* Reads a credential, a file in the folder that systemd made for the service. It is read when it is needed, and the
 * caller wipes the result. There are two forms, see kiosk.conf(5): one address, which may have user:password@ before
 * the server's name, or lines of url = "…", user = "…" and password = "…". No message repeats anything from it. */
#ifndef APP_SYNC_CREDENTIAL_H
#define APP_SYNC_CREDENTIAL_H

#include <stdbool.h>

#include "ical/address.h"
#include "ical/err.h"

/* folder NULL or "": there is none. */
bool credential_read(const char *folder, const char *name, struct address *out, struct err *err);

/* Reads a user and a password; an address in the file, if any, is in out->url. */
bool credential_read_login(const char *folder, const char *name, struct address *out, struct err *err);

/* Reads a proxy's credential, which may hold only a user and a password; out->url is then "". */
bool credential_read_proxy(const char *folder, const char *name, struct address *out, struct err *err);

#endif
