/* Messages to systemd: ready, alive, reloading, stopping. Without systemd every call does nothing. Any thread. */
#ifndef APP_SCREEN_WATCHDOG_H
#define APP_SCREEN_WATCHDOG_H

#include <stdbool.h>

/* Returns how often watchdog_feed must be called: half of WatchdogSec, or 0 when nobody watches. */
int watchdog_interval_ms(void);

bool watchdog_is_there(void);            /* whether systemd, or a manager like it, started this program */
void watchdog_ready(const char *status); /* a start or a reload is over; status is a sentence for `systemctl status` */
void watchdog_feed(void);                /* call it only while both threads make progress */
void watchdog_reloading(void);
void watchdog_stopping(void);

#endif
