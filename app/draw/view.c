/* See view.h. Draws widget by widget in painter's order: the box, then ring or code, then icon and text. */
#include "view.h"

#include <string.h>

enum {
	FOCUS_PX = 4, /* the ring around the focused widget */
	HALO_PX = 2   /* a second ring in the opposite colour, so that the first is visible on any background */
};

static const uint32_t dark_argb = 0xFF16242EU, light_argb = 0xFFFFFFFFU;

static bool is_light(uint32_t rgb)
{
	unsigned luma = ((rgb >> 16) & 255U) * 299 + ((rgb >> 8) & 255U) * 587 + (rgb & 255U) * 114;
	return luma > 140 * 1000;
}

static void draw_fill(struct draw *draw, const struct widget *widget)
{
	struct draw_box box = {
		.rect = widget->box,
		.fill = widget->fill,
		.fill_rgb = widget->fill_rgb,
		.fill2_rgb = widget->fill2_rgb,
		.border_rgb = widget->border_rgb,
		.border_px = widget->border_px,
		.radius_px = widget->radius_px,
		.is_dashed = widget->is_dashed,
		.stripe_px = widget->font_px * 10 / 24,
	};
	if (widget->fill != FILL_NONE || widget->border_px > 0) {
		draw_box(draw, &box);
	}
}

struct line {
	const char *start;
	size_t length;
};

/* Returns the next line of a text that the layout has broken; false after the last. */
static bool next_line(const char **text, struct line *out_line)
{
	if (!*text) {
		return false;
	}
	const char *end = strchr(*text, '\n');
	*out_line = (struct line){*text, end ? (size_t)(end - *text) : strlen(*text)};
	*text = end ? end + 1 : NULL;
	return true;
}

struct block { /* the text of a widget as a whole */
	struct text_style style;
	int lines, width, line_px, ascent, descent;
};

static struct block measure_block(struct draw *draw, const struct widget *widget)
{
	struct block block = {
		.style = {widget->weight, widget->font_px, widget->is_tabular},
	};
	const char *rest = widget->text;
	struct line line;
	text_metrics(draw_text_of(draw), &block.style, &block.ascent, &block.descent);
	while (next_line(&rest, &line)) {
		int width = text_width_px(draw_text_of(draw), &block.style, line.start, line.length);
		block.width = width > block.width ? width : block.width;
		block.lines++;
	}
	block.line_px = widget->line_px > 0 ? widget->line_px : block.ascent + block.descent;
	return block;
}

/* Returns where something of this size starts between two edges; an odd pixel goes above or before it. */
static int place(enum ui_align align, int from, int room, int size)
{
	if (align == ALIGN_CENTRE) {
		return from + (room - size + 1) / 2;
	}
	return align == ALIGN_END ? from + room - size : from;
}

static void draw_icon_alone(struct draw *draw, const struct widget *widget)
{
	int x = place(ALIGN_CENTRE, widget->box.x, widget->box.w, widget->icon_px);
	int y = place(ALIGN_CENTRE, widget->box.y, widget->box.h, widget->icon_px);
	draw_icon(draw, widget->icon, x, y, widget->icon_px, widget->fg);
}

/* As in CSS, the letters of a line stand in the middle of its line height. */
static void draw_words(struct draw *draw, const struct widget *widget)
{
	struct block block = measure_block(draw, widget);
	int icon_px = widget->icon != ICON_NONE ? widget->icon_px + widget->icon_gap_px : 0;
	int left = widget->box.x + widget->padding_px, room = widget->box.w - 2 * widget->padding_px;
	int height = block.lines * block.line_px;
	int top = place(widget->align_y, widget->box.y, widget->box.h, height);
	int start = place(widget->align_x, left, room, icon_px + block.width);
	if (icon_px > 0) {
		draw_icon(draw, widget->icon, start, top + (height - widget->icon_px) / 2, widget->icon_px, widget->fg);
	}
	int baseline = top + (block.line_px - block.ascent - block.descent) / 2 + block.ascent;
	const char *rest = widget->text;
	struct line line;
	while (next_line(&rest, &line)) {
		int width = text_width_px(draw_text_of(draw), &block.style, line.start, line.length);
		int x = place(widget->align_x, start + icon_px, block.width, width);
		draw_text(draw, &block.style, line.start, line.length, x, baseline, widget->fg);
		baseline += block.line_px;
	}
}

