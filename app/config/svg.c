/* See svg.h. */
#include "svg.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/limits.h"

static bool is_blank(char letter)
{
	return letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r';
}

bool svg_is(struct svg_span span, const char *word)
{
	return span.start && strlen(word) == span.length && memcmp(span.start, word, span.length) == 0;
}

/* Moves behind the next `mark`. Returns false at the end of the text. */
static bool skip_past(struct svg_reader *reader, const char *mark)
{
	const char *from = reader->text + reader->at;
	const char *found = memmem(from, reader->length - reader->at, mark, strlen(mark));
	reader->at = found ? (size_t)(found - reader->text) + strlen(mark) : reader->length;
	return found != NULL;
}

/* Moves behind a tag or a declaration, in whose quotes a '>' means nothing. A declaration may hold others in square
 * brackets. */
static bool skip_tag(struct svg_reader *reader)
{
	char quote = '\0';
	int depth = 0;
	for (; reader->at < reader->length; reader->at++) {
		char letter = reader->text[reader->at];
		if (quote) {
			quote = letter == quote ? '\0' : quote;
		} else if (letter == '"' || letter == '\'') {
			quote = letter;
		} else if (letter == '[') {
			depth++;
		} else if (letter == ']') {
			depth--;
		} else if (letter == '>' && depth <= 0) {
			reader->at++;
			return true;
		}
	}
	return false;
}

static bool starts(const struct svg_reader *reader, const char *mark)
{
	size_t length = strlen(mark);
	return reader->length - reader->at >= length && memcmp(reader->text + reader->at, mark, length) == 0;
}

static struct svg_piece tag_read(const char *start, const char *end)
{
	struct svg_piece piece = {.kind = SVG_OPEN};
	if (*start == '/') {
		piece.kind = SVG_CLOSE;
		start++;
	} else if (end > start && end[-1] == '/') {
		piece.is_empty = true;
		end--;
	}
	piece.name.start = start;
	while (start < end && !is_blank(*start)) {
		start++;
	}
	piece.name.length = (size_t)(start - piece.name.start);
	piece.attributes = (struct svg_span){start, (size_t)(end - start)};
	return piece;
}

struct svg_piece svg_next(struct svg_reader *reader)
{
	const struct svg_piece broken = {.kind = SVG_BROKEN};
	while (reader->at < reader->length) {
		size_t from = reader->at;
		if (reader->text[from] != '<') {
			const char *next = memchr(reader->text + from, '<', reader->length - from);
			reader->at = next ? (size_t)(next - reader->text) : reader->length;
			return (struct svg_piece){.kind = SVG_TEXT, .text = {reader->text + from, reader->at - from}};
		}
		if (starts(reader, "<!--")) {
			if (!skip_past(reader, "-->")) {
				return broken;
			}
		} else if (starts(reader, "<![CDATA[")) {
			if (!skip_past(reader, "]]>")) {
				return broken;
			}
		} else if (starts(reader, "<?")) {
			if (!skip_past(reader, "?>")) {
				return broken;
			}
		} else if (!skip_tag(reader)) {
			return broken;
		} else if (reader->text[from + 1] != '!') {
			return tag_read(reader->text + from + 1, reader->text + reader->at - 1);
		}
	}
	return (struct svg_piece){.kind = SVG_END};
}

struct svg_span svg_next_attribute(struct svg_span *rest, struct svg_span *out_value)
{
	const char *at = rest->start, *end = rest->start + rest->length;
	const struct svg_span none = {NULL, 0};
	while (at < end && is_blank(*at)) {
		at++;
	}
	struct svg_span name = {at, 0};
	while (at < end && *at != '=' && !is_blank(*at)) {
		at++;
	}
	name.length = (size_t)(at - name.start);
	while (at < end && is_blank(*at)) {
		at++;
	}
	if (name.length == 0 || at == end || *at != '=') {
		return none;
	}
	for (at++; at < end && is_blank(*at);) {
		at++;
	}
	if (at == end || (*at != '"' && *at != '\'')) {
		return none;
	}
	const char *close = memchr(at + 1, *at, (size_t)(end - at - 1));
	if (!close) {
		return none;
	}
	*out_value = (struct svg_span){at + 1, (size_t)(close - at - 1)};
	*rest = (struct svg_span){close + 1, (size_t)(end - close - 1)};
	return name;
}

struct svg_span svg_attribute(const struct svg_piece *piece, const char *name)
{
	struct svg_span rest = piece->attributes, value = {NULL, 0}, found;
	while ((found = svg_next_attribute(&rest, &value)).start) {
		if (svg_is(found, name)) {
			return value;
		}
	}
	return (struct svg_span){NULL, 0};
}

/* The caller has made the point the decimal mark, whatever the locale of the program is. */
bool svg_number(struct svg_span *rest, double *out)
{
	char copy[FLOORPLAN_NUMBER_MAX];
	while (rest->length && (is_blank(*rest->start) || *rest->start == ',')) {
		rest->start++;
		rest->length--;
	}
	size_t length = rest->length < sizeof(copy) - 1 ? rest->length : sizeof(copy) - 1;
	if (length == 0 || !strchr("+-.0123456789", *rest->start)) {
		return false;
	}
	memcpy(copy, rest->start, length);
	copy[length] = '\0';
	copy[strspn(copy, "+-.0123456789eE")] = '\0';
	char *end = NULL;
	double value = strtod(copy, &end);
	if (end == copy || !isfinite(value)) {
		return false;
	}
	rest->length -= (size_t)(end - copy);
	rest->start += end - copy;
	*out = value;
	return true;
}

