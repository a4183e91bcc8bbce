/* Measures and paints text in every script that an installed font covers. UI thread only. */
#ifndef APP_DRAW_TEXT_H
#define APP_DRAW_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/base/limits.h"
#include "app/layout/ui.h"
#include "ical/err.h"
#include "image.h"

struct text;

struct text_style {
	enum ui_weight weight;
	int font_px;     /* em */
	bool is_tabular; /* figures of equal width */
};

/* With this text, a letter that Inter lacks waits until its font has been read from the disk. Returns NULL when no font
 * is installed. */
struct text *text_create(struct err *err);
/* This text never waits for a disk: such a letter stays blank until its font is there. `ready` is called on another
 * thread when fonts have arrived; it must return soon. */
struct text *text_create_waking(void (*ready)(void *context), void *context, struct err *err);
void text_destroy(struct text *text);

/* Brings in the fonts that have arrived. Returns true when everything has to be laid out and painted again. */
bool text_take(struct text *text);

/* Returns the measure for layout_create; it lives as long as `text`. */
const struct measure *text_measure(struct text *text);

/* Return the extent above and below the base line, both positive. */
void text_metrics(struct text *text, const struct text_style *style, int *out_ascent_px, int *out_descent_px);

size_t text_shaped(const struct text *text); /* how many runs were shaped to measure texts, since it was created */

/* Returns the advance width of one line of `length` bytes, rounded up. */
int text_width_px(struct text *text, const struct text_style *style, const char *line, size_t length);

/* Paints one line in a colour; left and top of the picture are counted from the start of the base line. Returns false
 * when there is nothing to see (only spaces) or memory ran out. */
bool text_paint(struct text *text, const struct text_style *style, const char *line, size_t length, uint32_t rgb,
		struct image *out_image);

#endif
