/* Talking to systemd: ready, alive, reloading, stopping. Without systemd every call does nothing. Any thread. */
#ifndef APP_WATCHDOG_H
#define APP_WATCHDOG_H

/* How often watchdog_feed must be called: half of WatchdogSec. 0: nobody watches. */
int watchdog_interval_ms(void);

void watchdog_ready(void); /* the first picture is on the screen; also ends a reload */
void watchdog_feed(void);  /* only while both threads make progress */
void watchdog_reloading(void);
void watchdog_stopping(void);

#endif
