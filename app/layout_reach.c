/* Low reach: what can be touched stands within the lowest two fifths of the screen, for a hand that comes from a
 * wheelchair or a child. Above it the day is only to be read, so the places come once more, as tiles. */
#include "layout_parts.h"

#include "fit.h"

static const double reach_share = 0.4;
enum { TILES_MAX = 16 };

static int gap_of(const struct plan *plan)
{
	return max_int(du(plan, 16), plan->gap_px);
}

/* What a tap on a place means here: what is there now, else what comes. */
static const struct action *tile_action(const struct model *model, const struct model_row *row)
{
	if (row->action.kind != ACTION_NONE) {
		return &row->action;
	}
	for (size_t i = 0; i < row->block_count; i++) {
		if (row->blocks[i].end_min > model->now_min && row->blocks[i].action.kind != ACTION_NONE) {
			return &row->blocks[i].action;
		}
	}
	return row->block_count ? &row->blocks[row->block_count - 1].action : &row->action;
}

struct tiles {
	int columns, rows, gap;
	size_t count;
};

/* As square as they can be. */
static struct tiles tiles_make(const struct plan *plan, struct rect box, size_t wanted)
{
	struct tiles tiles = {.count = wanted};
	tiles.gap = max_int(du(plan, 12), plan->gap_px);
	int count = max_int((int)tiles.count, 1), best = 0;
	for (int columns = 1; columns <= count; columns++) {
		int rows = (count + columns - 1) / columns;
		int w = (box.w - tiles.gap * (columns - 1)) / columns, h = (box.h - tiles.gap * (rows - 1)) / rows;
		if (min_int(w, h * 3 / 2) > best) {
			best = min_int(w, h * 3 / 2);
			tiles.columns = columns;
			tiles.rows = rows;
		}
	}
	tiles.columns = max_int(tiles.columns, 1);
	tiles.rows = max_int(tiles.rows, 1);
	return tiles;
}

/* All places, or of a crowd those that the rows above show now. */
static void tiles_put(struct plan *plan, struct rect card, struct grid_span span)
{
	const struct model *model = plan->model;
	size_t all = model->row_count + (model->unplaced.block_count > 0);
	if (all <= TILES_MAX) {
		span.from = 0;
		span.to = all;
	}
	int parent = put_card(plan, -1, card);
	struct rect box = rect_inset(card, du(plan, 20), du(plan, 20));
	if (span.pages > 1) {
		int side = max_int(plan->main_px, du(plan, 72));
		arrow_put(plan, parent, rect_cut_left(&box, side), -1);
		arrow_put(plan, parent, rect_cut_right(&box, side), 1);
		box = rect_inset(box, gap_of(plan), 0);
	}
	struct tiles tiles = tiles_make(plan, box, span.to - span.from);
	struct font font = font_make(plan, 32, WEIGHT_BOLD);
	int height = (box.h - tiles.gap * (tiles.rows - 1)) / tiles.rows;
	for (size_t i = 0; i < tiles.count; i++) {
		const struct model_row *row = grid_row(model, span.from + i);
		struct rect cell = rect_column(box, (int)i % tiles.columns, tiles.columns, tiles.gap);
		cell.y += (int)i / tiles.columns * (height + tiles.gap);
		cell.h = height;
		struct font number = font.line_px > height ? font_sized(plan, height * 3 / 4, WEIGHT_BOLD) : font;
		tile_put(plan, parent, cell, number, row, tile_action(model, row));
	}
}

static size_t waiting_fitting(const struct plan *plan, int width, int height)
{
	size_t shown = plan->model->waiting_count;
	while (shown > 1 && waiting_height(plan, width, shown) > height) {
		shown--;
	}
	return shown;
}

/* The next meetings over the host, as much as there is room for. */
static void side_put(struct plan *plan, struct rect side)
{
	const struct model *model = plan->model;
	if (model->host.shown) {
		int height = host_height(plan, HOST_COMPACT);
		host_put(plan, rect_cut_bottom(&side, height), HOST_COMPACT);
		rect_cut_bottom(&side, gap_of(plan));
	}
	if (!model->meetings_heading[0]) {
		return;
	}
	size_t shown = model->meeting_count < 3 ? model->meeting_count : 3;
	while (shown > 0 && meetings_height(plan, shown) > side.h) {
		shown--;
	}
	if (meetings_height(plan, shown) > side.h) {
		plan->overflows = true;
	}
	meetings_put(plan, side, shown);
}

static void landscape_put(struct plan *plan, struct rect zone, struct grid_span span)
{
	int gap = gap_of(plan), left = du(plan, 560), right = du(plan, 480);
	if (plan->type > 1) {
		left = min_int(du(plan, 560 * (1 + (plan->type - 1) / 2)), zone.w * 2 / 5);
		right = min_int(du(plan, 480 * (1 + (plan->type - 1) / 3)), zone.w / 3);
	}
	struct rect waiting = rect_cut_left(&zone, left);
	rect_cut_left(&zone, gap);
	struct rect side = rect_cut_right(&zone, right);
	rect_cut_right(&zone, gap);
	size_t shown = waiting_fitting(plan, waiting.w, waiting.h);
	plan->overflows = plan->overflows || waiting_height(plan, waiting.w, shown) > waiting.h;
	waiting_put(plan, waiting, shown);
	tiles_put(plan, zone, span);
	side_put(plan, side);
}

static void portrait_put(struct plan *plan, struct rect zone, struct grid_span span)
{
	int gap = gap_of(plan);
	size_t shown = waiting_fitting(plan, zone.w, zone.h * 45 / 100);
	struct rect waiting = rect_cut_bottom(&zone, waiting_height(plan, zone.w, shown));
	rect_cut_bottom(&zone, gap);
	int row = max_int(meetings_height(plan, 0), host_height(plan, HOST_COMPACT));
	struct rect cards = rect_cut_top(&zone, row);
	rect_cut_top(&zone, gap);
	plan->overflows = plan->overflows || zone.h < plan->target_px + du(plan, 40);
	if (plan->model->host.shown) {
		struct rect host = rect_cut_right(&cards, cards.w * 2 / 5);
		rect_cut_right(&cards, gap);
		host_put(plan, host, HOST_COMPACT);
	}
	meetings_put(plan, cards, 0);
	tiles_put(plan, zone, span);
	waiting_put(plan, waiting, shown);
}

void reach_put(struct plan *plan)
{
	struct rect rest = {0, 0, plan->ui->width, plan->ui->height};
	struct rect zone = rect_cut_bottom(&rest, (int)(rest.h * reach_share));
	struct rect footer = rect_cut_bottom(&zone, footer_height(plan));
	int margin = du(plan, plan->is_portrait ? 40 : 48);
	header_put(plan, rect_cut_top(&rest, header_height(plan, rest.w)));
	struct rect body = rect_inset(rest, margin, 0);
	notes_put(plan, &body);
	rect_cut_bottom(&body, gap_of(plan));
	plan->is_reading = true;
	if (body.h < grid_least_height(plan)) {
		plan->overflows = true;
	}
	struct grid_span span = grid_span(plan, body);
	grid_put(plan, body);
	plan->is_reading = false;
	plan->is_tight = true;
	zone = rect_inset(zone, margin, 0);
	if (plan->is_portrait) {
		portrait_put(plan, zone, span);
	} else {
		landscape_put(plan, zone, span);
	}
	plan->is_tight = false;
	footer_put(plan, footer);
}
