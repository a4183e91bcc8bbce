/* See text.h. Each line goes from characters to a face for each (fonts.h), to runs in visual order (line.h), and
 * SDL_ttf shapes and paints each run. SDL_ttf moves a run to the right when ink hangs out on its left, without
 * reporting how far. Each run therefore gets a wide space on both sides, which is cut away again. */
#include "text.h"

#include <limits.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <fribidi.h>
#include <SDL_ttf.h>

#include "app/base/lru.h"
#include "fonts.h"
#include "ical/utf8.h"
#include "line.h"

enum {
	EM_SPACE = 0x2003, /* its width is the height of the type */
	JOINER = 0x200D,   /* makes the letter beside it look joined */
	RUN_CHARS_MAX = TEXT_CHARS_MAX + 4,
	RUN_LETTERS_REMEMBERED = 8,
	RUN_REMEMBERED_BYTES = 4 * (RUN_LETTERS_REMEMBERED + 4), /* bytes: with what stands around the letters */
	RUN_BYTES_MAX = 4 * RUN_CHARS_MAX + 1
};

struct text {
	struct fonts *fonts;
	struct lru *widths;   /* of lines */
	struct lru *advances; /* of short runs */
	size_t shaped;        /* runs that HarfBuzz has measured so far */
	struct measure measure;
};

static int measure_width(void *context, enum ui_weight weight, int font_px, bool is_tabular, const char *text,
			 size_t length)
{
	struct text_style style = {weight, font_px, is_tabular};
	return text_width_px(context, &style, text, length);
}

static int measure_line(void *context, enum ui_weight weight, int font_px)
{
	struct text_style style = {.weight = weight, .font_px = font_px};
	int ascent, descent;
	text_metrics(context, &style, &ascent, &descent);
	return ascent + descent;
}

struct text *text_create_waking(void (*ready)(void *context), void *context, struct err *err)
{
	struct text *text = calloc(1, sizeof(*text));
	if (!text) {
		err_set(err, "text: out of memory");
		return NULL;
	}
	text->measure = (struct measure){measure_width, measure_line, text};
	text->widths = lru_create(TEXT_WIDTHS_MAX, free);
	text->advances = lru_create(TEXT_RUNS_MAX, free);
	text->fonts = fonts_create(ready, context, err);
	if (text->widths && text->advances && text->fonts) {
		return text;
	}
	if (!text->widths || !text->advances) {
		err_set(err, "text: out of memory");
	}
	text_destroy(text);
	return NULL;
}

struct text *text_create(struct err *err)
{
	return text_create_waking(NULL, NULL, err);
}

void text_destroy(struct text *text)
{
	if (!text) {
		return;
	}
	fonts_destroy(text->fonts);
	lru_destroy(text->widths);
	lru_destroy(text->advances);
	free(text);
}

bool text_take(struct text *text)
{
	return fonts_take(text->fonts);
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
	face_metrics(fonts_main(text->fonts, style->weight), clamp_size(style->font_px), out_ascent_px, out_descent_px);
}

/* A skin tone would colour the emoji before it, which has one colour here, so it is dropped. */
static bool is_skin_tone(int32_t c)
{
	return c >= 0x1F3FB && c <= 0x1F3FF;
}

static size_t decode_line(const char *line, size_t length, uint32_t *chars)
{
	size_t count = 0;
	for (size_t at = 0; at < length && count < TEXT_CHARS_MAX;) {
		int32_t c = utf8_next(line, length, &at);
		if (c == UTF8_BROKEN) {
			chars[count++] = 0xFFFD;
		} else if (c < 0x20 || c == 0x7F) {
			chars[count++] = ' ';
		} else if (count == 0 || !is_skin_tone(c)) {
			chars[count++] = (uint32_t)c;
		}
	}
	return count;
}

/* A line of text on its way to pixels. */
struct work {
	const struct text_style *style;
	int font_px;
	uint32_t chars[TEXT_CHARS_MAX];
	struct runs runs;
	bool is_complete; /* no letter waits for its font */
};

