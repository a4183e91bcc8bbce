/* The full-screen views: the confirmation with its undo, and the clock at night. */
#include "parts_private.h"

#include "app/base/arena.h"
#include "fit_private.h"

static int line_put(struct plan *plan, int parent, struct rect *rest, struct font font, const char *text)
{
	const char *words = fit_break(plan, font, text, rest->w, 3);
	return put_text(plan, parent, rect_cut_top(rest, words_height(font, words)), font, plan->theme->on_leaf,
			plan->theme->leaf, ALIGN_CENTRE, words);
}

struct done_form {
	struct font title, subtitle, close, undo, small;
	int icon_px, close_w, undo_w, button_h, gap, above, below, above_buttons, height;
	bool is_stacked; /* the buttons stand one above the other */
};

static int words_part(const struct plan *plan, struct font font, const char *text, int width)
{
	return words_height(font, fit_break(plan, font, text, width, 3));
}

static void form_buttons(const struct plan *plan, struct done_form *form, int width)
{
	const struct model_done *done = &plan->model->done;
	int icon = form->undo.px + du(plan, 14), pad = 2 * du(plan, 40);
	form->gap = max_int(du(plan, 24), plan->gap_px);
	form->button_h = max_int(max_int(du(plan, 128), plan->main_px), form->close.line_px + du(plan, 30));
	form->undo_w = max_int(du(plan, 300), words_width(plan, form->undo, done->undo.text) + icon + pad);
	form->close_w = max_int(du(plan, 500), words_width(plan, form->close, done->close.text) + pad);
	int room = width - (done->can_undo ? form->undo_w + form->gap : 0);
	form->is_stacked = done->can_undo && room < form->undo_w;
	if (form->is_stacked) {
		form->undo_w = form->close_w = min_int(form->close_w, width);
	} else {
		form->close_w = min_int(form->close_w, room);
	}
}

static struct done_form done_form(const struct plan *plan, int width)
{
	const struct model_done *done = &plan->model->done;
	struct done_form form = {
		.title = font_make(plan, 78, WEIGHT_BOLD),
		.subtitle = font_make(plan, 46, WEIGHT_SEMIBOLD),
		.close = font_make(plan, 44, WEIGHT_SEMIBOLD),
		.undo = font_make(plan, 34, WEIGHT_SEMIBOLD),
		.small = font_make(plan, 28, WEIGHT_REGULAR),
		.icon_px = du(plan, 150),
		.above = du(plan, 68),
		.below = du(plan, 40),
	};
	form.small.line_px = max_int(form.small.line_px, form.small.px * 3 / 2);
	form.title = fit_font(plan, form.title, done->title, width, 0.6);
	form_buttons(plan, &form, width);
	form.above_buttons = form.icon_px + du(plan, 28 + 14) + words_part(plan, form.title, done->title, width) +
			     words_part(plan, form.subtitle, done->subtitle, width) + form.above;
	form.height = form.above_buttons + form.button_h + (form.is_stacked ? form.gap + form.button_h : 0) +
		      form.below + words_part(plan, form.small, done->next, width) +
		      words_part(plan, form.small, done->countdown, width);
	return form;
}

/* The way home is the main thing here, and stands out as the only light area. */
static void close_put(struct plan *plan, int parent, const struct done_form *form, struct rect box)
{
	const struct theme *theme = plan->theme;
	int index = put_button(plan, parent, box, &plan->model->done.close, form->close, theme->leaf);
	struct widget *close = widget_at(plan, index);
	close->fill = FILL_SOLID;
	close->fill_rgb = close->fill2_rgb = close->bg = theme->on_leaf;
	close->fg = theme->leaf;
	close->border_px = 0;
	close->radius_px = du(plan, 24);
}

static void undo_put(struct plan *plan, int parent, const struct done_form *form, struct rect box)
{
	const struct theme *theme = plan->theme;
	int index = put_button(plan, parent, box, &plan->model->done.undo, form->undo, theme->leaf);
	struct widget *undo = widget_at(plan, index);
	undo->fill = FILL_NONE;
	undo->fg = undo->border_rgb = theme->on_leaf;
	undo->bg = theme->leaf;
	undo->border_px = du(plan, 3);
	undo->radius_px = du(plan, 24);
	int icon = undo->font_px, room = undo->box.w - 2 * undo->padding_px - du(plan, 14) - icon;
	if (words_width(plan, form->undo, plan->model->done.undo.text) <= room) {
		undo->icon = ICON_UNDO;
		undo->icon_px = icon;
		undo->icon_gap_px = du(plan, 14);
	}
}

