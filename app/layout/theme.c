/* See theme.h. This file has the four token tables and, below them, the look of each state in each of them. */
#include "theme.h"

#include <assert.h>

enum { LIGHT, DARK, LIGHT_HIGH, DARK_HIGH, THEME_COUNT };
enum { STATE_COUNT = SHOWN_UNKNOWN + 1 };

static const struct theme themes[THEME_COUNT] = {
	[LIGHT] =
		{
			.paper = 0xFFF3F0E8,
			.card = 0xFFFFFFFF,
			.ink = 0xFF16242E,
			.muted = 0xFF55626C,
			.line = 0xFFEEEAE0,
			.river = 0xFF134B66,
			.on_river = 0xFFFFFFFF,
			.on_river_muted = 0xFFCFE2EB,
			.river_soft = 0xFFDCE8EE,
			.snow = 0xFFC9DCE5,
			.on_river_soft = 0xFF134B66,
			.outline = 0xFF134B66,
			.leaf = 0xFF1F6B42,
			.on_leaf = 0xFFFFFFFF,
			.late = 0xFFF1EDE3,
			.late_border = 0xFF767B78,
			.notice = 0xFF134B66,
			.on_notice = 0xFFFFFFFF,
			.leaf_text = 0xFF1F6B42,
			.amber_soft = 0xFFFBE7C8,
			.amber = 0xFF9A4F00,
			.on_amber_soft = 0xFF16242E,
			.now = 0xFFC0392B,
			.on_now = 0xFFFFFFFF,
			.sun = 0xFFFFD27A,
			.ring_next = 0xFF8FB9CC,
			.ring_other = 0xFF2C647F,
			.lit = 0xFF134B66,
			.on_lit = 0xFFFFFFFF,
			.on_lit_muted = 0xFFCFE2EB,
			.track = 0xFF2C647F,
			.track_done = 0xFFFFD27A,
			.floor = 0xFFFBFAF6,
			.wall = 0xFF8F8778,
			.glass = 0xFF5E93AB,
			.scrim = 0x9E101C24,
			.focus = 0xFFC0392B,
		},
	[DARK] =
		{
			.paper = 0xFF10212B,
			.card = 0xFF1A303D,
			.ink = 0xFFF4F1EA,
			.muted = 0xFFA9BBC5,
			.line = 0xFF23404F,
			.river = 0xFF2C647F,
			.on_river = 0xFFFFFFFF,
			.on_river_muted = 0xFFDCE8EE,
			.river_soft = 0xFF1A303D,
			.snow = 0xFF23404F,
			.on_river_soft = 0xFFF4F1EA,
			.outline = 0xFF8FB9CC,
			.leaf = 0xFF1F6B42,
			.on_leaf = 0xFFFFFFFF,
			.late = 0xFF1A303D,
			.late_border = 0xFF7F939E,
			.notice = 0xFFFFD27A,
			.on_notice = 0xFF16242E,
			.leaf_text = 0xFF9FD8B4,
			.amber_soft = 0xFF7A4A10,
			.amber = 0xFFFFFFFF,
			.on_amber_soft = 0xFFFFFFFF,
			.now = 0xFFC0392B,
			.on_now = 0xFFFFFFFF,
			.sun = 0xFFFFD27A,
			.ring_next = 0xFF8FB9CC,
			.ring_other = 0xFF23404F,
			.lit = 0xFFF4F1EA,
			.on_lit = 0xFF16242E,
			.on_lit_muted = 0xFF55626C,
			.track = 0xFFD9D4C7,
			.track_done = 0xFF134B66,
			.floor = 0xFF16293A,
			.wall = 0xFF6B8C9D,
			.glass = 0xFF8FB9CC,
			.scrim = 0xB8081218,
			.focus = 0xFFFFD27A,
		},
	[LIGHT_HIGH] =
		{
			.paper = 0xFFFFFFFF,
			.card = 0xFFFFFFFF,
			.card_border = 0xFF16242E,
			.ink = 0xFF000000,
			.muted = 0xFF2B363D,
			.line = 0xFF8A8A8A,
			.river = 0xFF0A3246,
			.on_river = 0xFFFFFFFF,
			.on_river_muted = 0xFFFFFFFF,
			.river_soft = 0xFFEAF3F7,
			.snow = 0xFFC9DCE5,
			.on_river_soft = 0xFF06202E,
			.outline = 0xFF06202E,
			.leaf = 0xFF0C4325,
			.on_leaf = 0xFFFFFFFF,
			.late = 0xFFFFFFFF,
			.late_border = 0xFF2B363D,
			.notice = 0xFF0A3246,
			.on_notice = 0xFFFFFFFF,
			.leaf_text = 0xFF0C4325,
			.amber_soft = 0xFFFFF1DA,
			.amber = 0xFF5C2E00,
			.on_amber_soft = 0xFF000000,
			.now = 0xFF8C1D12,
			.on_now = 0xFFFFFFFF,
			.sun = 0xFFFFD27A,
			.ring_next = 0xFFB9DDEC,
			.ring_other = 0xFF6E8C9B,
			.lit = 0xFF0A3246,
			.on_lit = 0xFFFFFFFF,
			.on_lit_muted = 0xFFFFFFFF,
			.track = 0xFF4A6B7B,
			.track_done = 0xFFFFD27A,
			.floor = 0xFFFFFFFF,
			.wall = 0xFF2B363D,
			.glass = 0xFF0A3246,
			.scrim = 0xB8000000,
			.focus = 0xFF8C1D12,
		},
	[DARK_HIGH] =
		{
			.paper = 0xFF000000,
			.card = 0xFF0B151B,
			.card_border = 0xFF8FB9CC,
			.ink = 0xFFFFFFFF,
			.muted = 0xFFD5E0E6,
			.line = 0xFF6E7F88,
			.river = 0xFF12435A,
			.on_river = 0xFFFFFFFF,
			.on_river_muted = 0xFFFFFFFF,
			.river_soft = 0xFF0B151B,
			.snow = 0xFF23404F,
			.on_river_soft = 0xFFFFFFFF,
			.outline = 0xFFB9DDEC,
			.leaf = 0xFF0E4F2C,
			.on_leaf = 0xFFFFFFFF,
			.late = 0xFF0B151B,
			.late_border = 0xFFD5E0E6,
			.notice = 0xFFFFD27A,
			.on_notice = 0xFF000000,
			.leaf_text = 0xFFB4EBC8,
			.amber_soft = 0xFF5A3508,
			.amber = 0xFFFFFFFF,
			.on_amber_soft = 0xFFFFFFFF,
			.now = 0xFF96231A,
			.on_now = 0xFFFFFFFF,
			.sun = 0xFFFFD27A,
			.ring_next = 0xFF8FB9CC,
			.ring_other = 0xFF4A6B7B,
			.lit = 0xFFFFFFFF,
			.on_lit = 0xFF000000,
			.on_lit_muted = 0xFF2B363D,
			.track = 0xFF8A8A8A,
			.track_done = 0xFF0A3246,
			.floor = 0xFF0B151B,
			.wall = 0xFFD5E0E6,
			.glass = 0xFF8FB9CC,
			.scrim = 0xC8000000,
			.focus = 0xFFFFD27A,
		},
};

