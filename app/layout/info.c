/* "Bra att veta": cards in columns, in the order of the configuration, as many to a page as have room. One card alone
 * is shown with its code as large as the sheet allows. */
#include "page_private.h"

#include "app/base/limits.h"
#include "app/base/arena.h"
#include "fit_private.h"

struct card_form {
	struct font title, text, button;
	int pad, icon, gap, code;
	int button_h;
};

static struct card_form card_form(const struct plan *plan)
{
	struct card_form form = {.title = font_make(plan, 30, WEIGHT_BOLD),
				 .text = font_make(plan, 26, WEIGHT_REGULAR),
				 .button = font_make(plan, 25, WEIGHT_SEMIBOLD),
				 .pad = du(plan, page_is_low(plan) ? 18 : 26),
				 .gap = max_int(du(plan, 16), plan->gap_px),
				 .code = du(plan, page_is_low(plan) ? 180 : 240)};
	if (page_is_low(plan)) {
		int room = plan->ui->height * 4 / 10 - page_button_height(plan) - du(plan, 170);
		form.code = clamp_int(room, du(plan, 80), form.code);
	}
	form.text.line_px = form.text.px * 38 / 26;
	form.icon = form.title.px * 38 / 30;
	form.button_h = max_int(max_int(du(plan, 72), plan->target_px), form.button.line_px + du(plan, 20));
	return form;
}

static enum ui_icon icon_of(enum info_icon icon)
{
	static const enum ui_icon icons[] = {
		[INFO_PLAIN] = ICON_INFO,       [INFO_WIFI] = ICON_WIFI, [INFO_PRINTER] = ICON_PRINTER,
		[INFO_PHONE] = ICON_PHONE,      [INFO_EXIT] = ICON_EXIT, [INFO_ACCESS] = ICON_ACCESS,
		[INFO_PRIVACY] = ICON_QUESTION, [INFO_PLACE] = ICON_PIN, [INFO_PEOPLE] = ICON_PEOPLE};
	return icons[icon];
}

/* The words of a card in the lines that they take at a width, and the heights that follow. */
struct card {
	const char *title, *text, *hint;
	bool has_side; /* the hint stands beside the code, else below it */
	bool is_wide;  /* the text stands beside the code, too */
	int height;
};

static const char *lines_of(const struct plan *plan, struct font font, const char *text, int width)
{
	return text[0] ? fit_wrap(plan, font, text, width, INFO_TEXT_MAX) : "";
}

static void code_card_make(const struct plan *plan, const struct card_form *form, const struct model_card *card,
			   int inner, struct card *made)
{
	int side_w = inner - form->code - du(plan, 20), gap = du(plan, 12);
	made->hint = fit_whole(plan, form->text, card->hint, side_w, form->code / form->text.line_px);
	made->has_side = made->hint[0];
	made->hint = made->has_side ? made->hint : lines_of(plan, form->text, card->hint, inner);
	made->is_wide = made->has_side && side_w >= du(plan, 420);
	made->text = lines_of(plan, form->text, card->text, made->is_wide ? side_w : inner);
	int text_h = made->text[0] ? gap + words_height(form->text, made->text) : 0;
	int hint_h = words_height(form->text, made->hint);
	if (made->is_wide) {
		made->height += gap + max_int(form->code, hint_h + text_h);
	} else {
		made->height += gap + form->code + (made->has_side ? 0 : hint_h) + text_h;
	}
}

static int more_width(const struct plan *plan, const struct card_form *form, const struct model_card *card, int inner)
{
	int width = words_width(plan, form->button, card->more.text) + 2 * du(plan, 36);
	return clamp_int(width, plan->main_px, inner);
}

/* On a card as wide as a low hand's whole strip the button stands beside the words. */
static bool has_more_beside(const struct plan *plan, const struct model_card *card, int inner)
{
	return page_is_low(plan) && card->more.id[0] && inner >= du(plan, 900);
}

