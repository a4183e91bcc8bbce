/* See sheet_place_private.h: puts the parts. */
#include "sheet_place_private.h"

#include <string.h>

#include "app/base/arena.h"
#include "fit_private.h"

static void status_put(struct plan *plan, int parent, const struct place_form *form, struct rect box)
{
	const struct model_sheet *sheet = &plan->model->sheet;
	const struct theme *theme = plan->theme;
	uint32_t mark = theme->muted;
	if (sheet->has_state) {
		struct state_look look = theme_state(theme, sheet->state);
		int icon = look.icon == ICON_NONE ? 0 : form->status.px * 34 / 30;
		mark = look.mark;
		if (icon) {
			put_icon(plan, parent, rect_cut_left(&box, icon), look.icon, icon, mark, theme->card);
			rect_cut_left(&box, du(plan, 12));
		}
	}
	put_text(plan, parent, box, form->status, mark, theme->card, ALIGN_START, form->texts[PLACE_STATUS]);
}

static void card_put(struct plan *plan, int parent, const struct place_form *form, struct rect box)
{
	const struct model_sheet *sheet = &plan->model->sheet;
	const struct theme *theme = plan->theme;
	struct state_look look = theme_state(theme, sheet->state);
	bool is_waiting = sheet->state == SHOWN_WAITING;
	int card = put_fill(plan, parent, box, look.fill_rgb, du(plan, 20));
	widget_at(plan, card)->fill = look.fill;
	widget_at(plan, card)->fill2_rgb = look.fill2_rgb;
	widget_at(plan, card)->is_dashed = look.is_dashed;
	if (!is_waiting || theme->card_border) {
		widget_at(plan, card)->border_rgb = look.border_rgb;
		widget_at(plan, card)->border_px = look.border_rgb ? du(plan, 3) : 0;
	}
	struct rect rest = rect_inset(box, du(plan, 28), du(plan, form->is_squeezed ? 12 : 20));
	struct rect name = rect_cut_top(&rest, words_height(form->name, form->texts[PLACE_CARD]));
	put_text(plan, card, name, form->name, is_waiting ? theme->on_amber_soft : look.fg, look.fill_rgb, ALIGN_START,
		 form->texts[PLACE_CARD]);
	struct font times = fit_font(plan, form->times, sheet->card_times, rest.w, 0.7);
	put_text(plan, card, rest, times, look.fg, look.fill_rgb, ALIGN_START,
		 fit_parts(plan, times, sheet->card_times, rest.w));
}

/* One of two people at the place, in quiet colours. */
static void person_put(struct plan *plan, int parent, const struct place_form *form, struct rect box, const char *name,
		       const char *times, uint32_t bg, uint32_t fg)
{
	int card = put_fill(plan, parent, box, bg, du(plan, 20));
	widget_at(plan, card)->border_rgb = plan->theme->card_border;
	widget_at(plan, card)->border_px = plan->theme->card_border ? du(plan, 3) : 0;
	struct rect rest = rect_inset(box, du(plan, 28), du(plan, form->is_squeezed ? 12 : 20));
	put_text(plan, card, rect_cut_top(&rest, rest.h - form->times.line_px), form->name, fg, bg, ALIGN_START, name);
	struct font font = fit_font(plan, form->times, times, rest.w, 0.7);
	put_text(plan, card, rest, font, fg, bg, ALIGN_START, fit_line(plan, font, times, rest.w));
}

static void two_put(struct plan *plan, int parent, const struct place_form *form, struct rect box)
{
	const struct model_sheet *sheet = &plan->model->sheet;
	const struct theme *theme = plan->theme;
	person_put(plan, parent, form, rect_cut_top(&box, form->card_h), form->texts[PLACE_CARD], sheet->card_times,
		   theme->river_soft, theme->on_river_soft);
	rect_cut_top(&box, du(plan, 12));
	person_put(plan, parent, form, rect_cut_top(&box, form->card_h), form->second_name, sheet->second_times,
		   theme->paper, theme->ink);
}

static void rules_put(struct plan *plan, int parent, const struct place_form *form, struct rect box)
{
	for (size_t i = 0; i < plan->model->sheet.paragraph_count; i++) {
		rect_cut_top(&box, i ? du(plan, 8) : 0);
		put_text(plan, parent, rect_cut_top(&box, words_height(form->body, form->rules[i])), form->body,
			 plan->theme->ink, plan->theme->card, ALIGN_START, form->rules[i]);
	}
}

static void warning_put(struct plan *plan, int parent, const struct place_form *form, struct rect box)
{
	const struct theme *theme = plan->theme;
	int strip = put_fill(plan, parent, box, theme->amber_soft, du(plan, 16));
	widget_at(plan, strip)->border_rgb = theme->amber;
	widget_at(plan, strip)->border_px = du(plan, 3);
	struct rect words = place_warning_words(plan, form, box);
	rect_cut_left(&box, du(plan, 22));
	int icon = form->warning.px * 34 / 24;
	put_icon(plan, strip, rect_cut_left(&box, icon), ICON_WARNING, icon, theme->amber, theme->amber_soft);
	put_text(plan, strip, words, form->warning, theme->amber, theme->amber_soft, ALIGN_START,
		 form->texts[PLACE_WARNING]);
}

