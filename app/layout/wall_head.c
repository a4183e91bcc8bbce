/* The wall's header for large type: one line with the heading, the date and the clock. */
#include "wall_private.h"

#include "app/base/arena.h"
#include "fit_private.h"

/* In design units: the size of the date, which is the first to grow with the distance. */
enum { DATE_UNITS = 42 };

bool wall_is_large(const struct plan *plan)
{
	return plan->floor_px > du(plan, DATE_UNITS);
}

static struct font clock_font(const struct plan *plan)
{
	int px = plan->is_brief ? plan->floor_px : plan->floor_px * 8 / 5;
	return font_sized(plan, px, WEIGHT_SEMIBOLD);
}

int wall_header_height(const struct plan *plan, int width)
{
	int line = max_int(clock_font(plan).px * 9 / 8, plan->floor_px * 13 / 10);
	return wall_is_large(plan) ? line : header_height(plan, width);
}

/* The heading comes first, then the date; both are shown whole or left out. */
static void large_put(struct plan *plan, struct rect box)
{
	const struct model *model = plan->model;
	const struct theme *theme = plan->theme;
	struct font clock = clock_font(plan), small = font_sized(plan, plan->floor_px, WEIGHT_REGULAR);
	struct font title = font_sized(plan, plan->floor_px * 27 / 25, WEIGHT_BOLD);
	struct rect right = rect_cut_right(&box, words_width(plan, clock, model->clock));
	int index = put_text(plan, -1, right, clock, theme->ink, theme->paper, ALIGN_END, model->clock);
	widget_at(plan, index)->id = "clock";
	rect_cut_right(&box, small.px / 2);
	title = fit_font(plan, title, model->wall_heading_short, box.w, 0.9);
	int title_w = words_width(plan, title, model->wall_heading_short);
	title_w = title_w <= box.w ? title_w : 0;
	int date_w = words_width(plan, small, model->date_short);
	if (title_w > 0) {
		index = put_text(plan, -1, rect_cut_left(&box, title_w), title, theme->ink, theme->paper, ALIGN_START,
				 model->wall_heading_short);
		widget_at(plan, index)->id = "office";
	}
	rect_cut_left(&box, small.px / 2);
	if (date_w <= box.w) {
		index = put_text(plan, -1, box, small, theme->muted, theme->paper, ALIGN_END, model->date_short);
		widget_at(plan, index)->id = "date";
	}
}

void wall_header_put(struct plan *plan, struct rect box)
{
	if (!wall_is_large(plan)) {
		header_put(plan, box);
		return;
	}
	large_put(plan, rect_inset(box, du(plan, 40), 0));
}

/* The office's own announcements are never left out; a long one ends with an ellipsis. */
void notices_put(struct plan *plan, struct rect *rest)
{
	const struct model *model = plan->model;
	const struct theme *theme = plan->theme;
	struct font font = font_sized(plan, max_int(du(plan, 40), plan->floor_px), WEIGHT_SEMIBOLD);
	int icon = font.px * 19 / 20, pad = du(plan, 28), gap = font.px / 3;
	for (size_t i = 0; i < model->wall_notice_count; i++) {
		int width = rest->w - 2 * pad - icon - gap, lines = i == 0 && !plan->is_brief ? 2 : 1;
		const char *text = fit_wrap(plan, font, model->wall_notices[i], width, lines);
		int height = (words_lines(text) - 1) * font.line_px + font.px * (plan->is_brief ? 11 : 13) / 10;
		if (i > 0 && rest->h - height < font.line_px * 6) {
			return;
		}
		struct rect box = rect_cut_top(rest, height);
		int strip = put_fill(plan, -1, box, theme->notice, du(plan, 20));
		widget_at(plan, strip)->id = arena_print(plan->ui->arena, "notice:%zu", i);
		widget_at(plan, strip)->spoken = kept(plan, model->wall_notices[i]);
		widget_at(plan, strip)->fg = theme->on_notice;
		widget_at(plan, strip)->bg = theme->notice;
		rect_cut_left(&box, pad);
		put_icon(plan, strip, rect_cut_left(&box, icon), ICON_NOTICE, icon, theme->on_notice, theme->notice);
		rect_cut_left(&box, gap);
		rect_cut_right(&box, pad);
		put_text(plan, strip, box, font, theme->on_notice, theme->notice, ALIGN_START, text);
		rect_cut_top(rest, du(plan, wall_is_large(plan) ? 14 : 20));
	}
}
