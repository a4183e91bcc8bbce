/* Draws a widget tree. The layout has decided every position and colour. UI thread only. */
#ifndef APP_DRAW_VIEW_H
#define APP_DRAW_VIEW_H

#include "draw.h"
#include "app/layout/ui.h"

/* The widgets that the visitor touches or has focused, as indices; -1 none. */
struct view_marks {
	int pressed; /* a finger is on it, so it looks pushed */
	int focused; /* it has the keyboard focus, so it gets a ring */
};

/* Call it between draw_begin and draw_end. */
void view_draw(struct draw *draw, const struct ui *ui, const struct view_marks *marks);
/* Draws and shows a frame: these parts of it, or all of it when they are NULL. Without a tree there is only paper.
 * Returns false when the window is lost. */
bool view_show(struct draw *draw, const struct ui *ui, const struct ui_parts *parts, const struct view_marks *marks);

/* Paints in advance what takes longer than a frame, for a tree that may be drawn later. */
void view_prepare(struct draw *draw, const struct ui *ui);

#endif
