/* People who can check in, as tiles: a tap on the tile checks in. The last tile opens the list of everybody, so that
 * nobody is left out where there is no room for all. */
#include "people_private.h"

#include "app/base/limits.h"
#include "fit_private.h"

static struct person_look person_look(const struct theme *theme, enum waiting_group group)
{
	switch (group) {
	case WAITING_LATE:
		return (struct person_look){theme->late,  theme->late_border, theme->ink,
					    theme->muted, ICON_SLASH,         false};
	case WAITING_NO_PLACE:
		return (struct person_look){theme->card, theme->amber, theme->ink, theme->amber, ICON_PIN, true};
	case WAITING_NOW:
		break;
	}
	return (struct person_look){theme->amber_soft, theme->amber, theme->on_amber_soft,
				    theme->amber,      ICON_CLOCK,   false};
}

struct person_look person_look_of(const struct plan *plan, const struct model_waiting *person)
{
	struct person_look look = person_look(plan->theme, person->group);
	bool is_dark_amber = look.where == plan->theme->amber && person->group == WAITING_NO_PLACE;
	look.where = is_dark_amber ? theme_state(plan->theme, SHOWN_WAITING).mark : look.where;
	return look;
}

static int pad_of(const struct plan *plan)
{
	return du(plan, 20);
}

struct people_form people_form(const struct plan *plan, bool is_list)
{
	struct people_form form = {
		.name = font_make(plan, is_list ? 30 : 27, WEIGHT_SEMIBOLD),
		.where = font_make(plan, is_list ? 25 : 23, WEIGHT_MEDIUM),
		.button = font_make(plan, 26, WEIGHT_SEMIBOLD),
		.gap = max_int(du(plan, 12), plan->gap_px),
		.is_list = is_list,
	};
	const struct model *model = plan->model;
	int icon = is_list ? form.where.px * 24 / 25 + du(plan, 8) : 0;
	for (size_t i = 0; i < model->waiting_count; i++) {
		const struct model_waiting *person = &model->waiting[i];
		const char *where = is_list ? person->listed : person->brief;
		int name = words_width_most(plan, form.name, person->name, du(plan, 320));
		form.least_w =
			max_int(form.least_w, max_int(words_width(plan, form.where, where) * 7 / 8 + icon, name));
		form.button_w = max_int(form.button_w, words_width(plan, form.button, person->button));
	}
	form.least_w += 2 * pad_of(plan) + 2;
	form.button_w += 2 * du(plan, 24);
	form.least_h = max_int(form.name.line_px + form.where.line_px + du(plan, 14), plan->target_px);
	form.wish_h = max_int(max_int(form.least_h, du(plan, is_list ? 96 : 78)), plan->main_px);
	return form;
}

static void person_words_put(struct plan *plan, int parent, const struct people_form *form, struct rect box,
			     const struct model_waiting *person, const struct person_look *look)
{
	/* In the list the icon says what the colours say. */
	int icon = form->is_list ? form->where.px * 24 / 25 : 0, words_w = box.w - (icon ? icon + du(plan, 8) : 0);
	int where_lines = max_int((box.h - form->name.line_px) / form->where.line_px, 1);
	const char *text = form->is_list ? person->listed : person->brief;
	struct font where_font = fit_font(plan, form->where, text, words_w, 0.85);
	const char *where = fit_wrap(plan, where_font, text, words_w, min_int(where_lines, 2));
	int where_h = words_height(where_font, where);
	struct font font = fit_font(plan, form->name, person->name, box.w, 0.8);
	int lines = clamp_int((box.h - where_h) / font.line_px, 1, 2);
	const char *name = fit_whole(plan, font, person->name, box.w, lines);
	if (!name[0]) {
		const char *shorter = person->shorter[0] ? person->shorter : person->name;
		font = fit_font(plan, form->name, shorter, box.w, 0.8);
		name = fit_wrap(plan, font, shorter, box.w, lines);
	}
	int name_h = words_height(font, name);
	struct rect rest = rect_centred(box, box.w, min_int(name_h + where_h, box.h));
	put_text(plan, parent, rect_cut_top(&rest, name_h), font, look->name, look->fill, ALIGN_START, name);
	if (icon) {
		struct rect mark = rect_cut_left(&rest, icon);
		mark.h = where_font.line_px;
		put_icon(plan, parent, mark, look->icon, icon, look->where, look->fill);
		rect_cut_left(&rest, du(plan, 8));
	}
	put_text(plan, parent, rest, where_font, look->where, look->fill, ALIGN_START, where);
}

