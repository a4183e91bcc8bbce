/* See err.h. Texts are cut at a character, never inside one, because they may be shown. */
#include "err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "utf8.h"

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
		err->text[utf8_cut(err->text, strlen(err->text))] = '\0';
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
		err->text[utf8_cut(err->text, strlen(err->text))] = '\0';
	}
	return false;
}
