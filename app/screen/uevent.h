/* Listens for the kernel's messages about monitors that are plugged in or unplugged, when no compositor does so. */
#ifndef APP_SCREEN_UEVENT_H
#define APP_SCREEN_UEVENT_H

#include <stdbool.h>

/* Returns a descriptor that is readable when the kernel has sent a message, or -1 when listening is impossible here.
 * The caller closes it. */
int uevent_open(void);

/* Reads all pending messages. Returns true when something changed at a graphics card. */
bool uevent_is_display(int fd);

/* Returns the same for one message, which consists of strings, each with its NUL. */
bool uevent_message_is_display(const char *message, int length);

#endif
