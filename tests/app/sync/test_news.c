/* The events that wake the worker, and those that do not, each by itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/sync/news.h"

enum { FAR_TOO_LONG_MS = 30000 };

struct place {
	char dir[64];
	struct news *news;
};

static void in_dir(const struct place *place, const char *name, char out[128])
{
	snprintf(out, 128, "%s/%s", place->dir, name);
}

static void touch(const struct place *place, const char *name)
{
	char path[128];
	in_dir(place, name, path);
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	close(fd);
}

static void drop(const struct place *place, const char *name)
{
	char path[128];
	in_dir(place, name, path);
	assert_int_equal(unlink(path), 0);
}

static void move(const struct place *place, const char *from, const char *to)
{
	char old[128], fresh[128];
	in_dir(place, from, old);
	in_dir(place, to, fresh);
	assert_int_equal(rename(old, fresh), 0);
}

static int set_up(void **state)
{
	static struct place place;
	char path[128];
	strcpy(place.dir, "/tmp/test_news.XXXXXX");
	if (!mkdtemp(place.dir)) {
		return -1;
	}
	place.news = news_create(place.dir, "sync.lock", NULL);
	in_dir(&place, "desks.ics", path);
	bool ok = place.news && news_add_file(place.news, path, NEWS_FILES);
	in_dir(&place, "board", path);
	*state = &place;
	return ok && news_add_file(place.news, path, NEWS_BOARD) ? 0 : -1;
}

static int tear_down(void **state)
{
	struct place *place = *state;
	char command[128];
	news_destroy(place->news);
	snprintf(command, sizeof(command), "rm -rf '%s'", place->dir);
	return system(command);
}

static void test_silence(void **state)
{
	const struct place *place = *state;
	struct pollfd poll_fd = {.fd = news_fd(place->news), .events = POLLIN};
	assert_int_equal(news_take(place->news), 0);
	assert_int_equal(poll(&poll_fd, 1, 0), 0);
	assert_true(news_hears_files(place->news));
}

static void test_calls_merge(void **state)
{
	const struct place *place = *state;
	news_call(place->news);
	news_call(place->news);
	news_wait(place->news);
	assert_int_equal(news_take(place->news), NEWS_CALL);
	assert_int_equal(news_take(place->news), 0);
}

static void test_timer(void **state)
{
	const struct place *place = *state;
	news_set_timer(place->news, 0);
	news_wait(place->news);
	assert_int_equal(news_take(place->news), NEWS_TIMER);
	news_set_timer(place->news, 1);
	news_wait(place->news);
	assert_int_equal(news_take(place->news), NEWS_TIMER);
	news_set_timer(place->news, 0);
	news_set_timer(place->news, -1); /* taken back */
	assert_int_equal(news_take(place->news), 0);
}

static void test_files(void **state)
{
	const struct place *place = *state;
	touch(place, "desks.ics");
	assert_int_equal(news_take(place->news), NEWS_FILES);
	touch(place, "other.ics");
	assert_int_equal(news_take(place->news), 0);
	move(place, "other.ics", "desks.ics");
	assert_int_equal(news_take(place->news), NEWS_FILES);
	drop(place, "desks.ics");
	assert_int_equal(news_take(place->news), NEWS_FILES);
	touch(place, "board");
	assert_int_equal(news_take(place->news), NEWS_BOARD);
}

static void test_store(void **state)
{
	const struct place *place = *state;
	touch(place, "journal.db-journal"); /* a transaction begins … */
	assert_int_equal(news_take(place->news), 0);
	drop(place, "journal.db-journal"); /* … and is committed */
	assert_int_equal(news_take(place->news), NEWS_STORE);
	touch(place, "cache.db.new");
	assert_int_equal(news_take(place->news), 0);
	move(place, "cache.db.new", "cache.db"); /* was made anew */
	assert_int_equal(news_take(place->news), NEWS_STORE);
	drop(place, "cache.db");
	assert_int_equal(news_take(place->news), NEWS_STORE);
	touch(place, "sync.lock"); /* whoever had it open has closed it */
	assert_int_equal(news_take(place->news), NEWS_LOCK);
}

static void test_folder_that_is_missing(void **state)
{
	(void)state;
	struct news *news = news_create("/nonexistent/state", "sync.lock", NULL);
	assert_non_null(news);
	assert_false(news_add_file(news, "/nonexistent/feeds/desks.ics", NEWS_FILES));
	news_call(news);
	assert_int_equal(news_take(news), NEWS_CALL);
	news_destroy(news);
	news_destroy(NULL);
}

/* In a network of its own, whose loopback comes up. 77: this machine does not allow that. */
static int hear_network(void)
{
	struct ifreq request = {.ifr_name = "lo"};
	if (unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0) {
		return 77;
	}
	struct news *news = news_create("/tmp", "sync.lock", NULL);
	int control = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (!news || control < 0 || ioctl(control, SIOCGIFFLAGS, &request) != 0) {
		return 77;
	}
	if (news_take(news) & NEWS_NETWORK) {
		return 1;
	}
	request.ifr_flags = (short)(request.ifr_flags | IFF_UP);
	if (ioctl(control, SIOCSIFFLAGS, &request) != 0) {
		return 77;
	}
	struct pollfd poll_fd = {.fd = news_fd(news), .events = POLLIN};
	int ready = poll(&poll_fd, 1, FAR_TOO_LONG_MS);
	return ready == 1 && (news_take(news) & NEWS_NETWORK) ? 0 : 2;
}

static void test_network(void **state)
{
	(void)state;
	int status = 0;
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		_exit(hear_network());
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	if (WEXITSTATUS(status) == 77) {
		skip();
	}
	assert_int_equal(WEXITSTATUS(status), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_silence, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_calls_merge, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_timer, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_files, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_store, set_up, tear_down),
		cmocka_unit_test(test_folder_that_is_missing),
		cmocka_unit_test(test_network),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
