/* Low reach: everything that can be touched stands within the lowest two fifths of the screen, for a hand that comes
 * from a wheelchair or a child. The grid above is only for reading, so the places appear once more, as tiles. */
#include "parts_private.h"

#include "app/base/limits.h"
#include "fit_private.h"

static const double reach_share = 0.4;

static int gap_of(const struct plan *plan)
{
	return max_int(du(plan, 16), plan->gap_px);
}

/* Returns what a tap on a place opens here: its current booking, else its next one. */
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

static int arrow_side(const struct plan *plan)
{
	return max_int(plan->main_px, du(plan, 72));
}

struct tiles {
	int columns, rows, gap;
	size_t count;
};

/* Makes the tiles as square as possible. */
static struct tiles tiles_make(const struct plan *plan, struct rect box, size_t wanted)
{
	struct tiles tiles = {.count = wanted};
	tiles.gap = max_int(du(plan, 12), plan->gap_px);
	int count = max_int((int)tiles.count, 1), best = 0;
	for (int columns = 1; columns <= count; columns++) {
		int rows = (count + columns - 1) / columns;
		int w = (box.w - tiles.gap * (columns - 1)) / columns, h = (box.h - tiles.gap * (rows - 1)) / rows;
		int side = min_int(w, h * 3 / 2);
		side = min_int(w, h) < plan->target_px ? side / 8 : side;
		if (side > best) {
			best = side;
			tiles.columns = columns;
			tiles.rows = rows;
		}
	}
	tiles.columns = max_int(tiles.columns, 1);
	tiles.rows = max_int(tiles.rows, 1);
	return tiles;
}

static struct rect tiles_box(const struct plan *plan, struct rect card, bool has_arrows)
{
	int inset = min_int(du(plan, 20), card.h / 10);
	struct rect box = rect_inset(card, du(plan, 20), inset);
	return has_arrows ? rect_inset(box, arrow_side(plan) + gap_of(plan), 0) : box;
}

/* Returns how many tiles a finger can hit there. */
static size_t tiles_most(const struct plan *plan, struct rect box)
{
	int gap = max_int(du(plan, 12), plan->gap_px);
	int columns = (box.w + gap) / (plan->target_px + gap), rows = (box.h + gap) / (plan->target_px + gap);
	return (size_t)max_int(columns, 1) * (size_t)max_int(rows, 1);
}

/* Returns how many rows the grid may have on a page so that each has a tile; 0 when all have one. */
static size_t rows_with_tiles(const struct plan *plan, struct rect card)
{
	size_t all = plan->model->row_count + (plan->model->unplaced.block_count > 0);
	return all <= tiles_most(plan, tiles_box(plan, card, false)) ? 0
								     : tiles_most(plan, tiles_box(plan, card, true));
}

/* Puts the tiles of all places, or of those that the rows above show. */
static void tiles_put(struct plan *plan, struct rect card, struct grid_span span)
{
	const struct model *model = plan->model;
	int parent = put_card(plan, -1, card);
	struct rect box = tiles_box(plan, card, span.pages > 1);
	if (span.pages > 1) {
		struct rect row = rect_inset(card, du(plan, 20), box.y - card.y);
		arrow_put(plan, parent, rect_cut_left(&row, arrow_side(plan)), -1);
		arrow_put(plan, parent, rect_cut_right(&row, arrow_side(plan)), 1);
	}
	struct tiles tiles = tiles_make(plan, box, span.to - span.from);
	struct font font = font_make(plan, 32, WEIGHT_BOLD);
	int height = (box.h - tiles.gap * (tiles.rows - 1)) / tiles.rows;
	plan->overflows |= min_int(height, rect_column(box, 0, tiles.columns, tiles.gap).w) < plan->target_px;
	for (size_t i = 0; i < tiles.count; i++) {
		const struct model_row *row = grid_row(model, span.from + i);
		struct rect cell = rect_column(box, (int)i % tiles.columns, tiles.columns, tiles.gap);
		cell.y += (int)i / tiles.columns * (height + tiles.gap);
		cell.h = height;
		struct font number = font.line_px > height ? font_sized(plan, height * 3 / 4, WEIGHT_BOLD) : font;
		tile_put(plan, parent, cell, number, row, tile_action(model, row));
	}
}

/* Returns whether everybody has a line of their own there; otherwise they stand as tiles. */
static bool has_lines(const struct plan *plan, int width, int height)
{
	size_t count = plan->model->waiting_count;
	return count == 0 || (count <= PEOPLE_LINES_MAX && waiting_height(plan, width, count) <= height);
}

