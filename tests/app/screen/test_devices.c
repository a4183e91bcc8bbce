/* Touch panels and mice are distinguished from other devices by their entries in sysfs. A folder takes the place of the
 * real sysfs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "app/screen/devices.h"

struct machine {
	char root[64];
};

static void run(const char *format, ...)
{
	char command[512];
	va_list args;
	va_start(args, format);
	vsnprintf(command, sizeof(command), format, args);
	va_end(args);
	assert_int_equal(system(command), 0);
}

static void begin(struct machine *machine)
{
	strcpy(machine->root, "/tmp/test_devices_XXXXXX");
	assert_non_null(mkdtemp(machine->root));
	run("mkdir -p %s/dev/input %s/sys/class/input", machine->root, machine->root);
}

static void end(const struct machine *machine)
{
	run("rm -rf %s", machine->root);
}

static void plug_in(const struct machine *machine, int number, const char *name, const char *keys, int is_readable)
{
	run("mkdir -p %s/sys/class/input/event%d/device/capabilities", machine->root, number);
	run("echo '%s' >%s/sys/class/input/event%d/device/name", name, machine->root, number);
	run("echo '%s' >%s/sys/class/input/event%d/device/capabilities/key", keys, machine->root, number);
	/* A link to itself cannot be opened by anybody, not even by root. */
	run(is_readable ? ": >%s/dev/input/event%d" : "ln -s event%2$d %1$s/dev/input/event%2$d", machine->root,
	    number);
}

static void test_devices(void **state)
{
	(void)state;
	struct machine machine;
	begin(&machine);
	struct devices devices = devices_for_touch(machine.root);
	assert_int_equal(devices.present, 0);
	assert_string_equal(devices.name, "");

	plug_in(&machine, 0, "Power Button", "10000000000000 0", 1);
	plug_in(&machine, 1, "AT keyboard", "402000000 3803078f800d001 feffffdfffefffff fffffffffffffffe", 1);
	assert_int_equal(devices_for_touch(machine.root).present, 0);

	plug_in(&machine, 2, "Mouse", "70000 0 0 0 0", 0); /* BTN_LEFT is 0x110 */
	devices = devices_for_touch(machine.root);
	assert_int_equal(devices.present, 1);
	assert_int_equal(devices.readable, 0);
	assert_string_equal(devices.name, "Mouse");

	plug_in(&machine, 3, "ELO Touch", "400 0 0 0 0 0", 1); /* BTN_TOUCH is 0x14a */
	plug_in(&machine, 4, "Another mouse", "1f0000 0 0 0 0", 1);
	devices = devices_for_touch(machine.root);
	assert_int_equal(devices.present, 3);
	assert_int_equal(devices.readable, 2);
	assert_string_equal(devices.name, "ELO Touch");
	end(&machine);
}

/* The kernel's words have the machine's size: a mask may be shorter than the bit asked for, or nonsense. */
static void test_odd_masks(void **state)
{
	(void)state;
	static const char *const masks[] = {"",   "0",           "ffffffffffffffff",
					    "zz", "0 0 0 0 0 0", "ffffffffffffffff 0 0 0 0 0 0"};
	struct machine machine;
	begin(&machine);
	for (int i = 0; i < (int)(sizeof(masks) / sizeof(*masks)); i++) {
		plug_in(&machine, i, "Odd", masks[i], 1);
	}
	assert_int_equal(devices_for_touch(machine.root).present, 0);
	end(&machine);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_devices), cmocka_unit_test(test_odd_masks)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
