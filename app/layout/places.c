/* The list of places, where the schedule has no room: a line for each place says what it is now, and opens its sheet.
 * What does not fit is on further pages. */
#include "parts_private.h"

#include "app/base/arena.h"
#include "app/base/limits.h"
#include "fit_private.h"

struct list {
	struct rect rows;
	struct font name, now;
	int gap, row_h, name_w;
	size_t columns;
	size_t from, to, pages, page;
};

static int pad_of(const struct plan *plan)
{
	return du(plan, 24);
}

static struct font heading_font(const struct plan *plan)
{
	return font_make(plan, 29, WEIGHT_BOLD);
}

static int heading_space(const struct plan *plan)
{
	return heading_font(plan).line_px + du(plan, 36);
}

static int row_least(const struct plan *plan)
{
	int line = max_int(font_make(plan, 26, WEIGHT_SEMIBOLD).line_px, font_make(plan, 25, WEIGHT_SEMIBOLD).line_px);
	return plan->is_reading ? line + du(plan, 8) : max_int(line + du(plan, 16), plan->target_px);
}

static int row_gap(const struct plan *plan)
{
	return plan->is_reading ? du(plan, 6) : max_int(du(plan, 12), plan->gap_px);
}

static int turning_height(const struct plan *plan)
{
	int line = font_make(plan, 25, WEIGHT_SEMIBOLD).line_px;
	return plan->is_reading ? line : max_int(line + du(plan, 24), plan->target_px);
}

int places_height(const struct plan *plan, size_t rows)
{
	size_t total = plan->model->row_count;
	int turning = rows < total ? turning_height(plan) + row_gap(plan) : 0;
	rows = rows < total ? rows : total;
	return heading_space(plan) + (int)rows * (row_least(plan) + row_gap(plan)) - row_gap(plan) + turning +
	       pad_of(plan);
}

/* Returns how many lines the longest name of a place, or of a person there, needs. */
static int lines_needed(const struct plan *plan, const struct list *list)
{
	int now_w = list->rows.w / (int)list->columns - list->name_w - list->now.px - du(plan, 80);
	for (size_t i = 0; i < plan->model->row_count; i++) {
		const struct model_row *row = &plan->model->rows[i];
		if (words_width(plan, list->name, row->name) * 4 / 5 > list->name_w - du(plan, 40) ||
		    words_width(plan, list->now, row->now_short) * 85 / 100 > now_w) {
			return 2;
		}
	}
	return 1;
}

static size_t rows_in(int room, int least, int gap)
{
	return (size_t)max_int((room + gap) / (least + gap), 1);
}

/* The name of a place takes at most two fifths of its line. */
static int name_width(const struct plan *plan, const struct list *list)
{
	int widest = 0;
	for (size_t i = 0; i < plan->model->row_count; i++) {
		widest = max_int(widest, words_width(plan, list->name, plan->model->rows[i].name));
	}
	return min_int(widest + du(plan, 40), list->rows.w / (int)list->columns * 2 / 5);
}

/* Divides the places into pages of lines that fill `rows`. */
static struct list list_make(const struct plan *plan, struct rect rows)
{
	const struct model *model = plan->model;
	struct list list = {.rows = rows,
			    .name = font_make(plan, 26, WEIGHT_SEMIBOLD),
			    .now = font_make(plan, 25, WEIGHT_SEMIBOLD),
			    .gap = row_gap(plan),
			    .columns = plan->is_reading && !plan->is_portrait ? 2 : 1};
	list.name_w = name_width(plan, &list);
	int least = max_int(row_least(plan), lines_needed(plan, &list) * list.name.line_px + du(plan, 10));
	size_t total = model->row_count, most = list.columns * rows_in(list.rows.h, least, list.gap);
	bool is_limited = plan->rows_most > 0 && plan->rows_most < total;
	if (most < total || is_limited) {
		rect_cut_bottom(&list.rows, turning_height(plan) + list.gap + du(plan, 8));
		most = list.columns * rows_in(list.rows.h, least, list.gap);
	}
	if (plan->rows_most > 0 && plan->rows_most < most) {
		most = plan->rows_most;
	}
	int pages = max_int((int)((total + most - 1) / most), 1);
	list.pages = (size_t)pages;
	list.page = (size_t)(((model->page % pages) + pages) % pages);
	list.from = list.page * most;
	list.to = list.from + most < total ? list.from + most : total;
	int shown = max_int((int)(((most < total ? most : total) + list.columns - 1) / list.columns), 1);
	list.row_h = clamp_int((list.rows.h + list.gap) / shown - list.gap, least, max_int(du(plan, 104), least));
	return list;
}

