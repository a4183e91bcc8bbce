/* The Unicode way: embedding levels of the paragraph (FriBidi), runs of one level, script and face, each run shaped
 * (HarfBuzz), runs put in visual order. */
#include "line.h"

#include <stdlib.h>
#include <fribidi.h>

struct run {
	size_t start, count;
	FriBidiLevel level;
	hb_script_t script;
	struct face *face;
};

struct runs {
	struct run *items;
	size_t count;
};

static bool find_levels(const uint32_t *chars, size_t count, FriBidiLevel *levels)
{
	FriBidiCharType *types = calloc(count, sizeof(*types));
	FriBidiBracketType *brackets = calloc(count, sizeof(*brackets));
	FriBidiParType direction = FRIBIDI_PAR_ON;
	bool ok = types && brackets;
	if (ok) {
		fribidi_get_bidi_types(chars, (FriBidiStrIndex)count, types);
		fribidi_get_bracket_types(chars, (FriBidiStrIndex)count, types, brackets);
		ok = fribidi_get_par_embedding_levels_ex(types, brackets, (FriBidiStrIndex)count, &direction, levels) !=
		     0;
	}
	free(types);
	free(brackets);
	return ok;
}

static bool is_real(hb_script_t script)
{
	return script != HB_SCRIPT_COMMON && script != HB_SCRIPT_INHERITED && script != HB_SCRIPT_UNKNOWN;
}

/* Spaces, figures and marks belong to the script before them; at the beginning, to the first one after. */
static void find_scripts(const uint32_t *chars, size_t count, hb_script_t *scripts)
{
	hb_unicode_funcs_t *unicode = hb_unicode_funcs_get_default();
	hb_script_t last = HB_SCRIPT_LATIN;
	for (size_t i = count; i-- > 0;) {
		scripts[i] = hb_unicode_script(unicode, chars[i]);
		if (is_real(scripts[i])) {
			last = scripts[i];
		}
	}
	for (size_t i = 0; i < count; i++) {
		if (is_real(scripts[i])) {
			last = scripts[i];
		}
		scripts[i] = last;
	}
}

static void reverse(struct run *runs, size_t count)
{
	for (size_t i = 0; i < count / 2; i++) {
		struct run kept = runs[i];
		runs[i] = runs[count - 1 - i];
		runs[count - 1 - i] = kept;
	}
}

/* Rule L2 of the bidirectional algorithm: from the highest level down, reverse what lies at least that high. */
static void put_in_visual_order(struct runs *runs)
{
	int highest = 0;
	for (size_t i = 0; i < runs->count; i++) {
		highest = runs->items[i].level > highest ? runs->items[i].level : highest;
	}
	for (int level = highest; level > 0; level--) {
		for (size_t start = 0, end; start < runs->count; start = end + 1) {
			for (end = start; end < runs->count && runs->items[end].level >= level;) {
				end++;
			}
			reverse(runs->items + start, end - start);
		}
	}
}

static bool find_runs(struct runs *runs, const uint32_t *chars, size_t count, struct face *const *faces)
{
	FriBidiLevel *levels = calloc(count, sizeof(*levels));
	hb_script_t *scripts = calloc(count, sizeof(*scripts));
	bool ok = false;
	runs->items = calloc(count, sizeof(*runs->items));
	if (!levels || !scripts || !runs->items || !find_levels(chars, count, levels)) {
		goto out;
	}
	find_scripts(chars, count, scripts);
	for (size_t i = 0; i < count; i++) {
		struct run *last = runs->count > 0 ? &runs->items[runs->count - 1] : NULL;
		if (last && last->level == levels[i] && last->script == scripts[i] && last->face == faces[i]) {
			last->count++;
		} else {
			runs->items[runs->count++] = (struct run){i, 1, levels[i], scripts[i], faces[i]};
		}
	}
	put_in_visual_order(runs);
	ok = true;
out:
	free(levels);
	free(scripts);
	return ok;
}

