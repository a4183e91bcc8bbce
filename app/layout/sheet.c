/* A sheet over the home screen: its subject and what the visitor may do. It is a pile of parts, with a code or the ring
 * beside them (in portrait above the choices). */
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

static void lines_put(struct plan *plan, int parent, const struct sheet_form *form, struct rect box)
{
	const struct model_sheet *sheet = &plan->model->sheet;
	const struct theme *theme = plan->theme;
	int key_w = 0, text_w = 0;
	for (size_t i = 0; i < sheet->line_count; i++) {
		key_w = max_int(key_w, words_width(plan, form->key, sheet->lines[i].key));
		text_w = max_int(text_w, words_width(plan, form->key, sheet->lines[i].text));
	}
	struct rect head = rect_cut_top(&box, form->lines_title_h);
	struct font title = fit_font(plan, form->code_text, sheet->lines_title, head.w, 0.7);
	put_text(plan, parent, head, title, theme->muted, theme->card, ALIGN_END,
		 fit_line(plan, title, sheet->lines_title, head.w));
	text_w = min_int(text_w + 1, (box.w - key_w - du(plan, 24)) / 2);
	int detail_w = box.w - key_w - 1 - du(plan, 24) - text_w - du(plan, 20);
	struct font detail = form->code_text; /* all of them have one size */
	for (size_t i = 0; i < sheet->line_count; i++) {
		detail = fit_font(plan, detail, sheet->lines[i].detail, detail_w, 0.75);
	}
	for (size_t i = 0; i < sheet->line_count; i++) {
		const struct model_line *line = &sheet->lines[i];
		struct rect row = rect_cut_top(&box, form->line_h);
		uint32_t behind = line->is_current ? theme->river_soft : theme->card;
		uint32_t ink = line->is_current ? theme->on_river_soft : theme->ink;
		uint32_t muted = line->is_current ? theme->on_river_soft : theme->muted;
		int group = parent;
		if (line->is_current) {
			struct rect band = {row.x - du(plan, 16), row.y + du(plan, 2), row.w + du(plan, 32),
					    row.h - du(plan, 4)};
			group = put_fill(plan, parent, band, behind, du(plan, 12));
		}
		struct font text = line->is_current ? form->key : form->body;
		put_text(plan, group, rect_cut_left(&row, key_w + 1), form->key, ink, behind, ALIGN_START, line->key);
		rect_cut_left(&row, du(plan, 24));
		int wish = line->detail[0] ? text_w : row.w;
		struct rect words = rect_cut_left(&row, wish);
		text = fit_font(plan, text, line->text, words.w, 0.7);
		put_text(plan, group, words, text, ink, behind, ALIGN_START, fit_line(plan, text, line->text, words.w));
		rect_cut_left(&row, du(plan, 20));
		put_text(plan, group, row, detail, muted, behind, ALIGN_END,
			 fit_line(plan, detail, line->detail, row.w));
	}
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

static void picture_put(struct plan *plan, int parent, struct rect box)
{
	const struct model_sheet *sheet = &plan->model->sheet;
	if (!sheet->code[0]) {
		int panel = put_fill(plan, parent, box, plan->theme->river, du(plan, 32));
		int size = box.w * 8 / 10;
		ring_put(plan, panel, rect_centred(box, size, size), size * 20 / 128, plan->theme->river,
			 plan->theme->ring_other, font_sized(plan, size * 28 / 128, WEIGHT_BOLD));
		return;
	}
	put(plan, (struct widget){.id = "code",
				  .role = UI_IMAGE,
				  .parent = parent,
				  .box = box,
				  .code = sheet->code,
				  .spoken = sheet->code_title[0] ? sheet->code_title : sheet->code_text,
				  .fill = FILL_SOLID,
				  .fill_rgb = 0xFFFFFFFF,
				  .fg = 0xFF16242E,
				  .bg = 0xFFFFFFFF});
}

/* Puts the picture above its words, beside the pile and in the middle. */
static void side_put(struct plan *plan, int parent, const struct sheet_form *form, struct rect box)
{
	const struct model_sheet *sheet = &plan->model->sheet;
	const struct theme *theme = plan->theme;
	struct rect rest = rect_centred(box, box.w, sheet_side_height(plan, form));
	struct rect row = rect_cut_top(&rest, sheet_picture_size(plan));
	picture_put(plan, parent, rect_centred(row, row.h, row.h));
	const char *title = fit_wrap(plan, form->code_title, sheet->code_title, box.w, 2);
	const char *text = fit_wrap(plan, form->code_text, sheet->code_text, box.w, 6);
	rect_cut_top(&rest, sheet_picture_gap(plan));
	put_text(plan, parent, rect_cut_top(&rest, words_height(form->code_title, title)), form->code_title, theme->ink,
		 theme->card, ALIGN_CENTRE, title);
	rect_cut_top(&rest, du(plan, 8));
	put_text(plan, parent, rect_cut_top(&rest, words_height(form->code_text, text)), form->code_text, theme->muted,
		 theme->card, ALIGN_CENTRE, text);
}

/* In portrait, puts the picture with its words to the right. */
static void side_row_put(struct plan *plan, int parent, const struct sheet_form *form, struct rect box)
{
	const struct model_sheet *sheet = &plan->model->sheet;
	const struct theme *theme = plan->theme;
	int size = sheet_picture_size(plan);
	picture_put(plan, parent, rect_centred(rect_cut_left(&box, size), size, size));
	rect_cut_left(&box, du(plan, 36));
	const char *title = fit_wrap(plan, form->code_title, sheet->code_title, box.w, 2);
	const char *text = fit_wrap(plan, form->code_text, sheet->code_text, box.w, 6);
	int title_h = words_height(form->code_title, title), text_h = words_height(form->code_text, text);
	struct rect rest = rect_centred(box, box.w, title_h + text_h + du(plan, 8));
	put_text(plan, parent, rect_cut_top(&rest, title_h), form->code_title, theme->ink, theme->card, ALIGN_START,
		 title);
	rect_cut_top(&rest, du(plan, 8));
	put_text(plan, parent, rect_cut_top(&rest, text_h), form->code_text, theme->muted, theme->card, ALIGN_START,
		 text);
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
	case PART_LINES:
		lines_put(plan, parent, form, box);
		break;
	case PART_SIDE:
		side_row_put(plan, parent, form, box);
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
	static const enum part plain[] = {PART_STATUS,     PART_TITLE, PART_SUBTITLE, PART_RULE,
					  PART_PARAGRAPHS, PART_LINES, PART_SIDE,     PART_CHOICES};
	static const enum part asking[] = {PART_STATUS, PART_TITLE, PART_RULE,     PART_PARAGRAPHS,
					   PART_LINES,  PART_SIDE,  PART_SUBTITLE, PART_CHOICES};
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
	if (form.side_w) {
		struct rect side = rect_cut_right(&rest, form.side_w + du(plan, 36));
		rect_cut_right(&side, du(plan, 36));
		side_put(plan, parent, &form, side);
		rest.w = form.width + 2 * form.pad_x;
	}
	rest = rect_inset(rest, form.pad_x, 0);
	rect_cut_top(&rest, form.pad_top);
	rect_cut_bottom(&rest, form.pad_bottom);
	pile_put(plan, parent, &form, rest);
}

void setup_put(struct plan *plan)
{
	sheet_put(plan);
}