static struct card card_make(const struct plan *plan, const struct card_form *form, const struct model_card *card,
			     int width)
{
	int inner = width - 2 * form->pad;
	struct card made = {.hint = ""};
	bool is_beside = has_more_beside(plan, card, inner);
	inner -= is_beside ? more_width(plan, form, card, inner) + form->gap : 0;
	made.title = fit_break(plan, form->title, card->title, inner - form->icon - du(plan, 14), 3);
	made.text = lines_of(plan, form->text, card->text, inner);
	made.height = 2 * form->pad + max_int(words_height(form->title, made.title), form->icon);
	if (!card->code[0]) {
		made.height += made.text[0] ? du(plan, 12) + words_height(form->text, made.text) : 0;
	} else {
		code_card_make(plan, form, card, inner, &made);
	}
	made.height += card->more.id[0] && !is_beside ? form->gap + form->button_h : 0;
	made.height = max_int(made.height, is_beside ? form->button_h + 2 * form->pad : 0);
	return made;
}

static void title_put(struct plan *plan, int parent, const struct card_form *form, const struct model_card *card,
		      const char *title, struct rect row, uint32_t behind)
{
	struct rect icon = rect_cut_left(&row, form->icon);
	icon.h = min_int(icon.h, max_int(form->title.line_px, form->icon));
	put_icon(plan, parent, icon, icon_of(card->icon), form->icon, plan->theme->outline, behind);
	rect_cut_left(&row, du(plan, 14));
	put_text(plan, parent, row, form->title, plan->theme->ink, behind, ALIGN_START, title);
}

static void text_put(struct plan *plan, int parent, const struct card_form *form, struct rect *rest, const char *text,
		     uint32_t behind)
{
	if (text[0]) {
		rect_cut_top(rest, du(plan, 12));
		put_text(plan, parent, rect_cut_top(rest, words_height(form->text, text)), form->text, plan->theme->ink,
			 behind, ALIGN_START, text);
	}
}

static void code_row_put(struct plan *plan, int parent, const struct card_form *form, const struct model_card *card,
			 const struct card *made, struct rect rest, uint32_t behind)
{
	rect_cut_top(&rest, du(plan, 12));
	struct rect row = made->is_wide ? rest : rect_cut_top(&rest, form->code);
	struct rect box = rect_cut_left(&row, form->code);
	box.h = form->code;
	code_put(plan, parent, box, arena_print(plan->ui->arena, "code:%s", card->id), card->code, card->code_spoken);
	rect_cut_left(&row, du(plan, 20));
	struct rect *words = made->has_side ? &row : &rest;
	put_text(plan, parent, rect_cut_top(words, words_height(form->text, made->hint)), form->text,
		 plan->theme->muted, behind, ALIGN_START, made->hint);
	text_put(plan, parent, form, made->is_wide ? &row : &rest, made->text, behind);
}

static int card_group_put(struct plan *plan, int parent, const struct model_card *card, struct rect box,
			  uint32_t *out_behind)
{
	bool is_emergency = card->icon == INFO_EXIT;
	*out_behind = is_emergency ? theme_state(plan->theme, SHOWN_FREE).fill_rgb : plan->theme->paper;
	int group = page_panel_put(plan, parent, box, *out_behind);
	widget_at(plan, group)->id = kept(plan, card->id);
	widget_at(plan, group)->spoken = card->text[0] ? arena_print(plan->ui->arena, "%s. %s", card->title, card->text)
						       : kept(plan, card->title);
	return group;
}

static void card_put(struct plan *plan, int parent, const struct card_form *form, const struct model_card *card,
		     struct rect box)
{
	struct card made = card_make(plan, form, card, box.w);
	uint32_t behind = 0;
	plan->overflows |= made.height > box.h;
	int group = card_group_put(plan, parent, card, box, &behind);
	struct rect rest = rect_inset(box, form->pad, form->pad);
	int width = more_width(plan, form, card, rest.w);
	if (has_more_beside(plan, card, rest.w)) {
		struct rect side = rect_cut_right(&rest, width);
		put_button(plan, group, rect_centred(side, width, form->button_h), &card->more, form->button, behind);
		rect_cut_right(&rest, form->gap);
	} else if (card->more.id[0]) {
		struct rect row = rect_cut_bottom(&rest, form->button_h);
		put_button(plan, group, rect_cut_left(&row, width), &card->more, form->button, behind);
		rect_cut_bottom(&rest, form->gap);
	}
	int title_h = max_int(words_height(form->title, made.title), form->icon);
	title_put(plan, group, form, card, made.title, rect_cut_top(&rest, title_h), behind);
	if (card->code[0]) {
		code_row_put(plan, group, form, card, &made, rest, behind);
	} else {
		text_put(plan, group, form, &rest, made.text, behind);
	}
}

