/* The wall display: nobody touches it, and everybody reads it from a distance, which decides the sizes. What does not
 * fit is counted, never paged. */
#include "wall_private.h"

#include <string.h>

#include "app/base/arena.h"
#include "fit_private.h"

struct wall_form {
	struct font title, time, detail, heading, badge;
	int gap, pad_x, time_w;
	int card_h, bar_h; /* bar_h is added to the card of a meeting that has a bar */
};

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

static struct wall_form wall_form(const struct plan *plan)
{
	struct wall_form form = {
		.title = font_make(plan, 52, WEIGHT_SEMIBOLD),
		.time = font_make(plan, 52, WEIGHT_SEMIBOLD),
		.detail = font_make(plan, 36, WEIGHT_REGULAR),
		.heading = font_make(plan, 40, WEIGHT_SEMIBOLD),
		.badge = font_make(plan, 36, WEIGHT_SEMIBOLD),
		.gap = du(plan, 20),
		.pad_x = du(plan, 32),
		.bar_h = du(plan, 48),
	};
	form.time_w = max_int(words_width(plan, form.time, "00:00") + du(plan, 26), du(plan, 184));
	for (size_t i = 0; i < plan->model->wall_meeting_count; i++) {
		const struct model_wall_meeting *meeting = &plan->model->wall_meetings[i];
		int word = meeting->end[0] ? 0 : longest_word(plan, form.detail, meeting->start);
		form.time_w = max_int(form.time_w, word + du(plan, 26));
	}
	form.card_h = max_int(du(plan, 136), form.title.line_px + form.detail.line_px + du(plan, 28));
	return form;
}

/* The card of one meeting: how its title is set, and how high that makes the card. */
struct wall_card {
	struct font title;
	const char *text;
	int words_h, height, badge_w;
	bool is_brief; /* without the second line */
};

static int badge_height(const struct plan *plan, const struct wall_form *form)
{
	return max_int(du(plan, 56), form->badge.line_px + du(plan, 8));
}

static bool has_bar(const struct model_wall_meeting *meeting, const struct wall_card *card)
{
	return meeting->permille >= 0 && !card->is_brief;
}

static struct wall_card card_make(const struct plan *plan, const struct wall_form *form,
				  const struct model_wall_meeting *meeting, int width, bool may_be_brief)
{
	struct wall_card card = {.title = form->title,
				 .is_brief = may_be_brief && (meeting->phase != WALL_NOW || plan->is_brief) &&
					     meeting->end[0]};
	int room = width - 2 * form->pad_x - form->time_w;
	if (meeting->badge[0] && !(plan->is_brief && card.is_brief)) {
		card.badge_w = words_width(plan, form->badge, meeting->badge) + 2 * du(plan, 26);
		card.badge_w = card.badge_w < room / 2 ? card.badge_w : 0;
		room -= card.badge_w ? card.badge_w + du(plan, 24) : 0;
	}
	card.title = fit_font(plan, form->title, meeting->title, room, 0.85);
	if (card.is_brief && card.badge_w && words_width(plan, card.title, meeting->title) > room) {
		/* The position in the list shows that a meeting is next; the title is shown nowhere else. */
		room += card.badge_w + du(plan, 24);
		card.badge_w = 0;
		card.title = fit_font(plan, form->title, meeting->title, room, 0.85);
	}
	card.text = fit_wrap(plan, card.title, meeting->title, room, card.is_brief ? 1 : 2);
	card.words_h = words_height(card.title, card.text) + (card.is_brief ? 0 : form->detail.line_px);
	int least = card.is_brief ? max_int(form->time.line_px, card.badge_w ? badge_height(plan, form) : 0) : 0;
	card.height = max_int(card.is_brief ? 0 : du(plan, 136),
			      max_int(card.words_h, least) + du(plan, card.is_brief ? 20 : 28));
	card.height += has_bar(meeting, &card) ? form->bar_h : 0;
	return card;
}

