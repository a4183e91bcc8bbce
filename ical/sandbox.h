/* Shuts the process in: whatever a calendar may make its code do from here on, it can read stdin, write stdout and
 * stderr, take some memory, and exit. */
#ifndef ICAL_SANDBOX_H
#define ICAL_SANDBOX_H

#include <stdbool.h>

#include "err.h"

/* Call once everything that needs files has been loaded. Any other system call fails with EPERM afterwards; a CPU
 * limit ends the process with exit code 1 and a sentence on stderr. */
bool sandbox_enter(struct err *err);

#endif
