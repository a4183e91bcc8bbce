/* Turns SDL's events of fingers, mouse and keys into actions. UI thread only. */
#ifndef APP_SCREEN_INPUT_H
#define APP_SCREEN_INPUT_H

#include <stdbool.h>

#include "app/model/action.h"
#include "tap.h"
#include "app/layout/ui.h"
#include "app/draw/view.h"

union SDL_Event;

struct input {
	int rotation;            /* rotation of the picture on the window, in degrees clockwise */
	int width_px, height_px; /* of the window */
	struct tap tap;
	bool by_keyboard;          /* the focus is shown */
	char focus[VISIT_ID_MAX];  /* id of the widget with the focus; "" none */
	char opener[VISIT_ID_MAX]; /* id of the widget from which the sheet was opened; "" none */
};

/* Returns true when the event means something; *out_action then says what, with strings borrowed from the tree. A sign
 * of life that is no command (a touch beside all buttons, a move of the focus) is ACTION_NONE. */
bool input_event(struct input *input, const struct ui *ui, const union SDL_Event *event, struct action *out_action);

/* Call it after a new tree: it keeps the focus where it was, or moves it to the first button of a new view. When a
 * sheet closes, the focus returns to the button from which the sheet was opened. */
void input_follow(struct input *input, const struct ui *ui);

struct view_marks input_marks(const struct input *input, const struct ui *ui);
/* Returns the area of the marks. */
struct rect input_marked(const struct view_marks *marks, const struct ui *ui);

#endif