/* Beside letter spacing letters do not join, as in CSS. */
static unsigned features_of(const struct line_style *style, hb_feature_t features[4])
{
	static const hb_tag_t joining[] = {HB_TAG('l', 'i', 'g', 'a'), HB_TAG('c', 'l', 'i', 'g'),
					   HB_TAG('c', 'a', 'l', 't')};
	unsigned count = 0;
	if (style->is_tabular) {
		features[count++] =
			(hb_feature_t){HB_TAG('t', 'n', 'u', 'm'), 1, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END};
	}
	for (unsigned i = 0; style->tracking_px != 0 && i < 3; i++) {
		features[count++] = (hb_feature_t){joining[i], 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END};
	}
	return count;
}

static bool line_reserve(struct line *line, size_t more)
{
	if (line->count + more <= line->capacity) {
		return true;
	}
	size_t capacity = 2 * line->capacity + more;
	struct glyph *glyphs = reallocarray(line->glyphs, capacity, sizeof(*glyphs));
	if (!glyphs) {
		return false;
	}
	line->glyphs = glyphs;
	line->capacity = capacity;
	return true;
}

static bool line_append(struct line *line, hb_buffer_t *buffer, const struct run *run)
{
	unsigned count = 0;
	const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
	const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(buffer, &count);
	if (!hb_buffer_allocation_successful(buffer) || !line_reserve(line, count)) {
		return false;
	}
	for (unsigned i = 0; i < count; i++) {
		line->glyphs[line->count++] = (struct glyph){
			.face = run->face,
			.index = infos[i].codepoint,
			.cluster = infos[i].cluster,
			.advance = face_scale(run->face, positions[i].x_advance),
			.x_offset = face_scale(run->face, positions[i].x_offset),
			.y_offset = face_scale(run->face, positions[i].y_offset),
		};
	}
	return true;
}

/* The whole line is given as context: Arabic letters join across a change of face. */
static bool shape_run(struct line *line, hb_buffer_t *buffer, const struct run *run, const uint32_t *chars,
		      size_t count, const hb_feature_t *features, unsigned feature_count)
{
	hb_buffer_clear_contents(buffer);
	hb_buffer_add_codepoints(buffer, chars, (int)count, (unsigned)run->start, (int)run->count);
	hb_buffer_set_direction(buffer, run->level & 1 ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
	hb_buffer_set_script(buffer, run->script);
	hb_buffer_set_language(buffer, hb_language_get_default());
	hb_shape(run->face->hb, buffer, features, feature_count);
	return line_append(line, buffer, run);
}

static bool joins_letters(uint32_t c)
{
	return c >= 0x600 && c < 0x900; /* Arabic, Syriac, N'Ko …: letter spacing would tear words apart */
}

/* Letter spacing after each letter but the last, and the sum. */
static void finish_advances(struct line *line, const uint32_t *chars, int tracking_px)
{
	for (size_t i = 0; i < line->count; i++) {
		struct glyph *glyph = &line->glyphs[i];
		bool ends_letter = i + 1 < line->count && line->glyphs[i + 1].cluster != glyph->cluster;
		if (ends_letter && !joins_letters(chars[glyph->cluster])) {
			glyph->advance += (FT_Pos)tracking_px * 64;
		}
		line->width += glyph->advance;
	}
}

bool line_shape(struct line *line, const uint32_t *chars, size_t count, struct face *const *faces,
		const struct line_style *style)
{
	struct line made = {0};
	struct runs runs = {0};
	hb_feature_t features[4];
	unsigned feature_count = features_of(style, features);
	hb_buffer_t *buffer = hb_buffer_create();
	bool ok = count == 0 || find_runs(&runs, chars, count, faces);
	for (size_t i = 0; ok && i < runs.count; i++) {
		ok = shape_run(&made, buffer, &runs.items[i], chars, count, features, feature_count);
	}
	hb_buffer_destroy(buffer);
	free(runs.items);
	if (!ok) {
		line_finish(&made);
		return false;
	}
	finish_advances(&made, chars, style->tracking_px);
	*line = made;
	return true;
}

void line_finish(struct line *line)
{
	free(line->glyphs);
	*line = (struct line){0};
}
