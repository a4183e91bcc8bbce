/* See waker.h. The thread polls a signalfd, the clock's timerfd, the kernel's messages about devices, and
 * an eventfd that ends it. */
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
#include "headset.h"
#include "uevent.h"

struct waker {
	struct waker_calls calls;
	pthread_t thread;
	bool has_thread;
	int signal_fd, clock_fd, end_fd, device_fd;
	struct headset headset;
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

enum { ENDED, SIGNALLED, CLOCK, DEVICE, JACKS, WATCHED_MOST = JACKS + HEADSET_JACKS_MAX };

/* Returns how many descriptors are watched. poll ignores -1. */
static nfds_t watch(const struct waker *waker, struct pollfd *out_watched)
{
	const int fds[] = {[ENDED] = waker->end_fd,
			   [SIGNALLED] = waker->signal_fd,
			   [CLOCK] = waker->clock_fd,
			   [DEVICE] = waker->device_fd};
	for (int i = 0; i < JACKS + waker->headset.jack_count; i++) {
		int fd = i < JACKS ? fds[i] : waker->headset.jacks[i - JACKS];
		out_watched[i] = (struct pollfd){.fd = fd, .events = POLLIN};
	}
	return (nfds_t)(JACKS + waker->headset.jack_count);
}

static void on_signal(struct waker *waker)
{
	struct signalfd_siginfo heard;
	if (read(waker->signal_fd, &heard, sizeof(heard)) <= 0) {
		return;
	}
	if (heard.ssi_signo == SIGHUP) {
		waker->calls.reload(waker->calls.context);
	} else {
		waker->calls.stop(waker->calls.context);
	}
}

static void on_headset(struct waker *waker)
{
	if (waker->calls.headset) {
		bool is_there = headset_look(&waker->headset);
		waker->calls.headset(waker->calls.context, is_there, waker->headset.device);
	}
}

static void on_device(struct waker *waker)
{
	unsigned changed = uevent_read(waker->device_fd);
	if (changed & UEVENT_DISPLAY) {
		waker->calls.display(waker->calls.context);
	}
	if (waker->calls.headset && (changed & UEVENT_SOUND)) {
		headset_renew(&waker->headset);
		on_headset(waker);
	}
}

static void *run(void *argument)
{
	struct waker *waker = argument;
	struct pollfd watched[WATCHED_MOST];
	on_headset(waker);
	for (;;) {
		nfds_t count = watch(waker, watched);
		if (poll(watched, count, -1) < 0 && errno != EINTR) {
			return NULL;
		}
		if (watched[ENDED].revents) {
			return NULL;
		}
		if (watched[SIGNALLED].revents) {
			on_signal(waker);
		}
		if (watched[CLOCK].revents) {
			clock_watch_drain(waker->clock_fd);
			waker->calls.clock_set(waker->calls.context);
		}
		bool is_plug = false;
		for (nfds_t i = JACKS; i < count; i++) {
			is_plug = is_plug || watched[i].revents;
		}
		if (is_plug) {
			on_headset(waker);
		}
		if (watched[DEVICE].revents) {
			on_device(waker);
		}
	}
}

struct waker *waker_create(const struct waker_calls *calls, enum speech_headset kind, struct err *err)
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
	waker->device_fd = uevent_open();
	if (calls->headset) {
		headset_init(&waker->headset, "", kind);
	}
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
	headset_finish(&waker->headset);
	int fds[] = {waker->end_fd, waker->signal_fd, waker->clock_fd, waker->device_fd};
	for (size_t i = 0; i < sizeof(fds) / sizeof(*fds); i++) {
		if (fds[i] >= 0) {
			close(fds[i]);
		}
	}
	free(waker);
}
