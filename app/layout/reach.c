/* Low reach: everything that can be touched stands within the lowest two fifths of the screen, for a hand that comes
 * from a wheelchair or a child: who can check in, every place as a tile, and the buttons. What stands above is only for
 * reading. */
#include "parts_private.h"

#include "app/base/limits.h"
#include "fit_private.h"

static const double reach_share = 0.4;

static int gap_of(const struct plan *plan)
{
	return max_int(du(plan, 12), plan->gap_px);
}

static int margin_of(const struct plan *plan)
{
	return du(plan, plan->is_portrait ? 40 : 48);
}

static struct font heading_font(const struct plan *plan)
{
	return font_make(plan, 28, WEIGHT_SEMIBOLD);
}

/* The places of the parts; a heading of height 0 is left out. */
struct zone {
	struct rect people_head, people, tiles_head, tiles;
	bool has_lines; /* of those who wait; otherwise tiles */
	size_t columns; /* of these lines */
};

/* What the parts need, in the order in which they are given up when there is no room. */
struct zone_form {
	bool has_heads, has_lines, is_beside; /* is_beside: people and places share the height */
	int tile_h;
};

static int tile_height(const struct plan *plan, bool is_tall)
{
	int number = font_make(plan, 38, WEIGHT_BOLD).line_px, words = font_make(plan, 23, WEIGHT_SEMIBOLD).line_px;
	int tall = max_int(number + words + du(plan, 20), plan->main_px);
	return is_tall ? tall : max_int(plan->target_px, font_make(plan, 28, WEIGHT_BOLD).line_px);
}

static size_t people_columns(const struct plan *plan)
{
	return plan->is_portrait ? 1 : PEOPLE_LINES_MAX;
}

static int people_height(const struct plan *plan, int width, bool has_lines)
{
	size_t count = plan->model->waiting_count;
	if (count == 0) {
		return font_make(plan, 24, WEIGHT_REGULAR).line_px + du(plan, 8);
	}
	return has_lines ? waiting_lines_height(plan, width, people_columns(plan)) : people_row_height(plan);
}

static int form_height(const struct plan *plan, const struct zone_form *form, int width)
{
	int heads = form->has_heads ? 2 * (heading_font(plan).line_px + du(plan, 6)) : 0;
	int people = people_height(plan, width, form->has_lines);
	return form->is_beside ? max_int(people, form->tile_h) : heads + people + gap_of(plan) + form->tile_h;
}

static struct zone_form form_choose(const struct plan *plan, struct rect box)
{
	bool may_have_lines = plan->model->waiting_count <= PEOPLE_LINES_MAX;
	int tall = tile_height(plan, true), low = tile_height(plan, false);
	const struct zone_form forms[] = {{true, true, false, tall},  {false, true, false, tall},
					  {true, false, false, tall}, {false, false, false, tall},
					  {false, true, false, low},  {false, false, false, low},
					  {false, false, true, low}};
	size_t last = sizeof(forms) / sizeof(forms[0]) - 1;
	for (size_t i = 0; i < last; i++) {
		bool is_possible = may_have_lines || !forms[i].has_lines;
		if (is_possible && form_height(plan, &forms[i], box.w) <= box.h) {
			return forms[i];
		}
	}
	return forms[last];
}

static struct zone zone_make(struct plan *plan, struct rect box)
{
	struct zone_form form = form_choose(plan, box);
	struct zone zone = {.has_lines = form.has_lines, .columns = people_columns(plan)};
	plan->overflows |= form_height(plan, &form, box.w) > box.h;
	if (form.is_beside) {
		zone.people = rect_cut_left(&box, box.w * 45 / 100);
		rect_cut_left(&box, gap_of(plan));
		zone.tiles = box;
		return zone;
	}
	int head = form.has_heads ? heading_font(plan).line_px + du(plan, 6) : 0;
	zone.people_head = rect_cut_top(&box, head);
	zone.people = rect_cut_top(&box, people_height(plan, box.w, form.has_lines));
	rect_cut_top(&box, gap_of(plan));
	zone.tiles_head = rect_cut_top(&box, head);
	zone.tiles = box;
	return zone;
}

