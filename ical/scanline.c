/* Takes a content line apart (RFC 5545 section 3.1): a name, parameters that may be quoted, a colon, and the value. */
#include "scan.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* The first colon - or, if wanted, semicolon - at or after `from` that stands outside quotes; `length`: none. */
static size_t find_mark(const char *line, size_t length, size_t from, bool semicolon)
{
	bool quoted = false;

	for (size_t i = from; i < length; i++) {
		if (line[i] == '"') {
			quoted = !quoted;
		} else if (!quoted && (line[i] == ':' || (semicolon && line[i] == ';'))) {
			return i;
		}
	}
	return length;
}

static bool is_white(char byte)
{
	return byte == ' ' || byte == '\t';
}

static bool is_word(const char *text, size_t length, const char *word)
{
	return length == strlen(word) && strncasecmp(text, word, length) == 0;
}

bool scan_value(const char *line, size_t length, const char **out_value, size_t *out_length)
{
	const char *first = memchr(line, ':', length);
	size_t colon = first ? (size_t)(first - line) : length;

	if (colon < length && memchr(line, '"', colon)) { /* the colon may stand in quotes */
		colon = find_mark(line, length, 0, false);
	}
	if (colon == length) {
		return false;
	}
	for (colon++; colon < length && is_white(line[colon]);) {
		colon++;
	}
	while (length > colon && is_white(line[length - 1])) {
		length--;
	}
	*out_value = line + colon;
	*out_length = length - colon;
	return true;
}

bool scan_has_bare_zone(const char *line, size_t length)
{
	size_t start, stop;
	return scan_find_bare_zone(line, length, &start, &stop);
}

bool scan_find_bare_zone(const char *line, size_t length, size_t *out_start, size_t *out_stop)
{
	static const char mark[] = "TZID=";
	const char *colon = memchr(line, ':', length), *stop = line + length;
	const char *found, *name, *end;

	/* No time holds a colon, so the last one ends the name. Nearly every line has only one, and no comma before
	 * it. */
	if (!colon ||
	    (!memchr(colon + 1, ':', (size_t)(stop - colon) - 1) && !memchr(line, ',', (size_t)(colon - line)))) {
		return false;
	}
	found = memmem(line, length, mark, sizeof(mark) - 1);
	if (!found || !(end = memrchr(found, ':', (size_t)(stop - found)))) {
		return false;
	}
	name = found + sizeof(mark) - 1;
	if (memchr(name, ';', (size_t)(end - name))) {
		end = memchr(name, ';', (size_t)(end - name));
	}
	*out_start = (size_t)(name - line);
	*out_stop = (size_t)(end - line);
	return *name != '"' && (memchr(name, ':', (size_t)(end - name)) || memchr(name, ',', (size_t)(end - name)));
}

bool scan_parameter(const char *line, size_t length, const char *name, const char **out_value, size_t *out_length)
{
	size_t name_length = strlen(name);
	size_t at = find_mark(line, length, 0, true);

	while (at < length && line[at] == ';') {
		size_t start = at + 1;
		size_t end = find_mark(line, length, start, true);

		if (end - start > name_length && line[start + name_length] == '=' &&
		    strncasecmp(line + start, name, name_length) == 0) {
			start += name_length + 1;
			if (end - start >= 2 && line[start] == '"' && line[end - 1] == '"') {
				start++;
				end--;
			}
			*out_value = line + start;
			*out_length = end - start;
			return true;
		}
		at = end;
	}
	return false;
}

bool scan_is_resource(const char *line, size_t length)
{
	const char *value;
	size_t value_length;

	if (scan_parameter(line, length, "CUTYPE", &value, &value_length) && value_length > 0) {
		return is_word(value, value_length, "ROOM") || is_word(value, value_length, "RESOURCE");
	}
	return scan_parameter(line, length, "ROLE", &value, &value_length) &&
	       is_word(value, value_length, "NON-PARTICIPANT");
}

bool scan_is_prose(const char *text, size_t length)
{
	while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t')) {
		length--;
	}
	for (size_t i = 0; i < length; i++) {
		if (!isalnum((unsigned char)text[i]) && text[i] != '-' && text[i] != '_') {
			return true;
		}
	}
	return length == 0;
}

bool scan_is_blank(const char *line, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r' && line[i] != '\0' && line[i] != '\x1a') {
			return false;
		}
	}
	return true;
}
