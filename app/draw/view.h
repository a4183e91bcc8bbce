/* Draws a widget tree. Decides nothing: what stands where in which colour is the layout's. UI thread only. */
#ifndef APP_DRAW_VIEW_H
#define APP_DRAW_VIEW_H

#include "draw.h"
#include "app/layout/ui.h"

/* What the visitor is doing, as indices of widgets; -1 none. */
struct view_marks {
	int pressed; /* a finger is on it: looks pushed */
	int focused; /* the keyboard is on it: wears a ring */
};

/* Between draw_begin and draw_end. */
void view_draw(struct draw *draw, const struct ui *ui, const struct view_marks *marks);

#endif
