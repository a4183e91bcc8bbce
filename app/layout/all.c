/* The sheet of everybody who can check in: big rows by name, and pages of them. For a low hand it fills the lowest part
 * of the screen, and what turns its pages stands beside the title. */
#include "people_private.h"

#include "app/base/arena.h"
#include "app/base/limits.h"
#include "fit_private.h"

static const double low_share = 0.4;

struct list {
	struct people_form form;
	int columns, rows, row_h;
	size_t from, to, pages, page;
};

static bool is_low(const struct plan *plan)
{
	return plan->screen->low_reach;
}

static struct rect list_box(const struct plan *plan)
{
	struct rect screen = {0, 0, plan->ui->width, plan->ui->height};
	if (is_low(plan)) {
		int height = (int)(screen.h * low_share);
		screen = rect_cut_bottom(&screen, height);
		return rect_inset(screen, du(plan, 16), 0);
	}
	bool is_small = screen.w < 1280 || plan->type > 1.3;
	return plan->is_portrait ? rect_inset(screen, du(plan, 40), du(plan, 60))
	       : is_small        ? rect_inset(screen, du(plan, 40), du(plan, 24))
				 : rect_inset(screen, du(plan, 120), du(plan, 60));
}

static int button_height(const struct plan *plan)
{
	int line = font_make(plan, 28, WEIGHT_SEMIBOLD).line_px + du(plan, 20);
	return max_int(max_int(du(plan, is_low(plan) ? 68 : 80), line), plan->target_px);
}

static struct list list_make(const struct plan *plan, struct rect box)
{
	struct list list = {.form = people_form(plan, true)};
	int most = is_low(plan) ? 6 : plan->is_portrait ? 1 : 2;
	int count = (int)plan->model->listed_count;
	list.columns = clamp_int((box.w + list.form.gap) / (list.form.least_w + list.form.gap), 1, most);
	int wished = (LIST_PAGE_MAX + list.columns - 1) / list.columns;
	int room = (box.h + list.form.gap) / (list.form.wish_h + list.form.gap);
	if (room < wished) {
		room = (box.h + list.form.gap) / (list.form.least_h + list.form.gap);
	}
	list.rows = clamp_int(room, 1, wished);
	list.row_h = clamp_int((box.h + list.form.gap) / list.rows - list.form.gap, list.form.least_h, du(plan, 110));
	int size = min_int(list.rows * list.columns, LIST_PAGE_MAX);
	int pages = max_int((count + size - 1) / size, 1);
	list.pages = (size_t)pages;
	list.page = (size_t)((plan->model->listed_page % pages + pages) % pages);
	list.from = list.page * (size_t)size;
	list.to = (size_t)min_int((int)list.from + size, count);
	return list;
}

/* Puts the arrows with "Sida 1 av 3" between them, and takes their place from the end of `row`. */
static void turning_put(struct plan *plan, int parent, struct rect *row, const struct list *list)
{
	if (list->pages < 2) {
		return;
	}
	const char *text = words_page(plan, list->page + 1, list->pages);
	struct font font = font_make(plan, 26, WEIGHT_SEMIBOLD);
	int gap = max_int(du(plan, 16), plan->gap_px), side = max_int(row->h, plan->target_px);
	arrow_put(plan, parent, rect_cut_right(row, side), 1);
	rect_cut_right(row, gap);
	int width = words_width(plan, font, text) + 2;
	if (width + side + 2 * gap <= row->w) {
		put_text(plan, parent, rect_cut_right(row, width), font, plan->theme->ink, plan->theme->card,
			 ALIGN_CENTRE, text);
		rect_cut_right(row, gap);
	}
	arrow_put(plan, parent, rect_cut_right(row, side), -1);
	rect_cut_right(row, gap);
}