static bool work_start(struct text *text, struct work *work, const struct text_style *style, const char *line,
		       size_t length)
{
	struct face *faces[TEXT_CHARS_MAX];
	size_t count = decode_line(line, length, work->chars);
	work->style = style;
	work->font_px = clamp_size(style->font_px);
	work->is_complete = fonts_assign(text->fonts, style->weight, work->chars, count, faces);
	return line_divide(work->chars, count, faces, &work->runs);
}

/* A run as SDL_ttf takes it. */
struct piece {
	TTF_Font *font;
	bool is_padded; /* an em space stands on each side */
	char bytes[RUN_BYTES_MAX];
};

static void piece_spell(struct piece *piece, const struct work *work, const struct run *run)
{
	uint32_t chars[RUN_CHARS_MAX];
	size_t count = 0;
	if (piece->is_padded) {
		chars[count++] = EM_SPACE;
	}
	if (run->joins_before) {
		chars[count++] = JOINER;
	}
	for (size_t i = run->start; i < run->start + run->count; i++) {
		uint32_t c = work->chars[i];
		bool is_figure = work->style->is_tabular && c >= '0' && c <= '9';
		chars[count++] = is_figure ? face_figure(run->face, (int)(c - '0')) : c;
	}
	if (run->joins_after) {
		chars[count++] = JOINER;
	}
	if (piece->is_padded) {
		chars[count++] = EM_SPACE;
	}
	fribidi_unicode_to_charset(FRIBIDI_CHAR_SET_UTF8, chars, (FriBidiStrIndex)count, piece->bytes);
}

static void piece_make(struct piece *piece, TTF_Font *font, const struct work *work, const struct run *run)
{
	TTF_SetFontDirection(font, run->level & 1 ? TTF_DIRECTION_RTL : TTF_DIRECTION_LTR);
	TTF_SetFontScriptName(font, run->script);
	piece->font = font;
	/* HarfBuzz makes an em space of any font that has a space. */
	piece->is_padded = TTF_GlyphIsProvided32(font, ' ');
	piece_spell(piece, work, run);
}

/* The extent of a run at FACE_LARGE_PX: x from the pen position before it, y downwards from the base line. */
struct place {
	int left, top, right, bottom;
	int advance;
};

static struct place run_measure(const struct work *work, const struct run *run)
{
	struct piece piece;
	int width, height;
	if (!run->face) {
		return (struct place){.advance = (int)run->count * FACE_LARGE_PX / 2};
	}
	piece_make(&piece, face_large(run->face), work, run);
	if (TTF_SizeUTF8(piece.font, piece.bytes, &width, &height) != 0) {
		return (struct place){0};
	}
	int pad = piece.is_padded ? FACE_LARGE_PX : 0, ascent = TTF_FontAscent(piece.font);
	int outside = height - TTF_FontHeight(piece.font); /* above or below */
	return (struct place){-pad, -ascent - (outside > 0 ? outside : 0), width - pad, height - ascent,
			      width - 2 * pad};
}

/* What decides the advance of a run, with its characters as they are shaped. */
struct run_key {
	int face, is_rtl;
	char script[4];
	char bytes[RUN_REMEMBERED_BYTES];
};

static void keep_number(struct lru *lru, const void *key, size_t key_size, int value)
{
	int *kept = malloc(sizeof(*kept));
	if (kept) {
		*kept = value;
		lru_put(lru, key, key_size, kept, 1);
	}
}

/* A text of many scripts is divided into many runs of a few letters, and fitting it asks for its beginnings again and
 * again; each run is shaped once. */
static int run_advance(struct text *text, const struct work *work, const struct run *run)
{
	struct run_key key;
	struct piece piece;
	if (!run->face || run->count > RUN_LETTERS_REMEMBERED) {
		text->shaped++;
		return run_measure(work, run).advance;
	}
	memset(&key, 0, sizeof(key));
	key.face = face_number(run->face);
	key.is_rtl = run->level & 1;
	memcpy(key.script, run->script, sizeof(key.script));
	piece_make(&piece, face_large(run->face), work, run);
	size_t length = strlen(piece.bytes);
	memcpy(key.bytes, piece.bytes, length);
	const int *known = lru_get(text->advances, &key, offsetof(struct run_key, bytes) + length);
	if (known) {
		return *known;
	}
	text->shaped++;
	int advance = run_measure(work, run).advance;
	keep_number(text->advances, &key, offsetof(struct run_key, bytes) + length, advance);
	return advance;
}

