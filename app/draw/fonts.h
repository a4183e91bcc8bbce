/* The fonts, in memory: Inter in the weights of the design and, for every letter that Inter lacks, the installed font
 * that is most like it and has the letter. For text.c only. UI thread only. */
#ifndef APP_DRAW_FONTS_H
#define APP_DRAW_FONTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <SDL_ttf.h>

#include "app/layout/ui.h"
#include "ical/err.h"

/* A size at which whole pixels are precise enough for measuring. */
enum { FACE_LARGE_BITS = 10, FACE_LARGE_PX = 1 << FACE_LARGE_BITS };

struct fonts;
struct face; /* a font at any size */

/* `ready` is called on another thread when fonts have arrived that letters wait for; fonts_take then brings them in.
 * With `ready` NULL every letter waits for its font. Returns NULL when no usable font is installed at all. */
struct fonts *fonts_create(void (*ready)(void *context), void *context, struct err *err);
void fonts_destroy(struct fonts *fonts);

/* Returns true when letters that had no font have one now; what was drawn with them has to be drawn again. */
bool fonts_take(struct fonts *fonts);

/* Returns Inter, which lives as long as `fonts`. */
struct face *fonts_main(struct fonts *fonts, enum ui_weight weight);

/* Return the extent above and below the base line, both positive. */
void face_metrics(const struct face *face, int font_px, int *out_ascent_px, int *out_descent_px);

/* Returns the character that shows this figure as wide as every other figure, or the plain figure when the font has
 * none. */
uint32_t face_figure(const struct face *face, int figure);

/* Finds for each character the face that shows it; characters of one letter (marks, joiners, variation selectors) get
 * the same face. A face is NULL while it is being looked for, and the function then returns false. The faces live until
 * the next call. */
bool fonts_assign(struct fonts *fonts, enum ui_weight weight, const uint32_t *chars, size_t count,
		  struct face **out_faces);

/* Returns a number that no other font has, also when this one is closed and opened again. */
int face_number(const struct face *face);

/* Returns the face at a size for painting; valid until the next call for this face. NULL when memory ran out. */
TTF_Font *face_sized(struct face *face, int font_px);

/* Returns the face at FACE_LARGE_PX for measuring, because widths grow evenly with the size. It lives as long as the
 * face. */
TTF_Font *face_large(const struct face *face);

#endif
