/* Where a feed's bytes come from: an address, which is a secret, or a file. */
#ifndef APP_SYNC_SOURCE_H
#define APP_SYNC_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ical/err.h"
#include "ical/fetch.h"
#include "app/config/config.h"
#include "app/base/limits.h"
#include "app/office/snapshot.h"

/* What a file was when it was last read. */
struct source_file {
	int64_t device, inode, size, changed_s, changed_ns;
};

struct source {
	const struct config_feed *feed; /* borrowed, and so is the rest */
	const char *credentials_dir;    /* NULL: none */
	struct fetch *fetch;
};

enum source_outcome { SOURCE_NEW, SOURCE_SAME, SOURCE_FAILED, SOURCE_STOPPED };

struct source_body {
	struct fetch_result result; /* body and validators; finish it with fetch_result_finish */
	struct source_file file;    /* of a file; zeroes otherwise */
	enum feed_trouble trouble;  /* of SOURCE_FAILED */
};

/* Begins to ask an address. etag and last_modified are what is known already; NULL or "": it is read in any case. NULL:
 * it cannot be asked, and the trouble is FEED_TROUBLE_SETUP. err never holds the address. */
struct fetch_transfer *source_begin(const struct source *source, const char *etag, const char *last_modified,
				    struct err *err);

/* What the address has answered; SOURCE_STOPPED when that was not waited for. The transfer is gone after this. out_body
 * is always filled. */
enum source_outcome source_end(struct fetch_transfer *transfer, struct source_body *out_body, struct err *err);

/* The same for a file, which does not keep anybody waiting. `known` is the file that was read last; NULL: read it in
 * any case. */
enum source_outcome source_read_file(const struct source *source, const struct source_file *known,
				     struct source_body *out_body, struct err *err);

/* How many days ahead the source publishes, from the day on which it is read: as the configuration says, else as is
 * known of its server; INT32_MAX: all that it has. */
int32_t source_covers_days(const struct source *source);

/* 16 bits that tell one address from another, and no more of it; 0 for a file or when there is none to be had. */
unsigned int source_address_bits(const struct source *source);

#endif