/* Puts the badge at the right end. */
static void badge_put(struct plan *plan, int parent, const struct wall_form *form, struct rect row, int width,
		      const struct model_wall_meeting *meeting, uint32_t behind)
{
	const struct theme *theme = plan->theme;
	if (width == 0) {
		return;
	}
	bool is_now = meeting->phase == WALL_NOW;
	int height = badge_height(plan, form);
	struct rect box = {row.x + row.w - width, row.y + (row.h - height) / 2, width, height};
	int badge = put_text(plan, parent, box, form->badge, is_now ? theme->on_now : theme->ink,
			     is_now ? theme->now : behind, ALIGN_CENTRE, meeting->badge);
	struct widget *widget = widget_at(plan, badge);
	widget->radius_px = height / 2;
	widget->fill = is_now ? FILL_SOLID : FILL_NONE;
	widget->fill_rgb = widget->fill2_rgb = is_now ? theme->now : behind;
	widget->border_rgb = is_now ? 0 : theme->outline;
	widget->border_px = is_now ? 0 : du(plan, 3);
}

static void time_put(struct plan *plan, int parent, const struct wall_form *form, struct rect box,
		     const struct model_wall_meeting *meeting, uint32_t ink, uint32_t muted, uint32_t behind)
{
	int width = box.w - du(plan, 16);
	if (!meeting->end[0]) {
		const char *words = fit_wrap(plan, form->detail, meeting->start, width, 2);
		put_text(plan, parent, (struct rect){box.x, box.y, width, box.h}, form->detail, ink, behind,
			 ALIGN_START, words);
		return;
	}
	struct rect top = rect_cut_top(&box, form->time.line_px);
	put_text(plan, parent, top, form->time, ink, behind, ALIGN_START, meeting->start);
	if (box.h >= form->detail.line_px) {
		put_text(plan, parent, box, form->detail, muted, behind, ALIGN_START,
			 arena_print(plan->ui->arena, "–%s", meeting->end));
	}
}

static void bar_put(struct plan *plan, int parent, struct rect box, int permille)
{
	put_fill(plan, parent, box, plan->theme->track, box.h / 2);
	box.w = max_int(box.w * min_int(permille, 1000) / 1000, box.h);
	put_fill(plan, parent, box, plan->theme->track_done, box.h / 2);
}

static void meeting_put(struct plan *plan, const struct wall_form *form, struct rect box, size_t index,
			bool may_be_brief)
{
	const struct theme *theme = plan->theme;
	const struct model_wall_meeting *meeting = &plan->model->wall_meetings[index];
	bool is_now = meeting->phase == WALL_NOW, is_over = meeting->phase == WALL_ENDED;
	uint32_t behind = is_now ? theme->lit : theme->card;
	uint32_t muted = is_now ? theme->on_lit_muted : theme->muted;
	uint32_t ink = is_now ? theme->on_lit : is_over ? theme->muted : theme->ink;
	int card = put_card(plan, -1, box);
	struct widget *widget = widget_at(plan, card);
	widget->fill_rgb = widget->fill2_rgb = behind;
	widget->id = arena_print(plan->ui->arena, "today:%zu", index);
	widget->spoken = arena_print(plan->ui->arena, "%s", meeting->spoken);
	widget->fg = ink;
	widget->bg = behind;
	struct wall_card made = card_make(plan, form, meeting, box.w, may_be_brief);
	struct rect inner = rect_inset(box, form->pad_x, 0);
	inner.h -= has_bar(meeting, &made) ? form->bar_h - du(plan, 8) : 0;
	inner = rect_centred(inner, inner.w, made.words_h);
	inner.y += du(plan, 3);
	struct rect time = rect_cut_left(&inner, form->time_w);
	int time_h = form->time.line_px + (made.is_brief ? 0 : form->detail.line_px);
	time.y += words_lines(made.text) == 1 ? (time.h - time_h) / 2 : 0;
	time.h = time_h;
	time_put(plan, card, form, time, meeting, ink, muted, behind);
	struct rect top = rect_cut_top(&inner, words_height(made.title, made.text));
	struct rect beside = made.is_brief ? (struct rect){top.x, box.y, top.w, box.h}
					   : (struct rect){top.x, top.y, top.w, made.title.line_px};
	badge_put(plan, card, form, beside, made.badge_w, meeting, behind);
	int bar_w = top.w;
	top.w -= made.badge_w ? made.badge_w + du(plan, 24) : 0;
	put_text(plan, card, top, made.title, ink, behind, ALIGN_START, made.text);
	int badge_h = badge_height(plan, form);
	bool is_beside = made.badge_w && (made.title.line_px - badge_h) / 2 + badge_h > top.h;
	inner.w -= is_beside ? made.badge_w + du(plan, 24) : 0;
	struct font detail = fit_font(plan, form->detail, meeting->detail, inner.w, 0.85);
	put_text(plan, card, inner, detail, muted, behind, ALIGN_START,
		 made.is_brief ? "" : fit_parts(plan, detail, meeting->detail, inner.w));
	if (has_bar(meeting, &made)) {
		struct rect bar = {inner.x, box.y + box.h - du(plan, 38), bar_w, du(plan, 12)};
		bar_put(plan, card, bar, meeting->permille);
	}
}