/* Puts a button whose second line is smaller than its first. */
static void act_put(struct plan *plan, int parent, struct rect box, const struct model_button *button, struct font font,
		    struct font detail, uint32_t behind)
{
	size_t length = strcspn(button->text, "\n");
	if (!button->text[length]) {
		put_button(plan, parent, box, button, font, behind);
		return;
	}
	const char *first = arena_print(plan->ui->arena, "%.*s", (int)length, button->text);
	const char *second = button->text + length + 1;
	struct model_button bare = *button;
	bare.text = "";
	int index = put_button(plan, parent, box, &bare, font, behind);
	uint32_t fg = widget_at(plan, index)->fg, bg = widget_at(plan, index)->bg;
	struct rect inner = rect_inset(box, du(plan, 12), 0);
	font = fit_font(plan, font, first, inner.w, 0.6);
	detail = fit_font(plan, detail, second, inner.w, 0.7);
	const char *words = fit_whole(plan, detail, second, inner.w, 2);
	struct rect rest = rect_centred(inner, inner.w, font.line_px + words_height(detail, words));
	put_text(plan, index, rect_cut_top(&rest, font.line_px), font, fg, bg, ALIGN_CENTRE,
		 fit_line(plan, font, first, inner.w));
	put_text(plan, index, rest, detail, fg, bg, ALIGN_CENTRE, words);
}

static void longer_put(struct plan *plan, int parent, const struct place_form *form, struct rect box)
{
	const struct model_sheet *sheet = &plan->model->sheet;
	const struct theme *theme = plan->theme;
	bool is_low = plan->screen->low_reach;
	uint32_t behind = is_low ? theme->card : theme->river_soft;
	uint32_t ink = is_low ? theme->ink : theme->on_river_soft;
	if (!is_low) {
		parent = put_fill(plan, parent, box, behind, du(plan, 24));
		widget_at(plan, parent)->border_rgb = theme->card_border;
		widget_at(plan, parent)->border_px = theme->card_border ? du(plan, 2) : 0;
		box = rect_inset(box, du(plan, 28), du(plan, form->is_squeezed ? 16 : 22));
	}
	if (sheet->longer_count > 1) {
		struct font font = form->status;
		put_text(plan, parent, rect_cut_top(&box, font.line_px), font, ink, behind, ALIGN_START,
			 fit_line(plan, font, sheet->longer_title, box.w));
		rect_cut_top(&box, du(plan, 14));
	}
	struct rect row = rect_cut_top(&box, form->longer_h);
	for (size_t i = 0; i < sheet->longer_count; i++) {
		struct rect cell = rect_column(row, (int)i, (int)sheet->longer_count, form->gap);
		act_put(plan, parent, cell, &sheet->longer[i], form->choice, form->detail, behind);
	}
	if (!is_low && form->longer_note[0]) {
		rect_cut_top(&box, du(plan, 14));
		put_text(plan, parent, box, form->detail, ink, behind, ALIGN_START, form->longer_note);
	}
}

static void choices_put(struct plan *plan, int parent, const struct place_form *form, struct rect box)
{
	const struct model_sheet *sheet = &plan->model->sheet;
	int count = (int)sheet->choice_count;
	for (int i = 0; i < count; i++) {
		int index = put_button(plan, parent, rect_column(box, i, count, form->gap), &sheet->choices[i],
				       form->choice, plan->theme->card);
		struct widget *choice = widget_at(plan, index);
		int icon = choice->font_px * 26 / 31, gap = du(plan, 8);
		bool has_room =
			words_width(plan, form->choice, sheet->choices[i].text) + icon + gap + 2 * du(plan, 12) <=
			choice->box.w;
		if (sheet->choices[i].style == BUTTON_CHOSEN && has_room) {
			choice->icon = ICON_CHECK;
			choice->icon_px = icon;
			choice->icon_gap_px = gap;
		}
	}
}

static void buttons_put(struct plan *plan, int parent, const struct place_form *form, struct rect box)
{
	const struct model_sheet *sheet = &plan->model->sheet;
	size_t first = place_has_main(plan);
	int count = (int)(sheet->button_count - first), columns = form->button_columns;
	for (int i = 0; i < count; i++) {
		int in_row = min_int(columns, count - i / columns * columns);
		struct rect row = {box.x, box.y + i / columns * (form->button_h + form->gap), box.w, form->button_h};
		act_put(plan, parent, rect_column(row, i % columns, in_row, form->gap), &sheet->buttons[(int)first + i],
			form->second, form->detail, plan->theme->card);
	}
}

