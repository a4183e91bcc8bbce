/* The widget tree as JSON, for tests and for assistive tools. */
#ifndef APP_SCREEN_DUMP_H
#define APP_SCREEN_DUMP_H

#include <stdio.h>

#include "ical/err.h"
#include "app/layout/ui.h"

/* Writes one array with an object for every widget that can be read or reached, in reading order. */
bool dump_write(const struct ui *ui, FILE *file, struct err *err);

#endif
