/* See err.h. Texts are cut at a character, never inside one, because they may be shown. */
#include "err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Removes a UTF-8 character that the cut has split (RFC 3629: continuation bytes are 10xxxxxx). */
static void trim_partial_character(char *text)
{
	size_t length = strlen(text);
	size_t start = length;
	while (start > 0 && ((unsigned char)text[start - 1] & 0xC0) == 0x80) {
		start--;
	}
	if (start == 0) {
		return;
	}
	unsigned char lead = (unsigned char)text[start - 1];
	size_t want = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
	if (length - (start - 1) < want) {
		text[start - 1] = '\0';
	}
}

static void append(struct err *err, const char *text)
{
	size_t used = strlen(err->text);
	size_t length = strnlen(text, sizeof(err->text) - used - 1);
	memcpy(err->text + used, text, length);
	err->text[used + length] = '\0';
}

bool err_set(struct err *err, const char *format, ...)
{
	if (err) {
		va_list args;
		va_start(args, format);
		vsnprintf(err->text, sizeof(err->text), format, args);
		va_end(args);
		trim_partial_character(err->text);
	}
	return false;
}

bool err_prefix(struct err *err, const char *format, ...)
{
	if (err) {
		struct err old = *err;
		va_list args;
		va_start(args, format);
		vsnprintf(err->text, sizeof(err->text), format, args);
		va_end(args);
		append(err, ": ");
		append(err, old.text);
		trim_partial_character(err->text);
	}
	return false;
}