struct width_key {
	int weight, is_tabular;
	char line[TEXT_MEASURED_MAX]; /* a layout asks for nothing longer */
};

static int measure_large(struct text *text, const struct text_style *style, const char *line, size_t length,
			 bool *out_is_complete)
{
	struct work work;
	int64_t width = 0;
	if (!work_start(text, &work, style, line, length)) {
		*out_is_complete = false;
		return 0;
	}
	for (size_t i = 0; i < work.runs.count; i++) {
		width += run_advance(text, &work, &work.runs.items[i]);
	}
	line_finish(&work.runs);
	*out_is_complete = work.is_complete;
	return (int)width;
}

/* Measures at FACE_LARGE_PX. Layouts ask for the same few hundred texts again and again at several sizes, so widths are
 * remembered and cost a look-up. */
static int large_width(struct text *text, const struct text_style *style, const char *line, size_t length)
{
	struct width_key key = {(int)style->weight, style->is_tabular, {0}};
	size_t key_size = offsetof(struct width_key, line) + length;
	bool is_complete;
	if (length > sizeof(key.line)) {
		return measure_large(text, style, line, length, &is_complete);
	}
	memcpy(key.line, line, length);
	const int *known = lru_get(text->widths, &key, key_size);
	if (known) {
		return *known;
	}
	int width = measure_large(text, style, line, length, &is_complete);
	if (is_complete) {
		keep_number(text->widths, &key, key_size, width);
	}
	return width;
}

size_t text_shaped(const struct text *text)
{
	return text->shaped;
}

int text_width_px(struct text *text, const struct text_style *style, const char *line, size_t length)
{
	if (length == 0) {
		return 0;
	}
	int64_t large = large_width(text, style, line, length);
	return (int)((large * clamp_size(style->font_px) + FACE_LARGE_PX - 1) / FACE_LARGE_PX);
}

static void place_include(struct place *all, const struct place *place)
{
	all->left = place->left < all->left ? place->left : all->left;
	all->top = place->top < all->top ? place->top : all->top;
	all->right = place->right > all->right ? place->right : all->right;
	all->bottom = place->bottom > all->bottom ? place->bottom : all->bottom;
}

static const uint32_t *surface_row(const SDL_Surface *surface, int y)
{
	return (const uint32_t *)(const void *)((const char *)surface->pixels + (ptrdiff_t)y * surface->pitch);
}

static bool has_ink(const uint32_t *row, int width)
{
	for (int x = 0; x < width; x++) {
		if (row[x] >> 24) {
			return true;
		}
	}
	return false;
}

/* Returns the row of the base line. SDL_ttf makes the picture higher when ink exceeds the font's height, without
 * reporting at which end; the ink then touches that end. */
static int surface_baseline(const SDL_Surface *surface, TTF_Font *font)
{
	int ascent = TTF_FontAscent(font), outside = surface->h - TTF_FontHeight(font);
	if (outside <= 0 || !has_ink(surface_row(surface, 0), surface->w)) {
		return ascent;
	}
	return ascent + (has_ink(surface_row(surface, surface->h - 1), surface->w) ? outside / 2 : outside);
}

static void surface_compose(const SDL_Surface *surface, int left, int top, struct image *image)
{
	int from_x = left < 0 ? -left : 0, from_y = top < 0 ? -top : 0;
	int to_x = left + surface->w > image->width ? image->width - left : surface->w;
	int to_y = top + surface->h > image->height ? image->height - top : surface->h;
	for (int y = from_y; y < to_y; y++) {
		const uint32_t *over = surface_row(surface, y);
		uint32_t *under = image->argb + (ptrdiff_t)(top + y) * image->width + left;
		for (int x = from_x; x < to_x; x++) {
			if (over[x] >> 24) {
				under[x] = under[x] >> 24 ? image_blend(under[x], over[x]) : over[x];
			}
		}
	}
}

/* `pen_px` and the edges of the image are counted from the start of the base line. Returns false when memory ran out.
 */
