/* The frame of the home screen: the office, the date and the clock at the top, the legend and the buttons at the
 * bottom. */
#include "parts_private.h"

#include "app/base/arena.h"
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

int header_height(const struct plan *plan, int width)
{
	struct header_form form = header_form(plan, width - 2 * margin(plan));
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

/* The footer. */

static struct font footer_button_font(const struct plan *plan)
{
	return font_make(plan, plan->is_portrait ? 26 : 24, WEIGHT_SEMIBOLD);
}

static int footer_button_height(const struct plan *plan)
{
	int least = footer_button_font(plan).line_px + du(plan, 20);
	return max_int(max_int(du(plan, plan->is_portrait ? 64 : 60), plan->target_px), least);
}

/* The cards above can be touched, too, so the footer keeps the touch gap. */
static int footer_top(const struct plan *plan)
{
	return max_int(du(plan, plan->is_portrait ? 20 : 16), plan->gap_px);
}

int footer_height(const struct plan *plan)
{
	return footer_top(plan) + footer_button_height(plan) + du(plan, plan->is_portrait ? 20 : 16);
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

static int legend_item_width(const struct plan *plan, struct font font, int icon_px, const struct model_legend *item)
{
	return icon_px + du(plan, 10) + words_width(plan, font, item->text);
}

static void legend_row_put(struct plan *plan, struct rect row, struct font font, int icon_px, size_t from, size_t to)
{
	const struct theme *theme = plan->theme;
	for (size_t i = from; i < to; i++) {
		const struct model_legend *item = &plan->model->legend[i];
		struct rect box = rect_cut_left(&row, legend_item_width(plan, font, icon_px, item));
		struct rect icon = rect_cut_left(&box, icon_px);
		put_icon(plan, -1, icon, theme_state(theme, item->state).icon, icon_px,
			 theme_state(theme, item->state).mark, theme->paper);
		rect_cut_left(&box, du(plan, 10));
		put_text(plan, -1, box, font, theme->ink, theme->paper, ALIGN_START, item->text);
		rect_cut_left(&row, du(plan, 34));
	}
}

/* Puts the legend on one line, else on two, else in smaller type. When nothing helps, it is left out, because every
 * block shows its state itself. */
static void legend_put(struct plan *plan, struct rect box)
{
	const struct model *model = plan->model;
	for (double units = 24; units >= 18; units -= 2) {
		struct font font = font_make(plan, units, WEIGHT_REGULAR);
		int icon_px = font.px * 25 / 24, width = 0;
		size_t split = model->legend_count;
		int rows = 1, x = 0;
		for (size_t i = 0; i < model->legend_count; i++) {
			width = legend_item_width(plan, font, icon_px, &model->legend[i]);
			if (x + width > box.w && rows == 1 && i > 0) {
				split = i;
				rows = 2;
				x = 0;
			}
			x += width + du(plan, 34);
			if (x - du(plan, 34) > box.w) {
				rows = 3;
			}
		}
		if (rows > 2 || rows * font.line_px > box.h) {
			continue;
		}
		struct rect area = rect_centred(box, box.w, rows * font.line_px);
		legend_row_put(plan, rect_cut_top(&area, font.line_px), font, icon_px, 0, split);
		legend_row_put(plan, area, font, icon_px, split, model->legend_count);
		return;
	}
}

static void footer_note_put(struct plan *plan, struct rect *rest)
{
	const char *age = age_note(plan);
	if (!age) {
		return;
	}
	struct font font = font_make(plan, 24, WEIGHT_REGULAR);
	int width = min_int(words_width(plan, font, age), rest->w);
	struct rect box = plan->is_portrait ? rect_cut_left(rest, width) : rect_cut_right(rest, width);
	const char *text = fit_wrap(plan, font, age, width, max_int(box.h / font.line_px, 1));
	int note = put_text(plan, -1, box, font, plan->theme->muted, plan->theme->paper,
			    plan->is_portrait ? ALIGN_START : ALIGN_END, text);
	widget_at(plan, note)->id = notes_are_bad(plan) ? "age" : "note";
}

/* Cuts the place of a button of the footer from the end of `rest`. */
static struct rect footer_button_cut(const struct plan *plan, struct rect *rest, size_t number)
{
	const char *text = plan->model->footer[number].text;
	int width = words_width(plan, footer_button_font(plan), text) + 2 * du(plan, plan->is_portrait ? 20 : 29);
	width = max_int(min_int(width, rest->w / (int)(number + 1)), plan->target_px);
	struct rect button = rect_cut_right(rest, width);
	rect_cut_right(rest, max_int(du(plan, 16), plan->gap_px));
	return button;
}

int footer_room(const struct plan *plan)
{
	struct rect rest = {.w = plan->ui->width - 2 * margin(plan)};
	for (size_t i = plan->model->footer_count; i-- > 0;) {
		footer_button_cut(plan, &rest, i);
	}
	return rest.w;
}

void footer_put(struct plan *plan, struct rect box)
{
	const struct model *model = plan->model;
	struct font font = footer_button_font(plan);
	struct rect rest = rect_inset(box, margin(plan), 0);
	rest.y = box.y + footer_top(plan);
	rest.h = footer_button_height(plan);
	for (size_t i = model->footer_count; i-- > 0;) {
		struct rect button = footer_button_cut(plan, &rest, i);
		if (!plan->is_reading) {
			put_button(plan, -1, button, &model->footer[i], font, plan->theme->paper);
		}
	}
	if (undo_fits(plan, rest.w)) {
		undo_strip_put(plan, rect_centred(rest, rest.w, min_int(undo_height(plan), box.h)));
		return;
	}
	rect_cut_right(&rest, du(plan, 14));
	footer_note_put(plan, &rest);
	if (!plan->is_portrait) {
		rect_cut_right(&rest, du(plan, 24));
		legend_put(plan, rest);
	}
}

/* The notes. */

void notes_put(struct plan *plan, struct rect *rest)
{
	const struct model *model = plan->model;
	const struct theme *theme = plan->theme;
	if (!notes_are_bad(plan)) {
		return;
	}
	struct font font = font_make(plan, 24, WEIGHT_MEDIUM);
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
