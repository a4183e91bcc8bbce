/* See sheet_place_private.h: the place in words, its day, and the code of its booking page. */
#include "sheet_place_private.h"

#include "app/base/arena.h"
#include "app/base/limits.h"
#include "fit_private.h"

static const struct model_place *place_of(const struct plan *plan)
{
	return &plan->model->sheet.place;
}

/* A room is easy to find; its sheet uses the width for the day. */
static const struct model_row *map_of(const struct plan *plan)
{
	const struct model_row *row = map_row(plan->model, place_of(plan)->id);
	return row && row->kind == PLACE_DESK ? row : NULL;
}

static int part_gap(const struct plan *plan)
{
	return du(plan, 32);
}

/* The columns of the list: when, the state's mark, and who. */
struct day_form {
	int times_w, icon, gap, words_w; /* the gap after the mark; before it there is twice as much */
};

static struct day_form day_form(const struct plan *plan, const struct side *side)
{
	struct day_form form = {.times_w = side->times_w, .icon = side->text.px * 24 / 25, .gap = du(plan, 14)};
	form.words_w = side->width - form.times_w - form.icon - 3 * form.gap;
	return form;
}

static int times_width(const struct plan *plan, struct font font)
{
	const struct model_place *place = place_of(plan);
	int widest = 0;
	for (size_t i = 0; i < place->day_count; i++) {
		widest = max_int(widest, words_width(plan, font, place->day[i].times) + 1);
	}
	return widest;
}

/* A long title takes two lines before it is shortened. How many lines of the day have room is found by trial, so they
 * are wrapped once. */
static void make_lines(const struct plan *plan, struct side *side)
{
	const struct model_place *place = place_of(plan);
	int width = day_form(plan, side).words_w;
	side->lines = arena_alloc(plan->ui->arena, (place->day_count + 1) * sizeof(*side->lines));
	for (size_t i = 0; side->lines && i < place->day_count; i++) {
		side->lines[i] = fit_wrap(plan, side->strong, place->day[i].text, width, 2);
	}
}

static const char *line_words(const struct side *side, size_t line)
{
	return side->lines ? side->lines[line] : "";
}

static int line_height(const struct plan *plan, const struct side *side, size_t line)
{
	return max_int(words_height(side->strong, line_words(side, line)), side->text.line_px) + du(plan, 22);
}

static int day_height(const struct plan *plan, const struct side *side)
{
	int height = side->from < side->to ? side->title.line_px + du(plan, 12) : 0;
	for (size_t i = side->from; i < side->to; i++) {
		height += line_height(plan, side, i);
	}
	return height + (side->hidden ? side->text.line_px + du(plan, 8) : 0);
}

/* The panel holds the map, and below it the place in words. */
static int panel_height(const struct plan *plan, const struct side *side)
{
	int words = words_height(side->strong, side->where) + words_height(side->text, side->equipment);
	int height = (side->map_h ? du(plan, 14) + side->map_h : 0) + (words ? words + 2 * du(plan, 18) : 0);
	return side->map_h && !words ? height + du(plan, 14) : height;
}

static int code_words_width(const struct plan *plan, const struct side *side)
{
	return side->width - side->code_px - du(plan, 26);
}

static int code_height(const struct plan *plan, const struct side *side)
{
	const struct model_sheet *sheet = &plan->model->sheet;
	if (!side->has_code) {
		return 0;
	}
	int width = code_words_width(plan, side);
	int words = words_height(side->title, fit_wrap(plan, side->title, sheet->code_title, width, 2)) + du(plan, 8) +
		    words_height(side->text, fit_wrap(plan, side->text, sheet->code_text, width, 7));
	return max_int(side->code_px, words);
}

static int side_height(const struct plan *plan, const struct side *side)
{
	const int heights[] = {panel_height(plan, side), day_height(plan, side), code_height(plan, side)};
	int height = 0;
	for (size_t i = 0; i < sizeof(heights) / sizeof(heights[0]); i++) {
		height += heights[i] ? heights[i] + (height ? part_gap(plan) : 0) : 0;
	}
	return height;
}

