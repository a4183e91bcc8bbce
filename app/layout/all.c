/* The sheets that are lists: everybody who can check in, by name, and the coming meetings. They have big rows, and
 * pages of them. For a low hand a list fills the lowest part of the screen, and what turns its pages stands beside the
 * title.
 */
#include "people_private.h"

#include "app/base/arena.h"
#include "app/base/limits.h"
#include "fit_private.h"
#include "page_private.h"

/* What the list is of. */
struct kind {
	size_t count;
	int least_w, least_h, wish_h, gap; /* of one item */
	struct people_form form;           /* of people: the same for all, and it measures all their names */
	void (*put)(struct plan *plan, const struct kind *kind, int parent, struct rect box, size_t index);
};

struct list {
	int columns, rows, row_h, gap;
	size_t from, to, pages, page;
};

static void person_at_put(struct plan *plan, const struct kind *kind, int parent, struct rect box, size_t index)
{
	person_put(plan, parent, &kind->form, box, plan->model->listed[index]);
}

static struct kind people_kind(const struct plan *plan)
{
	struct people_form form = people_form(plan, true);
	return (struct kind){.count = plan->model->listed_count,
			     .least_w = form.least_w,
			     .least_h = form.least_h,
			     .wish_h = form.wish_h,
			     .gap = form.gap,
			     .form = form,
			     .put = person_at_put};
}

static void meeting_at_put(struct plan *plan, const struct kind *kind, int parent, struct rect box, size_t index)
{
	(void)kind;
	meeting_line_put(plan, parent, box, &plan->model->meetings[index]);
}

static struct kind meetings_kind(const struct plan *plan)
{
	int height = meeting_line_height(plan), gap = max_int(du(plan, 20), plan->gap_px);
	return (struct kind){.count = plan->model->meeting_count,
			     .least_w = du(plan, 560 * plan->type),
			     .least_h = height,
			     .wish_h = height,
			     .gap = gap,
			     .put = meeting_at_put};
}

static struct list list_make(const struct plan *plan, const struct kind *kind, struct rect box)
{
	struct list list = {.gap = kind->gap};
	int most = page_is_low(plan) ? 6 : plan->is_portrait ? 1 : 2;
	int count = (int)kind->count;
	list.columns = clamp_int((box.w + list.gap) / (kind->least_w + list.gap), 1, most);
	int wished = (LIST_PAGE_MAX + list.columns - 1) / list.columns;
	int room = (box.h + list.gap) / (kind->wish_h + list.gap);
	if (room < wished) {
		room = (box.h + list.gap) / (kind->least_h + list.gap);
	}
	list.rows = clamp_int(room, 1, wished);
	list.row_h = clamp_int((box.h + list.gap) / list.rows - list.gap, kind->least_h, du(plan, 110));
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
static bool has_letters(const struct plan *plan, const struct kind *kind, struct rect rest, int height)
{
	const struct model_sheet *sheet = &plan->model->sheet;
	int gap = max_int(du(plan, 12), plan->gap_px), count = (int)sheet->choice_count;
	return count > 0 && (rest.w + gap) / count - gap >= plan->target_px && rest.h - height >= 2 * kind->least_h;
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

static void list_sheet_put(struct plan *plan, const struct kind *kind)
{
	/* With large letters every line counts for the list. */
	struct page page = page_begin(plan, !page_is_low(plan) && plan->type <= 1.3);
	struct rect rest = page.body, foot = {0};
	int parent = page.parent, height = page_button_height(plan), gap = page_gap(plan);
	if (has_letters(plan, kind, rest, height)) {
		letters_put(plan, parent, rect_cut_top(&rest, height));
		rect_cut_top(&rest, gap);
	}
	if (!page_is_low(plan)) {
		foot = rect_cut_bottom(&rest, height);
		rect_cut_bottom(&rest, gap);
	}
	struct list list = list_make(plan, kind, rest);
	plan->overflows |= rest.h < kind->least_h;
	if (page_is_low(plan)) {
		page_turn_put(plan, parent, &page.head, list.page, list.pages);
	} else {
		foot_put(plan, parent, foot, &list);
	}
	page_head_put(plan, &page);
	for (size_t i = list.from; i < list.to; i++) {
		int index = (int)(i - list.from);
		struct rect cell = rect_column(rest, index % list.columns, list.columns, list.gap);
		cell.y += index / list.columns * (list.row_h + list.gap);
		cell.h = list.row_h;
		kind->put(plan, kind, parent, cell, i);
	}
}

void all_put(struct plan *plan)
{
	struct kind kind = people_kind(plan);
	list_sheet_put(plan, &kind);
}

void meetings_all_put(struct plan *plan)
{
	struct kind kind = meetings_kind(plan);
	list_sheet_put(plan, &kind);
}
