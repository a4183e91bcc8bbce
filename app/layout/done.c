/* The full-screen views: the confirmation with its undo, and the clock at night. */
#include "parts_private.h"

#include "app/base/arena.h"
#include "fit_private.h"

struct done_form {
	struct font title, subtitle, where, close, undo, small;
	const struct model_row
		*row; /* the map shows the way there; NULL: no map, and everything stands in the middle */
	struct rect words, card;
	enum ui_align align;
	int icon_px, close_w, undo_w, button_h, gap, above, below, above_buttons, height;
	bool is_stacked; /* the buttons stand one above the other */
};

static int line_put(struct plan *plan, int parent, const struct done_form *form, struct rect *rest, struct font font,
		    const char *text)
{
	const char *words = fit_break(plan, font, text, rest->w, 3);
	return put_text(plan, parent, rect_cut_top(rest, words_height(font, words)), font, plan->theme->on_leaf,
			plan->theme->leaf, form->align, words);
}

/* Returns a box of this width where the words stand: at their start, or in the middle. */
static struct rect aligned(const struct done_form *form, struct rect row, int width)
{
	return form->align == ALIGN_START ? rect_cut_left(&row, width) : rect_centred(row, width, row.h);
}

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

/* Without a map, a line under the others says where the place is. */
static const char *where_line(const struct plan *plan, const struct done_form *form)
{
	return form->row ? "" : plan->model->done.where;
}

static struct done_form done_form(const struct plan *plan, struct done_form form)
{
	const struct model_done *done = &plan->model->done;
	int width = form.words.w;
	form = (struct done_form){
		.row = form.row,
		.words = form.words,
		.card = form.card,
		.align = form.align,
		.title = font_make(plan, 78, WEIGHT_BOLD),
		.subtitle = font_make(plan, 46, WEIGHT_SEMIBOLD),
		.where = font_make(plan, 36, WEIGHT_REGULAR),
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
			     words_part(plan, form.subtitle, done->subtitle, width) +
			     words_part(plan, form.where, where_line(plan, &form), width) + form.above;
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
		close_put(plan, parent, form, aligned(form, row, form->close_w));
		rect_cut_top(rest, form->gap);
		row = rect_cut_top(rest, form->button_h);
		undo_put(plan, parent, form, aligned(form, row, form->undo_w));
		return;
	}
	row = aligned(form, row, form->close_w + (has_undo ? form->gap + form->undo_w : 0));
	close_put(plan, parent, form, rect_cut_left(&row, form->close_w));
	if (has_undo) {
		undo_put(plan, parent, form, rect_cut_right(&row, form->undo_w));
	}
}

/* Returns the space above the words. The buttons stand in the lowest part for a low hand. */
static int top_of(const struct plan *plan, const struct done_form *form)
{
	int free = max_int(form->words.h - form->height, 0), top = free / 2;
	if (plan->screen->low_reach || plan->is_portrait) {
		int least = plan->ui->height * 61 / 100 - form->above_buttons - form->words.y;
		top = clamp_int(least, min_int(top, free), max_int(free - du(plan, 40), 0));
	}
	return top;
}

static int card_height(const struct plan *plan, const struct model_row *row, int width)
{
	const struct model_done *done = &plan->model->done;
	struct font title = font_make(plan, 32, WEIGHT_BOLD), text = font_make(plan, 29, WEIGHT_REGULAR);
	int inner = width - 2 * du(plan, 48);
	return du(plan, 30 + 24 + 30) + map_height(plan, row, width - 2 * du(plan, 30)) +
	       words_part(plan, title, done->how, inner) + words_part(plan, text, done->where, inner);
}

/* Makes room for the map beside the words, in portrait above them. */
static struct done_form form_with_map(const struct plan *plan, const struct model_row *row)
{
	struct rect screen = {0, 0, plan->ui->width, plan->ui->height}, rest = rect_inset(screen, du(plan, 48), 0);
	struct done_form form = {.row = row, .align = plan->is_portrait ? ALIGN_CENTRE : ALIGN_START};
	if (plan->is_portrait) {
		rect_cut_top(&rest, du(plan, 48));
		form.card = rect_cut_top(&rest, card_height(plan, row, rest.w));
		rect_cut_top(&rest, du(plan, 32));
	} else {
		rest = rect_inset(screen, du(plan, 96), 0);
		struct rect side = rect_cut_right(&rest, screen.w * 424 / 1000);
		form.card = rect_centred(side, side.w, card_height(plan, row, side.w));
		rect_cut_right(&rest, du(plan, 64));
	}
	form.words = rest;
	return done_form(plan, form);
}

