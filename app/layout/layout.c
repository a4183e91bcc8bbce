/* See layout.h. This file chooses the theme, the scale and the screens. A part that does not fit is made again with
 * smaller type, down to the smallest readable size. */
#include "layout.h"

#include <math.h>
#include <string.h>
#include <stdlib.h>

#include "app/base/arena.h"
#include "parts_private.h"

/* In Inter the height of a capital letter is this share of the em. */
static const double cap_share = 0.727;
/* A capital letter is never lower than this angle, in radians: 16 minutes of arc. */
static const double least_arc = 16.0 / 60 * 3.14159265358979 / 180;
/* Above this text size a capital letter is never lower than 0.7 degrees (EN 301 549, 5.1.4), on a screen that is large
 * enough for that. */
static const double large_type = 1.3, large_arc = 0.7 * 3.14159265358979 / 180, large_units = 38;
/* The wall: a capital letter is at least this share of the distance. */
static const double wall_cap_share = 1.0 / 200;
static const double target_mm = 12, main_mm = 20, gap_mm = 3;

static double font_px_of_arc(const struct plan *plan, double arc)
{
	double cap_mm = plan->screen->distance_m * 1000 * tan(arc);
	return cap_mm * plan->screen->px_per_mm / cap_share;
}

/* A wall that is too far away for its size still has room for a time and a title. */
static int wall_floor_px(const struct layout_screen *screen)
{
	double wanted = screen->distance_m * 1000 * wall_cap_share * screen->px_per_mm / cap_share;
	return min_int((int)ceil(wanted), min_int(screen->height_px / 8, screen->width_px / 14));
}

static struct plan plan_make(const struct model *model, const struct layout_screen *screen,
			     const struct measure *measure, struct ui *ui)
{
	bool is_wall = model->mode == MODE_WALL;
	struct plan plan = {.model = model, .screen = screen, .measure = measure, .ui = ui};
	bool is_dark = is_wall || model->view == VIEW_NIGHT;
	plan.theme = theme_get(is_dark, screen->high_contrast);
	plan.is_portrait = screen->height_px > screen->width_px;
	double w = plan.is_portrait ? 1080 : 1920, h = plan.is_portrait ? 1920 : 1080;
	plan.is_list = !is_wall && (screen->text_percent > 130 || max_int(screen->width_px, screen->height_px) < 1280);
	plan.unit = fmin(screen->width_px / w, screen->height_px / h);
	plan.type = screen->text_percent / 100.0;
	plan.target_px = (int)ceil(target_mm * screen->px_per_mm);
	plan.main_px = (int)ceil(main_mm * screen->px_per_mm);
	plan.gap_px = (int)ceil(gap_mm * screen->px_per_mm);
	/* On a small screen touch targets come first, but one button never takes a third of the screen. */
	plan.target_px = min_int(plan.target_px, screen->height_px / 7);
	plan.main_px = min_int(plan.main_px, screen->height_px / 5);
	plan.gap_px = min_int(plan.gap_px, screen->height_px / 40);
	int readable = (int)ceil(font_px_of_arc(&plan, least_arc)), tiny = max_int(8, du(&plan, 14));
	/* The person who sets the machine up stands beside it. */
	bool is_far = is_wall && model->view != VIEW_SETUP;
	plan.floor_px = is_far ? wall_floor_px(screen) : 0;
	plan.is_brief = plan.floor_px * 13 > screen->height_px || plan.floor_px * 17 > screen->width_px;
	plan.smallest_px = is_far ? max_int(tiny, plan.floor_px) : clamp_int(readable, tiny, du(&plan, 24));
	plan.large_px = min_int((int)ceil(font_px_of_arc(&plan, large_arc)), du(&plan, large_units));
	ui->width = screen->width_px;
	ui->height = screen->height_px;
	ui->paper = plan.theme->paper;
	return plan;
}

/* Returns the next smaller type. No size that can be chosen is passed over, so that a larger one is never smaller. */
static double smaller_type(double type)
{
	static const double chosen[] = {1.3, 1};
	for (size_t i = 0; i < sizeof(chosen) / sizeof(chosen[0]); i++) {
		if (type > chosen[i] && type * 0.94 < chosen[i]) {
			return chosen[i];
		}
	}
	return type * 0.94;
}

/* Puts a part, and again with type a step smaller as long as it does not fit. */
static bool put_smaller(struct plan *plan, void (*part)(struct plan *plan))
{
	size_t before = plan->ui->count;
	double wish = plan->type;
	int smallest_px = plan->smallest_px;
	plan->overflows = true;
	for (double type = wish; type >= 0.55 && plan->overflows; type = smaller_type(type)) {
		plan->ui->count = before;
		plan->overflows = false;
		plan->type = type;
		plan->smallest_px = type > large_type ? max_int(smallest_px, plan->large_px) : smallest_px;
		part(plan);
	}
	plan->type = wish;
	plan->smallest_px = smallest_px;
	return !plan->overflows;
}

