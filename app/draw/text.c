/* One line at a time: characters → a face for each (fonts.h) → glyphs in visual order (line.h) → pixels (FreeType).
 * Glyphs stand at fractions of a pixel, as browsers place them, so that spacing is even at any size. */
#include "text.h"

#include <limits.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <ft2build.h>
#include FT_GLYPH_H
#include FT_OUTLINE_H
#include FT_TRUETYPE_TABLES_H

#include "fonts.h"
#include "line.h"
#include "app/base/lru.h"

struct text {
	struct fonts *fonts;
	struct lru *widths;
	struct measure measure;
};

static int measure_width(void *context, enum ui_weight weight, int font_px, int tracking_px, bool is_tabular,
			 const char *text, size_t length)
{
	struct text_style style = {weight, font_px, tracking_px, is_tabular};
	return text_width_px(context, &style, text, length);
}

static int measure_line(void *context, enum ui_weight weight, int font_px)
{
	struct text_style style = {.weight = weight, .font_px = font_px};
	int ascent, descent;
	text_metrics(context, &style, &ascent, &descent);
	return ascent + descent;
}

struct text *text_create(struct err *err)
{
	struct text *text = calloc(1, sizeof(*text));
	if (!text) {
		err_set(err, "text: out of memory");
		return NULL;
	}
	text->measure = (struct measure){measure_width, measure_line, text};
	text->widths = lru_create(TEXT_WIDTHS_MAX, free);
	text->fonts = fonts_create(err);
	if (text->widths && text->fonts) {
		return text;
	}
	if (!text->widths) {
		err_set(err, "text: out of memory");
	}
	text_destroy(text);
	return NULL;
}

void text_destroy(struct text *text)
{
	if (!text) {
		return;
	}
	fonts_destroy(text->fonts);
	lru_destroy(text->widths);
	free(text);
}

const struct measure *text_measure(struct text *text)
{
	return &text->measure;
}

static int clamp_size(int font_px)
{
	if (font_px < 1) {
		return 1;
	}
	return font_px > TEXT_FONT_MAX_PX ? TEXT_FONT_MAX_PX : font_px;
}

void text_metrics(struct text *text, const struct text_style *style, int *out_ascent_px, int *out_descent_px)
{
	int font_px = clamp_size(style->font_px);
	FT_Face face = fonts_main(text->fonts, style->weight, font_px)->ft;
	*out_ascent_px = (face->ascender * font_px + face->units_per_EM / 2) / face->units_per_EM;
	*out_descent_px = (-face->descender * font_px + face->units_per_EM / 2) / face->units_per_EM;
}

int text_cap_height_px(struct text *text, const struct text_style *style)
{
	int font_px = clamp_size(style->font_px);
	FT_Face face = fonts_main(text->fonts, style->weight, font_px)->ft;
	const TT_OS2 *os2 = FT_Get_Sfnt_Table(face, FT_SFNT_OS2);
	int units = os2 && os2->version != 0xFFFF && os2->version >= 2 ? os2->sCapHeight : face->units_per_EM * 7 / 10;
	return units * font_px / face->units_per_EM;
}

/* One character, advancing *at by at least one byte; what is not UTF-8 becomes U+FFFD. */
static uint32_t decode(const char *text, size_t length, size_t *at)
{
	static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
	const unsigned char *bytes = (const unsigned char *)text;
	unsigned char first = bytes[(*at)++];
	if (first < 0x80) {
		return first < 0x20 || first == 0x7F ? ' ' : first;
	}
	size_t more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
	if (first < 0xC2 || first > 0xF4) {
		return 0xFFFD;
	}
	uint32_t c = first & (0x3FU >> more);
	for (size_t i = 0; i < more; i++) {
		if (*at >= length || (bytes[*at] & 0xC0) != 0x80) {
			return 0xFFFD;
		}
		c = (c << 6) | (bytes[(*at)++] & 0x3FU);
	}
	return c < least[more] || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000) ? 0xFFFD : c;
}

static size_t decode_line(const char *line, size_t length, uint32_t *chars)
{
	size_t count = 0;
	for (size_t at = 0; at < length && count < TEXT_CHARS_MAX;) {
		chars[count++] = decode(line, length, &at);
	}
	return count;
}

/* The line as glyphs, of the style's size and weight. */
static bool shape(struct text *text, const struct text_style *style, const char *bytes, size_t length,
		  struct line *out_line)
{
	uint32_t chars[TEXT_CHARS_MAX];
	struct face *faces[TEXT_CHARS_MAX];
	size_t count = decode_line(bytes, length, chars);
	struct line_style spacing = {style->tracking_px, style->is_tabular};
	fonts_assign(text->fonts, style->weight, clamp_size(style->font_px), chars, count, faces);
	return line_shape(out_line, chars, count, faces, &spacing);
}

