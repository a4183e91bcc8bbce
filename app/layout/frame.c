/* The frame of the home screen: the office, the date and the clock at the top, the legend and the buttons at the
 * bottom. */
#include "parts_private.h"

#include "app/base/arena.h"
#include "app/base/limits.h"
#include "fit_private.h"

/* The measures are in design units. */
struct header_sizes {
	double office, subtitle, clock, date, top, height, margin;
};

static const struct header_sizes header_landscape = {46, 26, 84, 30, 34, 152, 48};
static const struct header_sizes header_portrait = {46, 26, 84, 28, 36, 156, 40};
static const struct header_sizes header_wall = {60, 36, 128, 42, 36, 186, 64};

struct header_form {
	const struct header_sizes *sizes;
	const char *title;
	struct font office, subtitle, clock, date, week;
	int clock_w, date_w, gap;
	bool is_stacked; /* the date stands under the clock instead of beside it */
};

static const struct header_sizes *header_sizes(const struct plan *plan)
{
	return plan->model->mode == MODE_WALL ? &header_wall : plan->is_portrait ? &header_portrait : &header_landscape;
}

static struct header_form header_form(const struct plan *plan, int width)
{
	const struct model *model = plan->model;
	const struct header_sizes *sizes = header_sizes(plan);
	struct header_form form = {
		.sizes = sizes,
		.title = model->mode == MODE_WALL ? model->wall_heading : model->office,
		.office = font_make(plan, sizes->office, WEIGHT_BOLD),
		.subtitle = font_make(plan, sizes->subtitle, WEIGHT_REGULAR),
		.clock = font_make(plan, sizes->clock, WEIGHT_SEMIBOLD),
		.date = font_make(plan, sizes->date, WEIGHT_MEDIUM),
		.week = font_make(plan, sizes->date, WEIGHT_REGULAR),
		.gap = du(plan, 24),
	};
	form.clock_w = words_width(plan, form.clock, model->clock);
	form.date_w = max_int(words_width(plan, form.date, model->date), words_width(plan, form.week, model->week));
	int office_w = min_int(words_width(plan, form.office, form.title), width / 3);
	form.is_stacked = plan->is_brief || office_w + form.date_w + form.clock_w + 2 * form.gap > width;
	return form;
}

static int margin(const struct plan *plan)
{
	return du(plan, header_sizes(plan)->margin);
}

/* Large letters and small screens leave one line: the office, the day and the clock. */
static int header_line_height(const struct plan *plan, const struct header_form *form)
{
	int second = plan->is_portrait ? form->week.line_px : 0;
	return max_int(form->clock.line_px, form->office.line_px) + second + du(plan, 12);
}

static void header_line_put(struct plan *plan, const struct header_form *form, struct rect box)
{
	const struct theme *theme = plan->theme;
	const struct model *model = plan->model;
	if (plan->is_portrait) {
		rect_cut_bottom(&box, du(plan, 12));
		int date = put_text(plan, -1, rect_cut_bottom(&box, form->week.line_px), form->week, theme->muted,
				    theme->paper, ALIGN_START, model->date);
		widget_at(plan, date)->id = "date";
	}
	int clock = put_text(plan, -1, rect_cut_right(&box, form->clock_w), form->clock, theme->ink, theme->paper,
			     ALIGN_END, model->clock);
	widget_at(plan, clock)->id = "clock";
	rect_cut_right(&box, form->gap);
	struct font office = fit_font(plan, form->office, form->title, box.w, 0.55);
	int office_w = words_width(plan, office, form->title) + 2;
	const char *forms[] = {model->date, model->date_short};
	for (size_t i = plan->is_portrait ? 2 : 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		int width = words_width(plan, form->week, forms[i]) + 2;
		if (office_w + form->gap + width <= box.w) {
			int date = put_text(plan, -1, rect_cut_right(&box, width), form->week, theme->muted,
					    theme->paper, ALIGN_END, forms[i]);
			widget_at(plan, date)->id = "date";
			rect_cut_right(&box, form->gap);
			break;
		}
	}
	int index = put_text(plan, -1, box, office, theme->ink, theme->paper, ALIGN_START,
			     fit_line(plan, office, form->title, box.w));
	widget_at(plan, index)->id = "office";
}

