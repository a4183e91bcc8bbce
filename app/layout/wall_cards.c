/* The wall's cards: one for each meeting, with its end, its place and who holds it. */
#include "wall_private.h"

#include <string.h>

#include "app/base/arena.h"
#include "fit_private.h"

static int longest_word(const struct plan *plan, struct font font, const char *text)
{
	int widest = 0;
	while (*text) {
		size_t length = strcspn(text, " ");
		const char *word = arena_copy(plan->ui->arena, text, length);
		widest = max_int(widest, words_width(plan, font, word));
		text += length + (text[length] == ' ');
	}
	return widest;
}

struct wall_form wall_form(const struct plan *plan)
{
	struct wall_form form = {
		.title = font_make(plan, 52, WEIGHT_SEMIBOLD),
		.time = font_make(plan, 52, WEIGHT_SEMIBOLD),
		.detail = font_make(plan, 36, WEIGHT_REGULAR),
		.heading = font_make(plan, 40, WEIGHT_SEMIBOLD),
		.badge = font_make(plan, 36, WEIGHT_SEMIBOLD),
		.gap = du(plan, 16),
		.pad_x = du(plan, 32),
		.bar_h = du(plan, 48),
	};
	form.time_w = max_int(words_width(plan, form.time, "00:00") + du(plan, 26), du(plan, 184));
	for (size_t i = 0; i < plan->model->wall_meeting_count; i++) {
		const struct model_wall_meeting *meeting = &plan->model->wall_meetings[i];
		int word = meeting->end[0] ? 0 : longest_word(plan, form.detail, meeting->start);
		form.time_w = max_int(form.time_w, word + du(plan, 26));
	}
	form.card_h = max_int(du(plan, 124), form.title.line_px + form.detail.line_px + du(plan, 16));
	return form;
}

/* The badge. */

static int badge_pad(struct font font)
{
	return font.px * 4 / 10;
}

static int badge_icon(struct font font)
{
	return font.px * 3 / 4;
}

int badge_width(const struct plan *plan, struct font font, const char *text)
{
	return 2 * badge_pad(font) + badge_icon(font) + font.px / 6 + words_width(plan, font, text);
}

void badge_put(struct plan *plan, int parent, struct font font, struct rect box, const char *text)
{
	const struct theme *theme = plan->theme;
	int radius = min_int(box.h / 2, wall_is_large(plan) ? du(plan, 18) : box.h);
	int badge = put_fill(plan, parent, box, theme->now, radius);
	box = rect_inset(box, badge_pad(font), 0);
	struct rect icon = rect_cut_left(&box, badge_icon(font));
	put_icon(plan, badge, icon, ICON_PLAY, badge_icon(font), theme->on_now, theme->now);
	rect_cut_left(&box, font.px / 6);
	put_text(plan, badge, box, font, theme->on_now, theme->now, ALIGN_START, text);
}

/* One card: how its words are set, and how high that makes it. */

enum { TITLE_LINES = 2 };

struct card_words {
	struct font title;
	const char *title_text; /* "" where the parts of a double booking stand instead */
	int words_h, height, badge_w, room;
	bool has_bar;
};

static struct card_words card_make(const struct plan *plan, const struct wall_form *form,
				   const struct model_wall_meeting *meeting, int width)
{
	struct card_words card = {.title = form->title, .title_text = "", .has_bar = meeting->permille >= 0};
	card.room = width - 2 * form->pad_x - form->time_w;
	int beside = card.room;
	if (meeting->badge[0]) {
		card.badge_w = badge_width(plan, form->badge, meeting->badge);
		card.badge_w = card.badge_w < card.room * 2 / 3 ? card.badge_w : 0;
		beside -= card.badge_w ? card.badge_w + du(plan, 24) : 0;
	}
	if (meeting->part_count > 0) {
		card.title = font_make(plan, 46, WEIGHT_SEMIBOLD);
		card.words_h = form->detail.line_px + du(plan, 4);
		for (size_t i = 0; i < meeting->part_count; i++) {
			const char *part = fit_wrap(plan, card.title, meeting->parts[i], card.room, TITLE_LINES);
			card.words_h += words_height(card.title, part);
		}
	} else {
		card.title = fit_font(plan, form->title, meeting->title, beside, 0.85);
		card.title_text = fit_wrap(plan, card.title, meeting->title, beside, TITLE_LINES);
		card.words_h = words_height(card.title, card.title_text) + form->detail.line_px;
	}
	card.height = max_int(form->card_h, card.words_h + du(plan, 16)) + (card.has_bar ? form->bar_h : 0);
	return card;
}

