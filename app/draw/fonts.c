/* See fonts.h. Inter is read from Debian's path without asking fontconfig, whose start costs more than the first frame
 * may. fontconfig starts with the first letter that Inter lacks (lookup.h). SDL_ttf caches one size of a font at a
 * time, so a font is opened twice from the same bytes: once at the size for measuring, and once for painting at any
 * size. */
#include "fonts.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/limits.h"
#include "app/base/lru.h"
#include "fontfile.h"
#include "ical/letters.h"
#include "ical/utf8.h"
#include "lookup.h"

enum {
	INTER_FIGURES =
		0xE071 /* the private characters at which Inter has the figures of equal width of its feature "tnum" */
};

static const char *const inter_styles[WEIGHT_COUNT] = {
	[WEIGHT_REGULAR] = "Regular",
	[WEIGHT_MEDIUM] = "Medium",
	[WEIGHT_SEMIBOLD] = "SemiBold",
	[WEIGHT_BOLD] = "Bold",
};

static const struct {
	const char *folder, *ending;
} inter_places[] = {
	{"/usr/share/fonts/opentype/inter", "otf"},
	{"/usr/local/share/fonts", "otf"},
	{"/usr/share/fonts/truetype/inter", "ttf"},
};

struct face {
	struct fontfile file;
	TTF_Font *large; /* at FACE_LARGE_PX */
	TTF_Font *sized; /* at sized_px; NULL when nothing was painted yet */
	int sized_px;
	int number; /* the lookup's */
	bool has_figures;
	unsigned used; /* the last line that used it */
};

struct fonts {
	bool has_ttf, waits;
	struct face *inter[WEIGHT_COUNT]; /* a weight that is not installed is replaced by the regular one */
	struct lookup *lookup;
	struct lru *answers; /* struct lookup_question → int: a font's number, or one of the two below */
	struct face *open[FONTS_OPEN_MAX];
	size_t open_count, open_bytes;
	unsigned line; /* counts the lines that fonts were assigned to */
};

enum { NUMBER_NONE = -1, NUMBER_AWAITED = -2, NUMBER_INTER = -10 /* and below, by weight */ };

static TTF_Font *open_at(const struct fontfile *file, int font_px)
{
	SDL_RWops *bytes = SDL_RWFromConstMem(file->bytes, (int)file->size);
	TTF_Font *font = bytes ? TTF_OpenFontIndexRW(bytes, 1, font_px, file->index) : NULL;
	if (font) {
		/* Light hinting snaps to rows and never to columns, which gives crisp bars and leaves widths
		 * undisturbed. */
		TTF_SetFontHinting(font, TTF_HINTING_LIGHT_SUBPIXEL);
	}
	return font;
}

/* Widths are compared at FACE_LARGE_PX. In some releases of Inter a weight's 4 differs by a thousandth, which is
 * invisible. */
static bool has_equal_figures(TTF_Font *font)
{
	int least = INT_MAX, most = 0, advance = 0;
	for (Uint32 figure = 0; figure < 10; figure++) {
		if (!TTF_GlyphIsProvided32(font, INTER_FIGURES + figure) ||
		    TTF_GlyphMetrics32(font, INTER_FIGURES + figure, NULL, NULL, NULL, NULL, &advance) != 0) {
			return false;
		}
		least = advance < least ? advance : least;
		most = advance > most ? advance : most;
	}
	return most - least <= FACE_LARGE_PX / 256;
}

static void close_font(TTF_Font *font)
{
	if (font) {
		TTF_CloseFont(font);
	}
}

static void face_destroy(struct face *face)
{
	if (face) {
		close_font(face->large);
		close_font(face->sized);
		fontfile_finish(&face->file);
		free(face);
	}
}

/* Takes the file over, also on failure. */
static struct face *face_create(struct fontfile *file, int number)
{
	struct face *face = calloc(1, sizeof(*face));
	if (!face) {
		fontfile_finish(file);
		return NULL;
	}
	face->file = *file;
	face->number = number;
	face->large = open_at(file, FACE_LARGE_PX);
	if (!face->large) {
		face_destroy(face);
		return NULL;
	}
	return face;
}

static struct face *open_inter(enum ui_weight weight)
{
	for (size_t i = 0; i < sizeof(inter_places) / sizeof(*inter_places); i++) {
		char path[256];
		struct fontfile file;
		snprintf(path, sizeof(path), "%s/Inter-%s.%s", inter_places[i].folder, inter_styles[weight],
			 inter_places[i].ending);
		struct face *face = fontfile_read(path, &file) ? face_create(&file, NUMBER_NONE) : NULL;
		if (face) {
			face->has_figures = has_equal_figures(face->large);
			return face;
		}
	}
	return NULL;
}

