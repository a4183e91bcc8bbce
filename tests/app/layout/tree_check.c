/* See tree_check.h. */
#include "tree_check.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

struct check {
	const struct ui *ui;
	const struct model *model;
	const struct layout_screen *screen;
	const char *name;
	int faults;
};

static double linear(uint32_t channel)
{
	double value = channel / 255.0;
	return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

static double luminance(uint32_t rgb)
{
	return 0.2126 * linear(rgb >> 16 & 0xFF) + 0.7152 * linear(rgb >> 8 & 0xFF) + 0.0722 * linear(rgb & 0xFF);
}

double contrast(uint32_t a, uint32_t b)
{
	double la = luminance(a), lb = luminance(b);
	return (fmax(la, lb) + 0.05) / (fmin(la, lb) + 0.05);
}

static void fault(struct check *check, const struct widget *widget, const char *what)
{
	if (check->faults++ < 6) {
		printf("%s: %s: %s \"%s\" at %d,%d %dx%d font %d\n", check->name, what, widget->id, widget->text,
		       widget->box.x, widget->box.y, widget->box.w, widget->box.h, widget->font_px);
	}
}

static bool is_inside(const struct widget *widget, const struct ui *ui)
{
	const struct rect *box = &widget->box;
	return box->x >= 0 && box->y >= 0 && box->w >= 0 && box->h >= 0 && box->x + box->w <= ui->width &&
	       box->y + box->h <= ui->height;
}

static bool is_above(const struct ui *ui, int ancestor, int index)
{
	for (; index >= 0; index = ui->widgets[index].parent) {
		if (index == ancestor) {
			return true;
		}
	}
	return false;
}

static bool shows_words(const struct widget *widget)
{
	return widget->text[0] != '\0';
}

static int distance(const struct rect *a, const struct rect *b)
{
	int x = a->x > b->x ? a->x - b->x - b->w : b->x - a->x - a->w;
	int y = a->y > b->y ? a->y - b->y - b->h : b->y - a->y - a->h;
	return x > y ? x : y;
}

static void check_pair(struct check *check, int i, int j, int gap_px)
{
	const struct widget *a = &check->ui->widgets[i], *b = &check->ui->widgets[j];
	if (a->is_covered != b->is_covered || is_above(check->ui, i, j) || is_above(check->ui, j, i)) {
		return;
	}
	if (shows_words(a) && shows_words(b) && distance(&a->box, &b->box) < 0) {
		fault(check, a, "stands on another text");
		fault(check, b, "is the other text");
	}
	bool is_backdrop = a->is_backdrop || b->is_backdrop; /* whatever stands on it covers it */
	if (a->role == UI_BUTTON && b->role == UI_BUTTON && !a->is_covered && !is_backdrop &&
	    distance(&a->box, &b->box) < gap_px) {
		fault(check, a, "is too near to another button");
		fault(check, b, "is the other button");
	}
	if (a->id[0] && strcmp(a->id, b->id) == 0 && !a->is_covered) {
		fault(check, a, "has an id that stands twice");
	}
}

static void check_words(struct check *check, const struct widget *widget)
{
	double least = check->screen->high_contrast ? 7 : 4.5;
	if (widget->clipped) {
		fault(check, widget, "is clipped");
	}
	if (!widget->spoken[0]) {
		fault(check, widget, "is not spoken");
	}
	if (contrast(widget->fg, widget->bg) < least) {
		fault(check, widget, "has too little contrast");
	}
	double cap_mm = widget->font_px * 0.727 / check->screen->px_per_mm;
	double arc_mm = check->screen->distance_m * 1000 * tan(16.0 / 60 * 3.14159265 / 180);
	bool is_wall = check->model->mode == MODE_WALL && check->model->view != VIEW_SETUP;
	/* A wall too far away for its size shows at least a few words. */
	int most_px = (int)fmin(check->screen->height_px / 8, check->screen->width_px / 14);
	double most_mm = most_px * 0.727 / check->screen->px_per_mm;
	double wanted = is_wall ? fmin(check->screen->distance_m * 1000 / 200, most_mm) : arc_mm;
	/* A small screen cannot give more than its pixels. */
	double longer = fmax(check->screen->width_px, check->screen->height_px);
	double unit = fmin(fmin(check->screen->width_px, check->screen->height_px) / 1080.0, longer / 1920);
	if (cap_mm < wanted * 0.98 && (is_wall || widget->font_px < 23 * unit)) {
		fault(check, widget, "is too small to read");
	}
}

static void check_button(struct check *check, const struct widget *widget, int target_px)
{
	if (widget->box.w < target_px || widget->box.h < target_px) {
		fault(check, widget, "is too small for a finger");
	}
	if (!widget->spoken[0] || !widget->id[0]) {
		fault(check, widget, "has no id or is not spoken");
	}
	bool is_screen = widget->box.h == check->ui->height;
	if (check->screen->low_reach && !is_screen && widget->box.y < check->ui->height * 6 / 10 - 1) {
		fault(check, widget, "is out of reach");
	}
}

int tree_check(const struct ui *ui, const struct model *model, const struct layout_screen *screen, const char *name)
{
	struct check check = {ui, model, screen, name, 0};
	int target_px = (int)fmin(ceil(12 * screen->px_per_mm), screen->height_px / 7);
	int gap_px = (int)fmin(ceil(3 * screen->px_per_mm), screen->height_px / 40);
	for (int i = 0; i < (int)ui->count; i++) {
		const struct widget *widget = &ui->widgets[i];
		if (!is_inside(widget, ui)) {
			fault(&check, widget, "leaves the screen");
		}
		if (widget->parent >= i) {
			fault(&check, widget, "stands before its parent");
		}
		if (shows_words(widget)) {
			check_words(&check, widget);
		}
		if (widget->role == UI_IMAGE && !widget->spoken[0]) {
			fault(&check, widget, "is a picture without words");
		}
		if (widget->role == UI_BUTTON && !widget->is_covered) {
			check_button(&check, widget, target_px);
		}
		if (widget->is_covered && widget->enabled) {
			fault(&check, widget, "is covered and yet enabled");
		}
		for (int j = 0; j < i; j++) {
			check_pair(&check, j, i, gap_px);
		}
	}
	return check.faults;
}