static void time_put(struct plan *plan, int parent, const struct wall_form *form, struct rect box,
		     const struct model_wall_meeting *meeting, uint32_t ink, uint32_t muted, uint32_t behind)
{
	int width = box.w - du(plan, 16);
	if (!meeting->end[0]) {
		const char *words = fit_wrap(plan, form->detail, meeting->start, width, 2);
		box.h = min_int(box.h, words_height(form->detail, words));
		put_text(plan, parent, (struct rect){box.x, box.y, width, box.h}, form->detail, ink, behind,
			 ALIGN_START, words);
		return;
	}
	box.w = width;
	struct rect top = rect_cut_top(&box, form->time.line_px);
	put_text(plan, parent, top, form->time, ink, behind, ALIGN_START, meeting->start);
	put_text(plan, parent, rect_cut_top(&box, form->detail.line_px), form->detail, muted, behind, ALIGN_START,
		 arena_print(plan->ui->arena, "–%s", meeting->end));
}

static void bar_put(struct plan *plan, int parent, struct rect box, int permille)
{
	put_fill(plan, parent, box, plan->theme->track, box.h / 2);
	box.w = max_int(box.w * min_int(permille, 1000) / 1000, box.h);
	put_fill(plan, parent, box, plan->theme->track_done, box.h / 2);
}

/* Returns where it is held and who holds it. The name gives way first, then the words that only explain the place. */
static const char *detail_words(const struct plan *plan, struct font font, const struct model_wall_meeting *meeting,
				int width)
{
	const char *where = meeting->where, *who = meeting->who;
	const char *both = where[0] && who[0] ? arena_print(plan->ui->arena, "%s · %s", where, who)
			   : where[0]         ? where
					      : who;
	if (words_fit(plan, font, both, width)) {
		return both;
	}
	if (where[0] && words_fit(plan, font, where, width)) {
		return where;
	}
	bool is_short = meeting->where_short[0];
	return fit_parts(plan, font, is_short ? meeting->where_short : both, width);
}

static void detail_put(struct plan *plan, int card, struct font font, struct rect box,
		       const struct model_wall_meeting *meeting, uint32_t fg, uint32_t behind)
{
	bool has_pin = meeting->is_elsewhere && meeting->where_short[0];
	if (has_pin) {
		put_icon(plan, card, rect_cut_left(&box, font.px), ICON_PIN, font.px, fg, behind);
		rect_cut_left(&box, font.px / 4);
	}
	struct font fitting = fit_font(plan, font, meeting->where, box.w, 0.85);
	put_text(plan, card, box, fitting, fg, behind, ALIGN_START, detail_words(plan, fitting, meeting, box.w));
}

/* The room is booked twice: a warning, then every title. */
static void parts_put(struct plan *plan, int card, const struct wall_form *form, struct rect box,
		      const struct card_words *made, const struct model_wall_meeting *meeting, uint32_t ink,
		      uint32_t behind)
{
	uint32_t alarm = behind == plan->theme->lit ? ink : plan->theme->sun;
	struct rect top = rect_cut_top(&box, form->detail.line_px + du(plan, 4));
	top.w -= made->badge_w ? made->badge_w + du(plan, 24) : 0;
	put_icon(plan, card, rect_cut_left(&top, form->detail.px), ICON_WARNING, form->detail.px, alarm, behind);
	rect_cut_left(&top, form->detail.px / 3);
	struct font font = form->detail;
	font.weight = WEIGHT_SEMIBOLD;
	bool is_whole = words_width(plan, font, meeting->warning) <= top.w;
	put_text(plan, card, top, font, alarm, behind, ALIGN_START,
		 fit_line(plan, font, is_whole ? meeting->warning : plan->model->wall_double, top.w));
	for (size_t i = 0; i < meeting->part_count; i++) {
		const char *part = fit_wrap(plan, made->title, meeting->parts[i], box.w, TITLE_LINES);
		put_text(plan, card, rect_cut_top(&box, words_height(made->title, part)), made->title, ink, behind,
			 ALIGN_START, part);
	}
}

