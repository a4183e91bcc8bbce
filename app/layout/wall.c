/* The wall display: nobody touches it, and everybody reads it from a distance, which decides the sizes. What does not
 * fit is counted, never paged. What gives way first, when there is too little room: the host, the coming meetings, the
 * ends of the meetings and who holds them, the tiles of the desks, and then the meetings elsewhere. */
#include "wall_private.h"

#include <string.h>

#include "app/base/arena.h"
#include "app/base/limits.h"
#include "fit_private.h"

static void note_put(struct plan *plan, struct rect *rest, bool is_right)
{
	const char *age = age_note(plan);
	if (!age) {
		return;
	}
	struct font font = font_make(plan, 32, WEIGHT_REGULAR);
	struct rect row = rect_cut_bottom(rest, font.line_px);
	font = fit_font(plan, font, age, row.w, 0.7);
	int note = put_text(plan, -1, row, font, plan->theme->muted, plan->theme->paper,
			    is_right ? ALIGN_END : ALIGN_START, fit_line(plan, font, age, row.w));
	if (note >= 0) {
		widget_at(plan, note)->id = notes_are_bad(plan) ? "age" : "note";
	}
	rect_cut_bottom(rest, du(plan, 24));
}

/* The meetings of the day as cards, with the free room and the desks at the foot. */

static int gap_above(const struct plan *plan, int height)
{
	return height > 0 ? height + du(plan, 16) : 0;
}

static int main_height(const struct plan *plan, const struct wall_form *form, int width)
{
	return cards_height(plan, form, width) + gap_above(plan, foot_height(plan, form, width)) +
	       gap_above(plan, strip_height(plan, width));
}

static void main_put(struct plan *plan, const struct wall_form *form, struct rect body)
{
	int strip = strip_height(plan, body.w), foot = foot_height(plan, form, body.w);
	if (strip) {
		strip_put(plan, rect_cut_bottom(&body, strip));
		rect_cut_bottom(&body, du(plan, 16));
	}
	if (foot) {
		foot_put(plan, form, rect_cut_bottom(&body, foot));
		rect_cut_bottom(&body, du(plan, 16));
	}
	cards_put(plan, form, &body);
}

/* An empty day: the desks are what matters, so their tiles take the place of the meetings. */

enum { BIG_TILE = 240, LEAST_TILE = 94 }; /* design units */

struct quiet {
	struct font desks, small;
	int line_h, foot, tile_w, tile_h, gap, columns;
	const char *take;
};

static size_t desk_total(const struct model *model)
{
	size_t count = 0;
	for (size_t i = 0; i < model->row_count; i++) {
		count += model->rows[i].kind == PLACE_DESK;
	}
	return count;
}

static struct quiet quiet_make(const struct plan *plan, const struct wall_form *form, struct rect body)
{
	const struct model *model = plan->model;
	struct quiet quiet = {.desks = font_make(plan, 58, WEIGHT_BOLD), .small = form->detail, .gap = du(plan, 24)};
	quiet.take = fit_whole(plan, quiet.small, model->desks_take, body.w, 2);
	quiet.line_h = quiet.desks.line_px + words_height(quiet.small, quiet.take);
	quiet.foot = foot_height(plan, form, body.w - 2 * form->pad_x);
	int width = body.w - 2 * form->pad_x;
	int height = body.h - quiet.line_h - gap_above(plan, quiet.foot) - 3 * quiet.gap;
	int count = max_int((int)desk_total(model), 1), best = 0;
	for (int columns = 1; columns <= count; columns++) {
		int lines = (count + columns - 1) / columns;
		int tile_w = (width - (columns - 1) * quiet.gap) / columns;
		int tile_h = (height - (lines - 1) * quiet.gap) / lines;
		int side = min_int(tile_w, tile_h);
		if (side > best) {
			best = side;
			quiet.columns = columns;
			quiet.tile_w = min_int(tile_w, du(plan, BIG_TILE));
			quiet.tile_h = min_int(tile_h, du(plan, BIG_TILE));
		}
	}
	return quiet;
}

static bool quiet_fits(const struct plan *plan, const struct quiet *quiet)
{
	struct font number = font_make(plan, 40, WEIGHT_BOLD);
	int least = max_int(du(plan, LEAST_TILE), number.line_px * 2);
	return desk_total(plan->model) > 0 && min_int(quiet->tile_w, quiet->tile_h) >= least;
}

