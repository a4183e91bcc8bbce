/* The building blocks of every layout: rectangles that are cut into smaller ones, and fonts in design units. */
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
	double unit;                    /* pixels per design unit */
	double type;                    /* text size, 1 = as in the design */
	int smallest_px;                /* no font is smaller */
	int large_px;                   /* the largest text size: no font is smaller as long as everything fits */
	int floor_px;                   /* wall: the smallest size that can be read at the distance; 0 none */
	int target_px, main_px, gap_px; /* touch: any target, a main one, between two */
	size_t rows_most;               /* the most rows of the grid on one page; 0: as many as a finger can hit */
	bool is_portrait;
	bool is_list;    /* a list of places instead of the grid, because letters are large or the screen is small */
	bool is_brief;   /* wall: so far away that only the most important fits */
	bool is_tight;   /* cards have no headings, and the wall's tiles fewer words, because there is no room */
	bool is_reading; /* buttons are shown but cannot be touched, because they are out of reach */
	bool overflows;  /* something did not fit; the layout is tried again with smaller type */
	struct widget nothing; /* returned by widget_at when there is no such widget or memory ran out */
};

struct font {
	enum ui_weight weight;
	int px, line_px;
	bool is_tabular;
};

/* Converts design units to pixels; a size above 0 never becomes 0. */
int du(const struct plan *plan, double units);
/* Makes a font of `units` at normal text size. Display sizes grow less than reading sizes do. */
struct font font_make(const struct plan *plan, double units, enum ui_weight weight);
struct font font_sized(const struct plan *plan, int px, enum ui_weight weight); /* in pixels */

int max_int(int a, int b);
int min_int(int a, int b);
int clamp_int(int value, int low, int high); /* `low` wins when low > high */

struct rect rect_inset(struct rect rect, int x, int y);
struct rect rect_cut_top(struct rect *rest, int h);
struct rect rect_cut_bottom(struct rect *rest, int h);
struct rect rect_cut_left(struct rect *rest, int w);
struct rect rect_cut_right(struct rect *rest, int w);
struct rect rect_centred(struct rect outer, int w, int h);
/* Returns part `index` of `count` with `gap` between the parts; the last part gets the rest of the rounding. */
struct rect rect_column(struct rect outer, int index, int count, int gap);
bool rect_overlaps(struct rect a, struct rect b);

#endif
