/* See ui.h. Finds the widget that a finger or the keyboard means, and compares two trees. */
#include "ui.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

bool ui_is_reachable(const struct widget *widget)
{
	return widget->role == UI_BUTTON && widget->enabled && !widget->is_covered &&
	       widget->action.kind != ACTION_NONE;
}

/* The keyboard has another button for what a backdrop does. */
static bool takes_focus(const struct widget *widget)
{
	return ui_is_reachable(widget) && !widget->is_backdrop;
}

/* Returns how far the point lies outside the box, along the axis where it is farthest; 0 inside. */
static int distance(const struct rect *box, int x, int y)
{
	int dx = x < box->x ? box->x - x : x >= box->x + box->w ? x - (box->x + box->w - 1) : 0;
	int dy = y < box->y ? box->y - y : y >= box->y + box->h ? y - (box->y + box->h - 1) : 0;
	return dx > dy ? dx : dy;
}

static struct rect enlarged(const struct rect *box, int target_px)
{
	int more_x = box->w < target_px ? (target_px - box->w + 1) / 2 : 0;
	int more_y = box->h < target_px ? (target_px - box->h + 1) / 2 : 0;
	return (struct rect){box->x - more_x, box->y - more_y, box->w + 2 * more_x, box->h + 2 * more_y};
}

/* A widget that is touched directly wins; else the nearest of those whose enlarged box holds the point. */
const struct widget *ui_hit(const struct ui *ui, int x, int y)
{
	const struct widget *nearest = NULL;
	int nearest_distance = INT_MAX;
	for (size_t i = ui->count; i-- > 0;) {
		const struct widget *widget = &ui->widgets[i];
		int away = distance(&widget->box, x, y);
		if (widget->stops_touch && away == 0) {
			break;
		}
		if (!ui_is_reachable(widget)) {
			continue;
		}
		if (widget->is_backdrop) {
			return nearest || away > 0 ? nearest : widget;
		}
		if (away == 0) {
			return widget;
		}
		struct rect target = enlarged(&widget->box, ui->target_px);
		if (distance(&target, x, y) == 0 && away < nearest_distance) {
			nearest = widget;
			nearest_distance = away;
		}
	}
	return nearest;
}

const struct widget *ui_by_id(const struct ui *ui, const char *id)
{
	for (size_t i = ui->count; id[0] != '\0' && i-- > 0;) {
		if (!ui->widgets[i].is_covered && strcmp(ui->widgets[i].id, id) == 0) {
			return &ui->widgets[i];
		}
	}
	return NULL;
}

/* Returns the widget with which the keyboard begins; -1 when the tree leaves that to the reading order. */
static int focus_first(const struct ui *ui)
{
	for (size_t i = 0; ui->first[0] != '\0' && i < ui->count; i++) {
		if (takes_focus(&ui->widgets[i]) && strcmp(ui->widgets[i].id, ui->first) == 0) {
			return (int)i;
		}
	}
	return -1;
}

int ui_focus_step(const struct ui *ui, int from, int step)
{
	int count = (int)ui->count, way = step < 0 ? -1 : 1;
	int first = from < 0 && way > 0 ? focus_first(ui) : -1;
	if (first >= 0) {
		return first;
	}
	int at = from >= 0 && from < count ? from : way > 0 ? -1 : count;
	for (int i = 0; i < count; i++) {
		at = (at + way + count) % count;
		if (takes_focus(&ui->widgets[at])) {
			return at;
		}
	}
	return -1;
}

/* Returns the cost of moving from one box to another in a direction; INT_MAX when it does not lie there. A box straight
 * ahead costs less than one to the side. */
static int effort(const struct rect *from, const struct rect *to, int dx, int dy)
{
	int from_x = 2 * from->x + from->w, from_y = 2 * from->y + from->h;
	int to_x = 2 * to->x + to->w, to_y = 2 * to->y + to->h;
	int ahead = (to_x - from_x) * dx + (to_y - from_y) * dy;
	bool overlaps = dx != 0 ? to->y < from->y + from->h && from->y < to->y + to->h
				: to->x < from->x + from->w && from->x < to->x + to->w;
	int aside = overlaps ? 0 : abs(dx != 0 ? to_y - from_y : to_x - from_x);
	if (ahead <= 0 || aside > 2 * ahead) {
		return INT_MAX;
	}
	return ahead + 2 * aside;
}

int ui_focus_towards(const struct ui *ui, int from, int dx, int dy)
{
	int best = -1, best_effort = INT_MAX;
	if (from < 0 || from >= (int)ui->count || !takes_focus(&ui->widgets[from])) {
		return ui_focus_step(ui, -1, 1);
	}
	for (size_t i = 0; i < ui->count; i++) {
		int tried = (int)i != from && takes_focus(&ui->widgets[i])
				    ? effort(&ui->widgets[from].box, &ui->widgets[i].box, dx, dy)
				    : INT_MAX;
		if (tried < best_effort) {
			best = (int)i;
			best_effort = tried;
		}
	}
	return best >= 0 ? best : from;
}

