/* See sd_notify(3). A hung worker starves the watchdog as surely as a hung screen does, because the caller checks both
 * before it feeds. */
#include "watchdog.h"

#include <inttypes.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <systemd/sd-daemon.h>
#include <time.h>

int watchdog_interval_ms(void)
{
	uint64_t usec = 0;
	if (sd_watchdog_enabled(0, &usec) <= 0) {
		return 0;
	}
	uint64_t ms = usec / 2000;
	return ms > INT_MAX ? INT_MAX : ms < 1 ? 1 : (int)ms;
}

bool watchdog_is_there(void)
{
	return getenv("NOTIFY_SOCKET") != NULL;
}

void watchdog_ready(const char *status)
{
	sd_notifyf(0, "READY=1\nSTATUS=%s", status);
}

void watchdog_feed(void)
{
	sd_notify(0, "WATCHDOG=1");
}

void watchdog_reloading(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now); /* systemd uses it to match READY to a reload */
	sd_notifyf(0, "RELOADING=1\nMONOTONIC_USEC=%" PRIdMAX "\nSTATUS=Reading the configuration again.",
		   (intmax_t)now.tv_sec * 1000000 + now.tv_nsec / 1000);
}

void watchdog_stopping(void)
{
	sd_notify(0, "STOPPING=1");
}
