/* The card of a closed day, which stands in the schedule's place. */
#include "parts_private.h"

#include "fit_private.h"

struct closed_form {
	struct font title, text, code;
	int pad, lock_px, code_px, code_w; /* code_w: 0 when there is none */
};

static struct closed_form closed_form(const struct plan *plan, struct rect card)
{
	const struct model_closed *closed = &plan->model->closed;
	bool is_small = card.h < du(plan, 420);
	struct closed_form form = {
		.title = font_make(plan, is_small || plan->is_list ? 48 : 78, WEIGHT_BOLD),
		.text = font_make(plan, plan->is_list ? 28 : 36, WEIGHT_REGULAR),
		.code = font_make(plan, 26, WEIGHT_SEMIBOLD),
		.pad = du(plan, 56),
		.lock_px = is_small || plan->is_list ? 0 : du(plan, 84),
	};
	form.code_px = min_int(du(plan, plan->is_portrait ? 220 : 240), card.h / 2);
	if (closed->code[0]) {
		form.code_w = max_int(form.code_px,
				      min_int(words_width(plan, form.code, closed->code_title) + 2, card.w / 3));
	}
	return form;
}

static void code_put(struct plan *plan, int parent, const struct closed_form *form, struct rect box)
{
	const struct model_closed *closed = &plan->model->closed;
	const char *title = fit_wrap(plan, form->code, closed->code_title, form->code_w, 2);
	int image = put(plan, (struct widget){
				      .id = "code",
				      .role = UI_IMAGE,
				      .parent = parent,
				      .box = {box.x + (box.w - form->code_px) / 2, box.y, form->code_px, form->code_px},
				      .fill = FILL_SOLID,
				      .fill_rgb = 0xFFFFFFFF,
				      .fill2_rgb = 0xFFFFFFFF,
				      .spoken = closed->code_title,
				      .code = closed->code,
			      });
	widget_at(plan, image)->fg = 0xFF000000;
	widget_at(plan, image)->bg = 0xFFFFFFFF;
	rect_cut_top(&box, form->code_px + du(plan, 12));
	put_text(plan, parent, rect_cut_top(&box, words_height(form->code, title)), form->code, plan->theme->ink,
		 plan->theme->card, ALIGN_CENTRE, title);
}

static void lock_put(struct plan *plan, int parent, struct rect box)
{
	int tile = put_fill(plan, parent, box, plan->theme->river_soft, du(plan, 22));
	put_icon(plan, tile, box, ICON_LOCK, box.w * 46 / 84, plan->theme->on_river_soft, plan->theme->river_soft);
}

/* Puts the words and returns their height. */
static int words_put(struct plan *plan, int parent, const struct closed_form *form, struct rect box)
{
	const struct model_closed *closed = &plan->model->closed;
	struct font title = fit_font(plan, form->title, closed->title, box.w, 0.6);
	const char *words = fit_wrap(plan, title, closed->title, box.w, 3);
	const char *text = fit_wrap(plan, form->text, closed->text, box.w, 3);
	int top = box.y;
	if (form->lock_px) {
		struct rect lock = rect_cut_top(&box, form->lock_px);
		lock.w = form->lock_px;
		lock_put(plan, parent, lock);
		rect_cut_top(&box, du(plan, 28));
	}
	int index = put_text(plan, parent, rect_cut_top(&box, words_height(title, words)), title, plan->theme->ink,
			     plan->theme->card, ALIGN_START, words);
	widget_at(plan, index)->id = "closed";
	rect_cut_top(&box, du(plan, 14));
	put_text(plan, parent, rect_cut_top(&box, words_height(form->text, text)), form->text, plan->theme->muted,
		 plan->theme->card, ALIGN_START, text);
	return box.y - top;
}

/* Snow and birches where nothing else stands. */
static void winter_put(struct plan *plan, int parent, struct rect card)
{
	const struct theme *theme = plan->theme;
	int radius = du(plan, 24), deep = du(plan, 66), side = min_int(du(plan, 480), card.w / 2);
	struct rect rest = card;
	struct rect snow = rect_cut_bottom(&rest, du(plan, 120));
	put_fill(plan, parent, snow, theme->river_soft, radius);
	put_fill(plan, parent, rect_cut_bottom(&snow, deep), theme->snow, radius);
	struct rect trees = {card.x + card.w - side - du(plan, 48), card.y + card.h - deep - side, side, side};
	put_icon(plan, parent, trees, ICON_BIRCHES, side, theme->line, theme->card);
	put_icon(plan, parent, trees, ICON_BARK, side, theme->muted, theme->card);
}

void closed_put(struct plan *plan, struct rect card)
{
	struct closed_form form = closed_form(plan, card);
	int parent = put_card(plan, -1, card);
	struct rect rest = rect_inset(card, form.pad, min_int(form.pad, card.h / 12));
	struct rect words = rest;
	if (form.code_w > 0) {
		code_put(plan, parent, &form, rect_cut_right(&words, form.code_w));
		rect_cut_right(&words, du(plan, 40));
	}
	int used = max_int(words_put(plan, parent, &form, words),
			   form.code_w > 0 ? form.code_px + 2 * form.code.line_px + du(plan, 12) : 0);
	rect_cut_top(&rest, used + du(plan, 28));
	plan->overflows |= used > card.h - form.pad / 2;
	if (plan->model->row_count > 0 && !plan->screen->low_reach) {
		plan->overflows |= rest.h < places_row_height(plan);
		places_rows_put(plan, parent, rest);
	} else if (!plan->is_reading && !plan->screen->high_contrast && rest.h > du(plan, 260)) {
		winter_put(plan, parent, card);
	}
}