/* The tiles of the places. */

struct tiles {
	int columns, rows, gap, height;
	bool has_arrows;
};

static int arrow_side(const struct plan *plan)
{
	return max_int(plan->target_px, du(plan, 76));
}

static struct rect tiles_box(const struct plan *plan, struct rect box, bool has_arrows)
{
	return has_arrows ? rect_inset(box, arrow_side(plan) + gap_of(plan), 0) : box;
}

static int tile_width(const struct plan *plan, int height)
{
	bool is_tall = height >= tile_height(plan, true);
	int widest = 0;
	for (size_t i = 0; i < plan->model->row_count; i++) {
		widest =
			max_int(widest, words_width(plan, font_make(plan, 38, WEIGHT_BOLD), plan->model->rows[i].tile));
	}
	int number = min_int(widest, du(plan, 120)) + du(plan, is_tall ? 60 : 50);
	return max_int(max_int(plan->target_px, number), is_tall ? du(plan, 150) : 0);
}

/* Returns how many tiles have room there: whole rows of them. */
static size_t tiles_most(const struct plan *plan, struct rect box)
{
	int gap = gap_of(plan), low = tile_height(plan, false);
	int height = box.h >= tile_height(plan, true) ? tile_height(plan, true) : low;
	int columns = (box.w + gap) / (tile_width(plan, height) + gap), rows = (box.h + gap) / (height + gap);
	return (size_t)max_int(columns, 1) * (size_t)max_int(rows, 1);
}

/* Returns how many rows the grid may have on a page so that each has a tile; 0 when all have one. */
static size_t rows_with_tiles(const struct plan *plan, struct rect box)
{
	size_t all = plan->model->row_count;
	return all <= tiles_most(plan, tiles_box(plan, box, false)) ? 0 : tiles_most(plan, tiles_box(plan, box, true));
}

static struct tiles tiles_make(const struct plan *plan, struct rect box, size_t count)
{
	struct tiles tiles = {.gap = gap_of(plan)};
	int low = tile_height(plan, false), tall = tile_height(plan, true);
	int least = box.h >= tall ? tall : low;
	int columns = max_int((box.w + tiles.gap) / (tile_width(plan, least) + tiles.gap), 1);
	tiles.rows = max_int(((int)count + columns - 1) / columns, 1);
	tiles.columns = max_int(((int)count + tiles.rows - 1) / tiles.rows, 1);
	tiles.height = min_int((box.h + tiles.gap) / tiles.rows - tiles.gap, max_int(du(plan, 116), least));
	return tiles;
}

