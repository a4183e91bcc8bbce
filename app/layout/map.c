/* The floor plan with the places on it. Walls come from the office's drawing, in the screen's colours; tiles, words and
 * the way to a place are put on top of it here, each only where it covers nothing else. */
#include "map_private.h"

#include <math.h>
#include <string.h>

#include "app/base/arena.h"
#include "fit_private.h"

/* The widest picture of the design is this many design units wide. */
static const double design_w = 1164;

struct map map_make(const struct plan *plan, int parent, struct rect box)
{
	const struct floorplan *floorplan = plan->model->map.floorplan;
	struct map map = {.floorplan = floorplan, .parent = parent};
	double scale = fmin(box.w / floorplan->width, box.h / floorplan->height);
	map.scale = fmax(scale, 0);
	map.box = rect_centred(box, (int)(floorplan->width * map.scale), (int)(floorplan->height * map.scale));
	map.share = map.box.w / (design_w * plan->unit);
	size_t most = 2 * plan->model->row_count + floorplan->label_count + 4;
	map.taken = arena_alloc(plan->ui->arena, most * sizeof(*map.taken));
	map.taken_max = map.taken ? most : 0;
	return map;
}

struct ui_point map_point(const struct map *map, struct floorplan_point at)
{
	double x = fmin(fmax(at.x, 0), map->floorplan->width), y = fmin(fmax(at.y, 0), map->floorplan->height);
	return (struct ui_point){map->box.x + (int)lround(x * map->scale), map->box.y + (int)lround(y * map->scale)};
}

static bool rect_holds(struct rect outer, struct rect inner)
{
	return inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.w <= outer.x + outer.w &&
	       inner.y + inner.h <= outer.y + outer.h;
}

bool map_is_free(const struct map *map, struct rect box)
{
	for (size_t i = 0; i < map->taken_count; i++) {
		if (rect_overlaps(map->taken[i], box)) {
			return false;
		}
	}
	return rect_holds(map->box, box);
}

void map_take(struct map *map, struct rect box)
{
	if (map->taken_count < map->taken_max) {
		map->taken[map->taken_count++] = box;
	}
}

void map_walls_put(struct plan *plan, struct map *map, const char *spoken)
{
	const struct theme *theme = plan->theme;
	const struct widget *card = widget_at(plan, map->parent);
	uint32_t behind = card->fill == FILL_SOLID ? card->fill_rgb : theme->card;
	map->parent = put(plan, (struct widget){
					.id = "plan",
					.role = UI_IMAGE,
					.parent = map->parent,
					.box = map->box,
					.spoken = spoken,
					.fg = theme->ink,
					.bg = theme->floor,
					.map = {true, theme->floor, theme->wall, theme->glass, behind},
				});
}

bool map_words_put(struct plan *plan, struct map *map, struct rect box, struct font font, uint32_t fg, const char *text)
{
	if (!text[0] || !map_is_free(map, box)) {
		return false;
	}
	map_take(map, box);
	put_text(plan, map->parent, box, font, fg, plan->theme->floor, ALIGN_CENTRE, text);
	return true;
}

/* The drawing's words: what the rooms are called. */
void map_labels_put(struct plan *plan, struct map *map, struct font font)
{
	for (size_t i = 0; i < map->floorplan->label_count; i++) {
		const struct floorplan_label *label = &map->floorplan->labels[i];
		struct ui_point at = map_point(map, label->at);
		int width = words_width(plan, font, label->text) + 2;
		struct rect box = {label->is_centred ? at.x - width / 2 : at.x, at.y - font.line_px * 4 / 5, width,
				   font.line_px};
		map_words_put(plan, map, box, font, plan->theme->muted, label->text);
	}
}

/* The mark where the screen hangs, and its words where there is room for them. */
void map_here_put(struct plan *plan, struct map *map, struct font font, const char *words)
{
	const struct theme *theme = plan->theme;
	const struct config_spot *here = &plan->model->map.here;
	bool is_dark = plan->model->mode == MODE_WALL;
	int size = max_int(du(plan, 44 * map->share), du(plan, 18)), eye = max_int(size * 18 / 44, 2);
	if (!here->is_known) {
		return;
	}
	struct ui_point at = map_point(map, here->at);
	struct rect mark = {clamp_int(at.x - size / 2, map->box.x, map->box.x + map->box.w - size),
			    clamp_int(at.y - size / 2, map->box.y, map->box.y + map->box.h - size), size, size};
	uint32_t outer = is_dark ? theme->sun : theme->ink, inner = is_dark ? theme->on_notice : theme->sun;
	int index = put_fill(plan, map->parent, mark, outer, size / 2);
	widget_at(plan, index)->id = "here";
	widget_at(plan, index)->spoken = kept(plan, plan->model->map.here_words);
	put_fill(plan, index, rect_centred(mark, eye, eye), inner, eye / 2);
	map_take(map, mark);
	words = words_width(plan, font, words) > map->box.w / 8 ? plan->model->map.here_short : words;
	int width = words_width(plan, font, words) + 2, gap = size / 4;
	struct rect right = {mark.x + size + gap, mark.y + (size - font.line_px) / 2, width, font.line_px};
	struct rect left = right, above = right;
	left.x = mark.x - gap - width;
	above.x = mark.x + (size - width) / 2;
	above.y = mark.y - gap - font.line_px;
	if (!map_words_put(plan, map, right, font, theme->ink, words) &&
	    !map_words_put(plan, map, left, font, theme->ink, words)) {
		map_words_put(plan, map, above, font, theme->ink, words);
	}
}

