/* See model.h. Makes the frame that every screen has, and calls each part. */
#include "app/base/limits.h"
#include "private.h"

#include <stdlib.h>
#include <string.h>

#include "ical/civil.h"

/* The model and what it owns: freed together. */
struct owned_model {
	struct model model; /* first: model_destroy gets its address */
	struct arena *arena;
};

static void make_header(struct maker *maker)
{
	struct model *model = maker->model;
	const struct config *config = maker->config;
	bool is_wall = config->mode == MODE_WALL;
	const char *first = is_wall ? config->office : config->region;
	int64_t local_s = zone_local(config->zone, maker->time->now_utc);
	model->office = config->office;
	model->subtitle = first[0] && config->address[0] ? arena_print(maker->arena, "%s · %s", first, config->address)
							 : arena_print(maker->arena, "%s%s", first, config->address);
	model->date = words_date(maker->arena, maker->today);
	model->date_short = words_date_brief(maker->arena, maker->today);
	model->week = words_week(maker->arena, maker->today);
	model->clock = words_clock(maker->arena, config->zone, maker->time->now_utc);
	model->minute_of_day = (int)((local_s - (int64_t)maker->today * DAY_S) / 60);
	changes_at(maker, maker->time->now_utc + 60 - (local_s % 60 + 60) % 60);
	model->previous_page = tr("Previous desks");
	model->next_page = tr("More desks");
	model->previous_short = tr("Previous");
	model->next_short = tr("Next");
	model->more_format = tr("+%d more");
	model->page_format = tr("Page %d of %d");
}

/* Returns whether a block is in that state; a booker's absence has one icon, whether the place may be taken or not. */
static bool is_shown(const struct model *model, enum shown_state state)
{
	for (size_t i = 0; i <= model->row_count; i++) {
		const struct model_row *row = i < model->row_count ? &model->rows[i] : &model->unplaced;
		for (size_t k = 0; k < row->block_count; k++) {
			if (row->blocks[k].state == state) {
				return true;
			}
		}
	}
	return false;
}

/* The usual states are always explained, so that the legend does not change all day; the others when they are shown. */
static void make_legend(struct maker *maker)
{
	static const struct {
		enum shown_state state;
		bool is_usual;
	} items[] = {{SHOWN_FREE, false},   {SHOWN_BOOKED, true},   {SHOWN_WAITING, true}, {SHOWN_CHECKED_IN, true},
		     {SHOWN_NO_SHOW, true}, {SHOWN_ONGOING, false}, {SHOWN_UNKNOWN, false}};
	enum { COUNT = sizeof(items) / sizeof(items[0]) };
	struct model *model = maker->model;
	struct model_legend *legend = arena_alloc(maker->arena, COUNT * sizeof(*legend));
	for (size_t i = 0; legend && i < COUNT; i++) {
		if (items[i].is_usual || is_shown(model, items[i].state)) {
			legend[model->legend_count++] =
				(struct model_legend){.state = items[i].state, .text = state_word(items[i].state)};
		}
	}
	model->legend = legend;
}

/* Says how to get a place without a booking, as far as that is possible now. */
static void make_hint(struct maker *maker)
{
	const struct model *model = maker->model;
	maker->model->hint = "";
	if (model->free[0] && model->free_state != SHOWN_TAKEN) {
		maker->model->hint = model->free_state == SHOWN_UNKNOWN ? tr("Need a desk? Ask the office.")
									: tr("No booking? Tap a green desk.");
	}
}

static void add_footer(struct maker *maker, struct model_button button)
{
	if (maker->model->footer) {
		maker->model->footer[maker->model->footer_count++] = button;
	}
}

/* Within low reach there are no cards that can be touched, so the buttons open what these would. */
static void make_footer(struct maker *maker)
{
	struct model *model = maker->model;
	bool is_low = maker->visit->low_reach;
	if (maker->config->mode == MODE_WALL) {
		return;
	}
	model->footer = arena_alloc(maker->arena, FOOTER_BUTTONS_MAX * sizeof(*model->footer));
	if (is_low && model->meetings_heading[0]) {
		add_footer(maker, model->meetings_button);
	}
	if (is_low && model->host.shown) {
		add_footer(maker, model->host.button);
	}
	if (is_low && maker->config->floorplan && !model->closed.is_shown) {
		add_footer(maker, map_button(maker, !maker->visit->shows_map));
	}
	const char *next = i18n_next(maker->visit->language);
	struct action change = {.kind = ACTION_LANGUAGE, .id = keep(maker, next), .place = ""};
	if (week_is_offered(maker)) {
		add_footer(maker,
			   button_make("week", tr("This week"), BUTTON_SECONDARY, action_open(maker, VIEW_WEEK, "")));
	}
	if (maker->config->info_count > 0) {
		add_footer(maker, button_make("info", tr("Good to know"), BUTTON_SECONDARY,
					      action_open(maker, VIEW_INFO, "")));
	}
	add_footer(maker, button_make("lang", keep(maker, i18n_name(next)), BUTTON_SECONDARY, change));
	add_footer(maker,
		   button_make("access", tr("Accessibility"), BUTTON_SECONDARY, action_open(maker, VIEW_ACCESS, "")));
	if (is_low) {
		add_footer(maker, reach_button(maker, BUTTON_PRIMARY));
	}
}