void person_put(struct plan *plan, int parent, const struct people_form *form, struct rect box,
		const struct model_waiting *person)
{
	const struct theme *theme = plan->theme;
	struct person_look look = person_look_of(plan, person);
	int tile = put(plan, (struct widget){
				     .id = person->id,
				     .role = role_of(plan, &person->action),
				     .parent = parent,
				     .box = box,
				     .fill = FILL_SOLID,
				     .fill_rgb = look.fill,
				     .fill2_rgb = look.fill,
				     .border_rgb = look.border,
				     .border_px = du(plan, 3),
				     .is_dashed = look.is_dashed,
				     .radius_px = du(plan, 18),
				     .spoken = person->spoken,
				     .fg = look.name,
				     .bg = look.fill,
				     .action = person->action,
			     });
	struct rect words = rect_inset(box, pad_of(plan), du(plan, 4));
	if (form->is_list && box.w >= form->least_w + form->button_w + du(plan, 20)) {
		struct rect end = rect_cut_right(&words, form->button_w);
		rect_cut_right(&words, du(plan, 16));
		struct rect pill = rect_centred(end, end.w, min_int(box.h - du(plan, 16), du(plan, 80)));
		bool is_solid = person->group == WAITING_NOW;
		uint32_t fill = is_solid ? theme->river : theme->card;
		int text = put_text(plan, tile, pill, form->button, is_solid ? theme->on_river : theme->outline, fill,
				    ALIGN_CENTRE, person->button);
		struct widget *widget = widget_at(plan, text);
		widget->fill = FILL_SOLID;
		widget->fill_rgb = widget->fill2_rgb = fill;
		widget->border_rgb = is_solid ? 0 : theme->outline;
		widget->border_px = is_solid ? 0 : du(plan, 3);
		widget->radius_px = du(plan, 18);
	}
	person_words_put(plan, tile, form, words, person, &look);
}

/* The tiles of the home screen. */

static int columns_of(const struct people_form *form, int width)
{
	return clamp_int((width + form->gap) / (form->least_w + form->gap), 1, 7);
}

static int rows_of(const struct people_form *form, int height, int row_h)
{
	return (height + form->gap) / (row_h + form->gap);
}

static struct font hint_font(const struct plan *plan)
{
	return font_make(plan, 24, WEIGHT_REGULAR);
}

static int people_top(const struct plan *plan)
{
	int line = font_make(plan, 30, WEIGHT_SEMIBOLD).line_px;
	return plan->is_tight ? du(plan, 16) : max_int(du(plan, 76), du(plan, 24) + line + du(plan, 10));
}

static int people_foot(const struct plan *plan)
{
	return du(plan, plan->is_tight ? 16 : 24);
}

int people_least_height(const struct plan *plan)
{
	return people_top(plan) + people_form(plan, false).least_h + people_foot(plan);
}

static void people_heading_put(struct plan *plan, int parent, struct rect card)
{
	const struct model *model = plan->model;
	const struct theme *theme = plan->theme;
	struct font font = font_make(plan, 30, WEIGHT_SEMIBOLD), hint = hint_font(plan);
	struct rect box = rect_inset(card, du(plan, 28), 0);
	box.y += du(plan, 24);
	box.h = font.line_px;
	int wish = words_width(plan, font, model->waiting_heading),
	    hint_w = words_width(plan, hint, model->waiting_hint);
	if (wish + hint_w + du(plan, 24) <= box.w) {
		put_text(plan, parent, rect_cut_right(&box, hint_w + 1), hint, theme->muted, theme->card, ALIGN_END,
			 model->waiting_hint);
	}
	font = fit_font(plan, font, model->waiting_heading, box.w, 0.75);
	put_text(plan, parent, box, font, theme->ink, theme->card, ALIGN_START,
		 fit_line(plan, font, model->waiting_heading, box.w));
}

/* How the tiles are divided: those who are late may stand below a heading of their own. */
struct tiling {
	struct people_form form;
	int columns, rows, row_h, late_h;
	size_t shown, first_late; /* first_late: where the second group begins; `shown` none */
};

static size_t late_from(const struct model *model)
{
	size_t from = 0;
	while (from < model->waiting_count && model->waiting[from].group == WAITING_NOW) {
		from++;
	}
	return from;
}

static int rows_needed(size_t tiles, int columns)
{
	return ((int)tiles + columns - 1) / columns;
}

/* Returns the division in which everybody is shown, the late ones below a heading of their own when there are others,
 * too. */
static struct tiling tiling_whole(const struct plan *plan, int width)
{
	const struct model *model = plan->model;
	struct tiling tiling = {.form = people_form(plan, false), .shown = model->waiting_count};
	tiling.columns = columns_of(&tiling.form, width);
	tiling.first_late = late_from(model);
	size_t rest = model->waiting_count - tiling.first_late;
	bool has_heading = !plan->is_tight && tiling.first_late > 0 && rest > 0 &&
			   model->waiting[tiling.first_late].group == WAITING_LATE;
	if (has_heading) {
		tiling.late_h = hint_font(plan).line_px + du(plan, 12);
		tiling.rows = rows_needed(tiling.first_late, tiling.columns) + rows_needed(rest + 1, tiling.columns);
	} else {
		tiling.first_late = model->waiting_count;
		tiling.rows = rows_needed(model->waiting_count + 1, tiling.columns);
	}
	return tiling;
}

