/* The kiosk itself: screen, worker and what lies between them, wired up and taken down in order. UI thread. */
#ifndef APP_SCREEN_KIOSK_H
#define APP_SCREEN_KIOSK_H

#include "program.h"

/* Until a signal ends it. Returns the program's exit status; what went wrong is logged. */
int kiosk_run(struct program *program);

#endif
