/* One line of characters as glyphs in the order in which they are seen. Known only to text.c. UI thread only. */
#ifndef APP_DRAW_LINE_H
#define APP_DRAW_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "face.h"

/* Lengths in 1/64 pixel, y upwards. */
struct glyph {
	struct face *face;
	uint32_t index;
	uint32_t cluster; /* the character that it shows the beginning of */
	FT_Pos advance, x_offset, y_offset;
};

struct line {
	struct glyph *glyphs;
	size_t count, capacity;
	FT_Pos width;
};

struct line_style {
	int tracking_px; /* between letters */
	bool is_tabular; /* figures of equal width */
};

/* The faces, one for each character, must be set to their size. False: out of memory. */
bool line_shape(struct line *line, const uint32_t *chars, size_t count, struct face *const *faces,
		const struct line_style *style);
void line_finish(struct line *line); /* zeroed is fine */

#endif
