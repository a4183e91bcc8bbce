/* See sheet_place_private.h: how high each part is, and how wide the sheet must be so that everything fits. */
#include "sheet_place_private.h"

#include <string.h>

#include "app/base/arena.h"
#include "fit_private.h"

static const double reach_share = 0.4;

const enum place_part place_words[] = {PLACE_STATUS, PLACE_TITLE, PLACE_SUBTITLE, PLACE_CARD, PLACE_RULES};
const enum place_part place_acts[] = {PLACE_LONGER,  PLACE_QUESTION, PLACE_CHOICES, PLACE_MAIN,
				      PLACE_WARNING, PLACE_NOTE,     PLACE_BUTTONS};
const enum place_part place_low_words[] = {PLACE_STATUS, PLACE_TITLE,   PLACE_SUBTITLE, PLACE_CARD,
					   PLACE_RULES,  PLACE_WARNING, PLACE_NOTE};
const enum place_part place_low_acts[] = {PLACE_LONGER, PLACE_QUESTION, PLACE_CHOICES, PLACE_BUTTONS};
const size_t place_words_count = sizeof(place_words) / sizeof(place_words[0]);
const size_t place_acts_count = sizeof(place_acts) / sizeof(place_acts[0]);
const size_t place_low_words_count = sizeof(place_low_words) / sizeof(place_low_words[0]);
const size_t place_low_acts_count = sizeof(place_low_acts) / sizeof(place_low_acts[0]);

static bool is_low(const struct plan *plan)
{
	return plan->screen->low_reach;
}

bool place_has_main(const struct plan *plan)
{
	const struct model_sheet *sheet = &plan->model->sheet;
	return !is_low(plan) && sheet->button_count > 0 &&
	       (sheet->buttons[0].style == BUTTON_PRIMARY || sheet->buttons[0].style == BUTTON_SUCCESS);
}

int place_pile_height(const struct place_form *form, const enum place_part *parts, size_t count)
{
	int height = 0;
	for (size_t i = 0; i < count; i++) {
		int part = form->heights[parts[i]];
		height += part ? part + (height ? form->gaps[parts[i]] : 0) : 0;
	}
	return height;
}

static void make_fonts(const struct plan *plan, struct place_form *form)
{
	form->status = font_make(plan, 30, WEIGHT_SEMIBOLD);
	form->title = font_make(plan, is_low(plan) ? 52 : 62, WEIGHT_BOLD);
	form->subtitle = font_make(plan, 30, WEIGHT_REGULAR);
	form->name = font_make(plan, is_low(plan) ? 34 : 40, WEIGHT_BOLD);
	form->times = font_make(plan, 30, WEIGHT_MEDIUM);
	form->body = font_make(plan, 27, WEIGHT_REGULAR);
	form->body.line_px = max_int(form->body.line_px, form->body.px * 38 / 27);
	form->choice = font_make(plan, 31, WEIGHT_SEMIBOLD);
	form->detail = font_make(plan, 22, WEIGHT_MEDIUM);
	form->main = font_make(plan, is_low(plan) ? 34 : 42, WEIGHT_SEMIBOLD);
	form->second = font_make(plan, 30, WEIGHT_SEMIBOLD);
	form->warning = font_make(plan, 24, WEIGHT_SEMIBOLD);
}

static void make_gaps(const struct plan *plan, struct place_form *form)
{
	static const int units[PLACE_PARTS] = {
		[PLACE_TITLE] = 10,   [PLACE_SUBTITLE] = 8,  [PLACE_CARD] = 22,    [PLACE_RULES] = 22,
		[PLACE_LONGER] = 30,  [PLACE_QUESTION] = 24, [PLACE_CHOICES] = 18, [PLACE_MAIN] = 32,
		[PLACE_WARNING] = 24, [PLACE_NOTE] = 18,     [PLACE_BUTTONS] = 28};
	for (int i = 0; i < PLACE_PARTS; i++) {
		form->gaps[i] = du(plan, units[i] / (form->is_squeezed ? 2.0 : 1));
		bool is_touched = i == PLACE_LONGER || i == PLACE_CHOICES || i == PLACE_MAIN || i == PLACE_BUTTONS;
		form->gaps[i] = is_touched ? max_int(form->gaps[i], plan->gap_px) : form->gaps[i];
	}
	bool is_small = is_low(plan) || form->is_squeezed;
	form->pad_x = du(plan, plan->is_portrait ? 48 : 56);
	form->pad_top = du(plan, is_small ? 28 : 48);
	form->pad_bottom = du(plan, is_small ? 28 : 56);
	form->gap = max_int(du(plan, 12), plan->gap_px);
	form->column_gap = du(plan, 48);
}

