/* The kernel's messages about devices: which of them report that a monitor was connected or disconnected. */
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
	bool is_display;
} messages[] = {
	{TEXT("change@/devices/pci0/drm/card0\0ACTION=change\0DEVPATH=/devices/pci0/drm/"
	      "card0\0SUBSYSTEM=drm\0HOTPLUG=1"),
	 true},
	{TEXT("change@/devices/x\0SUBSYSTEM=drm\0ACTION=change"), true},
	{TEXT("add@/devices/pci0/drm/card0\0ACTION=add\0SUBSYSTEM=drm"), false},
	{TEXT("change@/devices/power\0ACTION=change\0SUBSYSTEM=power_supply"), false},
	{TEXT("change@/x\0ACTION=changed\0SUBSYSTEM=drm"), false},
	{TEXT("change@/x\0ACTION=change\0SUBSYSTEM=drmx"), false},
	{"ACTION=change\0SUBSYSTEM=dr", 25, false}, /* cut short, and not ended */
	{"", 0, false},
};

static void test_messages(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(messages) / sizeof(*messages); i++) {
		char exact[256]; /* nothing that helps lies after it */
		memset(exact, 'x', sizeof(exact));
		memcpy(exact, messages[i].message, messages[i].length);
		if (uevent_message_is_display(exact, (int)messages[i].length) != messages[i].is_display) {
			fail_msg("message %zu: %s", i, messages[i].message);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_messages)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
