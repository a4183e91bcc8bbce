/* The kernel's word that a monitor was plugged in or unplugged, for when no compositor hears it. */
#ifndef APP_SCREEN_UEVENT_H
#define APP_SCREEN_UEVENT_H

#include <stdbool.h>

/* A descriptor that is readable when the kernel told something; -1: it cannot be heard here. The caller closes it. */
int uevent_open(void);

/* Takes all that was told. True: something changed at a graphics card. */
bool uevent_is_display(int fd);

/* The same of one message: strings, each with its NUL. */
bool uevent_message_is_display(const char *message, int length);

#endif
