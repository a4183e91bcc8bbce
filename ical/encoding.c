/* See encoding.h. The first two bytes decide about UTF-16, and the first line end decides what ends a line. Neither
 * depends on the pieces in which the bytes arrive. */
#include "encoding.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <unicode/utf8.h>

enum { SIGN_BYTES = 2, BLOCK_BYTES = 4096, REPLACEMENT = 0xFFFD };

enum charset { CHARSET_UNDECIDED, CHARSET_BYTES, CHARSET_UTF16_LE, CHARSET_UTF16_BE };

/* What ends a line; unknown until the first line end. */
enum line_end { END_UNDECIDED, END_FEED, END_RETURN };

struct encoding {
	struct encoding_sink sink;
	enum charset charset;
	enum line_end line_end;
	size_t returns; /* bytes that are held back until the next byte shows what they are */
	unsigned char held[SIGN_BYTES];
	size_t held_count; /* bytes of the sign, later of half a UTF-16 unit */
	unsigned high;     /* the first half of a surrogate pair; 0: none */
};

struct encoding *encoding_create(const struct encoding_sink *sink)
{
	struct encoding *encoding = calloc(1, sizeof(*encoding));

	if (encoding) {
		encoding->sink = *sink;
	}
	return encoding;
}

void encoding_destroy(struct encoding *encoding)
{
	free(encoding);
}

static bool give(struct encoding *encoding, const char *bytes, size_t length, struct err *err)
{
	return length == 0 || encoding->sink.on_bytes(encoding->sink.context, bytes, length, err);
}

/* A calendar begins with a letter or white space, so an adjacent zero can only be the other half of a UTF-16 unit. */
static enum charset charset_of(const unsigned char *sign)
{
	if ((sign[0] == 0xFF && sign[1] == 0xFE) || (sign[0] != 0 && sign[0] < 0x80 && sign[1] == 0)) {
		return CHARSET_UTF16_LE;
	}
	if ((sign[0] == 0xFE && sign[1] == 0xFF) || (sign[0] == 0 && sign[1] != 0 && sign[1] < 0x80)) {
		return CHARSET_UTF16_BE;
	}
	return CHARSET_BYTES;
}

/* Replaces carriage returns by line feeds, block by block. */
static bool give_returns_as_feeds(struct encoding *encoding, const char *bytes, size_t length, struct err *err)
{
	char block[BLOCK_BYTES];

	while (length > 0) {
		size_t count = length < sizeof(block) ? length : sizeof(block);

		for (size_t i = 0; i < count; i++) {
			block[i] = bytes[i];
			if (bytes[i] == '\r') {
				block[i] = '\n';
			}
		}
		if (!give(encoding, block, count, err)) {
			return false;
		}
		bytes += count;
		length -= count;
	}
	return true;
}

static bool give_held_returns(struct encoding *encoding, struct err *err)
{
	const char *end = encoding->line_end == END_RETURN ? "\n" : "\r";

	for (; encoding->returns > 0; encoding->returns--) {
		if (!give(encoding, end, 1, err)) {
			return false;
		}
	}
	return true;
}

/* The bytes up to the first line end mean the same either way. */
static bool take_undecided(struct encoding *encoding, const char **bytes, const char *end, struct err *err)
{
	const char *at = *bytes;

	while (at < end && encoding->returns == 0 && *at != '\r' && *at != '\n') {
		at++;
	}
	if (!give(encoding, *bytes, (size_t)(at - *bytes), err)) {
		return false;
	}
	for (; at < end && *at == '\r'; at++) {
		encoding->returns++;
	}
	*bytes = at;
	if (at == end) {
		return true;
	}
	encoding->line_end = *at == '\n' ? END_FEED : END_RETURN;
	return give_held_returns(encoding, err);
}