static struct rect rows_of_card(const struct plan *plan, struct rect card)
{
	struct rect rows = rect_inset(card, pad_of(plan), 0);
	rect_cut_top(&rows, heading_space(plan));
	rect_cut_bottom(&rows, pad_of(plan) * 3 / 4);
	return rows;
}

struct grid_span places_span(const struct plan *plan, struct rect card)
{
	struct list list = list_make(plan, rows_of_card(plan, card));
	return (struct grid_span){list.from, list.to, list.pages};
}

static void heading_put(struct plan *plan, int parent, struct rect card)
{
	const struct model *model = plan->model;
	const struct theme *theme = plan->theme;
	struct font font = heading_font(plan);
	struct rect row = rect_inset(card, pad_of(plan) + du(plan, 12), 0);
	row.y += du(plan, 18);
	row.h = font.line_px;
	bool is_open = model->free[0] != '\0';
	uint32_t colour = !is_open ? theme->ink : model->free_state == SHOWN_FREE ? theme->leaf_text : theme->muted;
	if (is_open) {
		put_icon(plan, parent, rect_cut_left(&row, font.px), theme_state(theme, model->free_state).icon,
			 font.px, colour, theme->card);
		rect_cut_left(&row, du(plan, 16));
	}
	const char *text = is_open ? model->free : model->heading;
	font = fit_font(plan, font, text, row.w, 0.7);
	int index =
		put_text(plan, parent, row, font, colour, theme->card, ALIGN_START, fit_parts(plan, font, text, row.w));
	widget_at(plan, index)->id = is_open ? "free" : "";
}

struct row_look {
	struct state_look state;
	uint32_t fg, name;
	bool is_plain; /* nobody needs to act: the line stands back */
};

static struct row_look row_look(const struct plan *plan, enum shown_state state)
{
	struct row_look look = {.state = theme_state(plan->theme, state), .name = plan->theme->ink};
	look.is_plain = state != SHOWN_FREE && state != SHOWN_ABSENT && state != SHOWN_WAITING &&
			state != SHOWN_UNKNOWN && state != SHOWN_CONFLICT;
	look.fg = look.is_plain ? look.state.mark : look.state.fg;
	if (look.is_plain) {
		look.state.fill = FILL_SOLID;
		look.state.fill_rgb = look.state.fill2_rgb = plan->theme->paper;
		look.state.border_rgb = plan->theme->card_border;
	}
	return look;
}

/* Returns the longest form that fits; a long name takes two lines. */
static const char *now_words(const struct plan *plan, const struct model_row *row, struct font *font, struct rect box)
{
	const char *forms[] = {row->now, row->now_short};
	int lines = clamp_int(box.h / font->line_px, 1, 2);
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		struct font tried = fit_font(plan, *font, forms[i], box.w, 0.85);
		if (words_width(plan, tried, forms[i]) <= box.w) {
			*font = tried;
			return forms[i];
		}
	}
	const char *text = fit_whole(plan, *font, row->now_short, box.w, lines);
	if (!text[0]) {
		*font = fit_font(plan, *font, row->now_short, box.w, 0.7);
		text = fit_wrap(plan, *font, row->now_short, box.w, max_int(box.h / font->line_px, 1));
	}
	return text;
}

static void name_put(struct plan *plan, int parent, const struct list *list, struct rect box, const char *name,
		     const struct row_look *look)
{
	struct font font = fit_font(plan, list->name, name, box.w, 0.8);
	int lines = max_int(box.h / font.line_px, 1);
	put_text(plan, parent, box, font, look->name, look->state.fill2_rgb, ALIGN_START,
		 fit_wrap(plan, font, name, box.w, lines));
}

