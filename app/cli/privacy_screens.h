/* The part of the privacy audit that looks at the screens. */
#ifndef APP_CLI_PRIVACY_SCREENS_H
#define APP_CLI_PRIVACY_SCREENS_H

#include <stdbool.h>

#include "app/screen/program.h"
#include "audit.h"

/* Searches every screen that taps can reach from the home view, of kiosk and wall, in every language. */
bool audit_screens(struct audit *audit, struct program *program, size_t *out_screens, struct err *err);

#endif
