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
	static const int trunks[][3] = {{760, 60, 12}, {812, 104, 9},  {846, 20, 14},   {906, 88, 10}, {962, 0, 15},
					{1004, 96, 9}, {1060, 40, 13}, {1092, 120, 10}, {1150, 70, 12}};
	const struct theme *theme = plan->theme;
	int ground = card.y + card.h - du(plan, 104), radius = du(plan, 24);
	double scale = card.w / 1236.0;
	put_fill(plan, parent, (struct rect){card.x, ground - du(plan, 16), card.w, du(plan, 120)}, theme->river_soft,
		 radius);
	for (size_t i = 0; i < sizeof(trunks) / sizeof(trunks[0]); i++) {
		int x = card.x + (int)(trunks[i][0] * scale), w = du(plan, trunks[i][2]);
		int h = du(plan, 300 - trunks[i][1]) * 3 / 4;
		put_fill(plan, parent, (struct rect){x, ground - h + du(plan, 40), w, h}, theme->line, w / 3);
		for (int mark = 1; mark <= 4; mark++) {
			int y = ground + du(plan, 40) - h * mark / 5 - du(plan, trunks[i][2]);
			put_fill(plan, parent,
				 (struct rect){mark % 2 ? x : x + w - du(plan, 6), y, du(plan, 6), du(plan, 4)},
				 theme->muted, 0);
		}
	}
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
