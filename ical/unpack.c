/* See unpack.h. */
#include "unpack.h"

#include <stdlib.h>
#include <string.h>
#define ZLIB_CONST /* its input is const */
#include <zlib.h>

enum { PIECE_BYTES = 64 << 10, WINDOW_GZIP = MAX_WBITS + 16, WINDOW_ZLIB = MAX_WBITS, WINDOW_RAW = -MAX_WBITS };

struct unpack {
	z_stream stream;
	enum unpack_kind kind;
	bool has_begun, has_ended; /* a member has */
	bool is_damaged;
	unsigned char out[PIECE_BYTES];
};

struct unpack *unpack_create(enum unpack_kind kind)
{
	struct unpack *unpack = calloc(1, sizeof(*unpack));
	if (!unpack) {
		return NULL;
	}
	unpack->kind = kind;
	if (inflateInit2(&unpack->stream, kind == UNPACK_GZIP ? WINDOW_GZIP : WINDOW_ZLIB) != Z_OK) {
		free(unpack);
		return NULL;
	}
	return unpack;
}

void unpack_destroy(struct unpack *unpack)
{
	if (unpack) {
		inflateEnd(&unpack->stream);
		free(unpack);
	}
}

/* RFC 9110 section 8.4.1.2: deflate is zlib's format, but some servers leave its wrapping out. Its first byte says. */
static void choose_deflate(struct unpack *unpack, unsigned char first)
{
	enum { METHOD_MASK = 0x0f, METHOD_DEFLATE = 8 };
	if (unpack->kind == UNPACK_DEFLATE && !unpack->has_begun && (first & METHOD_MASK) != METHOD_DEFLATE) {
		inflateReset2(&unpack->stream, WINDOW_RAW);
	}
	unpack->has_begun = true;
}

/* Behind a member stands another one, or padding of zeros. */
static bool begin_next(struct unpack *unpack)
{
	z_stream *stream = &unpack->stream;
	while (stream->avail_in > 0 && *stream->next_in == 0) {
		stream->next_in++;
		stream->avail_in--;
	}
	if (stream->avail_in == 0) {
		return true;
	}
	if (unpack->kind != UNPACK_GZIP || inflateReset(stream) != Z_OK) {
		return false;
	}
	unpack->has_ended = false;
	return true;
}

bool unpack_feed(struct unpack *unpack, const char *bytes, size_t length,
		 bool (*sink)(void *context, const char *bytes, size_t length), void *context)
{
	z_stream *stream = &unpack->stream;
	if (length == 0) {
		return true;
	}
	choose_deflate(unpack, (unsigned char)bytes[0]);
	stream->next_in = (const unsigned char *)bytes;
	stream->avail_in = (uInt)length; /* of one piece from the network */
	do {
		if (unpack->has_ended && !begin_next(unpack)) {
			unpack->is_damaged = true;
			return false;
		}
		if (unpack->has_ended) {
			return true;
		}
		stream->next_out = unpack->out;
		stream->avail_out = sizeof(unpack->out);
		int result = inflate(stream, Z_NO_FLUSH);
		unpack->is_damaged = result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR;
		unpack->has_ended = result == Z_STREAM_END;
		size_t got = sizeof(unpack->out) - stream->avail_out;
		if (unpack->is_damaged || (got > 0 && !sink(context, (const char *)unpack->out, got))) {
			return false;
		}
	} while (stream->avail_in > 0 || stream->avail_out == 0);
	return true;
}

bool unpack_is_damaged(const struct unpack *unpack)
{
	return unpack->is_damaged;
}

bool unpack_is_complete(const struct unpack *unpack)
{
	return unpack->has_ended || !unpack->has_begun;
}
