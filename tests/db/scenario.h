/* A working day of both databases in little: whatever fails on the way, it notes what it was told, so that afterwards
 * it can be held against what is there. */
#ifndef TESTS_DB_SCENARIO_H
#define TESTS_DB_SCENARIO_H

#include <stdbool.h>
#include <stddef.h>

#include "state.h"

enum { SCENARIO_CHECK_INS = 8 };

struct scenario {
	const char *dir;
	struct journal *journal; /* open as long as the scenario runs; NULL when it could not be opened */
	struct cache *cache;
	bool acknowledged[SCENARIO_CHECK_INS];
	bool purge_begun;     /* from then on the first check-in may be gone */
	size_t feed_versions; /* how many versions of the feed's rows were tried to be written */
	size_t told;          /* how many calls have failed, and said so */
};

void scenario_begin(struct scenario *scenario, const char *dir); /* opens both */
void scenario_run(struct scenario *scenario);
void scenario_run_briefly(struct scenario *scenario); /* each kind of thing once */
void scenario_end(struct scenario *scenario);

enum scenario_mend { SCENARIO_MUST_BE_WHOLE, SCENARIO_MAY_BE_MENDED };

/* Opens what is in `dir` and holds it against what was told. */
void scenario_check(const struct scenario *scenario, const char *dir, enum scenario_mend mend);

/* The fault is over: both databases work again, as they are open or, when they are not, anew. */
void scenario_check_recovery(struct scenario *scenario);

#endif