int header_height(const struct plan *plan, int width)
{
	struct header_form form = header_form(plan, width - 2 * margin(plan));
	if (plan->is_list) {
		return header_line_height(plan, &form);
	}
	int normal = du(plan, form.sizes->height);
	int words = du(plan, 34 + 4 + 24) + form.office.line_px + form.subtitle.line_px;
	int right = du(plan, 34 + 24) + max_int(form.clock.px, form.date.line_px + form.week.line_px);
	if (form.is_stacked) {
		words = du(plan, 30 + 8 + 20) + form.clock.px +
			(plan->is_brief ? 0 : max_int(form.date.line_px, form.subtitle.line_px));
	}
	return max_int(normal, form.is_stacked ? words : max_int(words, right));
}

static void header_left_put(struct plan *plan, const struct header_form *form, struct rect box)
{
	const struct model *model = plan->model;
	const struct theme *theme = plan->theme;
	struct font office = fit_font(plan, form->office, form->title, box.w, 0.55);
	struct font subtitle = fit_font(plan, form->subtitle, model->subtitle, box.w, 0.7);
	struct rect row = rect_cut_top(&box, form->office.line_px);
	int index = put_text(plan, -1, row, office, theme->ink, theme->paper, ALIGN_START,
			     fit_line(plan, office, form->title, row.w));
	widget_at(plan, index)->id = "office";
	rect_cut_top(&box, du(plan, 4));
	row = rect_cut_top(&box, form->subtitle.line_px);
	put_text(plan, -1, row, subtitle, theme->muted, theme->paper, ALIGN_START,
		 fit_parts(plan, subtitle, model->subtitle, row.w));
}

static void clock_put(struct plan *plan, const struct header_form *form, struct rect box)
{
	int clock = put_text(plan, -1, box, form->clock, plan->theme->ink, plan->theme->paper, ALIGN_END,
			     plan->model->clock);
	widget_at(plan, clock)->id = "clock";
}

/* Puts the office and its address in two lines beside the clock. */
static void date_put(struct plan *plan, const struct header_form *form, struct rect box)
{
	const struct theme *theme = plan->theme;
	struct rect row = rect_cut_top(&box, box.h / 2);
	int date = put_text(plan, -1, row, form->date, theme->ink, theme->paper, ALIGN_END, plan->model->date);
	widget_at(plan, date)->id = "date";
	int week = put_text(plan, -1, box, form->week, theme->muted, theme->paper, ALIGN_END, plan->model->week);
	widget_at(plan, week)->id = "week-number";
}

/* Larger type puts the office and the clock above, the address and the date below. */
static void header_stacked_put(struct plan *plan, const struct header_form *form, struct rect box)
{
	const struct theme *theme = plan->theme;
	const struct model *model = plan->model;
	rect_cut_top(&box, du(plan, 30));
	struct rect top = rect_cut_top(&box, form->clock.px);
	clock_put(plan, form, rect_cut_right(&top, form->clock_w));
	rect_cut_right(&top, form->gap);
	struct font office = fit_font(plan, form->office, form->title, top.w, 0.55);
	put_text(plan, -1, top, office, theme->ink, theme->paper, ALIGN_START,
		 fit_line(plan, office, form->title, top.w));
	if (plan->is_brief) {
		return;
	}
	rect_cut_top(&box, du(plan, 8));
	struct rect row = rect_cut_top(&box, max_int(form->date.line_px, form->subtitle.line_px));
	const char *date = arena_print(plan->ui->arena, "%s · %s", model->date, model->week);
	struct font font = fit_font(plan, form->date, date, row.w, 0.75);
	int date_w = min_int(words_width(plan, font, date), row.w);
	put_text(plan, -1, rect_cut_right(&row, date_w), font, theme->ink, theme->paper, ALIGN_END,
		 fit_line(plan, font, date, date_w));
	rect_cut_right(&row, form->gap);
	struct font subtitle = fit_font(plan, form->subtitle, model->subtitle, row.w, 0.8);
	put_text(plan, -1, row, subtitle, theme->muted, theme->paper, ALIGN_START,
		 fit_parts(plan, subtitle, model->subtitle, row.w));
}