/* The fills of ended bookings and of bookings to which nobody came do not follow from the tokens. The border keeps them
 * visible on a card (3:1), where the fill alone would not. */
struct over_look {
	uint32_t ended, hatch, hatch2, fg, border;
};

static const struct over_look over_looks[THEME_COUNT] = {
	[LIGHT] = {0xFFE9E5DB, 0xFFEFEBE1, 0xFFE2DDD0, 0xFF4E5B65, 0xFF858A87},
	[DARK] = {0xFF1A303D, 0xFF1A303D, 0xFF23404F, 0xFFC3D0D7, 0xFF8497A2},
	[LIGHT_HIGH] = {0xFFEFEFEF, 0xFFFFFFFF, 0xFFE4E4E4, 0xFF2B363D, 0xFF2B363D},
	[DARK_HIGH] = {0xFF1C262C, 0xFF0B151B, 0xFF26343C, 0xFFFFFFFF, 0xFFD5E0E6},
};

/* The fills of free time: soft on a light screen, solid on a dark one. The stripes show that a booker is absent. */
struct free_look {
	uint32_t fill, stripes, border, fg;
};

static const struct free_look free_looks[THEME_COUNT] = {
	[LIGHT] = {0xFFDDEEDF, 0xFFEEF6EE, 0xFF1F6B42, 0xFF1F6B42},
	[DARK] = {0xFF1F6B42, 0xFF195636, 0xFF9FD8B4, 0xFFFFFFFF},
	[LIGHT_HIGH] = {0xFFE6F5EA, 0xFFFFFFFF, 0xFF0C4325, 0xFF0C4325},
	[DARK_HIGH] = {0xFF0E4F2C, 0xFF0A3B21, 0xFFB4EBC8, 0xFFFFFFFF},
};

