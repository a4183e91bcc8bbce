/* See driver.h. libcurl reports which sockets it waits for and until when; both go into one epoll descriptor. */
#include "driver.h"

#include "quietpipe.h"

#include <curl/curl.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

enum { EVENTS_A_RUN = 64 };

struct driver {
	CURLM *multi;
	int epoll, timer, watched;
	void (*on_end)(void *private, int code);
};

static int on_socket(CURL *easy, curl_socket_t fd, int what, void *context, void *known)
{
	const struct driver *driver = context;
	struct epoll_event event = {.data.fd = fd};
	(void)easy;
	(void)known;
	if (what == CURL_POLL_REMOVE) {
		epoll_ctl(driver->epoll, EPOLL_CTL_DEL, fd,
			  NULL); /* the socket may be closed already, and epoll has then dropped it */
		return 0;
	}
	event.events |= what == CURL_POLL_IN || what == CURL_POLL_INOUT ? (uint32_t)EPOLLIN : 0;
	event.events |= what == CURL_POLL_OUT || what == CURL_POLL_INOUT ? (uint32_t)EPOLLOUT : 0;
	if (epoll_ctl(driver->epoll, EPOLL_CTL_MOD, fd, &event) == 0) {
		return 0;
	}
	return errno == ENOENT && epoll_ctl(driver->epoll, EPOLL_CTL_ADD, fd, &event) == 0 ? 0 : -1;
}

static int on_timer(CURLM *multi, long after_ms, void *context)
{
	const struct driver *driver = context;
	struct itimerspec spec = {0};
	(void)multi;
	if (after_ms >= 0) {
		spec.it_value.tv_sec = (time_t)(after_ms / 1000);
		spec.it_value.tv_nsec = (after_ms % 1000) * 1000000 + 1; /* 0 would mean never */
	}
	return timerfd_settime(driver->timer, 0, &spec, NULL);
}

struct driver *driver_create(void (*on_end)(void *private, int code), struct err *err)
{
	struct driver *driver = calloc(1, sizeof(*driver));
	if (!driver) {
		err_set(err, "out of memory");
		return NULL;
	}
	driver->on_end = on_end;
	driver->watched = -1;
	driver->multi = curl_multi_init();
	driver->epoll = epoll_create1(EPOLL_CLOEXEC);
	driver->timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
	struct epoll_event event = {.events = EPOLLIN, .data.fd = driver->timer};
	if (!driver->multi || driver->epoll < 0 || driver->timer < 0 ||
	    epoll_ctl(driver->epoll, EPOLL_CTL_ADD, driver->timer, &event) != 0) {
		err_set(err, "out of memory or descriptors");
		driver_destroy(driver);
		return NULL;
	}
	curl_multi_setopt(driver->multi, CURLMOPT_SOCKETFUNCTION, on_socket);
	curl_multi_setopt(driver->multi, CURLMOPT_SOCKETDATA, driver);
	curl_multi_setopt(driver->multi, CURLMOPT_TIMERFUNCTION, on_timer);
	curl_multi_setopt(driver->multi, CURLMOPT_TIMERDATA, driver);
	return driver;
}

void driver_destroy(struct driver *driver)
{
	if (!driver) {
		return;
	}
	struct quietpipe quiet; /* kept connections are closed properly */
	quietpipe_begin(&quiet);
	curl_multi_cleanup(driver->multi);
	quietpipe_end(&quiet);
	if (driver->timer >= 0) {
		close(driver->timer);
	}
	if (driver->epoll >= 0) {
		close(driver->epoll);
	}
	free(driver);
}

bool driver_add(struct driver *driver, void *easy)
{
	return curl_multi_add_handle(driver->multi, easy) == CURLM_OK;
}

void driver_remove(struct driver *driver, void *easy)
{
	struct quietpipe quiet;
	quietpipe_begin(&quiet);
	curl_multi_remove_handle(driver->multi, easy);
	quietpipe_end(&quiet);
}

int driver_fd(const struct driver *driver)
{
	return driver->epoll;
}

bool driver_watch(struct driver *driver, int fd)
{
	struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
	driver->watched = fd;
	return epoll_ctl(driver->epoll, EPOLL_CTL_ADD, fd, &event) == 0;
}

static bool act(struct driver *driver, const struct epoll_event *event)
{
	int running = 0;
	uint64_t count = 0;
	if (event->data.fd == driver->watched) {
		return true;
	}
	if (event->data.fd == driver->timer) {
		ssize_t length = read(driver->timer, &count, sizeof(count));
		return length < 0 || /* the timer was set anew meanwhile */
		       curl_multi_socket_action(driver->multi, CURL_SOCKET_TIMEOUT, 0, &running) == CURLM_OK;
	}
	int what = event->events & EPOLLIN ? CURL_CSELECT_IN : 0;
	what |= event->events & EPOLLOUT ? CURL_CSELECT_OUT : 0;
	what |= event->events & (EPOLLERR | EPOLLHUP) ? CURL_CSELECT_ERR : 0;
	return curl_multi_socket_action(driver->multi, event->data.fd, what, &running) == CURLM_OK;
}

static void report_ended(struct driver *driver)
{
	int left = 0;
	CURLMsg *message = NULL;
	while ((message = curl_multi_info_read(driver->multi, &left)) != NULL) {
		void *private = NULL;
		if (message->msg == CURLMSG_DONE) {
			curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &private);
			driver->on_end(private, (int)message->data.result);
		}
	}
}

bool driver_run(struct driver *driver)
{
	struct epoll_event events[EVENTS_A_RUN];
	bool ok = true;
	struct quietpipe quiet; /* TLS libraries write to sockets without MSG_NOSIGNAL */
	quietpipe_begin(&quiet);
	int found = epoll_wait(driver->epoll, events, EVENTS_A_RUN, 0);
	for (int i = 0; i < found && ok; i++) {
		ok = act(driver, &events[i]);
	}
	report_ended(driver);
	quietpipe_end(&quiet);
	return ok;
}