static int card_base_put(struct plan *plan, struct rect box, size_t index, uint32_t ink, uint32_t behind)
{
	const struct model_wall_meeting *meeting = &plan->model->wall_meetings[index];
	int card = put_card(plan, -1, box);
	struct widget *widget = widget_at(plan, card);
	widget->fill_rgb = widget->fill2_rgb = behind;
	widget->id = arena_print(plan->ui->arena, "today:%zu", index);
	widget->spoken = arena_print(plan->ui->arena, "%s", meeting->spoken);
	widget->fg = ink;
	widget->bg = behind;
	if (meeting->is_elsewhere || meeting->part_count) {
		widget->border_rgb = meeting->part_count ? plan->theme->sun : plan->theme->late_border;
		widget->border_px = du(plan, 4);
	}
	return card;
}

static void card_put(struct plan *plan, const struct wall_form *form, struct rect box, size_t index)
{
	const struct theme *theme = plan->theme;
	const struct model_wall_meeting *meeting = &plan->model->wall_meetings[index];
	bool is_lit = meeting->phase == WALL_NOW && !meeting->is_elsewhere;
	uint32_t behind = is_lit ? theme->lit : meeting->is_elsewhere ? theme->paper : theme->card;
	uint32_t muted = is_lit ? theme->on_lit_muted : theme->muted, ink = is_lit ? theme->on_lit : theme->ink;
	int card = card_base_put(plan, box, index, ink, behind);
	struct card_words made = card_make(plan, form, meeting, box.w);
	struct rect inner = rect_inset(box, form->pad_x, 0);
	if (made.has_bar) {
		struct rect bar = {inner.x + form->time_w, box.y + box.h - du(plan, 38), inner.w - form->time_w,
				   du(plan, 14)};
		bar_put(plan, card, bar, meeting->permille);
		inner.h -= form->bar_h - du(plan, 8);
	}
	int time_h = meeting->end[0] ? form->time.line_px + form->detail.line_px : made.words_h;
	inner = rect_centred(inner, inner.w, max_int(made.words_h, time_h));
	struct rect time = rect_cut_left(&inner, form->time_w);
	time_put(plan, card, form, time, meeting, ink, muted, behind);
	if (made.badge_w) {
		int height = form->badge.line_px + du(plan, 10);
		struct rect badge = {inner.x + inner.w - made.badge_w, inner.y, made.badge_w, height};
		int line = meeting->part_count ? form->detail.line_px : made.title.line_px;
		badge.y += max_int((line - height) / 2, du(plan, 6) - (badge.y - box.y));
		badge_put(plan, card, form->badge, badge, meeting->badge);
		if (!meeting->part_count && badge.y + badge.h > inner.y + words_height(made.title, made.title_text)) {
			made.room -= made.badge_w + du(plan, 24); /* the second line, too, ends before the badge */
		}
	}
	if (meeting->part_count) {
		parts_put(plan, card, form, inner, &made, meeting, ink, behind);
		return;
	}
	struct rect top = rect_cut_top(&inner, words_height(made.title, made.title_text));
	top.w -= made.badge_w ? made.badge_w + du(plan, 24) : 0;
	put_text(plan, card, top, made.title, ink, behind, ALIGN_START, made.title_text);
	struct rect detail = {inner.x, inner.y, made.room, form->detail.line_px};
	detail_put(plan, card, form->detail, detail, meeting, muted, behind);
}

