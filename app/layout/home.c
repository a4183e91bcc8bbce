/* The home screen: decides which cards there are and how much of each is shown. Landscape has the grid on the left and
 * the cards on the right. In portrait, cards that are only read stand at the top, and what is touched stands at the
 * bottom. */
#include "parts_private.h"

#include "app/base/limits.h"

/* How much of each card is shown, from the most to the least. */
struct helping {
	size_t waiting, meetings;
	enum host_size host;
	bool has_host, has_meetings;
};

static int margin(const struct plan *plan)
{
	return du(plan, plan->is_portrait ? 40 : 48);
}

static int card_gap(const struct plan *plan)
{
	return du(plan, 24);
}

static int helping_height(const struct plan *plan, int width, const struct helping *helping)
{
	int height = waiting_height(plan, width, helping->waiting);
	if (helping->has_meetings) {
		height += card_gap(plan) + meetings_height(plan, helping->meetings);
	}
	if (helping->has_host) {
		height += card_gap(plan) + host_height(plan, helping->host);
	}
	return height;
}

/* Finds the richest choice that is not higher than `room`. People who wait have priority, then the meetings, then the
 * host. */
static struct helping helping_choose(const struct plan *plan, int width, int room)
{
	const struct model *model = plan->model;
	static const struct {
		size_t meetings; /* 0 means only the next meeting, without a heading */
		enum host_size host;
		bool has_meetings;
	} steps[] = {{2, HOST_FULL, true},
		     {1, HOST_FULL, true},
		     {1, HOST_COMPACT, true},
		     {0, HOST_COMPACT, true},
		     {0, HOST_COMPACT, false}};
	struct helping helping = {0};
	size_t most = model->waiting_count < PEOPLE_LINES_MAX ? model->waiting_count : PEOPLE_LINES_MAX;
	for (size_t waiting = most + 1; waiting-- > (most > 0);) {
		for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
			size_t meetings =
				model->meeting_count < steps[i].meetings ? model->meeting_count : steps[i].meetings;
			helping = (struct helping){waiting, meetings, steps[i].host, model->host.shown,
						   steps[i].has_meetings && model->meetings_heading[0]};
			if (helping_height(plan, width, &helping) > room) {
				continue;
			}
			if (meetings == 0) {
				return helping;
			}
			for (; helping.meetings < model->meeting_count && helping.meetings < 5; helping.meetings++) {
				struct helping more = helping;
				more.meetings++;
				if (helping_height(plan, width, &more) > room) {
					break;
				}
			}
			return helping;
		}
	}
	return helping;
}

/* Returns whether the people are too many for a line each: they then get tiles, and the other cards shrink. */
static bool is_busy(const struct plan *plan, const struct helping *helping)
{
	return plan->model->waiting_count > PEOPLE_LINES_MAX || helping->waiting < plan->model->waiting_count;
}

static bool has_brief(const struct plan *plan)
{
	return plan->model->host.shown || plan->model->meeting_count > 0;
}

static void busy_side_put(struct plan *plan, struct rect side)
{
	if (has_brief(plan)) {
		brief_put(plan, rect_cut_bottom(&side, brief_height(plan)));
		rect_cut_bottom(&side, card_gap(plan));
	}
	plan->overflows |= side.h < people_least_height(plan);
	people_put(plan, side);
}

/* Everybody has a line where there is room for that, else a tile. */
static bool people_have_lines(const struct plan *plan, int width, int room)
{
	size_t count = plan->model->waiting_count;
	return count <= PEOPLE_LINES_MAX && waiting_height(plan, width, count) <= room;
}

static void people_or_lines_put(struct plan *plan, struct rect card)
{
	if (people_have_lines(plan, card.w, card.h)) {
		waiting_put(plan, card, plan->model->waiting_count);
	} else {
		plan->overflows |= card.h < people_least_height(plan);
		people_put(plan, card);
	}
}

/* Returns how many meetings have room there, at most three. */
static size_t meetings_fitting(const struct plan *plan, int room)
{
	size_t shown = plan->model->meeting_count < 3 ? plan->model->meeting_count : 3;
	while (shown > 0 && meetings_height(plan, shown) > room) {
		shown--;
	}
	return shown;
}

/* On a closed day there is a card of who can check in only when somebody can; it then stands in the place of the
 * meetings. */