/* Returns how many cards fit, with a line for those that do not. */
static size_t list_count(const struct plan *plan, const struct wall_form *form, struct rect rest, bool is_brief)
{
	const struct model *model = plan->model;
	size_t shown = 0;
	for (int height = 0; shown < model->wall_meeting_count; shown++) {
		int next = height + card_make(plan, form, &model->wall_meetings[shown], rest.w, is_brief).height;
		bool is_last = shown + 1 == model->wall_meeting_count;
		if (next + (is_last ? 0 : form->gap / 2 + form->heading.line_px) > rest.h && shown > 0) {
			break;
		}
		height = next + form->gap;
	}
	return shown;
}

static int list_height(const struct plan *plan, const struct wall_form *form, int width)
{
	int height = plan->model->wall_meeting_count ? 0 : form->card_h;
	for (size_t i = 0; i < plan->model->wall_meeting_count && i < 12; i++) {
		height += card_make(plan, form, &plan->model->wall_meetings[i], width, false).height + form->gap;
	}
	return height;
}

/* Returns the height of the first meeting and of the line that counts the others. */
static int list_least(const struct plan *plan, const struct wall_form *form, int width)
{
	if (plan->model->wall_meeting_count == 0) {
		return form->card_h;
	}
	return card_make(plan, form, &plan->model->wall_meetings[0], width, true).height + form->gap +
	       form->heading.line_px;
}

/* Puts as many meetings as fit; the last line counts the others. */
static void list_put(struct plan *plan, const struct wall_form *form, struct rect *rest)
{
	const struct model *model = plan->model;
	size_t count = model->wall_meeting_count;
	if (count == 0) {
		struct rect box = rect_cut_top(rest, form->card_h);
		int card = put_card(plan, -1, box);
		struct rect inner = rect_inset(box, form->pad_x, 0);
		struct font font = fit_font(plan, form->title, model->wall_empty, inner.w, 0.6);
		put_text(plan, card, inner, font, plan->theme->ink, plan->theme->card, ALIGN_START,
			 fit_wrap(plan, font, model->wall_empty, inner.w, 2));
		return;
	}
	bool is_brief = plan->is_brief || list_count(plan, form, *rest, false) < count;
	size_t shown = list_count(plan, form, *rest, is_brief);
	int more_h = form->heading.line_px;
	for (size_t i = 0; i < shown; i++) {
		int height = card_make(plan, form, &model->wall_meetings[i], rest->w, is_brief).height;
		meeting_put(plan, form, rect_cut_top(rest, height), i, is_brief);
		rect_cut_top(rest, i + 1 < shown || shown == count ? form->gap : form->gap / 2);
	}
	if (shown < count) {
		int text = put_text(plan, -1, rect_cut_top(rest, more_h), form->heading, plan->theme->muted,
				    plan->theme->paper, ALIGN_START, words_more(plan, count - shown));
		widget_at(plan, text)->id = "more";
	}
}

/* The screen as a whole. */

static void wall_note_put(struct plan *plan, struct rect *rest, bool is_right)
{
	const char *age = age_note(plan);
	if (!age) {
		return;
	}
	struct font font = font_make(plan, 32, WEIGHT_REGULAR);
	/* On a small screen that is read from far, a long note would leave no room for the meetings. */
	if (notes_are_bad(plan) && rest->h < 12 * font.line_px) {
		return;
	}
	struct rect row = rect_cut_bottom(rest, font.line_px);
	font = fit_font(plan, font, age, row.w, 0.7);
	int note = put_text(plan, -1, row, font, plan->theme->muted, plan->theme->paper,
			    is_right ? ALIGN_END : ALIGN_START, fit_line(plan, font, age, row.w));
	widget_at(plan, note)->id = notes_are_bad(plan) ? "age" : "note";
	rect_cut_bottom(rest, du(plan, 24));
}

