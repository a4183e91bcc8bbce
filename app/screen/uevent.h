/* Listens for the kernel's messages about monitors that are plugged in or unplugged, when no compositor does so, and
 * about sound cards. */
#ifndef APP_SCREEN_UEVENT_H
#define APP_SCREEN_UEVENT_H

/* Returns a descriptor that is readable when the kernel has sent a message, or -1 when listening is impossible here.
 * The caller closes it. */
int uevent_open(void);

/* Bits of what changed. */
enum uevent { UEVENT_DISPLAY = 1, UEVENT_SOUND = 2 };

/* Reads all pending messages. Returns what changed. */
unsigned uevent_read(int fd);

/* Returns the same for one message, which consists of strings, each with its NUL. */
unsigned uevent_of_message(const char *message, int length);

#endif