static void make_home(struct maker *maker)
{
	make_rows(maker);
	make_closed(maker);
	make_legend(maker);
	make_hint(maker);
	make_waiting(maker);
	make_meetings(maker);
	make_host(maker);
	make_footer(maker);
	make_notes(maker);
	make_wall(maker);
	make_map(maker);
}

static void make_view(struct maker *maker)
{
	switch (maker->model->view) {
	case VIEW_SHEET:
		if (!make_booking_sheet(maker)) {
			make_free_sheet(maker);
		}
		break;
	case VIEW_FREE:
		make_free_sheet(maker);
		break;
	case VIEW_MOVE:
		make_move_sheet(maker);
		break;
	case VIEW_MEETING:
		make_meeting_sheet(maker);
		break;
	case VIEW_MEETINGS:
		make_meetings_sheet(maker);
		break;
	case VIEW_HOST:
		make_host_sheet(maker);
		break;
	case VIEW_ALL:
		make_all_sheet(maker);
		break;
	case VIEW_WEEK:
		make_week_sheet(maker);
		break;
	case VIEW_INFO:
		make_info_sheet(maker);
		break;
	case VIEW_ACCESS:
		make_access_sheet(maker);
		break;
	case VIEW_STILL_THERE:
		make_still_there_sheet(maker);
		break;
	case VIEW_TROUBLE:
		make_trouble_sheet(maker);
		break;
	case VIEW_SETUP:
		make_setup_sheet(maker);
		break;
	case VIEW_DONE:
		make_done(maker);
		break;
	case VIEW_HOME:
	case VIEW_MAP:
		make_undo_strip(maker);
		break;
	case VIEW_NIGHT:
		break;
	}
	make_caption(maker);
}

/* Sets every pointer that a view may leave out, so that none is ever NULL. */
static void make_empty(struct model *model)
{
	const struct model_button none = {.id = "", .text = "", .spoken = "", .action = no_action};
	model->sheet = (struct model_sheet){.status = "",
					    .title = "",
					    .subtitle = "",
					    .card_name = "",
					    .card_times = "",
					    .second_name = "",
					    .second_times = "",
					    .longer_title = "",
					    .longer_note = "",
					    .question = "",
					    .warning = "",
					    .note = "",
					    .outside = no_action,
					    .place = {.id = "", .where = "", .equipment = "", .day_title = ""},
					    .code = "",
					    .code_title = "",
					    .code_text = "",
					    .code_spoken = ""};
	model->detail = (struct model_detail){.region = "",
					      .municipalities = "",
					      .host_now = "",
					      .host_next = "",
					      .year_heading = "",
					      .host_heading = "",
					      .vice_heading = "",
					      .day = "",
					      .month = "",
					      .where_title = "",
					      .where_text = "",
					      .where_spoken = ""};
	model->days = (struct model_week){.desks_heading = "",
					  .room_heading = "",
					  .free = "",
					  .booked = "",
					  .booked_room = "",
					  .hint = "",
					  .swap = none};
	model->done = (struct model_done){.title = "",
					  .subtitle = "",
					  .place = "",
					  .where = "",
					  .how = "",
					  .next = "",
					  .countdown = "",
					  .close = none,
					  .undo = none};
	model->undo = (struct model_undo){.text = "", .shorter = "", .button = none};
	model->closed = (struct model_closed){.title = "", .text = "", .code = "", .code_title = ""};
	model->host = (struct model_host){.year = "",
					  .label = "",
					  .name = "",
					  .next = "",
					  .next_short = "",
					  .spoken = "",
					  .host = -1,
					  .following = -1,
					  .action = no_action};
}

static bool make(struct maker *maker)
{
	maker->office = office_create(&maker->input);
	if (!maker->office) {
		return false;
	}
	maker->model->view = maker->visit->is_night ? VIEW_NIGHT : maker->visit->view;
	maker->model->mode = maker->config->mode;
	maker->model->page = visit_has_pages(maker->model->view) ? 0 : maker->visit->page;
	maker->model->changes_utc = maker->office->changes_utc;
	maker->model->changes_ms = INT64_MAX;
	make_empty(maker->model);
	make_header(maker);
	make_home(maker);
	make_view(maker);
	office_destroy(maker->office);
	return !arena_failed(maker->arena) && !maker->is_out_of_memory;
}

struct model *model_create(const struct config *config, const struct region *region, const struct snapshot *snapshot,
			   const struct visit *visit, const struct model_time *time)
{
	struct owned_model *owned = calloc(1, sizeof(*owned));
	if (!owned) {
		return NULL;
	}
	owned->arena = arena_create();
	const struct config spoken = config_in_language(config, visit->language);
	struct maker maker = {
		.model = &owned->model,
		.arena = owned->arena,
		.input = office_input_from_snapshot(&spoken, snapshot, time->now_utc, time->is_trusted),
		.config = &spoken,
		.as_written = config,
		.region = region,
		.snapshot = snapshot,
		.visit = visit,
		.time = time,
		.today = zone_day(config->zone, time->now_utc),
	};
	if (!owned->arena || !make(&maker)) {
		model_destroy(&owned->model);
		return NULL;
	}
	return &owned->model;
}

void model_destroy(struct model *model)
{
	if (model) {
		struct owned_model *owned = (struct owned_model *)model;
		arena_destroy(owned->arena);
		free(owned);
	}
}
