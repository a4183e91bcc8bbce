/* See fit_private.h. Texts are UTF-8; a character keeps the marks that belong to it. */
#include "fit_private.h"

#include <limits.h>
#include <stdint.h>
#include <string.h>

#include "app/base/arena.h"
#include "ical/utf8.h"
#include "app/base/limits.h"

static const char ellipsis[] = "…";

static int span_width(const struct plan *plan, struct font font, const char *text, size_t length)
{
	return plan->measure->width_px(plan->measure->context, font.weight, font.px, font.is_tabular, text, length);
}

int words_width(const struct plan *plan, struct font font, const char *text)
{
	size_t length = strlen(text);
	if (length <= TEXT_MEASURED_MAX) {
		return span_width(plan, font, text, length);
	}
	size_t measured = utf8_cut(text, TEXT_MEASURED_MAX);
	return span_width(plan, font, text, measured) + (int)(length - measured) * max_int(font.px / 4, 1);
}

int words_lines(const char *text)
{
	int lines = 1;
	for (; *text; text++) {
		lines += *text == '\n';
	}
	return lines;
}

int words_height(struct font font, const char *text)
{
	return text[0] ? words_lines(text) * font.line_px : 0;
}

/* The words come from the translator, with their place for the number. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
const char *words_more(const struct plan *plan, size_t hidden)
{
	return arena_print(plan->ui->arena, plan->model->more_format, (int)hidden);
}

const char *words_page(const struct plan *plan, size_t page, size_t pages)
{
	return arena_print(plan->ui->arena, plan->model->page_format, (int)page, (int)pages);
}
#pragma GCC diagnostic pop

/* No visible letter is narrower than this share of the em, so a longer text need not be measured. */
enum { NARROWEST = 12 };

static size_t first_letters(const char *text, size_t length, int64_t letters)
{
	size_t at = 0;
	for (; at < length && letters > 0; letters--) {
		at += utf8_letter(text + at, length - at);
	}
	return at;
}

static size_t worth_measuring(struct font font, const char *text, size_t length, int width)
{
	return first_letters(text, length, (int64_t)max_int(width, 0) * NARROWEST / max_int(font.px, 1) + 8);
}

/* Most letters are wider than this share of the em: a beginning of so many shows already that a long text is too wide.
 */
enum { USUAL = 3 };

/* Returns whether the text is wider than `width`, and measures no more of it than that takes. A title that a feed has
 * written is often far longer than the place where it may stand. */
static bool exceeds(const struct plan *plan, struct font font, const char *text, size_t length, int width)
{
	size_t least = first_letters(text, length, (int64_t)max_int(width, 0) * USUAL / max_int(font.px, 1) + 8);
	if (least + least / 4 < length && span_width(plan, font, text, least) > width) {
		return true;
	}
	return worth_measuring(font, text, length, width) < length || span_width(plan, font, text, length) > width;
}

bool words_fit(const struct plan *plan, struct font font, const char *text, int width)
{
	return !exceeds(plan, font, text, strlen(text), width);
}

int words_width_most(const struct plan *plan, struct font font, const char *text, int most)
{
	return words_fit(plan, font, text, most) ? words_width(plan, font, text) : most;
}

static size_t letter_end(const char *text, size_t length, size_t letters)
{
	size_t at = 0;
	for (; letters > 0; letters--) {
		at += utf8_letter(text + at, length - at);
	}
	return at;
}

/* Returns the longest beginning in whole characters that is not wider than `width`, and counts its letters. */
static size_t longest(const struct plan *plan, struct font font, const char *text, size_t length, int width,
		      int *out_letters)
{
	size_t most = 0;
	length = worth_measuring(font, text, length, width);
	for (size_t at = 0; at < length; most++) {
		at += utf8_letter(text + at, length - at);
	}
	size_t least = 0;
	while (least < most) {
		size_t middle = (least + most + 1) / 2;
		size_t end = letter_end(text, length, middle);
		if (span_width(plan, font, text, end) <= width) {
			least = middle;
		} else {
			most = middle - 1;
		}
	}
	*out_letters = (int)least;
	return letter_end(text, length, least);
}

static size_t trimmed(const char *text, size_t length)
{
	while (length > 0 && strchr(" ,;:-", text[length - 1])) {
		length--;
	}
	return length;
}

static const char *with_ellipsis(const struct plan *plan, struct font font, const char *text, size_t length, int width)
{
	int letters = 0;
	int room = width - words_width(plan, font, ellipsis);
	size_t kept = trimmed(text, longest(plan, font, text, length, room, &letters));
	return letters < TEXT_LETTERS_MIN ? "" : arena_print(plan->ui->arena, "%.*s%s", (int)kept, text, ellipsis);
}

const char *fit_line(const struct plan *plan, struct font font, const char *text, int width)
{
	if (words_fit(plan, font, text, width)) {
		return text;
	}
	return with_ellipsis(plan, font, text, strlen(text), width);
}

