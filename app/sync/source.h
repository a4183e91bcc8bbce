/* The source of a feed's bytes: an address, which is a secret, or a file. */
#ifndef APP_SYNC_SOURCE_H
#define APP_SYNC_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ical/address.h"
#include "ical/err.h"
#include "ical/fetch.h"
#include "app/config/config.h"
#include "app/base/limits.h"
#include "app/office/snapshot.h"

/* The identity of a file when it was last read. */
struct source_file {
	int64_t device, inode, size, changed_s, changed_ns;
};

struct source {
	const struct config_feed *feed; /* this pointer is borrowed, and so are the others */
	const char *credentials_dir;    /* NULL: none */
	struct fetch *fetch;
};

enum source_outcome { SOURCE_NEW, SOURCE_SAME, SOURCE_FAILED, SOURCE_STOPPED };

struct source_body {
	struct fetch_result result; /* body and validators; finish it with fetch_result_finish */
	struct source_file file;    /* of a file; zeroes otherwise */
	enum feed_trouble trouble;  /* of SOURCE_FAILED */
	bool has_objects;           /* the body is a row of calendars, each ended by a NUL */
};

/* Finds the address of the feed, with the user and the password. On failure returns false, and the trouble is SETUP.
 * The caller wipes *out. */
bool source_address(const struct source *source, struct address *out, struct err *err);

enum feed_trouble source_trouble(enum fetch_failure failure);

/* Begins to ask an address. etag and last_modified are the known validators; with NULL or "" it is read in any case.
 * Returns NULL when it cannot be asked, and the trouble is FEED_TROUBLE_SETUP. err never contains the address. */
struct fetch_transfer *source_begin(const struct source *source, const char *etag, const char *last_modified,
				    struct err *err);

/* Ends the transfer and returns the answer, or SOURCE_STOPPED when it had not arrived. out_body is always filled. */
enum source_outcome source_end(struct fetch_transfer *transfer, struct source_body *out_body, struct err *err);

/* Does the same for a file, at once. `known` is the file that was read last; with NULL it is read in any case. */
enum source_outcome source_read_file(const struct source *source, const struct source_file *known,
				     struct source_body *out_body, struct err *err);

/* Returns how many days ahead the source publishes, from the day on which it is read: the configured number, else what
 * is known about its server; INT32_MAX means everything that it has. */
int32_t source_covers_days(const struct source *source);

/* Returns 16 bits that distinguish one address from another, and reveal no more of it; 0 for a file, or when the
 * address is unknown. */
unsigned int source_address_bits(const struct source *source);

#endif
