/* See quoted.h and RFC 2045 section 6.7. A code has at least three bytes, so the text only gets shorter. */
#include "quoted.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "scan.h"

static bool is_quoted_printable(const char *text, size_t length)
{
	static const char word[] = "QUOTED-PRINTABLE";
	return length == sizeof(word) - 1 && strncasecmp(text, word, length) == 0;
}

bool quoted_is_used(const char *line, size_t length)
{
	const char *value, *colon = memchr(line, ':', length);
	const char *first = colon ? memchr(line, ';', (size_t)(colon - line)) : NULL;
	size_t value_length;

	/* Most parameters are too short to name it, unless the colon stands in quotes. */
	if (!first || (colon - first < (ptrdiff_t)sizeof(";QUOTED-PRINTABLE") - 1 &&
		       !memchr(first, '"', (size_t)(colon - first)))) {
		return false;
	}
	if (scan_parameter(line, length, "ENCODING", &value, &value_length)) {
		return is_quoted_printable(value, value_length);
	}
	/* vCalendar 1.0 lets the parameter's name be left out. */
	for (const char *at = line; (at = memchr(at, ';', (size_t)(colon - at)));) {
		const char *end;

		at++;
		end = memchr(at, ';', (size_t)(colon - at));
		if (is_quoted_printable(at, (size_t)((end ? end : colon) - at))) {
			return true;
		}
	}
	return false;
}

static int hex_of(char digit)
{
	return digit >= '0' && digit <= '9'   ? digit - '0'
	       : digit >= 'A' && digit <= 'F' ? digit - 'A' + 10
	       : digit >= 'a' && digit <= 'f' ? digit - 'a' + 10
					      : -1;
}

/* The byte that a code stands for; -1: there is no code here. */
static int code_at(const char *text, size_t length)
{
	int high = length >= 3 && text[0] == '=' ? hex_of(text[1]) : -1;
	int low = high >= 0 ? hex_of(text[2]) : -1;

	return low >= 0 ? high * 16 + low : -1;
}

size_t quoted_decode(const char *value, size_t length, char *out)
{
	char *to = out;

	for (size_t i = 0; i < length;) {
		int code = code_at(value + i, length - i);

		if (code < 0) {
			*to++ = value[i++];
			continue;
		}
		i += 3;
		if (code == '\r' && code_at(value + i, length - i) == '\n') {
			continue;
		}
		if (code == '\r' || code == '\n') {
			*to++ = '\\';
			*to++ = 'n';
		} else if (code != '\0') { /* libical reads C strings */
			*to++ = (char)code;
		}
	}
	return (size_t)(to - out);
}
