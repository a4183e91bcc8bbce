/* The grid of today: a row for each place, time from left to right. The now line stands behind the blocks. When there
 * are more rows than a finger can hit, they turn into pages. */
#include "parts_private.h"

#include <stdlib.h>

#include "app/base/arena.h"
#include "fit_private.h"
#include "block_private.h"
#include "app/base/limits.h"

struct grid {
	struct rect card, rows; /* the width of the rows, from the label to the end of the axis */
	struct rect legend;
	struct axis axis;
	struct font label, hour;
	int parent;
	int hours_y, gap; /* gap between the blocks of two rows */
	size_t from, to;  /* rows shown */
	size_t pages, page;
	int heights[GRID_ROWS_MAX];
};

static size_t row_total(const struct model *model)
{
	return model->row_count + (model->unplaced.block_count > 0);
}

static const struct model_row *row_at(const struct model *model, size_t index)
{
	return index < model->row_count ? &model->rows[index] : &model->unplaced;
}

static struct font label_font(const struct plan *plan, const struct model_row *row)
{
	return font_make(plan, 26, row->kind == PLACE_ROOM ? WEIGHT_SEMIBOLD : WEIGHT_MEDIUM);
}

static int row_gap(const struct plan *plan)
{
	if (plan->is_reading) {
		return du(plan, 5);
	}
	return max_int(du(plan, 12), plan->gap_px);
}

/* Returns the least height of a row: the height of a finger, its words, and room for bookings side by side. */
static int row_least(const struct plan *plan, const struct model_row *row)
{
	if (plan->is_reading) {
		return blocks_lanes(row) * (font_make(plan, 18, WEIGHT_MEDIUM).line_px + du(plan, 1)) + row_gap(plan);
	}
	int words = font_make(plan, 24, WEIGHT_MEDIUM).line_px + du(plan, 6);
	return max_int(blocks_height(plan, row), max_int(plan->target_px, words)) + row_gap(plan);
}

/* The titles in the room's row are longer than names. */
static int row_extra(const struct plan *plan, const struct model_row *row)
{
	return row->kind == PLACE_ROOM ? du(plan, plan->is_portrait ? 24 : 22) : 0;
}

static int hours_space(const struct plan *plan)
{
	return max_int(du(plan, 52), font_make(plan, 24, WEIGHT_REGULAR).line_px + du(plan, 23));
}

int grid_least_height(const struct plan *plan)
{
	int legend = states_height(plan, plan->ui->width / 2);
	return day_head_height(plan) + hours_space(plan) + plan->target_px + row_gap(plan) + legend + du(plan, 16);
}

int arrows_height(const struct plan *plan)
{
	if (plan->is_reading) {
		return font_make(plan, 24, WEIGHT_REGULAR).line_px;
	}
	return max_int(plan->main_px, font_make(plan, 26, WEIGHT_SEMIBOLD).line_px + du(plan, 24));
}

static int rows_height(const struct grid *grid)
{
	int height = 0;
	for (size_t i = grid->from; i < grid->to; i++) {
		height += grid->heights[i - grid->from];
	}
	return height;
}

static int rows_lowest(const struct grid *grid)
{
	int lowest = grid->to > grid->from ? grid->heights[0] : 0;
	for (size_t i = grid->from; i < grid->to; i++) {
		lowest = min_int(lowest, grid->heights[i - grid->from]);
	}
	return lowest;
}

/* Gives every row the same height, more where its content needs it; together they are not higher than `room`. */
static int rows_even(const struct plan *plan, struct grid *grid, int base)
{
	int sum = 0;
	for (size_t i = grid->from; i < grid->to; i++) {
		const struct model_row *row = row_at(plan->model, i);
		grid->heights[i - grid->from] = max_int(row_least(plan, row), base + row_extra(plan, row));
		sum += grid->heights[i - grid->from];
	}
	return sum;
}

