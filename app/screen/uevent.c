/* See netlink(7), NETLINK_KOBJECT_UEVENT: a message is "change@/devices/…" followed by NAME=value, each ended by a NUL.
 */
#include "uevent.h"

#include <errno.h>
#include <stdbool.h>
#include <linux/netlink.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { FROM_KERNEL = 1 }; /* the multicast group */

int uevent_open(void)
{
	struct sockaddr_nl address = {.nl_family = AF_NETLINK, .nl_groups = FROM_KERNEL};
	int fd = socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_KOBJECT_UEVENT);
	if (fd >= 0 && bind(fd, (struct sockaddr *)&address, sizeof(address)) == 0) {
		return fd;
	}
	if (fd >= 0) {
		close(fd);
	}
	return -1;
}

/* The length includes the NUL. */
static bool is_string(const char *at, size_t left, const char *string)
{
	size_t size = strlen(string) + 1;
	return left >= size && memcmp(at, string, size) == 0;
}

unsigned uevent_of_message(const char *message, int length)
{
	bool is_change = false, is_card = false, is_sound = false;
	for (const char *at = message, *end = message + length; at < end; at += strnlen(at, (size_t)(end - at)) + 1) {
		size_t left = (size_t)(end - at);
		is_change = is_change || is_string(at, left, "ACTION=change");
		is_card = is_card || is_string(at, left, "SUBSYSTEM=drm");
		is_sound = is_sound || is_string(at, left, "SUBSYSTEM=sound");
	}
	return (is_change && is_card ? UEVENT_DISPLAY : 0U) | (is_sound ? UEVENT_SOUND : 0U);
}

unsigned uevent_read(int fd)
{
	char message[8192];
	unsigned changed = 0;
	struct sockaddr_nl sender = {0};
	for (;;) {
		socklen_t size = sizeof(sender);
		ssize_t length = recvfrom(fd, message, sizeof(message), 0, (struct sockaddr *)&sender, &size);
		if (length < 0 && errno == ENOBUFS) { /* some messages were lost, and these may be among them */
			changed = UEVENT_DISPLAY | UEVENT_SOUND;
			continue;
		}
		if (length < 0) {
			return changed;
		}
		/* Anybody may send to this socket; only the kernel sends from port 0. */
		if (sender.nl_pid == 0) {
			changed |= uevent_of_message(message, (int)length);
		}
	}
}