/* Shows the lines from `from` on, at most so many of them. */
static void show_lines(const struct plan *plan, struct side *side, size_t from, size_t most)
{
	size_t count = place_of(plan)->day_count;
	side->from = from;
	side->to = count - from > most ? from + most : count;
	side->hidden = count - side->to + place_of(plan)->day_more;
}

static size_t first_to_come(const struct model_place *place)
{
	size_t first = 0;
	while (first < place->day_count && place->day[first].is_over) {
		first++;
	}
	return first;
}

static void hide_day(struct side *side)
{
	side->from = side->to = side->hidden = 0;
}

/* Shows the whole day, else what is still to come, else the first lines of that, but at least so many of them. Beside a
 * map the first lines of what is to come are enough. */
static bool fit_day(const struct plan *plan, struct side *side, int room, size_t least)
{
	const struct model_place *place = place_of(plan);
	size_t coming = first_to_come(place), left = place->day_count - coming;
	if (!side->map_h) {
		show_lines(plan, side, 0, place->day_count);
		if (side_height(plan, side) <= room) {
			return true;
		}
	}
	size_t most = side->map_h && left > DAY_LINES_MAX ? DAY_LINES_MAX : left;
	least = least < left ? least : left;
	for (; most >= least && most > 0; most--) {
		show_lines(plan, side, coming, most);
		if (side_height(plan, side) <= room) {
			return true;
		}
	}
	hide_day(side);
	return least == 0 && side_height(plan, side) <= room;
}

/* Beside a map the code of a desk's booking page is worth more than its day; without a map it is the other way round.
 */
static bool shed_until(const struct plan *plan, struct side *side, int room)
{
	for (int has_code = plan->model->sheet.code[0] ? 1 : 0; has_code >= 0; has_code--) {
		side->has_code = has_code;
		if (fit_day(plan, side, room, !has_code || side->map_h ? 0 : DAY_LINES_MAX)) {
			return true;
		}
	}
	return false;
}

struct side place_side_make(const struct plan *plan, int width, int room)
{
	struct side side = {.text = font_make(plan, 25, WEIGHT_REGULAR),
			    .strong = font_make(plan, 25, WEIGHT_SEMIBOLD),
			    .title = font_make(plan, 26, WEIGHT_SEMIBOLD),
			    .width = width,
			    .pad = du(plan, 26),
			    .code_px = min_int(du(plan, 252), width * 9 / 20)};
	side.text.line_px = max_int(side.text.line_px, side.text.px * 34 / 25);
	side.times_w = times_width(plan, side.text);
	make_lines(plan, &side);
	int inner = width - 2 * side.pad;
	side.where = fit_wrap(plan, side.strong, place_of(plan)->where, inner, 3);
	side.equipment = fit_wrap(plan, side.text, place_of(plan)->equipment, inner, 4);
	side.map_h = map_of(plan) ? map_height(plan, map_of(plan), width - 2 * du(plan, 14)) : 0;
	side.map_h = side.map_h > room * 2 / 3 ? 0 : side.map_h;
	if (!shed_until(plan, &side, room)) {
		side.map_h = 0;
	}
	if (!side.map_h && !shed_until(plan, &side, room)) {
		side.equipment = side.where = "";
	}
	side.height = side_height(plan, &side);
	return side;
}

static void panel_put(struct plan *plan, int parent, const struct side *side, struct rect box)
{
	const struct theme *theme = plan->theme;
	int panel = put_fill(plan, parent, box, theme->paper, du(plan, 24));
	if (theme->card_border) {
		widget_at(plan, panel)->border_rgb = theme->card_border;
		widget_at(plan, panel)->border_px = du(plan, 2);
	}
	if (side->map_h) {
		rect_cut_top(&box, du(plan, 14));
		map_put(plan, panel, rect_inset(rect_cut_top(&box, side->map_h), du(plan, 14), 0), map_of(plan));
	}
	struct rect rest = rect_inset(box, side->pad, du(plan, 18));
	put_text(plan, panel, rect_cut_top(&rest, words_height(side->strong, side->where)), side->strong, theme->ink,
		 theme->paper, ALIGN_START, side->where);
	put_text(plan, panel, rest, side->text, theme->muted, theme->paper, ALIGN_START, side->equipment);
}

