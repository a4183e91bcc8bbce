/* See foreign.h. Programs in Sweden that do not know UTF-8 write Windows-1252. */
#include "foreign.h"

#include <stdint.h>

#include <unicode/utf8.h>

enum { REPLACEMENT = 0xFFFD };

/* Returns how many continuation bytes follow this lead byte up to the end of the text; -1 when it is no lead byte or
 * something else follows. */
static int count_following(const unsigned char *text, size_t length)
{
	int wanted = text[0] < 0xC0 ? -1 : text[0] < 0xE0 ? 1 : text[0] < 0xF0 ? 2 : text[0] < 0xF8 ? 3 : -1;
	int found = 0;

	while (found < wanted && (size_t)found + 1 < length && (text[found + 1] & 0xC0) == 0x80) {
		found++;
	}
	return found == wanted || (size_t)found + 1 == length ? found : -1;
}

bool foreign_is(const char *text, size_t length)
{
	bool any = false;

	for (size_t i = 0; i < length; i++) {
		if ((text[i] & 0x80) == 0) {
			continue;
		}
		any = true;
		/* The last character may have been cut, but a lone lead byte at the end may as well be a letter. */
		if (count_following((const unsigned char *)text + i, length - i) > 0) {
			return false;
		}
	}
	return any;
}

size_t foreign_read(const char *text, size_t length, char *out)
{
	/* 0x80 to 0x9F, where Latin-1 has control characters; 0 where Windows-1252 has nothing. */
	static const uint16_t high[] = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
					0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
					0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
					0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};
	uint8_t *bytes = (uint8_t *)out;
	size_t written = 0;

	for (size_t i = 0; i < length; i++) {
		unsigned char byte = (unsigned char)text[i];
		uint32_t value = byte >= 0x80 && byte < 0xA0 ? high[byte - 0x80] : byte;

		value = value ? value : REPLACEMENT;
		U8_APPEND_UNSAFE(bytes, written, value);
	}
	return written;
}
