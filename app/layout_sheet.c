/* A sheet over the home screen: what it is about, what the visitor may do. A pile of parts, each as high as its words
 * need, with a code or the ring beside them (portrait: above the choices). */
#include "layout_parts.h"

#include "fit.h"

enum part {
	PART_STATUS,
	PART_TITLE,
	PART_SUBTITLE,
	PART_RULE,
	PART_PARAGRAPHS,
	PART_LINES,
	PART_SIDE,
	PART_CHOICES,
	PART_BUTTONS,
	PART_COUNT
};

struct sheet_form {
	struct font status, title, subtitle, body, key, choice, main, second, code_title, code_text;
	int body_line;
	int pad_x, pad_top, pad_bottom;
	int main_h, second_h, choice_h, gap, line_h;
	int width, side_w;                         /* inside; side_w 0: nothing beside */
	int heights[PART_COUNT], gaps[PART_COUNT]; /* gap before */
	int height;                                /* all, with padding */
	const char *title_text, *subtitle_text;
	const char *paragraphs[6];
	int choice_columns;
};

static bool has_side(const struct model_sheet *sheet, const struct model *model)
{
	return sheet->code[0] || (sheet->shows_ring && model->host.count > 0);
}

static bool is_main(const struct model_sheet *sheet)
{
	return sheet->button_count > 0 &&
	       (sheet->buttons[0].style == BUTTON_PRIMARY || sheet->buttons[0].style == BUTTON_SUCCESS);
}

static void form_fonts(const struct plan *plan, struct sheet_form *form)
{
	const struct model_sheet *sheet = &plan->model->sheet;
	bool is_low = plan->screen->low_reach;
	form->status = font_make(plan, 30, WEIGHT_SEMIBOLD);
	form->title = font_tracked(plan, 64, WEIGHT_BOLD, -1);
	form->subtitle = font_make(plan, sheet->choice_count ? 30 : 36, WEIGHT_REGULAR);
	form->body = font_make(plan, 28, WEIGHT_REGULAR);
	form->body_line = form->body.px * 3 / 2;
	form->key = font_make(plan, 28, WEIGHT_SEMIBOLD);
	form->choice = font_make(plan, sheet->choice_count > 4 ? 28 : 32, WEIGHT_SEMIBOLD);
	form->main = font_make(plan, is_low ? 36 : 44, WEIGHT_SEMIBOLD);
	form->second = font_make(plan, 30, WEIGHT_SEMIBOLD);
	form->code_title = font_make(plan, 28, WEIGHT_SEMIBOLD);
	form->code_text = font_make(plan, 24, WEIGHT_REGULAR);
	form->code_text.line_px = form->code_text.px * 17 / 12;
	form->pad_x = du(plan, plan->is_portrait ? 48 : 56);
	form->pad_top = du(plan, 48);
	form->pad_bottom = du(plan, is_low ? 28 : 58);
	form->gap = max_int(du(plan, is_low ? 16 : 20), plan->gap_px);
	form->main_h = max_int(du(plan, is_low ? 100 : 128), form->main.line_px + du(plan, 32));
	form->main_h = max_int(form->main_h, plan->main_px);
	form->second_h = max_int(du(plan, is_low ? 76 : 96), form->second.line_px + du(plan, 24));
	form->second_h = max_int(form->second_h, plan->main_px);
	form->line_h = form->body.line_px + du(plan, sheet->line_count > 6 ? 6 : 16);
}

static int widest_choice(const struct plan *plan, const struct sheet_form *form)
{
	int widest = 0;
	for (size_t i = 0; i < plan->model->sheet.choice_count; i++) {
		widest = max_int(widest, words_width(plan, form->choice, plan->model->sheet.choices[i].text));
	}
	return widest;
}

/* Side by side as far as the words allow; a crowd of them in several lower rows. */
static void form_choices(const struct plan *plan, struct sheet_form *form, int width)
{
	int count = (int)plan->model->sheet.choice_count;
	if (count == 0) {
		return;
	}
	int most = plan->screen->low_reach ? 16 : 8;
	int each = max_int(widest_choice(plan, form) + du(plan, 32), plan->main_px);
	int columns = clamp_int((width + form->gap) / (each + form->gap), 1, min_int(count, count <= 4 ? count : most));
	int rows = (count + columns - 1) / columns;
	form->choice_columns = count <= 4 ? columns : (count + rows - 1) / rows;
	int wish = plan->screen->low_reach ? (rows == 1 ? 84 : 44) : rows == 1 ? 104 : rows <= 3 ? 84 : 64;
	form->choice_h = max_int(du(plan, wish), form->choice.line_px + du(plan, 16));
	form->choice_h =
		max_int(form->choice_h, rows <= 3 && !plan->screen->low_reach ? plan->main_px : plan->target_px);
	form->heights[PART_CHOICES] = rows * (form->choice_h + form->gap) - form->gap;
}

