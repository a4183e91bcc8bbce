/* What the worker sleeps on: calls from other threads, a timer, and what the system tells: files that other programs
 * have changed, the network that came back, the clock that was set. One descriptor for all of it. */
#ifndef APP_SYNC_NEWS_H
#define APP_SYNC_NEWS_H

#include <stdbool.h>
#include <stdint.h>

#include "ical/err.h"

enum {
	NEWS_CALL = 1 << 0, /* news_call */
	NEWS_TIMER = 1 << 1,
	NEWS_STORE = 1 << 2,   /* a database in the state directory was written, by whomever */
	NEWS_LOCK = 1 << 3,    /* somebody has closed the lock file: its holder may be gone */
	NEWS_FILES = 1 << 4,   /* a file of news_add_file was written, replaced or removed */
	NEWS_NETWORK = 1 << 5, /* an address or a route has appeared */
	NEWS_CLOCK = 1 << 6,   /* the system's clock was set */
	NEWS_FETCH = 1 << 8,   /* the descriptor of news_add_fetch is readable */
	NEWS_BOARD = 1 << 7    /* the same as NEWS_FILES, of another kind of file */
};

struct news; /* the worker's, but for news_call */

/* state_dir may be missing: then nothing is heard from it. NULL: out of memory or descriptors. */
struct news *news_create(const char *state_dir, const char *lock_name, struct err *err);
void news_destroy(struct news *news);
/* `what` (NEWS_FILES or NEWS_BOARD) is told when the file changes. False: its folder cannot be watched. */
bool news_add_file(struct news *news, const char *path, unsigned what);

/* Since the last news_forget_changes: was this file of NEWS_FILES written, replaced or removed? */
bool news_has_changed(const struct news *news, const char *path);
void news_forget_changes(struct news *news);

/* NEWS_FETCH is reported for as long as `fd` is readable; whoever takes that news makes it unreadable. False: out of
 * memory. */
bool news_add_fetch(struct news *news, int fd);

/* False: this system does not tell when files change; NEWS_STORE, _LOCK, _FILES and _BOARD never come. */
bool news_hears_files(const struct news *news);

void news_call(struct news *news); /* any thread */

/* NEWS_TIMER in after_ms, once; negative: never. */
void news_set_timer(struct news *news, int64_t after_ms);

int news_fd(const struct news *news);    /* readable when there is any; for poll */
unsigned news_take(struct news *news);   /* what there is; never waits */
void news_wait(const struct news *news); /* until there is any, or a signal */

#endif