static void rows_share(const struct plan *plan, struct grid *grid)
{
	int low = 0, high = du(plan, 132) * max_int(plan->screen->text_percent, 100) / 100;
	while (low < high) {
		int middle = (low + high + 1) / 2;
		if (rows_even(plan, grid, middle) <= grid->rows.h) {
			low = middle;
		} else {
			high = middle - 1;
		}
	}
	rows_even(plan, grid, low);
	if (grid->to - grid->from == 1) {
		grid->heights[0] = min_int(grid->heights[0],
					   grid->rows.h); /* this happens with bookings side by side on a small panel */
	}
}

/* Returns how many rows from `from` on fit in `room`: at least one, at most `most`. */
static size_t rows_fitting(const struct plan *plan, size_t from, int room, size_t most)
{
	size_t total = row_total(plan->model), count = 0;
	for (int used = 0; count < most && from + count < total; count++) {
		used += row_least(plan, row_at(plan->model, from + count));
		if (used > room && count > 0) {
			break;
		}
	}
	return count;
}

static size_t pages_count(const struct plan *plan, int room, size_t most)
{
	size_t pages = 0;
	for (size_t from = 0; from < row_total(plan->model); pages++) {
		from += rows_fitting(plan, from, room, most);
	}
	return pages;
}

/* Divides the rows into as few pages as possible, each with about as many rows. */
static void rows_choose(const struct plan *plan, struct grid *grid)
{
	size_t total = row_total(plan->model), most = plan->rows_most ? plan->rows_most : GRID_ROWS_MAX;
	most = most < GRID_ROWS_MAX ? most : GRID_ROWS_MAX;
	grid->pages = pages_count(plan, grid->rows.h, most);
	if (grid->pages > 1) {
		grid->rows.h -= arrows_height(plan) + du(plan, plan->is_reading ? 4 : 20);
		grid->pages = pages_count(plan, grid->rows.h, most);
		most = (total + grid->pages - 1) / grid->pages;
		grid->pages = pages_count(plan, grid->rows.h, most);
	}
	int pages = max_int((int)grid->pages, 1);
	grid->page = (size_t)(((plan->model->page % pages) + pages) % pages);
	for (size_t page = 0; page <= grid->page; page++) {
		grid->from = grid->to;
		grid->to += rows_fitting(plan, grid->from, grid->rows.h, most);
	}
	rows_share(plan, grid);
}

/* A name is set a little smaller before it takes room from the axis. */
static int label_width(const struct plan *plan, const struct grid *grid)
{
	int widest = 0;
	const struct model *model = plan->model;
	for (size_t i = 0; i < row_total(model); i++) {
		const struct model_row *row = row_at(model, i);
		widest = max_int(widest, words_width(plan, label_font(plan, row), row->name));
	}
	int normal = du(plan, plan->is_portrait ? 172 : 192);
	return clamp_int(widest * 9 / 10 + du(plan, 10), normal, max_int(normal, grid->rows.w / 4));
}

static struct grid grid_make(const struct plan *plan, struct rect card, int parent)
{
	struct grid grid = {.card = card, .parent = parent};
	grid.gap = row_gap(plan);
	grid.rows = rect_inset(card, du(plan, 28), 0);
	rect_cut_top(&grid.rows, day_head_height(plan));
	grid.hours_y = grid.rows.y;
	rect_cut_top(&grid.rows, hours_space(plan));
	rect_cut_bottom(&grid.rows, du(plan, 12));
	grid.legend = rect_cut_bottom(&grid.rows, states_height(plan, grid.rows.w));
	int label = label_width(plan, &grid);
	grid.axis = (struct axis){grid.rows.x + label, grid.rows.w - label, plan->model->axis_start_min,
				  plan->model->axis_end_min};
	grid.hour = font_make(plan, 24, WEIGHT_REGULAR);
	rows_choose(plan, &grid);
	return grid;
}

