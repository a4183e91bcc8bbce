/* One finger from touch to release: what it presses, and whether that was a tap. A tap is given where it began, by
 * the finger that began it; a finger that slides off, or whose button becomes another meanwhile, taps nothing. Pure. */
#ifndef APP_SCREEN_TAP_H
#define APP_SCREEN_TAP_H

#include <stdbool.h>
#include <stdint.h>

#include "app/layout/ui.h"
#include "app/model/visit.h"

struct tap {
	bool is_down;
	int64_t finger;
	bool is_pressing; /* on something, and has not slid off */
	/* What is pressed, by name: trees come and go while a finger rests. */
	char widget[VISIT_ID_MAX];
	enum action_kind kind;
	enum view_kind view;
	char id[VISIT_ID_MAX], place[VISIT_ID_MAX];
	int number;
};

/* Zeroed is a finger that is up. Fingers other than the first one down are not listened to. */
void tap_down(struct tap *tap, const struct ui *ui, int64_t finger, int x, int y);
void tap_move(struct tap *tap, const struct ui *ui, int64_t finger, int x, int y);
/* The button that was tapped, or NULL. */
const struct widget *tap_up(struct tap *tap, const struct ui *ui, int64_t finger, int x, int y);
void tap_cancel(struct tap *tap);

/* The index of the pressed widget in this tree; -1 none. */
int tap_pressed(const struct tap *tap, const struct ui *ui);

#endif
