/* See waker.h. The thread polls a signalfd, the clock's timerfd, and an eventfd that ends it. */
#include "waker.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "app/base/clock.h"
#include "uevent.h"

struct waker {
	struct waker_calls calls;
	pthread_t thread;
	bool has_thread;
	int signal_fd, clock_fd, end_fd, display_fd;
};

static sigset_t ending_signals(void)
{
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGHUP);
	return set;
}

void waker_block_signals(void)
{
	sigset_t set = ending_signals();
	pthread_sigmask(SIG_BLOCK, &set, NULL);
}

static void *run(void *argument)
{
	struct waker *waker = argument;
	struct pollfd watched[] = {
		{.fd = waker->end_fd, .events = POLLIN},
		{.fd = waker->signal_fd, .events = POLLIN},
		{.fd = waker->clock_fd, .events = POLLIN}, /* poll ignores -1 */
		{.fd = waker->display_fd, .events = POLLIN},
	};
	for (;;) {
		if (poll(watched, sizeof(watched) / sizeof(*watched), -1) < 0 && errno != EINTR) {
			return NULL;
		}
		if (watched[0].revents) {
			return NULL;
		}
		struct signalfd_siginfo heard;
		if (watched[1].revents && read(waker->signal_fd, &heard, sizeof(heard)) > 0) {
			if (heard.ssi_signo == SIGHUP) {
				waker->calls.reload(waker->calls.context);
			} else {
				waker->calls.stop(waker->calls.context);
			}
		}
		if (watched[2].revents) {
			clock_watch_drain(waker->clock_fd);
			waker->calls.clock_set(waker->calls.context);
		}
		if (watched[3].revents && uevent_is_display(waker->display_fd)) {
			waker->calls.display(waker->calls.context);
		}
	}
}

struct waker *waker_create(const struct waker_calls *calls, struct err *err)
{
	struct waker *waker = calloc(1, sizeof(*waker));
	if (!waker) {
		err_set(err, "waker: out of memory");
		return NULL;
	}
	sigset_t set = ending_signals();
	waker->calls = *calls;
	waker->end_fd = eventfd(0, EFD_CLOEXEC);
	waker->signal_fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	waker->clock_fd = clock_watch_open();
	waker->display_fd = uevent_open();
	if (waker->end_fd < 0 || waker->signal_fd < 0) {
		err_set(err, "waker: %s", strerror(errno));
		goto out;
	}
	int failure = pthread_create(&waker->thread, NULL, run, waker);
	if (failure != 0) {
		err_set(err, "waker: %s", strerror(failure));
		goto out;
	}
	waker->has_thread = true;
	return waker;
out:
	waker_destroy(waker);
	return NULL;
}

void waker_destroy(struct waker *waker)
{
	if (!waker) {
		return;
	}
	if (waker->has_thread && eventfd_write(waker->end_fd, 1) == 0) {
		pthread_join(waker->thread, NULL);
	}
	int fds[] = {waker->end_fd, waker->signal_fd, waker->clock_fd, waker->display_fd};
	for (size_t i = 0; i < sizeof(fds) / sizeof(*fds); i++) {
		if (fds[i] >= 0) {
			close(fds[i]);
		}
	}
	free(waker);
}
