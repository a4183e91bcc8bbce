/* Places as numbered tiles with colour and icon: on the wall and on the map. */
#include "wall_private.h"

#include "app/base/arena.h"
#include "fit_private.h"

struct tile_look {
	struct state_look look;
	uint32_t fill, fg;
};

static struct tile_look tile_look(const struct plan *plan, enum shown_state state)
{
	struct tile_look tile = {.look = theme_state(plan->theme, state)};
	tile.fill = tile.look.fill_rgb;
	tile.fg = tile.look.fg;
	if (state == SHOWN_WAITING) {
		tile.look.border_rgb = 0;
	}
	return tile;
}

int tile_put(struct plan *plan, int parent, struct rect box, struct font font, const struct model_row *row,
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
	return index;
}

/* The strip of desks on the wall. */

/* The forms of the strip, from roomy to dense. */
enum tiling {
	TILES_BESIDE,  /* tiles beside the words, the number above the icon */
	TILES_BENEATH, /* tiles below the words, the number above the icon */
	TILES_DENSE,   /* many tiles below the words, the number beside the icon */
	TILES_NONE     /* no tiles, only the words */
};

struct strip {
	struct font label, free, line, number;
	int label_w, tile_w, tile_h, gap;
	int columns, rows, height;
	enum tiling tiling;
	size_t count;
	bool is_joined; /* all words beside the tiles stand in one line */
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

const char *desks_line(const struct plan *plan, struct font font, int width)
{
	const struct model *model = plan->model;
	struct arena *arena = plan->ui->arena;
	const char *named =
		model->desks_free[0] ? arena_print(arena, "%s: %s", model->desks, model->desks_free) : model->desks;
	const char *all = model->desks_also[0] ? arena_print(arena, "%s · %s", named, model->desks_also) : named;
	const char *forms[] = {all, named, model->desks_count};
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		if (words_width(plan, font, forms[i]) <= width) {
			return forms[i];
		}
	}
	return fit_line(plan, font, model->desks_count, width);
}

/* The words beside the tiles: "Lediga nu", "3, 4 och 6 · 7 får tas"; the last part has a line of its own when it is
 * long. */
static const char *main_words(const struct model *model)
{
	return model->desks_free[0] ? model->desks_free : model->desks;
}

/* The tiles show by themselves which desks may be taken, so that these words are the first to go. */
static const char *also_words(const struct plan *plan)
{
	return plan->is_tight ? "" : plan->model->desks_also;
}

static int words_beside_height(const struct plan *plan, const struct strip *strip)
{
	return (plan->model->desks_free[0] ? strip->label.line_px : 0) + strip->free.line_px +
	       (also_words(plan)[0] && !strip->is_joined ? strip->label.line_px : 0);
}

static const char *beside_words(const struct plan *plan, const struct strip *strip)
{
	const char *words = main_words(plan->model);
	return strip->is_joined ? arena_print(plan->ui->arena, "%s · %s", words, also_words(plan)) : words;
}

static void strip_arrange(const struct plan *plan, struct strip *strip, int width, enum tiling tiling)
{
	bool is_dense = tiling == TILES_DENSE;
	strip->tiling = tiling;
	strip->number = font_make(plan, is_dense ? 32 : 40, WEIGHT_BOLD);
	strip->gap = du(plan, is_dense ? 8 : 12);
	int number_w = widest_number(plan, strip->number), icon = strip->number.px * 28 / 40;
	strip->tile_w = max_int(du(plan, 92), number_w + du(plan, 24));
	strip->tile_h = max_int(du(plan, 92), strip->number.line_px + icon + du(plan, 10));
	if (is_dense) {
		strip->tile_w = number_w + icon + du(plan, 20);
		strip->tile_h = strip->number.line_px + du(plan, 6);
	}
	int room = tiling == TILES_BESIDE ? width - strip->label_w : width;
	int count = max_int((int)strip->count, 1);
	strip->columns = clamp_int((room + strip->gap) / (strip->tile_w + strip->gap), 1, count);
	strip->rows = (count + strip->columns - 1) / strip->columns;
	int tiles = strip->rows * (strip->tile_h + strip->gap) - strip->gap;
	strip->height = strip->line.line_px + du(plan, 10) + tiles;
	if (tiling == TILES_BESIDE) {
		strip->height = max_int(tiles, words_beside_height(plan, strip));
	} else if (tiling == TILES_NONE) {
		strip->height = strip->line.line_px;
	}
}

