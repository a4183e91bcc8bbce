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
	return du(plan, 18);
}

/* Returns the height of the meetings and the host, with the gap that each leaves. */
static int read_height(const struct plan *plan, const struct helping *helping)
{
	int height = 0;
	if (helping->has_meetings) {
		height += card_gap(plan) + meetings_height(plan, helping->meetings);
	}
	if (helping->has_host) {
		height += card_gap(plan) + host_height(plan, helping->host);
	}
	return height;
}

static int helping_height(const struct plan *plan, int width, const struct helping *helping)
{
	return waiting_height(plan, width, helping->waiting) + read_height(plan, helping);
}

/* Finds the richest choice of what is only read that is not higher than `room`; returns false when there is none that
 * shows every kind. The meetings have priority, then the host. */
static bool read_choose(const struct plan *plan, int room, struct helping *helping)
{
	const struct model *model = plan->model;
	static const struct {
		size_t meetings; /* 0 means only the next meeting, without a heading */
		enum host_size host;
	} steps[] = {{2, HOST_FULL}, {1, HOST_FULL}, {1, HOST_COMPACT}, {0, HOST_COMPACT}};
	helping->has_host = model->host.shown;
	helping->has_meetings = model->meetings_heading[0];
	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
		helping->meetings = model->meeting_count < steps[i].meetings ? model->meeting_count : steps[i].meetings;
		helping->host = steps[i].host;
		if (read_height(plan, helping) > room) {
			continue;
		}
		struct helping more = *helping;
		while (helping->meetings > 0 && read_height(plan, &more) <= room) {
			*helping = more;
			if (more.meetings++ >= 5 || more.meetings > model->meeting_count) {
				break;
			}
		}
		return true;
	}
	return false;
}

/* Finds the richest choice that is not higher than `room`. People who wait have priority. */
static struct helping helping_choose(const struct plan *plan, int width, int room)
{
	const struct model *model = plan->model;
	struct helping helping = {0};
	size_t most = model->waiting_count < PEOPLE_LINES_MAX ? model->waiting_count : PEOPLE_LINES_MAX;
	for (size_t waiting = most + 1; waiting-- > (most > 0);) {
		helping.waiting = waiting;
		int left = room - waiting_height(plan, width, waiting);
		if (read_choose(plan, left, &helping)) {
			return helping;
		}
		helping.has_meetings = false;
		if (read_height(plan, &helping) <= left) {
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

/* Puts what is only read: the meetings above the host, from the top of `rest`. */
static void read_put(struct plan *plan, struct rect *rest, const struct helping *helping)
{
	if (helping->has_meetings) {
		meetings_put(plan, rect_cut_top(rest, meetings_height(plan, helping->meetings)), helping->meetings);
		rect_cut_top(rest, card_gap(plan));
	}
	if (helping->has_host) {
		host_put(plan, rect_cut_top(rest, host_height(plan, helping->host)), helping->host);
		rect_cut_top(rest, card_gap(plan));
	}
}

static bool has_brief(const struct plan *plan)
{
	return plan->model->host.shown || plan->model->meeting_count > 0;
}

/* The tiles have priority; the meetings and the host keep their cards when there is room left, else each is a button.
 */
static void busy_side_put(struct plan *plan, struct rect side)
{
	struct helping helping = {0};
	if (read_choose(plan, side.h - people_wish_height(plan, side.w), &helping)) {
		struct rect people = rect_cut_top(&side, side.h - read_height(plan, &helping));
		people_put(plan, people);
		rect_cut_top(&side, card_gap(plan));
		read_put(plan, &side, &helping);
		return;
	}
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
	struct rect people = rect_cut_top(&right, right.h - read_height(plan, &helping));
	waiting_put(plan, people, helping.waiting);
	rect_cut_top(&right, card_gap(plan));
	read_put(plan, &right, &helping);
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
	int people = people_wish_height(plan, body.w);
	struct helping helping = {0};
	if (read_choose(plan, body.h - card_gap(plan) - people - grid_wish(plan), &helping)) {
		read_put(plan, &body, &helping);
	} else if (has_brief(plan)) {
		brief_put(plan, rect_cut_top(&body, brief_height(plan)));
		rect_cut_top(&body, card_gap(plan));
	}
	int room = body.h - card_gap(plan);
	int wish = min_int(people, room - min_int(grid_wish(plan), room * 55 / 100));
	int height = max_int(wish, people_least_height(plan));
	plan->overflows |= height > room - grid_least_height(plan);
	struct rect card = rect_cut_bottom(&body, height);
	rect_cut_bottom(&body, card_gap(plan));
	grid_put(plan, body);
	people_put(plan, card);
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
	read_put(plan, &body, &helping);
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