static void row_put(struct plan *plan, int parent, const struct list *list, struct rect box,
		    const struct model_row *row)
{
	struct row_look look = row_look(plan, row->state);
	int line = put(plan, (struct widget){
				     .id = plan->is_reading ? "" : row->id,
				     .role = role_of(plan, &row->action),
				     .parent = parent,
				     .box = box,
				     .fill = look.state.fill,
				     .fill_rgb = look.state.fill_rgb,
				     .fill2_rgb = look.state.fill2_rgb,
				     .border_rgb = look.state.border_rgb,
				     .border_px = look.state.border_rgb ? du(plan, 3) : 0,
				     .is_dashed = look.state.is_dashed,
				     .radius_px = min_int(du(plan, 18), box.h / 3),
				     .spoken = row->spoken,
				     .fg = look.fg,
				     .bg = look.state.fill2_rgb,
				     .action = row->action,
			     });
	struct rect words = rect_inset(box, du(plan, 22), du(plan, 2));
	name_put(plan, line, list, rect_cut_left(&words, list->name_w - du(plan, 22)), row->name, &look);
	rect_cut_left(&words, du(plan, 16));
	struct font font = list->now;
	int icon = look.state.icon == ICON_NONE ? 0 : font.px;
	if (icon > 0) {
		put_icon(plan, line, rect_cut_left(&words, icon), look.state.icon, icon, look.fg, look.state.fill2_rgb);
		rect_cut_left(&words, du(plan, 16));
	}
	const char *text = now_words(plan, row, &font, words);
	put_text(plan, line, words, font, look.fg, look.state.fill2_rgb, ALIGN_START, text);
}

/* Puts "← Förra", "Sida 1 av 2" and "Nästa →". */
static void turning_put(struct plan *plan, int parent, const struct list *list)
{
	const struct model *model = plan->model;
	if (list->pages < 2) {
		return;
	}
	struct font font = font_make(plan, 25, WEIGHT_SEMIBOLD);
	struct rect bar = list->rows;
	bar.y = list->rows.y + list->rows.h + list->gap + du(plan, 8);
	bar.h = turning_height(plan);
	const char *text = words_page(plan, list->page + 1, list->pages);
	int middle = words_width(plan, font, text) + 2 * du(plan, 16);
	int side = clamp_int((bar.w - middle) / 2, plan->target_px, bar.w / 3);
	struct rect left = rect_cut_left(&bar, side), right = rect_cut_right(&bar, side);
	if (!plan->is_reading) {
		turn_put(plan, parent, left, -1, model->previous_short);
		turn_put(plan, parent, right, 1, model->next_short);
	}
	font = fit_font(plan, font, text, bar.w - du(plan, 8), 0.7);
	put_text(plan, parent, bar, font, plan->theme->ink, plan->theme->card, ALIGN_CENTRE, text);
}

int places_row_height(const struct plan *plan)
{
	return row_least(plan);
}

void places_rows_put(struct plan *plan, int parent, struct rect box)
{
	const struct model *model = plan->model;
	struct list list = list_make(plan, box);
	plan->overflows |= list.row_h > list.rows.h;
	size_t shown = list.to - list.from, column = (shown + list.columns - 1) / list.columns;
	for (size_t i = 0; i < shown; i++) {
		struct rect line = rect_column(list.rows, (int)(i / column), (int)list.columns, list.gap);
		line.y += (int)(i % column) * (list.row_h + list.gap);
		line.h = list.row_h;
		row_put(plan, parent, &list, line, &model->rows[list.from + i]);
	}
	turning_put(plan, parent, &list);
}

void places_put(struct plan *plan, struct rect card)
{
	if (plan->model->map.is_shown) {
		map_card_put(plan, card);
		return;
	}
	int parent = put_card(plan, -1, card);
	heading_put(plan, parent, card);
	places_rows_put(plan, parent, rows_of_card(plan, card));
}
