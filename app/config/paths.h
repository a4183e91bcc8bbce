/* Finds files: those beside the program (bin/ next to share/satellitkiosk/, in the build folder as well as when
 * installed), the configuration, and the folder of the databases. */
#ifndef APP_CONFIG_PATHS_H
#define APP_CONFIG_PATHS_H

#include "ical/err.h"

/* The caller frees every result. NULL means that memory ran out or, where there is an err, what err says. */

char *paths_program(const char *name); /* a program in the same folder as this one */
char *paths_share(const char *name);   /* a file or folder in share/satellitkiosk */
char *paths_join(const char *folder, const char *name);

/* Returns `given`, else /etc/satellitkiosk/kiosk.conf when it exists, else the packaged file. `given` may be NULL. */
char *paths_config(const char *given);

/* Returns the first of: `given`, $STATE_DIRECTORY, $XDG_STATE_HOME/satellitkiosk, for root the folder of the service
 * when it exists, and ~/.local/state/satellitkiosk. The folder is made with mode 0700 when it is missing. `given` may
 * be NULL. */
char *paths_state(const char *given, struct err *err);

#endif
