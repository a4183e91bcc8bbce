/* The kernel's messages about devices: which of them report that a monitor or a sound card came or went. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "app/screen/uevent.h"

#define TEXT(text) text, sizeof(text)

static const struct {
	const char *message;
	size_t length;
	unsigned changed;
} messages[] = {
	{TEXT("change@/devices/pci0/drm/card0\0ACTION=change\0DEVPATH=/devices/pci0/drm/"
	      "card0\0SUBSYSTEM=drm\0HOTPLUG=1"),
	 UEVENT_DISPLAY},
	{TEXT("change@/devices/x\0SUBSYSTEM=drm\0ACTION=change"), UEVENT_DISPLAY},
	{TEXT("add@/devices/pci0/usb1/sound/card1\0ACTION=add\0SUBSYSTEM=sound"), UEVENT_SOUND},
	{TEXT("remove@/x\0SUBSYSTEM=sound\0ACTION=remove"), UEVENT_SOUND},
	{TEXT("add@/devices/pci0/drm/card0\0ACTION=add\0SUBSYSTEM=drm"), 0},
	{TEXT("change@/devices/power\0ACTION=change\0SUBSYSTEM=power_supply"), 0},
	{TEXT("change@/x\0ACTION=changed\0SUBSYSTEM=drm"), 0},
	{TEXT("change@/x\0ACTION=change\0SUBSYSTEM=drmx"), 0},
	{"ACTION=change\0SUBSYSTEM=dr", 25, 0}, /* cut short, and not ended */
	{"", 0, 0},
};

static void test_messages(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(messages) / sizeof(*messages); i++) {
		char exact[256]; /* nothing that helps lies after it */
		memset(exact, 'x', sizeof(exact));
		memcpy(exact, messages[i].message, messages[i].length);
		if (uevent_of_message(exact, (int)messages[i].length) != messages[i].changed) {
			fail_msg("message %zu: %s", i, messages[i].message);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_messages)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
