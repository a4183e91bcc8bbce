/* Waiting for the devices that SDL reads. A pipe takes the place of a device, and a socket that of SDL's from udev. No
 * test waits: whatever ends the waiting is there before it begins, or the time is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "app/screen/quiet.h"

enum { FAR_TOO_LONG_MS = 60 * 1000, FROM_KERNEL = 1, FROM_UDEV = 2 };

struct machine {
	char root[64], pipe[96];
	int wake_fd;
};

static int begin(void **state)
{
	static struct machine machine;
	char folder[96];
	strcpy(machine.root, "/tmp/test_quiet_XXXXXX");
	assert_non_null(mkdtemp(machine.root));
	snprintf(folder, sizeof(folder), "%s/dev", machine.root);
	assert_int_equal(mkdir(folder, 0700), 0);
	snprintf(folder, sizeof(folder), "%s/dev/input", machine.root);
	assert_int_equal(mkdir(folder, 0700), 0);
	snprintf(machine.pipe, sizeof(machine.pipe), "%s/dev/input/event3", machine.root);
	assert_int_equal(mkfifo(machine.pipe, 0600), 0);
	machine.wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	*state = &machine;
	return 0;
}

static int end(void **state)
{
	const struct machine *machine = *state;
	char command[128];
	snprintf(command, sizeof(command), "rm -r %s", machine->root);
	close(machine->wake_fd);
	return system(command);
}

static int open_messages(unsigned group)
{
	struct sockaddr_nl address = {.nl_family = AF_NETLINK, .nl_groups = group};
	int fd = socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_KOBJECT_UEVENT);
	assert_true(fd >= 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	return fd;
}

static void without_a_device_SDL_has_to_wait(void **state)
{
	const struct machine *machine = *state;
	assert_false(quiet_wait(machine->root, machine->wake_fd, true, FAR_TOO_LONG_MS));
	int kernel = open_messages(FROM_KERNEL); /* is not SDL's */
	assert_false(quiet_wait(machine->root, machine->wake_fd, true, FAR_TOO_LONG_MS));
	close(kernel);
	int other = open("/dev/null", O_RDWR | O_CLOEXEC);
	assert_false(quiet_wait(machine->root, machine->wake_fd, true, FAR_TOO_LONG_MS));
	close(other);
	assert_true(quiet_wait(machine->root, machine->wake_fd, false, 0)); /* a driver that reads none */
}

static void udev_is_enough(void **state)
{
	const struct machine *machine = *state;
	int udev = open_messages(FROM_UDEV);
	assert_true(quiet_wait(machine->root, machine->wake_fd, true, 0));
	close(udev);
}

static void a_device_ends_the_waiting(void **state)
{
	const struct machine *machine = *state;
	int device = open(machine->pipe, O_RDWR | O_NONBLOCK | O_CLOEXEC);
	char byte = 'x';
	assert_true(device >= 0);
	assert_true(quiet_wait(machine->root, machine->wake_fd, true, 0));
	assert_int_equal(write(device, &byte, 1), 1);
	assert_true(quiet_wait(machine->root, machine->wake_fd, true, FAR_TOO_LONG_MS));
	assert_int_equal(read(device, &byte, 1), 1); /* it was left for SDL */
	close(device);
}

/* Its other end has gone, as a device that was unplugged. */
static void an_unplugged_device_ends_it_too(void **state)
{
	const struct machine *machine = *state;
	int device = open(machine->pipe, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	int other = open(machine->pipe, O_WRONLY | O_CLOEXEC);
	close(other);
	assert_true(quiet_wait(machine->root, machine->wake_fd, true, FAR_TOO_LONG_MS));
	close(device);
}

static void another_thread_ends_it_once(void **state)
{
	const struct machine *machine = *state;
	struct pollfd wake = {.fd = machine->wake_fd, .events = POLLIN};
	eventfd_write(machine->wake_fd, 1);
	eventfd_write(machine->wake_fd, 1);
	assert_true(quiet_wait(machine->root, machine->wake_fd, false, FAR_TOO_LONG_MS));
	assert_int_equal(poll(&wake, 1, 0), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(without_a_device_SDL_has_to_wait, begin, end),
		cmocka_unit_test_setup_teardown(udev_is_enough, begin, end),
		cmocka_unit_test_setup_teardown(a_device_ends_the_waiting, begin, end),
		cmocka_unit_test_setup_teardown(an_unplugged_device_ends_it_too, begin, end),
		cmocka_unit_test_setup_teardown(another_thread_ends_it_once, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