/* Two people's cards are equally high. */
static void make_card(const struct plan *plan, struct place_form *form)
{
	const struct model_sheet *sheet = &plan->model->sheet;
	int width = form->width - 2 * du(plan, 28);
	bool are_two = sheet->second_name[0] != '\0';
	if (!sheet->has_card) {
		return;
	}
	form->name = fit_font(plan, form->name, sheet->card_name, width, 0.7);
	form->name = fit_font(plan, form->name, sheet->second_name, width, 0.7);
	form->texts[PLACE_CARD] = fit_break(plan, form->name, sheet->card_name, width, 2);
	form->second_name = fit_break(plan, form->name, sheet->second_name, width, 2);
	int name =
		max_int(words_height(form->name, form->texts[PLACE_CARD]), words_height(form->name, form->second_name));
	form->card_h = name + form->times.line_px + 2 * du(plan, form->is_squeezed ? 12 : 20);
	form->heights[PLACE_CARD] = are_two ? 2 * form->card_h + du(plan, 12) : form->card_h;
}

/* Returns where the words of the warning stand in its box, beside its icon. */
struct rect place_warning_words(const struct plan *plan, const struct place_form *form, struct rect box)
{
	rect_cut_left(&box, du(plan, 22) + form->warning.px * 34 / 24 + du(plan, 14));
	rect_cut_right(&box, du(plan, 22));
	return box;
}

static void make_words(const struct plan *plan, struct place_form *form)
{
	const struct model_sheet *sheet = &plan->model->sheet;
	int width = form->width;
	const int icon = sheet->has_state ? form->status.px * 34 / 30 + du(plan, 12) : 0;
	form->texts[PLACE_STATUS] = fit_break(plan, form->status, sheet->status, width - icon, 2);
	form->heights[PLACE_STATUS] = words_height(form->status, form->texts[PLACE_STATUS]);
	form->title = fit_font(plan, form->title, sheet->title, width, 0.65);
	form->texts[PLACE_TITLE] = fit_break(plan, form->title, sheet->title, width, 3);
	form->heights[PLACE_TITLE] = words_height(form->title, form->texts[PLACE_TITLE]);
	form->texts[PLACE_SUBTITLE] = fit_break(plan, form->subtitle, sheet->subtitle, width, 4);
	form->heights[PLACE_SUBTITLE] = words_height(form->subtitle, form->texts[PLACE_SUBTITLE]);
	for (size_t i = 0; i < sheet->paragraph_count; i++) {
		form->rules[i] = fit_break(plan, form->body, sheet->paragraphs[i], width, 6);
		form->heights[PLACE_RULES] += words_height(form->body, form->rules[i]) + (i ? du(plan, 8) : 0);
	}
	form->texts[PLACE_QUESTION] = fit_break(plan, form->body, sheet->question, width, 3);
	form->heights[PLACE_QUESTION] = words_height(form->body, form->texts[PLACE_QUESTION]);
	const char *note = is_low(plan) && sheet->longer_count ? sheet->longer_note : sheet->note;
	form->texts[PLACE_NOTE] = fit_break(plan, form->body, note, width, 4);
	form->heights[PLACE_NOTE] = words_height(form->body, form->texts[PLACE_NOTE]);
	struct rect warned = place_warning_words(plan, form, (struct rect){0, 0, width, 0});
	form->texts[PLACE_WARNING] = fit_break(plan, form->warning, sheet->warning, warned.w, 4);
	int warning = words_height(form->warning, form->texts[PLACE_WARNING]);
	form->heights[PLACE_WARNING] = warning ? warning + 2 * du(plan, form->is_squeezed ? 8 : 13) : 0;
	make_card(plan, form);
}

static int touch_height(const struct plan *plan, int units, int content, int least)
{
	return max_int(max_int(du(plan, units), content), least);
}

/* Returns how high the words of the ways to stay longer are, side by side. */
static int longer_words_height(const struct plan *plan, const struct place_form *form)
{
	const struct model_sheet *sheet = &plan->model->sheet;
	int count = (int)sheet->longer_count, most = 0;
	int width = form->width - (is_low(plan) ? 0 : 2 * du(plan, 28)) - form->gap * (count - 1);
	for (int i = 0; i < count; i++) {
		const char *detail = strchr(sheet->longer[i].text, '\n');
		int room = width / count - 2 * du(plan, 12);
		most = detail ? max_int(most,
					words_height(form->detail, fit_wrap(plan, form->detail, detail + 1, room, 2)))
			      : most;
	}
	return form->choice.line_px + most;
}