static void draw_widget(struct draw *draw, const struct widget *widget)
{
	draw_fill(draw, widget);
	if (widget->map.is_there) {
		draw_map(draw, &widget->box, &widget->map);
	}
	draw_dots(draw, &widget->dots);
	if (widget->ring.count > 0) {
		draw_ring(draw, &widget->box, &widget->ring);
	}
	if (widget->code[0] != '\0') {
		draw_code(draw, &widget->box, widget->code, widget->fg, widget->bg);
	}
	if (widget->text[0] != '\0') {
		draw_words(draw, widget);
	} else if (widget->icon != ICON_NONE) {
		draw_icon_alone(draw, widget);
	}
}

static void draw_pressed(struct draw *draw, const struct widget *widget)
{
	struct draw_box veil = {
		.rect = widget->box,
		.fill = FILL_SOLID,
		.fill_rgb = is_light(widget->bg) ? 0x30000000U : 0x40FFFFFFU,
		.radius_px = widget->radius_px,
	};
	draw_box(draw, &veil);
}

static void draw_outline(struct draw *draw, const struct widget *widget, int distance, int thick, uint32_t argb)
{
	struct draw_box ring = {
		.rect = {widget->box.x - distance, widget->box.y - distance, widget->box.w + 2 * distance,
			 widget->box.h + 2 * distance},
		.border_rgb = argb,
		.border_px = thick,
		.radius_px = widget->radius_px + distance,
	};
	draw_box(draw, &ring);
}

static void draw_focus(struct draw *draw, const struct ui *ui, const struct widget *widget)
{
	bool on_light = is_light(ui->paper);
	draw_outline(draw, widget, FOCUS_PX + HALO_PX, HALO_PX, on_light ? light_argb : dark_argb);
	draw_outline(draw, widget, FOCUS_PX, FOCUS_PX, on_light ? dark_argb : light_argb);
}

void view_draw(struct draw *draw, const struct ui *ui, const struct view_marks *marks)
{
	int count = (int)ui->count;
	for (int i = 0; i < count; i++) {
		struct rect extent = ui_extent(&ui->widgets[i]);
		if (draw_reaches(draw, &extent)) {
			draw_widget(draw, &ui->widgets[i]);
		}
	}
	if (marks->pressed >= 0 && marks->pressed < count) {
		draw_pressed(draw, &ui->widgets[marks->pressed]);
	}
	if (!ui->is_dark && marks->focused >= 0 && marks->focused < count) {
		draw_focus(draw, ui, &ui->widgets[marks->focused]);
	}
}

bool view_show(struct draw *draw, const struct ui *ui, const struct ui_parts *parts, const struct view_marks *marks)
{
	static const uint32_t plain_paper = 0xFFF3F0E8U;
	int count = parts ? parts->count : 1;
	for (int i = 0; i < count; i++) {
		if (!draw_begin(draw, ui ? ui->paper : plain_paper, parts ? &parts->items[i] : NULL)) {
			return false;
		}
		if (ui) {
			view_draw(draw, ui, marks);
		}
	}
	return draw_end(draw);
}

void view_prepare(struct draw *draw, const struct ui *ui)
{
	for (size_t i = 0; i < ui->count; i++) {
		if (ui->widgets[i].map.is_there) {
			draw_prepare_map(draw, &ui->widgets[i].box, &ui->widgets[i].map);
		}
	}
}