static void line_put(struct plan *plan, int parent, const struct side *side, struct rect row, size_t number)
{
	const struct theme *theme = plan->theme;
	const struct model_day_line *line = &place_of(plan)->day[number];
	struct state_look look = theme_state(theme, line->state);
	struct day_form form = day_form(plan, side);
	uint32_t mark = line->is_over ? theme->muted : look.mark;
	enum ui_icon icon = look.icon == ICON_NONE ? ICON_SQUARE : look.icon;
	struct rect rule = row;
	put_fill(plan, parent, rect_cut_top(&rule, du(plan, 2)), theme->line, 0);
	put_text(plan, parent, rect_cut_left(&row, form.times_w), side->text, mark, theme->card, ALIGN_START,
		 line->times);
	rect_cut_left(&row, 2 * form.gap);
	put_icon(plan, parent, rect_cut_left(&row, form.icon), icon, form.icon, mark, theme->card);
	rect_cut_left(&row, form.gap);
	put_text(plan, parent, row, side->strong, mark, theme->card, ALIGN_START, line_words(side, number));
}

static void day_put(struct plan *plan, int parent, const struct side *side, struct rect box)
{
	const struct model_place *place = place_of(plan);
	struct rect head = rect_cut_top(&box, side->title.line_px);
	struct font font = fit_font(plan, side->title, place->day_title, head.w, 0.7);
	put_text(plan, parent, head, font, plan->theme->ink, plan->theme->card, ALIGN_START,
		 fit_line(plan, font, place->day_title, head.w));
	rect_cut_top(&box, du(plan, 12));
	for (size_t i = side->from; i < side->to; i++) {
		struct rect row = rect_cut_top(&box, line_height(plan, side, i));
		line_put(plan, parent, side, row, i);
	}
	if (side->hidden) {
		put_text(plan, parent, rect_cut_bottom(&box, side->text.line_px), side->text, plan->theme->muted,
			 plan->theme->card, ALIGN_START, words_more(plan, side->hidden));
	}
}

static void code_put(struct plan *plan, int parent, const struct side *side, struct rect box)
{
	const struct model_sheet *sheet = &plan->model->sheet;
	const struct theme *theme = plan->theme;
	struct rect picture = rect_cut_left(&box, side->code_px);
	picture = rect_centred(picture, side->code_px, side->code_px);
	put(plan, (struct widget){.id = "code",
				  .role = UI_IMAGE,
				  .parent = parent,
				  .box = picture,
				  .code = sheet->code,
				  .spoken = arena_print(plan->ui->arena, "%s. %s", sheet->code_title, sheet->code_text),
				  .fill = FILL_SOLID,
				  .fill_rgb = 0xFFFFFFFF,
				  .fg = 0xFF16242E,
				  .bg = 0xFFFFFFFF});
	rect_cut_left(&box, du(plan, 26));
	const char *title = fit_wrap(plan, side->title, sheet->code_title, box.w, 2);
	const char *text = fit_wrap(plan, side->text, sheet->code_text, box.w, 7);
	int title_h = words_height(side->title, title), text_h = words_height(side->text, text);
	struct rect rest = rect_centred(box, box.w, title_h + du(plan, 8) + text_h);
	put_text(plan, parent, rect_cut_top(&rest, title_h), side->title, theme->ink, theme->card, ALIGN_START, title);
	rect_cut_top(&rest, du(plan, 8));
	put_text(plan, parent, rect_cut_top(&rest, text_h), side->text, theme->muted, theme->card, ALIGN_START, text);
}

/* The code stands at the bottom, where it is nearest to a telephone. */
void place_side_put(struct plan *plan, int parent, const struct side *side, struct rect box)
{
	int panel_h = panel_height(plan, side), day_h = day_height(plan, side);
	if (side->has_code) {
		code_put(plan, parent, side, rect_cut_bottom(&box, code_height(plan, side)));
	}
	if (panel_h) {
		panel_put(plan, parent, side, rect_cut_top(&box, panel_h));
		rect_cut_top(&box, part_gap(plan));
	}
	if (day_h) {
		day_put(plan, parent, side, rect_cut_top(&box, day_h));
	}
}