static void head_put(struct plan *plan, int parent, struct rect head)
{
	const struct model_sheet *sheet = &plan->model->sheet;
	const struct theme *theme = plan->theme;
	struct font title = font_make(plan, is_low(plan) ? 36 : 56, WEIGHT_BOLD);
	struct font subtitle = font_make(plan, 28, WEIGHT_REGULAR);
	title = fit_font(plan, title, sheet->title, head.w, 0.6);
	const char *text = fit_whole(plan, subtitle, sheet->subtitle, head.w, 2);
	int title_h = min_int(title.line_px, head.h);
	if (!text[0] || title_h + words_height(subtitle, text) > head.h) {
		struct rect line = rect_centred(head, head.w, title_h);
		int width = words_width(plan, title, sheet->title) + 2;
		widget_at(plan, put_text(plan, parent, rect_cut_left(&line, min_int(width, line.w)), title, theme->ink,
					 theme->card, ALIGN_START, fit_line(plan, title, sheet->title, head.w)))
			->id = "title";
		return;
	}
	struct rect rest = rect_centred(head, head.w, title_h + words_height(subtitle, text));
	widget_at(plan, put_text(plan, parent, rect_cut_top(&rest, title_h), title, theme->ink, theme->card,
				 ALIGN_START, sheet->title))
		->id = "title";
	put_text(plan, parent, rest, subtitle, theme->muted, theme->card, ALIGN_START, text);
}

static void letters_put(struct plan *plan, int parent, struct rect row)
{
	const struct model_sheet *sheet = &plan->model->sheet;
	int gap = max_int(du(plan, 12), plan->gap_px);
	for (size_t i = 0; i < sheet->choice_count; i++) {
		struct rect cell = rect_column(row, (int)i, (int)sheet->choice_count, gap);
		put_button(plan, parent, cell, &sheet->choices[i], font_make(plan, 28, WEIGHT_SEMIBOLD),
			   plan->theme->card);
	}
}

/* Without room for a row of people below them, the letters give way to the pages. */
static bool has_letters(const struct plan *plan, struct rect rest, int height)
{
	const struct model_sheet *sheet = &plan->model->sheet;
	int gap = max_int(du(plan, 12), plan->gap_px), count = (int)sheet->choice_count;
	return count > 0 && (rest.w + gap) / count - gap >= plan->target_px &&
	       rest.h - height >= 2 * people_form(plan, true).least_h;
}

static void foot_put(struct plan *plan, int parent, struct rect foot, const struct list *list)
{
	const struct model_sheet *sheet = &plan->model->sheet;
	struct font font = font_make(plan, 26, WEIGHT_REGULAR);
	turning_put(plan, parent, &foot, list);
	const char *hint = sheet->paragraph_count > 0 ? sheet->paragraphs[0] : "";
	put_text(plan, parent, foot, font, plan->theme->muted, plan->theme->card, ALIGN_START,
		 fit_whole(plan, font, hint, foot.w, max_int(foot.h / font.line_px, 1)));
}

void all_put(struct plan *plan)
{
	const struct model *model = plan->model;
	struct rect rest = list_box(plan);
	int parent = put_card(plan, -1, rest);
	widget_at(plan, parent)->id = "sheet";
	widget_at(plan, parent)->stops_touch = true;
	widget_at(plan, parent)->radius_px = du(plan, 32);
	int height = button_height(plan), gap = max_int(du(plan, 16), plan->gap_px);
	rest = rect_inset(rest, du(plan, is_low(plan) ? 24 : 48), du(plan, is_low(plan) ? 14 : 40));
	struct rect head = rect_cut_top(&rest, height);
	rect_cut_top(&rest, gap);
	struct font font = font_make(plan, 28, WEIGHT_SEMIBOLD);
	const struct model_button *close = &model->sheet.buttons[model->sheet.button_count - 1];
	int close_w = max_int(words_width(plan, font, close->text) + 2 * du(plan, 48), plan->main_px);
	put_button(plan, parent, rect_cut_right(&head, close_w), close, font, plan->theme->card);
	rect_cut_right(&head, gap);
	if (has_letters(plan, rest, height)) {
		letters_put(plan, parent, rect_cut_top(&rest, height));
		rect_cut_top(&rest, gap);
	}
	struct rect foot = {0};
	if (!is_low(plan)) {
		foot = rect_cut_bottom(&rest, height);
		rect_cut_bottom(&rest, gap);
	}
	struct list list = list_make(plan, rest);
	plan->overflows |= rest.h < list.form.least_h;
	if (is_low(plan)) {
		turning_put(plan, parent, &head, &list);
	} else {
		foot_put(plan, parent, foot, &list);
	}
	head_put(plan, parent, head);
	for (size_t i = list.from; i < list.to; i++) {
		int index = (int)(i - list.from);
		struct rect cell = rect_column(rest, index % list.columns, list.columns, list.form.gap);
		cell.y += index / list.columns * (list.row_h + list.form.gap);
		cell.h = list.row_h;
		person_put(plan, parent, &list.form, cell, model->listed[i]);
	}
}
