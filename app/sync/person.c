/* See person.h. Names are taken apart by words and characters, never by bytes. Text in parentheses behind a name is an
 * employer or a department, and is dropped. Of two persons the first is named, because a name put together from both
 * would be nobody's. */
#include "person.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ical/utf8.h"

/* A piece of a text. */
struct piece {
	const char *start;
	size_t length;
};

static bool is_mark(int32_t code)
{
	return code > 0 && code < 0x80 && strchr("\"'`.-_*#!?&()[]{}<>/\\|~^+=:;,", code) != NULL;
}

/* Returns the first letter of a word with the combining accents behind it. */
static struct piece initial(struct piece word)
{
	for (size_t at = 0; at < word.length;) {
		const char *from = word.start + at;
		size_t length = word.length - at;
		if (!is_mark(utf8_next(word.start, word.length, &at))) {
			return (struct piece){from, utf8_letter(from, length)};
		}
	}
	return (struct piece){word.start, 0};
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

/* Returns where the second of two persons begins in the text, with the word between them; its length when there is one
 * person only. */
static size_t first_person(struct piece text)
{
	static const char *const words[] = {" & ", " + ", " / ", " och ", " and ", " og ", " ja "};
	size_t length = text.length;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		const char *found = memmem(text.start, length, words[i], strlen(words[i]));
		length = found && found > text.start ? (size_t)(found - text.start) : length;
	}
	return length;
}

/* Splits "Nils Svensson" and "Svensson, Nils" alike. The family name is empty when there is only one word. */
static void split(const char *name, struct piece *out_given, struct piece *out_family)
{
	const char *parenthesis = strchr(name, '(');
	struct piece all = {name, strlen(name)};
	if (parenthesis && parenthesis > name) {
		all.length = (size_t)(parenthesis - name);
	}
	all.length = first_person(all);
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