/* On a panel as small as a hand the main buttons become as low as the others before any text is cut. */
static void put_fitting(struct plan *plan, void (*part)(struct plan *plan))
{
	size_t before = plan->ui->count;
	int main_px = plan->main_px;
	if (!put_smaller(plan, part) && main_px > plan->target_px) {
		plan->ui->count = before;
		plan->main_px = plan->target_px;
		put_smaller(plan, part);
		plan->main_px = main_px;
	}
}

/* A touch beside the sheet closes it. */
static void cover(struct plan *plan)
{
	for (size_t i = 0; i < plan->ui->count; i++) {
		plan->ui->widgets[i].is_covered = true;
		plan->ui->widgets[i].enabled = false;
	}
	const struct model_sheet *sheet = &plan->model->sheet;
	bool has_action = sheet->outside.kind != ACTION_NONE && sheet->button_count > 0;
	put(plan, (struct widget){
			  .id = has_action ? "outside" : "",
			  .role = has_action ? UI_BUTTON : UI_GROUP,
			  .parent = -1,
			  .box = {0, 0, plan->ui->width, plan->ui->height},
			  .fill = FILL_SOLID,
			  .fill_rgb = plan->theme->scrim,
			  .fill2_rgb = plan->theme->scrim,
			  .spoken = has_action ? sheet->buttons[sheet->button_count - 1].text : "",
			  .action = sheet->outside,
			  .is_backdrop = has_action,
		  });
}

/* Sheets of one form need nothing of their own. */
static void (*sheet_of(const struct model *model))(struct plan *plan)
{
	switch (model->view) {
	case VIEW_ALL:
		return all_put;
	case VIEW_MEETINGS:
		return meetings_all_put;
	case VIEW_WEEK:
		return week_put;
	case VIEW_INFO:
		return info_put;
	case VIEW_HOST: /* without a table of hosts, and below without the meeting, there are only words */
		return model->detail.region[0] ? host_sheet_put : sheet_put;
	case VIEW_MEETING:
		return model->detail.day[0] ? meeting_sheet_put : sheet_put;
	default:
		return sheet_put;
	}
}

static void screens_put(struct plan *plan)
{
	switch (plan->model->view) {
	case VIEW_DONE:
		put_fitting(plan, done_put);
		return;
	case VIEW_NIGHT:
		put_fitting(plan, night_put);
		return;
	case VIEW_SETUP:
		put_fitting(plan, setup_put);
		return;
	default:
		break;
	}
	put_fitting(plan, plan->model->mode == MODE_WALL ? wall_put : home_put);
	if (plan->model->view != VIEW_HOME) {
		cover(plan);
		put_fitting(plan, sheet_of(plan->model));
	}
}

/* On the home screen the keyboard begins with the first check-in that is awaited. */
static const char *first_of(const struct model *model, struct arena *arena)
{
	const char *id = model->view == VIEW_HOME && model->waiting_count > 0 ? model->waiting[0].id : "";
	return arena_copy(arena, id, strlen(id));
}

/* Moves everything down, to make room at the top for the caption: what can be reached low stays low. A backdrop fills
 * the screen. */
static void lower(struct ui *ui, int by_px)
{
	for (size_t i = 0; i < ui->count; i++) {
		struct widget *widget = &ui->widgets[i];
		struct ui_point *points = arena_alloc(ui->arena, widget->dots.count * sizeof(*points));
		widget->box.y += by_px;
		for (size_t dot = 0; points && dot < widget->dots.count; dot++) {
			points[dot] = (struct ui_point){widget->dots.points[dot].x, widget->dots.points[dot].y + by_px};
		}
		widget->dots.points = points ? points : widget->dots.points;
		if (widget->is_backdrop) {
			widget->box = (struct rect){0, 0, ui->width, ui->height};
		}
	}
}

struct ui *layout_create(const struct model *model, const struct layout_screen *screen, const struct measure *measure)
{
	struct arena *arena = arena_create();
	struct ui *ui = arena ? arena_alloc(arena, sizeof(*ui)) : NULL;
	if (!ui) {
		arena_destroy(arena);
		return NULL;
	}
	ui->arena = arena;
	ui->first = first_of(model, arena);
	struct layout_screen above = *screen;
	struct plan plan = plan_make(model, screen, measure, ui);
	bool has_caption = model->caption.is_shown && model->view != VIEW_NIGHT;
	int caption_px = has_caption ? caption_height(&plan) : 0;
	above.height_px -= caption_px;
	struct plan whole = plan;
	plan = plan_make(model, &above, measure, ui);
	plan.target_px = whole.target_px; /* a finger is as large as without it */
	plan.main_px = whole.main_px;
	plan.gap_px = whole.gap_px;
	screens_put(&plan);
	ui->height = screen->height_px;
	if (caption_px > 0) {
		struct rect bar = {0, screen->low_reach ? 0 : above.height_px, screen->width_px, caption_px};
		lower(ui, screen->low_reach ? caption_px : 0);
		caption_put(&plan, bar);
	}
	if (model->caption.is_dark) {
		dark_put(&plan);
	}
	if (arena_failed(arena)) {
		arena_destroy(arena);
		return NULL;
	}
	return ui;
}

void layout_destroy(struct ui *ui)
{
	if (ui) {
		arena_destroy(ui->arena);
	}
}
