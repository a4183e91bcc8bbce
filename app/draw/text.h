/* Text: how wide it is and how it looks, for every script that an installed font covers. Shapes with
 * HarfBuzz and paints with FreeType: SDL_ttf knows neither figures of equal width nor letter spacing nor a second font.
 * Knows no SDL. UI thread only. */
#ifndef APP_DRAW_TEXT_H
#define APP_DRAW_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ical/err.h"
#include "image.h"
#include "app/base/limits.h"
#include "app/layout/ui.h"

struct text;

struct text_style {
	enum ui_weight weight;
	int font_px;     /* em */
	int tracking_px; /* between letters */
	bool is_tabular; /* figures of equal width */
};

/* NULL when no font is installed. */
struct text *text_create(struct err *err);
void text_destroy(struct text *text);

/* What layout_create takes; lives as long as `text`. */
const struct measure *text_measure(struct text *text);

/* Above and below the base line, both positive. */
void text_metrics(struct text *text, const struct text_style *style, int *out_ascent_px, int *out_descent_px);

/* The height of a capital H, for checks of legibility. */
int text_cap_height_px(struct text *text, const struct text_style *style);

/* Advance width of one line of `length` bytes, rounded up. */
int text_width_px(struct text *text, const struct text_style *style, const char *line, size_t length);

/* Paints one line in a colour; left and top of the picture are counted from the start of the base line. False when
 * there is nothing to see (only spaces) or memory ran out. */
bool text_paint(struct text *text, const struct text_style *style, const char *line, size_t length, uint32_t rgb,
		struct image *out_image);

/* How many letters of the line no installed font has. */
size_t text_count_missing(struct text *text, const char *line, size_t length);

#endif