static struct done_form form_fitting(const struct plan *plan)
{
	struct rect screen = {0, 0, plan->ui->width, plan->ui->height};
	const struct model_done *done = &plan->model->done;
	const struct model_row *row = done->place[0] ? map_row(plan->model, done->place) : NULL;
	if (row && map_height(plan, row, screen.w) > 0) {
		struct done_form form = form_with_map(plan, row);
		if (form.height <= form.words.h && form.card.h <= screen.h - 2 * du(plan, 40)) {
			return form;
		}
	}
	return done_form(plan, (struct done_form){.words = rect_inset(screen, du(plan, 48), 0), .align = ALIGN_CENTRE});
}

static void card_put(struct plan *plan, int parent, const struct done_form *form)
{
	const struct model_done *done = &plan->model->done;
	const struct theme *theme = plan->theme;
	struct rect rest = form->card;
	int card = put_card(plan, parent, rest);
	widget_at(plan, card)->radius_px = du(plan, 32);
	rect_cut_top(&rest, du(plan, 30));
	struct rect map = rect_inset(rest, du(plan, 30), 0);
	map.h = map_height(plan, form->row, map.w);
	map_put(plan, card, map, form->row);
	rect_cut_top(&rest, map.h + du(plan, 24));
	rest = rect_inset(rest, du(plan, 48), 0);
	struct font title = font_make(plan, 32, WEIGHT_BOLD), text = font_make(plan, 29, WEIGHT_REGULAR);
	const char *how = fit_break(plan, title, done->how, rest.w, 3);
	const char *where = fit_break(plan, text, done->where, rest.w, 3);
	put_text(plan, card, rect_cut_top(&rest, words_height(title, how)), title, theme->ink, theme->card, ALIGN_START,
		 how);
	put_text(plan, card, rect_cut_top(&rest, words_height(text, where)), text, theme->ink, theme->card, ALIGN_START,
		 where);
}

static void words_put(struct plan *plan, int parent, const struct done_form *form)
{
	const struct model_done *done = &plan->model->done;
	const struct theme *theme = plan->theme;
	struct rect rest = form->words;
	rect_cut_top(&rest, top_of(plan, form));
	struct rect icon = aligned(form, rect_cut_top(&rest, form->icon_px), form->icon_px);
	put_icon(plan, parent, icon, ICON_DONE, form->icon_px, theme->on_leaf, theme->leaf);
	rect_cut_top(&rest, du(plan, 28));
	widget_at(plan, line_put(plan, parent, form, &rest, form->title, done->title))->id = "title";
	rect_cut_top(&rest, du(plan, 14));
	line_put(plan, parent, form, &rest, form->subtitle, done->subtitle);
	line_put(plan, parent, form, &rest, form->where, where_line(plan, form));
	rect_cut_top(&rest, form->above);
	buttons_put(plan, parent, form, &rest);
	rect_cut_top(&rest, form->below);
	line_put(plan, parent, form, &rest, form->small, done->next);
	widget_at(plan, line_put(plan, parent, form, &rest, form->small, done->countdown))->id = "countdown";
}

/* A touch anywhere but on "Ångra" leads home, so that the next visitor need not wait. */
void done_put(struct plan *plan)
{
	const struct model_done *done = &plan->model->done;
	const struct theme *theme = plan->theme;
	plan->ui->paper = theme->leaf;
	int parent = put(plan, (struct widget){.id = "anywhere",
					       .role = UI_BUTTON,
					       .parent = -1,
					       .box = {0, 0, plan->ui->width, plan->ui->height},
					       .spoken = done->next,
					       .fg = theme->on_leaf,
					       .bg = theme->leaf,
					       .action = done->close.action,
					       .is_backdrop = true});
	struct done_form form = form_fitting(plan);
	plan->overflows |= form.height > form.words.h;
	words_put(plan, parent, &form);
	if (form.row) {
		card_put(plan, parent, &form);
	}
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
