/* See news.h. inotify for files, a route socket for the network, a cancellable timer for the clock; each is optional,
 * because sandboxes may refuse them and the timer alone keeps everything going. */
#include "news.h"

#include "app/base/clock.h"

#include <errno.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

/* A watched file. inotify watches its folder, so that a file that is replaced is noticed, too. */
struct news_file {
	char *path, *name; /* the name without the folder */
	bool has_changed;
	int watch;
	unsigned what;
	struct news_file *next;
};

struct news {
	int epoll, call, timer, inotify, network, clock; /* -1 when the system refuses it */
	int state_watch;
	char *lock_name;
	struct news_file *files;
};

static const uint32_t folder_events = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE;

static void close_fd(int fd)
{
	if (fd >= 0) {
		close(fd);
	}
}

static int open_network(void)
{
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE);
	struct sockaddr_nl address = {.nl_family = AF_NETLINK,
				      .nl_groups = RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR | RTMGRP_IPV4_ROUTE |
						   RTMGRP_IPV6_ROUTE};
	if (fd >= 0 && bind(fd, (const struct sockaddr *)&address, sizeof(address)) != 0) {
		close(fd);
		return -1;
	}
	return fd;
}

static bool listen_to(const struct news *news, int fd, unsigned what)
{
	struct epoll_event event = {.events = EPOLLIN, .data.u32 = what};
	return fd < 0 || epoll_ctl(news->epoll, EPOLL_CTL_ADD, fd, &event) == 0;
}

struct news *news_create(const char *state_dir, const char *lock_name, struct err *err)
{
	struct news *news = calloc(1, sizeof(*news));
	if (!news) {
		err_set(err, "out of memory");
		return NULL;
	}
	news->epoll = epoll_create1(EPOLL_CLOEXEC);
	news->call = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	news->timer = timerfd_create(CLOCK_BOOTTIME, TFD_CLOEXEC | TFD_NONBLOCK);
	news->inotify = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	news->network = open_network();
	news->clock = clock_watch_open();
	news->state_watch = -1;
	news->lock_name = strdup(lock_name);
	bool ok = news->lock_name && news->epoll >= 0 && news->call >= 0 && news->timer >= 0 &&
		  listen_to(news, news->call, NEWS_CALL) && listen_to(news, news->timer, NEWS_TIMER) &&
		  listen_to(news, news->inotify, NEWS_FILES) && listen_to(news, news->network, NEWS_NETWORK) &&
		  listen_to(news, news->clock, NEWS_CLOCK);
	if (!ok) {
		err_set(err, "out of memory or descriptors");
		news_destroy(news);
		return NULL;
	}
	if (news->inotify >= 0) {
		news->state_watch = inotify_add_watch(news->inotify, state_dir, folder_events | IN_MASK_ADD);
	}
	return news;
}

void news_destroy(struct news *news)
{
	if (!news) {
		return;
	}
	while (news->files) {
		struct news_file *file = news->files;
		news->files = file->next;
		free(file->path);
		free(file->name);
		free(file);
	}
	close_fd(news->call);
	close_fd(news->timer);
	close_fd(news->inotify);
	close_fd(news->network);
	close_fd(news->clock);
	close_fd(news->epoll);
	free(news->lock_name);
	free(news);
}

bool news_add_file(struct news *news, const char *path, unsigned what)
{
	const char *slash = strrchr(path, '/');
	struct news_file *file = calloc(1, sizeof(*file));
	char *folder = slash && slash != path ? strndup(path, (size_t)(slash - path)) : strdup(slash ? "/" : ".");
	if (file) {
		file->path = strdup(path);
		file->name = strdup(slash ? slash + 1 : path);
		file->watch = -1;
		file->what = what;
	}
	if (file && file->path && file->name && folder && news->inotify >= 0) {
		/* A folder that is watched twice, such as the state directory, has one number, so flags are added and
		 * never replaced. */
		file->watch = inotify_add_watch(news->inotify, folder, folder_events | IN_MASK_ADD);
	}
	free(folder);
	if (!file || file->watch < 0) {
		if (file) {
			free(file->path);
			free(file->name);
		}
		free(file);
		return false;
	}
	file->next = news->files;
	news->files = file;
	return true;
}

bool news_has_changed(const struct news *news, const char *path)
{
	bool has_changed = false;
	for (const struct news_file *file = news->files; file && !has_changed; file = file->next) {
		has_changed = file->has_changed && strcmp(file->path, path) == 0;
	}
	return has_changed;
}

void news_forget_changes(struct news *news)
{
	for (struct news_file *file = news->files; file; file = file->next) {
		file->has_changed = false;
	}
}