static void closed_side_put(struct plan *plan, struct rect side)
{
	const struct model *model = plan->model;
	int host = model->host.shown ? host_height(plan, HOST_COMPACT) : 0,
	    top = side.h - (host ? host + card_gap(plan) : 0);
	if (model->waiting_count > 0) {
		top = min_int(top, people_have_lines(plan, side.w, top)
					   ? waiting_height(plan, side.w, model->waiting_count)
					   : top);
		people_or_lines_put(plan, rect_cut_top(&side, host ? top : side.h));
	} else if (model->meetings_heading[0]) {
		size_t shown = meetings_fitting(plan, top);
		top = min_int(top, max_int(meetings_height(plan, shown), du(plan, 262)));
		meetings_put(plan, rect_cut_top(&side, host ? top : side.h), shown);
	} else {
		top = 0;
	}
	rect_cut_top(&side, top > 0 ? card_gap(plan) : 0);
	if (host) {
		host_put(plan, side, host_height(plan, HOST_FULL) <= side.h ? HOST_FULL : HOST_COMPACT);
	}
}

static void closed_home_put(struct plan *plan, struct rect body)
{
	const struct model *model = plan->model;
	if (plan->is_portrait) {
		int people =
			model->waiting_count > 0 ? waiting_height(plan, body.w, model->waiting_count) : du(plan, 262);
		int host = model->host.shown ? host_height(plan, HOST_FULL) + card_gap(plan) : 0;
		int room = min_int(people + host, body.h / 2);
		struct rect side = rect_cut_bottom(&body, room);
		rect_cut_bottom(&body, card_gap(plan));
		closed_put(plan, body);
		closed_side_put(plan, side);
		return;
	}
	int width = plan->is_list ? body.w * 38 / 100 : du(plan, 560);
	struct rect right = rect_cut_right(&body, width);
	rect_cut_right(&body, du(plan, 28));
	closed_put(plan, body);
	closed_side_put(plan, right);
}

static void landscape_put(struct plan *plan, struct rect body)
{
	int side = du(plan, 560);
	if (plan->type > 1) {
		side = min_int(side + (int)((plan->type - 1) * 0.55 * side), body.w * 42 / 100);
	}
	struct rect right = rect_cut_right(&body, side);
	rect_cut_right(&body, du(plan, 28));
	grid_put(plan, body);
	struct helping helping = helping_choose(plan, right.w, right.h);
	if (is_busy(plan, &helping)) {
		busy_side_put(plan, right);
		return;
	}
	if (helping_height(plan, right.w, &helping) > right.h) {
		plan->overflows = true;
	}
	if (helping.has_host) {
		struct rect host = rect_cut_bottom(&right, host_height(plan, helping.host));
		rect_cut_bottom(&right, card_gap(plan));
		host_put(plan, host, helping.host);
	}
	struct rect meetings = {0};
	if (helping.has_meetings) {
		meetings = rect_cut_bottom(&right, meetings_height(plan, helping.meetings));
		rect_cut_bottom(&right, card_gap(plan));
	}
	waiting_put(plan, right, helping.waiting);
	if (helping.has_meetings) {
		meetings_put(plan, meetings, helping.meetings);
	}
}

/* Returns the height that the grid would like: every row, up to a page of them. */
static int grid_wish(const struct plan *plan)
{
	size_t rows = plan->model->row_count + (plan->model->unplaced.block_count > 0);
	int row = max_int(du(plan, 60), plan->target_px + plan->gap_px);
	return grid_least_height(plan) + (int)(rows > 12 ? 12 : rows) * row;
}

static void busy_portrait_put(struct plan *plan, struct rect body)
{
	if (has_brief(plan)) {
		brief_put(plan, rect_cut_top(&body, brief_height(plan)));
		rect_cut_top(&body, card_gap(plan));
	}
	int room = body.h - card_gap(plan);
	int wish = min_int(people_wish_height(plan, body.w), room - min_int(grid_wish(plan), room * 55 / 100));
	int height = max_int(wish, people_least_height(plan));
	plan->overflows |= height > room - grid_least_height(plan);
	struct rect people = rect_cut_bottom(&body, height);
	rect_cut_bottom(&body, card_gap(plan));
	grid_put(plan, body);
	people_put(plan, people);
}

static void portrait_put(struct plan *plan, struct rect body)
{
	int room = body.h - card_gap(plan);
	int wish = min_int(grid_wish(plan), room * 55 / 100);
	struct helping helping = helping_choose(plan, body.w, room - wish);
	if (is_busy(plan, &helping)) {
		busy_portrait_put(plan, body);
		return;
	}
	if (helping_height(plan, body.w, &helping) > room - grid_least_height(plan)) {
		plan->overflows = true;
	}
	if (helping.has_host) {
		host_put(plan, rect_cut_top(&body, host_height(plan, helping.host)), helping.host);
		rect_cut_top(&body, card_gap(plan));
	}
	if (helping.has_meetings) {
		meetings_put(plan, rect_cut_top(&body, meetings_height(plan, helping.meetings)), helping.meetings);
		rect_cut_top(&body, card_gap(plan));
	}
	struct rect waiting = rect_cut_bottom(&body, waiting_height(plan, body.w, helping.waiting));
	rect_cut_bottom(&body, card_gap(plan));
	grid_put(plan, body);
	waiting_put(plan, waiting, helping.waiting);
}

