/* See parts.h. A hyphen is the difficult one, because names ("Ann-Marie") and places ("HD-04") have it too: it
 * separates beside a blank, before a place ("Ek-Kontorsplats 3") and between a number and a word ("Plats 3-Anna"). */
#include "parts.h"

#include <string.h>

#include "words.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const char single[] = ",;|/()[]{}_~<>*\t";
static const char *const longer[] = {"→", "⇒", "•", "·", "»", "«", "›", "‹", "―"};
static const char *const dashes[] = {"–", "—"};

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

static bool is_between_digits(const char *text, size_t at, size_t length, size_t start)
{
	return at > start && is_digit(text[at - 1]) && is_digit(text[at + length]);
}

/* "3-Anna", but neither "3-A" nor "3-12". */
static bool ends_number(const char *text, size_t at, size_t start)
{
	size_t word = strcspn(text + at + 1, " -");
	return at > start && is_digit(text[at - 1]) && word >= 3 && strcspn(text + at + 1, "0123456789") >= word;
}

static bool is_hyphen(const char *text, size_t at, size_t start)
{
	bool is_beside_blank = at == start || text[at - 1] == ' ' || text[at + 1] == ' ' || !text[at + 1];
	bool has_more = at > start && memchr(text + start, ' ', at - start);
	bool is_capital = text[at + 1] >= 'A' && text[at + 1] <= 'Z';
	bool is_place = (is_capital || has_more) && words_begin_place(text + at + 1);
	return text[at] == '-' && (is_beside_blank || is_place || ends_number(text, at, start));
}

/* Returns the length of a separator, or 0. `start` is where the part begins. */
static size_t separator_at(const char *text, size_t at, size_t start)
{
	if (text[at] && strchr(single, text[at])) {
		return 1;
	}
	if (text[at] == ':') {
		return !is_between_digits(text, at, 1, start);
	}
	bool is_alone = (at == start || text[at - 1] == ' ') && text[at + 1] == ' ';
	if (text[at] && strchr("@+=", text[at])) {
		return is_alone;
	}
	for (size_t i = 0; i < COUNT(longer); i++) {
		if (strncmp(text + at, longer[i], strlen(longer[i])) == 0) {
			return strlen(longer[i]);
		}
	}
	for (size_t i = 0; i < COUNT(dashes); i++) {
		size_t length = strlen(dashes[i]);
		if (strncmp(text + at, dashes[i], length) == 0) {
			return is_between_digits(text, at, length, start) ? 0 : length;
		}
	}
	return is_hyphen(text, at, start);
}

bool parts_next(const char *text, size_t *at, const char **out_start, size_t *out_length)
{
	size_t start = *at, length = 1;
	while (text[start] && length > 0) {
		length = text[start] == ' ' ? 1 : separator_at(text, start, start);
		start += length;
	}
	size_t end = start;
	while (text[end] && separator_at(text, end, start) == 0) {
		end++;
	}
	*at = end;
	while (end > start && text[end - 1] == ' ') {
		end--;
	}
	*out_start = text + start;
	*out_length = end - start;
	return end > start;
}
