/* See xml.h. */
#include "xml.h"

#include <stdint.h>
#include <string.h>

static const struct xml_piece broken = {.kind = XML_BROKEN};

static bool is_blank(char letter)
{
	return letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r';
}

static bool is_name_letter(char letter)
{
	unsigned char byte = (unsigned char)letter;
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
	       byte == '-' || byte == '_' || byte == '.' || byte == ':' || byte >= 0x80;
}

static bool is_same(struct xml_span span, const char *text, size_t length)
{
	return span.length == length && memcmp(span.start, text, length) == 0;
}

static size_t left(const struct xml *xml)
{
	return (size_t)(xml->end - xml->at);
}

static bool starts(const struct xml *xml, const char *mark)
{
	size_t length = strlen(mark);
	return left(xml) >= length && memcmp(xml->at, mark, length) == 0;
}

/* Moves behind the next `mark`; returns where it stands, NULL when it does not come. */
static char *skip_past(struct xml *xml, const char *mark)
{
	char *found = memmem(xml->at, left(xml), mark, strlen(mark));
	if (found) {
		xml->at = found + strlen(mark);
	}
	return found;
}

static void skip_blanks(struct xml *xml)
{
	while (xml->at < xml->end && is_blank(*xml->at)) {
		xml->at++;
	}
}

void xml_begin(struct xml *xml, char *bytes, size_t length)
{
	bool has_mark = length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0;
	*xml = (struct xml){.at = bytes + (has_mark ? 3 : 0), .end = bytes + length};
}

static struct xml_span take_name(struct xml *xml)
{
	struct xml_span name = {xml->at, 0};
	while (xml->at < xml->end && is_name_letter(*xml->at)) {
		xml->at++;
	}
	name.length = (size_t)(xml->at - name.start);
	return name;
}

/* Splits a name at its colon; the prefix is empty when there is none. */
static struct xml_span prefix_of(struct xml_span *name)
{
	struct xml_span prefix = {name->start, 0};
	char *colon = memchr(name->start, ':', name->length);
	if (colon) {
		prefix.length = (size_t)(colon - name->start);
		name->start = colon + 1;
		name->length -= prefix.length + 1;
	}
	return prefix;
}

static enum xml_space space_named(struct xml_span uri)
{
	static const struct {
		const char *uri;
		enum xml_space space;
	} spaces[] = {{"DAV:", XML_DAV},
		      {"urn:ietf:params:xml:ns:caldav", XML_CALDAV},
		      {"http://calendarserver.org/ns/", XML_CALENDARSERVER}};
	for (size_t i = 0; i < sizeof(spaces) / sizeof(spaces[0]); i++) {
		if (is_same(uri, spaces[i].uri, strlen(spaces[i].uri))) {
			return spaces[i].space;
		}
	}
	return XML_OTHER;
}

/* Keeps what xmlns="…" and xmlns:PREFIX="…" say; no other attribute matters. */
static bool bind(struct xml *xml, struct xml_span name, struct xml_span value)
{
	struct xml_span prefix = prefix_of(&name);
	bool is_default = prefix.length == 0 && is_same(name, "xmlns", 5);
	if (!is_default && !is_same(prefix, "xmlns", 5)) {
		return true;
	}
	if (xml->binding_count == XML_BINDINGS_MAX) {
		return false;
	}
	xml->bindings[xml->binding_count].prefix = is_default ? (struct xml_span){name.start, 0} : name;
	xml->bindings[xml->binding_count++].space = space_named(value);
	return true;
}

static bool take_attribute(struct xml *xml)
{
	struct xml_span name = take_name(xml);
	skip_blanks(xml);
	if (name.length == 0 || !starts(xml, "=")) {
		return false;
	}
	xml->at++;
	skip_blanks(xml);
	if (xml->at == xml->end || (*xml->at != '"' && *xml->at != '\'')) {
		return false;
	}
	char quote = *xml->at++;
	char *close = memchr(xml->at, quote, left(xml));
	if (!close) {
		return false;
	}
	struct xml_span value = {xml->at, (size_t)(close - xml->at)};
	xml->at = close + 1;
	return !memchr(value.start, '<', value.length) && bind(xml, name, value);
}

/* The newest binding of a prefix counts. */
static enum xml_space find_space(const struct xml *xml, struct xml_span prefix)
{
	for (size_t i = xml->binding_count; i > 0; i--) {
		if (is_same(xml->bindings[i - 1].prefix, prefix.start, prefix.length)) {
			return xml->bindings[i - 1].space;
		}
	}
	return XML_OTHER;
}

static struct xml_piece element(const struct xml *xml, enum xml_kind kind, struct xml_span name)
{
	struct xml_piece piece = {.kind = kind, .text = name};
	struct xml_span prefix = prefix_of(&piece.text);
	piece.space = find_space(xml, prefix);
	return piece;
}

static struct xml_piece open_element(struct xml *xml)
{
	struct xml_span name = take_name(xml);
	if (name.length == 0 || xml->depth == XML_DEPTH_MAX || (xml->depth == 0 && xml->had_root)) {
		return broken;
	}
	xml->open[xml->depth].name = name;
	xml->open[xml->depth++].bindings = xml->binding_count;
	xml->had_root = true;
	for (;;) {
		char *before = xml->at;
		skip_blanks(xml);
		if (starts(xml, ">") || starts(xml, "/>")) {
			break;
		}
		if (xml->at == before || !take_attribute(xml)) {
			return broken;
		}
	}
	xml->is_empty = *xml->at == '/';
	xml->at += xml->is_empty ? 2 : 1;
	return element(xml, XML_OPEN, name);
}

