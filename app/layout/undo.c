/* The strip at the foot of the home screen: what the last visitor did, and the button that undoes it. */
#include "fit_private.h"
#include "parts_private.h"

struct undo_form {
	struct font words, button;
	int pad, icon, gap, button_w, button_h;
};

static struct undo_form undo_form(const struct plan *plan)
{
	struct undo_form form = {.words = font_make(plan, 26, WEIGHT_SEMIBOLD),
				 .button = font_make(plan, 26, WEIGHT_SEMIBOLD),
				 .pad = du(plan, 8),
				 .icon = font_make(plan, 32, WEIGHT_SEMIBOLD).px,
				 .gap = du(plan, 16)};
	/* As wide as the longest time, so that nothing moves while it runs out. */
	int figures = words_width(plan, form.button, "000") - words_width(plan, form.button, "0");
	form.button_w = words_width(plan, form.button, plan->model->undo.button.text) + figures + form.button.px +
			du(plan, 10) + 2 * du(plan, 24);
	form.button_w = max_int(form.button_w, plan->target_px);
	form.button_h = max_int(max_int(du(plan, 58), form.button.line_px + du(plan, 20)), plan->target_px);
	return form;
}

int undo_height(const struct plan *plan)
{
	if (!plan->model->undo.text[0]) {
		return 0;
	}
	struct undo_form form = undo_form(plan);
	return form.button_h + 2 * form.pad;
}

static int words_room(const struct plan *plan, const struct undo_form *form, int width)
{
	return width - du(plan, 24) - form->icon - 2 * form->gap - form->button_w - form->pad;
}

/* Returns the sentence, in two lines where that is needed, else who acted; "" when there is no room for either. */
static const char *words_of(const struct plan *plan, const struct undo_form *form, int width)
{
	const struct model_undo *undo = &plan->model->undo;
	int room = words_room(plan, form, width);
	int lines = (form->button_h + form->pad) / form->words.line_px;
	const char *words = fit_even(plan, form->words, undo->text, room, min_int(max_int(lines, 1), 2));
	return words[0] ? words : fit_whole(plan, form->words, undo->shorter, room, 1);
}

bool undo_fits(const struct plan *plan, int width)
{
	if (!plan->model->undo.text[0]) {
		return false;
	}
	struct undo_form form = undo_form(plan);
	return words_room(plan, &form, width) > 0 && words_of(plan, &form, width)[0];
}

static void button_put(struct plan *plan, int parent, const struct undo_form *form, struct rect box)
{
	const struct theme *theme = plan->theme;
	struct widget *button =
		widget_at(plan, put_button(plan, parent, box, &plan->model->undo.button, form->button, theme->leaf));
	button->fill = FILL_SOLID;
	button->fill_rgb = button->fill2_rgb = button->bg = theme->on_leaf;
	button->fg = theme->leaf;
	button->border_px = 0;
	button->radius_px = du(plan, 14);
	button->icon = ICON_UNDO;
	button->icon_px = button->font_px;
	button->icon_gap_px = du(plan, 10);
}

void undo_strip_put(struct plan *plan, struct rect box)
{
	const struct theme *theme = plan->theme;
	struct undo_form form = undo_form(plan);
	const char *words = words_of(plan, &form, box.w);
	int strip = put_fill(plan, -1, box, theme->leaf, du(plan, 18));
	widget_at(plan, strip)->id = "done";
	rect_cut_right(&box, form.pad);
	struct rect button = rect_cut_right(&box, form.button_w);
	rect_cut_left(&box, du(plan, 24));
	put_icon(plan, strip, rect_cut_left(&box, form.icon), ICON_CHECK, form.icon, theme->on_leaf, theme->leaf);
	rect_cut_left(&box, form.gap);
	rect_cut_right(&box, form.gap);
	int text = put_text(plan, strip, box, form.words, theme->on_leaf, theme->leaf, ALIGN_START, words);
	widget_at(plan, text)->spoken = kept(plan, plan->model->undo.text);
	button_put(plan, strip, &form, rect_centred(button, button.w, form.button_h));
}

void undo_row_put(struct plan *plan, struct rect *rest, int footer_room)
{
	if (plan->model->undo.text[0] && !undo_fits(plan, footer_room)) {
		undo_strip_put(plan, rect_cut_bottom(rest, undo_height(plan)));
		rect_cut_bottom(rest, max_int(du(plan, 16), plan->gap_px));
	}
}
