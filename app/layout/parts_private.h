/* The parts of the screens. A `_put` function fills the place that it is given; a `_height` function returns in advance
 * how much height the part would like. */
#ifndef APP_LAYOUT_PARTS_PRIVATE_H
#define APP_LAYOUT_PARTS_PRIVATE_H

#include "put_private.h"

int header_height(const struct plan *plan, int width);
void header_put(struct plan *plan, struct rect box);

/* The hint and the age of the data, and the buttons. */
int footer_height(const struct plan *plan);
void footer_put(struct plan *plan, struct rect box);
const char *footer_note(const struct plan *plan); /* "" none */

/* What the icons in the grid mean: the height is 0 when there is nothing to explain. */
int states_height(const struct plan *plan, int width);
void states_put(struct plan *plan, int parent, struct rect box);

int footer_room(const struct plan *plan); /* the width beside its buttons */

/* What the last visitor did, with its undo; it stands in the footer, or above it. */
int undo_height(const struct plan *plan); /* 0: there is nothing to undo */
bool undo_fits(const struct plan *plan, int width);
void undo_strip_put(struct plan *plan, struct rect box);
/* Where the footer has no room for the strip, it takes a row of its own from the bottom of `rest`. */
void undo_row_put(struct plan *plan, struct rect *rest, int footer_room);

/* Puts what is wrong with the data, in words, and takes its height from the top of `rest`; takes nothing when all is
 * well. */
void notes_put(struct plan *plan, struct rect *rest);
bool notes_are_bad(const struct plan *plan);
/* Returns how old the data is, or NULL when something is wrong with it. */
const char *age_note(const struct plan *plan);

int waiting_height(const struct plan *plan, int width, size_t shown);
void waiting_put(struct plan *plan, struct rect card, size_t shown);
/* The lines alone, side by side in so many columns. */
int waiting_lines_height(const struct plan *plan, int width, size_t columns);
void waiting_lines_put(struct plan *plan, struct rect box, size_t columns);

/* Everybody who can check in as tiles, and a button that lists them all. */
int people_least_height(const struct plan *plan);
int people_wish_height(const struct plan *plan, int width);
void people_put(struct plan *plan, struct rect card);
/* One row of such tiles, without a card. */
int people_row_height(const struct plan *plan);
void people_row_put(struct plan *plan, struct rect box);
void all_put(struct plan *plan); /* that list, as a sheet */

/* Buttons for the meetings and the host, where there is no room for cards; the height is 0 when there are none. */
int shortcuts_height(const struct plan *plan);
void shortcuts_put(struct plan *plan, struct rect box, bool has_meetings);
/* The next meeting and the host as one button each, which say what they open. */
int brief_height(const struct plan *plan);
void brief_put(struct plan *plan, struct rect box);

int meetings_height(const struct plan *plan, size_t shown);
void meetings_put(struct plan *plan, struct rect card, size_t shown);
/* A meeting as a line of a list. */
int meeting_line_height(const struct plan *plan);
void meeting_line_put(struct plan *plan, int parent, struct rect box, const struct model_meeting *meeting);
void meetings_all_put(struct plan *plan); /* the list of all, as a sheet */

enum host_size { HOST_FULL, HOST_COMPACT };
int host_height(const struct plan *plan, enum host_size size);
void host_put(struct plan *plan, struct rect card, enum host_size size);
void ring_put(struct plan *plan, int parent, struct rect box, int stroke_px, uint32_t behind, uint32_t other_rgb,
	      struct font year_font);

int grid_least_height(const struct plan *plan); /* with one row */
void grid_put(struct plan *plan, struct rect card);

/* The wall's strip of desks; the height is 0 when there are none. */
int strip_height(const struct plan *plan, int width);
void strip_put(struct plan *plan, struct rect box);
int tile_put(struct plan *plan, int parent, struct rect box, struct font font, const struct model_row *row,
	     const struct action *action);

/* The rows that a grid in this place shows: from `from` up to, not including, `to`; and the number of pages. */
struct grid_span {
	size_t from, to, pages;
};
struct grid_span grid_span(const struct plan *plan, struct rect card);
const struct model_row *grid_row(const struct model *model, size_t index);
/* The list of places, which stands in the grid's place where there is little room. */
int places_height(const struct plan *plan, size_t rows); /* with so many rows on a page */
void places_put(struct plan *plan, struct rect card);
/* The lines alone, of which the height is at least that of one. */
int places_row_height(const struct plan *plan);
void places_rows_put(struct plan *plan, int parent, struct rect box);
/* The card of a closed day. */
void closed_put(struct plan *plan, struct rect card);
struct grid_span places_span(const struct plan *plan, struct rect card);

/* Puts one of the arrows that turn the pages, and returns the button; turn_put with a word beside the arrow. */
int arrow_put(struct plan *plan, int parent, struct rect box, int step);
void turn_put(struct plan *plan, int parent, struct rect box, int step, const char *words);
int arrows_height(const struct plan *plan);

/* The day's heading, which desks are free and, where there is a floor plan, the switch between it and the schedule. */
int day_head_height(const struct plan *plan);
void day_head_put(struct plan *plan, int parent, struct rect card);

/* The floor plan. A small one shows one place, and the way to it where the configuration has one. Its box is as high as
 * map_height, which is 0 when the place has no position on a plan. */
int map_height(const struct plan *plan, const struct model_row *row, int width);
void map_put(struct plan *plan, int parent, struct rect box, const struct model_row *row);
/* Returns the row of a place, by the place's id; NULL none. */
const struct model_row *map_row(const struct model *model, const char *place);
/* The map of all places, as the card that otherwise shows the schedule. */
void map_card_put(struct plan *plan, struct rect card);
/* The same for the wall. Returns false when its words would be too small there; nothing is put then. */
bool map_wall_put(struct plan *plan, int parent, struct rect box);

/* Puts everything that can be touched into the lowest part of the screen. */
void reach_put(struct plan *plan);

/* What the voice says, at the foot of every view; and a screen that shows nothing. */
int caption_height(const struct plan *plan);
void caption_put(struct plan *plan, struct rect box);
void dark_put(struct plan *plan);

void home_put(struct plan *plan);
void sheet_put(struct plan *plan);
void week_put(struct plan *plan);
void info_put(struct plan *plan);
void host_sheet_put(struct plan *plan);
void meeting_sheet_put(struct plan *plan);
void setup_put(struct plan *plan);
void done_put(struct plan *plan);
void night_put(struct plan *plan);
void wall_put(struct plan *plan);

#endif
