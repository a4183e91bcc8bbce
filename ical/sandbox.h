/* Shuts the process in: whatever a calendar may make its code do from here on, it can read stdin, write stdout and
 * stderr, read the system's time zones, take some memory, and exit.
 *
 * Which zones a calendar names is known only while it is read, and to read all of them first would take longer than
 * most calendars do. So the folder of the zones stays within reach, to be read and nothing else, where Landlock can
 * guarantee that (Linux 5.13 with landlock among its security modules, as Debian 12 and 13 have it). Where it cannot,
 * all zones are loaded now, and no file is in reach afterwards. */
#ifndef ICAL_SANDBOX_H
#define ICAL_SANDBOX_H

#include <stdbool.h>

#include "err.h"
#include "zoneinfo.h"

/* Call once everything else that needs files has been loaded. Any other system call fails with EPERM afterwards; a CPU
 * limit ends the process with exit code 1 and a sentence on stderr. `zoneinfo` NULL: no zones will be needed. */
bool sandbox_enter(struct zoneinfo *zoneinfo, struct err *err);

#endif