bool news_add_fetch(struct news *news, int fd)
{
	return listen_to(news, fd, NEWS_FETCH);
}

bool news_hears_files(const struct news *news)
{
	return news->inotify >= 0;
}

void news_call(struct news *news)
{
	const uint64_t one = 1;
	ssize_t written = 0;
	do {
		written = write(news->call, &one, sizeof(one));
	} while (written < 0 && errno == EINTR); /* a full counter is readable already */
}

void news_set_timer(struct news *news, int64_t after_ms)
{
	struct itimerspec spec = {0};
	if (after_ms >= 0) {
		spec.it_value.tv_sec = (time_t)(after_ms / 1000);
		spec.it_value.tv_nsec = (long)(after_ms % 1000) * 1000000 + 1; /* 0 would mean never */
	}
	timerfd_settime(news->timer, 0, &spec, NULL);
}

int news_fd(const struct news *news)
{
	return news->epoll;
}

static bool ends_with(const char *text, const char *end)
{
	size_t length = strlen(text), end_length = strlen(end);
	return length >= end_length && strcmp(text + length - end_length, end) == 0;
}

static unsigned judge_file(const struct news *news, const struct inotify_event *event)
{
	unsigned what = 0;
	if (event->mask & IN_Q_OVERFLOW) {
		for (struct news_file *file = news->files; file; file = file->next) {
			file->has_changed = true;
		}
		return NEWS_STORE | NEWS_LOCK | NEWS_FILES | NEWS_BOARD | NEWS_ASKED;
	}
	if (event->len == 0) {
		return 0;
	}
	if (event->wd == news->state_watch) {
		/* The removal of its rollback journal is what commits a transaction. */
		bool is_commit = (event->mask & IN_DELETE) && ends_with(event->name, ".db-journal");
		bool is_other = (event->mask & (IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE)) &&
				ends_with(event->name, ".db");
		what |= is_commit || is_other ? NEWS_STORE : 0;
		what |= strcmp(event->name, news->lock_name) == 0 && (event->mask & IN_CLOSE_WRITE) ? NEWS_LOCK : 0;
	}
	for (struct news_file *file = news->files; file; file = file->next) {
		if (file->watch == event->wd && strcmp(file->name, event->name) == 0) {
			file->has_changed = true;
			what |= file->what;
		}
	}
	return what;
}

static unsigned take_files(const struct news *news)
{
	_Alignas(struct inotify_event) char events[8192];
	unsigned what = 0;
	ssize_t length = 0;
	while ((length = read(news->inotify, events, sizeof(events))) > 0) {
		for (char *next = events; next < events + length;) {
			const struct inotify_event *event = (const void *)next;
			what |= judge_file(news, event);
			next += sizeof(*event) + event->len;
		}
	}
	return what;
}

static unsigned take_network(const struct news *news)
{
	_Alignas(struct nlmsghdr) char messages[8192];
	unsigned what = 0;
	for (;;) {
		ssize_t length = recv(news->network, messages, sizeof(messages), MSG_DONTWAIT);
		if (length < 0 && errno == ENOBUFS) { /* some were lost */
			what |= NEWS_NETWORK;
			continue;
		}
		if (length <= 0) {
			return what;
		}
		size_t left = (size_t)length;
		for (const struct nlmsghdr *m = (const void *)messages; NLMSG_OK(m, left); m = NLMSG_NEXT(m, left)) {
			bool is_new = m->nlmsg_type == RTM_NEWADDR || m->nlmsg_type == RTM_NEWROUTE;
			what |= is_new ? NEWS_NETWORK : 0;
		}
	}
}

unsigned news_take(struct news *news)
{
	struct epoll_event events[8];
	unsigned what = 0;
	uint64_t count = 0;
	int found = epoll_wait(news->epoll, events, 8, 0);
	for (int i = 0; i < found; i++) {
		unsigned source = events[i].data.u32;
		if (source == NEWS_FILES) {
			what |= take_files(news);
		} else if (source == NEWS_NETWORK) {
			what |= take_network(news);
		} else if (source == NEWS_FETCH) {
			what |= NEWS_FETCH;
		} else if (source == NEWS_CLOCK) {
			clock_watch_drain(news->clock);
			what |= NEWS_CLOCK;
		} else {
			ssize_t length = read(source == NEWS_CALL ? news->call : news->timer, &count, sizeof(count));
			what |= length > 0 ? source : 0;
		}
	}
	return what;
}

void news_wait(const struct news *news)
{
	struct pollfd poll_fd = {.fd = news->epoll, .events = POLLIN};
	poll(&poll_fd, 1, -1);
}
