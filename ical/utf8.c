/* See utf8.h. ICU knows the form of UTF-8 and what a character is. */
#include "utf8.h"

#include "limits.h"

#include <string.h>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

enum { REPLACEMENT = 0xFFFD, JOINER = 0x200D, FIRST_MARK = 0x300 };

int32_t utf8_next(const char *text, size_t length, size_t *at)
{
	const uint8_t *bytes = (const uint8_t *)text;
	UChar32 character;
	U8_NEXT(bytes, *at, length, character);
	return character;
}

bool utf8_joins(int32_t character)
{
	if (character < FIRST_MARK) { /* most text, without a look-up */
		return false;
	}
	return (U_GET_GC_MASK(character) & U_GC_M_MASK) != 0 || u_hasBinaryProperty(character, UCHAR_JOIN_CONTROL) ||
	       u_hasBinaryProperty(character, UCHAR_EMOJI_MODIFIER) ||
	       u_hasBinaryProperty(character, UCHAR_GRAPHEME_EXTEND);
}

size_t utf8_letter(const char *text, size_t length)
{
	size_t end = 0;
	if (length == 0) {
		return 0;
	}
	int32_t last = utf8_next(text, length, &end);
	for (size_t at = end; at < length; end = at) {
		int32_t next = utf8_next(text, length, &at);
		if ((!utf8_joins(next) && last != JOINER) || at > UTF8_LETTER_MAX) {
			break;
		}
		last = next;
	}
	return end;
}

size_t utf8_cut(const char *text, size_t length)
{
	const uint8_t *bytes = (const uint8_t *)text;
	ptrdiff_t end = (ptrdiff_t)length; /* signed: the macro counts back past the beginning */
	U8_TRUNCATE_IF_INCOMPLETE(bytes, 0, end);
	return (size_t)end;
}

bool utf8_is_space(int32_t character)
{
	return u_isUWhiteSpace(character);
}

bool utf8_is_unwanted(int32_t character)
{
	static const struct {
		int32_t first, last;
	} ranges[] = {{0x0000, 0x001F}, {0x007F, 0x009F}, {0x00AD, 0x00AD}, {0x061C, 0x061C},
		      {0x180E, 0x180E}, {0x200B, 0x200B}, {0x200E, 0x200F}, {0x202A, 0x202E},
		      {0x2060, 0x206F}, {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE0FFF}};
	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++) {
		if (character >= ranges[i].first && character <= ranges[i].last) {
			return true;
		}
	}
	return U_IS_UNICODE_NONCHAR(character);
}

/* What to write for a character; 0: nothing. */
static int32_t harmless(int32_t character)
{
	if (character == '\n' || character == 0x2028 || character == 0x2029) {
		return '\n';
	}
	if (character == '\t' || character == 0xA0) {
		return ' ';
	}
	return utf8_is_unwanted(character) ? 0 : character;
}

size_t utf8_clean(const char *text, size_t length, char *out, size_t max)
{
	size_t written = 0;

	for (size_t at = 0; at < length;) {
		int32_t value;
		uint8_t bytes[U8_MAX_LENGTH];
		size_t size = 0;

		if (text[at] >= ' ' && text[at] <= '~' && written < max) { /* most text, without a look-up */
			out[written++] = text[at++];
			continue;
		}
		value = utf8_next(text, length, &at);
		value = value == UTF8_BROKEN ? REPLACEMENT : harmless(value);
		if (value == 0) {
			continue;
		}
		U8_APPEND_UNSAFE(bytes, size, (uint32_t)value);
		if (size > max - written) {
			break;
		}
		memcpy(out + written, bytes, size);
		written += size;
	}
	out[written] = '\0';
	return written;
}
