/* See model.h. Makes the frame that every screen has, and calls each part. */
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
	model->previous_page = tr("Previous places");
	model->next_page = tr("More places");
	model->more_format = tr("+%d more");
	model->page_format = tr("Page %d of %d");
}

static void make_legend(struct maker *maker)
{
	static const enum shown_state states[] = {SHOWN_FREE, SHOWN_BOOKED, SHOWN_CHECKED_IN, SHOWN_WAITING,
						  SHOWN_NO_SHOW};
	enum { COUNT = sizeof(states) / sizeof(states[0]) };
	struct model_legend *legend = arena_alloc(maker->arena, COUNT * sizeof(*legend));
	for (size_t i = 0; legend && i < COUNT; i++) {
		legend[i] = (struct model_legend){.state = states[i], .text = state_word(states[i])};
	}
	maker->model->legend = legend;
	maker->model->legend_count = legend ? COUNT : 0;
}

static void make_footer(struct maker *maker)
{
	struct model_button footer[5];
	size_t count = 0;
	if (maker->config->mode == MODE_WALL) {
		return;
	}
	const char *next = i18n_next(maker->visit->language);
	struct action change = {.kind = ACTION_LANGUAGE, .id = keep(maker, next), .place = ""};
	if (week_is_offered(maker)) {
		footer[count++] =
			button_make("week", tr("This week"), BUTTON_SECONDARY, action_open(maker, VIEW_WEEK, ""));
	}
	if (maker->config->info_count > 0) {
		footer[count++] =
			button_make("info", tr("Good to know"), BUTTON_SECONDARY, action_open(maker, VIEW_INFO, ""));
	}
	footer[count++] = button_make("lang", keep(maker, i18n_name(next)), BUTTON_SECONDARY, change);
	footer[count++] =
		button_make("access", tr("Accessibility"), BUTTON_SECONDARY, action_open(maker, VIEW_ACCESS, ""));
	if (maker->visit->low_reach && maker->config->floorplan) {
		footer[count++] = map_button(maker, !maker->visit->shows_map);
	}
	maker->model->footer = arena_alloc(maker->arena, sizeof(footer));
	if (maker->model->footer) {
		memcpy(maker->model->footer, footer, count * sizeof(*footer));
		maker->model->footer_count = count;
	}
}

static void make_home(struct maker *maker)
{
	make_legend(maker);
	make_footer(maker);
	make_rows(maker);
	make_waiting(maker);
	make_meetings(maker);
	make_host(maker);
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
					    .longer_title = "",
					    .longer_note = "",
					    .question = "",
					    .note = "",
					    .outside = no_action,
					    .place = {.id = "", .where = "", .equipment = "", .day_title = ""},
					    .lines_title = "",
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
	model->host = (struct model_host){.year = "",
					  .label = "",
					  .name = "",
					  .vice = "",
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
