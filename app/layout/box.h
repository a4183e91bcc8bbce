/* What every layout is built with: rectangles that are cut into smaller ones, fonts in design units, and a builder
 * that puts widgets into the tree and notes when a text does not fit. Used by layout*.c only. */
#ifndef APP_LAYOUT_BOX_H
#define APP_LAYOUT_BOX_H

#include <stdbool.h>

#include "layout.h"
#include "theme.h"

/* One tree under construction. A design unit is a pixel of the design pictures: 1920×1080, portrait 1080×1920. */
struct plan {
	const struct model *model;
	const struct layout_screen *screen;
	const struct measure *measure;
	const struct theme *theme;
	struct ui *ui;
	double unit;     /* pixels per design unit */
	double type;     /* text size, 1 = as in the design */
	int smallest_px; /* no font is smaller */
	int floor_px;    /* wall: what can be read from where people stand; larger sizes stay larger; 0 none */
	int target_px, main_px, gap_px; /* touch: any target, a main one, between two */
	size_t rows_most;               /* of the grid on one page; 0: as many as can be told apart */
	bool is_portrait;
	bool is_brief;         /* wall: so far away that only the most important fits */
	bool is_tight;         /* cards without headings: there is no room for them */
	bool is_reading;       /* what would be a button is only to be read: its place is out of reach */
	bool overflows;        /* something did not fit: try again with smaller type */
	struct widget nothing; /* what widget_at gives when there is none, or memory ran out */
};

struct font {
	enum ui_weight weight;
	int px, line_px, tracking_px;
	bool is_tabular;
};

/* Design units to pixels; never 0 for something. */
int du(const struct plan *plan, double units);
/* A font of `units` at normal text size; display sizes grow less than reading sizes do. */
struct font font_make(const struct plan *plan, double units, enum ui_weight weight);
struct font font_sized(const struct plan *plan, int px, enum ui_weight weight); /* in pixels */
struct font font_tracked(const struct plan *plan, double units, enum ui_weight weight, double tracking);

int max_int(int a, int b);
int min_int(int a, int b);
int clamp_int(int value, int low, int high); /* low wins */

struct rect rect_inset(struct rect rect, int x, int y);
struct rect rect_cut_top(struct rect *rest, int h);
struct rect rect_cut_bottom(struct rect *rest, int h);
struct rect rect_cut_left(struct rect *rest, int w);
struct rect rect_cut_right(struct rect *rest, int w);
struct rect rect_centred(struct rect outer, int w, int h);
/* Part `index` of `count` with `gap` between them; the last takes what rounding left. */
struct rect rect_column(struct rect outer, int index, int count, int gap);
bool rect_overlaps(struct rect a, struct rect b);

/* Adds the widget and returns its index. NULL strings become ""; `spoken` becomes the text unless it is given;
 * `enabled` follows from role and action. */
int put(struct plan *plan, struct widget widget);
/* A text in one font. '\n' breaks lines. */
int put_text(struct plan *plan, int parent, struct rect box, struct font font, uint32_t fg, uint32_t bg,
	     enum ui_align align, const char *text);
/* A mark beside words, which say the same. */
int put_icon(struct plan *plan, int parent, struct rect box, enum ui_icon icon, int icon_px, uint32_t fg, uint32_t bg);
int put_fill(struct plan *plan, int parent, struct rect box, uint32_t rgb, int radius_px);
int put_card(struct plan *plan, int parent, struct rect box);
/* A button with its words broken or set smaller so that they fit. */
int put_button(struct plan *plan, int parent, struct rect box, const struct model_button *button, struct font font,
	       uint32_t behind);
struct widget *widget_at(struct plan *plan, int index); /* valid until the next put */
/* A button becomes something to read where `is_reading`. */
enum ui_role role_of(const struct plan *plan, const struct action *action);

#endif
