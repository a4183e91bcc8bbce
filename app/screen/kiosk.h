/* The kiosk itself: connects the screen and the worker, and takes them down in order. UI thread. */
#ifndef APP_SCREEN_KIOSK_H
#define APP_SCREEN_KIOSK_H

#include "program.h"

/* Runs until a signal ends it. Logs errors and returns the exit status of the program. */
int kiosk_run(struct program *program);

#endif