/* Puts the next meetings above the host, as many as there is room for. */
static void side_put(struct plan *plan, struct rect side)
{
	const struct model *model = plan->model;
	int meetings = model->meetings_heading[0] ? meetings_height(plan, 0) + gap_of(plan) : 0;
	if (model->host.shown && host_height(plan, HOST_COMPACT) + meetings <= side.h) {
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

/* The places of the parts within reach. */
struct zone {
	struct rect waiting, tiles, meetings, host; /* in landscape the host stands in `meetings` */
	bool has_lines;                             /* of those who wait; otherwise tiles */
};

static struct zone landscape_zone(struct plan *plan, struct rect rest)
{
	int gap = gap_of(plan), left = du(plan, 560), right = du(plan, 480);
	if (plan->type > 1) {
		left = min_int(du(plan, 560 * (1 + (plan->type - 1) / 2)), rest.w * 2 / 5);
		right = min_int(du(plan, 480 * (1 + (plan->type - 1) / 3)), rest.w / 3);
	}
	struct zone zone = {.waiting = rect_cut_left(&rest, left)};
	rect_cut_left(&rest, gap);
	zone.meetings = rect_cut_right(&rest, right);
	rect_cut_right(&rest, gap);
	zone.tiles = rest;
	zone.has_lines = has_lines(plan, zone.waiting.w, zone.waiting.h);
	plan->overflows |= !zone.has_lines && people_least_height(plan) > zone.waiting.h;
	return zone;
}

static struct zone portrait_zone(struct plan *plan, struct rect rest)
{
	int gap = gap_of(plan);
	int most = rest.h * 45 / 100;
	struct zone zone = {.has_lines = has_lines(plan, rest.w, most)};
	int height = zone.has_lines
			     ? waiting_height(plan, rest.w, plan->model->waiting_count)
			     : max_int(min_int(people_wish_height(plan, rest.w), most), people_least_height(plan));
	zone.waiting = rect_cut_bottom(&rest, height);
	rect_cut_bottom(&rest, gap);
	int row = max_int(meetings_height(plan, 0), host_height(plan, HOST_COMPACT));
	int least = plan->target_px + du(plan, 40);
	if (rest.h - row - gap >= least) {
		zone.meetings = rect_cut_top(&rest, row);
		rect_cut_top(&rest, gap);
	}
	if (plan->model->host.shown && zone.meetings.h > 0) {
		zone.host = rect_cut_right(&zone.meetings, zone.meetings.w * 2 / 5);
		rect_cut_right(&zone.meetings, gap);
	}
	zone.tiles = rest;
	plan->overflows |= rest.h < least;
	return zone;
}

static void zone_people_put(struct plan *plan, const struct zone *zone)
{
	if (zone->has_lines) {
		waiting_put(plan, zone->waiting, plan->model->waiting_count);
	} else {
		people_put(plan, zone->waiting);
	}
}

static void zone_put(struct plan *plan, const struct zone *zone, struct grid_span span)
{
	if (plan->is_portrait) {
		if (zone->host.w > 0) {
			host_put(plan, zone->host, HOST_COMPACT);
		}
		if (zone->meetings.h > 0) {
			meetings_put(plan, zone->meetings, 0);
		}
		tiles_put(plan, zone->tiles, span);
		zone_people_put(plan, zone);
	} else {
		zone_people_put(plan, zone);
		tiles_put(plan, zone->tiles, span);
		side_put(plan, zone->meetings);
	}
}

void reach_put(struct plan *plan)
{
	struct rect rest = {0, 0, plan->ui->width, plan->ui->height};
	struct rect low = rect_cut_bottom(&rest, (int)(rest.h * reach_share));
	struct rect footer = rect_cut_bottom(&low, footer_height(plan));
	int margin = du(plan, plan->is_portrait ? 40 : 48);
	low = rect_inset(low, margin, 0);
	undo_row_put(plan, &low, footer_room(plan));
	plan->is_tight = true;
	struct zone zone = plan->is_portrait ? portrait_zone(plan, low) : landscape_zone(plan, low);
	plan->is_tight = false;
	header_put(plan, rect_cut_top(&rest, header_height(plan, rest.w)));
	struct rect body = rect_inset(rest, margin, 0);
	notes_put(plan, &body);
	rect_cut_bottom(&body, gap_of(plan));
	plan->is_reading = true;
	plan->rows_most = rows_with_tiles(plan, zone.tiles);
	plan->overflows |= body.h < grid_least_height(plan);
	struct grid_span span = grid_span(plan, body);
	grid_put(plan, body);
	plan->is_reading = false;
	plan->rows_most = 0;
	plan->is_tight = true;
	zone_put(plan, &zone, span);
	plan->is_tight = false;
	footer_put(plan, footer);
}
