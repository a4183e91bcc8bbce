/* Inter is opened from where Debian puts it, without asking fontconfig: its start costs more than the first frame may.
 * Only the first letter that Inter lacks wakes fontconfig, which then sorts all installed fonts by likeness. */
#include "fonts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <fontconfig/fontconfig.h>
#include <hb.h>

#include "limits.h"

static const struct {
	const char *style;
	int fc_weight;
} weights[WEIGHT_COUNT] = {
	[WEIGHT_REGULAR] = {"Regular", FC_WEIGHT_REGULAR},
	[WEIGHT_MEDIUM] = {"Medium", FC_WEIGHT_MEDIUM},
	[WEIGHT_SEMIBOLD] = {"SemiBold", FC_WEIGHT_DEMIBOLD},
	[WEIGHT_BOLD] = {"Bold", FC_WEIGHT_BOLD},
};

static const char *const inter_paths[] = {
	"/usr/share/fonts/opentype/inter/Inter-%s.otf",
	"/usr/local/share/fonts/Inter-%s.otf",
	"/usr/share/fonts/truetype/inter/Inter-%s.ttf",
};

struct fallback {
	FT_Face face;
	const FcPattern *pattern; /* belongs to a sorted set */
};

struct fonts {
	FT_Library freetype;
	FT_Face inter[WEIGHT_COUNT];
	FcConfig *config; /* NULL until a letter was missing */
	FcFontSet *sorted[WEIGHT_COUNT];
	struct fallback open[FONTS_OPEN_MAX];
	size_t open_count;
};

static FcConfig *fonts_config(struct fonts *fonts)
{
	if (!fonts->config)
		fonts->config = FcInitLoadConfigAndFonts();
	return fonts->config;
}

/* Outline fonts, those most like Inter in this weight first. */
static FcFontSet *fonts_sorted(struct fonts *fonts, enum ui_weight weight)
{
	if (fonts->sorted[weight] || !fonts_config(fonts))
		return fonts->sorted[weight];
	FcPattern *wanted = FcPatternCreate();
	FcResult result = FcResultMatch;
	if (!wanted)
		return NULL;
	FcPatternAddString(wanted, FC_FAMILY, (const FcChar8 *)"Inter");
	FcPatternAddString(wanted, FC_FAMILY, (const FcChar8 *)"Noto Sans");
	FcPatternAddString(wanted, FC_FAMILY, (const FcChar8 *)"sans-serif");
	FcPatternAddInteger(wanted, FC_WEIGHT, weights[weight].fc_weight);
	FcPatternAddInteger(wanted, FC_SLANT, FC_SLANT_ROMAN);
	FcConfigSubstitute(fonts->config, wanted, FcMatchPattern);
	FcDefaultSubstitute(wanted);
	fonts->sorted[weight] = FcFontSort(fonts->config, wanted, FcFalse, NULL, &result);
	FcPatternDestroy(wanted);
	return fonts->sorted[weight];
}

static FT_Face open_pattern(struct fonts *fonts, const FcPattern *pattern)
{
	FcChar8 *file = NULL;
	int index = 0;
	FT_Face face = NULL;
	if (FcPatternGetString(pattern, FC_FILE, 0, &file) != FcResultMatch)
		return NULL;
	FcPatternGetInteger(pattern, FC_INDEX, 0, &index);
	return FT_New_Face(fonts->freetype, (const char *)file, index, &face) == 0 ? face : NULL;
}

static FT_Face open_inter(struct fonts *fonts, enum ui_weight weight)
{
	for (size_t i = 0; i < sizeof inter_paths / sizeof *inter_paths; i++) {
		FT_Face face = NULL;
		const char *path = inter_paths[i], *hole = strstr(path, "%s");
		char file[256];
		size_t before = (size_t)(hole - path);
		memcpy(file, path, before);
		strcpy(file + before, weights[weight].style);
		strcat(file, hole + 2);
		if (FT_New_Face(fonts->freetype, file, 0, &face) == 0)
			return face;
	}
	FcFontSet *sorted = fonts_sorted(fonts, weight); /* installed elsewhere, or not at all: the next best */
	for (int i = 0; sorted && i < sorted->nfont; i++) {
		FT_Face face = open_pattern(fonts, sorted->fonts[i]);
		if (face)
			return face;
	}
	return NULL;
}

struct fonts *fonts_create(struct err *err)
{
	struct fonts *fonts = calloc(1, sizeof *fonts);
	if (!fonts || FT_Init_FreeType(&fonts->freetype) != 0) {
		err_set(err, "fonts: out of memory");
		goto out;
	}
	fonts->inter[WEIGHT_REGULAR] = open_inter(fonts, WEIGHT_REGULAR); /* the others when they are first used */
	if (!fonts->inter[WEIGHT_REGULAR]) {
		err_set(err, "no font is installed: install the package fonts-inter");
		goto out;
	}
	return fonts;
out:
	fonts_destroy(fonts);
	return NULL;
}

static void close_fallbacks(struct fonts *fonts)
{
	for (size_t i = 0; i < fonts->open_count; i++)
		FT_Done_Face(fonts->open[i].face);
	fonts->open_count = 0;
}