void header_put(struct plan *plan, struct rect box)
{
	box = rect_inset(box, margin(plan), 0);
	struct header_form form = header_form(plan, box.w);
	if (plan->is_list) {
		header_line_put(plan, &form, box);
		return;
	}
	if (form.is_stacked) {
		header_stacked_put(plan, &form, box);
		return;
	}
	int top = du(plan, form.sizes->top);
	int words_h = form.office.line_px + form.subtitle.line_px + du(plan, 4);
	struct rect rest = box;
	rest.y += top;
	rest.h = words_h;
	struct rect clock = rect_cut_right(&rest, form.clock_w);
	int clock_h = max_int(form.clock.line_px, words_h);
	int middle =
		box.y + top + max_int(form.clock.px * (form.sizes == &header_wall ? 36 : 40) / 84, words_h * 38 / 100);
	clock_put(plan, &form, (struct rect){clock.x, middle - clock_h / 2, clock.w, clock_h});
	rect_cut_right(&rest, form.gap / 2);
	struct rect date = rect_cut_right(&rest, form.date_w);
	date.h = max_int(form.date.px * 8 / 3, form.date.line_px + form.week.line_px);
	date.y = middle + du(plan, 6) - date.h / 2;
	date_put(plan, &form, date);
	rect_cut_right(&rest, form.gap);
	header_left_put(plan, &form, rest);
}

/* The footer: buttons, and beside or below them what a visitor may want to know. With large letters, in portrait and
 * within low reach the buttons share the whole width, in as many rows as they need. */

struct footer {
	struct font font, note;
	int width, height, gap;             /* of the rows */
	size_t rows, ends[FOOTER_ROWS_MAX]; /* ends: one past the last button of the row */
	bool is_shared;
	bool is_low; /* the buttons stand within low reach, on the colour of a card */
};

/* The list of places has no switch to the map in its heading. */
static bool footer_has_map(const struct plan *plan)
{
	const struct model *model = plan->model;
	return plan->is_list && !plan->screen->low_reach && model->map.floorplan && !model->map.is_shown &&
	       !model->closed.is_shown;
}

static size_t footer_count(const struct plan *plan)
{
	return plan->model->footer_count + footer_has_map(plan);
}

static const struct model_button *footer_at(const struct plan *plan, size_t index)
{
	if (footer_has_map(plan) && index == 0) {
		return &plan->model->map.map;
	}
	return &plan->model->footer[index - footer_has_map(plan)];
}

static int footer_wish(const struct plan *plan, const struct footer *footer, size_t index)
{
	const struct model_button *button = footer_at(plan, index);
	int words = words_width(plan, footer->font, button->text) + button_icon_width(plan, footer->font, button);
	return max_int(words + 2 * du(plan, plan->is_portrait ? 26 : 24), plan->target_px);
}

/* Divides the buttons into rows of at most `width`, in their order. */
static void footer_divide(const struct plan *plan, struct footer *footer)
{
	size_t count = footer_count(plan);
	int used = 0;
	footer->rows = 1;
	for (size_t i = 0; i < count; i++) {
		int wish = footer_wish(plan, footer, i);
		if (used > 0 && used + wish > footer->width && footer->rows < FOOTER_ROWS_MAX) {
			footer->rows++;
			used = 0;
		}
		used += wish + footer->gap;
		footer->ends[footer->rows - 1] = i + 1;
	}
}

