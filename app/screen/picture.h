/* One picture of the screen, as a PNG file or as a widget tree, instead of a running kiosk. */
#ifndef APP_SCREEN_PICTURE_H
#define APP_SCREEN_PICTURE_H

#include "app/model/visit.h"
#include "program.h"

/* Carries out --screenshot and --dump-ui. Logs errors and returns the exit status of the program. */
int picture_run(struct program *program);

/* Sets the visit to the view that the options ask for. */
void picture_open_view(const struct options *options, const struct snapshot *snapshot, struct visit *visit);

#endif
