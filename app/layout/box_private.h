/* What every layout is built with: rectangles that are cut into smaller ones, and fonts in design units. */
#ifndef APP_LAYOUT_BOX_PRIVATE_H
#define APP_LAYOUT_BOX_PRIVATE_H

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

#endif
