/* See person.h. Names are taken apart by words and characters, never by bytes; what is in parentheses behind a name is
 * an employer or a department, and goes. */
#include "person.h"

#include "clean.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A piece of a text. */
struct piece {
	const char *start;
	size_t length;
};

static bool is_combining(unsigned code)
{
	return (code >= 0x300 && code <= 0x36F) || (code >= 0x1AB0 && code <= 0x1AFF) ||
	       (code >= 0x1DC0 && code <= 0x1DFF) || (code >= 0x20D0 && code <= 0x20FF) ||
	       (code >= 0xFE00 && code <= 0xFE0F) || (code >= 0xFE20 && code <= 0xFE2F);
}

static bool is_mark(unsigned code)
{
	return code < 0x80 && strchr("\"'`.-_*#!?&()[]{}<>/\\|~^+=:;,", (int)code) != NULL;
}

/* The first letter of a word with the accents that stand as characters of their own behind it. */
static struct piece initial(struct piece word)
{
	const char *end = word.start + word.length;
	const char *next = word.start;
	struct piece letter = {word.start, 0};
	while (next < end && letter.length == 0) {
		const char *from = next;
		unsigned code = clean_next(&next);
		if (!is_mark(code)) {
			letter = (struct piece){from, (size_t)(next - from)};
		}
	}
	while (letter.length > 0 && next < end && is_combining(clean_next(&next))) {
		letter.length = (size_t)(next - letter.start);
	}
	return letter;
}

static struct piece trim(struct piece piece)
{
	while (piece.length > 0 && *piece.start == ' ') {
		piece.start++;
		piece.length--;
	}
	while (piece.length > 0 && piece.start[piece.length - 1] == ' ') {
		piece.length--;
	}
	return piece;
}

static struct piece first_word(struct piece text)
{
	const char *space = memchr(text.start, ' ', text.length);
	return (struct piece){text.start, space ? (size_t)(space - text.start) : text.length};
}

static struct piece last_word(struct piece text)
{
	const char *space = memrchr(text.start, ' ', text.length);
	size_t skip = space ? (size_t)(space + 1 - text.start) : 0;
	return (struct piece){text.start + skip, text.length - skip};
}

/* "Nils Svensson" and "Svensson, Nils" alike; the family name is empty when there is but one word. */
static void split(const char *name, struct piece *out_given, struct piece *out_family)
{
	const char *parenthesis = strchr(name, '(');
	struct piece all = {name, strlen(name)};
	if (parenthesis && parenthesis > name) {
		all.length = (size_t)(parenthesis - name);
	}
	all = trim(all);
	const char *comma = memchr(all.start, ',', all.length);
	if (comma) {
		size_t before = (size_t)(comma - all.start);
		struct piece given = trim((struct piece){comma + 1, all.length - before - 1});
		struct piece family = trim((struct piece){all.start, before});
		*out_given = first_word(given.length > 0 ? given : family);
		*out_family = given.length > 0 ? last_word(family) : (struct piece){"", 0};
		return;
	}
	*out_given = first_word(all);
	*out_family = last_word(all);
	if (out_family->start == out_given->start) {
		*out_family = (struct piece){"", 0};
	}
}

char *person_reduce(const char *name, enum name_form form)
{
	struct piece given = {"", 0}, family = {"", 0};
	char *text = NULL;
	if (form == NAMES_FULL || form == NAMES_NONE) {
		return strdup(form == NAMES_FULL ? name : "");
	}
	split(name, &given, &family);
	struct piece first = form == NAMES_SHORT ? given : initial(given);
	struct piece last = initial(family);
	const char *after_first = form == NAMES_INITIALS && first.length > 0 ? "." : last.length > 0 ? " " : "";
	int written = asprintf(&text, "%.*s%s%.*s%s", (int)first.length, first.start, after_first, (int)last.length,
			       last.start, last.length > 0 ? "." : "");
	return written < 0 ? NULL : text;
}
