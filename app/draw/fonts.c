/* Inter is opened from where Debian puts it, without asking fontconfig: its start costs more than the first frame may.
 * Only the first letter that Inter lacks wakes fontconfig, which then sorts all installed fonts by likeness. */
#include "fonts.h"

#include <stdlib.h>
#include <string.h>
#include <fontconfig/fontconfig.h>

#include "app/base/limits.h"

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
	struct face *face;
	const FcPattern *pattern; /* belongs to a sorted set */
};

struct fonts {
	FT_Library freetype;
	struct face *inter[WEIGHT_COUNT];
	FcConfig *config; /* NULL until a letter was missing */
	FcFontSet *sorted[WEIGHT_COUNT];
	struct fallback open[FONTS_OPEN_MAX];
	size_t open_count;
};

static FcConfig *fonts_config(struct fonts *fonts)
{
	if (!fonts->config) {
		fonts->config = FcInitLoadConfigAndFonts();
	}
	return fonts->config;
}

/* Outline fonts, those most like Inter in this weight first. */
static FcFontSet *fonts_sorted(struct fonts *fonts, enum ui_weight weight)
{
	if (fonts->sorted[weight] || !fonts_config(fonts)) {
		return fonts->sorted[weight];
	}
	FcPattern *wanted = FcPatternCreate();
	FcResult result = FcResultMatch;
	if (!wanted) {
		return NULL;
	}
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

static struct face *open_pattern(struct fonts *fonts, const FcPattern *pattern)
{
	FcChar8 *file = NULL;
	int index = 0;
	if (FcPatternGetString(pattern, FC_FILE, 0, &file) != FcResultMatch) {
		return NULL;
	}
	FcPatternGetInteger(pattern, FC_INDEX, 0, &index);
	return face_open(fonts->freetype, (const char *)file, index);
}

static struct face *open_inter(struct fonts *fonts, enum ui_weight weight)
{
	for (size_t i = 0; i < sizeof(inter_paths) / sizeof(*inter_paths); i++) {
		const char *path = inter_paths[i], *hole = strstr(path, "%s");
		char file[256];
		size_t before = (size_t)(hole - path);
		memcpy(file, path, before);
		strcpy(file + before, weights[weight].style);
		strcat(file, hole + 2);
		struct face *face = face_open(fonts->freetype, file, 0);
		if (face) {
			return face;
		}
	}
	FcFontSet *sorted = fonts_sorted(fonts, weight); /* installed elsewhere, or not at all: the next best */
	for (int i = 0; sorted && i < sorted->nfont; i++) {
		struct face *face = open_pattern(fonts, sorted->fonts[i]);
		if (face) {
			return face;
		}
	}
	return NULL;
}

struct fonts *fonts_create(struct err *err)
{
	struct fonts *fonts = calloc(1, sizeof(*fonts));
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
	for (size_t i = 0; i < fonts->open_count; i++) {
		face_close(fonts->open[i].face);
	}
	fonts->open_count = 0;
}

void fonts_destroy(struct fonts *fonts)
{
	if (!fonts) {
		return;
	}
	close_fallbacks(fonts);
	for (size_t i = 0; i < WEIGHT_COUNT; i++) {
		face_close(fonts->inter[i]);
		if (fonts->sorted[i]) {
			FcFontSetDestroy(fonts->sorted[i]);
		}
	}
	if (fonts->config) {
		FcConfigDestroy(fonts->config);
	}
	if (fonts->freetype) {
		FT_Done_FreeType(fonts->freetype);
	}
	free(fonts);
}

struct face *fonts_main(struct fonts *fonts, enum ui_weight weight, int font_px)
{
	if (!fonts->inter[weight]) {
		fonts->inter[weight] = open_inter(fonts, weight);
	}
	struct face *face = fonts->inter[weight] ? fonts->inter[weight] : fonts->inter[WEIGHT_REGULAR];
	face_set_size(face, font_px);
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

static bool face_has(struct face *face, const uint32_t *chars, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (!is_invisible(chars[i]) && FT_Get_Char_Index(face->ft, chars[i]) == 0) {
			return false;
		}
	}
	return true;
}

static bool pattern_has(const FcPattern *pattern, const uint32_t *chars, size_t count)
{
	FcCharSet *set = NULL;
	if (FcPatternGetCharSet(pattern, FC_CHARSET, 0, &set) != FcResultMatch) {
		return false;
	}
	for (size_t i = 0; i < count; i++) {
		if (!is_invisible(chars[i]) && !FcCharSetHasChar(set, chars[i])) {
			return false;
		}
	}
	return true;
}

static struct face *open_fallback(struct fonts *fonts, const FcPattern *pattern, int font_px)
{
	for (size_t i = 0; i < fonts->open_count; i++) {
		if (fonts->open[i].pattern == pattern) {
			face_set_size(fonts->open[i].face, font_px);
			return fonts->open[i].face;
		}
	}
	if (fonts->open_count == FONTS_OPEN_MAX) {
		return NULL;
	}
	struct face *face = open_pattern(fonts, pattern);
	if (face) {
		face_set_size(face, font_px);
		fonts->open[fonts->open_count++] = (struct fallback){face, pattern};
	}
	return face;
}

static struct face *find_fallback(struct fonts *fonts, enum ui_weight weight, int font_px, const uint32_t *chars,
				  size_t count)
{
	FcFontSet *sorted = fonts_sorted(fonts, weight);
	for (int i = 0; sorted && i < sorted->nfont; i++) {
		if (!pattern_has(sorted->fonts[i], chars, count)) {
			continue;
		}
		struct face *face = open_fallback(fonts, sorted->fonts[i], font_px);
		if (face && face_has(face, chars, count)) {
			return face;
		}
	}
	return NULL;
}

void fonts_assign(struct fonts *fonts, enum ui_weight weight, int font_px, const uint32_t *chars, size_t count,
		  struct face **out_faces)
{
	struct face *inter = fonts_main(fonts, weight, font_px), *last = inter;
	if (fonts->open_count > FONTS_OPEN_MAX / 2) {
		close_fallbacks(fonts);
	}
	for (size_t start = 0, end; start < count; start = end) {
		for (end = start + 1; end < count && continues_letter(chars, end);) {
			end++;
		}
		struct face *face = inter;
		if (!face_has(inter, chars + start, end - start)) {
			bool last_has = last != inter && face_has(last, chars + start, end - start);
			face = last_has ? last : find_fallback(fonts, weight, font_px, chars + start, end - start);
			if (!face && end - start > 1) { /* no font has letter and mark: at least the letter */
				face = face_has(inter, chars + start, 1)
					       ? inter
					       : find_fallback(fonts, weight, font_px, chars + start, 1);
			}
			if (!face) {
				face = inter;
			}
			last = face;
		}
		for (size_t i = start; i < end; i++) {
			out_faces[i] = face;
		}
	}
}