/* Returns the hours between two labels: on a narrow axis every second or third hour has one. */
static int label_step(const struct plan *plan, const struct grid *grid)
{
	static const int steps[] = {1, 2, 3, 4, 6, 12, 24};
	int label = words_width(plan, grid->hour, "00") + du(plan, 26);
	int hours = max_int((grid->axis.end_min - grid->axis.start_min) / 60, 1);
	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
		if (grid->axis.w / hours * steps[i] >= label) {
			return steps[i];
		}
	}
	return 24;
}

static struct rect now_pill(const struct plan *plan, const struct grid *grid, struct font font)
{
	int width = max_int(du(plan, 92), words_width(plan, font, plan->model->clock) + du(plan, 24));
	int height = max_int(du(plan, 38), font.line_px + du(plan, 8));
	int x = axis_x(&grid->axis, plan->model->now_min) - width / 2;
	int last = grid->card.x + grid->card.w - width - du(plan, 4);
	return (struct rect){clamp_int(x, grid->rows.x, last),
			     grid->hours_y - du(plan, 2) - (height - du(plan, 38)) / 2, width, height};
}

static void hours_put(struct plan *plan, const struct grid *grid, const struct rect *pill)
{
	int step = label_step(plan, grid), bottom = grid->rows.y + rows_height(grid);
	int from = grid->rows.y - du(plan, 8);
	int hour_w = grid->axis.w * 60 / max_int(grid->axis.end_min - grid->axis.start_min, 60);
	for (int minute = grid->axis.start_min; minute <= grid->axis.end_min; minute += 60) {
		int x = axis_x(&grid->axis, minute), hour = minute / 60;
		bool is_labelled = (hour - grid->axis.start_min / 60) % step == 0;
		if (is_labelled || hour_w >= du(plan, 24)) {
			put_fill(plan, grid->parent, (struct rect){x, from, du(plan, 2), bottom - from},
				 plan->theme->line, 0);
		}
		const char *text = arena_print(plan->ui->arena, "%02d", (hour % 24 + 24) % 24);
		int width = words_width(plan, grid->hour, text) + 2;
		int last = grid->card.x + grid->card.w - width - du(plan, 6);
		struct rect box = {min_int(x + du(plan, 1) - width / 2, last), grid->hours_y, width,
				   grid->hour.line_px};
		struct rect near = pill ? (struct rect){pill->x - du(plan, 6), box.y, pill->w + du(plan, 12), box.h}
					: (struct rect){0};
		if (is_labelled && !(pill && rect_overlaps(box, near))) {
			put_text(plan, grid->parent, box, grid->hour, plan->theme->muted, plan->theme->card,
				 ALIGN_CENTRE, text);
		}
	}
}

static void now_put(struct plan *plan, const struct grid *grid)
{
	const struct theme *theme = plan->theme;
	bool has_now = plan->model->now_min >= 0 && grid->to > grid->from;
	struct font font = font_make(plan, 24, WEIGHT_SEMIBOLD);
	struct rect pill = has_now ? now_pill(plan, grid, font) : (struct rect){0};
	hours_put(plan, grid, has_now ? &pill : NULL);
	if (!has_now) {
		return;
	}
	int x = axis_x(&grid->axis, plan->model->now_min), from = pill.y + pill.h - du(plan, 2);
	put_fill(plan, grid->parent,
		 (struct rect){x - du(plan, 2), from, du(plan, 4), grid->rows.y + rows_height(grid) - from}, theme->now,
		 du(plan, 2));
	int text =
		put_text(plan, grid->parent, pill, font, theme->on_now, theme->now, ALIGN_CENTRE, plan->model->clock);
	struct widget *widget = widget_at(plan, text);
	widget->fill = FILL_SOLID;
	widget->fill_rgb = widget->fill2_rgb = theme->now;
	widget->radius_px = pill.h / 2;
}