static void quiet_tiles_put(struct plan *plan, const struct quiet *quiet, int card, struct rect box)
{
	const struct model *model = plan->model;
	const struct action none = {.id = "", .place = ""};
	struct font number = font_sized(plan, min_int(quiet->tile_w, quiet->tile_h) * 2 / 5, WEIGHT_BOLD);
	int count = (int)desk_total(model), lines = (count + quiet->columns - 1) / quiet->columns, at = 0;
	struct rect grid = rect_centred(box, quiet->columns * (quiet->tile_w + quiet->gap) - quiet->gap,
					lines * (quiet->tile_h + quiet->gap) - quiet->gap);
	for (size_t i = 0; i < model->row_count; i++) {
		if (model->rows[i].kind != PLACE_DESK) {
			continue;
		}
		struct rect tile = {grid.x + at % quiet->columns * (quiet->tile_w + quiet->gap),
				    grid.y + at / quiet->columns * (quiet->tile_h + quiet->gap), quiet->tile_w,
				    quiet->tile_h};
		tile_put(plan, card, tile, number, &model->rows[i], &none);
		at++;
	}
}

static void quiet_desks_put(struct plan *plan, const struct quiet *quiet, struct rect box)
{
	const struct theme *theme = plan->theme;
	bool is_free = plan->model->desks_are_free;
	uint32_t fg = is_free ? theme->leaf_text : theme->muted;
	struct rect line = rect_cut_top(&box, quiet->desks.line_px);
	struct font font = quiet->desks;
	if (is_free) {
		int icon = font.px * 9 / 10;
		put_icon(plan, -1, rect_cut_left(&line, icon), ICON_RING, icon, fg, theme->paper);
		rect_cut_left(&line, font.px / 3);
	}
	font = fit_font(plan, font, desks_line(plan, font, INT16_MAX), line.w, 0.7);
	int index = put_text(plan, -1, line, font, fg, theme->paper, ALIGN_START, desks_line(plan, font, line.w));
	if (index >= 0) {
		widget_at(plan, index)->id = "desks";
	}
	put_text(plan, -1, box, quiet->small, theme->ink, theme->paper, ALIGN_START, quiet->take);
}

static void quiet_put(struct plan *plan, const struct wall_form *form, const struct quiet *quiet, struct rect body)
{
	quiet_desks_put(plan, quiet, rect_cut_bottom(&body, quiet->line_h));
	rect_cut_bottom(&body, quiet->gap);
	int card = put_card(plan, -1, body);
	struct rect inner = rect_inset(body, form->pad_x, quiet->gap);
	if (quiet->foot) {
		struct rect foot = rect_cut_bottom(&inner, quiet->foot);
		foot_put(plan, form, foot);
		rect_cut_bottom(&inner, du(plan, 16));
	}
	if (!map_wall_put(plan, card, inner)) {
		quiet_tiles_put(plan, quiet, card, inner);
	}
}

/* Puts what the body is for, when it fits. */
static bool body_put(struct plan *plan, const struct wall_form *form, struct rect body)
{
	const struct model *model = plan->model;
	size_t meetings = model->wall_meeting_count + model->wall_more_here + model->wall_more_elsewhere;
	if (model->wall_is_quiet && meetings == 0 && model->desks[0]) {
		struct quiet quiet = quiet_make(plan, form, body);
		if (quiet_fits(plan, &quiet)) {
			quiet_put(plan, form, &quiet, body);
			return true;
		}
	}
	plan->is_tight = main_height(plan, form, body.w) > body.h;
	bool fits = main_height(plan, form, body.w) <= body.h;
	if (fits) {
		main_put(plan, form, body);
	}
	plan->is_tight = false;
	return fits;
}

/* The screen as a whole. */

static bool has_side(const struct plan *plan)
{
	return plan->model->host.shown || plan->model->meetings_heading[0];
}

/* The host stands at the foot, unless it would leave no room for two meetings. */
static void side_put(struct plan *plan, struct rect side)
{
	size_t count = plan->model->meeting_count;
	int height = host_wall_height(plan, side.w);
	if (height > 0 && side.h >= height + du(plan, 20) + coming_height(plan, side.w, count < 2 ? count : 2)) {
		int free = side.h - height - coming_height(plan, side.w, count < 3 ? count : 3);
		rect_cut_bottom(&side, clamp_int(free * 2 / 3, 0, du(plan, 84)));
		host_wall_put(plan, rect_cut_bottom(&side, height));
		rect_cut_bottom(&side, du(plan, 20));
	}
	coming_put(plan, &side);
}

