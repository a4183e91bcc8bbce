/* The fonts: Inter in the weights of the design, and for every letter that Inter lacks the best installed font that
 * has it. Known only to text.c. UI thread only. */
#ifndef APP_DRAW_FONTS_H
#define APP_DRAW_FONTS_H

#include <stddef.h>
#include <stdint.h>

#include "ical/err.h"
#include "face.h"
#include "app/layout/ui.h"

struct fonts;

/* NULL when no usable font is installed at all. */
struct fonts *fonts_create(struct err *err);
void fonts_destroy(struct fonts *fonts);

/* Inter, set to this size. Lives as long as `fonts`. */
struct face *fonts_main(struct fonts *fonts, enum ui_weight weight, int font_px);

/* For each character the face that shows it, set to this size; what belongs to one letter (marks, joiners, variation
 * selectors) gets one face. The faces live until the next call. */
void fonts_assign(struct fonts *fonts, enum ui_weight weight, int font_px, const uint32_t *chars, size_t count,
		  struct face **out_faces);

#endif
