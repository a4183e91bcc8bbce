/* See put_private.h. Every widget enters the tree through `put`, which is therefore the one place that checks whether
 * the words fit. */
#include "put_private.h"

#include <stdlib.h>
#include <string.h>

#include "app/base/arena.h"
#include "fit_private.h"

static const char *or_empty(const char *text)
{
	return text ? text : "";
}

static void widget_complete(struct plan *plan, struct widget *widget)
{
	struct arena *arena = plan->ui->arena;
	const char *text = or_empty(widget->text);
	widget->text = arena_copy(arena, text, strlen(text));
	if (widget->spoken) {
		widget->spoken = arena_copy(arena, widget->spoken, strlen(widget->spoken));
	} else {
		char *spoken = arena_alloc(arena, strlen(text) + 1);
		for (size_t i = 0; spoken && text[i]; i++) {
			spoken[i] = text[i] == '\n' ? ' ' : text[i];
		}
		widget->spoken = or_empty(spoken);
	}
	const char *id = or_empty(widget->id), *code = or_empty(widget->code);
	widget->id = arena_copy(arena, id, strlen(id));
	widget->code = arena_copy(arena, code, strlen(code));
	const char *action_id = or_empty(widget->action.id), *place = or_empty(widget->action.place);
	widget->action.id = arena_copy(arena, action_id, strlen(action_id));
	widget->action.place = arena_copy(arena, place, strlen(place));
	widget->enabled = widget->role == UI_BUTTON && widget->action.kind != ACTION_NONE;
}

/* Rounding the height of a line may cost a pixel, but letters never reach that far. */
static bool text_fits(const struct plan *plan, const struct widget *widget, struct font font)
{
	int width = widget->box.w - 2 * widget->padding_px;
	if (widget->icon != ICON_NONE) {
		width -= widget->icon_px + widget->icon_gap_px;
	}
	int height = font.px + (words_lines(widget->text) - 1) * widget->line_px;
	for (const char *line = widget->text; line;) {
		const char *end = strchr(line, '\n');
		size_t length = end ? (size_t)(end - line) : strlen(line);
		if (plan->measure->width_px(plan->measure->context, font.weight, font.px, font.is_tabular, line,
					    length) > width) {
			return false;
		}
		line = end ? end + 1 : NULL;
	}
	return height <= widget->box.h;
}

const char *kept(struct plan *plan, const char *text)
{
	const char *copy = arena_copy(plan->ui->arena, text, strlen(text));
	return copy ? copy : "";
}

int put(struct plan *plan, struct widget widget)
{
	struct ui *ui = plan->ui;
	if (ui->count == ui->capacity) {
		size_t capacity = ui->capacity ? ui->capacity * 2 : 256;
		struct widget *widgets = arena_alloc(ui->arena, capacity * sizeof(*widgets));
		if (!widgets) {
			return -1;
		}
		if (ui->count) {
			memcpy(widgets, ui->widgets, ui->count * sizeof(*widgets));
		}
		ui->widgets = widgets;
		ui->capacity = capacity;
	}
	widget_complete(plan, &widget);
	if (widget.text[0]) {
		struct font font = {widget.weight, widget.font_px, widget.line_px, widget.is_tabular};
		widget.clipped = !text_fits(plan, &widget, font);
	}
	struct rect screen = {0, 0, ui->width, ui->height};
	bool is_outside = widget.box.x < 0 || widget.box.y < 0 || widget.box.x + widget.box.w > screen.w ||
			  widget.box.y + widget.box.h > screen.h;
	if (widget.clipped || is_outside) {
		plan->overflows = true;
	}
	ui->widgets[ui->count] = widget;
	return (int)ui->count++;
}

struct widget *widget_at(struct plan *plan, int index)
{
	return index < 0 ? &plan->nothing : &plan->ui->widgets[index];
}

int put_text(struct plan *plan, int parent, struct rect box, struct font font, uint32_t fg, uint32_t bg,
	     enum ui_align align, const char *text)
{
	if (!text[0]) {
		return -1;
	}
	return put(plan, (struct widget){
				 .role = UI_TEXT,
				 .parent = parent,
				 .box = box,
				 .text = text,
				 .fg = fg,
				 .bg = bg,
				 .font_px = font.px,
				 .line_px = font.line_px,
				 .weight = font.weight,
				 .is_tabular = font.is_tabular,
				 .align_x = align,
				 .align_y = ALIGN_CENTRE,
			 });
}

int put_icon(struct plan *plan, int parent, struct rect box, enum ui_icon icon, int icon_px, uint32_t fg, uint32_t bg)
{
	return put(plan, (struct widget){.role = UI_GROUP,
					 .parent = parent,
					 .box = box,
					 .icon = icon,
					 .icon_px = icon_px,
					 .align_x = ALIGN_CENTRE,
					 .align_y = ALIGN_CENTRE,
					 .fg = fg,
					 .bg = bg});
}