static bool take_lines(struct encoding *encoding, const char *bytes, size_t length, struct err *err)
{
	const char *end = bytes + length;

	if (encoding->line_end == END_UNDECIDED && !take_undecided(encoding, &bytes, end, err)) {
		return false;
	}
	if (encoding->line_end == END_RETURN) {
		return give_returns_as_feeds(encoding, bytes, (size_t)(end - bytes), err);
	}
	return give(encoding, bytes, (size_t)(end - bytes), err);
}

static size_t put(uint32_t value, char *out)
{
	uint8_t *bytes = (uint8_t *)out;
	size_t written = 0;

	U8_APPEND_UNSAFE(bytes, written, value);
	return written;
}

/* Appends one unit of UTF-16 to the output, which has room for two characters. Half a surrogate pair becomes U+FFFD. */
static size_t take_unit(struct encoding *encoding, unsigned unit, char *out)
{
	unsigned high = encoding->high;
	size_t used = 0;

	encoding->high = 0;
	if (unit >= 0xDC00 && unit <= 0xDFFF) {
		return put(high ? 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00) : REPLACEMENT, out);
	}
	if (high) {
		used = put(REPLACEMENT, out);
	}
	if (unit >= 0xD800 && unit <= 0xDBFF) {
		encoding->high = unit;
		return used;
	}
	return used + put(unit, out + used);
}

static bool take_utf16(struct encoding *encoding, const char *bytes, size_t length, struct err *err)
{
	char block[BLOCK_BYTES];
	size_t used = 0;

	for (size_t i = 0; i < length; i++) {
		unsigned char first;

		if (encoding->held_count == 0) {
			encoding->held[encoding->held_count++] = (unsigned char)bytes[i];
			continue;
		}
		first = encoding->held[0];
		encoding->held_count = 0;
		used += take_unit(encoding,
				  encoding->charset == CHARSET_UTF16_LE
					  ? first | (unsigned)(unsigned char)bytes[i] << 8
					  : (unsigned)first << 8 | (unsigned char)bytes[i],
				  block + used);
		if (sizeof(block) - used < (size_t)2 * U8_MAX_LENGTH) {
			if (!take_lines(encoding, block, used, err)) {
				return false;
			}
			used = 0;
		}
	}
	return take_lines(encoding, block, used, err);
}

static bool take_bytes(struct encoding *encoding, const char *bytes, size_t length, struct err *err)
{
	return encoding->charset == CHARSET_BYTES ? take_lines(encoding, bytes, length, err)
						  : take_utf16(encoding, bytes, length, err);
}

bool encoding_feed(struct encoding *encoding, const char *bytes, size_t length, struct err *err)
{
	if (encoding->charset == CHARSET_UNDECIDED) {
		char sign[SIGN_BYTES];

		while (encoding->held_count < SIGN_BYTES && length > 0) {
			encoding->held[encoding->held_count++] = (unsigned char)*bytes++;
			length--;
		}
		if (encoding->held_count < SIGN_BYTES) {
			return true;
		}
		encoding->charset = charset_of(encoding->held);
		encoding->held_count = 0;
		memcpy(sign, encoding->held, sizeof(sign));
		if (!take_bytes(encoding, sign, sizeof(sign), err)) {
			return false;
		}
	}
	return take_bytes(encoding, bytes, length, err);
}

bool encoding_finish(struct encoding *encoding, struct err *err)
{
	if (encoding->charset == CHARSET_UNDECIDED) {
		return take_lines(encoding, (const char *)encoding->held, encoding->held_count, err) &&
		       give_held_returns(encoding, err);
	}
	return give_held_returns(encoding, err);
}

bool encoding_is_plain(const char *body, size_t length)
{
	const char *feed = memchr(body, '\n', length);
	size_t line_length = feed ? (size_t)(feed - body) : length;
	const char *at = memchr(body, '\r', line_length);

	if (length >= SIGN_BYTES && charset_of((const unsigned char *)body) != CHARSET_BYTES) {
		return false;
	}
	while (at && at < body + line_length && *at == '\r') {
		at++;
	}
	return !at || at == body + line_length;
}
