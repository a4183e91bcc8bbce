/* The fonts, in memory: Inter in the weights of the design, and for every letter that Inter lacks the installed font
 * that is most like it and has the letter. Known only to text.c. UI thread only. */
#ifndef APP_DRAW_FONTS_H
#define APP_DRAW_FONTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <SDL_ttf.h>

#include "app/layout/ui.h"
#include "ical/err.h"

/* A size at which whole pixels say precisely where things are. */
enum { FACE_LARGE_BITS = 10, FACE_LARGE_PX = 1 << FACE_LARGE_BITS };

struct fonts;
struct face; /* a font at any size */

/* `ready` is called on another thread when fonts have come that letters are waiting for: fonts_take brings them in.
 * NULL: every letter waits for its font. NULL is returned when no usable font is installed at all. */
struct fonts *fonts_create(void (*ready)(void *context), void *context, struct err *err);
void fonts_destroy(struct fonts *fonts);

/* True: there are answers to letters that had no font yet; what was drawn with them is to be drawn again. */
bool fonts_take(struct fonts *fonts);

/* Inter; lives as long as `fonts`. */
struct face *fonts_main(struct fonts *fonts, enum ui_weight weight);

/* Above and below the base line, both positive. */
void face_metrics(const struct face *face, int font_px, int *out_ascent_px, int *out_descent_px);

/* The character that shows this figure as wide as every other figure; the plain figure where the font has none. */
uint32_t face_figure(const struct face *face, int figure);

/* For each character the face that shows it; what belongs to one letter (marks, joiners, variation selectors) gets one
 * face. A face is NULL while it is being looked for; false is returned then. The faces live until the next call. */
bool fonts_assign(struct fonts *fonts, enum ui_weight weight, const uint32_t *chars, size_t count,
		  struct face **out_faces);

/* The face at a size, to paint with; until the next call for this face. NULL: out of memory. */
TTF_Font *face_sized(struct face *face, int font_px);

/* The face at FACE_LARGE_PX, to measure with: widths grow evenly with the size. Lives as long as the face. */
TTF_Font *face_large(const struct face *face);

#endif
