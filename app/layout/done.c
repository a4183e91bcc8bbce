/* The full-screen views: the confirmation with its undo, and the clock at night. */
#include "parts_private.h"

#include "app/base/arena.h"
#include "fit_private.h"

static int line_put(struct plan *plan, struct rect *rest, struct font font, uint32_t fg, const char *text)
{
	const char *words = fit_break(plan, font, text, rest->w, 3);
	return put_text(plan, -1, rect_cut_top(rest, words_height(font, words)), font, fg, plan->theme->leaf,
			ALIGN_CENTRE, words);
}

struct done_form {
	struct font title, subtitle, undo, countdown;
	int icon_px, undo_w, undo_h, above_undo, height;
};

static struct done_form done_form(const struct plan *plan, int width)
{
	const struct model_done *done = &plan->model->done;
	struct done_form form = {
		.title = font_make(plan, 84, WEIGHT_BOLD),
		.subtitle = font_make(plan, 42, WEIGHT_REGULAR),
		.undo = font_make(plan, 34, WEIGHT_SEMIBOLD),
		.countdown = font_make(plan, 28, WEIGHT_REGULAR),
		.icon_px = du(plan, 200),
	};
	form.title = fit_font(plan, form.title, done->title, width, 0.6);
	form.undo_h = max_int(max_int(du(plan, 104), plan->main_px), form.undo.line_px + du(plan, 30));
	form.undo_w = max_int(du(plan, 400), words_width(plan, form.undo, done->undo.text) + 2 * du(plan, 40));
	form.undo_w = min_int(form.undo_w, width);
	form.above_undo = form.icon_px + du(plan, 40 + 12) +
			  words_height(form.title, fit_break(plan, form.title, done->title, width, 3)) +
			  words_height(form.subtitle, fit_break(plan, form.subtitle, done->subtitle, width, 3));
	form.height = form.above_undo + du(plan, 105 + 40) + form.undo_h + form.countdown.line_px;
	return form;
}

static void undo_put(struct plan *plan, const struct done_form *form, struct rect box)
{
	const struct theme *theme = plan->theme;
	int index = put_button(plan, -1, box, &plan->model->done.undo, form->undo, theme->leaf);
	struct widget *undo = widget_at(plan, index);
	undo->fill = FILL_NONE;
	undo->fg = undo->border_rgb = theme->on_leaf;
	undo->bg = theme->leaf;
	undo->border_px = du(plan, 3);
	undo->radius_px = du(plan, 20);
}

void done_put(struct plan *plan)
{
	const struct model_done *done = &plan->model->done;
	const struct theme *theme = plan->theme;
	struct rect screen = {0, 0, plan->ui->width, plan->ui->height};
	plan->ui->paper = theme->leaf;
	struct rect rest = rect_inset(screen, du(plan, 48), 0);
	struct done_form form = done_form(plan, rest.w);
	int free = screen.h - form.height;
	if (free < 0) {
		plan->overflows = true;
	}
	/* The button stands a little below the middle, or at the bottom for a low hand. */
	int top = max_int(free, 0) * 59 / 100;
	if (plan->screen->low_reach || plan->is_portrait) {
		int least = screen.h * 61 / 100 - form.above_undo - du(plan, 105);
		top = clamp_int(least, min_int(top, max_int(free, 0)), max_int(free - du(plan, 40), 0));
	}
	rect_cut_top(&rest, top);
	struct rect icon = rect_cut_top(&rest, form.icon_px);
	put_icon(plan, -1, rect_centred(icon, form.icon_px, form.icon_px), ICON_DONE, form.icon_px, theme->on_leaf,
		 theme->leaf);
	rect_cut_top(&rest, du(plan, 40));
	widget_at(plan, line_put(plan, &rest, form.title, theme->on_leaf, done->title))->id = "title";
	rect_cut_top(&rest, du(plan, 12));
	line_put(plan, &rest, form.subtitle, theme->on_leaf, done->subtitle);
	rect_cut_top(&rest, du(plan, 105));
	struct rect undo = rect_cut_top(&rest, form.undo_h);
	if (done->can_undo) {
		undo_put(plan, &form, rect_centred(undo, form.undo_w, undo.h));
	}
	rect_cut_top(&rest, du(plan, 40));
	widget_at(plan, line_put(plan, &rest, form.countdown, theme->on_leaf, done->countdown))->id = "countdown";
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