static struct footer footer_make(const struct plan *plan)
{
	bool is_tall = plan->is_portrait;
	struct footer footer = {
		.font = font_make(plan, is_tall ? 26 : 24, WEIGHT_SEMIBOLD),
		.note = font_make(plan, is_tall ? 23 : 24, WEIGHT_REGULAR),
		.width = plan->ui->width - 2 * margin(plan),
		.gap = max_int(du(plan, 14), plan->gap_px),
		.is_shared = is_tall || plan->is_list || plan->screen->low_reach,
		.is_low = plan->screen->low_reach,
	};
	int least = footer.font.line_px + du(plan, 20);
	footer.height = max_int(max_int(du(plan, is_tall ? 76 : 60), plan->target_px), least);
	footer_divide(plan, &footer);
	footer.is_shared |= footer.rows > 1;
	return footer;
}

/* The cards above can be touched, too, so the footer keeps the touch gap. */
static int footer_top(const struct plan *plan)
{
	return max_int(du(plan, 16), plan->gap_px);
}

/* In portrait the note has a line of its own. */
static int footer_note_height(const struct plan *plan, const struct footer *footer)
{
	return plan->is_portrait && footer_note(plan)[0] ? footer->note.line_px + du(plan, 10) : 0;
}

int footer_height(const struct plan *plan)
{
	struct footer footer = footer_make(plan);
	int rows = (int)footer.rows * (footer.height + footer.gap) - footer.gap;
	return footer_top(plan) + rows + footer_note_height(plan, &footer) + du(plan, 16);
}

bool notes_are_bad(const struct plan *plan)
{
	return plan->model->note_count > 0 && plan->model->notes[0].level != NOTE_PLAIN;
}

const char *age_note(const struct plan *plan)
{
	const struct model *model = plan->model;
	const struct model_note *last = model->note_count > 0 ? &model->notes[model->note_count - 1] : NULL;
	return last && last->level == NOTE_PLAIN ? last->text : NULL;
}

const char *footer_note(const struct plan *plan)
{
	const char *age = age_note(plan), *hint = plan->model->hint;
	if (plan->screen->low_reach || (plan->is_list && !plan->is_portrait)) {
		return ""; /* the buttons need the width */
	}
	return age && hint[0] ? arena_print(plan->ui->arena, "%s · %s", hint, age) : age ? age : hint;
}

/* Puts the longest form that fits: both sentences, else the age alone. */
static void footer_note_put(struct plan *plan, const struct footer *footer, struct rect box)
{
	const char *age = age_note(plan), *forms[] = {footer_note(plan), age ? age : plan->model->hint};
	int lines = max_int(box.h / footer->note.line_px, 1);
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		const char *text = fit_whole(plan, footer->note, forms[i], box.w, lines);
		if (text[0]) {
			int note = put_text(plan, -1, box, footer->note, plan->theme->muted, plan->theme->paper,
					    ALIGN_START, text);
			widget_at(plan, note)->id = age && !notes_are_bad(plan) ? "note" : "age";
			return;
		}
	}
}

static void footer_row_put(struct plan *plan, const struct footer *footer, struct rect row, size_t from, size_t to)
{
	int sum = 0, count = (int)(to - from), extra = 0;
	for (size_t i = from; i < to; i++) {
		sum += footer_wish(plan, footer, i);
	}
	int room = row.w - (count - 1) * footer->gap;
	if (footer->is_shared || sum > room) {
		extra = room - sum;
	} else {
		rect_cut_left(&row, room - sum);
	}
	for (size_t i = from; i < to; i++) {
		int left = (int)(to - i), width = footer_wish(plan, footer, i) + extra / left;
		extra -= extra / left;
		put_button(plan, -1, rect_cut_left(&row, width), footer_at(plan, i), footer->font,
			   footer->is_low ? plan->theme->card : plan->theme->paper);
		rect_cut_left(&row, footer->gap);
	}
}

