/* The parts of the wall. */
#ifndef APP_LAYOUT_WALL_PRIVATE_H
#define APP_LAYOUT_WALL_PRIVATE_H

#include "parts_private.h"

struct wall_form {
	struct font title, time, detail, heading, badge;
	int gap, pad_x, time_w;
	int card_h, bar_h; /* bar_h is added to the card of a meeting that has a bar */
};

struct wall_form wall_form(const struct plan *plan);

/* Returns whether the distance demands type that is larger than the design's, which changes the header. */
bool wall_is_large(const struct plan *plan);
int wall_header_height(const struct plan *plan, int width);
void wall_header_put(struct plan *plan, struct rect box);
/* Puts the office's announcements and takes their height from the top of `rest`. */
void notices_put(struct plan *plan, struct rect *rest);

/* Returns what the line of desks says, as long as the width allows: "Lediga nu: 3, 4 och 6 · 7 får tas". */
const char *desks_line(const struct plan *plan, struct font font, int width);

/* A card for each meeting of the day. */
int cards_height(const struct plan *plan, const struct wall_form *form, int width);
void cards_put(struct plan *plan, const struct wall_form *form, struct rect *rest);
/* Puts the red badge of a meeting that goes on. */
void badge_put(struct plan *plan, int parent, struct font font, struct rect box, const char *text);
int badge_width(const struct plan *plan, struct font font, const char *text);

/* When the room is free, and how many meetings have ended: below the list. */
int foot_height(const struct plan *plan, const struct wall_form *form, int width);
void foot_put(struct plan *plan, const struct wall_form *form, struct rect box);

/* The dense form: a line for each meeting here, with those elsewhere beside or below. What does not fit is counted. */
void rows_put(struct plan *plan, const struct wall_form *form, struct rect body);

/* Puts the coming meetings and takes what it uses from the top of `rest`; takes nothing when there is no room for one.
 */
void coming_put(struct plan *plan, struct rect *rest);
int coming_height(const struct plan *plan, int width, size_t shown);

/* Returns 0 when no host is to be shown, or when its words would not fit. */
int host_wall_height(const struct plan *plan, int width);
void host_wall_put(struct plan *plan, struct rect box);

#endif
