/* See quiet.h. SDL opens and closes devices while it looks for events, without any notice. Its descriptors are
 * therefore looked up each time, among those of this process. */
#include "quiet.h"

#include <dirent.h>
#include <linux/netlink.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>
#include <SDL.h>

#include "app/base/limits.h"
#include "window.h"

/* libudev listens to what udev sends after it has set up a device; the kernel's own messages have another group. */
enum { FROM_UDEV = 2 };

static bool is_device(int folder, const char *name, const char *root)
{
	char target[QUIET_PATH_MAX], prefix[QUIET_PATH_MAX];
	ssize_t length = readlinkat(folder, name, target, sizeof(target) - 1);
	if (length < 0) {
		return false;
	}
	target[length] = '\0';
	snprintf(prefix, sizeof(prefix), "%s/dev/input/event", root);
	return strncmp(target, prefix, strlen(prefix)) == 0;
}

static bool is_udev(int fd)
{
	int domain = 0, protocol = 0;
	struct sockaddr_nl address = {0};
	socklen_t size = sizeof(domain), protocol_size = sizeof(protocol), address_size = sizeof(address);
	return getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &domain, &size) == 0 && domain == AF_NETLINK &&
	       getsockopt(fd, SOL_SOCKET, SO_PROTOCOL, &protocol, &protocol_size) == 0 &&
	       protocol == NETLINK_KOBJECT_UEVENT && getsockname(fd, (struct sockaddr *)&address, &address_size) == 0 &&
	       (address.nl_groups & FROM_UDEV);
}

/* Adds what SDL looks at and returns how much there is now; `count` is what there was before. */
static nfds_t add_devices(const char *root, struct pollfd *watched, nfds_t count)
{
	DIR *folder = opendir("/proc/self/fd");
	if (!folder) {
		return count;
	}
	for (const struct dirent *file = readdir(folder); file && count < QUIET_WATCHED_MAX; file = readdir(folder)) {
		char *end = NULL;
		int fd = (int)strtol(file->d_name, &end, 10);
		if (end == file->d_name || fd == dirfd(folder)) {
			continue;
		}
		if (is_device(dirfd(folder), file->d_name, root) || is_udev(fd)) {
			watched[count++] = (struct pollfd){.fd = fd, .events = POLLIN};
		}
	}
	closedir(folder);
	return count;
}

/* A device that was unplugged is readable until SDL closes it, which udev asks it to do a moment later. */
static void let_go(const struct pollfd *watched, nfds_t count)
{
	bool is_gone = false;
	for (nfds_t i = 0; i < count; i++) {
		is_gone = is_gone || (watched[i].revents & (POLLERR | POLLHUP | POLLNVAL));
	}
	if (is_gone) {
		poll(NULL, 0, QUIET_UNPLUGGED_MS);
	}
}

bool quiet_wait(const char *root, int wake_fd, bool reads_devices, int timeout_ms)
{
	struct pollfd watched[QUIET_WATCHED_MAX] = {{.fd = wake_fd, .events = POLLIN}};
	nfds_t count = reads_devices ? add_devices(root, watched, 1) : 1;
	eventfd_t woken = 0;
	if (reads_devices && count == 1) {
		return false;
	}
	if (poll(watched, count, timeout_ms) > 0) {
		let_go(watched, count);
		eventfd_read(wake_fd, &woken);
	}
	return true;
}

bool quiet_next_event(int wake_fd, int timeout_ms, union SDL_Event *out_event)
{
	if (window_sleeps()) {
		return SDL_WaitEventTimeout(out_event, timeout_ms);
	}
	if (SDL_PollEvent(out_event)) {
		return true;
	}
	return quiet_wait("", wake_fd, window_reads_devices(), timeout_ms)
		       ? SDL_PollEvent(out_event)
		       : SDL_WaitEventTimeout(out_event, timeout_ms);
}
