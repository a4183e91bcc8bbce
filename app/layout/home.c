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
	undo_row_put(plan, &body, footer_room(plan));
	if (plan->is_portrait) {
		portrait_put(plan, body);
	} else {
		landscape_put(plan, body);
	}
	footer_put(plan, footer);
}