/* What stands beside the list of places: who can check in, and below them cards as far as there is room. A card
 * without room becomes a button. */
struct side {
	size_t meetings; /* 0: a button */
	bool has_host;   /* as a card; else a button */
};

static int side_gap(const struct plan *plan)
{
	return max_int(du(plan, 18), plan->gap_px);
}

static struct side side_choose(const struct plan *plan, int room)
{
	const struct model *model = plan->model;
	int gap = side_gap(plan), host = host_height(plan, HOST_COMPACT) + gap;
	int button = shortcuts_height(plan) + gap;
	for (size_t meetings = model->meeting_count < 3 ? model->meeting_count : 3; meetings > 0; meetings--) {
		int height = meetings_height(plan, meetings) + gap;
		if (model->meetings_heading[0] && height + (model->host.shown ? button : 0) <= room) {
			return (struct side){meetings, model->host.shown && height + host <= room};
		}
	}
	return (struct side){0, false};
}

static void side_put(struct plan *plan, struct rect right)
{
	const struct model *model = plan->model;
	int gap = side_gap(plan), waiting = waiting_height(plan, right.w, model->waiting_count);
	struct side side = {0, false};
	if (people_have_lines(plan, right.w, right.h)) {
		side = side_choose(plan, right.h - waiting);
	}
	bool has_button = (model->meetings_heading[0] && !side.meetings) || (model->host.shown && !side.has_host);
	if (side.has_host) {
		host_put(plan, rect_cut_bottom(&right, host_height(plan, HOST_COMPACT)), HOST_COMPACT);
	} else if (has_button) {
		shortcuts_put(plan, rect_cut_bottom(&right, shortcuts_height(plan)), side.meetings == 0);
	}
	rect_cut_bottom(&right, side.has_host || has_button ? gap : 0);
	if (side.meetings > 0) {
		meetings_put(plan, rect_cut_bottom(&right, meetings_height(plan, side.meetings)), side.meetings);
		rect_cut_bottom(&right, gap);
	}
	people_or_lines_put(plan, right);
}

static void list_landscape_put(struct plan *plan, struct rect body)
{
	struct rect right = rect_cut_right(&body, body.w * 38 / 100);
	rect_cut_right(&body, card_gap(plan));
	places_put(plan, body);
	side_put(plan, right);
}

static void list_portrait_put(struct plan *plan, struct rect body)
{
	int gap = side_gap(plan);
	if (shortcuts_height(plan) > 0) {
		shortcuts_put(plan, rect_cut_bottom(&body, shortcuts_height(plan)), true);
		rect_cut_bottom(&body, gap);
	}
	int most = body.h - gap - places_height(plan, 3);
	int height = waiting_height(plan, body.w, plan->model->waiting_count);
	if (!people_have_lines(plan, body.w, most)) {
		most = max_int(most, people_least_height(plan));
		height = clamp_int(people_wish_height(plan, body.w), people_least_height(plan), most);
	}
	struct rect people = rect_cut_bottom(&body, height);
	rect_cut_bottom(&body, gap);
	plan->overflows |= body.h < places_height(plan, 1);
	places_put(plan, body);
	people_or_lines_put(plan, people);
}

void home_put(struct plan *plan)
{
	if (plan->screen->low_reach) {
		reach_put(plan);
		return;
	}
	struct rect rest = {0, 0, plan->ui->width, plan->ui->height};
	header_put(plan, rect_cut_top(&rest, header_height(plan, rest.w)));
	struct rect footer = rect_cut_bottom(&rest, footer_height(plan));
	struct rect body = rect_inset(rest, margin(plan), 0);
	notes_put(plan, &body);
	/* On a panel as small as a hand the places come first; the welcome has the undo, too. */
	if (body.h - undo_height(plan) > plan->ui->height / 2) {
		undo_row_put(plan, &body, footer_room(plan));
	}
	if (plan->model->closed.is_shown) {
		closed_home_put(plan, body);
	} else if (plan->is_list && plan->is_portrait) {
		list_portrait_put(plan, body);
	} else if (plan->is_list) {
		list_landscape_put(plan, body);
	} else if (plan->is_portrait) {
		portrait_put(plan, body);
	} else {
		landscape_put(plan, body);
	}
	footer_put(plan, footer);
}
