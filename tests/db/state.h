/* What the tests of db/ share: a folder of their own, check-ins and feeds that are quickly made, and files looked at
 * from outside. Everything asserts; nothing here is to be freed unless said so. */
#ifndef TESTS_DB_STATE_H
#define TESTS_DB_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/cache.h"
#include "db/journal.h"

/* cmocka.h insists on these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

enum { STATE_PATH_MAX = 512 };

struct state {
	char dir[STATE_PATH_MAX];
};

/* A new empty folder, in memory where there is such a disk: the tests sync thousands of times. */
void state_make(struct state *state);
void state_remove(const struct state *state); /* with everything in it */
void state_empty(const struct state *state);

const char *state_path(const struct state *state, const char *name); /* good until the next call but seven */

unsigned char *state_load(const char *path, size_t *out_size); /* the caller frees */
void state_save(const char *path, const unsigned char *bytes, size_t size);
bool state_holds(const struct state *state, const char *text);     /* any file in the folder, in its raw bytes */
size_t state_count(const struct state *state, const char *prefix); /* files whose names begin so */
void state_sql(const char *path, const char *sql);                 /* as another program would */
int64_t state_number(const char *path, const char *sql);

/* Borrow their arguments. The check-in is at `at_utc`, at place "5". */
struct journal_entry state_entry(const char *token, int64_t at_utc);
struct cache_feed state_feed(const char *name, int64_t agreed_utc);
struct cache_row state_row(const char *uid, const char *title, int64_t start_utc);

struct journal *state_journal(const struct state *state); /* asserts that it opened or was made */
struct cache *state_cache(const struct state *state);
size_t state_tokens(const struct state *state,
		    const char *token); /* how many entries have it; opens the journal anew */

#endif
