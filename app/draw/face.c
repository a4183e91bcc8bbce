/* The HarfBuzz font lives as long as the file is open, so that its plans for shaping are made once. */
#include "face.h"

#include <stdlib.h>
#include <hb-ft.h>

struct face *face_open(FT_Library freetype, const char *file, int index)
{
	struct face *face = calloc(1, sizeof(*face));
	if (!face || FT_New_Face(freetype, file, index, &face->ft) != 0) {
		free(face);
		return NULL;
	}
	face_set_size(face, 16); /* HarfBuzz wants to see a size */
	face->hb = hb_ft_font_create(face->ft, NULL);
	hb_ft_font_set_load_flags(face->hb, FACE_LOAD_FLAGS);
	return face;
}

void face_close(struct face *face)
{
	if (!face) {
		return;
	}
	hb_font_destroy(face->hb);
	FT_Done_Face(face->ft);
	free(face);
}

/* Bitmap fonts (colour emoji) get the nearest strike that is not smaller, else the largest. */
static void select_strike(FT_Face ft, int font_px)
{
	int best = 0;
	for (int i = 1; i < ft->num_fixed_sizes; i++) {
		long size = ft->available_sizes[i].y_ppem >> 6, known = ft->available_sizes[best].y_ppem >> 6;
		if ((known < font_px && size > known) || (size >= font_px && size < known)) {
			best = i;
		}
	}
	FT_Select_Size(ft, best);
}

void face_set_size(struct face *face, int font_px)
{
	if (face->font_px == font_px) {
		return;
	}
	face->font_px = font_px;
	if (FT_IS_SCALABLE(face->ft)) {
		FT_Set_Pixel_Sizes(face->ft, 0, (FT_UInt)font_px);
	} else {
		select_strike(face->ft, font_px);
	}
	if (face->hb) {
		hb_ft_font_changed(face->hb);
	}
}

FT_Pos face_scale(const struct face *face, FT_Pos length)
{
	int ppem = face->ft->size->metrics.y_ppem;
	return FT_IS_SCALABLE(face->ft) || ppem == 0 ? length : length * face->font_px / ppem;
}
