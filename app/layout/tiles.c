/* Places as numbered tiles with colour and icon: on the wall, and within low reach. */
#include "parts_private.h"

#include "fit_private.h"

struct tile_look {
	struct state_look look;
	uint32_t fill, fg;
};

/* A free place is a green tile here, because there is no empty row that could show it. */
static struct tile_look tile_look(const struct plan *plan, enum shown_state state)
{
	struct tile_look tile = {.look = theme_state(plan->theme, state)};
	tile.fill = tile.look.fill_rgb;
	tile.fg = tile.look.fg;
	if (state == SHOWN_WAITING) {
		tile.look.border_rgb = 0;
	}
	if (state == SHOWN_FREE) {
		tile.look.fill = FILL_SOLID;
		tile.fill = tile.look.fill2_rgb = plan->theme->leaf;
		tile.fg = plan->theme->on_leaf;
	}
	return tile;
}

void tile_put(struct plan *plan, int parent, struct rect box, struct font font, const struct model_row *row,
	      const struct action *action)
{
	struct tile_look tile = tile_look(plan, row->state);
	int index = put(plan, (struct widget){
				      .id = row->id,
				      .role = role_of(plan, action),
				      .parent = parent,
				      .box = box,
				      .fill = tile.look.fill,
				      .fill_rgb = tile.fill,
				      .fill2_rgb = tile.look.fill2_rgb,
				      .border_rgb = tile.look.border_rgb,
				      .border_px = tile.look.border_rgb ? du(plan, 3) : 0,
				      .is_dashed = tile.look.is_dashed,
				      .radius_px = min_int(du(plan, 20), box.h / 4),
				      .spoken = row->spoken,
				      .fg = tile.fg,
				      .bg = tile.look.fill2_rgb,
				      .action = *action,
			      });
	int icon = font.px * 28 / 40;
	bool is_tall = box.h >= font.line_px + icon + du(plan, 4);
	struct rect inner = rect_inset(box, du(plan, 4), 0);
	struct rect words = inner, mark = inner;
	if (is_tall) {
		inner = rect_centred(inner, inner.w, font.line_px + icon);
		words = rect_cut_top(&inner, font.line_px);
		mark = inner;
	} else {
		words = rect_cut_left(&inner, inner.w - icon - du(plan, 8));
		mark = inner;
	}
	font = fit_font(plan, font, row->number, words.w, 0.5);
	put_text(plan, index, words, font, tile.fg, tile.look.fill2_rgb, ALIGN_CENTRE, row->number);
	if (tile.look.icon != ICON_NONE) {
		put_icon(plan, index, mark, tile.look.icon, icon, tile.fg, tile.look.fill2_rgb);
	}
}

/* The strip of desks on the wall. */

/* The forms of the strip, from roomy to dense. */
enum tiling {
	TILES_BESIDE,  /* tiles beside the label, the number above the icon */
	TILES_BENEATH, /* tiles below the label, the number beside the icon */
	TILES_DENSE,   /* the same for many places */
	TILES_NONE     /* no tiles, only the number of free desks */
};

struct strip {
	struct font heading, free, number;
	int label_w, tile_w, tile_h, gap;
	int columns, rows, height;
	enum tiling tiling;
	size_t count;
};

static const struct model_row *desk_at(const struct model *model, size_t index)
{
	for (size_t i = 0; i < model->row_count; i++) {
		if (model->rows[i].kind == PLACE_DESK && index-- == 0) {
			return &model->rows[i];
		}
	}
	return NULL;
}

static int widest_number(const struct plan *plan, struct font font)
{
	int widest = 0;
	for (size_t i = 0; i < plan->model->row_count; i++) {
		widest = max_int(widest, words_width(plan, font, plan->model->rows[i].number));
	}
	return min_int(widest, font.px * 3);
}

static void strip_arrange(const struct plan *plan, struct strip *strip, int width, enum tiling tiling)
{
	bool is_dense = tiling == TILES_DENSE;
	strip->tiling = tiling;
	strip->number = font_make(plan, is_dense ? 32 : 40, WEIGHT_BOLD);
	strip->gap = du(plan, is_dense ? 8 : 12);
	int number_w = widest_number(plan, strip->number), icon = strip->number.px * 28 / 40;
	strip->tile_w = number_w + icon + du(plan, is_dense ? 20 : 30);
	strip->tile_h = strip->number.line_px + du(plan, is_dense ? 6 : 14);
	int room = width;
	if (tiling == TILES_BESIDE) {
		strip->tile_w = max_int(du(plan, 94), number_w + du(plan, 24));
		strip->tile_h = max_int(du(plan, 94), strip->number.line_px + icon + du(plan, 14));
		room = width - strip->label_w;
	}
	int count = max_int((int)strip->count, 1);
	strip->columns = clamp_int((room + strip->gap) / (strip->tile_w + strip->gap), 1, count);
	strip->rows = (count + strip->columns - 1) / strip->columns;
	int tiles = strip->rows * (strip->tile_h + strip->gap) - strip->gap;
	int label = strip->heading.line_px + strip->free.line_px;
	strip->height = strip->heading.line_px + du(plan, 12) + tiles;
	if (tiling == TILES_BESIDE) {
		strip->height = max_int(tiles, label);
	} else if (tiling == TILES_NONE) {
		strip->height = strip->heading.line_px;
	}
}

