/* A run of bytes that grows. For scan.c only. */
#ifndef ICAL_SCANBUFFER_H
#define ICAL_SCANBUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "err.h"

struct buffer {
	char *bytes;
	size_t length, capacity;
};

static inline bool buffer_append(struct buffer *buffer, const char *bytes, size_t length, struct err *err)
{
	if (length > buffer->capacity - buffer->length) {
		size_t capacity = 2 * (buffer->length + length) + 1024;
		char *grown = realloc(buffer->bytes, capacity);

		if (!grown) {
			return err_set(err, "out of memory");
		}
		buffer->bytes = grown;
		buffer->capacity = capacity;
	}
	if (length > 0) {
		memcpy(buffer->bytes + buffer->length, bytes, length);
	}
	buffer->length += length;
	return true;
}

/* libical reads C strings: a NUL would hide what follows it. */
static inline bool buffer_append_without_nul(struct buffer *buffer, const char *bytes, size_t length, struct err *err)
{
	const char *nul;

	while ((nul = memchr(bytes, '\0', length))) {
		size_t before = (size_t)(nul - bytes);

		if (!buffer_append(buffer, bytes, before, err)) {
			return false;
		}
		bytes += before + 1;
		length -= before + 1;
	}
	return buffer_append(buffer, bytes, length, err);
}

#endif
