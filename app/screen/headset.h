/* Whether somebody has plugged in a headset: a sound card on USB, or a plug in a socket that reports it. It belongs to
 * the waker's thread. */
#ifndef APP_SCREEN_HEADSET_H
#define APP_SCREEN_HEADSET_H

#include <stdbool.h>

#include "app/base/limits.h"
#include "app/config/config.h"

struct headset {
	const char *root; /* the folder that holds sys/ and dev/; it is "" except in tests */
	enum speech_headset kind;
	int jacks[HEADSET_JACKS_MAX]; /* readable when a plug was put in or pulled out */
	int jack_count;
	char device[SPEECH_DEVICE_MAX + 1]; /* the name of the USB headset; "" none */
};

void headset_init(struct headset *headset, const char *root, enum speech_headset kind);
void headset_finish(struct headset *headset);

/* Looks for the sockets again, because the machine's sound devices changed. */
void headset_renew(struct headset *headset);

/* Takes what the sockets have reported, and returns whether a headset is there. */
bool headset_look(struct headset *headset);

#endif