void fonts_destroy(struct fonts *fonts)
{
	if (!fonts)
		return;
	close_fallbacks(fonts);
	for (size_t i = 0; i < WEIGHT_COUNT; i++) {
		if (fonts->inter[i])
			FT_Done_Face(fonts->inter[i]);
		if (fonts->sorted[i])
			FcFontSetDestroy(fonts->sorted[i]);
	}
	if (fonts->config)
		FcConfigDestroy(fonts->config);
	if (fonts->freetype)
		FT_Done_FreeType(fonts->freetype);
	free(fonts);
}

/* Bitmap fonts (colour emoji) get their nearest strike that is not smaller; text.c scales it. */
static void set_size(FT_Face face, int font_px)
{
	if (FT_IS_SCALABLE(face)) {
		FT_Set_Pixel_Sizes(face, 0, (FT_UInt)font_px);
		return;
	}
	int best = 0;
	for (int i = 1; i < face->num_fixed_sizes; i++) {
		long size = face->available_sizes[i].y_ppem >> 6, known = face->available_sizes[best].y_ppem >> 6;
		if ((known < font_px && size > known) || (size >= font_px && size < known))
			best = i;
	}
	FT_Select_Size(face, best);
}

FT_Face fonts_main(struct fonts *fonts, enum ui_weight weight, int font_px)
{
	if (!fonts->inter[weight])
		fonts->inter[weight] = open_inter(fonts, weight);
	FT_Face face = fonts->inter[weight] ? fonts->inter[weight] : fonts->inter[WEIGHT_REGULAR];
	set_size(face, font_px);
	return face;
}

/* Shown by nothing of its own: joiners, variation selectors, direction marks, tags. */
static bool is_invisible(uint32_t c)
{
	return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
	       c == 0xAD || c == 0x34F || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF || (c >= 0xE0000 && c <= 0xE0FFF);
}

static bool continues_letter(const uint32_t *chars, size_t i)
{
	hb_unicode_general_category_t category = hb_unicode_general_category(hb_unicode_funcs_get_default(), chars[i]);
	return category == HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK ||
	       category == HB_UNICODE_GENERAL_CATEGORY_ENCLOSING_MARK ||
	       category == HB_UNICODE_GENERAL_CATEGORY_SPACING_MARK || is_invisible(chars[i]) ||
	       (chars[i] >= 0x1F3FB && chars[i] <= 0x1F3FF) || chars[i - 1] == 0x200D;
}

static bool face_has(FT_Face face, const uint32_t *chars, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!is_invisible(chars[i]) && FT_Get_Char_Index(face, chars[i]) == 0)
			return false;
	return true;
}

static bool pattern_has(const FcPattern *pattern, const uint32_t *chars, size_t count)
{
	FcCharSet *set = NULL;
	if (FcPatternGetCharSet(pattern, FC_CHARSET, 0, &set) != FcResultMatch)
		return false;
	for (size_t i = 0; i < count; i++)
		if (!is_invisible(chars[i]) && !FcCharSetHasChar(set, chars[i]))
			return false;
	return true;
}

static FT_Face open_fallback(struct fonts *fonts, const FcPattern *pattern, int font_px)
{
	for (size_t i = 0; i < fonts->open_count; i++)
		if (fonts->open[i].pattern == pattern) {
			set_size(fonts->open[i].face, font_px);
			return fonts->open[i].face;
		}
	if (fonts->open_count == FONTS_OPEN_MAX)
		return NULL;
	FT_Face face = open_pattern(fonts, pattern);
	if (face) {
		set_size(face, font_px);
		fonts->open[fonts->open_count++] = (struct fallback){face, pattern};
	}
	return face;
}

static FT_Face find_fallback(struct fonts *fonts, enum ui_weight weight, int font_px, const uint32_t *chars,
			     size_t count)
{
	FcFontSet *sorted = fonts_sorted(fonts, weight);
	for (int i = 0; sorted && i < sorted->nfont; i++) {
		if (!pattern_has(sorted->fonts[i], chars, count))
			continue;
		FT_Face face = open_fallback(fonts, sorted->fonts[i], font_px);
		if (face && face_has(face, chars, count))
			return face;
	}
	return NULL;
}

void fonts_assign(struct fonts *fonts, enum ui_weight weight, int font_px, const uint32_t *chars, size_t count,
		  FT_Face *out_faces)
{
	FT_Face inter = fonts_main(fonts, weight, font_px), last = inter;
	if (fonts->open_count > FONTS_OPEN_MAX / 2)
		close_fallbacks(fonts);
	for (size_t start = 0, end; start < count; start = end) {
		for (end = start + 1; end < count && continues_letter(chars, end);)
			end++;
		FT_Face face = inter;
		if (!face_has(inter, chars + start, end - start)) {
			bool last_has = last != inter && face_has(last, chars + start, end - start);
			face = last_has ? last : find_fallback(fonts, weight, font_px, chars + start, end - start);
			if (!face && end - start > 1) /* no font has letter and mark: at least the letter */
				face = face_has(inter, chars + start, 1)
					       ? inter
					       : find_fallback(fonts, weight, font_px, chars + start, 1);
			if (!face)
				face = inter;
			last = face;
		}
		for (size_t i = start; i < end; i++)
			out_faces[i] = face;
	}
}
