/* The host municipality's card and its ring. */
#include "parts_private.h"

#include "fit_private.h"

struct host_form {
	struct font label, name, small, year;
	int ring_px, stroke_px, pad_x, text_x;
};

static struct host_form host_form(const struct plan *plan, enum host_size size)
{
	struct host_form form = {
		.label = font_make(plan, 22, WEIGHT_REGULAR),
		.name = font_make(plan, 36, WEIGHT_BOLD),
		.small = font_make(plan, 22, WEIGHT_REGULAR),
		.year = font_sized(plan, du(plan, 20), WEIGHT_BOLD),
		.ring_px = du(plan, 98),
		.stroke_px = du(plan, 14),
		.pad_x = du(plan, 24),
		.text_x = du(plan, 138),
	};
	bool has_room = font_make(plan, 22, WEIGHT_BOLD).px <= form.ring_px / 3;
	if (size == HOST_COMPACT || !has_room) {
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
	if (!form.ring_px) {
		return max_int(text + du(plan, 28), plan->main_px);
	}
	return max_int(text + form.small.line_px + du(plan, 20), form.ring_px + du(plan, 28));
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
	int room = box.w - 2 * stroke_px - du(plan, 8);
	struct font font = fit_font(plan, year_font, host->year, room, 0.5);
	if (!words_fit(plan, font, host->year, room)) {
		return;
	}
	bool is_dark = behind != plan->theme->card && behind != plan->theme->paper;
	put_text(plan, ring, rect_centred(box, room, font.line_px), font,
		 is_dark ? plan->theme->on_river : plan->theme->ink, behind, ALIGN_CENTRE, host->year);
}

/* Puts the label, the name, and who is next as far as there is room for that. */
static void host_words_put(struct plan *plan, int parent, const struct host_form *form, struct rect box,
			   enum ui_align align)
{
	const struct model_host *host = &plan->model->host;
	const struct theme *theme = plan->theme;
	int height = form->label.line_px + form->name.line_px;
	struct font small = fit_font(plan, form->small, host->next, box.w, 0.94);
	int lines = form->ring_px ? (box.h - height) / max_int(small.line_px, 1) : 0;
	const char *next = lines > 0 ? fit_whole(plan, small, host->next, box.w, min_int(lines, 2)) : "";
	struct rect rest = rect_centred(box, box.w, height + words_height(small, next));
	put_text(plan, parent, rect_cut_top(&rest, form->label.line_px), form->label, theme->on_river_muted,
		 theme->river, align, fit_line(plan, form->label, host->label, box.w));
	struct font name = fit_font(plan, form->name, host->name, box.w, 0.5);
	put_text(plan, parent, rect_cut_top(&rest, form->name.line_px), name, theme->on_river, theme->river, align,
		 fit_line(plan, name, host->name, box.w));
	put_text(plan, parent, rest, small, theme->on_river_muted, theme->river, align, next);
}

/* A card that is about as high as it is wide has the ring above the words. */
static bool is_tower(const struct plan *plan, struct rect card)
{
	return card.h >= du(plan, 360) && card.h * 3 >= card.w * 2;
}

static void tower_put(struct plan *plan, int parent, struct rect card)
{
	struct host_form form = {
		.label = font_make(plan, 25, WEIGHT_REGULAR),
		.name = font_make(plan, 48, WEIGHT_BOLD),
		.small = font_make(plan, 25, WEIGHT_REGULAR),
		.year = font_sized(plan, du(plan, 44), WEIGHT_BOLD),
	};
	int words = form.label.line_px + form.name.line_px + 2 * form.small.line_px;
	form.ring_px = min_int(du(plan, 230), card.h - words - du(plan, 84));
	int gap = du(plan, 24);
	struct rect inner = rect_centred(card, card.w - 2 * du(plan, 28), form.ring_px + gap + words);
	struct rect ring = rect_cut_top(&inner, form.ring_px);
	rect_cut_top(&inner, gap);
	ring = rect_centred(ring, form.ring_px, form.ring_px);
	form.year = font_sized(plan, form.ring_px * 44 / 230, WEIGHT_BOLD);
	ring_put(plan, parent, ring, form.ring_px * 32 / 230, plan->theme->river, plan->theme->ring_other, form.year);
	host_words_put(plan, parent, &form, inner, ALIGN_CENTRE);
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
	bool has_ring = form.ring_px && host->count > 0;
	if (size == HOST_FULL && host->count > 0 && is_tower(plan, card)) {
		tower_put(plan, parent, card);
		return;
	}
	if (has_ring) {
		int grown = clamp_int(card.h - du(plan, 28), form.ring_px, du(plan, 150)) - form.ring_px;
		form.ring_px += grown;
		form.text_x += grown;
		form.stroke_px = form.ring_px * 14 / 98;
		form.year = font_sized(plan, form.ring_px * 20 / 98, WEIGHT_BOLD);
		struct rect ring = {card.x + form.pad_x, card.y + (card.h - form.ring_px) / 2, form.ring_px,
				    form.ring_px};
		ring_put(plan, parent, ring, form.stroke_px, plan->theme->river, plan->theme->ring_other, form.year);
	} else {
		form.text_x = form.pad_x;
	}
	struct rect words = card;
	rect_cut_left(&words, form.text_x);
	rect_cut_right(&words, du(plan, 20));
	host_words_put(plan, parent, &form, words, ALIGN_START);
}
