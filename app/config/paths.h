/* Where things lie: beside the program (bin/ next to share/satellitkiosk/, in the build folder as when installed), the
 * configuration, and the folder that the databases live in. */
#ifndef APP_CONFIG_PATHS_H
#define APP_CONFIG_PATHS_H

#include "ical/err.h"

/* All results are malloc'ed; NULL: out of memory (or, where there is an err, what it says). */

char *paths_program(const char *name); /* a program in the same folder as this one */
char *paths_share(const char *name);   /* a file or folder of share/satellitkiosk */
char *paths_join(const char *folder, const char *name);

/* `given`, else /etc/satellitkiosk/kiosk.conf when it is there, else the packaged one. `given` may be NULL. */
char *paths_config(const char *given);

/* `given`, else $STATE_DIRECTORY, $XDG_STATE_HOME/satellitkiosk, for root the service's own when there is one, and at
 * last ~/.local/state/satellitkiosk; made with mode 0700 when it is missing. `given` may be NULL. */
char *paths_state(const char *given, struct err *err);

#endif