int map_tile_put(struct plan *plan, int parent, struct rect box, struct font font, const struct model_row *row,
		 const struct action *action)
{
	int index = tile_put(plan, parent, box, font, row, action);
	if (row->state == SHOWN_WAITING && plan->model->mode == MODE_KIOSK) {
		widget_at(plan, index)->border_rgb = theme_state(plan->theme, row->state).border_rgb;
		widget_at(plan, index)->border_px = du(plan, 3);
	}
	return index;
}

/* One place, and the way to it. */

static struct rect small_tile(const struct plan *plan, const struct map *map, struct font font,
			      const struct config_spot *spot)
{
	int side = max_int(map->box.w / 10, font.line_px + font.px * 28 / 40 + du(plan, 6));
	struct ui_point at = map_point(map, spot->at);
	return (struct rect){clamp_int(at.x - side / 2, map->box.x, map->box.x + map->box.w - side),
			     clamp_int(at.y - side / 2, map->box.y, map->box.y + map->box.h - side), side, side};
}

static struct rect swollen(struct rect box, int by)
{
	return (struct rect){box.x - by, box.y - by, box.w + 2 * by, box.h + 2 * by};
}

/* Puts dots at equal distances along the way, but none on the tile and none on the mark. */
static void way_put(struct plan *plan, const struct map *map, const struct config_spot *spot, struct rect tile)
{
	const struct config_spot *here = &plan->model->map.here;
	int size = max_int(du(plan, 9 * map->share), 3);
	double step = size * 2.4, walked = 0, length = 0;
	size_t corners = spot->way_count + 2, count = 0;
	struct ui_point *corner = arena_alloc(plan->ui->arena, corners * sizeof(*corner));
	if (!corner || !here->is_known || spot->way_count == 0) {
		return;
	}
	corner[0] = map_point(map, here->at);
	corner[corners - 1] = map_point(map, spot->at);
	for (size_t i = 1; i < corners; i++) {
		corner[i] = i + 1 < corners ? map_point(map, spot->way[i - 1]) : corner[i];
		length += hypot(corner[i].x - corner[i - 1].x, corner[i].y - corner[i - 1].y);
	}
	struct ui_point *dots = arena_alloc(plan->ui->arena, ((size_t)(length / step) + 2) * sizeof(*dots));
	int mark = max_int(du(plan, 44 * map->share), du(plan, 18));
	struct rect from = swollen((struct rect){corner[0].x, corner[0].y, 1, 1}, mark / 2 + size);
	struct rect to = swollen(tile, size);
	for (size_t i = 1; dots && i < corners; i++) {
		double dx = corner[i].x - corner[i - 1].x, dy = corner[i].y - corner[i - 1].y, side = hypot(dx, dy);
		for (; walked <= side && side > 0; walked += step) {
			struct ui_point dot = {corner[i - 1].x + (int)lround(dx * walked / side),
					       corner[i - 1].y + (int)lround(dy * walked / side)};
			struct rect spot_box = {dot.x, dot.y, 1, 1};
			if (!rect_overlaps(spot_box, from) && !rect_overlaps(spot_box, to)) {
				dots[count++] = dot;
			}
		}
		walked -= side;
	}
	put(plan, (struct widget){.role = UI_GROUP,
				  .parent = map->parent,
				  .box = map->box,
				  .fg = plan->theme->outline,
				  .bg = plan->theme->floor,
				  .dots = {dots, count, size, plan->theme->outline}});
}

/* The numbers of the other places help to find the right row of desks. */
static void numbers_put(struct plan *plan, struct map *map, struct font font, const struct model_row *chosen)
{
	for (size_t i = 0; i < plan->model->row_count; i++) {
		const struct model_row *row = &plan->model->rows[i];
		if (row == chosen || row->kind == PLACE_ROOM || !row->spot->is_known) {
			continue;
		}
		struct ui_point at = map_point(map, row->spot->at);
		int width = words_width(plan, font, row->number) + 2;
		struct rect box = {at.x - width / 2, at.y - font.line_px / 2, width, font.line_px};
		map_words_put(plan, map, box, font, plan->theme->muted, row->number);
	}
}

const struct model_row *map_row(const struct model *model, const char *place)
{
	static const char prefix[] = "place:";
	for (size_t i = 0; i < model->row_count; i++) {
		if (strcmp(model->rows[i].id + sizeof(prefix) - 1, place) == 0) {
			return &model->rows[i];
		}
	}
	return NULL;
}

int map_height(const struct plan *plan, const struct model_row *row, int width)
{
	const struct floorplan *floorplan = plan->model->map.floorplan;
	return floorplan && row && row->spot->is_known ? (int)(width * floorplan->height / floorplan->width) : 0;
}

void map_put(struct plan *plan, int parent, struct rect box, const struct model_row *row)
{
	const struct action none = {.id = "", .place = ""};
	struct map map = map_make(plan, parent, box);
	struct font bold = font_make(plan, 57 * map.share, WEIGHT_BOLD);
	struct rect tile = small_tile(plan, &map, bold, row->spot);
	map_walls_put(plan, &map, row->where[0] ? row->where : plan->model->map.spoken);
	way_put(plan, &map, row->spot, tile);
	widget_at(plan, map_tile_put(plan, map.parent, tile, bold, row, &none))->id = "plan-place";
	map_take(&map, tile);
	map_here_put(plan, &map, font_make(plan, 42 * map.share, WEIGHT_SEMIBOLD), plan->model->map.here_short);
	numbers_put(plan, &map, font_make(plan, 45 * map.share, WEIGHT_SEMIBOLD), row);
	map_labels_put(plan, &map, font_make(plan, 40 * map.share, WEIGHT_MEDIUM));
}