static bool same_box(const struct widget *a, const struct widget *b)
{
	return a->box.x == b->box.x && a->box.y == b->box.y && a->box.w == b->box.w && a->box.h == b->box.h &&
	       a->fill == b->fill && a->fill_rgb == b->fill_rgb && a->fill2_rgb == b->fill2_rgb &&
	       a->border_rgb == b->border_rgb && a->border_px == b->border_px && a->radius_px == b->radius_px &&
	       a->is_dashed == b->is_dashed;
}

static bool same_words(const struct widget *a, const struct widget *b)
{
	return a->fg == b->fg && a->bg == b->bg && a->font_px == b->font_px && a->line_px == b->line_px &&
	       a->weight == b->weight && a->align_x == b->align_x && a->align_y == b->align_y &&
	       a->padding_px == b->padding_px && a->is_tabular == b->is_tabular && strcmp(a->text, b->text) == 0;
}

static bool same_pictures(const struct widget *a, const struct widget *b)
{
	const struct ui_ring *left = &a->ring, *right = &b->ring;
	return a->icon == b->icon && a->icon_px == b->icon_px && a->icon_gap_px == b->icon_gap_px &&
	       left->count == right->count && left->host == right->host && left->following == right->following &&
	       left->stroke_px == right->stroke_px && left->host_rgb == right->host_rgb &&
	       left->following_rgb == right->following_rgb && left->other_rgb == right->other_rgb &&
	       strcmp(a->code, b->code) == 0;
}

static bool same_maps(const struct widget *a, const struct widget *b)
{
	const struct ui_map *left = &a->map, *right = &b->map;
	const struct ui_dots *from = &a->dots, *to = &b->dots;
	return left->is_there == right->is_there && left->floor_rgb == right->floor_rgb &&
	       left->wall_rgb == right->wall_rgb && left->glass_rgb == right->glass_rgb &&
	       left->behind_rgb == right->behind_rgb && from->count == to->count && from->size_px == to->size_px &&
	       from->rgb == to->rgb &&
	       (from->count == 0 || memcmp(from->points, to->points, from->count * sizeof(*from->points)) == 0);
}

struct rect ui_unite(struct rect a, struct rect b)
{
	if (a.w <= 0 || a.h <= 0) {
		return b;
	}
	if (b.w <= 0 || b.h <= 0) {
		return a;
	}
	int left = a.x < b.x ? a.x : b.x, top = a.y < b.y ? a.y : b.y;
	int right = a.x + a.w > b.x + b.w ? a.x + a.w : b.x + b.w;
	int bottom = a.y + a.h > b.y + b.h ? a.y + a.h : b.y + b.h;
	return (struct rect){left, top, right - left, bottom - top};
}

static int64_t area(struct rect rect)
{
	return (int64_t)rect.w * rect.h;
}

/* Returns the part that may be joined with the rectangle because nothing is drawn for nothing then, or, when there is
 * no room for another one, the part that grows least; -1 none. */
static int partner(const struct ui_parts *parts, struct rect rect)
{
	int best = -1;
	int64_t best_growth = INT64_MAX;
	for (int i = 0; i < parts->count; i++) {
		int64_t growth = area(ui_unite(parts->items[i], rect)) - area(parts->items[i]);
		if (growth < best_growth) {
			best = i;
			best_growth = growth;
		}
	}
	return best_growth <= area(rect) || parts->count == UI_PARTS_MAX ? best : -1;
}

void ui_parts_add(struct ui_parts *parts, struct rect rect)
{
	int with = -1;
	if (rect.w <= 0 || rect.h <= 0) {
		return;
	}
	while ((with = partner(parts, rect)) >= 0) { /* what has grown may meet another part */
		rect = ui_unite(parts->items[with], rect);
		parts->items[with] = parts->items[--parts->count];
	}
	parts->items[parts->count++] = rect;
}

/* Letters reach beyond their advance width, accents above their line, and the focus ring surrounds its button. */
struct rect ui_extent(const struct widget *widget)
{
	enum { RING_PX = 6 };
	int around = RING_PX + (widget->text[0] != '\0' ? widget->font_px / 2 : 0);
	const struct rect *box = &widget->box;
	return (struct rect){box->x - around, box->y - around, box->w + 2 * around, box->h + 2 * around};
}

bool ui_differs(const struct ui *a, const struct ui *b, struct ui_parts *out_parts)
{
	*out_parts = (struct ui_parts){0};
	if (a->count != b->count || a->width != b->width || a->height != b->height || a->paper != b->paper) {
		ui_parts_add(out_parts, (struct rect){0, 0, b->width, b->height});
		return true;
	}
	for (size_t i = 0; i < a->count; i++) {
		const struct widget *left = &a->widgets[i], *right = &b->widgets[i];
		if (!same_box(left, right) || !same_words(left, right) || !same_pictures(left, right) ||
		    !same_maps(left, right)) {
			ui_parts_add(out_parts, ui_extent(left));
			ui_parts_add(out_parts, ui_extent(right));
		}
	}
	return out_parts->count > 0;
}
