/* See box_private.h. Sizes follow from the design unit, the text size and, on the wall, the distance. */
#include "box_private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/arena.h"
#include "fit_private.h"

int max_int(int a, int b)
{
	return a > b ? a : b;
}

int min_int(int a, int b)
{
	return a < b ? a : b;
}

int clamp_int(int value, int low, int high)
{
	return max_int(low, min_int(value, high));
}

int du(const struct plan *plan, double units)
{
	int px = (int)lround(units * plan->unit);
	return px == 0 && units > 0 ? 1 : px;
}

struct font font_sized(const struct plan *plan, int px, enum ui_weight weight)
{
	px = max_int(px, plan->smallest_px);
	return (struct font){
		.weight = weight,
		.px = px,
		.line_px = plan->measure->line_px(plan->measure->context, weight, px),
		.is_tabular = true,
	};
}

/* Above this size a letter is large enough for everybody, so the remaining space goes to smaller text. */
static const double display_units = 36;

/* The design's smallest size on the wall corresponds to `floor_px`. Larger text stays larger, but by less. */
static const double wall_units = 32, wall_share = 0.35;

struct font font_make(const struct plan *plan, double units, enum ui_weight weight)
{
	double scaled = units * plan->type;
	if (units > display_units && plan->type > 1) {
		scaled = fmax(display_units * plan->type, units * (1 + (plan->type - 1) / 3));
	}
	double px = scaled * plan->unit;
	if (plan->floor_px > 0) {
		double above = fmax(units - wall_units, 0) / wall_units;
		px = fmax(px, plan->floor_px * (1 + wall_share * fmin(above, 2)));
	}
	return font_sized(plan, (int)lround(px), weight);
}

struct rect rect_inset(struct rect rect, int x, int y)
{
	return (struct rect){rect.x + x, rect.y + y, max_int(rect.w - 2 * x, 0), max_int(rect.h - 2 * y, 0)};
}

struct rect rect_cut_top(struct rect *rest, int h)
{
	h = clamp_int(h, 0, rest->h);
	struct rect cut = {rest->x, rest->y, rest->w, h};
	rest->y += h;
	rest->h -= h;
	return cut;
}

struct rect rect_cut_bottom(struct rect *rest, int h)
{
	h = clamp_int(h, 0, rest->h);
	rest->h -= h;
	return (struct rect){rest->x, rest->y + rest->h, rest->w, h};
}

struct rect rect_cut_left(struct rect *rest, int w)
{
	w = clamp_int(w, 0, rest->w);
	struct rect cut = {rest->x, rest->y, w, rest->h};
	rest->x += w;
	rest->w -= w;
	return cut;
}

struct rect rect_cut_right(struct rect *rest, int w)
{
	w = clamp_int(w, 0, rest->w);
	rest->w -= w;
	return (struct rect){rest->x + rest->w, rest->y, w, rest->h};
}

struct rect rect_centred(struct rect outer, int w, int h)
{
	return (struct rect){outer.x + (outer.w - w) / 2, outer.y + (outer.h - h) / 2, w, h};
}

struct rect rect_column(struct rect outer, int index, int count, int gap)
{
	int room = outer.w - gap * (count - 1);
	int from = room * index / count, to = room * (index + 1) / count;
	return (struct rect){outer.x + from + gap * index, outer.y, to - from, outer.h};
}

bool rect_overlaps(struct rect a, struct rect b)
{
	return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}