static int button_rows(const struct model_sheet *sheet)
{
	size_t rest = sheet->button_count - is_main(sheet);
	return (int)((rest + 1) / 2);
}

/* Between the picture and its title. A code has its own quiet zone, so it may come closer to everything. */
static int picture_gap(const struct plan *plan)
{
	return du(plan, plan->model->sheet.code[0] ? 4 : 24);
}

static int picture_size(const struct plan *plan)
{
	return du(plan, plan->is_portrait ? 280 : plan->model->sheet.code[0] ? 392 : 380);
}

static int side_height(const struct plan *plan, const struct sheet_form *form)
{
	const struct model_sheet *sheet = &plan->model->sheet;
	int picture = picture_size(plan);
	if (plan->is_portrait) {
		return picture;
	}
	int height = picture;
	if (sheet->code_title[0]) {
		height += picture_gap(plan) +
			  words_height(form->code_title,
				       fit_wrap(plan, form->code_title, sheet->code_title, form->side_w, 2));
	}
	if (sheet->code_text[0]) {
		height += du(plan, 8) + words_height(form->code_text, fit_wrap(plan, form->code_text, sheet->code_text,
									       form->side_w, 6));
	}
	return height;
}

static void form_words(const struct plan *plan, struct sheet_form *form)
{
	const struct model_sheet *sheet = &plan->model->sheet;
	int width = form->width;
	form->heights[PART_STATUS] = sheet->status[0] ? form->status.line_px : 0;
	form->title = fit_font(plan, form->title, sheet->title, width, 0.65);
	form->title_text = fit_break(plan, form->title, sheet->title, width, 3);
	form->heights[PART_TITLE] = words_height(form->title, form->title_text);
	form->gaps[PART_TITLE] = sheet->status[0] ? du(plan, 16) : 0;
	form->subtitle = fit_font(plan, form->subtitle, sheet->subtitle, width, 0.8);
	form->subtitle_text = fit_break(plan, form->subtitle, sheet->subtitle, width, 2);
	form->heights[PART_SUBTITLE] = words_height(form->subtitle, form->subtitle_text);
	form->gaps[PART_SUBTITLE] = du(plan, sheet->choice_count && sheet->paragraph_count ? 24 : 6);
	for (size_t i = 0; i < sheet->paragraph_count; i++) {
		form->paragraphs[i] = fit_break(plan, form->body, sheet->paragraphs[i], width, 6);
		form->heights[PART_PARAGRAPHS] += words_lines(form->paragraphs[i]) * form->body_line;
	}
	form->gaps[PART_PARAGRAPHS] = du(plan, sheet->choice_count ? 12 : 28);
	form->heights[PART_LINES] = (int)sheet->line_count * form->line_h;
	form->gaps[PART_LINES] = du(plan, 26);
	if ((sheet->paragraph_count || sheet->line_count) && !sheet->choice_count) {
		form->heights[PART_RULE] = du(plan, 2);
		form->gaps[PART_RULE] = du(plan, 32);
	}
}

