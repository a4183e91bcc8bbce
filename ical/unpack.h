/* A body's compression undone: gzip with any number of members (RFC 1952 section 2.2) and deflate, which servers send
 * with and without zlib's wrapping. libcurl's own decoders are not used, because they take encodings that were not
 * asked for, and only the first member of a gzip stream. */
#ifndef ICAL_UNPACK_H
#define ICAL_UNPACK_H

#include <stdbool.h>
#include <stddef.h>

enum unpack_kind { UNPACK_GZIP, UNPACK_DEFLATE };

struct unpack;

struct unpack *unpack_create(enum unpack_kind kind); /* NULL: out of memory */
void unpack_destroy(struct unpack *unpack);

/* Hands what `bytes` decode to over to `sink`, in pieces. False: the bytes are damaged, or the sink returned false. */
bool unpack_feed(struct unpack *unpack, const char *bytes, size_t length,
		 bool (*sink)(void *context, const char *bytes, size_t length), void *context);

bool unpack_is_damaged(const struct unpack *unpack);
bool unpack_is_complete(const struct unpack *unpack); /* the stream has ended; also when it never began */

#endif
