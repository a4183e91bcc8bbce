/* See nfc.h. Most texts do not need ICU's tables, because no character below U+0300 composes with one before it. */
#include "nfc.h"

#include <stdlib.h>
#include <string.h>

#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "utf8.h"

enum { GROWTH_MAX = 3 /* of UTF-16 under NFC, and from UTF-16 to UTF-8 */ };

/* U+2002 to U+203F: dashes, quotation marks and the like, which stay what they are. */
static bool is_punctuation(const unsigned char *bytes)
{
	return bytes[0] == 0xE2 && bytes[1] == 0x80 && bytes[2] >= 0x82;
}

/* The lead byte of U+0300 is the first that may matter. */
static bool may_compose(const char *text)
{
	for (; *text != '\0'; text++) {
		if ((unsigned char)*text >= 0xCC && !is_punctuation((const unsigned char *)text)) {
			return true;
		}
	}
	return false;
}

/* A text that ICU cannot work on stays as it is. */
static void compose(char *text, size_t length, size_t max, UChar *wide, UChar *composed, char *narrow)
{
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
	int32_t size = (int32_t)length + 1, wide_length = 0, composed_length, narrow_length = 0;

	u_strFromUTF8(wide, size, &wide_length, text, (int32_t)length, &status);
	if (U_FAILURE(status) || unorm2_spanQuickCheckYes(nfc, wide, wide_length, &status) == wide_length) {
		return;
	}
	composed_length = unorm2_normalize(nfc, wide, wide_length, composed, GROWTH_MAX * size, &status);
	u_strToUTF8(narrow, GROWTH_MAX * GROWTH_MAX * size, &narrow_length, composed, composed_length, &status);
	if (U_FAILURE(status)) {
		return;
	}
	length = (size_t)narrow_length <= max ? (size_t)narrow_length : utf8_cut(narrow, max);
	memcpy(text, narrow, length);
	text[length] = '\0';
}

bool nfc_compose(char *text, size_t max)
{
	size_t size;
	UChar *wide;

	if (!may_compose(text)) {
		return true;
	}
	size = strlen(text) + 1;
	wide = malloc(size * (1 + GROWTH_MAX) * sizeof(*wide) + size * GROWTH_MAX * GROWTH_MAX);
	if (!wide) {
		return false;
	}
	compose(text, size - 1, max, wide, wide + size, (char *)(wide + size * (1 + GROWTH_MAX)));
	free(wide);
	return true;
}
