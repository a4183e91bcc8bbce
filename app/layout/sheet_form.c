/* See sheet_private.h. */
#include "sheet_private.h"

#include "app/base/arena.h"
#include "fit_private.h"

bool sheet_has_main(const struct model_sheet *sheet)
{
	return sheet->button_count > 0 &&
	       (sheet->buttons[0].style == BUTTON_PRIMARY || sheet->buttons[0].style == BUTTON_SUCCESS);
}

static void form_fonts(const struct plan *plan, struct sheet_form *form)
{
	const struct model_sheet *sheet = &plan->model->sheet;
	bool is_low = plan->screen->low_reach;
	form->status = font_make(plan, 30, WEIGHT_SEMIBOLD);
	form->title = font_make(plan, 64, WEIGHT_BOLD);
	form->subtitle = font_make(plan, sheet->choice_count ? 30 : 36, WEIGHT_REGULAR);
	form->body = font_make(plan, 28, WEIGHT_REGULAR);
	form->body_line = form->body.px * 3 / 2;
	form->choice = font_make(plan, sheet->choice_count > 4 ? 28 : 32, WEIGHT_SEMIBOLD);
	form->main = font_make(plan, is_low ? 36 : 44, WEIGHT_SEMIBOLD);
	form->second = font_make(plan, 30, WEIGHT_SEMIBOLD);
	form->pad_x = du(plan, plan->is_portrait ? 48 : 56);
	form->pad_top = du(plan, 48);
	form->pad_bottom = du(plan, is_low ? 28 : 58);
	form->gap = max_int(du(plan, is_low ? 16 : 20), plan->gap_px);
	form->main_h = max_int(du(plan, is_low ? 100 : 128), form->main.line_px + du(plan, 32));
	form->main_h = max_int(form->main_h, plan->main_px);
	form->second_h = max_int(du(plan, is_low ? 76 : 96), form->second.line_px + du(plan, 24));
	form->second_h = max_int(form->second_h, plan->main_px);
}

static int widest_choice(const struct plan *plan, const struct sheet_form *form)
{
	int widest = 0;
	for (size_t i = 0; i < plan->model->sheet.choice_count; i++) {
		widest = max_int(widest, words_width(plan, form->choice, plan->model->sheet.choices[i].text));
	}
	return widest;
}

static int button_rows(const struct model_sheet *sheet)
{
	size_t rest = sheet->button_count - sheet_has_main(sheet);
	return (int)((rest + 1) / 2);
}

int sheet_main_gap(const struct plan *plan)
{
	return max_int(du(plan, 28), plan->gap_px);
}

/* Returns the gap between the sheet and the foot of the screen, where the sheet does not stand in the middle. */
int sheet_foot(const struct plan *plan)
{
	return du(plan, plan->is_portrait ? 40 : 20);
}

static void form_buttons(const struct plan *plan, struct sheet_form *form)
{
	const struct model_sheet *sheet = &plan->model->sheet;
	int rows = button_rows(sheet);
	form->heights[PART_BUTTONS] = (sheet_has_main(sheet) ? form->main_h : 0) + rows * form->second_h +
				      (sheet_has_main(sheet) && rows ? sheet_main_gap(plan) : 0) +
				      max_int(rows - 1, 0) * form->gap;
	form->gaps[PART_BUTTONS] = max_int(du(plan, plan->screen->low_reach ? 24 : 50), plan->gap_px);
}

/* Returns how high the choices may be within reach of a low hand. */
static int choices_room(const struct plan *plan, const struct sheet_form *form)
{
	return plan->ui->height * 4 / 10 - sheet_foot(plan) - form->pad_bottom - form->heights[PART_BUTTONS] -
	       form->gap;
}

/* Puts the choices side by side as far as their words allow, and many of them in several lower rows. Choices that a low
 * hand would not reach are only counted. */
