/* A QR code on a panel, with what it leads to and a button. It stands beside what the sheet is about, or below it in
 * portrait. */
#include "page_private.h"

#include "fit_private.h"

static struct font title_font(const struct plan *plan)
{
	return font_make(plan, 30, WEIGHT_BOLD);
}

static struct font text_font(const struct plan *plan)
{
	return font_make(plan, 24, WEIGHT_REGULAR);
}

void code_put(struct plan *plan, int parent, struct rect box, const char *id, const char *code, const char *spoken)
{
	put(plan, (struct widget){.id = id,
				  .role = UI_IMAGE,
				  .parent = parent,
				  .box = box,
				  .code = code,
				  .spoken = spoken,
				  .fill = FILL_SOLID,
				  .fill_rgb = 0xFFFFFFFF,
				  .fill2_rgb = 0xFFFFFFFF,
				  .radius_px = du(plan, 16),
				  .fg = 0xFF16242E,
				  .bg = 0xFFFFFFFF});
}

static void words_put(struct plan *plan, int parent, struct rect box, enum ui_align align)
{
	const struct model_sheet *sheet = &plan->model->sheet;
	const struct theme *theme = plan->theme;
	struct font title = title_font(plan), text = text_font(plan);
	title = fit_font(plan, title, sheet->code_title, box.w, 0.7);
	const char *first = fit_wrap(plan, title, sheet->code_title, box.w, 2);
	int room = box.h - words_height(title, first) - du(plan, 6);
	const char *second =
		room < text.line_px ? "" : fit_whole(plan, text, sheet->code_text, box.w, room / text.line_px);
	if (words_height(title, first) > box.h) {
		return; /* the code is spoken, and the button says what the other one is for */
	}
	int height = words_height(title, first) + du(plan, 6) + words_height(text, second);
	struct rect rest = align == ALIGN_START ? rect_centred(box, box.w, height) : box;
	put_text(plan, parent, rect_cut_top(&rest, words_height(title, first)), title, theme->ink, theme->paper, align,
		 first);
	rect_cut_top(&rest, du(plan, 6));
	put_text(plan, parent, rect_cut_top(&rest, words_height(text, second)), text, theme->muted, theme->paper, align,
		 second);
}

static void swap_put(struct plan *plan, int parent, struct rect *rest, const struct model_button *swap)
{
	if (!swap->id[0]) {
		return;
	}
	struct rect box = rect_cut_bottom(rest, page_button_height(plan));
	put_button(plan, parent, box, swap, font_make(plan, 27, WEIGHT_SEMIBOLD), plan->theme->paper);
	rect_cut_bottom(rest, du(plan, 12));
}

/* The code above its words. */
static void tall_put(struct plan *plan, int parent, struct rect box, const struct model_button *swap)
{
	const struct model_sheet *sheet = &plan->model->sheet;
	struct rect rest = rect_inset(box, du(plan, 28), du(plan, 28));
	swap_put(plan, parent, &rest, swap);
	int words = title_font(plan).line_px * 2 + text_font(plan).line_px;
	int side = min_int(rest.w, rest.h - words);
	struct rect row = rect_cut_top(&rest, side);
	code_put(plan, parent, rect_centred(row, side, side), "code", sheet->code, sheet->code_spoken);
	rect_cut_top(&rest, du(plan, 16));
	words_put(plan, parent, rest, ALIGN_CENTRE);
}

/* The code beside its words. */
static void flat_put(struct plan *plan, int parent, struct rect box, const struct model_button *swap)
{
	const struct model_sheet *sheet = &plan->model->sheet;
	struct rect rest = rect_inset(box, du(plan, 20), du(plan, 20));
	int side = min_int(rest.h, rest.w * 45 / 100);
	struct rect picture = rect_cut_left(&rest, side);
	code_put(plan, parent, rect_centred(picture, side, side), "code", sheet->code, sheet->code_spoken);
	rect_cut_left(&rest, du(plan, 24));
	swap_put(plan, parent, &rest, swap);
	words_put(plan, parent, rest, ALIGN_START);
}

void code_panel_put(struct plan *plan, int parent, struct rect *rest, const struct model_button *swap)
{
	if (!plan->model->sheet.code[0]) {
		return;
	}
	bool is_low = page_is_low(plan), is_flat = is_low || plan->is_portrait;
	double grown = 1 + (plan->type - 1) / 2;
	struct rect box = {0};
	if (plan->is_portrait) {
		box = rect_cut_bottom(rest, min_int(du(plan, (is_low ? 220 : 300) * grown), rest->h / 3));
		rect_cut_bottom(rest, du(plan, 24));
	} else {
		box = rect_cut_right(rest, min_int(du(plan, (is_low ? 500 : 360) * grown), rest->w * 36 / 100));
		rect_cut_right(rest, du(plan, 48));
	}
	int panel = page_panel_put(plan, parent, box, plan->theme->paper);
	if (is_flat) {
		flat_put(plan, panel, box, swap);
	} else {
		tall_put(plan, panel, box, swap);
	}
}
