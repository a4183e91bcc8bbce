/* One finger from touch to release: what it presses, and whether that was a tap. A tap counts where it began, and only
 * for the finger that began it. A finger that slides off, or whose button changes meanwhile, taps nothing. Pure. */
#ifndef APP_SCREEN_TAP_H
#define APP_SCREEN_TAP_H

#include <stdbool.h>
#include <stdint.h>

#include "app/layout/ui.h"
#include "app/model/visit.h"

struct tap {
	bool is_down;
	int64_t finger;
	bool is_pressing; /* the finger is on a button and has not slid off */
	/* The pressed button is kept by name, because trees come and go while a finger rests. */
	char widget[VISIT_ID_MAX];
	enum action_kind kind;
	enum view_kind view;
	char id[VISIT_ID_MAX], place[VISIT_ID_MAX];
	int number;
};

/* A zeroed struct is a finger that is up. Only the first finger that is down counts; others are ignored. */
void tap_down(struct tap *tap, const struct ui *ui, int64_t finger, int x, int y);
void tap_move(struct tap *tap, const struct ui *ui, int64_t finger, int x, int y);
/* Returns the button that was tapped, or NULL. */
const struct widget *tap_up(struct tap *tap, const struct ui *ui, int64_t finger, int x, int y);
void tap_cancel(struct tap *tap);

/* Returns the index of the pressed widget in this tree; -1 none. */
int tap_pressed(const struct tap *tap, const struct ui *ui);

#endif