/* Two people on one place: the border and the words carry the alarm. */
static const uint32_t conflict_fills[THEME_COUNT] = {0xFFFFFFFF, 0xFFA52A1E, 0xFFFFFFFF, 0xFF7A1A10};
static const uint32_t conflict_marks[THEME_COUNT] = {0xFFC0392B, 0xFFFFD27A, 0xFF8C1D12, 0xFFFFD27A};

const struct theme *theme_get(bool is_dark, bool high_contrast)
{
	return &themes[(is_dark ? DARK : LIGHT) + (high_contrast ? 2 : 0)];
}

static struct state_look solid(enum ui_icon icon, uint32_t fill, uint32_t border, uint32_t fg, uint32_t mark)
{
	return (struct state_look){
		.icon = icon,
		.fill = FILL_SOLID,
		.fill_rgb = fill,
		.fill2_rgb = fill,
		.border_rgb = border,
		.fg = fg,
		.mark = mark,
	};
}

struct state_look theme_state(const struct theme *theme, enum shown_state state)
{
	assert(theme >= themes && theme < themes + THEME_COUNT && (int)state < STATE_COUNT);
	const struct over_look *over = &over_looks[theme - themes];
	const struct free_look *free = &free_looks[theme - themes];
	bool is_light = (theme - themes) % 2 == LIGHT;
	uint32_t edge = is_light ? 0 : theme->outline; /* the river fill stands out from a light card only, so a dark
							  theme adds a border */
	switch (state) {
	case SHOWN_FREE:
		return solid(ICON_RING, free->fill, free->border, free->fg, theme->leaf_text);
	case SHOWN_ABSENT:
		return (struct state_look){.icon = ICON_SLASH,
					   .fill = FILL_HATCH,
					   .fill_rgb = free->fill,
					   .fill2_rgb = free->stripes,
					   .border_rgb = free->border,
					   .fg = free->fg,
					   .mark = theme->leaf_text};
	case SHOWN_BOOKED:
		return solid(ICON_SQUARE, theme->river_soft, theme->outline, theme->on_river_soft, theme->outline);
	case SHOWN_WAITING:
		return solid(ICON_CLOCK, theme->amber_soft, theme->amber, theme->amber,
			     is_light ? theme->amber : theme->sun);
	case SHOWN_CHECKED_IN:
		return solid(ICON_CHECK, theme->river, edge, theme->on_river, theme->outline);
	case SHOWN_NO_SHOW:
		return (struct state_look){.icon = ICON_SLASH,
					   .fill = FILL_HATCH,
					   .fill_rgb = over->hatch,
					   .fill2_rgb = over->hatch2,
					   .border_rgb = over->border,
					   .fg = over->fg,
					   .mark = theme->muted};
	case SHOWN_ENDED:
		return solid(ICON_NONE, over->ended, over->border, over->fg, theme->muted);
	case SHOWN_TAKEN:
		return solid(ICON_SQUARE, theme->river, edge, theme->on_river, theme->outline);
	case SHOWN_ONGOING:
		return solid(ICON_PLAY, theme->river, edge, theme->on_river, theme->outline);
	case SHOWN_CONFLICT:
		return solid(ICON_WARNING, conflict_fills[theme - themes], is_light ? theme->now : theme->sun,
			     is_light ? theme->now : theme->on_now, conflict_marks[theme - themes]);
	case SHOWN_UNKNOWN:
		break;
	}
	return (struct state_look){.icon = ICON_QUESTION,
				   .fill = FILL_SOLID,
				   .fill_rgb = theme->card,
				   .fill2_rgb = theme->card,
				   .border_rgb = over->border,
				   .fg = theme->ink,
				   .mark = theme->muted,
				   .is_dashed = true};
}