static struct strip strip_make(const struct plan *plan, int width)
{
	const struct model *model = plan->model;
	struct strip strip = {
		.label = font_make(plan, 36, WEIGHT_REGULAR),
		.free = font_make(plan, 46, WEIGHT_BOLD),
		.line = font_make(plan, 46, WEIGHT_BOLD),
	};
	while (desk_at(model, strip.count)) {
		strip.count++;
	}
	int tile = max_int(du(plan, 92), widest_number(plan, font_make(plan, 40, WEIGHT_BOLD)) + du(plan, 24));
	int tiles = (int)strip.count * (tile + du(plan, 12)) - du(plan, 12);
	int room = width - tiles - du(plan, 40);
	strip.is_joined = also_words(plan)[0];
	strip.free = fit_font(plan, strip.free, beside_words(plan, &strip), room, 0.78);
	if (words_width(plan, strip.free, beside_words(plan, &strip)) > room) {
		strip.is_joined = false;
		strip.free = strip.line;
	}
	int words = max_int(words_width(plan, strip.free, beside_words(plan, &strip)),
			    max_int(model->desks_free[0] ? words_width(plan, strip.label, model->desks) : 0,
				    strip.is_joined ? 0 : words_width(plan, strip.label, also_words(plan))));
	strip.label_w = width - tiles;
	if (!plan->is_portrait && words <= room) {
		strip_arrange(plan, &strip, width, TILES_BESIDE);
		return strip;
	}
	int most = plan->ui->height * (plan->is_portrait ? 30 : 40) / 100;
	strip_arrange(plan, &strip, width, TILES_BENEATH);
	if (strip.rows > 1) {
		strip_arrange(plan, &strip, width, TILES_DENSE);
	}
	if (strip.height > most) {
		strip_arrange(plan, &strip, width, TILES_NONE);
	}
	return strip;
}

int strip_height(const struct plan *plan, int width)
{
	struct strip strip = strip_make(plan, width);
	return strip.count && plan->model->desks[0] ? strip.height : 0;
}

static void words_beside_put(struct plan *plan, const struct strip *strip, struct rect box)
{
	const struct model *model = plan->model;
	const struct theme *theme = plan->theme;
	uint32_t fg = model->desks_are_free ? theme->leaf_text : theme->muted;
	box = rect_centred(box, box.w, words_beside_height(plan, strip));
	if (model->desks_free[0]) {
		put_text(plan, -1, rect_cut_top(&box, strip->label.line_px), strip->label, theme->muted, theme->paper,
			 ALIGN_START, model->desks);
	}
	int index = put_text(plan, -1, rect_cut_top(&box, strip->free.line_px), strip->free, fg, theme->paper,
			     ALIGN_START, beside_words(plan, strip));
	if (index >= 0) {
		widget_at(plan, index)->id = "desks";
	}
	put_text(plan, -1, box, strip->label, theme->leaf_text, theme->paper, ALIGN_START,
		 strip->is_joined ? "" : also_words(plan));
}

static void line_put(struct plan *plan, const struct strip *strip, struct rect box)
{
	const struct theme *theme = plan->theme;
	bool is_free = plan->model->desks_are_free;
	uint32_t fg = is_free ? theme->leaf_text : theme->muted;
	int icon = strip->line.px * 9 / 10;
	if (is_free) {
		put_icon(plan, -1, rect_cut_left(&box, icon), ICON_RING, icon, fg, theme->paper);
		rect_cut_left(&box, icon / 3);
	}
	int index = put_text(plan, -1, box, strip->line, fg, theme->paper, ALIGN_START,
			     desks_line(plan, strip->line, box.w));
	if (index >= 0) {
		widget_at(plan, index)->id = "desks";
	}
}

void strip_put(struct plan *plan, struct rect box)
{
	struct strip strip = strip_make(plan, box.w);
	const struct action none = {.id = "", .place = ""};
	if (strip.tiling == TILES_BESIDE) {
		words_beside_put(plan, &strip, rect_cut_left(&box, strip.label_w));
		box = rect_centred(box, box.w, strip.tile_h);
	} else {
		line_put(plan, &strip, rect_cut_top(&box, strip.line.line_px));
		rect_cut_top(&box, du(plan, 10));
	}
	size_t shown = strip.tiling == TILES_NONE ? 0 : strip.count;
	for (size_t i = 0; i < shown; i++) {
		int line = (int)i / strip.columns * (strip.tile_h + strip.gap);
		struct rect row = {box.x, box.y + line, box.w, strip.tile_h};
		struct rect tile = rect_column(row, (int)i % strip.columns, strip.columns, strip.gap);
		tile_put(plan, -1, tile, strip.number, desk_at(plan->model, i), &none);
	}
}
