/* See ere_private.h. Each construct is read as regex(7) describes it and written as PCRE2 understands it; what the two
 * read differently, and everything that only PCRE2 knows, never gets there. */
#include "ere_private.h"

#include "limits.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { GROWTH_MAX = 8 /* bytes that one byte of an expression can become */ };

struct translator {
	const char *start, *next;
	char *out;
	size_t length;
	size_t groups, repeat_max;
	int depth;
	struct err *err;
};

/* Something that can be repeated, or an anchor, which cannot. */
struct atom {
	size_t from; /* where it begins in the output */
	size_t elements;
	bool is_single, is_anchor;
};

static void emit(struct translator *t, const char *text, size_t length)
{
	memcpy(t->out + t->length, text, length);
	t->length += length;
}

static void emit_text(struct translator *t, const char *text)
{
	emit(t, text, strlen(text));
}

static bool is_continuation(char byte)
{
	return ((unsigned char)byte & 0xC0) == 0x80;
}

/* The number of the character that is read next, from 1. */
static size_t position(const struct translator *t)
{
	size_t count = 1;
	for (const char *p = t->start; p < t->next; p++) {
		count += !is_continuation(*p);
	}
	return count;
}

static bool wrong(struct translator *t, const char *format, ...) __attribute__((format(printf, 2, 3)));

static bool wrong(struct translator *t, const char *format, ...)
{
	char text[ERR_TEXT_MAX / 2];
	va_list args;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	return err_set(t->err, "character %zu: %s", position(t), text);
}

static bool too_large(struct translator *t)
{
	return wrong(t, "with its repeats it has more than %d elements; repeat less", PATTERN_ELEMENTS_MAX);
}

static size_t character_length(const char *text)
{
	size_t length = 1;
	while (is_continuation(text[length])) {
		length++;
	}
	return length;
}

static void take_character(struct translator *t)
{
	size_t length = character_length(t->next);
	if (length == 1 && strchr("\\^$.[]|()*+?{}-", *t->next)) {
		emit_text(t, "\\");
	}
	emit(t, t->next, length);
	t->next += length;
}

/* [:alpha:], and of [.x.] and [=x=] what they are in every language: x. */
static bool take_class(struct translator *t)
{
	static const char *const names[] = {"alpha", "digit", "alnum", "upper", "lower", "space",
					    "blank", "punct", "print", "graph", "cntrl", "xdigit"};
	char kind = t->next[1];
	const char end[] = {kind, ']', '\0'};
	const char *name = t->next + 2;
	const char *stop = strstr(name, end);
	size_t length = stop ? (size_t)(stop - name) : 0;
	if (length == 0) {
		return wrong(t, "[%c is not closed by %c]", kind, kind);
	}
	for (size_t i = 0; kind == ':' && i < sizeof(names) / sizeof(names[0]); i++) {
		if (strlen(names[i]) == length && strncmp(name, names[i], length) == 0) {
			emit(t, t->next, length + 4);
			t->next = stop + 2;
			return true;
		}
	}
	if (kind == ':') {
		return wrong(t, "there is no class of characters [:%.*s:]", (int)(length < 32 ? length : 32), name);
	}
	if (character_length(name) != length) {
		return wrong(t, "only one character can stand between [%c and %c]", kind, kind);
	}
	t->next = name;
	take_character(t);
	t->next = stop + 2;
	return true;
}

/* In a set a backslash is a backslash, and ] is a member when it comes first. */
static bool take_set(struct translator *t)
{
	const char *open = t->next++;
	emit_text(t, "[");
	if (*t->next == '^') {
		emit(t, t->next++, 1);
	}
	for (const char *first = t->next; *t->next != ']' || t->next == first;) {
		bool is_range = *t->next == '-' && t->next != first && t->next[1] != ']';
		if (!*t->next) {
			t->next = open;
			return wrong(t, "[ is not closed by ]");
		}
		if (*t->next == '[' && t->next[1] && strchr(":.=", t->next[1])) {
			if (!take_class(t)) {
				return false;
			}
		} else if (is_range) {
			emit(t, t->next++, 1);
		} else {
			take_character(t);
		}
	}
	emit(t, t->next++, 1);
	return true;
}

/* What stands behind a backslash, outside of sets. */
static bool take_escape(struct translator *t, struct atom *atom)
{
	char c = t->next[1];
	if (!c) {
		return wrong(t, "nothing stands behind the backslash");
	}
	if (strchr("<>bB`'", c)) {
		emit_text(t, c == '<'    ? "\\b(?=\\w)"
			     : c == '>'  ? "\\b(?<=\\w)"
			     : c == '`'  ? "\\A"
			     : c == '\'' ? "\\z"
			     : c == 'b'  ? "\\b"
					 : "\\B");
		t->next += 2;
		atom->is_anchor = true;
		return true;
	}
	if (strchr("wWsSdD", c)) {
		emit(t, t->next, 2);
		t->next += 2;
		return true;
	}
	if (c >= '0' && c <= '9') {
		return wrong(t, "\\%c would refer to what a group matched, and that is not supported", c);
	}
	if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
		return wrong(t, "\\%c is not known; a letter stands for itself without the backslash", c);
	}
	t->next++;
	take_character(t);
	return true;
}

static bool take_alternatives(struct translator *t, size_t *out_elements);

