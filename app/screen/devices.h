/* The touch panels and mice of this machine, and whether this process may read them. For `doctor`, and for the kiosk
 * when no compositor reads them for it. */
#ifndef APP_SCREEN_DEVICES_H
#define APP_SCREEN_DEVICES_H

#include "app/base/limits.h"

struct devices {
	int present, readable;
	char name[DEVICE_NAME_MAX]; /* the name of one of them, of a touch panel rather than a mouse; "" none */
};

/* `root` is the folder that holds sys/ and dev/; it is "" except in tests. Opens each device for a moment. */
struct devices devices_for_touch(const char *root);

#endif
