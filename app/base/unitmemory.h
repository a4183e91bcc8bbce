/* How much memory the unit may take in which the program runs, as systemd has set it (MemoryMax=, MemoryHigh=). It may
 * change while the program runs. Any thread. */
#ifndef APP_BASE_UNITMEMORY_H
#define APP_BASE_UNITMEMORY_H

#include <stdint.h>

/* The kernel's list of the program's control groups, and the folder of all of them. */
#define UNITMEMORY_LIST "/proc/self/cgroup"
#define UNITMEMORY_ROOT "/sys/fs/cgroup"

/* Returns the least limit in bytes of the control group and of those above it; INT64_MAX when there is none, or when it
 * is not known. */
int64_t unitmemory_limit(const char *list, const char *root);

#endif
