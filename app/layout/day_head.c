/* The heading over the schedule and over the map: what it is, which desks are free, and the switch between the two. */
#include "parts_private.h"

#include "app/base/arena.h"
#include "fit_private.h"

static bool has_switch(const struct plan *plan)
{
	return plan->model->map.floorplan && !plan->is_reading;
}

static int switch_height(const struct plan *plan)
{
	int line = font_make(plan, 26, WEIGHT_SEMIBOLD).line_px + du(plan, 16);
	return max_int(max_int(du(plan, 64), line), plan->target_px + 2 * du(plan, 5));
}

/* Beside the switch there is not always room for which desks are free. */
static bool has_two_lines(const struct plan *plan)
{
	return has_switch(plan) && plan->model->free[0] && (plan->is_portrait || plan->type > 1.15);
}

int day_head_height(const struct plan *plan)
{
	int line = font_make(plan, 30, WEIGHT_SEMIBOLD).line_px;
	int least = max_int(du(plan, plan->is_portrait ? 76 : 84), du(plan, 24) + line + du(plan, 20));
	int more = has_two_lines(plan) ? font_make(plan, 26, WEIGHT_SEMIBOLD).line_px + du(plan, 8) : 0;
	return has_switch(plan)
		       ? max_int(least, du(plan, 16) + switch_height(plan) + max_int(du(plan, 12), plan->gap_px)) + more
		       : least;
}

/* Returns the width of one half of the switch. */
static int half_width(const struct plan *plan, struct font font)
{
	const struct model_map *map = &plan->model->map;
	int words = max_int(words_width(plan, font, map->schedule.text), words_width(plan, font, map->map.text));
	return max_int(max_int(words + font.px + du(plan, 44), du(plan, 149)), plan->target_px);
}

static void half_put(struct plan *plan, int parent, struct rect box, struct font font,
		     const struct model_button *button)
{
	const struct theme *theme = plan->theme;
	int index = put_button(plan, parent, box, button, font, theme->river_soft);
	struct widget *half = widget_at(plan, index);
	half->border_px = 0;
	half->border_rgb = 0;
	half->radius_px = du(plan, 14);
	if (button->style == BUTTON_CHOSEN) {
		half->icon = ICON_CHECK;
		half->icon_px = font.px * 24 / 26;
		half->icon_gap_px = du(plan, 8);
	} else {
		half->fg = theme->on_river_soft;
	}
}

/* Puts both halves on one ground, so that they read as one switch. */
static void switch_put(struct plan *plan, int parent, struct rect *row)
{
	const struct model_map *map = &plan->model->map;
	const struct theme *theme = plan->theme;
	struct font font = font_make(plan, 26, WEIGHT_SEMIBOLD);
	int edge = du(plan, 5), gap = max_int(edge, plan->gap_px), half = half_width(plan, font);
	int around = gap + 2 * edge, most = max_int(row->w * 3 / 5, 2 * plan->target_px + around);
	struct rect box = rect_cut_right(row, min_int(2 * half + around, most));
	int index = put_fill(plan, parent, box, theme->river_soft, du(plan, 18));
	widget_at(plan, index)->border_rgb = theme->card_border;
	widget_at(plan, index)->border_px = theme->card_border ? du(plan, 2) : 0;
	box = rect_inset(box, edge, edge);
	half_put(plan, index, rect_column(box, 0, 2, gap), font, &map->schedule);
	half_put(plan, index, rect_column(box, 1, 2, gap), font, &map->map);
	rect_cut_right(row, du(plan, 28));
}

/* Returns the width of that line where it stands alone, at most `most`. */
static int free_width(const struct plan *plan, int most)
{
	struct font font = font_make(plan, 26, WEIGHT_SEMIBOLD);
	int around = font.px * 24 / 26 + 2 * du(plan, 10);
	return min_int(words_width(plan, font, plan->model->free) + around, most);
}

/* Puts which desks are free at the end of the row, and takes their place from it. The heading keeps its place. */
static void free_put(struct plan *plan, int parent, struct rect *row, int heading_w)
{
	const struct model *model = plan->model;
	const struct theme *theme = plan->theme;
	struct font font = font_make(plan, 26, WEIGHT_SEMIBOLD);
	uint32_t colour = model->free_state == SHOWN_FREE ? theme->leaf_text : theme->muted;
	int icon = font.px * 24 / 26, gap = du(plan, 10), margin = heading_w > 0 ? du(plan, 24) : 0;
	font = fit_font(plan, font, model->free, row->w - heading_w - icon - gap - margin, 0.7);
	const char *text = fit_parts(plan, font, model->free, row->w - icon - gap - margin);
	if (!text[0]) {
		return;
	}
	struct rect words = rect_cut_right(row, words_width(plan, font, text) + gap / 5);
	words.y -= du(plan, 2);
	widget_at(plan, put_text(plan, parent, words, font, colour, theme->card, ALIGN_END, text))->id = "free";
	rect_cut_right(row, gap);
	struct rect mark = rect_cut_right(row, icon);
	mark.y -= du(plan, 2);
	put_icon(plan, parent, mark, theme_state(theme, model->free_state).icon, icon, colour, theme->card);
	rect_cut_right(row, margin);
}

void day_head_put(struct plan *plan, int parent, struct rect card)
{
	const struct model *model = plan->model;
	const struct theme *theme = plan->theme;
	struct font heading = font_make(plan, 30, WEIGHT_SEMIBOLD), empty = font_make(plan, 24, WEIGHT_REGULAR);
	struct rect row = {card.x + du(plan, 28), card.y + du(plan, 24), card.w - 2 * du(plan, 28), heading.line_px};
	if (has_switch(plan)) {
		int height = switch_height(plan);
		struct rect high = {row.x, card.y + du(plan, 16), row.w + du(plan, 4), height};
		switch_put(plan, parent, &high);
		row = rect_centred((struct rect){row.x, high.y, high.w, height}, high.w, heading.line_px);
	}
	int heading_w = words_width(plan, heading, model->heading), slack = du(plan, 10) / 5;
	if (has_two_lines(plan)) {
		int line = font_make(plan, 26, WEIGHT_SEMIBOLD).line_px;
		struct rect below = {row.x, card.y + du(plan, 16) + switch_height(plan) + du(plan, 8),
				     card.w - 2 * du(plan, 28), line}; /* at its beginning */
		below.w = free_width(plan, below.w);
		free_put(plan, parent, &below, 0);
	} else {
		free_put(plan, parent, &row, heading_w);
	}
	heading = fit_font(plan, heading, model->heading, row.w, 0.7);
	heading_w = words_width(plan, heading, model->heading);
	if (heading_w > row.w) {
		return; /* which desks are free matters more */
	}
	put_text(plan, parent, rect_cut_left(&row, heading_w + slack), heading, theme->ink, theme->card, ALIGN_START,
		 model->heading);
	rect_cut_left(&row, du(plan, 24));
	put_text(plan, parent, row, empty, theme->muted, theme->card, ALIGN_START,
		 fit_line(plan, empty, model->empty, row.w));
}
