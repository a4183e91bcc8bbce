/* See page_private.h. */
#include "page_private.h"

#include "fit_private.h"

static const double low_share = 0.4;

bool page_is_low(const struct plan *plan)
{
	return plan->screen->low_reach;
}

int page_gap(const struct plan *plan)
{
	return max_int(du(plan, 16), plan->gap_px);
}

static struct rect page_box(const struct plan *plan)
{
	struct rect screen = {0, 0, plan->ui->width, plan->ui->height};
	if (page_is_low(plan)) {
		int height = (int)(screen.h * low_share);
		screen = rect_cut_bottom(&screen, height);
		return rect_inset(screen, du(plan, 16), 0);
	}
	bool is_small = screen.w < 1280 || plan->type > 1.3;
	return plan->is_portrait ? rect_inset(screen, du(plan, 40), du(plan, 60))
	       : is_small        ? rect_inset(screen, du(plan, 40), du(plan, 24))
				 : rect_inset(screen, du(plan, 120), du(plan, 60));
}

int page_button_height(const struct plan *plan)
{
	int line = font_make(plan, 28, WEIGHT_SEMIBOLD).line_px + du(plan, 20);
	return max_int(max_int(du(plan, page_is_low(plan) ? 68 : 80), line), plan->target_px);
}

struct head_form {
	struct font status, title, subtitle;
	const char *subtitle_text; /* "" no room */
	int height;
};

static struct head_form head_form(const struct plan *plan, int width)
{
	const struct model_sheet *sheet = &plan->model->sheet;
	struct head_form form = {.status = font_make(plan, 28, WEIGHT_SEMIBOLD),
				 .title = font_make(plan, page_is_low(plan) ? 36 : 56, WEIGHT_BOLD),
				 .subtitle = font_make(plan, 28, WEIGHT_REGULAR)};
	form.title = fit_font(plan, form.title, sheet->title, width, 0.6);
	form.subtitle_text = fit_whole(plan, form.subtitle, sheet->subtitle, width, 2);
	form.height = form.title.line_px + words_height(form.subtitle, form.subtitle_text) +
		      (sheet->status[0] ? form.status.line_px : 0);
	return form;
}

/* Returns the width of all buttons and of the gaps between and before them. */
static int buttons_width(const struct plan *plan, struct font font)
{
	const struct model_sheet *sheet = &plan->model->sheet;
	int width = 0;
	for (size_t i = 0; i < sheet->button_count; i++) {
		int words = words_width(plan, font, sheet->buttons[i].text) + 2 * du(plan, 48);
		width += max_int(words, plan->main_px) + page_gap(plan);
	}
	return width;
}

static void buttons_put(struct plan *plan, int parent, struct rect *head, int height)
{
	const struct model_sheet *sheet = &plan->model->sheet;
	struct font font = font_make(plan, 28, WEIGHT_SEMIBOLD);
	for (size_t i = sheet->button_count; i-- > 0;) {
		int words = words_width(plan, font, sheet->buttons[i].text) + 2 * du(plan, 48);
		struct rect box = rect_cut_right(head, max_int(words, plan->main_px));
		box.h = height;
		put_button(plan, parent, box, &sheet->buttons[i], font, plan->theme->card);
		rect_cut_right(head, page_gap(plan));
	}
}

struct page page_begin(struct plan *plan, bool has_tall_head)
{
	struct rect rest = page_box(plan);
	struct page page = {.parent = put_card(plan, -1, rest)};
	widget_at(plan, page.parent)->id = "sheet";
	widget_at(plan, page.parent)->stops_touch = true;
	widget_at(plan, page.parent)->radius_px = du(plan, 32);
	bool is_low = page_is_low(plan);
	int button_h = page_button_height(plan), height = button_h;
	rest = rect_inset(rest, du(plan, is_low ? 24 : 48), du(plan, is_low ? 14 : 40));
	if (has_tall_head) {
		int width = rest.w - buttons_width(plan, font_make(plan, 28, WEIGHT_SEMIBOLD));
		height = max_int(height, head_form(plan, width).height);
	}
	page.head = rect_cut_top(&rest, height);
	rect_cut_top(&rest, page_gap(plan));
	page.body = rest;
	buttons_put(plan, page.parent, &page.head, button_h);
	return page;
}

void page_head_put(struct plan *plan, const struct page *page)
{
	const struct model_sheet *sheet = &plan->model->sheet;
	const struct theme *theme = plan->theme;
	struct rect head = page->head;
	struct head_form form = head_form(plan, head.w);
	bool is_whole = form.height <= head.h && (form.subtitle_text[0] || !sheet->subtitle[0]);
	int title_h = min_int(form.title.line_px, head.h);
	struct rect rest = rect_centred(head, head.w, is_whole ? form.height : title_h);
	if (is_whole && sheet->status[0]) {
		struct font status = fit_font(plan, form.status, sheet->status, head.w, 0.7);
		put_text(plan, page->parent, rect_cut_top(&rest, form.status.line_px), status, theme->muted,
			 theme->card, ALIGN_START, fit_line(plan, status, sheet->status, head.w));
	}
	struct rect line = rect_cut_top(&rest, title_h);
	/* Beside the title alone there may be the words of another part. */
	line.w = is_whole ? line.w : min_int(words_width(plan, form.title, sheet->title) + 2, line.w);
	int title = put_text(plan, page->parent, line, form.title, theme->ink, theme->card, ALIGN_START,
			     fit_line(plan, form.title, sheet->title, head.w));
	widget_at(plan, title)->id = "title";
	if (is_whole) {
		put_text(plan, page->parent, rest, form.subtitle, theme->muted, theme->card, ALIGN_START,
			 form.subtitle_text);
	}
}

void page_turn_put(struct plan *plan, int parent, struct rect *row, size_t page, size_t pages)
{
	if (pages < 2) {
		return;
	}
	const char *text = words_page(plan, page + 1, pages);
	struct font font = font_make(plan, 26, WEIGHT_SEMIBOLD);
	int gap = page_gap(plan), side = max_int(min_int(row->h, page_button_height(plan)), plan->target_px);
	struct rect line = *row; /* as high as a button, however high the words beside it are */
	line.h = side;
	arrow_put(plan, parent, rect_cut_right(&line, side), 1);
	rect_cut_right(&line, gap);
	int width = words_width(plan, font, text) + 2;
	if (width + side + 2 * gap <= line.w) {
		put_text(plan, parent, rect_cut_right(&line, width), font, plan->theme->ink, plan->theme->card,
			 ALIGN_CENTRE, text);
		rect_cut_right(&line, gap);
	}
	arrow_put(plan, parent, rect_cut_right(&line, side), -1);
	rect_cut_right(&line, gap);
	row->w = line.w;
}

int page_panel_put(struct plan *plan, int parent, struct rect box, uint32_t rgb)
{
	int panel = put_fill(plan, parent, box, rgb, du(plan, 24));
	if (plan->theme->card_border) {
		widget_at(plan, panel)->border_rgb = plan->theme->card_border;
		widget_at(plan, panel)->border_px = du(plan, 2);
	}
	return panel;
}