int people_wish_height(const struct plan *plan, int width)
{
	struct tiling tiling = tiling_whole(plan, width - 2 * du(plan, 28));
	int pitch = tiling.form.wish_h + tiling.form.gap;
	return people_top(plan) + tiling.late_h + tiling.rows * pitch - tiling.form.gap + people_foot(plan);
}

static struct tiling tiling_make(const struct plan *plan, struct rect box)
{
	const struct model *model = plan->model;
	struct tiling tiling = tiling_whole(plan, box.w);
	int pitch = tiling.form.wish_h + tiling.form.gap;
	if (tiling.late_h && tiling.rows * pitch + tiling.late_h <= box.h + tiling.form.gap) {
		tiling.row_h = min_int((box.h - tiling.late_h + tiling.form.gap) / tiling.rows - tiling.form.gap,
				       max_int(du(plan, 100), tiling.form.wish_h));
		return tiling;
	}
	tiling.late_h = 0;
	tiling.first_late = model->waiting_count;
	int rows = rows_needed(model->waiting_count + 1, tiling.columns);
	int most = rows_of(&tiling.form, box.h, tiling.form.wish_h);
	most = most < rows ? rows_of(&tiling.form, box.h, tiling.form.least_h) : most;
	rows = clamp_int(rows, 1, max_int(most, 1));
	tiling.row_h =
		min_int((box.h + tiling.form.gap) / rows - tiling.form.gap, max_int(du(plan, 110), tiling.form.wish_h));
	tiling.row_h = max_int(tiling.row_h, tiling.form.least_h);
	size_t cells = (size_t)(rows * tiling.columns);
	tiling.shown = model->waiting_count < cells ? model->waiting_count : cells - 1;
	return tiling;
}

static struct rect cell_of(const struct tiling *tiling, struct rect box, size_t index, int top)
{
	struct rect cell = rect_column(box, (int)index % tiling->columns, tiling->columns, tiling->form.gap);
	cell.y = top + (int)index / tiling->columns * (tiling->row_h + tiling->form.gap);
	cell.h = tiling->row_h;
	return cell;
}

void people_put(struct plan *plan, struct rect card)
{
	const struct model *model = plan->model;
	int parent = put_card(plan, -1, card);
	struct rect box = rect_inset(card, du(plan, plan->is_tight ? 20 : 28), 0);
	if (!plan->is_tight) {
		people_heading_put(plan, parent, card);
	}
	rect_cut_top(&box, people_top(plan));
	rect_cut_bottom(&box, people_foot(plan));
	struct tiling tiling = tiling_make(plan, box);
	plan->overflows |= box.h < tiling.form.least_h;
	size_t index = 0;
	int top = box.y;
	for (size_t i = 0; i < tiling.shown; i++, index++) {
		if (i == tiling.first_late) {
			top += rows_needed(index, tiling.columns) * (tiling.row_h + tiling.form.gap);
			late_heading_put(plan, parent, (struct rect){box.x, top, box.w, hint_font(plan).line_px});
			top += tiling.late_h;
			index = 0;
		}
		person_put(plan, parent, &tiling.form, cell_of(&tiling, box, index, top), &model->waiting[i]);
	}
	struct font font = font_make(plan, 26, WEIGHT_SEMIBOLD);
	put_button(plan, parent, cell_of(&tiling, box, index, top), &model->show_all, font, plan->theme->card);
}

int people_row_height(const struct plan *plan)
{
	return people_form(plan, false).wish_h;
}

void people_row_put(struct plan *plan, struct rect box)
{
	struct tiling tiling = tiling_make(plan, box);
	for (size_t i = 0; i < tiling.shown; i++) {
		person_put(plan, -1, &tiling.form, cell_of(&tiling, box, i, box.y), &plan->model->waiting[i]);
	}
	struct font font = font_make(plan, 26, WEIGHT_SEMIBOLD);
	put_button(plan, -1, cell_of(&tiling, box, tiling.shown, box.y), &plan->model->show_all, font,
		   plan->theme->card);
}

void late_heading_put(struct plan *plan, int parent, struct rect box)
{
	const struct model *model = plan->model;
	struct font font = font_make(plan, 24, WEIGHT_SEMIBOLD);
	const char *text =
		words_width(plan, font, model->late_heading) <= box.w ? model->late_heading : model->late_heading_short;
	font = fit_font(plan, font, text, box.w, 0.7);
	put_text(plan, parent, box, font, plan->theme->muted, plan->theme->card, ALIGN_START,
		 fit_line(plan, font, text, box.w));
}
