/* The time that is certain, by which old check-ins are erased. A clock alone proves nothing: it may start weeks ahead,
 * or follow a wrong server. The certain time goes on with the time that the machine runs, and moves forward beyond that
 * only when the clock and the answer of a calendar's server agree. Pure. */
#ifndef APP_BASE_SETTLED_H
#define APP_BASE_SETTLED_H

#include <stdbool.h>
#include <stdint.h>

struct settled {
	int64_t utc_s;      /* at least this late it is; 0 unknown */
	int64_t seen_utc_s; /* clock and server agreed for the first time that it is later than that; 0 never */
};

/* The machine has run for that long since the last call. */
void settled_pass(struct settled *settled, int64_t elapsed_s);

/* A server said what time it is. A step forward of more than SETTLED_STEP_S counts only when the two still agree
 * SETTLED_STEP_S after they did so first. Returns whether they agree. */
bool settled_witness(struct settled *settled, int64_t clock_utc_s, int64_t server_utc_s);

/* A clock that nobody doubts shows an earlier time. To go back is always safe: less is erased. */
void settled_go_back(struct settled *settled, int64_t clock_utc_s);

/* The time by which may be erased: the earlier of the clock and the certain time. */
int64_t settled_until(const struct settled *settled, int64_t clock_utc_s);

#endif
