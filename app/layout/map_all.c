/* The map of all places. A tile has the size of a finger's pad; where tiles would meet they shrink, down to the
 * smallest target. Places that have no position, or no room for a tile, are listed below the drawing. */
#include "map_private.h"

#include <math.h>

#include "app/base/arena.h"
#include "app/base/limits.h"
#include "fit_private.h"

static const double tile_mm = 26;

/* Which places have a tile on the drawing, and how large the tiles are. */
struct tiling {
	struct map map;
	struct rect *tiles; /* w is 0 where there is none */
	int side;
	size_t count, left_out;
	bool has_lines; /* words under the tiles */
};

static struct rect tile_at(const struct map *map, const struct config_spot *spot, int side, int line)
{
	struct ui_point at = map_point(map, spot->at);
	int bottom = map->box.y + map->box.h - side - line;
	return (struct rect){clamp_int(at.x - side / 2, map->box.x, map->box.x + map->box.w - side),
			     clamp_int(at.y - side / 2, map->box.y, bottom), side, side};
}

static bool meets_any(const struct plan *plan, const struct tiling *tiling, size_t count, struct rect tile)
{
	int gap = plan->gap_px;
	struct rect wide = {tile.x - gap, tile.y - gap, tile.w + 2 * gap, tile.h + 2 * gap};
	for (size_t i = 0; i < count; i++) {
		if (tiling->tiles[i].w > 0 && rect_overlaps(tiling->tiles[i], wide)) {
			return true;
		}
	}
	return false;
}

/* Places tiles of one size. Returns how many places are left out. */
static size_t tiles_try(const struct plan *plan, struct tiling *tiling, int side, int line)
{
	const struct model *model = plan->model;
	bool fits = side <= min_int(tiling->map.box.w, tiling->map.box.h - line);
	tiling->side = side;
	tiling->left_out = 0;
	for (size_t i = 0; i < model->row_count; i++) {
		const struct config_spot *spot = model->rows[i].spot;
		struct rect tile = tile_at(&tiling->map, spot, side, line);
		tiling->tiles[i] = tile;
		if (!fits || !spot->is_known || meets_any(plan, tiling, i, tile)) {
			tiling->tiles[i].w = 0;
			tiling->left_out++;
		}
	}
	return tiling->left_out;
}

static size_t unknown_count(const struct model *model)
{
	size_t count = 0;
	for (size_t i = 0; i < model->row_count; i++) {
		count += !model->rows[i].spot->is_known;
	}
	return count;
}

/* Chooses the largest tiles of which none meets another. */
static bool tiling_make(const struct plan *plan, int parent, struct rect box, int wish, int least, int line,
			struct tiling *out)
{
	struct tiling tiling = {.map = map_make(plan, parent, box), .count = plan->model->row_count};
	size_t unknown = unknown_count(plan->model);
	tiling.has_lines = tiling.count <= MAP_LINES_MAX;
	tiling.tiles = arena_alloc(plan->ui->arena, (tiling.count + 1) * sizeof(*tiling.tiles));
	if (!tiling.tiles || !tiling.map.taken) {
		return false;
	}
	int side = tiling.has_lines ? max_int(wish, least) : least;
	line = tiling.has_lines ? line : 0;
	while (tiles_try(plan, &tiling, side, line) > unknown && side > least) {
		side = max_int(side * 15 / 16, least);
	}
	*out = tiling;
	return true;
}

static uint32_t line_colour(const struct plan *plan, enum shown_state state)
{
	bool is_marked = state == SHOWN_FREE || state == SHOWN_ABSENT || state == SHOWN_WAITING;
	return is_marked && plan->model->mode == MODE_KIOSK ? theme_state(plan->theme, state).mark : plan->theme->ink;
}

/* Puts the words when they are not much wider than the tile and keep clear of others. */
static bool line_try(struct plan *plan, struct tiling *tiling, struct rect tile, struct font font, uint32_t fg,
		     const char *text)
{
	int width = words_width(plan, font, text) + 2, around = du(plan, 5);
	struct rect edge = tiling->map.box;
	struct rect box = {tile.x + (tile.w - width) / 2 - around, tile.y + tile.h, width + 2 * around, font.line_px};
	box.x = clamp_int(box.x, edge.x, edge.x + edge.w - box.w);
	return width <= tile.w * 9 / 4 && map_words_put(plan, &tiling->map, box, font, fg, text);
}

static void tile_line_put(struct plan *plan, struct tiling *tiling, size_t index, struct font font)
{
	const struct model_row *row = &plan->model->rows[index];
	uint32_t fg = line_colour(plan, row->state);
	struct font smaller = font_sized(plan, font.px * 17 / 20, font.weight);
	struct rect tile = tiling->tiles[index];
	if (!line_try(plan, tiling, tile, font, fg, row->line) &&
	    !line_try(plan, tiling, tile, smaller, fg, row->line) &&
	    !line_try(plan, tiling, tile, font, fg, row->line_short)) {
		line_try(plan, tiling, tile, smaller, fg, row->line_short);
	}
}