static void buttons_put(struct plan *plan, int parent, const struct done_form *form, struct rect *rest)
{
	bool has_undo = plan->model->done.can_undo;
	struct rect row = rect_cut_top(rest, form->button_h);
	if (form->is_stacked) {
		close_put(plan, parent, form, rect_centred(row, form->close_w, row.h));
		rect_cut_top(rest, form->gap);
		row = rect_cut_top(rest, form->button_h);
		undo_put(plan, parent, form, rect_centred(row, form->undo_w, row.h));
		return;
	}
	row = rect_centred(row, form->close_w + (has_undo ? form->gap + form->undo_w : 0), row.h);
	close_put(plan, parent, form, rect_cut_left(&row, form->close_w));
	if (has_undo) {
		undo_put(plan, parent, form, rect_cut_right(&row, form->undo_w));
	}
}

/* Returns the space above everything. The buttons stand in the lowest part for a low hand. */
static int top_of(const struct plan *plan, const struct done_form *form)
{
	int height = plan->ui->height, free = height - form->height, top = max_int(free, 0) / 2;
	if (plan->screen->low_reach || plan->is_portrait) {
		int least = height * 61 / 100 - form->above_buttons;
		top = clamp_int(least, min_int(top, max_int(free, 0)), max_int(free - du(plan, 40), 0));
	}
	return top;
}

/* A touch anywhere but on "Ångra" leads home, so that the next visitor need not wait. */
void done_put(struct plan *plan)
{
	const struct model_done *done = &plan->model->done;
	const struct theme *theme = plan->theme;
	struct rect screen = {0, 0, plan->ui->width, plan->ui->height};
	plan->ui->paper = theme->leaf;
	int parent = put(plan, (struct widget){.id = "anywhere",
					       .role = UI_BUTTON,
					       .parent = -1,
					       .box = screen,
					       .spoken = done->next,
					       .fg = theme->on_leaf,
					       .bg = theme->leaf,
					       .action = done->close.action,
					       .is_backdrop = true});
	struct rect rest = rect_inset(screen, du(plan, 48), 0);
	struct done_form form = done_form(plan, rest.w);
	plan->overflows |= form.height > screen.h;
	rect_cut_top(&rest, top_of(plan, &form));
	struct rect icon = rect_cut_top(&rest, form.icon_px);
	put_icon(plan, parent, rect_centred(icon, form.icon_px, form.icon_px), ICON_DONE, form.icon_px, theme->on_leaf,
		 theme->leaf);
	rect_cut_top(&rest, du(plan, 28));
	widget_at(plan, line_put(plan, parent, &rest, form.title, done->title))->id = "title";
	rect_cut_top(&rest, du(plan, 14));
	line_put(plan, parent, &rest, form.subtitle, done->subtitle);
	rect_cut_top(&rest, form.above);
	buttons_put(plan, parent, &form, &rest);
	rect_cut_top(&rest, form.below);
	line_put(plan, parent, &rest, form.small, done->next);
	widget_at(plan, line_put(plan, parent, &rest, form.small, done->countdown))->id = "countdown";
}

/* The clock is dim and moves every minute, so that nothing burns in. */
void night_put(struct plan *plan)
{
	enum { STEPS_X = 7, STEPS_Y = 5 };
	const struct model *model = plan->model;
	const uint32_t paper = plan->screen->high_contrast ? 0xFF000000 : 0xFF0A151C;
	const uint32_t dim = plan->screen->high_contrast ? 0xFFC8D4DA : 0xFF8FA3AE;
	plan->ui->paper = paper;
	int wake = put(plan, (struct widget){
				     .id = "wake",
				     .role = UI_BUTTON,
				     .parent = -1,
				     .box = {0, 0, plan->ui->width, plan->ui->height},
				     .spoken = arena_print(plan->ui->arena, "%s, %s", model->clock, model->date),
				     .fg = dim,
				     .bg = paper,
				     .action = {.kind = ACTION_STAY},
			     });
	struct font clock = font_make(plan, 240, WEIGHT_MEDIUM), date = font_make(plan, 40, WEIGHT_REGULAR);
	struct rect room =
		rect_inset((struct rect){0, 0, plan->ui->width, plan->ui->height}, du(plan, 64), du(plan, 64));
	clock = fit_font(plan, clock, model->clock, room.w, 0.3);
	date = fit_font(plan, date, model->date, room.w, 0.5);
	const char *day = fit_wrap(plan, date, model->date, room.w, 2);
	int day_w = words_lines(day) > 1 ? room.w : words_width(plan, date, day) + 2;
	int width = max_int(words_width(plan, clock, model->clock) + 2, day_w);
	int height = clock.line_px + words_height(date, day);
	int minute = max_int(model->minute_of_day, 0);
	int x = room.x + max_int(room.w - width, 0) * (minute * 3 % STEPS_X) / (STEPS_X - 1);
	int y = room.y + max_int(room.h - height, 0) * (minute * 2 % STEPS_Y) / (STEPS_Y - 1);
	struct rect box = {x, y, width, height};
	int text =
		put_text(plan, wake, rect_cut_top(&box, clock.line_px), clock, dim, paper, ALIGN_CENTRE, model->clock);
	widget_at(plan, text)->id = "clock";
	text = put_text(plan, wake, box, date, dim, paper, ALIGN_CENTRE, day);
	widget_at(plan, text)->id = "date";
}