static void row_put(struct plan *plan, const struct grid *grid, const struct model_row *row, struct rect box,
		    bool is_first)
{
	const struct theme *theme = plan->theme;
	if (!is_first) {
		put_fill(plan, grid->parent, (struct rect){box.x, box.y - grid->gap / 2, box.w, du(plan, 2)},
			 theme->line, 0);
	}
	box.h -= grid->gap;
	int place = put(plan, (struct widget){
				      .id = plan->is_reading ? "" : row->id,
				      .role = box.h < plan->target_px ? UI_GROUP : role_of(plan, &row->action),
				      .parent = grid->parent,
				      .box = {box.x - du(plan, 12), box.y, box.w + du(plan, 24), box.h},
				      .radius_px = du(plan, 12),
				      .spoken = row->spoken,
				      .fg = theme->ink,
				      .bg = theme->card,
				      .action = row->action,
			      });
	int label_w = grid->axis.x - box.x - du(plan, 10);
	struct font font = fit_font(plan, label_font(plan, row), row->name, label_w, 0.8);
	if (words_width(plan, font, row->name) > label_w) {
		font = font_make(plan, 21, row->kind == PLACE_ROOM ? WEIGHT_SEMIBOLD : WEIGHT_MEDIUM);
		font.line_px = font.px * 23 / 20;
	}
	int low = rows_lowest(grid) - grid->gap; /* all of them have one size */
	if (font.line_px > low) {
		font = font_sized(plan, low * 4 / 5, font.weight);
	}
	int lines = max_int(box.h / font.line_px, 1);
	struct rect label = {box.x, box.y, label_w, box.h};
	put_text(plan, place, label, font, theme->ink, theme->card, ALIGN_START,
		 fit_wrap(plan, font, row->name, label_w, lines));
	blocks_put(plan, place, &grid->axis, box, row);
}

/* Puts big arrows left and right of "Sida 2 av 5". */
static void pages_put(struct plan *plan, const struct grid *grid)
{
	if (grid->pages < 2) {
		return;
	}
	struct rect bar = grid->rows;
	bar.h = arrows_height(plan);
	bar.y = grid->legend.y - bar.h - du(plan, plan->is_reading ? 0 : 8);
	int side = max_int(bar.h * 2, bar.w / 5);
	struct rect left = rect_cut_left(&bar, side), right = rect_cut_right(&bar, side);
	if (!plan->is_reading) {
		arrow_put(plan, grid->parent, left, -1);
		arrow_put(plan, grid->parent, right, 1);
	}
	const char *text = words_page(plan, grid->page + 1, grid->pages);
	struct font font = fit_font(plan, font_make(plan, 26, WEIGHT_SEMIBOLD), text, bar.w - du(plan, 20), 0.7);
	put_text(plan, grid->parent, bar, font, plan->theme->muted, plan->theme->card, ALIGN_CENTRE, text);
}

struct grid_span grid_span(const struct plan *plan, struct rect card)
{
	struct grid grid = grid_make(plan, card, -1);
	return (struct grid_span){grid.from, grid.to, grid.pages};
}

const struct model_row *grid_row(const struct model *model, size_t index)
{
	return row_at(model, index);
}

void grid_put(struct plan *plan, struct rect card)
{
	if (plan->model->map.is_shown) {
		map_card_put(plan, card);
		return;
	}
	int parent = put_card(plan, -1, card);
	struct grid grid = grid_make(plan, card, parent);
	if (rows_height(&grid) > grid.rows.h + du(plan, 4)) {
		plan->overflows = true;
	}
	day_head_put(plan, parent, card);
	now_put(plan, &grid);
	struct rect rest = grid.rows;
	rest.h = rows_height(&grid);
	for (size_t i = grid.from; i < grid.to; i++) {
		row_put(plan, &grid, row_at(plan->model, i), rect_cut_top(&rest, grid.heights[i - grid.from]),
			i == grid.from);
	}
	pages_put(plan, &grid);
	states_put(plan, parent, grid.legend);
}