static void place_tile_put(struct plan *plan, struct rect box, const struct model_row *row)
{
	struct state_look look = theme_state(plan->theme, row->state);
	int index = put(plan, (struct widget){
				      .id = row->id,
				      .role = role_of(plan, &row->action),
				      .parent = -1,
				      .box = box,
				      .fill = look.fill,
				      .fill_rgb = look.fill_rgb,
				      .fill2_rgb = look.fill2_rgb,
				      .border_rgb = look.border_rgb,
				      .border_px = look.border_rgb ? du(plan, 3) : 0,
				      .is_dashed = look.is_dashed,
				      .radius_px = min_int(du(plan, 18), box.h / 4),
				      .spoken = row->spoken,
				      .fg = look.fg,
				      .bg = look.fill2_rgb,
				      .action = row->action,
			      });
	struct font words = font_make(plan, 23, WEIGHT_SEMIBOLD);
	struct rect inner = rect_inset(box, du(plan, 14), du(plan, 6));
	bool is_tall = box.h >= tile_height(plan, true);
	struct font number = font_make(plan, is_tall ? 38 : 28, WEIGHT_BOLD);
	struct rect top = is_tall ? rect_cut_top(&inner, number.line_px) : inner;
	int icon = min_int(number.px * 30 / 38, top.w / 3);
	struct rect mark = rect_cut_right(&top, look.icon == ICON_NONE ? 0 : icon);
	number = fit_font(plan, number, row->tile, top.w, 0.5);
	put_text(plan, index, top, number, look.fg, look.fill2_rgb, ALIGN_START,
		 fit_line(plan, number, row->tile, top.w));
	if (look.icon != ICON_NONE) {
		put_icon(plan, index, mark, look.icon, icon, look.fg, look.fill2_rgb);
	}
	if (is_tall) {
		struct font smaller = fit_font(plan, words, row->line, inner.w, 0.8);
		bool is_whole = !row->line_short[0] || words_fit(plan, smaller, row->line, inner.w);
		const char *text = is_whole ? row->line : row->line_short;
		words = fit_font(plan, words, text, inner.w, 0.8);
		put_text(plan, index, rect_cut_top(&inner, words.line_px + du(plan, 6)), words, look.fg, look.fill2_rgb,
			 ALIGN_START, fit_line(plan, words, text, inner.w));
	}
}

static void tiles_put(struct plan *plan, struct rect row, struct grid_span span)
{
	size_t to = span.to < plan->model->row_count ? span.to : plan->model->row_count;
	struct rect box = tiles_box(plan, row, span.pages > 1);
	struct tiles tiles = tiles_make(plan, box, to - span.from);
	plan->overflows |= tiles.height < plan->target_px;
	if (span.pages > 1) {
		row.h = tiles.rows * (tiles.height + tiles.gap) - tiles.gap;
		arrow_put(plan, -1, rect_cut_left(&row, arrow_side(plan)), -1);
		arrow_put(plan, -1, rect_cut_right(&row, arrow_side(plan)), 1);
	}
	for (size_t i = span.from; i < to; i++) {
		int index = (int)(i - span.from);
		struct rect cell = rect_column(box, index % tiles.columns, tiles.columns, tiles.gap);
		cell.y += index / tiles.columns * (tiles.height + tiles.gap);
		cell.h = tiles.height;
		place_tile_put(plan, cell, &plan->model->rows[i]);
	}
}

/* The headings. */

static void heading_put(struct plan *plan, struct rect box, const char *text, const char *hint)
{
	const struct theme *theme = plan->theme;
	struct font font = heading_font(plan), small = font_make(plan, 25, WEIGHT_REGULAR);
	if (box.h == 0) {
		return;
	}
	font = fit_font(plan, font, text, box.w, 0.7);
	put_text(plan, -1, rect_cut_left(&box, min_int(words_width(plan, font, text) + 2, box.w)), font, theme->ink,
		 theme->card, ALIGN_START, fit_line(plan, font, text, box.w));
	rect_cut_left(&box, du(plan, 16));
	put_text(plan, -1, box, small, theme->muted, theme->card, ALIGN_START, fit_whole(plan, small, hint, box.w, 1));
}

static void people_part_put(struct plan *plan, const struct zone *zone)
{
	const struct model *model = plan->model;
	bool is_busy = model->waiting_count > 0 && !zone->has_lines;
	heading_put(plan, zone->people_head, model->waiting_heading, is_busy ? model->waiting_hint : "");
	if (model->waiting_count == 0) {
		struct font font = font_make(plan, 24, WEIGHT_REGULAR);
		const char *text = model->waiting_empty;
		int lines = max_int(zone->people.h / font.line_px, 1);
		put_text(plan, -1, zone->people, font, plan->theme->muted, plan->theme->card, ALIGN_START,
			 fit_wrap(plan, font, text, zone->people.w, lines));
	} else if (zone->has_lines) {
		waiting_lines_put(plan, zone->people, zone->columns);
	} else {
		people_row_put(plan, zone->people);
	}
}

/* What can only be read. */

