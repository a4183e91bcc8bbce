/* The look of the screens in one place: tokens, and the look of each state. A state never differs by colour alone: its
 * icon, fill or border differ, too, and the model gives it a word. tests/app/layout/test_theme.c checks every pair of
 * colours against WCAG. */
#ifndef APP_LAYOUT_THEME_H
#define APP_LAYOUT_THEME_H

#include <stdbool.h>
#include <stdint.h>

#include "app/model/model.h"
#include "ui.h"

/* 0xAARRGGBB, opaque but for scrim. */
struct theme {
	uint32_t paper, card, card_border; /* card_border 0: none */
	uint32_t ink, muted;               /* on paper and card */
	uint32_t line;                     /* grid lines, dividers */
	uint32_t river, on_river, on_river_muted;
	uint32_t river_soft, on_river_soft;        /* date tiles */
	uint32_t snow;                             /* the nearer hill of a closed day's picture */
	uint32_t outline;                          /* secondary buttons: border and text, on paper and card */
	uint32_t leaf, on_leaf;                    /* success as a fill */
	uint32_t late, late_border;                /* who is late, and may still check in */
	uint32_t notice, on_notice;                /* the office's own announcements */
	uint32_t leaf_text;                        /* on paper and card */
	uint32_t amber_soft, amber, on_amber_soft; /* waiting: the fill, the second line and border, the first line */
	uint32_t now, on_now;
	uint32_t sun, ring_next, ring_other;
	uint32_t lit, on_lit, on_lit_muted, track, track_done; /* the running meeting on the wall */
	uint32_t floor, wall, glass;                           /* of the map; its words and tiles stand on the floor */
	uint32_t scrim;                                        /* laid over what a sheet covers */
	uint32_t focus;
};

struct state_look {
	enum ui_icon icon;
	enum ui_fill fill;
	uint32_t fill_rgb, fill2_rgb;
	uint32_t border_rgb; /* 0 none */
	uint32_t fg;         /* on fill_rgb and fill2_rgb */
	uint32_t mark;       /* icon and word on paper and card */
	bool is_dashed;
};

const struct theme *theme_get(bool is_dark, bool high_contrast);
struct state_look theme_state(const struct theme *theme, enum shown_state state);

#endif