/* Cards fill one column after the other. */
struct cards {
	struct card_form form;
	int heights[INFOS_MAX];
	size_t count;
	int columns, gap, width;
};

static bool cards_measure(const struct plan *plan, struct cards *cards, struct rect box)
{
	bool fits = true;
	cards->width = rect_column(box, 0, cards->columns, cards->gap).w;
	for (size_t i = 0; i < cards->count; i++) {
		cards->heights[i] = card_make(plan, &cards->form, &plan->model->cards[i], cards->width).height;
		fits = fits && cards->heights[i] <= box.h;
	}
	return fits;
}

/* Wider columns make a long text lower. */
static struct cards cards_make(const struct plan *plan, struct rect box)
{
	const struct model *model = plan->model;
	struct cards cards = {.form = card_form(plan), .gap = page_gap(plan)};
	int wish = du(plan, 430 * (1 + (plan->type - 1) * 0.8));
	int most = plan->is_portrait ? 2 : page_is_low(plan) ? 4 : 3;
	cards.count = model->card_count < INFOS_MAX ? model->card_count : INFOS_MAX;
	cards.columns = clamp_int((box.w + cards.gap) / (wish + cards.gap), 1, most);
	cards.columns = max_int(min_int(cards.columns, (int)cards.count), 1);
	while (!cards_measure(plan, &cards, box) && cards.columns > 1) {
		cards.columns--;
	}
	return cards;
}

/* Returns where the column that begins with `from` ends when it may be so high; it holds at least one card. */
static size_t column_end(const struct cards *cards, size_t from, size_t to, int height)
{
	int used = cards->heights[from];
	size_t end = from + 1;
	while (end < to && used + cards->gap + cards->heights[end] <= height) {
		used += cards->gap + cards->heights[end++];
	}
	return end;
}

static size_t page_end(const struct cards *cards, size_t from, size_t to, int height)
{
	for (int column = 0; column < cards->columns && from < to; column++) {
		from = column_end(cards, from, to, height);
	}
	return from;
}

static size_t page_count(const struct cards *cards, int height)
{
	size_t pages = 0;
	for (size_t from = 0; from < cards->count; from = page_end(cards, from, cards->count, height)) {
		pages++;
	}
	return pages;
}

/* Returns the least height of columns that still hold the cards, so that they are about equally full. */
static int even_height(const struct cards *cards, size_t from, size_t to, int height)
{
	int low = 0;
	for (size_t i = from; i < to; i++) {
		low = max_int(low, cards->heights[i]);
	}
	while (low < height && page_end(cards, from, to, low) < to) {
		low += 4;
	}
	return min_int(low, height);
}

/* The cards of a column share what room is left over. */
static void column_put(struct plan *plan, int parent, const struct cards *cards, struct rect column, size_t from,
		       size_t to)
{
	int used = (int)(to - from - 1) * cards->gap;
	for (size_t i = from; i < to; i++) {
		used += cards->heights[i];
	}
	int spare = max_int(column.h - used, 0), count = (int)(to - from);
	for (size_t i = from; i < to; i++) {
		int index = (int)(i - from);
		int more = spare * (index + 1) / count - spare * index / count;
		struct rect box = rect_cut_top(&column, cards->heights[i] + more);
		card_put(plan, parent, &cards->form, &plan->model->cards[i], box);
		rect_cut_top(&column, cards->gap);
	}
}

