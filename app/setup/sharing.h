/* Tries whether check-ins can be shared as configured: an object is written, read and removed, with the kiosk's code
 * and, when root asks, as its user. */
#ifndef APP_SETUP_SHARING_H
#define APP_SETUP_SHARING_H

#include <stdbool.h>

#include "app/config/config.h"
#include "ical/err.h"

/* `store`: the folder with the credential. What is left behind when it fails is skipped by the kiosks. */
bool sharing_try(const struct config_share *share, const char *store, struct err *err);

#endif