static struct strip strip_make(const struct plan *plan, int width)
{
	struct strip strip = {
		.heading = font_make(plan, 40, WEIGHT_SEMIBOLD),
		.free = font_make(plan, 36, WEIGHT_MEDIUM),
	};
	while (desk_at(plan->model, strip.count)) {
		strip.count++;
	}
	int words = max_int(words_width(plan, strip.heading, plan->model->desks),
			    words_width(plan, strip.free, plan->model->desks_free));
	strip.label_w = min_int(max_int(words + du(plan, 30), du(plan, 340)), width / 2);
	strip_arrange(plan, &strip, width, TILES_BESIDE);
	if (strip.rows == 1) {
		return strip;
	}
	int most = plan->ui->height * (plan->is_portrait ? 30 : 40) / 100;
	struct strip beneath = strip;
	strip_arrange(plan, &beneath, width, TILES_BENEATH);
	if (beneath.height > most || beneath.rows > 2) {
		strip_arrange(plan, &beneath, width, TILES_DENSE);
	}
	if (beneath.height > most) {
		strip_arrange(plan, &beneath, width, TILES_NONE);
	}
	return beneath.height < strip.height ? beneath : strip;
}

int strip_height(const struct plan *plan, int width)
{
	struct strip strip = strip_make(plan, width);
	return strip.count ? strip.height : 0;
}

static void strip_label_put(struct plan *plan, const struct strip *strip, struct rect box)
{
	const struct theme *theme = plan->theme;
	const struct model *model = plan->model;
	if (strip->tiling != TILES_BESIDE) {
		struct rect left = rect_cut_left(&box, words_width(plan, strip->heading, model->desks) + 1);
		put_text(plan, -1, left, strip->heading, theme->ink, theme->paper, ALIGN_START,
			 fit_line(plan, strip->heading, model->desks, left.w));
		rect_cut_left(&box, du(plan, 28));
		put_text(plan, -1, box, strip->free, theme->leaf_text, theme->paper, ALIGN_START,
			 fit_line(plan, strip->free, model->desks_free, box.w));
		return;
	}
	box = rect_centred(box, box.w, strip->heading.line_px + strip->free.line_px);
	struct rect top = rect_cut_top(&box, strip->heading.line_px);
	struct font heading = fit_font(plan, strip->heading, model->desks, top.w, 0.7);
	put_text(plan, -1, top, heading, theme->ink, theme->paper, ALIGN_START,
		 fit_line(plan, heading, model->desks, top.w));
	struct font free = fit_font(plan, strip->free, model->desks_free, box.w, 0.7);
	put_text(plan, -1, box, free, theme->leaf_text, theme->paper, ALIGN_START,
		 fit_line(plan, free, model->desks_free, box.w));
}

void strip_put(struct plan *plan, struct rect box)
{
	struct strip strip = strip_make(plan, box.w);
	const struct action none = {.id = "", .place = ""};
	if (strip.tiling != TILES_BESIDE) {
		strip_label_put(plan, &strip, rect_cut_top(&box, strip.heading.line_px));
		rect_cut_top(&box, du(plan, 12));
	} else {
		strip_label_put(plan, &strip, rect_cut_left(&box, strip.label_w));
	}
	size_t shown = strip.tiling == TILES_NONE ? 0 : strip.count;
	for (size_t i = 0; i < shown; i++) {
		struct rect row = {box.x, box.y + (int)i / strip.columns * (strip.tile_h + strip.gap), box.w,
				   strip.tile_h};
		int column = (int)i % strip.columns;
		struct rect tile = strip.tiling != TILES_BESIDE
					   ? rect_column(row, column, strip.columns, strip.gap)
					   : (struct rect){row.x + column * (strip.tile_w + strip.gap), row.y,
							   strip.tile_w, strip.tile_h};
		tile_put(plan, -1, tile, strip.number, desk_at(plan->model, i), &none);
	}
}
