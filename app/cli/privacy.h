/* `privacy-audit` searches everything that the kiosk keeps, shows and logs for a text that must not occur there. The
 * other commands answer what a data protection officer asks. */
#ifndef APP_CLI_PRIVACY_H
#define APP_CLI_PRIVACY_H

#include "app/screen/program.h"

/* Returns the exit status of the program: 0 when the text was not found, 1 when it was found or the search failed. */
int privacy_run(struct program *program);

/* The commands about what is kept lawfully; each returns the exit status. */
int privacy_record(struct program *program);
int privacy_extract(struct program *program);
int privacy_log(struct program *program);

#endif
