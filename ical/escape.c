/* See escape.h. */
#include "escape.h"

#include <string.h>

char *escape_put_text(char *out, const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		char next = text[i] == '\\' && i + 1 < length ? text[i + 1] : '\0';

		if (next != '\0' && strchr("\\;,nN\"", next)) {
			*out++ = text[i++];
		} else if (next != '\0' && strchr("/:!?()[]{}<>#&@'=+*|^-", next)) {
			i++;
		} else if (text[i] == '\\') {
			*out++ = '\\';
		}
		*out++ = text[i];
	}
	return out;
}

char *escape_put_address(char *out, const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (text[i] != '\\') {
			*out++ = text[i];
		}
	}
	return out;
}