static struct font tile_font(const struct plan *plan, int side)
{
	return font_sized(plan, side * 42 / 96, WEIGHT_BOLD);
}

static void tiling_put(struct plan *plan, struct tiling *tiling, struct font line, bool is_touched)
{
	const struct model *model = plan->model;
	const struct action none = {.id = "", .place = ""};
	struct font number = tile_font(plan, tiling->side);
	for (size_t i = 0; i < tiling->count; i++) {
		if (tiling->tiles[i].w == 0) {
			continue;
		}
		const struct model_row *row = &model->rows[i];
		map_take(&tiling->map, tiling->tiles[i]);
		int index = map_tile_put(plan, tiling->map.parent, tiling->tiles[i], number, row,
					 is_touched ? &row->action : &none);
		if (plan->is_reading) {
			widget_at(plan, index)->id = ""; /* the tiles within reach have it */
		}
	}
	for (size_t i = 0; i < tiling->count && tiling->has_lines; i++) {
		if (tiling->tiles[i].w > 0) {
			tile_line_put(plan, tiling, i, line);
		}
	}
}

/* The places below the drawing: as wide as their names, or with numbers when they are many; more turn into pages. */

struct listing {
	struct font font;
	int chip_w, chip_h, gap, per_line, lines, height;
	size_t count, page_size, pages, page;
	bool has_names;
};

static int widest_chip(const struct plan *plan, struct font font, bool has_names)
{
	int widest = 0;
	for (size_t i = 0; i < plan->model->row_count; i++) {
		const struct model_row *row = &plan->model->rows[i];
		widest = max_int(widest, words_width(plan, font, has_names ? row->name : row->number));
	}
	return widest;
}

static struct listing listing_make(const struct plan *plan, struct rect area, size_t count, bool has_names)
{
	struct listing listing = {.font = font_make(plan, 26, WEIGHT_SEMIBOLD), .count = count, .has_names = has_names};
	int icon = listing.font.px;
	listing.gap = max_int(du(plan, 12), plan->gap_px);
	listing.chip_h = max_int(max_int(du(plan, 56), listing.font.line_px + du(plan, 12)), plan->target_px);
	listing.chip_w = widest_chip(plan, listing.font, has_names) + icon + du(plan, has_names ? 44 : 30);
	listing.chip_w = min_int(max_int(listing.chip_w, plan->target_px), area.w);
	listing.per_line = max_int((area.w + listing.gap) / (listing.chip_w + listing.gap), 1);
	listing.lines = ((int)count + listing.per_line - 1) / listing.per_line;
	int most = max_int((area.h * 2 / 5 + listing.gap) / (listing.chip_h + listing.gap), 1);
	listing.pages = 1;
	listing.page_size = count;
	if (listing.lines > most) {
		listing.lines = most;
		int arrows = 2 * (listing.chip_w + listing.gap);
		listing.per_line = max_int((area.w - arrows + listing.gap) / (listing.chip_w + listing.gap), 1);
		listing.page_size = (size_t)listing.per_line * (size_t)most;
		listing.pages = (count + listing.page_size - 1) / listing.page_size;
	}
	if (listing.pages > 1 && has_names) {
		return listing_make(plan, area, count, false);
	}
	int pages = max_int((int)listing.pages, 1);
	listing.page = (size_t)((plan->model->page % pages + pages) % pages);
	listing.height = count ? listing.lines * (listing.chip_h + listing.gap) : 0;
	return listing;
}

static void chip_put(struct plan *plan, const struct listing *listing, int parent, struct rect box,
		     const struct model_row *row)
{
	struct state_look look = theme_state(plan->theme, row->state);
	put(plan, (struct widget){.id = plan->is_reading ? "" : row->id,
				  .role = role_of(plan, &row->action),
				  .parent = parent,
				  .box = box,
				  .fill = look.fill,
				  .fill_rgb = look.fill_rgb,
				  .fill2_rgb = look.fill2_rgb,
				  .border_rgb = look.border_rgb,
				  .border_px = look.border_rgb ? du(plan, 3) : 0,
				  .radius_px = du(plan, 16),
				  .is_dashed = look.is_dashed,
				  .text = fit_line(plan, listing->font, listing->has_names ? row->name : row->number,
						   box.w - listing->font.px - du(plan, 24)),
				  .spoken = row->spoken,
				  .fg = look.fg,
				  .bg = look.fill2_rgb,
				  .font_px = listing->font.px,
				  .line_px = listing->font.line_px,
				  .weight = listing->font.weight,
				  .is_tabular = true,
				  .align_x = ALIGN_CENTRE,
				  .align_y = ALIGN_CENTRE,
				  .icon = look.icon,
				  .icon_px = look.icon == ICON_NONE ? 0 : listing->font.px,
				  .icon_gap_px = du(plan, 8),
				  .action = row->action});
}