static bool take_group(struct translator *t, struct atom *atom)
{
	const char *open = t->next++;
	if (++t->depth > PATTERN_DEPTH_MAX) {
		return wrong(t, "more than %d groups stand inside each other", PATTERN_DEPTH_MAX);
	}
	t->groups++;
	emit_text(t, "(");
	if (!take_alternatives(t, &atom->elements)) {
		return false;
	}
	if (*t->next != ')') {
		t->next = open;
		return wrong(t, "( is not closed by )");
	}
	emit(t, t->next++, 1);
	t->depth--;
	atom->elements++;
	atom->is_single = false;
	return true;
}

static bool is_repeat(char c)
{
	return c && strchr("*+?{", c);
}

static bool take_atom(struct translator *t, struct atom *atom)
{
	*atom = (struct atom){.from = t->length, .elements = 1, .is_single = true};
	if (is_repeat(*t->next)) {
		return wrong(t, "there is nothing before the %c that could be repeated", *t->next);
	}
	switch (*t->next) {
	case '(':
		return take_group(t, atom);
	case '[':
		return take_set(t);
	case '\\':
		return take_escape(t, atom);
	case '^':
	case '$':
		atom->is_anchor = true;
		emit(t, t->next++, 1);
		return true;
	case '.':
		emit(t, t->next++, 1);
		return true;
	default: /* a ) that closes nothing, too */
		take_character(t);
		return true;
	}
}

static bool take_number(struct translator *t, size_t *out)
{
	if (*t->next < '0' || *t->next > '9') {
		return false;
	}
	for (*out = 0; *t->next >= '0' && *t->next <= '9'; t->next++) {
		*out = *out > PATTERN_ELEMENTS_MAX ? *out : *out * 10 + (size_t)(*t->next - '0');
	}
	return true;
}

/* {3} {3,} {3,5} and {,5} */
static bool take_braces(struct translator *t, size_t *out_times)
{
	const char *open = t->next++;
	size_t low = 0, high = 0;
	char text[64];
	bool has_low = take_number(t, &low), has_high = false;
	bool has_comma = *t->next == ',';
	t->next += has_comma;
	has_high = has_comma && take_number(t, &high);
	if (*t->next != '}' || (!has_low && !has_high) || (has_high && high < low)) {
		t->next = open;
		return wrong(t, "{ must be followed by numbers as in {3}, {3,}, {3,5} or {,5} and by }");
	}
	*out_times = has_high ? high : low;
	if (*out_times > PATTERN_ELEMENTS_MAX) {
		return too_large(t);
	}
	t->next++;
	snprintf(text, sizeof(text), has_high ? "{%zu,%zu}" : has_comma ? "{%zu,}" : "{%zu}", low, high);
	emit_text(t, text);
	return true;
}

/* PCRE2 would take a second repeat for a mark on the first one, so what is repeated already becomes a group. */
static void enclose(struct translator *t, size_t from)
{
	static const char open[] = "(?:";
	const size_t length = sizeof(open) - 1;
	memmove(t->out + from + length, t->out + from, t->length - from);
	memcpy(t->out + from, open, length);
	t->length += length;
	emit_text(t, ")");
}

static bool take_repeats(struct translator *t, struct atom *atom)
{
	for (int count = 0; is_repeat(*t->next); count++) {
		size_t times = 1;
		if (atom->is_anchor) {
			return wrong(t, "there is nothing before the %c that could be repeated", *t->next);
		}
		if (count > 0) {
			enclose(t, atom->from);
			atom->is_single = false;
		}
		if (*t->next != '{') {
			emit(t, t->next++, 1);
		} else if (!take_braces(t, &times)) {
			return false;
		}
		t->repeat_max = atom->is_single && times > t->repeat_max ? times : t->repeat_max;
		atom->elements *= times > 1 ? times : 1;
		if (atom->elements > PATTERN_ELEMENTS_MAX) {
			return too_large(t);
		}
	}
	return true;
}

static bool take_alternatives(struct translator *t, size_t *out_elements)
{
	size_t elements = 1;
	while (*t->next && !(*t->next == ')' && t->depth > 0)) {
		struct atom atom;
		if (*t->next == '|') {
			emit(t, t->next++, 1);
			elements++;
			continue;
		}
		if (!take_atom(t, &atom) || !take_repeats(t, &atom)) {
			return false;
		}
		elements += atom.elements;
		if (elements > PATTERN_ELEMENTS_MAX) {
			return too_large(t);
		}
	}
	*out_elements = elements;
	return true;
}

bool ere_translate(const char *expression, struct ere *out_ere, struct err *err)
{
	size_t length = strlen(expression);
	if (length > PATTERN_TEXT_MAX) {
		return err_set(err, "it is longer than %d bytes", PATTERN_TEXT_MAX);
	}
	struct translator t = {.start = expression, .next = expression, .err = err};
	size_t elements = 0;
	t.out = malloc(length * GROWTH_MAX + 1);
	if (!t.out) {
		return err_set(err, "out of memory");
	}
	if (!take_alternatives(&t, &elements)) {
		free(t.out);
		return false;
	}
	t.out[t.length] = '\0';
	*out_ere =
		(struct ere){.text = t.out, .groups = t.groups, .repeat_max = t.repeat_max, .element_count = elements};
	return true;
}
