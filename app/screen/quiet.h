/* Waits for SDL's events, also where SDL has no way to wait: its drivers for a console (KMSDRM) and for no screen at
 * all look for events every millisecond. What they look at are descriptors that the kernel can wait for: the input
 * devices that SDL has opened, and udev's messages about devices that come and go. UI thread only. */
#ifndef APP_SCREEN_QUIET_H
#define APP_SCREEN_QUIET_H

#include <stdbool.h>

union SDL_Event;

/* Returns true with the next event; false after timeout_ms, after a signal, or when something was no event. Whoever
 * puts an event into SDL's queue from another thread writes to `wake_fd`, an eventfd that does not block, after that.
 */
bool quiet_next_event(int wake_fd, int timeout_ms, union SDL_Event *out_event);

/* The waiting alone, while SDL has no events. Returns false at once when `reads_devices` says that SDL reads input
 * devices, and none of its descriptors can be found. `root` is the folder that holds dev/; "" except in tests. */
bool quiet_wait(const char *root, int wake_fd, bool reads_devices, int timeout_ms);

#endif