static void form_choices(const struct plan *plan, struct sheet_form *form, int width)
{
	int count = (int)plan->model->sheet.choice_count;
	if (count == 0) {
		return;
	}
	bool is_low = plan->screen->low_reach;
	int each = max_int(widest_choice(plan, form) + du(plan, 32), plan->main_px);
	int columns = clamp_int((width + form->gap) / (each + form->gap), 1, count <= 4 ? count : is_low ? 16 : 8);
	columns = min_int(columns, count);
	int rows = (count + columns - 1) / columns;
	int wish = is_low ? (rows == 1 ? 84 : 44) : rows == 1 ? 104 : rows <= 3 ? 84 : 64;
	form->choice_h = max_int(du(plan, wish), form->choice.line_px + du(plan, 16));
	form->choice_h = max_int(form->choice_h, rows <= 3 && !is_low ? plan->main_px : plan->target_px);
	int most = is_low ? max_int((choices_room(plan, form) + form->gap) / (form->choice_h + form->gap), 1) : rows;
	bool is_cut = rows > most && count > 4;
	rows = is_cut ? most : rows;
	form->choice_count = (size_t)(is_cut ? most * columns : count);
	form->choice_columns = count <= 4 || is_cut ? columns : (count + rows - 1) / rows;
	form->heights[PART_CHOICES] = rows * (form->choice_h + form->gap) - form->gap;
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
	const char *subtitle = sheet->subtitle;
	if (form->choice_count < sheet->choice_count) {
		const char *more = words_more(plan, sheet->choice_count - form->choice_count);
		subtitle = arena_print(plan->ui->arena, "%s · %s", subtitle, more);
	}
	form->subtitle = fit_font(plan, form->subtitle, subtitle, width, 0.8);
	form->subtitle_text = fit_break(plan, form->subtitle, subtitle, width, 2);
	form->heights[PART_SUBTITLE] = words_height(form->subtitle, form->subtitle_text);
	form->gaps[PART_SUBTITLE] = du(plan, sheet->choice_count && sheet->paragraph_count ? 24 : 6);
	for (size_t i = 0; i < sheet->paragraph_count; i++) {
		form->paragraphs[i] = fit_break(plan, form->body, sheet->paragraphs[i], width, 6);
		form->heights[PART_PARAGRAPHS] += words_lines(form->paragraphs[i]) * form->body_line;
	}
	form->gaps[PART_PARAGRAPHS] = du(plan, sheet->choice_count ? 12 : 28);
	if (sheet->paragraph_count && !sheet->choice_count) {
		form->heights[PART_RULE] = du(plan, 2);
		form->gaps[PART_RULE] = du(plan, 32);
	}
}

static struct sheet_form form_make(const struct plan *plan, int outer_w)
{
	struct sheet_form form = {0};
	form_fonts(plan, &form);
	form.width = outer_w - 2 * form.pad_x;
	form_buttons(plan, &form);
	form_choices(plan, &form, form.width);
	form.gaps[PART_CHOICES] = du(plan, 28);
	form_words(plan, &form);
	form.height = form.pad_top + form.pad_bottom;
	for (int i = 0; i < PART_COUNT; i++) {
		form.height += form.heights[i] ? form.heights[i] + form.gaps[i] : 0;
	}
	return form;
}

static bool is_beyond_reach(const struct plan *plan, const struct sheet_form *form)
{
	int height = form->heights[PART_BUTTONS] + form->pad_bottom + sheet_foot(plan);
	height += form->heights[PART_CHOICES] ? form->heights[PART_CHOICES] + form->gap : 0;
	return plan->screen->low_reach && height > plan->ui->height * 4 / 10;
}

struct sheet_form sheet_form_fitting(struct plan *plan, int *out_width)
{
	int height = plan->ui->height;
	int widest = plan->ui->width - 2 * du(plan, plan->is_portrait ? 40 : 48);
	int width = plan->is_portrait ? widest : du(plan, 960);
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