static int footer_row_width(const struct plan *plan, const struct footer *footer)
{
	int width = 0;
	for (size_t i = 0; i < footer_count(plan); i++) {
		width += footer_wish(plan, footer, i) + footer->gap;
	}
	return width;
}

int footer_room(const struct plan *plan)
{
	struct footer footer = footer_make(plan);
	int used = footer_row_width(plan, &footer) - footer.gap + du(plan, 24);
	return footer.is_shared ? 0 : max_int(footer.width - used, 0);
}

void footer_put(struct plan *plan, struct rect box)
{
	struct footer footer = footer_make(plan);
	struct rect rest = rect_inset(box, margin(plan), 0);
	rect_cut_top(&rest, footer_top(plan));
	size_t from = 0;
	if (!footer.is_shared) {
		rest.h = footer.height;
		struct rect buttons = rect_cut_right(&rest, footer_row_width(plan, &footer) - footer.gap);
		rect_cut_right(&rest, du(plan, 24));
		footer_row_put(plan, &footer, buttons, 0, footer_count(plan));
		if (undo_fits(plan, rest.w)) {
			undo_strip_put(plan, rect_centred(rest, rest.w, min_int(undo_height(plan), box.h)));
		} else {
			footer_note_put(plan, &footer, rest);
		}
		return;
	}
	for (size_t i = 0; i < footer.rows; i++) {
		footer_row_put(plan, &footer, rect_cut_top(&rest, footer.height), from, footer.ends[i]);
		rect_cut_top(&rest, i + 1 < footer.rows ? footer.gap : 0);
		from = footer.ends[i];
	}
	if (footer_note_height(plan, &footer) > 0) {
		rest.h = footer_note_height(plan, &footer);
		footer_note_put(plan, &footer, rest);
	}
}

/* The legend stands at the foot of the grid's card. */

struct legend {
	struct font font;
	int icon_px, gap;
	size_t rows, ends[LEGEND_ROWS_MAX];
};

static int legend_item_width(const struct plan *plan, const struct legend *legend, size_t index)
{
	return legend->icon_px + du(plan, 9) + words_width(plan, legend->font, plan->model->legend[index].text);
}

/* Sets the legend in one row, else in two, else in smaller letters. */
static struct legend legend_make(const struct plan *plan, int width)
{
	struct legend legend = {.gap = du(plan, 28)};
	for (double units = 22; units >= 17; units--) {
		legend.font = font_make(plan, units, WEIGHT_REGULAR);
		legend.icon_px = legend.font.px * 12 / 11;
		legend.rows = 1;
		int used = 0;
		bool fits = true;
		for (size_t i = 0; i < plan->model->legend_count; i++) {
			int item = legend_item_width(plan, &legend, i);
			if (used > 0 && used + item > width) {
				fits &= legend.rows < LEGEND_ROWS_MAX;
				legend.rows = fits ? legend.rows + 1 : legend.rows;
				used = 0;
			}
			fits &= item <= width;
			used += item + legend.gap;
			legend.ends[legend.rows - 1] = i + 1;
		}
		if (fits && (legend.rows == 1 || units <= 20)) {
			break;
		}
	}
	return legend;
}

int states_height(const struct plan *plan, int width)
{
	struct legend legend = legend_make(plan, width);
	int line = legend.font.line_px + du(plan, 4);
	return plan->model->legend_count == 0 ? 0 : (int)legend.rows * line + du(plan, plan->is_reading ? 6 : 16);
}

