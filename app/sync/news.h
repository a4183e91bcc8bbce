/* What the worker waits for: calls from other threads, a timer, and news from the system about files that other
 * programs changed, the network coming back, and the clock being set. There is one descriptor for all of it. */
#ifndef APP_SYNC_NEWS_H
#define APP_SYNC_NEWS_H

#include <stdbool.h>
#include <stdint.h>

#include "ical/err.h"

enum {
	NEWS_CALL = 1 << 0, /* news_call */
	NEWS_TIMER = 1 << 1,
	NEWS_STORE = 1 << 2,   /* some program wrote a database in the state directory */
	NEWS_LOCK = 1 << 3,    /* somebody closed the lock file, so its holder may be gone */
	NEWS_FILES = 1 << 4,   /* a file that news_add_file watches was written, replaced or removed */
	NEWS_NETWORK = 1 << 5, /* an address or a route has appeared */
	NEWS_CLOCK = 1 << 6,   /* the system's clock was set */
	NEWS_FETCH = 1 << 8,   /* the descriptor of news_add_fetch is readable */
	NEWS_BOARD = 1 << 7,   /* the same as NEWS_FILES for another kind of file */
	NEWS_ASKED = 1 << 9    /* likewise */
};

struct news; /* only the worker uses it, except news_call */

/* state_dir may be missing; it is then not watched. Returns NULL when memory or descriptors ran out. */
struct news *news_create(const char *state_dir, const char *lock_name, struct err *err);
void news_destroy(struct news *news);
/* Reports `what` (NEWS_FILES, NEWS_BOARD or NEWS_ASKED) when the file changes. Returns false when its folder cannot be
 * watched. */
bool news_add_file(struct news *news, const char *path, unsigned what);

/* Returns whether this file of NEWS_FILES was written, replaced or removed since the last news_forget_changes. */
bool news_has_changed(const struct news *news, const char *path);
void news_forget_changes(struct news *news);

/* Reports NEWS_FETCH as long as `fd` is readable; whoever handles that news makes it unreadable. Returns false when
 * memory ran out. */
bool news_add_fetch(struct news *news, int fd);

/* Returns false when this system does not report changes of files; NEWS_STORE, _LOCK, _FILES and _BOARD then never
 * come. */
bool news_hears_files(const struct news *news);

void news_call(struct news *news); /* any thread */

/* Reports NEWS_TIMER once in after_ms; never when it is negative. */
void news_set_timer(struct news *news, int64_t after_ms);

int news_fd(const struct news *news);    /* a descriptor that is readable when there is news; for poll */
unsigned news_take(struct news *news);   /* returns the news; never waits */
void news_wait(const struct news *news); /* waits until there is news, or for a signal */

#endif
