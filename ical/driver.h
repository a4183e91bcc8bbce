/* Runs any number of libcurl's transfers at a time in the caller's thread. It never waits: one descriptor is readable
 * when there is something to do, and one call does it. */
#ifndef ICAL_DRIVER_H
#define ICAL_DRIVER_H

#include <stdbool.h>

#include "err.h"

struct driver; /* one thread at a time; it also keeps connections for the next transfer */

/* `on_end` is called from within driver_run, with the transfer's CURLOPT_PRIVATE and its CURLcode. */
struct driver *driver_create(void (*on_end)(void *private, int code), struct err *err);
void driver_destroy(struct driver *driver); /* after every transfer was removed */

/* `easy` is a CURL handle with all its options; the caller owns it and removes it before it is cleaned up. False: out
 * of memory. */
bool driver_add(struct driver *driver, void *easy);
void driver_remove(struct driver *driver, void *easy);

/* readable when driver_run has something to do, or when a watched descriptor is readable; for poll */
int driver_fd(const struct driver *driver);
bool driver_watch(struct driver *driver, int fd); /* a descriptor of the caller's. False: out of memory */

/* Does whatever can be done without waiting. Returns false when libcurl has failed as a whole and no transfer will end
 * any more. */
bool driver_run(struct driver *driver);

#endif