static void make_choices(const struct plan *plan, struct place_form *form)
{
	const struct model_sheet *sheet = &plan->model->sheet;
	int wish = is_low(plan) ? 84 : form->is_squeezed ? 80 : 100;
	form->choice_h = touch_height(plan, wish, form->choice.line_px + du(plan, 20), plan->main_px);
	form->heights[PLACE_CHOICES] = sheet->choice_count ? form->choice_h : 0;
	if (sheet->longer_count == 0) {
		return;
	}
	bool is_one = sheet->longer_count == 1;
	int words = is_one ? form->choice.line_px : longer_words_height(plan, form);
	form->longer_h = touch_height(plan, is_low(plan) ? 92 : 112, words + du(plan, 20), plan->main_px);
	int title = is_one ? 0 : form->status.line_px + du(plan, 14);
	form->heights[PLACE_LONGER] = title + form->longer_h;
	if (!is_low(plan)) {
		int pad = du(plan, form->is_squeezed ? 16 : 22);
		struct font font = form->detail;
		form->longer_note = fit_break(plan, font, sheet->longer_note, form->width - 2 * du(plan, 28), 4);
		int note = words_height(font, form->longer_note);
		form->heights[PLACE_LONGER] += 2 * pad + (note ? note + du(plan, 14) : 0);
	}
}

static bool has_detail(const struct model_sheet *sheet, size_t first)
{
	for (size_t i = first; i < sheet->button_count; i++) {
		if (strchr(sheet->buttons[i].text, '\n')) {
			return true;
		}
	}
	return false;
}

static const char *first_line(const struct plan *plan, const char *text)
{
	return arena_print(plan->ui->arena, "%.*s", (int)strcspn(text, "\n"), text);
}

/* Returns how many buttons stand side by side: as many as show their words in two lines. */
static int columns_of(const struct plan *plan, const struct place_form *form, size_t first)
{
	const struct model_sheet *sheet = &plan->model->sheet;
	int count = (int)(sheet->button_count - first);
	for (int columns = min_int(count, is_low(plan) ? 5 : 3); columns > 1; columns--) {
		int width = (form->width - form->gap * (columns - 1)) / columns - 2 * du(plan, 12);
		bool fits = width + 2 * du(plan, 12) >= plan->main_px;
		for (size_t i = first; i < sheet->button_count; i++) {
			fits = fits &&
			       fit_whole(plan, form->second, first_line(plan, sheet->buttons[i].text), width, 2)[0];
		}
		if (fits) {
			return columns;
		}
	}
	return 1;
}

static void make_buttons(const struct plan *plan, struct place_form *form)
{
	const struct model_sheet *sheet = &plan->model->sheet;
	size_t first = place_has_main(plan);
	if (first) {
		const char *detail = strchr(sheet->buttons[0].text, '\n');
		int content = form->main.line_px + (detail ? form->body.line_px : 0) + du(plan, 32);
		int wish = form->is_squeezed ? 100 : detail ? 140 : 130;
		form->heights[PLACE_MAIN] = touch_height(plan, wish, content, plan->main_px);
	}
	int count = (int)(sheet->button_count - first);
	form->button_columns = columns_of(plan, form, first);
	int rows = (count + form->button_columns - 1) / form->button_columns;
	int lines = form->button_columns > 1 || has_detail(sheet, first) ? 2 : 1;
	int wish = form->is_squeezed ? 76 : 100;
	form->button_h =
		touch_height(plan, wish, lines * form->second.line_px + du(plan, lines > 1 ? 12 : 24), plan->main_px);
	form->heights[PLACE_BUTTONS] = rows * (form->button_h + form->gap) - form->gap;
}

static bool has_side(const struct plan *plan)
{
	const struct model_place *place = &plan->model->sheet.place;
	return place->is_shown &&
	       (place->where[0] || place->equipment[0] || place->day_count > 0 || plan->model->sheet.code[0]);
}

static int acts_height(const struct plan *plan, const struct place_form *form)
{
	return is_low(plan) ? place_pile_height(form, place_low_acts, place_low_acts_count)
			    : place_pile_height(form, place_acts, place_acts_count);
}

