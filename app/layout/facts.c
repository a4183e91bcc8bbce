/* Lines of what and who: "Ordförande i KC-gruppen – Monica E.". Where the two do not fit beside each other, the second
 * stands below the first. */
#include "facts_private.h"

#include "fit_private.h"

struct fact_form {
	struct font key, text, detail;
	int pad, key_w, gap;
	bool is_stacked;
};

static struct fact_form fact_form(const struct plan *plan, int width)
{
	const struct model_detail *detail = &plan->model->detail;
	struct fact_form form = {.key = font_make(plan, 26, WEIGHT_REGULAR),
				 .text = font_make(plan, 27, WEIGHT_SEMIBOLD),
				 .detail = font_make(plan, 26, WEIGHT_REGULAR),
				 .pad = du(plan, page_is_low(plan) ? 8 : 14),
				 .gap = du(plan, 24)};
	for (size_t i = 0; i < detail->fact_count; i++) {
		form.key_w = max_int(form.key_w, words_width(plan, form.key, detail->facts[i].key) + 2);
	}
	form.is_stacked = form.key_w > width * 55 / 100 || width - form.key_w < du(plan, 240) * plan->type;
	if (form.is_stacked) {
		form.key_w = width;
		form.gap = 0;
	}
	return form;
}

/* The words of a line: "Jonas W." and, when it has room on the same line, "Nordmaling". */
struct fact_words {
	const char *key, *text, *detail;
	int height;
};

static struct fact_words fact_words(const struct plan *plan, const struct fact_form *form,
				    const struct model_fact *fact, int width)
{
	int text_w = form->is_stacked ? width : width - form->key_w - form->gap;
	struct fact_words words = {.key = fit_break(plan, form->key, fact->key, form->key_w, 2), .detail = ""};
	words.text = fit_break(plan, form->text, fact->text, text_w, 6);
	int used = words_width(plan, form->text, fact->text) + du(plan, 12);
	if (fact->detail[0] && used + words_width(plan, form->detail, fact->detail) + 2 <= text_w) {
		words.detail = fact->detail;
	}
	int key_h = words_height(form->key, words.key), text_h = words_height(form->text, words.text);
	words.height = 2 * form->pad + (form->is_stacked ? key_h + text_h : max_int(key_h, text_h));
	return words;
}

int facts_height(const struct plan *plan, int width)
{
	const struct model_detail *detail = &plan->model->detail;
	struct fact_form form = fact_form(plan, width);
	int height = 0;
	for (size_t i = 0; i < detail->fact_count; i++) {
		height += fact_words(plan, &form, &detail->facts[i], width).height;
	}
	return height;
}

static void fact_put(struct plan *plan, int parent, const struct fact_form *form, const struct fact_words *words,
		     struct rect row, uint32_t behind)
{
	const struct theme *theme = plan->theme;
	struct rect rest = rect_inset(row, 0, form->pad);
	struct rect key = form->is_stacked ? rect_cut_top(&rest, words_height(form->key, words->key))
					   : rect_cut_left(&rest, form->key_w);
	rect_cut_left(&rest, form->gap);
	put_text(plan, parent, key, form->key, theme->muted, behind, ALIGN_START, words->key);
	if (words->detail[0]) {
		struct rect text = rect_cut_left(&rest, words_width(plan, form->text, words->text) + 2);
		put_text(plan, parent, text, form->text, theme->ink, behind, ALIGN_START, words->text);
		rect_cut_left(&rest, du(plan, 10));
		put_text(plan, parent, rest, form->detail, theme->muted, behind, ALIGN_START, words->detail);
		return;
	}
	put_text(plan, parent, rest, form->text, theme->ink, behind, ALIGN_START, words->text);
}

void facts_put(struct plan *plan, int parent, struct rect box, uint32_t behind)
{
	const struct model_detail *detail = &plan->model->detail;
	struct fact_form form = fact_form(plan, box.w);
	for (size_t i = 0; i < detail->fact_count; i++) {
		struct fact_words words = fact_words(plan, &form, &detail->facts[i], box.w);
		if (words.height > box.h) {
			return; /* the last ones matter least */
		}
		struct rect row = rect_cut_top(&box, words.height);
		if (i > 0) {
			put_fill(plan, parent, (struct rect){row.x, row.y, row.w, du(plan, 2)}, plan->theme->line, 0);
		}
		fact_put(plan, parent, &form, &words, row, behind);
	}
}

static struct font note_font(const struct plan *plan)
{
	struct font font = font_make(plan, 24, WEIGHT_REGULAR);
	font.line_px = font.px * 34 / 24;
	return font;
}

int detail_notes_height(const struct plan *plan, int width)
{
	const struct model_detail *detail = &plan->model->detail;
	int height = 0;
	for (size_t i = 0; i < detail->note_count; i++) {
		height += words_height(note_font(plan), fit_wrap(plan, note_font(plan), detail->notes[i], width, 4));
	}
	return height;
}

void detail_notes_put(struct plan *plan, int parent, struct rect box)
{
	const struct model_detail *detail = &plan->model->detail;
	struct font font = note_font(plan);
	for (size_t i = 0; i < detail->note_count; i++) {
		const char *text = fit_wrap(plan, font, detail->notes[i], box.w, 4);
		if (words_height(font, text) > box.h) {
			return;
		}
		put_text(plan, parent, rect_cut_top(&box, words_height(font, text)), font, plan->theme->muted,
			 plan->theme->card, ALIGN_START, text);
	}
}
