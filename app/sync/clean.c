/* See clean.h. Addresses and numbers are found by their shape. A false alarm costs a word of a title; a miss would put
 * somebody's number on a wall and on a disk. */
#include "clean.h"

#include "phone.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "app/base/limits.h"
#include "ical/utf8.h"

/* Letters, digits and signs that are as wide as a Chinese character mean the same as the narrow ones. Addresses and
 * numbers are then found in whichever form they were written. 0: it is none. */
static char narrow_form(int32_t code)
{
	enum { FIRST_WIDE = 0xFF01, LAST_WIDE = 0xFF5E, SMALL_AT = 0xFE6B };
	bool is_wide = code >= FIRST_WIDE && code <= LAST_WIDE;
	return code == SMALL_AT ? '@' : is_wide ? (char)(code - FIRST_WIDE + '!') : '\0';
}

char *clean_text(const char *text, size_t max_bytes)
{
	size_t length = strlen(text);
	char *out = malloc((length < max_bytes ? length : max_bytes) + 1);
	size_t used = 0;
	bool wants_space = false;
	int marks = 0; /* that the last letter has */
	if (!out) {
		return NULL;
	}
	for (size_t at = 0; at < length;) {
		const char *from = text + at;
		if (*from > ' ' && *from <= '~' && !wants_space && used < max_bytes) { /* as below, at once */
			out[used++] = *from;
			at++;
			marks = 0;
			continue;
		}
		int32_t code = utf8_next(text, length, &at);
		size_t size = (size_t)(text + at - from);
		char narrow = narrow_form(code);
		from = narrow ? &narrow : from;
		size = narrow ? 1 : size;
		marks = utf8_joins(code) ? marks + 1 : 0;
		if (code == UTF8_BROKEN ||
		    utf8_is_space(code)) { /* broken bytes separate words rather than join them */
			wants_space = used > 0;
		} else if (!utf8_is_unwanted(code) && marks <= INGEST_MARKS_MAX) {
			if (used + wants_space + size > max_bytes) {
				break;
			}
			if (wants_space) {
				out[used++] = ' ';
			}
			wants_space = false;
			memcpy(out + used, from, size);
			used += size;
		}
	}
	out[used] = '\0';
	return out;
}

static bool ends_word(char c)
{
	return c == '\0' || strchr(" <>()[]{},;\"'|", c) != NULL;
}

/* Returns the length of the "https://" with which an address begins here; 0 none. */
static size_t scheme_length(const char *text)
{
	return strncasecmp(text, "https://", 8) == 0 ? 8 : strncasecmp(text, "http://", 7) == 0 ? 7 : 0;
}

/* Returns the length of what is left of an address here. Brackets and commas may stand inside it, because what follows
 * them may be the part that lets people in, but not at its end. */
static size_t link_length(const char *text)
{
	size_t length = strcspn(text, " <>\"|");
	while (length > 0 && strchr("()[]{},;'", text[length - 1])) {
		length--;
	}
	return length;
}

void clean_links(char *text)
{
	size_t used = 0;
	for (size_t i = 0; text[i];) {
		size_t scheme = scheme_length(text + i);
		if (scheme == 0) {
			text[used++] = text[i++];
			continue;
		}
		size_t end = i + scheme + link_length(text + i + scheme);
		size_t host = i + scheme, authority = strcspn(text + host, "/?#\\");
		const char *user = memrchr(text + host, '@', authority < end - host ? authority : end - host);
		host = user ? (size_t)(user + 1 - text) : host;
		size_t host_end = host + strcspn(text + host, "/?#\\()[]{},;'");
		host_end = host_end < end ? host_end : end;
		memmove(text + used, text + i, scheme);
		memmove(text + used + scheme, text + host, host_end - host);
		used += scheme + (host_end - host);
		i = end;
	}
	text[used] = '\0';
}

/* Returns the length of the e-mail address that begins here, including "mailto:"; 0 none. It has a dot in its name or
 * in its server, whose rest may have been cut off. */
static size_t mail_length(const char *text)
{
	size_t length = 0;
	const char *at = NULL;
	for (; !ends_word(text[length]); length++) {
		at = text[length] == '@' && !at ? text + length : at;
	}
	return at && at > text && at + 1 < text + length && memchr(text, '.', length) ? length : 0;
}

/* Matches spaces and separators that make no sense at an end of a text: ASCII ones, and the dashes U+2013 and U+2014.
 */
static size_t separator_length(const char *text)
{
	if (strncmp(text, "\xE2\x80\x93", 3) == 0 || strncmp(text, "\xE2\x80\x94", 3) == 0) {
		return 3;
	}
	return *text && strchr(" ,;:-|/", *text) ? 1 : 0;
}

static void trim_separators(char *text)
{
	size_t start = 0;
	size_t size = 0;
	while ((size = separator_length(text + start)) > 0) {
		start += size;
	}
	size_t end = start;
	for (size_t i = start; text[i]; i += size ? size : 1) {
		size = separator_length(text + i);
		end = size ? end : i + 1;
	}
	memmove(text, text + start, end - start);
	text[end - start] = '\0';
}

/* Removes "()", "<>" and doubled spaces that a removal has left. */
static void close_gaps(char *text)
{
	size_t used = 0;
	for (size_t i = 0; text[i]; i++) {
		char before = used > 0 ? text[used - 1] : '\0';
		bool is_empty_pair = (text[i] == ')' && before == '(') || (text[i] == '>' && before == '<') ||
				     (text[i] == ']' && before == '[');
		if (is_empty_pair) {
			used--;
		} else if (text[i] != ' ' || before != ' ') {
			text[used++] = text[i];
		}
	}
	text[used] = '\0';
}

/* Returns whether the text before this point continues here, as "2026/" does with "00123" and "9:" with "00". */
static bool is_inside_number(const char *text, size_t length)
{
	char last = length > 0 ? text[length - 1] : ' ';
	char before = length > 1 ? text[length - 2] : ' ';
	return isalnum((unsigned char)last) ||
	       ((last == '/' || last == '-' || last == ':') && isdigit((unsigned char)before));
}

void clean_contacts(char *text)
{
	bool removed = false;
	bool at_word = true;
	size_t used = 0;
	for (size_t i = 0; text[i];) {
		size_t mail = at_word ? mail_length(text + i) : 0;
		size_t length = mail ? mail : is_inside_number(text, used) ? 0 : phone_length(text + i);
		at_word = length > 0 || ends_word(text[i]);
		if (length > 0) {
			removed = true;
			i += length;
		} else {
			text[used++] = text[i++];
		}
	}
	text[used] = '\0';
	if (removed) {
		close_gaps(text);
		trim_separators(text);
	}
}
