/* Memory that runs out at the n-th allocation: SQLite's, by its own setting, and ours, by the linker's --wrap. */
#ifndef TESTS_DB_MEMORY_H
#define TESTS_DB_MEMORY_H

#include <stdbool.h>

void memory_install(void); /* before anything of SQLite is used */

/* The n-th allocation (from 1) fails, and with for_good every one after it. */
void memory_set(long n, bool for_good);
void memory_clear(void);
long memory_struck(void); /* how many have failed since memory_set */
long memory_live(void);   /* allocations that were not freed */

#endif
