/* The host municipality's card and its ring. */
#include "parts_private.h"

#include "fit_private.h"

struct host_form {
	struct font label, name, small, year;
	int ring_px, stroke_px, pad_x, text_x;
};

static struct host_form host_form(const struct plan *plan, enum host_size size)
{
	bool is_tall = plan->is_portrait;
	struct host_form form = {
		.label = font_make(plan, is_tall ? 26 : 24, WEIGHT_REGULAR),
		.name = font_make(plan, is_tall ? 56 : 44, WEIGHT_BOLD),
		.small = font_make(plan, is_tall ? 26 : 24, WEIGHT_REGULAR),
		.year = font_sized(plan, du(plan, is_tall ? 36 : 28), WEIGHT_BOLD),
		.ring_px = du(plan, is_tall ? 184 : 128),
		.stroke_px = du(plan, is_tall ? 28 : 20),
		.pad_x = du(plan, is_tall ? 38 : 28),
		.text_x = du(plan, is_tall ? 264 : 180),
	};
	if (size == HOST_COMPACT) {
		form.name = font_make(plan, 32, WEIGHT_BOLD);
		form.ring_px = 0;
		form.text_x = form.pad_x;
	}
	return form;
}

int host_height(const struct plan *plan, enum host_size size)
{
	struct host_form form = host_form(plan, size);
	int text = form.label.line_px + form.name.line_px;
	if (size == HOST_COMPACT) {
		return max_int(text + du(plan, 28), plan->main_px);
	}
	int lines = plan->is_portrait ? 2 : 1;
	text += lines * form.small.line_px + du(plan, 48);
	return max_int(text, du(plan, plan->is_portrait ? 256 : 172));
}

void ring_put(struct plan *plan, int parent, struct rect box, int stroke_px, uint32_t behind, uint32_t other_rgb,
	      struct font year_font)
{
	const struct model_host *host = &plan->model->host;
	int ring = put(plan, (struct widget){
				     .role = UI_IMAGE,
				     .parent = parent,
				     .box = box,
				     .spoken = host->spoken,
				     .bg = behind,
				     .fg = plan->theme->sun,
				     .ring = {.count = host->count,
					      .host = host->host,
					      .following = host->following,
					      .stroke_px = stroke_px,
					      .host_rgb = plan->theme->sun,
					      .following_rgb = plan->theme->ring_next,
					      .other_rgb = other_rgb},
			     });
	int room = box.w - 2 * stroke_px - du(plan, 12);
	struct font font = fit_font(plan, year_font, host->year, room, 0.5);
	bool is_dark = behind != plan->theme->card && behind != plan->theme->paper;
	put_text(plan, ring, rect_centred(box, room, font.line_px), font,
		 is_dark ? plan->theme->on_river : plan->theme->ink, behind, ALIGN_CENTRE, host->year);
}

/* Puts the lines about the deputy and the next host, as far as there are words and room for them. */
static void host_words_put(struct plan *plan, int parent, const struct host_form *form, struct rect box,
			   bool is_compact)
{
	const struct model_host *host = &plan->model->host;
	const struct theme *theme = plan->theme;
	const char *extra[2] = {plan->is_portrait ? host->vice : "", host->next};
	const char *words[2] = {"", ""};
	struct font small[2] = {form->small, form->small};
	int gap = du(plan, is_compact ? 0 : 8);
	int height = form->label.line_px + form->name.line_px, leading = du(plan, plan->is_portrait ? 4 : 0);
	for (int i = 0; i < 2 && !is_compact; i++) {
		small[i] = fit_font(plan, form->small, extra[i], box.w, 0.94);
		int room = (box.h - height - gap) / max_int(small[i].line_px, 1);
		words[i] = fit_whole(plan, small[i], extra[i], box.w, min_int(room, 2));
		height += words[i][0] ? words_height(small[i], words[i]) + leading : 0;
	}
	height += words[0][0] || words[1][0] ? gap : 0;
	struct rect rest = rect_centred(box, box.w, height);
	put_text(plan, parent, rect_cut_top(&rest, form->label.line_px), form->label, theme->on_river_muted,
		 theme->river, ALIGN_START, fit_line(plan, form->label, host->label, box.w));
	struct font name = fit_font(plan, form->name, host->name, box.w, 0.5);
	put_text(plan, parent, rect_cut_top(&rest, form->name.line_px), name, theme->on_river, theme->river,
		 ALIGN_START, fit_line(plan, name, host->name, box.w));
	rect_cut_top(&rest, gap);
	for (int i = 0; i < 2; i++) {
		put_text(plan, parent, rect_cut_top(&rest, words_height(small[i], words[i])), small[i],
			 theme->on_river_muted, theme->river, ALIGN_START, words[i]);
		rect_cut_top(&rest, leading);
	}
}

void host_put(struct plan *plan, struct rect card, enum host_size size)
{
	const struct model_host *host = &plan->model->host;
	struct host_form form = host_form(plan, size);
	int parent = put(plan, (struct widget){
				       .id = "host",
				       .role = role_of(plan, &host->action),
				       .parent = -1,
				       .box = card,
				       .fill = FILL_SOLID,
				       .fill_rgb = plan->theme->river,
				       .radius_px = du(plan, 24),
				       .spoken = host->spoken,
				       .fg = plan->theme->on_river,
				       .bg = plan->theme->river,
				       .action = host->action,
			       });
	if (form.ring_px && host->count > 0) {
		struct rect ring = {card.x + form.pad_x, card.y + (card.h - form.ring_px) / 2, form.ring_px,
				    form.ring_px};
		ring_put(plan, parent, ring, form.stroke_px, plan->theme->river, plan->theme->ring_other, form.year);
	} else {
		form.text_x = form.pad_x;
	}
	struct rect words = card;
	rect_cut_left(&words, form.text_x);
	rect_cut_right(&words, du(plan, 20));
	host_words_put(plan, parent, &form, words, size == HOST_COMPACT);
}
