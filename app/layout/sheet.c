/* A sheet over the home screen: its subject and what the visitor may do. It is a pile of parts. */
#include "sheet_private.h"

#include "fit_private.h"
#include "sheet_place_private.h"

static void status_put(struct plan *plan, int parent, const struct sheet_form *form, struct rect box)
{
	const struct model_sheet *sheet = &plan->model->sheet;
	const struct theme *theme = plan->theme;
	uint32_t mark = theme->muted;
	if (sheet->has_state) {
		struct state_look look = theme_state(theme, sheet->state);
		mark = look.mark;
		int icon = look.icon == ICON_NONE ? 0 : form->status.px * 28 / 30;
		if (icon) {
			put_icon(plan, parent, rect_cut_left(&box, icon), look.icon, icon, mark, theme->card);
			rect_cut_left(&box, du(plan, 12));
		}
	}
	struct font font = fit_font(plan, form->status, sheet->status, box.w, 0.7);
	put_text(plan, parent, box, font, mark, theme->card, ALIGN_START, fit_line(plan, font, sheet->status, box.w));
}

static void choices_put(struct plan *plan, int parent, const struct sheet_form *form, struct rect box)
{
	const struct model_sheet *sheet = &plan->model->sheet;
	for (size_t i = 0; i < form->choice_count; i++) {
		int columns = form->choice_columns;
		int row = (int)i / columns, column = (int)i % columns;
		struct rect cell = rect_column(box, column, columns, form->gap);
		cell.y += row * (form->choice_h + form->gap);
		cell.h = form->choice_h;
		put_button(plan, parent, cell, &sheet->choices[i], form->choice, plan->theme->card);
	}
}

static void buttons_put(struct plan *plan, int parent, const struct sheet_form *form, struct rect box)
{
	const struct model_sheet *sheet = &plan->model->sheet;
	size_t first = sheet_has_main(sheet);
	if (first) {
		struct font font = form->main;
		put_button(plan, parent, rect_cut_top(&box, form->main_h), &sheet->buttons[0], font, plan->theme->card);
		rect_cut_top(&box, sheet_main_gap(plan));
	}
	size_t count = sheet->button_count - first;
	for (size_t i = 0; i < count; i++) {
		bool is_alone = i + 1 == count && i % 2 == 0;
		struct rect row = {box.x, box.y + (int)(i / 2) * (form->second_h + form->gap), box.w, form->second_h};
		struct rect cell =
			is_alone ? row : rect_column(row, (int)(i % 2), 2, max_int(du(plan, 24), plan->gap_px));
		put_button(plan, parent, cell, &sheet->buttons[first + i], form->second, plan->theme->card);
	}
}

static void paragraphs_put(struct plan *plan, int parent, const struct sheet_form *form, struct rect box)
{
	struct font font = form->body;
	font.line_px = form->body_line;
	for (size_t i = 0; i < plan->model->sheet.paragraph_count; i++) {
		uint32_t fg = i == 0 ? plan->theme->ink : plan->theme->muted;
		put_text(plan, parent, rect_cut_top(&box, words_height(font, form->paragraphs[i])), font, fg,
			 plan->theme->card, ALIGN_START, form->paragraphs[i]);
	}
}

static void part_put(struct plan *plan, int parent, const struct sheet_form *form, enum part part, struct rect box)
{
	const struct theme *theme = plan->theme;
	switch (part) {
	case PART_STATUS:
		status_put(plan, parent, form, box);
		break;
	case PART_TITLE:
		widget_at(plan, put_text(plan, parent, box, form->title, theme->ink, theme->card, ALIGN_START,
					 form->title_text))
			->id = "title";
		break;
	case PART_SUBTITLE:
		put_text(plan, parent, box, form->subtitle, theme->muted, theme->card, ALIGN_START,
			 form->subtitle_text);
		break;
	case PART_RULE:
		put_fill(plan, parent, box, theme->line, 0);
		break;
	case PART_PARAGRAPHS:
		paragraphs_put(plan, parent, form, box);
		break;
	case PART_CHOICES:
		choices_put(plan, parent, form, box);
		break;
	case PART_BUTTONS:
		buttons_put(plan, parent, form, box);
		break;
	case PART_COUNT:
		break;
	}
}

/* Where there are choices, the subtitle asks the question and stands right above them. */
static const enum part *part_order(const struct model_sheet *sheet)
{
	static const enum part plain[] = {PART_STATUS, PART_TITLE,      PART_SUBTITLE,
					  PART_RULE,   PART_PARAGRAPHS, PART_CHOICES};
	static const enum part asking[] = {PART_STATUS,     PART_TITLE,    PART_RULE,
					   PART_PARAGRAPHS, PART_SUBTITLE, PART_CHOICES};
	return sheet->choice_count ? asking : plain;
}

static struct rect sheet_box(const struct plan *plan, int width, int height)
{
	const struct model_sheet *sheet = &plan->model->sheet;
	struct rect screen = {0, 0, plan->ui->width, plan->ui->height};
	bool is_sparse = !sheet->choice_count && (!sheet_has_main(sheet) || sheet->paragraph_count < 2);
	height = min_int(max_int(height, du(plan, is_sparse ? 560 : 740)), screen.h);
	struct rect box = rect_centred(screen, width, height);
	if (plan->is_portrait || plan->screen->low_reach) {
		box.y = screen.h - height - min_int(sheet_foot(plan), screen.h - height);
	}
	return box;
}

/* Parts are put from the top and buttons from the bottom; for a low hand the choices also stand at the bottom. */
static void pile_put(struct plan *plan, int parent, const struct sheet_form *form, struct rect rest)
{
	const enum part *order = part_order(&plan->model->sheet);
	bool is_low = plan->screen->low_reach && form->heights[PART_CHOICES] > 0;
	struct rect buttons = rect_cut_bottom(&rest, form->heights[PART_BUTTONS]);
	struct rect choices = {0};
	if (is_low) {
		rect_cut_bottom(&rest, form->gap);
		choices = rect_cut_bottom(&rest, form->heights[PART_CHOICES]);
	}
	for (int i = 0; i < PART_BUTTONS; i++) {
		if (form->heights[order[i]] && !(order[i] == PART_CHOICES && is_low)) {
			rect_cut_top(&rest, form->gaps[order[i]]);
			part_put(plan, parent, form, order[i], rect_cut_top(&rest, form->heights[order[i]]));
		}
	}
	if (is_low) {
		part_put(plan, parent, form, PART_CHOICES, choices);
	}
	part_put(plan, parent, form, PART_BUTTONS, buttons);
}

void sheet_put(struct plan *plan)
{
	if (plan->model->view == VIEW_SHEET || plan->model->view == VIEW_FREE) {
		place_sheet_put(plan);
		return;
	}
	int width = 0;
	struct sheet_form form = sheet_form_fitting(plan, &width);
	struct rect rest = sheet_box(plan, width, form.height);
	int parent = put_card(plan, -1, rest);
	widget_at(plan, parent)->radius_px = du(plan, 32);
	widget_at(plan, parent)->id = "sheet";
	widget_at(plan, parent)->stops_touch = true;
	rest = rect_inset(rest, form.pad_x, 0);
	rect_cut_top(&rest, form.pad_top);
	rect_cut_bottom(&rest, form.pad_bottom);
	pile_put(plan, parent, &form, rest);
}

void setup_put(struct plan *plan)
{
	sheet_put(plan);
}