int put_fill(struct plan *plan, int parent, struct rect box, uint32_t rgb, int radius_px)
{
	return put(plan, (struct widget){.role = UI_GROUP,
					 .parent = parent,
					 .box = box,
					 .fill = FILL_SOLID,
					 .fill_rgb = rgb,
					 .fill2_rgb = rgb,
					 .radius_px = radius_px});
}

int put_card(struct plan *plan, int parent, struct rect box)
{
	int index = put_fill(plan, parent, box, plan->theme->card, du(plan, 24));
	if (plan->theme->card_border) {
		widget_at(plan, index)->border_rgb = plan->theme->card_border;
		widget_at(plan, index)->border_px = du(plan, 2);
	}
	return index;
}

enum ui_role role_of(const struct plan *plan, const struct action *action)
{
	return action->kind == ACTION_NONE || plan->is_reading ? UI_GROUP : UI_BUTTON;
}

enum ui_icon button_icon(const struct model_button *button)
{
	static const struct {
		const char *id;
		enum ui_icon icon;
	} icons[] = {{"week", ICON_CALENDAR}, {"info", ICON_INFO},       {"map", ICON_PIN},  {"access", ICON_ACCESS},
		     {"reach", ICON_REACH},   {"meetings", ICON_PEOPLE}, {"undo", ICON_UNDO}};
	if (strcmp(button->id, "contrast") == 0 && button->style == BUTTON_CHOSEN) {
		return ICON_CHECK;
	}
	for (size_t i = 0; i < sizeof(icons) / sizeof(icons[0]); i++) {
		if (strcmp(button->id, icons[i].id) == 0) {
			return icons[i].icon;
		}
	}
	return ICON_NONE;
}

int button_icon_width(const struct plan *plan, struct font font, const struct model_button *button)
{
	return button_icon(button) == ICON_NONE ? 0 : font.px * 13 / 12 + du(plan, 10);
}

/* Tries one line, then two or three, then smaller letters; `icon_w` is the width of what stands before them. */
static const char *button_words(const struct plan *plan, struct rect box, struct font *font, int padding, int icon_w,
				const char *text)
{
	int width = box.w - 2 * padding - icon_w;
	for (;;) {
		int lines = max_int(box.h / font->line_px, 1);
		const char *words = fit_whole(plan, *font, text, width, min_int(lines, 3));
		int smaller = font->px - 1; /* in steps of a pixel, so that a larger text never ends smaller */
		if (words[0] || smaller < plan->smallest_px || smaller >= font->px) {
			return words[0] ? words : fit_wrap(plan, *font, text, width, min_int(lines, 3));
		}
		*font = font_sized(plan, smaller, font->weight);
	}
}

int put_button(struct plan *plan, int parent, struct rect box, const struct model_button *button, struct font font,
	       uint32_t behind)
{
	const struct theme *theme = plan->theme;
	bool is_quiet = button->style == BUTTON_QUIET, is_filled = button->style != BUTTON_SECONDARY;
	bool has_border = !is_filled || (is_quiet && theme->card_border);
	uint32_t fill = button->style == BUTTON_SUCCESS ? theme->leaf
			: is_quiet                      ? theme->river_soft
			: is_filled                     ? theme->river
							: behind;
	uint32_t fg = button->style == BUTTON_SUCCESS ? theme->on_leaf
		      : is_quiet                      ? theme->on_river_soft
		      : is_filled                     ? theme->on_river
						      : theme->outline;
	int padding = du(plan, 12), icon_w = button_icon_width(plan, font, button);
	enum ui_icon icon = button_icon(button);
	if (words_width(plan, font, button->text) + icon_w + 2 * padding > box.w) {
		icon = ICON_NONE; /* the words say it */
		icon_w = 0;
	}
	const char *words = button_words(plan, box, &font, padding, icon_w, button->text);
	return put(plan, (struct widget){
				 .id = button->id,
				 .role = UI_BUTTON,
				 .parent = parent,
				 .box = box,
				 .fill = is_filled ? FILL_SOLID : FILL_NONE,
				 .fill_rgb = fill,
				 .fill2_rgb = fill,
				 .border_rgb = has_border ? theme->outline : 0,
				 .border_px = has_border ? du(plan, 3) : 0,
				 .radius_px = du(plan, box.h > du(plan, 90) ? 22 : 16),
				 .text = words,
				 .spoken = button->spoken && button->spoken[0] ? button->spoken : button->text,
				 .fg = fg,
				 .bg = fill,
				 .font_px = font.px,
				 .line_px = font.line_px,
				 .weight = font.weight,
				 .align_x = ALIGN_CENTRE,
				 .align_y = ALIGN_CENTRE,
				 .padding_px = padding,
				 .icon = icon,
				 .icon_px = icon == ICON_NONE ? 0 : font.px * 13 / 12,
				 .icon_gap_px = icon == ICON_NONE ? 0 : du(plan, 10),
				 .action = button->action,
			 });
}