const char *fit_parts(const struct plan *plan, struct font font, const char *text, int width)
{
	static const char dot[] = " · ";
	while (!words_fit(plan, font, text, width)) {
		const char *last = NULL;
		for (const char *at = strstr(text, dot); at; at = strstr(at + 1, dot)) {
			last = at;
		}
		if (!last) {
			break;
		}
		text = arena_copy(plan->ui->arena, text, (size_t)(last - text));
	}
	return fit_line(plan, font, text, width);
}

struct font fit_font(const struct plan *plan, struct font font, const char *text, int width, double share)
{
	int least = max_int((int)(font.px * share), plan->smallest_px);
	if (font.px > least && !words_fit(plan, font_sized(plan, least, font.weight), text, width)) {
		return font_sized(plan, least, font.weight);
	}
	for (int wide = words_width(plan, font, text); font.px > least && wide > width;
	     wide = words_width(plan, font, text)) {
		int px = clamp_int((int)((int64_t)font.px * max_int(width, 0) / wide), least, font.px - 1);
		font = font_sized(plan, px, font.weight);
	}
	return font;
}

/* Lines under construction. */
struct wrap {
	char *out;
	size_t used;
	int lines;   /* finished */
	bool is_cut; /* something was left out or broken badly */
};

static void wrap_append(struct wrap *wrap, const char *text, size_t length)
{
	memcpy(wrap->out + wrap->used, text, length);
	wrap->used += length;
}

/* Returns the longest part of a word that fits with a hyphen; 0 none. */
static size_t hyphenated(const struct plan *plan, struct font font, const char *word, size_t length, int width)
{
	int letters = 0;
	int room = width - words_width(plan, font, "-");
	size_t most = longest(plan, font, word, length, room, &letters);
	return hyphens_part(plan->screen->hyphens, word, length, most);
}

/* Returns whether a word may be broken here without adding a hyphen. */
enum parting { PART_AT_BLANK, PART_AT_HYPHEN, PART_AT_SLASH };

/* Returns the next piece that must not be broken: up to a blank, or to a hyphen or slash inside the word. */
static size_t piece_bytes(const char *text, enum parting parting)
{
	size_t bytes = 0;
	while (text[bytes] && text[bytes] != ' ' && text[bytes] != '\n') {
		bytes++;
		bool is_inside = text[bytes] && text[bytes] != ' ' && text[bytes] != '/' && bytes > 2;
		bool is_hyphen = parting == PART_AT_HYPHEN && text[bytes - 1] == '-';
		bool is_slash = parting != PART_AT_BLANK && text[bytes - 1] == '/';
		if (is_inside && (is_hyphen || is_slash)) {
			break;
		}
	}
	return bytes;
}

/* Returns whether the word is a path, an address or a file name, where an added hyphen would look like a part of it. */
static bool is_technical(const char *word, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		bool is_inside = i + 1 < length && strchr(".,;:!?)", word[i + 1]) == NULL;
		if ((word[i] >= '0' && word[i] <= '9') || strchr("_@", word[i]) || (i == 0 && word[i] == '/') ||
		    (strchr(".:", word[i]) && is_inside)) {
			return true;
		}
	}
	return false;
}

/* Breaks a word that is wider than its line: at its own hyphen or slash, else with a hyphen, else anywhere. */
static size_t word_bytes(const struct plan *plan, struct font font, const char *text, int width, bool *out_hyphen,
			 bool *out_is_cut)
{
	size_t word = piece_bytes(text, PART_AT_BLANK), end = 0;
	bool is_exact = is_technical(text, word);
	for (size_t at = 0; at < word;) {
		at += piece_bytes(text + at, is_exact ? PART_AT_SLASH : PART_AT_HYPHEN);
		if (exceeds(plan, font, text, at, width)) {
			break;
		}
		end = at;
	}
	if (end > 0) {
		return end;
	}
	end = is_exact ? 0 : hyphenated(plan, font, text, word, width);
	*out_hyphen = end > 0;
	if (end == 0) {
		int letters = 0;
		end = longest(plan, font, text, word, width, &letters);
		end = end ? end : utf8_letter(text, word);
		*out_is_cut = true;
	}
	return end;
}

/* Returns how many bytes go on the line that begins at `text`. *out_skip counts the blanks (and a lone middle dot) to
 * leave out after it; *out_hyphen is true when a hyphen has to be added. */