static void cards_put(struct plan *plan, int parent, const struct cards *cards, struct rect box, size_t page)
{
	size_t from = 0;
	for (size_t i = 0; i < page; i++) {
		from = page_end(cards, from, cards->count, box.h);
	}
	size_t to = page_end(cards, from, cards->count, box.h);
	int height = even_height(cards, from, to, box.h);
	height = min_int(height * 5 / 4, box.h);
	for (int i = 0; i < cards->columns && from < to; i++) {
		size_t end = column_end(cards, from, to, height);
		struct rect column = rect_column(box, i, cards->columns, cards->gap);
		column.h = height;
		plan->overflows |= cards->heights[from] > height;
		column_put(plan, parent, cards, column, from, end);
		from = end;
	}
}

/* One card with its code: the code first, and beside it, or below it in portrait, the words. */
static void alone_put(struct plan *plan, int parent, const struct model_card *card, struct rect box)
{
	struct card_form form = card_form(plan);
	uint32_t behind = 0;
	int group = card_group_put(plan, parent, card, box, &behind);
	struct rect rest = rect_inset(box, form.pad, form.pad);
	bool is_below = plan->is_portrait && !page_is_low(plan);
	int share = is_below ? 70 : page_is_low(plan) ? 25 : 40;
	int side = min_int(min_int(rest.h, rest.w * share / 100), du(plan, 560));
	struct rect picture = is_below ? rect_cut_top(&rest, side) : rect_cut_left(&rest, side);
	code_put(plan, group, rect_centred(picture, side, side), arena_print(plan->ui->arena, "code:%s", card->id),
		 card->code, card->code_spoken);
	if (is_below) {
		rect_cut_top(&rest, du(plan, 32));
	} else {
		rect_cut_left(&rest, du(plan, 40));
	}
	const char *title = fit_break(plan, form.title, card->title, rest.w - form.icon - du(plan, 14), 3);
	const char *text = lines_of(plan, form.text, card->text, rest.w);
	const char *hint = lines_of(plan, form.text, card->hint, rest.w);
	int title_h = max_int(words_height(form.title, title), form.icon), gap = du(plan, 12);
	int height = title_h + 2 * gap + words_height(form.text, text) + words_height(form.text, hint);
	if (height > rest.h) { /* what to do with a code is known without the hint */
		height -= gap + words_height(form.text, hint);
		hint = "";
	}
	plan->overflows |= height > rest.h;
	struct rect words = is_below ? rest : rect_centred(rest, rest.w, min_int(height, rest.h));
	title_put(plan, group, &form, card, title, rect_cut_top(&words, title_h), behind);
	rect_cut_top(&words, gap);
	put_text(plan, group, rect_cut_top(&words, words_height(form.text, text)), form.text, plan->theme->ink, behind,
		 ALIGN_START, text);
	rect_cut_top(&words, gap);
	put_text(plan, group, rect_cut_top(&words, words_height(form.text, hint)), form.text, plan->theme->muted,
		 behind, ALIGN_START, hint);
}

void info_put(struct plan *plan)
{
	const struct model *model = plan->model;
	struct page page = page_begin(plan, true);
	struct rect body = page.body;
	if (model->card_count == 1 && model->cards[0].code[0]) {
		page_head_put(plan, &page);
		alone_put(plan, page.parent, &model->cards[0], body);
		return;
	}
	struct cards cards = cards_make(plan, body);
	size_t pages = page_count(&cards, body.h);
	if (pages > 1 && !page_is_low(plan)) {
		struct rect foot = rect_cut_bottom(&body, page_button_height(plan));
		rect_cut_bottom(&body, page_gap(plan));
		pages = page_count(&cards, body.h);
		int number = (model->sheet_page % (int)pages + (int)pages) % (int)pages;
		page_turn_put(plan, page.parent, &foot, (size_t)number, pages);
	}
	int shown = pages > 0 ? (model->sheet_page % (int)pages + (int)pages) % (int)pages : 0;
	if (page_is_low(plan)) {
		page_turn_put(plan, page.parent, &page.head, (size_t)shown, pages);
	}
	page_head_put(plan, &page);
	cards_put(plan, page.parent, &cards, body, (size_t)shown);
}
