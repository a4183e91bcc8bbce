/* The sheet of everybody who can check in: big rows by name, and pages of them. For a low hand it fills the lowest part
 * of the screen, and what turns its pages stands beside the title. */
#include "people_private.h"

#include "app/base/arena.h"
#include "app/base/limits.h"
#include "fit_private.h"
#include "page_private.h"

struct list {
	struct people_form form;
	int columns, rows, row_h;
	size_t from, to, pages, page;
};

static struct list list_make(const struct plan *plan, struct rect box)
{
	struct list list = {.form = people_form(plan, true)};
	int most = page_is_low(plan) ? 6 : plan->is_portrait ? 1 : 2;
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
	page_turn_put(plan, parent, &foot, list->page, list->pages);
	const char *hint = sheet->paragraph_count > 0 ? sheet->paragraphs[0] : "";
	put_text(plan, parent, foot, font, plan->theme->muted, plan->theme->card, ALIGN_START,
		 fit_whole(plan, font, hint, foot.w, max_int(foot.h / font.line_px, 1)));
}

void all_put(struct plan *plan)
{
	const struct model *model = plan->model;
	struct page page = page_begin(plan, false);
	struct rect rest = page.body, foot = {0};
	int parent = page.parent, height = page_button_height(plan), gap = page_gap(plan);
	if (has_letters(plan, rest, height)) {
		letters_put(plan, parent, rect_cut_top(&rest, height));
		rect_cut_top(&rest, gap);
	}
	if (!page_is_low(plan)) {
		foot = rect_cut_bottom(&rest, height);
		rect_cut_bottom(&rest, gap);
	}
	struct list list = list_make(plan, rest);
	plan->overflows |= rest.h < list.form.least_h;
	if (page_is_low(plan)) {
		page_turn_put(plan, parent, &page.head, list.page, list.pages);
	} else {
		foot_put(plan, parent, foot, &list);
	}
	page_head_put(plan, &page);
	for (size_t i = list.from; i < list.to; i++) {
		int index = (int)(i - list.from);
		struct rect cell = rect_column(rest, index % list.columns, list.columns, list.form.gap);
		cell.y += index / list.columns * (list.row_h + list.form.gap);
		cell.h = list.row_h;
		person_put(plan, parent, &list.form, cell, model->listed[i]);
	}
}