static void listing_put(struct plan *plan, const struct listing *listing, const struct tiling *tiling, int parent,
			struct rect area)
{
	size_t from = listing->page * listing->page_size, at = 0;
	rect_cut_top(&area, listing->gap);
	if (listing->pages > 1 && !plan->is_reading) {
		arrow_put(plan, parent, rect_cut_left(&area, listing->chip_w), -1);
		rect_cut_left(&area, listing->gap);
		arrow_put(plan, parent, rect_cut_right(&area, listing->chip_w), 1);
		rect_cut_right(&area, listing->gap);
	}
	for (size_t i = 0; i < tiling->count; i++) {
		if (tiling->tiles[i].w > 0) {
			continue;
		}
		size_t index = at++;
		if (index < from || index >= from + listing->page_size) {
			continue;
		}
		int shown = (int)(index - from);
		struct rect chip = {area.x + shown % listing->per_line * (listing->chip_w + listing->gap),
				    area.y + shown / listing->per_line * (listing->chip_h + listing->gap),
				    listing->chip_w, listing->chip_h};
		chip_put(plan, listing, parent, chip, &plan->model->rows[i]);
	}
}

/* The list needs room, which makes the drawing smaller, which may make the list longer: the second try is final. */
static bool arrange(const struct plan *plan, int parent, struct rect area, struct font line, struct tiling *out_tiling,
		    struct listing *out_listing)
{
	/* The smallest tile holds its number above its icon. What is only read need not be as large as a finger. */
	int legible = 2 * font_sized(plan, 1, WEIGHT_BOLD).line_px;
	int least = plan->is_reading ? legible : max_int(plan->target_px, legible);
	int wish = (int)ceil(tile_mm * plan->screen->px_per_mm);
	if (plan->is_reading) {
		wish = max_int(min_int(wish, area.h / 6), least);
	}
	wish = min_int(wish, du(plan, 150));
	size_t missing = unknown_count(plan->model);
	for (int i = 0; i < 2; i++) {
		struct rect room = area;
		*out_listing = listing_make(plan, area, missing, missing <= MAP_LINES_MAX / 2);
		rect_cut_bottom(&room, out_listing->height);
		if (!tiling_make(plan, parent, room, wish, least, line.line_px, out_tiling)) {
			return false;
		}
		if (out_tiling->left_out <= missing) {
			return true;
		}
		missing = out_tiling->left_out;
	}
	*out_listing = listing_make(plan, area, missing, false);
	return true;
}

void map_card_put(struct plan *plan, struct rect card)
{
	int parent = put_card(plan, -1, card);
	struct font line = font_make(plan, 25, WEIGHT_SEMIBOLD);
	struct rect area = rect_inset(card, du(plan, 36), 0);
	rect_cut_top(&area, day_head_height(plan));
	int states_h = states_height(plan, area.w);
	struct rect states = rect_cut_bottom(&area, states_h);
	rect_cut_bottom(&area, du(plan, states_h > 0 ? 12 : 28));
	struct tiling tiling;
	struct listing listing;
	day_head_put(plan, parent, card);
	if (area.h < plan->target_px || !arrange(plan, parent, area, line, &tiling, &listing)) {
		plan->overflows = true;
		return;
	}
	map_walls_put(plan, &tiling.map, plan->model->map.spoken);
	tiling_put(plan, &tiling, line, true);
	map_here_put(plan, &tiling.map, font_make(plan, 25, WEIGHT_SEMIBOLD), plan->model->map.here_words);
	map_labels_put(plan, &tiling.map, font_make(plan, 24, WEIGHT_MEDIUM));
	listing_put(plan, &listing, &tiling, parent, rect_cut_bottom(&area, listing.height));
	if (states_h > 0) {
		states_put(plan, parent, states);
	}
}

bool map_wall_put(struct plan *plan, int parent, struct rect box)
{
	struct font line = font_make(plan, 34, WEIGHT_SEMIBOLD), number = font_make(plan, 40, WEIGHT_BOLD);
	int least = number.line_px + number.px * 28 / 40 + du(plan, 4);
	struct tiling tiling;
	if (!plan->model->map.floorplan || box.w < 1 || box.h < 1 ||
	    !tiling_make(plan, parent, box, max_int(least, du(plan, 92)), least, line.line_px, &tiling) ||
	    tiling.left_out > 0) {
		return false;
	}
	map_walls_put(plan, &tiling.map, plan->model->map.spoken);
	tiling_put(plan, &tiling, line, false);
	map_here_put(plan, &tiling.map, font_make(plan, 34, WEIGHT_SEMIBOLD), plan->model->map.here_short);
	map_labels_put(plan, &tiling.map, font_make(plan, 34, WEIGHT_MEDIUM));
	return true;
}
