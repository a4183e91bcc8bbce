/* A short working day of both databases. Whatever fails on the way, the scenario records each result, so that the
 * results can be compared with the contents of the databases afterwards. */
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
	size_t feed_versions; /* how many versions of the feed's rows the scenario has tried to write */
	size_t failures;      /* how many calls have failed and reported it */
};

void scenario_begin(struct scenario *scenario, const char *dir); /* opens both */
void scenario_run(struct scenario *scenario);
void scenario_run_briefly(struct scenario *scenario); /* each kind of thing once */
void scenario_end(struct scenario *scenario);

enum scenario_mend { SCENARIO_MUST_BE_WHOLE, SCENARIO_MAY_BE_MENDED };

/* Opens the databases in `dir` and compares them with the recorded results. */
void scenario_check(const struct scenario *scenario, const char *dir, enum scenario_mend mend);

/* The fault is over: both databases work again, as they are open or, when they are not, anew. */
void scenario_check_recovery(struct scenario *scenario);

#endif