/* Its bindings end with an element, but its own name has to be looked up before that. */
static struct xml_piece close_innermost(struct xml *xml)
{
	struct xml_piece piece = element(xml, XML_CLOSE, xml->open[xml->depth - 1].name);
	xml->depth--;
	xml->binding_count = xml->open[xml->depth].bindings;
	return piece;
}

static struct xml_piece close_element(struct xml *xml)
{
	struct xml_span name = take_name(xml);
	skip_blanks(xml);
	if (xml->depth == 0 || !starts(xml, ">") || !is_same(xml->open[xml->depth - 1].name, name.start, name.length)) {
		return broken;
	}
	xml->at++;
	return close_innermost(xml);
}

static bool number_of(const char *digits, size_t length, int32_t *out)
{
	bool is_hex = length > 0 && *digits == 'x';
	int32_t value = 0;
	if (length == (size_t)is_hex || length > 8) {
		return false;
	}
	for (size_t i = is_hex; i < length; i++) {
		char digit = digits[i];
		int32_t worth = digit >= '0' && digit <= '9'             ? digit - '0'
				: is_hex && digit >= 'a' && digit <= 'f' ? digit - 'a' + 10
				: is_hex && digit >= 'A' && digit <= 'F' ? digit - 'A' + 10
									 : -1;
		if (worth < 0) {
			return false;
		}
		value = value * (is_hex ? 16 : 10) + worth;
	}
	*out = value;
	return true;
}

static size_t put_utf8(int32_t character, char *out)
{
	if (character < 0x80) {
		out[0] = (char)character;
		return 1;
	}
	size_t length = character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
	for (size_t i = length - 1; i > 0; i--) {
		out[i] = (char)(0x80 | (character & 0x3f));
		character >>= 6;
	}
	out[0] = (char)((0xf00 >> length) | character);
	return length;
}

/* Decodes what stands between & and ; and returns the number of its bytes, which are fewer than it had; 0: it is
 * nothing that XML has without a document type. */
static size_t decode(const char *name, size_t length, char *out)
{
	static const struct {
		const char *name;
		char letter;
	} entities[] = {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}};
	int32_t number = 0;
	for (size_t i = 0; i < sizeof(entities) / sizeof(entities[0]); i++) {
		if (strlen(entities[i].name) == length && memcmp(entities[i].name, name, length) == 0) {
			*out = entities[i].letter;
			return 1;
		}
	}
	bool is_number = length > 1 && *name == '#' && number_of(name + 1, length - 1, &number);
	bool is_character = number == '\t' || number == '\n' || number == '\r' || (number >= ' ' && number < 0xd800) ||
			    (number > 0xdfff && number <= 0x10ffff);
	return is_number && is_character ? put_utf8(number, out) : 0;
}

static struct xml_piece take_text(struct xml *xml)
{
	char *start = xml->at, *to = start;
	char *stop = memchr(start, '<', left(xml));
	stop = stop ? stop : xml->end;
	for (const char *from = start; from < stop;) {
		if (*from != '&') {
			*to++ = *from++;
			continue;
		}
		const char *semicolon = memchr(from, ';', (size_t)(stop - from) < 12 ? (size_t)(stop - from) : 12);
		char letter[4];
		size_t length = semicolon ? decode(from + 1, (size_t)(semicolon - from - 1), letter) : 0;
		if (length == 0) {
			return broken;
		}
		memcpy(to, letter, length);
		to += length;
		from = semicolon + 1;
	}
	xml->at = stop;
	return (struct xml_piece){.kind = XML_TEXT, .text = {start, (size_t)(to - start)}};
}

static struct xml_piece take_cdata(struct xml *xml)
{
	xml->at += strlen("<![CDATA[");
	char *start = xml->at, *stop = skip_past(xml, "]]>");
	return stop ? (struct xml_piece){.kind = XML_TEXT, .text = {start, (size_t)(stop - start)}} : broken;
}

/* Outside the root only blanks may stand. */
static bool skip_between(struct xml *xml)
{
	for (;;) {
		const char *mark = starts(xml, "<!--") ? "-->" : starts(xml, "<?") ? "?>" : NULL;
		if (mark && !skip_past(xml, mark)) {
			return false;
		}
		if (!mark) {
			char *before = xml->at;
			if (xml->depth == 0) {
				skip_blanks(xml);
			}
			if (xml->at == before) {
				return true;
			}
		}
	}
}

struct xml_piece xml_next(struct xml *xml)
{
	if (xml->is_empty) {
		xml->is_empty = false;
		return close_innermost(xml);
	}
	if (!skip_between(xml)) {
		return broken;
	}
	if (xml->at == xml->end) {
		return xml->depth == 0 && xml->had_root ? (struct xml_piece){.kind = XML_END} : broken;
	}
	if (xml->depth > 0 && starts(xml, "<![CDATA[")) {
		return take_cdata(xml);
	}
	if (*xml->at != '<') {
		return xml->depth > 0 ? take_text(xml) : broken;
	}
	xml->at++;
	if (starts(xml, "/")) {
		xml->at++;
		return close_element(xml);
	}
	return open_element(xml);
}

bool xml_is(const struct xml_piece *piece, enum xml_space space, const char *name)
{
	return piece->space == space && is_same(piece->text, name, strlen(name));
}
