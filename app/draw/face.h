/* One open font file, as FreeType paints it and as HarfBuzz shapes with it, at one size at a time. Known only to
 * fonts.c, line.c and text.c. */
#ifndef APP_DRAW_FACE_H
#define APP_DRAW_FACE_H

#include <hb.h>
#include <ft2build.h>
#include FT_FREETYPE_H

struct face {
	FT_Face ft;
	hb_font_t *hb;
	int font_px; /* the size it is set to; 0 none yet */
};

/* Light hinting snaps to rows, never to columns: crisp bars, undisturbed widths. */
enum { FACE_LOAD_FLAGS = FT_LOAD_TARGET_LIGHT | FT_LOAD_COLOR };

/* NULL: no font in that file, or out of memory. */
struct face *face_open(FT_Library freetype, const char *file, int index);
void face_close(struct face *face); /* NULL is fine */

void face_set_size(struct face *face, int font_px);

/* A length in the face's pixels as pixels of the size that was asked for: bitmap fonts have only a few sizes. */
FT_Pos face_scale(const struct face *face, FT_Pos length);

#endif