/* Returns the character that "&lt;" or "&#x41;" stands for and its length in the text; 0: none of them. */
static unsigned long entity(const char *text, size_t length, size_t *out_length)
{
	static const struct {
		const char *name;
		char letter;
	} known[] = {{"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&quot;", '"'}, {"&apos;", '\''}};
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
		*out_length = strlen(known[i].name);
		if (length >= *out_length && memcmp(text, known[i].name, *out_length) == 0) {
			return (unsigned char)known[i].letter;
		}
	}
	const char *end = memchr(text, ';', length < 12 ? length : 12);
	if (!end || length < 4 || text[1] != '#') {
		return 0;
	}
	char digits[16] = "";
	memcpy(digits, text + 2, (size_t)(end - text - 2));
	*out_length = (size_t)(end - text) + 1;
	return digits[0] == 'x' ? strtoul(digits + 1, NULL, 16) : strtoul(digits, NULL, 10);
}

static size_t encode(unsigned long character, char *out)
{
	if (character < 0x80) {
		out[0] = (char)character;
		return 1;
	}
	if (character < 0x800) {
		out[0] = (char)(0xC0 | character >> 6);
		out[1] = (char)(0x80 | (character & 0x3F));
		return 2;
	}
	if (character < 0x10000) {
		out[0] = (char)(0xE0 | character >> 12);
		out[1] = (char)(0x80 | (character >> 6 & 0x3F));
		out[2] = (char)(0x80 | (character & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | (character >> 18 & 0x07));
	out[1] = (char)(0x80 | (character >> 12 & 0x3F));
	out[2] = (char)(0x80 | (character >> 6 & 0x3F));
	out[3] = (char)(0x80 | (character & 0x3F));
	return 4;
}

void svg_decode(struct svg_span span, char *out, size_t size)
{
	size_t length = strlen(out);
	for (size_t at = 0; at < span.length && length + 5 <= size; at++) {
		char letter = span.start[at];
		size_t taken = 1;
		unsigned long character = letter == '&' ? entity(span.start + at, span.length - at, &taken) : 0;
		if (character > 0) {
			length += encode(character, out + length);
			at += taken - 1;
		} else if (!is_blank(letter)) {
			out[length++] = letter;
		} else if (length > 0 && out[length - 1] != ' ') {
			out[length++] = ' ';
		}
		out[length] = '\0';
	}
}

static struct svg_matrix multiply(struct svg_matrix m, struct svg_matrix n)
{
	return (struct svg_matrix){m.a * n.a + m.c * n.b, m.b * n.a + m.d * n.b,       m.a * n.c + m.c * n.d,
				   m.b * n.c + m.d * n.d, m.a * n.e + m.c * n.f + m.e, m.b * n.e + m.d * n.f + m.f};
}

static struct svg_matrix move(double x, double y)
{
	return (struct svg_matrix){1, 0, 0, 1, x, y};
}

static struct svg_matrix step(struct svg_span name, const double *value, size_t count)
{
	static const double degree = 3.14159265358979 / 180;
	if (svg_is(name, "matrix") && count == 6) {
		return (struct svg_matrix){value[0], value[1], value[2], value[3], value[4], value[5]};
	}
	if (svg_is(name, "translate") && count >= 1) {
		return move(value[0], count > 1 ? value[1] : 0);
	}
	if (svg_is(name, "scale") && count >= 1) {
		return (struct svg_matrix){value[0], 0, 0, count > 1 ? value[1] : value[0], 0, 0};
	}
	if (svg_is(name, "rotate") && count >= 1) {
		double x = count == 3 ? value[1] : 0, y = count == 3 ? value[2] : 0, angle = value[0] * degree;
		struct svg_matrix turn = {cos(angle), sin(angle), -sin(angle), cos(angle), 0, 0};
		return multiply(multiply(move(x, y), turn), move(-x, -y));
	}
	if (svg_is(name, "skewX") && count == 1) {
		return (struct svg_matrix){1, 0, tan(value[0] * degree), 1, 0, 0};
	}
	if (svg_is(name, "skewY") && count == 1) {
		return (struct svg_matrix){1, tan(value[0] * degree), 0, 1, 0, 0};
	}
	return move(0, 0);
}

struct svg_matrix svg_transform(struct svg_matrix outer, struct svg_span transform)
{
	const char *end = transform.start ? transform.start + transform.length : NULL;
	for (const char *at = transform.start; at && at < end;) {
		while (at < end && (is_blank(*at) || *at == ',')) {
			at++;
		}
		const char *open = memchr(at, '(', (size_t)(end - at));
		const char *close = open ? memchr(open, ')', (size_t)(end - open)) : NULL;
		if (!close) {
			break;
		}
		struct svg_span name = {at, (size_t)(open - at)};
		struct svg_span rest = {open + 1, (size_t)(close - open - 1)};
		while (name.length && is_blank(name.start[name.length - 1])) {
			name.length--;
		}
		double values[6];
		size_t count = 0;
		while (count < 6 && svg_number(&rest, &values[count])) {
			count++;
		}
		outer = multiply(outer, step(name, values, count));
		at = close + 1;
	}
	return outer;
}