void states_put(struct plan *plan, int parent, struct rect box)
{
	const struct theme *theme = plan->theme;
	struct legend legend = legend_make(plan, box.w);
	struct rect area = rect_centred(box, box.w, (int)legend.rows * (legend.font.line_px + du(plan, 4)));
	size_t at = 0;
	for (size_t i = 0; i < legend.rows; i++) {
		struct rect row = rect_cut_top(&area, legend.font.line_px + du(plan, 4));
		for (; at < legend.ends[i] && at < plan->model->legend_count; at++) {
			const struct model_legend *item = &plan->model->legend[at];
			struct state_look look = theme_state(theme, item->state);
			struct rect words = rect_cut_left(&row, legend_item_width(plan, &legend, at));
			put_icon(plan, parent, rect_cut_left(&words, legend.icon_px), look.icon, legend.icon_px,
				 look.mark, theme->card);
			rect_cut_left(&words, du(plan, 9));
			put_text(plan, parent, words, legend.font, theme->ink, theme->card, ALIGN_START, item->text);
			rect_cut_left(&row, legend.gap);
		}
	}
}

/* The notes. */

/* The office's own announcements. */
static void announcements_put(struct plan *plan, struct rect *rest)
{
	const struct model *model = plan->model;
	const struct theme *theme = plan->theme;
	struct font font = font_make(plan, 28, WEIGHT_SEMIBOLD);
	int icon = font.px * 34 / 28, pad = du(plan, 26), gap = du(plan, 18);
	for (size_t i = 0; i < model->notice_count && i < 2; i++) {
		const char *text = fit_wrap(plan, font, model->notices[i], rest->w - 2 * pad - icon - gap, 2);
		int height = max_int(words_height(font, text) + du(plan, 22), du(plan, 64));
		if (i > 0 && height > rest->h / 6) {
			return;
		}
		struct rect box = rect_cut_top(rest, height);
		int strip = put_fill(plan, -1, box, theme->notice, du(plan, 18));
		rect_cut_left(&box, pad);
		put_icon(plan, strip, rect_cut_left(&box, icon), ICON_NOTICE, icon, theme->on_notice, theme->notice);
		rect_cut_left(&box, gap);
		rect_cut_right(&box, pad);
		int words = put_text(plan, strip, box, font, theme->on_notice, theme->notice, ALIGN_START, text);
		widget_at(plan, words)->id = arena_print(plan->ui->arena, "notice:%zu", i);
		rect_cut_top(rest, du(plan, 16));
	}
}

void notes_put(struct plan *plan, struct rect *rest)
{
	const struct model *model = plan->model;
	const struct theme *theme = plan->theme;
	announcements_put(plan, rest);
	if (!notes_are_bad(plan)) {
		return;
	}
	struct font font = font_make(plan, model->mode == MODE_WALL ? 32 : 24, WEIGHT_MEDIUM);
	int icon = font.px * 7 / 6, pad = du(plan, 20), gap = du(plan, 14);
	size_t shown = 0;
	for (; shown < model->note_count && shown < 3 && model->notes[shown].level != NOTE_PLAIN; shown++) {
		bool is_old = model->notes[shown].level == NOTE_OLD;
		int width = rest->w - 2 * pad - icon - gap;
		const char *text = fit_wrap(plan, font, model->notes[shown].text, width, 2);
		int height = words_height(font, text) + du(plan, 18);
		if (shown > 0 && height > rest->h / 5) {
			break;
		}
		struct rect box = rect_cut_top(rest, height);
		uint32_t fill = is_old ? theme->amber_soft : theme->card;
		int strip = put_fill(plan, -1, box, fill, du(plan, 16));
		rect_cut_left(&box, pad);
		put_icon(plan, strip, rect_cut_left(&box, icon), is_old ? ICON_WARNING : ICON_OFFLINE, icon,
			 is_old ? theme->amber : theme->muted, fill);
		rect_cut_left(&box, gap);
		rect_cut_right(&box, pad);
		int note = put_text(plan, strip, box, font, is_old ? theme->on_amber_soft : theme->ink, fill,
				    ALIGN_START, text);
		widget_at(plan, note)->id = shown == 0 ? "note" : arena_print(plan->ui->arena, "note:%zu", shown);
		rect_cut_top(rest, du(plan, 10));
	}
	rect_cut_top(rest, du(plan, 6));
}
