/* Writes a widget tree as a PNG file, with or without a display. */
#ifndef APP_DRAW_SCREENSHOT_H
#define APP_DRAW_SCREENSHOT_H

#include "ical/err.h"
#include "app/layout/ui.h"

struct walls;

/* `walls` are those of the floor plan; NULL: none. `share` is the folder that holds icons/. The file is written whole
 * or not at all. */
bool screenshot_write(const struct ui *ui, const struct walls *walls, const char *share, const char *png,
		      struct err *err);

#endif