/* Inter is installed elsewhere or not at all, so the next best font is used. */
static struct face *open_likest(enum ui_weight weight)
{
	static const uint32_t letters[] = {'A', 'z', '0', 0xE5};
	struct fontfiles *files = fontfiles_create();
	struct fontfile file;
	struct face *face = NULL;
	int number = files ? fontfiles_find(files, weight, letters, sizeof(letters) / sizeof(*letters)) : -1;
	if (number >= 0 && fontfiles_read(files, number, &file)) {
		face = face_create(&file, NUMBER_NONE);
	}
	fontfiles_destroy(files);
	return face;
}

static bool open_weights(struct fonts *fonts, struct err *err)
{
	for (int weight = 0; weight < WEIGHT_COUNT; weight++) {
		fonts->inter[weight] = open_inter((enum ui_weight)weight);
		if (!fonts->inter[weight]) {
			fonts->inter[weight] = open_likest((enum ui_weight)weight);
		}
		if (fonts->inter[weight]) {
			fonts->inter[weight]->number = NUMBER_INTER - weight;
		}
	}
	return fonts->inter[WEIGHT_REGULAR] || err_set(err, "no font is installed: install the package fonts-inter");
}

struct fonts *fonts_create(void (*ready)(void *context), void *context, struct err *err)
{
	struct fonts *fonts = calloc(1, sizeof(*fonts));
	if (!fonts) {
		err_set(err, "fonts: out of memory");
		return NULL;
	}
	fonts->has_ttf = TTF_Init() == 0;
	fonts->waits = ready == NULL;
	fonts->lookup = lookup_create(ready, context);
	fonts->answers = lru_create(FONTS_ANSWERS_MAX, free);
	if (!fonts->has_ttf || !fonts->lookup || !fonts->answers) {
		err_set(err, "fonts: out of memory");
	} else if (open_weights(fonts, err)) {
		return fonts;
	}
	fonts_destroy(fonts);
	return NULL;
}

void fonts_destroy(struct fonts *fonts)
{
	if (!fonts) {
		return;
	}
	lookup_destroy(fonts->lookup);
	lru_destroy(fonts->answers);
	for (size_t i = 0; i < fonts->open_count; i++) {
		face_destroy(fonts->open[i]);
	}
	for (size_t i = 0; i < WEIGHT_COUNT; i++) {
		face_destroy(fonts->inter[i]);
	}
	if (fonts->has_ttf) {
		TTF_Quit();
	}
	free(fonts);
}

struct face *fonts_main(struct fonts *fonts, enum ui_weight weight)
{
	return fonts->inter[weight] ? fonts->inter[weight] : fonts->inter[WEIGHT_REGULAR];
}

static int rounded(int large_px, int font_px)
{
	return (large_px * font_px + FACE_LARGE_PX / 2) / FACE_LARGE_PX;
}

void face_metrics(const struct face *face, int font_px, int *out_ascent_px, int *out_descent_px)
{
	*out_ascent_px = rounded(TTF_FontAscent(face->large), font_px);
	*out_descent_px = rounded(-TTF_FontDescent(face->large), font_px);
}

uint32_t face_figure(const struct face *face, int figure)
{
	return (uint32_t)figure + (face->has_figures ? INTER_FIGURES : '0');
}

int face_number(const struct face *face)
{
	return face->number;
}

TTF_Font *face_large(const struct face *face)
{
	return face->large;
}

TTF_Font *face_sized(struct face *face, int font_px)
{
	if (!face->sized) {
		face->sized = open_at(&face->file, font_px);
		face->sized_px = font_px;
	}
	if (face->sized && face->sized_px != font_px) {
		face->sized_px = font_px;
		if (TTF_SetFontSize(face->sized, font_px) != 0) {
			TTF_CloseFont(face->sized);
			face->sized = NULL;
		}
	}
	return face->sized;
}

static bool face_has(const struct face *face, const uint32_t *chars, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (!letters_is_invisible(chars[i]) && !TTF_GlyphIsProvided32(face->large, chars[i])) {
			return false;
		}
	}
	return true;
}

static struct face *find_open(const struct fonts *fonts, int number)
{
	for (size_t i = 0; i < fonts->open_count; i++) {
		if (fonts->open[i]->number == number) {
			return fonts->open[i];
		}
	}
	return NULL;
}

/* Closes the font that has not been used for the longest time. Returns false when the current line needs all of them.
 */
static bool close_oldest(struct fonts *fonts)
{
	size_t oldest = 0;
	for (size_t i = 1; i < fonts->open_count; i++) {
		/* Ages are compared, because the counter may have wrapped. */
		if (fonts->line - fonts->open[i]->used > fonts->line - fonts->open[oldest]->used) {
			oldest = i;
		}
	}
	if (fonts->open_count == 0 || fonts->open[oldest]->used == fonts->line) {
		return false;
	}
	struct face *face = fonts->open[oldest];
	fonts->open_bytes -= face->file.size;
	fonts->open[oldest] = fonts->open[--fonts->open_count];
	lookup_release(fonts->lookup, face->number);
	face_destroy(face);
	return true;
}

