/* Paints the maps in advance. A visitor who asks for one then waits no longer than for anything else. UI thread only.
 */
#ifndef APP_SCREEN_REHEARSE_H
#define APP_SCREEN_REHEARSE_H

#include "compose.h"
#include "app/draw/draw.h"

/* Returns a number for the text size, contrast and reach of a visit. */
int rehearse_look(const struct visit *visit);

/* Looks at each view that has a map, with the text size, contrast and reach of this visit. */
void rehearse_maps(const struct screen *screen, const struct snapshot *snapshot, const struct visit *now,
		   const struct model_time *time, struct draw *draw);

#endif