static bool landscape_put(struct plan *plan, const struct wall_form *form, struct rect body)
{
	size_t before = plan->ui->count;
	int heading = words_width(plan, form->heading, plan->model->meetings_heading);
	int wish = max_int(du(plan, 588), heading + du(plan, 40));
	int least = form->time_w + 2 * form->pad_x + words_width(plan, form->title, "Mmmmmmmmm");
	if (has_side(plan) && body.w - wish - du(plan, 54) > least) {
		struct rect rest = body, side = rect_cut_right(&rest, wish);
		rect_cut_right(&rest, du(plan, 54));
		if (body_put(plan, form, rest)) {
			rect_cut_top(&side, du(plan, 8));
			note_put(plan, &side, true);
			side_put(plan, side);
			return true;
		}
	}
	plan->ui->count = before;
	note_put(plan, &body, true);
	return body_put(plan, form, body);
}

/* How much of the lower part fits in portrait: two meetings beside the host are better than three without it. */
struct lower {
	size_t coming;
	bool has_host;
};

static int lower_height(const struct plan *plan, int width, struct lower lower)
{
	int coming = coming_height(plan, width, lower.coming), host = host_wall_height(plan, width);
	bool has_coming = lower.coming > 0 || plan->model->meeting_count == 0;
	return (has_coming && coming > 0 ? coming + du(plan, 28) : 0) + (lower.has_host ? host + du(plan, 36) : 0);
}

static struct lower lower_make(const struct plan *plan, int width, int room)
{
	static const struct lower forms[] = {{3, true}, {2, true}, {1, true}, {3, false}, {2, false}, {1, false}};
	size_t most = plan->model->meeting_count;
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		struct lower form = forms[i];
		bool is_wish = form.coming > 1 || most < 2; /* one meeting is too few where there are more */
		form.coming = form.coming < most ? form.coming : most;
		form.has_host = form.has_host && host_wall_height(plan, width) > 0;
		if ((is_wish || !form.has_host) && lower_height(plan, width, form) <= room) {
			return form;
		}
	}
	return (struct lower){0, false};
}

static bool portrait_put(struct plan *plan, const struct wall_form *form, struct rect body)
{
	note_put(plan, &body, true);
	rect_cut_top(&body, du(plan, 16));
	int room = body.h - main_height(plan, form, body.w);
	if (room < 0) {
		return false;
	}
	struct lower lower = lower_make(plan, body.w, room);
	if (lower.has_host) {
		host_wall_put(plan, rect_cut_bottom(&body, host_wall_height(plan, body.w)));
		rect_cut_bottom(&body, du(plan, 36));
		lower.has_host = false;
	}
	int coming = lower_height(plan, body.w, lower);
	if (coming > 0 && coming <= room) {
		struct rect box = rect_cut_bottom(&body, coming - du(plan, 28));
		coming_put(plan, &box);
		rect_cut_bottom(&body, du(plan, 28));
	}
	return body_put(plan, form, body);
}

void wall_put(struct plan *plan)
{
	struct rect rest = {0, 0, plan->ui->width, plan->ui->height};
	struct wall_form form = wall_form(plan);
	bool is_large = wall_is_large(plan);
	wall_header_put(plan, rect_cut_top(&rest, wall_header_height(plan, rest.w)));
	struct rect body = rect_inset(rest, du(plan, is_large ? 40 : 64), 0);
	rect_cut_bottom(&body, du(plan, is_large ? 10 : 40));
	notices_put(plan, &body);
	struct rect below = body;
	size_t before = plan->ui->count;
	notes_put(plan, &below);
	if (below.h >= plan->floor_px * WALL_LINES_MIN) {
		body = below;
		before = plan->ui->count;
	}
	plan->ui->count = before;
	bool fits = plan->is_portrait ? portrait_put(plan, &form, body) : landscape_put(plan, &form, body);
	if (!fits) {
		plan->ui->count = before;
		if (!is_large) {
			note_put(plan, &body, true);
		}
		rows_put(plan, &form, body);
	}
}
