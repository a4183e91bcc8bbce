/* Talking to systemd: ready, alive, reloading, stopping. Without systemd every call does nothing. Any thread. */
#ifndef APP_SCREEN_WATCHDOG_H
#define APP_SCREEN_WATCHDOG_H

#include <stdbool.h>

/* How often watchdog_feed must be called: half of WatchdogSec. 0: nobody watches. */
int watchdog_interval_ms(void);

bool watchdog_is_there(void);            /* systemd, or something like it, started this program */
void watchdog_ready(const char *status); /* the start is over, or a reload; status: a sentence for `systemctl status` */
void watchdog_feed(void);                /* only while both threads make progress */
void watchdog_reloading(void);
void watchdog_stopping(void);

#endif