struct width_key {
	int weight, font_px, tracking_px, is_tabular;
	char line[240]; /* longer lines are rare and are shaped again */
};

static int shaped_width_px(struct text *text, const struct text_style *style, const char *line, size_t length)
{
	struct line shaped = {0};
	int width = shape(text, style, line, length, &shaped) ? (int)((shaped.width + 63) >> 6) : 0;
	line_finish(&shaped);
	return width;
}

/* Layouts ask for the same few hundred texts again and again: remembered, a width costs a look-up. */
int text_width_px(struct text *text, const struct text_style *style, const char *line, size_t length)
{
	struct width_key key = {(int)style->weight, style->font_px, style->tracking_px, style->is_tabular, {0}};
	size_t key_size = offsetof(struct width_key, line) + length;
	if (length == 0) {
		return 0;
	}
	if (length > sizeof(key.line)) {
		return shaped_width_px(text, style, line, length);
	}
	memcpy(key.line, line, length);
	const int *known = lru_get(text->widths, &key, key_size);
	if (known) {
		return *known;
	}
	int width = shaped_width_px(text, style, line, length);
	int *kept = malloc(sizeof(*kept));
	if (kept) {
		*kept = width;
		lru_put(text->widths, &key, key_size, kept, 1);
	}
	return width;
}

/* A glyph as pixels at its place on the line; NULL: nothing to see. */
static FT_BitmapGlyph glyph_paint(const struct glyph *glyph, FT_Vector origin)
{
	FT_Glyph painted = NULL;
	if (FT_Load_Glyph(glyph->face->ft, glyph->index, FACE_LOAD_FLAGS) != 0 ||
	    FT_Get_Glyph(glyph->face->ft->glyph, &painted) != 0) {
		return NULL;
	}
	if (painted->format != FT_GLYPH_FORMAT_BITMAP &&
	    FT_Glyph_To_Bitmap(&painted, FT_RENDER_MODE_NORMAL, &origin, 1) != 0) {
		FT_Done_Glyph(painted);
		return NULL;
	}
	return (FT_BitmapGlyph)painted;
}

/* Where the glyph's pixels come to lie, y downwards. */
struct glyph_box {
	int left, top, right, bottom;
};

static struct glyph_box glyph_box(const struct glyph *glyph, FT_BitmapGlyph painted, FT_Vector origin)
{
	const struct face *face = glyph->face;
	if (FT_IS_SCALABLE(face->ft)) {
		return (struct glyph_box){painted->left, -painted->top, painted->left + (int)painted->bitmap.width,
					  -painted->top + (int)painted->bitmap.rows};
	}
	int left = (int)(origin.x >> 6) + (int)face_scale(face, painted->left);
	int top = -(int)(origin.y >> 6) - (int)face_scale(face, painted->top);
	return (struct glyph_box){left, top, left + (int)face_scale(face, (FT_Pos)painted->bitmap.width),
				  top + (int)face_scale(face, (FT_Pos)painted->bitmap.rows)};
}

/* Coverage or colour of a source pixel. FreeType's colours are premultiplied B, G, R, A bytes. */
static uint32_t bitmap_pixel(const FT_Bitmap *bitmap, int x, int y, uint32_t rgb)
{
	const unsigned char *row = bitmap->buffer + (ptrdiff_t)y * bitmap->pitch;
	if (bitmap->pixel_mode == FT_PIXEL_MODE_GRAY) {
		return (rgb & 0xFFFFFFU) | (uint32_t)row[x] << 24;
	}
	if (bitmap->pixel_mode == FT_PIXEL_MODE_MONO) {
		return (rgb & 0xFFFFFFU) | (((unsigned)row[x / 8] >> (7 - x % 8)) & 1U ? 0xFF000000U : 0);
	}
	if (bitmap->pixel_mode != FT_PIXEL_MODE_BGRA) {
		return 0;
	}
	const unsigned char *pixel = row + 4 * (ptrdiff_t)x;
	uint32_t alpha = pixel[3], mixed = alpha << 24;
	for (int i = 0; i < 3 && alpha > 0; i++) {
		uint32_t value = (pixel[i] * 255U + alpha / 2) / alpha;
		mixed |= (value > 255 ? 255 : value) << (8 * i);
	}
	return mixed;
}

