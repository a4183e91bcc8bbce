/* Decodes strictly (RFC 3629: no overlong forms, no surrogates, nothing past U+10FFFF) and passes on what is harmless.
 */
#include "utf8.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { REPLACEMENT = 0xFFFD };

/* Reads one character and returns how many bytes it took; a broken one takes a byte and is U+FFFD. */
static size_t decode(const unsigned char *text, size_t length, uint32_t *out_char)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	unsigned char lead = text[0];
	size_t size = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
	uint32_t value = size == 1 ? lead : lead & (0x7FU >> size);

	*out_char = REPLACEMENT;
	if (size == 0 || size > length) {
		return 1;
	}
	for (size_t i = 1; i < size; i++) {
		if ((text[i] & 0xC0) != 0x80) {
			return 1;
		}
		value = value << 6 | (text[i] & 0x3F);
	}
	if (value < least[size] || (value >= 0xD800 && value <= 0xDFFF) || value > 0x10FFFF) {
		return 1;
	}
	*out_char = value;
	return size;
}

static size_t encode(uint32_t value, char *out)
{
	if (value < 0x80) {
		out[0] = (char)value;
		return 1;
	}
	if (value < 0x800) {
		out[0] = (char)(0xC0 | value >> 6);
		out[1] = (char)(0x80 | (value & 0x3F));
		return 2;
	}
	if (value < 0x10000) {
		out[0] = (char)(0xE0 | value >> 12);
		out[1] = (char)(0x80 | (value >> 6 & 0x3F));
		out[2] = (char)(0x80 | (value & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | value >> 18);
	out[1] = (char)(0x80 | (value >> 12 & 0x3F));
	out[2] = (char)(0x80 | (value >> 6 & 0x3F));
	out[3] = (char)(0x80 | (value & 0x3F));
	return 4;
}

/* What to write for a character; 0: nothing. */
static uint32_t harmless(uint32_t value)
{
	if (value == '\n' || value == 0x2028 || value == 0x2029) {
		return '\n';
	}
	if (value == '\t' || value == 0xA0) {
		return ' ';
	}
	if (value < ' ' || (value >= 0x7F && value < 0xA0)) {
		return 0;
	}
	/* Marks, embeddings, overrides and isolates reorder what stands around them; tags and a BOM are invisible. */
	if (value == 0x061C || value == 0x200E || value == 0x200F || (value >= 0x202A && value <= 0x202E) ||
	    (value >= 0x2060 && value <= 0x206F) || value == 0xFEFF || (value >= 0xFFF9 && value <= 0xFFFB) ||
	    (value >= 0xE0000 && value <= 0xE007F)) {
		return 0;
	}
	/* Noncharacters are not text. */
	if ((value >= 0xFDD0 && value <= 0xFDEF) || (value & 0xFFFE) == 0xFFFE) {
		return REPLACEMENT;
	}
	return value;
}

size_t utf8_clean(const char *text, size_t length, char *out, size_t max)
{
	size_t written = 0;

	while (length > 0) {
		uint32_t value;
		size_t taken = decode((const unsigned char *)text, length, &value);
		char bytes[4];
		size_t size;

		text += taken;
		length -= taken;
		value = harmless(value);
		if (value == 0) {
			continue;
		}
		size = encode(value, bytes);
		if (size > max - written) {
			break;
		}
		memcpy(out + written, bytes, size);
		written += size;
	}
	out[written] = '\0';
	return written;
}
