/* See canary.h. */
#include "canary.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "ical/utf8.h"

struct needle {
	unsigned char bytes[CANARY_MAX * 3];
	size_t size;
};

static unsigned char lower(unsigned char c)
{
	return c >= 'A' && c <= 'Z' ? (unsigned char)(c - 'A' + 'a') : c;
}

static bool is_in(const struct needle *needle, const unsigned char *bytes, size_t size)
{
	for (size_t at = 0; needle->size > 0 && at + needle->size <= size; at++) {
		size_t i = 0;
		while (i < needle->size && lower(bytes[at + i]) == lower(needle->bytes[i])) {
			i++;
		}
		if (i == needle->size) {
			return true;
		}
	}
	return false;
}

static void put_unit(struct needle *needle, uint32_t unit, bool big_endian)
{
	unsigned char high = (unsigned char)(unit >> 8), low = (unsigned char)unit;
	needle->bytes[needle->size++] = big_endian ? high : low;
	needle->bytes[needle->size++] = big_endian ? low : high;
}

static void make_utf16(const char *canary, bool big_endian, struct needle *needle)
{
	needle->size = 0;
	size_t length = strlen(canary);
	for (size_t at = 0; at < length;) {
		int32_t next = utf8_next(canary, length, &at);
		uint32_t character = next == UTF8_BROKEN ? 0xfffd : (uint32_t)next;
		if (character >= 0x10000) {
			put_unit(needle, 0xd7c0 + (character >> 10), big_endian);
			character = 0xdc00 + (character & 0x3ff);
		}
		put_unit(needle, character, big_endian);
	}
}

static void make_percent(const char *canary, struct needle *needle)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
	needle->size = 0;
	for (const char *at = canary; *at; at++) {
		if (strchr(plain, *at)) {
			needle->bytes[needle->size++] = (unsigned char)*at;
		} else {
			char code[4];
			snprintf(code, sizeof(code), "%%%02X", (unsigned char)*at);
			memcpy(needle->bytes + needle->size, code, 3);
			needle->size += 3;
		}
	}
}

bool canary_is_in(const char *canary, const unsigned char *bytes, size_t size)
{
	struct needle needle = {.size = strnlen(canary, CANARY_MAX)};
	memcpy(needle.bytes, canary, needle.size);
	if (is_in(&needle, bytes, size)) {
		return true;
	}
	make_percent(canary, &needle);
	if (is_in(&needle, bytes, size)) {
		return true;
	}
	make_utf16(canary, false, &needle);
	if (is_in(&needle, bytes, size)) {
		return true;
	}
	make_utf16(canary, true, &needle);
	return is_in(&needle, bytes, size);
}