static int words_all_height(const struct plan *plan, const struct place_form *form)
{
	return is_low(plan) ? place_pile_height(form, place_low_words, place_low_words_count)
			    : place_pile_height(form, place_words, place_words_count);
}

static int between(const struct plan *plan, const struct place_form *form)
{
	return max_int(du(plan, form->is_squeezed ? 20 : 32), plan->gap_px);
}

static int foot(const struct plan *plan)
{
	return du(plan, plan->is_portrait ? 40 : is_low(plan) ? 16 : 0);
}

/* Measures the parts, first the words, whose column is narrower than that of the acts for a low hand. */
static void make_parts(const struct plan *plan, struct place_form *form, int inner)
{
	bool is_beside = form->side_w > 0;
	form->width = is_beside ? inner - form->column_gap - form->side_w : inner;
	make_words(plan, form);
	form->width = is_beside && !is_low(plan) ? form->width : inner;
	if (is_low(plan) && plan->model->sheet.question[0]) {
		form->texts[PLACE_QUESTION] = fit_break(plan, form->body, plan->model->sheet.question, form->width, 3);
		form->heights[PLACE_QUESTION] = words_height(form->body, form->texts[PLACE_QUESTION]);
	}
	make_choices(plan, form);
	make_buttons(plan, form);
}

/* Returns how high what stands beside the acts, or below them, may be: not much higher than the acts are. For a low
 * hand it is no reason for a higher sheet. */
static int side_room(const struct plan *plan, const struct place_form *form, int acts, int words)
{
	int edge = foot(plan) ? 2 * foot(plan) : du(plan, 40);
	int most = plan->ui->height - edge - form->pad_top - form->pad_bottom;
	if (form->side_w == 0) {
		most -= acts + words + form->column_gap;
	} else {
		most = min_int(most, max_int(acts + words, du(plan, 760 * plan->type)));
	}
	return is_low(plan) ? min_int(max_int(words, du(plan, 230)), most) : most;
}

static struct place_form form_make(const struct plan *plan, int width, bool is_squeezed)
{
	struct place_form form = {.is_squeezed = is_squeezed, .longer_note = ""};
	make_fonts(plan, &form);
	make_gaps(plan, &form);
	int inner = width - 2 * form.pad_x;
	if (has_side(plan) && !plan->is_portrait) {
		form.side_w = (inner - form.column_gap) * 520 / 1160;
	}
	make_parts(plan, &form, inner);
	int acts = acts_height(plan, &form) + between(plan, &form), words = words_all_height(plan, &form);
	int height = acts + words;
	if (has_side(plan)) {
		int side_w = form.side_w ? form.side_w : inner;
		form.side = place_side_make(plan, side_w, side_room(plan, &form, acts, words));
		int side = form.side.height;
		height = form.side_w == 0 ? height + (side ? form.column_gap + side : 0)
			 : is_low(plan)   ? acts + max_int(words, side)
					  : max_int(height, side);
	}
	height += form.pad_top + form.pad_bottom;
	struct rect screen = {0, 0, plan->ui->width, plan->ui->height};
	form.box = rect_centred(screen, width, height);
	if (foot(plan)) {
		form.box.y = screen.h - height - foot(plan);
	}
	return form;
}

static bool fits(const struct plan *plan, const struct place_form *form)
{
	int touched = acts_height(plan, form) + form->pad_bottom + foot(plan);
	bool is_reached = !is_low(plan) || touched <= (int)(plan->ui->height * reach_share);
	return is_reached && form->box.h <= plan->ui->height - du(plan, 16) && form->box.y >= 0;
}

/* Makes the sheet as wide as in the design, and wider or with narrower gaps when that makes it fit. */
struct place_form place_form_fitting(struct plan *plan)
{
	int widest = plan->ui->width - 2 * du(plan, plan->is_portrait ? 40 : 48);
	double share = plan->type > 1 ? 1 + (plan->type - 1) * 0.6 : 1;
	int wish = plan->is_portrait || is_low(plan) ? widest : du(plan, (has_side(plan) ? 1320 : 900) * share);
	struct place_form form = {0};
	for (int squeezed = 0; squeezed <= 1; squeezed++) {
		for (int width = min_int(wish, widest);; width = min_int(width + du(plan, 120), widest)) {
			form = form_make(plan, width, squeezed);
			if (fits(plan, &form)) {
				return form;
			}
			if (width >= widest) {
				break;
			}
		}
	}
	plan->overflows = true;
	return form;
}
