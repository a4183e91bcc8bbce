/* See wait.h. */
#include "wait.h"

#include <poll.h>
#include <stddef.h>

bool wait_serve(const struct wait *wait)
{
	struct pollfd watch = {.fd = wait ? wait->wake_fd : -1, .events = POLLIN};
	return poll(&watch, 1, 0) <= 0 || wait->on_wake(wait->context);
}
