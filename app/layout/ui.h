/* The widget tree: what stands where, in which colours, and what a tap on it means. layout.h makes it, app/draw/view.h
 * draws it, app/screen/dump.h prints it, app/screen/input.h finds what was hit. Plain data in painter's order: a parent
 * before its children. */
#ifndef APP_LAYOUT_UI_H
#define APP_LAYOUT_UI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/base/limits.h"
#include "app/model/action.h"

struct rect {
	int x, y, w, h; /* pixels of the screen as it is looked at (after rotation) */
};

/* Parts of the picture, each of which is drawn by itself; they may overlap. What is far apart stays apart, as long as
 * there are few of them. */
struct ui_parts {
	struct rect items[UI_PARTS_MAX];
	int count;
};

enum ui_role { UI_GROUP, UI_TEXT, UI_BUTTON, UI_IMAGE };
enum ui_weight { WEIGHT_REGULAR, WEIGHT_MEDIUM, WEIGHT_SEMIBOLD, WEIGHT_BOLD, WEIGHT_COUNT };
enum ui_align { ALIGN_START, ALIGN_CENTRE, ALIGN_END };
enum ui_fill { FILL_NONE, FILL_SOLID, FILL_HATCH };

enum ui_icon {
	ICON_NONE,
	ICON_RING,     /* free */
	ICON_SQUARE,   /* booked, taken */
	ICON_CLOCK,    /* waiting */
	ICON_CHECK,    /* checked in */
	ICON_SLASH,    /* no-show */
	ICON_QUESTION, /* unknown */
	ICON_WARNING,  /* conflict, trouble */
	ICON_DONE,     /* check mark in a circle */
	ICON_PREVIOUS,
	ICON_NEXT, /* big arrows */
	ICON_PEOPLE,
	ICON_VIDEO,
	ICON_OFFLINE,
	ICON_PLAY,     /* a meeting that goes on */
	ICON_NOTICE,   /* a megaphone */
	ICON_CALENDAR, /* the week */
	ICON_INFO,
	ICON_PIN, /* a place on the map, or another town */
	ICON_WIFI,
	ICON_PRINTER,
	ICON_PHONE,
	ICON_EXIT,
	ICON_ACCESS, /* accessibility */
	ICON_LOCK,   /* closed */
	ICON_UNDO,
	ICON_REACH,   /* the buttons lower, or higher again */
	ICON_BIRCHES, /* trunks and branches; their bark has another colour */
	ICON_BARK,
	ICON_HEADPHONES,
	ICON_VOLUME,
	ICON_COUNT
};

struct ui_ring {                    /* the host municipality's ring; count 0: none */
	int count, host, following; /* arc numbers; the host's arc is centred at the top */
	int stroke_px;
	uint32_t host_rgb, following_rgb, other_rgb;
};

struct ui_map { /* the walls of the floor plan fill the box */
	bool is_there;
	uint32_t floor_rgb, wall_rgb, glass_rgb; /* light areas, dark lines, coloured lines */
	uint32_t behind_rgb;                     /* where nothing is drawn */
};

struct ui_point {
	int x, y;
};

struct ui_dots {                       /* a dotted line */
	const struct ui_point *points; /* their middles */
	size_t count;
	int size_px;
	uint32_t rgb;
};

/* Colours are 0xAARRGGBB. Strings live as long as the tree. */
struct widget {
	const char *id; /* stable; "" for decoration */
	enum ui_role role;
	int parent; /* index; -1 none */
	struct rect box;

	enum ui_fill fill;
	uint32_t fill_rgb, fill2_rgb; /* fill2: the hatch's stripes */
	uint32_t border_rgb;
	int border_px, radius_px; /* border inside the box; 0 none */
	bool is_dashed;

	const char *text;     /* what is shown; '\n' between lines that the layout broke; "" none */
	const char *spoken;   /* in the language shown; "" for decoration only */
	uint32_t fg, bg;      /* of the text (or icon), and of what lies behind it, both opaque */
	int font_px, line_px; /* em size; distance of base lines */
	enum ui_weight weight;
	enum ui_align align_x, align_y;
	int padding_px;  /* between box and text, left and right */
	bool is_tabular; /* figures of equal width */

	enum ui_icon icon;
	int icon_px; /* before the text, or alone in the middle when there is no text */
	int icon_gap_px;
	struct ui_ring ring;
	struct ui_map map;
	struct ui_dots dots;
	const char *code; /* QR code over the box; "" none */

	struct action action; /* of a button */
	bool is_backdrop;     /* a button for fingers only, behind all others; another button does the same */
	bool stops_touch;     /* a touch beside the buttons on it means nothing, whatever lies behind */
	bool enabled;
	bool clipped;    /* the text does not fit its box, which is always a mistake */
	bool is_covered; /* it lies under a sheet: it is drawn, but cannot be reached or read */
};

struct ui {
	struct widget *widgets;
	size_t count, capacity;
	int width, height;   /* pixels */
	uint32_t paper;      /* background */
	bool is_dark;        /* nothing is shown, not even the focus */
	const char *first;   /* id of the button with which the keyboard begins; "" the first in reading order */
	int target_px;       /* the smallest target; ui_hit enlarges smaller buttons to it; 0 none */
	struct arena *arena; /* owns every string */
};

/* Measures text, so that the layout needs no library: with real fonts in the program, with a table in tests. */
struct measure {
	int (*width_px)(void *context, enum ui_weight weight, int font_px, bool is_tabular, const char *text,
			size_t length);                                    /* of one line; length in bytes */
	int (*line_px)(void *context, enum ui_weight weight, int font_px); /* ascent + descent */
	void *context;
};

/* Returns the topmost widget that a touch at (x, y) means, with small widgets enlarged to the smallest target; NULL
 * none. A backdrop is meant where nothing else is. */
const struct widget *ui_hit(const struct ui *ui, int x, int y);
const struct widget *ui_by_id(const struct ui *ui, const char *id);

/* Return the next widget that the keyboard can reach after `from` (-1: none yet), in reading order or in a direction.
 * Without `from` the first step goes to the tree's first button. */
int ui_focus_step(const struct ui *ui, int from, int step);
int ui_focus_towards(const struct ui *ui, int from, int dx, int dy);

/* Returns whether the widget is a button that can be tapped now. */
bool ui_is_reachable(const struct widget *widget);
/* Returns whether the two trees would give different pictures; *out_parts then holds all that differs. */
bool ui_differs(const struct ui *a, const struct ui *b, struct ui_parts *out_parts);
/* Adds a rectangle; an empty one adds nothing. */
void ui_parts_add(struct ui_parts *parts, struct rect rect);
/* Returns the smallest rectangle that holds both; an empty rectangle adds nothing. */
struct rect ui_unite(struct rect a, struct rect b);
/* Returns the area that drawing the widget may touch. */
struct rect ui_extent(const struct widget *widget);

#endif