static struct sheet_form form_make(const struct plan *plan, int outer_w)
{
	const struct model_sheet *sheet = &plan->model->sheet;
	struct sheet_form form = {0};
	form_fonts(plan, &form);
	form.width = outer_w - 2 * form.pad_x;
	if (has_side(sheet, plan->model) && !plan->is_portrait) {
		form.side_w = max_int(du(plan, 404), form.width * 36 / 100);
		form.width -= form.side_w + du(plan, 34);
	}
	form_words(plan, &form);
	form_choices(plan, &form, form.width);
	form.gaps[PART_CHOICES] = du(plan, 28);
	if (has_side(sheet, plan->model) && plan->is_portrait) {
		form.heights[PART_SIDE] = side_height(plan, &form);
		form.gaps[PART_SIDE] = du(plan, 36);
	}
	int rows = button_rows(sheet);
	form.heights[PART_BUTTONS] = (is_main(sheet) ? form.main_h : 0) + rows * form.second_h +
				     (is_main(sheet) && rows ? du(plan, 28) : 0) + max_int(rows - 1, 0) * form.gap;
	form.gaps[PART_BUTTONS] = du(plan, plan->screen->low_reach ? 24 : 50);
	form.height = form.pad_top + form.pad_bottom;
	for (int i = 0; i < PART_COUNT; i++) {
		form.height += form.heights[i] ? form.heights[i] + form.gaps[i] : 0;
	}
	if (form.side_w) {
		form.height = max_int(form.height, side_height(plan, &form) + 2 * form.pad_top);
	}
	return form;
}

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
	text_w = min_int(text_w + 1, (box.w - key_w - du(plan, 24)) / 2);
	int detail_w = box.w - key_w - 1 - du(plan, 24) - text_w - du(plan, 20);
	struct font detail = form->code_text; /* one size for them all */
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
	for (size_t i = 0; i < sheet->choice_count; i++) {
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
	size_t first = is_main(sheet);
	if (first) {
		struct font font = form->main;
		put_button(plan, parent, rect_cut_top(&box, form->main_h), &sheet->buttons[0], font, plan->theme->card);
		rect_cut_top(&box, du(plan, 28));
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

/* Beside the pile: the picture over its words, in the middle. */
static void side_put(struct plan *plan, int parent, const struct sheet_form *form, struct rect box)
{
	const struct model_sheet *sheet = &plan->model->sheet;
	const struct theme *theme = plan->theme;
	struct rect rest = rect_centred(box, box.w, side_height(plan, form));
	struct rect row = rect_cut_top(&rest, picture_size(plan));
	picture_put(plan, parent, rect_centred(row, row.h, row.h));
	const char *title = fit_wrap(plan, form->code_title, sheet->code_title, box.w, 2);
	const char *text = fit_wrap(plan, form->code_text, sheet->code_text, box.w, 6);
	rect_cut_top(&rest, picture_gap(plan));
	put_text(plan, parent, rect_cut_top(&rest, words_height(form->code_title, title)), form->code_title, theme->ink,
		 theme->card, ALIGN_CENTRE, title);
	rect_cut_top(&rest, du(plan, 8));
	put_text(plan, parent, rect_cut_top(&rest, words_height(form->code_text, text)), form->code_text, theme->muted,
		 theme->card, ALIGN_CENTRE, text);
}

/* Portrait: the picture with its words to the right. */
static void side_row_put(struct plan *plan, int parent, const struct sheet_form *form, struct rect box)
{
	const struct model_sheet *sheet = &plan->model->sheet;
	const struct theme *theme = plan->theme;
	struct rect picture = rect_cut_left(&box, box.h);
	picture_put(plan, parent, picture);
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

/* Where there are choices, the subtitle is their question and stands right above them. */
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
	bool is_sparse = !sheet->choice_count && (!is_main(sheet) || sheet->paragraph_count < 2);
	height = min_int(max_int(height, du(plan, is_sparse ? 560 : 740)), screen.h);
	struct rect box = rect_centred(screen, width, height);
	if (plan->is_portrait || plan->screen->low_reach) {
		box.y = screen.h - height - min_int(du(plan, plan->is_portrait ? 40 : 20), screen.h - height);
	}
	return box;
}

static bool is_beyond_reach(const struct plan *plan, const struct sheet_form *form)
{
	int height = form->heights[PART_BUTTONS] + form->pad_bottom + du(plan, plan->is_portrait ? 40 : 20);
	height += form->heights[PART_CHOICES] ? form->heights[PART_CHOICES] + form->gap : 0;
	return plan->screen->low_reach && height > plan->ui->height * 4 / 10;
}

/* As narrow as the design's, wider when that makes it fit. */
static struct sheet_form form_fitting(struct plan *plan, int *out_width)
{
	int height = plan->ui->height;
	int widest = plan->ui->width - 2 * du(plan, plan->is_portrait ? 40 : 48);
	bool has_picture = has_side(&plan->model->sheet, plan->model);
	int width = plan->is_portrait ? widest : du(plan, has_picture ? 1200 : 960);
	struct sheet_form form = form_make(plan, width);
	while ((form.height > height - du(plan, 40) || is_beyond_reach(plan, &form)) && width < widest) {
		width = min_int(width + du(plan, 120), widest);
		form = form_make(plan, width);
	}
	if (form.height > height || is_beyond_reach(plan, &form)) {
		plan->overflows = true;
	}
	*out_width = width;
	return form;
}

/* The parts from the top, the buttons from the bottom; for a low hand the choices stand there too. */
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
	int width = 0;
	struct sheet_form form = form_fitting(plan, &width);
	struct rect rest = sheet_box(plan, width, form.height);
	int parent = put_card(plan, -1, rest);
	widget_at(plan, parent)->radius_px = du(plan, 32);
	widget_at(plan, parent)->id = "sheet";
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