static bool run_paint(const struct work *work, const struct run *run, int pen_px, uint32_t rgb, struct image *image)
{
	struct piece piece;
	SDL_Color colour = {(Uint8)(rgb >> 16), (Uint8)(rgb >> 8), (Uint8)rgb, 255};
	TTF_Font *font = face_sized(run->face, work->font_px);
	if (!font) {
		return false;
	}
	piece_make(&piece, font, work, run);
	SDL_Surface *surface = TTF_RenderUTF8_Blended(font, piece.bytes, colour);
	if (!surface) {
		return true; /* nothing of it is to be seen */
	}
	int left = pen_px - (piece.is_padded ? work->font_px : 0), top = -surface_baseline(surface, font);
	surface_compose(surface, left - image->left, top - image->top, image);
	SDL_FreeSurface(surface);
	return true;
}

/* Finds the part of the picture that has ink. Returns false when there is none or memory ran out. */
static bool image_crop(const struct image *whole, struct image *out_image)
{
	struct place ink = {INT_MAX, INT_MAX, INT_MIN, INT_MIN, 0};
	for (int y = 0; y < whole->height; y++) {
		const uint32_t *row = whole->argb + (ptrdiff_t)y * whole->width;
		int left = 0, right = whole->width;
		while (left < right && row[left] >> 24 == 0) {
			left++;
		}
		while (right > left && row[right - 1] >> 24 == 0) {
			right--;
		}
		if (left < right) {
			place_include(&ink, &(struct place){left, y, right, y + 1, 0});
		}
	}
	if (ink.right <= ink.left || !image_init(out_image, ink.right - ink.left, ink.bottom - ink.top)) {
		return false;
	}
	for (int y = 0; y < out_image->height; y++) {
		memcpy(out_image->argb + (ptrdiff_t)y * out_image->width,
		       whole->argb + (ptrdiff_t)(ink.top + y) * whole->width + ink.left,
		       (size_t)out_image->width * sizeof(*out_image->argb));
	}
	out_image->left = whole->left + ink.left;
	out_image->top = whole->top + ink.top;
	return true;
}

static int scale(const struct work *work, int64_t large_px)
{
	return (int)((large_px * work->font_px + FACE_LARGE_PX / 2) >> FACE_LARGE_BITS);
}

/* Computes the pen positions of the runs in pixels, and makes a picture with room for all of them. Returns false when
 * there is nothing to see or it is too large. */
static bool work_prepare(const struct work *work, int *pens, struct image *out_image)
{
	static const int soft_px = 2; /* more than what rounding and soft edges add */
	struct place all = {INT_MAX, INT_MAX, INT_MIN, INT_MIN, 0};
	int64_t pen = 0;
	for (size_t i = 0; i < work->runs.count; i++) {
		struct place place = run_measure(work, &work->runs.items[i]);
		pens[i] = scale(work, pen);
		if (place.right > place.left) {
			place.left = scale(work, pen + place.left) - soft_px;
			place.right = scale(work, pen + place.right) + soft_px;
			place.top = scale(work, place.top) - soft_px;
			place.bottom = scale(work, place.bottom) + soft_px;
			place_include(&all, &place);
		}
		pen += place.advance;
	}
	if (all.right <= all.left || !image_init(out_image, all.right - all.left, all.bottom - all.top)) {
		return false;
	}
	out_image->left = all.left;
	out_image->top = all.top;
	return true;
}

static bool work_paint(const struct work *work, uint32_t rgb, struct image *out_image)
{
	struct image whole = {0};
	int *pens = calloc(work->runs.count + 1, sizeof(*pens));
	bool ok = pens && work_prepare(work, pens, &whole);
	for (size_t i = 0; ok && i < work->runs.count; i++) {
		const struct run *run = &work->runs.items[i];
		ok = !run->face || run_paint(work, run, pens[i], rgb, &whole);
	}
	ok = ok && image_crop(&whole, out_image);
	image_finish(&whole);
	free(pens);
	return ok;
}

bool text_paint(struct text *text, const struct text_style *style, const char *line, size_t length, uint32_t rgb,
		struct image *out_image)
{
	struct work work;
	if (!work_start(text, &work, style, line, length)) {
		return false;
	}
	bool ok = work_paint(&work, rgb, out_image);
	line_finish(&work.runs);
	return ok;
}
