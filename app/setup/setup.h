/* `satellitkiosk setup`: asks what the kiosk must know, or reads it from a file of answers, and writes the
 * configuration and the addresses. */
#ifndef APP_SETUP_SETUP_H
#define APP_SETUP_SETUP_H

#include "app/config/options.h"

/* Returns the exit status of the program. */
int setup_run(const struct options *options);

#endif