static bool make_room(struct fonts *fonts, size_t size)
{
	while (fonts->open_count == FONTS_OPEN_MAX || fonts->open_bytes + size > FONTS_BYTES_MAX) {
		if (!close_oldest(fonts)) {
			return false;
		}
	}
	return true;
}

/* Takes ownership of the file. Returns the number under which the font is remembered; a font that is not open is
 * requested again. */
static int open_fallback(struct fonts *fonts, struct fontfile *file, int number)
{
	size_t size = file->size;
	if (!make_room(fonts, size)) {
		fontfile_finish(file);
		lookup_release(fonts->lookup, number);
		return number;
	}
	struct face *face = face_create(file, number);
	if (!face) {
		lookup_release(fonts->lookup, number);
		return NUMBER_NONE;
	}
	face->used = fonts->line;
	fonts->open[fonts->open_count++] = face;
	fonts->open_bytes += size;
	return number;
}

static void remember(struct fonts *fonts, const struct lookup_question *question, int number)
{
	int *known = lru_get(fonts->answers, question, sizeof(*question));
	if (!known && (known = malloc(sizeof(*known))) &&
	    !lru_put(fonts->answers, question, sizeof(*question), known, 1)) {
		return;
	}
	if (known) {
		*known = number;
	}
}

static bool take_answers(struct fonts *fonts)
{
	struct lookup_answer answer;
	bool is_any = false;
	while (lookup_take(fonts->lookup, &answer)) {
		int number = answer.number;
		if (answer.file.bytes) {
			number = open_fallback(fonts, &answer.file, number);
		}
		remember(fonts, &answer.question, number);
		is_any = true;
	}
	return is_any;
}

bool fonts_take(struct fonts *fonts)
{
	fonts->line++; /* there is no current line, so any font may be closed */
	return take_answers(fonts);
}

/* Returns NULL when no installed font has the letter, or when it is being looked for, which sets *out_is_awaited. */
static struct face *find_fallback(struct fonts *fonts, enum ui_weight weight, const uint32_t *chars, size_t count,
				  bool *out_is_awaited)
{
	struct lookup_question question;
	memset(&question, 0, sizeof(question));
	question.weight = weight;
	question.count = (uint32_t)(count < LOOKUP_CHARS_MAX ? count : LOOKUP_CHARS_MAX);
	memcpy(question.chars, chars, question.count * sizeof(*chars));
	const int *known = lru_get(fonts->answers, &question, sizeof(question));
	struct face *face = known ? find_open(fonts, *known) : NULL;
	if (!face && (!known || *known >= 0)) { /* not asked before, or closed since */
		if (!lookup_ask(fonts->lookup, &question)) {
			*out_is_awaited = true;
			return NULL;
		}
		if (fonts->waits) {
			take_answers(fonts);
		} else {
			remember(fonts, &question, NUMBER_AWAITED);
		}
		known = lru_get(fonts->answers, &question, sizeof(question));
		face = known ? find_open(fonts, *known) : NULL;
	}
	*out_is_awaited |= known && *known == NUMBER_AWAITED;
	return face;
}

/* Finds the face of a letter of `count` characters: the first one and those drawn with it. */
static struct face *assign_letter(struct fonts *fonts, enum ui_weight weight, const uint32_t *chars, size_t count,
				  struct face *last, bool *out_is_awaited)
{
	struct face *inter = fonts_main(fonts, weight);
	if (face_has(inter, chars, count)) {
		return inter;
	}
	if (last && face_has(last, chars, count)) {
		return last;
	}
	struct face *face = find_fallback(fonts, weight, chars, count, out_is_awaited);
	if (!face && count > 1 &&
	    !*out_is_awaited) { /* no font has the letter with its mark, so the letter alone is searched */
		face = face_has(inter, chars, 1) ? inter : find_fallback(fonts, weight, chars, 1, out_is_awaited);
	}
	return face || *out_is_awaited ? face : inter;
}

static bool continues_letter(const uint32_t *chars, size_t i)
{
	return utf8_joins((int32_t)chars[i]) || letters_is_invisible(chars[i]) || chars[i - 1] == 0x200D;
}

bool fonts_assign(struct fonts *fonts, enum ui_weight weight, const uint32_t *chars, size_t count,
		  struct face **out_faces)
{
	struct face *last = NULL; /* prefers Inter beside Inter, so that neighbours look alike */
	bool is_complete = true;
	fonts->line++;
	for (size_t start = 0, end; start < count; start = end) {
		for (end = start + 1; end < count && continues_letter(chars, end);) {
			end++;
		}
		bool is_awaited = false;
		struct face *face = assign_letter(fonts, weight, chars + start, end - start, last, &is_awaited);
		is_complete &= !is_awaited;
		if (face) {
			face->used = fonts->line;
			last = face == fonts_main(fonts, weight) ? last : face;
		}
		for (size_t i = start; i < end; i++) {
			out_faces[i] = face;
		}
	}
	return is_complete;
}
