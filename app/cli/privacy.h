/* `privacy-audit`: looks for texts that must be nowhere in everything that the kiosk keeps, shows and tells. */
#ifndef APP_CLI_PRIVACY_H
#define APP_CLI_PRIVACY_H

#include "app/screen/program.h"

/* Returns the program's exit status: 0 nowhere, 1 found or could not be looked for. */
int privacy_run(struct program *program);

#endif