/* The list. */

int cards_height(const struct plan *plan, const struct wall_form *form, int width)
{
	const struct model *model = plan->model;
	int height = 0;
	if (model->wall_more_here + model->wall_more_elsewhere > 0) {
		return plan->ui->height; /* what must be counted does not stand on cards */
	}
	if (model->wall_meeting_count == 0) {
		return model->wall_empty[0] ? form->card_h : 0;
	}
	/* Once they are higher than the screen, they do not fit, however high the others are. */
	for (size_t i = 0; i < model->wall_meeting_count && height <= plan->ui->height; i++) {
		height += card_make(plan, form, &model->wall_meetings[i], width).height + (i ? form->gap : 0);
	}
	return height;
}

void cards_put(struct plan *plan, const struct wall_form *form, struct rect *rest)
{
	const struct model *model = plan->model;
	for (size_t i = 0; i < model->wall_meeting_count; i++) {
		int height = card_make(plan, form, &model->wall_meetings[i], rest->w).height;
		card_put(plan, form, rect_cut_top(rest, height), i);
		rect_cut_top(rest, form->gap);
	}
	if (model->wall_meeting_count == 0 && model->wall_empty[0]) {
		struct rect box = rect_cut_top(rest, form->card_h);
		int card = put_card(plan, -1, box);
		struct rect inner = rect_inset(box, form->pad_x, 0);
		struct font font = fit_font(plan, form->title, model->wall_empty, inner.w, 0.6);
		int lines = max_int(inner.h / max_int(font.line_px, 1), 1);
		put_text(plan, card, inner, font, plan->theme->ink, plan->theme->card, ALIGN_START,
			 fit_wrap(plan, font, model->wall_empty, inner.w, lines));
	}
}

/* Below the list. */

struct foot {
	struct font font;
	const char *free;
	int ended_w, height;
	bool is_stacked; /* the two do not fit beside each other */
};

static struct foot foot_make(const struct plan *plan, const struct wall_form *form, int width)
{
	const struct model *model = plan->model;
	struct foot foot = {.font = form->heading};
	foot.ended_w = model->wall_ended_text[0] ? words_width(plan, form->detail, model->wall_ended_text) : 0;
	int beside = width - (foot.ended_w ? foot.ended_w + du(plan, 40) : 0);
	foot.font = fit_font(plan, form->heading, model->room_free, width, 0.85);
	foot.is_stacked =
		foot.ended_w > 0 && model->room_free[0] && words_width(plan, foot.font, model->room_free) > beside;
	foot.free = fit_wrap(plan, foot.font, model->room_free, width, 2);
	int free_h = words_height(foot.font, foot.free), ended_h = foot.ended_w ? form->detail.line_px : 0;
	foot.height = foot.is_stacked ? free_h + ended_h : max_int(free_h, ended_h);
	return foot;
}

int foot_height(const struct plan *plan, const struct wall_form *form, int width)
{
	return foot_make(plan, form, width).height;
}

void foot_put(struct plan *plan, const struct wall_form *form, struct rect box)
{
	const struct model *model = plan->model;
	const struct theme *theme = plan->theme;
	struct foot foot = foot_make(plan, form, box.w);
	if (foot.ended_w) {
		struct rect line = foot.is_stacked ? rect_cut_bottom(&box, form->detail.line_px)
						   : rect_cut_right(&box, foot.ended_w);
		int index = put_text(plan, -1, line, form->detail, theme->muted, theme->paper,
				     foot.is_stacked ? ALIGN_START : ALIGN_END, model->wall_ended_text);
		widget_at(plan, index)->id = "ended";
	}
	int index = put_text(plan, -1, box, foot.font, model->room_is_free ? theme->leaf_text : theme->muted,
			     theme->paper, ALIGN_START, foot.free);
	if (index >= 0) {
		widget_at(plan, index)->id = "room-free";
	}
}