static void part_put(struct plan *plan, int parent, const struct place_form *form, enum place_part part,
		     struct rect box)
{
	const struct theme *theme = plan->theme;
	switch (part) {
	case PLACE_STATUS:
		status_put(plan, parent, form, box);
		break;
	case PLACE_TITLE:
		widget_at(plan, put_text(plan, parent, box, form->title, theme->ink, theme->card, ALIGN_START,
					 form->texts[part]))
			->id = "title";
		break;
	case PLACE_SUBTITLE:
		put_text(plan, parent, box, form->subtitle, theme->muted, theme->card, ALIGN_START, form->texts[part]);
		break;
	case PLACE_CARD:
		if (plan->model->sheet.second_name[0]) {
			two_put(plan, parent, form, box);
		} else {
			card_put(plan, parent, form, box);
		}
		break;
	case PLACE_RULES:
		rules_put(plan, parent, form, box);
		break;
	case PLACE_LONGER:
		longer_put(plan, parent, form, box);
		break;
	case PLACE_QUESTION:
		put_text(plan, parent, box, form->body, theme->ink, theme->card, ALIGN_START, form->texts[part]);
		break;
	case PLACE_CHOICES:
		choices_put(plan, parent, form, box);
		break;
	case PLACE_MAIN:
		act_put(plan, parent, box, &plan->model->sheet.buttons[0], form->main, form->body, theme->card);
		break;
	case PLACE_WARNING:
		warning_put(plan, parent, form, box);
		break;
	case PLACE_NOTE:
		put_text(plan, parent, box, form->body, theme->muted, theme->card, ALIGN_START, form->texts[part]);
		break;
	case PLACE_BUTTONS:
		buttons_put(plan, parent, form, box);
		break;
	case PLACE_PARTS:
		break;
	}
}

/* Puts the parts from the top; the last row of buttons stands at the bottom. */
static void pile_put(struct plan *plan, int parent, const struct place_form *form, const enum place_part *parts,
		     size_t count, struct rect box)
{
	bool is_first = true;
	for (size_t i = 0; i < count; i++) {
		int height = form->heights[parts[i]];
		if (!height) {
			continue;
		}
		rect_cut_top(&box, is_first ? 0 : form->gaps[parts[i]]);
		is_first = false;
		struct rect part =
			parts[i] == PLACE_BUTTONS ? rect_cut_bottom(&box, height) : rect_cut_top(&box, height);
		part_put(plan, parent, form, parts[i], part);
	}
}

static void low_put(struct plan *plan, int parent, const struct place_form *form, struct rect rest)
{
	struct rect acts = rect_cut_bottom(&rest, place_pile_height(form, place_low_acts, place_low_acts_count));
	pile_put(plan, parent, form, place_low_acts, place_low_acts_count, acts);
	if (form->side_w && form->side.height) {
		struct rect side = rect_cut_right(&rest, form->side_w);
		place_side_put(plan, parent, &form->side, rect_cut_top(&side, form->side.height));
		rect_cut_right(&rest, form->column_gap);
	}
	int words = place_pile_height(form, place_low_words, place_low_words_count);
	pile_put(plan, parent, form, place_low_words, place_low_words_count, rect_cut_top(&rest, words));
	if (!form->side_w && form->side.height) {
		rect_cut_top(&rest, form->column_gap);
		place_side_put(plan, parent, &form->side, rect_cut_top(&rest, form->side.height));
	}
}

static void high_put(struct plan *plan, int parent, const struct place_form *form, struct rect rest)
{
	if (form->side_w && form->side.height) {
		place_side_put(plan, parent, &form->side, rect_cut_right(&rest, form->side_w));
		rect_cut_right(&rest, form->column_gap);
	} else if (form->side.height) {
		place_side_put(plan, parent, &form->side, rect_cut_bottom(&rest, form->side.height));
		rect_cut_bottom(&rest, form->column_gap);
	}
	int words = place_pile_height(form, place_words, place_words_count);
	pile_put(plan, parent, form, place_words, place_words_count, rect_cut_top(&rest, words));
	rect_cut_top(&rest, max_int(du(plan, form->is_squeezed ? 20 : 32), plan->gap_px));
	pile_put(plan, parent, form, place_acts, place_acts_count, rest);
}

void place_sheet_put(struct plan *plan)
{
	struct place_form form = place_form_fitting(plan);
	int parent = put_card(plan, -1, form.box);
	widget_at(plan, parent)->radius_px = du(plan, 32);
	widget_at(plan, parent)->id = "sheet";
	widget_at(plan, parent)->stops_touch = true;
	struct rect rest = rect_inset(form.box, form.pad_x, 0);
	rect_cut_top(&rest, form.pad_top);
	rect_cut_bottom(&rest, form.pad_bottom);
	if (plan->screen->low_reach) {
		low_put(plan, parent, &form, rest);
	} else {
		high_put(plan, parent, &form, rest);
	}
}