static void room_free_put(struct plan *plan, const struct wall_form *form, struct rect *rest)
{
	const char *text = plan->model->room_free;
	if (!text[0] || rest->h - 2 * form->heading.line_px < list_least(plan, form, rest->w)) {
		return;
	}
	struct font font = fit_font(plan, form->heading, text, rest->w, 0.8);
	const char *words = fit_wrap(plan, font, text, rest->w, 2);
	struct rect row = rect_cut_bottom(rest, words_height(font, words));
	put_text(plan, -1, row, font, plan->theme->ink, plan->theme->paper, ALIGN_START, words);
	rect_cut_bottom(rest, du(plan, 8));
}

/* The host stands at the foot, with its ring when that leaves room for two meetings. */
static void side_put(struct plan *plan, struct rect side)
{
	size_t count = plan->model->meeting_count, least = count < 2 ? count : 2;
	for (int ring = 1; ring >= 0; ring--) {
		int height = host_wall_height(plan, ring);
		if (height == 0 || side.h < height + du(plan, 20) + coming_height(plan, side.w, least)) {
			continue;
		}
		int free = side.h - height - coming_height(plan, side.w, count < 3 ? count : 3);
		rect_cut_bottom(&side, clamp_int(free * 2 / 3, 0, du(plan, 84)));
		host_wall_put(plan, rect_cut_bottom(&side, height), ring);
		rect_cut_bottom(&side, du(plan, 20));
		break;
	}
	coming_put(plan, &side);
}

static void landscape_put(struct plan *plan, const struct wall_form *form, struct rect body)
{
	int wish = max_int(du(plan, 548), words_width(plan, form->heading, "Kommande möten") + du(plan, 60));
	bool has_side = body.w - wish - du(plan, 64) > form->time_w + words_width(plan, form->title, "Mmmmmmmmm");
	if (has_side) {
		struct rect side = rect_cut_right(&body, wish);
		rect_cut_right(&body, du(plan, 64));
		rect_cut_top(&side, du(plan, 8));
		wall_note_put(plan, &side, true);
		side_put(plan, side);
	} else {
		wall_note_put(plan, &body, false);
	}
	int strip = strip_height(plan, body.w);
	if (strip && strip < body.h / 2 && body.h - strip - du(plan, 20) >= list_least(plan, form, body.w)) {
		strip_put(plan, rect_cut_bottom(&body, strip));
		rect_cut_bottom(&body, du(plan, 20));
	}
	room_free_put(plan, form, &body);
	list_put(plan, form, &body);
}

static void portrait_put(struct plan *plan, const struct wall_form *form, struct rect body)
{
	wall_note_put(plan, &body, false);
	int host_h = host_wall_height(plan, true), strip = strip_height(plan, body.w);
	int list_wish = min_int(list_height(plan, form, body.w) + 2 * form->heading.line_px, body.h * 55 / 100);
	if (host_h && body.h - host_h > list_wish + strip + coming_height(plan, body.w, 2)) {
		host_wall_put(plan, rect_cut_bottom(&body, host_h), true);
		rect_cut_bottom(&body, du(plan, 36));
	}
	size_t shown = plan->model->meeting_count < 3 ? plan->model->meeting_count : 3;
	for (; shown > 0; shown--) {
		int height = coming_height(plan, body.w, shown);
		if (body.h - height > list_wish + strip) {
			struct rect coming = rect_cut_bottom(&body, height);
			coming_put(plan, &coming);
			rect_cut_bottom(&body, du(plan, 28));
			break;
		}
	}
	if (strip && strip < body.h / 2 && body.h - strip - du(plan, 20) >= list_least(plan, form, body.w)) {
		strip_put(plan, rect_cut_bottom(&body, strip));
		rect_cut_bottom(&body, du(plan, 20));
	}
	room_free_put(plan, form, &body);
	list_put(plan, form, &body);
}

void wall_put(struct plan *plan)
{
	struct rect rest = {0, 0, plan->ui->width, plan->ui->height};
	struct wall_form form = wall_form(plan);
	header_put(plan, rect_cut_top(&rest, header_height(plan, rest.w)));
	struct rect body = rect_inset(rest, du(plan, 64), 0);
	rect_cut_bottom(&body, du(plan, 46));
	notes_put(plan, &body);
	if (plan->is_portrait) {
		portrait_put(plan, &form, body);
	} else {
		landscape_put(plan, &form, body);
	}
}