/* The mean of a rectangle of the source: letters come pixel for pixel, but emoji from a larger strike. */
static uint32_t bitmap_mean(const FT_Bitmap *bitmap, int left, int top, int right, int bottom, uint32_t rgb)
{
	uint64_t sum[4] = {0};
	uint64_t count = (uint64_t)(right - left) * (uint64_t)(bottom - top);
	for (int y = top; y < bottom; y++) {
		for (int x = left; x < right; x++) {
			uint32_t pixel = bitmap_pixel(bitmap, x, y, rgb), alpha = pixel >> 24;
			for (int i = 0; i < 3; i++) {
				sum[i] += ((pixel >> (8 * i)) & 255U) * alpha;
			}
			sum[3] += alpha;
		}
	}
	uint32_t mean = (uint32_t)((sum[3] + count / 2) / count) << 24;
	for (int i = 0; i < 3 && sum[3] > 0; i++) {
		mean |= (uint32_t)((sum[i] + sum[3] / 2) / sum[3]) << (8 * i);
	}
	return mean;
}

static uint32_t bitmap_sample(const FT_Bitmap *bitmap, int x, int y, int width, int height, uint32_t rgb)
{
	int columns = (int)bitmap->width, rows = (int)bitmap->rows;
	if (columns == width && rows == height) {
		return bitmap_pixel(bitmap, x, y, rgb);
	}
	int left = (int)((int64_t)x * columns / width), right = (int)((int64_t)(x + 1) * columns / width);
	int top = (int)((int64_t)y * rows / height), bottom = (int)((int64_t)(y + 1) * rows / height);
	return bitmap_mean(bitmap, left, top, right > left ? right : left + 1, bottom > top ? bottom : top + 1, rgb);
}

static void glyph_compose(struct image *image, const struct glyph_box *box, FT_BitmapGlyph painted, uint32_t rgb)
{
	int width = box->right - box->left, height = box->bottom - box->top;
	for (int y = 0; y < height; y++) {
		uint32_t *row = image->argb + (ptrdiff_t)(box->top - image->top + y) * image->width;
		for (int x = 0; x < width; x++) {
			uint32_t over = bitmap_sample(&painted->bitmap, x, y, width, height, rgb);
			uint32_t *under = &row[box->left - image->left + x];
			*under = *under >> 24 ? image_blend(*under, over) : over;
		}
	}
}

static void box_include(struct glyph_box *all, const struct glyph_box *box)
{
	if (box->right <= box->left || box->bottom <= box->top) {
		return;
	}
	all->left = box->left < all->left ? box->left : all->left;
	all->top = box->top < all->top ? box->top : all->top;
	all->right = box->right > all->right ? box->right : all->right;
	all->bottom = box->bottom > all->bottom ? box->bottom : all->bottom;
}

static bool line_paint(const struct line *line, uint32_t rgb, struct image *out_image, FT_BitmapGlyph *painted,
		       struct glyph_box *boxes)
{
	struct glyph_box all = {INT_MAX, INT_MAX, INT_MIN, INT_MIN};
	FT_Pos pen = 0;
	for (size_t i = 0; i < line->count; i++) {
		const struct glyph *glyph = &line->glyphs[i];
		FT_Vector origin = {pen + glyph->x_offset, glyph->y_offset};
		painted[i] = glyph_paint(glyph, origin);
		if (painted[i]) {
			boxes[i] = glyph_box(glyph, painted[i], origin);
			box_include(&all, &boxes[i]);
		}
		pen += glyph->advance;
	}
	struct image image;
	if (all.right <= all.left || !image_init(&image, all.right - all.left, all.bottom - all.top)) {
		return false;
	}
	image.left = all.left;
	image.top = all.top;
	for (size_t i = 0; i < line->count; i++) {
		if (painted[i]) {
			glyph_compose(&image, &boxes[i], painted[i], rgb);
		}
	}
	*out_image = image;
	return true;
}

bool text_paint(struct text *text, const struct text_style *style, const char *line, size_t length, uint32_t rgb,
		struct image *out_image)
{
	struct line shaped = {0};
	FT_BitmapGlyph *painted = NULL;
	struct glyph_box *boxes = NULL;
	bool ok = false;
	if (!shape(text, style, line, length, &shaped)) {
		goto out;
	}
	painted = calloc(shaped.count + 1, sizeof(*painted));
	boxes = calloc(shaped.count + 1, sizeof(*boxes));
	if (painted && boxes) {
		ok = line_paint(&shaped, rgb, out_image, painted, boxes);
	}
out:
	for (size_t i = 0; painted && i < shaped.count; i++) {
		if (painted[i]) {
			FT_Done_Glyph(&painted[i]->root);
		}
	}
	free(painted);
	free(boxes);
	line_finish(&shaped);
	return ok;
}

size_t text_count_missing(struct text *text, const char *line, size_t length)
{
	struct text_style style = {.font_px = 24};
	struct line shaped = {0};
	size_t missing = 0;
	if (shape(text, &style, line, length, &shaped)) {
		for (size_t i = 0; i < shaped.count; i++) {
			missing += shaped.glyphs[i].index == 0;
		}
	}
	line_finish(&shaped);
	return missing;
}