static void reading_side_put(struct plan *plan, struct rect side)
{
	const struct model *model = plan->model;
	static const struct {
		size_t meetings;
		enum host_size host;
	} steps[] = {{2, HOST_FULL}, {1, HOST_FULL}, {3, HOST_COMPACT}, {2, HOST_COMPACT}, {1, HOST_COMPACT}};
	int gap = du(plan, 18);
	size_t last = sizeof(steps) / sizeof(steps[0]) - 1;
	for (size_t i = 0; i <= last; i++) {
		size_t shown = model->meeting_count < steps[i].meetings ? model->meeting_count : steps[i].meetings;
		int host = model->host.shown ? host_height(plan, steps[i].host) : 0;
		int meetings = model->meetings_heading[0] ? meetings_height(plan, shown) : 0;
		if (meetings + (meetings && host ? gap : 0) + host > side.h) {
			continue;
		}
		if (meetings) {
			meetings_put(plan, rect_cut_top(&side, host ? meetings : side.h), shown);
			rect_cut_top(&side, gap);
		}
		if (host) {
			host_put(plan, side, steps[i].host);
		}
		return;
	}
}

static struct grid_span reading_put(struct plan *plan, struct rect body)
{
	struct grid_span span;
	if (plan->model->closed.is_shown) {
		if (!plan->is_list && !plan->is_portrait) {
			reading_side_put(plan, rect_cut_right(&body, du(plan, 560)));
			rect_cut_right(&body, du(plan, 28));
		}
		closed_put(plan, body);
		return (struct grid_span){0, plan->model->row_count, 1};
	}
	if (plan->is_list) {
		span = places_span(plan, body);
		plan->overflows |= body.h < places_height(plan, 1);
		places_put(plan, body);
		return span;
	}
	if (plan->is_portrait) {
		int most = body.h - grid_least_height(plan) - (int)plan->model->row_count * du(plan, 30);
		int wish = meetings_height(plan, plan->model->meeting_count > 1 ? 2 : 1) + du(plan, 18) +
			   (plan->model->host.shown ? host_height(plan, HOST_COMPACT) : 0);
		if (wish <= most) {
			reading_side_put(plan, rect_cut_top(&body, wish));
			rect_cut_top(&body, du(plan, 18));
		}
	} else {
		reading_side_put(plan, rect_cut_right(&body, du(plan, 560)));
		rect_cut_right(&body, du(plan, 28));
	}
	plan->overflows |= body.h < grid_least_height(plan);
	span = grid_span(plan, body);
	grid_put(plan, body);
	return span;
}

void reach_put(struct plan *plan)
{
	const struct model *model = plan->model;
	struct rect rest = {0, 0, plan->ui->width, plan->ui->height};
	struct rect low = rect_cut_bottom(&rest, (int)(rest.h * reach_share));
	put_fill(plan, -1, low, plan->theme->card, 0);
	struct rect footer = rect_cut_bottom(&low, footer_height(plan));
	rect_cut_top(&low, du(plan, 10));
	low = rect_inset(low, margin_of(plan), 0);
	undo_row_put(plan, &low, footer_room(plan));
	plan->is_tight = true;
	struct zone zone = zone_make(plan, low);
	plan->is_tight = false;
	header_put(plan, rect_cut_top(&rest, header_height(plan, rest.w)));
	struct rect body = rect_inset(rest, margin_of(plan), 0);
	notes_put(plan, &body);
	rect_cut_bottom(&body, du(plan, 14));
	plan->is_reading = true;
	plan->rows_most = rows_with_tiles(plan, zone.tiles);
	struct grid_span span = reading_put(plan, body);
	plan->is_reading = false;
	plan->rows_most = 0;
	plan->is_tight = true;
	people_part_put(plan, &zone);
	heading_put(plan, zone.tiles_head, model->places_heading, model->places_hint);
	tiles_put(plan, zone.tiles, span);
	plan->is_tight = false;
	footer_put(plan, footer);
}