static size_t line_bytes(const struct plan *plan, struct font font, const char *text, int width, size_t *out_skip,
			 bool *out_hyphen, bool *out_is_cut)
{
	size_t end = 0;
	*out_hyphen = false;
	for (size_t at = 0; text[at] && text[at] != '\n';) {
		size_t blank = text[at] == ' ';
		size_t piece = piece_bytes(text + at + blank, PART_AT_BLANK);
		size_t next = at + blank + piece;
		if (exceeds(plan, font, text, next, width)) {
			break;
		}
		at += blank + piece;
		end = at;
	}
	if (end == 0) {
		end = word_bytes(plan, font, text, width, out_hyphen, out_is_cut);
	}
	size_t skip = 0;
	if (strncmp(text + end, " · ", 4) == 0) {
		skip = 4;
	} else if (end > 3 && strncmp(text + end - 3, " ·", 3) == 0 && text[end] == ' ') {
		end -= 3;
		skip = 4;
	} else if (text[end] == ' ' || text[end] == '\n') {
		skip = 1;
	}
	*out_skip = skip;
	return end;
}

/* Ends with as much of the last line as fits. When that is too little to be of use, the line before ends with the
 * ellipsis instead; when there is no line before, nothing is left. */
static void wrap_end(const struct plan *plan, struct font font, struct wrap *wrap, const char *text, size_t length,
		     int width)
{
	const char *last = with_ellipsis(plan, font, text, length, width);
	if (!last[0] && wrap->lines > 0) {
		size_t end = wrap->used - 1, start = end;
		while (start > 0 && wrap->out[start - 1] != '\n') {
			start--;
		}
		size_t kept = trimmed(wrap->out + start, end - start);
		last = arena_print(plan->ui->arena, "%.*s%s", (int)kept, wrap->out + start, ellipsis);
		if (words_width(plan, font, last) > width || kept < TEXT_LETTERS_MIN) {
			last = with_ellipsis(plan, font, wrap->out + start, kept, width);
		}
		wrap->used = start;
	}
	wrap->used = last[0] ? wrap->used : 0;
	wrap_append(wrap, last, strlen(last));
}

static struct wrap wrap_run(const struct plan *plan, struct font font, const char *text, int width, int max_lines,
			    bool may_break)
{
	struct wrap wrap = {.out = arena_alloc(plan->ui->arena, 3 * strlen(text) + sizeof(ellipsis) + 1)};
	if (!wrap.out) {
		return wrap;
	}
	while (*text && wrap.lines < max_lines) {
		size_t skip = 0;
		bool hyphen = false, is_torn = false;
		size_t bytes = line_bytes(plan, font, text, width, &skip, &hyphen, &is_torn);
		if (wrap.lines) {
			wrap_append(&wrap, "\n", 1);
		}
		if ((wrap.lines + 1 == max_lines && text[bytes + skip]) || (is_torn && !may_break)) {
			size_t rest = strcspn(text, "\n");
			wrap_end(plan, font, &wrap, text, rest, width);
			wrap.is_cut = true;
			break;
		} else {
			wrap_append(&wrap, text, bytes);
			wrap_append(&wrap, "-", hyphen);
		}
		text += bytes + skip;
		wrap.lines++;
	}
	wrap.out[wrap.used] = '\0';
	return wrap;
}

const char *fit_wrap(const struct plan *plan, struct font font, const char *text, int width, int max_lines)
{
	if (!strchr(text, '\n') && words_fit(plan, font, text, width)) {
		return text;
	}
	struct wrap wrap = wrap_run(plan, font, text, width, max_int(max_lines, 1), false);
	return wrap.out ? wrap.out : "";
}

const char *fit_break(const struct plan *plan, struct font font, const char *text, int width, int max_lines)
{
	struct wrap wrap = wrap_run(plan, font, text, width, max_lines, true);
	if (wrap.out && !wrap.is_cut) {
		return wrap.out;
	}
	return fit_wrap(plan, font, text, width, max_lines);
}

const char *fit_whole(const struct plan *plan, struct font font, const char *text, int width, int max_lines)
{
	if (!strchr(text, '\n') && words_fit(plan, font, text, width)) {
		return text;
	}
	if (max_lines < 1) {
		return "";
	}
	struct wrap wrap = wrap_run(plan, font, text, width, max_lines, false);
	return wrap.out && !wrap.is_cut ? wrap.out : "";
}

static int widest_line(const struct plan *plan, struct font font, const char *text)
{
	int widest = 0;
	while (*text) {
		size_t length = strcspn(text, "\n");
		widest = max_int(widest, span_width(plan, font, text, length));
		text += length + (text[length] == '\n');
	}
	return widest;
}

const char *fit_even(const struct plan *plan, struct font font, const char *text, int width, int max_lines)
{
	const char *first = fit_whole(plan, font, text, width, max_lines), *best = first;
	int lines = words_lines(first), least = widest_line(plan, font, first), before = least;
	while (lines > 1 && first[0]) {
		width -= max_int(width / 24, 1);
		const char *narrower = fit_whole(plan, font, text, width, max_lines);
		if (!narrower[0] || words_lines(narrower) != lines) {
			break;
		}
		int widest = widest_line(plan, font, narrower);
		best = widest < least ? narrower : best;
		least = min_int(widest, least);
	}
	/* A small gain does not justify another break. */
	return least * 5 < before * 4 ? best : first;
}
